//! A home that runs share, and a token endpoint that answers as a test says.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::Tool;
use crate::support::origin::Origin;

/// A home that several runs share.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Tool {
        Tool::new("oauth-token").args(arguments).env("COUNTERSIGN_HOME", self.path())
    }

    pub(crate) fn tokens(&self) -> String {
        std::fs::read_to_string(self.path().join("state/tokens.json")).unwrap_or_default()
    }
}

pub(crate) type Answers = dyn Fn(usize, &str) -> (u16, Value) + Send + Sync;

/// A token endpoint that answers as a test says, and counts. Each request is head and body as they came.
pub(crate) struct Endpoint {
    origin: Origin,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Endpoint {
    pub(crate) fn new(answers: impl Fn(usize, &str) -> (u16, Value) + Send + Sync + 'static) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answers): (_, Arc<Answers>) = (Arc::clone(&asked), Arc::new(answers));
        let count = AtomicUsize::new(0);
        let origin = Origin::http(move |peer| {
            while let Some(head) = peer.until("\r\n\r\n") {
                let length = head
                    .to_ascii_lowercase()
                    .split_once("content-length: ")
                    .map_or(0, |(_, rest)| rest.split("\r\n").next().unwrap_or_default().parse().expect("a length"));
                let body = String::from_utf8(peer.exactly(length).expect("a body")).expect("a form");
                let (status, answer) = answers(count.fetch_add(1, Ordering::SeqCst), &format!("{head}{body}"));
                log.lock().expect("the log").push(format!("{head}{body}"));
                // A text is sent as it is: a page, or with 302 the address that the browser goes on to.
                let (answer, location) = match answer {
                    Value::String(to) if status == 302 => (String::new(), format!("Location: {to}\r\n")),
                    Value::String(raw) => (raw, String::new()),
                    object => (object.to_string(), String::new()),
                };
                peer.write(format!(
                    "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{location}Content-Length: {}\r\n\r\n{answer}",
                    answer.len()
                ));
            }
        });
        Self { origin, asked }
    }

    pub(crate) fn url(&self) -> String {
        self.origin.url("/token")
    }

    pub(crate) fn count(&self) -> usize {
        self.asked.lock().expect("the log").len()
    }

    pub(crate) fn asked(&self, index: usize) -> String {
        self.asked.lock().expect("the log")[index].clone()
    }
}

/// A browser that goes where it is sent, for a person who says yes at once.
pub(crate) const WILLING: &str = "curl -s -L -o /dev/null";

/// A provider as a test plays it: whoever comes to `/authorize` is sent back with a code, and everything else is answered as the
/// test says. A test gets the target, and head and body.
pub(crate) fn provider(answers: impl Fn(&str, &str) -> (u16, Value) + Send + Sync + 'static) -> Endpoint {
    Endpoint::new(move |_, asked| {
        let target = asked.split(' ').nth(1).unwrap_or_default().to_owned();
        if !target.starts_with("/authorize?") {
            return answers(&target, asked);
        }
        let value = |name: &str| {
            let found = target.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            found.unwrap_or_default().to_owned()
        };
        let redirect = value("redirect_uri").replace("%3A", ":").replace("%2F", "/");
        (302, format!("{redirect}?code=c0de&state={}&realmId=r7", value("state")).into())
    })
}

impl Endpoint {
    /// The address of another path of the same server.
    pub(crate) fn at(&self, path: &str) -> String {
        self.origin.url(path)
    }

    /// All that was asked, one after another.
    pub(crate) fn log(&self) -> Vec<String> {
        self.asked.lock().expect("the log").clone()
    }
}

/// `client_credentials` for a token endpoint.
pub(crate) fn machine(url: &str) -> [&str; 9] {
    [
        "get",
        "m",
        "--grant",
        "client_credentials",
        "--client-id",
        "id",
        "--client-secret=text:secret",
        "--access-token-url",
        url,
    ]
}

pub(crate) fn numbered(index: usize) -> Value {
    json!({ "access_token": format!("token-{index}"), "token_type": "bearer", "expires_in": 3600 })
}

/// A server with refresh tokens; `expires_in` 0 makes every token due at once.
pub(crate) fn refreshing(rotate: &'static str) -> Endpoint {
    Endpoint::new(move |index, body| {
        let mut answer = json!({ "access_token": format!("token-{index}"), "token_type": "Bearer" });
        answer["expires_in"] = if body.contains("grant_type=password") { 0.into() } else { 3600.into() };
        if body.contains("grant_type=password") {
            answer["refresh_token"] = "first".into();
        } else if !rotate.is_empty() {
            answer["refresh_token"] = rotate.into();
        }
        (200, answer)
    })
}

pub(crate) fn user(url: &str) -> [&str; 11] {
    [
        "get",
        "u",
        "--grant",
        "password",
        "--username",
        "alice",
        "--password=text:pw",
        "--client-id",
        "id",
        "--access-token-url",
        url,
    ]
}
