//! The choice between credentials that are given as parameters and those that are found where AWS's own tools look.

use std::sync::Arc;

use crate::auth::parameters::{Parameter, Values};
use crate::auth::scheme::{Asker, Layers};
use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;

use super::chain::{Held, Search, Source, Sources};
use super::credentials::Credentials;
use super::metadata::Metadata;
use super::parameters::{ACCESS_KEY, METADATA, PROFILE, SECRET_KEY, SESSION_TOKEN};

/// The source of the credentials.
#[derive(Debug)]
pub(super) enum Keys {
    /// Credentials from options, `_auth` or the variables `COUNTERSIGN_AWS_…`.
    Given(Arc<Credentials>),
    /// A search of the places where AWS's own tools look.
    Found(Arc<Source>),
}

impl Keys {
    /// Chooses by the parameters. An option `--profile` or `--metadata` goes before keys that are not options.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if one of the two keys is given without the other.
    pub(super) fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let has = |values: &Values, keys: [&Parameter; 2]| {
            keys.iter().any(|key| values.get(key).is_some_and(|value| !value.is_empty()))
        };
        let keys = [&ACCESS_KEY, &SECRET_KEY];
        let is_profile_asked = has(layers.options, [&PROFILE, &METADATA]) && !has(layers.options, keys);
        let is_given = keys.iter().any(|key| layers.filled(key).is_some());
        if is_given && !is_profile_asked {
            return Ok(Self::Given(Arc::new(Credentials {
                access_key: layers.required(&ACCESS_KEY)?.expose().to_owned(),
                secret_key: layers.required(&SECRET_KEY)?.clone(),
                session_token: token(layers),
                expires: None,
            })));
        }
        if layers.asker == Asker::Line {
            return Err(layers.missing(&ACCESS_KEY));
        }
        Ok(Self::Found(layers.session.shared::<Sources>().source(search(layers)?, &layers.session.services)))
    }

    /// Returns the credentials for this moment, and the time until which they may be used.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if no credentials are found.
    pub(super) fn get(&self, moment: &Moment) -> Result<Held, Error> {
        match self {
            Self::Given(credentials) => Ok(Held { credentials: Arc::clone(credentials), until: i64::MAX }),
            Self::Found(source) => source.get(moment),
        }
    }
}

/// Returns the places that the parameters `profile` and `metadata` choose.
///
/// # Errors
/// Returns [`Error::Auth`] if `metadata` is neither `container` nor `instance`.
pub(super) fn search(layers: &Layers<'_>) -> Result<Search, Error> {
    let metadata = match layers.filled(&METADATA) {
        None => None,
        Some("container") => Some(Metadata::Container),
        Some("instance") => Some(Metadata::Instance),
        Some(_) => return Err(layers.bad(&METADATA, "neither container nor instance")),
    };
    Ok(Search { profile: layers.filled(&PROFILE).map(str::to_owned), metadata })
}

/// Returns the session token that belongs to the access key. A token from a layer below that of the key would be another
/// key's, so the search ends at the first layer with a key.
fn token(layers: &Layers<'_>) -> Option<Secret> {
    let given = [Some(layers.options), layers.line, Some(layers.kept())];
    for values in given.into_iter().flatten() {
        if let Some(token) = values.get(&SESSION_TOKEN).filter(|token| !token.is_empty()) {
            return Some(token.clone());
        }
        if values.get(&ACCESS_KEY).is_some_and(|key| !key.is_empty()) {
            return None;
        }
    }
    None
}
