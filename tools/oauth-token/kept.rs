//! What can be done with tokens that are kept.

use std::io::Write as _;

use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::endpoint::Answer;
use countersign_shared::oauth::keeper::unknown;
use countersign_shared::oauth::{Client, Entry, Form, Grant, Store, TokenEndpoint};
use countersign_shared::secret::Secret;
use countersign_shared::terminal;
use countersign_shared::transport::Lazy;

use crate::handout::{Reveal, time};

/// A line for each token: name, grant, when it ends, scope.
///
/// # Errors
/// The store cannot be read.
pub(crate) fn list(store: &dyn Store, clock: &Clock) -> Result<Exit, Error> {
    let now = clock.moment().unix;
    for name in store.names()? {
        let Some(entry) = store.get(&name)? else { continue };
        let line =
            format!("{name}\t{}\t{}\t{}", grant(&entry), validity(&entry, now), entry.token.scope.unwrap_or_default());
        print(&format!("{}\n", terminal::clean_lines(&line)))?;
    }
    Ok(Exit::Done)
}

fn grant(entry: &Entry) -> String {
    grant_name(entry.recipe.grant)
}

/// A grant as it is typed.
pub(crate) fn grant_name(grant: Grant) -> String {
    let name = serde_json::to_value(grant).ok();
    name.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

fn validity(entry: &Entry, now: i64) -> String {
    match entry.token.expires_at {
        None => "valid until refused".to_owned(),
        Some(at) if at <= now => format!("ended {}", time(at)),
        Some(at) => format!("until {}", time(at)),
    }
}

/// Everything that is known of a token, a member a line.
///
/// # Errors
/// There is none of that name.
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
        ("grant", Some(grant(&entry))),
        ("resource", Some(entry.recipe.resource.join(" ")).filter(|list| !list.is_empty())),
        ("audience", entry.recipe.audience.clone()),
        ("client_id", entry.recipe.client_id.clone()),
        ("client_secret", entry.recipe.client_secret.clone()),
    ];
    let endpoints = entry.recipe.endpoints;
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
            print(&format!("{}\n", terminal::clean(&format!("{name}: {value}"))))?;
        }
    }
    Ok(Exit::Done)
}

/// Enough to tell one from another, too little to use.
fn masked(secret: &Secret) -> String {
    let text = secret.expose();
    let shown: String = if text.len() >= 24 { text.chars().take(4).collect() } else { String::new() };
    format!("{shown}***")
}

/// Forgets a token.
///
/// # Errors
/// There is none of that name.
pub(crate) fn delete(store: &dyn Store, name: &str) -> Result<Exit, Error> {
    if !store.remove(name)? {
        return Err(unknown(name));
    }
    let text = format!(
        "oauth-token: {name} is forgotten here; the server still takes it until it ends (see `oauth-token revoke`)"
    );
    let _ = writeln!(std::io::stderr(), "{}", terminal::clean(&text));
    Ok(Exit::Done)
}

/// Gives a token another name.
///
/// # Errors
/// There is none of the old name, or there is one of the new.
pub(crate) fn rename(store: &dyn Store, old: &str, new: &str) -> Result<Exit, Error> {
    let entry = store.get(old)?.ok_or_else(|| unknown(old))?;
    if store.get(new)?.is_some() {
        return Err(Error::Failed(format!("there is a token {new} already")));
    }
    store.put(new, &entry)?;
    store.remove(old)?;
    Ok(Exit::Done)
}

/// Asks the server to take a token back (RFC 7009): the refresh token first, since that may take the other along; the
/// token is forgotten only when the server has agreed to all of it.
///
/// # Errors
/// There is none of that name, no revocation endpoint is known, or the server does not say 200.
pub(crate) fn revoke(
    store: &dyn Store,
    name: &str,
    client: Option<Client>,
    url: Option<&str>,
    transport: &Lazy,
    clock: &Clock,
) -> Result<Exit, Error> {
    let _lock = store.lock(name)?;
    let entry = store.get(name)?.ok_or_else(|| unknown(name))?;
    let url = url.or(entry.recipe.endpoints.revocation.as_deref());
    let url = url.ok_or_else(|| crate::settings::missing("revocation-url"))?;
    let client = match client {
        Some(client) => client,
        None => entry.recipe.client()?,
    };
    let audience = entry.recipe.endpoints.issuer.as_deref().unwrap_or(url);
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
