//! AWS Signature Version 4, in headers or in the query
//! (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).

mod canonical;
mod chain;
mod client;
pub mod credentials;
mod host;
mod keys;
mod metadata;
pub mod parameters;
mod process;
mod profile;
mod signature;
mod sso;
mod sts;

use std::cell::RefCell;
use std::sync::Arc;

use crate::error::Error;
use crate::moment::Moment;
use crate::request::Request;
use crate::url::Url;

use super::outcome::Signed;
use super::parameters::Parameter;
use super::scheme::{Asker, ChallengeOption, Layers, Signs, Table};
use chain::{Held, Search};
use credentials::{Credentials, SCHEME};
use keys::Keys;
use parameters::{ADD_AUTH_DATA_TO_QUERY, EXPIRES, REGION, SERVICE, UNSIGNED_PAYLOAD};
use signature::{LONGEST, Payload, Placement, Scope, Signature};

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: SCHEME,
    aliases: &["awsv4"],
    about: "AWS Signature Version 4",
    examples: "  echo https://abc123.execute-api.eu-west-1.amazonaws.com/prod/items |
      sign aws --to curl-config | curl -K -
  echo https://bucket.s3.amazonaws.com/key |
      sign aws --add-auth-data-to-query --expires 600 --to url",
    parameters: parameters::ALL,
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(Aws::new(layers)?)),
};

/// Credentials and settings, ready to sign requests.
#[derive(Debug)]
struct Aws {
    keys: Keys,
    /// The profile that may give the region; `None` if what the user keeps is not for this request.
    search: Option<Search>,
    region: Option<String>,
    service: Option<String>,
    signature: Signature,
    current: RefCell<Current>,
}

/// Returns the credentials that the parameters give, or else those that are found where AWS's own tools look.
///
/// # Errors
/// Returns [`Error::Auth`] if one of two keys is given without the other, or if no credentials are found.
pub fn credentials(layers: &Layers<'_>, moment: &Moment) -> Result<Arc<Credentials>, Error> {
    Ok(Keys::new(layers)?.get(moment)?.credentials)
}

impl Aws {
    /// Checks the parameters. Credentials that are not among them are looked for when the first request is signed.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if one of two keys is given without the other, or if `expires` is not a duration of
    /// 1 to 604800 seconds.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let expires = layers.seconds::<u32>(&EXPIRES)?;
        if expires.is_some_and(|seconds| seconds == 0 || seconds > LONGEST) {
            return Err(layers.bad(&EXPIRES, "not from 1 to 604800 seconds"));
        }
        Ok(Self {
            keys: Keys::new(layers)?,
            search: if layers.asker == Asker::Line { None } else { Some(keys::search(layers)?) },
            region: scope_part(layers, &REGION)?,
            service: scope_part(layers, &SERVICE)?,
            signature: Signature {
                placement: if layers.flag(&ADD_AUTH_DATA_TO_QUERY)? { Placement::Query } else { Placement::Header },
                payload: if layers.flag(&UNSIGNED_PAYLOAD)? { Payload::Unsigned } else { Payload::Signed },
                expires,
                steps: layers.session.steps,
            },
            current: RefCell::default(),
        })
    }
}

impl Signs for Aws {
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let mut current = self.current.borrow_mut();
        let keys = current.renew(self, &request.url, moment)?;
        self.signature.sign(request, &current.scope, &keys)
    }

    fn covers_body(&self, _: &Request<'_>) -> bool {
        self.signature.payload != Payload::Unsigned
    }
}

/// Returns a parameter that becomes a part of the scope. The scope is divided by slashes and stands in a header, so other
/// characters than a region's or service's are refused.
fn scope_part(layers: &Layers<'_>, parameter: &Parameter) -> Result<Option<String>, Error> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'*');
    match layers.filled(parameter) {
        Some(text) if !text.bytes().all(is_plain) => {
            Err(layers.bad(parameter, "not usable: it has a character other than letters, digits, - _ . *"))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

/// The state that depends on host, second and scope only. It is kept from request to request, so that most requests cost
/// one HMAC.
#[derive(Debug, Default)]
struct Current {
    host: String,
    unix: i64,
    scope: Scope,
    held: Option<Held>,
}

impl Current {
    /// Brings everything up to this host and moment, and returns the credentials.
    fn renew(&mut self, aws: &Aws, url: &Url<'_>, moment: &Moment) -> Result<Arc<Credentials>, Error> {
        let is_same_host = !self.scope.is_without_key() && self.host == url.host();
        if let Some(held) = &self.held
            && is_same_host
            && self.unix == moment.unix
        {
            return Ok(Arc::clone(&held.credentials));
        }
        let keys = self.renew_keys(aws, moment)?;
        if !is_same_host {
            let found = host::scope(&url.ascii_host());
            let region = match aws.region.clone().or(found.region) {
                Some(region) => region,
                None => {
                    let kept = aws.search.as_ref().map(chain::region).transpose()?.flatten();
                    kept.unwrap_or_else(|| "us-east-1".to_owned())
                }
            };
            self.scope.set(region, aws.service.as_deref().or(found.service.as_deref()).unwrap_or("execute-api"));
        }
        self.scope.renew(&keys, moment);
        url.host().clone_into(&mut self.host);
        self.unix = moment.unix;
        Ok(keys)
    }

    /// Returns the credentials for this moment. If they are new, the derived key is forgotten.
    fn renew_keys(&mut self, aws: &Aws, moment: &Moment) -> Result<Arc<Credentials>, Error> {
        if let Some(held) = &self.held
            && moment.unix < held.until
        {
            return Ok(Arc::clone(&held.credentials));
        }
        let held = aws.keys.get(moment)?;
        self.scope.forget_key();
        Ok(Arc::clone(&self.held.insert(held).credentials))
    }
}
