//! Tests of the grammar: everything that is read comes back as it was written.

use proptest::prelude::*;

use super::*;

/// `scheme token name=value|name=value` a challenge.
fn shown(text: &str) -> Vec<String> {
    let show = |challenge: &Challenge| {
        let pairs: Vec<String> = challenge.parameters().map(|(name, value)| format!("{name}={value}")).collect();
        let parts = [challenge.scheme(), challenge.token().unwrap_or_default(), &pairs.join("|")];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ")
    };
    List::parse(text).challenges.iter().map(show).collect()
}

fn trouble(text: &str) -> Option<Trouble> {
    List::parse(text).trouble
}

#[test]
fn several_challenges_stand_in_one_header() {
    let text = r#"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple""#;
    assert_eq!(shown(text), [r#"Newauth realm=apps|type=1|title=Login to "apps""#, "Basic realm=simple"]);
    assert_eq!(shown("Negotiate, NTLM,Basic realm=x"), ["Negotiate", "NTLM", "Basic realm=x"]);
    assert_eq!(
        shown("Digest realm=\"r\", nonce=\"a, Basic realm=b\",\tDigest realm=\"s\""),
        ["Digest realm=r|nonce=a, Basic realm=b", "Digest realm=s"]
    );
    assert_eq!(trouble(text), None);
}

#[test]
fn several_headers_are_one_list() {
    let mut headers = Headers::new();
    headers.push("WWW-Authenticate", "Basic realm=\"a\"");
    headers.push("Date", "Digest realm=\"not a challenge\"");
    headers.push("www-authenticate", "DIGEST Realm = \"b\"");
    let list = List::of(&headers, "WWW-Authenticate");
    let schemes: Vec<&str> = list.challenges.iter().map(Challenge::scheme).collect();
    assert_eq!(schemes, ["Basic", "DIGEST"]);
    assert_eq!(list.of_scheme("digest").next().unwrap().parameter("realm"), Some("b"));
}

#[test]
fn tokens_behind_a_scheme_are_told_from_parameters() {
    assert_eq!(shown("NTLM TlRMTVNTUAACAAAA"), ["NTLM TlRMTVNTUAACAAAA"]);
    assert_eq!(shown("Negotiate a+/b~-._c==, Basic realm=x"), ["Negotiate a+/b~-._c==", "Basic realm=x"]);
    assert_eq!(shown("Digest realm=, nonce=n"), ["Digest realm=|nonce=n"]);
    assert_eq!(shown("Digest qop=, nonce=n"), ["Digest qop=|nonce=n"]);
    assert_eq!(shown("Digest opaque="), ["Digest opaque="]);
    assert_eq!(shown("Bearer"), ["Bearer"]);
}

#[test]
fn sloppy_spelling_is_understood() {
    let expected = ["dIGEST Realm=a b|NONCE=x==|qop=auth,auth-int|algorithm=SHA-256"];
    for text in [
        r#"dIGEST Realm="a b", NONCE="x==", qop="auth,auth-int", algorithm=SHA-256"#,
        r#"dIGEST Realm = "a b" ,NONCE= x== , qop ="auth,auth-int",, algorithm="SHA-256","#,
        r#"dIGEST Realm=a b, NONCE=x==, qop="auth,auth-int" algorithm=SHA-256"#,
        "\tdIGEST\r\n  Realm=\"a b\"\r\n  NONCE=x== qop=\"auth,auth-int\"\r\n  algorithm=SHA-256\r\n",
    ] {
        assert_eq!(shown(text), expected, "{text}");
        assert_eq!(trouble(text), None, "{text}");
    }
    assert_eq!(shown("Digest realm=\"é\", title=\u{3a9}, nonce=n"), ["Digest realm=é|title=\u{3a9}|nonce=n"]);
}

#[test]
fn the_first_of_two_equal_parameters_counts() {
    let list = List::parse("Digest nonce=a, Nonce=b");
    assert_eq!(list.challenges.first().unwrap().parameter("nonce"), Some("a"));
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_stands() {
    let text = r#"Basic realm="b", Digest realm="never closed, nonce=x"#;
    assert_eq!(shown(text), ["Basic realm=b"]);
    assert_eq!(trouble(text), Some(Trouble::Unterminated));
    assert_eq!(trouble("Digest nonce=\"a\\"), Some(Trouble::Unterminated));

    assert_eq!(shown("Digest nonce=\"a\r\nSet-Cookie: b\", Basic realm=b"), ["Basic realm=b"]);
    assert_eq!(trouble("Digest nonce=\"a\0\""), Some(Trouble::Control));
    assert_eq!(trouble("Digest nonce=a\r\nb"), Some(Trouble::Control));

    assert_eq!(shown("\u{3a9}=1, realm=\"x, y\", Basic realm=b"), ["Basic realm=b"]);
    assert_eq!(trouble("realm=x"), Some(Trouble::Garbage));
    assert_eq!(shown("Digest nonce=\"n\" \u{3a9}\",\", realm=r"), ["Digest nonce=n|realm=r"]);
}

#[test]
fn a_copied_challenge_may_have_its_header_name() {
    for text in ["Digest nonce=a:b", "WWW-Authenticate: Digest nonce=a:b\r\n", "proxy-authenticate :Digest nonce=a:b"] {
        assert_eq!(copied(text).unwrap().first().unwrap().parameter("nonce"), Some("a:b"), "{text}");
    }
    assert!(copied("").is_err());
    assert!(copied("Digest nonce=\"a").is_err());
}

#[test]
fn a_million_parameters_are_too_many() {
    let text = format!("Digest {}", "a=b,".repeat(1_000_000));
    assert_eq!(trouble(&text), Some(Trouble::TooLong));
    let mut headers = Headers::new();
    for _ in 0..1000 {
        headers.push("WWW-Authenticate", format!("Digest {}", "a=b,".repeat(1000)));
    }
    let list = List::of(&headers, "WWW-Authenticate");
    assert_eq!(list.trouble, Some(Trouble::TooLong));
    assert!(list.challenges.len() < 70);
}

#[test]
fn repetition_costs_no_more_than_its_length() {
    let started = std::time::Instant::now();
    for piece in [" ", ",", "a", "a ", "a=", "=", "\"", "\"\"", "\\", "a=b ", "a b,", "a b c=", "é", "=,", "a\t, ,"] {
        for head in ["", "Digest ", "Digest a=", "Digest a=\""] {
            let _ = List::parse(&format!("{head}{}", piece.repeat(LIMIT / piece.len() - 16)));
        }
    }
    assert!(started.elapsed() < std::time::Duration::from_secs(20));
}

#[test]
fn a_header_without_scheme_has_parameters_alone() {
    let info = Challenge::without_scheme(r#"qop=auth, rspauth="00ff", nc=00000001"#);
    assert_eq!(info.parameter("rspauth"), Some("00ff"));
    assert_eq!(info.parameter("nc"), Some("00000001"));
    assert_eq!(Challenge::without_scheme("").parameters().count(), 0);
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}", pieces in proptest::collection::vec(
        prop_oneof![Just("Digest "), Just("realm"), Just("="), Just("\""), Just("\\"), Just(","), Just(" "), Just("é"), Just("\r\n"), Just("NTLM a=")], 0..60)
    ) {
        for text in [text, pieces.concat()] {
            let list = List::parse(&text);
            for challenge in &list.challenges {
                prop_assert!(crate::headers::is_token(challenge.scheme()));
                for (name, value) in challenge.parameters() {
                    prop_assert!(crate::headers::is_token(name));
                    prop_assert!(!value.chars().any(|c| c.is_control() && c != '\t'));
                }
            }
            let _ = Challenge::without_scheme(&text);
        }
    }

    #[test]
    fn quoted_values_come_back_as_they_were(values in proptest::collection::vec("[^\\p{C}]{0,20}", 1..5)) {
        let mut text = "Digest ".to_owned();
        for (index, value) in values.iter().enumerate() {
            text.push_str(&format!("p{index}="));
            crate::encode::quoted(&mut text, value);
            text.push_str(", ");
        }
        let list = List::parse(&text);
        let read: Vec<&str> = list.challenges.first().unwrap().parameters().map(|(_, value)| value).collect();
        prop_assert_eq!(read, values);
    }
}
