use super::*;

use base64::Engine as _;
use proptest::prelude::*;

macro_rules! vector {
    ($name:literal) => {
        include_str!(concat!("../../../tests/vectors/keys/", $name))
    };
}

fn moment() -> Moment {
    Moment::new(0, Some("nonce".to_owned()))
}

fn problem(text: &str) -> Problem {
    PrivateKey::from_pem(text).expect_err("a key that is refused")
}

#[test]
fn every_form_of_a_key_is_the_same_key() {
    for (one, other, signature) in [
        (vector!("rsa.pem"), vector!("rsa-pkcs1.pem"), Signature::Pkcs1v15(Digest::Sha256)),
        (vector!("p256.pem"), vector!("p256-sec1.pem"), Signature::Ecdsa),
        (vector!("p384.pem"), vector!("p384-sec1.pem"), Signature::Ecdsa),
        (vector!("p521.pem"), vector!("p521-sec1.pem"), Signature::Ecdsa),
    ] {
        let sign = |text: &str| PrivateKey::from_pem(text).unwrap().sign(signature, b"message", &moment()).unwrap();
        assert_eq!(sign(one), sign(other));
    }
}

#[test]
fn what_surrounds_a_key_does_no_harm() {
    let key = vector!("p256.pem");
    let sign =
        |text: &str| PrivateKey::from_pem(text).map(|key| key.sign(Signature::Ecdsa, b"message", &moment()).unwrap());
    let expected = sign(key).unwrap();
    let block = key.split_once('\n').unwrap().1;
    for text in [
        block.trim_end().to_owned(),
        format!("\"{block}\""),
        format!("'{}'", block.trim_end()),
        block.replace('\n', "\\n"),
        format!("\"{}\"", block.replace('\n', "\\n")),
        block.replace('\n', "\\r\\n"),
        block.replace('\n', "\r\n"),
        block.replace('\n', " "),
        block.replace('\n', ""),
        format!("{}{}", vector!("p256.pub.pem"), block),
    ] {
        assert_eq!(sign(&text), Ok(expected.clone()), "{text}");
    }
}

#[test]
fn a_key_that_cannot_be_used_says_why() {
    for (text, expected) in [
        ("", Problem::NotPem),
        ("secret", Problem::NotPem),
        ("-----BEGIN PRIVATE KEY-----\nMIGH", Problem::BrokenPem),
        ("-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----", Problem::BrokenPem),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", Problem::Damaged),
        ("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", Problem::Damaged),
        (vector!("rsa-encrypted.pem"), Problem::Encrypted),
        (vector!("rsa-encrypted-pkcs1.pem"), Problem::Encrypted),
        (vector!("rsa.pub.pem"), Problem::Public),
        (vector!("openssh.pem"), Problem::OpenSsh),
        (vector!("ed448.pem"), Problem::Unsupported),
        (vector!("secp256k1-sec1.pem"), Problem::Unsupported),
    ] {
        assert_eq!(problem(text), expected, "{text}");
    }
}

#[test]
fn a_key_makes_only_signatures_of_its_kind() {
    let all = [Signature::Pkcs1v15(Digest::Sha256), Signature::Pss(Digest::Sha256), Signature::Ecdsa, Signature::EdDsa];
    for (text, kind, own) in [
        (vector!("rsa.pem"), Kind::Rsa, &all[..2]),
        (vector!("rsa-pss.pem"), Kind::Rsa, &all[..2]),
        (vector!("p256.pem"), Kind::P256, &all[2..3]),
        (vector!("p384.pem"), Kind::P384, &all[2..3]),
        (vector!("p521.pem"), Kind::P521, &all[2..3]),
        (vector!("ed25519.pem"), Kind::Ed25519, &all[3..]),
    ] {
        let key = PrivateKey::from_pem(text).unwrap();
        assert_eq!(key.kind(), kind);
        for signature in all {
            let signed = key.sign(signature, b"message", &moment());
            assert_eq!(signed.is_ok(), own.contains(&signature), "{kind} {signature:?}: {signed:?}");
            assert!(signed.is_ok() || signed == Err(Problem::WrongKind));
        }
    }
}

#[test]
fn a_modulus_that_cannot_hold_the_digest_is_refused() {
    let key = PrivateKey::from_pem(vector!("rsa-1024.pem")).unwrap();
    assert_eq!(key.rsa_bits(), Some(1024));
    assert_eq!(key.sign(Signature::Pss(Digest::Sha512), b"message", &moment()), Err(Problem::TooShort));
    assert!(key.sign(Signature::Pkcs1v15(Digest::Sha512), b"message", &moment()).is_ok());
}

#[test]
fn a_fixed_nonce_gives_the_same_signature_and_none_another_each_time() {
    for (text, signature) in
        [(vector!("rsa.pem"), Signature::Pss(Digest::Sha256)), (vector!("p521.pem"), Signature::Ecdsa)]
    {
        let key = PrivateKey::from_pem(text).unwrap();
        let sign = |moment: &Moment| key.sign(signature, b"message", moment).unwrap();
        assert_eq!(sign(&moment()), sign(&moment()));
        assert_ne!(sign(&moment()), sign(&Moment::new(0, Some("another".to_owned()))));
        assert_ne!(sign(&Moment::new(0, None)), sign(&Moment::new(0, None)));
    }
}

/// The SEC1 key of this scalar, without a curve's name: its length says which one it is.
fn sec1(scalar: &str) -> Vec<u8> {
    let scalar: Vec<u8> =
        (0..scalar.len()).step_by(2).map(|at| u8::from_str_radix(&scalar[at..at + 2], 16).unwrap()).collect();
    let length = u8::try_from(scalar.len()).unwrap();
    [&[0x30, length + 5, 2, 1, 1, 4, length], scalar.as_slice()].concat()
}

/// RFC 6979 appendices A.2.5 and A.2.6: "sample" with SHA-256 and SHA-384.
#[test]
fn ecdsa_nonces_are_those_of_rfc_6979() {
    for (scalar, signature) in [
        (
            "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716\
             F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        ),
        (
            "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
            "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46\
             99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8",
        ),
    ] {
        let key = PrivateKey::from_sec1(&sec1(scalar), None).unwrap();
        let signed = key.sign(Signature::Ecdsa, b"sample", &Moment::new(0, None)).unwrap();
        assert_eq!(crate::encode::hex(&signed).to_uppercase(), signature);
    }
}

#[test]
fn a_data_uri_holds_a_key_and_its_id() {
    let der = pem::private_key(vector!("p256.pem")).unwrap().der;
    let base64 = base64::engine::general_purpose::STANDARD.encode(&*der);
    for text in [
        format!("data:application/pkcs8;kid=a%2Fb;base64,{base64}"),
        format!(" \"data:application/pkcs8;kid=a%2Fb;base64,{base64}\"\n"),
        format!("data:application/pkcs8;kid=a/b;x=y;base64,{}", base64.trim_end_matches('=')),
    ] {
        let uri = DataUri::parse(&text).unwrap().unwrap();
        assert_eq!((uri.kid.as_deref(), &uri.der), (Some("a/b"), &der));
        assert_eq!(PrivateKey::from_pkcs8(&uri.der).unwrap().kind(), Kind::P256);
    }
    assert_eq!(DataUri::parse("data:application/pkcs8;base64,AAAA").unwrap().unwrap().kid, None);
    assert!(DataUri::parse("-----BEGIN PRIVATE KEY-----").is_none());
    for broken in ["", ";base64", ";kid=x,AAAA", ";kid=%ff;base64,AAAA", ";base64,!!", ";base64,A"] {
        let problem = DataUri::parse(&format!("data:application/pkcs8{broken}")).unwrap();
        assert_eq!(problem.err(), Some(Problem::BrokenDataUri), "{broken}");
    }
}

#[test]
fn a_pasted_scalar_may_lack_its_leading_zeros() {
    assert_eq!(*scalar::<4>(&[1, 2]).unwrap(), [0, 0, 1, 2]);
    assert_eq!(*scalar::<4>(&[0, 0, 0, 1, 2]).unwrap(), [0, 0, 1, 2]);
    assert_eq!(scalar::<4>(&[1, 2, 3, 4, 5]), Err(Problem::Damaged));
}

#[test]
fn debug_shows_the_kind_and_nothing_else() {
    let key = PrivateKey::from_pem(vector!("ed25519.pem")).unwrap();
    assert_eq!(format!("{key:?}"), "PrivateKey(Ed25519, ***)");
}

/// The DER of an RSA key with these numbers.
fn rsa_der(numbers: [&BigUint; 5]) -> Vec<u8> {
    let bytes = numbers.map(BigUint::to_bytes_be);
    let number = |index: usize| pkcs1::UintRef::new(&bytes[index]).unwrap();
    let one = pkcs1::UintRef::new(&[1]).unwrap();
    let key = pkcs1::RsaPrivateKey {
        modulus: number(0),
        public_exponent: number(1),
        private_exponent: number(2),
        prime1: number(3),
        prime2: number(4),
        exponent1: one,
        exponent2: one,
        coefficient: one,
        other_prime_infos: None,
    };
    sec1::der::Encode::to_der(&key).unwrap()
}

#[test]
fn rsa_numbers_that_would_take_for_ever_are_refused() {
    let (one, three) = (BigUint::from(1_u8), BigUint::from(3_u8));
    let big = (BigUint::from(1_u8) << 1021_usize) + 3_u8;
    let modulus = &big * 3_u8;
    // (p - q) / p steps of an addition: 2^1019 of them.
    let lopsided = rsa_der([&modulus, &three, &one, &three, &big]);
    assert_eq!(PrivateKey::from_pkcs1(&lopsided).unwrap_err(), Problem::Damaged);
    let prime = (BigUint::from(1_u8) << 511_usize) + 1_u8;
    let long = BigUint::from(1_u8) << 20_000_usize;
    let exponent = rsa_der([&(&prime * &prime), &three, &long, &prime, &prime]);
    assert_eq!(PrivateKey::from_pkcs1(&exponent).unwrap_err(), Problem::Damaged);
    let huge = (BigUint::from(1_u8) << 9000_usize) + 1_u8;
    let size = rsa_der([&huge, &three, &one, &prime, &prime]);
    assert_eq!(PrivateKey::from_pkcs1(&size).unwrap_err(), Problem::RsaSize);
    let tiny = rsa_der([&BigUint::from(15_u8), &three, &three, &three, &BigUint::from(5_u8)]);
    assert_eq!(PrivateKey::from_pkcs1(&tiny).unwrap_err(), Problem::RsaSize);
}

/// Reads and uses a key, whatever comes of it.
fn exercise(key: Result<PrivateKey, Problem>) {
    let Ok(key) = key else { return };
    for signature in [Signature::Pkcs1v15(Digest::Sha1), Signature::Pss(Digest::Sha256), Signature::Ecdsa] {
        let _ = key.sign(signature, b"message", &moment());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_the_reader_panic(text in ".*") {
        exercise(PrivateKey::from_pem(&text));
        let _ = DataUri::parse(&format!("data:application/pkcs8{text}"));
        exercise(PrivateKey::from_pem(&format!("-----BEGIN PRIVATE KEY-----{text}-----END PRIVATE KEY-----")));
        exercise(PrivateKey::from_pem(&format!("-----BEGIN {text}-----END {text}-----")));
    }

    #[test]
    fn no_der_makes_the_reader_panic(der in prop::collection::vec(any::<u8>(), 0..200)) {
        exercise(PrivateKey::from_pkcs8(&der));
        exercise(PrivateKey::from_pkcs1(&der));
        exercise(PrivateKey::from_sec1(&der, None));
    }

    #[test]
    fn no_change_to_a_key_makes_it_panic(which in 0..5_usize, place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let text = [vector!("rsa-1024.pem"), vector!("p256.pem"), vector!("p384.pem"), vector!("p521.pem"), vector!("ed25519.pem")];
        let mut der = pem::private_key(text[which]).unwrap().der;
        let at = place.index(der.len());
        der[at] = byte;
        exercise(PrivateKey::from_pkcs8(&der));
    }
}
