//! HAR's `postData`, read: the text of a body, or the parameters of a form.

use std::borrow::Cow;

use base64::Engine as _;
use serde_json::value::RawValue;

use crate::body::Body;
use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::formats::reading::{self, Files};
use crate::json::Text;
use crate::multipart::{self, Part};
use crate::variables::Resolver;

/// The facts beside `postData` that its reading depends on.
pub(super) struct Beside<'r> {
    /// Returns the value of the Content-Type header, or nothing. Few bodies need it.
    pub(super) content_type: &'r dyn Fn() -> &'r str,
    /// Returns the length of the body that was sent, if the recording tells it.
    pub(super) length: &'r dyn Fn() -> Option<u64>,
    pub(super) files: Files,
    pub(super) resolver: &'r Resolver<'r>,
}

fn wrong(problem: Problem) -> Error {
    Error::request(Field::Body, problem)
}

/// Reads `postData`; `null` is an absent body.
///
/// # Errors
/// Returns [`Problem::NotObject`] or [`Problem::NotText`] if the member or a part of it has another type,
/// [`Problem::NotBase64`] or [`Problem::UnknownEncoding`] if its text cannot be decoded, [`Error::Variable`] if a name in it
/// cannot be replaced, and an error that names the parameter if one stands for a file that may not be read.
pub(super) fn read<'a>(raw: &'a RawValue, beside: &Beside<'_>) -> Result<Body<'a>, Error> {
    let text = raw.get();
    if text == "null" {
        return Ok(Body::none());
    }
    if !text.starts_with('{') {
        return Err(wrong(Problem::NotObject));
    }
    let data: PostData<'a> = serde_json::from_str(text).map_err(|_| wrong(Problem::NotText))?;
    let mime_type = data.mime_type.map(|text| text.0);
    let params = data.params.unwrap_or_default();
    // HAR may give the same body as `text` and as `params`. The text has its exact bytes, so it goes first.
    let text = data.text.map(|text| text.0).filter(|text| !text.is_empty() || params.is_empty());
    let Some(text) = text else { return from_params(params, mime_type, beside) };
    match data.encoding.as_ref().map(|text| text.0.as_ref()) {
        None | Some("") => {
            if let Some(bytes) = bytes_of_characters(&text, beside) {
                return Ok(Body::read(Cow::Owned(bytes), mime_type, None));
            }
            let raw = (!beside.resolver.changes(&text)).then_some(raw);
            let text = beside.resolver.part(Field::Body, text)?;
            Ok(Body::read(bytes_of(text), mime_type, raw))
        }
        Some(name) if name.eq_ignore_ascii_case("base64") => {
            let bytes = encode::BASE64_READ.decode(text.as_bytes()).map_err(|_| wrong(Problem::NotBase64))?;
            Ok(Body::read(Cow::Owned(bytes), mime_type, Some(raw)))
        }
        Some(_) => Err(wrong(Problem::UnknownEncoding)),
    }
}

/// Returns the bytes of a text that has a character for each of them. Some recorders write bodies so that are not UTF-8; the
/// length that was recorded tells.
fn bytes_of_characters(text: &str, beside: &Beside<'_>) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return None;
    }
    let length = usize::try_from((beside.length)()?).ok()?;
    if length >= text.len() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.filter(|bytes| bytes.len() == length)
}

/// Returns HAR's `params` as the body that their type says; an empty list is an absent body.
fn from_params<'a>(
    params: Vec<Param<'a>>,
    mime_type: Option<Cow<'a, str>>,
    beside: &Beside<'_>,
) -> Result<Body<'a>, Error> {
    if params.is_empty() {
        return Ok(Body::none());
    }
    let header = (beside.content_type)();
    let content_type = if header.is_empty() { mime_type.as_deref().unwrap_or_default() } else { header };
    if multipart::is_of_type(content_type, multipart::FORM_DATA) {
        let boundary = multipart::boundary(header).ok_or_else(|| wrong(Problem::NoBoundary))?;
        let parts: Vec<Part> = params.into_iter().map(|param| param.part(beside)).collect::<Result<_, _>>()?;
        let bytes = multipart::with_boundary(&parts, multipart::FORM_DATA, &boundary);
        return Ok(Body::read(Cow::Owned(bytes), mime_type, None));
    }
    let mut text = String::new();
    for param in params {
        if !text.is_empty() {
            text.push('&');
        }
        encode::form(&mut text, &beside.resolver.part(Field::Body, param.name.0.clone())?);
        text.push('=');
        encode::form_bytes(&mut text, &param.content(beside)?);
    }
    let mime_type = mime_type.unwrap_or(Cow::Borrowed("application/x-www-form-urlencoded"));
    Ok(Body::read(Cow::Owned(text.into_bytes()), Some(mime_type), None))
}

fn bytes_of(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

#[derive(serde::Deserialize)]
struct PostData<'a> {
    #[serde(borrow, default, rename = "mimeType")]
    mime_type: Option<Text<'a>>,
    #[serde(borrow, default)]
    text: Option<Text<'a>>,
    #[serde(borrow, default)]
    encoding: Option<Text<'a>>,
    #[serde(borrow, default)]
    params: Option<Vec<Param<'a>>>,
}

#[derive(serde::Deserialize)]
struct Param<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow, default)]
    value: Option<Text<'a>>,
    #[serde(borrow, default, rename = "fileName")]
    file_name: Option<Text<'a>>,
    #[serde(borrow, default, rename = "contentType")]
    content_type: Option<Text<'a>>,
}

impl<'a> Param<'a> {
    /// Returns the value, or else the content of the file that is named in its place.
    fn content(&self, beside: &Beside<'_>) -> Result<Vec<u8>, Error> {
        match (&self.value, &self.file_name) {
            (Some(value), _) => Ok(beside.resolver.part(Field::Body, value.0.clone())?.into_owned().into_bytes()),
            (None, None) => Ok(Vec::new()),
            (None, Some(file)) => reading::file(&file.0, beside.files, Field::Body).map_err(|error| match error {
                Error::Request { problem: Problem::FilesNotAllowed, .. } => Error::Failed(format!(
                    "postData: parameter \"{}\" is a file, which --allow-files lets be read",
                    self.name.0.escape_debug()
                )),
                error => error,
            }),
        }
    }

    fn part(self, beside: &Beside<'_>) -> Result<Part, Error> {
        let filename =
            self.file_name.as_ref().map(|file| file.0.rsplit(['/', '\\']).next().unwrap_or_default().to_owned());
        let content_type = self.content_type.as_ref().map(|text| text.0.clone().into_owned());
        if content_type.as_ref().is_some_and(|text| text.contains(['\r', '\n'])) {
            return Err(wrong(Problem::LineBreak));
        }
        let content = self.content(beside)?;
        let name = beside.resolver.part(Field::Body, self.name.0)?.into_owned();
        Ok(Part { name, filename, content_type: content_type.filter(|text| !text.is_empty()), content })
    }
}
