//! What a profile needs, asked on a terminal.

use std::io::Write as _;

use countersign_shared::error::Error;
use countersign_shared::oauth::{Grant, recipe};
use countersign_shared::options::{Choices as _, Kind};
use countersign_shared::terminal;

use crate::kept::grant_name;
use crate::settings::{Settings, named};

/// Asks for what a profile of a grant needs, where nothing was told: an empty answer leaves a setting out.
///
/// # Errors
/// There is no terminal to ask on, or it ends.
pub(crate) fn ask(told: Settings) -> Result<Settings, Error> {
    if !told.says_nothing() {
        return Ok(told);
    }
    if !terminal::stdin_is_terminal() {
        let problem = "what the profile holds is missing, and nobody can be asked: give options";
        return Err(Error::NeedsPerson(problem.to_owned()));
    }
    let mut asked = told;
    let grant = ask_grant()?;
    asked.set("grant", vec![grant_name(grant)]);
    if grant != Grant::OAuth1 {
        answer(&mut asked, "discover")?;
    }
    for name in questions(grant, asked.text("discover").is_some()) {
        answer(&mut asked, name)?;
    }
    Ok(asked)
}

/// What is asked about a grant, in this order; an issuer says its endpoints itself.
fn questions(grant: Grant, is_discovered: bool) -> Vec<&'static str> {
    let endpoints: &[&str] = match grant {
        _ if is_discovered => &[],
        Grant::AuthorizationCode => &["auth-url", "access-token-url"],
        Grant::Implicit => &["auth-url"],
        Grant::DeviceCode => &["device-authorization-url", "access-token-url"],
        Grant::OAuth1 => &["request-token-url", "auth-url", "access-token-url"],
        _ => &["access-token-url"],
    };
    let client: &[&str] = match grant {
        Grant::OAuth1 => &["consumer-key", "consumer-secret"],
        Grant::Implicit => &["client-id"],
        _ => &["client-id", "client-secret"],
    };
    let own: &[&str] = match grant {
        Grant::AuthorizationCode | Grant::Implicit => &["callback-url", "scope"],
        Grant::Password => &["username", "password", "scope"],
        Grant::RefreshToken => &["refresh-token"],
        Grant::TokenExchange => &["subject-token", "resource", "audience", "scope"],
        Grant::JwtBearer => &["assertion", "scope"],
        Grant::OAuth1 => &["callback-url"],
        Grant::ClientCredentials | Grant::DeviceCode => &["scope"],
    };
    [endpoints, client, own].concat()
}

fn ask_grant() -> Result<Grant, Error> {
    let names: Vec<&str> = Grant::CHOICES.iter().map(|(choice, _)| choice.name).collect();
    say(&format!("The grants are {}.", names.join(", ")));
    loop {
        let line = line("grant [authorization_code]")?;
        let text = if line.is_empty() { "authorization_code" } else { &line };
        match Grant::from_word(&text.to_ascii_lowercase()) {
            Some(grant) => return Ok(grant),
            None => say("That is not one of them."),
        }
    }
}

fn answer(asked: &mut Settings, name: &'static str) -> Result<(), Error> {
    let Some(setting) = named(name) else { return Ok(()) };
    let hint =
        if setting.kind == Kind::Secret { " (env:NAME, file:PATH, cmd:COMMAND or keyring:SERVICE/NAME)" } else { "" };
    loop {
        let text = line(&format!("{name}{hint}"))?;
        if setting.kind == Kind::Secret && !text.is_empty() && !recipe::is_reference(&text) {
            say("A profile holds no secret, only where it is.");
            continue;
        }
        asked.set(name, Some(text).filter(|text| !text.is_empty()).into_iter().collect());
        return Ok(());
    }
}

fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn line(question: &str) -> Result<String, Error> {
    let mut err = std::io::stderr();
    let _ = write!(err, "{question}: ");
    let _ = err.flush();
    let mut line = String::new();
    if std::io::stdin().read_line(&mut line).map_err(Error::Read)? == 0 {
        say("");
        return Err(Error::NeedsPerson("the terminal ended".to_owned()));
    }
    Ok(line.trim().to_owned())
}
