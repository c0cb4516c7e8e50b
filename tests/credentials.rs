//! Where `sign aws` finds credentials: every place, in the order of AWS's own tools, and what is said when there is
//! nothing or something that does not work.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use support::{Output, Tool, sign};

const URL: &str = "https://api.example.com/\n";

/// `sign aws` with a home of its own, at a fixed time.
fn aws() -> Tool {
    sign(["aws", "--now", "2026-01-01T00:00:00Z"]).stdin(URL)
}

/// Whose key signed.
fn key(output: &Output) -> String {
    let line = output.json().pop().expect("a line");
    let headers = line["headers"].as_array().expect("headers").clone();
    let value = headers.iter().find(|header| header["name"] == "Authorization").expect("Authorization");
    let value = value["value"].as_str().expect("text");
    value.split_once("Credential=").and_then(|(_, rest)| rest.split_once('/')).expect("a credential").0.to_owned()
}

fn header(output: &Output, name: &str) -> Option<String> {
    let line = output.json().pop().expect("a line");
    let headers = line["headers"].as_array().expect("headers").clone();
    headers.iter().find(|header| header["name"] == name).map(|header| header["value"].as_str().unwrap().to_owned())
}

fn region(output: &Output) -> String {
    let value = header(output, "Authorization").expect("Authorization");
    value.split('/').nth(2).expect("a scope").to_owned()
}

fn keys(name: &str) -> String {
    format!("aws_access_key_id = {name}\naws_secret_access_key = secret-of-{name}\n")
}

const CREDENTIALS: &str = ".aws/credentials";
const CONFIG: &str = ".aws/config";

mod order {
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
        let line =
            r#"{"url":"https://h.example/","_auth":{"type":"awsv4","awsv4":{"accessKey":"LINE","secretKey":"s"}}}"#;
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
        let process =
            "credential_process = echo '{\"Version\":1,\"AccessKeyId\":\"PROCESS\",\"SecretAccessKey\":\"s\"}'\n";
        let all = aws()
            .file(CREDENTIALS, format!("[default]\n{}", keys("CREDENTIALS")))
            .file(CONFIG, format!("[default]\n{process}{}", keys("CONFIG")));
        assert_eq!(key(&all.succeeds()), "CREDENTIALS");
        let two = aws().file(CONFIG, format!("[default]\n{}{process}", keys("CONFIG")));
        assert_eq!(key(&two.succeeds()), "PROCESS");
        let one = aws().file(CONFIG, format!("[default]\n{}", keys("CONFIG")));
        assert_eq!(key(&one.succeeds()), "CONFIG");
    }
}

mod environment {
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
}

mod files {
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
            .stderr_has("credentials: line 3 is no `name = value`");
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
}

mod regions {
    use super::*;

    fn with_config(arguments: &[&str]) -> Tool {
        let config = "[default]\nregion = eu-west-1\n[profile work]\nregion = eu-west-2\n";
        aws().args(arguments).args(["--access-key", "A", "--secret-key", "s"]).file(CONFIG, config)
    }

    #[test]
    fn option_host_environment_profile_default_in_this_order() {
        let of = |tool: Tool| region(&tool.succeeds());
        assert_eq!(of(with_config(&["--region", "x-1"]).env("AWS_REGION", "r-1")), "x-1");
        let host = with_config(&[]).stdin("https://sqs.ap-south-1.amazonaws.com/\n").env("AWS_REGION", "r-1");
        assert_eq!(of(host), "ap-south-1");
        assert_eq!(of(with_config(&[]).env("AWS_REGION", "r-1").env("AWS_DEFAULT_REGION", "d-1")), "r-1");
        assert_eq!(of(with_config(&[]).env("AWS_DEFAULT_REGION", "d-1")), "d-1");
        assert_eq!(of(with_config(&[])), "eu-west-1");
        assert_eq!(of(with_config(&[]).env("AWS_PROFILE", "work")), "eu-west-2");
        assert_eq!(of(aws().args(["--access-key", "A", "--secret-key", "s"])), "us-east-1");
    }

    #[test]
    fn a_region_that_would_break_the_scope_is_refused() {
        with_config(&[]).env("AWS_REGION", "us/east").fails(2).stderr_has("not letters, digits and dashes");
    }
}

mod process {
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
        .stderr_has("printed no JSON");
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
            ("echo s3cr3t", "credential_process printed no JSON"),
            ("'open", "credential_process has a quote or a backslash without its end"),
        ] {
            let output = with_process(line).fails(2).stdout_is("").stderr_has(message);
            assert!(!output.err().contains("s3cr3t"), "{}", output.err());
        }
        for (json, message) in [
            (r#"{"Version":2,"AccessKeyId":"P","SecretAccessKey":"s3cr3t"}"#, "another Version"),
            (r#"{"Version":1,"AccessKeyId":"P","SecretAccessKey":["s3cr3t"]}"#, "printed no JSON"),
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
}

mod roles {
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
            ("role_arn = r\ncredential_source = Thin Air\n", "credential_source is none of"),
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
}
