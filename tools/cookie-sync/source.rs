//! The cookies that `export` and `apply` start from: out of a file, out of the last sync, or from browsers.

use std::time::Duration;

use countersign_shared::bridge::message::Domain;
use countersign_shared::cookies::{Cookie, netscape};
use countersign_shared::error::Error;

use crate::browsers::{Browsers, Query};
use crate::domains::{self, none_given};
use crate::last_sync;
use crate::plan::{MissingConsent, Origin};
use crate::status::{Decision, denied};
use crate::tool::say;

/// The time limit of a poll, after which the status is looked at again.
const POLL: Duration = Duration::from_millis(100);

/// Cookies that are at hand, or the domains to ask browsers for.
pub(crate) enum CookieSource {
    /// Browsers, of these domains.
    Browsers(Vec<Domain>),
    /// Cookies that were read from a file. Expired ones are among them.
    Stored(Vec<Cookie>),
}

impl CookieSource {
    /// Reads the cookies of the domains named from a jar or from the last sync, or says which domains browsers are to
    /// be asked for. Without any domain, named or added, the cookies of the last sync are used, and that is said.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be read, and [`Error::Usage`] if browsers are meant, no domain is
    /// named or added, and nothing was synced before.
    pub(crate) fn find(origin: &Origin, named: &[Domain]) -> Result<Self, Error> {
        let of_named = |cookies: Vec<Cookie>| {
            let is_one = |cookie: &Cookie| named.is_empty() || named.iter().any(|domain| domain.covers(cookie));
            Self::Stored(cookies.into_iter().filter(is_one).collect())
        };
        match origin {
            Origin::Jar(path) => {
                let bytes = std::fs::read(path).map_err(|source| Error::File { path: path.clone(), source })?;
                Ok(of_named(netscape::read(&bytes)))
            }
            Origin::LastSync => last_sync::read().map(of_named),
            Origin::Browsers => {
                let domains = if named.is_empty() { domains::added()? } else { named.to_vec() };
                if !domains.is_empty() {
                    return Ok(Self::Browsers(domains));
                }
                let cookies = last_sync::read().map_err(|_| none_given())?;
                say("no domain is named or was added: these are the cookies that were synced last");
                Ok(Self::Stored(cookies))
            }
        }
    }
}

/// Asks browsers for the cookies of all domains of a query and returns once they have come.
///
/// # Errors
/// Returns [`Error::Network`] if no browser answers, [`Error::Refused`] if the user refuses a domain, and
/// [`Error::NeedsPerson`] if consent is missing and `--no-input` is given.
pub(crate) fn sync_once(query: Query, missing_consent: MissingConsent) -> Result<Browsers, Error> {
    let mut browsers = Browsers::start(query)?;
    loop {
        browsers.poll(POLL);
        browsers.check_consent(missing_consent)?;
        match browsers.status().decide_once() {
            Decision::Wait => {}
            Decision::Complete(refused) if refused.is_empty() => return Ok(browsers),
            Decision::Complete(refused) => return Err(denied(&refused)),
            Decision::Fail(error) => return Err(error),
        }
    }
}
