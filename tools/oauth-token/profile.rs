//! Reads and writes profiles: named settings in one TOML file. Secrets stand in it as references only.

use std::borrow::Cow;
use std::io::ErrorKind;
use std::path::PathBuf;

use toml_edit::{Array, DocumentMut, Item, Table, Value};

use zeroize::Zeroizing;

use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};
use countersign_shared::oauth::is_reference;
use countersign_shared::options::{self, Kind, Parameter};
use countersign_shared::places::{self, Existing, Place};
use countersign_shared::url;

use crate::parameters;
use crate::settings::Settings;

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
            if setting.kind == Kind::Secret && values.iter().any(is_bare) {
                return Err(wrong("holds a secret: write env:NAME, file:PATH, cmd:COMMAND or keyring:SERVICE/NAME"));
            }
            settings.set(setting, values);
        }
        Ok(Some(settings))
    }

    /// Writes a profile. It replaces one of the same name.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a secret is not a reference, and [`Error::File`] if the file cannot be written.
    pub(crate) fn add(mut self, name: &str, settings: &Settings) -> Result<(), Error> {
        let mut table = Table::new();
        for (setting, values) in settings.iter() {
            if setting.kind == Kind::Secret && !values.iter().all(|value| is_reference(value)) {
                let problem = "is kept as a reference only: env:NAME, file:PATH, cmd:COMMAND or keyring:SERVICE/NAME";
                return Err(Error::Usage(format!("--{} {problem}", setting.key)));
            }
            table.insert(setting.key, written(setting.kind, values));
        }
        // The file is edited and not written anew, so that the comments of the other profiles stay.
        self.document.insert(name, Item::Table(table));
        let folder = Place::Config.open()?;
        let path = folder.join("profiles.toml");
        let text = self.document.to_string();
        places::write_private(&path, text.as_bytes(), Existing::Replace).map_err(|source| Error::File { path, source })
    }

    /// Prints a profile with the comments and the order of the file.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if there is no profile of that name, and [`Error::Write`] if stdout cannot be written.
    pub(crate) fn show(&self, name: &str) -> Result<Exit, Error> {
        let item = self.document.get(name).filter(|item| item.is_table_like());
        let item = item.ok_or_else(|| Error::Failed(format!("no profile {name} in {}", self.path.display())))?;
        let mut shown = DocumentMut::new();
        shown.insert(name, item.clone());
        if let Some(table) = shown.get_mut(name).and_then(Item::as_table_like_mut) {
            table.iter_mut().for_each(|(_, item)| mask(item));
        }
        print(&shown.to_string())?;
        Ok(Exit::Done)
    }
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
