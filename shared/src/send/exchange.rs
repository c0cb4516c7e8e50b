//! Sends a request and does what its response asks for: answers a challenge, follows a redirect, tries again after the
//! network failed.

use std::time::Duration;

use crate::auth::{Auth, Next, Signed};
use crate::body::Body;
use crate::error::Error;
use crate::headers::Origin;
use crate::moment::Clock;
use crate::request::Request;
use crate::response::Response;
use crate::transport::{Limits, Transport};
use crate::url::Url;

use super::service::joined;

/// The largest number of times that a request is sent again because its server asks for other credentials.
const REPLAYS: u32 = 3;

/// The largest number of redirects that are followed. More are taken for a circle.
const REDIRECTS: u32 = 10;

/// The longest pause before another try.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The rules for what is done after a response.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// The treatment of challenges.
    pub challenges: Challenges,
    /// The treatment of redirects.
    pub redirects: Redirects,
    /// The number of further tries after the network failed.
    pub retries: u32,
    /// The pause before each further try. If it is `None`, one second, then two, four, …
    pub pause: Option<Duration>,
    /// The limits of each exchange.
    pub limits: Limits,
}

/// The treatment of a response that asks for other credentials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Challenges {
    /// The request is sent again with what the server asks for.
    #[default]
    Met,
    /// The first answer is the final one (`--no-retry`).
    Final,
}

/// The treatment of a redirect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Redirects {
    /// It is a final response like any other.
    #[default]
    Final,
    /// It is followed. Credentials never go to another origin.
    Followed,
}

/// The result of a request.
#[derive(Debug)]
pub struct Done {
    /// The final response.
    pub response: Response,
    /// The signature of each try, in order.
    pub signed: Vec<Signed>,
}

/// Sends requests under a policy.
pub struct Exchange<'e> {
    /// The transport to the server.
    pub transport: &'e dyn Transport,
    /// The time and the nonces of signatures.
    pub clock: &'e Clock,
    /// The rules for what is done after a response.
    pub policy: Policy,
}

impl Exchange<'_> {
    /// Signs a request, sends it, and does what the policy says. Afterwards `request` is the one that was answered last.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if every try failed, [`Error::Failed`] if a redirect leads nowhere or in a circle, and the
    /// error of signing if it fails.
    pub fn perform(&self, auth: &mut Auth, request: &mut Request<'_>) -> Result<Done, Error> {
        let mut failures = 0;
        while failures < self.policy.retries {
            // Each try is signed anew, because servers refuse a nonce that comes twice.
            let mut attempt = request.clone();
            match self.follow(auth, &mut attempt) {
                Err(Error::Network(problem)) => {
                    log::info!("{problem}; trying again");
                    std::thread::sleep(self.pause(failures));
                    failures += 1;
                }
                outcome => {
                    *request = attempt;
                    return outcome;
                }
            }
        }
        self.follow(auth, request)
    }

    fn pause(&self, failures: u32) -> Duration {
        let doubled = || Duration::from_secs(1).saturating_mul(2u32.saturating_pow(failures)).min(LONGEST_PAUSE);
        self.policy.pause.unwrap_or_else(doubled)
    }

    /// Sends a request and follows its redirects.
    fn follow(&self, auth: &mut Auth, request: &mut Request<'_>) -> Result<Done, Error> {
        let mut own = Some(auth);
        let mut signed = Vec::new();
        for _ in 0..=REDIRECTS {
            let response = match own.as_deref_mut() {
                Some(auth) => {
                    signed.push(auth.sign(request, &self.clock.moment())?);
                    self.meet(auth, request)?
                }
                None => self.transport.send(request, self.policy.limits)?,
            };
            let location = match self.policy.redirects {
                Redirects::Followed => location(&response),
                Redirects::Final => None,
            };
            let Some(location) = location else { return Ok(Done { response, signed }) };
            // After a redirect through another origin, no request has credentials, not even one to the first origin:
            // the other one chose its URL.
            let is_same_origin = redirect(request, response.status, &location)?;
            if !is_same_origin {
                own = None;
            }
        }
        Err(Error::Failed(format!("{}: more than {REDIRECTS} redirects", request.url.origin())))
    }

    /// Sends a request and answers its server's challenges.
    fn meet(&self, auth: &mut Auth, request: &mut Request<'_>) -> Result<Response, Error> {
        let most = if self.policy.challenges == Challenges::Met { REPLAYS } else { 0 };
        let mut replays = 0;
        loop {
            let response = self.transport.send(request, self.policy.limits).inspect_err(|_| auth.give_up())?;
            let mut again = request.clone();
            match auth.answer(&mut again, &response, &self.clock.moment())? {
                Next::Again if replays < most => *request = again,
                Next::Again | Next::Final => return Ok(response),
            }
            replays += 1;
        }
    }
}

/// Returns the target of a redirect as the server wrote it, or `None` if the response is not a redirect.
fn location(response: &Response) -> Option<String> {
    match response.status {
        301 | 302 | 303 | 307 | 308 => response.headers.get("location").map(str::to_owned),
        _ => None,
    }
}

/// Turns a request into the one that a redirect asks for (RFC 9110 section 15.4). Returns true if it goes to the same
/// origin. Otherwise its credentials are removed.
fn redirect(request: &mut Request<'_>, status: u16, location: &str) -> Result<bool, Error> {
    let nowhere =
        || Error::Failed(format!("{}: redirects to something that is not an http(s) URL", request.url.origin()));
    let target = joined(&request.url, location).ok_or_else(nowhere)?;
    // Credentials that a server writes into a redirect are not the user's.
    let (url, _) = Url::parse(target.into()).map_err(|_| nowhere())?;
    let is_same_origin = url.protocol() == request.url.protocol()
        && url.effective_port() == request.url.effective_port()
        && url.ascii_host() == request.url.ascii_host();
    if !is_same_origin {
        request.headers.retain(|header| {
            let is_secret = header.is("authorization") || header.is("cookie") || header.is("proxy-authorization");
            header.origin == Origin::Given && !is_secret && !header.is("host")
        });
    }
    let becomes_get = match status {
        303 => request.method != "HEAD",
        301 | 302 => request.method == "POST",
        _ => false,
    };
    if becomes_get {
        request.method = "GET".into();
        request.body = Body::none();
        request
            .headers
            .retain(|header| !header.name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("content-")));
    }
    request.url = url;
    Ok(is_same_origin)
}

/// Returns the error for a final response that refuses the credentials: 401, 403, 407.
#[must_use]
pub fn refusal(request: &Request<'_>, response: &Response) -> Option<Error> {
    let why = match response.status {
        401 => "the server wants other credentials",
        403 => "the server denies access",
        407 => "the proxy wants other credentials",
        _ => return None,
    };
    Some(Error::Refused(format!("{}: {why} ({})", request.url.origin(), response.status)))
}
