//! Reads what `sign` says: the steps of `--explain`, and the parts of a signed line.

use serde_json::Value;

/// The intermediate values of one signature, as `--explain` prints them.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Steps {
    pub(crate) canonical_request: String,
    pub(crate) string_to_sign: String,
}

impl Steps {
    /// The steps of each signature, in order: a name and a colon, then the text, each of its lines indented by two spaces.
    pub(crate) fn read(stderr: &str) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut name = "";
        for line in stderr.lines() {
            let Some(text) = line.strip_prefix("  ") else {
                name = line;
                if name == "canonical request:" {
                    all.push(Self::default());
                }
                continue;
            };
            let steps = all.last_mut().expect("the first step is the canonical request");
            match name {
                "canonical request:" => steps.canonical_request += &format!("{text}\n"),
                "string to sign:" => steps.string_to_sign += &format!("{text}\n"),
                _ => {}
            }
        }
        for steps in &mut all {
            // Each line was given its own end; the texts themselves end without one.
            steps.canonical_request.pop();
            steps.string_to_sign.pop();
        }
        all
    }
}

/// A canonical request as `--explain` shows it: with the session token, which is a secret, masked.
pub(crate) fn masked(canonical_request: &str, session_token: Option<&str>) -> String {
    let Some(token) = session_token else { return canonical_request.to_owned() };
    let percent = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    let encoded: String = token.bytes().map(percent).collect();
    let header = (format!("\nx-amz-security-token:{token}\n"), "\nx-amz-security-token:***\n");
    let parameter = (format!("X-Amz-Security-Token={encoded}&"), "X-Amz-Security-Token=***&");
    canonical_request.replace(&header.0, header.1).replace(&parameter.0, parameter.1)
}

/// The value of a request line's header of that name, whatever its case.
pub(crate) fn header<'r>(request: &'r Value, name: &str) -> Option<&'r str> {
    let headers = request["headers"].as_array()?;
    let header = headers.iter().find(|header| header["name"].as_str().is_some_and(|n| n.eq_ignore_ascii_case(name)))?;
    header["value"].as_str()
}

/// The query of a URL, pair by pair as written.
pub(crate) fn query_pairs(url: &str) -> Vec<&str> {
    url.split_once('?').map_or(Vec::new(), |(_, query)| query.split('&').collect())
}
