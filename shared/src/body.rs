//! The body of a request: the bytes that are sent, and how HAR 1.2 spells them (`postData`).

use std::borrow::Cow;

use base64::Engine as _;
use serde_json::value::RawValue;

use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::json::Text;
use crate::variables::Resolver;

/// A request's body. An absent body and an empty one differ: the second sends `Content-Length: 0`.
#[derive(Clone, Debug, Default)]
pub struct Body<'a> {
    bytes: Option<Cow<'a, [u8]>>,
    mime_type: Option<Cow<'a, str>>,
    /// `postData` as it came, which is written again as it is unless the body changes.
    raw: Option<&'a RawValue>,
}

impl<'a> Body<'a> {
    /// Returns an absent body.
    #[must_use]
    pub const fn none() -> Self {
        Self { bytes: None, mime_type: None, raw: None }
    }

    /// Returns a body of these bytes. `mime_type` is only shown in HAR; the headers alone decide what is sent.
    #[must_use]
    pub fn new(bytes: impl Into<Cow<'a, [u8]>>, mime_type: impl Into<Cow<'a, str>>) -> Self {
        Self { bytes: Some(bytes.into()), mime_type: Some(mime_type.into()), raw: None }
    }

    /// Reads HAR's `postData`; `null` is an absent body.
    ///
    /// # Errors
    /// Returns [`Problem::NotObject`] or [`Problem::NotText`] if the member or a part of it has another type,
    /// [`Problem::NotBase64`] or [`Problem::UnknownEncoding`] if its text cannot be decoded, and [`Error::Variable`] if a name
    /// in its text cannot be replaced.
    pub(crate) fn from_post_data(raw: &'a RawValue, resolver: &Resolver<'_>) -> Result<Self, Error> {
        let wrong = |problem| Error::request(Field::Body, problem);
        let text = raw.get();
        if text == "null" {
            return Ok(Self::none());
        }
        if !text.starts_with('{') {
            return Err(wrong(Problem::NotObject));
        }
        let data: PostData<'a> = serde_json::from_str(text).map_err(|_| wrong(Problem::NotText))?;
        let mime_type = data.mime_type.map(|text| text.0);
        // HAR may give the same body as `text` and as `params`. The text has its exact bytes, so it goes first.
        let Some(Text(text)) = data.text else {
            return Self::from_params(data.params, mime_type, resolver);
        };
        match data.encoding.as_ref().map(|text| text.0.as_ref()) {
            None | Some("") => {
                let raw = (!resolver.changes(&text)).then_some(raw);
                let text = resolver.part(Field::Body, text)?;
                Ok(Self { bytes: Some(bytes_of(text)), mime_type, raw })
            }
            Some(name) if name.eq_ignore_ascii_case("base64") => {
                let bytes = encode::BASE64_READ.decode(text.as_bytes()).map_err(|_| wrong(Problem::NotBase64))?;
                Ok(Self { bytes: Some(Cow::Owned(bytes)), mime_type, raw: Some(raw) })
            }
            Some(_) => Err(wrong(Problem::UnknownEncoding)),
        }
    }

    /// Returns HAR's `params`, form-encoded, as a body; an absent or empty list is an absent body.
    fn from_params(
        params: Option<Vec<Param<'a>>>,
        mime_type: Option<Cow<'a, str>>,
        resolver: &Resolver<'_>,
    ) -> Result<Self, Error> {
        let Some(params) = params.filter(|params| !params.is_empty()) else {
            return Ok(Self::none());
        };
        let mut text = String::new();
        for param in params {
            if !text.is_empty() {
                text.push('&');
            }
            encode::form(&mut text, &resolver.part(Field::Body, param.name.0)?);
            text.push('=');
            let value = param.value.map_or(Cow::Borrowed(""), |text| text.0);
            encode::form(&mut text, &resolver.part(Field::Body, value)?);
        }
        let mime_type = mime_type.unwrap_or(Cow::Borrowed("application/x-www-form-urlencoded"));
        Ok(Self { bytes: Some(Cow::Owned(text.into_bytes())), mime_type: Some(mime_type), raw: None })
    }

    /// Returns the bytes that are sent, or `None` if the body is absent.
    #[must_use]
    pub fn bytes(&self) -> Option<&[u8]> {
        self.bytes.as_deref()
    }

    /// Returns the bytes that go on the wire and that hashes cover; they are empty if there is no body.
    #[must_use]
    pub fn sent(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or_default()
    }

    /// Returns true if the body is absent.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.bytes.is_none()
    }

    /// Returns the type that HAR shows as `mimeType`.
    #[must_use]
    pub fn mime_type(&self) -> Option<&str> {
        self.mime_type.as_deref()
    }

    /// Returns `postData` as it came, if it still describes the bytes that are sent.
    #[must_use]
    pub(crate) fn raw(&self) -> Option<&'a RawValue> {
        self.raw
    }

    /// Returns the same body, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Body<'static> {
        Body {
            bytes: self.bytes.map(|bytes| Cow::Owned(bytes.into_owned())),
            mime_type: self.mime_type.map(|text| Cow::Owned(text.into_owned())),
            raw: None,
        }
    }
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
}
