//! The settings of a grant: enough to get a token again, and to tell whether a kept one is the one that is asked for.

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::options::{Choice, Choices};
use crate::secret::{self, Secret};

use super::client::{Authentication, Client};
use super::dialect::{Dialect, Network, Presented};
use super::form::Form;
use super::style::{Encoding, Style, is_open_header};

/// A grant. Its word is its wire name or, if that is a URN, the specification's short name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// RFC 6749 section 4.1, with PKCE (RFC 7636).
    AuthorizationCode,
    /// RFC 6749 section 4.2.
    Implicit,
    /// RFC 6749 section 4.3.
    Password,
    /// RFC 6749 section 4.4.
    ClientCredentials,
    /// RFC 6749 section 6.
    RefreshToken,
    /// RFC 8628.
    DeviceCode,
    /// RFC 8693
    TokenExchange,
    /// RFC 7523 section 2.1.
    JwtBearer,
    /// OAuth 1.0a with its three legs (RFC 5849).
    #[serde(rename = "oauth1")]
    OAuth1,
    /// A login call that is no OAuth: name and password in, a token somewhere in the answer.
    Login,
}

impl Grant {
    /// Returns true if the grant needs somebody to sign in.
    #[must_use]
    pub fn needs_person(self) -> bool {
        matches!(self, Self::AuthorizationCode | Self::Implicit | Self::DeviceCode | Self::OAuth1)
    }
}

impl Choices for Grant {
    const CHOICES: &'static [(Choice, Self)] = &[
        (
            Choice::new("authorization_code", "Sign-in in a browser, with PKCE (RFC 6749 section 4.1, RFC 7636)")
                .aliases(&["authorization-code", "authorization_code_with_pkce"]),
            Self::AuthorizationCode,
        ),
        (
            Choice::new("implicit", "Sign-in in a browser, without a token endpoint (RFC 6749 section 4.2)"),
            Self::Implicit,
        ),
        (
            Choice::new("password", "The user's name and password (RFC 6749 section 4.3)")
                .aliases(&["password_credentials"]),
            Self::Password,
        ),
        (
            Choice::new("client_credentials", "The client's own id and secret (RFC 6749 section 4.4)")
                .aliases(&["client-credentials"]),
            Self::ClientCredentials,
        ),
        (
            Choice::new("refresh_token", "A refresh token got elsewhere (RFC 6749 section 6)")
                .aliases(&["refresh-token"]),
            Self::RefreshToken,
        ),
        (
            Choice::new("device_code", "Sign-in on another device, with a code (RFC 8628)").aliases(&["device-code"]),
            Self::DeviceCode,
        ),
        (
            Choice::new("token_exchange", "One token in exchange for another (RFC 8693)").aliases(&["token-exchange"]),
            Self::TokenExchange,
        ),
        (
            Choice::new("jwt_bearer", "A signed assertion (RFC 7523 section 2.1)").aliases(&["jwt-bearer"]),
            Self::JwtBearer,
        ),
        (Choice::new("oauth1", "OAuth 1.0a, with sign-in in a browser (RFC 5849)"), Self::OAuth1),
        (Choice::new("login", "Name and password to a login call that answers with a token"), Self::Login),
    ];
}

/// The settings of a grant, which are kept with its token. Secrets stand in it as references (`env:NAME`, `file:PATH` …)
/// only: a secret that was typed as a value is not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantSettings {
    /// The grant.
    #[serde(rename = "grant")]
    pub kind: Grant,
    /// `client_id`, or OAuth 1.0a's `oauth_consumer_key`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// A reference to the client's secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// The client's authentication method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_authentication: Option<Authentication>,
    /// A reference to the client's private key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_key: Option<String>,
    /// The `kid` of client assertions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// OAuth 1.0a: the signature method.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature_method: Option<String>,
    /// The scopes that were requested, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// The resources that the token is for (RFC 8707).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resource: Vec<String>,
    /// The audience that the token is for (RFC 8693; servers take it with other grants too).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The endpoints.
    pub endpoints: Endpoints,
    /// The word before the token in the `Authorization` header if it is not `Bearer`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header_prefix: Option<String>,
    /// The redirect URI if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<String>,
    /// The PKCE method if one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_challenge_method: Option<String>,
    /// The user's own parameters for authorization requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub auth_params: Vec<(String, String)>,
    /// The user's own parameters for token requests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub token_params: Vec<(String, String)>,
    /// The user's own headers for token requests, `Name: value`; values other than of `Origin` and `User-Agent` are
    /// references.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub token_headers: Vec<String>,
    /// The things that are presented for the token, besides the client's secret.
    #[serde(default, skip_serializing_if = "Presented::is_empty")]
    pub presented: Presented,
    /// The form of requests and answers where it is not that of RFC 6749.
    #[serde(default, skip_serializing_if = "Dialect::is_plain")]
    pub dialect: Dialect,
    /// The way to the server.
    #[serde(default, skip_serializing_if = "Network::is_empty")]
    pub network: Network,
}

/// The endpoints of an authorization server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoints {
    /// The issuer that the others were discovered from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// The authorization endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization: Option<String>,
    /// The token endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The device authorization endpoint (RFC 8628).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_authorization: Option<String>,
    /// The revocation endpoint (RFC 7009).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation: Option<String>,
    /// The pushed authorization request endpoint (RFC 9126).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pushed_authorization: Option<String>,
    /// OAuth 1.0a: the endpoint of temporary credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_token: Option<String>,
    /// The endpoint for refreshes where it is not the token endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<String>,
}

impl GrantSettings {
    /// Returns true if a token that was got with `self` is what `asked` asks for.
    #[must_use]
    pub fn serves(&self, asked: &Self) -> bool {
        self.difference(asked).is_none()
    }

    /// Returns the first setting in which a token that was got with `self` is not what `asked` asks for: grant, client, scope,
    /// resource, audience, user or endpoints. The client's authentication is not compared, since it does not change the token.
    #[must_use]
    pub fn difference(&self, asked: &Self) -> Option<&'static str> {
        let users = (&self.presented.username, &asked.presented.username);
        let is_same = [
            ("grant", self.kind == asked.kind),
            ("client", self.client_id == asked.client_id),
            ("scope", same_scope(self.scope.as_deref(), asked.scope.as_deref())),
            ("resource", self.resource == asked.resource),
            ("audience", self.audience == asked.audience),
            // Tokens of earlier versions do not say for whom they are.
            ("user", users.0 == users.1 || users.0.is_none()),
            ("place of the token", self.dialect.token_at == asked.dialect.token_at),
            ("server", self.endpoints.serve(&asked.endpoints)),
        ];
        is_same.into_iter().find(|(_, is_same)| !is_same).map(|(name, _)| name)
    }

    /// Returns the form with resources, audience and the user's own parameters added.
    #[must_use]
    pub fn extended(&self, mut form: Form) -> Form {
        for resource in &self.resource {
            // `resource` may be repeated (RFC 8707 section 2), so it is added and not set.
            form.add("resource", resource);
        }
        if let Some(audience) = &self.audience {
            form.set("audience", audience);
        }
        // The user's own parameters come last, so that they replace ours.
        for (name, value) in &self.token_params {
            form.set_own(name, value);
        }
        form
    }

    /// Returns the form of the client credentials grant (RFC 6749 section 4.4.2), still to be [`GrantSettings::extended`].
    #[must_use]
    pub fn client_credentials(&self) -> Form {
        self.scoped(Form::of_grant("client_credentials"))
    }

    /// Returns the form with the scope added, as this server separates scopes.
    #[must_use]
    pub fn scoped(&self, mut form: Form) -> Form {
        if let Some(scope) = &self.scope {
            form.set("scope", &self.dialect.scope(scope));
        }
        form
    }

    /// Removes every secret and every reference to one, and returns the names of what was removed: in settings that come
    /// from somebody else, a reference would run that person's command or send this user's file to that person's server.
    pub fn remove_secrets(&mut self) -> Vec<String> {
        let mut removed = Vec::new();
        let presented = &mut self.presented;
        let secrets = [
            ("client_secret", &mut self.client_secret),
            ("private_key", &mut self.private_key),
            ("password", &mut presented.password),
            ("assertion", &mut presented.assertion),
            ("subject_token", &mut presented.subject_token),
            // Files of this computer are named by whoever made the file, and may not be theirs to use.
            ("key_file", &mut presented.key_file),
            ("certificate", &mut presented.certificate),
            ("proxy", &mut self.network.proxy),
            ("cacert", &mut self.network.cacert),
            ("cert", &mut self.network.cert),
            ("cert_key", &mut self.network.cert_key),
        ];
        removed.extend(secrets.into_iter().filter_map(|(name, value)| value.take().map(|_| name.to_owned())));
        let endpoints = &mut self.endpoints;
        // No name of a scope, resource or audience is ever followed, and `file:read` is a common one.
        let texts = [
            ("client_id", &mut self.client_id),
            ("key_id", &mut self.key_id),
            ("signature_method", &mut self.signature_method),
            ("header_prefix", &mut self.header_prefix),
            ("callback", &mut self.callback),
            ("code_challenge_method", &mut self.code_challenge_method),
            ("issuer", &mut endpoints.issuer),
            ("auth_url", &mut endpoints.authorization),
            ("access_token_url", &mut endpoints.token),
            ("device_authorization_url", &mut endpoints.device_authorization),
            ("revocation_url", &mut endpoints.revocation),
            ("pushed_authorization_url", &mut endpoints.pushed_authorization),
            ("request_token_url", &mut endpoints.request_token),
            ("refresh_url", &mut endpoints.refresh),
            ("username", &mut presented.username),
        ];
        let followed = texts
            .into_iter()
            .filter_map(|(name, value)| value.take_if(|text| secret::is_followed(text)).map(|_| name.to_owned()));
        removed.extend(followed);
        self.token_headers.retain(|header| {
            let (name, value) = header.split_once(':').unwrap_or((header, ""));
            let is_kept = is_open_header(name) && !secret::is_followed(value.trim());
            if !is_kept {
                removed.push(format!("token_header {name}"));
            }
            is_kept
        });
        for parameters in [&mut self.auth_params, &mut self.token_params, &mut presented.claims] {
            parameters.retain(|(name, value)| {
                let is_kept = !secret::is_secret_name(name) && !secret::is_followed(value);
                if !is_kept {
                    removed.push(name.clone());
                }
                is_kept
            });
        }
        removed
    }

    /// Returns the client, its references resolved.
    ///
    /// # Errors
    /// Returns the error of [`secret::resolve`] if a reference cannot be resolved.
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
            certificate: self.presented.certificate.as_ref().map(std::path::PathBuf::from),
        })
    }

    /// Returns the server's endpoint for refreshes.
    #[must_use]
    pub fn refresh_url(&self) -> Option<&str> {
        self.endpoints.refresh.as_deref().or(self.endpoints.token.as_deref())
    }

    /// Returns the form of token requests, the references in their headers resolved.
    ///
    /// # Errors
    /// Returns the error of [`Style::new`] if a header is wrong or its reference cannot be resolved.
    pub fn style(&self) -> Result<Style, Error> {
        let usual = if self.kind == Grant::Login { Encoding::Json } else { Encoding::Form };
        Style::new(self.dialect.encoding.unwrap_or(usual), &self.token_headers)
    }
}

impl Endpoints {
    /// Returns true if a token from these endpoints is what `asked` asks for. If both name the same issuer, endpoints that
    /// were discovered need not be asked for. A slash at the issuer's end makes no difference.
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

/// Returns true if both have the same scopes, in any order (RFC 6749 section 3.3).
fn same_scope(a: Option<&str>, b: Option<&str>) -> bool {
    let set = |text: Option<&str>| -> std::collections::BTreeSet<String> {
        text.unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect()
    };
    set(a) == set(b)
}

/// Returns true if text is a reference to a secret that stays valid, which may be kept, and not the secret itself.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    ["env:", "file:", "cmd:", "keyring:"].iter().any(|kind| text.starts_with(kind)) || is_workload(text)
}

/// Returns true if a subject token is the one that GitHub Actions gives a job: `github-actions`, or with an audience,
/// `github-actions:AUDIENCE`.
#[must_use]
pub fn is_workload(text: &str) -> bool {
    text.strip_prefix("github-actions").is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}
