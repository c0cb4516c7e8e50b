//! Members that only the format of a collection has, on their way through the pipe: a line carries them in `_kept`, and a
//! writer of the same format puts them back.
//!
//! They are what the model has no member for. What may be a secret stays out: authorization, variables, and rows that
//! are switched off.

use serde_json::Value;
use serde_json::value::RawValue;

use crate::json::{into_text, write_list, write_map, write_raw, write_text};
use crate::variables::Resolver;

use super::node::members;
use super::{Body, Collection, Dialect, Folder, Part, Rest, Row, Template};

/// The members of an object, each as JSON on one line.
#[derive(Clone, Debug, Default)]
struct Object(Vec<(String, Vec<u8>)>);

impl Object {
    fn of(rest: &Rest, without: &[&str]) -> Self {
        let mut object = Self::default();
        for (name, raw) in rest.iter().filter(|(name, _)| !without.contains(&name.as_str())) {
            object.raw(name, raw);
        }
        object
    }

    fn raw(&mut self, name: &str, raw: &RawValue) {
        let mut json = Vec::new();
        write_raw(raw.get(), &mut json);
        self.0.push((name.to_owned(), json));
    }

    fn text(&mut self, name: &str, text: &str) {
        let mut json = Vec::new();
        write_text(text, &mut json);
        self.0.push((name.to_owned(), json));
    }

    /// Adds an object, unless it is empty.
    fn object(&mut self, name: &str, object: &Self) {
        if !object.0.is_empty() {
            let mut json = Vec::new();
            object.write(&mut json);
            self.0.push((name.to_owned(), json));
        }
    }

    /// Adds a list of objects, unless it is empty.
    fn list(&mut self, name: &str, list: &[Self]) {
        if !list.is_empty() {
            let mut json = Vec::new();
            write_list(list, &mut json, Self::write);
            self.0.push((name.to_owned(), json));
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        let members = self.0.iter().map(|(name, json)| (name.as_str(), json));
        write_map(members, out, |json, out| out.extend_from_slice(json));
    }
}

/// A request and what is around it, of which a number of levels was told with an earlier request: the collection, then the
/// folders.
pub(super) struct Around<'c> {
    pub(super) collection: &'c Collection,
    pub(super) folders: &'c [&'c Folder],
    pub(super) known: usize,
}

/// Returns the value of `_kept`, or `None` if nothing is kept.
#[must_use]
pub(super) fn member(template: &Template, around: &Around<'_>, texts: &Resolver<'_>) -> Option<String> {
    let (format, item, description) = match around.collection.dialect {
        Dialect::Postman => ("postman", postman(template, texts), "description"),
        Dialect::PostmanFolder => ("postman-folder", postman_folder(template, texts), "description"),
        Dialect::OpenCollection => ("opencollection", opencollection(template, texts), "docs"),
        Dialect::OpenApi | Dialect::Insomnia | Dialect::HttpFile => return None,
    };
    let mut kept = Object::default();
    kept.text("format", format);
    kept.object("item", &item);
    let of = |(depth, folder): (usize, &&Folder)| match depth + 1 < around.known {
        true => Object::default(),
        false => of_folder(folder, description),
    };
    let folders: Vec<Object> = around.folders.iter().enumerate().map(of).collect();
    if folders.iter().any(|folder| !folder.0.is_empty()) {
        kept.list("folders", &folders);
    }
    if around.known == 0 {
        kept.object("collection", &of_collection(around.collection, description));
    }
    if kept.0.len() == 1 {
        return None;
    }
    let mut json = Vec::new();
    kept.write(&mut json);
    Some(into_text(json))
}

fn of_folder(folder: &Folder, description: &str) -> Object {
    let mut object = Object::of(&folder.rest, &["auth"]);
    if let Some(text) = &folder.description {
        object.text(description, text);
    }
    object.object("protocolProfileBehavior", &Object::of(&folder.settings, &[]));
    object
}

fn of_collection(collection: &Collection, description: &str) -> Object {
    let mut object = Object::of(&collection.rest, &["auth"]);
    // Of Postman's files the whole `info` is kept, with the description in it.
    if let Some(text) = collection.description.as_deref().filter(|_| collection.dialect != Dialect::Postman) {
        object.text(description, text);
    }
    object.object("protocolProfileBehavior", &Object::of(&collection.settings, &[]));
    object
}

fn postman(template: &Template, texts: &Resolver<'_>) -> Object {
    let mut url = Object::of(&template.target.rest, &[]);
    url.list("query", &rows(&template.target.query, "key", texts));
    url.list("variable", &rows(&template.target.path, "key", texts));
    let mut request = Object::of(&template.inner, &[]);
    request.object("url", &url);
    request.list("header", &rows(&template.headers, "key", texts));
    request.object("body", &body(template, texts));
    // An `auth` beside the request is none of its own, and may hold secrets; every export has an empty list of responses.
    let is_told = |name: &str, raw: &RawValue| !["auth", "variable"].contains(&name) && raw.get() != "[]";
    let mut item = Object::default();
    for (name, raw) in template.rest.iter().filter(|(name, raw)| is_told(name, raw)) {
        item.raw(name, raw);
    }
    item.object("protocolProfileBehavior", &Object::of(&template.settings, &[]));
    item.object("request", &request);
    item
}

fn body(template: &Template, texts: &Resolver<'_>) -> Object {
    let mut body = Object::default();
    for (name, raw) in &template.body.rest {
        if !(name == "options" && has_language_alone(raw)) {
            body.raw(name, raw);
        }
    }
    match &template.body.body {
        Body::Form(form) => body.list("urlencoded", &rows(form, "key", texts)),
        Body::Multipart(parts) => body.list("formdata", &rows(parts.iter().map(|Part { row, .. }| row), "key", texts)),
        _ => {}
    }
    body
}

/// Returns true for options that the writer states by itself.
fn has_language_alone(options: &RawValue) -> bool {
    let value: Value = serde_json::from_str(options.get()).unwrap_or_default();
    value.as_object().is_some_and(|options| {
        let raw = options.get("raw").and_then(Value::as_object);
        options.len() == 1 && raw.is_some_and(|raw| raw.len() == 1 && raw.contains_key("language"))
    })
}

fn postman_folder(template: &Template, texts: &Resolver<'_>) -> Object {
    let mut item = Object::of(&template.rest, &["$kind", "name", "order", "auth"]);
    item.list("headers", &rows(&template.headers, "key", texts));
    item.object("body", &Object::of(&template.body.rest, &[]));
    item.object("settings", &Object::of(&template.settings, &[]));
    item
}

fn opencollection(template: &Template, texts: &Resolver<'_>) -> Object {
    let mut item = Object::of(&template.rest, &["info", "docs", "runtime", "settings", "auth"]);
    if let Some((_, runtime)) = template.rest.iter().find(|(name, _)| name == "runtime") {
        // The variables are in the request already.
        item.object("runtime", &Object::of(&members(runtime), &["variables"]));
    }
    let mut http = Object::of(&template.inner, &["auth"]);
    http.list("headers", &rows(&template.headers, "name", texts));
    item.object("http", &http);
    item.object("settings", &Object::of(&template.settings, &[]));
    item
}

/// Returns what is kept of the rows that are sent. Each has its name, by which it is found again.
fn rows<'r>(rows: impl IntoIterator<Item = &'r Row>, key: &str, texts: &Resolver<'_>) -> Vec<Object> {
    let has_more = |row: &&Row| !row.disabled && (!row.rest.is_empty() || row.description.is_some());
    let of = |row: &Row| {
        let mut object = Object::default();
        object.text(key, &texts.resolve(&row.name).unwrap_or_else(|_| row.name.as_str().into()));
        if let Some(text) = &row.description {
            object.text("description", text);
        }
        for (name, raw) in &row.rest {
            object.raw(name, raw);
        }
        object
    };
    rows.into_iter().filter(has_more).map(of).collect()
}
