//! Authorization: which schemes there are, which parameters they take, and how a request gets its own.
//!
//! Every scheme is one file with one [`Table`]. Option, `_auth` key, environment variable, help and man page all come
//! out of that table.

pub mod apikey;
pub mod asap;
pub mod aws;
pub mod basic;
pub mod bearer;
pub mod claims;
pub mod digest;
pub mod edgegrid;
pub mod hawk;
pub mod jws;
pub mod jwt;
pub mod ntlm;
pub mod oauth1;
pub mod oauth2;
pub mod parameters;
mod placement;
pub mod tokens;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use serde_json::value::RawValue;

use crate::challenge::Challenge;
use crate::error::{AuthProblem, Error};
use crate::headers::Origin;
use crate::moment::Moment;
use crate::netrc::Netrc;
use crate::places;
use crate::request::Request;
use crate::response::Response;
use crate::transport::Lazy;

pub use parameters::{Kind, Layers, Parameter, Place, Table, Values};

/// The schemes, as `sign` takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Signs nothing.
    None,
    /// A key in a header or the query.
    ApiKey,
    /// RFC 6750.
    Bearer,
    /// RFC 7617.
    Basic,
    /// RFC 7616.
    Digest,
    /// OAuth 1.0 (RFC 5849).
    OAuth1,
    /// OAuth 2.0 (RFC 6750).
    OAuth2,
    /// Hawk, header version 1.
    Hawk,
    /// AWS Signature Version 4.
    Aws,
    /// NTLM.
    Ntlm,
    /// Akamai EdgeGrid.
    EdgeGrid,
    /// A JSON Web Token (RFC 7519).
    Jwt,
    /// Atlassian's service-to-service tokens.
    Asap,
}

impl Scheme {
    /// All of them, in the order in which help lists them.
    pub const ALL: &'static [Self] = &[
        Self::None,
        Self::ApiKey,
        Self::Bearer,
        Self::Basic,
        Self::Digest,
        Self::OAuth1,
        Self::OAuth2,
        Self::Hawk,
        Self::Aws,
        Self::Ntlm,
        Self::EdgeGrid,
        Self::Jwt,
        Self::Asap,
    ];

    /// The scheme's names, help and parameters.
    #[must_use]
    pub const fn table(self) -> &'static Table {
        match self {
            Self::None => &NONE,
            Self::ApiKey => &apikey::TABLE,
            Self::Bearer => &bearer::TABLE,
            Self::Basic => &basic::TABLE,
            Self::Digest => &digest::TABLE,
            Self::OAuth1 => &oauth1::TABLE,
            Self::OAuth2 => &oauth2::TABLE,
            Self::Hawk => &hawk::TABLE,
            Self::Aws => &aws::TABLE,
            Self::Ntlm => &ntlm::TABLE,
            Self::EdgeGrid => &edgegrid::TABLE,
            Self::Jwt => &jwt::TABLE,
            Self::Asap => &asap::TABLE,
        }
    }

    /// Whether it answers challenges, which the user may give beforehand.
    #[must_use]
    pub const fn answers_challenges(self) -> bool {
        matches!(self, Self::Digest | Self::Ntlm)
    }

    /// The scheme of that name, ours or Postman's.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let is = |scheme: &&Self| scheme.table().name == name || scheme.table().aliases.contains(&name);
        Self::ALL.iter().find(is).copied()
    }
}

static NONE: Table = Table {
    name: "none",
    aliases: &["noauth"],
    about: "Sign nothing: convert between formats",
    examples: "  sign none --to har requests.ndjson > requests.har
  sign none --from curl --to hurl copied.txt",
    parameters: &[],
};

/// What one request is signed with: a scheme with its parameters, checked.
#[derive(Debug)]
pub enum Auth {
    /// Nothing.
    None,
    /// A key in a header or the query.
    ApiKey(apikey::ApiKey),
    /// A bearer token.
    Bearer(bearer::Bearer),
    /// User name and password.
    Basic(basic::Basic),
    /// User name and password, and what a server asked for.
    Digest(Box<digest::Digest>),
    /// OAuth 1.0 credentials.
    OAuth1(Box<oauth1::OAuth1>),
    /// An OAuth 2.0 access token.
    OAuth2(oauth2::OAuth2),
    /// A Hawk key.
    Hawk(Box<hawk::Hawk>),
    /// AWS credentials.
    Aws(Box<aws::Aws>),
    /// An account for NTLM.
    Ntlm(Box<ntlm::Ntlm>),
    /// Akamai credentials.
    EdgeGrid(Box<edgegrid::EdgeGrid>),
    /// A JSON Web Token.
    Jwt(Box<jwt::Jwt>),
    /// The parts of an ASAP token.
    Asap(Box<asap::Asap>),
}

/// What a signer did, step by step: what `--explain` prints and what tests compare first.
#[derive(Debug, Default)]
pub struct Signed {
    /// Name and text of each intermediate value, in order. No secret is in them.
    pub steps: Vec<(&'static str, String)>,
}

impl Auth {
    /// Checks the parameters of a scheme.
    ///
    /// # Errors
    /// [`Error::Auth`]: a parameter is missing or has a value that the scheme does not know.
    pub fn new(scheme: Scheme, layers: &Layers<'_>) -> Result<Self, Error> {
        Ok(match scheme {
            Scheme::None => Self::None,
            Scheme::ApiKey => Self::ApiKey(apikey::ApiKey::new(layers)?),
            Scheme::Bearer => Self::Bearer(bearer::Bearer::new(layers)?),
            Scheme::Basic => Self::Basic(basic::Basic::new(layers)?),
            Scheme::Digest => Self::Digest(Box::new(digest::Digest::new(layers)?)),
            Scheme::OAuth1 => Self::OAuth1(Box::new(oauth1::OAuth1::new(layers)?)),
            Scheme::OAuth2 => Self::OAuth2(oauth2::OAuth2::new(layers)?),
            Scheme::Hawk => Self::Hawk(Box::new(hawk::Hawk::new(layers)?)),
            Scheme::Aws => Self::Aws(Box::new(aws::Aws::new(layers)?)),
            Scheme::Ntlm => Self::Ntlm(Box::new(ntlm::Ntlm::new(layers)?)),
            Scheme::EdgeGrid => Self::EdgeGrid(Box::new(edgegrid::EdgeGrid::new(layers)?)),
            Scheme::Jwt => Self::Jwt(Box::new(jwt::Jwt::new(layers)?)),
            Scheme::Asap => Self::Asap(Box::new(asap::Asap::new(layers)?)),
        })
    }

    /// Puts the authorization on a request. Headers of the scheme that were there are replaced, and a signed request
    /// carries no `_auth` any more.
    ///
    /// # Errors
    /// [`Error::Auth`]: the request cannot be signed with this scheme.
    pub fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let signed = match self {
            Self::None => return Ok(Signed::default()),
            Self::ApiKey(apikey) => apikey.sign(request),
            Self::Bearer(bearer) => bearer.sign(request),
            Self::Basic(basic) => basic.sign(request),
            Self::Digest(digest) => digest.sign(request, moment),
            Self::OAuth1(oauth1) => oauth1.sign(request, moment),
            Self::OAuth2(oauth2) => oauth2.sign(request, moment),
            Self::Hawk(hawk) => hawk.sign(request, moment),
            Self::Aws(aws) => aws.sign(request, moment),
            Self::Ntlm(ntlm) => ntlm.sign(request, moment),
            Self::EdgeGrid(edgegrid) => edgegrid.sign(request, moment),
            Self::Jwt(jwt) => jwt.sign(request, moment),
            Self::Asap(asap) => asap.sign(request, moment),
        }?;
        request.forget_auth();
        check_added(self.name(), request)?;
        Ok(signed)
    }

    /// Learns from the response to a request that was signed with this and sent, and authorizes the request anew where
    /// the server asks for that. Called after every response; a request is sent again at most three times.
    ///
    /// A scheme without an arm here has nothing to learn: its first answer is the final one.
    ///
    /// # Errors
    /// [`Error::Auth`]: the server's challenge cannot be met. [`Error::Refused`]: the server is not who it says.
    pub fn answer(&mut self, request: &mut Request<'_>, response: &Response, moment: &Moment) -> Result<Next, Error> {
        let next = match self {
            Self::Digest(digest) => digest.answer(request, response, moment)?,
            Self::Hawk(hawk) => hawk.answer(request, response, moment)?,
            Self::Ntlm(ntlm) => ntlm.answer(request, response, moment)?,
            Self::None
            | Self::ApiKey(_)
            | Self::Bearer(_)
            | Self::Basic(_)
            | Self::OAuth1(_)
            | Self::OAuth2(_)
            | Self::Aws(_)
            | Self::EdgeGrid(_)
            | Self::Jwt(_)
            | Self::Asap(_) => Next::Final,
        };
        check_added(self.name(), request)?;
        Ok(next)
    }

    /// Which connections requests of this scheme may share.
    #[must_use]
    pub const fn connection(&self) -> Connection {
        match self {
            Self::None
            | Self::ApiKey(_)
            | Self::Bearer(_)
            | Self::Basic(_)
            | Self::Digest(_)
            | Self::OAuth1(_)
            | Self::OAuth2(_)
            | Self::Hawk(_)
            | Self::Aws(_)
            | Self::EdgeGrid(_)
            | Self::Jwt(_)
            | Self::Asap(_) => Connection::Shared,
            Self::Ntlm(_) => Connection::Own,
        }
    }

    /// In which order requests must be signed.
    #[must_use]
    pub const fn order(&self) -> Order {
        match self {
            Self::Digest(digest) => digest.order(),
            _ => Order::Any,
        }
    }

    /// No response comes to the request that was signed last: whatever waits for one need not wait any longer.
    pub fn give_up(&mut self) {
        if let Self::Digest(digest) = self {
            digest.give_up();
        }
    }

    /// The scheme's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::None => NONE.name,
            Self::ApiKey(_) => apikey::TABLE.name,
            Self::Bearer(_) => bearer::TABLE.name,
            Self::Basic(_) => basic::TABLE.name,
            Self::Digest(_) => digest::TABLE.name,
            Self::OAuth1(_) => oauth1::TABLE.name,
            Self::OAuth2(_) => oauth2::TABLE.name,
            Self::Hawk(_) => hawk::TABLE.name,
            Self::Aws(_) => aws::TABLE.name,
            Self::Ntlm(_) => ntlm::TABLE.name,
            Self::EdgeGrid(_) => edgegrid::TABLE.name,
            Self::Jwt(_) => jwt::TABLE.name,
            Self::Asap(_) => asap::TABLE.name,
        }
    }
}

/// What follows on a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// It is the answer to the request, good or bad.
    Final,
    /// The request carries a new authorization and is to be sent again.
    Again,
}

/// Which connections requests may go out on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// Any: the authorization is in the request.
    Shared,
    /// One HTTP/1.1 connection that no other credentials use: it is the connection that is authorized (NTLM).
    Own,
}

/// The order in which requests are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Threads need not wait for each other.
    Any,
    /// As they are read: each request counts those before it (digest).
    AsRead,
}

/// What becomes of a request once it is signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delivery {
    /// It is written for others to send: a scheme that needs a challenge asks the server for one itself.
    #[default]
    Written,
    /// It is sent, and [`Auth::answer`] sees the response: nothing needs to be asked beforehand.
    Sent,
}

/// A parameter with a line break must not become a second header.
fn check_added(scheme: &'static str, request: &Request<'_>) -> Result<(), Error> {
    let is_bad = |text: &str| text.bytes().any(|b| (b < b' ' && b != b'\t') || b == 0x7f);
    let added = request.headers.iter().filter(|header| header.origin == Origin::Added);
    for header in added {
        let problem = match crate::headers::is_token(&header.name) {
            false => "a header's name would have a character that no header name has".to_owned(),
            true if is_bad(&header.value) => {
                format!("{} would have a control character: has a parameter a line break?", header.name)
            }
            true => continue,
        };
        return Err(Error::Auth { scheme, problem: AuthProblem::Unsignable(problem) });
    }
    Ok(())
}

/// The error for a host that a netrc file does not know: other lines may be for hosts that it does.
fn no_entry(scheme: &'static str, netrc: &Netrc, request: &Request<'_>) -> Error {
    let problem = format!("{} has no password for {}", netrc.path().display(), request.url.host());
    Error::Auth { scheme, problem: AuthProblem::Unsignable(problem) }
}

/// What all threads of a run share: state that was learned or fetched once. Schemes take a copy of the reference that
/// they need when they are made.
#[derive(Debug)]
pub struct Session {
    /// The way to servers, for schemes that must ask one before they can sign: requests go out as they are.
    pub transport: Arc<Lazy>,
    /// The way to services that hand out tokens and credentials.
    pub services: Arc<Lazy>,
    /// What becomes of signed requests.
    pub delivery: Delivery,
    /// `--challenge`: what servers would ask for, so that none needs to be asked.
    pub challenges: Arc<[Challenge]>,
    /// Tokens that are kept under a name, where somebody keeps any.
    pub tokens: Option<Arc<dyn tokens::Tokens>>,
    /// AWS credentials that no parameter gives.
    pub aws: aws::credentials::Sources,
    /// What servers taught about digest.
    pub(crate) digest: Arc<digest::spaces::Spaces>,
    /// How far the clocks of Hawk's servers are ahead.
    clocks: Arc<hawk::server::Clocks>,
    warnings: Mutex<Warnings>,
    netrc: OnceLock<Arc<Netrc>>,
}

/// What is to be said besides, each once.
#[derive(Debug, Default)]
struct Warnings {
    said: BTreeSet<String>,
    waiting: Vec<String>,
}

impl Session {
    /// A session in which nothing was learned yet.
    #[must_use]
    pub fn new(transport: Lazy, services: Lazy, delivery: Delivery) -> Self {
        let services = Arc::new(services);
        Self {
            aws: aws::credentials::Sources::new(Arc::clone(&services)),
            transport: Arc::new(transport),
            services,
            delivery,
            challenges: Arc::default(),
            tokens: None,
            digest: Arc::default(),
            clocks: Arc::default(),
            warnings: Mutex::default(),
            netrc: OnceLock::new(),
        }
    }

    /// The same session, with challenges that the user gave.
    #[must_use]
    pub fn with_challenges(self, challenges: Vec<Challenge>) -> Self {
        Self { challenges: challenges.into(), ..self }
    }

    /// The same session, with somebody who keeps tokens.
    #[must_use]
    pub fn with_tokens(self, tokens: Arc<dyn tokens::Tokens>) -> Self {
        Self { tokens: Some(tokens), ..self }
    }

    /// Who keeps tokens.
    ///
    /// # Errors
    /// Nobody does.
    pub(crate) fn tokens(&self) -> Result<Arc<dyn tokens::Tokens>, Error> {
        self.tokens.clone().ok_or_else(|| Error::Failed("no tokens are kept here".to_owned()))
    }

    /// The netrc file at this path, or the usual one; read once.
    ///
    /// # Errors
    /// There is none, or it is wrong.
    pub fn netrc(&self, path: Option<&Path>) -> Result<Arc<Netrc>, Error> {
        if let Some(netrc) = self.netrc.get() {
            return Ok(Arc::clone(netrc));
        }
        let path = path.map_or_else(Netrc::usual_path, |path| Ok(path.to_owned()))?;
        let netrc = Arc::new(Netrc::read(&path)?);
        if places::is_open_to_others(&path) {
            self.warn(format!("{}: others can read it; chmod 600 closes it", path.display()));
        }
        Ok(Arc::clone(self.netrc.get_or_init(|| netrc)))
    }

    /// Something that whoever runs the tool should know; it is said once.
    pub fn warn(&self, text: String) {
        // A thread that panicked has lost at most a warning.
        let mut warnings = self.warnings.lock().unwrap_or_else(PoisonError::into_inner);
        if warnings.said.insert(text.clone()) {
            warnings.waiting.push(text);
        }
    }

    /// The warnings that nobody has taken yet.
    #[must_use]
    pub fn take_warnings(&self) -> Vec<String> {
        std::mem::take(&mut self.warnings.lock().unwrap_or_else(PoisonError::into_inner).waiting)
    }
}

/// Without a network: whatever must be asked for is an error.
impl Default for Session {
    fn default() -> Self {
        let none = || Lazy::new(Box::new(|| Err(Error::Failed("nothing may be sent".to_owned()))));
        Self::new(none(), none(), Delivery::Written)
    }
}

/// What a line asks for: the scheme of its `_auth` and the parameters given there.
#[derive(Debug)]
pub struct Asked {
    /// Which scheme.
    pub scheme: Scheme,
    /// Its parameters.
    pub values: Values,
}

impl Asked {
    /// Reads a Postman auth object, in list or in map form.
    ///
    /// # Errors
    /// [`AuthProblem::UnknownType`] where `type` is none that is known; what is wrong with a parameter.
    pub fn parse(raw: &RawValue) -> Result<Self, Error> {
        let object = parameters::AuthObject::parse(raw)?;
        let Some(scheme) = object.scheme_name().and_then(|name| Scheme::named(&name)) else {
            return Err(Error::Auth { scheme: "_auth", problem: AuthProblem::UnknownType });
        };
        let values = object.values(scheme.table())?;
        Ok(Self { scheme, values })
    }
}
