//! The user's sign-in in a browser, for all grants that need one: the URL goes out, the answer comes back.

use std::io::{BufRead as _, Write as _};

use countersign_shared::error::Error;
use countersign_shared::terminal;

use super::context::Context;
use crate::browser;
use crate::callback::{self, Answer, Callback, Expected, Outcome, Part};
use crate::parameters::{CALLBACK_URL, NO_BROWSER, NO_INPUT};
use crate::settings::Settings;

const PASTE: &str = "Sign in, then paste the address that the browser ends at (an error page there is fine): ";

const PASTE_CODE: &str = "Sign in, then paste the code that the page shows, or the address that the browser ends at: ";

/// The limit in bytes of a pasted address.
const LONGEST_PASTE: u64 = 64 << 10;

/// The way in which the user signs in and the answer comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SignIn {
    /// A browser is started, and the server redirects it to our listener.
    Browser,
    /// The user opens the URL in any browser and pastes the address that it ends at.
    Paste,
}

/// Returns the way in which the user can sign in with a browser.
///
/// # Errors
/// Returns [`Error::NeedsPerson`] if `--no-input` is set, or if there is neither a browser nor a terminal.
pub(super) fn sign_in(settings: &Settings) -> Result<SignIn, Error> {
    let needs_person = |why: &str| Err(Error::NeedsPerson(format!("needs a sign-in, but {why}")));
    if settings.is_set(&NO_INPUT) {
        return needs_person("--no-input is set");
    }
    match (settings.is_set(&NO_BROWSER), browser::is_there(), terminal::stdin_is_terminal()) {
        (false, true, _) => Ok(SignIn::Browser),
        // With --no-browser the pasted address may also come through a pipe.
        (true, _, _) | (false, false, true) => Ok(SignIn::Paste),
        (false, false, false) => needs_person(
            "there is no browser or terminal here: run this command once at a terminal, or with --no-browser",
        ),
    }
}

/// The way by which the answer comes back: to our listener, or pasted by the user.
pub(super) struct Answering {
    callback: Option<Callback>,
    given: Option<String>,
}

impl Answering {
    /// Starts the listener if a browser can be started and the redirect URI is on this machine.
    ///
    /// # Errors
    /// Returns [`Error::NeedsPerson`] if the user cannot be asked, or the error of [`Callback::listen`] if the port is taken.
    pub(super) fn start(context: &Context<'_>, part: Part) -> Result<Self, Error> {
        let given = context.settings.owned(&CALLBACK_URL);
        let can_listen = given.as_deref().is_none_or(callback::is_loopback);
        let callback = match (sign_in(context.settings)?, can_listen) {
            (SignIn::Browser, true) => Some(Callback::listen(given.as_deref(), part)?),
            _ => None,
        };
        Ok(Self { callback, given })
    }

    /// Returns the redirect URI of the request: the listener's, or the one of `--callback-url`, or `default`.
    pub(super) fn redirect_uri<'a>(&'a self, default: &'a str) -> &'a str {
        self.callback.as_ref().map(Callback::redirect_uri).or(self.given.as_deref()).unwrap_or(default)
    }

    /// Shows the URL, starts the browser, and waits for the answer.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if no answer comes in time, or the error of [`paste`] if nothing usable is pasted.
    pub(super) fn ask(&self, context: &Context<'_>, url: &str, expected: Expected) -> Result<Answer, Error> {
        // Set before the URL is shown, so that no answer can come earlier.
        if let Some(callback) = &self.callback {
            callback.expect(expected.clone());
        }
        let mut err = std::io::stderr();
        // The URL is shown even if a browser can be started: that it really comes up cannot be seen from here.
        let _ = writeln!(err, "Open this URL to sign in:\n{}", terminal::clean(url));
        let Some(callback) = &self.callback else { return paste(&expected) };
        // A browser that does not start is no reason to stop, since the user can open the URL that was shown.
        if let Err(error) = browser::open(url) {
            let _ = writeln!(err, "{}", terminal::clean(&error.to_string()));
        }
        callback.wait(context.timeout)
    }

    /// Shows the outcome on the browser's last page.
    pub(super) fn finish<T>(self, outcome: &Result<T, Error>) {
        let outcome = match outcome {
            Ok(_) => Outcome::Success,
            Err(error) => Outcome::Failure(format!("The sign-in failed: {error}.")),
        };
        if let Some(callback) = self.callback {
            callback.finish(outcome);
        }
    }
}

/// Reads the address that the browser ended at: its query and its fragment are the answer. For OAuth 1.0a the user may paste
/// the verifier alone, which some servers show on a page.
///
/// # Errors
/// Returns [`Error::NeedsPerson`] if nothing is pasted, and [`Error::Failed`] if the text has no answer in it.
fn paste(expected: &Expected) -> Result<Answer, Error> {
    let mut err = std::io::stderr();
    let _ = match expected {
        Expected::State(_) => write!(err, "{PASTE}"),
        Expected::Token(_) => write!(err, "{PASTE_CODE}"),
    };
    let _ = err.flush();
    let mut line = String::new();
    let stdin = std::io::Read::take(std::io::stdin().lock(), LONGEST_PASTE);
    std::io::BufReader::new(stdin).read_line(&mut line).map_err(Error::Read)?;
    let line = line.trim();
    if line.is_empty() {
        let _ = writeln!(err);
        return Err(Error::NeedsPerson("no address was pasted".to_owned()));
    }
    if let (Expected::Token(token), None) = (expected, line.find(['?', '#', '='])) {
        return Ok([("oauth_token", token.as_str()), ("oauth_verifier", line)]
            .map(|(n, v)| (n.into(), v.into()))
            .into());
    }
    let (rest, fragment) = line.split_once('#').unwrap_or((line, ""));
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let mut answer = callback::parse(query);
    // The implicit grant answers in the fragment. A person who pastes does not know which part counts.
    answer.extend(callback::parse(fragment));
    if answer.is_empty() {
        return Err(Error::Failed(
            "the pasted text is not an address with an answer in it: paste all of the browser's address bar".to_owned(),
        ));
    }
    Ok(answer)
}
