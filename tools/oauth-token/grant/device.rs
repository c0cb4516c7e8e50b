//! The device authorization grant (RFC 8628): the user enters a code on another device while this tool polls.

use std::io::Write as _;
use std::time::Duration;

use serde_json::{Map, Value};

use countersign_shared::error::Error;
use countersign_shared::oauth::endpoint::{Answer, Refusal};
use countersign_shared::oauth::{Form, Token, token};
use countersign_shared::secret::Secret;
use countersign_shared::terminal;
use countersign_shared::transport::Transport;
use countersign_shared::url::Url;

use super::context::Context;
use crate::parameters::{DEVICE_AUTHORIZATION_URL, TIMEOUT};
use crate::settings::missing;

/// The answer of the device authorization endpoint (section 3.2).
struct Device {
    code: Secret,
    user_code: String,
    uri: String,
    complete_uri: Option<String>,
    schedule: Schedule,
}

/// The times at which the token endpoint is polled (section 3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Schedule {
    /// Seconds between two requests; 5 if the server does not say.
    interval: u64,
    /// Seconds until the device code expires.
    left: u64,
}

/// The step after a refusal.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// Wait so many seconds, then ask again.
    Wait(u64),
    /// The refusal is final.
    Over,
}

impl Schedule {
    /// Returns the step after a refusal with this error code. `slow_down` makes every later interval five seconds longer.
    fn after(&mut self, code: &str) -> Step {
        match code {
            "authorization_pending" => {}
            "slow_down" => self.interval = self.interval.saturating_add(5),
            _ => return Step::Over,
        }
        Step::Wait(self.interval)
    }

    /// Takes a wait off the time that is left, and returns true if the device code is still valid after it.
    fn spend(&mut self, seconds: u64) -> bool {
        let lives = seconds < self.left;
        self.left = self.left.saturating_sub(seconds);
        lives
    }
}

/// Shows the code and polls the token endpoint until the user has answered.
///
/// # Errors
/// Returns [`Error::Refused`] if the user denies access, and [`Error::Network`] if the code expires or `--timeout` passes.
pub(super) fn get(context: &Context<'_>) -> Result<Token, Error> {
    let device = authorize(context)?;
    show(&device);
    poll(context, &device)
}

fn authorize(context: &Context<'_>) -> Result<Device, Error> {
    let url = context.grant.endpoints.device_authorization.as_deref();
    let url = url.ok_or_else(|| missing(&DEVICE_AUTHORIZATION_URL))?;
    let mut form = Form::default();
    if let Some(id) = &context.client.id {
        form.set("client_id", id);
    }
    let form = context.grant.scoped(form);
    let answer = context.endpoint_at(url).ask_granted(context.grant.extended(form), &context.clock.moment())?;
    let device = device(&answer)?;
    // They are checked as they are shown, without what nobody would see.
    for uri in [Some(&device.uri), device.complete_uri.as_ref()].into_iter().flatten() {
        check_uri(uri, context.transport)?;
    }
    Ok(device)
}

/// Checks an address that the server wants the user to open: https, or http on this machine. Any other scheme would run or show
/// something that is no sign-in (`file:`, `javascript:`, or an option of the browser), and plain http would show the code to
/// everybody on the way (RFC 8628 section 5.3 has the user trust the address).
///
/// # Errors
/// Returns [`Error::Failed`] if the address is anything else, or names a user, which makes it look like another host's.
fn check_uri(uri: &str, transport: &dyn Transport) -> Result<(), Error> {
    let refused = |problem: &str| Error::Failed(format!("the server's verification address {problem}"));
    let (url, userinfo) = Url::parse(uri.into()).map_err(|_| refused("is not an https URL, and must not be opened"))?;
    if userinfo.is_some() {
        return Err(refused("names a user, which makes it look like another host's"));
    }
    transport.check_way(&url).map_err(|_| refused("is plain http: others could read the code; --allow-http takes it"))
}

fn device(answer: &Map<String, Value>) -> Result<Device, Error> {
    let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
    // Entra's first version and AD FS write numbers as text.
    let number = |name: &str| answer.get(name).and_then(token::number).filter(|number| *number >= 1.0);
    let shown = |name: &str| text(name).map(|text| terminal::clean(&text).into_owned());
    let needed = |name: &str| text(name).ok_or_else(|| Error::Failed(format!("the server's answer has no {name}")));
    // Both ends are bounded, so that no answer makes this tool ask without a pause or wait for ever.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded on both sides")]
    let seconds = |number: f64| number.clamp(1.0, 86_400.0).ceil() as u64;
    Ok(Device {
        code: Secret::new(needed("device_code")?),
        user_code: needed("user_code")?,
        // Google implemented a draft, which called the member `verification_url`.
        uri: shown("verification_uri")
            .or_else(|| shown("verification_url"))
            .map_or_else(|| needed("verification_uri"), Ok)?,
        complete_uri: shown("verification_uri_complete").filter(|uri| !uri.is_empty()),
        schedule: Schedule {
            interval: number("interval").map_or(5, seconds),
            // The lifetime is required (section 3.2). Half an hour stands in if it is missing all the same.
            left: number("expires_in").map_or(1800, seconds),
        },
    })
}

fn show(device: &Device) {
    let mut err = std::io::stderr();
    let target = device.complete_uri.as_deref().unwrap_or(&device.uri);
    // A QR code is for a person's telephone, and in a log file it would be noise.
    let code = terminal::stderr_is_terminal().then(|| qrcode::QrCode::new(target.as_bytes()));
    if let Some(Ok(code)) = code {
        for line in drawn(&code) {
            let _ = writeln!(err, "{line}");
        }
    }
    let text = format!("Open {} and enter the code {}", device.uri, device.user_code);
    let _ = writeln!(err, "{}", terminal::clean(&text));
    if let Some(complete) = &device.complete_uri {
        let _ = writeln!(err, "{}", terminal::clean(&format!("or open {complete}")));
    }
}

/// Draws a QR code, in lines of text. Scanners expect dark on light: with colours that is set, and without them the code is
/// inverted, since most terminals show light text on a dark background.
fn drawn(code: &qrcode::QrCode) -> Vec<String> {
    use qrcode::render::unicode::Dense1x2;
    let mut renderer = code.render::<Dense1x2>();
    let is_colored = terminal::Color::default().stderr() == terminal::Ink::Colored;
    if !is_colored {
        renderer.dark_color(Dense1x2::Light).light_color(Dense1x2::Dark);
    }
    let lines = renderer.build();
    let line = |line: &str| if is_colored { format!("\u{1b}[30;107m{line}\u{1b}[0m") } else { line.to_owned() };
    lines.lines().map(line).collect()
}

fn poll(context: &Context<'_>, device: &Device) -> Result<Token, Error> {
    let mut schedule = device.schedule;
    // Without a limit of the user's, the code's own life counts.
    let limit = context.settings.text(&TIMEOUT).map(|_| context.timeout.as_secs().max(1));
    let is_limited = limit.is_some_and(|limit| limit < schedule.left);
    schedule.left = schedule.left.min(limit.unwrap_or(u64::MAX));
    let mut wait = schedule.interval;
    loop {
        // The time is taken off before the wait: to sleep for a code that is over by then would be in vain.
        if !schedule.spend(wait) {
            let why = match is_limited {
                true => "nobody entered the code within --timeout",
                false => "the code expired before anybody entered it",
            };
            return Err(Error::Network(why.to_owned()));
        }
        std::thread::sleep(Duration::from_secs(wait));
        let mut form = Form::of_grant("urn:ietf:params:oauth:grant-type:device_code");
        form.set_secret("device_code", device.code.clone());
        match context.endpoint()?.ask(context.grant.extended(form), &context.clock.moment()) {
            Ok(Answer::Granted(answer)) => return context.token(&answer),
            Ok(Answer::Refused(refusal)) => match schedule.after(&refusal.code) {
                Step::Wait(seconds) => wait = seconds,
                Step::Over => return Err(over(refusal)),
            },
            // A connection that times out calls for exponential backoff (section 3.5). A minute at most, so that the user's
            // answer is noticed soon.
            Err(Error::Network(_)) => wait = wait.saturating_mul(2).min(60),
            Err(error) => return Err(error),
        }
    }
}

fn over(refusal: Refusal) -> Error {
    match refusal.code.as_str() {
        "expired_token" => Error::Network("the code expired before anybody entered it".to_owned()),
        _ => refusal.into_error(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn schedule(answer: &str) -> Schedule {
        device(&serde_json::from_str(answer).unwrap()).unwrap().schedule
    }

    const ANSWER: &str = r#""device_code":"d","user_code":"U","verification_uri":"https://v.example""#;

    #[test]
    fn a_missing_interval_is_five_seconds() {
        assert_eq!(schedule(&format!("{{{ANSWER},\"expires_in\":60}}")), Schedule { interval: 5, left: 60 });
        assert_eq!(schedule(&format!("{{{ANSWER},\"interval\":0}}")), Schedule { interval: 5, left: 1800 });
        assert_eq!(schedule(&format!("{{{ANSWER},\"interval\":2.5}}")).interval, 3);
    }

    #[test]
    fn slow_down_adds_five_seconds_for_good() {
        let mut schedule = Schedule { interval: 5, left: 100 };
        assert_eq!(schedule.after("authorization_pending"), Step::Wait(5));
        assert_eq!(schedule.after("slow_down"), Step::Wait(10));
        assert_eq!(schedule.after("authorization_pending"), Step::Wait(10));
        assert_eq!(schedule.after("slow_down"), Step::Wait(15));
        assert_eq!(schedule.after("access_denied"), Step::Over);
    }

    #[test]
    fn no_try_is_made_after_the_code_has_expired() {
        let mut schedule = Schedule { interval: 5, left: 12 };
        assert_eq!((schedule.spend(5), schedule.spend(5), schedule.spend(5)), (true, true, false));
    }
}
