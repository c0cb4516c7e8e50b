//! AWS Signature Version 4, in headers or in the query
//! (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).

pub mod canonical;
mod chain;
mod client;
pub mod credentials;
pub mod host;
mod keys;
mod metadata;
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
use super::scheme::{ChallengeOption, Layers, Signs, Table};
use chain::{Held, Search};
use credentials::{Credentials, SCHEME};
use keys::Keys;
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
    parameters: &[
        Parameter::identifier("accessKey").default("where AWS's own tools look").short("The access key's id"),
        Parameter::secret("secretKey").default("where AWS's own tools look").short("The secret access key"),
        Parameter::secret("sessionToken").short("The token of temporary credentials"),
        Parameter::text("region").default("what the host name says, else AWS_REGION, the profile's, us-east-1").short("The region"),
        Parameter::text("service").default("what the host name says, else execute-api").short("The service, as credential scopes name it").more("s3, execute-api, es"),
        Parameter::flag("addAuthDataToQuery").default("false").short("Sign in the query, not in headers").more("Makes a presigned URL"),
        Parameter::number("expires").value("SECONDS").not_in_line().default("X-Amz-Expires of the URL, else 3600").short("Seconds for which a presigned URL is valid").more("Up to 604800"),
        Parameter::flag("unsignedPayload").not_in_line().default("false").short("Leave the body out of the signature").more("UNSIGNED-PAYLOAD"),
        Parameter::text("profile").not_in_line().default("AWS_PROFILE, else default").short("The profile to take credentials from").more("Of ~/.aws/config and ~/.aws/credentials, where no keys are given. AWS_ACCESS_KEY_ID is not looked at then"),
        Parameter::word("metadata", &["container", "instance"]).not_in_line().default("neither is asked").short("Ask the metadata service for credentials").more("Of this container or virtual machine"),
    ],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(Aws::new(layers)?)),
};

/// Credentials and settings, ready to sign requests.
#[derive(Debug)]
struct Aws {
    keys: Keys,
    /// The profile that may give the region.
    search: Search,
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
    /// Returns [`Error::Auth`] if one of two keys is given without the other, or if `expires` is not a number from 1 to
    /// 604800.
    fn new(layers: &Layers<'_>) -> Result<Self, Error> {
        let expires = layers.number::<u32>("expires")?;
        if expires.is_some_and(|seconds| seconds == 0 || seconds > LONGEST) {
            return Err(layers.bad("expires", "not from 1 to 604800 seconds"));
        }
        Ok(Self {
            keys: Keys::new(layers)?,
            search: keys::search(layers)?,
            region: scope_part(layers, "region")?,
            service: scope_part(layers, "service")?,
            signature: Signature {
                placement: if layers.flag("addAuthDataToQuery")? { Placement::Query } else { Placement::Header },
                payload: if layers.flag("unsignedPayload")? { Payload::Unsigned } else { Payload::Signed },
                expires,
            },
            current: RefCell::default(),
        })
    }
}

impl Signs for Aws {
    fn sign(&self, request: &mut Request<'_>, moment: &Moment) -> Result<Signed, Error> {
        let mut current = self.current.borrow_mut();
        let keys = current.renew(self, &request.url, moment)?;
        Ok(self.signature.sign(request, &current.scope, &keys))
    }
}

/// Returns a parameter that becomes a part of the scope. The scope is divided by slashes and stands in a header, so other
/// characters than a region's or service's are refused.
fn scope_part(layers: &Layers<'_>, key: &'static str) -> Result<Option<String>, Error> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'*');
    match layers.filled(key) {
        Some(text) if !text.bytes().all(is_plain) => {
            Err(layers.bad(key, "not usable: it has a character other than letters, digits, - _ . *"))
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
                None => chain::region(&aws.search)?.unwrap_or_else(|| "us-east-1".to_owned()),
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
