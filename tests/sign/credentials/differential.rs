//! The same files and variables for `sign aws` and for botocore: 200 random cases.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::random::Random;

use super::*;

const NAMES: [&str; 4] = ["default", "a", "b", "two words"];

struct Case {
    home: TempDir,
    environment: Vec<(&'static str, String)>,
    profile: Option<&'static str>,
}

impl Case {
    fn random(random: &mut Random, sts: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".aws")).unwrap();
        std::fs::write(home.path().join("token"), "eyJhbGciOiJub25lIn0.e30.").unwrap();
        for (file, text) in [(CREDENTIALS, credentials(random)), (CONFIG, config(random))] {
            if random.percent(85) {
                std::fs::write(home.path().join(file), text).unwrap();
            }
        }
        let profile = random.percent(40).then(|| random.pick(&NAMES));
        Self { environment: environment(random, sts), home, profile }
    }

    fn question(&self) -> Value {
        let environment: serde_json::Map<String, Value> =
            self.environment.iter().map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect();
        json!({"home": self.home.path(), "environment": environment, "profile": self.profile})
    }

    /// Runs `sign aws` and returns its outcome in the words of the oracle.
    fn answer(&self) -> Value {
        let mut tool = aws_now();
        tool.command().env("HOME", self.home.path());
        let tool = self.environment.iter().fold(tool, |tool, (name, value)| tool.env(name, value));
        let tool = self.profile.iter().fold(tool, |tool, name| tool.args(["--profile", name]));
        let output = tool.within(self.home.path()).run();
        match output.status.code() {
            Some(0) => json!({
                "access_key": key(&output),
                "session_token": header(&output, "X-Amz-Security-Token"),
                "region": region(&output),
            }),
            _ if output.err().contains("no credentials: looked at") => json!({"access_key": null}),
            _ => json!({"error": output.err()}),
        }
    }

    fn shown(&self) -> String {
        let file = |name: &str| std::fs::read_to_string(self.home.path().join(name)).unwrap_or_default();
        format!("{}\n--- credentials\n{}--- config\n{}", self.question(), file(CREDENTIALS), file(CONFIG))
    }
}

/// A setting as people write it.
fn setting(random: &mut Random, key: &str, value: &str) -> String {
    let key = if random.percent(10) { key.to_uppercase() } else { key.to_owned() };
    let delimiter = random.pick(&["=", " = ", " =", " : ", ":"]);
    let noise = random.pick(&["", "", "", "\n", "# comment\n", "; comment = 1\n"]);
    format!("{noise}{key}{delimiter}{value}{}", random.pick(&["\n", "\r\n", " \n"]))
}

fn keys(random: &mut Random, name: &str) -> String {
    let mut text = setting(random, "aws_access_key_id", &name.replace(' ', "-"));
    if random.percent(90) {
        text += &setting(random, "aws_secret_access_key", "s/+=;#x");
    }
    if random.percent(30) {
        text += &setting(random, "aws_session_token", &format!("token-{}", name.len()));
    }
    text
}

fn credentials(random: &mut Random) -> String {
    let mut text = String::new();
    for name in NAMES {
        if random.percent(40) {
            text += &format!("[{name}]\n{}", keys(random, &format!("CREDENTIALS-{name}")));
        }
    }
    text
}

fn config(random: &mut Random) -> String {
    let mut text = String::new();
    for name in NAMES {
        if random.percent(30) {
            continue;
        }
        text += &match name {
            "default" => "[default]\n".to_owned(),
            "two words" => "[profile 'two words']\n".to_owned(),
            name => format!("[profile {name}]{}", random.pick(&["\n", " # why\n"])),
        };
        if random.percent(50) {
            text += &setting(random, "region", &format!("eu-{}-1", name.replace(' ', "-")));
        }
        if random.percent(25) {
            text += &keys(random, &format!("CONFIG-{name}"));
        }
        if random.percent(25) {
            let json = r#"{"Version": 1, "AccessKeyId": "PROCESS", "SecretAccessKey": "$(s)"}"#;
            text += &setting(random, "credential_process", &format!("echo '{json}'"));
        }
        if random.percent(30) {
            text += &role(random, name);
        }
        if random.percent(20) {
            text += "s3 =\n  addressing_style = path\n";
        }
    }
    text
}

fn role(random: &mut Random, name: &str) -> String {
    let mut text =
        setting(random, "role_arn", &format!("arn:aws:iam::123456789012:role/ROLE-{}", name.replace(' ', "-")));
    match random.below(8) {
        0..=3 => {
            let source = random.pick(&["default", "a", "b", "two words", "nowhere"]);
            text += &setting(random, "source_profile", source);
        }
        4 => {
            let source = random.pick(&["Environment", "Thin Air"]);
            text += &setting(random, "credential_source", source);
        }
        5 | 6 => text += &setting(random, "web_identity_token_file", "token"),
        _ => {}
    }
    text
}

fn environment(random: &mut Random, sts: &str) -> Vec<(&'static str, String)> {
    let mut variables = vec![("AWS_ENDPOINT_URL_STS", sts.to_owned())];
    let mut set = |name, value: &str| variables.push((name, value.to_owned()));
    if random.percent(25) {
        set("AWS_PROFILE", random.pick(&NAMES));
    }
    if random.percent(30) {
        set("AWS_ACCESS_KEY_ID", random.pick(&["ENVIRONMENT", "ENVIRONMENT", ""]));
        if random.percent(90) {
            set("AWS_SECRET_ACCESS_KEY", "s");
        }
        if random.percent(30) {
            set("AWS_SESSION_TOKEN", "token-of-environment");
        }
    }
    if random.percent(25) {
        set("AWS_WEB_IDENTITY_TOKEN_FILE", random.pick(&["token", "token", "missing"]));
        if random.percent(90) {
            set("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/WEB");
        }
    }
    if random.percent(20) {
        set("AWS_DEFAULT_REGION", "ap-south-2");
    }
    variables
}

/// Returns the reason for which we allow what botocore refuses, if it is one.
fn deviation(theirs: &Value, ours: &Value) -> Option<&'static str> {
    let says = |name: &str| theirs["error"].as_str().is_some_and(|text| text.starts_with(name));
    // botocore wants the profile that AWS_PROFILE names to exist even when the keys come from the environment.
    if says("ProfileNotFound") && ours["access_key"] == "ENVIRONMENT" {
        return Some("profile-not-needed");
    }
    // Without a region, we ask the token service at its global endpoint.
    (says("NoRegionError") && ours.get("access_key").is_some()).then_some("global-endpoint")
}

#[test]
fn credentials_are_those_that_botocore_finds() {
    let (sts, _) = service(|_, request| {
        let role = field(request, "RoleArn").unwrap().rsplit('/').next().unwrap().to_owned();
        assumed(&field(request, "Action").unwrap(), &role, &in_seconds(3600))
    });
    let mut random = Random(20_260_101);
    let cases: Vec<Case> = (0..200).map(|_| Case::random(&mut random, &sts.url(""))).collect();
    let questions: Vec<Value> = cases.iter().map(Case::question).collect();
    let theirs = crate::support::peers::ask("aws_credentials.py", &questions);
    let mut kinds = std::collections::BTreeMap::new();
    for (case, theirs) in cases.iter().zip(&theirs) {
        let ours = case.answer();
        let kind = match (&theirs["error"], &theirs["access_key"]) {
            (Value::Null, Value::Null) => "nothing",
            (Value::Null, key) => key.as_str().unwrap().split('-').next().unwrap(),
            _ => "error",
        };
        *kinds.entry(kind.to_owned()).or_insert(0) += 1;
        if let Some(name) = deviation(theirs, &ours) {
            *kinds.entry(name.to_owned()).or_insert(0) += 1;
            continue;
        }
        let shown = || format!("{}\nours: {ours}\ntheirs: {theirs}", case.shown());
        assert_eq!(ours.get("error").is_some(), theirs.get("error").is_some(), "{}", shown());
        if kind == "error" {
            continue;
        }
        assert_eq!(ours["access_key"], theirs["access_key"], "{}", shown());
        if kind != "nothing" {
            assert_eq!(ours["session_token"], theirs["session_token"], "{}", shown());
            let region = theirs["region"].as_str().unwrap_or("us-east-1");
            assert_eq!(ours["region"], region, "{}", shown());
        }
    }
    // A comparison in which something never happens would prove nothing about it.
    for kind in ["nothing", "error", "ENVIRONMENT", "CREDENTIALS", "CONFIG", "PROCESS", "ROLE", "WEB"] {
        assert!(kinds.get(kind).is_some_and(|count| *count >= 4), "{kinds:?}");
    }
}
