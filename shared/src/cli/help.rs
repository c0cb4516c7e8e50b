//! Lays out `-h` and `--help`: examples come first, and a command's own options before those that all commands share.

use std::fmt::Write as _;

use clap::Command;

use crate::terminal::Ink;

use super::page::{Entry, Page, Section, fact, heading, wrapped};

/// The length of a help text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// `-h`: one line per option.
    Short,
    /// `--help`: everything.
    Long,
}

/// The longest line, in columns: one less than a terminal has, since some break a full line.
const WIDTH: usize = 79;

/// Replaces clap's help by ours, in the command and all its subcommands.
pub(super) fn with_help(command: Command, length: Length, ink: Ink) -> Command {
    let page = Page::of(command.clone());
    with_page(command, &page, length, ink)
}

fn with_page(command: Command, page: &Page, length: Length, ink: Ink) -> Command {
    let command = command.override_help(render(page, length, ink));
    page.pages
        .iter()
        .fold(command, |command, page| command.mut_subcommand(page.word(), |sub| with_page(sub, page, length, ink)))
}

/// Returns the help text of one command.
pub(super) fn render(page: &Page, length: Length, ink: Ink) -> String {
    let mut out = String::new();
    if !page.examples.is_empty() {
        out += &page.examples.replace("Examples:", &ink.bold("Examples:"));
        out += "\n\n";
    }
    out += &match length {
        Length::Short => page.about.clone(),
        Length::Long => paragraphs(&page.description),
    };
    let _ = write!(out, "\n\n{} {}\n", ink.bold("Usage:"), page.usage);
    out += &commands(page, ink);
    for section in &page.sections {
        out.push('\n');
        out += &heading(&section.heading, ink);
        out += &match length {
            Length::Short => short(section, ink),
            Length::Long => long(section, ink),
        };
    }
    if length == Length::Long && !page.notes.is_empty() {
        let _ = write!(out, "\n{}\n", paragraphs(&page.notes));
    }
    if length == Length::Short {
        let _ = write!(out, "\n{}\n", more(page));
    }
    out.trim_end().to_owned() + "\n"
}

fn more(page: &Page) -> String {
    format!("`{} --help` says more; so does `man {}`.", page.name, page.name.split(' ').next().unwrap_or_default())
}

/// Wraps each paragraph; indented ones are code and stay as they are.
fn paragraphs(text: &str) -> String {
    let wrap = |paragraph: &str| {
        if paragraph.starts_with(' ') || paragraph.contains("\n  ") {
            paragraph.to_owned()
        } else {
            wrapped(paragraph, 0, 0, WIDTH)
        }
    };
    text.split("\n\n").map(wrap).collect::<Vec<_>>().join("\n\n")
}

fn commands(page: &Page, ink: Ink) -> String {
    if page.pages.is_empty() {
        return String::new();
    }
    let width = page.pages.iter().map(|page| page.word().len()).max().unwrap_or_default();
    let mut out = format!("\n{}", heading(&page.heading, ink));
    for page in &page.pages {
        let also = match page.aliases.join(", ") {
            aliases if aliases.is_empty() => String::new(),
            aliases => format!(" {}", fact("alias", &aliases)),
        };
        let indent = width + 4;
        let text = wrapped(&format!("{}{also}", page.about), indent, indent, WIDTH);
        let _ = writeln!(out, "  {:width$}  {text}", page.word());
    }
    out
}

/// Lists options with one line each, and with the default if there is room for it.
fn short(section: &Section, ink: Ink) -> String {
    let has_letters = section.entries.iter().any(|entry| entry.short.is_some());
    let spelled = |entry: &Entry| match (&entry.short, has_letters) {
        (Some(_), _) | (None, false) => entry.spelling(),
        (None, true) if entry.name.starts_with("--") => format!("    {}", entry.spelling()),
        (None, true) => entry.spelling(),
    };
    let value = |entry: &Entry| if entry.value.starts_with('[') { "" } else { entry.value.as_str() }.to_owned();
    let length = |entry: &Entry| spelled(entry).len() + value(entry).len();
    let width = section.entries.iter().map(length).max().unwrap_or_default();
    let mut out = String::new();
    for entry in &section.entries {
        let indent = width + 4;
        let mut text = entry.brief.clone();
        let default = entry.default.as_deref().map(|default| format!(" [{default}]")).unwrap_or_default();
        if indent + text.chars().count() + default.chars().count() <= WIDTH {
            text += &default;
        }
        let space = " ".repeat(width - length(entry) + 2);
        let text = wrapped(&text, indent, indent, WIDTH);
        let _ = writeln!(out, "  {}{}{space}{text}", ink.bold(&spelled(entry)), value(entry));
    }
    out
}

/// Lists options with everything that is known of them.
fn long(section: &Section, ink: Ink) -> String {
    section.entries.iter().map(|entry| long_entry(entry, ink)).collect::<Vec<_>>().join("\n")
}

fn long_entry(entry: &Entry, ink: Ink) -> String {
    const INDENT: usize = 10;
    let mut text = entry.text.clone();
    if let Some(default) = &entry.default {
        let _ = write!(text, " {}", fact("default", default));
    }
    if let Some(variable) = &entry.variable {
        let _ = write!(text, " {}", fact("env", variable));
    }
    let mut out = format!("  {}{}\n", ink.bold(&entry.spelling()), entry.value);
    let _ = writeln!(out, "{:INDENT$}{}", "", wrapped(&text, INDENT, INDENT, WIDTH));
    let width = entry.values.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    if entry.values.iter().all(|(_, meaning)| meaning.is_empty()) {
        let names = entry.values.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
        if !names.is_empty() {
            let _ = writeln!(out, "{:INDENT$}One of: {}", "", wrapped(&names, INDENT + 8, INDENT, WIDTH));
        }
        return out;
    }
    for (name, meaning) in &entry.values {
        let indent = INDENT + width + 4;
        let _ = writeln!(out, "{:INDENT$}  {name:width$}  {}", "", wrapped(meaning, indent, indent, WIDTH));
    }
    out
}
