//! A request made of its template: one line of JSON, with variables resolved and the body made as it is sent.

mod body;
mod files;
mod made;
mod types;
mod url;

use std::borrow::Cow;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::{Error, Field};
use crate::json::{into_text, write_bytes, write_list, write_map, write_raw, write_text};
use crate::variables::Resolver;

use super::inherit;
use super::kept::{self, Around};
use super::{Auth, Collection, Dialect, Folder, Row, Rule, Template};

pub use files::{Home, Outside};
use made::{Made, text};
use url::Encoding;

/// A request in its collection, with all that decides what is sent.
#[derive(Clone, Copy, Debug)]
pub struct Placed<'c> {
    /// The collection.
    pub collection: &'c Collection,
    /// The folders that the request is in, outermost first.
    pub folders: &'c [&'c Folder],
    /// The request.
    pub template: &'c Template,
    /// The number of levels around it that an earlier request was in too: the collection, then the folders.
    pub known: usize,
}

/// A template made into a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The request as one line of JSON, without the line break.
    pub line: String,
    /// Messages about what was left out.
    pub warnings: Vec<String>,
}

/// The outcome of making a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// An HTTP request.
    Request(Rendered),
    /// A request of the protocol that its URL names, which is left out.
    Foreign(String),
}

/// A header that is sent, and who wrote it.
type Header<'c> = (Cow<'c, str>, Cow<'c, str>);

impl<'c> Placed<'c> {
    /// Makes the request.
    ///
    /// # Errors
    /// Returns [`Error::Variable`] if a text names a variable that cannot be replaced, [`Error::Place`] if the authorization cannot
    /// be understood, and the error of [`Home`] if a file that it names cannot be read.
    pub fn render(&self, texts: &Resolver<'_>, home: &Home) -> Result<Outcome, Error> {
        let method = self.method(texts)?;
        let encoding = if self.is_on("disableUrlEncoding") { Encoding::Off } else { Encoding::Usual };
        let url = url::made(&self.template.target, encoding, texts)?;
        if let Some(protocol) = url::foreign(&url) {
            return Ok(Outcome::Foreign(protocol));
        }
        let mut headers = self.headers(texts)?;
        let stated = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let stated = stated.map(|(_, value)| value.clone().into_owned());
        let made = if self.has_body(&method) {
            body::made(self.template, self.collection.dialect, stated.as_deref(), texts, home)?
        } else {
            Made::default()
        };
        if let Some(content_type) = &made.content_type {
            let addition = if self.adds_type() { Addition::Wanted } else { Addition::Off };
            state_type(&mut headers, content_type, addition);
        }
        let auth = self.auth(texts)?;
        let mut line = self.line(&method, &url, &headers, &made, auth.as_deref());
        let around = Around { collection: self.collection, folders: self.folders, known: self.known };
        if let Some(kept) = kept::member(self.template, &around, texts) {
            line.truncate(line.len() - 1);
            line.push_str(",\"_kept\":");
            line.push_str(&kept);
            line.push('}');
        }
        Ok(Outcome::Request(Rendered { line, warnings: made.warnings }))
    }

    /// Returns the method. Postman's programs send it in upper case.
    fn method(&self, texts: &Resolver<'_>) -> Result<String, Error> {
        let method = text(texts, Field::Method, &self.template.method)?;
        Ok(match self.collection.dialect {
            Dialect::OpenApi | Dialect::HttpFile => method.into_owned(),
            _ => method.to_ascii_uppercase(),
        })
    }

    /// Returns true if a body that there is goes out. Postman's files of version 2 have bodies from before the method was
    /// changed to GET; they stay at home unless a setting says otherwise.
    fn has_body(&self, method: &str) -> bool {
        let is_pruned = self.collection.dialect == Dialect::Postman
            && matches!(method, "GET" | "HEAD" | "COPY" | "PURGE" | "UNLOCK")
            && !self.is_on("disableBodyPruning");
        !is_pruned && !self.template.body.disabled
    }

    fn setting(&self, name: &str) -> Option<&'c RawValue> {
        inherit::setting(self.collection, self.folders, self.template, name)
    }

    fn is_on(&self, name: &str) -> bool {
        self.setting(name).is_some_and(|value| value.get() == "true")
    }

    /// Returns false if a setting switches the Content-Type off that Postman would add: `{"content-type": true}` in
    /// version 2, `[content-type]` in version 3.
    fn adds_type(&self) -> bool {
        let Some(value) = self.setting("disabledSystemHeaders") else { return true };
        let is_type = |name: &str| name.eq_ignore_ascii_case("content-type");
        match serde_json::from_str(value.get()) {
            Ok(Value::Array(names)) => !names.iter().filter_map(Value::as_str).any(is_type),
            Ok(Value::Object(names)) => !names.iter().any(|(name, value)| is_type(name) && value == &Value::Bool(true)),
            _ => true,
        }
    }

    /// Returns the headers that are sent: those of the collection and the folders, where a format has them there, and the
    /// request's own. An inner one takes the place of an outer one.
    fn headers(&self, texts: &Resolver<'_>) -> Result<Vec<Header<'c>>, Error> {
        let mut rows: Vec<&'c Row> = Vec::new();
        let outer = std::iter::once(&self.collection.headers).chain(self.folders.iter().map(|folder| &folder.headers));
        for row in outer.flatten() {
            merge(&mut rows, row);
        }
        let is_merged = !rows.is_empty() || self.collection.dialect == Dialect::OpenCollection;
        for row in &self.template.headers {
            if is_merged { merge(&mut rows, row) } else { rows.push(row) }
        }
        // A row without a name is the empty one that a form shows below the others.
        let sent = rows.into_iter().filter(|row| !row.disabled && !row.name.is_empty());
        let resolved = |(index, row): (usize, &'c Row)| {
            let field = Field::Header(index + 1);
            Ok((text(texts, field, &row.name)?, text(texts, field, row.value.as_deref().unwrap_or_default())?))
        };
        sent.enumerate().map(resolved).collect()
    }

    /// Returns the auth object of the line, or `None` if nothing is said anywhere.
    fn auth(&self, texts: &Resolver<'_>) -> Result<Option<String>, Error> {
        match inherit::rule(self.collection, self.folders, self.template) {
            Rule::Inherit => Ok(None),
            // "No Auth" is said in the line, so that `--auth` as a default does not undo it.
            Rule::Off => Ok(Some(r#"{"type":"noauth"}"#.to_owned())),
            Rule::Given(auth) => auth_object(auth, self.collection.dialect, texts).map(Some),
            Rule::Wrong(wrong) => Err(wrong.clone().into()),
        }
    }

    fn line(&self, method: &str, url: &str, headers: &[Header<'_>], made: &Made, auth: Option<&str>) -> String {
        let mut out = b"{\"method\":".to_vec();
        write_text(method, &mut out);
        out.extend_from_slice(b",\"url\":");
        write_text(url, &mut out);
        out.extend_from_slice(b",\"headers\":[");
        for (index, (name, value)) in headers.iter().enumerate() {
            out.extend_from_slice(if index == 0 { b"{\"name\":" } else { b",{\"name\":" });
            write_text(name, &mut out);
            out.extend_from_slice(b",\"value\":");
            write_text(value, &mut out);
            out.push(b'}');
        }
        out.push(b']');
        if let Some(bytes) = &made.bytes {
            let stated = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
            out.extend_from_slice(b",\"postData\":{\"mimeType\":");
            write_text(stated.map_or("", |(_, value)| value), &mut out);
            out.extend_from_slice(b",\"text\":");
            write_bytes(bytes, &mut out);
            out.push(b'}');
        }
        if let Some(auth) = auth {
            out.extend_from_slice(b",\"_auth\":");
            out.extend_from_slice(auth.as_bytes());
        }
        self.write_names(&mut out);
        out.push(b'}');
        into_text(out)
    }

    /// Appends what a person knows the request by.
    fn write_names(&self, out: &mut Vec<u8>) {
        if !self.template.name.is_empty() {
            out.extend_from_slice(b",\"_name\":");
            write_text(&self.template.name, out);
        }
        if !self.folders.is_empty() {
            out.extend_from_slice(b",\"_folder\":");
            write_list(self.folders, out, |folder, out| write_text(&folder.name, out));
        }
        if let Some(description) = self.template.description.as_deref().filter(|text| !text.is_empty()) {
            out.extend_from_slice(b",\"_description\":");
            write_text(description, out);
        }
    }
}

/// Puts a row in the place of one of the same name, or behind all others.
fn merge<'c>(rows: &mut Vec<&'c Row>, row: &'c Row) {
    if row.disabled || row.name.is_empty() {
        return;
    }
    match rows.iter_mut().find(|known| known.name == row.name) {
        Some(known) => *known = row,
        None => rows.push(row),
    }
}

/// The rule for a Content-Type that no header states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Addition {
    /// It is added.
    Wanted,
    /// A setting of the request says that it is not.
    Off,
}

/// States the type of a body. A type that a header states already stays, apart from the boundary that it needs.
fn state_type(headers: &mut Vec<Header<'_>>, content_type: &str, addition: Addition) {
    match headers.iter_mut().find(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        Some((_, value)) => {
            let is_multipart =
                |text: &str| text.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"));
            if is_multipart(content_type) && is_multipart(value) {
                *value = Cow::Owned(content_type.to_owned());
            }
        }
        None if addition == Addition::Off => {}
        None => headers.push((Cow::Borrowed("Content-Type"), Cow::Owned(content_type.to_owned()))),
    }
}

/// Returns an auth object in Postman's map form, every text in it resolved.
fn auth_object(auth: &Auth, dialect: Dialect, texts: &Resolver<'_>) -> Result<String, Error> {
    let mut parameters = serde_json::Map::new();
    for (key, value) in needed(auth) {
        parameters.insert(key.clone(), resolved(value, texts)?);
    }
    let mut object = serde_json::Map::new();
    object.insert("type".to_owned(), Value::String(auth.scheme.clone()));
    object.insert(auth.scheme.clone(), Value::Object(parameters));
    let mut json = Value::Object(object).to_string();
    if dialect == Dialect::Postman && !auth.rest.is_empty() {
        // Members of Postman's object that nobody knows go with it, and so never further than a signature.
        let mut more = Vec::new();
        write_map(auth.rest.iter().map(|(name, raw)| (name.as_str(), raw)), &mut more, |raw, out| {
            write_raw(raw.get(), out);
        });
        json.truncate(json.len() - 1);
        json.push(',');
        json.push_str(into_text(more).trim_start_matches('{'));
    }
    Ok(json)
}

/// Returns the parameters that matter. Beside a token, what it was got with is history, and its variables may be gone.
fn needed(auth: &Auth) -> Vec<&(String, Value)> {
    const WITH_TOKEN: [&str; 4] = ["accessToken", "addTokenTo", "headerPrefix", "tokenType"];
    let has_token = auth.scheme == "oauth2"
        && auth
            .parameters
            .iter()
            .any(|(key, value)| key == "accessToken" && value.as_str().is_some_and(|t| !t.is_empty()));
    let is_needed = |(key, _): &&(String, Value)| !has_token || WITH_TOKEN.contains(&key.as_str());
    auth.parameters.iter().filter(is_needed).collect()
}

fn resolved(value: &Value, texts: &Resolver<'_>) -> Result<Value, Error> {
    Ok(match value {
        Value::String(string) => Value::String(text(texts, Field::Auth, string)?.into_owned()),
        Value::Array(list) => Value::Array(list.iter().map(|value| resolved(value, texts)).collect::<Result<_, _>>()?),
        Value::Object(map) => {
            let member = |(key, value): (&String, &Value)| Ok((key.clone(), resolved(value, texts)?));
            Value::Object(map.iter().map(member).collect::<Result<_, Error>>()?)
        }
        other => other.clone(),
    })
}
