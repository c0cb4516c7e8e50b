//! `--digest`, `--ntlm` and `--aws-sigv4`: schemes that `sign` has too, so that the command asks for them in `_auth`.

use std::borrow::Cow;

use serde_json::json;
use serde_json::value::RawValue;

use crate::encode;
use crate::error::Error;
use crate::request::Asks;
use crate::url::Url;

use super::group::Group;
use super::options::Scheme;

/// Returns true if the command asks for one of these schemes.
pub(super) fn is_asked(group: &Group) -> bool {
    group.sigv4.is_some() || group.scheme != Scheme::Basic
}

/// Returns the URL without the user in it, and the authorization that the command asks for.
///
/// # Errors
/// Returns [`Error::Curl`] if there is no user or no password, or the signature is of a provider that is not known, and
/// [`Error::Url`] if the URL is not one.
pub(super) fn asks(group: &Group, url: String) -> Result<(String, Option<Asks<'static>>), Error> {
    if !is_asked(group) {
        return Ok((url, None));
    }
    let (url, userinfo) = Url::parse(Cow::Owned(url))?;
    let decoded = |text: &str| String::from_utf8_lossy(&encode::percent_decoded(text)).into_owned();
    let of_url = userinfo.map(|userinfo| {
        let (user, password) = userinfo.0.split_once(':').unwrap_or((&userinfo.0, ""));
        (decoded(user), decoded(password))
    });
    let of_option = group.user.as_ref().and_then(|user| user.split_once(':'));
    let of_option = of_option.map(|(user, password)| (user.to_owned(), password.to_owned()));
    let Some((user, password)) = of_option.or(of_url) else {
        return Err(Error::Curl("asks for a scheme without -u USER:PASSWORD".to_owned()));
    };
    let auth = match (&group.sigv4, group.scheme) {
        (Some(provider), _) => aws(provider, &user, &password)?,
        (None, Scheme::Ntlm) => {
            let (domain, user) = user.split_once(['\\', '/']).unwrap_or(("", &user));
            json!({"type": "ntlm", "ntlm": {"username": user, "password": password, "domain": domain}})
        }
        (None, _) => json!({"type": "digest", "digest": {"username": user, "password": password}}),
    };
    let raw = RawValue::from_string(auth.to_string()).map_err(Error::from)?;
    Ok((url.as_str().to_owned(), Some(Asks { raw: Cow::Owned(raw), problem: None })))
}

/// Returns the object for `provider1[:provider2[:region[:service]]]`.
fn aws(provider: &str, user: &str, password: &str) -> Result<serde_json::Value, Error> {
    let mut parts = provider.split(':');
    let (first, second) = (parts.next().unwrap_or_default(), parts.next().unwrap_or("amz"));
    if !first.eq_ignore_ascii_case("aws") || !second.eq_ignore_ascii_case("amz") {
        return Err(Error::Curl("--aws-sigv4 names another provider than aws:amz".to_owned()));
    }
    let mut keys = json!({"accessKey": user, "secretKey": password});
    for (name, value) in ["region", "service"].into_iter().zip(parts) {
        if let (Some(keys), false) = (keys.as_object_mut(), value.is_empty()) {
            keys.insert(name.to_owned(), value.into());
        }
    }
    Ok(json!({"type": "awsv4", "awsv4": keys}))
}
