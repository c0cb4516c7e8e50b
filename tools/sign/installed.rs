//! The abilities of the curl that is installed.

use std::process::{Command, Stdio};

use countersign_shared::formats::OutputFormat;

/// Returns the warning for requests that curl should authorize by NTLM, if it is installed without NTLM: from 8.20 on it
/// leaves NTLM out by default.
pub(crate) fn warning(to: OutputFormat) -> Option<String> {
    let is_for_curl = matches!(to, OutputFormat::Curl | OutputFormat::CurlConfig);
    (is_for_curl && lacks_ntlm()).then(|| "the curl that is installed has no NTLM; --send does without it".to_owned())
}

/// Returns true if curl says that it has no NTLM. If it is not installed, or does not say, the output may be for another
/// machine's curl.
fn lacks_ntlm() -> bool {
    // Requests come through stdin, and no other process may read from it.
    let output = Command::new("curl").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let Ok(output) = output else { return false };
    let text = String::from_utf8_lossy(&output.stdout);
    let features = text.lines().find_map(|line| line.strip_prefix("Features:"));
    features.is_some_and(|features| !features.split_whitespace().any(|feature| feature == "NTLM"))
}
