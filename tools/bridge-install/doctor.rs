//! `doctor`: checks every part of the installation and says what to do about each that is wrong.

use std::path::Path;

use countersign_shared::bridge::manifest::{self, Family};
use countersign_shared::bridge::places::Site;
use countersign_shared::bridge::record::Record;
use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};
use countersign_shared::places::is_open_to_others;
use countersign_shared::terminal;
use serde_json::{Value, json};

use crate::environment::{Environment, Selection};
use crate::extension;
use crate::failure::Failure;
use crate::inspect::{Finding, Registered, forbidden};
use crate::round_trip::RoundTrip;
use crate::status;
use crate::task::ReportFormat;

/// Prints all findings, and returns [`Exit::Failed`] if one of them is bad.
///
/// # Errors
/// Returns [`Error::Usage`] if no home folder is known, and [`Error::Write`] if a finding cannot be printed.
pub(crate) fn run(selection: &Selection, format: ReportFormat) -> Result<Exit, Error> {
    let findings = examine(&Environment::new()?, selection);
    for finding in &findings {
        match format {
            ReportFormat::Json => print(&format!("{}\n", finding.json()))?,
            ReportFormat::Text => print(&format!("{}\n", terminal::clean(&finding.text())))?,
        }
    }
    let is_bad = findings.iter().any(|finding| matches!(finding, Finding::Bad(_)));
    Ok(if is_bad { Exit::Failed } else { Exit::Done })
}

/// Returns all findings, in the order of the checks.
fn examine(environment: &Environment, selection: &Selection) -> Vec<Finding> {
    let mut findings = vec![Finding::Good("INTERNET_CONNECTIVITY: cannot happen: nothing is downloaded".to_owned())];
    findings.push(key_finding(environment));
    match environment.sites(selection) {
        Ok(sites) => {
            for site in &sites {
                findings.extend(examine_site(environment, site, selection));
            }
        }
        Err(failure) => findings.push(Finding::Bad(failure)),
    }
    findings.extend(environment.policy_findings(selection));
    findings.extend(running_findings(environment));
    findings
}

fn key_finding(environment: &Environment) -> Finding {
    let keys = environment.keys();
    if let Some(open) = [keys.default_path(), keys.custom_path()].into_iter().find(|path| is_open_to_others(path)) {
        return forbidden(&open, "others may read it", "chmod 600, or set another key");
    }
    let bad = |problem: String| {
        let advice = "run `bridge-install install`".to_owned();
        Finding::Bad(Failure::Other { place: keys.default_path().display().to_string(), problem, advice })
    };
    match (keys.custom(), keys.default()) {
        (Err(error), _) | (Ok(None), Err(error)) => bad(error.to_string()),
        (Ok(Some(_)), _) => Finding::Good("custom key: set; the popup needs the same one".to_owned()),
        (Ok(None), Ok(Some(_))) => Finding::Good(format!("{}: the default key", keys.default_path().display())),
        (Ok(None), Ok(None)) => bad("is not there".to_owned()),
    }
}

fn examine_site(environment: &Environment, site: &Site, selection: &Selection) -> Vec<Finding> {
    let mut findings: Vec<Finding> = environment.sandbox_finding(site).into_iter().collect();
    for spot in &site.spots {
        let registered = match environment.registered(site, spot, selection) {
            Ok(registered) => registered,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        let basics = environment.manifest_findings(site, &registered, selection);
        // If no browser could start the bridge, the round trip would only report the same failure once more.
        let can_start = !basics.iter().any(|finding| matches!(finding, Finding::Bad(_)));
        findings.extend(basics);
        findings.extend(environment.safety_findings(site, &registered, selection));
        if can_start {
            findings.push(round_trip(environment, site, &registered, selection));
        }
    }
    findings
}

/// Starts the bridge as a browser would, and sends a question and its answer through it.
fn round_trip(environment: &Environment, site: &Site, registered: &Registered, selection: &Selection) -> Finding {
    let program = Path::new(&registered.manifest.path);
    let arguments = match site.family {
        // Chromium gives the origin of the one extension that calls.
        Family::Chromium => selection.callers.origins().into_iter().take(1).collect(),
        Family::Firefox => {
            let add_on = selection.callers.add_ons.first().cloned().unwrap_or_default();
            vec![registered.path.display().to_string(), add_on]
        }
    };
    // The bridge listens where its own record says, which in a flatpak is another folder than ours.
    let record = program.parent().and_then(|folder| Record::read(folder).ok().flatten());
    let sockets = record.map_or_else(|| environment.sockets.clone(), |record| record.sockets);
    match (RoundTrip { program, arguments: &arguments, sockets, keys: environment.keys() }).run() {
        Ok(version) => Finding::Good(format!("{}: {} {version} answers", site.browser, manifest::BINARY)),
        Err(failure) => Finding::Bad(failure),
    }
}

/// Returns findings about the bridges that run now. If none runs, that is a note and no failure: the browser may be
/// closed.
fn running_findings(environment: &Environment) -> Vec<Finding> {
    let running = status::running(environment);
    let mut findings = Vec::new();
    if running.sockets == 0 {
        let text = "no browser has started the bridge: start one that has the extension";
        findings.push(Finding::Note(text.to_owned()));
    }
    for peer in &running.peers {
        let is_current = peer.extension.as_deref() == Some(extension::version().as_str());
        findings.push(if is_current || peer.extension.is_none() {
            Finding::Good(format!("connected to {}", peer.text()))
        } else {
            Finding::Bad(Failure::Other {
                place: peer.text(),
                problem: format!("the extension of this bridge-install is {}", extension::version()),
                advice: "`bridge-install extension --to DIR --update`, then reload it".to_owned(),
            })
        });
    }
    for reason in running.refused {
        findings.push(Finding::Bad(Failure::Other {
            place: "a browser".to_owned(),
            problem: "refused".to_owned(),
            advice: reason,
        }));
    }
    findings
}

impl Finding {
    /// Returns the finding as a line for people.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Good(text) => format!("ok    {text}"),
            Self::Note(text) => format!("note  {text}"),
            Self::Bad(failure) => format!("FAIL  {failure}"),
        }
    }

    /// Returns the finding as JSON.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Good(text) => json!({ "result": "ok", "text": text }),
            Self::Note(text) => json!({ "result": "note", "text": text }),
            Self::Bad(failure) => json!({
                "result": "failed",
                "error": failure.name().map(|name| name.to_string()),
                "text": failure.to_string(),
            }),
        }
    }
}
