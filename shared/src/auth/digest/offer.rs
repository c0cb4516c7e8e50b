//! The offers in digest challenges, and the choice between them (RFC 7616 section 3.3).

use std::fmt;
use std::sync::Arc;

use crate::challenge::Challenge;

/// A hash function, with or without `-sess`, which binds A1 to a session (RFC 7616 section 3.4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Md5,
    Md5Sess,
    Sha256,
    Sha256Sess,
    Sha512_256,
    Sha512_256Sess,
}

impl Algorithm {
    /// The names of RFC 7616 section 6.1, weakest first.
    pub(super) const NAMES: &'static [&'static str] =
        &["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"];

    const ALL: [Self; 6] =
        [Self::Md5, Self::Md5Sess, Self::Sha256, Self::Sha256Sess, Self::Sha512_256, Self::Sha512_256Sess];

    /// Returns the algorithm of that name. Servers also write `SHA-512/256`, `sha256` and the like.
    pub(super) fn named(text: &str) -> Option<Self> {
        let plain = |text: &str| text.replace(|c: char| !c.is_ascii_alphanumeric(), "").to_ascii_lowercase();
        let text = plain(text);
        Self::ALL.into_iter().find(|algorithm| plain(algorithm.name()) == text)
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Md5Sess => "MD5-sess",
            Self::Sha256 => "SHA-256",
            Self::Sha256Sess => "SHA-256-sess",
            Self::Sha512_256 => "SHA-512-256",
            Self::Sha512_256Sess => "SHA-512-256-sess",
        }
    }

    pub(super) const fn is_session(self) -> bool {
        matches!(self, Self::Md5Sess | Self::Sha256Sess | Self::Sha512_256Sess)
    }

    /// Returns the rank of the hash function; a higher one is stronger. A session does not change it.
    const fn strength(self) -> u8 {
        match self {
            Self::Md5 | Self::Md5Sess => 0,
            Self::Sha256 | Self::Sha256Sess => 1,
            Self::Sha512_256 | Self::Sha512_256Sess => 2,
        }
    }

    /// Returns the algorithm for the crate that computes the response.
    pub(super) const fn for_crate(self) -> digest_auth::Algorithm {
        let algo = match self {
            Self::Md5 | Self::Md5Sess => digest_auth::AlgorithmType::MD5,
            Self::Sha256 | Self::Sha256Sess => digest_auth::AlgorithmType::SHA2_256,
            Self::Sha512_256 | Self::Sha512_256Sess => digest_auth::AlgorithmType::SHA2_512_256,
        };
        digest_auth::Algorithm { algo, sess: self.is_session() }
    }
}

/// The quality of protection (RFC 7616 section 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Qop {
    /// The request line is protected.
    Auth,
    /// The request line and the body are protected.
    AuthInt,
}

impl Qop {
    pub(super) const NAMES: &'static [&'static str] = &["auth", "auth-int"];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::AuthInt => "auth-int",
        }
    }

    /// Parses a list and keeps its order. Unknown words are ignored, as RFC 7616 section 3.3 demands.
    pub(super) fn list(text: &str) -> Vec<Self> {
        let known =
            |word: &str| [Self::Auth, Self::AuthInt].into_iter().find(|qop| word.eq_ignore_ascii_case(qop.name()));
        text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter_map(known).collect()
    }
}

/// The form in which the server takes user names (RFC 7616 section 3.4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// The names themselves.
    Plain,
    /// Hashes of name and realm.
    Hashed,
}

/// The server's demand on user names and passwords beyond ASCII (RFC 7616 section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// The server demands nothing. They are hashed in UTF-8 without normalization, as curl and browsers do.
    Unsaid,
    /// The server demands UTF-8 in normalization form C; such a server knows `username*`.
    Utf8,
}

/// The contents of one challenge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) opaque: Option<String>,
    pub(super) algorithm: Algorithm,
    /// The algorithm as the server wrote it, which is sent back unchanged (RFC 7616 section 3.4).
    pub(super) spelled: Option<String>,
    /// The qualities of protection; none means RFC 2069, which has no client nonce and no count.
    pub(super) qops: Vec<Qop>,
    pub(super) names: Names,
    pub(super) charset: Charset,
    /// The URIs, or prefixes of URIs, that the credentials are good for.
    pub(super) domain: Vec<String>,
    /// True if only the nonce of the refused request was wrong.
    pub(super) is_stale: bool,
}

/// The reason for which a challenge cannot be answered. The text follows on "the server's challenge".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unusable {
    #[error("has no nonce")]
    NoNonce,
    #[error("has an algorithm other than MD5, SHA-256, SHA-512-256 and their -sess")]
    Algorithm,
    #[error("has no qop that is known, auth or auth-int")]
    Qop,
    /// Without qop there is no `cnonce` parameter, so the server could not learn the client nonce that is part of A1.
    #[error("has a -sess algorithm without qop, which no server can verify")]
    SessionWithoutQop,
}

impl Offer {
    /// Reads the offer of a challenge.
    ///
    /// # Errors
    /// Returns the first problem if the challenge cannot be answered.
    pub(super) fn read(challenge: &Challenge) -> Result<Self, Unusable> {
        let text = |name| challenge.parameter(name);
        let is_true = |name| text(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let nonce = text("nonce").filter(|nonce| !nonce.is_empty()).ok_or(Unusable::NoNonce)?;
        let spelled = text("algorithm").filter(|name| !name.is_empty());
        // Where the server names no algorithm it is MD5 (RFC 7616 section 3.3). An unknown one makes the challenge
        // unusable.
        let algorithm = spelled.map_or(Some(Algorithm::Md5), Algorithm::named).ok_or(Unusable::Algorithm)?;
        let listed = text("qop").filter(|list| !list.trim().is_empty());
        let qops = listed.map(Qop::list).unwrap_or_default();
        // A server that lists qops expects one of them. An empty list would mean RFC 2069, which it did not offer.
        if listed.is_some() && qops.is_empty() {
            return Err(Unusable::Qop);
        }
        let is_utf8 = text("charset").is_some_and(|charset| charset.eq_ignore_ascii_case("utf-8"));
        let offer = Self {
            realm: text("realm").unwrap_or_default().to_owned(),
            nonce: nonce.to_owned(),
            opaque: text("opaque").map(str::to_owned),
            algorithm,
            spelled: spelled.map(str::to_owned),
            qops,
            names: if is_true("userhash") { Names::Hashed } else { Names::Plain },
            charset: if is_utf8 { Charset::Utf8 } else { Charset::Unsaid },
            domain: text("domain").unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect(),
            is_stale: is_true("stale"),
        };
        offer.checked()
    }

    /// Returns the offer if it can be answered.
    pub(super) fn checked(self) -> Result<Self, Unusable> {
        if self.algorithm.is_session() && self.qops.is_empty() {
            return Err(Unusable::SessionWithoutQop);
        }
        Ok(self)
    }
}

/// The demands of the user on an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) realm: Option<String>,
    pub(super) algorithm: Option<Algorithm>,
    /// The qualities of protection that are allowed; if the list is empty, any is.
    pub(super) qops: Vec<Qop>,
}

/// An offer, and the one of its qops that is taken.
pub(super) type Choice = (Arc<Offer>, Option<Qop>);

impl Wanted {
    /// Returns the strongest offer that meets the demands; of equally strong ones the first.
    pub(super) fn choose(&self, offers: &[Arc<Offer>]) -> Option<Choice> {
        let mut best: Option<Choice> = None;
        for offer in offers.iter().filter(|offer| self.takes(offer)) {
            let Some(qop) = self.qop(offer) else { continue };
            if best.as_ref().is_none_or(|(best, _)| offer.algorithm.strength() > best.algorithm.strength()) {
                best = Some((Arc::clone(offer), qop));
            }
        }
        best
    }

    fn takes(&self, offer: &Offer) -> bool {
        self.realm.as_ref().is_none_or(|realm| *realm == offer.realm)
            && self.algorithm.is_none_or(|algorithm| algorithm == offer.algorithm)
    }

    /// Returns the qop that is taken of an offer. `auth` goes before `auth-int`, which covers a body that may change on its
    /// way through a proxy.
    fn qop(&self, offer: &Offer) -> Option<Option<Qop>> {
        if offer.qops.is_empty() {
            return self.qops.is_empty().then_some(None);
        }
        let is_open = |qop: &Qop| offer.qops.contains(qop) && (self.qops.is_empty() || self.qops.contains(qop));
        [Qop::Auth, Qop::AuthInt].into_iter().find(is_open).map(Some)
    }
}

/// The demands in words, for the error that the server does not offer it.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let qops = self.qops.iter().map(|qop| format!("qop {}", qop.name()));
        let algorithm = self.algorithm.map(|algorithm| algorithm.name().to_owned());
        let realm = self.realm.as_ref().map(|_| "the realm that was given".to_owned());
        let words: Vec<String> = algorithm.into_iter().chain(qops).chain(realm).collect();
        f.write_str(&words.join(", "))
    }
}

/// Describes offers in our own words: text of the server could hold anything.
pub(super) fn listed(offers: &[Arc<Offer>]) -> String {
    let words = |offer: &Arc<Offer>| {
        let qops: Vec<&str> = offer.qops.iter().map(|qop| qop.name()).collect();
        let qops = if qops.is_empty() { String::new() } else { format!(" with qop {}", qops.join(" or ")) };
        format!("{}{qops}", offer.algorithm.name())
    };
    let mut all: Vec<String> = offers.iter().map(words).collect();
    all.dedup();
    // A server may make any number of offers, and the message is one line.
    all.truncate(8);
    all.join(", ")
}
