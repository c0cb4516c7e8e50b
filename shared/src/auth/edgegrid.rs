//! Akamai EdgeGrid, EG1-HMAC-SHA256 (techdocs.akamai.com/developer/docs/authenticate-with-edgegrid).

pub mod edgerc;
pub mod parameters;

use std::collections::{HashMap, HashSet};

use base64::Engine as _;

use crate::encode::{self, BASE64};
use crate::error::{AuthProblem, Error};
use crate::hash::Algorithm;
use crate::moment::Moment;
use crate::request::Request;
use crate::secret::Secret;
use crate::url::{Url, piece_name};

use super::outcome::Signed;
use super::parameters::{NONCE, Parameter};
use super::scheme::{Asker, ChallengeOption, Layers, Signs, Table};
use super::session::HostRule;
use edgerc::Section;
use parameters::{
    ACCESS_TOKEN, ACCOUNT_KEY, BASE_URL, CLIENT_SECRET, CLIENT_TOKEN, EDGERC, HEADERS_TO_SIGN, MAX_BODY_SIZE, SECTION,
    TIMESTAMP,
};

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "edgegrid",
    aliases: &[],
    about: "Akamai EdgeGrid",
    examples: "  echo https://HOST.luna.akamaiapis.net/papi/v1/groups |
      sign edgegrid --section papi --to curl-config | curl -K -
  sign edgegrid --client-token T --access-token A \\
      --client-secret env:SECRET < requests.ndjson",
    parameters: parameters::ALL,
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(EdgeGrid::new(layers)?)),
};

/// The number of body bytes that services sign by default.
const MAX_BODY: usize = 131_072;

/// Credentials and settings, ready to sign requests.
#[derive(Debug)]
struct EdgeGrid {
    client_token: String,
    access_token: String,
    client_secret: Secret,
    /// Names in lower case, in the order given.
    headers_to_sign: Vec<String>,
    max_body: usize,
    host: Option<String>,
    base: Base,
    nonce: Option<String>,
    timestamp: Option<String>,
    account: Option<Account>,
}

/// The party that says which host is signed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    /// The one that has the keys: it may sign for any host.
    OfKeys,
    /// A line, with the user's keys: it must be the host that the request goes to, whose server could use the signature at
    /// the other one.
    OfLine,
}

impl Base {
    fn of(layers: &Layers<'_>) -> Self {
        let is_lines = |parameter: &Parameter| {
            let own = layers.line.and_then(|values| values.get(parameter));
            layers.options.get(parameter).is_none() && own.is_some_and(|value| !value.is_empty())
        };
        let is_allowed = layers.session.hosts == HostRule::Any;
        if is_allowed || !is_lines(&BASE_URL) || is_lines(&CLIENT_SECRET) { Self::OfKeys } else { Self::OfLine }
    }
}

/// The account that requests act on.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Account {
    /// The parameter's account, which replaces one in the URL.
    Given(String),
    /// The section's account, unless the URL names one.
    Section(String),
}

impl EdgeGrid {
    /// Checks the parameters and finds credentials.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if no credentials are found or a value is unknown, and [`Error::File`] or [`Error::Usage`] if
    /// the `.edgerc` file cannot be read.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let tokens = [&CLIENT_TOKEN, &ACCESS_TOKEN, &CLIENT_SECRET];
        let is_complete = tokens.into_iter().all(|parameter| layers.filled(parameter).is_some());
        let section = if is_complete && layers.filled(&EDGERC).is_none() && layers.filled(&SECTION).is_none() {
            Section::default()
        } else if layers.asker == Asker::Line {
            // Neither ~/.edgerc nor AKAMAI_* is looked at: what is missing is named below.
            Section::default()
        } else {
            edgerc::find(layers)?
        };
        let text = |parameter: &Parameter, from_section: &Option<Secret>| match layers.secret(parameter) {
            Some(secret) if !secret.is_empty() => Ok(secret.clone()),
            _ => from_section.clone().ok_or_else(|| layers.missing(parameter)),
        };
        let headers = layers.filled(&HEADERS_TO_SIGN).or(section.headers_to_sign.as_deref());
        let account = match layers.filled(&ACCOUNT_KEY) {
            Some(key) => Some(Account::Given(key.to_owned())),
            None => section.account_key.clone().map(Account::Section),
        };
        Ok(Self {
            client_token: text(&CLIENT_TOKEN, &section.client_token)?.expose().to_owned(),
            access_token: text(&ACCESS_TOKEN, &section.access_token)?.expose().to_owned(),
            client_secret: text(&CLIENT_SECRET, &section.client_secret)?,
            headers_to_sign: names(layers, headers.unwrap_or_default())?,
            max_body: layers.number(&MAX_BODY_SIZE)?.or(section.max_body).unwrap_or(MAX_BODY),
            host: layers.filled(&BASE_URL).map(|base| host_of(layers, base)).transpose()?,
            base: Base::of(layers),
            nonce: layers.filled(&NONCE).map(str::to_owned),
            timestamp: layers.filled(&TIMESTAMP).map(str::to_owned),
            account,
        })
    }

    fn switch_account(&self, request: &mut Request<'_>) {
        let is_switch = |piece: &str| piece_name(piece) == "accountSwitchKey";
        let key = match &self.account {
            None => return,
            Some(Account::Section(_)) if request.url.query_pieces().any(is_switch) => return,
            Some(Account::Section(key) | Account::Given(key)) => key,
        };
        request.url.retain_query(|piece| !is_switch(piece));
        let key = encode::percent_encoded(key.as_bytes(), &encode::UNRESERVED);
        request.url.append_query(&format!("accountSwitchKey={key}"));
    }

    /// Returns the canonical request: six fields, each followed by a tab.
    fn canonical_request(&self, request: &Request<'_>) -> String {
        let host = self.host.clone().unwrap_or_else(|| request.host().to_ascii_lowercase());
        let (method, target) = (&request.method, request.url.target());
        let protocol = request.url.protocol().as_str();
        let (headers, content) = (self.canonical_headers(request), self.content_hash(request));
        format!("{method}\t{protocol}\t{host}\t{target}\t{headers}\t{content}\t")
    }

    /// Returns the signed headers as `name:value` with tabs between. As in Akamai's own clients, the first of repeated headers
    /// is taken, and empty ones are left out.
    fn canonical_headers(&self, request: &Request<'_>) -> String {
        let mut values: HashMap<String, &str> = HashMap::new();
        for header in &request.headers {
            values.entry(header.name.to_ascii_lowercase()).or_insert(&header.value);
        }
        let line = |name: &String| {
            let words: Vec<&str> = values.get(name)?.split_ascii_whitespace().collect();
            (!words.is_empty()).then(|| format!("{name}:{}", words.join(" ")))
        };
        self.headers_to_sign.iter().filter_map(line).collect::<Vec<_>>().join("\t")
    }

    /// Returns the hash of the first `max_body` bytes of a POST body, or nothing for other methods and for an empty body.
    fn content_hash(&self, request: &Request<'_>) -> String {
        let body = request.body.sent();
        if request.method != "POST" || body.is_empty() {
            return String::new();
        }
        BASE64.encode(Algorithm::Sha256.digest(body.get(..self.max_body).unwrap_or(body)))
    }
}

impl Signs for EdgeGrid {
    fn covers_body(&self, request: &Request<'_>) -> bool {
        request.method == "POST"
    }

    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        if let (Base::OfLine, Some(host)) = (self.base, &self.host)
            && !request.url.is_host_header(host)
        {
            let problem = "baseURL in _auth is another host than the URL's; --allow-host lets it be signed".to_owned();
            return Err(Error::Auth { scheme: TABLE.name, problem: AuthProblem::Unsignable(problem) });
        }
        // The account goes into the query first, because the signature covers the query.
        self.switch_account(request);
        let timestamp = self.timestamp.clone().unwrap_or_else(|| moment.utc().replace('-', "") + "+0000");
        let nonce = match (moment.fixed_nonce(), &self.nonce) {
            (None, Some(nonce)) => nonce.clone(),
            _ => moment.nonce(16)?,
        };
        let unsigned = format!(
            "EG1-HMAC-SHA256 client_token={};access_token={};timestamp={timestamp};nonce={nonce};",
            self.client_token, self.access_token
        );
        let canonical = self.canonical_request(request);
        let data = format!("{canonical}{unsigned}");
        // The base64 text of this MAC is the key of the next one, not the bytes that it stands for.
        let key = mac(self.client_secret.expose().as_bytes(), &timestamp);
        request.headers.replace("Authorization", format!("{unsigned}signature={}", mac(key.as_bytes(), &data)));
        Ok(Signed { steps: vec![("canonical request", canonical), ("signing data", data)] })
    }
}

fn mac(key: &[u8], message: &str) -> String {
    BASE64.encode(Algorithm::Sha256.hmac(key, message.as_bytes()))
}

/// Parses header names, from a list with commas or a JSON list, into lower case.
fn names(layers: &Layers<'_>, text: &str) -> Result<Vec<String>, Error> {
    let list: Vec<String> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(|_| layers.bad(&HEADERS_TO_SIGN, "not a list of names"))?
    } else {
        text.split(',').map(str::to_owned).collect()
    };
    let names = list.iter().map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty());
    let names: Vec<String> = names.collect();
    // A long value that is named thousands of times would be signed as often.
    if names.iter().collect::<HashSet<_>>().len() < names.len() {
        return Err(layers.bad(&HEADERS_TO_SIGN, "a list with the same name twice"));
    }
    Ok(names)
}

/// Returns the host of a base URL, which may be written without `https://`.
fn host_of(layers: &Layers<'_>, base: &str) -> Result<String, Error> {
    let full = if base.contains("://") { base.to_owned() } else { format!("https://{base}") };
    let (url, _) = Url::parse(full.into()).map_err(|_| layers.bad(&BASE_URL, "neither a URL nor a host"))?;
    Ok(url.host_header().into_owned())
}
