//! The metadata services of containers and virtual machines, asked only when told to.

use super::*;

fn answer(key: &str) -> String {
    let expires = in_seconds(3600);
    response(200, &format!(r#"{{"AccessKeyId":"{key}","SecretAccessKey":"s","Token":"t","Expiration":"{expires}"}}"#))
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
    let instance = |uri: &str| aws_now().args(["--metadata", "instance"]).env("AWS_EC2_METADATA_SERVICE_ENDPOINT", uri);
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
