//! Random JSON as people and programs write it: white space, escapes and numbers of every spelling.

use crate::support::random::Random;

#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "0", "-0", "1", "1300819380", "1.0", "1e3", "1E-7", "-12.50", "12345678901234567890123", "0.1000000000000000055511151231",
];
#[rustfmt::skip]
const STRINGS: &[&str] = &[
    "\"\"", "\"joe\"", "\"é\"", "\"\\u00e9\"", "\"\\/\"", "\"a\\\"b\\\\\"", "\"\\ud83d\\ude00 😀\"", "\"{ }\"", "\"\\n\\t\"",
    "\"\\u0000\"",
];
const SPACES: &[&str] = &["", "", "", "", " ", "\n", "\r\n\t", "  "];

/// An object with some of these names, each once.
pub(crate) fn object(random: &mut Random, names: &[&str]) -> String {
    let mut members = Vec::new();
    for name in names {
        if random.percent(60) {
            let place = random.below(members.len() + 1);
            let space = random.pick(SPACES);
            members.insert(place, format!("{space}\"{name}\"{space}:{}", value(random, 0)));
        }
    }
    format!("{{{}{}}}", members.join(","), random.pick(SPACES))
}

fn value(random: &mut Random, depth: usize) -> String {
    let space = random.pick(SPACES);
    let text = match random.below(if depth > 2 { 4 } else { 6 }) {
        0 => random.pick(NUMBERS).to_owned(),
        1 => random.pick(&["true", "false", "null"]).to_owned(),
        2 | 3 => random.pick(STRINGS).to_owned(),
        4 => {
            let items: Vec<String> = (0..random.below(4)).map(|_| value(random, depth + 1)).collect();
            format!("[{}]", items.join(","))
        }
        _ => {
            let names: Vec<String> =
                (0..random.below(4)).map(|at| format!("\"k{at}\":{}", value(random, depth + 1))).collect();
            format!("{{{}}}", names.join(","))
        }
    };
    format!("{space}{text}{space}")
}
