//! Sealed channels between a tool and an extension: `Noise_NNpsk0_25519_AESGCM_SHA256` (noiseprotocol.org, revision
//! 34).
//!
//! The tool initiates. Ephemeral keys on both sides give forward secrecy, the pre-shared key says who is who, and the
//! counter of each direction makes a replayed, lost or reordered message one that does not open.
//!
//! One Noise message holds one JSON object. A longer text goes in parts, `{"part":1,"parts":3,"text":"…"}`, counted
//! from 1, each with at most [`PART`] bytes of the text; parts of one text follow one another.

use base64::Engine as _;
use serde::{Deserialize, Serialize};
use snow::{Builder, HandshakeState, TransportState};

use crate::encode::BASE64;
use crate::slice::Slice as _;

use super::key::Key;

const PATTERN: &str = "Noise_NNpsk0_25519_AESGCM_SHA256";
const PROLOGUE: &[u8] = b"countersign bridge 1";

/// The number of bytes of a text that go into one message. Escaped once more they take at most twice the length, and
/// stay below Noise's limit of 65,535 bytes.
pub const PART: usize = 24 << 10;

/// The longest text in bytes. It bounds what a hostile peer can make us keep while parts are missing.
pub const LONGEST_TEXT: usize = 96 << 20;

/// The limit that Noise sets for a message, in bytes.
const LONGEST_MESSAGE: usize = 65_535;

/// The reason for which a channel ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChannelError {
    /// The handshake did not open, so the other side has another key.
    #[error("the keys of the two sides differ")]
    KeysDiffer,
    /// A message does not open, is out of order, or breaks the rules about parts.
    #[error("a sealed message is not genuine")]
    NotGenuine,
    /// A text is longer than [`LONGEST_TEXT`], or a message longer than Noise allows.
    #[error("a message is too long")]
    TooLong,
}

/// The tool's side of a handshake, before the channel stands.
pub struct Initiator(HandshakeState);

/// The extension's side of a handshake, for `bridge-install doctor` and tests. The extension itself has it in
/// JavaScript.
pub struct Responder;

/// A channel that stands.
pub struct Channel {
    state: TransportState,
    /// The text whose parts have not all come yet.
    text: String,
    next_part: u32,
}

fn builder(key: &Key) -> Result<Builder<'_>, ChannelError> {
    let pattern = PATTERN.parse().map_err(|_| ChannelError::NotGenuine)?;
    let builder = Builder::new(pattern).prologue(PROLOGUE).and_then(|builder| builder.psk(0, key.bytes()));
    builder.map_err(|_| ChannelError::NotGenuine)
}

impl Initiator {
    /// Begins a handshake. Returns its first message in base64.
    ///
    /// # Errors
    /// Returns [`ChannelError::NotGenuine`] if the system has no randomness for the ephemeral key.
    pub fn new(key: &Key) -> Result<(Self, String), ChannelError> {
        let mut state = builder(key)?.build_initiator().map_err(|_| ChannelError::NotGenuine)?;
        let message = write_handshake(&mut state)?;
        Ok((Self(state), message))
    }

    /// Takes the answer in base64 and returns the channel.
    ///
    /// # Errors
    /// Returns [`ChannelError::KeysDiffer`] if the answer was made with another key.
    pub fn finish(mut self, answer: &str) -> Result<Channel, ChannelError> {
        read_handshake(&mut self.0, answer)?;
        Channel::new(self.0)
    }
}

impl Responder {
    /// Takes the first message and returns the channel and the answer. Both messages are in base64.
    ///
    /// # Errors
    /// Returns [`ChannelError::KeysDiffer`] if the first message was made with another key.
    pub fn answer(key: &Key, first: &str) -> Result<(Channel, String), ChannelError> {
        let mut state = builder(key)?.build_responder().map_err(|_| ChannelError::NotGenuine)?;
        read_handshake(&mut state, first)?;
        let answer = write_handshake(&mut state)?;
        Ok((Channel::new(state)?, answer))
    }
}

fn write_handshake(state: &mut HandshakeState) -> Result<String, ChannelError> {
    let mut buffer = [0; 128];
    let length = state.write_message(&[], &mut buffer).map_err(|_| ChannelError::NotGenuine)?;
    Ok(BASE64.encode(buffer.part(..length)))
}

fn read_handshake(state: &mut HandshakeState, message: &str) -> Result<(), ChannelError> {
    let message = BASE64.decode(message).map_err(|_| ChannelError::NotGenuine)?;
    let mut buffer = [0; 128];
    match state.read_message(&message, &mut buffer) {
        Ok(0) => Ok(()),
        // Our handshake has no payload, so a message with one was made by something else.
        Ok(_) => Err(ChannelError::NotGenuine),
        // The pre-shared key is mixed in first (psk0), so a message made with another key does not open.
        Err(_) => Err(ChannelError::KeysDiffer),
    }
}

#[derive(Serialize, Deserialize)]
struct Part<'p> {
    part: u32,
    parts: u32,
    #[serde(borrow)]
    text: std::borrow::Cow<'p, str>,
}

impl Channel {
    fn new(state: HandshakeState) -> Result<Self, ChannelError> {
        let state = state.into_transport_mode().map_err(|_| ChannelError::NotGenuine)?;
        Ok(Self { state, text: String::new(), next_part: 1 })
    }

    /// Seals a JSON object. Returns one or more messages in base64, which have to be sent in this order.
    ///
    /// # Errors
    /// Returns [`ChannelError::TooLong`] if the text is longer than [`LONGEST_TEXT`].
    pub fn seal(&mut self, json: &str) -> Result<Vec<String>, ChannelError> {
        // A whole text is not escaped once more as a part is, so it may be twice as long.
        if json.len() <= 2 * PART {
            return Ok(vec![self.seal_one(json)?]);
        }
        if json.len() > LONGEST_TEXT {
            return Err(ChannelError::TooLong);
        }
        let pieces = pieces(json);
        let parts = u32::try_from(pieces.len()).map_err(|_| ChannelError::TooLong)?;
        let mut messages = Vec::with_capacity(pieces.len());
        for (part, text) in (1..).zip(pieces) {
            let part = Part { part, parts, text: text.into() };
            let json = serde_json::to_string(&part).map_err(|_| ChannelError::NotGenuine)?;
            messages.push(self.seal_one(&json)?);
        }
        Ok(messages)
    }

    fn seal_one(&mut self, json: &str) -> Result<String, ChannelError> {
        // AES-GCM adds a tag of 16 bytes.
        let mut buffer = vec![0; json.len() + 16];
        let length = self.state.write_message(json.as_bytes(), &mut buffer).map_err(|_| ChannelError::TooLong)?;
        Ok(BASE64.encode(buffer.part(..length)))
    }

    /// Opens one message in base64. Returns `None` while parts of the text are missing.
    ///
    /// # Errors
    /// Returns [`ChannelError::NotGenuine`] if the message does not open or comes out of order, and
    /// [`ChannelError::TooLong`] if it is longer than Noise allows. The channel cannot be used after that.
    pub fn open(&mut self, message: &str) -> Result<Option<String>, ChannelError> {
        let message = BASE64.decode(message).map_err(|_| ChannelError::NotGenuine)?;
        if message.len() > LONGEST_MESSAGE {
            return Err(ChannelError::TooLong);
        }
        let mut buffer = vec![0; message.len()];
        let length = self.state.read_message(&message, &mut buffer).map_err(|_| ChannelError::NotGenuine)?;
        buffer.truncate(length);
        let json = String::from_utf8(buffer).map_err(|_| ChannelError::NotGenuine)?;
        match serde_json::from_str::<Part<'_>>(&json) {
            Ok(part) => self.join(&part),
            Err(_) if self.next_part == 1 => Ok(Some(json)),
            // Another message came in the middle of a text in parts.
            Err(_) => Err(ChannelError::NotGenuine),
        }
    }

    fn join(&mut self, part: &Part<'_>) -> Result<Option<String>, ChannelError> {
        if part.part != self.next_part || part.part > part.parts {
            return Err(ChannelError::NotGenuine);
        }
        if self.text.len() + part.text.len() > LONGEST_TEXT {
            return Err(ChannelError::TooLong);
        }
        self.text.push_str(&part.text);
        if part.part < part.parts {
            self.next_part += 1;
            return Ok(None);
        }
        self.next_part = 1;
        Ok(Some(std::mem::take(&mut self.text)))
    }
}

/// The text in pieces of at most [`PART`] bytes, none of which cuts a character.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::with_capacity(text.len() / PART + 1);
    let mut rest = text;
    while !rest.is_empty() {
        let at = rest.floor_char_boundary(PART);
        let (piece, after) = rest.split_at(at);
        pieces.push(piece);
        rest = after;
    }
    pieces
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn pair() -> (Channel, Channel) {
        let key = Key::new([7; 32]);
        let (initiator, first) = Initiator::new(&key).unwrap();
        let (extension, answer) = Responder::answer(&key, &first).unwrap();
        (initiator.finish(&answer).unwrap(), extension)
    }

    fn carry(from: &mut Channel, to: &mut Channel, text: &str) -> Option<String> {
        let messages = from.seal(text).unwrap();
        messages.iter().map(|message| to.open(message).unwrap()).last().flatten()
    }

    #[test]
    fn what_is_sealed_on_one_side_opens_on_the_other() {
        let (mut tool, mut extension) = pair();
        assert_eq!(carry(&mut tool, &mut extension, "{\"a\":1}").as_deref(), Some("{\"a\":1}"));
        assert_eq!(carry(&mut extension, &mut tool, "{\"é\":2}").as_deref(), Some("{\"é\":2}"));
        let long = format!("{{\"text\":\"{}\"}}", "é\\\"".repeat(100_000));
        assert_eq!(carry(&mut extension, &mut tool, &long).as_deref(), Some(long.as_str()));
        assert_eq!(carry(&mut extension, &mut tool, "{}").as_deref(), Some("{}"));
    }

    #[test]
    fn different_keys_do_not_open_the_handshake() {
        let (_, first) = Initiator::new(&Key::new([1; 32])).unwrap();
        assert_eq!(Responder::answer(&Key::new([2; 32]), &first).err(), Some(ChannelError::KeysDiffer));
    }

    #[test]
    fn replayed_reordered_lost_and_changed_messages_do_not_open() {
        let (mut tool, mut extension) = pair();
        let messages: Vec<String> = (0..4).map(|n| tool.seal(&format!("{{\"n\":{n}}}")).unwrap().remove(0)).collect();
        extension.open(&messages[0]).unwrap();
        assert_eq!(extension.open(&messages[0]), Err(ChannelError::NotGenuine), "replayed");
        assert_eq!(extension.open(&messages[2]), Err(ChannelError::NotGenuine), "lost or reordered");
        let mut bytes = BASE64.decode(&messages[1]).unwrap();
        bytes[3] ^= 1;
        assert_eq!(extension.open(&BASE64.encode(bytes)), Err(ChannelError::NotGenuine), "changed");
    }

    #[test]
    fn parts_out_of_their_order_end_the_channel() {
        let (mut tool, mut extension) = pair();
        let second = tool.seal("{\"part\":2,\"parts\":2,\"text\":\"x\"}").unwrap().remove(0);
        assert_eq!(extension.open(&second), Err(ChannelError::NotGenuine));
        let (mut tool, mut extension) = pair();
        let first = tool.seal("{\"part\":1,\"parts\":2,\"text\":\"x\"}").unwrap().remove(0);
        assert_eq!(extension.open(&first), Ok(None));
        let other = tool.seal("{}").unwrap().remove(0);
        assert_eq!(extension.open(&other), Err(ChannelError::NotGenuine));
    }

    fn vectors(name: &str) -> serde_json::Value {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/bridge").join(name);
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }

    fn hex(value: &serde_json::Value) -> Vec<u8> {
        let text = value.as_str().unwrap();
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }

    /// Both sides of a published conversation, whose messages they take by turns.
    #[test]
    fn published_conversations_come_out_byte_for_byte() {
        let vector = vectors("noise.json");
        let [psk, prologue] = ["psk", "prologue"].map(|name| hex(&vector[name]));
        let ephemerals = ["tool_ephemeral", "extension_ephemeral"].map(|name| hex(&vector[name]));
        let psk: &[u8; 32] = psk.as_slice().try_into().unwrap();
        let side = |ephemeral| {
            let builder = Builder::new(PATTERN.parse().unwrap()).prologue(&prologue).unwrap().psk(0, psk).unwrap();
            builder.fixed_ephemeral_key_for_testing_only(ephemeral)
        };
        let mut initiator = side(&ephemerals[0]).build_initiator().unwrap();
        let mut responder = side(&ephemerals[1]).build_responder().unwrap();
        let messages = vector["messages"].as_array().unwrap();
        let (payload, ciphertext) =
            (|at: usize| hex(&messages[at]["payload"]), |at: usize| hex(&messages[at]["ciphertext"]));
        let mut buffer = [0; 256];
        let length = initiator.write_message(&payload(0), &mut buffer).unwrap();
        assert_eq!(buffer[..length], ciphertext(0));
        responder.read_message(&ciphertext(0), &mut buffer).unwrap();
        let length = responder.write_message(&payload(1), &mut buffer).unwrap();
        assert_eq!(buffer[..length], ciphertext(1));
        initiator.read_message(&ciphertext(1), &mut buffer).unwrap();
        let mut sides = [initiator.into_transport_mode().unwrap(), responder.into_transport_mode().unwrap()];
        for at in 2..messages.len() {
            let length = sides[at % 2].write_message(&payload(at), &mut buffer).unwrap();
            assert_eq!(buffer[..length], ciphertext(at), "message {at}");
        }
    }

    #[test]
    fn channels_say_what_other_peoples_noise_says() {
        let vector = vectors("channel.json");
        let bytes = BASE64.decode(vector["psk"].as_str().unwrap()).unwrap();
        let key = Key::new(bytes.try_into().unwrap());
        let ephemerals = ["tool_ephemeral", "extension_ephemeral"].map(|name| hex(&vector[name]));
        let side = |ephemeral| builder(&key).unwrap().fixed_ephemeral_key_for_testing_only(ephemeral);
        let mut initiator = side(&ephemerals[0]).build_initiator().unwrap();
        let mut responder = side(&ephemerals[1]).build_responder().unwrap();
        let first = write_handshake(&mut initiator).unwrap();
        assert_eq!(first, vector["first"]);
        read_handshake(&mut responder, &first).unwrap();
        let answer = write_handshake(&mut responder).unwrap();
        assert_eq!(answer, vector["answer"]);
        read_handshake(&mut initiator, &answer).unwrap();
        let mut tool = Channel::new(initiator).unwrap();
        let mut extension = Channel::new(responder).unwrap();
        for said in vector["says"].as_array().unwrap() {
            let (from, to) =
                if said["from"] == "tool" { (&mut tool, &mut extension) } else { (&mut extension, &mut tool) };
            let long = |unit: &str| {
                let times = usize::try_from(said["times"].as_u64().unwrap()).unwrap();
                serde_json::json!({ "text": unit.repeat(times) }).to_string()
            };
            let text = said["unit"].as_str().map_or_else(|| said["json"].as_str().unwrap().to_owned(), long);
            let messages = from.seal(&text).unwrap();
            let sealed = serde_json::to_value(&messages).unwrap();
            let digest = |text: &String| crate::encode::hex(&crate::hash::Algorithm::Sha256.digest(text.as_bytes()));
            match said.get("messages") {
                Some(expected) => assert_eq!(&sealed, expected),
                None => assert_eq!(
                    serde_json::to_value(messages.iter().map(digest).collect::<Vec<_>>()).unwrap(),
                    said["sha256"]
                ),
            }
            let opened = messages.iter().map(|message| to.open(message).unwrap()).last().flatten();
            assert_eq!(opened, Some(text));
        }
    }
}
