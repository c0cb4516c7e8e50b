//! What the curl that is installed can do.

use std::process::{Command, Stdio};

use countersign_shared::formats::OutputFormat;
use countersign_shared::request::Request;

/// What to say of a request that curl is to sign in by NTLM, where the curl that is there cannot: it leaves NTLM out by
/// default from 8.20 on.
pub(crate) fn warning(request: &Request<'_>, to: OutputFormat) -> Option<String> {
    let is_for_curl = matches!(to, OutputFormat::Curl | OutputFormat::CurlConfig) && request.handshake.is_some();
    (is_for_curl && lacks_ntlm()).then(|| "the curl that is installed has no NTLM; --send does without it".to_owned())
}

/// A curl that is not there, or that does not say, may be another's elsewhere: nothing is known of it.
fn lacks_ntlm() -> bool {
    let output = Command::new("curl").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    let Ok(output) = output else { return false };
    let text = String::from_utf8_lossy(&output.stdout);
    let features = text.lines().find_map(|line| line.strip_prefix("Features:"));
    features.is_some_and(|features| !features.split_whitespace().any(|feature| feature == "NTLM"))
}
