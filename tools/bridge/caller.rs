//! Checks the extension for which the browser started the bridge. Browsers name it on the command line.

use std::path::PathBuf;

use countersign_shared::bridge::key::Keys;
use countersign_shared::bridge::manifest;
use countersign_shared::bridge::record::Record;
use countersign_shared::error::Error;
use countersign_shared::places::Place;

/// Returns the record beside this binary, or the one that a fresh installation would have written.
///
/// # Errors
/// Returns [`Error::Failed`] if the record is damaged, and [`Error::Usage`] if there is none and no home folder is
/// known.
pub(crate) fn record() -> Result<Record, Error> {
    let folder = std::env::current_exe().ok().and_then(|binary| Some(binary.parent()?.to_path_buf()));
    // A damaged record is an error and not a missing one: the default might allow other extensions than the user chose.
    if let Some(record) = folder.map_or(Ok(None), |folder: PathBuf| Record::read(&folder))? {
        return Ok(record);
    }
    Ok(Record {
        origins: vec![manifest::origin(manifest::EXTENSION)],
        extensions: vec![manifest::ADD_ON.to_owned()],
        sockets: Place::Runtime.path()?,
        key: Keys::new()?.default_path(),
    })
}

/// Checks that the arguments name an extension that may start the bridge. Chromium's family gives the extension's
/// origin (on Windows also the number of a window), Firefox's the path of the manifest and the add-on's id.
///
/// # Errors
/// Returns an error if they name another extension or none.
pub(crate) fn check(arguments: &[String], record: &Record) -> Result<(), Error> {
    let arguments: Vec<&String> = arguments.iter().filter(|text| !text.starts_with("--parent-window=")).collect();
    let is_known = match arguments.as_slice() {
        [origin] => record.origins.contains(origin),
        [_manifest, extension] => record.extensions.contains(extension),
        _ => false,
    };
    if is_known {
        return Ok(());
    }
    let caller = arguments.last().map_or("nobody", |text| text.as_str());
    let caller: String = caller.chars().take(200).collect();
    let text =
        format!("unknown caller {caller:?}: browsers start this for the extension that `bridge-install` allowed");
    Err(Error::Refused(text))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_the_recorded_extensions_may_call() {
        let record = Record {
            origins: vec!["chrome-extension://abc/".into()],
            extensions: vec!["a@b".into()],
            ..Record::default()
        };
        let may = |arguments: &[&str]| {
            check(&arguments.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), &record).is_ok()
        };
        assert!(may(&["chrome-extension://abc/"]));
        assert!(may(&["chrome-extension://abc/", "--parent-window=7"]));
        assert!(may(&["/home/u/.mozilla/native-messaging-hosts/x.json", "a@b"]));
        for bad in [&[][..], &["a@b"], &["chrome-extension://abd/"], &["chrome-extension://abc"], &["x", "y"]] {
            assert!(!may(bad), "{bad:?}");
        }
        assert!(!may(&["chrome-extension://abc/", "chrome-extension://abc/", "x"]));
    }
}
