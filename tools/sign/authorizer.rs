//! The choice of each request's authorization, and the one that was used last.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::value::RawValue;

use countersign_shared::auth::asked::Asked;
use countersign_shared::auth::outcome::Connection;
use countersign_shared::auth::parameters::Values;
use countersign_shared::auth::scheme::{Asker, Layers, Table};
use countersign_shared::auth::session::{Asking, Session};
use countersign_shared::auth::{self, Auth, none, oauth2};
use countersign_shared::error::Error;
use countersign_shared::moment::Clock;
use countersign_shared::oauth::Blocks;
use countersign_shared::pipe::Sink;
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
    /// The tokens of blocks that say how one is got.
    blocks: Blocks,
    session: Session,
}

/// The way in which a request came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It is one of a collection, which the user named.
    Collection,
    /// It came as a document of its own, which anybody may have written.
    Line,
}

impl Origin {
    /// Returns the origin of the document that is worked on.
    pub(crate) fn of(sink: &Sink<'_>) -> Self {
        if sink.is_whole() { Self::Collection } else { Self::Line }
    }
}

impl Authorizer {
    /// Returns an authorizer for a run.
    ///
    /// # Errors
    /// Returns [`Error::Secret`] if the reference in an environment variable cannot be followed.
    pub(crate) fn new(authorization: Authorization, session: Session, clock: &Clock) -> Result<Self, Error> {
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
            blocks: Blocks::new(Arc::clone(&session.services), clock.clone()),
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
    fn auth(&self, raw: Option<&RawValue>, trust: Trust, origin: Origin) -> Result<Auth, Error> {
        // If `--auth` was typed for a scheme, a line's own object is not even parsed, so that a broken one does no harm. Under
        // `inherit` the file is for lines that have none.
        let own = match (&self.given, self.choice, raw) {
            (Some(Given { rank: Rank::Option, .. }), Choice::Scheme(_), _) | (_, _, None) => None,
            (_, _, Some(raw)) => self.own(raw)?,
        };
        let own = match (own, raw) {
            (Some(asked), Some(raw)) => Some(self.with_token(asked, raw, origin)?),
            (own, _) => own,
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

    /// Adds the token that a block says how to get. A line gets one only with `--ask`: whoever wrote it chooses the server.
    fn with_token(&self, mut asked: Asked, raw: &RawValue, origin: Origin) -> Result<Asked, Error> {
        let may_ask = match (origin, self.choice) {
            (Origin::Collection, _) => true,
            (Origin::Line, Choice::Inherit) => self.session.asking == Asking::Allowed,
            (Origin::Line, Choice::Scheme(_)) => return Ok(asked),
        };
        let is_given = |parameter| self.options.get(parameter).is_some();
        let parameters = [asked.table.parameter("accessToken"), asked.table.parameter("tokenName")];
        if asked.table != &oauth2::TABLE || parameters.into_iter().flatten().any(is_given) || !Blocks::wants_token(raw)
        {
            return Ok(asked);
        }
        let of_line = |error| Error::OfLine { source: Box::new(error) };
        if !may_ask {
            let problem = "oauth2: no token; with --ask one is got as _auth says".to_owned();
            return Err(of_line(Error::Failed(problem)));
        }
        if let (Some(token), [Some(parameter), _]) = (self.blocks.token(raw).map_err(of_line)?, parameters) {
            asked.values.set(parameter, token);
        }
        Ok(asked)
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
    /// The way in which the request that it was made for came.
    origin: Option<Origin>,
    held: Option<Held>,
}

struct Held {
    auth: Auth,
    /// True if the token in it was got as a block says, so that it may have to be replaced.
    is_granted: bool,
    /// The connection that this authorization has for itself and that no other may use.
    connection: Option<Box<dyn Transport>>,
}

impl Last {
    /// Returns the authorization for a request.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] or [`Error::Request`] if the authorization cannot be made, within [`Error::OfLine`] if the
    /// line asks for it.
    pub(crate) fn auth(
        &mut self,
        authorizer: &Authorizer,
        request: &Request<'_>,
        origin: Origin,
    ) -> Result<&mut Auth, Error> {
        self.held(authorizer, request, origin).map(|held| &mut held.auth)
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
        origin: Origin,
    ) -> Result<(&'l mut Auth, &'l dyn Transport), Error> {
        let shared = authorizer.session.transport.get()?;
        let Held { auth, connection, .. } = self.held(authorizer, request, origin)?;
        if auth.connection() == Connection::Own && connection.is_none() {
            // NTLM authorizes the connection: on a shared one, other requests would go out as this user's.
            *connection = Some(shared.alone()?);
        }
        Ok((auth, connection.as_deref().unwrap_or(shared)))
    }

    fn is_due(&self, authorizer: &Authorizer, raw: Option<&RawValue>) -> bool {
        let is_granted = self.held.as_ref().is_some_and(|held| held.is_granted);
        is_granted && raw.is_some_and(|raw| authorizer.blocks.is_due(raw))
    }

    fn held(&mut self, authorizer: &Authorizer, request: &Request<'_>, origin: Origin) -> Result<&mut Held, Error> {
        let (raw, trust) = (request.auth, authorizer.trust(request));
        // The trust depends on the request's host, so an equal `_auth` may not stand for the same keys.
        let is_same = self.raw.as_deref() == raw.map(RawValue::get)
            && self.trust == Some(trust)
            && self.origin == Some(origin)
            && !self.is_due(authorizer, raw);
        let held = match self.held.take() {
            Some(held) if is_same => held,
            _ => {
                // If this fails, nothing is held, and no later request gets what was made for another `_auth`.
                let auth = authorizer.auth(raw, trust, origin)?;
                self.trust = Some(trust);
                self.origin = Some(origin);
                self.raw = raw.map(|raw| raw.get().to_owned());
                Held { auth, connection: None, is_granted: raw.is_some_and(Blocks::wants_token) }
            }
        };
        Ok(self.held.insert(held))
    }
}
