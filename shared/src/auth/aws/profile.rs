//! The files that AWS's own tools keep: `~/.aws/config` and `~/.aws/credentials`
//! (docs.aws.amazon.com/sdkref/latest/guide/file-format.html).

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::error::Error;
use crate::ini;
use crate::secret::Secret;

use super::credentials::{fail, variable};

/// The largest file that is read, in bytes.
const LIMIT: u64 = 4 << 20;

/// The settings under one heading. A setting inside another (`s3 =` and indented lines below) is `s3.name`.
#[derive(Clone, Debug, Default)]
pub(super) struct Section(BTreeMap<String, Secret>);

impl Section {
    /// Returns the value of a setting, or `None` if it is absent or empty.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(Secret::expose).filter(|value| !value.is_empty())
    }
}

/// One profile, as the two files have it.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    /// The settings in `credentials`.
    pub(super) credentials: Section,
    /// The settings in `config`.
    pub(super) config: Section,
}

impl Profile {
    /// Returns the value of a setting; `credentials` goes before `config`.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.credentials.get(key).or_else(|| self.config.get(key))
    }
}

/// The contents of both files.
#[derive(Debug, Default)]
pub(super) struct Profiles {
    profiles: BTreeMap<String, Profile>,
    sso_sessions: BTreeMap<String, Section>,
    services: BTreeMap<String, Section>,
    /// The paths of both files, for the error that lists the places looked at.
    pub(super) places: Vec<(PathBuf, Presence)>,
}

/// The presence of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Found,
    Missing,
}

impl Profiles {
    /// Reads `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE`, or the files in `~/.aws`. A missing file counts as an
    /// empty one.
    ///
    /// # Errors
    /// Returns [`Error::File`] if a file cannot be read, and [`Error::Auth`] if a line of it is not a setting.
    pub(super) fn load() -> Result<Self, Error> {
        let mut profiles = Self::default();
        if let Some(path) = place("AWS_SHARED_CREDENTIALS_FILE", "credentials") {
            for (heading, section) in profiles.read(path)? {
                profiles.profiles.entry(heading).or_default().credentials.0.extend(section.0);
            }
        }
        if let Some(path) = place("AWS_CONFIG_FILE", "config") {
            for (heading, section) in profiles.read(path)? {
                profiles.take_config(&heading, section);
            }
        }
        Ok(profiles)
    }

    fn read(&mut self, path: PathBuf) -> Result<Vec<(String, Section)>, Error> {
        let text = read(&path, LIMIT)?;
        let presence = if text.is_some() { Presence::Found } else { Presence::Missing };
        let sections = parse(text.as_deref().map_or("", String::as_str))
            .map_err(|line| fail(format!("{}: line {line} is not `name = value`", path.display())));
        self.places.push((path, presence));
        sections
    }

    /// Takes a section of `config`. Its headings are `default`, `profile NAME`, `sso-session NAME` and `services NAME`; other
    /// sections are ignored.
    fn take_config(&mut self, heading: &str, section: Section) {
        let (kind, name) = heading.split_once([' ', '\t']).unwrap_or((heading, ""));
        let name = unquoted(name.trim());
        match (kind, name) {
            // `[profile default]` goes before `[default]`, whichever comes first in the file.
            ("default", "") => {
                let known = self.profiles.entry(kind.to_owned()).or_default();
                for (key, value) in section.0 {
                    known.config.0.entry(key).or_insert(value);
                }
            }
            ("profile", _) if !name.is_empty() => {
                self.profiles.entry(name.to_owned()).or_default().config.0.extend(section.0);
            }
            ("sso-session", _) => self.sso_sessions.entry(name.to_owned()).or_default().0.extend(section.0),
            ("services", _) => self.services.entry(name.to_owned()).or_default().0.extend(section.0),
            _ => {}
        }
    }

    /// Returns the profile of that name.
    pub(super) fn get(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    /// Returns the section `[sso-session NAME]`.
    pub(super) fn sso_session(&self, name: &str) -> Option<&Section> {
        self.sso_sessions.get(name)
    }

    /// Returns the endpoint that a profile sets for a service, by the name that settings use (`sts`), or for all services.
    pub(super) fn endpoint(&self, profile: &Profile, service: &str) -> Option<String> {
        let services = profile.get("services").and_then(|name| self.services.get(name));
        let own = services.and_then(|services| services.get(&format!("{service}.endpoint_url")));
        own.or_else(|| profile.get("endpoint_url")).map(str::to_owned)
    }
}

/// Returns the path of a file: the variable's value, else a path in `~/.aws`.
fn place(name: &str, file: &str) -> Option<PathBuf> {
    match variable(name) {
        Some(path) => Some(from_home(&path)),
        None => Some(std::env::home_dir()?.join(".aws").join(file)),
    }
}

/// Replaces a `~/` at the start of a path by the home folder.
fn from_home(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

/// Returns the text of a file, or `None` if there is no such file.
///
/// # Errors
/// Returns [`Error::File`] if the file cannot be read, is longer than `limit` bytes or not UTF-8.
pub(super) fn read(path: &Path, limit: u64) -> Result<Option<Zeroizing<String>>, Error> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    let file = match std::fs::File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let mut text = Zeroizing::new(String::new());
    file.take(limit + 1).read_to_string(&mut text).map_err(failed)?;
    if text.len() as u64 > limit {
        return Err(failed(std::io::Error::other(format!("is over {} KiB", limit >> 10))));
    }
    Ok(Some(text))
}

fn unquoted(name: &str) -> &str {
    let inner = |quote: char| name.strip_prefix(quote)?.strip_suffix(quote);
    inner('"').or_else(|| inner('\'')).unwrap_or(name)
}

/// Splits a file into headings and their settings, in order.
///
/// # Errors
/// Returns the number of a line, from 1, if it is neither a heading nor a setting below one.
fn parse(text: &str) -> Result<Vec<(String, Section)>, usize> {
    let mut sections: Vec<(String, Section)> = Vec::new();
    let mut last: Option<String> = None;
    // Editors on Windows may put a byte order mark at the start of a file.
    for line in ini::lines(text.trim_start_matches('\u{feff}')) {
        // An indented line belongs to the setting above it, even if it starts with a bracket.
        if let Some(heading) = line.heading()
            && !line.is_indented
        {
            if !heading.is_closed {
                return Err(line.number);
            }
            sections.push((heading.name.to_owned(), Section::default()));
            last = None;
            continue;
        }
        let (_, section) = sections.last_mut().ok_or(line.number)?;
        match &last {
            Some(outer) if line.is_indented => continue_setting(section, outer, line.text),
            _ => {
                let (key, value) = line.setting().ok_or(line.number)?;
                let key = key.to_ascii_lowercase();
                section.0.insert(key.clone(), Secret::new(value));
                last = Some(key);
            }
        }
    }
    Ok(sections)
}

/// Takes an indented line: a setting inside the last one if that has no value of its own, else more of its value.
fn continue_setting(section: &mut Section, outer: &str, content: &str) {
    let value = section.0.get(outer).map_or("", Secret::expose);
    match content.split_once('=') {
        Some((key, inner)) if value.is_empty() => {
            let key = format!("{outer}.{}", key.trim().to_ascii_lowercase());
            section.0.insert(key, Secret::new(inner.trim()));
        }
        _ => {
            let value = format!("{value}\n{content}");
            section.0.insert(outer.to_owned(), Secret::new(value));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn config(text: &str) -> Profiles {
        let mut profiles = Profiles::default();
        for (heading, section) in parse(text).unwrap() {
            profiles.take_config(&heading, section);
        }
        profiles
    }

    #[test]
    fn headings_of_config_say_what_they_are() {
        let profiles = config(
            "[default]\nregion=a\n[profile  \"two words\"] # why\nregion = b\n[sso-session s]\nsso_region : c\n[stray]\nregion=d\n",
        );
        let region = |name| profiles.get(name).and_then(|profile| profile.get("region"));
        assert_eq!((region("default"), region("two words"), region("stray")), (Some("a"), Some("b"), None));
        assert_eq!(profiles.sso_session("s").and_then(|section| section.get("sso_region")), Some("c"));
    }

    #[test]
    fn a_heading_that_comes_twice_is_one_profile() {
        let profiles = config("[default]\na=1\nb=2\n[profile default]\nb=3\n[profile x]\na=4\n[profile x]\nb=5\n");
        let get = |name: &str, key: &str| profiles.get(name).unwrap().get(key).map(str::to_owned);
        assert_eq!(get("default", "a").as_deref(), Some("1"));
        assert_eq!(get("default", "b").as_deref(), Some("3"));
        assert_eq!((get("x", "a").as_deref(), get("x", "b").as_deref()), (Some("4"), Some("5")));
    }

    #[test]
    fn indented_lines_belong_to_the_setting_above() {
        let profiles = config(
            "[profile x]\r\nservices = local\r\ns3 =\r\n  endpoint_url = http://s3\r\n  # no\r\nregion = r\r\n[services local]\nsts =\n  endpoint_url = http://sts\n",
        );
        let profile = profiles.get("x").unwrap();
        assert_eq!(profile.get("s3.endpoint_url"), Some("http://s3"));
        assert_eq!(profile.get("region"), Some("r"));
        assert_eq!(profiles.endpoint(profile, "sts").as_deref(), Some("http://sts"));
        assert_eq!(profiles.endpoint(profile, "sso"), None);
    }

    #[test]
    fn what_is_no_setting_is_named_by_its_line() {
        assert_eq!(parse("# fine\n[default]\nwhat\n").unwrap_err(), 3);
        assert_eq!(parse("a = before any heading\n").unwrap_err(), 1);
        assert_eq!(parse("[default\n").unwrap_err(), 1);
    }
}
