//! The client of AWS's services that hand out credentials: their endpoints, requests and errors.

use crate::body::Body;
use crate::encode;
use crate::error::{Error, Exit};
use crate::moment::Moment;
use crate::request::Request;
use crate::response::Response;
use crate::terminal;
use crate::transport::{Lazy, Limits};

use super::credentials::{fail, problem, variable};
use super::profile::{Profile, Profiles};

/// A client of the services, with the settings of one profile.
#[derive(Clone, Copy, Debug)]
pub(super) struct Client<'c> {
    pub(super) transport: &'c Lazy,
    pub(super) moment: &'c Moment,
    pub(super) profiles: &'c Profiles,
    pub(super) profile: &'c Profile,
    /// The profile's name.
    pub(super) name: &'c str,
}

/// A service that hands out credentials.
#[derive(Clone, Copy, Debug)]
pub(super) struct Service {
    /// The name in messages.
    pub(super) name: &'static str,
    /// The name in variables and settings: `sts`, `sso_oidc`.
    pub(super) key: &'static str,
    /// The first labels of the host: `portal.sso`.
    pub(super) host: &'static str,
}

impl Client<'_> {
    /// Returns the region of the environment, or else that of the profile.
    pub(super) fn region(&self) -> Option<String> {
        region_set().or_else(|| self.profile.get("region").map(str::to_owned))
    }

    /// Returns the origin of a service in a region: the one that environment or profile sets, else the public one
    /// (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the region has characters that would make it another host name.
    pub(super) fn endpoint(&self, service: Service, region: &str) -> Result<String, Error> {
        if let Some(url) = self.endpoint_set(service) {
            return Ok(url.trim_end_matches('/').to_owned());
        }
        if !is_region(region) {
            return Err(fail(format!("profile {}: the region is not letters, digits and dashes", self.name)));
        }
        Ok(format!("https://{}.{region}.{}", service.host, suffix(region)))
    }

    fn endpoint_set(&self, service: Service) -> Option<String> {
        let is_on = |value: &str| value.eq_ignore_ascii_case("true");
        let ignored = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
        if ignored.as_deref().or(self.profile.get("ignore_configured_endpoint_urls")).is_some_and(is_on) {
            return None;
        }
        variable(&format!("AWS_ENDPOINT_URL_{}", service.key.to_ascii_uppercase()))
            .or_else(|| variable("AWS_ENDPOINT_URL"))
            .or_else(|| self.profiles.endpoint(self.profile, service.key))
    }

    /// Sends a request to a service and returns the response, whatever its status is.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the service cannot be reached.
    pub(super) fn send(&self, service: Service, request: &Request<'_>) -> Result<Response, Error> {
        let transport = self.transport.get()?;
        transport.send(request, Limits::SERVICE).map_err(|error| self.failed(service, error.exit(), &error.to_string()))
    }

    /// Returns the error for a service that refused a request or answered with something else.
    pub(super) fn failed(&self, service: Service, exit: Exit, text: &str) -> Error {
        problem(exit, format!("profile {}: {}: {}", self.name, service.name, shown(text)))
    }
}

/// Returns the region that the environment sets.
pub(super) fn region_set() -> Option<String> {
    variable("AWS_REGION").or_else(|| variable("AWS_DEFAULT_REGION"))
}

/// Returns the exit code for a status. The statuses from 400 to 499 are refusals, which other credentials may avoid.
pub(super) fn exit_for(status: u16) -> Exit {
    match status {
        400..=499 => Exit::Refused,
        _ => Exit::Failed,
    }
}

/// Returns a service's text without control characters and cut to 400 characters, for a message.
pub(super) fn shown(text: &str) -> String {
    terminal::clean(text).chars().take(400).collect()
}

/// Returns a POST request with a form.
///
/// # Errors
/// Returns [`Error::Auth`] if the endpoint is not a URL.
pub(super) fn form(url: &str, fields: &[(&str, &str)]) -> Result<Request<'static>, Error> {
    let mut body = String::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push('&');
        }
        encode::form(&mut body, name);
        body.push('=');
        encode::form(&mut body, value);
    }
    let mut request = request("POST", url)?;
    request.headers.push("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    request.body = Body::new(body.into_bytes(), "application/x-www-form-urlencoded");
    Ok(request)
}

/// Returns a request to an endpoint, which the configuration may name.
///
/// # Errors
/// Returns [`Error::Auth`] if the endpoint is not a URL.
pub(super) fn request(method: &'static str, url: &str) -> Result<Request<'static>, Error> {
    let request = Request::new(method, url.to_owned());
    request.map_err(|error| fail(format!("the endpoint that is configured is not usable: {error}")))
}

/// Returns true if a region is letters, digits and inner dashes. It becomes part of a host name, so nothing else is taken.
pub(super) fn is_region(region: &str) -> bool {
    let is_edge = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = region.as_bytes();
    bytes.len() <= 63
        && is_edge(bytes.first())
        && is_edge(bytes.last())
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
}

/// Returns the domain of the partition that a region is in
/// (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html; botocore's `partitions.json`).
fn suffix(region: &str) -> &'static str {
    const PARTITIONS: [(&str, &str); 6] = [
        ("cn-", "amazonaws.com.cn"),
        ("us-isob-", "sc2s.sgov.gov"),
        ("us-isof-", "csp.hci.ic.gov"),
        ("us-iso-", "c2s.ic.gov"),
        ("eu-isoe-", "cloud.adc-e.uk"),
        ("eusc-", "amazonaws.eu"),
    ];
    PARTITIONS.iter().find(|(start, _)| region.starts_with(start)).map_or("amazonaws.com", |(_, suffix)| suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_that_would_name_another_host_is_refused() {
        for region in ["us-east-1", "eu-isoe-west-1", "x"] {
            assert!(is_region(region), "{region}");
        }
        for region in ["", "evil.example/", "us-east-1.evil", "-a", "a-", "é", "a@b", "a b"] {
            assert!(!is_region(region), "{region}");
        }
    }

    #[test]
    fn each_partition_has_its_own_domain() {
        assert_eq!(suffix("cn-north-1"), "amazonaws.com.cn");
        assert_eq!(suffix("us-gov-west-1"), "amazonaws.com");
        assert_eq!(suffix("us-isob-east-1"), "sc2s.sgov.gov");
    }
}
