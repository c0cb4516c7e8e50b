//! IAM Identity Center: credentials for the sign-in that `aws sso login` left in `~/.aws/sso/cache`
//! (docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html).

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use crate::body::Body;
use crate::encode;
use crate::error::{Error, Exit};
use crate::hash::Algorithm;
use crate::moment;
use crate::places::{Existing, write_private};
use crate::secret::Secret;

use super::client::{Client, Service, exit_for, request};
use super::credentials::{Credentials, fail, problem, time};
use super::profile::read;

const PORTAL: Service = Service { name: "IAM Identity Center", key: "sso", host: "portal.sso" };
const OIDC: Service = Service { name: "IAM Identity Center (sign-in)", key: "sso_oidc", host: "oidc" };

/// The seconds before its end at which a token is renewed, the same as in AWS's command line.
const MARGIN: i64 = 300;

/// An account and role that a person may use after signing in.
#[derive(Debug)]
pub(super) struct Account {
    account: String,
    role: String,
    region: String,
    start_url: String,
    /// The profile's `sso_session`; profiles of before 2022 have none.
    session: Option<String>,
}

impl Account {
    /// Reads the settings of a profile. Returns `None` if it has no settings of single sign-on.
    ///
    /// # Errors
    /// Returns [`Error::Auth`] if one of the settings is missing.
    pub(super) fn of(client: &Client<'_>) -> Result<Option<Self>, Error> {
        let at = |text: String| fail(format!("profile {}: {text}", client.name));
        let own = |key: &str| client.profile.get(key);
        if own("sso_account_id").is_none() && own("sso_role_name").is_none() {
            return Ok(None);
        }
        let session = own("sso_session");
        let section = match session {
            Some(name) => {
                let section = client.profiles.sso_session(name);
                Some(section.ok_or_else(|| at(format!("sso_session {name} does not exist")))?)
            }
            None => None,
        };
        let needed = |key: &str| {
            let value = section.and_then(|section| section.get(key)).or_else(|| own(key));
            value.map(str::to_owned).ok_or_else(|| at(format!("{key} is missing")))
        };
        Ok(Some(Self {
            account: needed("sso_account_id")?,
            role: needed("sso_role_name")?,
            region: needed("sso_region")?,
            start_url: needed("sso_start_url")?,
            session: session.map(str::to_owned),
        }))
    }

    /// Returns the path of the kept token. The file is named after the session, or after the start URL if there is none.
    fn cache(&self) -> Option<PathBuf> {
        // AWS's command line names the file by this hash, which protects nothing.
        let name = encode::hex(&Algorithm::Sha1.digest(self.session.as_ref().unwrap_or(&self.start_url).as_bytes()));
        Some(std::env::home_dir()?.join(".aws/sso/cache").join(format!("{name}.json")))
    }
}

/// Calls `GetRoleCredentials` with the kept token.
///
/// # Errors
/// Returns [`Error::Auth`] if there is no valid token, or if the service refuses it.
pub(super) fn get(client: &Client<'_>, account: &Account) -> Result<Credentials, Error> {
    let token = token(client, account)?;
    let parameter = |text: &str| encode::percent_encoded(text.as_bytes(), &encode::UNRESERVED);
    let url = format!(
        "{}/federation/credentials?role_name={}&account_id={}",
        client.endpoint(PORTAL, &account.region)?,
        parameter(&account.role),
        parameter(&account.account)
    );
    let mut asked = request("GET", &url)?;
    asked.headers.push("X-Amz-Sso_bearer_token", token.expose().to_owned());
    asked.headers.check().map_err(|_| sign_in(client, "the token that is kept is damaged"))?;
    let response = client.send(PORTAL, &asked)?;
    let answer: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    match response.status {
        200 => parse(&answer).ok_or_else(|| client.failed(PORTAL, Exit::Failed, "the answer has no roleCredentials")),
        401 => Err(sign_in(client, "the sign-in is no longer accepted")),
        status => {
            let message = answer.get("message").and_then(Value::as_str).unwrap_or_default();
            let text = format!("role {} in account {}: status {status}: {message}", account.role, account.account);
            Err(client.failed(PORTAL, exit_for(status), text.trim_end_matches([':', ' '])))
        }
    }
}

fn parse(answer: &Value) -> Option<Credentials> {
    let found = answer.get("roleCredentials")?;
    let text = |key: &str| found.get(key).and_then(Value::as_str);
    Some(Credentials {
        access_key: text("accessKeyId")?.to_owned(),
        secret_key: Secret::new(text("secretAccessKey")?),
        session_token: Some(Secret::new(text("sessionToken")?)),
        // This service alone counts in milliseconds.
        expires: Some(found.get("expiration")?.as_i64()? / 1000),
    })
}

/// Returns the error for a sign-in that a person must repeat, with the command for it.
fn sign_in(client: &Client<'_>, why: &str) -> Error {
    let quoted = if client.name.contains(char::is_whitespace) { "'" } else { "" };
    let name = client.name;
    problem(Exit::NeedsPerson, format!("profile {name}: {why}; run: aws sso login --profile {quoted}{name}{quoted}"))
}

/// Returns the kept token, renewed if it is due and can be renewed.
fn token(client: &Client<'_>, account: &Account) -> Result<Secret, Error> {
    let path = account.cache().ok_or_else(|| fail("no home folder is known: set HOME".to_owned()))?;
    let Some(text) = read(&path, 1 << 20)? else {
        return Err(sign_in(client, &format!("there is no sign-in yet ({} does not exist)", path.display())));
    };
    let kept: Map<String, Value> = serde_json::from_str(&text)
        .map_err(|_| sign_in(client, &format!("{} is not a JSON object", path.display())))?;
    let text = |key: &str| kept.get(key).and_then(Value::as_str);
    let (Some(token), Some(expires)) = (text("accessToken"), text("expiresAt").and_then(time)) else {
        return Err(sign_in(client, &format!("{} has no accessToken or expiresAt", path.display())));
    };
    let left = expires.saturating_sub(client.moment.unix);
    if left > MARGIN {
        return Ok(Secret::new(token));
    }
    match renew(client, account, &kept, &path) {
        Some(token) => Ok(token),
        // A token that could not be renewed is still good until its end.
        None if left > 0 => Ok(Secret::new(token)),
        None => Err(sign_in(client, "the sign-in has expired")),
    }
}

/// Renews a token as AWS's command line does, with the refresh token beside it, and writes the answer back, because the
/// service may have replaced the refresh token. Returns `None` if that is not possible, and then a person must sign in.
fn renew(client: &Client<'_>, account: &Account, kept: &Map<String, Value>, path: &Path) -> Option<Secret> {
    // Only sign-ins of an `sso-session` come with a refresh token.
    account.session.as_ref()?;
    let text = |key: &str| kept.get(key).and_then(Value::as_str);
    let registered = text("registrationExpiresAt").and_then(time)?;
    if registered <= client.moment.unix {
        return None;
    }
    let body = json!({
        "clientId": text("clientId")?,
        "clientSecret": text("clientSecret")?,
        "grantType": "refresh_token",
        "refreshToken": text("refreshToken")?,
    });
    let mut asked = request("POST", &format!("{}/token", client.endpoint(OIDC, &account.region).ok()?)).ok()?;
    asked.headers.push("Content-Type", "application/json");
    asked.body = Body::new(body.to_string().into_bytes(), "application/json");
    let response = client.send(OIDC, &asked).ok().filter(|response| response.status == 200)?;
    let answer: Value = serde_json::from_slice(&response.body).ok()?;
    let token = answer.get("accessToken").and_then(Value::as_str)?;
    let seconds = answer.get("expiresIn").and_then(Value::as_i64)?;
    // The file is the AWS command line's, so members that are not known here stay in it.
    let mut kept = kept.clone();
    kept.insert("accessToken".to_owned(), token.into());
    kept.insert("expiresAt".to_owned(), moment::rfc3339(client.moment.unix.saturating_add(seconds)).into());
    if let Some(next) = answer.get("refreshToken").filter(|next| next.is_string()) {
        kept.insert("refreshToken".to_owned(), next.clone());
    }
    // The new token is good even if the file cannot be written.
    let _ = write_private(path, Value::Object(kept).to_string().as_bytes(), Existing::Replace);
    Some(Secret::new(token))
}
