//! The choice of each request's authorization, and the one that was used last.

use std::collections::HashMap;

use serde_json::value::RawValue;

use countersign_shared::auth::asked::Asked;
use countersign_shared::auth::outcome::Connection;
use countersign_shared::auth::parameters::Values;
use countersign_shared::auth::scheme::{Asker, Layers, Table};
use countersign_shared::auth::session::Session;
use countersign_shared::auth::{self, Auth, none};
use countersign_shared::error::Error;
use countersign_shared::request::Request;
use countersign_shared::transport::Transport;

use crate::plan::{Authorization, Choice, Given, Rank};
use crate::trusted::{self, TrustedHost};

/// Makes the authorization of requests out of options, their own `_auth`, and the environment.
pub(crate) struct Authorizer {
    choice: Choice,
    options: Values,
    given: Option<Given>,
    trusted: Vec<TrustedHost>,
    /// The values of environment variables by the scheme's name.
    environment: HashMap<&'static str, Values>,
    session: Session,
}

impl Authorizer {
    /// Returns an authorizer for a run.
    ///
    /// # Errors
    /// Returns [`Error::Secret`] if the reference in an environment variable cannot be followed.
    pub(crate) fn new(authorization: Authorization, session: Session) -> Result<Self, Error> {
        let Authorization { choice, options, given, challenges, trusted, hosts, asking } = authorization;
        let schemes = match choice {
            Choice::Scheme(table) => vec![table],
            // No line may have them, so no reference in them is followed.
            Choice::Inherit if trusted.is_empty() => Vec::new(),
            Choice::Inherit => auth::ALL.to_vec(),
        };
        let environment = schemes.into_iter().map(|table| Ok((table.name, table.from_environment()?)));
        Ok(Self {
            choice,
            options,
            given,
            trusted,
            environment: environment.collect::<Result<_, Error>>()?,
            session: session.with_challenges(challenges).with_hosts(hosts).with_asking(asking),
        })
    }

    /// Returns the state that all schemes of the run share.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// Returns the trust that a request has: under `inherit` anybody who can write a line chooses scheme and host, so the
    /// user's own credentials are for the hosts that they named.
    fn trust(&self, request: &Request<'_>) -> Trust {
        match self.choice {
            Choice::Scheme(_) => Trust::Full,
            Choice::Inherit if trusted::covers(&self.trusted, request) => Trust::Full,
            Choice::Inherit => Trust::None,
        }
    }

    /// Returns the authorization for a request whose `_auth` is this.
    fn auth(&self, raw: Option<&RawValue>, trust: Trust) -> Result<Auth, Error> {
        // If `--auth` was typed for a scheme, a line's own object is not even parsed, so that a broken one does no harm. Under
        // `inherit` the file is for lines that have none.
        let own = match (&self.given, self.choice, raw) {
            (Some(Given { rank: Rank::Option, .. }), Choice::Scheme(_), _) | (_, _, None) => None,
            (_, _, Some(raw)) => self.own(raw)?,
        };
        let asker = match (self.choice, trust, &own) {
            (Choice::Scheme(_), _, None) => Asker::User,
            (_, Trust::Full, _) => Asker::TrustedLine,
            (_, Trust::None, _) => Asker::Line,
        };
        let asked = own.as_ref().or(self.given.as_ref().map(|given| &given.asked));
        match (self.choice, asked) {
            (Choice::Scheme(table), asked) => self.build(table, asked.map(|asked| &asked.values), asker),
            (Choice::Inherit, Some(asked)) => self.build(asked.table, Some(&asked.values), asker),
            (Choice::Inherit, None) => self.build(&none::TABLE, None, asker),
        }
    }

    /// Reads a line's own `_auth`. Under a scheme one that is of another scheme, or that is not an auth object at all, is
    /// ignored: it does not say anything about this signature.
    fn own(&self, raw: &RawValue) -> Result<Option<Asked>, Error> {
        match (self.choice, Asked::parse(raw, auth::ALL)) {
            (Choice::Inherit, _) if raw.get() == "null" => Ok(None),
            (Choice::Inherit, asked) => asked.map(Some),
            (Choice::Scheme(table), Ok(asked)) if asked.table == table => Ok(Some(asked)),
            (Choice::Scheme(_), _) => Ok(None),
        }
    }

    fn build(&self, table: &'static Table, line: Option<&Values>, asker: Asker) -> Result<Auth, Error> {
        let none = Values::default();
        let environment = self.environment.get(table.name).unwrap_or(&none);
        let layers = Layers { table, options: &self.options, line, environment, session: &self.session, asker };
        // The sources are listed for the log alone, so the work is left out if nobody sees it.
        if log::log_enabled!(log::Level::Info) && !table.parameters.is_empty() {
            log::info!("{}: {}", table.name, layers.sources());
        }
        Auth::new(&layers)
    }
}

/// The part of what the user keeps that a request may be signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// All of it.
    Full,
    /// Nothing: the request brings its own, or is not signed.
    None,
}

/// The authorization that was used last. Most streams ask for the same one again and again, so that most requests need
/// neither parsing of `_auth` nor a new signing key.
#[derive(Default)]
pub(crate) struct Last {
    /// The `_auth` that it was made for.
    raw: Option<String>,
    /// The trust that it was made with.
    trust: Option<Trust>,
    held: Option<Held>,
}

struct Held {
    auth: Auth,
    /// The connection that this authorization has for itself and that no other may use.
    connection: Option<Box<dyn Transport>>,
}

impl Last {
    /// Returns the authorization for a request.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] or [`Error::Request`] if the authorization cannot be made, within [`Error::OfLine`] if the
    /// line asks for it.
    pub(crate) fn auth(&mut self, authorizer: &Authorizer, request: &Request<'_>) -> Result<&mut Auth, Error> {
        self.held(authorizer, request).map(|held| &mut held.auth)
    }

    /// Returns the authorization, and the way to servers that requests with it take.
    ///
    /// # Errors
    /// Returns the error of [`Last::auth`] if the authorization cannot be made, and the error of the transport if the
    /// network's settings are wrong.
    pub(crate) fn connected<'l>(
        &'l mut self,
        authorizer: &'l Authorizer,
        request: &Request<'_>,
    ) -> Result<(&'l mut Auth, &'l dyn Transport), Error> {
        let shared = authorizer.session.transport.get()?;
        let Held { auth, connection } = self.held(authorizer, request)?;
        if auth.connection() == Connection::Own && connection.is_none() {
            // NTLM authorizes the connection: on a shared one, other requests would go out as this user's.
            *connection = Some(shared.alone()?);
        }
        Ok((auth, connection.as_deref().unwrap_or(shared)))
    }

    fn held(&mut self, authorizer: &Authorizer, request: &Request<'_>) -> Result<&mut Held, Error> {
        let (raw, trust) = (request.auth, authorizer.trust(request));
        // The trust depends on the request's host, so an equal `_auth` may not stand for the same keys.
        let is_same = self.raw.as_deref() == raw.map(RawValue::get) && self.trust == Some(trust);
        let held = match self.held.take() {
            Some(held) if is_same => held,
            _ => {
                // If this fails, nothing is held, and no later request gets what was made for another `_auth`.
                let auth = authorizer.auth(raw, trust)?;
                self.trust = Some(trust);
                self.raw = raw.map(|raw| raw.get().to_owned());
                Held { auth, connection: None }
            }
        };
        Ok(self.held.insert(held))
    }
}
