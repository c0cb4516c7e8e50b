//! What a digest challenge offers, and which of several offers is taken (RFC 7616 section 3.3).

use std::fmt;
use std::sync::Arc;

use crate::challenge::Challenge;

/// A hash function, and whether its A1 belongs to a session (RFC 7616 section 3.4.2).
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

    /// The algorithm of that name. Servers also write `SHA-512/256`, `sha256` and the like.
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

    /// Which is the stronger hash function; a session changes nothing about that.
    const fn strength(self) -> u8 {
        match self {
            Self::Md5 | Self::Md5Sess => 0,
            Self::Sha256 | Self::Sha256Sess => 1,
            Self::Sha512_256 | Self::Sha512_256Sess => 2,
        }
    }

    /// The same for the crate that computes.
    pub(super) const fn arithmetic(self) -> digest_auth::Algorithm {
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
    /// The body too.
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

    /// The known ones of a list, in its order; others are to be ignored (RFC 7616 section 3.3).
    pub(super) fn list(text: &str) -> Vec<Self> {
        let known =
            |word: &str| [Self::Auth, Self::AuthInt].into_iter().find(|qop| word.eq_ignore_ascii_case(qop.name()));
        text.split(|c: char| c == ',' || c.is_ascii_whitespace()).filter_map(known).collect()
    }
}

/// In which form the server takes user names (RFC 7616 section 3.4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// As they are.
    Plain,
    /// Hashed with the realm.
    Hashed,
}

/// What the server says of user names and passwords beyond ASCII (RFC 7616 section 4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Charset {
    /// Nothing. They are hashed in UTF-8 as they are, as curl and browsers do.
    Unsaid,
    /// UTF-8, in normalization form C; such a server knows `username*`.
    Utf8,
}

/// What one challenge offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) realm: String,
    pub(super) nonce: String,
    pub(super) opaque: Option<String>,
    pub(super) algorithm: Algorithm,
    /// The algorithm as the server wrote it: what it gets back (RFC 7616 section 3.4).
    pub(super) spelled: Option<String>,
    /// None: as RFC 2069 has it, without client nonce and count.
    pub(super) qops: Vec<Qop>,
    pub(super) names: Names,
    pub(super) charset: Charset,
    /// URIs, prefixes of all that the credentials are good for.
    pub(super) domain: Vec<String>,
    /// Whether only the nonce of the request before was wrong.
    pub(super) is_stale: bool,
}

/// Why a challenge cannot be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unusable {
    #[error("has no nonce")]
    NoNonce,
    #[error("has an algorithm that is none of MD5, SHA-256, SHA-512-256 and their -sess")]
    Algorithm,
    #[error("has no qop that is known, auth or auth-int")]
    Qop,
    /// RFC 7616 gives no way then to tell the server the client nonce that is part of A1.
    #[error("has a -sess algorithm without qop, which no server can verify")]
    SessionWithoutQop,
}

impl Offer {
    pub(super) fn read(challenge: &Challenge) -> Result<Self, Unusable> {
        let text = |name| challenge.parameter(name);
        let is_true = |name| text(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let nonce = text("nonce").filter(|nonce| !nonce.is_empty()).ok_or(Unusable::NoNonce)?;
        let spelled = text("algorithm").filter(|name| !name.is_empty());
        let algorithm = spelled.map_or(Some(Algorithm::Md5), Algorithm::named).ok_or(Unusable::Algorithm)?;
        let listed = text("qop").filter(|list| !list.trim().is_empty());
        let qops = listed.map(Qop::list).unwrap_or_default();
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

    /// The offer, if it can be answered.
    pub(super) fn checked(self) -> Result<Self, Unusable> {
        if self.algorithm.is_session() && self.qops.is_empty() {
            return Err(Unusable::SessionWithoutQop);
        }
        Ok(self)
    }
}

/// What the user wants of an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) realm: Option<String>,
    pub(super) algorithm: Option<Algorithm>,
    /// None: whichever is offered.
    pub(super) qops: Vec<Qop>,
}

/// An offer, and which of its qops.
pub(super) type Choice = (Arc<Offer>, Option<Qop>);

impl Wanted {
    /// The strongest offer that is as wanted; of equally strong ones the first.
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

    /// `auth` before `auth-int`: the second covers a body that may change on its way through a proxy.
    fn qop(&self, offer: &Offer) -> Option<Option<Qop>> {
        if offer.qops.is_empty() {
            return self.qops.is_empty().then_some(None);
        }
        let is_open = |qop: &Qop| offer.qops.contains(qop) && (self.qops.is_empty() || self.qops.contains(qop));
        [Qop::Auth, Qop::AuthInt].into_iter().find(is_open).map(Some)
    }
}

/// In words, for the error that says that nobody offers it.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let qops = self.qops.iter().map(|qop| format!("qop {}", qop.name()));
        let algorithm = self.algorithm.map(|algorithm| algorithm.name().to_owned());
        let realm = self.realm.as_ref().map(|_| "the realm that was given".to_owned());
        let words: Vec<String> = algorithm.into_iter().chain(qops).chain(realm).collect();
        f.write_str(&words.join(", "))
    }
}

/// Offers in words, without anything that the server wrote.
pub(super) fn listed(offers: &[Arc<Offer>]) -> String {
    let words = |offer: &Arc<Offer>| {
        let qops: Vec<&str> = offer.qops.iter().map(|qop| qop.name()).collect();
        let qops = if qops.is_empty() { String::new() } else { format!(" with qop {}", qops.join(" or ")) };
        format!("{}{qops}", offer.algorithm.name())
    };
    let mut all: Vec<String> = offers.iter().map(words).collect();
    all.dedup();
    all.truncate(8);
    all.join(", ")
}
