//! Durations as users write them, in options, environment variables and profiles: one grammar for all tools.

use std::time::Duration;

/// The longest duration that is understood. A longer one is a slip: milliseconds written as seconds.
const LONGEST: Duration = Duration::from_secs(366 * 86_400);

/// The sentence for a text that is not a duration. It follows the name of the option or the text itself.
pub const PROBLEM: &str = "is not a duration: write 500ms, 2s, 1.5m, 1h or 1d, or a number of seconds, at most 366d";

/// Parses a duration: a decimal number and its unit (`ms`, `s`, `m`, `h`, `d`). A number without a unit is seconds.
///
/// # Errors
/// Returns [`PROBLEM`] if the text is not of that form, or the duration is over 366 days.
pub fn duration(text: &str) -> Result<Duration, &'static str> {
    parsed(text).filter(|duration| *duration <= LONGEST).ok_or(PROBLEM)
}

fn parsed(text: &str) -> Option<Duration> {
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u128 = match text.strip_prefix(number)? {
        "ms" => 1_000_000,
        "" | "s" => 1_000_000_000,
        "m" => 60 * 1_000_000_000,
        "h" => 3600 * 1_000_000_000,
        "d" => 86_400 * 1_000_000_000,
        _ => return None,
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let nanoseconds = parse(whole)?.checked_mul(unit)?.checked_add(of_fraction(fraction, unit)?)?;
    let seconds = u64::try_from(nanoseconds / 1_000_000_000).ok()?;
    Some(Duration::new(seconds, u32::try_from(nanoseconds % 1_000_000_000).ok()?))
}

fn parse(digits: &str) -> Option<u128> {
    if digits.is_empty() { Some(0) } else { digits.parse().ok() }
}

/// The nanoseconds of a decimal fraction of a unit, rounded down.
fn of_fraction(digits: &str, unit: u128) -> Option<u128> {
    // Eighteen digits of a day are far below a nanosecond, and the product fits.
    let digits = digits.get(..18).unwrap_or(digits);
    let parts = 10_u128.checked_pow(u32::try_from(digits.len()).ok()?)?;
    Some(parse(digits)?.checked_mul(unit)? / parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_its_unit_is_a_duration() {
        for (text, milliseconds) in [
            ("0", 0),
            ("5", 5000),
            ("30", 30_000),
            ("0.25", 250),
            (".5", 500),
            ("2.", 2000),
            ("500ms", 500),
            ("1.5ms", 1),
            ("2s", 2000),
            ("007s", 7000),
            ("1.5m", 90_000),
            ("5m", 300_000),
            ("1h", 3_600_000),
            ("0.5h", 1_800_000),
            ("1d", 86_400_000),
            ("366d", 366 * 86_400_000),
            ("0.0000000000000000000000001d", 0),
        ] {
            assert_eq!(duration(text).map(|time| time.as_millis()), Ok(milliseconds), "{text}");
        }
        assert_eq!(duration("1.5ms"), Ok(Duration::from_micros(1500)));
        assert_eq!(duration("0.000000001"), Ok(Duration::from_nanos(1)));
    }

    #[test]
    fn everything_else_is_refused_with_one_sentence() {
        for text in [
            "",
            ".",
            "s",
            "ms",
            "-1",
            "+1",
            "1 s",
            " 1s",
            "1s ",
            "1S",
            "1min",
            "1w",
            "1us",
            "1h30m",
            "1.2.3",
            "1,5s",
            "1e3",
            "nan",
            "inf",
            "0x10",
            "٣s",
            "366.1d",
            "367d",
            "9000h",
            "99999999999999999999",
            "340282366920938463463374607431768211456",
        ] {
            assert_eq!(duration(text), Err(PROBLEM), "{text}");
        }
    }
}
