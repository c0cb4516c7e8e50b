//! The requests that a group of options makes, as curl would send them, without the `User-Agent` and `Accept` that it adds
//! on its own.

use std::borrow::Cow;

use base64::Engine as _;

use crate::body::Body;
use crate::dots;
use crate::encode;
use crate::error::{Error, Field};
use crate::formats::reading::Each;
use crate::headers::Headers;
use crate::multipart;
use crate::request::Request;
use crate::slice::Slice as _;

use super::data::Sources;
use super::group::Group;
use super::{glob, jar};

/// Hands over every request of a group.
pub(super) fn compose(group: &Group, sources: &mut Sources, each: &mut Each<'_, '_>) {
    let urls = match urls(group) {
        Ok(urls) => urls,
        Err(error) => return each(Err(error)),
    };
    let content = content(group);
    for (index, url) in urls.iter().enumerate() {
        let upload = group.uploads.get(index).map(Vec::as_slice);
        each(content.as_ref().map_err(problem).and_then(|content| one(group, url, upload, content, sources)));
    }
}

/// Returns an error that all requests of the group share; each of them reports it.
fn problem(text: &&'static str) -> Error {
    Error::Curl((*text).to_owned())
}

fn urls(group: &Group) -> Result<Vec<String>, Error> {
    if group.urls.is_empty() {
        return Err(Error::Curl("has no URL".to_owned()));
    }
    let expand = |url: &String| if group.globoff { Ok(vec![url.clone()]) } else { glob::expanded(url) };
    let urls: Vec<Vec<String>> = group.urls.iter().map(expand).collect::<Result<_, _>>()?;
    Ok(urls.into_iter().flatten().collect())
}

/// The bytes that follow the headers, and the type that curl gives them.
struct Content {
    bytes: Option<Vec<u8>>,
    content_type: Option<String>,
}

fn content(group: &Group) -> Result<Content, &'static str> {
    let has_data = group.data.is_some() && !group.is_get;
    let has_form = !group.form.is_empty();
    let kinds = [has_data, has_form, !group.uploads.is_empty(), group.is_head];
    if kinds.iter().filter(|is| **is).count() > 1 || (has_form && group.is_get) {
        return Err("-d, -F, -T and -I exclude each other");
    }
    if has_form {
        let media_type = form_type(group);
        let (bytes, boundary) = multipart::body(&group.form, &media_type);
        return Ok(Content { bytes: Some(bytes), content_type: Some(format!("{media_type}; boundary={boundary}")) });
    }
    let content_type = match group.is_json {
        _ if !has_data => None,
        true => Some("application/json".to_owned()),
        false => Some("application/x-www-form-urlencoded".to_owned()),
    };
    let bytes = if has_data { group.data.clone() } else { None };
    Ok(Content { bytes, content_type })
}

/// Returns the type of the form, which is the one of a `Content-Type` given, if any: curl adds the boundary to either.
fn form_type(group: &Group) -> String {
    let given = group.headers.iter().filter_map(|header| header.split_once(':'));
    let mut given = given.filter(|(name, _)| name.eq_ignore_ascii_case("content-type")).map(|(_, value)| value.trim());
    given.next().filter(|value| !value.is_empty()).unwrap_or(multipart::FORM_DATA).to_owned()
}

fn one(
    group: &Group,
    url: &str,
    upload: Option<&[u8]>,
    content: &Content,
    sources: &mut Sources,
) -> Result<Request<'static>, Error> {
    let url = url_of(group, url, upload)?;
    let bytes = match upload {
        // `-T .` is standard input as well, which curl then reads without blocking.
        Some(name) => Some(sources.read(if name == b"." { b"-" } else { name }, Field::Body)?),
        None => content.bytes.clone(),
    };
    let method = match &group.method {
        Some(method) => method.as_str(),
        None if group.is_head => "HEAD",
        None if upload.is_some() => "PUT",
        None if bytes.is_some() => "POST",
        None => "GET",
    };
    let headers = headers(group, &url, content, sources)?;
    let body = match bytes {
        Some(bytes) => Body::new(bytes, headers.get("content-type").unwrap_or_default().to_owned()),
        None => Body::none(),
    };
    Request::from_parts(Cow::Owned(method.to_owned()), Cow::Owned(url), headers, body)
}

/// Returns the start and the end of the path in a URL.
fn path_of(url: &str) -> (usize, usize) {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let find =
        |from: usize, ends: &[char]| url.get(from..).and_then(|rest| rest.find(ends)).map_or(url.len(), |at| from + at);
    let start = find(authority, &['/', '?', '#']);
    (start, find(start, &['?', '#']))
}

fn url_of(group: &Group, url: &str, upload: Option<&[u8]>) -> Result<String, Error> {
    let mut url = match url.contains("://") {
        true => url.to_owned(),
        false => format!("{}://{url}", group.protocol.as_deref().unwrap_or("http")),
    };
    let (start, end) = path_of(&url);
    let mut path = url.part(start..end).to_owned();
    if !group.path_as_is {
        path = without_dots(&path);
    }
    if let Some(name) = upload.filter(|name| *name != b"-" && *name != b".") {
        append_file_name(&mut path, name);
    }
    url.replace_range(start..end, &path);
    for piece in data_for_query(group)?.iter().chain(&group.url_query) {
        append_query(&mut url, piece);
    }
    match &group.target {
        None => Ok(url),
        Some(target) => with_target(url, target),
    }
}

/// Returns the data that `-G` appends to the query, if any.
fn data_for_query(group: &Group) -> Result<Option<String>, Error> {
    let data = group.data.as_ref().filter(|data| group.is_get && !data.is_empty());
    let text = data.map(|data| String::from_utf8(data.clone())).transpose();
    text.map_err(|_| Error::Curl("-G: the data is not UTF-8".to_owned()))
}

fn append_query(url: &mut String, piece: &str) {
    let end = url.find('#').unwrap_or(url.len());
    let before = url.part(..end);
    let (_, path_end) = path_of(before);
    let separator = match before.part(path_end..) {
        "" | "?" => "?",
        _ => "&",
    };
    let with_path = if path_of(before).0 == path_end { "/" } else { "" };
    let before = if separator == "?" { before.strip_suffix('?').unwrap_or(before) } else { before };
    let fragment = url.part(end..);
    *url = format!("{before}{}{separator}{piece}{fragment}", if separator == "?" { with_path } else { "" });
}

/// Returns the URL with the text of `--request-target`, which curl sends in place of path and query.
fn with_target(url: String, target: &str) -> Result<String, Error> {
    let (start, _) = path_of(&url);
    let end = url.find('#').unwrap_or(url.len());
    let written = url.part(start..end);
    if !target.starts_with('/') || target.contains('#') {
        return Err(Error::Curl("--request-target is not a path, which is all that a URL can say".to_owned()));
    }
    if written == target || (!written.starts_with('/') && target.strip_prefix('/') == Some(written)) {
        return Ok(url);
    }
    Ok(format!("{}{target}", url.part(..start)))
}

/// Removes dot segments, as curl does without `--path-as-is`.
fn without_dots(path: &str) -> String {
    if path.is_empty() {
        return String::new();
    }
    let mut kept = dots::resolved(path.split('/').skip(1));
    // A dot segment at the end leaves the slash before it.
    if path.ends_with("/.") || path.ends_with("/..") {
        kept.push("");
    }
    format!("/{}", kept.join("/"))
}

fn append_file_name(path: &mut String, name: &[u8]) {
    if path.is_empty() {
        path.push('/');
    }
    if path.ends_with('/') {
        let name = name.rsplit(|byte| *byte == b'/').next().unwrap_or(name);
        path.push_str(&encode::percent_encoded(name, &encode::UNRESERVED));
    }
}

/// Returns the headers in the order in which curl sends them: its own first, then those given, then the body's type.
fn headers(group: &Group, url: &str, content: &Content, sources: &mut Sources) -> Result<Headers<'static>, Error> {
    let given: Vec<Given<'_>> = group.headers.iter().enumerate().map(Given::parse).collect::<Result<_, _>>()?;
    let is_given = |name: &str| given.iter().any(|header| header.name.eq_ignore_ascii_case(name));
    let mut headers = Headers::new();
    let mut own = |name: &'static str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty() && !is_given(name)) {
            headers.push(name, value);
        }
    };
    own("Authorization", authorization(group)?);
    own("Range", group.range.as_deref().map(range));
    own("User-Agent", group.user_agent.clone());
    own("Referer", group.referer.as_ref().map(|referer| referer.trim_end_matches(";auto").to_owned()));
    own("Cookie", cookies(group, url, sources)?);
    let is_form = !group.form.is_empty();
    let is_form_type = |name: &str| is_form && name.eq_ignore_ascii_case("content-type");
    for header in given.iter().filter(|header| !header.name.is_empty() && !is_form_type(header.name)) {
        if let Some(value) = header.value {
            headers.push(header.name.to_owned(), value.to_owned());
        }
    }
    let mut own = |name: &'static str, value: &str| {
        if !is_given(name) || is_form_type(name) {
            headers.push(name, value.to_owned());
        }
    };
    if let Some(content_type) = &content.content_type {
        own("Content-Type", content_type);
    }
    if group.is_json {
        own("Accept", "application/json");
    }
    Ok(headers)
}

/// The header that one `-H` gives.
struct Given<'g> {
    name: &'g str,
    /// The value; `None` removes curl's own header of that name.
    value: Option<&'g str>,
}

impl<'g> Given<'g> {
    fn parse((index, text): (usize, &'g String)) -> Result<Self, Error> {
        match text.split_once(':') {
            Some((name, value)) if value.trim_matches([' ', '\t']).is_empty() => Ok(Self { name, value: None }),
            // One space after the colon separates name and value; further ones belong to the value.
            Some((name, value)) => Ok(Self { name, value: Some(value.strip_prefix(' ').unwrap_or(value)) }),
            None => match text.trim_end().strip_suffix(';') {
                Some(name) => Ok(Self { name, value: Some("") }),
                None => Err(Error::Curl(format!("-H {} has no colon", index + 1))),
            },
        }
    }
}

/// Returns the value of `Range`. A number alone is the start of a range.
fn range(range: &str) -> String {
    if range.contains('-') { format!("bytes={range}") } else { format!("bytes={range}-") }
}

fn authorization(group: &Group) -> Result<Option<String>, Error> {
    if let Some(token) = &group.bearer {
        return Ok(Some(format!("Bearer {token}")));
    }
    match &group.user {
        None => Ok(None),
        Some(user) if user.contains(':') => Ok(Some(format!("Basic {}", encode::BASE64.encode(user)))),
        Some(_) => Err(Error::Curl("-u has no password, and there is no prompt for one here".to_owned())),
    }
}

/// Returns the `Cookie` that `-b` gives: text with a `=`, or the name of a file, whose cookies come first.
fn cookies(group: &Group, url: &str, sources: &mut Sources) -> Result<Option<String>, Error> {
    let (mut kept, mut texts) = (Vec::new(), Vec::new());
    for cookie in &group.cookies {
        match cookie.strip_prefix('@') {
            None if cookie.contains('=') => texts.push(cookie.as_str()),
            None if cookie.is_empty() => {}
            file => {
                let content = sources.read(file.unwrap_or(cookie).as_bytes(), Field::Headers)?;
                kept.extend(jar::cookies(&content, url)?);
            }
        }
    }
    kept.extend((!texts.is_empty()).then(|| texts.join(";")));
    Ok((!kept.is_empty()).then(|| kept.join("; ")))
}
