//! `capture`: requests as they happen, one a line.

mod authority;
mod certificate;
mod cli;
mod command;
mod conversation;
mod copy;
mod destination;
mod filter;
mod forward;
mod history;
mod line;
mod observer;
mod output;
mod proxy;
mod session;
mod tunnel;
mod upstream;

use std::process::ExitCode;

use clap::ArgMatches;
use countersign_shared::error::Error;

fn main() -> ExitCode {
    countersign_shared::cli::run(cli::command(), std::env::args_os(), run)
}

fn run(matches: &ArgMatches) -> Result<u8, Error> {
    match matches.subcommand() {
        Some(("ca", _)) => authority::print(&session::open_authority()?).map(|()| 0),
        Some(("history", matches)) => history::run(&cli::query(matches)?).map(|exit| exit as u8),
        _ => session::run(cli::plan(matches)?),
    }
}
