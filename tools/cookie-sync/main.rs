//! `cookie-sync`: keeps a browser's cookies in files that curl and other programs read.

mod apply;
mod browsers;
mod cli;
mod command;
mod domains;
mod export;
mod last_sync;
mod merged;
mod outputs;
mod plan;
mod readable;
mod source;
mod status;
mod sync;
mod tool;

use std::process::ExitCode;

use clap::ArgMatches;
use countersign_shared::error::{Error, Exit};

use plan::Plan;
use tool::TOOL;

fn main() -> ExitCode {
    countersign_shared::cli::run(TOOL, cli::command, std::env::args_os(), run)
}

fn run(matches: &ArgMatches) -> Result<Exit, Error> {
    match cli::plan(matches)? {
        Plan::Sync(plan) => sync::run(plan),
        Plan::Add(domains) => domains::add(&domains),
        Plan::Remove(domains) => domains::remove(&domains),
        Plan::List(format) => domains::list(format),
        Plan::Export(plan) => export::run(plan),
        Plan::Apply(plan) => apply::run(plan),
    }
}
