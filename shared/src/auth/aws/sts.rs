//! The Security Token Service: credentials of a role
//! (docs.aws.amazon.com/STS/latest/APIReference).

use std::path::Path;

use crate::auth::session::Steps;
use crate::error::{Error, Exit};
use crate::response::Response;
use crate::secret::Secret;

use super::client::{Client, Service, exit_for, form};
use super::credentials::{Credentials, fail, time, variable};
use super::profile::read;
use super::signature::{Payload, Placement, Scope, Signature};

const SERVICE: Service = Service { name: "STS", key: "sts", host: "sts" };

/// The largest web identity token that is read, in bytes. The API takes 20,000 characters.
const LIMIT: u64 = 64 << 10;

/// A token of another issuer, and the role that it is exchanged for.
#[derive(Debug)]
pub(super) struct WebIdentity {
    file: String,
    role: Option<String>,
    session: Option<String>,
}

impl WebIdentity {
    /// Reads `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN` and `AWS_ROLE_SESSION_NAME`.
    pub(super) fn from_environment() -> Option<Self> {
        let file = variable("AWS_WEB_IDENTITY_TOKEN_FILE")?;
        Some(Self { file, role: variable("AWS_ROLE_ARN"), session: variable("AWS_ROLE_SESSION_NAME") })
    }

    /// Reads `web_identity_token_file`, `role_arn` and `role_session_name`.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if the profile names a file and no role.
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

/// Calls `AssumeRoleWithWebIdentity`. The request is not signed, because the token proves who asks.
///
/// # Errors
/// Returns [`Error::Auth`] if the token cannot be read, or if the service refuses it.
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
            // A line break at the end of the file is not part of the token.
            ("WebIdentityToken", token.trim_end()),
        ],
    )?;
    let response = client.send(SERVICE, &request)?;
    parse(client, role, &response)
}

/// Calls `AssumeRole`, signed with the credentials of the source.
///
/// # Errors
/// Returns [`Error::Auth`] if a setting of the profile is wrong, or if the service refuses the request.
pub(super) fn with_role(client: &Client<'_>, keys: &Credentials) -> Result<Credentials, Error> {
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
    let mut scope = Scope::new(&region, "sts");
    scope.renew(keys, client.moment);
    let (placement, payload, steps) = (Placement::Header, Payload::Signed, Steps::Unseen);
    Signature { placement, payload, expires: None, steps }.sign(&mut request, &scope, keys)?;
    let response = client.send(SERVICE, &request)?;
    parse(client, role, &response)
}

/// Returns the service's URL and the region for its signatures: those of the profile's region, else the old global
/// endpoint, which belongs to us-east-1.
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

/// Parses the credentials in an answer.
///
/// # Errors
/// Returns [`Error::Auth`] with the service's own message if the status is not 200, or if the answer has no credentials.
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

/// A comparison by local name, because each version of the API has a namespace of its own.
trait AnyNamespace {
    fn has_tag_name_in_any_namespace(&self, name: &str) -> bool;
}

impl AnyNamespace for roxmltree::Node<'_, '_> {
    fn has_tag_name_in_any_namespace(&self, name: &str) -> bool {
        self.is_element() && self.tag_name().name() == name
    }
}
