//! `capture`: writes HTTP requests as they happen, one a line.

mod authority;
mod body_copy;
mod browsers;
mod ca;
mod captured;
mod certificate;
mod cli;
mod command;
mod conversation;
mod destination;
mod exchange;
mod filter;
mod forward;
mod gate;
mod history;
mod in_flight;
mod line;
mod notice;
mod observer;
mod output;
mod permitted;
mod proxy;
mod seen;
mod serve;
mod session;
mod tunnel;
mod upstream;
mod watch;

use std::process::ExitCode;

use clap::ArgMatches;
use countersign_shared::error::Error;

use notice::TOOL;

fn main() -> ExitCode {
    countersign_shared::cli::run(TOOL, cli::command, std::env::args_os(), run)
}

fn run(matches: &ArgMatches) -> Result<u8, Error> {
    match cli::plan(matches)? {
        cli::Plan::Authority(plan) => ca::run(plan),
        cli::Plan::ReadHistory(query) => history::run(&query).map(|exit| exit as u8),
        cli::Plan::Capture(plan) => session::run(plan),
        cli::Plan::Watch(plan) => watch::run(plan),
    }
}
