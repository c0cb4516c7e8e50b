//! The state that all threads of a run share: the way to servers, and what was learned or fetched once.

use std::any::Any;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};

use crate::challenge::Challenge;
use crate::error::{AuthProblem, Error};
use crate::lock::lock;
use crate::netrc::Netrc;
use crate::places;
use crate::request::Request;
use crate::transport::Lazy;

use super::outcome::Delivery;
use super::tokens::Tokens;

/// The state of a run. A scheme clones the references that it needs when it is made.
#[derive(Debug)]
pub struct Session {
    /// The way to servers, for schemes that must ask one before they can sign. Requests go out unchanged.
    pub transport: Arc<Lazy>,
    /// The way to services that hand out tokens and credentials.
    pub services: Arc<Lazy>,
    /// The destination of signed requests.
    pub delivery: Delivery,
    /// The rule for `Host` headers.
    pub hosts: HostRule,
    /// The rule for asking a server for its challenge before a request is written.
    pub asking: Asking,
    /// The rule for the steps of signatures.
    pub steps: Steps,
    /// The challenges given with `--challenge`; a scheme that finds one here asks no server.
    pub challenges: Arc<[Challenge]>,
    /// The keeper of named tokens, if there is one.
    tokens: Option<Arc<dyn Tokens>>,
    /// One value per type; see [`Session::shared`].
    shared: Mutex<Vec<Arc<dyn Any + Send + Sync>>>,
    warnings: Mutex<Warnings>,
    netrc: OnceLock<Arc<Netrc>>,
}

/// The rule for `Host` headers of requests that are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostRule {
    /// They name the URL's host.
    Own,
    /// They may name another one, because the user said so.
    Any,
}

/// The rule for asking a server for its challenge before a request is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// The user asked for a scheme that needs a challenge.
    Allowed,
    /// Lines choose the servers, so that asking needs the user's word.
    Refused,
}

/// The rule for the steps of signatures, for schemes in which it costs something to show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    /// They are returned with their secrets masked.
    Shown,
    /// Nobody looks at them.
    Unseen,
}

/// Warnings, each of which is shown once.
#[derive(Debug, Default)]
struct Warnings {
    said: BTreeSet<String>,
    waiting: Vec<String>,
}

impl Session {
    /// Returns a session in which nothing was learned yet.
    #[must_use]
    pub fn new(transport: Lazy, services: Lazy, delivery: Delivery) -> Self {
        Self {
            transport: Arc::new(transport),
            services: Arc::new(services),
            delivery,
            hosts: HostRule::Own,
            asking: Asking::Allowed,
            steps: Steps::Shown,
            challenges: Arc::default(),
            tokens: None,
            shared: Mutex::default(),
            warnings: Mutex::default(),
            netrc: OnceLock::new(),
        }
    }

    /// Returns the session with challenges that the user gave.
    #[must_use]
    pub fn with_challenges(self, challenges: Vec<Challenge>) -> Self {
        Self { challenges: challenges.into(), ..self }
    }

    /// Returns the session with this rule for `Host` headers.
    #[must_use]
    pub fn with_hosts(self, hosts: HostRule) -> Self {
        Self { hosts, ..self }
    }

    /// Returns the session with this rule for asking servers.
    #[must_use]
    pub fn with_asking(self, asking: Asking) -> Self {
        Self { asking, ..self }
    }

    /// Returns the session with this rule for the steps of signatures.
    #[must_use]
    pub fn with_steps(self, steps: Steps) -> Self {
        Self { steps, ..self }
    }

    /// Returns the session with a keeper of named tokens.
    #[must_use]
    pub fn with_tokens(self, tokens: Arc<dyn Tokens>) -> Self {
        Self { tokens: Some(tokens), ..self }
    }

    /// Returns the keeper of named tokens.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if the session has no keeper.
    pub(crate) fn tokens(&self) -> Result<Arc<dyn Tokens>, Error> {
        self.tokens.clone().ok_or_else(|| Error::Failed("no tokens are kept here".to_owned()))
    }

    /// Returns the run's value of that type, which is made at the first call. A scheme keeps what it learns from servers
    /// in a type of its own, so that the session need not know the schemes.
    pub(crate) fn shared<T: Any + Default + Send + Sync>(&self) -> Arc<T> {
        // The lock is held until the value is in the list, so that two threads never make one each.
        let mut shared = lock(&self.shared);
        if let Some(found) = shared.iter().find_map(|value| Arc::clone(value).downcast::<T>().ok()) {
            return found;
        }
        let value = Arc::<T>::default();
        shared.push(Arc::clone(&value) as Arc<dyn Any + Send + Sync>);
        value
    }

    /// Returns the netrc file at this path, or the usual one if there is no path. The file is read once.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if the file cannot be read or parsed.
    pub fn netrc(&self, path: Option<&Path>) -> Result<Arc<Netrc>, Error> {
        if let Some(netrc) = self.netrc.get() {
            return Ok(Arc::clone(netrc));
        }
        let path = path.map_or_else(Netrc::usual_path, |path| Ok(path.to_owned()))?;
        let netrc = Arc::new(Netrc::read(&path)?);
        if places::is_open_to_others(&path) {
            self.warn(format!("{}: others can read it; chmod 600 closes it", path.display()));
        }
        // Another thread may have read the file meanwhile; then its result is taken.
        Ok(Arc::clone(self.netrc.get_or_init(|| netrc)))
    }

    /// Adds a warning for the user. A text that was added before is not shown again.
    pub fn warn(&self, text: String) {
        let mut warnings = lock(&self.warnings);
        if warnings.said.insert(text.clone()) {
            warnings.waiting.push(text);
        }
    }

    /// Returns the warnings that were added since the last call.
    #[must_use]
    pub fn take_warnings(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.warnings).waiting)
    }
}

/// Without a network: asking a server is an error.
impl Default for Session {
    fn default() -> Self {
        let none = || Lazy::new(Box::new(|| Err(Error::Failed("nothing may be sent".to_owned()))));
        Self::new(none(), none(), Delivery::Written)
    }
}

/// Returns the error for a host that is not in the netrc file. It fails one line only, since other lines may be for
/// other hosts.
pub(super) fn no_entry(scheme: &'static str, netrc: &Netrc, request: &Request<'_>) -> Error {
    let problem = format!("{} has no password for {}", netrc.path().display(), request.url.host());
    Error::Auth { scheme, problem: AuthProblem::Unsignable(problem) }
}
