//! `bridge-install`: tells browsers where the bridge is, and finds out what is wrong with it.

mod change;
mod cli;
mod doctor;
mod environment;
mod execute;
mod extension;
mod failure;
mod inspect;
mod key;
mod plan;
mod registry;
mod removal;
mod round_trip;
mod script;
mod status;
mod step;
#[cfg(test)]
mod systems;
mod task;
mod tool;

use std::process::ExitCode;

use clap::ArgMatches;
use countersign_shared::error::{Error, Exit};

use task::Task;
use tool::TOOL;

fn main() -> ExitCode {
    countersign_shared::cli::run(TOOL, cli::command, std::env::args_os(), run)
}

fn run(matches: &ArgMatches) -> Result<Exit, Error> {
    match cli::task(matches)? {
        Task::Change(task) => change::run(&task),
        Task::Status(selection, format) => status::run(&selection, format),
        Task::Doctor(selection, format) => doctor::run(&selection, format),
        Task::Unpack(folder, existing) => extension::run(&folder, existing),
        Task::Key(task) => key::run(&task),
    }
}
