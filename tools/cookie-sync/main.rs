//! `cookie-sync`: a browser's cookies, usable by curl, always current.

mod apply;
mod browsers;
mod cli;
mod command;
mod domains;
mod export;
mod interrupt;
mod kept;
mod news;
mod outputs;
mod sync;
mod tool;
mod verdict;
mod view;

use std::process::ExitCode;

use clap::ArgMatches;
use countersign_shared::error::{Error, Exit};

use tool::TOOL;

fn main() -> ExitCode {
    countersign_shared::cli::run(TOOL, cli::command(), std::env::args_os(), run)
}

fn run(matches: &ArgMatches) -> Result<Exit, Error> {
    match matches.subcommand() {
        Some(("watch", matches)) => sync::run(sync::Goal::Watch, matches),
        Some(("once", matches)) => sync::run(sync::Goal::Once, matches),
        Some(("wait", matches)) => sync::run(sync::Goal::Cookie(cli::name(matches)), matches),
        Some(("add", matches)) => domains::add(&cli::domains(matches)?),
        Some(("remove", matches)) => domains::remove(&cli::domains(matches)?),
        Some(("list", matches)) => domains::list(cli::is_json(matches)),
        Some(("export", matches)) => export::run(matches),
        Some(("apply", matches)) => apply::run(matches),
        _ => Err(Error::Usage("a command is needed".to_owned())),
    }
}

/// Tells the person something, unless they want quiet.
fn say(text: &str) {
    if log::log_enabled!(log::Level::Warn) {
        countersign_shared::cli::say(TOOL, text);
    }
}

/// Seconds since 1970, by the system's clock.
fn now() -> i64 {
    countersign_shared::moment::Clock::default().moment().unix
}
