//! The metadata services of containers and virtual machines. They are asked only if an option or a profile says so, and
//! only at addresses that cannot be outside the machine and its host.

use std::net::{IpAddr, Ipv6Addr};
use std::path::Path;
use std::time::Duration;

use crate::error::{Error, Exit};
use crate::request::Request;
use crate::response::Response;
use crate::secret::Secret;
use crate::transport::{Lazy, Limits, Route};
use crate::url::{Protocol, Url, unbracketed};

use super::client::{exit_for, request, shown};
use super::credentials::{Credentials, fail, problem, time, variable};
use super::profile::read;

/// A service on the machine itself that hands out credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Metadata {
    /// The service of a container: ECS, EKS, Greengrass.
    Container,
    /// The service of a virtual machine: EC2, version 2 of the service.
    Instance,
}

/// The limits for the service of a virtual machine. It is on the machine's host or absent, so three seconds are enough.
const INSTANCE: Limits = Limits { time: Duration::from_secs(3), bytes: 64 << 10, route: Route::Direct };

/// The limits for the service of a container, whose agent may ask another service first.
const CONTAINER: Limits = Limits { time: Duration::from_secs(10), ..INSTANCE };

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    access_key_id: String,
    secret_access_key: String,
    token: Option<String>,
    expiration: Option<String>,
}

/// Asks a service for credentials.
///
/// # Errors
/// Returns [`Error::Auth`] if the service is not configured, does not answer, or gives no credentials.
pub(super) fn get(service: Metadata, transport: &Lazy) -> Result<Credentials, Error> {
    match service {
        Metadata::Container => container(transport),
        Metadata::Instance => instance(transport),
    }
}

/// Asks the service of a container (docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html).
fn container(transport: &Lazy) -> Result<Credentials, Error> {
    let url = match (variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"), variable("AWS_CONTAINER_CREDENTIALS_FULL_URI"))
    {
        // Without the slash, a value such as `.example.com` would make another host of the address.
        (Some(path), _) if path.starts_with('/') => format!("http://169.254.170.2{path}"),
        (Some(_), _) => {
            return Err(fail("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI does not start with a slash".to_owned()));
        }
        (None, Some(url)) => url,
        (None, None) => {
            let text = "container metadata: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor \
                AWS_CONTAINER_CREDENTIALS_FULL_URI is set";
            return Err(fail(text.to_owned()));
        }
    };
    let mut asked = request("GET", &url)?;
    let is_safe = asked.url.protocol() == Protocol::Https || is_local(&asked.url);
    if !is_safe {
        let text = "AWS_CONTAINER_CREDENTIALS_FULL_URI is plain http to an address that is neither loopback nor one \
            of the container hosts (169.254.170.2, 169.254.170.23, fd00:ec2::23)";
        return Err(fail(text.to_owned()));
    }
    if let Some(token) = container_token()? {
        asked.headers.push("Authorization", token.expose().to_owned());
        asked.headers.check().map_err(|_| fail("the container authorization token has a line break".to_owned()))?;
    }
    let response = send(transport, &asked, CONTAINER, "container")?;
    parse(&response, "container")
}

/// Returns the token for the service of a container. The file is read each time, because its content changes; a line break
/// at its end is not part of the token.
fn container_token() -> Result<Option<Secret>, Error> {
    let Some(path) = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") else {
        return Ok(variable("AWS_CONTAINER_AUTHORIZATION_TOKEN").map(Secret::new));
    };
    let text = read(Path::new(&path), 64 << 10)?;
    let text = text.ok_or_else(|| fail(format!("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE {path} does not exist")))?;
    Ok(Some(Secret::new(text.trim_end_matches(['\r', '\n']))))
}

/// Asks the service of a virtual machine, in version 2 only: version 1 answers any process that can reach it
/// (docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html).
fn instance(transport: &Lazy) -> Result<Credentials, Error> {
    if variable("AWS_EC2_METADATA_DISABLED").is_some_and(|value| value.eq_ignore_ascii_case("true")) {
        return Err(fail("instance metadata: AWS_EC2_METADATA_DISABLED is set".to_owned()));
    }
    let mode = variable("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE");
    let standard = match mode {
        Some(mode) if mode.eq_ignore_ascii_case("ipv6") => "http://[fd00:ec2::254]",
        _ => "http://169.254.169.254",
    };
    let origin = variable("AWS_EC2_METADATA_SERVICE_ENDPOINT").unwrap_or_else(|| standard.to_owned());
    let origin = origin.trim_end_matches('/');
    let mut asked = request("PUT", &format!("{origin}/latest/api/token"))?;
    // The one that answers decides which account signs, so no address beyond the machine's host is asked.
    if !is_local(&asked.url) {
        let text = "AWS_EC2_METADATA_SERVICE_ENDPOINT is not a loopback or link-local address";
        return Err(fail(text.to_owned()));
    }
    asked.headers.push("X-Aws-Ec2-Metadata-Token-Ttl-Seconds", "21600");
    asked.headers.push("Content-Length", "0");
    let token = text_of(&send(transport, &asked, INSTANCE, "instance")?, "instance")?;
    let get = |path: &str| {
        let mut asked = request("GET", &format!("{origin}/latest/meta-data/iam/security-credentials/{path}"))?;
        asked.headers.push("X-Aws-Ec2-Metadata-Token", token.clone());
        asked.headers.check().map_err(|_| refused("instance", "its session token has a line break"))?;
        send(transport, &asked, INSTANCE, "instance")
    };
    let roles = text_of(&get("")?, "instance")?;
    let role = roles.lines().next().map(str::trim).filter(|role| !role.is_empty());
    let role = role.ok_or_else(|| refused("instance", "the machine has no role"))?;
    parse(&get(role)?, "instance")
}

fn send(transport: &Lazy, asked: &Request<'_>, limits: Limits, name: &str) -> Result<Response, Error> {
    let response = transport.get()?.send(asked, limits);
    response.map_err(|error| problem(error.exit(), format!("{name} metadata: {error}")))
}

fn refused(name: &str, text: &str) -> Error {
    problem(Exit::Failed, format!("{name} metadata: {text}"))
}

fn text_of(response: &Response, name: &str) -> Result<String, Error> {
    let text = String::from_utf8(response.body.clone());
    match (response.status, text) {
        (200, Ok(text)) => Ok(text),
        (200, Err(_)) => Err(refused(name, "the answer is not UTF-8")),
        (404, _) => Err(refused(name, "the machine has no role")),
        (status, _) => Err(problem(exit_for(status), format!("{name} metadata: status {status}"))),
    }
}

fn parse(response: &Response, name: &str) -> Result<Credentials, Error> {
    if response.status != 200 {
        let text = shown(&String::from_utf8_lossy(&response.body));
        let text = format!("{name} metadata: status {}: {text}", response.status);
        return Err(problem(exit_for(response.status), text.trim_end_matches([':', ' '])));
    }
    let answer = serde_json::from_slice::<Answer>(&response.body);
    let answer = answer.map_err(|_| refused(name, "the answer has no AccessKeyId and SecretAccessKey"))?;
    let expires = match answer.expiration {
        Some(text) => Some(time(&text).ok_or_else(|| refused(name, "Expiration is not an RFC 3339 time"))?),
        None => None,
    };
    Ok(Credentials {
        access_key: answer.access_key_id,
        secret_key: Secret::new(answer.secret_access_key),
        session_token: answer.token.map(Secret::new),
        expires,
    })
}

/// Returns true if a URL leads to this machine or to its host: loopback, link-local, or an address that AWS gives to these
/// services. `localhost` is the only name that is accepted, since any other could resolve to any address.
fn is_local(url: &Url<'_>) -> bool {
    const SERVICES: [Ipv6Addr; 2] =
        [Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x23), Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)];
    let host = url.ascii_host();
    match unbracketed(&host).parse() {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => {
            address.is_loopback() || address.is_unicast_link_local() || SERVICES.contains(&address)
        }
        Err(_) => host == "localhost",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_machine_and_its_host_are_asked() {
        let is_asked = |url: &str| is_local(&Url::parse(url.into()).unwrap().0);
        for url in [
            "http://127.0.0.1:80/",
            "http://[::1]/",
            "http://169.254.170.2/v2",
            "http://[fd00:ec2::23]/",
            "http://localhost:1/",
        ] {
            assert!(is_asked(url), "{url}");
        }
        for url in [
            "http://10.0.0.1/",
            "http://example.com/",
            "http://127.0.0.1.example.com/",
            "http://[fd00::1]/",
            "http://0/",
        ] {
            assert!(!is_asked(url), "{url}");
        }
    }
}
