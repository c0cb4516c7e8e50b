//! The Security Token Service: credentials of a role
//! (docs.aws.amazon.com/STS/latest/APIReference).

use std::path::Path;

use crate::error::{Error, Exit};
use crate::response::Response;
use crate::secret::Secret;

use super::Aws;
use super::client::{Client, Service, exit_for, form};
use super::credentials::{Credentials, fail, time, variable};
use super::profile::read;

const SERVICE: Service = Service { name: "STS", key: "sts", host: "sts" };

/// A web identity token is no longer than this, in bytes; the API takes 20,000 characters.
const LIMIT: u64 = 64 << 10;

/// A token that somebody else issued, and the role that it is good for.
#[derive(Debug)]
pub(super) struct WebIdentity {
    file: String,
    role: Option<String>,
    session: Option<String>,
}

impl WebIdentity {
    /// `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`.
    pub(super) fn from_environment() -> Option<Self> {
        let file = variable("AWS_WEB_IDENTITY_TOKEN_FILE")?;
        Some(Self { file, role: variable("AWS_ROLE_ARN"), session: variable("AWS_ROLE_SESSION_NAME") })
    }

    /// `web_identity_token_file`, `role_arn`, `role_session_name`.
    pub(super) fn from_profile(client: &Client<'_>) -> Result<Option<Self>, Error> {
        let Some(file) = client.profile.get("web_identity_token_file") else { return Ok(None) };
        let role = client
            .profile
            .get("role_arn")
            .ok_or_else(|| fail(format!("profile {}: web_identity_token_file without role_arn", client.name)))?;
        let session = client.profile.get("role_session_name");
        Ok(Some(Self { file: file.to_owned(), role: Some(role.to_owned()), session: session.map(str::to_owned) }))
    }
}

/// `AssumeRoleWithWebIdentity`, which nobody signs: the token is what proves.
pub(super) fn with_web_identity(client: &Client<'_>, identity: &WebIdentity) -> Result<Credentials, Error> {
    let role = identity
        .role
        .as_deref()
        .ok_or_else(|| fail("AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not".to_owned()))?;
    let token = read(Path::new(&identity.file), LIMIT)?
        .ok_or_else(|| fail(format!("the web identity token file {} does not exist", identity.file)))?;
    let session = identity.session.clone().unwrap_or_else(|| session_name(client));
    let (endpoint, _) = endpoint(client)?;
    let request = form(
        &endpoint,
        &[
            ("Action", "AssumeRoleWithWebIdentity"),
            ("Version", "2011-06-15"),
            ("RoleArn", role),
            ("RoleSessionName", &session),
            ("WebIdentityToken", token.trim_end()),
        ],
    )?;
    let response = client.send(SERVICE, &request)?;
    parse(client, role, &response)
}

/// `AssumeRole`, signed with the credentials of the source.
pub(super) fn with_role(client: &Client<'_>, keys: Credentials) -> Result<Credentials, Error> {
    let setting = |key| client.profile.get(key);
    let role = setting("role_arn").unwrap_or_default();
    let session = setting("role_session_name").map_or_else(|| session_name(client), str::to_owned);
    let mut fields = vec![
        ("Action", "AssumeRole"),
        ("Version", "2011-06-15"),
        ("RoleArn", role),
        ("RoleSessionName", session.as_str()),
    ];
    if let Some(seconds) = setting("duration_seconds") {
        if seconds.parse::<u32>().is_err() {
            return Err(fail(format!("profile {}: duration_seconds is not a number", client.name)));
        }
        fields.push(("DurationSeconds", seconds));
    }
    fields.extend(setting("external_id").map(|id| ("ExternalId", id)));
    let (endpoint, region) = endpoint(client)?;
    let mut request = form(&endpoint, &fields)?;
    Aws::with(keys, &region, "sts").sign(&mut request, client.moment)?;
    let response = client.send(SERVICE, &request)?;
    parse(client, role, &response)
}

/// Where the service is, and the region that a signature for it names: the profile's, else the old global endpoint.
fn endpoint(client: &Client<'_>) -> Result<(String, String), Error> {
    const GLOBAL: &str = "https://sts.amazonaws.com";
    match client.region() {
        Some(region) => Ok((format!("{}/", client.endpoint(SERVICE, &region)?), region)),
        None => {
            let region = "us-east-1";
            let endpoint = client.endpoint(SERVICE, region)?;
            let is_public = endpoint == format!("https://sts.{region}.amazonaws.com");
            Ok((format!("{}/", if is_public { GLOBAL } else { &endpoint }), region.to_owned()))
        }
    }
}

fn session_name(client: &Client<'_>) -> String {
    format!("countersign-{}", client.moment.unix)
}

/// The credentials in an answer, or why there are none.
fn parse(client: &Client<'_>, role: &str, response: &Response) -> Result<Credentials, Error> {
    let text = String::from_utf8_lossy(&response.body);
    let document = roxmltree::Document::parse(&text);
    let find = |name: &str| {
        let document = document.as_ref().ok()?;
        let node = document.descendants().find(|node| node.has_tag_name_in_any_namespace(name))?;
        node.text().map(str::to_owned)
    };
    if response.status != 200 {
        let code = find("Code").unwrap_or_else(|| format!("status {}", response.status));
        let message = find("Message").unwrap_or_default();
        let text = format!("{role}: {code}: {message}");
        return Err(client.failed(SERVICE, exit_for(response.status), text.trim_end_matches([':', ' '])));
    }
    let credentials = || {
        Some(Credentials {
            access_key: find("AccessKeyId")?,
            secret_key: Secret::new(find("SecretAccessKey")?),
            session_token: Some(Secret::new(find("SessionToken")?)),
            expires: Some(time(&find("Expiration")?)?),
        })
    };
    credentials().ok_or_else(|| client.failed(SERVICE, Exit::Failed, "the answer has no credentials"))
}

/// Looks at the name only: each version of the API has a namespace of its own.
trait AnyNamespace {
    fn has_tag_name_in_any_namespace(&self, name: &str) -> bool;
}

impl AnyNamespace for roxmltree::Node<'_, '_> {
    fn has_tag_name_in_any_namespace(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}
