//! Where `sign aws` finds credentials: every place, in the order of AWS's own tools, and what is said when there is
//! nothing or something that does not work.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use support::peers::Server;
use support::{Origin, Output, Tool, sign};

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

/// What a service was asked: head and body.
type Asked = Arc<Mutex<Vec<String>>>;

/// A service that answers what `answer` says to each request, in turn.
fn service(answer: impl Fn(usize, &str) -> String + Send + Sync + 'static) -> (Origin, Asked) {
    let asked = Asked::default();
    let seen = Arc::clone(&asked);
    let origin = Origin::http(move |peer| {
        while let Some(request) = peer.whole_request() {
            let number = {
                let mut seen = seen.lock().unwrap();
                seen.push(request.clone());
                seen.len()
            };
            peer.write(answer(number, &request));
        }
    });
    (origin, asked)
}

fn response(status: u16, body: &str) -> String {
    format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// A time so far from now, as services write it.
fn in_seconds(seconds: u64) -> String {
    let time = SystemTime::now() + Duration::from_secs(seconds);
    jiff::Timestamp::try_from(time).unwrap().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The answer of STS for an action, with keys named after the role.
fn assumed(action: &str, key: &str, expires: &str) -> String {
    response(
        200,
        &format!(
            "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result><Credentials>\
             <AccessKeyId>{key}</AccessKeyId><SecretAccessKey>se&lt;cret</SecretAccessKey>\
             <SessionToken>token-of-{key}</SessionToken><Expiration>{expires}</Expiration>\
             </Credentials></{action}Result></{action}Response>"
        ),
    )
}

/// The fields of a form in a request.
fn field(request: &str, name: &str) -> Option<String> {
    let (_, body) = request.split_once("\r\n\r\n")?;
    let mut pairs = body.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.replace("%3A", ":").replace("%2F", "/"))
}

/// `sign aws` by the real clock.
fn aws_now() -> Tool {
    sign(["aws"]).stdin(URL)
}

const ROLE: &str = "[profile role]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = source\nexternal_id = e1\n\
                    role_session_name = me\nduration_seconds = 900\nregion = eu-west-1\n[profile source]\n\
                    aws_access_key_id = SOURCE\naws_secret_access_key = s\n";

mod token_service {
    use super::*;

    #[test]
    fn a_role_is_assumed_with_the_keys_of_its_source() {
        let (sts, asked) = service(|_, _| assumed("AssumeRole", "ROLE", &in_seconds(3600)));
        let output = aws_now()
            .args(["--profile", "role"])
            .file(CONFIG, ROLE)
            .env("AWS_ENDPOINT_URL_STS", sts.url(""))
            .stdin(URL.repeat(50))
            .succeeds();
        assert_eq!((key(&output), region(&output)), ("ROLE".to_owned(), "eu-west-1".to_owned()));
        assert_eq!(header(&output, "X-Amz-Security-Token").as_deref(), Some("token-of-ROLE"));
        let asked = asked.lock().unwrap();
        assert_eq!(asked.len(), 1);
        let request = &asked[0];
        assert!(request.starts_with("POST / HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("Credential=SOURCE/") && request.contains("/eu-west-1/sts/aws4_request"), "{request}");
        for (name, value) in [
            ("Action", "AssumeRole"),
            ("Version", "2011-06-15"),
            ("RoleArn", "arn:aws:iam::1:role/r"),
            ("RoleSessionName", "me"),
            ("ExternalId", "e1"),
            ("DurationSeconds", "900"),
        ] {
            assert_eq!(field(request, name).as_deref(), Some(value), "{name}");
        }
    }

    #[test]
    fn a_role_can_lead_to_a_role() {
        let (sts, asked) = service(|_, request| {
            let role = field(request, "RoleArn").unwrap().rsplit('/').next().unwrap().to_owned();
            assumed("AssumeRole", &role, &in_seconds(3600))
        });
        let config = "[profile a]\nrole_arn = arn:x:role/A\nsource_profile = b\n[profile b]\nrole_arn = arn:x:role/B\n\
                      credential_source = Environment\n";
        let output = aws_now()
            .args(["--profile", "a"])
            .file(CONFIG, config)
            .env("AWS_ENDPOINT_URL", sts.url(""))
            .env("AWS_ACCESS_KEY_ID", "ENVIRONMENT")
            .env("AWS_SECRET_ACCESS_KEY", "s")
            .succeeds();
        assert_eq!(key(&output), "A");
        let asked = asked.lock().unwrap();
        assert!(asked[0].contains("Credential=ENVIRONMENT/") && asked[0].contains("/us-east-1/sts/"), "{}", asked[0]);
        assert!(asked[1].contains("Credential=B/") && asked[1].contains("token-of-B"), "{}", asked[1]);
        assert!(field(&asked[1], "RoleSessionName").unwrap().starts_with("countersign-"));
    }

    #[test]
    fn a_web_identity_is_proof_enough() {
        let (sts, asked) = service(|_, _| assumed("AssumeRoleWithWebIdentity", "WEB", &in_seconds(3600)));
        let by_variables = aws_now()
            .file("token", "eyJ.x.y\n")
            .env("AWS_WEB_IDENTITY_TOKEN_FILE", "token")
            .env("AWS_ROLE_ARN", "arn:r")
            .env("AWS_ROLE_SESSION_NAME", "pod")
            .env("AWS_ENDPOINT_URL_STS", sts.url("/"))
            .file(CREDENTIALS, format!("[default]\n{}", keys("FILE")))
            .succeeds();
        assert_eq!(key(&by_variables), "WEB");
        let by_profile = aws_now()
            .args(["--profile", "p"])
            .file("token", "eyJ.x.y")
            .file(CONFIG, "[profile p]\nrole_arn = arn:r\nweb_identity_token_file = token\nrole_session_name = pod\n")
            .env("AWS_ENDPOINT_URL_STS", sts.url(""))
            .succeeds();
        assert_eq!(key(&by_profile), "WEB");
        for request in asked.lock().unwrap().iter() {
            assert!(!request.to_ascii_lowercase().contains("authorization:"), "{request}");
            for (name, value) in [("RoleArn", "arn:r"), ("RoleSessionName", "pod"), ("WebIdentityToken", "eyJ.x.y")] {
                assert_eq!(field(request, name).as_deref(), Some(value), "{request}");
            }
        }
    }

    #[test]
    fn what_the_service_says_decides_how_it_ends() {
        let denied = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no\u{7f}\nway</Message></Error></ErrorResponse>";
        let deep = "<a>".repeat(100_000);
        let bomb = "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        for (status, body, code, message) in [
            (403, denied, 4, "STS: arn:aws:iam::1:role/r: AccessDenied: no"),
            (403, "not XML", 4, "status 403"),
            (503, "", 1, "status 503"),
            (200, "<ok/>", 1, "the answer has no credentials"),
            (200, deep.as_str(), 1, "the answer has no credentials"),
            (200, bomb, 1, "the answer has no credentials"),
            (302, "", 1, "status 302"),
        ] {
            let body = body.to_owned();
            let (sts, _) = service(move |_, _| response(status, &body));
            aws_now()
                .args(["--profile", "role"])
                .file(CONFIG, ROLE)
                .env("AWS_ENDPOINT_URL_STS", sts.url(""))
                .fails(code)
                .stdout_is("")
                .stderr_has(message);
        }
        let (endless, _) = service(|_, _| response(200, &"x".repeat(2 << 20)));
        let role = || aws_now().args(["--profile", "role"]).file(CONFIG, ROLE);
        role().env("AWS_ENDPOINT_URL_STS", endless.url("")).fails(1).stderr_has("longer than");
        role().env("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1").fails(3).stderr_has("profile role: STS: ");
        role().env("AWS_ENDPOINT_URL_STS", "ftp://x").fails(2).stderr_has("the endpoint that is configured");
    }

    #[test]
    fn the_endpoint_comes_from_the_most_special_setting() {
        let (right, asked) = service(|_, _| assumed("AssumeRole", "ROLE", &in_seconds(3600)));
        let wrong = "http://127.0.0.1:1";
        let config = |services: &str, all: &str| {
            let settings = format!("[profile role]\nservices = local\nendpoint_url = {all}\n");
            let role = ROLE.replace("[profile role]\n", &settings);
            format!("{role}[services local]\nsts =\n  endpoint_url = {services}\n")
        };
        let role =
            |services: &str, all: &str| aws_now().args(["--profile", "role"]).file(CONFIG, config(services, all));
        role(wrong, wrong).env("AWS_ENDPOINT_URL_STS", right.url("")).env("AWS_ENDPOINT_URL", wrong).succeeds();
        role(wrong, wrong).env("AWS_ENDPOINT_URL", right.url("")).succeeds();
        role(&right.url(""), wrong).succeeds();
        assert_eq!(asked.lock().unwrap().len(), 3);
        // Without all of them the public endpoint is meant, which the proxy sees the name of.
        let (proxy, names) = service(|_, _| response(403, ""));
        role(wrong, wrong)
            .env("AWS_ENDPOINT_URL", wrong)
            .env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
            .env("https_proxy", proxy.url(""))
            .run();
        assert!(names.lock().unwrap()[0].starts_with("CONNECT sts.eu-west-1.amazonaws.com:443 "));
    }

    #[test]
    fn credentials_that_end_are_had_again_while_the_stream_goes_on() {
        let (sts, _) = service(|number, _| assumed("AssumeRole", &format!("ROLE{number}"), &in_seconds(2)));
        let mut live = aws_now()
            .args(["--profile", "role"])
            .stdin("")
            .file(CONFIG, ROLE)
            .env("AWS_ENDPOINT_URL_STS", sts.url(""))
            .start();
        let until = Instant::now() + support::tool::LIMIT;
        let mut seen = Vec::new();
        while !seen.contains(&"ROLE2".to_owned()) && Instant::now() < until {
            live.write(URL);
            let line = live.stdout_line();
            let credential = line.split("Credential=").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
            seen.push(credential.to_owned());
        }
        assert_eq!(seen[0], "ROLE1");
        live.finish().exits(0);
    }

    #[test]
    fn credentials_that_still_hold_are_used_when_none_can_be_had() {
        let (sts, asked) = service(|number, _| match number {
            1 => assumed("AssumeRole", "ROLE", &in_seconds(4)),
            _ => response(500, ""),
        });
        let mut live = aws_now()
            .args(["--profile", "role"])
            .stdin("")
            .file(CONFIG, ROLE)
            .env("AWS_ENDPOINT_URL_STS", sts.url(""))
            .start();
        let until = Instant::now() + support::tool::LIMIT;
        while asked.lock().unwrap().len() < 2 && Instant::now() < until {
            live.write(URL);
            assert!(live.stdout_line().contains("Credential=ROLE/"));
        }
        live.finish().exits(0).stderr_is("");
    }

    #[test]
    fn a_service_that_verifies_accepts_the_right_keys_and_refuses_others() {
        let moto = Server::start("aws_server.py");
        let config = |secret: &str| {
            format!(
                "[profile role]\nrole_arn = arn:aws:iam::123456789012:role/countersign\nsource_profile = source\n\
                 [profile source]\naws_access_key_id = {}\naws_secret_access_key = {secret}\n",
                moto.text("/access_key")
            )
        };
        let role = |secret: &str| {
            aws_now()
                .args(["--profile", "role"])
                .file(CONFIG, config(secret))
                .env("AWS_ENDPOINT_URL_STS", format!("http://127.0.0.1:{}", moto.ready["port"]))
        };
        assert!(key(&role(moto.text("/secret_key")).succeeds()).starts_with("ASIA"));
        role("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY").fails(4).stderr_has("SignatureDoesNotMatch");
    }
}

mod single_sign_on {
    use super::*;

    const SESSION: &str = "[profile p]\nsso_session = corp\nsso_account_id = 123\nsso_role_name = Read Only\n\
                           [sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example/start\n";
    const LEGACY: &str = "[profile p]\nsso_account_id = 123\nsso_role_name = Read Only\nsso_region = eu-west-1\n\
                          sso_start_url = https://corp.example/start\n";
    /// SHA-1 of `corp`, and of the start URL.
    const FILES: [&str; 2] = [
        ".aws/sso/cache/ee0bfd2552fbd840c02cc48b6e823320543c450f.json",
        ".aws/sso/cache/f7c9b39d0b4c7a7d82c79307585f77e1c5e74378.json",
    ];

    fn portal() -> (Origin, Asked) {
        service(|_, _| {
            let expires = (SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() + 3600) * 1000;
            response(
                200,
                &format!(
                    r#"{{"roleCredentials":{{"accessKeyId":"SSO","secretAccessKey":"s","sessionToken":"t","expiration":{expires}}}}}"#
                ),
            )
        })
    }

    fn file(config: &str) -> &'static str {
        FILES[usize::from(config == LEGACY)]
    }

    fn cached(token: &str, expires: &str, more: &str) -> String {
        format!(r#"{{"startUrl":"https://corp.example/start","accessToken":"{token}","expiresAt":"{expires}"{more}}}"#)
    }

    fn with(config: &str, cache: &str) -> Tool {
        aws_now().args(["--profile", "p"]).file(CONFIG, config).file(file(config), cache)
    }

    #[test]
    fn the_token_that_is_kept_gets_the_roles_credentials() {
        for config in [SESSION, LEGACY] {
            let (portal, asked) = portal();
            let output = with(config, &cached("t0k3n", &in_seconds(3600), ""))
                .env("AWS_ENDPOINT_URL_SSO", portal.url(""))
                .succeeds();
            assert_eq!(key(&output), "SSO");
            let asked = asked.lock().unwrap();
            let expected = "GET /federation/credentials?role_name=Read%20Only&account_id=123 HTTP/1.1\r\n";
            assert!(asked[0].starts_with(expected), "{}", asked[0]);
            assert!(asked[0].to_ascii_lowercase().contains("x-amz-sso_bearer_token: t0k3n\r\n"), "{}", asked[0]);
        }
    }

    #[test]
    fn who_must_sign_in_is_told_how() {
        let (refusing, _) = service(|_, _| response(401, r#"{"message":"Session token not found or invalid"}"#));
        let says = |tool: Tool, why: &str| {
            let output = tool.env("AWS_ENDPOINT_URL_SSO", refusing.url("")).fails(5).stdout_is("");
            let output = output.stderr_has(why).stderr_has("; run: aws sso login --profile p\n");
            assert!(!output.err().contains("t0k3n"));
        };
        says(with(SESSION, &cached("t0k3n", &in_seconds(3600), "")), "is no longer accepted");
        says(with(SESSION, &cached("t0k3n", "2020-01-01T00:00:00UTC", "")), "the sign-in has expired");
        says(with(SESSION, "{"), "is no JSON object");
        says(with(SESSION, "{}"), "has no accessToken or expiresAt");
        says(with(SESSION, &cached("t0k3n\\n", &in_seconds(3600), "")), "is damaged");
        says(aws_now().args(["--profile", "p"]).file(CONFIG, SESSION), "nobody has signed in");
        let (denied, _) = service(|_, _| response(403, r#"{"message":"No access"}"#));
        with(SESSION, &cached("t", &in_seconds(3600), ""))
            .env("AWS_ENDPOINT_URL_SSO", denied.url(""))
            .fails(4)
            .stderr_has("role Read Only in account 123: status 403: No access");
    }

    #[test]
    fn a_token_that_can_be_renewed_is_renewed_and_kept() {
        let (portal, asked) = portal();
        let (oidc, renewals) = service(|_, _| {
            response(200, r#"{"accessToken":"n3w","expiresIn":3600,"refreshToken":"r2","tokenType":"Bearer"}"#)
        });
        let more = format!(
            r#","clientId":"c","clientSecret":"cs","registrationExpiresAt":"{}","refreshToken":"r1","region":"eu-west-1""#,
            in_seconds(3600)
        );
        let tool = |expires: &str| {
            with(SESSION, &cached("old", expires, &more))
                .env("AWS_ENDPOINT_URL_SSO", portal.url(""))
                .env("AWS_ENDPOINT_URL_SSO_OIDC", oidc.url(""))
        };
        for expires in ["2020-01-01T00:00:00Z".to_owned(), in_seconds(60)] {
            let output = tool(&expires).succeeds();
            assert!(asked.lock().unwrap().pop().unwrap().contains("n3w"));
            let renewal = renewals.lock().unwrap().pop().unwrap();
            assert!(renewal.starts_with("POST /token HTTP/1.1\r\n"), "{renewal}");
            let body: serde_json::Value = serde_json::from_str(renewal.split_once("\r\n\r\n").unwrap().1).unwrap();
            let expected = serde_json::json!({"clientId": "c", "clientSecret": "cs", "grantType": "refresh_token", "refreshToken": "r1"});
            assert_eq!(body, expected);
            let path = output.home().join(FILES[0]);
            let kept: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
            assert_eq!((&kept["accessToken"], &kept["refreshToken"]), (&"n3w".into(), &"r2".into()));
            assert_eq!((&kept["clientId"], &kept["region"]), (&"c".into(), &"eu-west-1".into()));
            assert!(kept["expiresAt"].as_str().unwrap() > in_seconds(3000).as_str());
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            }
        }
        let (broken, _) = service(|_, _| response(400, r#"{"error":"invalid_grant"}"#));
        tool("2020-01-01T00:00:00Z")
            .env("AWS_ENDPOINT_URL_SSO_OIDC", broken.url(""))
            .fails(5)
            .stderr_has("aws sso login");
    }

    #[test]
    fn a_missing_setting_is_named() {
        for (config, message) in [
            ("[profile p]\nsso_account_id = 1\n", "sso_role_name is missing"),
            ("[profile p]\nsso_account_id = 1\nsso_role_name = r\nsso_session = x\n", "sso_session x does not exist"),
            ("[profile p]\nsso_account_id = 1\nsso_role_name = r\n", "sso_region is missing"),
        ] {
            aws_now().args(["--profile", "p"]).file(CONFIG, config).fails(2).stderr_has(message);
        }
    }
}

mod metadata {
    use super::*;

    fn answer(key: &str) -> String {
        let expires = in_seconds(3600);
        response(
            200,
            &format!(r#"{{"AccessKeyId":"{key}","SecretAccessKey":"s","Token":"t","Expiration":"{expires}"}}"#),
        )
    }

    #[test]
    fn nobody_asks_unless_told_to() {
        let (service, asked) = service(|_, _| answer("CONTAINER"));
        aws_now()
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", service.url("/c"))
            .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", service.url(""))
            .fails(2)
            .stderr_has("only with --metadata");
        assert!(asked.lock().unwrap().is_empty());
    }

    #[test]
    fn a_container_gets_its_credentials_past_any_proxy() {
        let (service, asked) = service(|_, _| answer("CONTAINER"));
        let output = aws_now()
            .args(["--metadata", "container"])
            .env("http_proxy", "http://127.0.0.1:1")
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", service.url("/c?x=1"))
            .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", "not this")
            .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "token")
            .file("token", "Basic abc\n")
            .succeeds();
        assert_eq!(key(&output), "CONTAINER");
        let asked = asked.lock().unwrap();
        assert!(asked[0].starts_with("GET /c?x=1 HTTP/1.1\r\n"), "{}", asked[0]);
        assert!(asked[0].to_ascii_lowercase().contains("\r\nauthorization: basic abc\r\n"), "{}", asked[0]);
    }

    #[test]
    fn an_instance_is_asked_by_version_2_of_its_service() {
        let (service, asked) = service(|_, request| match request.split(' ').nth(1).unwrap() {
            "/latest/api/token" => response(200, "t0k3n"),
            "/latest/meta-data/iam/security-credentials/" => response(200, "my-role"),
            "/latest/meta-data/iam/security-credentials/my-role" => answer("INSTANCE"),
            _ => response(404, ""),
        });
        let output = aws_now()
            .args(["--metadata", "instance"])
            .env("http_proxy", "http://127.0.0.1:1")
            .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", service.url("/"))
            .succeeds();
        assert_eq!(key(&output), "INSTANCE");
        let asked = asked.lock().unwrap();
        assert!(asked[0].starts_with("PUT /latest/api/token HTTP/1.1\r\n"), "{}", asked[0]);
        assert!(asked[0].to_ascii_lowercase().contains("x-aws-ec2-metadata-token-ttl-seconds: 21600"), "{}", asked[0]);
        assert!(asked[1..].iter().all(|head| head.to_ascii_lowercase().contains("x-aws-ec2-metadata-token: t0k3n")));
    }

    #[test]
    fn a_role_can_start_from_them() {
        let (sts, asked) = service(|_, _| assumed("AssumeRole", "ROLE", &in_seconds(3600)));
        let (container, _) = service(|_, _| answer("CONTAINER"));
        let output = aws_now()
            .args(["--profile", "p"])
            .file(CONFIG, "[profile p]\nrole_arn = arn:r\ncredential_source = EcsContainer\n")
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", container.url("/"))
            .env("AWS_ENDPOINT_URL_STS", sts.url(""))
            .succeeds();
        assert_eq!(key(&output), "ROLE");
        assert!(asked.lock().unwrap()[0].contains("Credential=CONTAINER/"));
    }

    #[test]
    fn addresses_that_could_be_anybodys_are_refused() {
        let container =
            |uri: &str| aws_now().args(["--metadata", "container"]).env("AWS_CONTAINER_CREDENTIALS_FULL_URI", uri);
        for uri in ["http://example.com/", "http://10.0.0.1/", "http://127.0.0.1.example.com/"] {
            container(uri).fails(2).stderr_has("plain http to an address that is neither loopback nor");
        }
        let instance =
            |uri: &str| aws_now().args(["--metadata", "instance"]).env("AWS_EC2_METADATA_SERVICE_ENDPOINT", uri);
        for uri in ["http://example.com/", "https://10.0.0.1/"] {
            instance(uri).fails(2).stderr_has("is not a loopback or link-local address");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        aws_now().args(["--metadata", "container"]).fails(2).stderr_has("AWS_CONTAINER_CREDENTIALS_FULL_URI is set");
        aws_now()
            .args(["--metadata", "instance"])
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .fails(2)
            .stderr_has("AWS_EC2_METADATA_DISABLED is set");
        let (none, _) =
            service(|_, request| if request.starts_with("PUT") { response(200, "t") } else { response(404, "") });
        aws_now()
            .args(["--metadata", "instance"])
            .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", none.url(""))
            .fails(1)
            .stderr_has("the machine has no role");
        let (garbage, _) = service(|_, _| response(200, r#"{"SecretAccessKey":"s3cr3t""#));
        let output = aws_now()
            .args(["--metadata", "container"])
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", garbage.url(""))
            .fails(1)
            .stderr_has("the answer has no AccessKeyId");
        assert!(!output.err().contains("s3cr3t"));
        let (refusing, _) = service(|_, _| response(403, "go away"));
        aws_now()
            .args(["--metadata", "container"])
            .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", refusing.url(""))
            .fails(4)
            .stderr_has("container metadata: status 403: go away");
    }
}
