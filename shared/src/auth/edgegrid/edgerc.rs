//! The places where Akamai's own tools keep credentials: sections of `.edgerc`, and `AKAMAI_*` variables.

use std::path::{Path, PathBuf};

use super::parameters::{EDGERC, SECTION};
use crate::auth::scheme::Layers;
use crate::error::{AuthProblem, Error};
use crate::ini;
use crate::places;
use crate::secret::Secret;

/// The values of a section, or of a set of variables.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// The value of `client_token`.
    pub client_token: Option<Secret>,
    /// The value of `access_token`.
    pub access_token: Option<Secret>,
    /// The value of `client_secret`.
    pub client_secret: Option<Secret>,
    /// The value of `headers_to_sign`, names with commas between.
    pub headers_to_sign: Option<String>,
    /// The value of `max_body`, in bytes.
    pub max_body: Option<usize>,
    /// The value of `account_key`.
    pub account_key: Option<String>,
}

/// Finds the section that the options name: in the file they name, else in the variables, else in `~/.edgerc`.
///
/// # Errors
/// Returns [`Error::Auth`] if no place has credentials, and [`Error::File`] or [`Error::Usage`] if a file cannot be read or
/// has no such section.
pub fn find(layers: &Layers<'_>) -> Result<Section, Error> {
    let name = layers.filled(&SECTION).unwrap_or("default");
    if let Some(path) = layers.filled(&EDGERC) {
        return read(layers, Path::new(path), name)?.ok_or_else(|| no_section(path.as_ref(), name));
    }
    let variables = from_variables(layers, name)?;
    // The three values belong together, so variables that give only some of them count for nothing.
    if let Some(section) = variables.filter(Section::is_complete) {
        return Ok(section);
    }
    let path = std::env::home_dir().map(|home| home.join(".edgerc"));
    match path.as_deref().filter(|path| path.exists()) {
        Some(path) => read(layers, path, name)?.ok_or_else(|| no_section(path, name)),
        None => Err(nowhere(layers, name, path)),
    }
}

impl Section {
    fn is_complete(&self) -> bool {
        self.client_token.is_some() && self.access_token.is_some() && self.client_secret.is_some()
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        let text = || Some(value.to_owned()).filter(|text| !text.is_empty());
        match key {
            "client_token" => self.client_token = text().map(Secret::new),
            "access_token" => self.access_token = text().map(Secret::new),
            "client_secret" => self.client_secret = text().map(Secret::new),
            "headers_to_sign" => self.headers_to_sign = text(),
            "account_key" => self.account_key = text(),
            "max_body" => self.max_body = Some(value.parse().map_err(|_| "max_body is not a number".to_owned())?),
            _ => {}
        }
        Ok(())
    }
}

const KEYS: [&str; 6] = ["client_token", "access_token", "client_secret", "headers_to_sign", "max_body", "account_key"];

/// Returns a variable's name: `AKAMAI_CLIENT_TOKEN`, and with a section `AKAMAI_SECTION_CLIENT_TOKEN`.
fn variable(section: &str, key: &str) -> String {
    let middle = if section == "default" { String::new() } else { format!("{section}_") };
    format!("AKAMAI_{middle}{key}").to_ascii_uppercase().replace('-', "_")
}

fn from_variables(layers: &Layers<'_>, name: &str) -> Result<Option<Section>, Error> {
    let mut section = Section::default();
    for key in KEYS {
        let variable = variable(name, key);
        if let Some(value) = std::env::var(&variable).ok().filter(|value| !value.is_empty()) {
            section.set(key, &value).map_err(|problem| layers.bad(&EDGERC, format!("{variable}: {problem}")))?;
        }
    }
    Ok(Some(section))
}

fn read(layers: &Layers<'_>, path: &Path, name: &str) -> Result<Option<Section>, Error> {
    let text = places::read_credentials(path)?;
    if places::is_open_to_others(path) {
        layers.session.warn(format!("{}: others can read it; chmod 600 closes it", path.display()));
    }
    parse(&text, name).map_err(|problem| Error::Usage(format!("{}: {problem}", path.display())))
}

/// Returns the first section of that name. Only its lines are read: other programs may keep other things in theirs.
fn parse(text: &str, name: &str) -> Result<Option<Section>, String> {
    let mut found: Option<Section> = None;
    let mut is_in_it = false;
    for line in ini::lines(text) {
        if let Some(heading) = line.heading() {
            is_in_it = heading.name == name && found.is_none();
            if is_in_it {
                found = Some(Section::default());
            }
            continue;
        }
        if let Some(section) = &mut found
            && is_in_it
        {
            let at = |problem: &str| format!("line {}: {problem}", line.number);
            let (key, value) = line.setting().ok_or_else(|| at("has no ="))?;
            // A dash in a name counts as an underscore, as it does for Akamai's own clients.
            let key = key.to_ascii_lowercase().replace('-', "_");
            section.set(&key, unquoted(value)).map_err(|problem| at(&problem))?;
        }
    }
    Ok(found)
}

/// Returns a value without its quotes. A value without quotes ends where a comment begins.
fn unquoted(value: &str) -> &str {
    for quote in ['"', '\''] {
        if let Some((inner, _)) = value.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
            return inner;
        }
    }
    let before_comment = [" ;", " #", "\t;", "\t#"].iter().filter_map(|mark| value.split_once(mark));
    before_comment.map(|(before, _)| before).min_by_key(|before| before.len()).unwrap_or(value).trim_end()
}

fn no_section(path: &Path, name: &str) -> Error {
    Error::Usage(format!("{}: has no section [{name}]; --section names another", path.display()))
}

fn nowhere(layers: &Layers<'_>, name: &str, path: Option<PathBuf>) -> Error {
    let file = path.map_or_else(|| "~/.edgerc".to_owned(), |path| path.display().to_string());
    let looked_at = vec!["options".to_owned(), "_auth".to_owned(), variable(name, "client_secret"), file];
    Error::Auth { scheme: layers.table.name, problem: AuthProblem::NoCredentials { looked_at } }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const FILE: &str = "; comment\n[default]\nhost = h\nclient_token: ct\nclient-secret = \"c=s\" ; note\n\
                        access_token = at ; note\nmax-body = 2048\n[papi]\nclient_secret=x=\naccount_key=1-A:1-B\n";

    #[test]
    fn a_section_is_read_as_akamais_clients_read_it() {
        let section = parse(FILE, "default").unwrap().unwrap();
        let text = |secret: &Option<Secret>| secret.as_ref().unwrap().expose().to_owned();
        assert_eq!(text(&section.client_token), "ct");
        assert_eq!(text(&section.client_secret), "c=s");
        assert_eq!(text(&section.access_token), "at");
        assert_eq!(section.max_body, Some(2048));
    }

    #[test]
    fn a_section_ends_where_the_next_begins() {
        let section = parse(FILE, "papi").unwrap().unwrap();
        assert_eq!(section.client_secret.unwrap().expose(), "x=");
        assert_eq!(section.account_key.as_deref(), Some("1-A:1-B"));
        assert!(section.client_token.is_none());
        assert!(parse(FILE, "other").unwrap().is_none());
    }

    #[test]
    fn what_is_wrong_is_named_by_its_line_and_never_quoted() {
        assert_eq!(parse("[default]\nsecret", "default").unwrap_err(), "line 2: has no =");
        assert_eq!(parse("[default]\n\nmax_body=many", "default").unwrap_err(), "line 3: max_body is not a number");
    }
}
