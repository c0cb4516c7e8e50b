//! What the bridge sees: who is there, which channel a sealed message belongs to, and nothing of what it says.

use serde::{Deserialize, Serialize};

use super::frame::FrameError;

/// The version of the protocol.
pub const VERSION: u32 = 1;

/// One frame's content. Members that are not known are ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Envelope {
    /// Who speaks: the first frame of each side.
    Hello(Hello),
    /// A tool's channel begins. The bridge tells both sides its number.
    Open {
        /// The number.
        channel: u32,
        /// The tool's name, as the popup shows it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The tool's process.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pid: Option<u32>,
    },
    /// A channel ended.
    Close {
        /// The number.
        channel: u32,
    },
    /// A message of the Noise handshake, in base64.
    Noise {
        /// The number.
        channel: u32,
        /// The message.
        message: String,
    },
    /// A sealed message, in base64.
    Sealed {
        /// The number.
        channel: u32,
        /// The message.
        message: String,
    },
    /// A channel that will not be.
    Refused {
        /// The number; 0 where there is none yet.
        channel: u32,
        /// Why.
        reason: Reason,
    },
    /// The default key, from the bridge to the extension only, in base64.
    Key {
        /// 32 bytes.
        key: String,
    },
}

/// Who a side is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// `sign`, `cookie-sync`, `countersign-bridge`, or the extension's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// A process of this machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// From the extension: which browser.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// From the extension: which of its profiles, as far as it can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
}

/// Why a channel is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The handshake did not open: custom key on one side only, or two different ones.
    #[serde(rename = "keys differ")]
    KeysDiffer,
    /// The other side speaks another version of the protocol.
    #[serde(rename = "version")]
    Version,
    /// Sharing is switched off in the popup.
    #[serde(rename = "off")]
    Off,
    /// As many channels as there may be are open.
    #[serde(rename = "busy")]
    Busy,
}

impl Reason {
    /// What it means, and what to do.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::KeysDiffer => {
                "the keys differ: set the same custom key in the popup and with `bridge-install key set`, or clear both"
            }
            Self::Version => "the extension is of another version: `bridge-install extension --to DIR --update`",
            Self::Off => "sharing is switched off in the popup",
            Self::Busy => "too many tools are connected",
        }
    }
}

/// What one frame turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A frame of this version.
    Known(Envelope),
    /// JSON of this version with a kind that is not known: left alone.
    Unknown,
    /// Another version, or none.
    OtherVersion,
}

#[derive(Serialize)]
struct Versioned<'e> {
    v: u32,
    #[serde(flatten)]
    envelope: &'e Envelope,
}

#[derive(Deserialize)]
struct Version {
    #[serde(default)]
    v: serde_json::Value,
}

impl Envelope {
    /// The frame's text.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(&Versioned { v: VERSION, envelope: self }).unwrap_or_default()
    }

    /// Reads a frame's text.
    ///
    /// # Errors
    /// [`FrameError::NotJson`]: it is no JSON object.
    pub fn parse(text: &str) -> Result<Parsed, FrameError> {
        // serde would take a list for a struct too.
        let text = Some(text).filter(|text| text.trim_start().starts_with('{')).ok_or(FrameError::NotJson)?;
        let version: Version = serde_json::from_str(text).map_err(|_| FrameError::NotJson)?;
        if version.v != VERSION {
            return Ok(Parsed::OtherVersion);
        }
        Ok(serde_json::from_str(text).map_or(Parsed::Unknown, Parsed::Known))
    }

    /// The channel that it belongs to.
    #[must_use]
    pub const fn channel(&self) -> Option<u32> {
        match self {
            Self::Hello(_) | Self::Key { .. } => None,
            Self::Open { channel, .. }
            | Self::Close { channel }
            | Self::Noise { channel, .. }
            | Self::Sealed { channel, .. }
            | Self::Refused { channel, .. } => Some(*channel),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_flat_json_with_its_version() {
        let sealed = Envelope::Sealed { channel: 7, message: "AA==".to_owned() };
        assert_eq!(sealed.to_text(), r#"{"v":1,"kind":"sealed","channel":7,"message":"AA=="}"#);
        assert_eq!(Envelope::parse(&sealed.to_text()).unwrap(), Parsed::Known(sealed));
    }

    #[test]
    fn other_versions_and_unknown_kinds_are_told_apart_from_rubbish() {
        assert_eq!(Envelope::parse(r#"{"v":2,"kind":"sealed"}"#).unwrap(), Parsed::OtherVersion);
        assert_eq!(Envelope::parse(r#"{"v":1,"kind":"later","x":1}"#).unwrap(), Parsed::Unknown);
        let refused = Envelope::Refused { channel: 1, reason: Reason::KeysDiffer };
        assert_eq!(
            Envelope::parse(r#"{"v":1,"kind":"refused","channel":1,"reason":"keys differ","more":[]}"#).unwrap(),
            Parsed::Known(refused)
        );
        assert_eq!(Envelope::parse("{}").unwrap(), Parsed::OtherVersion);
        for rubbish in ["[]", "[1]", "1", "{", "null", "{\"v\":1}x", ""] {
            assert!(Envelope::parse(rubbish).is_err(), "{rubbish}");
        }
    }
}
