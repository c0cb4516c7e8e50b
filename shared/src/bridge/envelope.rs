//! Envelopes, the part of the protocol that the bridge can read: who is connected, and which channel a message belongs
//! to. The messages themselves are sealed.

use serde::{Deserialize, Serialize};

use super::frame::FrameError;

/// The version of the protocol.
pub const VERSION: u32 = 1;

/// The content of one frame. Unknown members are ignored, so that later versions can add some.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Envelope {
    /// The first frame of each side, which says who speaks.
    Hello(Hello),
    /// The start of a tool's channel. The bridge sends it to both sides.
    Open(Opened),
    /// The end of a channel.
    Close {
        /// The channel's number.
        channel: u32,
    },
    /// The end of a channel because the tool's process is gone, whoever still holds the socket. Only the bridge sends
    /// it, and only to the extension.
    Ended {
        /// The channel's number.
        channel: u32,
    },
    /// A message of the Noise handshake, in base64.
    Noise {
        /// The channel's number.
        channel: u32,
        /// The message.
        message: String,
    },
    /// A sealed message, in base64.
    Sealed {
        /// The channel's number.
        channel: u32,
        /// The message.
        message: String,
    },
    /// The refusal of a channel.
    Refused {
        /// The channel's number, or 0 if it has none yet.
        channel: u32,
        /// The reason.
        reason: Reason,
    },
    /// The default key. Only the bridge sends it, and only to the extension.
    Key {
        /// 32 bytes in base64.
        key: String,
    },
}

/// A tool's channel, and the process behind it. All but the tool's name is what the system tells the bridge: a tool has
/// no say in it. A tool is told the number alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The channel's number.
    pub channel: u32,
    /// The tool's name, by its own word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The process id of the tool.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// A text that tells the process from all others that have or had this id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<String>,
    /// The file name of the program that the process runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<String>,
}

/// The identity of one side.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// `sign`, `cookie-sync`, `countersign-bridge`, or the extension's name.
    pub name: String,
    /// The version of that program.
    pub version: String,
    /// Its process id on this machine, sent by the bridge only. A tool's own word for it would count for nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// The browser, sent by the extension only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// The browser's profile, sent by the extension only, if it can tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
}

/// The reason for which a channel is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The handshake did not open: only one side has a custom key, or the two custom keys differ.
    #[serde(rename = "keys differ")]
    KeysDiffer,
    /// The other side speaks another version of the protocol.
    #[serde(rename = "version")]
    Version,
    /// Sharing is switched off in the popup.
    #[serde(rename = "off")]
    Off,
    /// The limit of open channels is reached.
    #[serde(rename = "busy")]
    Busy,
}

impl Reason {
    /// Returns what the reason means and what the user can do about it.
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

/// The result of parsing one frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A frame of this version.
    Known(Envelope),
    /// JSON of this version with an unknown kind, which callers skip.
    Unknown,
    /// JSON with another version number, or with none.
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
    /// Returns the text of the frame, with the version number.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(&Versioned { v: VERSION, envelope: self }).unwrap_or_default()
    }

    /// Parses the text of a frame.
    ///
    /// # Errors
    /// Returns [`FrameError::NotJson`] if the text is not a JSON object.
    pub fn parse(text: &str) -> Result<Parsed, FrameError> {
        // serde would read a list into a struct too.
        if !text.trim_start().starts_with('{') {
            return Err(FrameError::NotJson);
        }
        let version: Version = serde_json::from_str(text).map_err(|_| FrameError::NotJson)?;
        if version.v != VERSION {
            return Ok(Parsed::OtherVersion);
        }
        Ok(serde_json::from_str(text).map_or(Parsed::Unknown, Parsed::Known))
    }

    /// Returns the number of the channel that the envelope belongs to.
    #[must_use]
    pub const fn channel(&self) -> Option<u32> {
        match self {
            Self::Hello(_) | Self::Key { .. } => None,
            Self::Open(Opened { channel, .. })
            | Self::Close { channel }
            | Self::Ended { channel }
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
