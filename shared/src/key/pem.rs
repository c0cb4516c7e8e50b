//! Keys in PEM as people paste them (RFC 7468, read liberally).

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::encode;

use super::problem::{LIMIT, Problem};

/// The format of the DER in a block, by its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// `PRIVATE KEY`
    Pkcs8,
    /// `RSA PRIVATE KEY`
    Pkcs1,
    /// `EC PRIVATE KEY`
    Sec1,
}

/// The block of a private key.
pub(super) struct Block {
    pub(super) format: Format,
    pub(super) der: Zeroizing<Vec<u8>>,
}

/// Returns the first private key of the text.
///
/// # Errors
/// Returns the [`Problem`] if there is no private key, or if its block is damaged or encrypted.
pub(super) fn private_key(text: &str) -> Result<Block, Problem> {
    // Four characters of base64 hold three bytes; parameters, line breaks and labels stand around them.
    if text.len() > 4 * LIMIT {
        return Err(Problem::BrokenPem);
    }
    // In variables and JSON files, the line breaks of a key are often written as two characters.
    let text = Zeroizing::new(text.replace("\\r", ""));
    let text = Zeroizing::new(text.replace("\\n", "\n"));
    let mut rest = text.as_str();
    let mut seen = None;
    while let Some((_, after)) = rest.split_once("-----BEGIN ") {
        let (label, after) = after.split_once("-----").ok_or(Problem::BrokenPem)?;
        let end = format!("-----END {label}-----");
        let (body, after) = after.split_once(&end).ok_or(Problem::BrokenPem)?;
        match format(label) {
            Ok(format) => return Ok(Block { format, der: der(body)? }),
            // Parameters or a certificate may stand before the key, so the search goes on and the problem is only
            // remembered.
            Err(problem) => seen = seen.or(problem),
        }
        rest = after;
    }
    Err(seen.unwrap_or(Problem::NotPem))
}

/// Returns the format that a label stands for, or the problem to report if the text has no other block.
fn format(label: &str) -> Result<Format, Option<Problem>> {
    match label {
        "PRIVATE KEY" => Ok(Format::Pkcs8),
        "RSA PRIVATE KEY" => Ok(Format::Pkcs1),
        "EC PRIVATE KEY" => Ok(Format::Sec1),
        "ENCRYPTED PRIVATE KEY" => Err(Some(Problem::Encrypted)),
        "OPENSSH PRIVATE KEY" => Err(Some(Problem::OpenSsh)),
        _ if label.ends_with("PRIVATE KEY") => Err(Some(Problem::Unsupported)),
        _ if label.ends_with("PUBLIC KEY") || label.ends_with("CERTIFICATE") => Err(Some(Problem::Public)),
        _ => Err(None),
    }
}

fn der(body: &str) -> Result<Zeroizing<Vec<u8>>, Problem> {
    // `Proc-Type: 4,ENCRYPTED` comes before the base64 (RFC 1421 section 4.6).
    if body.contains("ENCRYPTED") {
        return Err(Problem::Encrypted);
    }
    let base64: Zeroizing<String> = Zeroizing::new(body.chars().filter(|c| !c.is_ascii_whitespace()).collect());
    encode::BASE64_READ.decode(base64.as_bytes()).map(Zeroizing::new).map_err(|_| Problem::BrokenPem)
}
