//! `oauth-token`: a token that is valid now, in one word.

mod browser;
mod callback;
mod cli;
mod credential;
mod discovery;
mod get;
mod grant;
mod handout;
mod id_token;
mod kept;
mod postman;
mod profile;
mod questions;
mod settings;
mod share;

use std::process::ExitCode;

use countersign_shared::cli::{complain, parse};

fn main() -> ExitCode {
    let matches = match parse(cli::command(), cli::arguments(std::env::args_os().collect())) {
        Ok(matches) => matches,
        Err(exit) => return exit.into(),
    };
    match cli::run(&matches) {
        Ok(exit) => exit,
        Err(error) => complain(cli::TOOL, &error).into(),
    }
}
