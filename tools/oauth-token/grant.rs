//! The grants, in one file each.

mod authorization;
pub(crate) mod context;
mod device;
mod oauth1;
mod sign_in;

use countersign_shared::error::Error;
use countersign_shared::oauth::unattended::{self, Materials};
use countersign_shared::oauth::{Grant, Token};

use crate::parameters::{ASSERTION, NO_INPUT, PASSWORD, REFRESH_TOKEN, SUBJECT_TOKEN, USERNAME};
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
        Grant::DeviceCode => device::get(context),
        Grant::OAuth1 => oauth1::get(context),
        _ => unattended(context),
    }
}

/// Gets a token by a grant that needs nobody to sign in.
fn unattended(context: &Context<'_>) -> Result<Token, Error> {
    let settings = context.settings;
    let subject_token = settings.text(&SUBJECT_TOKEN);
    let materials = Materials {
        username: settings.owned(&USERNAME),
        password: settings.secret(&PASSWORD)?,
        assertion: settings.secret(&ASSERTION)?,
        subject_token: subject_token.map(|text| unattended::subject_token(text, context.transport)).transpose()?,
        refresh_token: settings.secret(&REFRESH_TOKEN)?,
    };
    let form = unattended::form(&context.grant, &materials, &context.clock.moment())?;
    let token = match (context.grant.kind, &context.grant.endpoints.refresh) {
        (Grant::RefreshToken, Some(url)) => {
            context.token(&context.endpoint_at(url).ask_granted(form, &context.clock.moment())?)?
        }
        _ => context.send(form)?,
    };
    // A server may answer without a new refresh token, and then the old one stays in use (RFC 6749 section 6).
    let given = materials.refresh_token.filter(|_| context.grant.kind == Grant::RefreshToken);
    Ok(Token { refresh_token: token.refresh_token.clone().or(given), ..token })
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
