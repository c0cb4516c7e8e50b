//! The table of settings: options, environment variables, profile keys and help all come from it, and look-ups take its
//! constants.

use countersign_shared::oauth::dialect::AssertionPlace;
use countersign_shared::oauth::style::Encoding;
use countersign_shared::oauth::{Authentication, Grant, Used};
use countersign_shared::options::{Choice, Choices as _, Parameter, words};

const GRANTS: [Choice; Grant::CHOICES.len()] = words(Grant::CHOICES);

const AUTHENTICATIONS: [Choice; Authentication::CHOICES.len()] = words(Authentication::CHOICES);

const USES: [Choice; Used::CHOICES.len()] = words(Used::CHOICES);

const ENCODINGS: [Choice; Encoding::CHOICES.len()] = words(Encoding::CHOICES);

const ASSERTION_PLACES: [Choice; AssertionPlace::CHOICES.len()] = words(AssertionPlace::CHOICES);

pub(crate) const PROVIDER: Parameter =
    Parameter::text("provider").value("PROVIDER").short("Use what is known about this provider").more(
        "github, entra:TENANT and others: `oauth-token provider list` names them. Other options go over what is known",
    );

pub(crate) const USE: Parameter =
    Parameter::choice("use", &USES).value("TOKEN").default("access_token").short("The token to hand out");

pub(crate) const GRANT: Parameter = Parameter::choice("grant", &GRANTS).value("GRANT").short("The OAuth grant to use");

pub(crate) const CALLBACK_URL: Parameter = Parameter::text("callback-url")
    .value("URL")
    .default("http://127.0.0.1/callback")
    .short("The redirect URI")
    .more("The browser comes back to it. Without a port, any free one is taken");

pub(crate) const AUTH_URL: Parameter = Parameter::text("auth-url").value("URL").short("The authorization endpoint");

pub(crate) const ACCESS_TOKEN_URL: Parameter =
    Parameter::text("access-token-url").value("URL").short("The token endpoint");

pub(crate) const CLIENT_ID: Parameter = Parameter::text("client-id").value("ID").short("The client's id");

pub(crate) const CLIENT_SECRET: Parameter = Parameter::secret("client-secret").short("The client's secret");

pub(crate) const SCOPE: Parameter = Parameter::text("scope").value("SCOPE").short("Scopes, separated by spaces");

pub(crate) const STATE: Parameter = Parameter::text("state").default("random").short("The state parameter");

pub(crate) const USERNAME: Parameter =
    Parameter::text("username").value("NAME").short("The user's name, for the password grant");

pub(crate) const PASSWORD: Parameter =
    Parameter::secret("password").short("The user's password, for the password grant");

pub(crate) const RESOURCE: Parameter = Parameter::list("resource")
    .value("URI")
    .short("The resource that the token is for (RFC 8707)")
    .more("May be repeated");

pub(crate) const AUDIENCE: Parameter =
    Parameter::text("audience").value("AUDIENCE").short("The audience that the token is for");

pub(crate) const CODE_CHALLENGE_METHOD: Parameter =
    Parameter::word("code-challenge-method", &["S256", "plain", "none"])
        .value("METHOD")
        .default("S256")
        .short("PKCE method (RFC 7636)");

pub(crate) const CODE_VERIFIER: Parameter = Parameter::secret("code-verifier")
    .default("random")
    .short("The PKCE verifier")
    .more("43 to 128 unreserved characters (RFC 7636)");

pub(crate) const HEADER_PREFIX: Parameter =
    Parameter::text("header-prefix").value("PREFIX").default("Bearer").short("The word before the token in a header");

pub(crate) const CLIENT_AUTHENTICATION: Parameter = Parameter::choice("client-authentication", &AUTHENTICATIONS)
    .value("METHOD")
    .default("header with a secret, else none")
    .short("How the client authenticates");

pub(crate) const DISCOVER: Parameter = Parameter::text("discover")
    .value("ISSUER")
    .short("Ask this issuer for its endpoints")
    .more("OpenID Connect Discovery or RFC 8414");

pub(crate) const DEVICE_AUTHORIZATION_URL: Parameter =
    Parameter::text("device-authorization-url").value("URL").short("The device authorization endpoint (RFC 8628)");

pub(crate) const REVOCATION_URL: Parameter =
    Parameter::text("revocation-url").value("URL").short("The revocation endpoint (RFC 7009)");

pub(crate) const REFRESH_TOKEN: Parameter =
    Parameter::secret("refresh-token").short("The refresh token of the refresh_token grant");

pub(crate) const PRIVATE_KEY: Parameter = Parameter::secret("private-key")
    .short("The client's private key, in PEM")
    .more("For private_key_jwt and the RSA signatures of oauth1");

pub(crate) const KEY_ID: Parameter = Parameter::text("key-id").value("ID").short("Key id (kid) of client assertions");

pub(crate) const ASSERTION: Parameter =
    Parameter::secret("assertion").short("The assertion of the jwt_bearer grant").more("RFC 7523");

pub(crate) const SUBJECT_TOKEN: Parameter =
    Parameter::secret("subject-token").short("The token to exchange (RFC 8693)");

pub(crate) const SUBJECT_TOKEN_TYPE: Parameter = Parameter::text("subject-token-type")
    .value("URN")
    .default("urn:ietf:params:oauth:token-type:access_token")
    .short("Type of the token to exchange");

pub(crate) const CONSUMER_KEY: Parameter =
    Parameter::text("consumer-key").value("KEY").short("OAuth 1.0a: the client's key");

pub(crate) const CONSUMER_SECRET: Parameter =
    Parameter::secret("consumer-secret").short("OAuth 1.0a: the client's secret");

pub(crate) const REQUEST_TOKEN_URL: Parameter = Parameter::text("request-token-url")
    .value("URL")
    .short("OAuth 1.0a: the first endpoint")
    .more("It gives temporary credentials");

pub(crate) const SIGNATURE_METHOD: Parameter = Parameter::text("signature-method")
    .value("METHOD")
    .default("HMAC-SHA1")
    .short("OAuth 1.0a: the signature method")
    .more("HMAC-SHA1, RSA-SHA256 and so on");

pub(crate) const AUTH_PARAM: Parameter = Parameter::list("auth-param")
    .value("NAME=VALUE")
    .short("Add this to the authorization request")
    .more("May be repeated");

pub(crate) const TOKEN_PARAM: Parameter =
    Parameter::list("token-param").value("NAME=VALUE").short("Add this to token requests").more("May be repeated");

pub(crate) const MIN_TTL: Parameter =
    Parameter::duration("min-ttl").default("30s").short("Replace a token that expires within this time");

pub(crate) const TIMEOUT: Parameter =
    Parameter::duration("timeout").default("5m").short("Give up if nobody signs in within this time");

pub(crate) const STORE: Parameter = Parameter::text("store")
    .value("HELPER")
    .short("Keep tokens with docker-credential-HELPER")
    .more("Without it they are kept in a file");

pub(crate) const KEY_FILE: Parameter = Parameter::text("key-file")
    .value("FILE")
    .short("The key that signs the jwt_bearer assertion")
    .more("The JSON of a Google service account, or a private key in PEM (a GitHub App's, say)");

pub(crate) const ASSERTION_CLAIM: Parameter = Parameter::list("assertion-claim")
    .value("NAME=VALUE")
    .short("Add a claim to the assertion of --key-file")
    .more("sub=USER and aud=AUDIENCE are the commonest. May be repeated");

pub(crate) const ASSERTION_IN: Parameter = Parameter::choice("assertion-in", &ASSERTION_PLACES)
    .value("PLACE")
    .default("body")
    .short("Where the assertion of jwt_bearer is sent");

pub(crate) const ASSERTION_CERT: Parameter = Parameter::text("assertion-cert")
    .value("FILE")
    .short("The certificate of client assertions (x5t)")
    .more("A PEM file. Microsoft Entra and AD FS find the key by it");

pub(crate) const REFRESH_URL: Parameter =
    Parameter::text("refresh-url").value("URL").default("the token endpoint").short("The endpoint for refreshes");

pub(crate) const TOKEN_REQUEST: Parameter = Parameter::choice("token-request", &ENCODINGS)
    .value("ENCODING")
    .default("form, json for login")
    .short("How token requests are written");

pub(crate) const TOKEN_HEADER: Parameter = Parameter::list("token-header")
    .value("HEADER")
    .short("Add 'Name: value' to token requests")
    .more("The value may be a reference such as env:NAME. May be repeated");

pub(crate) const SCOPE_SEPARATOR: Parameter =
    Parameter::text("scope-separator").value("TEXT").default("a space").short("What stands between two scopes");

pub(crate) const ACCESS_TOKEN_AT: Parameter = Parameter::text("access-token-at")
    .value("POINTER")
    .default("/access_token")
    .short("Where the access token is in the answer")
    .more("A JSON pointer (RFC 6901), such as /authed_user/access_token");

pub(crate) const LOGIN_FIELDS: Parameter = Parameter::text("login-fields")
    .value("NAME,NAME")
    .default("username,password")
    .short("The names of the two fields of a login call");

pub(crate) const LIFETIME: Parameter =
    Parameter::duration("lifetime").default("valid until refused").short("Lifetime if the server does not say");

pub(crate) const NO_PAR: Parameter = Parameter::switch("no-par").short("Push no authorization request (RFC 9126)");

pub(crate) const ALLOW_UNCONFIRMED: Parameter = Parameter::switch("allow-unconfirmed")
    .short("OAuth 1.0a: take an unconfirmed callback")
    .more("That is one without oauth_callback_confirmed=true");

pub(crate) const LISTEN: Parameter = Parameter::text("listen")
    .value("HOST:PORT")
    .default("where --callback-url says")
    .short("Wait for the browser at this address")
    .more("For a browser that comes through a tunnel, a container's port or a proxy");

pub(crate) const FRESH: Parameter = Parameter::switch("fresh")
    .short("Get a new token, whatever is kept")
    .more("The kept one stays until the new one is there");

pub(crate) const VARIABLE: Parameter =
    Parameter::text("variable").value("NAME").default("ACCESS_TOKEN").short("The variable of --format env and of exec");

pub(crate) const NO_BROWSER: Parameter = Parameter::switch("no-browser")
    .short("Start no browser")
    .more("The URL is printed, and the address that the browser ends at is read from stdin");

pub(crate) const NO_INPUT: Parameter =
    Parameter::switch("no-input").short("Never prompt; exit 5 if a person is needed");

pub(crate) const ALLOW_HTTP: Parameter = Parameter::switch("allow-http")
    .short("Send secrets over plain http to any host")
    .more("Without it they go to this machine only");

pub(crate) const HOST: Parameter = Parameter::list("host")
    .value("HOST")
    .default("the site of the token endpoint")
    .short("A host that git or docker gets the token for")
    .more("HOST or HOST:PORT. May be repeated");

pub(crate) const TOKEN_NAME: Parameter = Parameter::text("token-name").no_option();

pub(crate) const FORMAT: Parameter = Parameter::text("format").no_option();

pub(crate) const MAX_TIME: Parameter = Parameter::duration("max-time").no_option();

pub(crate) const CONNECT_TIMEOUT: Parameter = Parameter::duration("connect-timeout").no_option();

pub(crate) const PROXY: Parameter = Parameter::text("proxy").no_option();

pub(crate) const CACERT: Parameter = Parameter::text("cacert").no_option();

pub(crate) const CERT: Parameter = Parameter::text("cert").no_option();

pub(crate) const CERT_KEY: Parameter = Parameter::text("cert-key").no_option();

/// The table, in the order of the help. The settings that Postman has too come first.
pub(crate) const ALL: &[&Parameter] = &[
    &PROVIDER,
    &GRANT,
    &CALLBACK_URL,
    &AUTH_URL,
    &ACCESS_TOKEN_URL,
    &CLIENT_ID,
    &CLIENT_SECRET,
    &SCOPE,
    &STATE,
    &USERNAME,
    &PASSWORD,
    &RESOURCE,
    &AUDIENCE,
    &CODE_CHALLENGE_METHOD,
    &CODE_VERIFIER,
    &HEADER_PREFIX,
    &USE,
    &VARIABLE,
    &CLIENT_AUTHENTICATION,
    &DISCOVER,
    &DEVICE_AUTHORIZATION_URL,
    &REVOCATION_URL,
    &REFRESH_TOKEN,
    &PRIVATE_KEY,
    &KEY_ID,
    &ASSERTION_CERT,
    &ASSERTION,
    &KEY_FILE,
    &ASSERTION_CLAIM,
    &ASSERTION_IN,
    &SUBJECT_TOKEN,
    &SUBJECT_TOKEN_TYPE,
    &CONSUMER_KEY,
    &CONSUMER_SECRET,
    &REQUEST_TOKEN_URL,
    &SIGNATURE_METHOD,
    &AUTH_PARAM,
    &TOKEN_PARAM,
    &TOKEN_HEADER,
    &TOKEN_REQUEST,
    &REFRESH_URL,
    &SCOPE_SEPARATOR,
    &ACCESS_TOKEN_AT,
    &LOGIN_FIELDS,
    &LIFETIME,
    &NO_PAR,
    &ALLOW_UNCONFIRMED,
    &MIN_TTL,
    &TIMEOUT,
    &FRESH,
    &STORE,
    &LISTEN,
    &NO_BROWSER,
    &NO_INPUT,
    &ALLOW_HTTP,
    &HOST,
    // These have no option of the table: the command declares them, with all that depends on it.
    &TOKEN_NAME,
    &FORMAT,
    &MAX_TIME,
    &CONNECT_TIMEOUT,
    &PROXY,
    &CACERT,
    &CERT,
    &CERT_KEY,
];

/// Returns the setting with that key, as a profile spells it.
pub(crate) fn named(key: &str) -> Option<&'static Parameter> {
    ALL.iter().find(|parameter| parameter.key == key).copied()
}
