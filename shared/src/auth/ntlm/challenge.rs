//! The server's CHALLENGE_MESSAGE (MS-NLMP section 2.2.1.2). Every length and offset in it is chosen by the server, so each
//! is checked before it is used.

use base64::Engine as _;
use ntlmclient::Flags;

use crate::encode::BASE64_READ;

/// The bytes that every message begins with.
pub(super) const SIGNATURE: &[u8; 8] = b"NTLMSSP\0";

/// The largest challenge that is read, in bytes of base64. AV pairs alone may take 64 KiB.
const LIMIT: usize = 128 << 10;

/// The reason for which a challenge cannot be read. The text follows on "the server's challenge".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    /// The token is not base64.
    #[error("is not base64")]
    NotBase64,
    /// The message does not begin with the signature of NTLM.
    #[error("is not an NTLM message")]
    NotNtlm,
    /// The message is of another type.
    #[error("is not a type 2 message")]
    NotChallenge,
    /// The message ends inside its header.
    #[error("ends in the middle")]
    Short,
    /// A field points outside the message.
    #[error("has a field that lies outside of it")]
    Outside,
    /// An AV pair is longer than the list that it is in.
    #[error("has target information that ends in the middle")]
    Pairs,
    /// The message is longer than 128 KiB.
    #[error("is over {} KiB long", LIMIT >> 10)]
    TooLong,
}

/// A challenge split into its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    /// The message itself, which the MIC covers.
    pub message: Vec<u8>,
    /// The flags that the server agreed to.
    pub flags: Flags,
    /// The server's nonce.
    pub server_challenge: [u8; 8],
    /// The AV pairs in order, without the one that ends them (section 2.2.2.1). Old servers send none.
    pub target_information: Vec<(u16, Vec<u8>)>,
}

impl Challenge {
    /// Reads a challenge in base64, as it follows on the scheme in a header.
    ///
    /// # Errors
    /// Returns the first [`Problem`] if the message cannot be read.
    pub(super) fn parse(token: &str) -> Result<Self, Problem> {
        if token.len() > LIMIT {
            return Err(Problem::TooLong);
        }
        Self::read(BASE64_READ.decode(token.trim()).map_err(|_| Problem::NotBase64)?)
    }

    /// Reads a challenge from its bytes.
    ///
    /// # Errors
    /// Returns the first [`Problem`] if the message cannot be read.
    pub(super) fn read(message: Vec<u8>) -> Result<Self, Problem> {
        if message.get(..8) != Some(SIGNATURE.as_slice()) {
            return Err(Problem::NotNtlm);
        }
        if number(&message, 8)? != 2 {
            return Err(Problem::NotChallenge);
        }
        let flags = Flags::from_bits_retain(number(&message, 20)?);
        let server_challenge = array(&message, 24)?;
        // The target's name is not used. The field is checked all the same, because a message with a wrong field is not
        // trusted.
        field(&message, 12)?;
        let target_information =
            if flags.contains(Flags::NEGOTIATE_TARGET_INFO) { pairs(field(&message, 40)?)? } else { Vec::new() };
        Ok(Self { flags, server_challenge, target_information, message })
    }

    /// Returns the value of the first AV pair with that id.
    pub(super) fn pair(&self, id: u16) -> Option<&[u8]> {
        self.target_information.iter().find(|(kind, _)| *kind == id).map(|(_, value)| value.as_slice())
    }
}

fn array<const N: usize>(message: &[u8], at: usize) -> Result<[u8; N], Problem> {
    message.get(at..at + N).and_then(|bytes| bytes.try_into().ok()).ok_or(Problem::Short)
}

fn number(message: &[u8], at: usize) -> Result<u32, Problem> {
    array(message, at).map(u32::from_le_bytes)
}

/// Returns the bytes that a field (length, capacity, offset; section 2.2.1.2) points at.
fn field(message: &[u8], at: usize) -> Result<&[u8], Problem> {
    let length = usize::from(u16::from_le_bytes(array(message, at)?));
    if length == 0 {
        return Ok(&[]);
    }
    let offset = usize::try_from(number(message, at + 4)?).map_err(|_| Problem::Outside)?;
    let end = offset.checked_add(length).ok_or(Problem::Outside)?;
    message.get(offset..end).ok_or(Problem::Outside)
}

/// Reads AV pairs up to the one that ends them, or to the end of the list.
fn pairs(mut list: &[u8]) -> Result<Vec<(u16, Vec<u8>)>, Problem> {
    let mut pairs = Vec::new();
    while !list.is_empty() {
        let id = u16::from_le_bytes(array(list, 0).map_err(|_| Problem::Pairs)?);
        let length = usize::from(u16::from_le_bytes(array(list, 2).map_err(|_| Problem::Pairs)?));
        if id == 0 {
            break;
        }
        let rest = list.get(4..).ok_or(Problem::Pairs)?;
        let (value, rest) = rest.split_at_checked(length).ok_or(Problem::Pairs)?;
        pairs.push((id, value.to_vec()));
        list = rest;
    }
    Ok(pairs)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The challenge of MS-NLMP section 4.2.4.3.
    fn example() -> Vec<u8> {
        let mut message = SIGNATURE.to_vec();
        message.extend([2, 0, 0, 0, 12, 0, 12, 0, 56, 0, 0, 0, 0x33, 0x82, 0x8a, 0xe2]);
        message.extend([
            0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0, 0, 0, 0, 0, 0, 0, 0, 36, 0, 36, 0, 68, 0, 0, 0,
        ]);
        message.extend([6, 0, 0x70, 0x17, 0, 0, 0, 15]);
        message.extend("Server".encode_utf16().flat_map(u16::to_le_bytes));
        for (id, name) in [(2, "Domain"), (1, "Server")] {
            message.extend([id, 0, 12, 0]);
            message.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        }
        message.extend([0; 4]);
        message
    }

    #[test]
    fn the_specifications_challenge_is_read() {
        let challenge = Challenge::read(example()).unwrap();
        assert_eq!(challenge.server_challenge, [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]);
        assert_eq!(challenge.target_information.len(), 2);
        assert_eq!(challenge.pair(2).unwrap(), b"D\0o\0m\0a\0i\0n\0");
        assert_eq!(challenge.pair(7), None);
    }

    #[test]
    fn a_short_challenge_of_an_old_server_is_read() {
        let mut message = example();
        message.truncate(32);
        message[12..20].fill(0);
        message[20..24].copy_from_slice(&0x0000_0201_u32.to_le_bytes());
        assert_eq!(Challenge::read(message).unwrap().target_information, []);
    }

    #[test]
    fn lying_offsets_and_lengths_are_errors() {
        for (at, bytes, problem) in [
            (16, [0xff, 0xff, 0xff, 0xff], Problem::Outside),
            (44, [0xff, 0xff, 0xff, 0xff], Problem::Outside),
            (44, [69, 0, 0, 0], Problem::Outside),
            (12, [0xff, 0xff, 0, 0], Problem::Outside),
            (70, [0xff, 0xff, 0, 0], Problem::Pairs),
            (8, [3, 0, 0, 0], Problem::NotChallenge),
            (0, [b'n', 0, 0, 0], Problem::NotNtlm),
        ] {
            let mut message = example();
            message[at..at + 4].copy_from_slice(&bytes);
            assert_eq!(Challenge::read(message), Err(problem), "{at} {bytes:?}");
        }
    }

    #[test]
    fn every_cut_of_a_challenge_is_an_error() {
        let message = example();
        for length in 0..message.len() {
            assert!(Challenge::read(message[..length].to_vec()).is_err(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn no_token_stops_the_reader(token in ".{0,200}") {
            let _ = Challenge::parse(&token);
        }

        #[test]
        fn no_bytes_behind_a_challenges_beginning_stop_the_reader(rest in prop::collection::vec(any::<u8>(), 0..400)) {
            let mut message = SIGNATURE.to_vec();
            message.extend([2, 0, 0, 0]);
            message.extend(rest);
            let _ = Challenge::read(message);
        }

        #[test]
        fn no_changed_byte_stops_the_reader(at in 0_usize..104, byte in any::<u8>(), also in 0_usize..104, other in any::<u8>()) {
            let mut message = example();
            message[at] = byte;
            message[also] = other;
            if let Ok(challenge) = Challenge::read(message) {
                prop_assert!(challenge.target_information.iter().map(|(_, value)| value.len() + 4).sum::<usize>() <= 104);
            }
        }
    }
}
