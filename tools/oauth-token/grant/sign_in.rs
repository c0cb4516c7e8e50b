//! The user's sign-in in a browser, for all grants that need one: the URL goes out, the answer comes back.

use std::io::Write as _;

use countersign_shared::error::Error;
use countersign_shared::terminal;
use countersign_shared::url::Url;

use super::context::Context;
use crate::browser;
use crate::callback::{self, Answer, Callback, Expected, Outcome, Part};
use crate::parameters::{CALLBACK_URL, LISTEN, NO_BROWSER, NO_INPUT};
use crate::paste;
use crate::settings::Settings;

const PASTE: &str = "Sign in, then paste the address that the browser ends at (an error page there is fine): ";

const PASTE_CODE: &str = "Sign in, then paste the code that the page shows, or the address that the browser ends at: ";

const PASTE_TOO: &str =
    "If the browser is elsewhere, paste the address that it ends at here (an error page there is fine).";

/// The way in which the user signs in and the answer comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SignIn {
    browser: Browser,
    listener: Listener,
    paste: Paste,
}

/// The browser of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Browser {
    /// One is started here.
    Started,
    /// The user opens the URL in any browser.
    Elsewhere,
}

/// The listener of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listener {
    /// The redirect comes to it.
    Up,
    /// Nothing listens: the address has to be pasted.
    Absent,
}

/// The source of a pasted address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Paste {
    /// The terminal, at any time.
    Terminal,
    /// One line of stdin, which the user has said is the answer.
    Pipe,
    /// Nobody pastes.
    Nobody,
}

/// Returns the way in which the user can sign in with a browser.
///
/// # Errors
/// Returns [`Error::NeedsPerson`] if `--no-input` is set, or if there is neither a browser nor a terminal, and
/// [`Error::Usage`] if the redirect URI is none.
pub(super) fn sign_in(settings: &Settings) -> Result<SignIn, Error> {
    let needs_person = |why: &str| Err(Error::NeedsPerson(format!("needs a sign-in, but {why}")));
    if settings.is_set(&NO_INPUT) {
        return needs_person("--no-input is set");
    }
    let callback = settings.text(&CALLBACK_URL);
    callback.map_or(Ok(()), callback::check)?;
    let has_port = |url: &str| Url::parse(url.to_owned().into()).is_ok_and(|(url, _)| url.port().is_some());
    let (is_here, is_terminal) = (browser::is_there(), terminal::stdin_is_terminal());
    let is_silent = settings.is_set(&NO_BROWSER);
    let browser = if is_here && !is_silent { Browser::Started } else { Browser::Elsewhere };
    // A browser elsewhere comes back only to a port that is known there.
    let is_reached = settings.text(&LISTEN).is_some()
        || callback.map_or(browser == Browser::Started, |url| {
            callback::is_loopback(url) && (browser == Browser::Started || has_port(url))
        });
    let listener = if is_reached { Listener::Up } else { Listener::Absent };
    let paste = match (is_terminal, is_silent) {
        (true, _) => Paste::Terminal,
        (false, true) => Paste::Pipe,
        (false, false) => Paste::Nobody,
    };
    match (browser, listener, paste) {
        (Browser::Started, Listener::Absent, Paste::Nobody) => needs_person(
            "the redirect URI is not on this machine, and there is no terminal to paste the answer at: run this command \
             once at a terminal, or with --listen",
        ),
        (Browser::Elsewhere, _, Paste::Nobody) if settings.text(&LISTEN).is_none() => needs_person(
            "there is no browser or terminal here: run this command once at a terminal, or with --no-browser",
        ),
        _ => Ok(SignIn { browser, listener, paste }),
    }
}

/// The way by which the answer comes back: to our listener, or pasted by the user.
pub(super) struct Answering {
    way: SignIn,
    callback: Option<Callback>,
    given: Option<String>,
}

impl Answering {
    /// Starts the listener if the browser can reach it.
    ///
    /// # Errors
    /// Returns [`Error::NeedsPerson`] if the user cannot be asked, or the error of [`Callback::listen`] if the port is taken.
    pub(super) fn start(context: &Context<'_>, part: Part) -> Result<Self, Error> {
        let given = context.settings.owned(&CALLBACK_URL);
        let way = sign_in(context.settings)?;
        let callback = match way.listener {
            Listener::Up => Some(Callback::listen(given.as_deref(), context.settings.text(&LISTEN), part)?),
            Listener::Absent => None,
        };
        Ok(Self { way, callback, given })
    }

    /// Returns the redirect URI of the request: the listener's, or the one of `--callback-url`, or `default`.
    pub(super) fn redirect_uri<'a>(&'a self, default: &'a str) -> &'a str {
        self.callback.as_ref().map(Callback::redirect_uri).or(self.given.as_deref()).unwrap_or(default)
    }

    /// Shows the URL, starts the browser, and waits for the answer.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if no answer comes in time, [`Error::NeedsPerson`] if no browser starts and nobody can be
    /// told, or the error of [`paste::read`] if nothing usable is pasted.
    pub(super) fn ask(&self, context: &Context<'_>, url: &str, expected: Expected) -> Result<Answer, Error> {
        // Set before the URL is shown, so that no answer can come earlier.
        if let Some(callback) = &self.callback {
            callback.expect(expected.clone());
        }
        let mut err = std::io::stderr();
        // The URL is shown even if a browser can be started: that it really comes up cannot be seen from here.
        let _ = writeln!(err, "Open this URL to sign in:\n{}", terminal::clean(url));
        log::info!("the redirect URI that has to be registered is {}", self.redirect_uri("the default"));
        let Some(callback) = &self.callback else {
            if self.way.browser == Browser::Started {
                browser::open(url, |why| drop(writeln!(std::io::stderr(), "{}", terminal::clean(&why))));
            }
            return pasted(&expected);
        };
        if self.way.browser == Browser::Started {
            let reporter = callback.reporter();
            browser::open(url, move |why| reporter.no_browser(why));
        }
        match self.way.paste {
            Paste::Nobody => {}
            Paste::Pipe => follow(callback, expected, Lines::One),
            Paste::Terminal => {
                let _ = writeln!(err, "{PASTE_TOO}");
                follow(callback, expected, Lines::Many);
            }
        }
        let is_told = self.way.paste != Paste::Nobody;
        callback.wait(context.timeout, |why| {
            let _ = writeln!(std::io::stderr(), "{}", terminal::clean(&why));
            let problem = "needs a sign-in, but no browser could be started, and there is no terminal";
            if is_told { Ok(()) } else { Err(Error::NeedsPerson(format!("{problem}: {why}"))) }
        })
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

/// The number of lines that are read from stdin.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lines {
    /// The first, which is the answer.
    One,
    /// Each until one is the answer.
    Many,
}

/// Reads what is pasted while the listener is up. The thread is not joined: it ends with the process.
fn follow(callback: &Callback, expected: Expected, lines: Lines) {
    let reporter = callback.reporter();
    std::thread::spawn(move || {
        while let Ok(Some(line)) = paste::line() {
            if line.trim().is_empty() {
                continue;
            }
            match paste::read(&line, &expected) {
                Ok(answer) if expected.is_answered_by(&answer) || lines == Lines::One => {
                    return reporter.pasted(answer);
                }
                Ok(_) => tell("That is not the answer to this request: its state differs."),
                Err(error) => tell(&error.to_string()),
            }
            if lines == Lines::One {
                return;
            }
        }
    });
}

fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", terminal::clean(text));
}

/// Reads the answer from stdin.
///
/// # Errors
/// Returns [`Error::NeedsPerson`] if nothing is pasted, and the error of [`paste::read`] if the text has no answer in it.
fn pasted(expected: &Expected) -> Result<Answer, Error> {
    let mut err = std::io::stderr();
    let _ = match expected {
        Expected::State(..) => write!(err, "{PASTE}"),
        Expected::Token(_) => write!(err, "{PASTE_CODE}"),
    };
    let _ = err.flush();
    let line = paste::line()?.unwrap_or_default();
    if line.trim().is_empty() {
        let _ = writeln!(err);
        return Err(Error::NeedsPerson("no address was pasted".to_owned()));
    }
    paste::read(&line, expected)
}
