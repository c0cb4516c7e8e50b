//! What `sign oauth1` takes.

use crate::auth::named_token;
use crate::auth::parameters::Parameter;
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
        Parameter::word("signatureMethod", METHODS).default("HMAC-SHA1").short("How the request is signed"),
        Parameter::identifier("consumerKey").short("The client's identifier").more("oauth_consumer_key"),
        Parameter::secret("consumerSecret")
            .short("The client's secret")
            .more("For HMAC and PLAINTEXT, and it may be empty"),
        Parameter::identifier("token").short("The token").more("oauth_token"),
        Parameter::secret("tokenSecret").short("The token's secret").more("For HMAC and PLAINTEXT"),
        named_token::TOKEN_NAME,
        named_token::STORE,
        Parameter::secret("privateKey")
            .short("The client's RSA key in PEM")
            .more("PKCS#8 or PKCS#1, for the RSA methods"),
        Parameter::text("callback").short("Where the user comes back to").more("For temporary credentials"),
        Parameter::identifier("verifier").short("The code that the user brought back").more("For token credentials"),
        Parameter::number("timestamp").value("SECONDS").default("now").short("Seconds since 1970"),
        Parameter::text("nonce").option_shared().default("random, new for each request").short("The nonce"),
        Parameter::text("version").default("1.0").short("The version").more("Empty leaves oauth_version out"),
        Parameter::text("realm").short("The realm").more("In the header only, and never signed"),
        Parameter::flag("includeBodyHash")
            .default("false")
            .short("Sign a hash of the body (oauth_body_hash)")
            .more(BODY_HASH),
        Parameter::flag("addEmptyParamsToSign")
            .default("false")
            .short("Sign empty parameters too")
            .more("Token, timestamp, nonce, version"),
        Parameter::flag("addParamsToHeader").default("false").short("Sign in the Authorization header").more(HEADER),
        Parameter::flag("disableHeaderEncoding")
            .default("false")
            .short("Leave the header's values unencoded")
            .more("For servers that do not decode them"),
    ],
    challenge: ChallengeOption::Absent,
    make: |layers| Ok(Box::new(super::OAuth1::new(layers)?)),
};

const BODY_HASH: &str = "It is made with the signature method's own digest, and never for a form, whose fields are signed \
                         anyway, nor with PLAINTEXT";

const HEADER: &str = "Else the parameters go into the form body of POST and PUT, and into the query of other requests";
