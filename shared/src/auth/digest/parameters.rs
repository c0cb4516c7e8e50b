//! The parameters of `sign digest`.

use super::offer::{Algorithm, Qop};
use crate::auth::parameters::{DISABLE_RETRY_REQUEST, PASSWORD, Parameter, USERNAME};

/// The parameters in the order in which help lists them.
pub(super) const ALL: &[Parameter] =
    &[USERNAME, PASSWORD, REALM, NONCE, ALGORITHM, QOP, NONCE_COUNT, CLIENT_NONCE, OPAQUE, DISABLE_RETRY_REQUEST];

/// The realm.
pub const REALM: Parameter = Parameter::text("realm")
    .default("the server's")
    .short("The realm")
    .more("Together with a nonce, no server is asked. Alone, only a challenge for this realm is answered");
/// The server's nonce.
pub const NONCE: Parameter = Parameter::text("nonce")
    .option_shared()
    .default("the server's")
    .short("The server's nonce, if there is a realm")
    .more("Without a realm, the client's nonce");
/// The algorithm.
pub const ALGORITHM: Parameter = Parameter::word("algorithm", Algorithm::NAMES)
    .default("the strongest offered; MD5 with realm and nonce")
    .short("The algorithm")
    .more("One that the server does not offer is an error");
/// The quality of protection.
pub const QOP: Parameter = Parameter::word("qop", Qop::NAMES)
    .default("auth if offered, else auth-int; none with realm and nonce")
    .short("The quality of protection")
    .more("auth-int covers the body");
pub(super) const NONCE_COUNT: Parameter = Parameter::number("nonceCount")
    .value("COUNT")
    .default("00000001")
    .short("The count of the first request, in hex")
    .more("It counts the requests that carry the nonce");
pub(super) const CLIENT_NONCE: Parameter =
    Parameter::text("clientNonce").default("random, new for each request").short("The client's nonce");
/// The value that the server wants back.
pub const OPAQUE: Parameter =
    Parameter::text("opaque").short("The value that the server wants back").more("It goes with realm and nonce");
