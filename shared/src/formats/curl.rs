//! curl: command lines and configs that make it send a request as it is, and its command lines read.

mod cmd;
pub(crate) mod command;
mod compose;
pub(crate) mod config;
mod data;
pub(crate) mod follow;
mod form;
mod glob;
mod group;
mod jar;
mod options;
mod settings;
pub(crate) mod shell;
mod spool;

pub use spool::Spool;

use std::borrow::Cow;

use crate::error::Error;
use crate::slice::Slice as _;
use crate::variables::Variables;

use self::data::Sources;
use self::follow::is_for_cmd;
use self::shell::Token;
use super::reading::{Each, Files};

/// Reads the commands of a text: one `curl …` or several, each with `printf … |` before it if its data comes from there.
pub(crate) fn read(text: &str, files: Files, variables: &Variables, each: &mut Each<'_, '_>) {
    // A prompt may have been copied along.
    let text = text.trim_start();
    let text = text.strip_prefix("$ ").unwrap_or(text);
    let tokens = if is_for_cmd(text.as_bytes()) { cmd::tokens(text) } else { shell::tokens(text) };
    let tokens = match tokens {
        Ok(tokens) => tokens,
        Err(error) => return each(Err(error)),
    };
    let pipelines = tokens.split(|token| *token == Token::End).filter(|tokens| !tokens.is_empty());
    // An unquoted `&` in a URL ends the command in the shell. If what follows is not `curl`, the URL before it was cut off,
    // so the whole document is refused.
    let strays = std::iter::once("does not start with curl").chain(std::iter::repeat(FOLLOWED));
    let commands: Result<Vec<Command>, Error> =
        pipelines.zip(strays).map(|(tokens, stray)| Command::parse(tokens, stray)?.resolved(variables)).collect();
    match commands {
        Ok(commands) => commands.into_iter().for_each(|command| command.read(files, each)),
        Err(error) => each(Err(error)),
    }
}

/// The problem with a command after the first one that is not curl.
const FOLLOWED: &str = "is followed by something else; & and ; in a URL need quotes";

/// One `curl …`.
struct Command {
    words: Vec<Vec<u8>>,
    /// The output of the `printf` before it.
    stdin: Option<Vec<u8>>,
}

impl Command {
    /// Reads a pipeline; `stray` is the problem to report if it is another command.
    fn parse(tokens: &[Token], stray: &str) -> Result<Self, Error> {
        let mut commands: Vec<Vec<Vec<u8>>> = tokens.split(|token| *token == Token::Pipe).map(words).collect();
        let words = commands.pop().unwrap_or_default();
        let stdin = match commands.as_slice() {
            [] => None,
            [printf] if is_named(printf, "printf") => {
                let format = printf.get(1).ok_or_else(|| Error::Curl("printf has no format".to_owned()))?;
                Some(shell::printf(format, printf.part(2..))?)
            }
            _ => return Err(Error::Curl("is piped into another command".to_owned())),
        };
        match is_named(&words, "curl") || is_named(&words, "curl.exe") {
            true => Ok(Self { words, stdin }),
            false if stdin.is_some() => Err(Error::Curl("is piped into another command".to_owned())),
            false => Err(Error::Curl(stray.to_owned())),
        }
    }

    /// Returns the command with the variables in its words replaced. They are found after the shell has divided the words, so
    /// that no value is taken for syntax of the shell.
    fn resolved(mut self, variables: &Variables) -> Result<Self, Error> {
        if variables.is_idle() {
            return Ok(self);
        }
        let resolver = variables.resolver();
        for bytes in self.words.iter_mut().chain(&mut self.stdin) {
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            let text = resolver.resolve(text).map_err(|problem| Error::Curl(problem.to_string()))?;
            if let Cow::Owned(text) = text {
                *bytes = text.into_bytes();
            }
        }
        Ok(self)
    }

    fn read(self, files: Files, each: &mut Each<'_, '_>) {
        let mut sources = Sources { files, stdin: self.stdin };
        match group::groups(self.words.part(1..), &mut sources) {
            Ok(groups) => groups.iter().for_each(|group| compose::compose(group, &mut sources, each)),
            Err(error) => each(Err(error)),
        }
    }
}

fn words(tokens: &[Token]) -> Vec<Vec<u8>> {
    let word = |token: &Token| if let Token::Word(word) = token { Some(word.clone()) } else { None };
    tokens.iter().filter_map(word).collect()
}

/// Returns true if the command's first word is this name or a path that ends in it.
fn is_named(command: &[Vec<u8>], name: &str) -> bool {
    let program = command.first().map(Vec::as_slice).unwrap_or_default();
    program.rsplit(|byte| *byte == b'/').next() == Some(name.as_bytes())
}
