//! Options as data: their names, the values they take, and the text that help and man pages print.
//!
//! A [`Parameter`] is declared once, as a constant. Command line, environment variables, `_auth` keys, profile keys, help
//! and man pages are all derived from it, and look-ups take the constant, so that a misspelt key does not compile.

use crate::error::Error;
use crate::secret::{self, Secret};

/// The help text of an option, in two parts that are both sentences without a full stop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// The line that `-h` prints. It has to fit beside the option into 80 columns.
    pub short: &'static str,
    /// The text that `--help` and the man page print after [`Help::short`]; empty if there is nothing to add.
    pub more: &'static str,
}

impl From<&'static str> for Help {
    fn from(short: &'static str) -> Self {
        Self { short, more: "" }
    }
}

impl From<(&'static str, &'static str)> for Help {
    fn from((short, more): (&'static str, &'static str)) -> Self {
        Self { short, more }
    }
}

/// One of the words that an option takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The word as help lists it.
    pub name: &'static str,
    /// Words that are understood too, but not listed.
    pub aliases: &'static [&'static str],
    /// The sentence that help prints beside the word, without a full stop; empty if the word says it all.
    pub meaning: &'static str,
}

impl Choice {
    /// Makes a choice from a word and its meaning.
    #[must_use]
    pub const fn new(name: &'static str, meaning: &'static str) -> Self {
        Self { name, aliases: &[], meaning }
    }

    /// Adds words that are understood too.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Returns true if `word` is the name or an alias, in exactly this spelling.
    #[must_use]
    pub fn is(&self, word: &str) -> bool {
        self.name == word || self.aliases.contains(&word)
    }
}

/// A type whose values are written as words: the values of an option such as `--to`.
pub trait Choices: Copy + PartialEq + Send + Sync + 'static {
    /// Every value with its word, in the order in which help lists them.
    const CHOICES: &'static [(Choice, Self)];

    /// Returns the value that is written `word`.
    #[must_use]
    fn from_word(word: &str) -> Option<Self> {
        Self::CHOICES.iter().find(|(choice, _)| choice.is(word)).map(|(_, value)| *value)
    }

    /// Returns the word that the value is written as.
    #[must_use]
    fn word(self) -> &'static str {
        Self::CHOICES.iter().find(|(_, value)| *value == self).map_or("", |(choice, _)| choice.name)
    }
}

/// Copies the words out of a list of [`Choices::CHOICES`], for [`Kind::Choice`].
///
/// `N` is the length of the list; a longer or shorter one does not compile in a constant.
#[must_use]
pub const fn words<T: Copy, const N: usize>(choices: &[(Choice, T)]) -> [Choice; N] {
    assert!(choices.len() == N, "N is the number of choices");
    let mut words = [Choice::new("", ""); N];
    let mut slots: &mut [Choice] = &mut words;
    let mut rest = choices;
    // A constant function can neither iterate nor collect.
    while let ([slot, later_slots @ ..], [(choice, _), later @ ..]) = (slots, rest) {
        *slot = *choice;
        slots = later_slots;
        rest = later;
    }
    words
}

/// The values that a parameter takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text that may be shown.
    Text,
    /// Text that may be shown; a reference (`env:NAME` …) may stand for it: a user name, the id of a key.
    Identifier,
    /// Text that must never be shown; a reference may stand for it.
    Secret,
    /// A number, which the reader of the value parses.
    Number,
    /// An amount of time: `500ms`, `2s`, `1.5m`, `1h`, `1d`, or a number of seconds.
    Duration,
    /// True or false; an option without a value means true.
    Flag,
    /// An option that takes no value.
    Switch,
    /// Text that may be given several times.
    List,
    /// One of these words, which need no explanation.
    Word(&'static [&'static str]),
    /// One of these words, which help explains.
    Choice(&'static [Choice]),
}

impl Kind {
    /// Returns true if a reference such as `env:NAME` may stand for a value.
    #[must_use]
    pub const fn takes_references(self) -> bool {
        matches!(self, Self::Secret | Self::Identifier)
    }

    /// Returns the word that help prints for a value.
    #[must_use]
    const fn value(self) -> &'static str {
        match self {
            Self::Text | Self::Identifier | Self::List => "TEXT",
            Self::Secret => "SECRET",
            Self::Number => "N",
            Self::Duration => "DURATION",
            Self::Flag => "BOOL",
            Self::Switch => "",
            Self::Word(_) | Self::Choice(_) => "WHICH",
        }
    }
}

/// The places at which a parameter may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// An option, a key of `_auth` and an environment variable.
    Everywhere,
    /// Not in `_auth`: data from outside must not choose a file, a profile or a lifetime.
    NotInLine,
    /// Like [`Place::Everywhere`], but the option is one that all schemes share: `--nonce`.
    OptionShared,
    /// Only where the settings are kept: the option is declared elsewhere.
    NoOption,
}

/// A parameter of a scheme, or a setting of a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// The key in files: Postman's, in camel case (`accessKey`), or a profile's, in kebab case (`client-id`).
    pub key: &'static str,
    /// The values it takes.
    pub kind: Kind,
    /// The word that help prints for a value: `SECONDS`.
    pub value: &'static str,
    /// The places at which it may be given.
    pub place: Place,
    /// The words with which help tells what happens without it.
    pub default: Option<&'static str>,
    /// The help text.
    pub help: Help,
}

impl Parameter {
    const fn new(key: &'static str, kind: Kind) -> Self {
        let help = Help { short: "", more: "" };
        Self { key, kind, value: kind.value(), place: Place::Everywhere, default: None, help }
    }

    /// Makes a parameter of [`Kind::Text`].
    #[must_use]
    pub const fn text(key: &'static str) -> Self {
        Self::new(key, Kind::Text)
    }

    /// Makes a parameter of [`Kind::Identifier`].
    #[must_use]
    pub const fn identifier(key: &'static str) -> Self {
        Self::new(key, Kind::Identifier)
    }

    /// Makes a parameter of [`Kind::Secret`].
    #[must_use]
    pub const fn secret(key: &'static str) -> Self {
        Self::new(key, Kind::Secret)
    }

    /// Makes a parameter of [`Kind::Number`].
    #[must_use]
    pub const fn number(key: &'static str) -> Self {
        Self::new(key, Kind::Number)
    }

    /// Makes a parameter of [`Kind::Duration`].
    #[must_use]
    pub const fn duration(key: &'static str) -> Self {
        Self::new(key, Kind::Duration)
    }

    /// Makes a parameter of [`Kind::Flag`].
    #[must_use]
    pub const fn flag(key: &'static str) -> Self {
        Self::new(key, Kind::Flag)
    }

    /// Makes a parameter of [`Kind::Switch`].
    #[must_use]
    pub const fn switch(key: &'static str) -> Self {
        Self::new(key, Kind::Switch)
    }

    /// Makes a parameter of [`Kind::List`].
    #[must_use]
    pub const fn list(key: &'static str) -> Self {
        Self::new(key, Kind::List)
    }

    /// Makes a parameter of [`Kind::Word`].
    #[must_use]
    pub const fn word(key: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(key, Kind::Word(words))
    }

    /// Makes a parameter of [`Kind::Choice`].
    #[must_use]
    pub const fn choice(key: &'static str, choices: &'static [Choice]) -> Self {
        Self::new(key, Kind::Choice(choices))
    }

    /// Sets the word that help prints for a value.
    #[must_use]
    pub const fn value(mut self, word: &'static str) -> Self {
        self.value = word;
        self
    }

    /// Sets the line that `-h` prints.
    #[must_use]
    pub const fn short(mut self, text: &'static str) -> Self {
        self.help.short = text;
        self
    }

    /// Sets the text that `--help` and the man page add.
    #[must_use]
    pub const fn more(mut self, text: &'static str) -> Self {
        self.help.more = text;
        self
    }

    /// Sets the words with which help tells what happens without the parameter.
    #[must_use]
    pub const fn default(mut self, text: &'static str) -> Self {
        self.default = Some(text);
        self
    }

    /// Keeps the parameter out of `_auth`: [`Place::NotInLine`].
    #[must_use]
    pub const fn not_in_line(mut self) -> Self {
        self.place = Place::NotInLine;
        self
    }

    /// Takes the value from an option that all schemes share: [`Place::OptionShared`].
    #[must_use]
    pub const fn option_shared(mut self) -> Self {
        self.place = Place::OptionShared;
        self
    }

    /// Leaves the option to another declaration: [`Place::NoOption`].
    #[must_use]
    pub const fn no_option(mut self) -> Self {
        self.place = Place::NoOption;
        self
    }

    /// Returns the name of the option, without dashes, in kebab case: `addAuthDataToQuery` is `add-auth-data-to-query`,
    /// `baseURL` is `base-url`.
    #[must_use]
    pub fn option(&self) -> String {
        kebab(self.key)
    }

    /// Returns the value that an option or a variable called `named` stands for; a reference is followed if the kind takes
    /// references.
    ///
    /// # Errors
    /// Returns the error of [`secret::resolve`] if a reference cannot be followed.
    pub fn resolve(&self, named: &str, text: &str) -> Result<Secret, Error> {
        if self.kind.takes_references() { secret::resolve(named, text) } else { Ok(Secret::new(text)) }
    }

    /// Returns the name of the environment variable: `COUNTERSIGN_`, the owner (a scheme or a tool), the key.
    #[must_use]
    pub fn variable(&self, owner: &str) -> String {
        variable(owner, &self.option())
    }
}

/// Returns the name of the environment variable of an option: `COUNTERSIGN_`, the owner, the option, in upper case, with
/// `_` for `-`. An empty owner is left out, for the options that mean the same in all tools.
#[must_use]
pub fn variable(owner: &str, option: &str) -> String {
    let divider = if owner.is_empty() { "" } else { "_" };
    format!("COUNTERSIGN_{owner}{divider}{option}").to_ascii_uppercase().replace('-', "_")
}

fn kebab(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    let mut previous_is_lower = false;
    for c in key.chars() {
        if c.is_ascii_uppercase() && previous_is_lower {
            out.push('-');
        }
        previous_is_lower = !c.is_ascii_uppercase() && c != '-';
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Size {
        Small,
        Large,
    }

    impl Choices for Size {
        const CHOICES: &'static [(Choice, Self)] = &[
            (Choice::new("small", "As small as it gets").aliases(&["s"]), Self::Small),
            (Choice::new("large", ""), Self::Large),
        ];
    }

    const SIZES: [Choice; 2] = words(Size::CHOICES);
    const SIZE: Parameter = Parameter::choice("size", &SIZES).value("SIZE");

    #[test]
    fn names_follow_from_the_key() {
        for (key, option, variable) in [
            ("token", "token", "COUNTERSIGN_AWS_TOKEN"),
            ("addAuthDataToQuery", "add-auth-data-to-query", "COUNTERSIGN_AWS_ADD_AUTH_DATA_TO_QUERY"),
            ("baseURL", "base-url", "COUNTERSIGN_AWS_BASE_URL"),
            ("isSecretBase64Encoded", "is-secret-base64-encoded", "COUNTERSIGN_AWS_IS_SECRET_BASE64_ENCODED"),
            ("client-id", "client-id", "COUNTERSIGN_AWS_CLIENT_ID"),
        ] {
            let parameter = Parameter::text(key);
            assert_eq!((parameter.option(), parameter.variable("aws")), (option.to_owned(), variable.to_owned()));
        }
        assert_eq!(Parameter::text("jar").variable("cookie-sync"), "COUNTERSIGN_COOKIE_SYNC_JAR");
        assert_eq!(variable("", "max-time"), "COUNTERSIGN_MAX_TIME");
    }

    #[test]
    fn words_name_values_both_ways() {
        assert_eq!((Size::from_word("s"), Size::from_word("large")), (Some(Size::Small), Some(Size::Large)));
        assert_eq!((Size::from_word("Large"), Size::from_word("")), (None, None));
        assert_eq!((Size::Small.word(), Size::Large.word()), ("small", "large"));
        const LISTED: &[Choice] =
            &[Choice::new("small", "As small as it gets").aliases(&["s"]), Choice::new("large", "")];
        assert_eq!(SIZE.kind, Kind::Choice(LISTED));
    }
}
