//! OAuth 2.0 with a token that is there already (RFC 6750): given, or kept by `oauth-token`.

use std::sync::Arc;

use crate::error::Error;
use crate::moment::Moment;
use crate::request::Request;
use crate::secret::Secret;

use super::placement::Placement;
use super::tokens::{self, Named, Tokens};
use super::{Kind, Layers, Parameter, Place, Signed, Table};

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
    parameters: &[
        Parameter {
            key: "accessToken",
            kind: Kind::Secret,
            place: Place::Everywhere,
            default: None,
            help: "The access token",
        },
        tokens::TOKEN_NAME,
        tokens::STORE,
        Parameter {
            key: "addTokenTo",
            kind: Kind::Choice(&["header", "queryParams"]),
            place: Place::Everywhere,
            default: Some("header"),
            help: "Where the token goes; the query parameter is access_token",
        },
        Parameter {
            key: "headerPrefix",
            kind: Kind::Text,
            place: Place::Everywhere,
            default: Some("Bearer"),
            help: "What stands before the token; empty leaves the space out too",
        },
        Parameter {
            key: "tokenType",
            kind: Kind::Text,
            place: Place::Everywhere,
            default: Some("bearer"),
            help: "The token's type; mac is refused, since such a token must sign",
        },
    ],
};

const QUERY_KEY: &str = "access_token";

/// A token, ready to be put on requests.
#[derive(Debug)]
pub struct OAuth2 {
    source: Source,
    destination: Destination,
    /// What stands before the token in a header, where a parameter says so.
    prefix: Option<String>,
}

/// Where the token comes from.
#[derive(Debug)]
enum Source {
    Given(Secret),
    /// It may end while we run: it is asked for with each request.
    Kept(Arc<dyn Tokens>, Named),
}

/// Where the token goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Destination {
    Header,
    Query,
}

impl OAuth2 {
    /// Checks the parameters.
    ///
    /// # Errors
    /// The token is missing or of a type that cannot be used, or its place is unknown.
    pub fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let source = match tokens::named(layers, "accessToken")? {
            Some(named) => Source::Kept(layers.session.tokens()?, named),
            None => Source::Given(layers.required("accessToken")?.clone()),
        };
        if layers.filled("tokenType").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("mac")) {
            return Err(layers.bad("tokenType", "mac: such a token signs requests, it is not sent; get a bearer token"));
        }
        let destination = match layers.filled("addTokenTo") {
            None | Some("header") => Destination::Header,
            Some("queryParams") => Destination::Query,
            Some(_) => return Err(layers.bad("addTokenTo", "neither header nor queryParams")),
        };
        Ok(Self { source, destination, prefix: layers.text("headerPrefix").map(str::to_owned) })
    }

    /// Puts the token on a request, and takes away one that is there in either place (RFC 6750 section 2: one only).
    ///
    /// # Errors
    /// A token that is kept has ended and cannot be had anew.
    pub fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        match &self.source {
            Source::Given(token) => self.put(request, token, None),
            Source::Kept(tokens, named) => {
                let bearer = tokens.bearer(named, moment)?;
                self.put(request, &bearer.token, bearer.prefix.as_deref());
            }
        }
        Ok(Signed::default())
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
