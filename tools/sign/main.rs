//! `sign`: request in, signed request out.

mod cli;
mod crew;
mod installed;
mod sending;
mod signer;
mod verify;

use std::process::ExitCode;

fn main() -> ExitCode {
    countersign_shared::cli::run(cli::command(), std::env::args_os(), |matches| match matches.subcommand() {
        Some((verify::NAME, matches)) => verify::run(matches),
        _ => signer::run(matches),
    })
}
