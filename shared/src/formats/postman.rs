//! Collections of Postman: one file of version 2.1, or a folder of version 3.
//!
//! What Postman's own engine would send differently is refused. It is told to add no headers, to leave the URL and the
//! body as they are, and that `{{text}}` which was no variable is none.

pub(crate) mod body;
pub(crate) mod document;
pub(crate) mod folder;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use crate::error::{Error, Field, Problem};
use crate::request::Request;

use super::authorization::Authorization;
use super::kept::Kept;
use super::record::{Record, add_names, add_names_of};
use super::told;
use super::tree::Tree;

/// The headers that the engine adds unless it is told not to. It needs to make `Host` and `Content-Length`.
const OWN: &[&str] =
    &["accept", "accept-encoding", "cache-control", "connection", "content-type", "postman-token", "user-agent"];

/// The methods whose bodies the engine leaves out unless it is told not to.
const PRUNED: &[&str] = &["COPY", "GET", "HEAD", "PURGE", "UNLOCK"];

/// Appends the record of a request in version 2.1.
///
/// # Errors
/// Returns [`Error::Request`] if Postman would send another request.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let authorization = Authorization::of(request)?;
    check(request)?;
    let name = told::name_or_target(request);
    let mut inner = Tree::map([("method", Tree::text(&*request.method)), ("header", headers(request)?)]);
    inner = inner.with("url", url(request));
    if let Some(body) = body::body(request) {
        inner = inner.with("body", body);
    }
    inner = inner.with("auth", auth(authorization.as_ref()));
    if let Some(description) = told::description(request) {
        inner = inner.with("description", Tree::text(description));
    }
    let mut item = Tree::map([("name", Tree::text(&*name))]);
    if let Some(scripts) = scripts(request) {
        item = item.with("event", scripts);
    }
    let kept = Kept::of(request, "postman");
    let mut item = kept.restored(item.with("request", inner).with("protocolProfileBehavior", behavior(request)));
    if item.get("response").is_none() {
        item = item.with("response", Tree::List(Vec::new()));
    }
    let literals = literals(request, authorization.as_ref());
    Record::write((&told::folder(request)?, &name), &literals, item, (None, kept.outer.as_deref()), out);
    Ok(())
}

fn refused<T>(field: Field, how: &'static str) -> Result<T, Error> {
    Err(Error::request(field, Problem::NotFor { program: "Postman", how }))
}

/// Checks what neither version of Postman's collections can hold.
///
/// # Errors
/// Returns [`Problem::NotFor`] if the request has such a part.
fn check_both(request: &Request<'_>) -> Result<(), Error> {
    if request.method.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return refused(Field::Method, ": its methods are capital letters");
    }
    if request.variables.is_some() {
        return refused(Field::Variables, " of one request alone");
    }
    Ok(())
}

/// Says which part of a request no program behind a collection can send, if there is one.
///
/// # Errors
/// Returns [`Problem::NotFor`] if there is one.
fn check(request: &Request<'_>) -> Result<(), Error> {
    check_both(request)?;
    if !request.url.as_str().is_ascii() || request.url.path().contains('\\') {
        return refused(Field::Url, " as written: it changes backslashes and what is not ASCII");
    }
    if request.headers.iter().filter(|header| header.is("host")).count() > 1 {
        return refused(Field::Headers, ": it sends one Host");
    }
    // It writes Latin-1, and a request of ours is UTF-8.
    match request.headers.iter().position(|header| !header.value.is_ascii()) {
        Some(index) => refused(Field::Header(index + 1), " as written: it is not ASCII"),
        None => Ok(()),
    }
}

/// Returns the headers that are written: a first message of a handshake would disturb the one that the engine does, and
/// `Host` is written where the engine would make another one.
fn rows<'r>(request: &'r Request<'_>) -> Vec<(&'r str, Cow<'r, str>)> {
    let is_message = |name: &str| request.handshake.is_some() && name.eq_ignore_ascii_case("authorization");
    let given = request.headers.iter().filter(|header| !is_message(&header.name));
    let mut rows: Vec<_> = given.map(|header| (&*header.name, Cow::Borrowed(&*header.value))).collect();
    let authority = request.url.origin().split_once("://").map_or("", |(_, authority)| authority);
    if !request.headers.has("host") && request.url.host_header() != authority {
        rows.push(("Host", request.url.host_header()));
    }
    rows
}

fn headers(request: &Request<'_>) -> Result<Tree, Error> {
    let mut spellings: HashMap<String, &str> = HashMap::with_capacity(request.headers.len());
    for (index, header) in request.headers.iter().enumerate() {
        if *spellings.entry(header.name.to_ascii_lowercase()).or_insert(&header.name) != header.name {
            return refused(Field::Header(index + 1), ": of names that differ only in capitals it sends one");
        }
    }
    let row =
        |(name, value): (&str, Cow<'_, str>)| Tree::map([("key", Tree::text(name)), ("value", Tree::text(value))]);
    Ok(Tree::List(rows(request).into_iter().map(row).collect()))
}

/// Returns the URL as text and in parts. The engine reads the parts, and people the text.
fn url(request: &Request<'_>) -> Tree {
    let url = &request.url;
    let (protocol, authority) = url.origin().split_once("://").unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    // The dots of an address in brackets are no dots of a name.
    let labels: Vec<&str> = if host.starts_with('[') { vec![host] } else { host.split('.').collect() };
    let texts = |texts: Vec<&str>| Tree::List(texts.into_iter().map(Tree::text).collect());
    let raw =
        format!("{}{}{}", url.origin(), url.path(), url.query().map(|query| format!("?{query}")).unwrap_or_default());
    let mut tree = Tree::map([("raw", Tree::Text(raw)), ("protocol", Tree::text(protocol)), ("host", texts(labels))]);
    if let Some(port) = port.filter(|port| !port.is_empty()) {
        tree = tree.with("port", Tree::text(port));
    }
    if let Some(path) = url.path().strip_prefix('/') {
        tree = tree.with("path", texts(path.split('/').collect()));
    }
    if let Some(query) = url.query() {
        let piece = |piece: &str| match piece.split_once('=') {
            Some((key, value)) => Tree::map([("key", Tree::text(key)), ("value", Tree::text(value))]),
            None => Tree::map([("key", Tree::text(piece)), ("value", Tree::Word("null".to_owned()))]),
        };
        tree = tree.with("query", Tree::List(query.split('&').map(piece).collect()));
    }
    tree
}

fn auth(authorization: Option<&Authorization>) -> Tree {
    let Some(Authorization { kind, parameters, rest }) = authorization else {
        return Tree::map([("type", Tree::text("noauth"))]);
    };
    let row = |(key, value): &(String, serde_json::Value)| {
        let kind = match value {
            serde_json::Value::String(_) => "string",
            serde_json::Value::Bool(_) => "boolean",
            _ => "any",
        };
        Tree::map([("key", Tree::text(key)), ("value", Tree::of(value)), ("type", Tree::text(kind))])
    };
    let rows = Tree::List(parameters.iter().map(row).collect());
    let tree = Tree::map([("type", Tree::text(kind)), (kind.as_str(), rows)]);
    rest.iter().fold(tree, |tree, (name, value)| tree.with(name, value.clone()))
}

/// Returns what makes the engine send the request as it is.
fn behavior(request: &Request<'_>) -> Tree {
    let off = Tree::Map(OWN.iter().map(|name| ((*name).to_owned(), Tree::yes())).collect());
    let tree = Tree::map([("disableUrlEncoding", Tree::yes()), ("disabledSystemHeaders", off)]);
    let is_pruned = PRUNED.contains(&&*request.method) && !request.body.sent().is_empty();
    if is_pruned { tree.with("disableBodyPruning", Tree::yes()) } else { tree }
}

/// Returns the scripts of a request that a reader of collections has put on its line. Nothing runs them here.
fn scripts(request: &Request<'_>) -> Option<Tree> {
    let list: Vec<serde_json::Value> = serde_json::from_str(told::member(request, "_event")?.get()).ok()?;
    Some(Tree::List(list.iter().map(Tree::of).collect()))
}

/// Returns the names in braces that are ordinary text. Bodies with braces are written in a form that has none.
fn literals(request: &Request<'_>, authorization: Option<&Authorization>) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    add_names(request.url.as_str(), &mut names);
    request.headers.iter().for_each(|header| add_names(&header.value, &mut names));
    let parameters = authorization.map(|authorization| authorization.parameters.as_slice()).unwrap_or_default();
    parameters.iter().for_each(|(_, value)| add_names_of(value, &mut names));
    names
}
