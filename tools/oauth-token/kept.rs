//! The commands on kept tokens.

use serde_json::Value;

use countersign_shared::cli::say;
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::keeper::unknown;
use countersign_shared::oauth::{Entry, FileStore, Store, Used};
use countersign_shared::options::Choices as _;
use countersign_shared::secret::Secret;
use countersign_shared::url::{self, Url};

use crate::get::issuing;
use crate::handout::{Reveal, time};
use crate::tables::{self, Shape};
use crate::tool::TOOL;

/// Prints a line for each token: name, grant, validity and scope.
///
/// # Errors
/// Returns the error of the store if it cannot be read, and [`Error::Write`] if stdout cannot be written.
pub(crate) fn list(store: &dyn Store, shape: Shape, clock: &Clock) -> Result<Exit, Error> {
    let now = clock.moment().unix;
    let mut rows = Vec::new();
    for name in store.names()? {
        // Another process may have deleted the token since the names were read.
        let Some(entry) = store.get(&name)? else { continue };
        let scope = entry.token.scope.clone().unwrap_or_default();
        let mut row = vec![name.into(), entry.grant.kind.word().into(), validity(&entry, now).into(), scope.into()];
        if shape == Shape::Json {
            row.extend([ends(&entry), is_valid(&entry, now).into(), host(&entry)]);
        }
        rows.push(row);
    }
    let headings = ["name", "grant", "valid", "scope", "expires_at", "is_valid", "host"];
    let shown = if shape == Shape::Json { headings.len() } else { 4 };
    tables::list(shape, headings.get(..shown).unwrap_or(&headings), &rows)?;
    Ok(Exit::Done)
}

/// Returns the place where tokens are kept, in words.
///
/// # Errors
/// Returns the error of [`FileStore::new`] if no home folder is known.
pub(crate) fn place(helper: Option<&str>) -> Result<String, Error> {
    match helper {
        Some(helper) => Ok(format!("docker-credential-{helper}")),
        None => Ok(FileStore::new()?.path().display().to_string()),
    }
}

fn ends(entry: &Entry) -> Value {
    entry.token.ends_at(entry.grant.dialect.used).map_or(Value::Null, |at| time(at).into())
}

fn is_valid(entry: &Entry, now: i64) -> bool {
    !entry.token.is_due(now, 0, entry.grant.dialect.used)
}

fn host(entry: &Entry) -> Value {
    let url = issuing(&entry.grant).and_then(|url| Url::parse(url.to_owned().into()).ok());
    url.map_or(Value::Null, |(url, _)| url.ascii_host().into())
}

fn validity(entry: &Entry, now: i64) -> String {
    match entry.token.ends_at(entry.grant.dialect.used) {
        // A time before all tokens marks one that a server refused.
        Some(0) => "refused or without a token".to_owned(),
        None => "valid until refused".to_owned(),
        Some(at) if at <= now => format!("expired {}", time(at)),
        Some(_) if !is_valid(entry, now) => "due: got by a clock that was ahead".to_owned(),
        Some(at) => format!("until {}", time(at)),
    }
}

/// Prints all that is kept of a token, one member per line.
///
/// # Errors
/// Returns [`Error::Failed`] if no such token is kept, and [`Error::Write`] if stdout cannot be written.
pub(crate) fn show(
    store: &dyn Store,
    name: &str,
    reveal: Reveal,
    shape: Shape,
    place: &str,
    clock: &Clock,
) -> Result<Exit, Error> {
    let entry = store.get(name)?.ok_or_else(|| unknown(name))?;
    let secret = |secret: &Secret| match reveal {
        Reveal::Revealed => Value::from(secret.expose()),
        Reveal::Masked => masked(secret).into(),
    };
    let plain = |text: &Option<String>| text.as_deref().map_or(Value::Null, |text| url(text, reveal));
    let optional = |found: &Option<Secret>| found.as_ref().map_or(Value::Null, secret);
    let (token, grant) = (&entry.token, &entry.grant);
    let resource = Some(grant.resource.join(" ")).filter(|list| !list.is_empty());
    let mut members = vec![
        ("name", name.into()),
        ("access_token", secret(&token.access_token)),
        ("token_type", token.token_type.as_str().into()),
        ("valid", validity(&entry, clock.moment().unix).into()),
        ("expires_at", if shape == Shape::Json { ends(&entry) } else { Value::Null }),
        ("scope", plain(&token.scope)),
        ("refresh_token", optional(&token.refresh_token)),
        ("id_token", optional(&token.id_token)),
        ("token_secret", optional(&token.token_secret)),
        ("use", if grant.dialect.used == Used::IdToken { "id_token".into() } else { Value::Null }),
        ("grant", grant.kind.word().into()),
        ("resource", plain(&resource)),
        ("audience", plain(&grant.audience)),
        ("client_id", plain(&grant.client_id)),
        ("client_secret", plain(&grant.client_secret)),
    ];
    let endpoints = &grant.endpoints;
    members.extend([
        ("issuer", plain(&endpoints.issuer)),
        ("auth_url", plain(&endpoints.authorization)),
        ("access_token_url", plain(&endpoints.token)),
        ("refresh_url", plain(&endpoints.refresh)),
        ("device_authorization_url", plain(&endpoints.device_authorization)),
        ("revocation_url", plain(&endpoints.revocation)),
        ("request_token_url", plain(&endpoints.request_token)),
    ]);
    let network = &grant.network;
    members.extend([
        ("username", plain(&grant.presented.username)),
        ("key_file", plain(&grant.presented.key_file)),
        ("proxy", plain(&network.proxy)),
        ("cacert", plain(&network.cacert)),
        ("cert", plain(&network.cert)),
        ("cert_key", plain(&network.cert_key)),
        ("others", if token.others.is_empty() { Value::Null } else { Value::Object(token.others.clone()) }),
        ("kept_in", place.into()),
    ]);
    tables::record(shape, &members)?;
    Ok(Exit::Done)
}

/// Returns a text with what is secret in a URL masked, unless it is to be shown.
fn url(text: &str, reveal: Reveal) -> Value {
    if reveal == Reveal::Revealed { text.into() } else { url::masked(text).into() }
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
