//! A token as a server issues it (RFC 6749 section 5.1) and as it is kept.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::Error;
use crate::secret::Secret;

/// An access token and what came with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The token itself.
    #[serde(with = "exposed")]
    pub access_token: Secret,
    /// The token's type; `Bearer` if the server did not name one.
    pub token_type: String,
    /// The expiry in seconds since 1970; `None` if the token is valid until a server refuses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// The scope that was granted or, if the server did not name it, requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The refresh token, which gets a new access token without the user.
    #[serde(default, with = "exposed_option", skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// The ID token of OpenID Connect.
    #[serde(default, with = "exposed_option", skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Secret>,
    /// OAuth 1.0a: `oauth_token_secret`.
    #[serde(default, with = "exposed_option", skip_serializing_if = "Option::is_none")]
    pub token_secret: Option<Secret>,
}

impl Token {
    /// Reads a token endpoint's answer, or the parameters of an implicit answer. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if there is no access token or it has a control character.
    pub fn from_answer(answer: &Map<String, Value>, now: i64) -> Result<Self, Error> {
        let text = |name: &str| answer.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let secret = |name: &str| text(name).map(Secret::new);
        let access_token = secret("access_token")
            .ok_or_else(|| Error::Failed("the server's answer has no access_token".to_owned()))?;
        // A control character could end the header line that the token is sent in.
        if access_token.expose().contains(|c: char| c.is_control()) {
            return Err(Error::Failed("the server's access_token has a control character".to_owned()));
        }
        Ok(Self {
            access_token,
            token_type: text("token_type").unwrap_or("Bearer").to_owned(),
            expires_at: expires_at(answer.get("expires_in"), now),
            scope: text("scope").map(str::to_owned),
            refresh_token: secret("refresh_token"),
            id_token: secret("id_token"),
            token_secret: None,
        })
    }

    /// Returns true if the token expires within `min_ttl` seconds and has to be replaced.
    #[must_use]
    pub fn is_due(&self, now: i64, min_ttl: i64) -> bool {
        self.expires_at.is_some_and(|at| at.saturating_sub(min_ttl) <= now)
    }

    /// Returns true if the token can be sent in an `Authorization: Bearer` header.
    #[must_use]
    pub fn is_bearer(&self) -> bool {
        self.token_secret.is_none() && self.token_type.eq_ignore_ascii_case("bearer")
    }

    /// Returns the token of a refresh, with the members of this one that it left out: servers that do not rotate refresh
    /// tokens omit `refresh_token`, and those that grant the scope requested omit `scope` (RFC 6749 sections 5.1 and 6).
    #[must_use]
    pub fn succeed(&self, mut next: Self) -> Self {
        next.refresh_token = next.refresh_token.or_else(|| self.refresh_token.clone());
        next.scope = next.scope.or_else(|| self.scope.clone());
        next.id_token = next.id_token.or_else(|| self.id_token.clone());
        next
    }
}

/// Returns the expiry for `expires_in`. It should be a number, but some servers write it as text or with a fraction. With
/// zero or less the token has expired already.
fn expires_at(expires_in: Option<&Value>, now: i64) -> Option<i64> {
    let seconds = match expires_in? {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse::<f64>().ok()?,
        _ => return None,
    };
    if !seconds.is_finite() {
        return None;
    }
    // The cast needs a limit; 1e12 seconds are some 31,000 years.
    #[allow(clippy::cast_possible_truncation, reason = "bounded on the line itself")]
    let seconds = seconds.clamp(-1e12, 1e12).floor() as i64;
    Some(now.saturating_add(seconds))
}

/// Serializes secrets in plain text, for the store alone, which is private.
mod exposed {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::secret::Secret;

    pub(super) fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(secret.expose())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        String::deserialize(deserializer).map(Secret::new)
    }
}

/// Serializes optional secrets as [`exposed`] does.
mod exposed_option {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::secret::Secret;

    pub(super) fn serialize<S: Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
        match secret {
            Some(secret) => serializer.serialize_some(secret.expose()),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
        Option::<String>::deserialize(deserializer).map(|secret| secret.map(Secret::new))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn token(answer: &str) -> Token {
        Token::from_answer(&serde_json::from_str(answer).unwrap(), 1000).unwrap()
    }

    #[test]
    fn expires_in_may_be_a_number_text_or_a_fraction() {
        for (expires_in, at) in [
            ("3600", Some(4600)),
            ("\"3600\"", Some(4600)),
            ("3599.7", Some(4599)),
            ("0", Some(1000)),
            ("-5", Some(995)),
            ("null", None),
            ("\"soon\"", None),
            ("1e300", Some(1000 + 1_000_000_000_000)),
        ] {
            let answer = format!("{{\"access_token\":\"a\",\"expires_in\":{expires_in}}}");
            assert_eq!(token(&answer).expires_at, at, "{expires_in}");
        }
        assert_eq!(token("{\"access_token\":\"a\"}").expires_at, None);
    }

    #[test]
    fn zero_and_negative_lifetimes_are_due_and_missing_ones_are_not() {
        assert!(token("{\"access_token\":\"a\",\"expires_in\":0}").is_due(1000, 0));
        assert!(token("{\"access_token\":\"a\",\"expires_in\":-1}").is_due(1000, 0));
        assert!(!token("{\"access_token\":\"a\"}").is_due(i64::MAX, 60));
        assert!(token("{\"access_token\":\"a\",\"expires_in\":60}").is_due(1000, 60));
        assert!(!token("{\"access_token\":\"a\",\"expires_in\":61}").is_due(1000, 60));
    }

    #[test]
    fn a_refresh_without_a_new_refresh_token_keeps_the_old_one() {
        let old = token("{\"access_token\":\"a\",\"refresh_token\":\"r\",\"scope\":\"s\"}");
        let next = old.succeed(token("{\"access_token\":\"b\"}"));
        assert_eq!(next.refresh_token, Some(Secret::new("r")));
        assert_eq!(next.scope.as_deref(), Some("s"));
        let rotated = old.succeed(token("{\"access_token\":\"b\",\"refresh_token\":\"q\"}"));
        assert_eq!(rotated.refresh_token, Some(Secret::new("q")));
    }
}
