//! The client's messages: NEGOTIATE_MESSAGE and AUTHENTICATE_MESSAGE (MS-NLMP sections 2.2.1.1 and 2.2.1.3).
//! `ntlmclient` lays them out. This module adds what it leaves out (the MIC, the AV pairs of the client) and corrects what it
//! does in another way than the specification.

use ntlmclient::{AuthenticateMessage, Flags, Message, NegotiateMessage, OsVersion, TargetInfoEntry, TargetInfoType};

use crate::hash::Algorithm;

use super::account::Account;
use super::challenge::Challenge;

/// The place of the MIC in an AUTHENTICATE_MESSAGE: behind the version, before the data that fields point at.
const MIC: std::ops::Range<usize> = 72..88;

/// The offsets of an AUTHENTICATE_MESSAGE's six fields, each 4 bytes behind the field's beginning.
const OFFSETS: [usize; 6] = [16, 24, 32, 40, 48, 56];

/// The id of MsvAvTimestamp, an AV pair.
const TIMESTAMP: u16 = 7;

/// The version of a current Windows, and revision 15 of NTLMSSP (section 2.2.2.10). Some servers refuse messages without a
/// version.
const VERSION: OsVersion =
    OsVersion { major_version: 10, minor_version: 0, build_number: 20348, reserved: [0; 3], ntlm_revision: 15 };

/// Returns the flags that the client asks for. Signing and sealing are not among them: HTTP has no use for either, and so no
/// session key needs to be exchanged.
fn requested() -> Flags {
    Flags::NEGOTIATE_UNICODE
        | Flags::NEGOTIATE_OEM
        | Flags::REQUEST_TARGET
        | Flags::NEGOTIATE_NTLM
        | Flags::NEGOTIATE_ALWAYS_SIGN
        | Flags::NEGOTIATE_NTLM2_KEY
        | Flags::NEGOTIATE_TARGET_INFO
        | Flags::NEGOTIATE_VERSION
        | Flags::NEGOTIATE_128BIT
        | Flags::NEGOTIATE_56BIT
}

/// Returns the type 1 message. It is always the same 40 bytes, so that it need not be kept for the MIC, which covers it.
/// Domain and workstation are left empty; the server gets them with the type 3 message.
///
/// # Errors
/// Returns [`Problem::NotOem`] if a name does not fit its encoding, which empty names always do.
pub(super) fn negotiate() -> Result<Vec<u8>, Problem> {
    let message = NegotiateMessage {
        flags: requested(),
        supplied_domain: String::new(),
        supplied_workstation: String::new(),
        os_version: VERSION,
    };
    Message::Negotiate(message).to_bytes().map_err(|_| Problem::NotOem)
}

/// The reason for which a challenge cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    /// The server cannot do Unicode, and a name is not ASCII.
    #[error("the server takes no Unicode, and user name, domain or workstation are not ASCII")]
    NotOem,
    /// A field would be longer than 64 KiB, for which its length has no room.
    #[error("user name, domain, workstation or the server's target information are over 64 KiB long")]
    TooLong,
}

/// The values that an answer is made of, apart from the challenge.
#[derive(Clone, Debug)]
pub(super) struct Answer<'a> {
    /// The account that signs in.
    pub account: &'a Account,
    /// The name of the machine; it may be empty.
    pub workstation: &'a str,
    /// The client's nonce.
    pub client_challenge: [u8; 8],
    /// The client's time in units of 100 ns since 1601, which is used if the challenge has no time.
    pub time: i64,
    /// The value of MsvAvChannelBindings, if the connection is TLS.
    pub channel_bindings: Option<[u8; 16]>,
    /// The value of MsvAvTargetName, the service: `HTTP/host`.
    pub target_name: &'a str,
}

/// The steps of an answer, for `--explain` and for tests. Neither password nor session key can be computed from them.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    /// The AV pairs behind version, time and client challenge (section 3.3.2: temp).
    pub temp: Vec<u8>,
    /// The proof that is sent before temp (section 3.3.2: NTProofStr).
    pub proof: Vec<u8>,
    /// The LM response: LMv2, or zeros.
    pub lm_response: Vec<u8>,
    /// The MIC, if the message has one.
    pub mic: Option<Vec<u8>>,
}

impl Answer<'_> {
    /// Returns the type 3 message (section 3.1.5.1.2) and its steps. It is NTLMv2. It has a MIC if the challenge has a time,
    /// which servers that know the MIC send.
    ///
    /// # Errors
    /// Returns [`Problem`] if a name or a field does not fit into the message.
    pub(super) fn authenticate(&self, challenge: &Challenge) -> Result<(Vec<u8>, Steps), Problem> {
        let server_time = challenge.pair(TIMESTAMP).and_then(|value| value.try_into().ok()).map(i64::from_le_bytes);
        let key = self.account.key();
        let mut steps = Steps { temp: self.temp(challenge, server_time)?, ..Steps::default() };
        steps.proof =
            Algorithm::Md5.hmac(key.as_slice(), &[&challenge.server_challenge, steps.temp.as_slice()].concat());
        steps.lm_response = match server_time {
            // Section 3.1.5.1.2: with the server's time no LMv2 response is sent.
            Some(_) => vec![0; 24],
            None => {
                let covered = [challenge.server_challenge, self.client_challenge].concat();
                [Algorithm::Md5.hmac(key.as_slice(), &covered), self.client_challenge.to_vec()].concat()
            }
        };
        let mut message = self.lay_out(challenge, &steps)?;
        if server_time.is_some() {
            // The MIC covers the message with zeros in the MIC's own place (section 3.1.5.1.2).
            make_room_for_mic(&mut message);
            // Without key exchange the exported session key is the session base key (section 3.4.5.1).
            let session_key = zeroize::Zeroizing::new(Algorithm::Md5.hmac(key.as_slice(), &steps.proof));
            let covered = [negotiate()?.as_slice(), &challenge.message, &message].concat();
            let mic = Algorithm::Md5.hmac(&session_key, &covered);
            if let Some(place) = message.get_mut(MIC) {
                place.copy_from_slice(&mic);
            }
            steps.mic = Some(mic);
        }
        Ok((message, steps))
    }

    /// Returns temp (section 3.3.2).
    fn temp(&self, challenge: &Challenge, server_time: Option<i64>) -> Result<Vec<u8>, Problem> {
        let mut temp = vec![1, 1, 0, 0, 0, 0, 0, 0];
        temp.extend(server_time.unwrap_or(self.time).to_le_bytes());
        temp.extend(self.client_challenge);
        temp.extend([0; 4]);
        for (id, value) in self.target_information(challenge, server_time.is_some()) {
            // The crate panics if a value is longer than 16 bits can count.
            if value.len() > usize::from(u16::MAX) {
                return Err(Problem::TooLong);
            }
            temp.extend(TargetInfoEntry { entry_type: TargetInfoType::from(id), data: value }.to_bytes());
        }
        temp.extend([0; 4]);
        Ok(temp)
    }

    /// Returns the server's AV pairs with the client's among them, ended by MsvAvEOL.
    fn target_information(&self, challenge: &Challenge, knows_mic: bool) -> Vec<(u16, Vec<u8>)> {
        const EOL: u16 = 0;
        const FLAGS: u16 = 6;
        const TARGET_NAME: u16 = 9;
        const CHANNEL_BINDINGS: u16 = 10;
        const HAS_MIC: u32 = 2;
        let mut pairs = challenge.target_information.clone();
        let mut set = |id: u16, value: Vec<u8>| match pairs.iter_mut().find(|(kind, _)| *kind == id) {
            Some(pair) => pair.1 = value,
            None => pairs.push((id, value)),
        };
        if knows_mic {
            let flags = challenge.pair(FLAGS).and_then(|value| value.try_into().ok()).map_or(0, u32::from_le_bytes);
            set(FLAGS, (flags | HAS_MIC).to_le_bytes().to_vec());
            set(TARGET_NAME, self.target_name.encode_utf16().flat_map(u16::to_le_bytes).collect());
        }
        if let Some(bindings) = self.channel_bindings {
            set(CHANNEL_BINDINGS, bindings.to_vec());
        }
        pairs.push((EOL, Vec::new()));
        pairs
    }

    fn lay_out(&self, challenge: &Challenge, steps: &Steps) -> Result<Vec<u8>, Problem> {
        let flags = self.flags(challenge)?;
        let ntlm_response = [steps.proof.as_slice(), &steps.temp].concat();
        let Account { user, domain, .. } = self.account;
        let fits = |text: &str| text.encode_utf16().count() <= usize::from(u16::MAX / 2);
        if ntlm_response.len() > usize::from(u16::MAX) || ![user, domain, self.workstation].into_iter().all(fits) {
            return Err(Problem::TooLong);
        }
        let message = AuthenticateMessage {
            lm_response: steps.lm_response.clone(),
            ntlm_response,
            domain_name: domain.clone(),
            user_name: user.clone(),
            workstation_name: self.workstation.to_owned(),
            // The session base key must never be sent in the clear, and without key exchange there is no other to send.
            session_key: Vec::new(),
            flags,
            os_version: VERSION,
        };
        Message::Authenticate(message).to_bytes().map_err(|_| Problem::NotOem)
    }

    /// Returns the flags that both sides want, with one character set, and the version, which is always sent.
    fn flags(&self, challenge: &Challenge) -> Result<Flags, Problem> {
        let common = (requested() & challenge.flags) | Flags::NEGOTIATE_NTLM | Flags::NEGOTIATE_VERSION;
        if challenge.flags.contains(Flags::NEGOTIATE_UNICODE) {
            return Ok(common - Flags::NEGOTIATE_OEM);
        }
        if ![&self.account.user, &self.account.domain, self.workstation].iter().all(|name| name.is_ascii()) {
            return Err(Problem::NotOem);
        }
        Ok(common | Flags::NEGOTIATE_OEM)
    }
}

/// Inserts 16 zero bytes behind the version and corrects the offsets in the fields.
fn make_room_for_mic(message: &mut Vec<u8>) {
    let length = MIC.len();
    message.splice(MIC.start..MIC.start, std::iter::repeat_n(0, length));
    for at in OFFSETS {
        let Some(place) = message.get_mut(at..at + 4) else { continue };
        let Ok(offset) = <[u8; 4]>::try_from(&*place) else { continue };
        // A message is far below 4 GiB: its six fields have at most 64 KiB each.
        let moved = u32::from_le_bytes(offset).saturating_add(length as u32);
        place.copy_from_slice(&moved.to_le_bytes());
    }
}
