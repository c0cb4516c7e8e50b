//! Man pages and completions, printed by the tool itself: no build script, and packagers need nothing else.
//!
//! `TOOL --generate WHAT`, just so: the option is no part of the command line that help and completions know.

use std::ffi::OsString;

use clap::Command;
use clap_complete::Shell;

use crate::error::Error;

use super::man;

const OPTION: &str = "--generate";

/// What the two arguments ask for.
pub(super) fn asked(arguments: &[OsString]) -> Option<&str> {
    match arguments {
        [_, option, what] if option == OPTION => what.to_str(),
        _ => None,
    }
}

/// The man page or a completion script.
///
/// # Errors
/// `what` is neither.
pub(super) fn text(mut command: Command, what: &str) -> Result<String, Error> {
    if what == "man" {
        return Ok(man::render(command));
    }
    let unknown = |_| Error::Usage(format!("{OPTION} takes man, bash, zsh, fish, powershell or elvish"));
    let shell: Shell = what.parse().map_err(unknown)?;
    let name = command.get_name().to_owned();
    // Subcommands make their options when they are built.
    command.build();
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut out);
    Ok(String::from_utf8_lossy(&out).into_owned())
}
