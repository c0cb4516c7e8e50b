//! The Security Token Service: roles, web identities, every answer, renewal while the stream goes on.

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
    let role = |services: &str, all: &str| aws_now().args(["--profile", "role"]).file(CONFIG, config(services, all));
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
    let until = Instant::now() + crate::support::tool::LIMIT;
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
    let until = Instant::now() + crate::support::tool::LIMIT;
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
