//! How a token is got: enough to get it again, and to tell whether a kept one is the one that is asked for.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::options::{Choice, Choices};
use crate::secret::{self, Secret};

use super::client::{Authentication, Client};
use super::endpoint::Form;

/// The grants, by their wire names or, where the wire has a URN, by the specification's short name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// RFC 6749 section 4.1, with PKCE (RFC 7636)
    AuthorizationCode,
    /// RFC 6749 section 4.2
    Implicit,
    /// RFC 6749 section 4.3
    Password,
    /// RFC 6749 section 4.4
    ClientCredentials,
    /// RFC 6749 section 6
    RefreshToken,
    /// RFC 8628
    DeviceCode,
    /// RFC 8693
    TokenExchange,
    /// RFC 7523 section 2.1
    JwtBearer,
    /// OAuth 1.0a with its three legs (RFC 5849)
    #[serde(rename = "oauth1")]
    OAuth1,
}

impl Choices for Grant {
    const CHOICES: &'static [(Choice, Self)] = &[
        (
            Choice::new("authorization_code", "RFC 6749 section 4.1, with PKCE (RFC 7636)")
                .aliases(&["authorization-code", "authorization_code_with_pkce"]),
            Self::AuthorizationCode,
        ),
        (Choice::new("implicit", "RFC 6749 section 4.2"), Self::Implicit),
        (Choice::new("password", "RFC 6749 section 4.3").aliases(&["password_credentials"]), Self::Password),
        (
            Choice::new("client_credentials", "RFC 6749 section 4.4").aliases(&["client-credentials"]),
            Self::ClientCredentials,
        ),
        (Choice::new("refresh_token", "RFC 6749 section 6").aliases(&["refresh-token"]), Self::RefreshToken),
        (Choice::new("device_code", "RFC 8628").aliases(&["device-code"]), Self::DeviceCode),
        (Choice::new("token_exchange", "RFC 8693").aliases(&["token-exchange"]), Self::TokenExchange),
        (Choice::new("jwt_bearer", "RFC 7523 section 2.1").aliases(&["jwt-bearer"]), Self::JwtBearer),
        (Choice::new("oauth1", "OAuth 1.0a with its three legs (RFC 5849)"), Self::OAuth1),
    ];
}

/// How a token was or is to be got. Secrets stand in it as references (`env:NAME`, `file:PATH` …) only: what was typed
/// as a value is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipe {
    /// The grant.
    pub grant: Grant,
    /// `client_id`, or OAuth 1.0a's `oauth_consumer_key`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// A reference to the client's secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// How the client says who it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_authentication: Option<Authentication>,
    /// A reference to the client's private key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_key: Option<String>,
    /// The `kid` of client assertions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// OAuth 1.0a: how requests are signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature_method: Option<String>,
    /// Space-separated scopes, as asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// RFC 8707
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource: Vec<String>,
    /// RFC 8693, and by custom elsewhere
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The endpoints.
    pub endpoints: Endpoints,
    /// What goes before the token in the `Authorization` header, where it is not `Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_prefix: Option<String>,
    /// Where the browser comes back to, where that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<String>,
    /// PKCE's method, where that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_challenge_method: Option<String>,
    /// Parameters of one's own for authorization requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auth_params: Vec<(String, String)>,
    /// Parameters of one's own for token requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub token_params: Vec<(String, String)>,
}

/// The endpoints of an authorization server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// The issuer that the others were discovered from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Where a person authorizes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization: Option<String>,
    /// Where tokens are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// RFC 8628
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_authorization: Option<String>,
    /// RFC 7009
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation: Option<String>,
    /// RFC 9126
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pushed_authorization: Option<String>,
    /// OAuth 1.0a: where temporary credentials are asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_token: Option<String>,
}

impl Recipe {
    /// Whether a token that was got by `self` is what `asked` asks for: grant, client, scope, resource, audience and
    /// endpoints are the same. How the client authenticates does not change what the token is.
    #[must_use]
    pub fn serves(&self, asked: &Self) -> bool {
        self.grant == asked.grant
            && self.client_id == asked.client_id
            && same_scope(self.scope.as_deref(), asked.scope.as_deref())
            && self.resource == asked.resource
            && self.audience == asked.audience
            && self.endpoints.serve(&asked.endpoints)
    }

    /// The form with resources, audience and own parameters.
    #[must_use]
    pub fn extended(&self, mut form: Form) -> Form {
        for resource in &self.resource {
            form.add("resource", resource);
        }
        if let Some(audience) = &self.audience {
            form.set("audience", audience);
        }
        for (name, value) in &self.token_params {
            form.set(name, value);
        }
        form
    }

    /// The request of the client credentials grant (RFC 6749 section 4.4.2), to be [`Recipe::extended`].
    #[must_use]
    pub fn client_credentials(&self) -> Form {
        let mut form = Form::of_grant("client_credentials");
        if let Some(scope) = &self.scope {
            form.set("scope", scope);
        }
        form
    }

    /// The client, its references followed.
    ///
    /// # Errors
    /// A reference cannot be followed.
    pub fn client(&self) -> Result<Client, Error> {
        let follow = |option: &str, reference: &Option<String>| -> Result<Option<Secret>, Error> {
            reference.as_deref().map(|reference| secret::resolve(option, reference)).transpose()
        };
        Ok(Client {
            id: self.client_id.clone(),
            secret: follow("--client-secret", &self.client_secret)?,
            private_key: follow("--private-key", &self.private_key)?,
            key_id: self.key_id.clone(),
            authentication: self.client_authentication,
        })
    }
}

impl Endpoints {
    /// Endpoints that were discovered may be more than those that are asked for by the issuer's name alone, with a slash
    /// at its end or without.
    fn serve(&self, asked: &Self) -> bool {
        let issuer =
            |endpoints: &Self| endpoints.issuer.as_deref().map(|issuer| issuer.trim_end_matches('/').to_owned());
        let is_same_issuer = issuer(self) == issuer(asked);
        let is_discovered = is_same_issuer && asked.issuer.is_some();
        let serves = |own: &Option<String>, asked: &Option<String>| own == asked || (is_discovered && asked.is_none());
        is_same_issuer
            && serves(&self.authorization, &asked.authorization)
            && serves(&self.token, &asked.token)
            && serves(&self.device_authorization, &asked.device_authorization)
            && serves(&self.request_token, &asked.request_token)
    }
}

/// The order of scopes means nothing (RFC 6749 section 3.3).
fn same_scope(a: Option<&str>, b: Option<&str>) -> bool {
    let set = |text: Option<&str>| -> std::collections::BTreeSet<String> {
        text.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect()
    };
    set(a) == set(b)
}

/// Whether text is a reference, which may be kept, and not a secret, which may not.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    ["env:", "file:", "cmd:", "keyring:"].iter().any(|kind| text.starts_with(kind))
}
