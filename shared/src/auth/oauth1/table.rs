//! What `sign oauth1` takes.

use crate::auth::named_token;
use crate::auth::parameters::{Kind, Parameter, Place};
use crate::auth::scheme::{ChallengeOption, Table};

/// The signature methods, RFC 5849's three and the SHA-2 ones made after them.
pub(super) const METHODS: &[&str] =
    &["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "RSA-SHA1", "RSA-SHA256", "RSA-SHA512", "PLAINTEXT"];

/// Names, help and parameters.
pub static TABLE: Table = Table {
    name: "oauth1",
    aliases: &[],
    about: "OAuth 1.0 (RFC 5849)",
    examples: "  echo https://api.example.com/me |
      sign oauth1 --consumer-key app --consumer-secret env:APP_SECRET \\
      --token env:TOKEN --token-secret env:TOKEN_SECRET \\
      --add-params-to-header --to curl-config | curl -K -
  echo https://api.example.com/me |
      sign oauth1 --token-name photos --to curl-config | curl -K -
  echo https://api.example.com/me |
      sign oauth1 --consumer-key app --signature-method RSA-SHA256 \\
      --private-key file:app.pem --to url",
    parameters: &[
        Parameter {
            key: "signatureMethod",
            kind: Kind::Choice(METHODS),
            place: Place::Everywhere,
            default: Some("HMAC-SHA1"),
            help: "How the request is signed",
        },
        text("consumerKey", Kind::Identifier, "The client's identifier; oauth_consumer_key"),
        text("consumerSecret", Kind::Secret, "The client's secret; for HMAC and PLAINTEXT, and it may be empty"),
        text("token", Kind::Identifier, "The token; oauth_token"),
        text("tokenSecret", Kind::Secret, "The token's secret; for HMAC and PLAINTEXT"),
        named_token::TOKEN_NAME,
        named_token::STORE,
        text("privateKey", Kind::Secret, "The client's RSA key in PEM; PKCS#8 or PKCS#1, for the RSA methods"),
        text("callback", Kind::Text, "Where the user comes back to; for temporary credentials"),
        text("verifier", Kind::Identifier, "The code that the user brought back; for token credentials"),
        Parameter {
            key: "timestamp",
            kind: Kind::Measure("SECONDS"),
            place: Place::Everywhere,
            default: Some("now"),
            help: "Seconds since 1970",
        },
        Parameter {
            key: "nonce",
            kind: Kind::Text,
            place: Place::OptionShared,
            default: Some("random, new for each request"),
            help: "The nonce",
        },
        Parameter {
            key: "version",
            kind: Kind::Text,
            place: Place::Everywhere,
            default: Some("1.0"),
            help: "The version; empty leaves oauth_version out",
        },
        text("realm", Kind::Text, "The realm; in the header only, and never signed"),
        flag("includeBodyHash", BODY_HASH),
        flag("addEmptyParamsToSign", "Sign empty parameters too; token, timestamp, nonce, version"),
        flag("addParamsToHeader", HEADER),
        flag("disableHeaderEncoding", "Leave the header's values unencoded; for servers that do not decode them"),
    ],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(super::OAuth1::new(layers)?)),
};

const BODY_HASH: &str = "Sign a hash of the body (oauth_body_hash); made with the signature method's own digest, and never \
                         for a form, whose fields are signed anyway, nor with PLAINTEXT";

const HEADER: &str =
    "Sign in the Authorization header; else in the form body of POST and PUT, and in the query of other requests";

const fn text(key: &'static str, kind: Kind, help: &'static str) -> Parameter {
    Parameter { key, kind, place: Place::Everywhere, default: None, help }
}

const fn flag(key: &'static str, help: &'static str) -> Parameter {
    Parameter { key, kind: Kind::Flag, place: Place::Everywhere, default: Some("false"), help }
}
