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
use crate::request::{Member, Request};
use crate::slice::Slice as _;

use super::data::Sources;
use super::glob::Pattern;
use super::group::Group;
use super::handshake;
use super::jar;

/// Hands over every request of a group, each before the next is made. An error that they would all have is told once.
pub(super) fn compose(group: &Group, sources: &mut Sources, each: &mut Each<'_, '_>) {
    let (patterns, common) = match patterns(group).and_then(|patterns| Ok((patterns, Common::new(group, sources)?))) {
        Ok(read) => read,
        Err(error) => return each(Err(error)),
    };
    for (index, url) in patterns.iter().flat_map(Pattern::urls).enumerate() {
        let upload = group.uploads.get(index).map(Vec::as_slice);
        each(one(group, &url, upload, &common, sources));
    }
}

fn patterns(group: &Group) -> Result<Vec<Pattern>, Error> {
    if group.urls.is_empty() {
        return Err(Error::Curl("has no URL".to_owned()));
    }
    let pattern = |url: &String| if group.globoff { Ok(Pattern::literal(url)) } else { Pattern::parse(url) };
    group.urls.iter().map(pattern).collect()
}

/// The parts that all requests of a group share. They are read once, so that the work for each request is in proportion to
/// what it sends.
struct Common<'g> {
    content: Content,
    /// The pieces that are appended to each query.
    query: Vec<Cow<'g, str>>,
    /// curl's own headers before the given ones.
    before: Vec<(&'static str, Cow<'g, str>)>,
    /// The cookies, unless a `Cookie` header is given.
    cookies: Option<Cookies<'g>>,
    given: Vec<(&'g str, &'g str)>,
    /// curl's own headers after the given ones.
    after: Vec<(&'static str, Cow<'g, str>)>,
}

impl<'g> Common<'g> {
    fn new(group: &'g Group, sources: &mut Sources) -> Result<Self, Error> {
        let content = content(group)?;
        let mut given: Vec<Given<'_>> = group.headers.iter().map(|text| Given::parse(text)).collect();
        if given.iter().any(|header| header.name.eq_ignore_ascii_case("host") && header.value.is_none()) {
            return Err(Error::Curl("-H Host: removes the Host header, which a request must have".to_owned()));
        }
        // Of several, curl sends the first.
        let mut has_host = false;
        given.retain(|header| !header.name.eq_ignore_ascii_case("host") || !std::mem::replace(&mut has_host, true));
        let is_given = |name: &str| given.iter().any(|header| header.name.eq_ignore_ascii_case(name));
        let mut before = Vec::new();
        let mut own = |name: &'static str, value: Option<Cow<'g, str>>| {
            before.extend(value.filter(|value| !value.is_empty() && !is_given(name)).map(|value| (name, value)));
        };
        own("Authorization", authorization(group)?.map(Cow::Owned));
        own("Range", group.range.as_deref().map(|text| Cow::Owned(range(text))));
        own("User-Agent", group.user_agent.as_deref().map(Cow::Borrowed));
        own("Referer", group.referer.as_ref().map(|referer| Cow::Borrowed(referer.trim_end_matches(";auto"))));
        let cookies = Cookies::read(group, sources)?;
        let cookies = Some(cookies).filter(|_| !is_given("Cookie"));
        let is_form = !group.form.is_empty();
        let is_form_type = |name: &str| is_form && name.eq_ignore_ascii_case("content-type");
        let mut after = Vec::new();
        let mut own = |name: &'static str, value: String| {
            if !is_given(name) || is_form_type(name) {
                after.push((name, Cow::Owned(value)));
            }
        };
        if let Some(content_type) = &content.content_type {
            own("Content-Type", content_type.clone());
        }
        if group.is_json {
            own("Accept", "application/json".to_owned());
        }
        let kept = given.iter().filter(|header| !header.name.is_empty() && !is_form_type(header.name));
        let given = kept.filter_map(|header| Some((header.name, header.value?))).collect();
        // With data for the query, curl takes nothing of --url-query.
        let query = match data_for_query(group)? {
            Some(data) => vec![with_small_escapes(data)],
            None => group.url_query.iter().map(|piece| with_small_escapes(piece)).collect(),
        };
        Ok(Self { content, query, before, cookies, given, after })
    }

    /// Returns the headers in the order in which curl sends them: its own first, then those given, then the body's type.
    fn headers(&self, url: &str) -> Result<Headers<'static>, Error> {
        let cookies = self.cookies.as_ref().map(|cookies| cookies.value(url)).transpose()?.flatten();
        let own = |(name, value): &(&'static str, Cow<'_, str>)| (Cow::Borrowed(*name), value.clone().into_owned());
        let before = self.before.iter().map(own).chain(cookies.map(|value| (Cow::Borrowed("Cookie"), value)));
        let given = self.given.iter().map(|(name, value)| (Cow::Owned((*name).to_owned()), (*value).to_owned()));
        let mut headers = Headers::with_capacity(self.before.len() + self.given.len() + self.after.len() + 1);
        for (name, value) in before.chain(given).chain(self.after.iter().map(own)) {
            headers.push(name, value);
        }
        Ok(headers)
    }
}

/// Returns a piece of a query as curl appends it: with small letters in its escapes.
fn with_small_escapes(piece: &str) -> Cow<'_, str> {
    let is_escape = |at: usize| {
        let digits = piece.as_bytes().get(at + 1..at + 3);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let mut bytes = piece.as_bytes().to_vec();
    for at in memchr::memchr_iter(b'%', piece.as_bytes()).filter(|at| is_escape(*at)) {
        if let Some(digits) = bytes.get_mut(at + 1..at + 3) {
            digits.make_ascii_lowercase();
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(piece), Cow::Owned)
}

/// The bytes that follow the headers, and the type that curl gives them.
struct Content {
    bytes: Option<Vec<u8>>,
    content_type: Option<String>,
}

fn content(group: &Group) -> Result<Content, Error> {
    let has_data = group.data.is_some() && !group.is_get;
    let has_form = !group.form.is_empty();
    let kinds = [has_data, has_form, !group.uploads.is_empty(), group.is_head];
    if kinds.iter().filter(|is| **is).count() > 1 || (has_form && group.is_get) {
        return Err(Error::Curl("-d, -F, -T and -I exclude each other".to_owned()));
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
    common: &Common<'_>,
    sources: &mut Sources,
) -> Result<Request<'static>, Error> {
    let url = url_of(group, url, upload, &common.query)?;
    let bytes = match upload {
        // `-T .` is standard input as well, which curl then reads without blocking.
        Some(name) => Some(sources.read(if name == b"." { b"-" } else { name }, Field::Body)?),
        None => common.content.bytes.clone(),
    };
    let method = match &group.method {
        Some(method) => method.as_str(),
        None if group.is_head => "HEAD",
        None if upload.is_some() => "PUT",
        None if bytes.is_some() => "POST",
        None => "GET",
    };
    let (url, asks) = handshake::asks(group, url)?;
    let headers = common.headers(&url)?;
    let body = match bytes {
        Some(bytes) => Body::new(bytes, headers.get("content-type").unwrap_or_default().to_owned()),
        None => Body::none(),
    };
    let mut request = Request::from_parts(Cow::Owned(method.to_owned()), Cow::Owned(url), headers, body)?;
    if let Some(asks) = asks {
        request.auth = Some(asks);
        request.members.push(Member::Auth);
    }
    Ok(request)
}

/// Returns the start and the end of the path in a URL.
fn path_of(url: &str) -> (usize, usize) {
    let authority = url.find("://").map_or(0, |at| at + 3);
    let find =
        |from: usize, ends: &[char]| url.get(from..).and_then(|rest| rest.find(ends)).map_or(url.len(), |at| from + at);
    let start = find(authority, &['/', '?', '#']);
    (start, find(start, &['?', '#']))
}

fn url_of(group: &Group, url: &str, upload: Option<&[u8]>, query: &[Cow<'_, str>]) -> Result<String, Error> {
    let mut url = with_scheme(group, url);
    let (start, end) = path_of(&url);
    let mut path = url.part(start..end).to_owned();
    if !group.path_as_is {
        path = without_dots(&path);
    }
    if let Some(name) = upload.filter(|name| *name != b"-" && *name != b".") {
        append_file_name(&mut path, name);
    }
    // The text of --request-target goes out as it is.
    if !path.is_ascii() && group.target.is_none() {
        path = encode::percent_encoded_small(path.as_bytes());
    }
    url.replace_range(start..end, &path);
    append_query(&mut url, query);
    match &group.target {
        None => Ok(url),
        Some(target) => with_target(url, target),
    }
}

/// Returns a URL with its scheme, which may be missing, and with two slashes behind it, of which one may be missing. Only
/// what stands before path and query counts: a query may hold another URL.
fn with_scheme(group: &Group, url: &str) -> String {
    let start = url.part(..url.find(['/', '?', '#']).unwrap_or(url.len()));
    let is_scheme = |scheme: &str| {
        let is_name = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && is_name
    };
    let scheme = start.strip_suffix(':').filter(|scheme| is_scheme(scheme));
    match (scheme, scheme.and_then(|scheme| url.get(scheme.len() + 1..))) {
        (Some(scheme), Some(rest)) if rest.starts_with('/') => {
            // Three slashes are as good as two for curl.
            let slashes = rest.bytes().take_while(|byte| *byte == b'/').count();
            format!("{scheme}://{}", rest.part(slashes.min(3)..))
        }
        _ => format!("{}://{url}", group.protocol.as_deref().unwrap_or("http")),
    }
}

/// Returns the data that `-G` appends to the query, if any.
fn data_for_query(group: &Group) -> Result<Option<&str>, Error> {
    let data = group.data.as_ref().filter(|data| group.is_get && !data.is_empty());
    let text = data.map(|data| std::str::from_utf8(data)).transpose();
    text.map_err(|_| Error::Curl("-G: the data is not UTF-8".to_owned()))
}

/// Appends pieces to the query, all in one go: a command may have thousands. A piece goes before the first `#` that the URL
/// has by then, as with curl, so that the `#` of a piece begins the fragment for those behind it.
fn append_query(url: &mut String, pieces: &[Cow<'_, str>]) {
    if pieces.is_empty() {
        return;
    }
    let mut fragments = vec![url.split_off(url.find('#').unwrap_or(url.len()))];
    let (path, path_end) = path_of(url);
    let mut is_empty = matches!(url.part(path_end..), "" | "?");
    if is_empty {
        url.truncate(path_end);
        url.push_str(if path == path_end { "/?" } else { "?" });
    }
    for piece in pieces {
        let (piece, fragment) = piece.split_at(piece.find('#').unwrap_or(piece.len()));
        if !is_empty {
            url.push('&');
        }
        url.push_str(piece);
        is_empty &= piece.is_empty();
        fragments.push(fragment.to_owned());
    }
    url.extend(fragments.into_iter().rev());
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

/// The header that one `-H` gives.
struct Given<'g> {
    name: &'g str,
    /// The value; `None` removes curl's own header of that name.
    value: Option<&'g str>,
}

impl<'g> Given<'g> {
    fn parse(text: &'g str) -> Self {
        match text.split_once(':') {
            Some((name, value)) if value.trim_matches([' ', '\t']).is_empty() => Self { name, value: None },
            // One space after the colon separates name and value; further ones belong to the value.
            Some((name, value)) => Self { name, value: Some(value.strip_prefix(' ').unwrap_or(value)) },
            None => match text.strip_suffix(';') {
                Some(name) => Self { name, value: Some("") },
                // curl passes over what has no colon.
                None => Self { name: "", value: None },
            },
        }
    }
}

/// Returns the value of `Range`. A number alone is the start of a range.
fn range(range: &str) -> String {
    if range.contains('-') { format!("bytes={range}") } else { format!("bytes={range}-") }
}

fn authorization(group: &Group) -> Result<Option<String>, Error> {
    if handshake::is_asked(group) {
        return Ok(None);
    }
    if let Some(token) = &group.bearer {
        return Ok(Some(format!("Bearer {token}")));
    }
    match &group.user {
        None => Ok(None),
        Some(user) if user.contains(':') => Ok(Some(format!("Basic {}", encode::BASE64.encode(user)))),
        Some(_) => Err(Error::Curl("-u has no password, and there is no prompt for one here".to_owned())),
    }
}

/// The cookies that `-b` gives: text with a `=`, or the name of a file.
struct Cookies<'g> {
    files: Vec<jar::File>,
    texts: Vec<&'g str>,
}

impl<'g> Cookies<'g> {
    fn read(group: &'g Group, sources: &mut Sources) -> Result<Self, Error> {
        let mut cookies = Self { files: Vec::new(), texts: Vec::new() };
        for cookie in &group.cookies {
            match cookie.strip_prefix('@') {
                None if cookie.contains('=') => cookies.texts.push(cookie),
                None if cookie.is_empty() => {}
                file => {
                    match sources.read(file.unwrap_or(cookie).as_bytes(), Field::Headers) {
                        Ok(content) => cookies.files.push(jar::File::read(&content)?),
                        // The first run of a script has no jar yet, and curl goes on without one.
                        Err(Error::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {}
                        Err(error) => return Err(error),
                    }
                }
            }
        }
        Ok(cookies)
    }

    /// Returns the `Cookie` for a URL; cookies of files come first.
    fn value(&self, url: &str) -> Result<Option<String>, Error> {
        let mut kept = Vec::new();
        for file in &self.files {
            kept.extend(file.matching(url)?);
        }
        let texts = self.texts.join(";");
        kept.extend((!self.texts.is_empty()).then_some(texts.as_str()));
        Ok((!kept.is_empty()).then(|| kept.join("; ")))
    }
}
