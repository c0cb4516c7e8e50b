//! Revoking a kept token at its server (RFC 7009).

use countersign_shared::cli::say;
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::endpoint::Answer;
use countersign_shared::oauth::refresh::Given;
use countersign_shared::oauth::{Entry, Form, Store, TokenEndpoint};
use countersign_shared::secret::Secret;
use countersign_shared::transport::Lazy;

use crate::parameters::REVOCATION_URL;
use crate::settings::missing;
use crate::tool::TOOL;

/// Revokes a token and deletes it when the server has accepted that.
///
/// The refresh token comes first: its revocation may invalidate the access token too (section 2.1), but not always the other
/// way round.
///
/// # Errors
/// Returns [`Error::Usage`] if no revocation endpoint is known, or the error of the server if it neither revokes the token nor
/// says that it is none any more.
pub(crate) fn revoke(
    store: &dyn Store,
    name: &str,
    entry: &Entry,
    given: &Given,
    transport: &Lazy,
    clock: &Clock,
) -> Result<Exit, Error> {
    let url = entry.grant.endpoints.revocation.as_deref().ok_or_else(|| missing(&REVOCATION_URL))?;
    let audience = entry.grant.endpoints.issuer.as_deref().unwrap_or(url);
    let endpoint =
        TokenEndpoint { url, client: &given.client, transport: transport.get()?, audience, style: &given.style };
    let advice = |error: Error| {
        let text =
            |why: String| format!("{why}; `oauth-token delete {name}` forgets the token here without revoking it");
        match error {
            Error::Refused(why) => Error::Refused(text(why)),
            Error::Failed(why) => Error::Failed(text(why)),
            error => error,
        }
    };
    let refresh_token = entry.token.refresh_token.as_ref();
    if let Some(refresh_token) = refresh_token {
        ask(&endpoint, "refresh_token", refresh_token, clock).map_err(advice)?;
    }
    if !entry.token.access_token.is_empty() {
        match (ask(&endpoint, "access_token", &entry.token.access_token, clock), refresh_token) {
            (Ok(()), _) => {}
            (Err(error), None) => return Err(advice(error)),
            // Nobody gets another token with what is left of this one, and it ends by itself.
            (Err(error), Some(_)) => {
                say(TOOL, &format!("the refresh token is revoked; the access token may work until it ends: {error}"));
            }
        }
    }
    store.remove(name)?;
    Ok(Exit::Done)
}

fn ask(endpoint: &TokenEndpoint<'_>, hint: &str, token: &Secret, clock: &Clock) -> Result<(), Error> {
    let mut form = Form::default();
    form.set_secret("token", token.clone());
    form.set("token_type_hint", hint);
    match endpoint.ask_for_status(form, &clock.moment())? {
        Answer::Granted(_) => Ok(()),
        // There is nothing left to revoke. The standard wants 200 for that (section 2.2), but Google says this.
        Answer::Refused(refusal) if refusal.code == "invalid_token" => Ok(()),
        Answer::Refused(refusal) => Err(refusal.into_error()),
    }
}
