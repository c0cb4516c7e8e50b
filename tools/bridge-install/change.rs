//! `install`, `uninstall` and `reset`: makes a plan, then prints it, carries it out, or writes it as a script.

use countersign_shared::cli::{Verbosity, complain, print, say};
use countersign_shared::error::{Error, Exit};
use serde_json::json;

use crate::environment::Environment;
use crate::removal::Extent;
use crate::step::{Change, Item, Plan, Step};
use crate::task::{ChangeTask, Goal, Mode, ReportFormat};
use crate::tool::TOOL;
use crate::{execute, plan, removal, script};

/// Makes the plan for a goal and does with it what the task says.
///
/// # Errors
/// Returns [`Error::Usage`] if the command line names an unknown browser, [`Error::Failed`] if no browser is found, and
/// [`Error::Write`] if the report cannot be printed. A step that fails is part of the report and sets the exit code.
pub(crate) fn run(task: &ChangeTask) -> Result<Exit, Error> {
    let mut environment = Environment::new()?;
    let mut plan = match task.goal {
        Goal::Installed => plan::install(&environment, &task.selection)?,
        Goal::Uninstalled => removal::uninstall(&environment, &task.selection, Extent::Installation)?,
        Goal::Reset => removal::uninstall(&environment, &task.selection, Extent::Everything)?,
    };
    match task.mode {
        Mode::PrintScript => {
            print(&script::text(&plan.items, environment.folders.system))?;
            return Ok(complain_about_failures(&plan));
        }
        Mode::Execute => {
            execute::run(&mut plan, environment.registry.as_mut());
            plan.items.retain(|item| item.change != Change::Remove || !is_still_there(item));
        }
        Mode::DryRun => {}
    }
    match task.format {
        ReportFormat::Json => print(&json(&plan))?,
        ReportFormat::Text => print(&text(&plan, task.verbosity))?,
    }
    if task.verbosity != Verbosity::Quiet {
        plan.notes.iter().for_each(|note| say(TOOL, note));
    }
    Ok(complain_about_failures(&plan))
}

/// Returns true for a folder that could not be removed because other programs keep files there. That is no failure, but
/// the report must not say that it was removed.
fn is_still_there(item: &Item) -> bool {
    matches!(&item.step, Step::RemoveFolder { path } if path.is_dir())
}

/// Writes each failure to stderr, and returns the exit code: the highest of theirs.
fn complain_about_failures(plan: &Plan) -> Exit {
    let exits = plan.failures.iter().cloned().map(|failure| complain(TOOL, &failure.into()));
    exits.max().unwrap_or(Exit::Done)
}

fn json(plan: &Plan) -> String {
    let failures = plan
        .failures
        .iter()
        .map(|failure| json!({ "error": failure.name().map(|name| name.to_string()), "problem": failure.to_string() }));
    let value = json!({ "steps": plan.items, "problems": failures.collect::<Vec<_>>(), "notes": plan.notes });
    format!("{value}\n")
}

fn text(plan: &Plan, verbosity: Verbosity) -> String {
    let is_shown = |item: &&Item| item.change != Change::None || verbosity >= Verbosity::Verbose;
    let mut text = String::new();
    for item in plan.items.iter().filter(is_shown) {
        let change = match item.change {
            Change::New => "new",
            Change::Repair => "repaired",
            Change::None => "as it was",
            Change::Remove => "removed",
        };
        let browser = item.browser.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
        text += &format!("{change}: {browser}{}\n", item.step.place());
    }
    if text.is_empty() && plan.failures.is_empty() {
        text += "nothing to do\n";
    }
    text
}
