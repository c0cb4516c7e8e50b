//! NTLM over HTTP (MS-NLMP, MS-NTHT): NTLMv2 only, with MIC and channel bindings.
//!
//! NTLM authorizes a connection, not a request: three messages go over one connection, which then carries further requests
//! without authorization. `--send` does that. Without it, each message can be made alone.

mod account;
mod binding;
mod challenge;
mod message;

use base64::Engine as _;

use crate::challenge::List;
use crate::encode::{BASE64, BASE64_READ, hex};
use crate::error::{AuthProblem, Error};
use crate::moment::{self, Moment};
use crate::request::Request;
use crate::response::Response;
use crate::secret::Secret;

use super::outcome::{Connection, Delivery, Next, Signed};
use super::parameters::{self, DISABLE_RETRY_REQUEST, PASSWORD, Parameter};
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use account::Account;
use challenge::Challenge;
use message::{Answer, Steps};

const USERNAME: Parameter = parameters::USERNAME.more("It may hold the domain: DOMAIN\\user or user@domain");
const DOMAIN: Parameter = Parameter::text("domain")
    .default("that of the user name")
    .short("The domain")
    .more("If it is given, even empty, the user name is not searched for one");
const WORKSTATION: Parameter =
    Parameter::text("workstation").default("empty").short("The name of this machine that the server is told");

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "ntlm",
    aliases: &[],
    about: "NTLMv2, with MIC and channel binding",
    examples: "  echo https://intranet.example.com/ |
      sign ntlm --username 'DOM\\alice' --password env:PASSWORD --send
  echo https://intranet.example.com/ |
      sign ntlm --username 'DOM\\alice' --password env:PASSWORD \\
      --to curl-config | curl -K -
  echo https://intranet.example.com/ |
      sign ntlm --username 'DOM\\alice' --password env:PASSWORD \\
      --challenge 'NTLM TlRMTVNTUAACAAAAAAAAADgAAAABggAAASNFZ4mrze8=' \\
      --to header",
    parameters: &[USERNAME, PASSWORD, DOMAIN, WORKSTATION, DISABLE_RETRY_REQUEST],
    challenge: ChallengeOption::Taken,
    make: |layers| Ok(Box::new(Ntlm::new(layers)?)),
};

/// An account and settings, ready to sign in.
#[derive(Debug)]
struct Ntlm {
    account: Account,
    workstation: String,
    retry: Retry,
    delivery: Delivery,
    /// The challenge that the user gave, with its scheme.
    given: Option<(Scheme, Challenge)>,
}

/// The reaction to a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Retry {
    /// It is answered.
    Allowed,
    /// The first response is the final one.
    Disabled,
}

/// The schemes that carry NTLM messages. Of a server that offers both, `NTLM` is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scheme {
    Ntlm,
    Negotiate,
}

impl Scheme {
    const ALL: [Self; 2] = [Self::Ntlm, Self::Negotiate];

    const fn name(self) -> &'static str {
        match self {
            Self::Ntlm => "NTLM",
            Self::Negotiate => "Negotiate",
        }
    }

    /// Returns the header value for a message.
    fn header(self, message: &[u8]) -> String {
        format!("{} {}", self.name(), BASE64.encode(message))
    }
}

/// The party that asks for the sign-in, which decides the headers that carry the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Party {
    Origin,
    Proxy,
}

impl Party {
    fn of(response: &Response) -> Option<Self> {
        match response.status {
            401 => Some(Self::Origin),
            407 => Some(Self::Proxy),
            _ => None,
        }
    }

    const fn asks(self) -> &'static str {
        match self {
            Self::Origin => "WWW-Authenticate",
            Self::Proxy => "Proxy-Authenticate",
        }
    }

    const fn answers(self) -> &'static str {
        match self {
            Self::Origin => "Authorization",
            Self::Proxy => "Proxy-Authorization",
        }
    }
}

impl Ntlm {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the user name is missing, or if a challenge that the user gave cannot be read.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let name = layers.required(&USERNAME)?.expose();
        let password = layers.secret(&PASSWORD).cloned().unwrap_or_else(|| Secret::new(""));
        // Exported collections have an empty domain if none was entered, so an empty one in `_auth` counts as absent. An
        // empty option was typed, and says that there is no domain.
        let domain = layers.filled(&DOMAIN).or_else(|| layers.options.get(&DOMAIN).map(Secret::expose));
        let account = match domain {
            Some(domain) => Account { user: name.to_owned(), domain: domain.to_owned(), password },
            None => Account::named(name, password),
        };
        Ok(Self {
            account,
            workstation: layers.text(&WORKSTATION).unwrap_or_default().to_owned(),
            retry: if layers.flag(&DISABLE_RETRY_REQUEST)? { Retry::Disabled } else { Retry::Allowed },
            delivery: layers.session.delivery,
            given: given(layers)?,
        })
    }

    fn authenticate(
        &self,
        request: &Request<'_>,
        challenge: &Challenge,
        party: Party,
        certificate: Option<&[u8]>,
        moment: &Moment,
    ) -> Result<(Vec<u8>, Steps), Error> {
        let target_name = match party {
            Party::Origin => format!("HTTP/{}", request.url.ascii_host()),
            // A proxy's name is not in the request. An empty name means that it was not verified.
            Party::Proxy => String::new(),
        };
        let answer = Answer {
            account: &self.account,
            workstation: &self.workstation,
            client_challenge: client_challenge(moment)?,
            time: file_time(moment.unix),
            channel_bindings: certificate.and_then(binding::channel_bindings),
            target_name: &target_name,
        };
        answer.authenticate(challenge).map_err(unanswerable)
    }
}

impl Signs for Ntlm {
    /// NTLM authorizes the connection, not the request: whatever goes out on it later counts as the same account's.
    fn connection(&self) -> Connection {
        Connection::Own
    }

    /// A request that is sent goes out without a message first. A request that is written gets the message of type 3 if the
    /// user gave a challenge, else that of type 1.
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        request.headers.remove(Party::Origin.answers());
        request.headers.remove(Party::Proxy.answers());
        let mut signed = Signed::default();
        match (&self.given, self.delivery) {
            // The connection may be signed in already. If it is not, the server answers with a challenge.
            (None, Delivery::Sent) => {}
            (None, Delivery::Written) => {
                let message = message::negotiate().map_err(unanswerable)?;
                request.headers.replace("Authorization", Scheme::Ntlm.header(&message));
                request.handshake = Some(self.account.handshake());
            }
            (Some((scheme, challenge)), _) => {
                // The message is made without a connection, so there is no certificate to bind it to.
                let (message, steps) = self.authenticate(request, challenge, Party::Origin, None, moment)?;
                request.headers.replace("Authorization", scheme.header(&message));
                signed.steps = shown(&steps);
            }
        }
        Ok(signed)
    }

    /// Performs the next step of the handshake.
    fn answer(&mut self, request: &mut Request<'_>, response: &Response, moment: &Moment) -> Result<Next, Error> {
        if self.retry == Retry::Disabled {
            return Ok(Next::Final);
        }
        let Some(party) = Party::of(response) else { return Ok(Next::Final) };
        let offers = List::of(&response.headers, party.asks());
        match sent(request, party) {
            None => {
                let is_offered = |scheme: &Scheme| offers.of_scheme(scheme.name()).next().is_some();
                let Some(scheme) = Scheme::ALL.into_iter().find(is_offered) else { return Ok(Next::Final) };
                let message = message::negotiate().map_err(unanswerable)?;
                put(request, party, scheme.header(&message));
                Ok(Next::Again)
            }
            Some((scheme, 1)) => {
                let Some(token) = offers.of_scheme(scheme.name()).find_map(|offer| offer.token()) else {
                    return Ok(Next::Final);
                };
                if is_closing(response) {
                    return Err(hung_up());
                }
                let challenge = Challenge::parse(token).map_err(unreadable)?;
                // The certificate is the origin's, so it binds no handshake with a proxy.
                let certificate = if party == Party::Origin { response.certificate.as_deref() } else { None };
                let (message, _) = self.authenticate(request, &challenge, party, certificate, moment)?;
                put(request, party, scheme.header(&message));
                Ok(Next::Again)
            }
            // A challenge that follows on the last message means that the account was refused.
            Some(_) => Ok(Next::Final),
        }
    }
}

/// Returns the first NTLM challenge that the user gave.
fn given(layers: &Layers<'_>) -> Result<Option<(Scheme, Challenge)>, Error> {
    for challenge in layers.session.challenges.iter() {
        let scheme = Scheme::ALL.into_iter().find(|scheme| challenge.is(scheme.name()));
        if let (Some(scheme), Some(token)) = (scheme, challenge.token()) {
            return Ok(Some((scheme, Challenge::parse(token).map_err(unreadable)?)));
        }
    }
    Ok(None)
}

/// Returns scheme and type of the message that the request carried.
fn sent(request: &Request<'_>, party: Party) -> Option<(Scheme, u8)> {
    let (scheme, token) = request.headers.get(party.answers())?.split_once(' ')?;
    let scheme = Scheme::ALL.into_iter().find(|known| known.name() == scheme)?;
    let message = BASE64_READ.decode(token).ok()?;
    message.starts_with(challenge::SIGNATURE).then_some(())?;
    // The type is a number of 32 bits in little endian, and only its first byte is ever other than zero.
    Some((scheme, *message.get(8)?))
}

/// Puts a message on the request and removes the one for the other party, whose handshake is over.
fn put(request: &mut Request<'_>, party: Party, value: String) {
    request.headers.remove(Party::Origin.answers());
    request.headers.remove(Party::Proxy.answers());
    request.headers.replace(party.answers(), value);
}

fn is_closing(response: &Response) -> bool {
    let mut values = response.headers.iter().filter(|header| header.is("connection") || header.is("proxy-connection"));
    values.any(|header| header.value.split(',').any(|option| option.trim().eq_ignore_ascii_case("close")))
}

/// Returns the client challenge: `--nonce` in hex, else 8 random bytes.
fn client_challenge(moment: &Moment) -> Result<[u8; 8], Error> {
    let bytes = match moment.fixed_nonce() {
        None => Some(moment::random(8)?),
        Some(text) if text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit()) => (0..8)
            .map(|index| text.get(2 * index..2 * index + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok()))
            .collect(),
        Some(_) => None,
    };
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
        let problem = "not a client challenge: 16 hex digits".to_owned();
        Error::Auth { scheme: TABLE.name, problem: AuthProblem::Parameter { key: "nonce", problem, in_line: false } }
    })
}

/// Returns a time in units of 100 ns since 1601 (MS-DTYP section 2.3.3).
fn file_time(unix: i64) -> i64 {
    unix.saturating_add(11_644_473_600).saturating_mul(10_000_000)
}

fn shown(steps: &Steps) -> Vec<(&'static str, String)> {
    let mut shown =
        vec![("temp", hex(&steps.temp)), ("NTProofStr", hex(&steps.proof)), ("LM response", hex(&steps.lm_response))];
    shown.extend(steps.mic.as_ref().map(|mic| ("MIC", hex(mic))));
    shown
}

fn unsignable(problem: String) -> Error {
    Error::Auth { scheme: TABLE.name, problem: AuthProblem::Unsignable(problem) }
}

fn unreadable(problem: challenge::Problem) -> Error {
    unsignable(format!("the server's challenge {problem}"))
}

fn unanswerable(problem: message::Problem) -> Error {
    unsignable(problem.to_string())
}

fn hung_up() -> Error {
    unsignable(
        "the server closes the connection in the middle of the handshake, which it would have to finish on it".into(),
    )
}
