//! A request and what follows on its response: a challenge that is met, a redirect that is followed, a network that
//! failed and is tried again.

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

/// A request is sent again at most this often because its server asks for other credentials.
const REPLAYS: u32 = 3;

/// More redirects than this are a circle.
const REDIRECTS: u32 = 10;

/// No pause before another try is longer than this.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// What may follow on a response.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    /// Whether a challenge is met.
    pub challenges: Challenges,
    /// Whether redirects are followed.
    pub redirects: Redirects,
    /// How often a request is tried again after the network failed.
    pub retries: u32,
    /// The pause before each further try; without it one second, then two, four, …
    pub pause: Option<Duration>,
    /// How much of a response is taken.
    pub limits: Limits,
}

/// What happens when a server asks for other credentials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Challenges {
    /// The request is sent again with what the server asks for.
    #[default]
    Met,
    /// The first answer is the final one (`--no-retry`).
    Final,
}

/// What happens with a redirect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Redirects {
    /// It is an answer like any other.
    #[default]
    Final,
    /// It is followed; credentials never go to another origin.
    Followed,
}

/// What came of a request.
#[derive(Debug)]
pub struct Done {
    /// The final response.
    pub response: Response,
    /// What the signers did, in order.
    pub signed: Vec<Signed>,
}

/// Sends requests under a policy.
pub struct Exchange<'e> {
    /// The way to the server.
    pub transport: &'e dyn Transport,
    /// When signatures are made.
    pub clock: &'e Clock,
    /// What may follow.
    pub policy: Policy,
}

impl Exchange<'_> {
    /// Signs a request, sends it, and does what follows. The request is then the one that was answered.
    ///
    /// # Errors
    /// [`Error::Network`] when every try failed; what signing says; a redirect that leads nowhere.
    pub fn perform(&self, auth: &mut Auth, request: &mut Request<'_>) -> Result<Done, Error> {
        let mut failures = 0;
        while failures < self.policy.retries {
            // A signature is good for one try: a nonce must not be used twice.
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

    /// The request and its redirects.
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
            let location = location(&response).filter(|_| self.policy.redirects == Redirects::Followed);
            let Some(location) = location else { return Ok(Done { response, signed }) };
            // Once another origin has had its say, nothing goes anywhere with credentials any more.
            let is_same_origin = redirect(request, response.status, &location)?;
            own = own.filter(|_| is_same_origin);
        }
        Err(Error::Failed(format!("{}: more than {REDIRECTS} redirects", request.url.origin())))
    }

    /// The request and what its server asks for.
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

/// Where a redirect leads, as the server wrote it.
fn location(response: &Response) -> Option<String> {
    let is_redirect = matches!(response.status, 301 | 302 | 303 | 307 | 308);
    response.headers.get("location").filter(|_| is_redirect).map(str::to_owned)
}

/// Makes of a request the one that a redirect asks for (RFC 9110 section 15.4). Whether it goes to the same origin: where
/// it does not, it has lost its credentials.
fn redirect(request: &mut Request<'_>, status: u16, location: &str) -> Result<bool, Error> {
    let nowhere = || Error::Failed(format!("{}: redirects to what is no http or https URL", request.url.origin()));
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

/// The error of a final response that says no to the credentials: 401, 403, 407.
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
