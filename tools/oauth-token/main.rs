//! `oauth-token`: a token that is valid now, in one word.

mod browser;
mod callback;
mod cli;
mod commands;
mod credential;
mod discovery;
mod document;
mod get;
mod grant;
mod handout;
mod hosts;
mod id_token;
mod kept;
mod parameters;
mod paste;
mod postman;
mod profile;
mod provider;
mod questions;
mod recipe;
mod revoke;
mod run;
mod settings;
mod share;
mod tables;
mod tool;

use std::process::ExitCode;

use tool::TOOL;

fn main() -> ExitCode {
    let arguments = cli::arguments(std::env::args_os().collect());
    countersign_shared::cli::run(TOOL, commands::command, arguments, |matches| run::run(cli::plan(matches)?))
}
