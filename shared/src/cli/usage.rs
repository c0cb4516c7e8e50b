//! The message for a command line that is wrong, made from the kind and the context of clap's error.

use std::error::Error as _;
use std::fmt::Write as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use crate::terminal::{self, Ink};

/// Returns the message: what is wrong, tips, the usage line. `command` is the whole tool.
pub(super) fn message(error: &clap::Error, command: &Command, ink: Ink) -> String {
    // The subcommands of `sign` are schemes.
    let noun = command.get_subcommand_value_name().unwrap_or("command").to_ascii_lowercase();
    let said = Said { error, noun: &noun, ink };
    let mut out = said.problem();
    let mut tips = said.similar();
    tips.extend(said.suggested());
    tips.extend(by_variable(error, command));
    for (index, tip) in tips.iter().enumerate() {
        let gap = if index == 0 { "\n\n" } else { "\n" };
        let _ = write!(out, "{gap}  {} {tip}", ink.bold("tip:"));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let _ = write!(out, "\n\n{}", bare(&usage.to_string()));
    }
    out += "\n\nFor more information, try '--help'.\n";
    out
}

/// Removes the angle brackets of clap's placeholders, which our help does not write.
fn bare(text: &str) -> String {
    text.replace(['<', '>'], "")
}

struct Said<'e> {
    error: &'e clap::Error,
    noun: &'e str,
    ink: Ink,
}

impl Said<'_> {
    fn text(&self, kind: ContextKind) -> Option<String> {
        match self.error.get(kind)? {
            ContextValue::String(text) => Some(terminal::clean(text).into_owned()),
            ContextValue::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn texts(&self, kind: ContextKind) -> Vec<String> {
        match self.error.get(kind) {
            Some(ContextValue::Strings(texts)) => texts.iter().map(|text| terminal::clean(text).into_owned()).collect(),
            Some(ContextValue::String(text)) => vec![terminal::clean(text).into_owned()],
            _ => Vec::new(),
        }
    }

    fn quoted(&self, text: &str) -> String {
        format!("'{}'", self.ink.bold(text))
    }

    /// Returns the argument that is wrong, in quotes.
    fn argument(&self) -> String {
        self.quoted(&bare(&self.text(ContextKind::InvalidArg).unwrap_or_default()))
    }

    fn value(&self) -> String {
        self.quoted(&self.text(ContextKind::InvalidValue).unwrap_or_default())
    }

    fn problem(&self) -> String {
        let argument = || self.argument();
        let number = |kind| self.text(kind).unwrap_or_default();
        match self.error.kind() {
            ErrorKind::UnknownArgument => format!("unexpected argument {} found", argument()),
            ErrorKind::InvalidSubcommand => {
                let name = self.text(ContextKind::InvalidSubcommand).unwrap_or_default();
                format!("unknown {} {}", self.noun, self.quoted(&name))
            }
            ErrorKind::MissingSubcommand => {
                let names = list(&format!("{}s", self.noun), &self.texts(ContextKind::ValidSubcommand));
                format!("no {} was given{names}", self.noun)
            }
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => self.invalid_value(),
            ErrorKind::MissingRequiredArgument => self.missing(),
            ErrorKind::ArgumentConflict => self.conflict(),
            ErrorKind::NoEquals => format!("equal sign is needed when assigning values to {}", argument()),
            ErrorKind::TooManyValues => {
                format!("unexpected value {} for {} found; no more were expected", self.value(), argument())
            }
            ErrorKind::TooFewValues => {
                let (least, given) = (number(ContextKind::MinValues), number(ContextKind::ActualNumValues));
                format!("{} takes at least {least} values, and {given} were given", argument())
            }
            ErrorKind::WrongNumberOfValues => {
                let (right, given) = (number(ContextKind::ExpectedNumValues), number(ContextKind::ActualNumValues));
                format!("{} takes {right} values, and {given} were given", argument())
            }
            kind => kind.as_str().unwrap_or("the command line cannot be read").to_owned(),
        }
    }

    fn invalid_value(&self) -> String {
        if self.text(ContextKind::InvalidValue).is_none_or(|value| value.is_empty()) {
            let values = list("possible values", &self.texts(ContextKind::ValidValue));
            return format!("a value is required for {} but none was supplied{values}", self.argument());
        }
        let mut out = format!("invalid value {} for {}", self.value(), self.argument());
        if let Some(reason) = self.error.source() {
            let _ = write!(out, ": {reason}");
        }
        out + &list("possible values", &self.texts(ContextKind::ValidValue))
    }

    fn missing(&self) -> String {
        let names: Vec<String> =
            self.texts(ContextKind::InvalidArg).iter().map(|name| self.quoted(&bare(name))).collect();
        match names.as_slice() {
            [one] => format!("the argument {one} is missing"),
            _ => format!("the arguments {} are missing", names.join(", ")),
        }
    }

    fn conflict(&self) -> String {
        let subject = match self.text(ContextKind::InvalidSubcommand) {
            Some(name) => format!("the {} {}", self.noun, self.quoted(&name)),
            None => format!("the argument {}", self.argument()),
        };
        let others = self.texts(ContextKind::PriorArg);
        if self.text(ContextKind::InvalidArg).is_some_and(|own| others == [own]) {
            return format!("{subject} cannot be used multiple times");
        }
        let others: Vec<String> = others.iter().map(|other| self.quoted(&bare(other))).collect();
        match others.as_slice() {
            [] => format!("{subject} cannot be used with one or more of the other specified arguments"),
            _ => format!("{subject} cannot be used with {}", others.join(", ")),
        }
    }

    /// Returns tips with names that are similar to the unknown one.
    fn similar(&self) -> Vec<String> {
        let kinds = [
            (ContextKind::SuggestedSubcommand, self.noun),
            (ContextKind::SuggestedArg, "argument"),
            (ContextKind::SuggestedValue, "value"),
        ];
        let tip = |(kind, noun): (ContextKind, &str)| {
            let names: Vec<String> = self.texts(kind).iter().map(|name| self.quoted(name)).collect();
            match names.as_slice() {
                [] => None,
                [one] => Some(format!("a similar {noun} exists: {one}")),
                _ => Some(format!("some similar {noun}s exist: {}", names.join(", "))),
            }
        };
        kinds.into_iter().filter_map(tip).collect()
    }

    /// Returns the tips that clap words itself: `to pass '--x' as a value, use '-- --x'`.
    fn suggested(&self) -> Vec<String> {
        match self.error.get(ContextKind::Suggested) {
            Some(ContextValue::StyledStrs(texts)) => texts.iter().map(|text| bare(&text.to_string())).collect(),
            _ => Vec::new(),
        }
    }
}

fn list(name: &str, values: &[String]) -> String {
    if values.is_empty() { String::new() } else { format!("\n  [{name}: {}]", values.join(", ")) }
}

/// Returns a tip that names the variable, if a value that is wrong came from the environment.
fn by_variable(error: &clap::Error, command: &Command) -> Option<String> {
    let (Some(ContextValue::String(argument)), Some(ContextValue::String(value))) =
        (error.get(ContextKind::InvalidArg), error.get(ContextKind::InvalidValue))
    else {
        return None;
    };
    let mut command = command.clone();
    // Deferred subcommands add their options when they are built.
    command.build();
    let variable = find(&command, argument)?.get_env()?.to_owned();
    if std::env::var_os(&variable).is_none_or(|text| text != value.as_str()) {
        return None;
    }
    Some(format!("the value is that of the environment variable {}", variable.to_string_lossy()))
}

/// Finds the argument that clap's errors call `named`. The first one will do: in all commands of a tool an option of one name
/// has one variable.
fn find<'c>(command: &'c Command, named: &str) -> Option<&'c Arg> {
    let own = command.get_arguments().find(|argument| argument.to_string() == named);
    own.or_else(|| command.get_subcommands().find_map(|sub| find(sub, named)))
}
