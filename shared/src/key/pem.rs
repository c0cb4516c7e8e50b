//! The text of a key as people paste it, and the DER in it (RFC 7468, read liberally).

use base64::Engine as _;
use zeroize::Zeroizing;

use crate::encode;

use super::{LIMIT, Problem};

/// What the DER of a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// `PRIVATE KEY`
    Pkcs8,
    /// `RSA PRIVATE KEY`
    Pkcs1,
    /// `EC PRIVATE KEY`
    Sec1,
}

/// A private key's block.
pub(super) struct Block {
    pub(super) format: Format,
    pub(super) der: Zeroizing<Vec<u8>>,
}

/// The first private key of the text.
///
/// # Errors
/// There is none, or its block is damaged.
pub(super) fn private_key(text: &str) -> Result<Block, Problem> {
    // Four characters of base64 hold three bytes; parameters, line breaks and labels stand around them.
    if text.len() > 4 * LIMIT {
        return Err(Problem::BrokenPem);
    }
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
            Err(problem) => seen = seen.or(problem),
        }
        rest = after;
    }
    Err(seen.unwrap_or(Problem::NotPem))
}

/// What a label stands for, or what is wrong with a block of that label if there is no better one.
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
    // RFC 1421 section 4.6: `Proc-Type: 4,ENCRYPTED` stands before the base64.
    if body.contains("ENCRYPTED") {
        return Err(Problem::Encrypted);
    }
    let base64: Zeroizing<String> = Zeroizing::new(body.chars().filter(|c| !c.is_ascii_whitespace()).collect());
    encode::BASE64_READ.decode(base64.as_bytes()).map(Zeroizing::new).map_err(|_| Problem::BrokenPem)
}
