//! Keys in data URIs (RFC 2397), as ASAP's tools write them: `data:application/pkcs8;kid=ID;base64,DER`.

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::encode;

use super::problem::{LIMIT, Problem};

/// A PKCS#8 key in a data URI, with its id.
pub struct DataUri {
    /// The value of `kid`, decoded.
    pub kid: Option<String>,
    /// The key (RFC 5958).
    pub der: Zeroizing<Vec<u8>>,
}

impl DataUri {
    /// Reads a data URI, and returns `None` if the text is something else. Surrounding quotes and white space are
    /// tolerated.
    ///
    /// # Errors
    /// Returns [`Problem::BrokenDataUri`] if the data URI is cut short or its base64 is damaged.
    #[must_use]
    pub fn parse(text: &str) -> Option<Result<Self, Problem>> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let rest = text.strip_prefix("data:application/pkcs8")?;
        Some(Self::divide(rest).ok_or(Problem::BrokenDataUri))
    }

    fn divide(rest: &str) -> Option<Self> {
        let (parameters, base64) = rest.split_once(',')?;
        let parameters = parameters.strip_suffix(";base64")?;
        let kid = parameters.split(';').find_map(|parameter| parameter.strip_prefix("kid="));
        // The id of an ASAP key has slashes, which may be escaped in a URI.
        let kid = kid.map(|kid| String::from_utf8(encode::percent_decoded(kid))).transpose().ok()?;
        // Base64 is a third longer than its bytes; the rest of the room is for line breaks.
        if base64.len() > 2 * LIMIT {
            return None;
        }
        let base64: Zeroizing<String> = Zeroizing::new(base64.chars().filter(|c| !c.is_whitespace()).collect());
        let der = encode::BASE64_READ.decode(base64.as_bytes()).ok()?;
        Some(Self { kid, der: Zeroizing::new(der) })
    }
}
