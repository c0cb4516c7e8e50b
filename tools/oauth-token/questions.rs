//! Asks on the terminal for the settings of a profile.

use std::io::Write as _;

use countersign_shared::error::Error;
use countersign_shared::oauth::{Grant, is_reference};
use countersign_shared::options::{Choices as _, Kind, Parameter};
use countersign_shared::terminal;

use crate::parameters::{
    ACCESS_TOKEN_AT, ACCESS_TOKEN_URL, ASSERTION, AUDIENCE, AUTH_URL, CALLBACK_URL, CLIENT_ID, CLIENT_SECRET,
    CONSUMER_KEY, CONSUMER_SECRET, DEVICE_AUTHORIZATION_URL, DISCOVER, GRANT, KEY_FILE, PASSWORD, PROVIDER,
    REFRESH_TOKEN, REQUEST_TOKEN_URL, RESOURCE, SCOPE, SUBJECT_TOKEN, USERNAME,
};
use crate::provider::Provider;
use crate::settings::Settings;

/// Asks for the settings of a profile if none is given. An empty answer leaves a setting out.
///
/// # Errors
/// Returns [`Error::NeedsPerson`] if stdin is not a terminal or ends.
pub(crate) fn ask(told: Settings) -> Result<Settings, Error> {
    if !told.says_nothing() {
        return Ok(told);
    }
    if !terminal::stdin_is_terminal() {
        let problem = "no settings given and no terminal to ask on: pass --grant, --client-id and so on";
        return Err(Error::NeedsPerson(problem.to_owned()));
    }
    let mut asked = told;
    if let Some(provider) = ask_provider(&mut asked)? {
        return ask_of(&provider, asked);
    }
    let grant = match asked.choice(&GRANT)? {
        Some(grant) => grant,
        None => ask_grant()?,
    };
    asked.set(&GRANT, vec![grant.word().to_owned()]);
    // OAuth 1.0a has no metadata that could be discovered.
    if grant != Grant::OAuth1 {
        answer(&mut asked, &DISCOVER)?;
    }
    for parameter in questions(grant, asked.text(&DISCOVER).is_some()) {
        answer(&mut asked, parameter)?;
    }
    Ok(asked)
}

/// Asks for the provider. An empty answer is none of those that are known.
fn ask_provider(asked: &mut Settings) -> Result<Option<Provider>, Error> {
    say(
        "A provider that is known needs few answers: github, google, entra:TENANT and others (`oauth-token provider list`).",
    );
    loop {
        let text = line("provider [another]")?;
        if text.is_empty() || text.eq_ignore_ascii_case("another") {
            return Ok(None);
        }
        match Provider::named(&text) {
            Ok(provider) => {
                asked.set(&PROVIDER, vec![text]);
                return Ok(Some(provider));
            }
            // Whoever knows the grant's name has another provider in mind.
            Err(_) if Grant::from_word(&text.to_ascii_lowercase()).is_some() => {
                asked.set(&GRANT, vec![text.to_ascii_lowercase()]);
                return Ok(None);
            }
            Err(error) => say(&format!("That is not one of them. {error}")),
        }
    }
}

/// Asks for what only the user knows about a client of this provider.
fn ask_of(provider: &Provider, mut asked: Settings) -> Result<Settings, Error> {
    say(&format!("Register there: {}", provider.register()));
    let grants = provider.grants();
    let usual = grants.first().cloned().unwrap_or_default();
    let mut grant = usual.clone();
    while grants.len() > 1 {
        let text = line(&format!("grant, one of {} [{usual}]", grants.join(", ")))?;
        if text.is_empty() {
            break;
        }
        if grants.contains(&text) {
            asked.set(&GRANT, vec![text.clone()]);
            grant = text;
            break;
        }
        say("That is not one of them.");
    }
    let known = provider.settings(Some(&grant))?;
    for parameter in provider.questions(&grant) {
        // What is known already is offered, and an empty answer keeps it.
        if let Some(usual) = known.text(parameter) {
            say(&format!("{} without an answer: {usual}", parameter.key));
        }
        answer(&mut asked, parameter)?;
    }
    Ok(asked)
}

/// Returns the settings to ask for under a grant, in this order. Endpoints are left out if an issuer was named.
fn questions(grant: Grant, is_discovered: bool) -> Vec<&'static Parameter> {
    let endpoints: &[&Parameter] = match grant {
        _ if is_discovered => &[],
        Grant::AuthorizationCode => &[&AUTH_URL, &ACCESS_TOKEN_URL],
        Grant::Implicit => &[&AUTH_URL],
        Grant::DeviceCode => &[&DEVICE_AUTHORIZATION_URL, &ACCESS_TOKEN_URL],
        Grant::OAuth1 => &[&REQUEST_TOKEN_URL, &AUTH_URL, &ACCESS_TOKEN_URL],
        _ => &[&ACCESS_TOKEN_URL],
    };
    let client: &[&Parameter] = match grant {
        Grant::OAuth1 => &[&CONSUMER_KEY, &CONSUMER_SECRET],
        Grant::Implicit => &[&CLIENT_ID],
        Grant::Login => &[],
        _ => &[&CLIENT_ID, &CLIENT_SECRET],
    };
    let own: &[&Parameter] = match grant {
        Grant::AuthorizationCode | Grant::Implicit => &[&CALLBACK_URL, &SCOPE, &AUDIENCE],
        Grant::Password => &[&USERNAME, &PASSWORD, &SCOPE],
        Grant::RefreshToken => &[&REFRESH_TOKEN],
        Grant::TokenExchange => &[&SUBJECT_TOKEN, &RESOURCE, &AUDIENCE, &SCOPE],
        Grant::JwtBearer => &[&ASSERTION, &KEY_FILE, &SCOPE],
        Grant::Login => &[&USERNAME, &PASSWORD, &ACCESS_TOKEN_AT],
        Grant::OAuth1 => &[&CALLBACK_URL],
        Grant::ClientCredentials | Grant::DeviceCode => &[&SCOPE, &AUDIENCE],
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

fn answer(asked: &mut Settings, parameter: &Parameter) -> Result<(), Error> {
    let is_secret = parameter.kind == Kind::Secret;
    let hint = if is_secret { " (env:NAME, file:PATH, cmd:COMMAND or keyring:SERVICE/NAME)" } else { "" };
    loop {
        let text = line(&format!("{}{hint}", parameter.key))?;
        if is_secret && !text.is_empty() && !is_reference(&text) {
            say("A profile cannot hold the secret itself, only a reference to it.");
            continue;
        }
        if !text.is_empty() {
            asked.set(parameter, vec![text]);
        }
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
    // Zero bytes are the end of the input: an empty answer still has its line break.
    if std::io::stdin().read_line(&mut line).map_err(Error::Read)? == 0 {
        say("");
        return Err(Error::NeedsPerson("the terminal was closed".to_owned()));
    }
    Ok(line.trim().to_owned())
}
