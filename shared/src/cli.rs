//! What every tool's command line has in common, and how a tool ends.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, error::ErrorKind};

use crate::error::{Error, Exit};
use crate::options;
use crate::terminal::{self, Color, Ink};

mod generate;
mod help;
mod log;
mod man;
#[cfg(feature = "net")]
pub mod network;
mod page;
mod requests;
pub mod signals;
mod tool;
mod usage;

pub use log::Verbosity;
pub use requests::{clock, files, now, on_error, reader, writer};
pub use tool::{Described, Tool, choice, parameter, shared_parameter};

use tool::EVERY;

/// The heading of the options that every command has.
const COMMON: &str = "Common";

const VERBOSE: (&str, &str) =
    ("Print on stderr where values come from and what is done", "Given twice (2), print what the libraries say too");

/// Runs a tool: reads its command line, does its work, says what went wrong, and gives the exit code for it.
///
/// A reader that has gone (`| head -1`) has what it wanted, and ends the tool quietly.
pub fn run<E: Into<ExitCode>>(
    tool: Tool,
    command: Command,
    arguments: impl IntoIterator<Item = OsString>,
    work: impl FnOnce(&ArgMatches) -> Result<E, Error>,
) -> ExitCode {
    match parse(tool, command, arguments) {
        Err(exit) => exit.into(),
        Ok(matches) => work(&matches).map_or_else(|error| failed(tool, &error).into(), E::into),
    }
}

/// Reads the command line, and lets `log` say as much on stderr as it asks for. Help and version go to stdout with exit 0;
/// a usage error goes to stderr with exit 2.
///
/// # Errors
/// The exit code to end with, when everything was said.
fn parse(tool: Tool, command: Command, arguments: impl IntoIterator<Item = OsString>) -> Result<ArgMatches, Exit> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Of an option that is given twice the last counts, as with curl and git: aliases and scripts have defaults so.
    let command = with_common(command).propagate_version(true).args_override_self(true);
    if let Some(what) = generate::asked(&arguments) {
        return Err(match generate::text(command, what) {
            Ok(text) => answer(tool, &text),
            Err(error) => complain(tool, &error),
        });
    }
    match command.clone().try_get_matches_from(&arguments) {
        Ok(matches) => {
            log::start(tool.name(), verbosity(&matches), color(&matches).stderr());
            Ok(matches)
        }
        Err(error) => Err(explain(tool, &command, &arguments, &error)),
    }
}

/// Says why there is nothing to do: help or version were asked for, or something is wrong.
fn explain(tool: Tool, command: &Command, arguments: &[OsString], error: &clap::Error) -> Exit {
    let color = Color::asked(arguments, std::env::var_os(options::variable("", "color")).as_deref());
    let is_long = arguments.iter().any(|argument| argument == "--help");
    let length = if is_long { help::Length::Long } else { help::Length::Short };
    let help = |ink| {
        let again = help::with_help(command.clone(), length, ink).try_get_matches_from(arguments);
        again.err().map(|error| styled(&error, ink)).unwrap_or_default()
    };
    match error.kind() {
        ErrorKind::DisplayHelp => answer(tool, &help(color.stdout())),
        ErrorKind::DisplayVersion => {
            answer(tool, &format!("{} {}\n", tool.name(), command.get_version().unwrap_or_default()))
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = io::stderr().write_all(help(color.stderr()).as_bytes());
            Exit::Usage
        }
        _ => {
            let ink = color.stderr();
            // Ours are all of the form `sign: what is wrong`.
            let text = usage::message(error, command, ink);
            let _ = write!(io::stderr(), "{} {text}", ink.red(&format!("{}:", tool.name())));
            Exit::Usage
        }
    }
}

fn styled(error: &clap::Error, ink: Ink) -> String {
    match ink {
        Ink::Plain => error.render().to_string(),
        Ink::Colored => error.render().ansi().to_string(),
    }
}

fn answer(tool: Tool, text: &str) -> Exit {
    print(text).map_or_else(|error| failed(tool, &error), |()| Exit::Done)
}

fn failed(tool: Tool, error: &Error) -> Exit {
    if is_reader_gone(error) { Exit::Done } else { complain(tool, error) }
}

/// Whether nobody reads what is written.
#[must_use]
pub fn is_reader_gone(error: &Error) -> bool {
    matches!(error, Error::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes a result to standard output, at once.
///
/// # Errors
/// [`Error::Write`], also where the reader has gone.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Error::Write)
}

/// Tells the person something on stderr, on one line. Nobody listening there is no reason to stop.
pub fn say(tool: Tool, text: &str) {
    let _ = writeln!(io::stderr(), "{}", terminal::clean(&format!("{}: {text}", tool.name())));
}

/// Says what went wrong, on one line, and gives the exit code for it.
#[must_use]
pub fn complain(tool: Tool, error: &Error) -> Exit {
    say(tool, &error.to_string());
    error.exit()
}

/// What every tool takes.
fn with_common(command: Command) -> Command {
    command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .next_help_heading(COMMON)
        .arg(
            EVERY
                .option("color", "WHEN", ("When to use colour", "auto is on a terminal, unless NO_COLOR is set"))
                .value_parser(choice::<Color>())
                .default_value("auto")
                .global(true),
        )
        .arg(EVERY.switch("quiet", "Print only errors on stderr").short('q').global(true))
        .arg(
            EVERY
                .with_variable(Arg::new("verbose").long("verbose").short('v').action(ArgAction::Count))
                .described(VERBOSE)
                .global(true),
        )
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .action(ArgAction::Help)
                .global(true)
                .described(("Print help", "-h prints one line per option, --help everything")),
        )
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .global(true)
                .help("Print the version"),
        )
}

/// How much is said on stderr.
#[must_use]
pub fn verbosity(matches: &ArgMatches) -> Verbosity {
    match (matches.get_flag("quiet"), matches.get_count("verbose")) {
        (true, _) => Verbosity::Quiet,
        (false, 0) => Verbosity::Normal,
        (false, 1) => Verbosity::Verbose,
        (false, _) => Verbosity::Debug,
    }
}

/// When output is coloured.
#[must_use]
pub fn color(matches: &ArgMatches) -> Color {
    matches.get_one::<Color>("color").copied().unwrap_or_default()
}

/// Examples as they stand at the top of help; each line is indented by two spaces.
#[must_use]
pub fn examples(lines: &str) -> String {
    format!("Examples:\n{lines}")
}
