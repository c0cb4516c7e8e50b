//! The only clock and the only randomness that a scheme sees, so that `--now` and `--nonce` fix every signature.
//!
//! ```
//! use countersign_shared::moment::{self, Clock};
//!
//! let clock = Clock { now: moment::parse("2015-08-30T12:36:00Z").ok(), nonce: Some("j4h3g2".to_owned()) };
//! let moment = clock.moment();
//! assert_eq!(moment.unix, 1_440_938_160);
//! assert_eq!(moment.nonce(16)?, "j4h3g2");
//! # Ok::<(), countersign_shared::error::Error>(())
//! ```

use std::time::{SystemTime, UNIX_EPOCH};

use crate::encode;
use crate::error::Error;

/// The time at which a request is signed, and the nonce if the user fixed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub unix: i64,
    nonce: Option<String>,
    time: Time,
}

/// The source of a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    Fixed,
    Running,
}

/// The source of moments: the system, or `--now` and `--nonce`.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    /// The time that `--now` fixes, in seconds since 1970-01-01T00:00:00Z.
    pub now: Option<i64>,
    /// The nonce that `--nonce` fixes.
    pub nonce: Option<String>,
}

impl Clock {
    /// Returns this moment, or the fixed one.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let system = || {
            // A clock before 1970 is wrong anyway, and the server is the one to say so.
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
        };
        let time = if self.now.is_some() { Time::Fixed } else { Time::Running };
        Moment { unix: self.now.unwrap_or_else(system), nonce: self.nonce.clone(), time }
    }
}

impl Moment {
    /// Returns a moment with a fixed nonce, or with one that is random each time it is asked for.
    #[must_use]
    pub const fn new(unix: i64, nonce: Option<String>) -> Self {
        Self { unix, nonce, time: Time::Running }
    }

    /// Returns the nonce that the user fixed, else `bytes` random bytes in hex.
    ///
    /// # Errors
    /// Returns [`Error::NoRandomness`] if the system's generator fails.
    pub fn nonce(&self, bytes: usize) -> Result<String, Error> {
        match &self.nonce {
            Some(nonce) => Ok(nonce.clone()),
            None => Ok(encode::hex(&random(bytes)?)),
        }
    }

    /// Returns the nonce that the user fixed, else a random UUID (RFC 9562 section 5.4).
    ///
    /// # Errors
    /// Returns [`Error::NoRandomness`] if the system's generator fails.
    pub fn uuid(&self) -> Result<String, Error> {
        if let Some(nonce) = &self.nonce {
            return Ok(nonce.clone());
        }
        let bytes: [u8; 16] = random(16)?.try_into().unwrap_or_default();
        Ok(encode::uuid(bytes))
    }

    /// Returns the nonce that the user fixed, as written.
    #[must_use]
    pub fn fixed_nonce(&self) -> Option<&str> {
        self.nonce.as_deref()
    }

    /// Returns true if the user fixed both clock and nonce, so that the same input gives the same bytes.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        self.time == Time::Fixed && self.nonce.is_some()
    }

    /// Returns the moment in UTC as 19 characters: `2015-08-30T12:36:00`.
    #[must_use]
    pub fn utc(&self) -> String {
        // `--now @SECONDS` takes any number, even one beyond the years that a timestamp can hold.
        let time = jiff::Timestamp::from_second(self.unix).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        time.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    }
}

/// Returns a time as RFC 3339 spells it: `2015-08-30T12:36:00Z`.
#[must_use]
pub fn rfc3339(unix: i64) -> String {
    format!("{}Z", Moment::new(unix, None).utc())
}

/// Returns a time as HAR spells it: RFC 3339 with milliseconds, in UTC.
#[must_use]
pub fn date_time(time: SystemTime) -> String {
    let time = jiff::Timestamp::try_from(time).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Returns random bytes of the system's generator.
///
/// # Errors
/// Returns [`Error::NoRandomness`] if the system's generator fails.
pub fn random(bytes: usize) -> Result<Vec<u8>, Error> {
    let mut buffer = vec![0; bytes];
    getrandom::fill(&mut buffer).map_err(|error| Error::NoRandomness(error.to_string()))?;
    Ok(buffer)
}

/// Reads `--now`: RFC 3339 with a zone, or whole seconds since 1970 as `@SECONDS`.
///
/// # Errors
/// Returns the message to show if the text is neither.
pub fn parse(text: &str) -> Result<i64, String> {
    if let Some(seconds) = text.strip_prefix('@') {
        return seconds.parse().map_err(|_| "is not a number of seconds".to_owned());
    }
    let time: jiff::Timestamp = text.parse().map_err(|_| "is not a time like 2015-08-30T12:36:00Z".to_owned())?;
    Ok(time.as_second())
}
