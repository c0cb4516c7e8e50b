//! Roles that cannot be assumed: circles, what is missing, what a person must type.

use super::*;

#[test]
fn a_circle_is_named() {
    let config = "[profile a]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = c\n\
                  [profile c]\nrole_arn = r\nsource_profile = a\n[profile self]\nrole_arn = r\nsource_profile = self\n";
    let fails = |profile: &str| aws().args(["--profile", profile]).file(CONFIG, config).fails(2);
    fails("a").stderr_has("source_profile leads in a circle: a → b → c → a");
    fails("self").stderr_has("source_profile leads in a circle: self → self");
}

#[test]
fn what_is_missing_or_contradicts_is_said() {
    for (settings, message) in [
        ("role_arn = r\n", "needs a source_profile or a credential_source"),
        ("role_arn = r\nsource_profile = x\ncredential_source = Environment\n", "has both source_profile and"),
        ("role_arn = r\nsource_profile = nowhere\n", "source_profile nowhere does not exist"),
        ("role_arn = r\nsource_profile = empty\n", "source_profile empty has no credentials"),
        (
            "role_arn = r\ncredential_source = Thin Air\n",
            "credential_source is not Environment, Ec2InstanceMetadata or EcsContainer",
        ),
        ("role_arn = r\ncredential_source = Environment\n", "AWS_ACCESS_KEY_ID is not set"),
        ("web_identity_token_file = f\n", "web_identity_token_file without role_arn"),
        ("web_identity_token_file = f\nrole_arn = r\n", "token file f does not exist"),
    ] {
        let config = format!("[profile p]\n{settings}[profile empty]\nregion = x-1\n");
        aws().args(["--profile", "p"]).file(CONFIG, config).fails(2).stderr_has(message);
    }
    aws().env("AWS_WEB_IDENTITY_TOKEN_FILE", "f").fails(2).stderr_has("AWS_ROLE_ARN is not");
}

#[test]
fn a_code_that_a_person_types_is_not_guessed() {
    let config =
        format!("[default]\n{}[profile p]\nrole_arn = r\nsource_profile = default\nmfa_serial = m\n", keys("A"));
    let output = aws().args(["--profile", "p"]).file(CONFIG, config).fails(5);
    output.stderr_has("profile p: mfa_serial asks for a code").stderr_has("credential_process");
}
