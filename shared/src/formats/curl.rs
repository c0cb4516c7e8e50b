//! curl: what it must be told so that it sends a request as it is, and what its command lines say.

mod cmd;
pub(crate) mod command;
mod compose;
pub(crate) mod config;
mod data;
mod form;
mod glob;
mod group;
mod jar;
mod options;
mod settings;
mod shell;
mod spool;

pub use spool::Spool;

use crate::error::Error;
use crate::pipe::is_for_cmd;

use self::data::Sources;
use self::shell::Token;
use super::{Each, Files};

/// Reads the commands of a text: `curl …`, one or several, with `printf … |` in front of one whose data comes from
/// there.
pub(crate) fn read(text: &str, files: Files, each: &mut Each<'_, '_>) {
    // A prompt that was copied along.
    let text = text.trim_start();
    let text = text.strip_prefix("$ ").unwrap_or(text);
    let tokens = if is_for_cmd(text.as_bytes()) { cmd::tokens(text) } else { shell::tokens(text) };
    let tokens = match tokens {
        Ok(tokens) => tokens,
        Err(error) => return each(Err(error)),
    };
    for pipeline in tokens.split(|token| *token == Token::End).filter(|tokens| !tokens.is_empty()) {
        if let Err(error) = read_pipeline(pipeline, files, each) {
            each(Err(error));
        }
    }
}

fn read_pipeline(tokens: &[Token], files: Files, each: &mut Each<'_, '_>) -> Result<(), Error> {
    let commands: Vec<Vec<Vec<u8>>> = tokens.split(|token| *token == Token::Pipe).map(words).collect();
    let (stdin, command) = match commands.as_slice() {
        [command] => (None, command),
        [printf, command] if is_named(printf, "printf") => {
            let format = printf.get(1).ok_or_else(|| Error::Curl("printf has no format".to_owned()))?;
            (Some(shell::printf(format, printf.get(2..).unwrap_or_default())?), command)
        }
        _ => return Err(Error::Curl("is piped into another command".to_owned())),
    };
    if !is_named(command, "curl") && !is_named(command, "curl.exe") {
        return Err(Error::Curl("is followed by something else; & and ; in a URL need quotes".to_owned()));
    }
    let mut sources = Sources { files, stdin };
    for group in &group::groups(command.get(1..).unwrap_or_default(), &mut sources)? {
        compose::compose(group, &mut sources, each);
    }
    Ok(())
}

fn words(tokens: &[Token]) -> Vec<Vec<u8>> {
    let word = |token: &Token| if let Token::Word(word) = token { Some(word.clone()) } else { None };
    tokens.iter().filter_map(word).collect()
}

/// Whether the command is this one, by its name or a path to it.
fn is_named(command: &[Vec<u8>], name: &str) -> bool {
    let program = command.first().map(Vec::as_slice).unwrap_or_default();
    program.rsplit(|byte| *byte == b'/').next() == Some(name.as_bytes())
}
