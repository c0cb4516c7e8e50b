//! Man pages and completions, printed by the tool itself, so that packagers need no build script.
//!
//! They are printed by `TOOL --generate WHAT`, without other arguments. Help and completions do not list this option, since
//! only packagers need it.

use std::ffi::OsString;

use clap::Command;
use clap_complete::Shell;

use crate::error::Error;

use super::man;

const OPTION: &str = "--generate";

/// Returns WHAT if the arguments are `--generate WHAT`.
pub(super) fn asked(arguments: &[OsString]) -> Option<&str> {
    match arguments {
        [_, option, what] if option == OPTION => what.to_str(),
        _ => None,
    }
}

/// Returns the man page or a completion script.
///
/// # Errors
/// Returns [`Error::Usage`] if `what` is neither `man` nor the completions of a shell that clap knows.
pub(super) fn text(mut command: Command, what: &str) -> Result<String, Error> {
    if what == "man" {
        return Ok(man::render(command));
    }
    let shells = "bash, zsh, fish, powershell or elvish";
    let unknown = || Error::Usage(format!("{OPTION} takes man or complete-SHELL, where SHELL is {shells}"));
    let shell = what.strip_prefix("complete-").unwrap_or(what);
    let shell: Shell = shell.parse().map_err(|_| unknown())?;
    let name = command.get_name().to_owned();
    // Deferred subcommands add their options when they are built.
    command.build();
    let mut out = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut out);
    Ok(String::from_utf8_lossy(&out).into_owned())
}
