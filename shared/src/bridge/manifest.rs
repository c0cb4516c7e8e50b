//! Native-messaging host manifests: the files in which browsers look up which program to start for an extension.
//!
//! Chromium's family names extensions in `allowed_origins`, Firefox's in `allowed_extensions`. Each family gets a
//! manifest of its own, although both would ignore the other's field.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The name by which the extension asks for the native-messaging host.
pub const HOST: &str = "countersign.bridge";

/// The extension's id in Chromium's family. Browsers derive it from the `key` in the extension's manifest.
pub const EXTENSION: &str = "bogldfhikhcefhmlmghkhkkhicnaaagb";

/// The add-on's id in Firefox's family.
pub const ADD_ON: &str = "countersign@countersign.invalid";

/// The file name of the bridge's binary.
pub const BINARY: &str = if cfg!(windows) { "countersign-bridge.exe" } else { "countersign-bridge" };

/// A family of browsers that read the same kind of manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Chromium and the browsers built on it.
    Chromium,
    /// Firefox and the browsers built on it.
    Firefox,
}

/// The extensions whose calls the bridge answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callers {
    /// The ids of extensions in Chromium's family.
    pub extensions: Vec<String>,
    /// The ids of add-ons in Firefox's family.
    pub add_ons: Vec<String>,
}

impl Default for Callers {
    /// Returns our own extension in both families.
    fn default() -> Self {
        Self { extensions: vec![EXTENSION.to_owned()], add_ons: vec![ADD_ON.to_owned()] }
    }
}

impl Callers {
    /// Returns the origins of the extensions in Chromium's family.
    #[must_use]
    pub fn origins(&self) -> Vec<String> {
        self.extensions.iter().map(|id| origin(id)).collect()
    }
}

/// A manifest with the fields that browsers know.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The name of the host, which is also the file name without `.json`.
    pub name: String,
    /// A description for people.
    pub description: String,
    /// The absolute path of the program.
    pub path: String,
    /// Always `stdio`.
    #[serde(rename = "type")]
    pub transport: String,
    /// The origins `chrome-extension://ID/` that Chromium lets start the host.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_origins: Vec<String>,
    /// The ids of the add-ons that Firefox lets start the host.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_extensions: Vec<String>,
}

/// Returns the origin of an extension in Chromium's family.
#[must_use]
pub fn origin(extension: &str) -> String {
    format!("chrome-extension://{extension}/")
}

/// Returns true if both families take this name of a host: lower-case letters, digits and `_`, in parts joined by dots.
#[must_use]
pub fn is_host_name(text: &str) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    text.len() <= 200 && text.split('.').all(is_part)
}

/// Returns true for an extension's id in Chromium's family: 32 letters from a to p.
#[must_use]
pub fn is_extension_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| (b'a'..=b'p').contains(&b))
}

impl Manifest {
    /// Makes the manifest for one family.
    #[must_use]
    pub fn new(host: &str, program: &Path, callers: &Callers, family: Family) -> Self {
        let (origins, extensions) = match family {
            Family::Chromium => (callers.origins(), Vec::new()),
            Family::Firefox => (Vec::new(), callers.add_ons.clone()),
        };
        Self {
            name: host.to_owned(),
            description: "Countersign: relays between its browser extension and its command-line tools".to_owned(),
            path: program.display().to_string(),
            transport: "stdio".to_owned(),
            allowed_origins: origins,
            allowed_extensions: extensions,
        }
    }

    /// Parses a manifest. Returns `None` if it names no program.
    ///
    /// If another field is missing or of the wrong type, only the program is returned: it alone tells whose manifest
    /// this is.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(text).ok()?;
        let path = value.get("path")?.as_str()?.to_owned();
        Some(serde_json::from_value(value).unwrap_or_else(|_| Self { path, ..Self::default() }))
    }

    /// Returns the text of the file.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn each_family_gets_its_own_fields() {
        let chromium = Manifest::new(HOST, Path::new("/b"), &Callers::default(), Family::Chromium).to_text();
        assert!(chromium.contains(&format!("\"allowed_origins\": [\n    \"chrome-extension://{EXTENSION}/\"\n  ]")));
        assert!(!chromium.contains("allowed_extensions"));
        let firefox = Manifest::new(HOST, Path::new("/b"), &Callers::default(), Family::Firefox).to_text();
        assert!(firefox.contains("allowed_extensions") && !firefox.contains("allowed_origins"));
    }

    #[test]
    fn names_and_ids_are_what_browsers_take() {
        assert!(is_host_name(HOST) && is_host_name("com.postman.postmanapp") && is_host_name("a_1"));
        for bad in ["", ".", "a.", "A", "a-b", "a/b", "../a"] {
            assert!(!is_host_name(bad), "{bad}");
        }
        assert!(is_extension_id(EXTENSION) && is_extension_id("aicmkgpgakddgnaphhhpliifpcfhicfo"));
        assert!(!is_extension_id("aicm") && !is_extension_id("qicmkgpgakddgnaphhhpliifpcfhicfo"));
    }
}
