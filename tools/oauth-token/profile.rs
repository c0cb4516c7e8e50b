//! Reads and writes profiles: named settings in one TOML file. Secrets stand in it as references only.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::PathBuf;

use toml_edit::{Array, DocumentMut, Item, Table, Value};

use zeroize::Zeroizing;

use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};
use countersign_shared::oauth::{is_reference, style};
use countersign_shared::options::{self, Kind, Parameter};
use countersign_shared::places::{self, Existing, Place};
use countersign_shared::url;

use crate::parameters::{self, ACCESS_TOKEN_URL, AUTH_URL, DISCOVER, GRANT, PROVIDER, SCOPE, TOKEN_HEADER};
use crate::settings::Settings;
use crate::share;
use crate::tables::{self, Shape};

/// The profile file, `profiles.toml` in the configuration folder.
pub(crate) struct Profiles {
    path: PathBuf,
    document: DocumentMut,
}

impl Profiles {
    /// Reads the file. A missing file counts as one without profiles.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be read or is somebody else's, and [`Error::Usage`] with the line if it is
    /// not TOML.
    pub(crate) fn read() -> Result<Self, Error> {
        let path = Place::Config.path()?.join("profiles.toml");
        let text = match places::read_own(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                Zeroizing::default()
            }
            Err(source) => return Err(Error::File { path, source }),
        };
        // `message` alone: the full text of the error quotes the line, which could hold a secret.
        let bad = |error: toml_edit::TomlError| {
            let line =
                error.span().map_or(1, |span| 1 + text.get(..span.start).unwrap_or_default().matches('\n').count());
            Error::Usage(format!("{}: line {line}: {}", path.display(), error.message()))
        };
        let document = text.parse::<DocumentMut>().map_err(bad)?;
        Ok(Self { path, document })
    }

    /// Returns the names of the profiles, in the order of the file.
    pub(crate) fn names(&self) -> Vec<String> {
        self.document.iter().filter(|(_, item)| item.is_table_like()).map(|(name, _)| name.to_owned()).collect()
    }

    /// Returns the settings of a profile, or `None` if there is no profile of that name.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a key is unknown, has the wrong type, or holds a secret instead of a reference to it.
    pub(crate) fn settings(&self, name: &str) -> Result<Option<Settings>, Error> {
        let Some(table) = self.document.get(name).and_then(Item::as_table_like) else { return Ok(None) };
        let mut settings = Settings::default();
        for (key, item) in table.iter() {
            let wrong = |problem: &str| Error::Usage(format!("{}: [{name}] {key} {problem}", self.path.display()));
            let setting = parameters::named(key).ok_or_else(|| wrong("is not a setting"))?;
            let values = values(setting, item).ok_or_else(|| wrong("has a value of the wrong type"))?;
            // `fd:N` and `-` hold no secret either. They are no references, since a later run cannot follow them.
            let is_bare = |value: &String| !is_reference(value) && !value.starts_with("fd:") && value != "-";
            let is_open = setting.key != TOKEN_HEADER.key || values.iter().all(|value| is_kept_header(value));
            if (setting.kind == Kind::Secret && values.iter().any(is_bare)) || !is_open {
                return Err(wrong("holds a secret: write env:NAME, file:PATH, cmd:COMMAND or keyring:SERVICE/NAME"));
            }
            settings.set(setting, values);
        }
        Ok(Some(settings))
    }

    /// Checks that a profile of that name may be written.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if there is one already that is to be kept.
    pub(crate) fn check_new(&self, name: &str, existing: share::Existing) -> Result<(), Error> {
        if existing == share::Existing::Kept && self.document.contains_key(name) {
            let advice = "`oauth-token profile set` changes some keys, --force replaces it";
            return Err(Error::Failed(format!("a profile {name} exists already: {advice}")));
        }
        Ok(())
    }

    /// Writes a profile. It replaces one of the same name.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a secret is not a reference, and [`Error::File`] if the file cannot be written.
    pub(crate) fn add(mut self, name: &str, settings: &Settings) -> Result<(), Error> {
        let mut table = Table::new();
        for (setting, values) in settings.iter() {
            table.insert(setting.key, checked(setting, values)?);
        }
        // The comments before the old table belong to what is around it, such as the head of the file.
        if let Some(old) = self.document.get(name).and_then(Item::as_table) {
            *table.decor_mut() = old.decor().clone();
            table.set_position(old.position());
        }
        // The file is edited and not written anew, so that the comments of the other profiles stay.
        self.document.insert(name, Item::Table(table));
        self.write()
    }

    /// Changes some keys of a profile, and removes others.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if there is no profile of that name, [`Error::Usage`] if a secret is not a reference or a key
    /// is unknown, and [`Error::File`] if the file cannot be written.
    pub(crate) fn change(mut self, name: &str, settings: &Settings, unset: &[String]) -> Result<(), Error> {
        let unknown = self.unknown(name);
        let table = self.document.get_mut(name).and_then(Item::as_table_like_mut).ok_or(unknown)?;
        let mut changes = 0;
        for (setting, values) in settings.iter() {
            let mut item = checked(setting, values)?;
            // The comment behind a value stays.
            if let (Some(old), Some(new)) = (table.get(setting.key).and_then(Item::as_value), item.as_value_mut()) {
                *new.decor_mut() = old.decor().clone();
            }
            match table.get_mut(setting.key) {
                Some(old) => *old = item,
                None => drop(table.insert(setting.key, item)),
            }
            changes += 1;
        }
        for key in unset {
            let key = key.trim_start_matches('-');
            parameters::named(key).ok_or_else(|| Error::Usage(format!("--unset {key}: is not a setting")))?;
            table.remove(key);
            changes += 1;
        }
        if changes == 0 {
            return Err(Error::Usage("nothing to change: give options, or --unset KEY".to_owned()));
        }
        self.write()
    }

    /// Removes a profile, and leaves the rest of the file as it is.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if there is no profile of that name, and [`Error::File`] if the file cannot be written.
    pub(crate) fn remove(mut self, name: &str) -> Result<(), Error> {
        let removed = self.document.remove(name).ok_or_else(|| self.unknown(name))?;
        // What stands before the first table is the head of the file, and goes to the next one.
        let prefix = removed.as_table().and_then(|table| table.decor().prefix()).and_then(|text| text.as_str());
        if let Some(prefix) = prefix.filter(|text| text.contains('#')).map(str::to_owned) {
            let first_after = removed.as_table().and_then(Table::position);
            self.give_comment(&prefix, first_after);
        }
        self.write()
    }

    /// Puts a comment before the table that follows a position, or at the end of the file.
    fn give_comment(&mut self, comment: &str, position: Option<isize>) {
        let tables = self.document.iter_mut().filter_map(|(_, item)| item.as_table_mut());
        let next = tables.filter(|table| table.position() > position).min_by_key(|table| table.position());
        match next {
            Some(next) => {
                let own = next.decor().prefix().and_then(|text| text.as_str()).unwrap_or_default().to_owned();
                next.decor_mut().set_prefix(format!("{comment}{own}"));
            }
            None => {
                let own = self.document.trailing().as_str().unwrap_or_default().to_owned();
                self.document.set_trailing(format!("{comment}{own}"));
            }
        }
    }

    fn write(&self) -> Result<(), Error> {
        let folder = Place::Config.open()?;
        let path = folder.join("profiles.toml");
        let text = self.document.to_string();
        places::write_private(&path, text.as_bytes(), Existing::Replace).map_err(|source| Error::File { path, source })
    }

    fn unknown(&self, name: &str) -> Error {
        Error::Failed(format!("no profile {name} in {}", self.path.display()))
    }

    /// Prints the names of the profiles, on a terminal and in JSON with what they are for.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a profile cannot be read, and [`Error::Write`] if stdout cannot be written.
    pub(crate) fn list(&self, shape: Shape) -> Result<Exit, Error> {
        let mut rows = Vec::new();
        for name in self.names() {
            let mut row = vec![name.as_str().into()];
            if shape != Shape::Lines {
                let settings = self.settings(&name)?.unwrap_or_default();
                let text = |parameters: &[&Parameter]| {
                    let found = parameters.iter().find_map(|parameter| settings.text(parameter));
                    found.map_or(serde_json::Value::Null, |text| url::masked(text).into())
                };
                row.extend([
                    text(&[&PROVIDER]),
                    text(&[&GRANT]),
                    text(&[&DISCOVER, &ACCESS_TOKEN_URL, &AUTH_URL]),
                    text(&[&SCOPE]),
                ]);
            }
            rows.push(row);
        }
        let headings = ["name", "provider", "grant", "server", "scope"];
        let shown = if shape == Shape::Lines { 1 } else { headings.len() };
        tables::list(shape, headings.get(..shown).unwrap_or(&headings), &rows)?;
        Ok(Exit::Done)
    }

    /// Prints a profile with the comments and the order of the file, or as JSON.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if there is no profile of that name, and [`Error::Write`] if stdout cannot be written.
    pub(crate) fn show(&self, name: &str, shape: Shape) -> Result<Exit, Error> {
        let item = self.document.get(name).filter(|item| item.is_table_like()).ok_or_else(|| self.unknown(name))?;
        if shape == Shape::Json {
            let settings = self.settings(name)?.unwrap_or_default();
            let value = |(parameter, values): (&Parameter, &[String])| {
                let texts: Vec<serde_json::Value> = values.iter().map(|text| url::masked(text).into()).collect();
                let one = texts.first().cloned().unwrap_or_default();
                (parameter.key.to_owned(), if parameter.kind == Kind::List { texts.into() } else { one })
            };
            let object: serde_json::Map<_, _> = settings.iter().map(|(key, values)| value((key, values))).collect();
            print(&format!("{}\n", serde_json::Value::Object(object)))?;
            return Ok(Exit::Done);
        }
        let mut shown = DocumentMut::new();
        shown.insert(name, item.clone());
        if let Some(table) = shown.get_mut(name).and_then(Item::as_table_like_mut) {
            table.iter_mut().for_each(|(_, item)| mask(item));
        }
        print(&shown.to_string())?;
        Ok(Exit::Done)
    }
}

/// Returns the TOML value of a setting.
///
/// # Errors
/// Returns [`Error::Usage`] if the setting is a secret and not a reference to one.
fn checked(setting: &Parameter, values: &[String]) -> Result<Item, Error> {
    let is_reference = |value: &String| match setting.key == TOKEN_HEADER.key {
        true => is_kept_header(value),
        false => setting.kind != Kind::Secret || is_reference(value),
    };
    if !values.iter().all(is_reference) {
        let problem = "is kept as a reference only: env:NAME, file:PATH, cmd:COMMAND or keyring:SERVICE/NAME";
        return Err(Error::Usage(format!("--{} {problem}", setting.key)));
    }
    Ok(written(setting.kind, values))
}

/// Returns true if a profile may hold this header: its value is a reference, or the header is no place for secrets.
fn is_kept_header(header: &str) -> bool {
    style::divided(header).is_ok_and(|(name, value)| style::is_open_header(name) || is_reference(value))
}

/// Returns the value of a key as the texts that an option would have, or `None` if it has the wrong type. A list of texts
/// where one text is expected (`scope`) is joined with spaces.
fn values(setting: &Parameter, item: &Item) -> Option<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) if setting.kind == Kind::Duration => Some(number.value().to_string()),
        Value::Boolean(is_set) if setting.kind == Kind::Switch => Some(is_set.value().to_string()),
        _ => None,
    };
    match item.as_value()? {
        Value::Array(values) if setting.kind == Kind::List => values.iter().map(text).collect(),
        Value::Array(values) if setting.kind == Kind::Text && setting.place != options::Place::NoOption => {
            values.iter().map(text).collect::<Option<Vec<_>>>().map(|words| vec![words.join(" ")])
        }
        value => Some(vec![text(value)?]),
    }
}

/// Masks what is secret in a URL.
fn mask(item: &mut Item) {
    let Some(Value::String(text)) = item.as_value_mut() else { return };
    if let Cow::Owned(masked) = url::masked(text.value()) {
        // The decor of a value is the space and the comment around it.
        let decor = text.decor().clone();
        let mut value = Value::from(masked);
        *value.decor_mut() = decor;
        *item = Item::Value(value);
    }
}

/// Returns the TOML value for the texts of a setting.
fn written(kind: Kind, values: &[String]) -> Item {
    match (kind, values) {
        (Kind::Switch, _) => Item::Value(true.into()),
        (Kind::List, values) => Item::Value(Value::Array(values.iter().map(String::as_str).collect::<Array>())),
        (_, values) => Item::Value(values.first().map_or("", String::as_str).into()),
    }
}
