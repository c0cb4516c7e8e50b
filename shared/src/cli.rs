//! What every tool's command line has in common, and how a tool ends.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use crate::error::{Error, Exit};
use crate::formats::{Files, From, Reader, To, Writer};
use crate::moment::{self, Clock};
use crate::pipe::OnError;
use crate::terminal;

pub mod generate;

/// Reads the command line. Help and version go to stdout with exit 0; a usage error goes to stderr with exit 2.
///
/// # Errors
/// The exit code to end with, when everything was said.
pub fn parse(command: Command, arguments: impl IntoIterator<Item = OsString>) -> Result<ArgMatches, Exit> {
    let mut full = generate::with_option(command.clone());
    match full.try_get_matches_from_mut(arguments) {
        Ok(matches) => match matches.get_one::<String>(generate::OPTION) {
            None => Ok(matches),
            Some(what) => Err(generate::print(command, what)),
        },
        Err(error) => {
            // A closed stdout ends help as quietly as everything else.
            let _ = error.print();
            Err(if error.use_stderr() { Exit::Usage } else { Exit::Done })
        }
    }
}

/// Says what went wrong, on one line, and gives the exit code for it.
#[must_use]
pub fn complain(tool: &str, error: &Error) -> Exit {
    let text = format!("{tool}: {error}");
    let _ = writeln!(std::io::stderr(), "{}", terminal::clean(&text));
    error.exit()
}

/// An option that the environment can set too.
#[must_use]
pub fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    let variable = format!("COUNTERSIGN_{}", name.to_ascii_uppercase().replace('-', "_"));
    Arg::new(name).long(name).value_name(value).help(help).env(variable).hide_env_values(true)
}

/// A switch.
#[must_use]
pub fn switch(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).action(ArgAction::SetTrue).help(help)
}

/// The options of a tool that reads requests.
#[must_use]
pub fn with_input(command: Command) -> Command {
    command
        .next_help_heading("Input")
        .arg(
            Arg::new("files")
                .value_name("FILE")
                .num_args(0..)
                .value_parser(value_parser!(PathBuf))
                .help("Where requests are read from, one after another; - and no FILE are standard input"),
        )
        .arg(
            option("from", "FORMAT", "How requests are written there")
                .value_parser(value_parser!(From))
                .default_value("auto"),
        )
        .arg(switch("allow-files", "Let the input name files that are then read (curl's @file, -T, -F)"))
        .arg(switch("strict", "Stop at the first line that fails"))
}

/// The options of a tool that writes requests.
#[must_use]
pub fn with_output(command: Command) -> Command {
    command.next_help_heading("Output").arg(
        option("to", "FORMAT", "What is written for each request")
            .value_parser(value_parser!(To))
            .default_value("json"),
    )
}

/// The options that fix what is else taken from the system.
#[must_use]
pub fn with_clock(command: Command) -> Command {
    command
        .next_help_heading("Clock")
        .arg(
            option("now", "TIME", "Sign as if it were this time: RFC 3339, or @SECONDS since 1970")
                .value_parser(moment::parse),
        )
        .arg(option("nonce", "TEXT", "Use this nonce instead of a random one"))
}

/// The reader that the options describe.
#[must_use]
pub fn reader(matches: &ArgMatches) -> Reader {
    let files = if matches.get_flag("allow-files") { Files::Allowed } else { Files::Refused };
    Reader { from: matches.get_one::<From>("from").copied().unwrap_or_default(), files }
}

/// The writer that the options describe.
#[must_use]
pub fn writer(matches: &ArgMatches) -> Writer {
    Writer { to: matches.get_one::<To>("to").copied().unwrap_or_default() }
}

/// The clock that the options describe.
#[must_use]
pub fn clock(matches: &ArgMatches) -> Clock {
    Clock { now: matches.get_one::<i64>("now").copied(), nonce: matches.get_one::<String>("nonce").cloned() }
}

/// What a bad line does.
#[must_use]
pub fn on_error(matches: &ArgMatches) -> OnError {
    if matches.get_flag("strict") { OnError::Stop } else { OnError::GoOn }
}

/// The files named.
#[must_use]
pub fn files(matches: &ArgMatches) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect()
}
