//! The request line: HAR 1.2's `request` object, one per line, and the shapes that people write by hand.

mod headers;
mod post_data;
mod resolving;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::body::{Body, Fidelity};
use crate::error::{Error, Field, Problem};
use crate::headers::Headers;
use crate::json::{Text, text_of, write_bytes, write_list, write_raw, write_text};
use crate::request::{Member, Note, Request};
use crate::variables::{Resolver, Variables};

use super::reading::{Lengths, Reading};
use headers::HeaderList;
use post_data::Beside;

/// The members of a JSON object that may be a request, or that may hold requests.
#[derive(Default)]
pub(crate) struct Members<'a> {
    pub(crate) method: Option<&'a RawValue>,
    pub(crate) url: Option<&'a RawValue>,
    pub(crate) headers: Option<HeaderList<'a>>,
    /// `header`, which is vegeta's and Postman's name for it.
    pub(crate) header: Option<HeaderList<'a>>,
    pub(crate) post_data: Option<&'a RawValue>,
    pub(crate) body: Option<&'a RawValue>,
    auth: Option<&'a RawValue>,
    variables: Option<&'a RawValue>,
    /// `queryString`, which repeats the query of the URL.
    query_string: Option<&'a RawValue>,
    /// `bodySize`, the length of the body that was sent.
    body_size: Option<&'a RawValue>,
    lengths: Lengths,
    /// `request` of a HAR entry.
    pub(crate) request: Option<&'a RawValue>,
    /// `log` of a HAR file.
    pub(crate) log: Option<&'a RawValue>,
    order: Vec<Member<'a>>,
    problem: Option<(Field, Problem)>,
}

impl<'a> Members<'a> {
    /// Reads a text that is one JSON object.
    ///
    /// # Errors
    /// Returns [`Error::Json`] or [`Error::Unfinished`] if the text is not one JSON object, and [`Error::Request`] if a
    /// member is given twice.
    pub(crate) fn parse(text: &'a str) -> Result<Self, Error> {
        serde_json::from_str::<Self>(text)?.checked()
    }

    /// Returns the members if each is there once at most.
    ///
    /// # Errors
    /// Returns [`Error::Request`] with [`Problem::Twice`] if a member is given twice.
    pub(super) fn checked(self) -> Result<Self, Error> {
        match self.problem {
            Some((field, problem)) => Err(Error::request(field, problem)),
            None => Ok(self),
        }
    }

    /// Returns the request that the object is, in HAR's shape or one written by hand.
    ///
    /// # Errors
    /// Returns [`Error::Request`] for the first field that is wrong, if there is one.
    pub(crate) fn into_request(mut self, reading: Reading<'_>) -> Result<Request<'a>, Error> {
        self.lengths = reading.lengths;
        let variables = self.scopes(reading.variables)?;
        let resolver = variables.resolver();
        let body = match (self.post_data, self.body) {
            (Some(_), Some(_)) => return Err(Error::request(Field::Body, Problem::Twice)),
            (Some(raw), None) => {
                let beside = Beside {
                    content_type: &|| self.header("content-type").unwrap_or_default(),
                    length: &|| self.recorded_length(),
                    files: reading.files,
                    resolver: &resolver,
                };
                post_data::read(raw, &beside)?
            }
            (None, Some(raw)) => self.body_by_hand(raw, &resolver)?,
            (None, None) => Body::none(),
        };
        self.request_with(body, &resolver)
    }

    /// Returns the length of the body that was sent, if the recording tells it: `bodySize`, else the Content-Length.
    fn recorded_length(&self) -> Option<u64> {
        if self.lengths == Lengths::Ignored {
            return None;
        }
        // HAR writes -1 if the size is not known.
        let size = self.body_size.and_then(|raw| raw.get().parse().ok());
        size.or_else(|| self.header("content-length")?.trim().parse().ok())
    }

    /// Returns true if a part of the body is a variable, so that its length is not the one that was recorded.
    fn is_template(&self, resolver: &Resolver<'_>) -> bool {
        let raws = [self.post_data, self.body];
        !resolver.variables().is_idle() && raws.into_iter().flatten().any(|raw| resolver.changes(raw.get()))
    }

    /// Returns the variables for this line: those that are given, and its own.
    ///
    /// # Errors
    /// Returns [`Error::Request`] if `_variables` is not an object.
    pub(crate) fn scopes<'v>(&self, given: &'v Variables) -> Result<Cow<'v, Variables>, Error> {
        match self.variables.filter(|raw| raw.get() != "null") {
            None => Ok(Cow::Borrowed(given)),
            Some(raw) => {
                let own = given.of_line(raw).map_err(|problem| Error::request(Field::Variables, problem))?;
                Ok(Cow::Owned(own))
            }
        }
    }

    /// Returns the request with a body that the caller has read.
    ///
    /// # Errors
    /// Returns [`Error::Request`] for the first field that is wrong, if there is one.
    pub(crate) fn request_with(self, body: Body<'a>, resolver: &Resolver<'_>) -> Result<Request<'a>, Error> {
        let length = self.recorded_length().filter(|_| !self.is_template(resolver));
        let method = match self.method {
            Some(raw) => text_of(raw).ok_or(Error::request(Field::Method, Problem::NotText))?,
            None => Cow::Borrowed("GET"),
        };
        let url = self.url.ok_or(Error::request(Field::Url, Problem::Missing))?;
        let url = text_of(url).ok_or(Error::request(Field::Url, Problem::NotText))?;
        let headers = match self.headers.or(self.header) {
            Some(list) => list.into_headers()?,
            None => Headers::new(),
        };
        let method = resolver.part(Field::Method, method)?;
        let url = resolver.part(Field::Url, url)?;
        let headers = resolving::headers(headers, resolver)?;
        let mut request = Request::from_parts(method, url, headers, body)?;
        request.auth = self.auth.map(|raw| resolving::auth(raw, resolver));
        request.variables = self.variables;
        request.scopes = self.variables.map(|_| Box::new(resolver.variables().clone()));
        request.members = self.order;
        complete(&mut request.members);
        let has_query = |raw: &RawValue| raw.get().contains('{');
        if request.url.query().is_none() && self.query_string.is_some_and(has_query) {
            request.notes.push(Note::warning("queryString: is not in url, and url alone is sent".to_owned()));
        }
        if let Some(length) = length {
            compare(&mut request, length);
        }
        Ok(request)
    }

    /// Reads `body` as a string (or `null`), the way people write it. The type that HAR shows is the Content-Type header's.
    fn body_by_hand(&self, raw: &'a RawValue, resolver: &Resolver<'_>) -> Result<Body<'a>, Error> {
        if raw.get() == "null" {
            return Ok(Body::none());
        }
        let text = text_of(raw).ok_or(Error::request(Field::Body, Problem::NotText))?;
        let text = resolver.part(Field::Body, text)?;
        let bytes: Cow<'a, [u8]> = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        Ok(Body::new(bytes, self.content_type()))
    }

    /// Returns the value of the Content-Type header, or nothing.
    pub(crate) fn content_type(&self) -> String {
        self.header("content-type").unwrap_or_default().to_owned()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.as_ref().or(self.header.as_ref())?.get(name)
    }
}

/// Compares the body with the one that was recorded. If they differ, that is said, and `_body` keeps it from going out as if
/// it were right. A line that has `_body` already says what it knows.
fn compare(request: &mut Request<'_>, length: u64) {
    let read = request.body.sent();
    let fidelity = Fidelity::of(read, length);
    if fidelity == Fidelity::Exact || request.fidelity() != Fidelity::Exact {
        return;
    }
    let text = format!("postData: has {} bytes, and {length} were sent", read.len());
    request.notes.push(Note::warning(text));
    request.mark_body(fidelity);
}

/// Adds the members that every line has, `method`, `url` and `headers`, in their usual place if they are missing.
fn complete(members: &mut Vec<Member<'_>>) {
    if !members.iter().any(|member| matches!(member, Member::Method)) {
        members.insert(0, Member::Method);
    }
    if !members.iter().any(|member| matches!(member, Member::Headers)) {
        let url = members.iter().position(|member| matches!(member, Member::Url));
        members.insert(url.map_or(members.len(), |at| at + 1), Member::Headers);
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(PhantomData))
    }
}

struct MembersVisitor<'a>(PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for MembersVisitor<'a> {
    type Value = Members<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'a>, A::Error> {
        let mut members = Members { order: Vec::with_capacity(8), ..Members::default() };
        while let Some(Text(key)) = map.next_key::<Text<'a>>()? {
            members.take(key, &mut map)?;
        }
        Ok(members)
    }
}

impl<'a> Members<'a> {
    fn take<'de: 'a, A: MapAccess<'de>>(&mut self, key: Cow<'a, str>, map: &mut A) -> Result<(), A::Error> {
        match key.as_ref() {
            "method" => self.keep(Field::Method, Member::Method, |m| &mut m.method, map.next_value()?),
            "url" => self.keep(Field::Url, Member::Url, |m| &mut m.url, map.next_value()?),
            "headers" => self.keep(Field::Headers, Member::Headers, |m| &mut m.headers, map.next_value()?),
            "header" => self.keep(Field::Headers, Member::Headers, |m| &mut m.header, map.next_value()?),
            "postData" => self.keep(Field::Body, Member::Body, |m| &mut m.post_data, map.next_value()?),
            "body" => self.keep(Field::Body, Member::Body, |m| &mut m.body, map.next_value()?),
            "_auth" => self.keep(Field::Auth, Member::Auth, |m| &mut m.auth, map.next_value()?),
            "_variables" => self.keep(Field::Variables, Member::Variables, |m| &mut m.variables, map.next_value()?),
            // These repeat what url, headers and postData say; HAR output makes them anew.
            "bodySize" => self.body_size = Some(map.next_value()?),
            "queryString" => self.query_string = Some(map.next_value()?),
            "cookies" | "headersSize" => {
                map.next_value::<IgnoredAny>()?;
            }
            _ => self.take_other(key, map.next_value()?),
        }
        Ok(())
    }

    fn take_other(&mut self, key: Cow<'a, str>, value: &'a RawValue) {
        match key.as_ref() {
            "request" => self.request = Some(value),
            "log" => self.log = Some(value),
            _ => {}
        }
        self.order.push(Member::Other(key, Cow::Borrowed(value)));
    }

    fn keep<T>(&mut self, field: Field, member: Member<'a>, place: fn(&mut Self) -> &mut Option<T>, value: T) {
        if place(self).replace(value).is_some() {
            // The problem is kept for later: only the caller knows if the object is a request at all.
            self.problem.get_or_insert((field, Problem::Twice));
        } else {
            self.order.push(member);
        }
    }
}

/// Appends the request as one line of JSON, without the line break.
pub(crate) fn write(request: &Request<'_>, out: &mut Vec<u8>) {
    out.push(b'{');
    let start = out.len();
    for member in &request.members {
        let before = out.len();
        if before > start {
            out.push(b',');
        }
        let with_comma = out.len();
        write_member(request, member, out);
        // A member that the request has lost writes nothing, and then its comma has to go too.
        if out.len() == with_comma {
            out.truncate(before);
        }
    }
    if !request.body.is_none() && !request.members.iter().any(|member| matches!(member, Member::Body)) {
        out.push(b',');
        write_member(request, &Member::Body, out);
    }
    out.push(b'}');
}

/// Appends `"name":value`, or nothing if the request has no such member.
fn write_member(request: &Request<'_>, member: &Member<'_>, out: &mut Vec<u8>) {
    match member {
        Member::Method => {
            out.extend_from_slice(b"\"method\":");
            write_text(&request.method, out);
        }
        Member::Url => {
            out.extend_from_slice(b"\"url\":");
            write_text(request.url.as_str(), out);
        }
        Member::Headers => write_headers(&request.headers, out),
        Member::Body => write_body(&request.body, out),
        Member::Auth => write_other("_auth", request.auth.as_ref().map(|auth| &*auth.raw), out),
        Member::Variables => write_other("_variables", request.variables, out),
        Member::Other(name, raw) => write_other(name, Some(raw), out),
    }
}

fn write_other(name: &str, raw: Option<&RawValue>, out: &mut Vec<u8>) {
    if let Some(raw) = raw {
        write_text(name, out);
        out.push(b':');
        write_raw(raw.get(), out);
    }
}

/// Appends `"headers":[…]`.
pub(crate) fn write_headers(headers: &Headers<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\"headers\":");
    write_list(headers, out, |header, out| {
        out.extend_from_slice(b"{\"name\":");
        write_text(&header.name, out);
        out.extend_from_slice(b",\"value\":");
        write_text(&header.value, out);
        out.push(b'}');
    });
}

/// Appends `"postData":{…}`, or nothing if there is no body.
pub(crate) fn write_body(body: &Body<'_>, out: &mut Vec<u8>) {
    let Some(bytes) = body.bytes() else { return };
    out.extend_from_slice(b"\"postData\":");
    if let Some(raw) = body.raw() {
        write_raw(raw.get(), out);
        return;
    }
    out.extend_from_slice(b"{\"mimeType\":");
    write_text(body.mime_type().unwrap_or_default(), out);
    out.extend_from_slice(b",\"text\":");
    write_bytes(bytes, out);
    out.push(b'}');
}
