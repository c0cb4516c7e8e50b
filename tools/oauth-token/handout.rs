//! The formats in which a token is printed.

use countersign_shared::cli;
use countersign_shared::error::Error;
use countersign_shared::formats::curl_config_line;
use countersign_shared::oauth::Entry;
use countersign_shared::options::{Choice, Choices};
use countersign_shared::secret::Secret;
use countersign_shared::url::Url;

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
        (Choice::new("netrc", "A line of .netrc, for the host of the token endpoint"), Self::Netrc),
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

/// Prints a token.
///
/// # Errors
/// Returns [`Error::Usage`] if the format cannot hold an OAuth 1.0a token, [`Error::Failed`] if it cannot hold this token, and
/// [`Error::Write`] if stdout cannot be written.
pub(crate) fn write(entry: &Entry, format: Format, reveal: Reveal) -> Result<(), Error> {
    print(&text(entry, format, reveal)?)
}

/// Prints text. A closed stdout is not an error here, so that the caller can still report a token that could not be saved.
///
/// # Errors
/// Returns [`Error::Write`] if stdout cannot be written for another reason.
pub(crate) fn print(text: &str) -> Result<(), Error> {
    cli::print(text).or_else(|error| if cli::is_reader_gone(&error) { Ok(()) } else { Err(error) })
}

fn text(entry: &Entry, format: Format, reveal: Reveal) -> Result<String, Error> {
    let token = &entry.token;
    let access_token = token.access_token.expose();
    Ok(match format {
        Format::Bare => format!("{access_token}\n"),
        Format::Json => json(entry, reveal),
        Format::Header => format!("Authorization: {}\n", authorization(entry)?),
        Format::CurlConfig => curl_config_line("header", &format!("Authorization: {}", authorization(entry)?)),
        Format::Env => variables(entry).iter().map(|(name, value)| format!("{name}={}\n", quoted(value))).collect(),
        Format::Netrc => {
            let url = entry.grant.endpoints.token.as_deref().unwrap_or_default();
            let host = Url::parse(url.into()).map(|(url, _)| url.ascii_host().into_owned()).unwrap_or_default();
            // Not every reader of .netrc knows quotes, so that a space would end the password early.
            if access_token.contains(|c: char| c.is_whitespace() || c == '"') || host.is_empty() {
                return Err(Error::Failed(
                    "a .netrc cannot hold this token: it has white space or a quote, or no token endpoint is known"
                        .to_owned(),
                ));
            }
            format!("machine {host} login oauth2 password {access_token}\n")
        }
        Format::ExecCredential => exec_credential(entry),
    })
}

/// Returns the value of the `Authorization` header.
///
/// # Errors
/// Returns [`Error::Usage`] for an OAuth 1.0a token, and [`Error::Failed`] if the token's type is not bearer.
fn authorization(entry: &Entry) -> Result<String, Error> {
    let token = &entry.token;
    if token.token_secret.is_some() {
        let why = "each request needs a signature of its own with an OAuth 1.0a token: use `sign oauth1 --token-name`";
        return Err(Error::Usage(why.to_owned()));
    }
    if !token.is_bearer() {
        return Err(Error::Failed(
            "the token's type is not bearer, so it cannot be sent in a header by itself".to_owned(),
        ));
    }
    Ok(match entry.grant.header_prefix.as_deref().unwrap_or("Bearer") {
        "" => token.access_token.expose().to_owned(),
        prefix => format!("{prefix} {}", token.access_token.expose()),
    })
}

/// Returns the environment variables that `--format env` prints and `exec` sets.
pub(crate) fn variables(entry: &Entry) -> Vec<(&'static str, String)> {
    let mut variables = vec![("ACCESS_TOKEN", entry.token.access_token.expose().to_owned())];
    if let Some(secret) = &entry.token.token_secret {
        variables.push(("ACCESS_TOKEN_SECRET", secret.expose().to_owned()));
    }
    variables
}

/// Quotes text as one word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// Formats seconds since 1970 as RFC 3339.
pub(crate) fn time(unix: i64) -> String {
    jiff::Timestamp::from_second(unix).map(|time| time.to_string()).unwrap_or_default()
}

fn json(entry: &Entry, reveal: Reveal) -> String {
    let token = &entry.token;
    let expires_at = token.expires_at.map(time);
    let exposed = |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
    let refresh_token = if reveal == Reveal::Revealed { exposed(&token.refresh_token) } else { None };
    // Without this secret an OAuth 1.0a token is of no use, so it is shown like the token itself.
    let token_secret = exposed(&token.token_secret);
    let members = [
        ("access_token", Some(token.access_token.expose())),
        ("token_type", Some(token.token_type.as_str())),
        ("expires_at", expires_at.as_deref()),
        ("scope", token.scope.as_deref()),
        ("token_secret", token_secret.as_deref()),
        ("refresh_token", refresh_token.as_deref()),
    ];
    let member =
        |(name, value): &(&str, Option<&str>)| Some(format!("\"{name}\":{}", serde_json::Value::from((*value)?)));
    format!("{{{}}}\n", members.iter().filter_map(member).collect::<Vec<_>>().join(","))
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
fn exec_credential(entry: &Entry) -> String {
    let mut status = serde_json::json!({ "token": entry.token.access_token.expose() });
    if let (Some(at), Some(status)) = (entry.token.expires_at, status.as_object_mut()) {
        status.insert("expirationTimestamp".to_owned(), time(at).into());
    }
    let credential = serde_json::json!({
        "apiVersion": exec_credential_version(), "kind": "ExecCredential", "status": status,
    });
    format!("{credential}\n")
}
