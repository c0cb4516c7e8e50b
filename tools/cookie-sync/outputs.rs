//! The outputs of a sync: files that hold all cookies, a list of changes, and a command that runs after changes.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use countersign_shared::bridge::message::Domain;
use countersign_shared::cli::print;
use countersign_shared::cookies::jar::{Jar, header_value};
use countersign_shared::cookies::netscape::{self, LeftOut, Merged};
use countersign_shared::cookies::{Cookie, SameSite, json, session, storage_state};
use countersign_shared::error::Error;
use countersign_shared::places;

use crate::command::{CommandRunner, RunResult};
use crate::last_sync;
use crate::merged::{Change, MergedCookies};
use crate::plan::{FileFormat, Targets};
use crate::readable;
use crate::tool::{now, say};

/// The least time between two writes of the copy for `--offline`.
const NOW_AND_THEN: Duration = Duration::from_secs(2);

/// Returns the cookies in a format. Entries of other domains in the text before stay, if the format can hold them.
pub(crate) fn formatted(format: &FileFormat, before: &[u8], cookies: &[Cookie], domains: &[Domain]) -> Merged {
    let is_ours = |cookie: &Cookie| domains.iter().any(|domain| domain.covers(cookie));
    let is_ours_by_domain = |domain: &str| is_ours(&of_domain(domain));
    let text = String::from_utf8_lossy(before);
    let text = match format {
        FileFormat::Jar => return netscape::merge(before, cookies, is_ours),
        FileFormat::Json => {
            // A file that cannot be read was refused before, so this default stands for an empty one.
            let before = json::read(&text).unwrap_or_default();
            json::write(before.iter().filter(|cookie| !is_ours(cookie)).chain(cookies))
        }
        FileFormat::StorageState => storage_state::merge(&text, cookies, is_ours_by_domain),
        FileFormat::Session => session::merge(&text, cookies, is_ours_by_domain),
        FileFormat::Header(url) => {
            let value = header_value(Jar::new(cookies.iter().cloned()).matching(url, now()));
            if value.is_empty() { String::new() } else { format!("Cookie: {value}\n") }
        }
    };
    Merged { text: text.into_bytes(), left_out: Vec::new() }
}

/// Returns a cookie that has nothing but a domain. Files write the domain with a leading dot if subdomains get the
/// cookie.
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

/// All outputs of a run, and what is still to be written.
pub(crate) struct Outputs {
    files: Vec<File>,
    changes: Option<PathBuf>,
    command: Option<CommandRunner>,
    /// Cookies and their domains that the copy for `--offline` does not have yet.
    kept: Option<(Vec<Cookie>, Vec<Domain>)>,
    /// The time of the last write of that copy.
    kept_at: Option<Instant>,
}

/// A file that holds all cookies.
struct File {
    format: FileFormat,
    path: PathBuf,
    /// The number of cookies that could not be written last time, by reason.
    left_out: BTreeMap<LeftOut, usize>,
}

impl Outputs {
    /// Prepares the outputs and writes nothing yet.
    pub(crate) fn new(targets: Targets) -> Self {
        let file = |(format, path)| File { format, path, left_out: BTreeMap::new() };
        Self {
            files: targets.files.into_iter().map(file).collect(),
            changes: targets.changes,
            command: targets.command.map(CommandRunner::start),
            kept: None,
            kept_at: None,
        }
    }

    /// Writes the cookies of the domains that were synced to all files, and the changes to the list and the command.
    ///
    /// # Errors
    /// Returns the first error if a file cannot be written. The other files are written all the same.
    pub(crate) fn write(
        &mut self,
        merged: &MergedCookies,
        changes: &[Change],
        domains: &[Domain],
    ) -> Result<(), Error> {
        let cookies = merged.list();
        let mut outcome = Ok(());
        for file in &mut self.files {
            // The argument of `and` is evaluated in any case, so every file is written even after one has failed.
            outcome = outcome.and(file.write(&cookies, domains));
        }
        let lines = changes.iter().fold(String::new(), |text, change| text + &change.line() + "\n");
        if !lines.is_empty() {
            if let Some(path) = &self.changes {
                outcome = outcome.and(append(path, &lines));
            }
            if let Some(command) = &self.command {
                command.run(lines);
            }
        }
        self.kept = Some((cookies, domains.to_vec()));
        outcome
    }

    /// Writes the copy for `--offline` if something is new, at most every two seconds.
    ///
    /// # Errors
    /// Returns [`Error::File`] if it cannot be written.
    pub(crate) fn keep_now_and_then(&mut self) -> Result<(), Error> {
        if self.kept_at.is_some_and(|at| at.elapsed() < NOW_AND_THEN) { Ok(()) } else { self.keep() }
    }

    /// Writes the copy for `--offline` if something is new.
    ///
    /// # Errors
    /// Returns [`Error::File`] if it cannot be written.
    pub(crate) fn keep(&mut self) -> Result<(), Error> {
        let Some((cookies, domains)) = self.kept.take() else { return Ok(()) };
        let kept = last_sync::write(&cookies, &domains);
        self.kept_at = Some(Instant::now());
        kept
    }

    /// Writes the copy for `--offline` and waits for the last run of the command.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the copy cannot be written, and [`Error::Failed`] if the command's last run failed.
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        let kept = self.keep();
        match self.command.take().map(CommandRunner::finish) {
            Some(RunResult::Failed) => kept.and(Err(Error::Failed("--exec: the command failed".to_owned()))),
            Some(RunResult::Succeeded) | None => kept,
        }
    }
}

impl File {
    fn write(&mut self, cookies: &[Cookie], domains: &[Domain]) -> Result<(), Error> {
        let mut left_out = BTreeMap::new();
        let mut make = |before: &[u8]| {
            let written = formatted(&self.format, before, cookies, domains);
            written.left_out.into_iter().for_each(|why| *left_out.entry(why).or_insert(0) += 1);
            written.text
        };
        if self.path.as_os_str() == "-" {
            print(&String::from_utf8_lossy(&make(&[])))?;
        } else {
            let replaced = places::update(&self.path, |before| {
                // The check is part of the update, so that it sees exactly the content that is replaced.
                readable::check(&self.format, before)?;
                Ok(make(before))
            });
            replaced.map_err(|source| Error::File { path: self.path.clone(), source })?;
        }
        // `watch` writes often, and the message is news only if the numbers have changed.
        if left_out != self.left_out {
            say_left_out(&left_out, &self.path.display().to_string());
        }
        self.left_out = left_out;
        Ok(())
    }
}

/// Tells the user how many cookies a format cannot hold, and why.
pub(crate) fn say_left_out(counts: &BTreeMap<LeftOut, usize>, place: &str) {
    let place = if place == "-" { "the jar" } else { place };
    for (why, count) in counts {
        let (what, reason) = match why {
            LeftOut::Partitioned => ("partitioned", "the format has no place for the site that they belong to"),
            LeftOut::Unrepresentable => ("nameless or tabbed", "the format would change them"),
        };
        let cookies = if *count == 1 { "cookie is" } else { "cookies are" };
        say(&format!("{count} {what} {cookies} left out of {place}: {reason}; JSON has them"));
    }
}

fn append(path: &Path, lines: &str) -> Result<(), Error> {
    if path.as_os_str() == "-" {
        return print(lines);
    }
    let file = places::append_private(path);
    let written = file.and_then(|mut file| file.write_all(lines.as_bytes()));
    written.map_err(|source: io::Error| Error::File { path: path.to_path_buf(), source })
}
