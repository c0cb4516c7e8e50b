//! The source of times and random values behind dynamic names.

use fake::rand::rngs::StdRng;
use fake::rand::{RngExt as _, SeedableRng as _};
use fake::{Dummy, Fake as _};

use crate::encode;
use crate::hash::sha256;
use crate::moment::{self, Clock};

/// The source of times and random values for the texts of one request.
#[derive(Debug)]
pub struct Dice {
    rng: StdRng,
    clock: Clock,
}

impl Dice {
    /// Returns a source. If the clock's nonce is fixed, each new source gives the same values again.
    ///
    /// These values are filler. They are not meant to be secret, so that a system without randomness changes none of them
    /// into an error: its values can be foreseen.
    #[must_use]
    pub fn new(clock: &Clock) -> Self {
        let random = || moment::random(32).unwrap_or_default();
        let seed = clock.nonce.as_ref().map_or_else(random, |nonce| sha256(nonce.as_bytes()).to_vec());
        Self { rng: StdRng::from_seed(seed.try_into().unwrap_or_default()), clock: clock.clone() }
    }

    /// Returns a value of the library of fakes.
    pub(super) fn fake<T>(&mut self, faker: T) -> String
    where
        String: Dummy<T>,
    {
        faker.fake_with_rng(&mut self.rng)
    }

    /// Returns several values of the library of fakes.
    pub(super) fn fakes<T>(&mut self, faker: T, between: &str) -> String
    where
        Vec<String>: Dummy<T>,
    {
        faker.fake_with_rng::<Vec<String>, _>(&mut self.rng).join(between)
    }

    /// Returns a number from `low` to `high`.
    pub(super) fn number(&mut self, low: u32, high: u32) -> u32 {
        self.rng.random_range(low..=high)
    }

    /// Returns one of the words, which a `|` divides.
    pub(super) fn one_of(&mut self, words: &str) -> String {
        let count = words.split('|').count();
        let chosen = self.rng.random_range(0..count);
        words.split('|').nth(chosen).unwrap_or_default().to_owned()
    }

    /// Returns as many characters of an alphabet.
    pub(super) fn characters(&mut self, alphabet: &str, count: u32) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        let one = |dice: &mut Self| letters.get(dice.rng.random_range(0..letters.len())).copied();
        (0..count).filter_map(|_| one(self)).collect()
    }

    /// Returns a number with four decimals whose amount is `limit` at most.
    pub(super) fn degrees(&mut self, limit: u32) -> String {
        let amount = f64::from(self.number(0, limit * 20_000)) / 10_000.0 - f64::from(limit);
        format!("{amount:.4}")
    }

    /// Returns a random UUID (RFC 9562 section 5.4).
    pub(super) fn uuid(&mut self) -> String {
        let bytes: [u8; 16] = self.rng.random();
        encode::uuid(bytes)
    }

    /// Returns the time in seconds since 1970.
    pub(super) fn unix(&self) -> i64 {
        self.clock.moment().unix
    }

    /// Returns the time in RFC 3339 with milliseconds.
    pub(super) fn date_time(&self) -> String {
        match self.clock.now {
            Some(now) => format!("{}.000Z", moment::Moment::new(now, None).utc()),
            None => moment::date_time(std::time::SystemTime::now()),
        }
    }

    /// Returns a time between these many seconds from now, as JavaScript spells it.
    pub(super) fn date(&mut self, from: i64, to: i64) -> String {
        let unix = self.unix().saturating_add(self.rng.random_range(from..=to));
        let time = jiff::Timestamp::from_second(unix).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        time.strftime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)").to_string()
    }
}
