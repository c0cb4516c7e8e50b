//! The content of help and man pages, read from the [`Command`], so that they cannot differ from what is parsed.

use clap::{Arg, ArgAction, Command};

use crate::terminal::Ink;

use super::tool::{DefaultText, Variable};

/// The help heading of the options that every command has.
pub(super) const COMMON: &str = "Common";

/// The page of a command or of one of its subcommands.
pub(super) struct Page {
    /// The full name: `sign`, `sign aws`.
    pub(super) name: String,
    /// The description in one line.
    pub(super) about: String,
    /// The description in paragraphs.
    pub(super) description: String,
    /// Examples: command lines, each indented by two spaces.
    pub(super) examples: String,
    /// The usage line: `sign aws [OPTIONS] [FILE]...`.
    pub(super) usage: String,
    /// The options under their headings.
    pub(super) sections: Vec<Section>,
    /// The heading of the list of subcommands: `Schemes`.
    pub(super) heading: String,
    /// The subcommands.
    pub(super) pages: Vec<Page>,
    /// Other names of the command, such as Postman's name of a scheme.
    pub(super) aliases: Vec<String>,
    /// The paragraphs below the options.
    pub(super) notes: String,
}

/// Options under one heading.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) heading: String,
    pub(super) entries: Vec<Entry>,
}

/// One option or operand.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// The short name: `-j`.
    pub(super) short: Option<String>,
    /// The long name, `--jobs`, or the placeholder of an operand, `FILE`.
    pub(super) name: String,
    /// The text that follows the name: ` N`, `[=BOOL]`, `...`, or nothing.
    pub(super) value: String,
    /// The help text in one line.
    pub(super) brief: String,
    /// The whole help text.
    pub(super) text: String,
    /// The possible values, each with its meaning; empty if they are not listed.
    pub(super) values: Vec<(String, String)>,
    /// The default: a value, or words for what happens without the option.
    pub(super) default: Option<String>,
    /// The environment variable.
    pub(super) variable: Option<String>,
}

impl Page {
    /// Makes the page of a command and of all its subcommands.
    pub(super) fn of(mut command: Command) -> Self {
        command.build();
        let name = command.get_name().to_owned();
        Self::named(&mut command, name)
    }

    fn named(command: &mut Command, name: String) -> Self {
        let usage = command.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage:").trim().to_owned();
        let pages: Vec<Page> = command
            .get_subcommands_mut()
            .map(|sub| {
                let name = format!("{name} {}", sub.get_name());
                Self::named(sub, name)
            })
            .collect();
        let about = text(command.get_about());
        let description = text(command.get_long_about());
        Self {
            description: if description.is_empty() { about.clone() } else { description },
            about,
            examples: text(command.get_before_help()),
            usage: usage.replace(['<', '>'], ""),
            sections: sections(command),
            heading: command.get_subcommand_help_heading().unwrap_or("Commands").to_owned(),
            pages,
            aliases: command.get_visible_aliases().map(str::to_owned).collect(),
            notes: text(command.get_after_long_help()),
            name,
        }
    }

    /// Returns the last word of the name.
    pub(super) fn word(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or_default()
    }

    /// Returns the options that every subcommand has, with the text of the first one. A subcommand that words one of them
    /// differently lists it again.
    pub(super) fn shared(&self) -> Vec<Section> {
        // One that only has subcommands of its own has no options to share.
        let pages = || self.pages.iter().filter(|page| page.pages.is_empty());
        let Some(first) = pages().next() else { return Vec::new() };
        let is_everywhere = |entry: &&Entry| pages().all(|page| page.entries().any(|e| e.name == entry.name));
        let shared = |section: &Section| Section {
            heading: section.heading.clone(),
            entries: section.entries.iter().filter(is_everywhere).cloned().collect(),
        };
        first.sections.iter().map(shared).filter(|section| !section.entries.is_empty()).collect()
    }

    /// Returns all options.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.sections.iter().flat_map(|section| &section.entries)
    }
}

fn text(styled: Option<&clap::builder::StyledStr>) -> String {
    styled.map(ToString::to_string).unwrap_or_default()
}

fn sections(command: &Command) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
        let heading = argument.get_help_heading().unwrap_or("Options");
        let entry = Entry::of(argument);
        match sections.iter_mut().find(|section| section.heading == heading) {
            Some(section) => section.entries.push(entry),
            None => sections.push(Section { heading: heading.to_owned(), entries: vec![entry] }),
        }
    }
    // Options that a subcommand makes only when it is asked for stand behind those that all commands have.
    sections.sort_by_key(|section| section.heading == COMMON);
    sections
}

impl Entry {
    fn of(argument: &Arg) -> Self {
        let set = argument.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
        let default = argument.get::<DefaultText>().map(|text| text.0.to_owned()).or(set);
        let own = argument.get_env().map(|name| name.to_string_lossy().into_owned());
        Self {
            short: argument.get_short().map(|letter| format!("-{letter}")),
            name: argument.get_long().map_or_else(|| placeholder(argument), |long| format!("--{long}")),
            value: value(argument),
            brief: text(argument.get_help()),
            text: text(argument.get_long_help().or(argument.get_help())),
            values: values(argument),
            default: default.filter(|_| argument.get_action().takes_values()),
            variable: argument.get::<Variable>().map(|variable| variable.0.clone()).or(own),
        }
    }

    /// Returns the option as it is typed: `-j, --jobs`.
    pub(super) fn spelling(&self) -> String {
        match &self.short {
            Some(short) => format!("{short}, {}", self.name),
            None => self.name.clone(),
        }
    }
}

fn placeholder(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    names.first().map_or_else(|| argument.get_id().to_string(), ToString::to_string)
}

fn value(argument: &Arg) -> String {
    let is_repeated = argument.get_num_args().is_some_and(|range| range.max_values() > 1);
    if argument.is_positional() {
        return if is_repeated { "...".to_owned() } else { String::new() };
    }
    if !argument.get_action().takes_values() {
        return String::new();
    }
    let name = placeholder(argument);
    if argument.is_require_equals_set() { format!("[={name}]") } else { format!(" {name}") }
}

fn values(argument: &Arg) -> Vec<(String, String)> {
    if !matches!(argument.get_action(), ArgAction::Set | ArgAction::Append) || argument.is_hide_possible_values_set() {
        return Vec::new();
    }
    let visible = argument.get_possible_values().into_iter().filter(|value| !value.is_hide_set());
    visible.map(|value| (value.get_name().to_owned(), text(value.get_help()))).collect()
}

/// Returns a fact in square brackets, `[default: header]`. [`wrapped`] does not break it unless it is very long.
pub(super) fn fact(name: &str, value: &str) -> String {
    let fact = format!("[{name}: {value}]");
    if fact.len() < 60 { fact.replace(' ', NO_BREAK) } else { fact }
}

/// A no-break space, which [`wrapped`] turns into a space when the lines are broken.
const NO_BREAK: &str = "\u{a0}";

/// Breaks text into lines of at most `width` columns; every line after the first starts with `indent` spaces.
pub(super) fn wrapped(text: &str, first: usize, indent: usize, width: usize) -> String {
    let mut out = String::new();
    let mut column = first;
    let mut is_start = true;
    for word in text.split_ascii_whitespace() {
        let length = word.chars().count();
        if !is_start && column + 1 + length > width {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else if !is_start {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
        is_start = false;
    }
    out.replace(NO_BREAK, " ")
}

/// Returns a heading with its colon and line break.
pub(super) fn heading(text: &str, ink: Ink) -> String {
    format!("{}\n", ink.bold(&format!("{text}:")))
}
