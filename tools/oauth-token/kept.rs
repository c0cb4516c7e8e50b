//! The commands on kept tokens.

use countersign_shared::cli::{print, say};
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::endpoint::Answer;
use countersign_shared::oauth::keeper::unknown;
use countersign_shared::oauth::{Client, Entry, Form, Store, TokenEndpoint};
use countersign_shared::options::Choices as _;
use countersign_shared::secret::Secret;
use countersign_shared::terminal;
use countersign_shared::transport::Lazy;
use countersign_shared::url;

use crate::handout::{Reveal, time};
use crate::parameters::REVOCATION_URL;
use crate::settings::missing;
use crate::tool::TOOL;

/// Prints a line for each token: name, grant, validity and scope, separated by tabs.
///
/// # Errors
/// Returns the error of the store if it cannot be read, and [`Error::Write`] if stdout cannot be written.
pub(crate) fn list(store: &dyn Store, clock: &Clock) -> Result<Exit, Error> {
    let now = clock.moment().unix;
    for name in store.names()? {
        // Another process may have deleted the token since the names were read.
        let Some(entry) = store.get(&name)? else { continue };
        let scope = entry.token.scope.as_deref().unwrap_or_default();
        // Names may be an import's, and the scope is the server's text. Each is cleaned by itself: a line break in a name would
        // make one token look like two, and a tab would move the columns.
        let validity = validity(&entry, now);
        let fields = [&name, entry.grant.kind.word(), &validity, scope].map(terminal::clean);
        print(&format!("{}\n", fields.join("\t")))?;
    }
    Ok(Exit::Done)
}

fn validity(entry: &Entry, now: i64) -> String {
    match entry.token.expires_at {
        None => "valid until refused".to_owned(),
        Some(at) if at <= now => format!("expired {}", time(at)),
        Some(at) => format!("until {}", time(at)),
    }
}

/// Prints all that is kept of a token, one member per line.
///
/// # Errors
/// Returns [`Error::Failed`] if no such token is kept, and [`Error::Write`] if stdout cannot be written.
pub(crate) fn show(store: &dyn Store, name: &str, reveal: Reveal, clock: &Clock) -> Result<Exit, Error> {
    let entry = store.get(name)?.ok_or_else(|| unknown(name))?;
    let secret = |secret: &Secret| if reveal == Reveal::Revealed { secret.expose().to_owned() } else { masked(secret) };
    let token = &entry.token;
    let mut lines = vec![
        ("name", Some(name.to_owned())),
        ("access_token", Some(secret(&token.access_token))),
        ("token_type", Some(token.token_type.clone())),
        ("valid", Some(validity(&entry, clock.moment().unix))),
        ("scope", token.scope.clone()),
        ("refresh_token", token.refresh_token.as_ref().map(secret)),
        ("id_token", token.id_token.as_ref().map(secret)),
        ("token_secret", token.token_secret.as_ref().map(secret)),
        ("grant", Some(entry.grant.kind.word().to_owned())),
        ("resource", Some(entry.grant.resource.join(" ")).filter(|list| !list.is_empty())),
        ("audience", entry.grant.audience.clone()),
        ("client_id", entry.grant.client_id.clone()),
        ("client_secret", entry.grant.client_secret.clone()),
    ];
    let endpoints = entry.grant.endpoints;
    lines.extend([
        ("issuer", endpoints.issuer),
        ("auth_url", endpoints.authorization),
        ("access_token_url", endpoints.token),
        ("device_authorization_url", endpoints.device_authorization),
        ("revocation_url", endpoints.revocation),
        ("request_token_url", endpoints.request_token),
    ]);
    for (name, value) in lines {
        if let Some(value) = value {
            let value = if reveal == Reveal::Revealed { value.into() } else { url::masked(&value) };
            print(&format!("{}\n", terminal::clean(&format!("{name}: {value}"))))?;
        }
    }
    Ok(Exit::Done)
}

/// Shows the first four characters of a long secret, which tell it from others without making it usable. A short one could be
/// guessed from them.
fn masked(secret: &Secret) -> String {
    let text = secret.expose();
    let shown: String = if text.len() >= 24 { text.chars().take(4).collect() } else { String::new() };
    format!("{shown}***")
}

/// Deletes a token from the store.
///
/// # Errors
/// Returns [`Error::Failed`] if no such token is kept, or the error of the store if it cannot be written.
pub(crate) fn delete(store: &dyn Store, name: &str) -> Result<Exit, Error> {
    if !store.remove(name)? {
        return Err(unknown(name));
    }
    say(
        TOOL,
        &format!("{name} is deleted here; the server still accepts it until it expires (see `oauth-token revoke`)"),
    );
    Ok(Exit::Done)
}

/// Renames a token.
///
/// # Errors
/// Returns [`Error::Failed`] if no token has the old name or one has the new name already.
pub(crate) fn rename(store: &dyn Store, old: &str, new: &str) -> Result<Exit, Error> {
    let entry = store.get(old)?.ok_or_else(|| unknown(old))?;
    if store.get(new)?.is_some() {
        return Err(Error::Failed(format!("a token {new} exists already")));
    }
    // The new name comes first: if the second step fails, the token is there twice and not lost.
    store.put(new, &entry)?;
    store.remove(old)?;
    Ok(Exit::Done)
}

/// Revokes a token at the server (RFC 7009) and deletes it when the server has accepted that.
///
/// The refresh token comes first: its revocation may invalidate the access token too (section 2.1), but not always the other
/// way round.
///
/// # Errors
/// Returns [`Error::Failed`] if no such token is kept, [`Error::Usage`] if no revocation endpoint is known, or the error of
/// the server if it does not answer with 200.
pub(crate) fn revoke(
    store: &dyn Store,
    name: &str,
    client: Option<Client>,
    url: Option<&str>,
    transport: &Lazy,
    clock: &Clock,
) -> Result<Exit, Error> {
    // The lock is held until the token is gone, so that no other process refreshes it between revocation and removal.
    let _lock = store.lock(name)?;
    let entry = store.get(name)?.ok_or_else(|| unknown(name))?;
    let url = url.or(entry.grant.endpoints.revocation.as_deref());
    let url = url.ok_or_else(|| missing(&REVOCATION_URL))?;
    let client = match client {
        Some(client) => client,
        None => entry.grant.client()?,
    };
    let audience = entry.grant.endpoints.issuer.as_deref().unwrap_or(url);
    let endpoint = TokenEndpoint { url, client: &client, transport: transport.get()?, audience };
    let refresh_token = entry.token.refresh_token.iter().map(|token| ("refresh_token", token));
    for (hint, token) in refresh_token.chain([("access_token", &entry.token.access_token)]) {
        ask_revocation(&endpoint, hint, token, clock)?;
    }
    store.remove(name)?;
    Ok(Exit::Done)
}

fn ask_revocation(endpoint: &TokenEndpoint<'_>, hint: &str, token: &Secret, clock: &Clock) -> Result<(), Error> {
    let mut form = Form::default();
    form.set_secret("token", token.clone());
    form.set("token_type_hint", hint);
    match endpoint.ask_for_status(form, &clock.moment())? {
        Answer::Granted(_) => Ok(()),
        Answer::Refused(refusal) => Err(refusal.into_error()),
    }
}
