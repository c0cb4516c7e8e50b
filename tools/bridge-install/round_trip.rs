//! The round trip of `doctor`: starts the installed bridge as a browser would, plays the extension at one end and a
//! tool at the other, and sends a sealed question through it.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use countersign_shared::bridge::channel::{Channel, Responder};
use countersign_shared::bridge::envelope::{Envelope, Hello, Parsed};
use countersign_shared::bridge::frame::{self, Order};
use countersign_shared::bridge::key::{Key, Keys};
use countersign_shared::bridge::link::{BrowserFilter, Event, LinkOptions, Links};
use countersign_shared::bridge::message::{FromExtension, Subscription, ToExtension};

use crate::failure::Failure;
use crate::tool::TOOL;

const LIMIT: Duration = Duration::from_secs(10);
/// The time that a browser waits for a bridge to end after closing its standard input.
const GRACE: Duration = Duration::from_secs(2);

/// A round trip through one installed bridge.
pub(crate) struct RoundTrip<'t> {
    pub program: &'t Path,
    /// The arguments that a browser gives to the program.
    pub arguments: &'t [String],
    pub sockets: PathBuf,
    pub keys: Keys,
}

impl RoundTrip<'_> {
    /// Makes the round trip and returns the bridge's version.
    ///
    /// # Errors
    /// Returns a failure if the bridge cannot be started, does not answer in time, or does not end afterwards.
    pub(crate) fn run(&self) -> Result<String, Failure> {
        let key = self.keys.current().map_err(|error| self.failure(error.to_string()))?;
        let mut command = Command::new(self.program);
        command.args(self.arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| Failure::file(self.program, &error))?;
        let outcome = self.converse(&mut child, key);
        let outcome = outcome.and_then(|version| self.ends(&mut child).map(|()| version));
        // Killing may fail if the bridge has ended already. Waiting for it leaves no zombie behind.
        let _ = child.kill();
        let _ = child.wait();
        outcome.map_err(|problem| {
            let mut said = String::new();
            let _ = child.stderr.take().map(|stderr| stderr.take(4096).read_to_string(&mut said));
            let said = said.lines().last().map(|line| format!(" ({line})")).unwrap_or_default();
            self.failure(problem + &said)
        })
    }

    fn failure(&self, problem: String) -> Failure {
        Failure::Other {
            place: self.program.display().to_string(),
            problem,
            advice: "run `bridge-install install` again".to_owned(),
        }
    }

    fn converse(&self, child: &mut Child, key: Key) -> Result<String, String> {
        // With this name the tool's end finds this bridge, and not the one of a browser that runs.
        let browser = format!("doctor-{}", child.id());
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("has no standard streams".to_owned());
        };
        let hello = Hello { name: TOOL.name().to_owned(), browser: Some(browser.clone()), ..Hello::default() };
        frame::write(&mut stdin, Order::Native, &Envelope::Hello(hello).to_text())
            .map_err(|error| format!("takes no frames: {error}"))?;
        // This thread holds the bridge's standard input. It ends when `links` is dropped, and lets the bridge end.
        let extension = thread::spawn(move || Extension { key, stdin, stdout }.run());
        let links = self.links(browser);
        let outcome = answer(&links, || extension.is_finished());
        drop(links);
        outcome?;
        extension.join().map_err(|_| "the round trip failed".to_owned())?.ok_or_else(|| "said no hello".to_owned())
    }

    fn links(&self, browser: String) -> Links {
        let options = LinkOptions {
            tool: TOOL.name().to_owned(),
            subscriptions: vec![Subscription::Status],
            window: 1,
            filter: BrowserFilter { browser: Some(browser), profile: None },
        };
        Links::start_in(vec![self.sockets.clone()], options, self.keys.clone())
    }

    /// Waits for the bridge to end by itself, now that its standard input is closed.
    fn ends(&self, child: &mut Child) -> Result<(), String> {
        let until = Instant::now() + GRACE;
        while Instant::now() < until {
            match child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => return Err(format!("ended with {status}")),
                Ok(None) => thread::sleep(Duration::from_millis(10)),
                Err(error) => return Err(error.to_string()),
            }
        }
        Err("does not end when the browser lets go of it".to_owned())
    }
}

/// Waits for the answer to come back through the bridge.
fn answer(links: &Links, is_over: impl Fn() -> bool) -> Result<(), String> {
    let until = Instant::now() + LIMIT;
    while Instant::now() < until {
        match links.next(Some(Duration::from_millis(50))) {
            Some((_, Event::Message(FromExtension::State { .. }))) => return Ok(()),
            Some((_, Event::Refused(reason))) => return Err(format!("refuses: {reason:?}")),
            Some((_, Event::NoKey(problem))) => return Err(problem),
            None if is_over() => return Err("ended before it answered".to_owned()),
            _ => {}
        }
    }
    Err("does not answer".to_owned())
}

/// The extension's side of the round trip.
struct Extension {
    key: Key,
    stdin: ChildStdin,
    stdout: ChildStdout,
}

impl Extension {
    /// Answers one tool until it closes its channel, and returns the bridge's version.
    fn run(mut self) -> Option<String> {
        let mut version = None;
        let mut ours: Option<(u32, Option<Channel>)> = None;
        while let Ok(Some(text)) = frame::read(&mut self.stdout, Order::Native) {
            let Ok(Parsed::Known(envelope)) = Envelope::parse(&text) else { continue };
            match envelope {
                Envelope::Hello(hello) => version = Some(hello.version),
                Envelope::Open(tool) if tool.name.as_deref() == Some(TOOL.name()) && ours.is_none() => {
                    ours = Some((tool.channel, None));
                }
                // Other tools may be waiting for browsers just now; there is nothing here for them.
                Envelope::Open(tool) => self.say(&Envelope::Close { channel: tool.channel })?,
                Envelope::Noise { channel, message } if ours.as_ref().is_some_and(|(number, _)| *number == channel) => {
                    let (sealed, message) = Responder::answer(&self.key, &message).ok()?;
                    ours = Some((channel, Some(sealed)));
                    self.say(&Envelope::Noise { channel, message })?;
                }
                Envelope::Sealed { channel, message } => {
                    if let Some((number, Some(sealed))) = ours.as_mut().filter(|(number, _)| *number == channel) {
                        self.reply(*number, sealed, &message)?;
                    }
                }
                Envelope::Close { channel } if ours.as_ref().is_some_and(|(number, _)| *number == channel) => break,
                _ => {}
            }
        }
        version
    }

    fn reply(&mut self, channel: u32, sealed: &mut Channel, message: &str) -> Option<()> {
        let text = sealed.open(message).ok()?.unwrap_or_default();
        if let Ok(ToExtension::Subscribe(Subscription::Status)) = serde_json::from_str(&text) {
            let state = FromExtension::State { sharing: true, version: env!("CARGO_PKG_VERSION").to_owned() };
            for message in sealed.seal(&serde_json::to_string(&state).ok()?).ok()? {
                self.say(&Envelope::Sealed { channel, message })?;
            }
        }
        Some(())
    }

    fn say(&mut self, envelope: &Envelope) -> Option<()> {
        frame::write(&mut self.stdin, Order::Native, &envelope.to_text()).ok()
    }
}
