//! OAuth 2.0 with a token that the user gives or that `oauth-token` keeps (RFC 6750).

use std::sync::Arc;

use crate::error::Error;
use crate::moment::Moment;
use crate::request::Request;
use crate::secret::Secret;

use super::named_token::{self, STORE, TOKEN_NAME};
use super::outcome::{Exposure, Signed};
use super::parameters::{HEADER_PREFIX, Parameter};
use super::placement::Placement;
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use super::tokens::{Named, Tokens};

const ACCESS_TOKEN: Parameter = Parameter::secret("accessToken").short("The access token");
const ADD_TOKEN_TO: Parameter = Parameter::word("addTokenTo", &["header", "queryParams"])
    .default("header")
    .short("The place of the token")
    .more("The query parameter is access_token");
const TOKEN_TYPE: Parameter = Parameter::text("tokenType")
    .default("bearer")
    .short("The token's type")
    .more("mac is refused, because such a token must sign");

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "oauth2",
    aliases: &[],
    about: "An OAuth 2.0 access token (RFC 6750)",
    examples: "  echo https://api.example.com/me |
      sign oauth2 --token-name work --to curl-config | curl -K -
  echo https://api.example.com/me |
      sign oauth2 --access-token env:TOKEN --to curl-config | curl -K -
  echo https://api.example.com/me |
      sign oauth2 --access-token file:token --add-token-to queryParams --to url",
    parameters: &[ACCESS_TOKEN, TOKEN_NAME, STORE, ADD_TOKEN_TO, HEADER_PREFIX, TOKEN_TYPE],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(OAuth2::new(layers)?)),
};

const QUERY_KEY: &str = "access_token";

/// A token, ready to be put on requests.
#[derive(Debug)]
struct OAuth2 {
    source: Source,
    destination: Destination,
    /// The word before the token in a header, if a parameter gives one.
    prefix: Option<String>,
}

/// The source of the token.
#[derive(Debug)]
enum Source {
    /// The user gave the token.
    Given(Secret),
    /// The token is kept. It may expire during a run, so the keeper is asked for each request.
    Kept(Arc<dyn Tokens>, Named),
}

/// The place of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Header,
    Query,
}

impl OAuth2 {
    /// Checks the parameters.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the token is missing or of a type that cannot be used, or if its place is unknown.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let source = match named_token::named(layers, &ACCESS_TOKEN)? {
            Some(named) => Source::Kept(layers.session.tokens()?, named),
            None => Source::Given(layers.required(&ACCESS_TOKEN)?.clone()),
        };
        if layers.filled(&TOKEN_TYPE).is_some_and(|kind| kind.trim().eq_ignore_ascii_case("mac")) {
            return Err(layers.bad(&TOKEN_TYPE, "mac: such a token signs requests, it is not sent; get a bearer token"));
        }
        let destination = match layers.filled(&ADD_TOKEN_TO) {
            None | Some("header") => Destination::Header,
            Some("queryParams") => Destination::Query,
            Some(_) => return Err(layers.bad(&ADD_TOKEN_TO, "neither header nor queryParams")),
        };
        Ok(Self { source, destination, prefix: layers.text(&HEADER_PREFIX).map(str::to_owned) })
    }

    fn put(&self, request: &mut Request<'_>, token: &Secret, kept: Option<&str>) {
        request.url.remove_parameter(QUERY_KEY);
        let placement = match self.destination {
            Destination::Header => {
                let prefix = self.prefix.as_deref().or(kept).unwrap_or("Bearer");
                Placement::Header { prefix: prefix.trim().to_owned() }
            }
            Destination::Query => Placement::Query { key: QUERY_KEY.to_owned() },
        };
        placement.put(request, token.expose());
    }
}

impl Signs for OAuth2 {
    /// A token that is there in either place is removed, since RFC 6750 section 2 allows one only.
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        match &self.source {
            Source::Given(token) => self.put(request, token, None),
            Source::Kept(tokens, named) => {
                let bearer = tokens.bearer(named, moment)?;
                if let (Some(refusal), None, None) = (&bearer.refusal, &self.prefix, &bearer.prefix) {
                    return Err(Error::Failed(refusal.clone()));
                }
                self.put(request, &bearer.token, bearer.prefix.as_deref());
            }
        }
        Ok(Signed::default())
    }

    fn exposure(&self) -> Exposure {
        Exposure::Secret
    }
}
