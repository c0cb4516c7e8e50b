//! Hawk, header version 1 (the README of mozilla/hawk is its specification), and bewits, which are signed URLs.

mod key;
mod normalized;
mod server;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::sync::Arc;

use base64::Engine as _;

use crate::encode::BASE64_URL;
use crate::error::{AuthProblem, Error};
use crate::hash::Algorithm;
use crate::moment::Moment;
use crate::request::Request;
use crate::response::Response;
use crate::url::piece_name;

use super::outcome::{Next, Signed};
use super::parameters::{NONCE, Parameter, TIMESTAMP};
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use key::Key;
use normalized::{Artifacts, Message};
use server::Clocks;

/// The key's id.
pub const AUTH_ID: Parameter = Parameter::identifier("authId").short("The key's id");
/// The key.
pub const AUTH_KEY: Parameter = Parameter::secret("authKey").short("The key");
/// The hash function.
pub const ALGORITHM: Parameter =
    Parameter::word("algorithm", &["sha256", "sha1"]).default("sha256").short("The hash function");
const USER: Parameter =
    Parameter::identifier("user").short("The owner of the key").more("A note for people: Hawk sends no user name");
/// The application's own data, `ext`.
pub const EXTRA_DATA: Parameter =
    Parameter::text("extraData").short("The application's own data (ext)").more("The signature covers it");
/// The application's id.
pub const APP: Parameter = Parameter::text("app").short("The application's id (Oz)");
/// The application that delegated, `dlg`.
pub const DELEGATION: Parameter = Parameter::text("delegation")
    .short("The application that delegated (dlg)")
    .more("It goes with --app and is left out without it");
/// The flag that adds the body to the signature.
pub const INCLUDE_PAYLOAD_HASH: Parameter =
    Parameter::flag("includePayloadHash").default("false").short("Sign the body and its media type too");
const BEWIT: Parameter =
    Parameter::duration("bewit").not_in_line().short("Sign the URL itself, for GET, valid for this long");

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "hawk",
    aliases: &[],
    about: "Hawk: a MAC over the request, and signed URLs (bewits)",
    examples: "  echo https://api.example.com/v1 |
      sign hawk --auth-id dh37 --auth-key env:HAWK_KEY --to curl-config |
      curl -K -
  echo https://api.example.com/file |
      sign hawk --auth-id dh37 --auth-key file:key --bewit 600 --to url",
    parameters: &[
        AUTH_ID,
        AUTH_KEY,
        ALGORITHM,
        USER,
        NONCE,
        EXTRA_DATA,
        APP,
        DELEGATION,
        TIMESTAMP,
        INCLUDE_PAYLOAD_HASH,
        BEWIT,
    ],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(Hawk::new(layers)?)),
};

/// Credentials and settings, ready to sign requests.
#[derive(Debug)]
struct Hawk {
    id: String,
    key: Key,
    nonce: Option<String>,
    ext: String,
    /// `app` and `dlg`; the second may be empty.
    app: Option<(String, String)>,
    timestamp: Option<i64>,
    payload: Payload,
    /// The validity of a signed URL in seconds; `None` signs with a header.
    bewit: Option<u32>,
    /// The differences between the servers' clocks and ours.
    clocks: Arc<Clocks>,
}

/// The part that the body has in the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Payload {
    /// The hash of body and media type is signed.
    Signed,
    /// The body is not covered.
    Unsigned,
}

impl Hawk {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if `authId` or `authKey` is missing, or if a value is unknown or has a character that Hawk
    /// cannot carry.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let algorithm = match layers.filled(&ALGORITHM) {
            None | Some("sha256") => Algorithm::Sha256,
            Some("sha1") => Algorithm::Sha1,
            Some(_) => return Err(layers.bad(&ALGORITHM, "neither sha256 nor sha1")),
        };
        let bewit = layers.seconds::<u32>(&BEWIT)?;
        if bewit == Some(0) {
            return Err(layers.bad(&BEWIT, "not a duration above 0"));
        }
        let app = attribute(layers, &APP)?.filter(|app| !app.is_empty());
        let dlg = attribute(layers, &DELEGATION)?.unwrap_or_default();
        let hawk = Self {
            id: attribute(layers, &AUTH_ID)?.filter(|id| !id.is_empty()).ok_or_else(|| layers.missing(&AUTH_ID))?,
            key: Key { secret: layers.required(&AUTH_KEY)?.clone(), algorithm },
            nonce: attribute(layers, &NONCE)?.filter(|nonce| !nonce.is_empty()),
            ext: layers.text(&EXTRA_DATA).unwrap_or_default().to_owned(),
            app: app.map(|app| (app, dlg)),
            timestamp: layers.number(&TIMESTAMP)?,
            payload: if layers.flag(&INCLUDE_PAYLOAD_HASH)? { Payload::Signed } else { Payload::Unsigned },
            bewit,
            clocks: layers.session.shared(),
        };
        hawk.check_ext(layers)?;
        Ok(hawk)
    }

    /// Checks `ext`, which may hold more characters than other attributes: it is escaped in a header, and only a backslash
    /// has a meaning in a bewit.
    fn check_ext(&self, layers: &Layers<'_>) -> Result<(), Error> {
        let is_printable = |c: char| matches!(c, ' '..='~');
        if self.bewit.is_none() && !self.ext.chars().all(is_printable) {
            return Err(layers.bad(&EXTRA_DATA, "not usable in a header: it has characters other than printable ASCII"));
        }
        if self.bewit.is_some() && self.ext.contains(|c: char| c == '\\' || !c.is_ascii()) {
            return Err(layers.bad(&EXTRA_DATA, "not usable in a bewit: it has a backslash, or is not ASCII"));
        }
        Ok(())
    }

    fn sign_header(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let mut signed = Signed::default();
        let mut artifacts = Artifacts::of(request);
        artifacts.timestamp = self.timestamp.unwrap_or_else(|| moment.unix.saturating_add(self.clocks.offset(request)));
        artifacts.nonce = self.fresh_nonce(moment)?;
        artifacts.ext.clone_from(&self.ext);
        artifacts.app.clone_from(&self.app);
        if self.payload == Payload::Signed {
            let media_type = request.headers.get("content-type").unwrap_or_default();
            let payload = normalized::payload(media_type, request.body.sent());
            artifacts.hash = self.key.hash(&payload);
            signed.steps.push(("payload", String::from_utf8_lossy(&payload).into_owned()));
        }
        let normalized = artifacts.normalized(Message::Header);
        let header = self.header(&artifacts, &self.key.mac(&normalized));
        signed.steps.push(("normalized string", normalized));
        request.headers.replace("Authorization", header);
        Ok(signed)
    }

    fn header(&self, artifacts: &Artifacts, mac: &str) -> String {
        let mut header = format!("Hawk id=\"{}\", ts=\"{}\"", self.id, artifacts.timestamp);
        let mut attribute = |name: &str, value: &str| {
            if !value.is_empty() {
                // Writing to a string cannot fail.
                let _ = write!(header, ", {name}=\"{value}\"");
            }
        };
        attribute("nonce", &artifacts.nonce);
        attribute("hash", &artifacts.hash);
        attribute("ext", &artifacts.ext.replace('\\', "\\\\").replace('"', "\\\""));
        attribute("mac", mac);
        if let Some((app, dlg)) = &artifacts.app {
            attribute("app", app);
            attribute("dlg", dlg);
        }
        header
    }

    /// Adds a bewit, which is `id\exp\mac\ext` in base64url as the last query parameter. The MAC is over the URL without it.
    fn sign_url(&self, request: &mut Request<'_>, moment: &Moment, seconds: u32) -> Result<Signed, Error> {
        if !matches!(request.method.as_ref(), "GET" | "HEAD") {
            let problem = AuthProblem::Unsignable("a bewit is for GET and HEAD only".to_owned());
            return Err(Error::Auth { scheme: TABLE.name, problem });
        }
        // A server refuses a bewit beside another authorization. It removes the bewit with the `?` before it if there is no
        // other parameter.
        request.headers.remove("authorization");
        request.url.retain_query(|piece| piece_name(piece) != "bewit");
        if request.url.query() == Some("") {
            request.url.set_query(None);
        }
        let mut artifacts = Artifacts::of(request);
        // A bewit is always signed for GET, and servers let HEAD use the same one.
        "GET".clone_into(&mut artifacts.method);
        artifacts.timestamp = self.timestamp.unwrap_or(moment.unix).saturating_add(i64::from(seconds));
        artifacts.ext.clone_from(&self.ext);
        let normalized = artifacts.normalized(Message::Bewit);
        let mac = self.key.mac(&normalized);
        let bewit = format!("{}\\{}\\{mac}\\{}", self.id, artifacts.timestamp, self.ext);
        request.url.append_query(&format!("bewit={}", BASE64_URL.encode(bewit)));
        Ok(Signed { steps: vec![("normalized string", normalized)] })
    }

    fn fresh_nonce(&self, moment: &Moment) -> Result<String, Error> {
        if moment.fixed_nonce().is_none()
            && let Some(nonce) = &self.nonce
        {
            return Ok(nonce.clone());
        }
        let nonce = moment.nonce(6)?;
        // The nonce of `--nonce` has not passed the check of the parameters, and it goes into the header without
        // escapes.
        if nonce.is_empty() || !nonce.chars().all(is_attribute) {
            let problem = "not usable: it is empty or has characters that Hawk cannot carry".to_owned();
            let problem = AuthProblem::Parameter { key: NONCE.key, problem, in_line: false };
            return Err(Error::Auth { scheme: TABLE.name, problem });
        }
        Ok(nonce)
    }
}

impl Signs for Hawk {
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        match self.bewit {
            Some(seconds) => self.sign_url(request, moment, seconds),
            None => self.sign_header(request, moment),
        }
    }

    fn covers_body(&self, _: &Request<'_>) -> bool {
        self.payload == Payload::Signed
    }

    fn answer(&mut self, request: &mut Request<'_>, response: &Response, moment: &Moment) -> Result<Next, Error> {
        // A time that the user gave stays, whatever the server says of it.
        let clocks = self.timestamp.is_none().then_some(&*self.clocks);
        let next = server::learn(&self.key, clocks, request, response, moment.unix)?;
        if next == Next::Again {
            self.sign_header(request, moment)?;
        }
        Ok(next)
    }
}

/// Returns a parameter that becomes a header attribute without escapes.
///
/// # Errors
/// Returns [`Error::Auth`] if it is not printable ASCII without `"` and `\`.
fn attribute(layers: &Layers<'_>, parameter: &Parameter) -> Result<Option<String>, Error> {
    match layers.text(parameter) {
        Some(text) if !text.chars().all(is_attribute) => {
            Err(layers.bad(parameter, "not usable: Hawk carries printable ASCII without \" and \\ only"))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

fn is_attribute(c: char) -> bool {
    matches!(c, ' '..='~') && c != '"' && c != '\\'
}
