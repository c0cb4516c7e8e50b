//! Requests of `OpenCollection` folders, as Bruno 4 writes them: a file of YAML each.
//!
//! Bruno adds headers of its own, and nothing tells it not to: Accept, Accept-Encoding, Connection, User-Agent,
//! request-start-time, and a Content-Type where a body has none. All else arrives as it is, or is refused.

use std::collections::{BTreeSet, HashSet};

use base64::Engine as _;

use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::headers::essence;
use crate::request::Request;

use super::authorization::Authorization;
use super::kept::Kept;
use super::postman::body::is_json;
use super::postman::folder::{file_name, is_kept};
use super::record::{Record, add_names};
use super::told;
use super::tree::Tree;

/// Appends the record of a request. The folder's writer adds what depends on the other requests.
///
/// # Errors
/// Returns [`Error::Request`] if Bruno would send another request.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
    let authorization = Authorization::of(request)?;
    check(request)?;
    let mut literals = BTreeSet::new();
    add_names(request.url.as_str(), &mut literals);
    request.headers.iter().for_each(|header| add_names(&header.value, &mut literals));
    if literals.iter().any(|name| name.starts_with('$') || name.starts_with("process.env.")) {
        return refused(Field::Url, ": {{$...}} and {{process.env...}} there are never ordinary text");
    }
    let url = format!("{}{}", request.url.origin(), request.url.target());
    let mut tree = Tree::map([("method", Tree::text(&*request.method)), ("url", Tree::Text(url))]);
    let is_message = |name: &str| request.handshake.is_some() && name.eq_ignore_ascii_case("authorization");
    let given = request.headers.iter().filter(|header| !is_message(&header.name));
    let row = |name: &str, value: &str| Tree::map([("name", Tree::text(name)), ("value", Tree::text(value))]);
    let rows: Vec<Tree> = given.map(|header| row(&header.name, &header.value)).collect();
    if !rows.is_empty() {
        tree = tree.with("headers", Tree::List(rows));
    }
    let mut file = None;
    if let Some(bytes) = request.body.bytes().filter(|bytes| !bytes.is_empty()) {
        let (body, held) = body(bytes, request.headers.get("content-type").unwrap_or_default());
        tree = tree.with("body", body);
        file = held;
    }
    // Bruno takes a request without this member for one without authorization.
    if let Some(authorization) = &authorization {
        tree = tree.with("auth", auth(authorization)?);
    }
    let tree = Tree::map([("http", tree)]).with("settings", Tree::map([("encodeUrl", Tree::no())]));
    let tree = match told::description(request) {
        Some(text) => tree.with("docs", Tree::text(text)),
        None => tree,
    };
    let name = told::name_or_target(request);
    let kept = Kept::of(request, "opencollection");
    let text = Tree::Text(kept.restored(tree).yaml());
    Record::write((&told::folder(request)?, &name), &literals, text, (file, kept.outer.as_deref()), out);
    Ok(())
}

fn refused<T>(field: Field, how: &'static str) -> Result<T, Error> {
    Err(Error::request(field, Problem::NotFor { program: "Bruno", how }))
}

fn check(request: &Request<'_>) -> Result<(), Error> {
    if request.method.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return refused(Field::Method, ": its methods are capital letters");
    }
    if request.variables.is_some() {
        return refused(Field::Variables, " in this form");
    }
    let has_dots = request.url.path().split('/').any(|segment| {
        let segment = segment.replace("%2e", ".").replace("%2E", ".");
        segment == "." || segment == ".."
    });
    if has_dots || request.url.query() == Some("") || !is_kept(&request.url) {
        return refused(Field::Url, " as written: it resolves dots, escapes characters and drops an empty query");
    }
    let mut names = HashSet::with_capacity(request.headers.len());
    for (index, header) in request.headers.iter().enumerate() {
        if !header.value.is_ascii() {
            return refused(Field::Header(index + 1), " as written: it is not ASCII");
        }
        if !names.insert(header.name.to_ascii_lowercase()) {
            return refused(Field::Header(index + 1), ": of headers of one name it sends one");
        }
    }
    Ok(())
}

/// Returns a body and, if it is in a file, the file's name and bytes. Variables are replaced in texts, and JSON loses
/// comments and blanks at its ends: in a file no byte is changed.
fn body(bytes: &[u8], content_type: &str) -> (Tree, Option<(String, String)>) {
    let text = std::str::from_utf8(bytes).ok().filter(|text| !text.contains("{{") && text.trim() == *text);
    let has_json = essence(content_type).ends_with("json");
    match text {
        Some(text) if !has_json => (Tree::map([("type", Tree::text("text")), ("data", Tree::text(text))]), None),
        Some(text) if is_json(text) => (Tree::map([("type", Tree::text("json")), ("data", Tree::text(text))]), None),
        _ => {
            let name = format!("bodies/{}", file_name(bytes));
            let row = Tree::map([
                ("filePath", Tree::text(&name)),
                ("contentType", Tree::text(content_type)),
                ("selected", Tree::yes()),
            ]);
            let tree = Tree::map([("type", Tree::text("file")), ("data", Tree::List(vec![row]))]);
            (tree, Some((name, encode::BASE64.encode(bytes))))
        }
    }
}

/// The names of a type and its parameters: Postman's type, Bruno's, and pairs of Postman's key and Bruno's.
type Kind = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// The types of authorization that Bruno has.
#[rustfmt::skip]
const KINDS: &[Kind] = &[
    ("bearer", "bearer", &[("token", "token")]),
    ("basic", "basic", &[("username", "username"), ("password", "password")]),
    ("digest", "digest", &[("username", "username"), ("password", "password")]),
    ("ntlm", "ntlm", &[("username", "username"), ("password", "password"), ("domain", "domain")]),
    ("apikey", "apikey", &[("key", "key"), ("value", "value"), ("in", "placement")]),
    ("awsv4", "awsv4", &[
        ("accessKey", "accessKeyId"), ("secretKey", "secretAccessKey"), ("sessionToken", "sessionToken"),
        ("service", "service"), ("region", "region"),
    ]),
    ("edgegrid", "akamai-edgegrid", &[
        ("accessToken", "accessToken"), ("clientToken", "clientToken"), ("clientSecret", "clientSecret"),
        ("nonce", "nonce"), ("timestamp", "timestamp"), ("baseURL", "baseURL"), ("headersToSign", "headersToSign"),
        ("maxBodySize", "maxBodySize"),
    ]),
    ("oauth2", "bearer", &[("accessToken", "token")]),
];

/// Returns the authorization.
///
/// # Errors
/// Returns [`Problem::NotFor`] if Bruno has no such type, or no name for one of the parameters.
fn auth(authorization: &Authorization) -> Result<Tree, Error> {
    let Some((_, kind, keys)) = KINDS.iter().find(|(own, _, _)| *own == authorization.kind) else {
        return refused(Field::Auth, ": it has no such type");
    };
    let mut tree = Tree::map([("type", Tree::text(*kind))]);
    for (key, value) in &authorization.parameters {
        let value = match value {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Null => continue,
            value => value.to_string(),
        };
        let is_usual = matches!(
            (key.as_str(), value.as_str()),
            ("addTokenTo", "header")
                | ("headerPrefix", "Bearer")
                | ("addAuthDataToQuery" | "disableRetryRequest", "false")
        );
        match keys.iter().find(|(own, _)| own == key) {
            Some((_, name)) => tree = tree.with(name, Tree::Text(value)),
            None if is_usual || value.is_empty() => {}
            None => return refused(Field::Auth, ": it has no name for one of the parameters"),
        }
    }
    // Without a place the key is not sent.
    let needs_place = *kind == "apikey" && authorization.get("in").is_empty();
    Ok(if needs_place { tree.with("placement", Tree::text("header")) } else { tree })
}
