//! `bridge-install`: tells browsers where the bridge is, and says what is wrong with it.

mod carry;
mod cli;
mod doctor;
mod extension;
mod inspect;
mod plan;
mod registry;
mod removal;
mod script;
mod status;
mod step;
#[cfg(test)]
mod systems;
mod tool;
mod trial;
mod trouble;
mod view;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;
use countersign_shared::cli::{Verbosity, complain, print, say, verbosity};
use countersign_shared::error::{Error, Exit};
use countersign_shared::{secret, terminal};
use serde_json::json;

use cli::{Format, KeyAction, Mode};
use extension::Existing;
use inspect::Finding;
use removal::Extent;
use step::{Change, Item, Plan};
use tool::TOOL;
use trouble::Trouble;
use view::View;

fn main() -> ExitCode {
    countersign_shared::cli::run(TOOL, cli::command(), std::env::args_os(), run)
}

fn run(matches: &ArgMatches) -> Result<Exit, Error> {
    match matches.subcommand() {
        Some(("install", matches)) => carry_out(matches, plan::install),
        Some(("uninstall", matches)) => {
            carry_out(matches, |view, choice| removal::uninstall(view, choice, Extent::Installation))
        }
        Some(("reset", matches)) => {
            carry_out(matches, |view, choice| removal::uninstall(view, choice, Extent::Everything))
        }
        Some(("status", matches)) => status(matches),
        Some(("doctor", matches)) => doctor(matches),
        Some(("extension", matches)) => unpack(matches),
        Some(("key", matches)) => key(matches),
        _ => Err(Error::Usage("a command is needed".to_owned())),
    }
}

/// Makes a plan, and does what the command line says with it.
fn carry_out(
    matches: &ArgMatches,
    make: impl FnOnce(&View, &view::Choice) -> Result<Plan, Trouble>,
) -> Result<Exit, Error> {
    let choice = cli::choice(matches)?;
    let mut view = View::new()?;
    let mut plan = make(&view, &choice)?;
    if cli::mode(matches) == Mode::Script {
        print(&script::text(&plan.items, view.folders.system))?;
        return Ok(end(&plan));
    }
    if cli::mode(matches) == Mode::Do {
        carry::out(&mut plan, view.registry.as_mut());
        plan.items.retain(|item| item.change != Change::Remove || !is_still_there(item));
    }
    match cli::format(matches) {
        Format::Json => print(&json(&plan))?,
        Format::Text => print(&text(&plan, verbosity(matches)))?,
    }
    let is_quiet = verbosity(matches) == Verbosity::Quiet;
    for note in plan.notes.iter().filter(|_| !is_quiet) {
        say(TOOL, note);
    }
    Ok(end(&plan))
}

/// A folder that others use stays, and is not said to be removed.
fn is_still_there(item: &Item) -> bool {
    matches!(&item.step, step::Step::RemoveFolder { path } if path.is_dir())
}

/// Says what went wrong, on one line each.
fn end(plan: &Plan) -> Exit {
    let exits = plan.troubles.iter().cloned().map(|trouble| complain(TOOL, &trouble.into()));
    exits.max().unwrap_or(Exit::Done)
}

fn json(plan: &Plan) -> String {
    let troubles = plan
        .troubles
        .iter()
        .map(|trouble| json!({ "error": trouble.name().map(|name| name.to_string()), "problem": trouble.to_string() }));
    let value = json!({ "steps": plan.items, "problems": troubles.collect::<Vec<_>>(), "notes": plan.notes });
    format!("{value}\n")
}

fn text(plan: &Plan, verbosity: Verbosity) -> String {
    let is_shown = |item: &&Item| item.change != Change::None || verbosity >= Verbosity::Verbose;
    let mut text = String::new();
    for item in plan.items.iter().filter(is_shown) {
        let what = match item.change {
            Change::New => "new",
            Change::Repair => "repaired",
            Change::None => "as it was",
            Change::Remove => "removed",
        };
        let browser = item.browser.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        text += &format!("{what}: {browser}{}\n", item.step.place());
    }
    if text.is_empty() && plan.troubles.is_empty() {
        text += "nothing to do\n";
    }
    text
}

fn status(matches: &ArgMatches) -> Result<Exit, Error> {
    let report = status::report(&View::new()?, &cli::choice(matches)?)?;
    match cli::format(matches) {
        Format::Json => print(&format!("{}\n", report.json()))?,
        Format::Text => print(&terminal::clean_lines(&report.text()))?,
    }
    Ok(if report.status == status::Status::Connected { Exit::Done } else { Exit::Failed })
}

fn doctor(matches: &ArgMatches) -> Result<Exit, Error> {
    let findings = doctor::examine(&View::new()?, &cli::choice(matches)?);
    for finding in &findings {
        match cli::format(matches) {
            Format::Json => print(&format!("{}\n", finding.json()))?,
            Format::Text => print(&format!("{}\n", terminal::clean(&finding.text())))?,
        }
    }
    let is_bad = findings.iter().any(|finding| matches!(finding, Finding::Bad(_)));
    Ok(if is_bad { Exit::Failed } else { Exit::Done })
}

fn unpack(matches: &ArgMatches) -> Result<Exit, Error> {
    let folder = matches.get_one::<PathBuf>("to").cloned().unwrap_or_default();
    let existing = if matches.get_flag("update") { Existing::Update } else { Existing::Refuse };
    extension::unpack(&folder, existing)?;
    print(&extension::advice(&folder, existing))?;
    Ok(Exit::Done)
}

fn key(matches: &ArgMatches) -> Result<Exit, Error> {
    let keys = View::new()?.keys();
    let secret = matches.get_one::<String>("secret");
    match (matches.get_one::<KeyAction>("action"), secret) {
        (Some(KeyAction::Set), Some(reference)) => {
            keys.set_custom(&secret::resolve("key set", reference)?)?;
            say(TOOL, "the custom key is set; type the same one into the extension's popup");
        }
        (Some(KeyAction::Set), None) => {
            return Err(Error::Usage("key set: the key is missing; - asks for it".to_owned()));
        }
        (Some(KeyAction::Show | KeyAction::Clear), Some(_)) => {
            return Err(Error::Usage("key: only set takes a key".to_owned()));
        }
        (Some(KeyAction::Show), None) => match keys.custom()? {
            Some((secret, _)) => print(&format!("{}\n", secret.expose()))?,
            None => {
                say(TOOL, "no custom key is set: the default key is used");
                return Ok(Exit::Failed);
            }
        },
        (Some(KeyAction::Clear), None) => {
            let text = if keys.clear_custom()? { "the custom key is cleared" } else { "no custom key was set" };
            say(TOOL, &format!("{text}; the default key is used: clear it in the extension's popup too"));
        }
        (None, _) => return Err(Error::Usage("key: say set, show or clear".to_owned())),
    }
    Ok(Exit::Done)
}
