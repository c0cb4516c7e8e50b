//! The search for AWS credentials that neither option, `_auth` nor `COUNTERSIGN_AWS_…` gives: the places that AWS's own
//! command line looks at, in its order (docs.aws.amazon.com/cli, "Configuration and credential precedence").
//!
//! Environment, a role of the profile, web identity, single sign-on, the `credentials` file, `credential_process`, the
//! `config` file. The metadata services are asked only if an option or a profile says so, because a request to them may
//! wait for seconds on a machine that has none.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::error::{AuthProblem, Error, Exit};
use crate::lock::lock;
use crate::moment::Moment;
use crate::secret::Secret;
use crate::transport::Lazy;

use super::client::{Client, is_region, region_set};
use super::credentials::{Credentials, SCHEME, fail, problem, time, variable};
use super::metadata::{self, Metadata};
use super::profile::{Presence, Profile, Profiles, Section};
use super::{process, sso, sts};

/// The places that options choose for the search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Search {
    /// The profile that `--profile` names. Without it, `AWS_PROFILE` names one, else it is `default`.
    pub profile: Option<String>,
    /// The service that `--metadata` names. If there is one, nothing else is asked.
    pub metadata: Option<Metadata>,
}

/// The credentials that the threads of a run share. They are found at first use and again before they expire.
#[derive(Debug, Default)]
pub(super) struct Sources(Mutex<HashMap<Search, Arc<Source>>>);

impl Sources {
    /// Returns the source for a search, which is the same for every thread.
    pub(super) fn source(&self, search: Search, services: &Arc<Lazy>) -> Arc<Source> {
        let mut known = lock(&self.0);
        let source = known.entry(search).or_insert_with_key(|search| {
            Arc::new(Source { search: search.clone(), transport: Arc::clone(services), held: Mutex::default() })
        });
        Arc::clone(source)
    }
}

/// Credentials that are found once and again when they are about to expire.
#[derive(Debug)]
pub(super) struct Source {
    search: Search,
    transport: Arc<Lazy>,
    held: Mutex<Option<Held>>,
}

/// Credentials, and the time until which they are used without another search.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// The credentials.
    pub credentials: Arc<Credentials>,
    /// The time in seconds since 1970-01-01T00:00:00Z; `i64::MAX` if the credentials do not expire.
    pub until: i64,
}

/// The largest number of profiles that lead from one to the next by `source_profile`.
const LONGEST_CHAIN: usize = 32;

/// The seconds before their end at which credentials are found again, because a signed request must still reach its server.
const MARGIN: i64 = 300;

impl Held {
    fn new(credentials: Credentials, now: i64) -> Self {
        let until = credentials.expires.map_or(i64::MAX, |expires| {
            let left = expires.saturating_sub(now);
            // Credentials with a short life are used for three quarters of it. With the margin alone, those that live for
            // less than five minutes would be asked for with every request.
            now.saturating_add((left - MARGIN).max(left / 4 * 3).max(1))
        });
        Self { credentials: Arc::new(credentials), until }
    }
}

impl Source {
    /// Returns the credentials for this moment. Other threads wait while one searches.
    ///
    /// # Errors
    /// Returns the error of [`find`] if there are no older credentials that are still valid.
    pub(super) fn get(&self, moment: &Moment) -> Result<Held, Error> {
        // The lock is held during the search, so that a program or a service is asked once and not by every thread.
        let mut held = lock(&self.held);
        if let Some(held) = held.as_ref().filter(|held| moment.unix < held.until) {
            return Ok(held.clone());
        }
        match find(&self.search, &self.transport, moment) {
            Ok(credentials) => Ok(held.insert(Held::new(credentials, moment.unix)).clone()),
            // The search fails before the old credentials end: they are used for 30 seconds more, then it is repeated.
            Err(error) => match held.as_mut().filter(|held| is_valid(&held.credentials, moment.unix)) {
                Some(held) => {
                    held.until = moment.unix.saturating_add(30);
                    Ok(held.clone())
                }
                None => Err(error),
            },
        }
    }
}

fn is_valid(credentials: &Credentials, now: i64) -> bool {
    credentials.expires.is_none_or(|expires| now < expires)
}

/// Finds credentials.
///
/// # Errors
/// Returns [`AuthProblem::NoCredentials`] with the places looked at if none has credentials, and
/// [`AuthProblem::Credentials`] if a place has something that does not work.
pub(super) fn find(search: &Search, transport: &Lazy, moment: &Moment) -> Result<Credentials, Error> {
    let credentials = look(search, transport, moment)?;
    if is_valid(&credentials, moment.unix) {
        return Ok(credentials);
    }
    Err(problem(Exit::Refused, "the credentials found have expired; get new ones where these came from"))
}

fn look(search: &Search, transport: &Lazy, moment: &Moment) -> Result<Credentials, Error> {
    if let Some(service) = search.metadata {
        log::info!("aws: credentials from the metadata service");
        return metadata::get(service, transport);
    }
    // If an option names a profile, the environment is not looked at: a key in it may belong to another account.
    if search.profile.is_none()
        && let Some(credentials) = from_environment()?
    {
        log::info!("aws: credentials from AWS_ACCESS_KEY_ID");
        return Ok(credentials);
    }
    let profiles = Profiles::load()?;
    let name = profile_name(search);
    let profile = match profiles.get(&name) {
        Some(profile) => profile.clone(),
        // Nobody named the default profile, so it may be absent: web identity needs no profile.
        None if search.profile.is_none() && variable_of_profile().is_none() => Profile::default(),
        None => return Err(fail(format!("profile {name} is not in {}", listed(&profiles, " or ")))),
    };
    let client = Client { transport, moment, profiles: &profiles, profile: &profile, name: &name };
    let environment = if search.profile.is_none() { Environment::Counts } else { Environment::Ignored };
    match with_profile(&client, environment, &mut Vec::new())? {
        Some(credentials) => Ok(credentials),
        None => Err(nothing(&profiles, &profile, &name, search)),
    }
}

/// The part that the environment's web identity has in the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Environment {
    /// It goes before the profile's settings, apart from a role.
    Counts,
    /// It is ignored, because an option or another profile names the profile.
    Ignored,
}

/// Returns the credentials that a profile gives, in the order in which AWS's command line asks.
fn with_profile(
    client: &Client<'_>,
    environment: Environment,
    visited: &mut Vec<String>,
) -> Result<Option<Credentials>, Error> {
    let profile = client.profile;
    // Beside a token file, `role_arn` is the role that the token is exchanged for, which needs no source profile.
    let has_role = profile.get("role_arn").is_some() && profile.get("web_identity_token_file").is_none();
    let found = |how: &str| log::info!("aws: credentials of profile {}: {how}", client.name);
    if has_role {
        found("its role_arn");
        return role(client, visited).map(Some);
    }
    if environment == Environment::Counts
        && let Some(identity) = sts::WebIdentity::from_environment()
    {
        log::info!("aws: credentials for AWS_WEB_IDENTITY_TOKEN_FILE");
        return sts::with_web_identity(client, &identity).map(Some);
    }
    if let Some(identity) = sts::WebIdentity::from_profile(client)? {
        found("its web_identity_token_file");
        return sts::with_web_identity(client, &identity).map(Some);
    }
    if let Some(account) = sso::Account::of(client)? {
        found("its single sign-on");
        return sso::get(client, &account).map(Some);
    }
    if let Some(keys) = fixed(client, &profile.credentials)? {
        found("keys in the credentials file");
        return Ok(Some(keys));
    }
    if let Some(line) = profile.get("credential_process") {
        found("its credential_process");
        return process::run(client.name, line).map(Some);
    }
    Ok(fixed(client, &profile.config)?.inspect(|_| found("keys in the config file")))
}

/// Returns the credentials of a profile's role, which another profile's or a service's credentials are exchanged for.
fn role(client: &Client<'_>, visited: &mut Vec<String>) -> Result<Credentials, Error> {
    let at = |text: &str| fail(format!("profile {}: {text}", client.name));
    if client.profile.get("mfa_serial").is_some() {
        let text = "mfa_serial asks for a code that a person types. Get a session by \
            `aws sts assume-role --serial-number … --token-code …` and give its keys in AWS_ACCESS_KEY_ID, \
            AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, or name a program that asks as credential_process";
        return Err(problem(Exit::NeedsPerson, format!("profile {}: {text}", client.name)));
    }
    let keys = match (client.profile.get("source_profile"), client.profile.get("credential_source")) {
        (Some(_), Some(_)) => return Err(at("has both source_profile and credential_source; one of them must go")),
        (None, None) => return Err(at("role_arn needs a source_profile or a credential_source")),
        (None, Some("Environment")) => from_environment()?
            .ok_or_else(|| at("credential_source is Environment, and AWS_ACCESS_KEY_ID is not set"))?,
        (None, Some("Ec2InstanceMetadata")) => metadata::get(Metadata::Instance, client.transport)?,
        (None, Some("EcsContainer")) => metadata::get(Metadata::Container, client.transport)?,
        (None, Some(_)) => {
            return Err(at("credential_source is not Environment, Ec2InstanceMetadata or EcsContainer"));
        }
        (Some(source), None) => of_source(client, source, visited)?,
    };
    sts::with_role(client, &keys)
}

/// Returns the credentials of a `source_profile`, which may have a role of its own.
fn of_source(client: &Client<'_>, source: &str, visited: &mut Vec<String>) -> Result<Credentials, Error> {
    let at = |text: String| fail(format!("profile {}: {text}", client.name));
    let profile = client.profiles.get(source).ok_or_else(|| at(format!("source_profile {source} does not exist")))?;
    visited.push(client.name.to_owned());
    let inner = Client { profile, name: source, ..*client };
    let circle = || at(format!("source_profile leads in a circle: {} → {source}", visited.join(" → ")));
    let is_visited = visited.iter().any(|name| name == source);
    if is_visited && source != client.name {
        return Err(circle());
    }
    // Each link is a call within the last one, and real chains have three.
    if visited.len() > LONGEST_CHAIN {
        return Err(at(format!("source_profile leads through more than {LONGEST_CHAIN} profiles")));
    }
    // Keys in the source profile go before its role, so that a profile may name itself, as in AWS's command line.
    for section in [&profile.credentials, &profile.config] {
        if let Some(keys) = fixed(&inner, section)? {
            return Ok(keys);
        }
    }
    if is_visited {
        return Err(circle());
    }
    with_profile(&inner, Environment::Ignored, visited)?
        .ok_or_else(|| at(format!("source_profile {source} has no credentials")))
}

/// Returns the keys that a section of a file holds.
fn fixed(client: &Client<'_>, section: &Section) -> Result<Option<Credentials>, Error> {
    let Some(access_key) = section.get("aws_access_key_id") else { return Ok(None) };
    let secret_key = section
        .get("aws_secret_access_key")
        .ok_or_else(|| fail(format!("profile {}: aws_access_key_id without aws_secret_access_key", client.name)))?;
    // The second name is that of the old boto, which AWS's command line still reads.
    let token = section.get("aws_session_token").or_else(|| section.get("aws_security_token"));
    Ok(Some(Credentials {
        access_key: access_key.to_owned(),
        secret_key: Secret::new(secret_key),
        session_token: token.map(Secret::new),
        expires: None,
    }))
}

/// Returns the credentials of `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`.
fn from_environment() -> Result<Option<Credentials>, Error> {
    let Some(access_key) = variable("AWS_ACCESS_KEY_ID") else { return Ok(None) };
    let secret_key = variable("AWS_SECRET_ACCESS_KEY")
        .ok_or_else(|| fail("AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not".to_owned()))?;
    let expires = match variable("AWS_CREDENTIAL_EXPIRATION") {
        Some(text) => {
            Some(time(&text).ok_or_else(|| fail("AWS_CREDENTIAL_EXPIRATION is not an RFC 3339 time".to_owned()))?)
        }
        None => None,
    };
    let session_token = variable("AWS_SESSION_TOKEN").or_else(|| variable("AWS_SECURITY_TOKEN")).map(Secret::new);
    Ok(Some(Credentials { access_key, secret_key: Secret::new(secret_key), session_token, expires }))
}

/// Returns the region for a request whose host names none: that of `AWS_REGION`, `AWS_DEFAULT_REGION` or the profile.
///
/// # Errors
/// Returns [`Error::File`] if a file cannot be read, and [`Error::Auth`] if the region is not letters, digits and dashes.
pub(super) fn region(search: &Search) -> Result<Option<String>, Error> {
    let region = match region_set() {
        Some(region) => Some(region),
        None => {
            Profiles::load()?.get(&profile_name(search)).and_then(|profile| profile.get("region").map(str::to_owned))
        }
    };
    match region {
        Some(region) if !is_region(&region) => {
            Err(fail("the region of AWS_REGION or of the profile is not letters, digits and dashes".to_owned()))
        }
        region => Ok(region),
    }
}

fn profile_name(search: &Search) -> String {
    search.profile.clone().or_else(variable_of_profile).unwrap_or_else(|| "default".to_owned())
}

fn variable_of_profile() -> Option<String> {
    variable("AWS_PROFILE").or_else(|| variable("AWS_DEFAULT_PROFILE"))
}

/// Returns the error for a search without result, with every place that was looked at.
fn nothing(profiles: &Profiles, profile: &Profile, name: &str, search: &Search) -> Error {
    let mut looked_at = vec!["--access-key, _auth and COUNTERSIGN_AWS_ACCESS_KEY".to_owned()];
    if search.profile.is_none() {
        looked_at.push("AWS_ACCESS_KEY_ID (not set)".to_owned());
        looked_at.push("AWS_WEB_IDENTITY_TOKEN_FILE (not set)".to_owned());
    }
    for (path, presence) in &profiles.places {
        let why = match presence {
            Presence::Missing => "no such file",
            Presence::Found if profiles.get(name).is_none() => "no such profile",
            Presence::Found => "no keys, role, sso_session or credential_process",
        };
        looked_at.push(format!("profile {name} in {} ({why})", path.display()));
    }
    if profile.get("login_session").is_some() {
        let command = "credential_process = aws configure export-credentials --format process --profile";
        looked_at
            .push(format!("login_session (only AWS's own tools read it; in another profile, say {command} {name})"));
    }
    looked_at.push("container and instance metadata (only with --metadata)".to_owned());
    Error::Auth { scheme: SCHEME, problem: AuthProblem::NoCredentials { looked_at } }
}

fn listed(profiles: &Profiles, between: &str) -> String {
    let paths: Vec<String> = profiles.places.iter().map(|(path, _)| path.display().to_string()).collect();
    paths.join(between)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(expires: Option<i64>) -> i64 {
        let secret_key = Secret::new("s");
        Held::new(Credentials { access_key: "a".to_owned(), secret_key, session_token: None, expires }, 1000).until
    }

    #[test]
    fn credentials_are_asked_for_again_before_they_expire_and_never_at_once() {
        assert_eq!(held(None), i64::MAX);
        assert_eq!(held(Some(1000 + 3600)), 1000 + 3300);
        assert_eq!(held(Some(1000 + 400)), 1000 + 300);
        assert_eq!(held(Some(1000 + 1)), 1001);
        assert_eq!(held(Some(i64::MAX)), i64::MAX - 300);
    }
}
