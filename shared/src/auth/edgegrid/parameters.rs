//! The parameters of `sign edgegrid`.

use crate::auth::parameters::{NONCE, Parameter};

/// The parameters in the order in which help lists them.
pub(super) const ALL: &[Parameter] = &[
    ACCESS_TOKEN,
    CLIENT_TOKEN,
    CLIENT_SECRET,
    HEADERS_TO_SIGN,
    MAX_BODY_SIZE,
    BASE_URL,
    NONCE,
    TIMESTAMP,
    ACCOUNT_KEY,
    EDGERC,
    SECTION,
];

/// The access token.
pub const ACCESS_TOKEN: Parameter =
    Parameter::identifier("accessToken").default("that of the .edgerc section").short("The access token");
/// The client token.
pub const CLIENT_TOKEN: Parameter =
    Parameter::identifier("clientToken").default("that of the .edgerc section").short("The client token");
/// The client secret.
pub const CLIENT_SECRET: Parameter =
    Parameter::secret("clientSecret").default("that of the .edgerc section").short("The client secret");
/// The names of headers to sign.
pub const HEADERS_TO_SIGN: Parameter = Parameter::text("headersToSign")
    .default("those of the .edgerc section, else none")
    .short("Names of headers to sign, with commas between")
    .more("The order is that of the API");
/// The number of body bytes that are signed.
pub const MAX_BODY_SIZE: Parameter = Parameter::number("maxBodySize")
    .value("BYTES")
    .default("max_body of the .edgerc section, else 131072")
    .short("The number of bytes of a POST body that are signed");
/// The host that is signed in place of the request's.
pub const BASE_URL: Parameter = Parameter::text("baseURL")
    .default("the request's own host")
    .short("Sign for this host")
    .more("It is needed if the request reaches the host by another name");
pub(super) const TIMESTAMP: Parameter =
    Parameter::number("timestamp").value("TIME").default("now").short("The time of signing, as 20140321T19:34:21+0000");
pub(super) const ACCOUNT_KEY: Parameter = Parameter::text("accountKey")
    .default("account_key of the .edgerc section, else none")
    .short("Act on this account")
    .more("It goes into the query as accountSwitchKey");
/// The file that credentials are taken from.
pub const EDGERC: Parameter = Parameter::text("edgerc")
    .not_in_line()
    .default("AKAMAI_CLIENT_SECRET and its like, then ~/.edgerc")
    .short("Take what is not given from this file");
/// The section that credentials are taken from.
pub const SECTION: Parameter = Parameter::text("section")
    .not_in_line()
    .default("default")
    .short("Take it from this section")
    .more("The variables of a section are AKAMAI_SECTION_CLIENT_SECRET and so on");
