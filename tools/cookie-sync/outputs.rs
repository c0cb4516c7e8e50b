//! Where cookies go: several files at once, changes line by line, a command.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use countersign_shared::bridge::message::Domain;
use countersign_shared::cli::print;
use countersign_shared::cookies::jar::{Jar, header_value};
use countersign_shared::cookies::netscape::{self, LeftOut};
use countersign_shared::cookies::{Cookie, SameSite, json, session, storage_state};
use countersign_shared::error::Error;
use countersign_shared::places;
use countersign_shared::url::Url;

use crate::command::{Outcome, Runner};
use crate::view::{Change, View};
use crate::{kept, now, say};

/// How far apart writes of what nobody waits for are.
const NOW_AND_THEN: Duration = Duration::from_secs(2);

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// Netscape's, merged into what is there.
    Jar,
    /// A list in JSON.
    Json,
    /// A `Cookie` header for this URL, or nothing where it gets no cookie.
    Header(Url<'static>),
    /// Playwright's.
    StorageState,
    /// HTTPie's and xh's.
    Session,
}

/// The cookies in a form; what stood there before and is of other domains stays, where the form has a place for it.
pub(crate) fn written(form: &Form, before: &[u8], cookies: &[Cookie], domains: &[Domain]) -> netscape::Written {
    let is_ours = |cookie: &Cookie| domains.iter().any(|domain| domain.covers(cookie));
    let is_ours_by_domain = |domain: &str| is_ours(&of_domain(domain));
    let text = String::from_utf8_lossy(before);
    let text = match form {
        Form::Jar => return netscape::merge(before, cookies, is_ours),
        Form::Json => {
            let before = json::read(&text).unwrap_or_default();
            json::write(before.iter().filter(|cookie| !is_ours(cookie)).chain(cookies))
        }
        Form::StorageState => storage_state::merge(&text, cookies, is_ours_by_domain),
        Form::Session => session::merge(&text, cookies, is_ours_by_domain),
        Form::Header(url) => {
            let value = header_value(Jar::new(cookies.iter().cloned()).matching(url, now()));
            if value.is_empty() { String::new() } else { format!("Cookie: {value}\n") }
        }
    };
    netscape::Written { text: text.into_bytes(), left_out: Vec::new() }
}

/// A cookie that has nothing but a domain, as files write it.
fn of_domain(domain: &str) -> Cookie {
    Cookie {
        name: String::new(),
        value: String::new(),
        domain: domain.trim_start_matches('.').to_ascii_lowercase(),
        host_only: !domain.starts_with('.'),
        path: "/".to_owned(),
        secure: false,
        http_only: false,
        same_site: SameSite::Unspecified,
        expires: None,
        store: String::new(),
        partition: None,
    }
}

/// What a command line asks for.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    /// Files, each in its form; `-` is standard output.
    pub files: Vec<(Form, PathBuf)>,
    /// Where a line a change goes.
    pub changes: Option<PathBuf>,
    /// What runs after changes.
    pub command: Option<String>,
}

/// All outputs of a run.
pub(crate) struct Outputs {
    files: Vec<File>,
    changes: Option<PathBuf>,
    command: Option<Runner>,
    /// What `--offline` will find before long.
    kept: Option<(Vec<Cookie>, Vec<Domain>)>,
    /// When it was written last.
    kept_at: Option<Instant>,
}

struct File {
    form: Form,
    path: PathBuf,
    /// What could not be written there last time, by reason.
    left_out: BTreeMap<LeftOut, usize>,
}

impl Outputs {
    /// Gets ready; nothing is written yet.
    pub(crate) fn new(wanted: Wanted) -> Self {
        let file = |(form, path)| File { form, path, left_out: BTreeMap::new() };
        Self {
            files: wanted.files.into_iter().map(file).collect(),
            changes: wanted.changes,
            command: wanted.command.map(Runner::start),
            kept: None,
            kept_at: None,
        }
    }

    /// Writes the cookies of the domains that were synced, and what changed.
    ///
    /// # Errors
    /// One of the files cannot be written; the others are.
    pub(crate) fn write(&mut self, view: &View, changes: &[Change], domains: &[Domain]) -> Result<(), Error> {
        let cookies = view.cookies();
        let mut outcome = Ok(());
        for file in &mut self.files {
            outcome = outcome.and(file.write(&cookies, domains));
        }
        let lines = changes.iter().fold(String::new(), |text, change| text + &change.line() + "\n");
        if let Some(path) = self.changes.as_ref().filter(|_| !lines.is_empty()) {
            outcome = outcome.and(append(path, &lines));
        }
        if let Some(command) = self.command.as_ref().filter(|_| !lines.is_empty()) {
            command.run(lines);
        }
        self.kept = Some((cookies, domains.to_vec()));
        outcome
    }

    /// Writes what `--offline` reads, if something is new and the last time is not just over: nobody waits for it.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn keep_now_and_then(&mut self) -> Result<(), Error> {
        if self.kept_at.is_some_and(|at| at.elapsed() < NOW_AND_THEN) { Ok(()) } else { self.keep() }
    }

    /// Writes what `--offline` reads, if something is new.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn keep(&mut self) -> Result<(), Error> {
        let Some((cookies, domains)) = self.kept.take() else { return Ok(()) };
        let kept = kept::write(&cookies, &domains);
        self.kept_at = Some(Instant::now());
        kept
    }

    /// The end: what is kept is written, and the command has run for the last time.
    ///
    /// # Errors
    /// It cannot be kept, or the command's last run failed.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        let kept = self.keep();
        match self.command.take().map(Runner::finish) {
            Some(Outcome::Failed) => kept.and(Err(Error::Failed("--exec: the command failed".to_owned()))),
            Some(Outcome::Fine) | None => kept,
        }
    }
}

impl File {
    fn write(&mut self, cookies: &[Cookie], domains: &[Domain]) -> Result<(), Error> {
        let mut left_out = BTreeMap::new();
        let mut make = |before: &[u8]| {
            let written = written(&self.form, before, cookies, domains);
            written.left_out.into_iter().for_each(|why| *left_out.entry(why).or_insert(0) += 1);
            written.text
        };
        if self.path.as_os_str() == "-" {
            print(&String::from_utf8_lossy(&make(&[])))?;
        } else {
            let replaced = places::update(&self.path, make);
            replaced.map_err(|source| Error::File { path: self.path.clone(), source })?;
        }
        if left_out != self.left_out {
            say_left_out(&left_out, &self.path.display().to_string());
        }
        self.left_out = left_out;
        Ok(())
    }
}

/// Says aloud what a jar cannot hold.
pub(crate) fn say_left_out(counts: &BTreeMap<LeftOut, usize>, place: &str) {
    let place = if place == "-" { "the jar" } else { place };
    for (why, count) in counts {
        let (what, reason) = match why {
            LeftOut::Partitioned => ("partitioned", "the format has no place for the site that they belong to"),
            LeftOut::Unspeakable => ("nameless or tabbed", "the format would change them"),
        };
        let cookies = if *count == 1 { "cookie is" } else { "cookies are" };
        say(&format!("{count} {what} {cookies} left out of {place}: {reason}; JSON has them"));
    }
}

fn append(path: &Path, lines: &str) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        return print(lines);
    }
    let file = places::private_file(OpenOptions::new().append(true).create(true), path);
    let written = file.and_then(|mut file| file.write_all(lines.as_bytes()));
    written.map_err(|source: io::Error| Error::File { path: path.to_path_buf(), source })
}
