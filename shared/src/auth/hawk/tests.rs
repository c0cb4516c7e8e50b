//! Answers of servers, honest and hostile.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;
use crate::auth::parameters::Values;
use crate::auth::scheme::Asker;
use crate::auth::session::Session;
use crate::secret::Secret;

const NOW: i64 = 1_353_832_234;

fn signed() -> (Hawk, Request<'static>) {
    let mut values = Values::default();
    values.set(&AUTH_ID, Secret::new("id"));
    values.set(&AUTH_KEY, Secret::new("key"));
    let (environment, session) = (Values::default(), Session::default());
    let layers = Layers {
        table: &TABLE,
        options: &values,
        line: None,
        environment: &environment,
        session: &session,
        asker: Asker::User,
    };
    let hawk = Hawk::new(&layers).unwrap();
    let mut request = Request::new("GET", "http://h.example/").unwrap();
    hawk.sign(&mut request, &Moment::new(NOW, None)).unwrap();
    (hawk, request)
}

fn learned(status: u16, headers: &[(&str, &str)]) -> Result<Next, Error> {
    let (hawk, request) = signed();
    let mut response = Response { status, body: b"hello".to_vec(), ..Response::default() };
    headers.iter().for_each(|(name, value)| response.headers.push((*name).to_owned(), (*value).to_owned()));
    server::learn(&hawk.key, Some(&hawk.clocks), &request, &response, NOW)
}

/// Pieces of what servers say, whole and broken.
fn said() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(vec![
            "Hawk",
            " ",
            "ts=",
            "tsm=",
            "mac=",
            "hash=",
            "ext=",
            "\"",
            "\\",
            ",",
            "=",
            "\"1353832234\"",
            "\"\"",
            "-9223372036854775808",
            "\"99999999999999999999\"",
            "error=\"Stale timestamp\"",
            "Basic realm=x",
            "é",
        ])
        .prop_map(str::to_owned),
        ".{0,6}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_million_attributes_are_refused() {
    let many = format!("Hawk {}", "a=\"b\", ".repeat(1_000_000));
    assert!(matches!(learned(200, &[("Server-Authorization", &many)]), Err(Error::Refused(_))));
    assert!(matches!(learned(401, &[("WWW-Authenticate", &many)]), Ok(Next::Final)));
    let endless = format!("Hawk mac=\"{}", "\\\"".repeat(1_000_000));
    assert!(matches!(learned(200, &[("Server-Authorization", &endless)]), Err(Error::Refused(_))));
    assert!(matches!(learned(401, &[("WWW-Authenticate", &endless)]), Ok(Next::Final)));
}

proptest! {
    #[test]
    fn nothing_that_is_not_signed_with_the_key_is_believed(
        status in prop_oneof![Just(200_u16), Just(401)], challenge in said(), proof in proptest::option::of(said())
    ) {
        let (challenge, proof) = (format!("Hawk {challenge}"), proof.map(|proof| format!("Hawk {proof}")));
        let mut headers = vec![("WWW-Authenticate", challenge.as_str())];
        headers.extend(proof.as_deref().map(|proof| ("Server-Authorization", proof)));
        let learned = learned(status, &headers);
        if proof.is_some() {
            prop_assert!(matches!(learned, Err(Error::Refused(_))));
        } else {
            prop_assert!(!matches!(learned, Ok(Next::Again)), "a time that is not signed is not used");
        }
    }
}
