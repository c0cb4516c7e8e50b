//! `status`: tells if tools and browsers can talk now, in the words of Interceptor.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use countersign_shared::bridge::envelope::Hello;
use countersign_shared::bridge::link::{BrowserFilter, Event, LinkId, LinkOptions, Links};
use countersign_shared::bridge::message::{FromExtension, Subscription};
use countersign_shared::bridge::record::Installed;
use countersign_shared::bridge::socket;
use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};
use countersign_shared::terminal;
use serde_json::{Value, json};

use crate::environment::{Environment, Selection};
use crate::failure::Failure;
use crate::task::ReportFormat;
use crate::tool::TOOL;

/// Prints the status, and returns [`Exit::Done`] if a browser is connected.
///
/// # Errors
/// Returns [`Error::Usage`] if the command line names an unknown browser, and [`Error::Write`] if the report cannot be
/// printed.
pub(crate) fn run(selection: &Selection, format: ReportFormat) -> Result<Exit, Error> {
    let report = report(&Environment::new()?, selection)?;
    match format {
        ReportFormat::Json => print(&format!("{}\n", report.json()))?,
        ReportFormat::Text => print(&terminal::clean_lines(&report.text()))?,
    }
    Ok(if report.status == Status::Connected { Exit::Done } else { Exit::Failed })
}

/// The time that the extensions of running browsers have to answer.
const LIMIT: Duration = Duration::from_secs(5);

/// The status as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Connected,
    NotConnected,
    NotInstalled,
}

impl Status {
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Connected => "Connected",
            Self::NotConnected => "Not connected",
            Self::NotInstalled => "Dependencies not installed",
        }
    }
}

/// A browser that has answered.
#[derive(Clone, Debug)]
pub(crate) struct Peer {
    pub hello: Hello,
    /// The version of its extension, if the extension has told it.
    pub extension: Option<String>,
    pub sharing: Option<bool>,
}

/// The bridges that run now.
#[derive(Debug, Default)]
pub(crate) struct Running {
    pub peers: Vec<Peer>,
    pub refused: Vec<String>,
    /// The number of sockets that take connections.
    pub sockets: usize,
}

/// Asks every bridge that runs for the status of its extension.
pub(crate) fn running(environment: &Environment) -> Running {
    let mut folders: Vec<PathBuf> = Installed::read(&environment.state).ok().flatten().unwrap_or_default().sockets;
    folders.push(environment.sockets.clone());
    folders.sort();
    folders.dedup();
    let addresses = folders.iter().flat_map(|folder| socket::find(folder));
    // A bridge that was killed leaves its socket behind, so only one that takes connections counts.
    let sockets = addresses.filter(|address| address.connect().is_ok()).count();
    let mut running = Running { sockets, ..Running::default() };
    if sockets == 0 {
        return running;
    }
    let options = LinkOptions {
        tool: TOOL.name().to_owned(),
        subscriptions: vec![Subscription::Status],
        window: 1,
        filter: BrowserFilter::default(),
    };
    let links = Links::start_in(folders, options, environment.keys());
    let until = Instant::now() + LIMIT;
    let mut answered: Vec<(LinkId, Peer)> = Vec::new();
    let is_complete = |answered: &[(LinkId, Peer)], refused: usize| {
        answered.iter().filter(|(_, peer)| peer.extension.is_some()).count() + refused >= sockets
    };
    while !is_complete(&answered, running.refused.len()) {
        let Some(left) = until.checked_duration_since(Instant::now()) else { break };
        let Some((id, event)) = links.next(Some(left)) else { break };
        match event {
            Event::Connected(hello) => answered.push((id, Peer { hello, extension: None, sharing: None })),
            Event::Message(FromExtension::State { sharing, version }) => {
                if let Some((_, peer)) = answered.iter_mut().find(|(known, _)| *known == id) {
                    (peer.extension, peer.sharing) = (Some(version), Some(sharing));
                }
            }
            Event::Refused(reason) => running.refused.push(reason.advice().to_owned()),
            Event::NoKey(problem) => running.refused.push(problem),
            Event::Ended => answered.retain(|(known, _)| *known != id),
            Event::Message(_) => {}
        }
    }
    running.peers = answered.into_iter().map(|(_, peer)| peer).collect();
    running
}

/// The contents of the report.
pub(crate) struct Report {
    pub status: Status,
    running: Running,
    browsers: Vec<(String, Result<PathBuf, Failure>)>,
    /// The reason why there is no browser to look at.
    none: Option<Failure>,
}

/// Looks at what is installed, then at what runs.
///
/// # Errors
/// Returns [`Failure::Usage`] if the command line names an unknown browser.
pub(crate) fn report(environment: &Environment, selection: &Selection) -> Result<Report, Failure> {
    let (sites, none) = match environment.sites(selection) {
        Ok(sites) => (sites, None),
        Err(usage @ Failure::Usage(_)) => return Err(usage),
        Err(none) => (Vec::new(), Some(none)),
    };
    let browsers: Vec<_> =
        sites.iter().map(|site| (site.browser.clone(), environment.is_installed(site, selection))).collect();
    let is_installed = browsers.iter().any(|(_, installed)| installed.is_ok());
    let mut running = if is_installed { running(environment) } else { Running::default() };
    running.peers.retain(|peer| {
        let name = peer.hello.browser.as_deref().unwrap_or_default();
        // The name of a site may be longer than the one that the browser gives itself, as in `chromium-snap`.
        selection.browsers.is_empty() || selection.browsers.iter().any(|chosen| chosen.starts_with(name))
    });
    let status = match (is_installed, running.peers.is_empty()) {
        (false, _) => Status::NotInstalled,
        (true, true) => Status::NotConnected,
        (true, false) => Status::Connected,
    };
    Ok(Report { status, running, browsers, none })
}

impl Report {
    /// Returns the report as text. Its first line is one of Interceptor's words.
    pub(crate) fn text(&self) -> String {
        let mut text = format!("{}\n", self.status.words());
        for (browser, installed) in &self.browsers {
            match installed {
                Ok(path) => text += &format!("{browser}: installed: {}\n", path.display()),
                Err(failure) => text += &format!("{browser}: not installed: {failure}\n"),
            }
        }
        if let Some(none) = &self.none {
            text += &format!("{none}\n");
        }
        for peer in &self.running.peers {
            text += &format!("connected to {}\n", peer.text());
        }
        for reason in &self.running.refused {
            text += &format!("refused: {reason}\n");
        }
        if self.status == Status::NotConnected && self.running.refused.is_empty() {
            text += match self.running.sockets {
                0 => {
                    "no browser has started the bridge: start one that has the extension (`bridge-install extension --to DIR`)\n"
                }
                _ => "a browser has started the bridge, but its extension does not answer: reload it\n",
            };
        }
        text
    }

    pub(crate) fn json(&self) -> Value {
        let browsers: Vec<Value> = self
            .browsers
            .iter()
            .map(|(name, installed)| match installed {
                Ok(path) => json!({ "name": name, "installed": true, "manifest": path.display().to_string() }),
                Err(failure) => json!({
                    "name": name,
                    "installed": false,
                    "error": failure.name().map(|name| name.to_string()),
                    "problem": failure.to_string(),
                }),
            })
            .collect();
        let connected: Vec<Value> = self
            .running
            .peers
            .iter()
            .map(|peer| {
                json!({
                    "browser": peer.hello.browser,
                    "profile": peer.hello.profile,
                    "pid": peer.hello.pid,
                    "bridge": peer.hello.version,
                    "extension": peer.extension,
                    "sharing": peer.sharing,
                })
            })
            .collect();
        json!({
            "status": self.status.words(),
            "browsers": browsers,
            "connected": connected,
            "refused": self.running.refused,
            "error": self.none.as_ref().and_then(Failure::name).map(|name| name.to_string()),
            "problem": self.none.as_ref().map(ToString::to_string),
        })
    }
}

impl Peer {
    /// Returns a description of the browser for people.
    pub(crate) fn text(&self) -> String {
        let mut text = self.hello.browser.clone().unwrap_or_else(|| "a browser".to_owned());
        if let Some(profile) = &self.hello.profile {
            text += &format!(", profile {profile}");
        }
        match &self.extension {
            Some(version) => text += &format!(", extension {version}"),
            None => text += ", whose extension does not say its version",
        }
        if self.sharing == Some(false) {
            text += ", sharing is off";
        }
        text
    }
}
