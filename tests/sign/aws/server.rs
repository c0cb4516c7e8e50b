//! A server that verifies: what `sign aws` signs and curl sends is accepted with the right keys and refused with others.

use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::support::peers::Server;
use crate::support::tool::spawn;
use crate::support::{Tool, sign};

/// Holds the response as curl saw it.
#[derive(Debug)]
struct Answer {
    status: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// One server for all tests of this file; each uses a bucket of its own.
fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| Server::start("aws_server.py"))
}

fn origin() -> String {
    format!("http://127.0.0.1:{}", server().ready["port"])
}

/// The credentials of the user, as the environment has them.
fn user() -> Vec<(&'static str, &'static str)> {
    vec![("AWS_ACCESS_KEY_ID", server().text("/access_key")), ("AWS_SECRET_ACCESS_KEY", server().text("/secret_key"))]
}

/// Temporary credentials.
fn session() -> Vec<(&'static str, &'static str)> {
    vec![
        ("AWS_ACCESS_KEY_ID", server().text("/session/access_key")),
        ("AWS_SECRET_ACCESS_KEY", server().text("/session/secret_key")),
        ("AWS_SESSION_TOKEN", server().text("/session/session_token")),
    ]
}

/// The user's access key with somebody else's secret.
fn wrong() -> Vec<(&'static str, &'static str)> {
    vec![
        ("AWS_ACCESS_KEY_ID", server().text("/access_key")),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
    ]
}

fn request(method: &str, path: &str) -> Value {
    json!({"method": method, "url": format!("{}{path}", origin()), "headers": []})
}

fn with_body(method: &str, path: &str, text: &str) -> Value {
    let mut request = request(method, path);
    request["postData"] = json!({"mimeType": "text/plain", "text": text});
    request
}

type Environment<'e> = [(&'e str, &'e str)];

/// `sign aws` on one request.
fn aws(service: &str, request: &Value, credentials: &Environment<'_>, options: &[&str]) -> Tool {
    let tool = sign(["aws", "--allow-host", "--service", service, "--region", "us-east-1"]).args(options);
    credentials.iter().fold(tool, |tool, (name, value)| tool.env(name, value)).stdin(format!("{request}\n"))
}

/// Runs curl on a config, as `curl -K -` does.
fn curl(config: &str) -> Answer {
    run_curl(&["-K", "-"], config)
}

fn run_curl(arguments: &[&str], input: &str) -> Answer {
    let mut command = Command::new("curl");
    command
        .args(["-sS", "-q", "--noproxy", "*", "-w", "%{stderr}%{http_code}"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = spawn(&mut command).expect("curl starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("curl reads its config");
    let output = child.wait_with_output().expect("curl ends");
    Answer { status: String::from_utf8(output.stderr).expect("a status"), body: output.stdout }
}

/// The pipe: `sign aws --to curl-config | curl -K -`.
fn send(request: &Value, credentials: &Environment<'_>, options: &[&str]) -> Answer {
    curl(&aws("s3", request, credentials, options).args(["--to", "curl-config"]).succeeds().out())
}

/// Signs a request, changes it, and sends it as it then is.
fn send_changed(request: &Value, options: &[&str], change: impl FnOnce(&mut Value)) -> Answer {
    let mut signed = aws("s3", request, &user(), options).succeeds().json().remove(0);
    change(&mut signed);
    curl(&sign(["none", "--to", "curl-config"]).stdin(format!("{signed}\n")).succeeds().out())
}

fn bucket(name: &str) {
    assert_eq!(send(&request("PUT", &format!("/{name}")), &user(), &[]).status, "200");
}

#[track_caller]
fn refused(answer: &Answer, code: &str) {
    let status = if code == "InvalidToken" { "400" } else { "403" };
    assert_eq!(answer.status, status, "{}", answer.text());
    assert!(answer.text().contains(&format!("<Code>{code}</Code>")), "{}", answer.text());
}

#[test]
fn right_keys_are_accepted_in_the_header() {
    bucket("header");
    let mut put = request("PUT", "/header/photos/a%20b%2B%C3%A9.bin");
    put["postData"] = json!({"mimeType": "", "encoding": "base64", "text": "AAEC/w0K"});
    assert_eq!(send(&put, &user(), &[]).status, "200");
    let got = send(&request("GET", "/header/photos/a%20b%2B%C3%A9.bin"), &user(), &[]);
    assert_eq!((got.status.as_str(), got.body.as_slice()), ("200", b"\x00\x01\x02\xff\r\n".as_slice()));
    let list = send(&request("GET", "/header?list-type=2&prefix=photos%2F&delimiter=&fetch-owner"), &user(), &[]);
    assert!(list.status == "200" && list.text().contains("<KeyCount>1</KeyCount>"), "{list:?}");
}

#[test]
fn right_keys_are_accepted_by_services_other_than_s3() {
    let mut call = with_body("POST", "/", "Action=GetCallerIdentity&Version=2011-06-15");
    call["headers"] = json!([{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}]);
    let run = |credentials: &Environment<'_>| {
        curl(&aws("sts", &call, credentials, &["--to", "curl-config"]).succeeds().out())
    };
    let accepted = run(&user());
    assert!(accepted.status == "200" && accepted.text().contains("user/countersign"), "{accepted:?}");
    refused(&run(&wrong()), "SignatureDoesNotMatch");
}

#[test]
fn wrong_keys_are_refused_in_the_header() {
    bucket("wrong");
    refused(&send(&with_body("PUT", "/wrong/key", "text"), &wrong(), &[]), "SignatureDoesNotMatch");
    refused(&send(&request("GET", "/wrong"), &wrong(), &[]), "SignatureDoesNotMatch");
}

#[test]
fn temporary_credentials_are_accepted_with_their_token_only() {
    bucket("session");
    let put = with_body("PUT", "/session/key", "text");
    for options in [[].as_slice(), &["--add-auth-data-to-query"]] {
        assert_eq!(send(&put, &session(), options).status, "200");
        let mut other_token = session();
        other_token[2].1 = "FwoGZXIvYXdzEXAMPLE";
        refused(&send(&put, &other_token, options), "InvalidToken");
    }
}

#[test]
fn presigned_urls_are_accepted_with_the_right_keys_only() {
    bucket("presigned");
    let query = ["--add-auth-data-to-query", "--expires", "60"];
    assert_eq!(send(&with_body("PUT", "/presigned/a%20key", "text"), &user(), &query).status, "200");
    let url = aws("s3", &request("GET", "/presigned/a%20key"), &user(), &query).args(["--to", "url"]).succeeds().out();
    let got = run_curl(&[url.trim_end()], "");
    assert_eq!((got.status.as_str(), got.text().as_str()), ("200", "text"));
    refused(&send(&request("GET", "/presigned/a%20key"), &wrong(), &query), "SignatureDoesNotMatch");
}

#[test]
fn an_unsigned_payload_is_accepted() {
    bucket("unsigned");
    assert_eq!(send(&with_body("PUT", "/unsigned/key", "text"), &user(), &["--unsigned-payload"]).status, "200");
}

#[test]
fn an_expired_presigned_url_is_refused() {
    bucket("expired");
    assert_eq!(send(&with_body("PUT", "/expired/key", "text"), &user(), &[]).status, "200");
    let an_hour_ago = SystemTime::now() - Duration::from_secs(3600);
    let now = format!("@{}", an_hour_ago.duration_since(UNIX_EPOCH).expect("after 1970").as_secs());
    let presign = |expires| ["--add-auth-data-to-query", "--now", &now, "--expires", expires];
    let get = request("GET", "/expired/key");
    assert_eq!(send(&get, &user(), &presign("7200")).status, "200");
    refused(&send(&get, &user(), &presign("3500")), "AccessDenied");
}

#[test]
fn a_request_that_was_tampered_with_is_refused() {
    bucket("tampered");
    let mut put = with_body("PUT", "/tampered/key?tagging", "text");
    put["headers"] = json!([{"name": "X-Amz-Meta-Owner", "value": "alice"}]);
    let replace = |from: &'static str, to: &'static str| {
        move |signed: &mut Value| {
            let text = signed.to_string();
            assert!(text.contains(from), "{text}");
            *signed = serde_json::from_str(&text.replacen(from, to, 1)).expect("a request line");
        }
    };
    for options in [[].as_slice(), &["--add-auth-data-to-query"]] {
        refused(&send_changed(&put, options, replace("/tampered/key", "/tampered/other")), "SignatureDoesNotMatch");
        refused(&send_changed(&put, options, replace("?tagging", "?acl")), "SignatureDoesNotMatch");
        refused(&send_changed(&put, options, replace("alice", "mallory")), "SignatureDoesNotMatch");
        refused(&send_changed(&put, options, replace("PUT", "DELETE")), "SignatureDoesNotMatch");
    }
    refused(&send_changed(&put, &[], replace("\"text\":\"text\"", "\"text\":\"other\"")), "XAmzContentSHA256Mismatch");
}

#[test]
fn the_host_that_curl_sends_is_the_one_that_was_signed() {
    bucket("host");
    let mut capitals = request("GET", "/host");
    capitals["url"] = json!(format!("http://LocalHost:{}/host", server().ready["port"]));
    let answer = send(&capitals, &user(), &[]);
    assert_eq!(answer.status, "200", "{}", answer.text());
    let mut named = request("GET", "/");
    named["headers"] = json!([{"name": "host", "value": "host.s3.amazonaws.com"}]);
    let answer = send(&named, &user(), &[]);
    assert_eq!(answer.status, "200", "{}", answer.text());
}
