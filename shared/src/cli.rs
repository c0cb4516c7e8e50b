//! The parts of a command line that all tools share: common options, help, errors, messages and exit codes.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, error::ErrorKind};

use crate::error::{Error, Exit};
use crate::options;
use crate::secret;
use crate::terminal::{self, Color, Ink};

mod generate;
mod help;
mod log;
mod man;
#[cfg(feature = "net")]
pub mod network;
pub mod once;
mod page;
mod requests;
pub mod signals;
mod tool;
mod usage;
mod variables;

pub use log::Verbosity;
pub use requests::{clock, files, now, on_error, partial, reader, writer};
pub use tool::{Described, Tool, choice, parameter, shared_parameter};
pub use variables::{data, variables};

use tool::EVERY;

const VERBOSE: (&str, &str) =
    ("Print on stderr where values come from and what is done", "Given twice (2), print what the libraries say too");

/// Runs a tool: parses its command line, calls `work`, reports an error on stderr, and returns the exit code. `command` makes
/// the command that clap parses by, and makes it again for help and for errors.
///
/// If the reader of stdout has closed it (`| head -1`), the tool ends with exit 0 and no message.
pub fn run<E: Into<ExitCode>>(
    tool: Tool,
    command: fn() -> Command,
    arguments: impl IntoIterator<Item = OsString>,
    work: impl FnOnce(&ArgMatches) -> Result<E, Error>,
) -> ExitCode {
    secret::forbid_dumps();
    match parse(tool, command, arguments) {
        Err(exit) => exit.into(),
        Ok(matches) => work(&matches).map_or_else(|error| failed(tool, &error).into(), E::into),
    }
}

/// Parses the command line and starts the log with the verbosity that it asks for. Help and version are printed on stdout
/// with exit 0, a usage error on stderr with exit 2.
///
/// # Errors
/// Returns the exit code if there is nothing left to do: everything has been printed.
fn parse(
    tool: Tool,
    command: fn() -> Command,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<ArgMatches, Exit> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // The last of two values of an option counts, as with curl and git, so that aliases and scripts can hold defaults.
    let made = || with_common(command()).propagate_version(true).args_override_self(true);
    if let Some(what) = generate::asked(&arguments) {
        return Err(match generate::text(made(), what) {
            Ok(text) => answer(tool, &text),
            Err(error) => complain(tool, &error),
        });
    }
    // It is made anew for an error: a copy that is kept for one costs every run about as much as parsing its arguments.
    match made().try_get_matches_from(&arguments) {
        Ok(matches) => {
            log::start(tool.name(), verbosity(&matches), color(&matches).stderr());
            Ok(matches)
        }
        Err(error) => Err(explain(tool, &made(), &arguments, &error)),
    }
}

/// Prints what clap stopped for: help, the version, or an error.
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

/// Returns true if the error is that the reader of stdout has closed it.
#[must_use]
pub fn is_reader_gone(error: &Error) -> bool {
    matches!(error, Error::Write(error) if error.kind() == io::ErrorKind::BrokenPipe)
}

/// Writes a result to stdout and flushes it.
///
/// # Errors
/// Returns [`Error::Write`] if stdout cannot be written, also when its reader has closed it.
pub fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Error::Write)
}

/// Writes a message to stderr, on one line. A closed stderr is ignored.
pub fn say(tool: Tool, text: &str) {
    let _ = writeln!(io::stderr(), "{}", terminal::clean(&format!("{}: {text}", tool.name())));
}

/// Writes an error to stderr, on one line, and returns its exit code.
#[must_use]
pub fn complain(tool: Tool, error: &Error) -> Exit {
    say(tool, &error.to_string());
    error.exit()
}

/// Adds the options that every tool has.
fn with_common(command: Command) -> Command {
    command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .disable_help_subcommand(true)
        .next_help_heading(page::COMMON)
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

/// Returns the verbosity that the options ask for.
#[must_use]
pub fn verbosity(matches: &ArgMatches) -> Verbosity {
    match (matches.get_flag("quiet"), matches.get_count("verbose")) {
        (true, _) => Verbosity::Quiet,
        (false, 0) => Verbosity::Normal,
        (false, 1) => Verbosity::Verbose,
        (false, _) => Verbosity::Debug,
    }
}

/// Returns the value of `--color`.
#[must_use]
pub fn color(matches: &ArgMatches) -> Color {
    matches.get_one::<Color>("color").copied().unwrap_or_default()
}

/// Puts the heading over examples for the top of help. Each line of `lines` is indented by two spaces.
#[must_use]
pub fn examples(lines: &str) -> String {
    format!("Examples:\n{lines}")
}
