//! Writes the man page of a tool (man(7)): one page for it and all its subcommands. It has no date, so that a page that is
//! generated again only differs if its text does.

use clap::Command;
use roff::{Inline, Roff, bold, italic, roman};

use crate::error::Exit;

use super::page::{Entry, Page, Section, wrapped};

/// All tools, for SEE ALSO.
const TOOLS: &[&str] = &["bridge-install", "capture", "cookie-sync", "oauth-token", "sign"];

/// The environment variables of all tools that belong to no option.
const ENVIRONMENT: &[(&str, &str)] = &[
    (
        "COUNTERSIGN_HOME",
        "A folder for everything that is kept: its config/, state/ and run/ replace the folders under FILES.",
    ),
    ("NO_COLOR", "Set and not empty: no colour, unless --color says otherwise."),
];

const FILES: &[(&str, &str)] = &[
    ("$XDG_CONFIG_HOME/countersign", "Configuration; by default ~/.config/countersign."),
    ("$XDG_STATE_HOME/countersign", "State that is kept from run to run; by default ~/.local/state/countersign."),
    (
        "$XDG_RUNTIME_DIR/countersign",
        "Files of the session: sockets, and under body/ the bodies that a curl config cannot hold, \
         which are deleted after a day; by default $TMPDIR/countersign-UID.",
    ),
];

/// The meaning of each exit code to a script.
const EXITS: &[(Exit, &str)] = &[
    (Exit::Done, "Everything asked for was done."),
    (Exit::Failed, "A request or the operation failed; what could be done is done and written."),
    (Exit::Usage, "The command line or the configuration is wrong."),
    (Exit::Network, "The network failed, or time ran out."),
    (Exit::Refused, "The other side refused: wrong credentials, access denied."),
    (Exit::NeedsPerson, "A person is needed and none can be asked."),
    (Exit::Interrupted, "Interrupted."),
];

/// Returns the page in roff.
pub(super) fn render(command: Command) -> String {
    let version = command.get_version().unwrap_or_default().to_owned();
    let page = Page::of(command);
    let mut roff = Roff::new();
    let title = format!("TH {} 1 \"\"", page.name.to_uppercase());
    roff.control(title, [format!("Countersign {version}").as_str(), "User Commands"]);
    // Names of options and variables are not to be hyphenated.
    roff.control("nr", ["HY", "0"]).control("nh", []).control("ad", ["l"]);
    roff.control("SH", ["NAME"]).text([roman(format!("{} - {}", page.name, page.about))]);
    roff.control("SH", ["SYNOPSIS"]);
    synopsis(&mut roff, &page.usage);
    roff.control("SH", ["DESCRIPTION"]);
    paragraphs(&mut roff, &format!("{}\n\n{}", page.description, page.notes));
    if !page.examples.is_empty() {
        roff.control("SH", ["EXAMPLES"]);
        examples(&mut roff, &page.examples);
    }
    options(&mut roff, &page);
    environment(&mut roff);
    roff.control("SH", ["EXIT STATUS"]);
    for (exit, meaning) in EXITS {
        item(&mut roff, vec![bold((*exit as u8).to_string())], meaning);
    }
    roff.control("SH", ["FILES"]);
    for (path, meaning) in FILES {
        item(&mut roff, vec![italic(*path)], meaning);
    }
    see_also(&mut roff, &page);
    in_ascii(&roff.render())
}

/// Spells characters outside ASCII by their number (groff_char(7)), since not every troff reads UTF-8.
fn in_ascii(text: &str) -> String {
    let spelled = |c: char| if c.is_ascii() { c.to_string() } else { format!("\\[u{:04X}]", u32::from(c)) };
    text.chars().map(spelled).collect()
}

/// Writes usage lines: literal words in bold, placeholders in italics.
fn synopsis(roff: &mut Roff, usage: &str) {
    for (index, line) in usage.lines().enumerate() {
        if index > 0 {
            roff.control("br", []);
        }
        let mut inlines = Vec::new();
        for word in line.split_whitespace() {
            if !inlines.is_empty() {
                inlines.push(roman(" "));
            }
            let stands_for = word.chars().any(|c| c.is_ascii_uppercase());
            inlines.push(if stands_for { italic(word) } else { bold(word) });
        }
        roff.text(inlines);
    }
}

/// Writes paragraphs. Indented ones are code and stay as they are; text in backticks becomes bold.
fn paragraphs(roff: &mut Roff, text: &str) {
    for (index, paragraph) in text.split("\n\n").filter(|paragraph| !paragraph.is_empty()).enumerate() {
        if index > 0 {
            roff.control("PP", []);
        }
        if paragraph.lines().all(|line| line.starts_with(' ')) {
            lines(roff, paragraph);
        } else {
            flow(roff, &paragraph.replace('\n', " "));
        }
    }
}

fn examples(roff: &mut Roff, text: &str) {
    lines(roff, text.trim_start_matches("Examples:\n"));
}

/// Writes lines without filling them.
fn lines(roff: &mut Roff, text: &str) {
    roff.control("RS", ["4"]).control("EX", []);
    for line in text.lines() {
        roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
    }
    roff.control("EE", []).control("RE", []);
}

/// Writes text in short source lines, so that a change of the text changes few of them. Text in backticks becomes bold.
fn flow(roff: &mut Roff, text: &str) {
    let mut is_code = false;
    for line in wrapped(text, 0, 0, 76).lines() {
        let mut inlines = Vec::new();
        for (index, part) in line.split('`').enumerate() {
            is_code ^= index > 0;
            if !part.is_empty() {
                inlines.push(if is_code { bold(part) } else { roman(part) });
            }
        }
        roff.text(inlines);
    }
}

fn item(roff: &mut Roff, tag: Vec<Inline>, text: &str) {
    roff.control("TP", []).text(tag);
    flow(roff, text);
}

/// Writes OPTIONS, and for each subcommand a section with the options that only it has.
fn options(roff: &mut Roff, page: &Page) {
    let is_new = |section: &Section| page.sections.iter().all(|own| own.heading != section.heading);
    let mut all: Vec<Section> = page.shared().into_iter().filter(is_new).collect();
    all.extend(page.sections.iter().cloned());
    roff.control("SH", ["OPTIONS"]);
    for section in &all {
        subsection(roff, section);
    }
    if page.pages.is_empty() {
        return;
    }
    roff.control("SH", [page.heading.to_uppercase().as_str()]);
    for sub in &page.pages {
        subcommand(roff, sub, sub.word(), &all);
        for below in &sub.pages {
            subcommand(roff, below, &format!("{} {}", sub.word(), below.word()), &all);
        }
    }
}

fn subcommand(roff: &mut Roff, page: &Page, name: &str, shared: &[Section]) {
    let aliases: String = page.aliases.iter().map(|alias| format!(", {alias}")).collect();
    roff.control("SS", [format!("{name}{aliases}").as_str()]);
    flow(roff, &format!("{}.", page.about));
    if page.description != page.about {
        roff.control("PP", []);
        paragraphs(roff, &page.description);
    }
    let is_own = |entry: &&Entry| !shared.iter().any(|section| section.entries.contains(entry));
    page.entries().filter(is_own).for_each(|entry| option(roff, entry));
    if !page.examples.is_empty() {
        roff.control("PP", []).text([roman("Examples:")]);
        examples(roff, &page.examples);
    }
}

fn subsection(roff: &mut Roff, section: &Section) {
    roff.control("SS", [section.heading.as_str()]);
    section.entries.iter().for_each(|entry| option(roff, entry));
}

fn option(roff: &mut Roff, entry: &Entry) {
    let mut tag = Vec::new();
    if let Some(short) = &entry.short {
        tag.extend([bold(short), roman(", ")]);
    }
    tag.push(if entry.name.starts_with('-') { bold(&entry.name) } else { italic(&entry.name) });
    if !entry.value.is_empty() {
        tag.push(italic(&entry.value));
    }
    item(roff, tag, &format!("{}.", entry.text));
    let is_plain = entry.values.iter().all(|(_, meaning)| meaning.is_empty());
    if is_plain && !entry.values.is_empty() {
        let names = entry.values.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>();
        flow(roff, &format!("One of {}.", names.join(", ")));
    }
    for (fact, value) in [("Default", &entry.default), ("Environment", &entry.variable)] {
        if let Some(value) = value {
            roff.control("br", []).text([roman(format!("{fact}: {value}"))]);
        }
    }
    if !is_plain {
        roff.control("RS", []);
        for (name, meaning) in &entry.values {
            item(roff, vec![bold(name)], &format!("{meaning}."));
        }
        roff.control("RE", []);
    }
}

fn environment(roff: &mut Roff) {
    roff.control("SH", ["ENVIRONMENT"]);
    flow(
        roff,
        "An option comes before its variable, which is listed with the option above. The variable carries the name of the \
         tool or the scheme, unless all tools share the option. An empty variable counts as unset. The variable of an \
         option without a value is true or false (1, 0, yes, no), that of --verbose a number.",
    );
    for (name, meaning) in ENVIRONMENT {
        item(roff, vec![bold(*name)], meaning);
    }
}

fn see_also(roff: &mut Roff, page: &Page) {
    roff.control("SH", ["SEE ALSO"]);
    let others = TOOLS.iter().filter(|tool| **tool != page.name).map(|tool| (*tool, "(1)"));
    let mut text = Vec::new();
    for (name, section) in others.chain([("countersign-request", "(5)"), ("curl", "(1)"), ("jq", "(1)")]) {
        if !text.is_empty() {
            text.push(roman(", "));
        }
        text.extend([bold(name), roman(section)]);
    }
    roff.text(text);
}
