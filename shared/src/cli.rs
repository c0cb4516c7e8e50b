//! What every tool's command line has in common, and how a tool ends.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{
    Arg, ArgAction, ArgMatches, Command,
    builder::BoolishValueParser,
    error::{ContextKind, ContextValue, ErrorKind},
    value_parser,
};

use crate::error::{Error, Exit};
use crate::formats::{Files, InputFormat, OutputFormat, Reader, Spool, Writer};
use crate::moment::{self, Clock};
use crate::pipe::OnError;
use crate::terminal::{self, Color, Ink};

mod generate;
mod help;
mod log;
mod man;
pub mod network;
mod page;

pub use log::Verbosity;

/// The heading of the options that every command has.
const COMMON: &str = "Common";

/// Runs a tool: reads its command line, does its work, says what went wrong, and gives the exit code for it.
///
/// A reader that has gone (`| head -1`) has what it wanted, and ends the tool quietly.
pub fn run<E: Into<ExitCode>>(
    command: Command,
    arguments: impl IntoIterator<Item = OsString>,
    work: impl FnOnce(&ArgMatches) -> Result<E, Error>,
) -> ExitCode {
    let tool = command.get_name().to_owned();
    match parse(command, arguments) {
        Err(exit) => exit.into(),
        Ok(matches) => work(&matches).map_or_else(|error| failed(&tool, &error).into(), E::into),
    }
}

/// Reads the command line, and lets `log` say as much on stderr as it asks for. Help and version go to stdout with exit 0;
/// a usage error goes to stderr with exit 2.
///
/// # Errors
/// The exit code to end with, when everything was said.
fn parse(command: Command, arguments: impl IntoIterator<Item = OsString>) -> Result<ArgMatches, Exit> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // Of an option that is given twice the last counts, as with curl and git: aliases and scripts have defaults so.
    let command = with_common(command).propagate_version(true).args_override_self(true);
    let tool = command.get_name().to_owned();
    if let Some(what) = generate::asked(&arguments) {
        return Err(match generate::text(command, what) {
            Ok(text) => answer(&tool, &text),
            Err(error) => complain(&tool, &error),
        });
    }
    match command.clone().try_get_matches_from(&arguments) {
        Ok(matches) => {
            log::start(tool, verbosity(&matches), color(&matches).stderr());
            Ok(matches)
        }
        Err(error) => Err(explain(command, &arguments, &error)),
    }
}

/// Says why there is nothing to do: help or version were asked for, or something is wrong.
fn explain(command: Command, arguments: &[OsString], error: &clap::Error) -> Exit {
    let tool = command.get_name().to_owned();
    let color = Color::asked(arguments, std::env::var_os(variable("color")).as_deref());
    let is_long = arguments.iter().any(|argument| argument == "--help");
    let length = if is_long { help::Length::Long } else { help::Length::Short };
    let help = |ink| {
        let again = help::with_help(command.clone(), length, ink).try_get_matches_from(arguments);
        again.err().map(|error| styled(&error, ink)).unwrap_or_default()
    };
    match error.kind() {
        ErrorKind::DisplayHelp => answer(&tool, &help(color.stdout())),
        ErrorKind::DisplayVersion => answer(&tool, &format!("{tool} {}\n", command.get_version().unwrap_or_default())),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = io::stderr().write_all(help(color.stderr()).as_bytes());
            Exit::Usage
        }
        _ => {
            let ink = color.stderr();
            let text = styled(error, ink);
            // Ours are all of the form `sign: what is wrong`.
            let text = text.split_once("error:").map_or(text.as_str(), |(_, text)| text);
            let text = text.trim_start_matches("\u{1b}[0m").trim_start();
            let kind = command.get_subcommand_value_name().unwrap_or("command").to_ascii_lowercase();
            let text = text.replace("unrecognized subcommand", &format!("unknown {kind}"));
            let text = text.replacen("\n\n", &format!("{}\n\n", by_variable(error, arguments)), 1);
            let _ = write!(io::stderr(), "{} {text}", ink.red(&format!("{tool}:")));
            Exit::Usage
        }
    }
}

/// Names the variable, where a value that is wrong came from the environment.
fn by_variable(error: &clap::Error, arguments: &[OsString]) -> String {
    let Some(ContextValue::String(invalid)) = error.get(ContextKind::InvalidArg) else { return String::new() };
    let Some(long) = invalid.split(' ').find_map(|word| word.strip_prefix("--")) else { return String::new() };
    let is_typed = |argument: &OsString| argument.to_string_lossy().starts_with(&format!("--{long}"));
    let variable = variable(long);
    if arguments.iter().any(is_typed) || std::env::var_os(&variable).is_none() {
        return String::new();
    }
    format!("\n\n  tip: the value is that of the environment variable {variable}")
}

/// The environment variable of an option that all schemes share.
fn variable(option: &str) -> String {
    format!("COUNTERSIGN_{}", option.to_ascii_uppercase().replace('-', "_"))
}

fn styled(error: &clap::Error, ink: Ink) -> String {
    match ink {
        Ink::Plain => error.render().to_string(),
        Ink::Colored => error.render().ansi().to_string(),
    }
}

fn answer(tool: &str, text: &str) -> Exit {
    print(text).map_or_else(|error| failed(tool, &error), |()| Exit::Done)
}

fn failed(tool: &str, error: &Error) -> Exit {
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
pub fn say(tool: &str, text: &str) {
    let _ = writeln!(io::stderr(), "{}", terminal::clean(&format!("{tool}: {text}")));
}

/// Says what went wrong, on one line, and gives the exit code for it.
#[must_use]
pub fn complain(tool: &str, error: &Error) -> Exit {
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
            option("color", "WHEN", "When to use colour; auto is on a terminal, unless NO_COLOR is set")
                .value_parser(value_parser!(Color))
                .default_value("auto")
                .global(true),
        )
        .arg(switch("quiet", "Say nothing on stderr but errors").short('q').global(true))
        .arg(
            with_variable(
                Arg::new("verbose").long("verbose").short('v').action(ArgAction::Count),
                "Say on stderr where values come from and what is done; twice (2), what the libraries say too",
            )
            .global(true),
        )
        .arg(
            Arg::new("help")
                .long("help")
                .short('h')
                .action(ArgAction::Help)
                .global(true)
                .help("Print help; -h is a line an option, --help is everything"),
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

/// An option that the environment can set too. An empty variable is an unset one.
#[must_use]
pub fn option(name: &'static str, value: &'static str, help: &'static str) -> Arg {
    with_variable(Arg::new(name).long(name).value_name(value), help)
}

/// A switch; its variable is true or false.
#[must_use]
pub fn switch(name: &'static str, help: &'static str) -> Arg {
    let truth = BoolishValueParser::new();
    with_variable(Arg::new(name).long(name).action(ArgAction::SetTrue).value_parser(truth), help)
}

fn with_variable(argument: Arg, help: &str) -> Arg {
    let variable = variable(argument.get_id().as_str());
    let argument = argument.help(format!("{help} [env: {variable}]"));
    let is_empty = std::env::var_os(&variable).is_some_and(|value| value.is_empty());
    if is_empty { argument } else { argument.env(variable).hide_env_values(true) }
}

/// Reads an amount of time: `2s`, `5m`, `1h`, `500ms`.
///
/// # Errors
/// It is something else.
pub fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.get(digits.len()..).unwrap_or_default();
    let milliseconds = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return Err("write a number and its unit: 500ms, 2s, 5m, 1h".to_owned()),
    };
    let number: u64 = digits.parse().map_err(|_| "write a whole number and its unit: 2s, 5m, 1h".to_owned())?;
    number.checked_mul(milliseconds).map(Duration::from_millis).ok_or_else(|| "is too long".to_owned())
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
                .value_parser(value_parser!(InputFormat))
                .default_value("auto"),
        )
        .arg(switch("allow-files", "Let the input name files that are then read; curl's @file, -T, -F"))
        .arg(switch("strict", "Stop at the first line that fails"))
}

/// The options of a tool that writes requests.
#[must_use]
pub fn with_output(command: Command) -> Command {
    command
        .next_help_heading("Output")
        .arg(
            option("to", "FORMAT", "What is written for each request")
                .value_parser(value_parser!(OutputFormat))
                .default_value("json"),
        )
        .arg(
            option(
                "body-dir",
                "DIR",
                "Where --to curl-config puts bodies; those that it cannot hold [default: body/ in the runtime folder]",
            )
            .value_parser(value_parser!(PathBuf)),
        )
}

/// The options that fix what is else taken from the system.
#[must_use]
pub fn with_clock(command: Command) -> Command {
    with_now(command, "Sign as if it were this time: RFC 3339, or @SECONDS since 1970").arg(option(
        "nonce",
        "TEXT",
        "Use this nonce instead of a random one",
    ))
}

/// The option that fixes the time alone.
#[must_use]
pub fn with_now(command: Command, help: &'static str) -> Command {
    command.next_help_heading("Clock").arg(option("now", "TIME", help).value_parser(moment::parse))
}

/// The time that the option fixes, in seconds since 1970.
#[must_use]
pub fn now(matches: &ArgMatches) -> Option<i64> {
    matches.get_one::<i64>("now").copied()
}

/// The reader that the options describe.
#[must_use]
pub fn reader(matches: &ArgMatches) -> Reader {
    let files = if matches.get_flag("allow-files") { Files::Allowed } else { Files::Refused };
    Reader { from: matches.get_one::<InputFormat>("from").copied().unwrap_or_default(), files }
}

/// The writer that the options describe.
#[must_use]
pub fn writer(matches: &ArgMatches) -> Writer {
    Writer {
        to: matches.get_one::<OutputFormat>("to").copied().unwrap_or_default(),
        spool: Spool::new(matches.get_one::<PathBuf>("body-dir").cloned()),
    }
}

/// The clock that the options describe.
#[must_use]
pub fn clock(matches: &ArgMatches) -> Clock {
    Clock { now: now(matches), nonce: matches.get_one::<String>("nonce").cloned() }
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
