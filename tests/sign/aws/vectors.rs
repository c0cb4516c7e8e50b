//! The published vectors of `tests/vectors/aws`, compared at every step.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::steps::{Steps, header, masked, query_pairs};
use crate::support::{Tool, sign};

/// One case: a folder, with the settings that count for it.
struct Case {
    name: String,
    path: PathBuf,
    context: Map<String, Value>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Placement {
    Header,
    Query,
}

impl Placement {
    const fn folder(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Query => "query",
        }
    }
}

fn cases(folder: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/aws").join(folder);
    let base = object(&folder.join("context.json")).expect("every folder has a context");
    let mut cases: Vec<Case> = fs::read_dir(&folder)
        .expect("the folder of vectors")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .map(|path| {
            let mut context = base.clone();
            context.extend(object(&path.join("context.json")).unwrap_or_default());
            Case { name: path.file_name().expect("a name").to_string_lossy().into_owned(), path, context }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

fn object(path: &Path) -> Option<Map<String, Value>> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).expect("a JSON object")
}

impl Case {
    fn has(&self, placement: Placement) -> bool {
        self.path.join(placement.folder()).is_dir()
    }

    /// A file of the case, without the newline that some of the originals end with and others do not.
    fn file(&self, placement: Placement, name: &str) -> Option<String> {
        let text = fs::read_to_string(self.path.join(placement.folder()).join(name)).ok()?;
        Some(text.trim_end_matches('\n').to_owned())
    }

    fn steps(&self, placement: Placement) -> Steps {
        let file = |name| self.file(placement, name).expect(name);
        Steps { canonical_request: file("canonical-request"), string_to_sign: file("string-to-sign") }
    }

    fn text(&self, key: &str) -> Option<&str> {
        self.context.get(key).and_then(Value::as_str)
    }

    /// Returns true if a setting that is usual in the vectors is off in this case.
    fn is_off(&self, key: &str) -> bool {
        self.context.get(key) == Some(&Value::Bool(false))
    }

    /// The case's request as a line. Folded header values are unfolded, as RFC 9112 section 5.2 has it.
    fn request(&self) -> Value {
        let message = fs::read_to_string(self.path.join("request")).expect("a request");
        let (head, body) = message.split_once("\n\n").unwrap_or((&message, ""));
        let mut lines = head.lines();
        let (method, rest) = lines.next().and_then(|line| line.split_once(' ')).expect("a request line");
        let target = rest.strip_suffix(" HTTP/1.1").unwrap_or(rest);
        let mut headers: Vec<(String, String)> = Vec::new();
        for line in lines {
            if let Some((name, value)) = line.split_once(':').filter(|_| !line.starts_with([' ', '\t'])) {
                headers.push((name.to_owned(), value.to_owned()));
            } else if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line);
            }
        }
        let host = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("host")).expect("a Host header").1.trim();
        let mut request = json!({"method": method, "url": format!("https://{host}{target}")});
        request["headers"] = headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        if !body.is_empty() {
            request["postData"] = json!({"mimeType": "", "text": body});
        }
        request
    }

    /// `sign aws` on the case, under the case's own service or another one.
    fn tool(&self, placement: Placement, service: &str) -> Tool {
        let text = |key| self.text(key).expect("every folder's context has it");
        let mut tool =
            sign(["aws", "--explain", "--now", text("now"), "--service", service, "--region", text("region")])
                .env("AWS_ACCESS_KEY_ID", text("access_key"))
                .env("AWS_SECRET_ACCESS_KEY", text("secret_key"))
                .stdin(format!("{}\n", self.request()));
        if placement == Placement::Query {
            tool = tool.args(["--add-auth-data-to-query", "--expires", &self.context["expires"].to_string()]);
        }
        match self.text("session_token").filter(|_| !self.is_off("session_token_is_signed")) {
            Some(token) => tool.env("AWS_SESSION_TOKEN", token),
            None => tool,
        }
    }
}

/// Holds the parts of a case that can be reached through `sign aws`.
enum Reach {
    /// All of it.
    Full,
    /// Nothing: the request is not HTTP.
    Refused,
    /// The canonical URI: path rules are a property of the service, and the vectors have S3's under another name.
    CanonicalUri,
    /// Everything up to the canonical request, the path encoded once more than the vector has it.
    EncodedTwice,
    /// The payload hash: the vector signs a Content-Length of its own, and that header is made anew for each message.
    PayloadHash,
}

fn reach(folder: &str, case: &Case) -> Reach {
    if matches!((folder, case.name.as_str()), ("suite", "get-space") | ("signing-suite", "get-space-unnormalized")) {
        Reach::Refused
    } else if case.is_off("normalize_path") {
        Reach::CanonicalUri
    } else if case.is_off("encode_path_twice") {
        Reach::EncodedTwice
    } else if case.context.contains_key("content_sha256_header") {
        Reach::PayloadHash
    } else {
        Reach::Full
    }
}

/// Compares every case of a folder in one placement; how many could be compared in full.
fn compare(folder: &str, placement: Placement) -> usize {
    let mut full = 0;
    for case in cases(folder).iter().filter(|case| case.has(placement)) {
        let name = format!("{folder}/{}/{}", case.name, placement.folder());
        let reach = reach(folder, case);
        let service = if matches!(reach, Reach::CanonicalUri) { "s3" } else { case.text("service").unwrap() };
        let tool = case.tool(placement, service);
        if matches!(reach, Reach::Refused) {
            tool.fails(1).stdout_is("").stderr_has("space");
            continue;
        }
        let output = tool.succeeds();
        let signed = output.json().remove(0);
        let steps = Steps::read(&output.err()).pop().expect("explained steps");
        let published = case.steps(placement);
        match reach {
            Reach::Refused => {}
            Reach::CanonicalUri => assert_eq!(line(&steps, 1), line(&published, 1), "{name}"),
            Reach::PayloadHash => assert_eq!(last_line(&steps), last_line(&published), "{name}"),
            Reach::EncodedTwice => {
                let once = line(&published, 1);
                let twice = published.canonical_request.replacen(once, &once.replace('%', "%25"), 1);
                assert_eq!(steps.canonical_request, twice, "{name}");
            }
            Reach::Full => {
                let shown = masked(&published.canonical_request, case.text("session_token"));
                assert_eq!(steps.canonical_request, shown, "{name}");
                assert_eq!(steps.string_to_sign, published.string_to_sign, "{name}");
                compare_result(&name, case, placement, &signed);
                full += 1;
            }
        }
    }
    full
}

fn line(steps: &Steps, index: usize) -> &str {
    steps.canonical_request.lines().nth(index).expect("a line")
}

fn last_line(steps: &Steps) -> &str {
    steps.canonical_request.lines().last().expect("a line")
}

/// Compares what is sent in the end.
fn compare_result(name: &str, case: &Case, placement: Placement, signed: &Value) {
    let message = case.file(placement, "signed-request").unwrap_or_default();
    match placement {
        Placement::Header => {
            let published = case.file(placement, "authorization").or_else(|| {
                let line = message.lines().find_map(|line| line.strip_prefix("Authorization:"))?;
                Some(line.trim().to_owned())
            });
            assert_eq!(header(signed, "authorization"), published.as_deref(), "{name}");
        }
        Placement::Query => {
            let url = signed["url"].as_str().expect("a URL");
            let signature = format!("X-Amz-Signature={}", case.file(placement, "signature").expect("a signature"));
            assert!(query_pairs(url).contains(&signature.as_str()), "{name}: {url}");
            let target = message.lines().next().and_then(|line| line.split_whitespace().nth(1));
            if let Some(target) = target.filter(|_| !case.is_off("session_token_is_signed")) {
                let (mut ours, mut theirs) = (query_pairs(url), query_pairs(target));
                ours.sort_unstable();
                theirs.sort_unstable();
                assert_eq!(ours, theirs, "{name}");
            }
        }
    }
}

#[test]
fn the_published_suite_passes_at_every_step() {
    assert_eq!(compare("suite", Placement::Header), 33);
}

#[test]
fn the_signing_suite_passes_in_header_form() {
    assert_eq!(compare("signing-suite", Placement::Header), 28);
}

#[test]
fn the_signing_suite_passes_in_query_form() {
    assert_eq!(compare("signing-suite", Placement::Query), 28);
}

#[test]
fn the_examples_of_the_s3_documentation_pass() {
    assert_eq!(compare("s3-documentation", Placement::Header), 4);
    assert_eq!(compare("s3-documentation", Placement::Query), 1);
}
