//! The request line: HAR 1.2's `request` object, one a line, and the shapes that people write by hand.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::body::Body;
use crate::error::{Error, Field, Problem};
use crate::headers::Headers;
use crate::request::{Member, Request};

use super::write_text;

/// The members of a JSON object that may be a request, or something that holds requests.
#[derive(Default)]
pub(crate) struct Members<'a> {
    pub(crate) method: Option<&'a RawValue>,
    pub(crate) url: Option<&'a RawValue>,
    pub(crate) headers: Option<HeaderList<'a>>,
    /// `header`, vegeta's and Postman's name.
    pub(crate) header: Option<HeaderList<'a>>,
    pub(crate) post_data: Option<&'a RawValue>,
    pub(crate) body: Option<&'a RawValue>,
    auth: Option<&'a RawValue>,
    variables: Option<&'a RawValue>,
    /// HAR entry: `request`.
    pub(crate) request: Option<&'a RawValue>,
    /// HAR file: `log`.
    pub(crate) log: Option<&'a RawValue>,
    order: Vec<Member<'a>>,
    problem: Option<(Field, Problem)>,
}

impl<'a> Members<'a> {
    /// Reads one JSON object.
    ///
    /// # Errors
    /// [`Error::Json`] and [`Error::Unfinished`] for what is no JSON object.
    pub(crate) fn parse(text: &'a str) -> Result<Self, Error> {
        let members: Self = serde_json::from_str(text)?;
        match members.problem {
            Some((field, problem)) => Err(Error::request(field, problem)),
            None => Ok(members),
        }
    }

    /// The request that the object is, in HAR's shape or one written by hand.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub(crate) fn into_request(self) -> Result<Request<'a>, Error> {
        let body = match (self.post_data, self.body) {
            (Some(_), Some(_)) => return Err(Error::request(Field::Body, Problem::Twice)),
            (Some(raw), None) => Body::from_post_data(raw).map_err(|problem| Error::request(Field::Body, problem))?,
            (None, Some(raw)) => self.body_by_hand(raw)?,
            (None, None) => Body::none(),
        };
        self.request_with(body)
    }

    /// The request with a body that the caller read.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub(crate) fn request_with(self, body: Body<'a>) -> Result<Request<'a>, Error> {
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
        let mut request = Request::from_parts(method, url, headers, body)?;
        request.auth = self.auth;
        request.variables = self.variables;
        request.members = self.order;
        complete(&mut request.members);
        Ok(request)
    }

    /// `body` as a string (or `null`), the way people write it; the mime type shown is the Content-Type header's.
    fn body_by_hand(&self, raw: &'a RawValue) -> Result<Body<'a>, Error> {
        if raw.get() == "null" {
            return Ok(Body::none());
        }
        let text = text_of(raw).ok_or(Error::request(Field::Body, Problem::NotText))?;
        let bytes: Cow<'a, [u8]> = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
            Cow::Owned(text) => Cow::Owned(text.into_bytes()),
        };
        Ok(Body::new(bytes, self.content_type()))
    }

    /// The value of the Content-Type header, or nothing.
    pub(crate) fn content_type(&self) -> String {
        let headers = self.headers.as_ref().or(self.header.as_ref());
        headers.and_then(|list| list.headers.get("content-type")).unwrap_or_default().to_owned()
    }
}

/// Every line that is written has `method`, `url` and `headers`: those that were not there join in their usual place.
fn complete(members: &mut Vec<Member<'_>>) {
    if !members.iter().any(|member| matches!(member, Member::Method)) {
        members.insert(0, Member::Method);
    }
    if !members.iter().any(|member| matches!(member, Member::Headers)) {
        let url = members.iter().position(|member| matches!(member, Member::Url));
        members.insert(url.map_or(members.len(), |at| at + 1), Member::Headers);
    }
}

/// The text of a JSON string, borrowed where it has no escapes; `None` for anything else.
pub(crate) fn text_of(raw: &RawValue) -> Option<Cow<'_, str>> {
    let inner = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    if memchr::memchr(b'\\', inner.as_bytes()).is_none() {
        return Some(Cow::Borrowed(inner));
    }
    serde_json::from_str(raw.get()).ok().map(Cow::Owned)
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(std::marker::PhantomData))
    }
}

struct MembersVisitor<'a>(std::marker::PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for MembersVisitor<'a> {
    type Value = Members<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'a>, A::Error> {
        let mut members = Members { order: Vec::with_capacity(8), ..Members::default() };
        while let Some(Key(key)) = map.next_key::<Key<'a>>()? {
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
            // HAR's repetitions of what url, headers and postData say.
            "queryString" | "cookies" | "headersSize" | "bodySize" => {
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
            self.problem.get_or_insert((field, Problem::Twice));
        } else {
            self.order.push(member);
        }
    }
}

/// A member's name, borrowed where it has no escapes.
#[derive(serde::Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

/// Headers as HAR has them, as `[name, value]` pairs, or as a map of values or lists of values. Types that fit none
/// are remembered and not refused at once: the parser's own words would quote the value.
#[derive(Default)]
pub(crate) struct HeaderList<'a> {
    headers: Headers<'a>,
    problem: Option<(Field, Problem)>,
    /// How many were seen, HTTP/2 pseudo headers included.
    seen: usize,
}

impl<'a> HeaderList<'a> {
    fn into_headers(self) -> Result<Headers<'a>, Error> {
        match self.problem {
            Some((field, problem)) => Err(Error::request(field, problem)),
            None => Ok(self.headers),
        }
    }

    /// Takes one header; `None` stands for what is not text.
    fn take(&mut self, name: Option<Cow<'a, str>>, value: Option<Cow<'a, str>>) {
        self.seen += 1;
        let field = Field::Header(self.seen);
        match (name, value) {
            (Some(name), _) if name.starts_with(':') => {}
            (Some(name), Some(value)) => self.headers.push(name, value),
            _ => {
                self.problem.get_or_insert((field, Problem::NotText));
            }
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for HeaderList<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(HeaderListVisitor(std::marker::PhantomData))
    }
}

struct HeaderListVisitor<'a>(std::marker::PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for HeaderListVisitor<'a> {
    type Value = HeaderList<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("headers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut list = HeaderList { headers: Headers::with_capacity(8), ..HeaderList::default() };
        while let Some(entry) = seq.next_element::<Entry<'a>>()? {
            list.take(entry.name, entry.value);
        }
        Ok(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut list = HeaderList::default();
        while let Some((Key(name), values)) = map.next_entry::<Key<'a>, Lenient<'a>>()? {
            match values {
                Lenient::Text(value) => list.take(Some(name), Some(value)),
                Lenient::Texts(values) => {
                    for value in values {
                        list.take(Some(name.clone()), value.into_text());
                    }
                }
                Lenient::Null | Lenient::Other => list.take(Some(name), None),
            }
        }
        Ok(list)
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(HeaderList::default())
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(not_pairs())
    }
    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(not_pairs())
    }
    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(not_pairs())
    }
    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(not_pairs())
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(not_pairs())
    }
}

fn not_pairs<'a>() -> HeaderList<'a> {
    HeaderList { problem: Some((Field::Headers, Problem::NotPairs)), ..HeaderList::default() }
}

/// One header of a list: `{name, value}` (Postman: `{key, value}`) or `[name, value]`.
#[derive(Default)]
struct Entry<'a> {
    name: Option<Cow<'a, str>>,
    value: Option<Cow<'a, str>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Entry<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntryVisitor(std::marker::PhantomData))
    }
}

struct EntryVisitor<'a>(std::marker::PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for EntryVisitor<'a> {
    type Value = Entry<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a header")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entry = Entry::default();
        while let Some(Key(key)) = map.next_key::<Key<'a>>()? {
            match key.as_ref() {
                "name" => entry.name = map.next_value::<Lenient<'a>>()?.into_text(),
                "value" => entry.value = map.next_value::<Lenient<'a>>()?.into_text(),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(entry)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let name = seq.next_element::<Lenient<'a>>()?.and_then(Lenient::into_text);
        let value = seq.next_element::<Lenient<'a>>()?.and_then(Lenient::into_text);
        match seq.next_element::<IgnoredAny>()? {
            None => Ok(Entry { name, value }),
            Some(_) => {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Entry::default())
            }
        }
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Entry::default())
    }
    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Entry::default())
    }
    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Entry::default())
    }
    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Entry::default())
    }
    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Entry::default())
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Entry::default())
    }
}

/// Text, a list of texts, or a type that is not expected: never the parser's error, which would quote the value.
enum Lenient<'a> {
    Text(Cow<'a, str>),
    Texts(Vec<Lenient<'a>>),
    Null,
    Other,
}

impl<'a> Lenient<'a> {
    fn into_text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Texts(_) | Self::Null | Self::Other => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Lenient<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LenientVisitor(std::marker::PhantomData))
    }
}

struct LenientVisitor<'a>(std::marker::PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for LenientVisitor<'a> {
    type Value = Lenient<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }
    fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Lenient::Text(Cow::Borrowed(text)))
    }
    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Lenient::Text(Cow::Owned(text.to_owned())))
    }
    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Lenient::Null)
    }
    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Lenient::Other)
    }
    fn visit_i64<E: de::Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Lenient::Other)
    }
    fn visit_u64<E: de::Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Lenient::Other)
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Lenient::Other)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut texts = Vec::new();
        while let Some(text) = seq.next_element::<Lenient<'a>>()? {
            texts.push(text);
        }
        Ok(Lenient::Texts(texts))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Lenient::Other)
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

/// Appends `"name":value`, or nothing where the request has no such member.
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
        Member::Auth => write_raw("_auth", request.auth, out),
        Member::Variables => write_raw("_variables", request.variables, out),
        Member::Other(name, raw) => {
            write_text(name, out);
            out.push(b':');
            super::write_raw(raw.get(), out);
        }
    }
}

fn write_raw(name: &str, raw: Option<&RawValue>, out: &mut Vec<u8>) {
    if let Some(raw) = raw {
        write_text(name, out);
        out.push(b':');
        super::write_raw(raw.get(), out);
    }
}

/// Appends `"headers":[…]`.
pub(crate) fn write_headers(headers: &Headers<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\"headers\":[");
    for (index, header) in headers.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        out.extend_from_slice(b"{\"name\":");
        write_text(&header.name, out);
        out.extend_from_slice(b",\"value\":");
        write_text(&header.value, out);
        out.push(b'}');
    }
    out.push(b']');
}

/// Appends `"postData":{…}`, or nothing where there is no body.
pub(crate) fn write_body(body: &Body<'_>, out: &mut Vec<u8>) {
    let Some(bytes) = body.bytes() else { return };
    out.extend_from_slice(b"\"postData\":");
    if let Some(raw) = body.raw() {
        super::write_raw(raw.get(), out);
        return;
    }
    out.extend_from_slice(b"{\"mimeType\":");
    write_text(body.mime_type().unwrap_or_default(), out);
    out.extend_from_slice(b",\"text\":");
    super::write_bytes(bytes, out);
    out.push(b'}');
}
