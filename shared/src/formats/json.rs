//! JSON documents that hold requests: request lines, HAR 1.2 entries and whole files
//! (softwareishard.com/blog/har-12-spec), vegeta's targets, arrays of these, and several of them one after another.

use serde::Deserialize as _;
use serde_json::value::RawValue;

use crate::error::Error;
use crate::json::text_of;
use crate::request::Request;

use super::line::Members;
use super::reading::{Each, Reading};
use super::vegeta;

/// The JSON shapes that a document may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Any of them, told apart by their members.
    Any,
    /// HAR's, or a request written by hand.
    Har,
    /// An entry of a HAR file. It is no file itself: files within files would be read again at each depth.
    Entry,
    /// vegeta's.
    Vegeta,
}

/// The shape of documents, and the settings of their reader.
type Kind<'v> = (Shape, Reading<'v>);

/// Reads the JSON documents of a text.
pub(crate) fn read<'a>(text: &'a str, kind: Kind<'_>, each: &mut Each<'_, 'a>) {
    if text.trim_start().starts_with('[') {
        return read_values(text, kind, each);
    }
    let mut parser = serde_json::Deserializer::from_str(text);
    match Members::deserialize(&mut parser) {
        // Several documents on one line are rare enough to be read a second time.
        Ok(_) if parser.end().is_err() => read_values(text, kind, each),
        Ok(members) => read_object(members.checked(), kind, each),
        Err(error) => each(Err(error.into())),
    }
}

/// Reads several values one after another; arrays count as their elements.
fn read_values<'a>(text: &'a str, kind: Kind<'_>, each: &mut Each<'_, 'a>) {
    let values = serde_json::Deserializer::from_str(text).into_iter::<&'a RawValue>();
    for value in values {
        match value {
            Err(error) => return each(Err(error.into())),
            Ok(raw) if raw.get().starts_with('[') => match serde_json::from_str::<Vec<&'a RawValue>>(raw.get()) {
                Ok(list) => read_list("item", &list, kind, each),
                Err(error) => each(Err(error.into())),
            },
            Ok(raw) if raw.get().starts_with('{') => read_object(Members::parse(raw.get()), kind, each),
            Ok(_) => each(Err(Error::UnknownShape)),
        }
    }
}

fn read_list<'a>(part: &'static str, list: &[&'a RawValue], kind: Kind<'_>, each: &mut Each<'_, 'a>) {
    for (index, raw) in list.iter().enumerate() {
        let mut within = |result: Result<Request<'a>, Error>| {
            each(result.map_err(|error| Error::Part { part, index: index + 1, source: Box::new(error) }));
        };
        read_object(Members::parse(raw.get()), kind, &mut within);
    }
}

fn read_object<'a>(members: Result<Members<'a>, Error>, (shape, reading): Kind<'_>, each: &mut Each<'_, 'a>) {
    let members = match members {
        Ok(members) => members,
        Err(error) => return each(Err(error)),
    };
    // `header` is vegeta's name; HAR and people write `headers`.
    if shape == Shape::Vegeta || (shape == Shape::Any && members.header.is_some() && members.headers.is_none()) {
        return each(vegeta::request(members, reading.variables));
    }
    match (members.url, members.request, members.log) {
        (None, Some(request), _) => each(Members::parse(request.get()).and_then(|members| entry(members, reading))),
        (None, None, Some(log)) if shape != Shape::Entry => read_log(log, reading, each),
        _ => each(members.into_request(reading)),
    }
}

/// Schemes of which browsers record requests that are not HTTP.
const OTHER_SCHEMES: [&str; 13] = [
    "wss:",
    "ws:",
    "data:",
    "blob:",
    "about:",
    "file:",
    "filesystem:",
    "chrome:",
    "chrome-extension:",
    "moz-extension:",
    "safari-web-extension:",
    "resource:",
    "javascript:",
];

/// Returns the request of an entry.
///
/// # Errors
/// Returns [`Error::LeftOut`] if the entry is of something other than an HTTP request, and [`Error::Request`] for the first
/// field that is wrong.
fn entry<'a>(members: Members<'a>, reading: Reading<'_>) -> Result<Request<'a>, Error> {
    let url = members.url.and_then(text_of).unwrap_or_default();
    let has = |scheme: &&&str| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if let Some(kind) = OTHER_SCHEMES.iter().find(has) {
        return Err(Error::LeftOut { kind });
    }
    if members.method.is_some_and(|raw| raw.get() == "\"CONNECT\"") {
        return Err(Error::LeftOut { kind: "CONNECT" });
    }
    members.into_request(reading)
}

/// The `log` of a HAR file.
#[derive(serde::Deserialize)]
struct Log<'a> {
    #[serde(borrow)]
    entries: Vec<&'a RawValue>,
}

fn read_log<'a>(log: &'a RawValue, reading: Reading<'_>, each: &mut Each<'_, 'a>) {
    match serde_json::from_str::<Log<'a>>(log.get()) {
        Ok(log) => read_list("entry", &log.entries, (Shape::Entry, reading), each),
        Err(_) => each(Err(Error::NotFormat { format: "a HAR file: log.entries is not a list" })),
    }
}
