//! `~/.aws/credentials` and `~/.aws/config`, and what is said when nothing is found.

use super::*;

#[test]
fn the_variables_say_where_the_files_are() {
    aws()
        .env("AWS_SHARED_CREDENTIALS_FILE", "~/elsewhere/keys")
        .file("elsewhere/keys", format!("[default]\n{}", keys("ELSEWHERE")))
        .file(CREDENTIALS, format!("[default]\n{}", keys("USUAL")))
        .succeeds()
        .stdout_has("Credential=ELSEWHERE/");
    aws()
        .env("AWS_CONFIG_FILE", "conf")
        .env("AWS_PROFILE", "two words")
        .file("conf", format!("[profile \"two words\"]\n{}", keys("QUOTED")))
        .succeeds()
        .stdout_has("Credential=QUOTED/");
}

#[test]
fn a_profile_that_is_named_must_exist() {
    let output = aws().args(["--profile", "missing"]).file(CREDENTIALS, "[other]\n").fails(2);
    let message = output.err();
    assert!(message.starts_with("sign: aws: profile missing is not in "), "{message}");
    assert!(message.contains("/.aws/credentials or ") && message.contains("/.aws/config\n"), "{message}");
    aws().env("AWS_PROFILE", "missing").fails(2).stderr_has("profile missing is not in ");
}

#[test]
fn half_a_pair_is_named_by_its_profile() {
    aws()
        .file(CREDENTIALS, "[default]\naws_access_key_id = A\n")
        .fails(2)
        .stderr_has("profile default: aws_access_key_id without aws_secret_access_key");
}

#[test]
fn what_is_no_setting_is_named_by_file_and_line_and_not_quoted() {
    aws()
        .file(CREDENTIALS, "[default]\n# fine\nsecret without a name\n")
        .fails(2)
        .stderr_has("credentials: line 3 is not `name = value`");
}

#[test]
fn an_unreadable_file_is_an_error() {
    aws().file(".aws/credentials/folder", "").fails(1).stderr_has(".aws/credentials: ");
}

#[test]
fn a_huge_file_is_refused() {
    aws().file(CREDENTIALS, "#".repeat((4 << 20) + 1)).fails(1).stderr_has("is over 4096 KiB");
}

#[test]
fn nothing_found_names_every_place_in_order() {
    let output = aws().file(CONFIG, "[profile other]\n").fails(2).stdout_is("");
    let message = output.err();
    let mut at = 0;
    for place in [
        "no credentials: looked at --access-key",
        "AWS_ACCESS_KEY_ID (not set)",
        "AWS_WEB_IDENTITY_TOKEN_FILE (not set)",
        ".aws/credentials (no such file)",
        ".aws/config (no such profile)",
        "only with --metadata",
    ] {
        at += message.get(at..).unwrap().find(place).unwrap_or_else(|| panic!("{place} is not in {message}"));
    }
}

#[test]
fn no_home_is_no_crash() {
    let mut tool = aws();
    tool.command().env_remove("HOME");
    let output = tool.run();
    assert!(matches!(output.status.code(), Some(0 | 2)), "{}", output.err());
}
