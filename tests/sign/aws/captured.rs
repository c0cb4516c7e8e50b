//! Requests that other programs made and that are signed anew: what they say of their bodies stays right.

use super::steps::header;
use crate::support::sign;

const HASH: &str = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

fn line(url: &str, name: &str, value: &str) -> String {
    format!(r#"{{"method":"POST","url":"{url}","headers":[["{name}","{value}"]],"body":"{{}}"}}"#)
}

const KEYS: [&str; 5] = ["aws", "--access-key", "A", "--secret-key", "text:s"];

#[test]
fn what_a_request_says_of_its_body_is_kept_if_it_is_right() {
    for (host, said, expected) in [
        (
            "b.s3.us-east-1.amazonaws.com",
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
            Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ),
        ("b.s3.us-east-1.amazonaws.com", "UNSIGNED-PAYLOAD", Some("UNSIGNED-PAYLOAD")),
        ("b.s3.us-east-1.amazonaws.com", "00", Some(HASH)),
        ("es.us-west-2.amazonaws.com", HASH, Some(HASH)),
        ("es.us-west-2.amazonaws.com", "00", None),
        ("id.us-west-2.aoss.amazonaws.com", "00", Some(HASH)),
        ("x.vpc-lattice-svcs.us-west-2.on.aws", "00", Some("UNSIGNED-PAYLOAD")),
    ] {
        let line = line(&format!("https://{host}/"), "x-amz-content-sha256", said);
        let run = sign(KEYS).stdin(line).succeeds();
        let lines = run.json();
        let signed = &lines[0];
        assert_eq!(header(signed, "x-amz-content-sha256"), expected, "{host}: {said}");
        let is_signed = header(signed, "authorization").expect("a signature").contains("x-amz-content-sha256");
        assert_eq!(is_signed, expected.is_some(), "{host}: {said}");
        let verify = ["verify", "aws", "--access-key", "A", "--secret-key", "text:s"];
        sign(verify).stdin(&run.stdout).succeeds();
    }
}

#[test]
fn a_body_whose_chunks_are_signed_is_refused() {
    for said in ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"] {
        for more in [&[][..], &["--unsigned-payload"], &["--add-auth-data-to-query"]] {
            let line = line("https://b.s3.us-east-1.amazonaws.com/k", "X-Amz-Content-SHA256", said);
            let run = sign(KEYS).args(more).stdin(line).fails(1).stdout_is("");
            run.stderr_has("the body is signed in chunks");
        }
    }
}

#[test]
fn headers_that_change_on_the_way_are_not_signed() {
    for name in ["Accept-Encoding", "via", "Forwarded", "X-Forwarded-For", "x-forwarded-proto", "Max-Forwards"] {
        let run = sign(KEYS).stdin(line("https://es.us-west-2.amazonaws.com/", name, "1")).succeeds();
        let lines = run.json();
        let signed = header(&lines[0], "authorization").expect("a signature").to_lowercase();
        assert!(!signed.contains(&name.to_lowercase()), "{signed}");
        assert_eq!(header(&lines[0], name), Some("1"));
    }
}

#[test]
fn stores_of_other_companies_tell_their_region() {
    for (host, scope) in [
        ("acct.r2.cloudflarestorage.com", "/auto/s3/"),
        ("storage.googleapis.com", "/auto/s3/"),
        ("bucket.storage.googleapis.com", "/auto/s3/"),
        ("bucket.s3.us-west-004.backblazeb2.com", "/us-west-004/s3/"),
        ("s3.eu-central-1.wasabisys.com", "/eu-central-1/s3/"),
        ("s3.wasabisys.com", "/us-east-1/s3/"),
        ("bucket.nyc3.digitaloceanspaces.com", "/nyc3/s3/"),
        ("s3.nl-ams.scw.cloud", "/nl-ams/s3/"),
        ("play.min.io", "/us-east-1/s3/"),
        ("otherstorage.googleapis.com", "/us-east-1/execute-api/"),
        ("otherplay.min.io", "/us-east-1/execute-api/"),
    ] {
        let run = sign(KEYS).stdin(format!("https://{host}/b/k")).succeeds();
        let lines = run.json();
        let signed = header(&lines[0], "authorization").expect("a signature");
        assert!(signed.contains(scope), "{host}: {signed}");
    }
}
