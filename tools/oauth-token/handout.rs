//! The formats in which a token is printed.

use serde_json::Value;

use countersign_shared::cli::{self, say};
use countersign_shared::error::Error;
use countersign_shared::formats::curl_config_line;
use countersign_shared::oauth::token::Carrier;
use countersign_shared::oauth::{Entry, Used};
use countersign_shared::options::{Choice, Choices};
use countersign_shared::secret::Secret;
use countersign_shared::terminal;
use countersign_shared::url::Url;

use crate::tool::TOOL;

/// An output format, the value of `--format`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Format {
    /// The access token alone.
    #[default]
    Bare,
    /// One line of JSON.
    Json,
    /// A header line.
    Header,
    /// Shell assignments.
    Env,
    /// A line of a curl configuration.
    CurlConfig,
    /// A line of `.netrc`.
    Netrc,
    /// An `ExecCredential` object of Kubernetes.
    ExecCredential,
}

impl Choices for Format {
    const CHOICES: &'static [(Choice, Self)] = &[
        (Choice::new("bare", "The token alone"), Self::Bare),
        (Choice::new("json", "One line of JSON"), Self::Json),
        (Choice::new("header", "A header, for `curl -H @-`"), Self::Header),
        (Choice::new("env", "Shell assignments"), Self::Env),
        (Choice::new("curl-config", "For `curl -K -`"), Self::CurlConfig),
        (Choice::new("netrc", "A line of .netrc, for --host or the host of the token endpoint"), Self::Netrc),
        (
            Choice::new("exec-credential", "The object that kubectl reads from its credential plugins"),
            Self::ExecCredential,
        ),
    ];
}

/// The display of secrets other than the access token itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reveal {
    /// Masked or left out.
    Masked,
    /// Shown, with `--reveal`.
    Revealed,
}

/// The members that JSON has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Members {
    /// Those of a token.
    Own,
    /// The other members of the server's answer too, with `--all`.
    All,
}

/// The user's choices about the output, besides the format.
pub(crate) struct Wishes {
    /// The name of the variable for the token.
    pub(crate) variable: String,
    /// The host that a line of `.netrc` is for.
    pub(crate) host: Option<String>,
}

/// The bytes of a password from which on curl before 8.0 reads nothing of a line of `.netrc`, and says nothing.
const LONGEST_NETRC: usize = 4096;

/// Prints a token.
///
/// # Errors
/// Returns [`Error::Usage`] if the format cannot hold an OAuth 1.0a token, [`Error::Failed`] if it cannot hold this token, and
/// [`Error::Write`] if stdout cannot be written.
pub(crate) fn write(
    entry: &Entry,
    format: Format,
    reveal: Reveal,
    members: Members,
    wishes: &Wishes,
) -> Result<(), Error> {
    let text = match format {
        Format::Json => json(entry, reveal, members),
        format => text(entry, format, wishes)?,
    };
    print(&text)
}

/// Prints text. A closed stdout is not an error here, so that the caller can still report a token that could not be saved.
///
/// # Errors
/// Returns [`Error::Write`] if stdout cannot be written for another reason.
pub(crate) fn print(text: &str) -> Result<(), Error> {
    cli::print(text).or_else(|error| if cli::is_reader_gone(&error) { Ok(()) } else { Err(error) })
}

/// Returns the token that is handed out.
///
/// # Errors
/// Returns the error of [`Token::used`](countersign_shared::oauth::Token::used) if it did not come.
pub(crate) fn used(entry: &Entry) -> Result<&str, Error> {
    entry.token.used(entry.grant.dialect.used).map(Secret::expose)
}

fn text(entry: &Entry, format: Format, wishes: &Wishes) -> Result<String, Error> {
    let token = used(entry)?;
    Ok(match format {
        Format::Bare | Format::Json => format!("{token}\n"),
        Format::Header => format!("Authorization: {}\n", authorization(entry)?),
        Format::CurlConfig => curl_config_line("header", &format!("Authorization: {}", authorization(entry)?)),
        Format::Env => {
            let variables = variables(entry, wishes)?;
            variables.iter().map(|(name, value)| format!("{name}={}\n", quoted(value))).collect()
        }
        Format::Netrc => netrc(entry, token, wishes)?,
        Format::ExecCredential => exec_credential(entry, token),
    })
}

fn netrc(entry: &Entry, token: &str, wishes: &Wishes) -> Result<String, Error> {
    let of_url = |url: &str| Url::parse(url.to_owned().into()).map(|(url, _)| url.ascii_host().into_owned()).ok();
    let host = match &wishes.host {
        // A line of .netrc has no port.
        Some(host) => of_url(&format!("https://{host}")),
        None => entry.grant.endpoints.token.as_deref().and_then(of_url),
    };
    // Not every reader of .netrc knows quotes, so that a space would end the password early.
    let host = host.filter(|_| !token.contains(|c: char| c.is_whitespace() || c == '"')).ok_or_else(|| {
        let problem = "it has white space or a quote, or no token endpoint is known: --host HOST";
        Error::Failed(format!("a .netrc cannot hold this token: {problem}"))
    })?;
    if token.len() >= LONGEST_NETRC {
        let problem = "some versions of curl pass over a line of .netrc with a token this long and say nothing";
        say(TOOL, &format!("{problem}: --format curl-config works with all of them"));
    }
    Ok(format!("machine {host} login oauth2 password {token}\n"))
}

/// Returns the value of the `Authorization` header.
///
/// # Errors
/// Returns [`Error::Usage`] for an OAuth 1.0a token, and [`Error::Failed`] if a token of this type cannot be sent by itself.
fn authorization(entry: &Entry) -> Result<String, Error> {
    let token = &entry.token;
    if token.token_secret.is_some() {
        let why = "each request needs a signature of its own with an OAuth 1.0a token: use `sign oauth1 --token-name`";
        return Err(Error::Usage(why.to_owned()));
    }
    let prefix = entry.grant.header_prefix.as_deref();
    let kind = terminal::clean(&token.token_type);
    match (token.carrier(entry.grant.dialect.used), prefix) {
        (Carrier::Bearer, _) | (_, Some(_)) => {}
        (Carrier::Assumed, None) => say(TOOL, &format!("the token's type is \"{kind}\"; it is sent as Bearer")),
        (Carrier::Refused, None) => {
            let problem = "which is not sent in a header by itself; --header-prefix sends it all the same";
            return Err(Error::Failed(format!("the token's type is {kind}, {problem}")));
        }
    }
    let token = used(entry)?;
    Ok(match prefix.unwrap_or("Bearer") {
        "" => token.to_owned(),
        prefix => format!("{prefix} {token}"),
    })
}

/// Returns the environment variables that `--format env` prints and `exec` sets.
///
/// # Errors
/// Returns the error of [`used`] if the token did not come.
pub(crate) fn variables(entry: &Entry, wishes: &Wishes) -> Result<Vec<(String, String)>, Error> {
    let mut variables = vec![(wishes.variable.clone(), used(entry)?.to_owned())];
    if let Some(secret) = &entry.token.token_secret {
        variables.push((format!("{}_SECRET", wishes.variable), secret.expose().to_owned()));
    }
    Ok(variables)
}

/// Quotes text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Formats seconds since 1970 as RFC 3339.
pub(crate) fn time(unix: i64) -> String {
    jiff::Timestamp::from_second(unix).map(|time| time.to_string()).unwrap_or_default()
}

fn json(entry: &Entry, reveal: Reveal, members: Members) -> String {
    let token = &entry.token;
    let used = entry.grant.dialect.used;
    let exposed = |secret: &Option<Secret>| secret.as_ref().map(|secret| Value::from(secret.expose()));
    let is_revealed = reveal == Reveal::Revealed;
    let access_token = Some(&token.access_token).filter(|token| !token.is_empty());
    let mut listed: Vec<(&str, Option<Value>)> = vec![
        ("access_token", access_token.map(|token| Value::from(token.expose()))),
        ("token_type", Some(token.token_type.as_str().into())),
        ("expires_at", token.ends_at(used).map(|at| time(at).into())),
        ("scope", token.scope.as_deref().map(Value::from)),
        // Without this secret an OAuth 1.0a token is of no use, so it is shown like the token itself.
        ("token_secret", exposed(&token.token_secret)),
        ("refresh_token", exposed(&token.refresh_token).filter(|_| is_revealed)),
        ("id_token", exposed(&token.id_token).filter(|_| is_revealed || used == Used::IdToken)),
    ];
    if members == Members::All {
        let others = token.others.iter().filter(|(name, _)| !listed.iter().any(|(own, _)| own == name));
        let others: Vec<_> = others.map(|(name, value)| (name.as_str(), Some(value.clone()))).collect();
        listed.extend(others);
    }
    let member = |(name, value): &(&str, Option<Value>)| Some(format!("{}:{}", Value::from(*name), value.as_ref()?));
    format!("{{{}}}\n", listed.iter().filter_map(member).collect::<Vec<_>>().join(","))
}

const EXEC_CREDENTIAL: [&str; 2] = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

/// Returns the API version that kubectl names in `KUBERNETES_EXEC_INFO`, which is the only one it accepts; the newest without
/// that variable.
fn exec_credential_version() -> &'static str {
    let info: Option<serde_json::Value> =
        std::env::var("KUBERNETES_EXEC_INFO").ok().and_then(|info| serde_json::from_str(&info).ok());
    let asked = info.as_ref().and_then(|info| info.get("apiVersion")?.as_str());
    let [newest, _] = EXEC_CREDENTIAL;
    EXEC_CREDENTIAL.into_iter().find(|version| Some(*version) == asked).unwrap_or(newest)
}

/// Formats the token as an ExecCredential of client.authentication.k8s.io.
fn exec_credential(entry: &Entry, token: &str) -> String {
    let mut status = serde_json::json!({ "token": token });
    if let (Some(at), Some(status)) = (entry.token.ends_at(entry.grant.dialect.used), status.as_object_mut()) {
        status.insert("expirationTimestamp".to_owned(), time(at).into());
    }
    let credential = serde_json::json!({
        "apiVersion": exec_credential_version(), "kind": "ExecCredential", "status": status,
    });
    format!("{credential}\n")
}
