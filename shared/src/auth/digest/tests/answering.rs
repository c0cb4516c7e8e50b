//! Conversations with a server: its challenges are answered, its nonces followed and its proofs checked.

use super::*;

#[test]
fn the_first_request_goes_out_bare_and_the_challenge_is_answered_once() {
    let session = sent();
    let mut digest = built(MUFASA, &session).unwrap();
    let mut request = request("http://h.example/a");
    request.headers.push("authorization", "Bearer not-for-this-server");
    digest.sign(&mut request, &moment()).unwrap();
    assert!(!request.headers.has("authorization"));

    let asked = challenge("Digest realm=r, nonce=n1, qop=auth");
    assert_eq!(digest.answer(&mut request, &asked, &moment()).unwrap(), Next::Again);
    assert_eq!(header(&request).parameter("nonce"), Some("n1"));
    // Refused with a fresh nonce: the password is wrong, and trying on would only lock the account.
    let refused = challenge("Digest realm=r, nonce=n2, qop=auth");
    assert_eq!(digest.answer(&mut request, &refused, &moment()).unwrap(), Next::Final);
}

#[test]
fn without_retry_the_first_answer_is_final() {
    let session = sent();
    let mut digest = built(&[("username", "u"), ("disableRetryRequest", "true")], &session).unwrap();
    let mut request = request("http://h.example/a");
    digest.sign(&mut request, &moment()).unwrap();
    let asked = challenge("Digest realm=r, nonce=n1, qop=auth");
    assert_eq!(digest.answer(&mut request, &asked, &moment()).unwrap(), Next::Final);
    assert!(!request.headers.has("authorization"));
}

/// Signs a request, and answers 200.
fn accepted(digest: &mut Digest, url: &str, information: &[(&'static str, &str)]) -> Challenge {
    let mut request = request(url);
    digest.sign(&mut request, &moment()).unwrap();
    let header = header(&request);
    assert_eq!(digest.answer(&mut request, &response(200, information), &moment()).unwrap(), Next::Final);
    header
}

/// A digest that has met this challenge.
fn taught(session: &Session, options: &[(&'static str, &str)], url: &str, text: &str) -> Digest {
    let mut digest = built(options, session).unwrap();
    let mut request = request(url);
    digest.sign(&mut request, &moment()).unwrap();
    assert_eq!(digest.answer(&mut request, &challenge(text), &moment()).unwrap(), Next::Again);
    assert_eq!(digest.answer(&mut request, &response(200, &[]), &moment()).unwrap(), Next::Final);
    digest
}

#[test]
fn a_stale_nonce_is_replaced_and_counted_anew() {
    let session = sent();
    let mut digest = taught(&session, MUFASA, "http://h.example/a", "Digest realm=r, nonce=n1, qop=auth");
    assert_eq!(accepted(&mut digest, "http://h.example/b", &[]).parameter("nc"), Some("00000002"));
    let mut request = request("http://h.example/c");
    digest.sign(&mut request, &moment()).unwrap();
    assert_eq!(header(&request).parameter("nc"), Some("00000003"));
    let stale = challenge("Digest realm=r, nonce=n2, qop=auth, stale=TRUE");
    assert_eq!(digest.answer(&mut request, &stale, &moment()).unwrap(), Next::Again);
    let header = header(&request);
    assert_eq!((header.parameter("nonce"), header.parameter("nc")), (Some("n2"), Some("00000001")));
    assert_eq!(accepted(&mut digest, "http://h.example/d", &[]).parameter("nc"), Some("00000002"));
}

#[test]
fn a_nonce_that_was_rotated_without_a_word_is_replaced_once() {
    let session = sent();
    let mut digest = taught(&session, MUFASA, "http://h.example/a", "Digest realm=r, nonce=n1, qop=auth");
    let mut request = request("http://h.example/b");
    digest.sign(&mut request, &moment()).unwrap();
    let rotated = challenge("Digest realm=r, nonce=n2, qop=auth");
    assert_eq!(digest.answer(&mut request, &rotated, &moment()).unwrap(), Next::Again);
    let rotated = challenge("Digest realm=r, nonce=n3, qop=auth");
    assert_eq!(digest.answer(&mut request, &rotated, &moment()).unwrap(), Next::Final);
}

#[test]
fn a_given_nonce_that_the_server_refuses_gives_way_to_the_servers() {
    let session = sent();
    let options = [("username", "u"), ("realm", "r"), ("nonce", "given"), ("qop", "auth")];
    let mut digest = built(&options, &session).unwrap();
    let mut request = request("http://h.example/a");
    digest.sign(&mut request, &moment()).unwrap();
    assert_eq!(header(&request).parameter("nonce"), Some("given"));
    let asked = challenge("Digest realm=r, nonce=n1, qop=auth");
    assert_eq!(digest.answer(&mut request, &asked, &moment()).unwrap(), Next::Again);
    assert_eq!(header(&request).parameter("nonce"), Some("n1"));
    assert_eq!(accepted(&mut digest, "http://h.example/a", &[]).parameter("nonce"), Some("n1"));
}

#[test]
fn the_next_nonce_is_used_next() {
    let session = sent();
    let mut digest = taught(&session, MUFASA, "http://h.example/a", "Digest realm=r, nonce=n1, qop=auth");
    accepted(&mut digest, "http://h.example/b", &[("Authentication-Info", "nextnonce=\"n2\"")]);
    let header = accepted(&mut digest, "http://h.example/c", &[]);
    assert_eq!((header.parameter("nonce"), header.parameter("nc")), (Some("n2"), Some("00000001")));

    let given = challenge::copied("Digest realm=r, nonce=n1, qop=auth").unwrap();
    let session = sent().with_challenges(given);
    let mut digest = built(MUFASA, &session).unwrap();
    accepted(&mut digest, "http://h.example/b", &[("Authentication-Info", "nextnonce=\"n2\"")]);
    assert_eq!(accepted(&mut digest, "http://h.example/c", &[]).parameter("nonce"), Some("n2"));
}

/// Returns the proof of a server that takes the password for this (RFC 7616 section 3.5).
fn proof(password: &str, header: &Challenge, body: &str) -> String {
    let hash = |text: &str| Algorithm::Md5.for_crate().hash_str(text);
    let text = |name| header.parameter(name).unwrap();
    let body = if text("qop") == "auth-int" { format!(":{}", hash(body)) } else { String::new() };
    let a1 = hash(&format!("Mufasa:{}:{password}", text("realm")));
    let a2 = hash(&format!(":{}{body}", text("uri")));
    hash(&format!("{a1}:{}:{}:{}:{}:{a2}", text("nonce"), text("nc"), text("cnonce"), text("qop")))
}

#[test]
fn a_server_that_does_not_know_the_password_is_found_out() {
    for (qop, password, body, is_right) in [
        ("auth", "Circle of Life", "any", true),
        ("auth", "other", "any", false),
        ("auth-int", "Circle of Life", "body", true),
        ("auth-int", "Circle of Life", "tampered", false),
    ] {
        let session = sent();
        let mut digest = taught(&session, MUFASA, "http://h.example/a", &format!("Digest realm=r, nonce=n, qop={qop}"));
        let mut request = request("http://h.example/b?q");
        digest.sign(&mut request, &moment()).unwrap();
        let information = format!("rspauth=\"{}\", qop={qop}", proof(password, &header(&request), body).to_uppercase());
        let answer = Response { body: b"body".to_vec(), ..response(200, &[("Authentication-Info", &information)]) };
        match digest.answer(&mut request, &answer, &moment()) {
            Ok(next) => assert!(is_right && next == Next::Final, "{qop} {password} {body}"),
            Err(error) => assert!(!is_right && matches!(error, Error::Refused(_)), "{qop} {password} {body}: {error}"),
        }
    }
}

#[test]
fn each_realm_of_an_origin_keeps_its_own_nonce() {
    let session = sent();
    let mut digest = taught(&session, MUFASA, "http://h.example/a/1", "Digest realm=a, nonce=n1, qop=auth");
    let mut other = request("http://h.example/b/1");
    digest.sign(&mut other, &moment()).unwrap();
    let asked = challenge("Digest realm=b, nonce=n2, qop=auth");
    assert_eq!(digest.answer(&mut other, &asked, &moment()).unwrap(), Next::Again);
    assert_eq!(accepted(&mut digest, "http://h.example/a/2", &[]).parameter("realm"), Some("a"));
    let header = accepted(&mut digest, "http://h.example/b/2", &[]);
    assert_eq!((header.parameter("realm"), header.parameter("nc")), (Some("b"), Some("00000002")));
}

#[test]
fn a_domain_says_how_far_a_space_goes() {
    let session = sent();
    let text = "Digest realm=r, nonce=n1, qop=auth, domain=\"/private http://h.example/also https://other.example/\"";
    let mut digest = taught(&session, MUFASA, "http://h.example/private", text);
    for (url, is_known) in [
        ("http://h.example/private/deep?x", true),
        ("http://H.example:80/also/x", true),
        ("http://h.example/public", false),
        ("http://h.example:81/private", false),
        ("https://h.example/private", false),
        ("https://other.example/", false),
    ] {
        let mut request = request(url);
        digest.sign(&mut request, &moment()).unwrap();
        assert_eq!(request.headers.has("authorization"), is_known, "{url}");
        digest.answer(&mut request, &response(200, &[]), &moment()).unwrap();
    }
}

#[test]
fn a_forbidden_request_is_answered_where_the_server_offers_digest() {
    let session = sent();
    let mut digest = built(MUFASA, &session).unwrap();
    let mut request = request("http://h.example/a");
    digest.sign(&mut request, &moment()).unwrap();
    let asked = response(403, &[("WWW-Authenticate", "Digest realm=r, nonce=n, qop=auth")]);
    assert_eq!(digest.answer(&mut request, &asked, &moment()).unwrap(), Next::Again);
    assert_eq!(digest.answer(&mut request, &asked, &moment()).unwrap(), Next::Final);
}

#[test]
fn a_server_that_asks_for_something_else_gets_nothing() {
    for (headers, is_error) in [
        (vec![("WWW-Authenticate", "Basic realm=x"), ("WWW-Authenticate", "NTLM")], false),
        (vec![], false),
        (vec![("WWW-Authenticate", "Digest realm=r, nonce=\"n")], true),
        (vec![("WWW-Authenticate", "Digest realm=r, nonce=n, algorithm=SHA-1")], true),
    ] {
        let session = sent();
        let mut digest = built(MUFASA, &session).unwrap();
        let mut request = request("http://h.example/a");
        digest.sign(&mut request, &moment()).unwrap();
        let next = digest.answer(&mut request, &response(401, &headers), &moment());
        assert_eq!(next.is_err(), is_error, "{headers:?}");
        assert!(next.is_err() || next.unwrap() == Next::Final);
        assert!(!request.headers.has("authorization"));
    }
}
