//! OAuth 2.0 with a token that is there already (RFC 6750).

use crate::error::Error;
use crate::request::Request;
use crate::secret::Secret;

use super::placement::Placement;
use super::{Kind, Layers, Parameter, Place, Signed, Table};

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "oauth2",
    aliases: &[],
    about: "An OAuth 2.0 access token (RFC 6750)",
    examples: "  echo https://api.example.com/me |
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
    token: Secret,
    placement: Placement,
}

impl OAuth2 {
    /// Checks the parameters.
    ///
    /// # Errors
    /// The token is missing or of a type that cannot be used, or its place is unknown.
    pub fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let token = layers.required("accessToken")?.clone();
        if layers.filled("tokenType").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("mac")) {
            return Err(layers.bad("tokenType", "mac: such a token signs requests, it is not sent; get a bearer token"));
        }
        let placement = match layers.filled("addTokenTo") {
            None | Some("header") => {
                let prefix = layers.text("headerPrefix").unwrap_or("Bearer").trim().to_owned();
                Placement::Header { prefix }
            }
            Some("queryParams") => Placement::Query { key: QUERY_KEY.to_owned() },
            Some(_) => return Err(layers.bad("addTokenTo", "neither header nor queryParams")),
        };
        Ok(Self { token, placement })
    }

    /// Puts the token on a request, and takes away one that is there in either place (RFC 6750 section 2: one only).
    ///
    /// # Errors
    /// None of its own.
    pub fn sign(&self, request: &mut Request<'_>) -> Result<Signed, Error> {
        request.url.remove_parameter(QUERY_KEY);
        self.placement.put(request, self.token.expose());
        Ok(Signed::default())
    }
}
