//! The search for a value that leads back to itself.

use std::collections::HashSet;

use super::template;

/// The number of names that are looked at. A circle that is longer is reported as values that are nested too deeply.
const LIMIT: usize = 10_000;

/// Returns the names of a circle that the text leads into, the first one again at the end.
pub(super) fn circle<'v>(text: &'v str, value: impl Fn(&str) -> Option<&'v str>) -> Option<Vec<String>> {
    // The way from the text, as the names left to follow at each step: a stack of ours, because values may be nested
    // as deeply as a file can say.
    let follow = |text: &'v str| template::names(text).map(|found| found.name).collect::<Vec<_>>();
    let mut way: Vec<&str> = Vec::new();
    let mut left = vec![follow(text)];
    let mut done: HashSet<&str> = HashSet::new();
    while let Some(names) = left.last_mut() {
        let Some(name) = names.pop() else {
            left.pop();
            done.extend(way.pop());
            continue;
        };
        if let Some(at) = way.iter().position(|earlier| *earlier == name) {
            return Some(way.iter().skip(at).chain([&name]).map(|name| (*name).to_owned()).collect());
        }
        if way.len() < LIMIT
            && !done.contains(name)
            && let Some(text) = value(name)
        {
            way.push(name);
            left.push(follow(text));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_circle_is_named_from_its_first_name_to_the_same() {
        let value = |name: &str| match name {
            "a" => Some("{{x}}{{b}}"),
            "b" => Some("-{{c}}-"),
            "c" => Some("{{b}}"),
            "x" => Some(""),
            _ => None,
        };
        assert_eq!(circle("{{x}} {{a}}", value), Some(vec!["b".to_owned(), "c".to_owned(), "b".to_owned()]));
        assert_eq!(circle("{{x}} {{y}}", value), None);
    }
}
