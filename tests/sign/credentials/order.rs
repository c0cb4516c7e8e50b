//! Which place goes before which.

use super::*;

#[test]
fn options_go_before_the_environment_and_that_before_the_files() {
    let with = |tool: Tool| {
        tool.env("AWS_ACCESS_KEY_ID", "ENVIRONMENT")
            .env("AWS_SECRET_ACCESS_KEY", "s")
            .file(CREDENTIALS, format!("[default]\n{}", keys("FILE")))
    };
    let given = with(aws().args(["--access-key", "OPTION", "--secret-key", "s"])).succeeds();
    assert_eq!(key(&given), "OPTION");
    let ours = with(aws().env("COUNTERSIGN_AWS_ACCESS_KEY", "OURS").env("COUNTERSIGN_AWS_SECRET_KEY", "s"));
    assert_eq!(key(&ours.succeeds()), "OURS");
    assert_eq!(key(&with(aws()).succeeds()), "ENVIRONMENT");
    let file = aws().file(CREDENTIALS, format!("[default]\n{}", keys("FILE")));
    assert_eq!(key(&file.succeeds()), "FILE");
}

#[test]
fn a_profile_that_an_option_names_goes_before_the_environment() {
    let tool = |arguments: &[&str]| {
        aws()
            .args(arguments)
            .env("AWS_ACCESS_KEY_ID", "ENVIRONMENT")
            .env("AWS_SECRET_ACCESS_KEY", "s")
            .file(CREDENTIALS, format!("[work]\n{}", keys("WORK")))
    };
    assert_eq!(key(&tool(&["--profile", "work"]).succeeds()), "WORK");
    // The variable of AWS's own tools does not.
    assert_eq!(key(&tool(&[]).env("AWS_PROFILE", "work").succeeds()), "ENVIRONMENT");
    // Ours stands for the option.
    assert_eq!(key(&tool(&[]).env("COUNTERSIGN_AWS_PROFILE", "work").succeeds()), "WORK");
}

#[test]
fn the_lines_own_keys_go_before_all_that_is_no_option() {
    let line = r#"{"url":"https://h.example/","_auth":{"type":"awsv4","awsv4":{"accessKey":"LINE","secretKey":"s"}}}"#;
    let tool = |arguments: &[&str]| {
        aws()
            .args(arguments)
            .stdin(line)
            .env("COUNTERSIGN_AWS_SESSION_TOKEN", "of another key")
            .env("AWS_ACCESS_KEY_ID", "ENVIRONMENT")
            .env("AWS_SECRET_ACCESS_KEY", "s")
            .file(CREDENTIALS, format!("[work]\n{}", keys("WORK")))
    };
    let output = tool(&[]).succeeds();
    assert_eq!(key(&output), "LINE");
    assert_eq!(header(&output, "X-Amz-Security-Token"), None);
    assert_eq!(key(&tool(&["--profile", "work"]).succeeds()), "WORK");
}

#[test]
fn the_credentials_file_goes_before_a_process_and_that_before_the_config_file() {
    let process = "credential_process = echo '{\"Version\":1,\"AccessKeyId\":\"PROCESS\",\"SecretAccessKey\":\"s\"}'\n";
    let all = aws()
        .file(CREDENTIALS, format!("[default]\n{}", keys("CREDENTIALS")))
        .file(CONFIG, format!("[default]\n{process}{}", keys("CONFIG")));
    assert_eq!(key(&all.succeeds()), "CREDENTIALS");
    let two = aws().file(CONFIG, format!("[default]\n{}{process}", keys("CONFIG")));
    assert_eq!(key(&two.succeeds()), "PROCESS");
    let one = aws().file(CONFIG, format!("[default]\n{}", keys("CONFIG")));
    assert_eq!(key(&one.succeeds()), "CONFIG");
}
