//! Hawk (the README of mozilla/hawk): the payload's hash and the MAC are computed again from the request.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use countersign_shared::auth::hawk::TABLE;
use countersign_shared::auth::hawk::{ALGORITHM, APP, AUTH_ID, AUTH_KEY, DELEGATION, EXTRA_DATA, INCLUDE_PAYLOAD_HASH};
use countersign_shared::auth::parameters::Parameter;
use countersign_shared::auth::scheme::Layers;
use countersign_shared::error::Error;
use countersign_shared::hash::{Algorithm, is_same};
use countersign_shared::request::Request;
use countersign_shared::secret::Secret;

use super::verifier::{Invalid, Verifier, Verifies, credentials, taken};

/// The verifier of the scheme.
pub(super) static VERIFIER: Verifier = Verifier {
    table: &TABLE,
    examples: "  sign verify hawk --auth-id dh37fgj492je --auth-key env:HAWK_KEY signed.ndjson",
    parameters: &[
        taken(AUTH_ID, "The expected id of the key"),
        taken(AUTH_KEY, "The expected key"),
        taken(ALGORITHM, "The hash function that goes with the key"),
        taken(EXTRA_DATA, "Take only this data of the application (ext)"),
        taken(APP, "Take only this application"),
        taken(DELEGATION, "Take only this delegation (dlg)"),
        taken(INCLUDE_PAYLOAD_HASH, "Take only requests whose body is signed"),
    ],
    make: |layers| Ok(Box::new(Hawk::new(layers)?)),
};

/// The parameters that are compared if the user gives them, and the attributes that they become.
const COMPARED: [(Parameter, &str); 3] = [(EXTRA_DATA, "ext"), (APP, "app"), (DELEGATION, "dlg")];

/// The attributes that a request may have, each once.
const KNOWN: [&str; 8] = ["id", "ts", "nonce", "hash", "ext", "mac", "app", "dlg"];

/// The key and the expected values.
struct Hawk {
    id: String,
    key: Secret,
    algorithm: Algorithm,
    expected: Vec<(&'static str, String)>,
    payload: Payload,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Payload {
    /// A request may leave its body out of the signature.
    MayBeSigned,
    /// A request without the hash of its body is invalid.
    MustBeSigned,
}

impl Hawk {
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let expected =
            COMPARED.into_iter().filter_map(|(parameter, name)| Some((name, layers.filled(&parameter)?.to_owned())));
        Ok(Self {
            id: layers.required(&AUTH_ID)?.expose().to_owned(),
            key: layers.required(&AUTH_KEY)?.clone(),
            algorithm: match layers.filled(&ALGORITHM) {
                None | Some("sha256") => Algorithm::Sha256,
                Some("sha1") => Algorithm::Sha1,
                Some(_) => return Err(layers.bad(&ALGORITHM, "neither sha256 nor sha1")),
            },
            expected: expected.collect(),
            payload: if layers.flag(&INCLUDE_PAYLOAD_HASH)? { Payload::MustBeSigned } else { Payload::MayBeSigned },
        })
    }

    fn verify_header(&self, request: &Request<'_>) -> Result<(), Invalid> {
        let attributes = Attributes::parse(credentials(request, "Hawk")?)?;
        self.check_id(attributes.required("id")?)?;
        let (time, nonce) = (attributes.required("ts")?, attributes.required("nonce")?);
        if !time.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Invalid::new("ts", "is not a number of seconds"));
        }
        for (name, value) in &self.expected {
            if attributes.get(name) != Some(value) {
                return Err(Invalid::new(name, "is not the one that was given"));
            }
        }
        self.check_payload(request, attributes.get("hash"))?;
        let mut lines = vec!["hawk.1.header".to_owned(), time.to_owned(), nonce.to_owned()];
        lines.push(request.method.to_uppercase());
        lines.push(request.url.target().into_owned());
        lines.extend(place(request));
        lines.push(attributes.get("hash").unwrap_or_default().to_owned());
        lines.push(escaped(attributes.get("ext").unwrap_or_default()));
        match (attributes.get("app"), attributes.get("dlg")) {
            (Some(app), dlg) => lines.extend([app.to_owned(), dlg.unwrap_or_default().to_owned()]),
            (None, Some(_)) => return Err(Invalid::new("dlg", "is there without app, so nothing signs it")),
            (None, None) => {}
        }
        self.check_mac(&lines, attributes.required("mac")?)
    }

    /// Checks a bewit: `id\exp\mac\ext` in base64url, for GET and HEAD only.
    fn verify_bewit(&self, request: &Request<'_>, resource: &str, bewit: &str, now: i64) -> Result<(), Invalid> {
        let wrong = |problem: &str| Invalid::new("bewit", problem);
        if !matches!(request.method.as_ref(), "GET" | "HEAD") {
            return Err(wrong("is for GET and HEAD only"));
        }
        if request.headers.has("authorization") {
            return Err(wrong("is there together with an Authorization header"));
        }
        let decoded = URL_SAFE_NO_PAD.decode(bewit).map_err(|_| wrong("is not base64url without padding"))?;
        let text = String::from_utf8(decoded).map_err(|_| wrong("is not text"))?;
        let parts: Vec<&str> = text.split('\\').collect();
        let &[id, end, mac, ext] = parts.as_slice() else { return Err(wrong("is not id\\exp\\mac\\ext")) };
        self.check_id(id)?;
        if let Some((_, expected)) = self.expected.iter().find(|(name, _)| *name == "ext")
            && expected != ext
        {
            return Err(Invalid::new("ext", "is not the one that was given"));
        }
        // A bewit is made for GET, and the same one serves HEAD: the line says GET for both.
        let mut lines = vec!["hawk.1.bewit".to_owned(), end.to_owned(), String::new(), "GET".to_owned()];
        lines.push(resource.to_owned());
        lines.extend(place(request));
        lines.extend([String::new(), escaped(ext)]);
        self.check_mac(&lines, mac)?;
        // The time is read after the MAC was checked, because until then anybody may have written it.
        match end.parse::<i64>() {
            Ok(end) if end > now => Ok(()),
            Ok(_) => Err(Invalid::new("exp", "is over")),
            Err(_) => Err(Invalid::new("exp", "is not a number of seconds")),
        }
    }

    fn check_id(&self, id: &str) -> Result<(), Invalid> {
        if id == self.id { Ok(()) } else { Err(Invalid::new("id", "is another one")) }
    }

    fn check_payload(&self, request: &Request<'_>, hash: Option<&str>) -> Result<(), Invalid> {
        let Some(hash) = hash else {
            return match self.payload {
                Payload::MayBeSigned => Ok(()),
                Payload::MustBeSigned => Err(Invalid::new("hash", "is missing")),
            };
        };
        let header = request.headers.get("content-type").unwrap_or_default();
        // The hash covers the media type without its parameters, such as `charset`.
        let media_type = header.split_once(';').map_or(header, |(before, _)| before).trim().to_lowercase();
        let covered = [b"hawk.1.payload\n", media_type.as_bytes(), b"\n", request.body.sent(), b"\n"].concat();
        if is_same(STANDARD.encode(self.algorithm.digest(&covered)).as_bytes(), hash.as_bytes()) {
            return Ok(());
        }
        Err(Invalid::new("hash", format!("is not that of the body as {media_type:?}")))
    }

    fn check_mac(&self, lines: &[String], mac: &str) -> Result<(), Invalid> {
        let normalized: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let expected = STANDARD.encode(self.algorithm.hmac(self.key.expose().as_bytes(), normalized.as_bytes()));
        if is_same(expected.as_bytes(), mac.as_bytes()) {
            return Ok(());
        }
        Err(Invalid::new("mac", format!("is not what the key makes of {normalized:?}")))
    }
}

impl Verifies for Hawk {
    fn verify(&self, request: &Request<'_>, now: i64) -> Result<(), Invalid> {
        match bewit(&request.url.target()) {
            Some((resource, bewit)) => self.verify_bewit(request, &resource, &bewit, now),
            None => self.verify_header(request),
        }
    }
}

/// Returns host and port of the `Host` header. If it has no port, the default of the URL's scheme is taken.
fn place(request: &Request<'_>) -> [String; 2] {
    let host = request.host().to_lowercase();
    let is_port = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match host.rsplit_once(':') {
        Some((name, port)) if is_port(port) => [name.to_owned(), port.to_owned()],
        _ => {
            let is_secure = request.url.as_str().to_lowercase().starts_with("https:");
            [host, if is_secure { "443" } else { "80" }.to_owned()]
        }
    }
}

/// Returns `ext` with `\` and newline escaped as in the normalized string.
fn escaped(ext: &str) -> String {
    let one = |c: char| match c {
        '\\' => "\\\\".to_owned(),
        '\n' => "\\n".to_owned(),
        _ => c.to_string(),
    };
    ext.chars().map(one).collect()
}

/// Splits a target into the resource without its bewit and the bewit.
fn bewit(target: &str) -> Option<(String, String)> {
    let (start, mark) = ["?bewit=", "&bewit="].iter().filter_map(|mark| Some((target.rfind(mark)?, *mark))).max()?;
    let (before, after) = (target.get(..start)?, target.get(start + mark.len()..)?);
    Some(match after.split_once('&') {
        // The rest keeps the character before the bewit, so that a query still begins with a question mark.
        Some((bewit, rest)) => (format!("{before}{}{rest}", mark.get(..1)?), bewit.to_owned()),
        None => (before.to_owned(), after.to_owned()),
    })
}

/// The attributes of a header: `name="value"` with commas between.
struct Attributes(Vec<(&'static str, String)>);

impl Attributes {
    fn parse(text: &str) -> Result<Self, Invalid> {
        let wrong = |problem: &str| Invalid::new("Authorization", problem);
        let mut attributes = Self(Vec::new());
        let mut rest = text;
        while !rest.is_empty() {
            let (name, after) =
                rest.split_once("=\"").ok_or_else(|| wrong("has something that is not name=\"value\""))?;
            let name =
                // Hawk's own parser refuses unknown attributes too: nothing would sign them.
                KNOWN.into_iter().find(|known| *known == name).ok_or_else(|| wrong("has an unknown attribute"))?;
            let (value, after) = quoted(after).ok_or_else(|| wrong("has a quote that is never closed"))?;
            if attributes.get(name).is_some() {
                return Err(wrong("has an attribute twice"));
            }
            attributes.0.push((name, value));
            let after = after.trim_start();
            rest = match after.strip_prefix(',') {
                Some(next) => next.trim_start(),
                None if after.is_empty() => after,
                None => return Err(wrong("has no comma between two attributes")),
            };
        }
        Ok(attributes)
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str())
    }

    fn required(&self, name: &'static str) -> Result<&str, Invalid> {
        self.get(name).filter(|value| !value.is_empty()).ok_or_else(|| Invalid::new(name, "is missing"))
    }
}

/// Reads up to the closing quote, and returns the value with the text that follows.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    loop {
        match characters.next()? {
            (at, '"') => return Some((value, text.get(at + 1..)?)),
            (_, '\\') => value.push(characters.next()?.1),
            (_, other) => value.push(other),
        }
    }
}
