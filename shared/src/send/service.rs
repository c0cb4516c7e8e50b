//! Sends what tools ask on their own account: tokens and credentials. This is the only file that names reqwest.
//!
//! reqwest adds `Accept: */*`, lower-cases header names and brings repeats together. Services for tokens accept that; it
//! is the reason why requests of the pipe do not go this way.

use std::io::{self, Read as _};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant, SystemTime};

use reqwest::blocking::Client;
use reqwest::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Method, Proxy};

use crate::endpoint::Endpoint;
use crate::error::{Error, Field, Problem};
use crate::headers::Headers;
use crate::lock::lock;
use crate::proxies::Proxies;
use crate::request::Request;
use crate::response::{Response, Times, Version};
use crate::transport::{Limits, PlainSecrets, Route, Transport};
use crate::url::{Protocol, Url, unbracketed};
use crate::wire::text_of;

use super::connection::{explained, network};
use super::settings::Settings;

/// The transport for what a tool asks.
pub(super) struct Service {
    settings: Settings,
    proxies: Arc<Proxies>,
    usual: OnceLock<Client>,
    direct: OnceLock<Client>,
    /// Held while a client is made, so that each is made once.
    making: Mutex<()>,
}

impl Service {
    /// A transport without connections. Proxies are those of the settings, or of the environment.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if a proxy is of a kind that is not supported.
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        let proxies = Arc::new(settings.proxies()?);
        let settings = settings.clone();
        Ok(Self { settings, proxies, usual: OnceLock::new(), direct: OnceLock::new(), making: Mutex::new(()) })
    }

    fn client(&self, route: Route) -> Result<&Client, Error> {
        let place = match route {
            Route::Usual => &self.usual,
            Route::Direct => &self.direct,
        };
        let _one = lock(&self.making);
        if place.get().is_none() {
            let client = self.make(route)?;
            // It cannot have been set meanwhile, because `making` is held.
            let _ = place.set(client);
        }
        place.get().ok_or_else(|| Error::Failed("no HTTP client".to_owned()))
    }

    /// Returns the proxy of a failed request in words: it may be the proxy that cannot be reached or that refuses.
    fn through(&self, protocol: Protocol, endpoint: &Endpoint, route: Route) -> String {
        let proxy = self.proxies.get(protocol, endpoint).filter(|_| route == Route::Usual);
        let url = proxy.and_then(|proxy| proxy.url().expose().parse::<reqwest::Url>().ok());
        let host = url.as_ref().and_then(|url| Some((url.host_str()?, url.port_or_known_default()?)));
        host.map_or_else(String::new, |(host, port)| format!(" (through the proxy {host}:{port})"))
    }

    fn make(&self, route: Route) -> Result<Client, Error> {
        let failed = |error: reqwest::Error| Error::Failed(reason(&error));
        let mut tls = rustls::ClientConfig::clone(&*self.settings.tls()?);
        // The shared configuration offers HTTP/1.1 alone, which verbatim requests need. Services may use HTTP/2.
        tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // A redirect would take the secrets of a form elsewhere, and a repeat could send a code that may be used only
        // once (RFC 6749 section 4.1.2).
        let mut builder = Client::builder()
            .redirect(Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .connect_timeout(self.settings.connect)
            .tls_backend_preconfigured(tls);
        if route == Route::Usual {
            let proxies = Arc::clone(&self.proxies);
            builder = builder.proxy(Proxy::custom(move |url| proxy(&proxies, url)));
        }
        builder.build().map_err(failed)
    }
}

/// Returns the proxy for a URL, with its credentials.
fn proxy(proxies: &Proxies, url: &reqwest::Url) -> Option<reqwest::Url> {
    let protocol = if url.scheme() == "https" { Protocol::Https } else { Protocol::Http };
    let host = unbracketed(url.host_str()?).to_owned();
    let endpoint = Endpoint { host, port: url.port_or_known_default()? };
    let proxy = proxies.get(protocol, &endpoint)?;
    proxy.url().expose().parse().ok()
}

impl Transport for Service {
    fn send(&self, request: &Request<'_>, limits: Limits) -> Result<Response, Error> {
        // reqwest would send the URL as it parses it, and a signature over the URL as written would not fit.
        if would_change(&request.url) {
            return Err(Error::request(Field::Url, Problem::WouldChange));
        }
        let started = SystemTime::now();
        let begun = Instant::now();
        let endpoint = Endpoint { host: request.url.ascii_host().into_owned(), port: request.url.effective_port() };
        let failed = |error: reqwest::Error| {
            let through = self.through(request.url.protocol(), &endpoint, limits.route);
            network(&endpoint, &format!("{}{through}", reason(&error)))
        };
        let method = Method::from_bytes(request.method.as_bytes());
        let method = method.map_err(|_| Error::request(Field::Method, Problem::NotToken))?;
        let time = self.settings.time.min(limits.time);
        let client = self.client(limits.route)?;
        let mut asked = client.request(method, request.url.as_str()).timeout(time).headers(headers(request)?);
        if let Some(body) = request.body.bytes() {
            // An empty body is not the same as none, but reqwest sends no Content-Length for it.
            if body.is_empty() {
                asked = asked.header(CONTENT_LENGTH, "0");
            }
            asked = asked.body(body.to_vec());
        }
        let mut answer = asked.send().map_err(failed)?;
        let wait = begun.elapsed();
        let mut response = Response {
            status: answer.status().as_u16(),
            reason: answer.status().canonical_reason().unwrap_or_default().to_owned(),
            version: version(answer.version()),
            headers: received(answer.headers()),
            peer: answer.remote_addr(),
            ..Response::default()
        };
        let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
        // One byte more than the limit tells a body that is too long from one that just fits.
        let read = answer.by_ref().take(most.saturating_add(1)).read_to_end(&mut response.body);
        read.map_err(|error| network(&endpoint, &error.to_string()))?;
        if response.body.len() > limits.bytes {
            return Err(Error::Failed(format!("{endpoint}: the response is longer than {most} bytes")));
        }
        let receive = begun.elapsed().saturating_sub(wait);
        response.times = Times { started, connect: None, tls: None, send: Duration::ZERO, wait, receive };
        Ok(response)
    }

    fn alone(&self) -> Result<Box<dyn Transport>, Error> {
        Ok(Box::new(Self::new(&self.settings)?))
    }

    fn plain(&self) -> PlainSecrets {
        self.settings.plain
    }
}

fn headers(request: &Request<'_>) -> Result<HeaderMap, Error> {
    let mut map = HeaderMap::with_capacity(request.headers.len());
    for (index, header) in request.headers.iter().enumerate() {
        let bad = |problem| Error::request(Field::Header(index + 1), problem);
        let name = HeaderName::from_bytes(header.name.as_bytes()).map_err(|_| bad(Problem::NameNotToken))?;
        let value = HeaderValue::from_bytes(header.value.as_bytes()).map_err(|_| bad(Problem::ValueControl))?;
        map.append(name, value);
    }
    Ok(map)
}

fn received(map: &HeaderMap) -> Headers<'static> {
    let mut headers = Headers::with_capacity(map.len());
    for (name, value) in map {
        headers.push(name.as_str().to_owned(), text_of(value.as_bytes()).into_owned());
    }
    headers
}

fn version(version: reqwest::Version) -> Version {
    match version {
        reqwest::Version::HTTP_2 => Version::Http2,
        reqwest::Version::HTTP_10 => Version::Http10,
        _ => Version::Http11,
    }
}

/// Returns the innermost reason. The outer ones name the URL, whose query may hold a secret.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time; --max-time allows more".to_owned();
    }
    let mut source: &dyn std::error::Error = error;
    while let Some(inner) = source.source() {
        source = inner;
    }
    // An `io::Error` that holds the error of TLS does not give it as its source.
    source.downcast_ref::<io::Error>().map_or_else(|| source.to_string(), explained)
}

/// Returns true if the URL standard (WHATWG) would change the URL: remove dots, escape characters, or spell the host in
/// another way. Servers, caches and proxies also read such a URL in different ways.
pub(super) fn would_change(url: &Url<'_>) -> bool {
    let Ok(parsed) = reqwest::Url::parse(url.as_str()) else { return true };
    let target = match parsed.query() {
        Some(query) => format!("{}?{query}", parsed.path()),
        None => parsed.path().to_owned(),
    };
    parsed.host_str() != Some(&*url.ascii_host()) || target != *url.target()
}

/// Resolves a reference against a base (RFC 3986 section 5). Returns `None` if the result is not a URL.
pub(super) fn joined(base: &Url<'_>, reference: &str) -> Option<String> {
    let mut target = reqwest::Url::parse(base.as_str()).ok()?.join(reference).ok()?;
    // The target of a request has no fragment (RFC 9110 section 7.1).
    target.set_fragment(None);
    Some(target.into())
}
