//! Digest (RFC 7616, and RFC 2617 and 2069 before it): the response is computed again from the request.

use countersign_shared::auth::digest::TABLE;
use countersign_shared::auth::digest::parameters::{ALGORITHM, NONCE, OPAQUE, QOP, REALM};
use countersign_shared::auth::parameters::{PASSWORD, Parameter, USERNAME};
use countersign_shared::auth::scheme::Layers;
use countersign_shared::error::Error;
use countersign_shared::hash::{Algorithm, is_same};
use countersign_shared::request::Request;
use countersign_shared::secret::Secret;

use super::verifier::{Invalid, MOST, Verifier, Verifies, credentials, taken, too_many};

/// The verifier of the scheme.
pub(super) static VERIFIER: Verifier = Verifier {
    table: &TABLE,
    examples: "  sign verify digest --username alice --password env:PASSWORD signed.ndjson",
    parameters: &[
        taken(USERNAME, "The expected user name"),
        taken(PASSWORD, "The expected password"),
        taken(REALM, "Take only this realm"),
        taken(NONCE, "Take only this nonce of the server"),
        taken(ALGORITHM, "Take only this algorithm"),
        taken(QOP, "Take only this quality of protection"),
        taken(OPAQUE, "Take only this value, which the server wants back"),
    ],
    make: |layers| Ok(Box::new(Digest::new(layers)?)),
};

/// The parameters that are compared with the request if the user gives them.
const COMPARED: [Parameter; 5] = [REALM, NONCE, ALGORITHM, QOP, OPAQUE];

/// The expected values.
struct Digest {
    username: String,
    password: Secret,
    expected: Vec<(&'static str, String)>,
}

impl Digest {
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let expected =
            COMPARED.into_iter().filter_map(|parameter| Some((parameter.key, layers.filled(&parameter)?.to_owned())));
        Ok(Self {
            username: layers.required(&USERNAME)?.expose().to_owned(),
            password: layers.secret(&PASSWORD).cloned().unwrap_or_else(|| Secret::new("")),
            expected: expected.collect(),
        })
    }

    /// Checks the user name, which is plain, percent-encoded in `username*`, or hashed (RFC 7616 section 3.4.4).
    fn check_username(&self, fields: &Fields<'_>, hash: &Hash, realm: &str) -> Result<(), Invalid> {
        let is_hashed = fields.get("userhash").is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let expected =
            if is_hashed { hash.of(format!("{}:{realm}", self.username).as_bytes()) } else { self.username.clone() };
        let is_right = match (fields.get("username"), fields.get("username*")) {
            (Some(_), Some(_)) => return Err(Invalid::new("username", "is there twice, once with a star")),
            (Some(name), None) => name == expected,
            (None, Some(_)) if is_hashed => return Err(Invalid::new("username*", "is there though userhash is true")),
            (None, Some(extended)) => decoded(extended)? == expected.as_bytes(),
            (None, None) => return Err(Invalid::new("username", "is missing")),
        };
        if is_right { Ok(()) } else { Err(Invalid::new("username", "is another one")) }
    }
}

impl Verifies for Digest {
    // In the order in which the response is made: user name, target, counter, and then the hash over them.
    fn verify(&self, request: &Request<'_>, _: i64) -> Result<(), Invalid> {
        let fields = Fields::parse(credentials(request, "Digest")?)?;
        let hash = Hash::named(fields.get("algorithm").unwrap_or("MD5"))?;
        let realm = fields.required("realm")?;
        self.check_username(&fields, &hash, realm)?;
        for (name, value) in &self.expected {
            // A header without an algorithm means MD5 (RFC 7616 section 3.3).
            let default = (*name == ALGORITHM.key).then_some("MD5");
            if fields.get(name).or(default).is_none_or(|found| found != value) {
                return Err(Invalid::new(name, "is not the one that was given"));
            }
        }
        let uri = fields.required("uri")?;
        // Otherwise a header that was made for one resource would open another (RFC 7616 section 3.4.6).
        if uri != request.url.target() {
            return Err(Invalid::new("uri", format!("is {uri}, but the request is for {}", request.url.target())));
        }
        let nonce = fields.required("nonce")?;
        let response = fields.required("response")?;
        let counter = Counter::of(&fields)?;

        let mut a1 = hash.of(format!("{}:{realm}:{}", self.username, self.password.expose()).as_bytes());
        if hash.is_session {
            let Some(Counter { client_nonce, .. }) = &counter else {
                return Err(Invalid::new("cnonce", "is missing, and a -sess algorithm hashes it"));
            };
            a1 = hash.of(format!("{a1}:{nonce}:{client_nonce}").as_bytes());
        }
        let a2 = match &counter {
            Some(Counter { qop: "auth-int", .. }) => {
                format!("{}:{uri}:{}", request.method, hash.of(request.body.sent()))
            }
            _ => format!("{}:{uri}", request.method),
        };
        let a2_hash = hash.of(a2.as_bytes());
        let expected = match &counter {
            Some(Counter { qop, count, client_nonce }) => {
                hash.of(format!("{a1}:{nonce}:{count}:{client_nonce}:{qop}:{a2_hash}").as_bytes())
            }
            None => hash.of(format!("{a1}:{nonce}:{a2_hash}").as_bytes()),
        };
        if is_same(expected.as_bytes(), response.as_bytes()) {
            return Ok(());
        }
        // The text quotes A2 alone, because a hash of A1 serves as well as the password.
        Err(Invalid::new("response", format!("is not what the password and A2 = {a2} make")))
    }
}

/// Count, client nonce and qop. A request has all three or, as in RFC 2069, none.
struct Counter<'f> {
    qop: &'f str,
    count: &'f str,
    client_nonce: &'f str,
}

impl<'f> Counter<'f> {
    fn of(fields: &'f Fields<'_>) -> Result<Option<Self>, Invalid> {
        let Some(qop) = fields.get("qop") else {
            // A count is not allowed without qop (RFC 2617 section 3.2.2).
            return match fields.get("nc") {
                Some(_) => Err(Invalid::new("nc", "is there without qop")),
                None => Ok(None),
            };
        };
        if !matches!(qop, "auth" | "auth-int") {
            return Err(Invalid::new("qop", "is neither auth nor auth-int"));
        }
        let count = fields.required("nc")?;
        // The count includes the request itself, so that it can never be zero.
        if count.len() != 8 || !count.bytes().all(|b| b.is_ascii_hexdigit()) || count == "00000000" {
            return Err(Invalid::new("nc", "is not a count in eight hex digits"));
        }
        Ok(Some(Self { qop, count, client_nonce: fields.required("cnonce")? }))
    }
}

/// The function `H` of RFC 7616 section 3.3.
struct Hash {
    algorithm: Algorithm,
    is_session: bool,
}

impl Hash {
    fn named(name: &str) -> Result<Self, Invalid> {
        let name = name.to_ascii_lowercase();
        let (plain, is_session) = name.strip_suffix("-sess").map_or((name.as_str(), false), |plain| (plain, true));
        let algorithm = match plain {
            "md5" => Algorithm::Md5,
            "sha-256" => Algorithm::Sha256,
            "sha-512-256" => Algorithm::Sha512_256,
            _ => return Err(Invalid::new("algorithm", "is not MD5, SHA-256, SHA-512-256 or one of these with -sess")),
        };
        Ok(Self { algorithm, is_session })
    }

    fn of(&self, bytes: &[u8]) -> String {
        self.algorithm.digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// Names and values of the header, by the grammar of RFC 9110 section 11.4.
struct Fields<'h>(Vec<(&'h str, String)>);

impl<'h> Fields<'h> {
    fn parse(text: &'h str) -> Result<Self, Invalid> {
        let mut fields = Self(Vec::new());
        let mut rest = text;
        loop {
            // A list may have empty elements, so several commas in a row are allowed (RFC 9110 section 5.6.1.2).
            rest = rest.trim_start_matches([' ', '\t', ',']);
            if rest.is_empty() {
                return Ok(fields);
            }
            let Some((name, after)) = rest.split_once('=') else {
                return Err(Invalid::new("Authorization", "has something that is not name=value"));
            };
            let (value, after) = value(after.trim_start_matches([' ', '\t']))?;
            let name = name.trim_end_matches([' ', '\t']);
            if fields.get(name).is_some() {
                return Err(Invalid::new("Authorization", "has a parameter twice"));
            }
            if fields.0.len() == MOST {
                return Err(too_many("Authorization"));
            }
            fields.0.push((name, value));
            rest = after.trim_start_matches([' ', '\t']);
            if !rest.is_empty() && !rest.starts_with(',') {
                return Err(Invalid::new("Authorization", "has no comma between two parameters"));
            }
        }
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    fn required(&self, name: &'static str) -> Result<&str, Invalid> {
        self.get(name).ok_or_else(|| Invalid::new(name, "is missing"))
    }
}

/// Reads a token or a quoted string, and returns it with the text that follows.
fn value(text: &str) -> Result<(String, &str), Invalid> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([' ', '\t', ',']).unwrap_or(text.len());
        let (value, rest) = text.split_at(end);
        return Ok((value.to_owned(), rest));
    };
    let mut value = String::new();
    let mut escaped = false;
    for (at, c) in quoted.char_indices() {
        match c {
            _ if escaped => {
                value.push(c);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return Ok((value, quoted.split_at(at + 1).1)),
            _ => value.push(c),
        }
    }
    Err(Invalid::new("Authorization", "has a quote that is never closed"))
}

/// Decodes an extended value in UTF-8 (RFC 8187 section 3.2).
fn decoded(extended: &str) -> Result<Vec<u8>, Invalid> {
    let wrong = || Invalid::new("username*", "is not UTF-8''… in percent-encoding (RFC 8187)");
    let mut parts = extended.splitn(3, '\'');
    let charset = parts.next().unwrap_or_default();
    let encoded = parts.nth(1).ok_or_else(wrong)?;
    if !charset.eq_ignore_ascii_case("UTF-8") {
        return Err(wrong());
    }
    let mut bytes = Vec::new();
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let mut digit = || rest.next().and_then(|b| char::from(b).to_digit(16)).ok_or_else(wrong);
            let number = digit()? * 16 + digit()?;
            bytes.push(u8::try_from(number).map_err(|_| wrong())?);
        } else {
            bytes.push(byte);
        }
    }
    Ok(bytes)
}
