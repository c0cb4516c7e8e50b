//! Which credentials sign: those that are given as parameters, or those that are found where AWS's own tools look.

use std::sync::Arc;

use crate::auth::{Layers, Values};
use crate::error::Error;
use crate::moment::Moment;
use crate::secret::Secret;

use super::credentials::{Credentials, Held, Metadata, Source, Wanted};

/// Where the credentials come from.
#[derive(Debug)]
pub(super) enum Keys {
    /// Options, `_auth` or our environment variables.
    Given(Arc<Credentials>),
    /// Anywhere that AWS's own tools look.
    Found(Arc<Source>),
}

impl Keys {
    /// What the parameters say. An option `--profile` goes before keys that come from elsewhere than options.
    ///
    /// # Errors
    /// One of two keys is given without the other.
    pub(super) fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let has = |values: &Values, keys: [&str; 2]| {
            keys.iter().any(|key| values.get(key).is_some_and(|value| !value.is_empty()))
        };
        let keys = ["accessKey", "secretKey"];
        let is_profile_asked = has(layers.options, ["profile", "metadata"]) && !has(layers.options, keys);
        let is_given = keys.iter().any(|key| layers.filled(key).is_some());
        if is_given && !is_profile_asked {
            return Ok(Self::Given(Arc::new(Credentials {
                access_key: layers.required("accessKey")?.expose().to_owned(),
                secret_key: layers.required("secretKey")?.clone(),
                session_token: token(layers),
                expires: None,
            })));
        }
        Ok(Self::Found(layers.session.aws.source(wanted(layers)?)))
    }

    /// The credentials for this moment, and until when they are good.
    ///
    /// # Errors
    /// There are none to be found.
    pub(super) fn get(&self, moment: &Moment) -> Result<Held, Error> {
        match self {
            Self::Given(credentials) => Ok(Held { credentials: Arc::clone(credentials), until: i64::MAX }),
            Self::Found(source) => source.get(moment),
        }
    }
}

/// What options say of where to look.
///
/// # Errors
/// `metadata` is neither of its values.
pub(super) fn wanted(layers: &Layers<'_>) -> Result<Wanted, Error> {
    let metadata = match layers.filled("metadata") {
        None => None,
        Some("container") => Some(Metadata::Container),
        Some("instance") => Some(Metadata::Instance),
        Some(_) => return Err(layers.bad("metadata", "neither container nor instance")),
    };
    Ok(Wanted { profile: layers.filled("profile").map(str::to_owned), metadata })
}

/// The session token that belongs to the access key: one from a layer below would be another key's.
fn token(layers: &Layers<'_>) -> Option<Secret> {
    let given = [Some(layers.options), layers.line, Some(layers.environment)];
    for values in given.into_iter().flatten() {
        if let Some(token) = values.get("sessionToken").filter(|token| !token.is_empty()) {
            return Some(token.clone());
        }
        if values.get("accessKey").is_some_and(|key| !key.is_empty()) {
            return None;
        }
    }
    None
}
