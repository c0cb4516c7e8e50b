//! Names that begin with `$`, which have a new value at each place: `{{$guid}}`, `{{$timestamp}}`.

use crate::moment::Clock;

/// The source of times and random values for the texts of one request.
#[derive(Debug)]
pub struct Dice {
    clock: Clock,
}

impl Dice {
    /// Returns a source that gives the same values again if the clock's time and nonce are fixed.
    #[must_use]
    pub fn new(clock: &Clock) -> Self {
        Self { clock: clock.clone() }
    }
}

/// Returns true if there is a dynamic name like this.
#[must_use]
pub fn is_known(name: &str) -> bool {
    matches!(name, "$guid" | "$timestamp")
}

/// Returns a new value of a dynamic name, or `None` if there is no such name.
pub fn value(name: &str, dice: &mut Dice) -> Option<String> {
    match name {
        "$guid" => dice.clock.moment().uuid().ok(),
        "$timestamp" => Some(dice.clock.moment().unix.to_string()),
        _ => None,
    }
}
