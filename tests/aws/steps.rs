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
