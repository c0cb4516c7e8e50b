//! The choice of each request's authorization, and the one that was used last.

use std::collections::HashMap;

use serde_json::value::RawValue;

use countersign_shared::auth::asked::Asked;
use countersign_shared::auth::outcome::Connection;
use countersign_shared::auth::parameters::Values;
use countersign_shared::auth::scheme::{Layers, Table};
use countersign_shared::auth::session::Session;
use countersign_shared::auth::{self, Auth, none};
use countersign_shared::error::Error;
use countersign_shared::transport::Transport;

use crate::plan::{Authorization, Choice, Given, Rank};

/// Makes the authorization of requests out of options, their own `_auth`, and the environment.
pub(crate) struct Authorizer {
    choice: Choice,
    options: Values,
    given: Option<Given>,
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
        let Authorization { choice, options, given, challenges } = authorization;
        let schemes = match choice {
            Choice::Scheme(table) => vec![table],
            Choice::Inherit => auth::ALL.to_vec(),
        };
        let environment = schemes.into_iter().map(|table| Ok((table.name, table.from_environment()?)));
        Ok(Self {
            choice,
            options,
            given,
            environment: environment.collect::<Result<_, Error>>()?,
            session: session.with_challenges(challenges),
        })
    }

    /// Returns the state that all schemes of the run share.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// Returns the authorization for a request whose `_auth` is this.
    fn auth(&self, raw: Option<&RawValue>) -> Result<Auth, Error> {
        let own = match (&self.given, raw) {
            (Some(Given { rank: Rank::Option, .. }), _) | (_, None) => None,
            (_, Some(raw)) => self.own(raw)?,
        };
        let asked = own.as_ref().or(self.given.as_ref().map(|given| &given.asked));
        match (self.choice, asked) {
            (Choice::Scheme(table), asked) => self.build(table, asked.map(|asked| &asked.values)),
            (Choice::Inherit, Some(asked)) => self.build(asked.table, Some(&asked.values)),
            (Choice::Inherit, None) => self.build(&none::TABLE, None),
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

    fn build(&self, table: &'static Table, line: Option<&Values>) -> Result<Auth, Error> {
        let none = Values::default();
        let environment = self.environment.get(table.name).unwrap_or(&none);
        let layers = Layers { table, options: &self.options, line, environment, session: &self.session };
        if log::log_enabled!(log::Level::Info) && !table.parameters.is_empty() {
            log::info!("{}: {}", table.name, layers.sources());
        }
        Auth::new(&layers)
    }
}

/// The authorization that was used last. Most streams ask for the same one again and again, so that most requests need
/// neither parsing of `_auth` nor a new signing key.
#[derive(Default)]
pub(crate) struct Last {
    /// The `_auth` that it was made for.
    raw: Option<String>,
    held: Option<Held>,
}

struct Held {
    auth: Auth,
    /// The connection that this authorization has for itself and that no other may use.
    connection: Option<Box<dyn Transport>>,
}

impl Last {
    /// Returns the authorization for a request whose `_auth` is this.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] or [`Error::Request`] if the authorization cannot be made.
    pub(crate) fn auth(&mut self, authorizer: &Authorizer, raw: Option<&RawValue>) -> Result<&mut Auth, Error> {
        self.held(authorizer, raw).map(|held| &mut held.auth)
    }

    /// Returns the authorization, and the way to servers that requests with it take.
    ///
    /// # Errors
    /// Returns the error of [`Last::auth`] if the authorization cannot be made, and the error of the transport if the
    /// network's settings are wrong.
    pub(crate) fn connected<'l>(
        &'l mut self,
        authorizer: &'l Authorizer,
        raw: Option<&RawValue>,
    ) -> Result<(&'l mut Auth, &'l dyn Transport), Error> {
        let shared = authorizer.session.transport.get()?;
        let Held { auth, connection } = self.held(authorizer, raw)?;
        if auth.connection() == Connection::Own && connection.is_none() {
            *connection = Some(shared.alone()?);
        }
        Ok((auth, connection.as_deref().unwrap_or(shared)))
    }

    fn held(&mut self, authorizer: &Authorizer, raw: Option<&RawValue>) -> Result<&mut Held, Error> {
        let is_same = self.raw.as_deref() == raw.map(RawValue::get);
        let held = match self.held.take() {
            Some(held) if is_same => held,
            _ => {
                let auth = authorizer.auth(raw)?;
                self.raw = raw.map(|raw| raw.get().to_owned());
                Held { auth, connection: None }
            }
        };
        Ok(self.held.insert(held))
    }
}
