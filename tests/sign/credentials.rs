//! The places where `sign aws` finds credentials: every one, in the order of AWS's own tools, and what is said when there is
//! nothing or something that does not work.

mod differential;
mod environment;
mod files;
mod metadata;
mod order;
mod process;
mod regions;
mod roles;
mod single_sign_on;
mod token_service;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use crate::support::peers::Server;
use crate::support::{Origin, Output, Tool, sign};

const URL: &str = "https://api.example.com/\n";

/// `sign aws` with a home of its own, at a fixed time.
fn aws() -> Tool {
    sign(["aws", "--now", "2026-01-01T00:00:00Z"]).stdin(URL)
}

/// Whose key signed.
fn key(output: &Output) -> String {
    let line = output.json().pop().expect("a line");
    let headers = line["headers"].as_array().expect("headers").clone();
    let value = headers.iter().find(|header| header["name"] == "Authorization").expect("Authorization");
    let value = value["value"].as_str().expect("text");
    value.split_once("Credential=").and_then(|(_, rest)| rest.split_once('/')).expect("a credential").0.to_owned()
}

fn header(output: &Output, name: &str) -> Option<String> {
    let line = output.json().pop().expect("a line");
    let headers = line["headers"].as_array().expect("headers").clone();
    headers.iter().find(|header| header["name"] == name).map(|header| header["value"].as_str().unwrap().to_owned())
}

fn region(output: &Output) -> String {
    let value = header(output, "Authorization").expect("Authorization");
    value.split('/').nth(2).expect("a scope").to_owned()
}

fn keys(name: &str) -> String {
    format!("aws_access_key_id = {name}\naws_secret_access_key = secret-of-{name}\n")
}

const CREDENTIALS: &str = ".aws/credentials";
const CONFIG: &str = ".aws/config";

/// Holds the heads and bodies of the requests that a service got.
type Asked = Arc<Mutex<Vec<String>>>;

/// A service that answers what `answer` says to each request, in turn.
fn service(answer: impl Fn(usize, &str) -> String + Send + Sync + 'static) -> (Origin, Asked) {
    let asked = Asked::default();
    let seen = Arc::clone(&asked);
    let origin = Origin::http(move |peer| {
        while let Some(request) = peer.whole_request() {
            let number = {
                let mut seen = seen.lock().unwrap();
                seen.push(request.clone());
                seen.len()
            };
            peer.write(answer(number, &request));
        }
    });
    (origin, asked)
}

fn response(status: u16, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// A time so far from now, as services write it.
fn in_seconds(seconds: u64) -> String {
    let time = SystemTime::now() + Duration::from_secs(seconds);
    jiff::Timestamp::try_from(time).unwrap().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The answer of STS for an action, with keys named after the role.
fn assumed(action: &str, key: &str, expires: &str) -> String {
    response(
        200,
        &format!(
            "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials>\
             <AccessKeyId>{key}</AccessKeyId><SecretAccessKey>se&lt;cret</SecretAccessKey>\
             <SessionToken>token-of-{key}</SessionToken><Expiration>{expires}</Expiration>\
             </Credentials></{action}Result></{action}Response>"
        ),
    )
}

/// The fields of a form in a request.
fn field(request: &str, name: &str) -> Option<String> {
    let (_, body) = request.split_once("\r\n\r\n")?;
    let mut pairs = body.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.replace("%3A", ":").replace("%2F", "/"))
}

/// `sign aws` by the real clock.
fn aws_now() -> Tool {
    sign(["aws"]).stdin(URL)
}

const ROLE: &str = "[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = source\nexternal_id = e1\n\
                    role_session_name = me\nduration_seconds = 900\nregion = eu-west-1\n[profile source]\n\
                    aws_access_key_id = SOURCE\naws_secret_access_key = s\n";
