//! Digest authentication (RFC 7616, and its older forms of RFC 2617 and RFC 2069).
//!
//! `Digest` holds what the user configured. Offers of servers are kept in `Spaces` by origin and realm, where all threads
//! share them.

mod credentials;
mod offer;
pub mod parameters;
pub(super) mod spaces;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::sync::Arc;

use crate::body::Body;
use crate::challenge::{self, Challenge};
use crate::encode;
use crate::error::{AuthProblem, Error};
use crate::hash::is_same;
use crate::moment::{self, Moment};
use crate::request::Request;
use crate::response::Response;
use crate::secret::Secret;
use crate::transport::{Lazy, Limits};

use super::outcome::{Delivery, Next, Order, Signed};
use super::parameters::{DISABLE_RETRY_REQUEST, PASSWORD, USERNAME};
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use super::session;
use credentials::{Credentials, Message};
use offer::{Algorithm, Charset, Choice, Names, Offer, Qop, Unusable, Wanted};
use parameters::{ALGORITHM, CLIENT_NONCE, NONCE, NONCE_COUNT, OPAQUE, QOP, REALM};
use spaces::{Asking, Entry, Spaces, Target, Ticket};

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "digest",
    aliases: &[],
    about: "A response to a server's challenge (RFC 7616)",
    examples: "  echo https://api.example.com/ |
      sign digest --username alice --password env:PASSWORD --to curl-config |
      curl -K -
  echo https://api.example.com/ |
      sign digest --username alice --password env:PASSWORD \\
          --challenge 'Digest realm=\"api\", nonce=\"5TsQWLVd\", qop=\"auth\"'",
    parameters: parameters::ALL,
    challenge: ChallengeOption::Taken,
    make: |layers| Ok(Box::new(Digest::new(layers)?)),
};

/// The reaction to a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Retry {
    /// It is answered.
    Answer,
    /// The first response is the final one.
    Never,
}

/// Credentials and settings, ready to sign requests.
#[derive(Debug)]
struct Digest {
    username: String,
    password: Secret,
    wanted: Wanted,
    /// The offer that the user gave in place of a server's challenge, with the qop chosen.
    given: Option<Choice>,
    first_count: u32,
    client_nonce: Option<String>,
    retry: Retry,
    delivery: Delivery,
    asking: session::Asking,
    spaces: Arc<Spaces>,
    transport: Arc<Lazy>,
    exchange: RefCell<Exchange>,
}

/// The state of one request and its repetitions.
#[derive(Debug, Default)]
struct Exchange {
    /// The right to ask, if the request goes out without authorization to get a challenge.
    asking: Option<Asking>,
    /// The ticket that the request was last signed with.
    used: Option<Ticket>,
    /// True if a challenge was answered already. Credentials that are refused after that are wrong.
    has_answered: bool,
}

impl Digest {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the user name is missing or a value is unknown, and [`Error::Usage`] if none of the
    /// challenges that the user gave can be answered.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let username = layers.required(&USERNAME)?.expose().to_owned();
        let algorithm = layers.filled(&ALGORITHM).map(|name| {
            Algorithm::named(name)
                .ok_or_else(|| layers.bad(&ALGORITHM, format!("not one of {}", Algorithm::NAMES.join(", "))))
        });
        let wanted = Wanted {
            realm: layers.filled(&REALM).map(str::to_owned),
            algorithm: algorithm.transpose()?,
            qops: qops(layers)?,
        };
        Ok(Self {
            username,
            password: layers.secret(&PASSWORD).cloned().unwrap_or_else(|| Secret::new("")),
            given: given(layers, &wanted)?,
            wanted,
            first_count: first_count(layers)?,
            client_nonce: layers.filled(&CLIENT_NONCE).map(str::to_owned),
            retry: if layers.flag(&DISABLE_RETRY_REQUEST)? { Retry::Never } else { Retry::Answer },
            delivery: layers.session.delivery,
            asking: layers.session.asking,
            spaces: layers.session.shared(),
            transport: Arc::clone(&layers.session.transport),
            exchange: RefCell::default(),
        })
    }

    /// Returns the client nonce, which `--nonce` sets. Exception: if `--nonce` is also the server's nonce of the challenge
    /// that the user gave and `--now` is not set, the user meant the server's, so a random client nonce is drawn.
    fn fresh_client_nonce(&self, moment: &Moment) -> Result<String, Error> {
        let is_servers = |fixed: &str| self.given.as_ref().is_some_and(|(offer, _)| offer.nonce == fixed);
        let fixed = moment.fixed_nonce().filter(|fixed| moment.is_fixed() || !is_servers(fixed));
        match self.client_nonce.as_deref().or(fixed) {
            Some(nonce) => Ok(nonce.to_owned()),
            None => Ok(encode::hex(&moment::random(16)?)),
        }
    }

    /// Returns a ticket for an offer of the server, which is asked for one if none is known. `None` means that the request
    /// goes out without authorization.
    fn learned(&self, request: &Request<'_>, client_nonce: &str) -> Result<Option<Ticket>, Error> {
        let target = Target::of(&request.url);
        let asking = match self.spaces.enter(&target, &self.wanted, client_nonce) {
            Entry::Known(ticket) => return Ok(Some(ticket)),
            Entry::NotOffered(offered) => return Err(self.not_offered(&offered)),
            Entry::Open => None,
            Entry::Ask(asking) => Some(asking),
        };
        match (self.delivery, self.retry) {
            (Delivery::Sent, Retry::Never) => Ok(None),
            (Delivery::Sent, Retry::Answer) => {
                // The right to ask is kept until the response is there, so that other threads wait for its challenge.
                self.exchange.borrow_mut().asking = asking;
                Ok(None)
            }
            (Delivery::Written, Retry::Never) => {
                Err(unsignable("no challenge is known, and asking the server is turned off: give --challenge"))
            }
            (Delivery::Written, Retry::Answer) if self.asking == session::Asking::Refused => Err(unsignable(
                "no challenge is known, and a line alone makes no request: --ask asks the server, --challenge gives one",
            )),
            (Delivery::Written, Retry::Answer) => {
                let choice = self.ask(request, &target)?;
                Ok(Some(self.spaces.issue(&target, choice, client_nonce)))
            }
        }
    }

    /// Asks the server for its challenge. A challenge is for a protection space (RFC 7616 section 3.3), not for a method, so
    /// a request whose method may change something is asked about with HEAD, and with GET where HEAD is not challenged:
    /// asking changes nothing (RFC 9110 section 9.2.1), even where the server does not ask for digest at all.
    fn ask(&self, request: &Request<'_>, target: &Target) -> Result<Choice, Error> {
        let own: &str = &request.method;
        let methods = if matches!(own, "GET" | "HEAD" | "OPTIONS") { vec![own] } else { vec!["HEAD", "GET"] };
        let mut status = 0;
        for method in methods {
            let response = self.transport.get()?.send(&question(request, method), Limits::SERVICE)?;
            if let Some(choice) = self.learn(&response, target)? {
                return Ok(choice);
            }
            status = response.status;
        }
        Err(unsignable(&format!("the server does not ask for digest: it answers {status}")))
    }

    /// Keeps the offers of a response and returns the one to answer, or `None` if the response does not ask for digest.
    fn learn(&self, response: &Response, target: &Target) -> Result<Option<Choice>, Error> {
        if !matches!(response.status, 401 | 403) {
            return Ok(None);
        }
        let list = challenge::List::of(&response.headers, "WWW-Authenticate");
        let (offers, unusable) = read(list.of_scheme("digest"));
        let Some(choice) = self.wanted.choose(&offers) else {
            return match (offers.is_empty(), unusable, list.trouble) {
                (false, _, _) => Err(self.not_offered(&offer::listed(&offers))),
                (true, Some(unusable), _) => Err(unsignable(&format!("the server's challenge {unusable}"))),
                (true, None, Some(trouble)) => {
                    Err(unsignable(&format!("the server's challenge cannot be read: {trouble}")))
                }
                (true, None, None) => Ok(None),
            };
        };
        self.spaces.learn(target, &choice.0.realm, &offers);
        Ok(Some(choice))
    }

    fn not_offered(&self, offered: &str) -> Error {
        unsignable(&format!("the server does not offer {}; it offers {offered}", self.wanted))
    }

    fn put(&self, request: &mut Request<'_>, ticket: Ticket) -> Signed {
        // Servers compare `uri` with the request line (RFC 7616 section 3.4.6), so it is the target byte by byte.
        let uri = request.url.target().into_owned();
        let credentials = self.credentials(&ticket, &uri);
        let message = Message { method: &request.method, body: request.body.sent() };
        let (authorization, steps) = credentials.authorization(&message);
        request.headers.replace("Authorization", authorization);
        self.exchange.borrow_mut().used = Some(ticket);
        Signed { steps }
    }

    fn credentials<'c>(&'c self, ticket: &'c Ticket, uri: &'c str) -> Credentials<'c> {
        Credentials {
            username: &self.username,
            password: &self.password,
            offer: &ticket.choice.0,
            qop: ticket.choice.1,
            count: ticket.count,
            client_nonce: &ticket.client_nonce,
            uri,
        }
    }

    /// Reads `Authentication-Info` (RFC 7616 section 3.5), which proves that the server knows the password and may give the
    /// nonce for the next request.
    fn take_information(&self, used: &Ticket, request: &Request<'_>, response: &Response) -> Result<(), Error> {
        let Some(header) = response.headers.get("Authentication-Info") else { return Ok(()) };
        let information = Challenge::without_scheme(header);
        if let Some(proof) = information.parameter("rspauth") {
            // The qop may differ: the server says which one it used.
            let said = information.parameter("qop").and_then(|text| Qop::list(text).first().copied());
            let ticket = Ticket { choice: (Arc::clone(&used.choice.0), said.or(used.choice.1)), ..used.clone() };
            self.check_proof(&ticket, proof, request, response)?;
        }
        if let Some(next) = information.parameter("nextnonce").filter(|next| !next.is_empty()) {
            self.spaces.rotate(&Target::of(&request.url), used, next);
        }
        Ok(())
    }

    /// Checks the server's proof, which is computed like a response with the server's body and an empty method.
    fn check_proof(&self, used: &Ticket, proof: &str, request: &Request<'_>, response: &Response) -> Result<(), Error> {
        let uri = request.url.target();
        let expected = self.credentials(used, &uri).response(&Message { method: "", body: &response.body });
        // Hex digits mean the same in either case, and the server may write capitals.
        if is_same(expected.as_bytes(), proof.to_ascii_lowercase().as_bytes()) {
            return Ok(());
        }
        Err(Error::Refused("digest: the answer does not prove that the server knows the password (rspauth)".to_owned()))
    }
}

impl Signs for Digest {
    /// If no challenge is known, a request that is written makes this ask the server for one. A request that is sent goes
    /// out without authorization instead, and [`Signs::answer`] sees the challenge.
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        // The last request may have ended without an answer. Its right to ask ends here, or other threads would wait
        // for it.
        self.exchange.take();
        // The header goes even if no other replaces it: it is of another scheme, or of an earlier run.
        request.headers.remove("Authorization");
        let client_nonce = self.fresh_client_nonce(moment)?;
        let given = self.given.clone().and_then(|choice| self.spaces.given(choice, self.first_count, &client_nonce));
        let ticket = match given {
            Some(ticket) => Some(ticket),
            None => self.learned(request, &client_nonce)?,
        };
        Ok(ticket.map(|ticket| self.put(request, ticket)).unwrap_or_default())
    }

    fn answer(&mut self, request: &mut Request<'_>, response: &Response, moment: &Moment) -> Result<Next, Error> {
        // `_asking` is dropped at the end of this function, when the offers are kept: threads that wait then find them.
        let Exchange { asking: _asking, used, has_answered } = self.exchange.take();
        let target = Target::of(&request.url);
        // A 403 to credentials means that the user is known and not allowed, which another response would not change.
        if !(response.status == 401 || (response.status == 403 && used.is_none())) {
            match used {
                Some(used) => self.take_information(&used, request, response)?,
                None => self.spaces.open(&target),
            }
            return Ok(Next::Final);
        }
        if self.retry == Retry::Never {
            return Ok(Next::Final);
        }
        let Some(choice) = self.learn(response, &target)? else { return Ok(Next::Final) };
        if let Some(used) = &used {
            self.spaces.refuse(used);
            // A new nonce without `stale` may mean that the old one has expired, or that the password is wrong. So it
            // is answered once only.
            let is_rotated = !has_answered && choice.0.nonce != used.choice.0.nonce;
            if !choice.0.is_stale && !is_rotated {
                return Ok(Next::Final);
            }
        }
        let client_nonce = self.fresh_client_nonce(moment)?;
        let ticket = self.spaces.issue(&target, choice, &client_nonce);
        drop(self.put(request, ticket));
        self.exchange.get_mut().has_answered = true;
        Ok(Next::Again)
    }

    /// Gives up the right to ask, so that another request may ask for a challenge.
    fn give_up(&mut self) {
        self.exchange.take();
    }

    /// Another program sends written requests in the order of the output, and their counts must rise in that order.
    fn order(&self) -> Order {
        match self.delivery {
            Delivery::Written => Order::AsRead,
            Delivery::Sent => Order::Any,
        }
    }
}

/// Returns a request with the same target that has no effect: without the body and what describes it, and without headers
/// that would have a framework take it for another method.
fn question<'r>(request: &Request<'r>, method: &str) -> Request<'r> {
    const LEFT_OUT: [&str; 5] = ["expect", "cookie", "x-http-method-override", "x-http-method", "x-method-override"];
    let mut question = request.clone();
    question.forget_auth();
    question.method = method.to_owned().into();
    question.body = Body::none();
    question.headers.retain(|header| {
        let is_of_body = header.name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("content-"));
        !is_of_body && !LEFT_OUT.iter().any(|name| header.is(name))
    });
    question
}

fn qops(layers: &Layers<'_>) -> Result<Vec<Qop>, Error> {
    let Some(text) = layers.filled(&QOP) else { return Ok(Vec::new()) };
    let qops = Qop::list(text);
    if qops.is_empty() { Err(layers.bad(&QOP, "neither auth nor auth-int")) } else { Ok(qops) }
}

fn first_count(layers: &Layers<'_>) -> Result<u32, Error> {
    let Some(text) = layers.filled(&NONCE_COUNT) else { return Ok(1) };
    let count = u32::from_str_radix(text, 16).ok().filter(|count| *count > 0);
    count.ok_or_else(|| layers.bad(&NONCE_COUNT, "not a number above zero in up to eight hex digits"))
}

/// Returns the offer that is answered without asking a server: one of the challenges that the user gave, or one made of the
/// parameters `realm` and `nonce`.
fn given(layers: &Layers<'_>, wanted: &Wanted) -> Result<Option<Choice>, Error> {
    let challenges = layers.session.challenges.iter().filter(|challenge| challenge.is("digest"));
    let (offers, unusable) = read(challenges);
    if !offers.is_empty() {
        let choice = wanted.choose(&offers);
        let problem = || format!("--challenge does not offer {wanted}; it offers {}", offer::listed(&offers));
        // If a line demands something else, that line fails alone.
        let error = || if layers.line.is_some() { unsignable(&problem()) } else { Error::Usage(problem()) };
        return choice.ok_or_else(error).map(Some);
    }
    if let Some(unusable) = unusable {
        return Err(Error::Usage(format!("--challenge {unusable}")));
    }
    let (Some(realm), Some(nonce)) = (&wanted.realm, layers.filled(&NONCE)) else { return Ok(None) };
    // Where no algorithm is named it is MD5 (RFC 7616 section 3.3).
    let algorithm = wanted.algorithm.unwrap_or(Algorithm::Md5);
    let offer = Offer {
        realm: realm.clone(),
        nonce: nonce.to_owned(),
        opaque: layers.filled(&OPAQUE).map(str::to_owned),
        algorithm,
        spelled: Some(algorithm.name().to_owned()),
        qops: wanted.qops.clone(),
        names: Names::Plain,
        charset: Charset::Unsaid,
        domain: Vec::new(),
        is_stale: false,
    };
    let offer = offer.checked().map_err(|_| layers.bad(&QOP, "needed with a -sess algorithm: auth or auth-int"))?;
    Ok(wanted.choose(&[Arc::new(offer)]))
}

/// Returns the offers of challenges that can be answered, and the reason why the first unusable challenge was rejected.
fn read<'c>(challenges: impl Iterator<Item = &'c Challenge>) -> (Vec<Arc<Offer>>, Option<Unusable>) {
    let mut offers = Vec::new();
    let mut unusable = None;
    for challenge in challenges {
        match Offer::read(challenge) {
            Ok(offer) => offers.push(Arc::new(offer)),
            Err(problem) => unusable = unusable.or(Some(problem)),
        }
    }
    (offers, unusable)
}

fn unsignable(problem: &str) -> Error {
    Error::Auth { scheme: TABLE.name, problem: AuthProblem::Unsignable(problem.to_owned()) }
}
