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
mod verdict;
mod view;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::ArgMatches;
use countersign_shared::cli::{complain, parse};
use countersign_shared::error::{Error, Exit};
use countersign_shared::terminal;

const TOOL: &str = "cookie-sync";

fn main() -> ExitCode {
    let matches = match parse(cli::command(), std::env::args_os()) {
        Ok(matches) => matches,
        Err(exit) => return exit.into(),
    };
    match run(&matches) {
        Ok(exit) => exit.into(),
        // Whoever read it has what it wanted (`| head -1`).
        Err(Error::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done.into(),
        Err(error) => complain(TOOL, &error).into(),
    }
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

/// Writes a result.
fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Error::Write)
}

/// Tells the person something, unless they want quiet.
fn say(text: &str) {
    if log::log_enabled!(log::Level::Warn) {
        let _ = writeln!(io::stderr(), "{}", terminal::clean(&format!("{TOOL}: {text}")));
    }
}

/// Seconds since 1970, by the system's clock.
fn now() -> i64 {
    countersign_shared::moment::Clock::default().moment().unix
}
