//! The parameters of `sign oauth1`.

use crate::auth::named_token::{STORE, TOKEN_NAME};
use crate::auth::parameters::{NONCE, Parameter, TIMESTAMP};

/// The signature methods: the three of RFC 5849, and the SHA-2 ones that providers added.
pub(super) const METHODS: &[&str] =
    &["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512", "RSA-SHA1", "RSA-SHA256", "RSA-SHA512", "PLAINTEXT"];

/// The parameters in the order in which help lists them.
pub(super) const ALL: &[Parameter] = &[
    SIGNATURE_METHOD,
    CONSUMER_KEY,
    CONSUMER_SECRET,
    TOKEN,
    TOKEN_SECRET,
    TOKEN_NAME,
    STORE,
    PRIVATE_KEY,
    CALLBACK,
    VERIFIER,
    TIMESTAMP,
    NONCE,
    VERSION,
    REALM,
    INCLUDE_BODY_HASH,
    ADD_EMPTY_PARAMS_TO_SIGN,
    ADD_PARAMS_TO_HEADER,
    DISABLE_HEADER_ENCODING,
];

/// The signature method.
pub const SIGNATURE_METHOD: Parameter =
    Parameter::word("signatureMethod", METHODS).default("HMAC-SHA1").short("The signature method");
/// The client's identifier.
pub const CONSUMER_KEY: Parameter =
    Parameter::identifier("consumerKey").short("The client's identifier").more("It is sent as oauth_consumer_key");
/// The client's secret.
pub const CONSUMER_SECRET: Parameter =
    Parameter::secret("consumerSecret").short("The client's secret").more("For HMAC and PLAINTEXT. It may be empty");
/// The token.
pub const TOKEN: Parameter = Parameter::identifier("token").short("The token").more("It is sent as oauth_token");
/// The token's secret.
pub const TOKEN_SECRET: Parameter =
    Parameter::secret("tokenSecret").short("The token's secret").more("For HMAC and PLAINTEXT");
/// The client's private key.
pub const PRIVATE_KEY: Parameter =
    Parameter::secret("privateKey").short("The client's RSA key in PEM").more("PKCS#8 or PKCS#1, for the RSA methods");
/// The URL that the user comes back to.
pub const CALLBACK: Parameter =
    Parameter::text("callback").short("The URL that the user comes back to").more("For temporary credentials");
/// The code that the user brought back.
pub const VERIFIER: Parameter =
    Parameter::identifier("verifier").short("The code that the user brought back").more("For token credentials");
pub(super) const VERSION: Parameter =
    Parameter::text("version").default("1.0").short("The version").more("If it is empty, oauth_version is left out");
pub(super) const REALM: Parameter =
    Parameter::text("realm").short("The realm").more("It goes into the header only, and is never signed");
pub(super) const INCLUDE_BODY_HASH: Parameter = Parameter::flag("includeBodyHash")
    .default("false")
    .short("Sign a hash of the body (oauth_body_hash)")
    .more(
        "It is made with the digest of the signature method. A form has none, because its fields are signed anyway, nor \
         has PLAINTEXT",
    );
pub(super) const ADD_EMPTY_PARAMS_TO_SIGN: Parameter = Parameter::flag("addEmptyParamsToSign")
    .default("false")
    .short("Sign empty parameters too")
    .more("They are token, timestamp, nonce and version");
/// The flag that puts the signature into a header.
pub const ADD_PARAMS_TO_HEADER: Parameter = Parameter::flag("addParamsToHeader")
    .default("false")
    .short("Sign in the Authorization header")
    .more("Without it, the signature is in the form body of POST and PUT, and in the query of other requests");
pub(super) const DISABLE_HEADER_ENCODING: Parameter = Parameter::flag("disableHeaderEncoding")
    .default("false")
    .short("Leave the header's values unencoded")
    .more("For servers that do not decode them");
