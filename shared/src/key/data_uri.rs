//! Keys as ASAP's tools hand them out: `data:application/pkcs8;kid=ID;base64,DER` (RFC 2397).

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::encode;

use super::{LIMIT, Problem};

/// A PKCS#8 key in a data URI, with the id that it is known by.
pub struct DataUri {
    /// What `kid` says, decoded.
    pub kid: Option<String>,
    /// The key (RFC 5958).
    pub der: Zeroizing<Vec<u8>>,
}

impl DataUri {
    /// Reads a data URI; `None` where the text is none. Surrounding quotes and white space do no harm.
    ///
    /// # Errors
    /// [`Problem::BrokenDataUri`].
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
        let kid = kid.map(|kid| String::from_utf8(encode::percent_decoded(kid))).transpose().ok()?;
        if base64.len() > 2 * LIMIT {
            return None;
        }
        let base64: Zeroizing<String> = Zeroizing::new(base64.chars().filter(|c| !c.is_whitespace()).collect());
        let der = encode::BASE64_READ.decode(base64.as_bytes()).ok()?;
        Some(Self { kid, der: Zeroizing::new(der) })
    }
}
