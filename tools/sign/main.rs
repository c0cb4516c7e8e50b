//! `sign`: request in, signed request out.

mod cli;
mod crew;
mod installed;
mod sending;
mod signer;
mod verify;

use std::process::ExitCode;

use countersign_shared::cli::{complain, parse};

fn main() -> ExitCode {
    let matches = match parse(cli::command(), std::env::args_os()) {
        Ok(matches) => matches,
        Err(exit) => return exit.into(),
    };
    let run = match matches.subcommand() {
        Some((verify::NAME, matches)) => verify::run(matches),
        _ => signer::run(&matches),
    };
    match run {
        Ok(exit) => exit.into(),
        Err(error) => complain("sign", &error).into(),
    }
}
