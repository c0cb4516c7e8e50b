//! The options of tools that read requests from a pipe and write them.

use std::path::PathBuf;

use clap::{Arg, ArgMatches, Command, value_parser};

use crate::formats::{Files, InputFormat, OutputFormat, PartialBodies, Reader, Spool, Writer};
use crate::moment::{self, Clock};
use crate::pipe::OnError;

use super::tool::{Described as _, Tool, choice};

impl Tool {
    /// Adds the options of a tool that reads requests.
    #[must_use]
    pub fn with_input(self, command: Command) -> Command {
        command
            .next_help_heading("Input")
            .arg(Arg::new("files").value_name("FILE").num_args(0..).value_parser(value_parser!(PathBuf)).described((
                "Files to read, one after another",
                "Without FILE, and for -, stdin is read. A URL stands for itself",
            )))
            .arg(
                self.option("from", "FORMAT", "Input format")
                    .value_parser(choice::<InputFormat>())
                    .default_value("auto"),
            )
            .arg(self.switch("allow-files", ("Let the input name files to read", "These are curl's @file, -T and -F")))
            .arg(self.switch("strict", "Stop at the first line that fails"))
    }

    /// Adds the options of a tool that writes requests.
    #[must_use]
    pub fn with_output(self, command: Command) -> Command {
        let body_dir = "Folder for the bodies that --to curl-config cannot hold";
        command
            .next_help_heading("Output")
            .arg(
                self.option("to", "FORMAT", "Output format")
                    .value_parser(choice::<OutputFormat>())
                    .default_value("json"),
            )
            .arg(
                self.option("body-dir", "DIR", body_dir)
                    .value_parser(value_parser!(PathBuf))
                    .by_default("body/ in the runtime folder"),
            )
            .arg(
                self.option("out", "DIR", "Folder for --to postman and --to opencollection")
                    .value_parser(value_parser!(PathBuf)),
            )
            .arg(self.switch(
                "allow-partial",
                (
                    "Take bodies of which a part is missing",
                    "Without it a request that says so in _body, or whose recorded length is another, is not sent",
                ),
            ))
    }

    /// Adds the options that fix what is else taken from the system: the time and the nonce.
    #[must_use]
    pub fn with_clock(self, command: Command) -> Command {
        let nonce = self.option("nonce", "TEXT", "Use this nonce instead of a random one");
        self.with_now(command, "Sign as if it were this time: RFC 3339, or @SECONDS since 1970").arg(nonce)
    }

    /// Adds the option that fixes the time alone.
    #[must_use]
    pub fn with_now(self, command: Command, help: &'static str) -> Command {
        command.next_help_heading("Clock").arg(self.option("now", "TIME", help).value_parser(moment::parse))
    }
}

/// Returns the time that the option fixes, in seconds since 1970.
#[must_use]
pub fn now(matches: &ArgMatches) -> Option<i64> {
    matches.get_one::<i64>("now").copied()
}

/// Returns the reader that the options describe.
#[must_use]
pub fn reader(matches: &ArgMatches) -> Reader {
    let files = if matches.get_flag("allow-files") { Files::Allowed } else { Files::Refused };
    Reader { from: matches.get_one::<InputFormat>("from").copied().unwrap_or_default(), files, ..Reader::default() }
}

/// Returns the writer that the options describe.
#[must_use]
pub fn writer(matches: &ArgMatches) -> Writer {
    Writer {
        to: matches.get_one::<OutputFormat>("to").copied().unwrap_or_default(),
        spool: Spool::new(matches.get_one::<PathBuf>("body-dir").cloned()),
        out: matches.get_one::<PathBuf>("out").cloned(),
        partial: partial(matches),
    }
}

/// Returns the rule for bodies of which a part is missing.
#[must_use]
pub fn partial(matches: &ArgMatches) -> PartialBodies {
    if matches.get_flag("allow-partial") { PartialBodies::Allowed } else { PartialBodies::Refused }
}

/// Returns the clock that the options describe.
#[must_use]
pub fn clock(matches: &ArgMatches) -> Clock {
    Clock { now: now(matches), nonce: matches.get_one::<String>("nonce").cloned() }
}

/// Returns what a line that fails does to the rest.
#[must_use]
pub fn on_error(matches: &ArgMatches) -> OnError {
    if matches.get_flag("strict") { OnError::Stop } else { OnError::GoOn }
}

/// Returns the files that are named as input.
#[must_use]
pub fn files(matches: &ArgMatches) -> Vec<PathBuf> {
    matches.get_many::<PathBuf>("files").into_iter().flatten().cloned().collect()
}
