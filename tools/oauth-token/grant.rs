//! The grants, in one file each.

mod assertion;
mod authorization;
pub(crate) mod context;
mod device;
mod oauth1;
mod password;
mod sign_in;

use countersign_shared::error::Error;
use countersign_shared::oauth::{Form, Grant, Token};

use crate::parameters::{NO_INPUT, REFRESH_TOKEN};
use crate::settings::Settings;

use context::Context;
use sign_in::sign_in;

/// Gets a token by the context's grant.
///
/// # Errors
/// Returns the error of the grant if it fails.
pub(crate) fn get(context: &Context<'_>) -> Result<Token, Error> {
    match context.grant.kind {
        Grant::AuthorizationCode => authorization::code(context),
        Grant::Implicit => authorization::implicit(context),
        Grant::Password => password::get(context),
        // This form has the scope already, because the shared part of the grant puts it in.
        Grant::ClientCredentials => context.ask_without_scope(context.grant.client_credentials()),
        Grant::RefreshToken => {
            let mut form = Form::of_grant("refresh_token");
            form.set_secret("refresh_token", context.settings.required_secret(&REFRESH_TOKEN)?);
            let token = context.ask(form)?;
            // A server may answer without a new refresh token, and then the old one stays in use (RFC 6749 section 6).
            let given = context.settings.secret(&REFRESH_TOKEN)?;
            Ok(Token { refresh_token: token.refresh_token.clone().or(given), ..token })
        }
        Grant::DeviceCode => device::get(context),
        Grant::TokenExchange => assertion::exchange(context),
        Grant::JwtBearer => assertion::jwt_bearer(context),
        Grant::OAuth1 => oauth1::get(context),
    }
}

/// Checks that the user can be asked to sign in if the grant needs it, before any request is sent.
///
/// # Errors
/// Returns [`Error::NeedsPerson`] if the grant needs a person and none can be asked.
pub(crate) fn check_person(grant: Grant, settings: &Settings) -> Result<(), Error> {
    match grant {
        Grant::AuthorizationCode | Grant::Implicit | Grant::OAuth1 => sign_in(settings).map(|_| ()),
        Grant::DeviceCode if settings.is_set(&NO_INPUT) => {
            Err(Error::NeedsPerson("a code has to be entered on another device, but --no-input is set".to_owned()))
        }
        _ => Ok(()),
    }
}
