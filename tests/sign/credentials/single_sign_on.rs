//! IAM Identity Center: the token that `aws sso login` left, its renewal, and who must sign in.

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
    says(with(SESSION, "{"), "is not a JSON object");
    says(with(SESSION, "{}"), "has no accessToken or expiresAt");
    says(with(SESSION, &cached("t0k3n\\n", &in_seconds(3600), "")), "is damaged");
    says(aws_now().args(["--profile", "p"]).file(CONFIG, SESSION), "there is no sign-in yet");
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
    tool("2020-01-01T00:00:00Z").env("AWS_ENDPOINT_URL_SSO_OIDC", broken.url("")).fails(5).stderr_has("aws sso login");
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
