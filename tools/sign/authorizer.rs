//! The choice of each request's authorization, and the one that was used last.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde_json::value::RawValue;

use countersign_shared::auth::asked::Asked;
use countersign_shared::auth::outcome::Connection;
use countersign_shared::auth::parameters::Values;
use countersign_shared::auth::scheme::{Asker, Layers, Table};
use countersign_shared::auth::session::{Asking, Session};
use countersign_shared::auth::{self, Auth, none};
use countersign_shared::error::{Error, Field};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::Blocks;
use countersign_shared::pipe::Sink;
use countersign_shared::request::{Asks, Request};
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

/// The user's own parameters for a scheme, with variables replaced as they are for one request.
#[derive(Clone, PartialEq, Eq)]
struct Replaced {
    options: Values,
    given: Option<Values>,
    environment: Values,
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
        let environment: HashMap<&'static str, Values> = environment.collect::<Result<_, Error>>()?;
        Ok(Self {
            choice,
            options,
            given,
            trusted,
            environment,
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

    /// Returns the user's own parameters that may count for a request of a scheme, with variables replaced, or `None` if there
    /// is nothing to replace. `--auth` counts if the request has no `_auth` of its own.
    ///
    /// # Errors
    /// Returns [`Error::Auth`], which names the parameter, if a name cannot be replaced.
    fn replaced(&self, request: &Request<'_>, (table, own): (&'static Table, Own)) -> Result<Option<Replaced>, Error> {
        let Some(variables) = request.scopes.as_ref() else { return Ok(None) };
        let given = self.given.as_ref().filter(|_| own == Own::Missing).map(|given| &given.asked.values);
        let environment = self.environment.get(table.name);
        if !given.into_iter().chain(environment).chain([&self.options]).any(Values::has_names) {
            return Ok(None);
        }
        let resolver = variables.resolver();
        let resolved =
            |values: Option<&Values>| values.map(|values| values.resolved(table.name, &resolver)).transpose();
        Ok(Some(Replaced {
            options: self.options.resolved(table.name, &resolver)?,
            given: resolved(given)?,
            environment: resolved(environment)?.unwrap_or_default(),
        }))
    }

    /// Returns the scheme of a request, and its `_auth` if that counts.
    fn asked(&self, asks: Option<&Asks<'_>>) -> Result<(&'static Table, Option<Asked>), Error> {
        // If `--auth` was typed for a scheme, a line's own object is not even parsed, so that a broken one does no harm. Under
        // `inherit` the file is for lines that have none.
        let own = match (&self.given, self.choice, asks) {
            (Some(Given { rank: Rank::Option, .. }), Choice::Scheme(_), _) | (_, _, None) => None,
            (_, _, Some(asks)) => self.own(asks)?,
        };
        let table = match (self.choice, &own, &self.given) {
            (Choice::Scheme(table), ..) => table,
            (Choice::Inherit, Some(asked), _) => asked.table,
            (Choice::Inherit, None, Some(given)) => given.asked.table,
            (Choice::Inherit, None, None) => &none::TABLE,
        };
        Ok((table, own))
    }

    /// Returns the authorization for a request of a scheme, with its `_auth` if that counts.
    fn auth(
        &self,
        (table, own): (&'static Table, Option<Asked>),
        asks: Option<&Asks<'_>>,
        (trust, origin): (Trust, Origin),
        replaced: Option<&Replaced>,
    ) -> Result<Auth, Error> {
        let none = Values::default();
        let (options, environment) = match replaced {
            Some(replaced) => (&replaced.options, &replaced.environment),
            None => (&self.options, self.environment.get(table.name).unwrap_or(&none)),
        };
        let own = match (own, asks) {
            (Some(asked), Some(asks)) => Some(self.with_token(asked, &asks.raw, (origin, options))?),
            (own, _) => own,
        };
        let asker = match (self.choice, trust, &own) {
            (Choice::Scheme(_), _, None) => Asker::User,
            (_, Trust::Full, _) => Asker::TrustedLine,
            (_, Trust::None, _) => Asker::Line,
        };
        let given = self
            .given
            .as_ref()
            .map(|Given { asked, .. }| replaced.and_then(|replaced| replaced.given.as_ref()).unwrap_or(&asked.values));
        let line = own.as_ref().map(|own| &own.values).or(given);
        build(&Layers { table, options, line, environment, session: &self.session, asker })
    }

    /// Reads a line's own `_auth`. Under a scheme one that is of another scheme, or that is not an auth object at all, is
    /// ignored: it does not say anything about this signature.
    fn own(&self, asks: &Asks<'_>) -> Result<Option<Asked>, Error> {
        let known = match &asks.problem {
            None => Ok(()),
            Some(problem) => Err(Error::Variable { field: Field::Auth, problem: problem.clone() }),
        };
        match (self.choice, Asked::parse(&asks.raw, auth::ALL)) {
            (Choice::Inherit, _) if asks.raw.get() == "null" => Ok(None),
            (Choice::Inherit, asked) => known.and(asked).map(Some),
            (Choice::Scheme(table), Ok(asked)) if asked.table == table => known.map(|()| Some(asked)),
            (Choice::Scheme(_), _) => Ok(None),
        }
    }

    /// Adds the token that a block says how to get. A line gets one only with `--ask`: whoever wrote it chooses the server.
    fn with_token(
        &self,
        mut asked: Asked,
        raw: &RawValue,
        (origin, options): (Origin, &Values),
    ) -> Result<Asked, Error> {
        let may_ask = match (origin, self.choice) {
            (Origin::Collection, _) => true,
            (Origin::Line, Choice::Inherit) => self.session.asking == Asking::Allowed,
            (Origin::Line, Choice::Scheme(_)) => return Ok(asked),
        };
        let is_given = |parameter| options.get(parameter).is_some_and(|value| !value.is_empty());
        let parameters = [asked.table.parameter("accessToken"), asked.table.parameter("tokenName")];
        if parameters.into_iter().flatten().any(is_given) || !Blocks::wants_token(raw) {
            return Ok(asked);
        }
        let of_line = |error| Error::OfLine { source: Box::new(error) };
        if !may_ask {
            let problem = "oauth2: no token; with --ask one is got as _auth says".to_owned();
            return Err(of_line(Error::Failed(problem)));
        }
        if let (Some(token), [Some(parameter), _]) = (self.blocks.token(raw).map_err(of_line)?, parameters) {
            asked.values.set_data(parameter, token);
        }
        Ok(asked)
    }
}

fn build(layers: &Layers<'_>) -> Result<Auth, Error> {
    // The sources are listed for the log alone, so the work is left out if nobody sees it.
    if log::log_enabled!(log::Level::Info) && !layers.table.parameters.is_empty() {
        log::info!("{}: {}", layers.table.name, layers.sources());
    }
    Auth::new(layers)
}

/// The part of what the user keeps that a request may be signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Trust {
    /// All of it.
    Full,
    /// Nothing: the request brings its own, or is not signed.
    None,
}

/// The authorizations that were used last, the latest first. Most streams ask for the same ones again and again, so that most
/// requests need neither parsing of `_auth` nor a new signing key, nor a new connection where that is what is authorized.
#[derive(Default)]
pub(crate) struct Last {
    latest: Option<Held>,
    earlier: VecDeque<Held>,
}

/// The number of authorizations that are held beside the latest.
const EARLIER: usize = 7;

/// Says if a request has an `_auth` that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Own {
    Given,
    Missing,
}

struct Held {
    /// The `_auth` that it was made for.
    raw: Option<String>,
    /// The trust that it was made with.
    trust: Trust,
    /// The way in which the request that it was made for came.
    origin: Origin,
    /// The user's own parameters, if variables are replaced in them.
    replaced: Option<Replaced>,
    auth: Auth,
    /// The scheme, and whether the request had an `_auth` that counts.
    scheme: (&'static Table, Own),
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

    fn held(&mut self, authorizer: &Authorizer, request: &Request<'_>, origin: Origin) -> Result<&mut Held, Error> {
        let (asks, trust) = (request.auth.as_ref(), authorizer.trust(request));
        let raw = asks.map(|asks| asks.raw.get());
        let is_due = |held: &Held| held.is_granted && asks.is_some_and(|asks| authorizer.blocks.is_due(&asks.raw));
        // The trust depends on the request's host, so an equal `_auth` may not stand for the same keys.
        let is_for = |held: &Held| held.raw.as_deref() == raw && held.trust == trust && held.origin == origin;
        // If something fails here, nothing is held for this `_auth`.
        let held = self.take(is_for);
        let held = held.filter(|held| asks.is_none_or(|asks| asks.problem.is_none()) && !is_due(held));
        let replaced = held.as_ref().map(|held| authorizer.replaced(request, held.scheme)).transpose()?;
        let held = match held {
            Some(held) if replaced.as_ref() == Some(&held.replaced) => held,
            _ => {
                let (table, own) = authorizer.asked(asks)?;
                let scheme = (table, if own.is_some() { Own::Given } else { Own::Missing });
                let replaced = replaced.map_or_else(|| authorizer.replaced(request, scheme), Ok)?;
                let auth = authorizer.auth((table, own), asks, (trust, origin), replaced.as_ref())?;
                let is_granted = asks.is_some_and(|asks| Blocks::wants_token(&asks.raw));
                let raw = raw.map(str::to_owned);
                Held { raw, trust, origin, replaced, auth, scheme, is_granted, connection: None }
            }
        };
        Ok(self.latest.insert(held))
    }

    /// Takes out the authorization that fits.
    fn take(&mut self, fits: impl Fn(&Held) -> bool) -> Option<Held> {
        // There is none behind a request whose authorization could not be made.
        if let Some(latest) = self.latest.take() {
            if fits(&latest) {
                return Some(latest);
            }
            self.earlier.push_front(latest);
        }
        let found = self.earlier.iter().position(fits).and_then(|at| self.earlier.remove(at));
        self.earlier.truncate(EARLIER);
        found
    }
}
