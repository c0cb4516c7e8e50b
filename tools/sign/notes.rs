//! The text that a run writes to stderr besides errors: warnings, and the steps of signatures.

use std::fmt::Write as _;

use countersign_shared::auth::outcome::Signed;
use countersign_shared::auth::session::Session;
use countersign_shared::pipe::Sink;
use countersign_shared::terminal;
use countersign_shared::variables::Variables;

use crate::plan::Explain;

/// Writes the warnings of a run, and the steps of signatures if they are asked for.
pub(crate) fn write(
    explain: Explain,
    (session, variables): (&Session, &Variables),
    signed: &[Signed],
    sink: &mut Sink<'_>,
) {
    // The warnings are taken even if nobody sees them, or a long run would pile them up.
    let warnings = session.take_warnings();
    // The sink keeps the order of notes and lines, which `log` would not. --quiet holds for both.
    if !warnings.is_empty() && log::log_enabled!(log::Level::Warn) {
        for warning in &warnings {
            sink.note(&format!("sign: {}\n", terminal::clean(warning)));
        }
    }
    if explain == Explain::Steps {
        signed.iter().for_each(|signed| sink.note(&variables.masked(&explained(signed))));
    }
}

/// Returns `name:` and the text of each step, indented so that a person sees where it begins and ends.
fn explained(signed: &Signed) -> String {
    let mut out = String::new();
    for (name, text) in &signed.steps {
        let _ = writeln!(out, "{name}:");
        // Every line is indented, so that no line of a value looks like the name of a step.
        for line in text.split('\n') {
            let _ = writeln!(out, "  {}", terminal::clean_lines(line));
        }
    }
    out
}
