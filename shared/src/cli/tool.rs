//! Makes clap's arguments. Beside them it keeps what clap has no place for: defaults in words, and variables that clap must
//! not read.

use clap::builder::{ArgExt, BoolishValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Arg, ArgAction};

use crate::duration::duration;
use crate::options::{self, Choice, Choices, Help, Kind, Parameter};

/// A tool, whose name is part of its messages and of its options' environment variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tool {
    name: &'static str,
}

/// Makes the options that mean the same in all tools, so that their variables carry no tool's name.
pub(super) const EVERY: Tool = Tool::new("");

/// The words with which help tells what happens without an option, for defaults that are not a value of it.
#[derive(Clone, Debug)]
pub(super) struct DefaultText(pub(super) &'static str);

impl ArgExt for DefaultText {}

/// The variable of an option that clap must not read: a scheme reads it itself, or it is empty.
#[derive(Clone, Debug)]
pub(super) struct Variable(pub(super) String);

impl ArgExt for Variable {}

/// The help text of an argument as data.
pub trait Described: Sized {
    /// Sets the line that `-h` prints and what `--help` adds.
    #[must_use]
    fn described(self, help: impl Into<Help>) -> Self;

    /// Sets the words with which help tells what happens without the argument.
    #[must_use]
    fn by_default(self, text: &'static str) -> Self;
}

impl Described for Arg {
    fn described(self, help: impl Into<Help>) -> Self {
        let help = help.into();
        let argument = self.help(help.short);
        if help.more.is_empty() { argument } else { argument.long_help(format!("{}. {}", help.short, help.more)) }
    }

    fn by_default(self, text: &'static str) -> Self {
        self.add(DefaultText(text))
    }
}

impl Tool {
    /// Makes a tool of that name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name }
    }

    /// Returns the name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// Makes an option that an environment variable can set too. An empty variable counts as unset.
    #[must_use]
    pub fn option(self, name: &'static str, value: &'static str, help: impl Into<Help>) -> Arg {
        self.with_variable(Arg::new(name).long(name).value_name(value).described(help))
    }

    /// Makes an option without a value; its variable is true or false.
    #[must_use]
    pub fn switch(self, name: &'static str, help: impl Into<Help>) -> Arg {
        let truth = BoolishValueParser::new();
        self.with_variable(Arg::new(name).long(name).action(ArgAction::SetTrue).value_parser(truth).described(help))
    }

    /// Makes the option of a setting of this tool; clap reads its variable.
    #[must_use]
    pub fn parameter(self, parameter: &Parameter) -> Arg {
        self.with_variable(plain(parameter))
    }

    /// Lets an environment variable set an option that is made by hand.
    #[must_use]
    pub fn with_variable(self, argument: Arg) -> Arg {
        let variable = options::variable(self.name, argument.get_id().as_str());
        let is_empty = std::env::var_os(&variable).is_some_and(|value| value.is_empty());
        if is_empty { argument.add(Variable(variable)) } else { argument.env(variable).hide_env_values(true) }
    }
}

/// Makes the option of a scheme's parameter. The scheme reads the variable itself, because a line's `_auth` comes before the
/// environment.
#[must_use]
pub fn parameter(scheme: &str, parameter: &Parameter) -> Arg {
    plain(parameter).add(Variable(parameter.variable(scheme)))
}

/// Describes an option that all schemes share by what it means to one scheme.
#[must_use]
pub fn shared_parameter(argument: Arg, scheme: &str, parameter: &Parameter) -> Arg {
    let argument = argument.described(parameter.help).add(Variable(parameter.variable(scheme)));
    match parameter.default {
        Some(text) => argument.by_default(text),
        None => argument,
    }
}

fn plain(parameter: &Parameter) -> Arg {
    let argument = Arg::new(parameter.key).long(parameter.option()).described(parameter.help);
    let argument = match parameter.default {
        Some(text) => argument.by_default(text),
        None => argument,
    };
    let argument = if parameter.value.is_empty() { argument } else { argument.value_name(parameter.value) };
    match parameter.kind {
        Kind::Flag => argument
            .action(ArgAction::Set)
            .num_args(0..=1)
            // Else `--flag FILE` would take the file for its value.
            .require_equals(true)
            .default_missing_value("true"),
        Kind::Switch => argument.action(ArgAction::SetTrue).value_parser(BoolishValueParser::new()),
        Kind::List => argument.action(ArgAction::Append),
        Kind::Word(words) => argument.value_parser(PossibleValuesParser::new(words)),
        Kind::Choice(choices) => argument.value_parser(PossibleValuesParser::new(choices.iter().map(possible))),
        Kind::Duration => argument.value_parser(|text: &str| duration(text).map(|_| text.to_owned())),
        // A password or a base64 key may begin with a hyphen.
        Kind::Text | Kind::Identifier | Kind::Secret | Kind::Number => argument.allow_hyphen_values(true),
    }
}

/// Returns the parser of the words that a type is written as.
#[must_use]
pub fn choice<T: Choices>() -> impl TypedValueParser<Value = T> {
    let words = PossibleValuesParser::new(T::CHOICES.iter().map(|(choice, _)| possible(choice)));
    words.try_map(|word| T::from_word(&word).ok_or("is not one of the words that are known"))
}

fn possible(choice: &Choice) -> PossibleValue {
    let value = PossibleValue::new(choice.name).aliases(choice.aliases);
    if choice.meaning.is_empty() { value } else { value.help(choice.meaning) }
}
