//! The text of files that hold variables.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// The size limit of a file with variables in bytes: a larger one is the wrong file.
const LIMIT: u64 = 64 << 20;

/// Reads a file as text, without a byte order mark.
///
/// # Errors
/// Returns the message to show if the file cannot be read, is too long, or is not UTF-8.
pub(super) fn text(path: &Path) -> Result<String, String> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| error.to_string())?;
    // A folder can be opened, and is found out by reading it.
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LIMIT {
        return Err(format!("is over {} MiB", LIMIT >> 20));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let utf16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
        if utf16 { "is UTF-16; save it as UTF-8".to_owned() } else { "is not UTF-8".to_owned() }
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Returns true if the file's name ends so, whatever the case.
pub(super) fn ends_in(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    extensions.iter().any(|known| known.eq_ignore_ascii_case(extension))
}
