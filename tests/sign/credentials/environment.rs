//! `AWS_ACCESS_KEY_ID` and what belongs to it.

use super::*;

#[test]
fn a_session_token_is_signed_along() {
    let tool = || aws().env("AWS_ACCESS_KEY_ID", "A").env("AWS_SECRET_ACCESS_KEY", "s");
    let output = tool().env("AWS_SESSION_TOKEN", "t0ken").succeeds();
    assert_eq!(header(&output, "X-Amz-Security-Token").as_deref(), Some("t0ken"));
    assert!(header(&output, "Authorization").unwrap().contains("x-amz-security-token"));
    // An empty variable is an unset one.
    let output = tool().env("AWS_SESSION_TOKEN", "").succeeds();
    assert_eq!(header(&output, "X-Amz-Security-Token"), None);
}

#[test]
fn half_a_pair_is_an_error_and_not_a_reason_to_look_elsewhere() {
    aws()
        .env("AWS_ACCESS_KEY_ID", "A")
        .file(CREDENTIALS, format!("[default]\n{}", keys("FILE")))
        .fails(2)
        .stdout_is("")
        .stderr_is("sign: aws: AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not\n");
}

#[test]
fn expired_credentials_are_refused() {
    let tool = |expiration: &str| {
        aws()
            .env("AWS_ACCESS_KEY_ID", "A")
            .env("AWS_SECRET_ACCESS_KEY", "s")
            .env("AWS_CREDENTIAL_EXPIRATION", expiration)
    };
    tool("2025-12-31T23:59:59Z").fails(4).stderr_has("have expired");
    tool("2026-01-01T00:00:01+00:00").succeeds();
    tool("soon").fails(2).stderr_has("AWS_CREDENTIAL_EXPIRATION");
}
