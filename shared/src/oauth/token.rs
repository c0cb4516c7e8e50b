//! A token as a server issues it (RFC 6749 section 5.1) and as it is kept.

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::encode::BASE64_URL;
use crate::error::Error;
use crate::options::{Choice, Choices};
use crate::secret::{Secret, is_secret_name};

/// The seconds that a token must remain valid; one that expires sooner is refreshed.
pub const MIN_TTL: i64 = 30;

/// An access token and what came with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// The token itself. It is empty if the answer had an ID token alone, which was all that was asked for.
    #[serde(with = "exposed")]
    pub access_token: Secret,
    /// The token's type; `Bearer` if the server did not name one.
    pub token_type: String,
    /// The expiry in seconds since 1970; `None` if the token is valid until a server refuses it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// The time when it was got, in seconds since 1970; `None` for tokens of earlier versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obtained_at: Option<i64>,
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
    /// The other members of the answer, without secrets: `instance_url`, `patient`, `refresh_token_expires_in`.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub others: Map<String, Value>,
}

/// The token that is handed out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Used {
    /// The access token.
    #[default]
    AccessToken,
    /// The ID token, which some servers take in its place: Kubernetes, API gateways, proxies.
    IdToken,
}

impl Choices for Used {
    const CHOICES: &'static [(Choice, Self)] = &[
        (Choice::new("access_token", "The access token").aliases(&["access-token"]), Self::AccessToken),
        (Choice::new("id_token", "The ID token of OpenID Connect").aliases(&["id-token"]), Self::IdToken),
    ];
}

/// The way in which a token of this type may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// In an `Authorization: Bearer` header.
    Bearer,
    /// In the same header, though the server gives the type another name.
    Assumed,
    /// Not by itself: each request needs a proof of its own, or the token is none for requests.
    Refused,
}

/// The settings with which an answer is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reading<'r> {
    /// Seconds since 1970.
    pub now: i64,
    /// The place of the access token in the answer (RFC 6901).
    pub pointer: Option<&'r str>,
    /// Seconds that a token is valid for if nothing in the answer says so.
    pub lifetime: Option<i64>,
    /// The token that is needed.
    pub used: Used,
}

/// The most bytes of other members that are kept.
const MOST_OTHERS: usize = 64 << 10;

/// The members that a token has a place for.
const KNOWN: [&str; 6] = ["access_token", "token_type", "expires_in", "scope", "refresh_token", "id_token"];

impl Token {
    /// Reads a token endpoint's answer, or the parameters of an implicit answer.
    ///
    /// # Errors
    /// Returns [`Error::Failed`], which names the members of the answer, if there is no access token or it has a control
    /// character.
    pub fn from_answer(answer: &Map<String, Value>, reading: &Reading<'_>) -> Result<Self, Error> {
        let (found, beside) = match reading.pointer {
            None => (answer.get("access_token").cloned(), answer.clone()),
            Some(pointer) => at(answer, pointer),
        };
        let text = |name: &str| beside.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let secret = |name: &str| text(name).map(Secret::new);
        let id_token = secret("id_token").or_else(|| answer.get("id_token").and_then(Value::as_str).map(Secret::new));
        let access_token = found.as_ref().and_then(Value::as_str).filter(|text| !text.is_empty()).map(Secret::new);
        let access_token = match access_token {
            None if reading.used == Used::IdToken && id_token.is_some() => Secret::new(""),
            found => found.ok_or_else(|| without_token(answer, reading))?,
        };
        // A control character could end the header line that the token is sent in.
        if access_token.expose().contains(|c: char| c.is_control()) {
            return Err(Error::Failed("the server's access_token has a control character".to_owned()));
        }
        let now = reading.now;
        let expires_at = expires_at(beside.get("expires_in"), now)
            .or_else(|| text("expires_at").and_then(moment))
            .or_else(|| ends(&access_token))
            .or_else(|| reading.lifetime.map(|seconds| now.saturating_add(seconds)));
        Ok(Self {
            access_token,
            token_type: text("token_type").unwrap_or("Bearer").to_owned(),
            expires_at,
            obtained_at: Some(now),
            scope: scope(beside.get("scope")),
            refresh_token: secret("refresh_token"),
            id_token,
            token_secret: None,
            others: others(answer),
        })
    }

    /// Returns true if the token that is used expires within `min_ttl` seconds, or was got by a clock that was ahead, and so
    /// has to be replaced.
    #[must_use]
    pub fn is_due(&self, now: i64, min_ttl: i64, used: Used) -> bool {
        self.obtained_at.is_some_and(|at| at > now)
            || self.ends_at(used).is_some_and(|at| at.saturating_sub(min_ttl) <= now)
    }

    /// Returns the expiry of the token that is used: an ID token has its own.
    #[must_use]
    pub fn ends_at(&self, used: Used) -> Option<i64> {
        match (used, &self.id_token) {
            // What a server refused is due, whichever token it was.
            (Used::IdToken, _) if self.expires_at == Some(0) => Some(0),
            (Used::IdToken, Some(id_token)) => ends(id_token).or(self.expires_at),
            (Used::IdToken, None) => Some(0),
            (Used::AccessToken, _) if self.access_token.is_empty() => Some(0),
            (Used::AccessToken, _) => self.expires_at,
        }
    }

    /// Returns the token that is used.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if it did not come.
    pub fn used(&self, used: Used) -> Result<&Secret, Error> {
        match (used, &self.id_token) {
            (Used::IdToken, Some(id_token)) => Ok(id_token),
            (Used::IdToken, None) => {
                let advice = "ask for one with the scope openid: --scope 'openid …'";
                Err(Error::Failed(format!("the server sent no ID token; {advice}")))
            }
            (Used::AccessToken, _) if self.access_token.is_empty() => {
                Err(Error::Failed("the server sent an ID token alone, and no access token: --use id_token".to_owned()))
            }
            (Used::AccessToken, _) => Ok(&self.access_token),
        }
    }

    /// Returns the way in which the token may be sent. Types other than bearer are words of a server for the same thing,
    /// except those that stand for a scheme of their own (RFC 6749 section 7.1), and `N_A`, which is no access token (RFC
    /// 8693 section 2.2.1).
    #[must_use]
    pub fn carrier(&self, used: Used) -> Carrier {
        let word = self.token_type.trim();
        let is = |other: &str| word.eq_ignore_ascii_case(other);
        match used {
            _ if self.token_secret.is_some() => Carrier::Refused,
            Used::IdToken => Carrier::Bearer,
            Used::AccessToken if is("bearer") => Carrier::Bearer,
            Used::AccessToken if ["dpop", "mac", "pop", "n_a"].into_iter().any(is) => Carrier::Refused,
            Used::AccessToken => Carrier::Assumed,
        }
    }

    /// Returns the token of a refresh, with the members of this one that it left out: servers that do not rotate refresh
    /// tokens omit `refresh_token`, and those that grant the scope requested omit `scope` (RFC 6749 sections 5.1 and 6).
    #[must_use]
    pub fn succeed(&self, mut next: Self) -> Self {
        next.refresh_token = next.refresh_token.or_else(|| self.refresh_token.clone());
        next.scope = next.scope.or_else(|| self.scope.clone());
        next.id_token = next.id_token.or_else(|| self.id_token.clone());
        for (name, value) in &self.others {
            if !next.others.contains_key(name) {
                next.others.insert(name.clone(), value.clone());
            }
        }
        next
    }
}

/// Returns what stands at a pointer, and the members beside it. If none of those belongs to a token, those of the whole
/// answer do.
fn at(answer: &Map<String, Value>, pointer: &str) -> (Option<Value>, Map<String, Value>) {
    let whole = Value::Object(answer.clone());
    let found = whole.pointer(pointer).cloned();
    let parent = pointer.rsplit_once('/').and_then(|(parent, _)| whole.pointer(parent)).and_then(Value::as_object);
    let own = parent.filter(|parent| KNOWN.iter().skip(1).any(|name| parent.contains_key(*name)));
    (found, own.unwrap_or(answer).clone())
}

/// Makes the error for an answer without a token. The names of members are no secrets, but they tell what the server meant.
fn without_token(answer: &Map<String, Value>, reading: &Reading<'_>) -> Error {
    let names: Vec<&str> = answer.keys().map(String::as_str).take(30).collect();
    let names = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
    let place = reading.pointer.map_or("access_token".to_owned(), |pointer| format!("access token at {pointer}"));
    let advice = if reading.pointer.is_some() { "" } else { "; --access-token-at POINTER says where it is" };
    Error::Failed(format!("the server's answer has no {place}, only {names}{advice}"))
}

/// Returns the scope of an answer: text, or a list of texts as some servers write it.
fn scope(scope: Option<&Value>) -> Option<String> {
    let text = match scope? {
        Value::String(text) => text.clone(),
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" "),
        _ => return None,
    };
    Some(text).filter(|text| !text.is_empty())
}

/// Returns the members that a token has no place for, without those that are named like secrets.
fn others(answer: &Map<String, Value>) -> Map<String, Value> {
    let mut others = answer.clone();
    others.retain(|name, _| !KNOWN.contains(&name.as_str()));
    remove_secrets(&mut others);
    let length = serde_json::to_string(&others).map_or(usize::MAX, |text| text.len());
    if length > MOST_OTHERS { Map::new() } else { others }
}

fn remove_secrets(object: &mut Map<String, Value>) {
    object.retain(|name, value| !(is_secret_name(name) && (value.is_string() || value.is_array())));
    for value in object.values_mut() {
        match value {
            Value::Object(inner) => remove_secrets(inner),
            Value::Array(list) => list.iter_mut().filter_map(Value::as_object_mut).for_each(remove_secrets),
            _ => {}
        }
    }
}

/// Returns the parts of a signed JWT that are JSON: header and claims. It is not checked.
#[must_use]
pub fn jwt(text: &str) -> Option<(Map<String, Value>, Map<String, Value>)> {
    /// The longest JWT that is looked at, in bytes. Those of large organizations have some thousand.
    const LONGEST: usize = 64 << 10;
    // Three parts are a signed token; five would be an encrypted one, which nobody but its audience can read.
    if text.len() > LONGEST || text.split('.').count() != 3 {
        return None;
    }
    let mut parts = text.split('.');
    let mut next = || serde_json::from_slice(&BASE64_URL.decode(parts.next()?.trim_end_matches('=')).ok()?).ok();
    Some((next()?, next()?))
}

/// Returns the expiry that a JWT names (RFC 7519 section 4.1.4).
fn ends(token: &Secret) -> Option<i64> {
    jwt(token.expose())?.1.get("exp").and_then(seconds)
}

/// Returns the whole seconds of a date, which may have a fraction (RFC 7519 section 2, `NumericDate`).
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "a cast from a float takes the nearest value there is")]
pub fn seconds(date: &Value) -> Option<i64> {
    date.as_i64().or_else(|| date.as_f64().filter(|date| date.is_finite()).map(|date| date as i64))
}

/// Returns the seconds since 1970 of a date in RFC 3339, which GitHub's Apps and many login calls answer with.
fn moment(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

/// Returns the number that a member holds: some servers write it as text or with a fraction.
#[must_use]
pub fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse::<f64>().ok()?,
        _ => return None,
    };
    Some(number).filter(|number| number.is_finite())
}

/// Returns the expiry for `expires_in`. With zero or less the token has expired already.
fn expires_at(expires_in: Option<&Value>, now: i64) -> Option<i64> {
    let seconds = number(expires_in?)?;
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
        let reading = Reading { now: 1000, ..Reading::default() };
        Token::from_answer(&serde_json::from_str(answer).unwrap(), &reading).unwrap()
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
    fn without_expires_in_a_jwt_says_when_it_ends_and_else_the_lifetime_does() {
        let jwt = format!("e30.{}.x", BASE64_URL.encode("{\"exp\":5000.5}"));
        assert_eq!(token(&format!("{{\"access_token\":\"{jwt}\"}}")).expires_at, Some(5000));
        let answer = serde_json::from_str("{\"access_token\":\"opaque\"}").unwrap();
        let reading = Reading { now: 1000, lifetime: Some(60), ..Reading::default() };
        assert_eq!(Token::from_answer(&answer, &reading).unwrap().expires_at, Some(1060));
    }

    #[test]
    fn a_token_of_a_clock_that_was_ahead_is_due() {
        assert!(token("{\"access_token\":\"a\",\"expires_in\":9000}").is_due(999, 0, Used::AccessToken));
    }

    #[test]
    fn members_beside_a_pointer_go_with_the_token_and_secrets_are_left_out() {
        let answer = r#"{"ok":true,"access_token":"bot","refresh_token":"bots","team":{"id":"T","hook_secret":"x"},
            "authed_user":{"id":"U","access_token":"user","token_type":"user","expires_in":60}}"#;
        let answer = serde_json::from_str(answer).unwrap();
        let reading = Reading { now: 1000, pointer: Some("/authed_user/access_token"), ..Reading::default() };
        let token = Token::from_answer(&answer, &reading).unwrap();
        assert_eq!((token.access_token.expose(), token.expires_at, &token.refresh_token), ("user", Some(1060), &None));
        let others = serde_json::to_string(&token.others).unwrap();
        assert!(
            others.contains("\"T\"") && !others.contains("hook_secret") && !others.contains("access_token"),
            "{others}"
        );
    }

    #[test]
    fn zero_and_negative_lifetimes_are_due_and_missing_ones_are_not() {
        assert!(token("{\"access_token\":\"a\",\"expires_in\":0}").is_due(1000, 0, Used::AccessToken));
        assert!(token("{\"access_token\":\"a\",\"expires_in\":-1}").is_due(1000, 0, Used::AccessToken));
        assert!(!token("{\"access_token\":\"a\"}").is_due(i64::MAX, 60, Used::AccessToken));
        assert!(token("{\"access_token\":\"a\",\"expires_in\":60}").is_due(1000, 60, Used::AccessToken));
        assert!(!token("{\"access_token\":\"a\",\"expires_in\":61}").is_due(1000, 60, Used::AccessToken));
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
