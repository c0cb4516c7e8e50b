//! Sends a request and does what its response asks for: answers a challenge, follows a redirect, tries again after the
//! network failed.

use std::time::Duration;

use crate::auth::{Auth, Exposure, Next, Signed};
use crate::error::Error;
use crate::headers::Header;
use crate::moment::Clock;
use crate::request::Request;
use crate::response::Response;
use crate::transport::{Limits, PlainSecrets, Transport};
use crate::url::Protocol;

use super::redirect;

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
    /// The choice whether a secret itself may go to other machines over plain HTTP (`--allow-http`).
    pub plain: PlainSecrets,
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
        // The last try needs no copy, since the request is not sent again after it.
        self.follow(auth, request)
    }

    fn pause(&self, failures: u32) -> Duration {
        let doubled = || Duration::from_secs(1).saturating_mul(2u32.saturating_pow(failures)).min(LONGEST_PAUSE);
        self.policy.pause.unwrap_or_else(doubled)
    }

    /// Sends a request and follows its redirects.
    fn follow(&self, auth: &mut Auth, request: &mut Request<'_>) -> Result<Done, Error> {
        // A redirect to another origin gets the request as it was before it was authorized.
        let mut bare = match self.policy.redirects {
            Redirects::Followed => Some(request.clone()),
            Redirects::Final => None,
        };
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
            let (Some(bare), Some(location)) = (&mut bare, location(&response)) else {
                return Ok(Done { response, signed });
            };
            let mut url = redirect::target(request, &location)?;
            if !redirect::is_same_origin(&url, &request.url) {
                redirect::forget(&mut url, bare, request)?;
                // After a redirect through another origin, no request has credentials, not even one to the first origin:
                // the other one chose its URL.
                *request = bare.clone();
                own = None;
            }
            // Both forms move on together: a later redirect may leave the origin, and then the bare one is needed.
            redirect::apply(request, response.status, &url);
            redirect::apply(bare, response.status, &url);
        }
        Err(Error::Failed(format!("{}: more than {REDIRECTS} redirects", request.url.origin())))
    }

    /// Refuses to send a secret itself to another machine over plain HTTP.
    fn check_way(&self, auth: &Auth, request: &Request<'_>) -> Result<(), Error> {
        let is_safe = request.url.protocol() == Protocol::Https || request.url.is_of_this_machine();
        let has_secret = auth.exposure() == Exposure::Secret || request.headers.iter().any(is_secret_itself);
        if is_safe || !has_secret || self.policy.plain == PlainSecrets::Allowed {
            return Ok(());
        }
        let problem = "the secret would go over plain http, for all on the way to read; --allow-http sends it";
        Err(Error::Failed(format!("{}: {problem}", request.url.origin())))
    }

    /// Sends a request and answers its server's challenges.
    fn meet(&self, auth: &mut Auth, request: &mut Request<'_>) -> Result<Response, Error> {
        // The check comes after signing, so that it sees the header that was added, and before the first byte is sent.
        self.check_way(auth, request)?;
        let most = if self.policy.challenges == Challenges::Met { REPLAYS } else { 0 };
        let mut replays = 0;
        loop {
            let response = self.transport.send(request, self.policy.limits).inspect_err(|_| auth.give_up())?;
            // The answer goes into a copy: if no replay follows, `request` must stay the one that was sent.
            let mut again = request.clone();
            match auth.answer(&mut again, &response, &self.clock.moment())? {
                Next::Again if replays < most => *request = again,
                // The answer counts once the replays are used up: wrong credentials would be asked for without end.
                Next::Again | Next::Final => return Ok(response),
            }
            replays += 1;
        }
    }
}

/// Returns the target of a redirect as the server wrote it, or `None` if the response is not a redirect.
fn location(response: &Response) -> Option<String> {
    match response.status {
        // 304 is no redirect, and 300 offers a choice (RFC 9110 section 15.4).
        301 | 302 | 303 | 307 | 308 => response.headers.get("location").map(str::to_owned),
        _ => None,
    }
}

/// Returns true for the `Authorization` headers that a line or the userinfo of its URL may hold: a password or a token.
fn is_secret_itself(header: &Header<'_>) -> bool {
    let scheme = header.value.split(' ').next().unwrap_or_default();
    header.is("authorization") && ["basic", "bearer"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
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
