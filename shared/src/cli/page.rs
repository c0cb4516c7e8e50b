//! A command as its help and its man page tell it: taken out of the [`Command`], so that neither can say something else.

use clap::{Arg, ArgAction, Command};

use crate::terminal::Ink;

/// A command, or one of its subcommands.
pub(super) struct Page {
    /// `sign`, or `sign aws`.
    pub(super) name: String,
    /// One line.
    pub(super) about: String,
    /// What it does, in paragraphs.
    pub(super) description: String,
    /// Command lines, each indented by two spaces.
    pub(super) examples: String,
    /// `sign aws [OPTIONS] [FILE]...`
    pub(super) usage: String,
    /// Its options, under the headings that the command gives them.
    pub(super) sections: Vec<Section>,
    /// What the subcommands are called: `Schemes`.
    pub(super) heading: String,
    /// The subcommands.
    pub(super) pages: Vec<Page>,
    /// Postman's name of a scheme, say.
    pub(super) aliases: Vec<String>,
    /// What stands below the options.
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
    /// `-j`
    pub(super) short: Option<String>,
    /// `--jobs`, or `FILE` for an operand.
    pub(super) name: String,
    /// What follows the name: ` N`, `[=BOOL]`, `...`, or nothing.
    pub(super) value: String,
    /// What it does. The first clause, up to a semicolon, stands alone.
    pub(super) text: String,
    /// The values it takes, where they are listed, each with its meaning.
    pub(super) values: Vec<(String, String)>,
    /// What happens without it.
    pub(super) default: Option<String>,
    /// The environment variable that sets it too.
    pub(super) variable: Option<String>,
}

impl Page {
    /// Reads a whole command.
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

    /// The last word of the name.
    pub(super) fn word(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or_default()
    }

    /// The options that every subcommand has, under their headings. One may say something else of an option; that stands
    /// with it.
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

    /// All options.
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
    sections.sort_by_key(|section| section.heading == super::COMMON);
    sections
}

impl Entry {
    fn of(argument: &Arg) -> Self {
        let full = text(argument.get_long_help().or(argument.get_help()));
        let (full, variable) = without_fact(&full, "env");
        let (full, default) = without_fact(&full, "default");
        let set = argument.get_default_values().first().map(|value| value.to_string_lossy().into_owned());
        let own = argument.get_env().map(|name| name.to_string_lossy().into_owned());
        Self {
            short: argument.get_short().map(|letter| format!("-{letter}")),
            name: argument.get_long().map_or_else(|| placeholder(argument), |long| format!("--{long}")),
            value: value(argument),
            text: full,
            values: values(argument),
            default: default.or(set).filter(|_| argument.get_action().takes_values()),
            variable: variable.or(own),
        }
    }

    /// The option as it is typed: `-j, --jobs`.
    pub(super) fn spelling(&self) -> String {
        match &self.short {
            Some(short) => format!("{short}, {}", self.name),
            None => self.name.clone(),
        }
    }

    /// What stands alone in a list with a line an option.
    pub(super) fn clause(&self) -> &str {
        self.text.split(';').next().unwrap_or_default()
    }
}

/// What an option does, in a few words.
pub(super) fn clause_of(argument: &Arg) -> String {
    Entry::of(argument).clause().to_owned()
}

/// A help text may end in what the table of a scheme knows and clap must not: `[default: header]`, `[env: NAME]`.
fn without_fact(text: &str, name: &str) -> (String, Option<String>) {
    let open = format!(" [{name}: ");
    match text.rfind(&open).filter(|_| text.ends_with(']')) {
        Some(start) => {
            let fact = text.get(start + open.len()..text.len() - 1).unwrap_or_default();
            (text.get(..start).unwrap_or_default().to_owned(), Some(fact.to_owned()))
        }
        None => (text.to_owned(), None),
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

/// Text in lines of at most `width` columns; every line after the first starts with `indent` spaces. What is in square
/// brackets stays on one line where a line can hold it.
pub(super) fn wrapped(text: &str, first: usize, indent: usize, width: usize) -> String {
    let mut out = String::new();
    let mut column = first;
    let mut is_start = true;
    for word in words(text) {
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
    out
}

/// The words of a text; `[env: NAME]` is one.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let is_fact = rest.starts_with('[') && rest.find(']').is_some_and(|end| end < 60);
        let end = if is_fact { rest.find(']').map(|end| end + 1) } else { rest.find(char::is_whitespace) };
        let end = end.filter(|end| *end > 0).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        words.push(word);
        rest = after.trim_start();
    }
    words
}

/// A heading as help shows it.
pub(super) fn heading(text: &str, ink: Ink) -> String {
    format!("{}\n", ink.bold(&format!("{text}:")))
}
