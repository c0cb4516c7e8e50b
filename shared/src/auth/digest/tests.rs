//! Steps against published vectors, and conversations with a server that is written down.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod answering;
mod asking;

use proptest::prelude::*;

use super::*;
use crate::auth::parameters::Values;
use crate::auth::session::Session;
use crate::challenge::{Challenge, List};
use crate::transport::Transport;

const MUFASA: &[(&str, &str)] = &[
    ("username", "Mufasa"),
    ("password", "Circle of Life"),
    ("clientNonce", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"),
];

fn built(options: &[(&'static str, &str)], session: &Session) -> Result<Digest, Error> {
    let mut values = Values::default();
    for (key, value) in options {
        values.set(TABLE.parameter(key).unwrap(), Secret::new(*value));
    }
    let environment = Values::default();
    Digest::new(&Layers {
        table: &TABLE,
        options: &values,
        line: None,
        environment: &environment,
        session,
        asker: crate::auth::Asker::User,
    })
}

fn with_challenge(challenge: &str) -> Session {
    Session::default().with_challenges(challenge::copied(challenge).unwrap())
}

/// A network that nothing may ask.
fn nobody() -> Lazy {
    Lazy::new(Box::new(|| Err(Error::Failed("asked".to_owned()))))
}

/// The run is one whose requests are sent: the server's answers are given by hand.
fn sent() -> Session {
    Session::new(nobody(), nobody(), Delivery::Sent)
}

fn moment() -> Moment {
    Moment::new(0, None)
}

fn request(url: &str) -> Request<'_> {
    Request::new("GET", url).unwrap()
}

/// Signs, and gives the header back as it would be read.
fn signed(digest: &Digest, request: &mut Request<'_>) -> (Challenge, Signed) {
    let signed = digest.sign(request, &moment()).unwrap();
    (header(request), signed)
}

fn header(request: &Request<'_>) -> Challenge {
    let list = List::parse(request.headers.get("authorization").expect("an authorization"));
    assert_eq!(list.trouble, None);
    list.challenges.into_iter().next().unwrap()
}

fn response(status: u16, headers: &[(&'static str, &str)]) -> Response {
    let mut response = Response { status, ..Response::default() };
    for (name, value) in headers {
        response.headers.push(*name, (*value).to_owned());
    }
    response
}

fn challenge(text: &str) -> Response {
    response(401, &[("WWW-Authenticate", text)])
}

fn step<'s>(signed: &'s Signed, name: &str) -> &'s str {
    &signed.steps.iter().find(|(step, _)| *step == name).unwrap().1
}

struct Vector {
    options: &'static [(&'static str, &'static str)],
    challenge: &'static str,
    method: &'static str,
    url: &'static str,
    body: &'static str,
    algorithm: Algorithm,
    username: &'static str,
    a1_hash: &'static str,
    a2_hash: &'static str,
    response: &'static str,
}

/// RFC 2617 section 3.5, with the erratum's password; RFC 2069 section 2.4 as corrected by erratum 749; RFC 7616
/// section 3.9.1; section 3.9.2 as corrected by erratum 4897. The hashes between are Python's hashlib of the RFCs' text.
const PUBLISHED: &[Vector] = &[
    Vector {
        options: &[("username", "Mufasa"), ("password", "Circle Of Life"), ("clientNonce", "0a4f113b")],
        challenge: r#"Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#,
        method: "GET",
        url: "http://www.nowhere.org/dir/index.html",
        body: "",
        algorithm: Algorithm::Md5,
        username: "Mufasa",
        a1_hash: "939e7578ed9e3c518a452acee763bce9",
        a2_hash: "39aff3a2bab6126f332b942af96d3366",
        response: "6629fae49393a05397450978507c4ef1",
    },
    Vector {
        options: &[("username", "Mufasa"), ("password", "CircleOfLife")],
        challenge: r#"Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41""#,
        method: "GET",
        url: "http://www.nowhere.org/dir/index.html",
        body: "",
        algorithm: Algorithm::Md5,
        username: "Mufasa",
        a1_hash: "4945ecf42b1bb868634058a845bedde8",
        a2_hash: "39aff3a2bab6126f332b942af96d3366",
        response: "1949323746fe6a43ef61f9606e7febea",
    },
    Vector {
        options: MUFASA,
        challenge: r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#,
        method: "GET",
        url: "http://www.example.org/dir/index.html",
        body: "",
        algorithm: Algorithm::Md5,
        username: "Mufasa",
        a1_hash: "3d78807defe7de2157e2b0b6573a855f",
        a2_hash: "39aff3a2bab6126f332b942af96d3366",
        response: "8ca523f5e9506fed4657c9700eebdbec",
    },
    Vector {
        options: MUFASA,
        challenge: r#"Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS""#,
        method: "GET",
        url: "http://www.example.org/dir/index.html",
        body: "",
        algorithm: Algorithm::Sha256,
        username: "Mufasa",
        a1_hash: "7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232",
        a2_hash: "9a3fdae9a622fe8de177c24fa9c070f2b181ec85e15dcbdc32e10c82ad450b04",
        response: "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
    },
    Vector {
        options: &[
            ("username", "J\u{e4}s\u{f8}n Doe"),
            ("password", "Secret, or not?"),
            ("clientNonce", "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v"),
        ],
        challenge: r#"Digest realm="api@example.org", qop="auth", algorithm=SHA-512-256, nonce="5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", opaque="HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS", charset=UTF-8, userhash=true"#,
        method: "GET",
        url: "http://api.example.org/doe.json",
        body: "",
        algorithm: Algorithm::Sha512_256,
        username: "793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b",
        a1_hash: "2d3d9f12c9f3d30011259dc5fecee005ae24de40e3e1f61806d03e65f1e6024f",
        a2_hash: "1734b070bafdeb53ae52f93659427bb4bc545e2ef4d5e74ba247dad4861b4634",
        response: "3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5",
    },
];

#[test]
fn published_vectors_hold_at_every_step() {
    for vector in PUBLISHED {
        let session = with_challenge(vector.challenge);
        let digest = built(vector.options, &session).unwrap();
        let mut request = request(vector.url);
        request.method = vector.method.into();
        request.body = Body::new(vector.body.as_bytes(), "");
        let (header, signed) = signed(&digest, &mut request);

        let hash = vector.algorithm.for_crate();
        let a1 = step(&signed, "A1").replace("***", digest.password.expose());
        assert_eq!(hash.hash_str(&a1), vector.a1_hash, "{}", vector.challenge);
        assert_eq!(hash.hash_str(step(&signed, "A2")), vector.a2_hash);
        let input = step(&signed, "H(A1):…:H(A2)");
        assert!(input.ends_with(vector.a2_hash));
        assert_eq!(hash.hash_str(&input.replacen("***", vector.a1_hash, 1)), vector.response);
        assert_eq!(step(&signed, "response"), vector.response);

        assert_eq!(header.parameter("response"), Some(vector.response));
        assert_eq!(header.parameter("username"), Some(vector.username));
        let asked = challenge::copied(vector.challenge).unwrap();
        for name in ["realm", "nonce", "opaque", "algorithm", "userhash"] {
            assert_eq!(header.parameter(name), asked[0].parameter(name), "{name}");
        }
    }
}

#[test]
fn no_step_shows_what_the_password_can_be_replaced_by() {
    for algorithm in Algorithm::NAMES {
        let session = with_challenge(&format!("Digest realm=r, nonce=n, qop=auth, algorithm={algorithm}"));
        let digest = built(&[("username", "u"), ("password", "s3cret")], &session).unwrap();
        let (_, signed) = signed(&digest, &mut request("http://h/"));
        let plain = Algorithm::named(algorithm.trim_end_matches("-sess")).unwrap().for_crate();
        let shown: String = signed.steps.iter().map(|(_, text)| text.as_str()).collect();
        assert!(!shown.contains("s3cret"));
        assert!(!shown.contains(&plain.hash_str("u:r:s3cret")));
    }
}

#[test]
fn a_name_beyond_ascii_is_sent_as_username_star_to_a_server_that_names_the_charset() {
    let options = [("username", "J\u{e4}s\u{f8}n \"Doe\""), ("password", "p")];
    let session = with_challenge("Digest realm=r, nonce=n, qop=auth, algorithm=SHA-256, charset=utf-8");
    let digest = built(&options, &session).unwrap();
    let (header, _) = signed(&digest, &mut request("http://h/"));
    assert_eq!(header.parameter("username*"), Some("UTF-8''J%C3%A4s%C3%B8n%20%22Doe%22"));
    assert_eq!(header.parameter("username"), None);

    let session = with_challenge("Digest realm=r, nonce=n, qop=auth");
    let digest = built(&options, &session).unwrap();
    let (header, _) = signed(&digest, &mut request("http://h/"));
    assert_eq!(header.parameter("username"), Some("J\u{e4}s\u{f8}n \"Doe\""));
    assert_eq!(header.parameter("username*"), None);
}

#[test]
fn a_server_that_names_the_charset_gets_names_in_normalization_form_c() {
    let session = with_challenge("Digest realm=r, nonce=n, charset=UTF-8");
    let composed = built(&[("username", "\u{e4}"), ("password", "\u{f8}\u{e9}")], &session).unwrap();
    let decomposed = built(&[("username", "a\u{308}"), ("password", "\u{f8}e\u{301}")], &session).unwrap();
    let response = |digest| signed(digest, &mut request("http://h/")).0.parameter("response").unwrap().to_owned();
    assert_eq!(response(&composed), response(&decomposed));

    let session = with_challenge("Digest realm=r, nonce=n");
    let decomposed = built(&[("username", "a\u{308}"), ("password", "\u{f8}e\u{301}")], &session).unwrap();
    assert_ne!(response(&composed), response(&decomposed));
}

#[test]
fn query_string_is_part_of_the_digest_uri() {
    let session = with_challenge("Digest realm=r, nonce=n");
    let digest = built(&[("username", "u")], &session).unwrap();
    let (header, signed) = signed(&digest, &mut request("http://h/a%20b//../c?x=1&y={2}&z=\"#frag"));
    assert_eq!(header.parameter("uri"), Some("/a%20b//../c?x=1&y={2}&z=\""));
    assert_eq!(step(&signed, "A2"), "GET:/a%20b//../c?x=1&y={2}&z=\"");
}

#[test]
fn the_strongest_offer_wins_and_of_equal_ones_the_first() {
    let header = |challenges: &str, options: &[(&'static str, &'static str)]| {
        let session = with_challenge(challenges);
        let digest = built(&[&[("username", "u")], options].concat(), &session)?;
        Ok::<_, Error>(signed(&digest, &mut request("http://h/")).0)
    };
    let all = r#"Basic realm="b", Digest realm=r, nonce=1, qop=auth, Digest realm=r, nonce=2, qop="auth-int,auth", algorithm="SHA-256",
        Digest realm=r, nonce=3, qop=auth, algorithm=SHA-256-sess, Digest realm=r, nonce=4, algorithm=SHA-512, qop=auth, NTLM"#;
    let chosen = header(all, &[]).unwrap();
    assert_eq!((chosen.parameter("nonce"), chosen.parameter("qop")), (Some("2"), Some("auth")));
    let chosen = header(all, &[("algorithm", "MD5")]).unwrap();
    assert_eq!((chosen.parameter("nonce"), chosen.parameter("algorithm")), (Some("1"), None));
    assert_eq!(header(all, &[("algorithm", "SHA-256-sess")]).unwrap().parameter("nonce"), Some("3"));
    assert_eq!(header(all, &[("qop", "auth-int")]).unwrap().parameter("nonce"), Some("2"));
    let error = header(all, &[("algorithm", "SHA-512-256")]).unwrap_err().to_string();
    assert_eq!(
        error,
        "--challenge does not offer SHA-512-256; it offers MD5 with qop auth, SHA-256 with qop auth-int or auth, SHA-256-sess with qop auth"
    );
    assert!(header(all, &[("algorithm", "MD5"), ("qop", "auth-int")]).is_err());
    assert!(header(all, &[("realm", "other")]).is_err());
}

#[test]
fn names_of_algorithms_are_read_liberally_and_sent_back_as_written() {
    for (written, sent) in [
        ("sha-256", "algorithm=sha-256,"),
        ("\"SHA-256\"", "algorithm=SHA-256,"),
        ("SHA-512/256", "algorithm=\"SHA-512/256\","),
        ("md5-SESS", "algorithm=md5-SESS,"),
    ] {
        let session = with_challenge(&format!("Digest realm=r, nonce=n, qop=auth, algorithm={written}"));
        let digest = built(&[("username", "u")], &session).unwrap();
        let mut request = request("http://h/");
        digest.sign(&mut request, &moment()).unwrap();
        assert!(request.headers.get("authorization").unwrap().contains(sent), "{written}");
    }
}

#[test]
fn what_cannot_be_answered_is_refused_with_its_reason() {
    for (text, reason) in [
        ("Digest realm=r", "has no nonce"),
        ("Digest realm=r, nonce=\"\"", "has no nonce"),
        ("Digest realm=r, nonce=n, algorithm=SHA-1", "algorithm"),
        ("Digest realm=r, nonce=n, qop=\"conf\"", "no qop that is known"),
        ("Digest realm=r, nonce=n, algorithm=MD5-sess", "-sess algorithm without qop"),
    ] {
        let session = with_challenge(text);
        let error = built(&[("username", "u")], &session).unwrap_err().to_string();
        assert!(error.contains(reason), "{text}: {error}");
    }
}

#[test]
fn an_empty_qop_is_none_and_unknown_ones_are_passed_over() {
    for (qop, chosen) in [("\"\"", None), ("\"x,AUTH\"", Some("auth")), ("\"auth-int conf\"", Some("auth-int"))] {
        let session = with_challenge(&format!("Digest realm=r, nonce=n, qop={qop}"));
        let digest = built(&[("username", "u")], &session).unwrap();
        assert_eq!(signed(&digest, &mut request("http://h/")).0.parameter("qop"), chosen, "{qop}");
    }
}

#[test]
fn the_nonce_count_is_eight_hex_digits_and_goes_on() {
    let session = with_challenge("Digest realm=r, nonce=n, qop=auth");
    let digest = built(&[("username", "u"), ("nonceCount", "00000009")], &session).unwrap();
    let count = || signed(&digest, &mut request("http://h/")).0.parameter("nc").unwrap().to_owned();
    assert_eq!([count(), count(), count()], ["00000009", "0000000a", "0000000b"]);
    for bad in ["0", "xyz", "100000000", "-1"] {
        assert!(built(&[("username", "u"), ("nonceCount", bad)], &session).is_err(), "{bad}");
    }
}

#[test]
fn a_fixed_nonce_is_the_clients_unless_it_is_the_servers() {
    let fixed = Moment::new(0, Some("fixed".to_owned()));
    let client_nonce = |digest: &Digest| {
        let mut request = request("http://h/");
        digest.sign(&mut request, &fixed).unwrap();
        header(&request).parameter("cnonce").unwrap().to_owned()
    };
    let session = with_challenge("Digest realm=r, nonce=n, qop=auth");
    assert_eq!(client_nonce(&built(&[("username", "u"), ("nonce", "fixed")], &session).unwrap()), "fixed");
    let session = Session::default();
    let options = [("username", "u"), ("realm", "r"), ("nonce", "fixed"), ("qop", "auth")];
    let random = client_nonce(&built(&options, &session).unwrap());
    assert_eq!(random.len(), 32);
}

#[test]
fn a_session_keeps_its_first_client_nonce() {
    let session = with_challenge("Digest realm=r, nonce=n, qop=auth, algorithm=MD5-sess");
    let digest = built(&[("username", "u")], &session).unwrap();
    let client_nonce = || signed(&digest, &mut request("http://h/")).0.parameter("cnonce").unwrap().to_owned();
    assert_eq!(client_nonce(), client_nonce());
}

proptest! {
    #[test]
    fn whatever_stands_in_a_challenge_comes_back_readable(
        values in proptest::collection::vec("[^\\p{C}]{0,12}", 4), algorithm in 0_usize..6, qop in 0_usize..3, name in "[^\\p{C}]{1,12}"
    ) {
        let mut text = "Digest ".to_owned();
        for (name, value) in ["realm", "nonce", "opaque", "domain"].iter().zip(&values) {
            text.push_str(name);
            text.push('=');
            encode::quoted(&mut text, value);
            text.push_str(", ");
        }
        text.push_str(&format!("algorithm={}, qop=\"{}\"", Algorithm::NAMES[algorithm], ["", "auth", "auth-int"][qop]));
        let session = with_challenge(&text);
        if let Ok(digest) = built(&[("username", &name)], &session) {
            let (header, _) = signed(&digest, &mut request("http://h.example/"));
            for (name, value) in ["realm", "nonce", "opaque"].iter().zip(&values) {
                prop_assert_eq!(header.parameter(name), Some(value.as_str()));
            }
            prop_assert_eq!(header.parameter("username"), Some(name.as_str()));
        } else {
            prop_assert!(values[1].is_empty() || (qop == 0 && algorithm % 2 == 1));
        }
    }

    #[test]
    fn no_answer_makes_it_panic(status in prop_oneof![Just(200_u16), Just(401), Just(403)], text in ".{0,120}", tail in ".{0,120}") {
        let session = sent();
        let mut digest = built(MUFASA, &session).unwrap();
        let mut request = request("http://h.example/");
        digest.sign(&mut request, &moment()).unwrap();
        let asked = challenge(&format!("Digest realm=\"{text}\", nonce=\"{tail}\", qop=auth"));
        let _ = digest.answer(&mut request, &asked, &moment());
        let headers = [("WWW-Authenticate", text.as_str()), ("WWW-Authenticate", tail.as_str()), ("Authentication-Info", text.as_str())];
        let _ = digest.answer(&mut request, &response(status, &headers), &moment());
    }
}
