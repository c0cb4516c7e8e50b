//! Requests of version 3: a file of YAML each.

use std::borrow::Cow;
use std::collections::HashMap;

use base64::Engine as _;

use crate::encode;
use crate::error::{Error, Field};
use crate::hash;
use crate::request::Request;
use crate::url::Url;

use super::super::authorization::Authorization;
use super::super::kept::Kept;
use super::super::record::{Record, add_names};
use super::super::told;
use super::super::tree::Tree;
use super::{OWN, check_both, literals, refused, rows};

/// Appends the record of a request. The folder's writer adds what depends on the other requests.
///
/// # Errors
/// Returns [`Error::Request`] if Postman would send another request.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let authorization = Authorization::of(request)?;
    check(request)?;
    let name = told::name_or_target(request);
    let mut tree = Tree::Map(Vec::new());
    if let Some(description) = told::description(request) {
        tree = tree.with("description", Tree::text(description));
    }
    let url = format!("{}{}", request.url.origin(), request.url.target());
    tree = tree.with("url", Tree::Text(url)).with("method", Tree::text(&*request.method));
    let headers = rows(request);
    if !headers.is_empty() {
        tree = tree.with("headers", Tree::List(headers.into_iter().map(row).collect()));
    }
    let mut literals = literals(request, authorization.as_ref());
    let mut file = None;
    if let Some(bytes) = request.body.bytes().filter(|bytes| !bytes.is_empty()) {
        let content = match std::str::from_utf8(bytes) {
            Ok(text) => {
                add_names(text, &mut literals);
                // As `json` it would lose its comments; what a body is called changes nothing else.
                Tree::map([("type", Tree::text("text")), ("content", Tree::text(text))])
            }
            Err(_) => {
                let name = file_name(bytes);
                let source = Tree::map([("src", Tree::Text(format!(".resources/{name}")))]);
                file = Some((format!(".resources/{name}"), encode::BASE64.encode(bytes)));
                Tree::map([("type", Tree::text("file")), ("content", source)])
            }
        };
        tree = tree.with("body", content);
    }
    let off = Tree::List(OWN.iter().map(|name| Tree::text(*name)).collect());
    let tree =
        tree.with("auth", auth(authorization.as_ref())).with("settings", Tree::map([("disabledSystemHeaders", off)]));
    let kept = Kept::of(request, "postman-folder");
    let text = Tree::Text(kept.restored(tree).yaml());
    Record::write((&told::folder(request)?, &name), &literals, text, (file, kept.outer.as_deref()), out);
    Ok(())
}

/// Returns the name of the file for a body. The same bytes have the same name.
pub(crate) fn file_name(bytes: &[u8]) -> String {
    let digest = encode::hex(&hash::sha256(bytes));
    format!("body-{}.bin", digest.get(..16).unwrap_or_default())
}

fn check(request: &Request<'_>) -> Result<(), Error> {
    check_both(request)?;
    if !is_kept(&request.url) {
        return refused(Field::Url, " as written: it escapes or changes a character");
    }
    let mut counts: HashMap<String, usize> = HashMap::with_capacity(request.headers.len());
    request.headers.iter().for_each(|header| *counts.entry(header.name.to_ascii_lowercase()).or_default() += 1);
    for (index, header) in request.headers.iter().enumerate() {
        let is_repeated = counts.get(&header.name.to_ascii_lowercase()).is_some_and(|count| *count > 1);
        let how = match () {
            () if !header.value.is_ascii() => " as written: it is not ASCII",
            () if header.value.is_empty() && is_repeated => ": of headers of one name it drops those without value",
            () if header.is("host") && is_repeated => ": it sends one Host",
            () => continue,
        };
        return refused(Field::Header(index + 1), how);
    }
    Ok(())
}

/// Returns true if the engine sends a URL as it is: it escapes some characters, and takes `\` for `/`.
pub(crate) fn is_kept(url: &Url<'_>) -> bool {
    let path = |byte: u8| byte.is_ascii_graphic() && !b"\"<>`{}\\".contains(&byte);
    let query = |byte: u8| byte.is_ascii_graphic() && !b"\"<>'".contains(&byte);
    url.origin().is_ascii() && url.path().bytes().all(path) && url.query().unwrap_or_default().bytes().all(query)
}

fn row((name, value): (&str, Cow<'_, str>)) -> Tree {
    Tree::map([("key", Tree::text(name)), ("value", Tree::text(value))])
}

fn auth(authorization: Option<&Authorization>) -> Tree {
    let Some(Authorization { kind, parameters, .. }) = authorization else {
        return Tree::map([("type", Tree::text("noauth"))]);
    };
    let value = |value: &serde_json::Value| match value {
        // A number makes the engine drop the whole authorization.
        serde_json::Value::Number(number) => Tree::Text(number.to_string()),
        value => Tree::of(value),
    };
    let credentials = parameters.iter().map(|(key, own)| (key.clone(), value(own))).collect();
    Tree::map([("type", Tree::text(kind)), ("credentials", Tree::Map(credentials))])
}
