//! `sign`: requests in, signed requests out.

mod authorizer;
mod cli;
mod installed;
mod notes;
mod parameters;
mod plan;
mod rounds;
mod run;
mod sender;
mod signer;
mod tally;
mod tool;
mod trusted;
mod verify;

use std::process::ExitCode;

use cli::Plan;
use tool::TOOL;

fn main() -> ExitCode {
    countersign_shared::cli::run(TOOL, cli::command, std::env::args_os(), |matches| match cli::plan(matches)? {
        Plan::Sign(signing) => run::run(*signing),
        Plan::Verify(plan) => verify::run(&plan),
    })
}
