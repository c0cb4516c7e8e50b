//! Tries everything and says of each thing whether it is as it should be, and what to do where it is not.

use std::path::Path;

use countersign_shared::bridge::manifest::{self, Family};
use countersign_shared::bridge::places::Site;
use countersign_shared::bridge::record::Record;
use countersign_shared::places::is_open_to_others;
use serde_json::{Value, json};

use crate::extension;
use crate::inspect::{Finding, Registered, forbidden};
use crate::status;
use crate::trial::Trial;
use crate::trouble::Trouble;
use crate::view::{Choice, View};

/// Everything that was found, in the order in which it was looked at.
pub(crate) fn examine(view: &View, choice: &Choice) -> Vec<Finding> {
    let mut findings = vec![Finding::Good("INTERNET_CONNECTIVITY: cannot happen: nothing is downloaded".to_owned())];
    findings.push(key_finding(view));
    match view.sites(choice) {
        Ok(sites) => {
            for site in &sites {
                findings.extend(examine_site(view, site, choice));
            }
        }
        Err(trouble) => findings.push(Finding::Bad(trouble)),
    }
    findings.extend(view.policy_findings(choice));
    findings.extend(running_findings(view));
    findings
}

fn key_finding(view: &View) -> Finding {
    let keys = view.keys();
    if let Some(open) = [keys.default_path(), keys.custom_path()].into_iter().find(|path| is_open_to_others(path)) {
        return forbidden(&open, "others may read it", "chmod 600, or set another key");
    }
    let bad = |problem: String| {
        let cure = "run `bridge-install install`".to_owned();
        Finding::Bad(Trouble::Other { place: keys.default_path().display().to_string(), problem, cure })
    };
    match (keys.custom(), keys.default()) {
        (Err(error), _) | (Ok(None), Err(error)) => bad(error.to_string()),
        (Ok(Some(_)), _) => Finding::Good("custom key: set; the popup needs the same one".to_owned()),
        (Ok(None), Ok(Some(_))) => Finding::Good(format!("{}: the default key", keys.default_path().display())),
        (Ok(None), Ok(None)) => bad("is not there".to_owned()),
    }
}

fn examine_site(view: &View, site: &Site, choice: &Choice) -> Vec<Finding> {
    let mut findings: Vec<Finding> = view.sandbox_finding(site).into_iter().collect();
    for spot in &site.spots {
        let registered = match view.registered(site, spot, choice) {
            Ok(registered) => registered,
            Err(finding) => {
                findings.push(finding);
                continue;
            }
        };
        let basics = view.manifest_findings(site, &registered, choice);
        let can_start = !basics.iter().any(|finding| matches!(finding, Finding::Bad(_)));
        findings.extend(basics);
        findings.extend(view.safety_findings(site, &registered, choice));
        if can_start {
            findings.push(round_trip(view, site, &registered, choice));
        }
    }
    findings
}

/// A question and an answer through the bridge, as a browser would start it.
fn round_trip(view: &View, site: &Site, registered: &Registered, choice: &Choice) -> Finding {
    let program = Path::new(&registered.manifest.path);
    let arguments = match site.family {
        Family::Chromium => choice.callers.origins().into_iter().take(1).collect(),
        Family::Firefox => {
            let add_on = choice.callers.add_ons.first().cloned().unwrap_or_default();
            vec![registered.path.display().to_string(), add_on]
        }
    };
    let record = program.parent().and_then(|folder| Record::read(folder).ok().flatten());
    let sockets = record.map_or_else(|| view.sockets.clone(), |record| record.sockets);
    match (Trial { program, arguments: &arguments, sockets, keys: view.keys() }).run() {
        Ok(version) => Finding::Good(format!("{}: {} {version} answers", site.browser, manifest::BINARY)),
        Err(trouble) => Finding::Bad(trouble),
    }
}

/// What runs now. That nothing does is no fault.
fn running_findings(view: &View) -> Vec<Finding> {
    let running = status::running(view);
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
            Finding::Bad(Trouble::Other {
                place: peer.text(),
                problem: format!("the extension of this bridge-install is {}", extension::version()),
                cure: "`bridge-install extension --to DIR --update`, then reload it".to_owned(),
            })
        });
    }
    for reason in running.refused {
        findings.push(Finding::Bad(Trouble::Other {
            place: "a browser".to_owned(),
            problem: "refused".to_owned(),
            cure: reason,
        }));
    }
    findings
}

impl Finding {
    /// A line for people.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Good(text) => format!("ok    {text}"),
            Self::Note(text) => format!("note  {text}"),
            Self::Bad(trouble) => format!("FAIL  {trouble}"),
        }
    }

    /// A line for programs.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Good(text) => json!({ "result": "ok", "text": text }),
            Self::Note(text) => json!({ "result": "note", "text": text }),
            Self::Bad(trouble) => json!({
                "result": "failed",
                "error": trouble.name().map(|name| name.to_string()),
                "text": trouble.to_string(),
            }),
        }
    }
}
