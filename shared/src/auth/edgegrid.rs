//! Akamai EdgeGrid, EG1-HMAC-SHA256 (techdocs.akamai.com/developer/docs/authenticate-with-edgegrid).

pub mod edgerc;

use base64::Engine as _;

use crate::encode::{self, BASE64};
use crate::error::Error;
use crate::hash::Algorithm;
use crate::moment::Moment;
use crate::request::Request;
use crate::secret::Secret;
use crate::url::{Url, piece_name};

use super::outcome::Signed;
use super::parameters::Parameter;
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use edgerc::Section;

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "edgegrid",
    aliases: &[],
    about: "Akamai EdgeGrid",
    examples: "  echo https://HOST.luna.akamaiapis.net/papi/v1/groups |
      sign edgegrid --section papi --to curl-config | curl -K -
  sign edgegrid --client-token T --access-token A \\
      --client-secret env:SECRET < requests.ndjson",
    parameters: &[
        Parameter::identifier("accessToken").default("that of the .edgerc section").short("The access token"),
        Parameter::identifier("clientToken").default("that of the .edgerc section").short("The client token"),
        Parameter::secret("clientSecret").default("that of the .edgerc section").short("The client secret"),
        Parameter::text("headersToSign")
            .default("those of the .edgerc section, else none")
            .short("Names of headers to sign, with commas between")
            .more("In the API's order"),
        Parameter::number("maxBodySize")
            .value("BYTES")
            .default("max_body of the .edgerc section, else 131072")
            .short("How many bytes of a POST body are signed"),
        Parameter::text("baseURL")
            .default("the request's own host")
            .short("Sign for this host")
            .more("Where the request reaches it by another name"),
        Parameter::text("nonce").option_shared().default("random, new for each request").short("The nonce"),
        Parameter::number("timestamp")
            .value("TIME")
            .default("now")
            .short("The time of signing, as 20140321T19:34:21+0000"),
        Parameter::text("accountKey")
            .default("account_key of the .edgerc section, else none")
            .short("Act on this account")
            .more("Goes into the query as accountSwitchKey"),
        Parameter::text("edgerc")
            .not_in_line()
            .default("AKAMAI_CLIENT_SECRET and its like, then ~/.edgerc")
            .short("Take what is not given from this file"),
        Parameter::text("section")
            .not_in_line()
            .default("default")
            .short("Take it from this section")
            .more("Its variables are AKAMAI_SECTION_CLIENT_SECRET and so on"),
    ],
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
    nonce: Option<String>,
    timestamp: Option<String>,
    account: Option<Account>,
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
        let tokens = ["clientToken", "accessToken", "clientSecret"];
        let is_complete = tokens.iter().all(|key| layers.filled(key).is_some());
        let section = if is_complete && layers.filled("edgerc").is_none() && layers.filled("section").is_none() {
            Section::default()
        } else {
            edgerc::find(layers)?
        };
        let text = |key: &'static str, from_section: &Option<Secret>| match layers.secret(key) {
            Some(secret) if !secret.is_empty() => Ok(secret.clone()),
            _ => from_section.clone().ok_or_else(|| layers.missing(key)),
        };
        let headers = layers.filled("headersToSign").or(section.headers_to_sign.as_deref());
        let account = match layers.filled("accountKey") {
            Some(key) => Some(Account::Given(key.to_owned())),
            None => section.account_key.clone().map(Account::Section),
        };
        Ok(Self {
            client_token: text("clientToken", &section.client_token)?.expose().to_owned(),
            access_token: text("accessToken", &section.access_token)?.expose().to_owned(),
            client_secret: text("clientSecret", &section.client_secret)?,
            headers_to_sign: names(layers, headers.unwrap_or_default())?,
            max_body: layers.number("maxBodySize")?.or(section.max_body).unwrap_or(MAX_BODY),
            host: layers.filled("baseURL").map(|base| host_of(layers, base)).transpose()?,
            nonce: layers.filled("nonce").map(str::to_owned),
            timestamp: layers.filled("timestamp").map(str::to_owned),
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
        let line = |name: &String| {
            let words: Vec<&str> = request.headers.get(name)?.split_ascii_whitespace().collect();
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
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
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
        serde_json::from_str(text).map_err(|_| layers.bad("headersToSign", "not a list of names"))?
    } else {
        text.split(',').map(str::to_owned).collect()
    };
    let names = list.iter().map(|name| name.trim().to_ascii_lowercase()).filter(|name| !name.is_empty());
    Ok(names.collect())
}

/// Returns the host of a base URL, which may be written without `https://`.
fn host_of(layers: &Layers<'_>, base: &str) -> Result<String, Error> {
    let full = if base.contains("://") { base.to_owned() } else { format!("https://{base}") };
    let (url, _) = Url::parse(full.into()).map_err(|_| layers.bad("baseURL", "neither a URL nor a host"))?;
    Ok(url.host_header().into_owned())
}
