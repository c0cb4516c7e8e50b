//! The grants that need no person, as requests: `oauth-token` sends them with what it is given, and renewals with what is kept.

use crate::error::Error;
use crate::moment::Moment;
use crate::secret::{self, Secret};
use crate::transport::Transport;

use super::assertion;
use super::form::Form;
use super::grant::{Grant, GrantSettings};
use super::workload;

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

/// The things that a grant presents, references resolved.
#[derive(Clone, Debug, Default)]
pub struct Materials {
    /// The user's name.
    pub username: Option<String>,
    /// The user's password.
    pub password: Option<Secret>,
    /// An assertion that somebody else signed.
    pub assertion: Option<Secret>,
    /// The token that is exchanged.
    pub subject_token: Option<Secret>,
    /// A refresh token that was got elsewhere.
    pub refresh_token: Option<Secret>,
}

impl Materials {
    /// Resolves the references that are kept for this grant.
    ///
    /// # Errors
    /// Returns the error of [`secret::resolve`] if one cannot be resolved, and that of [`subject_token`] if GitHub does not
    /// give its token.
    pub fn kept(grant: &GrantSettings, transport: &dyn Transport) -> Result<Self, Error> {
        let presented = &grant.presented;
        let follow = |option: &str, text: &Option<String>| -> Result<Option<Secret>, Error> {
            text.as_deref().map(|text| secret::resolve(option, text)).transpose()
        };
        let subject_token = match presented.subject_token.as_deref() {
            Some(text) => Some(subject_token(text, transport)?),
            None => None,
        };
        Ok(Self {
            username: presented.username.clone(),
            password: follow("--password", &presented.password)?,
            assertion: follow("--assertion", &presented.assertion)?,
            subject_token,
            refresh_token: None,
        })
    }
}

/// Resolves a subject token, which may be the one of GitHub Actions.
///
/// # Errors
/// Returns the error of [`secret::resolve`] if it cannot be resolved, and [`Error::Refused`] if GitHub does not give it.
pub fn subject_token(text: &str, transport: &dyn Transport) -> Result<Secret, Error> {
    match workload::audience(text) {
        Some(audience) => workload::token(audience, transport),
        None => secret::resolve("--subject-token", text),
    }
}

/// Returns true if what is kept is enough to get another token without a person.
#[must_use]
pub fn is_repeatable(grant: &GrantSettings) -> bool {
    let presented = &grant.presented;
    match grant.kind {
        Grant::ClientCredentials => true,
        Grant::Password | Grant::Login => presented.password.is_some(),
        Grant::JwtBearer => presented.assertion.is_some() || presented.key_file.is_some(),
        Grant::TokenExchange => presented.subject_token.is_some(),
        _ => false,
    }
}

/// Returns the request of a grant, with scope, resources, audience and the user's own parameters.
///
/// # Errors
/// Returns [`Error::Usage`], which names the option, if what the grant presents is missing.
pub fn form(grant: &GrantSettings, materials: &Materials, moment: &Moment) -> Result<Form, Error> {
    let needed = |option: &str, secret: &Option<Secret>| {
        secret.clone().ok_or_else(|| Error::Usage(format!("{option} is missing")))
    };
    let form = match grant.kind {
        Grant::Password => {
            let mut form = Form::of_grant("password");
            let name = materials.username.as_deref().ok_or_else(|| Error::Usage("--username is missing".to_owned()))?;
            form.set("username", name);
            form.set_secret("password", needed("--password", &materials.password)?);
            form
        }
        Grant::Login => login(grant, materials, needed("--password", &materials.password)?),
        Grant::TokenExchange => {
            let mut form = Form::of_grant("urn:ietf:params:oauth:grant-type:token-exchange");
            form.set_secret("subject_token", needed("--subject-token", &materials.subject_token)?);
            // The type is required (RFC 8693 section 2.1), so that a default has to stand in for it.
            let is_workload = grant.presented.subject_token.as_deref().is_some_and(super::grant::is_workload);
            let usual = if is_workload { JWT } else { ACCESS_TOKEN };
            form.set("subject_token_type", grant.presented.subject_token_type.as_deref().unwrap_or(usual));
            form
        }
        Grant::JwtBearer => return assertion::form(grant, materials.assertion.as_ref(), moment),
        Grant::RefreshToken => {
            let mut form = Form::of_grant("refresh_token");
            form.set_secret("refresh_token", needed("--refresh-token", &materials.refresh_token)?);
            form
        }
        _ => Form::of_grant("client_credentials"),
    };
    Ok(grant.extended(grant.scoped(form)))
}

/// Returns the request of a login call, which has no grant type and fields of the server's own names.
fn login(grant: &GrantSettings, materials: &Materials, password: Secret) -> Form {
    let fields = grant.dialect.login_fields.as_deref().unwrap_or("username,password");
    let (name, secret) = fields.split_once(',').unwrap_or((fields, "password"));
    let mut form = Form::default();
    if let Some(username) = &materials.username {
        form.set(name.trim(), username);
    }
    form.set_secret(secret.trim(), password);
    form
}
