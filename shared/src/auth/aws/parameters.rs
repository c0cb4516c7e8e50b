//! The parameters of `sign aws`.

use crate::auth::parameters::Parameter;

/// The parameters in the order in which help lists them.
pub(super) const ALL: &[Parameter] = &[
    ACCESS_KEY,
    SECRET_KEY,
    SESSION_TOKEN,
    REGION,
    SERVICE,
    ADD_AUTH_DATA_TO_QUERY,
    EXPIRES,
    UNSIGNED_PAYLOAD,
    PROFILE,
    METADATA,
];

/// The access key's id.
pub const ACCESS_KEY: Parameter =
    Parameter::identifier("accessKey").default("where AWS's own tools look").short("The access key's id");
/// The secret access key.
pub const SECRET_KEY: Parameter =
    Parameter::secret("secretKey").default("where AWS's own tools look").short("The secret access key");
/// The token of temporary credentials.
pub const SESSION_TOKEN: Parameter = Parameter::secret("sessionToken").short("The token of temporary credentials");
/// The region.
pub const REGION: Parameter = Parameter::text("region")
    .default("what the host name says, else AWS_REGION, the profile's, us-east-1")
    .short("The region");
/// The service, by its name in credential scopes.
pub const SERVICE: Parameter = Parameter::text("service")
    .default("what the host name says, else execute-api")
    .short("The service, as credential scopes name it")
    .more("Examples are s3, execute-api and es");
pub(super) const ADD_AUTH_DATA_TO_QUERY: Parameter = Parameter::flag("addAuthDataToQuery")
    .default("false")
    .short("Sign in the query, not in headers")
    .more("That makes a presigned URL");
pub(super) const EXPIRES: Parameter = Parameter::duration("expires")
    .not_in_line()
    .default("X-Amz-Expires of the URL, else 1h")
    .short("Time for which a presigned URL is valid")
    .more("At most 7d");
/// The flag that leaves the body out of the signature.
pub const UNSIGNED_PAYLOAD: Parameter = Parameter::flag("unsignedPayload")
    .not_in_line()
    .default("false")
    .short("Leave the body out of the signature")
    .more("UNSIGNED-PAYLOAD is signed in its place");
/// The profile that credentials are taken from.
pub const PROFILE: Parameter = Parameter::text("profile")
    .not_in_line()
    .default("AWS_PROFILE, else default")
    .short("The profile to take credentials from")
    .more(
        "Profiles are in ~/.aws/config and ~/.aws/credentials. They are read if no keys are given. With this option, \
         AWS_ACCESS_KEY_ID is not looked at",
    );
pub(super) const METADATA: Parameter = Parameter::word("metadata", &["container", "instance"])
    .not_in_line()
    .default("neither is asked")
    .short("Ask the metadata service for credentials")
    .more("It is that of this container or of this virtual machine");
