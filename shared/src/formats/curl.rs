//! curl: command lines and configs that make it send a request as it is, and its command lines read.

mod cmd;
pub(crate) mod command;
mod compose;
pub(crate) mod config;
mod config_file;
mod data;
pub(crate) mod follow;
mod form;
mod glob;
mod group;
mod handshake;
mod here_document;
mod jar;
mod options;
mod printf;
pub(crate) mod quoting;
mod settings;
mod shell;
mod spool;

pub use spool::Spool;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::error::Error;
use crate::request::{Note, Request};
use crate::slice::Slice as _;
use crate::variables::Variables;

use self::data::Sources;
use self::follow::is_for_cmd;
use self::group::Group;
use self::shell::{Names, Token};
use super::reading::{Each, Files, Reading};

/// The number of requests of one document that are held while the rest of it is checked.
const HELD: usize = 64;

/// The size of the requests that are held, in bytes.
const HELD_BYTES: usize = 16 << 20;

/// Reads the commands of a text: one `curl …` or several, each with `printf … |` before it if its data comes from there.
/// They are one document: if one request of them is wrong, none is handed over.
pub(crate) fn read(text: &str, reading: Reading<'_>, each: &mut Each<'_, '_>) {
    let mut commands = match commands(text, reading) {
        Ok(commands) => commands,
        Err(error) => return each(Err(error)),
    };
    let mut held = Vec::new();
    let mut bytes = 0;
    let mut wrong = None;
    let mut is_more = false;
    for Prepared { groups, sources } in &commands {
        let mut sources = sources.clone();
        let mut check = |request: Result<Request<'static>, Error>| match request {
            Ok(request) if held.len() < HELD && bytes < HELD_BYTES => {
                bytes += request.url.as_str().len() + request.body.sent().len();
                held.push(request);
            }
            Ok(_) => is_more = true,
            Err(error) => drop(wrong.get_or_insert(error)),
        };
        groups.iter().for_each(|group| compose::compose(group, &mut sources, &mut check));
    }
    if let Some(error) = wrong {
        return each(Err(error));
    }
    let mut notes = notes(&commands);
    let mut hand_over = |mut request: Request<'static>| {
        request.notes.append(&mut notes);
        each(Ok(request));
    };
    if !is_more {
        return held.into_iter().for_each(hand_over);
    }
    // The requests together may be longer than the command by far, so they are made again instead of kept.
    drop(held);
    for Prepared { groups, sources } in &mut commands {
        let mut hand_over = |request: Result<Request<'static>, Error>| request.into_iter().for_each(&mut hand_over);
        groups.iter().for_each(|group| compose::compose(group, sources, &mut hand_over));
    }
}

fn commands(text: &str, reading: Reading<'_>) -> Result<Vec<Prepared>, Error> {
    // A prompt may have been copied along.
    let text = text.trim_start();
    let text = text.strip_prefix("$ ").unwrap_or(text);
    let tokens =
        if is_for_cmd(text.as_bytes()) { cmd::tokens(text) } else { shell::tokens(text, names(reading.variables)) }?;
    let pipelines = tokens.split(|token| *token == Token::End).filter(|tokens| !tokens.is_empty());
    // An unquoted `&` in a URL ends the command in the shell. If what follows is not `curl`, the URL before it was cut off,
    // so the whole document is refused.
    let strays = std::iter::once("does not start with curl").chain(std::iter::repeat(FOLLOWED));
    let command = |(tokens, stray)| Command::parse(tokens, stray)?.resolved(reading.variables)?.prepared(reading.files);
    pipelines.zip(strays).map(command).collect()
}

/// Returns the meaning of `$NAME`: the names are those of variables, if there are any.
fn names(variables: &Variables) -> Names {
    if variables.is_idle() { Names::Refused } else { Names::Variables }
}

/// Returns what the user should know of the commands.
fn notes(commands: &[Prepared]) -> Vec<Note> {
    let is_followed = commands.iter().any(|command| command.sources.is_followed);
    let text = "curl command: what follows it behind | or > changes no request and is passed over";
    let mut notes: Vec<Note> = is_followed.then(|| Note::warning(text.to_owned())).into_iter().collect();
    let passed: BTreeSet<&str> =
        commands.iter().flat_map(|command| &command.sources.passed).map(String::as_str).collect();
    if !passed.is_empty() {
        let passed: Vec<&str> = passed.into_iter().collect();
        let text = format!("curl command: passed over, since no line can hold them: {}", passed.join(", "));
        notes.push(Note { level: log::Level::Info, text });
    }
    notes
}

/// The problem with a command after the first one that is not curl.
const FOLLOWED: &str = "is followed by something else; & and ; in a URL need quotes";

/// One `curl …`.
struct Command {
    words: Vec<Vec<u8>>,
    /// The output of the `printf` before it, or a here-document.
    stdin: Option<Vec<u8>>,
    /// True if a redirection or another program follows that takes the output.
    is_followed: bool,
}

/// A command whose options are read.
struct Prepared {
    groups: Vec<Group>,
    sources: Sources,
}

impl Command {
    /// Reads a pipeline; `stray` is the problem to report if it is another command.
    fn parse(tokens: &[Token], stray: &str) -> Result<Self, Error> {
        let piped = || Error::Curl("is piped into another command".to_owned());
        let stages: Vec<&[Token]> = tokens.split(|token| *token == Token::Pipe).collect();
        let (printed, stages) = match stages.as_slice() {
            [first, rest @ ..] if is_named(&words(first), "printf") => (Some(printed(first)?), rest),
            all => (None, all),
        };
        let Some((own, after)) = stages.split_first() else { return Err(Error::Curl(stray.to_owned())) };
        let words = words(own);
        if !is_named(&words, "curl") && !is_named(&words, "curl.exe") {
            let runs_curl = |stage: &&[Token]| is_in(stage, b"curl");
            let is_pipe = printed.is_some() || after.iter().any(runs_curl);
            return Err(if is_pipe { piped() } else { Error::Curl(stray.to_owned()) });
        }
        // A program behind the pipe may make requests of its own with what this one gets.
        if after.iter().any(|stage| stage.is_empty() || is_in(stage, b"curl")) {
            return Err(piped());
        }
        let input =
            own.iter().rev().find_map(|token| if let Token::Input(text) = token { Some(text.clone()) } else { None });
        let is_followed = !after.is_empty() || own.contains(&Token::Output);
        Ok(Self { words, stdin: input.or(printed), is_followed })
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

    fn prepared(self, files: Files) -> Result<Prepared, Error> {
        let mut sources = Sources { files, stdin: self.stdin, is_followed: self.is_followed, passed: BTreeSet::new() };
        let groups = group::groups(self.words.part(1..), &mut sources)?;
        Ok(Prepared { groups, sources })
    }
}

/// Returns what a `printf` writes.
fn printed(tokens: &[Token]) -> Result<Vec<u8>, Error> {
    if !tokens.iter().all(|token| matches!(token, Token::Word(_))) {
        return Err(Error::Curl("printf has a redirection".to_owned()));
    }
    let words = words(tokens);
    let format = words.get(1).ok_or_else(|| Error::Curl("printf has no format".to_owned()))?;
    printf::printf(format, words.part(2..))
}

/// Returns true if a program's name is anywhere in the words of a command.
fn is_in(tokens: &[Token], name: &[u8]) -> bool {
    let is_in = |word: &Vec<u8>| memchr::memmem::find(word, name).is_some();
    words(tokens).iter().any(is_in)
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
