//! `credential_process`: no shell, nothing shown of what it prints.

use super::*;

fn with_process(line: &str) -> Tool {
    aws().args(["--profile", "p"]).file(CONFIG, format!("[profile p]\ncredential_process = {line}\n"))
}

/// A script that prints this.
fn printing(json: &str) -> Tool {
    with_process("sh ./print").file("print", format!("cat <<'END'\n{json}\nEND\n"))
}

#[test]
fn its_keys_token_and_expiration_are_used() {
    let json = r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s","SessionToken":"t","Expiration":"2026-01-01T01:00:00Z"}"#;
    let output = printing(json).succeeds();
    assert_eq!(key(&output), "P");
    assert_eq!(header(&output, "X-Amz-Security-Token").as_deref(), Some("t"));
    printing(&json.replace("01:00:00Z", "00:00:00Z")).fails(4).stderr_has("have expired");
}

#[test]
fn no_shell_reads_the_line() {
    let output = with_process(
        "echo '{\"Version\":1,\"AccessKeyId\":\"$(touch here)\",' '\"SecretAccessKey\":\"s\"}' ; touch here > here",
    )
    .fails(2)
    .stderr_has("did not print JSON");
    assert!(!output.home().join("here").exists());
}

#[test]
fn it_does_not_read_the_requests() {
    let json = r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s"}"#;
    with_process("sh ./print")
        .file("print", format!("cat >/dev/null\necho '{json}'\n"))
        .stdin(URL.repeat(3))
        .succeeds()
        .stdout_has("Credential=P/");
}

#[test]
fn one_run_serves_every_request_and_thread() {
    let json = r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s"}"#;
    let output = with_process("sh ./print")
        .arg("-j4")
        .file("print", format!("echo run >>runs\necho '{json}'\n"))
        .stdin(URL.repeat(5000))
        .succeeds();
    assert_eq!(output.lines().len(), 5000);
    assert_eq!(std::fs::read_to_string(output.home().join("runs")).unwrap(), "run\n");
}

#[test]
fn what_goes_wrong_is_said_without_what_it_printed() {
    for (line, message) in [
        ("./no-such-program", "credential_process cannot be started: "),
        ("false", "credential_process ended with exit status: 1"),
        ("echo s3cr3t", "credential_process did not print JSON"),
        ("'open", "credential_process has a quote or a backslash without its end"),
    ] {
        let output = with_process(line).fails(2).stdout_is("").stderr_has(message);
        assert!(!output.err().contains("s3cr3t"), "{}", output.err());
    }
    for (json, message) in [
        (r#"{"Version":2,"AccessKeyId":"P","SecretAccessKey":"s3cr3t"}"#, "another Version"),
        (r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":["s3cr3t"]}"#, "did not print JSON"),
        (r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s3cr3t","Expiration":"x"}"#, "Expiration"),
    ] {
        let output = printing(json).fails(2).stderr_has(message);
        assert!(!output.err().contains("s3cr3t"), "{}", output.err());
    }
}

#[test]
fn endless_output_is_cut_off() {
    with_process("yes").fails(2).stderr_has("printed over 1 MiB");
}
