//! Man pages and completions, printed by the tool itself: no build script, and packagers need nothing else.

use std::io::Write as _;

use clap::{Arg, Command};
use clap_complete::Shell;

use crate::error::Exit;

/// The hidden option's name.
pub(super) const OPTION: &str = "generate";

/// What it takes.
const WHAT: [&str; 6] = ["man", "bash", "zsh", "fish", "powershell", "elvish"];

/// Adds the hidden option; every argument that is else required is not needed with it.
pub(super) fn with_option(command: Command) -> Command {
    let option = Arg::new(OPTION).long(OPTION).value_name("WHAT").value_parser(WHAT).hide(true).exclusive(true);
    command.arg(option).subcommand_negates_reqs(true).args_conflicts_with_subcommands(true)
}

/// Prints the man page or the completion script.
pub(super) fn print(mut command: Command, what: &str) -> Exit {
    let name = command.get_name().to_owned();
    let mut out = Vec::new();
    let written = match what {
        "man" => man(command, &mut out),
        _ => {
            let shell = what.parse::<Shell>().unwrap_or(Shell::Bash);
            clap_complete::generate(shell, &mut command, name, &mut out);
            Ok(())
        }
    };
    match written.and_then(|()| std::io::stdout().write_all(&out)) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Exit::Failed,
        _ => Exit::Done,
    }
}

/// One page for the tool and all its subcommands.
fn man(command: Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    clap_mangen::Man::new(command).render(out)
}
