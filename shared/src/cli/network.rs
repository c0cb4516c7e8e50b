//! The options of a tool that talks to servers.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgMatches, Command, value_parser};

use crate::error::Error;
use crate::secret;
use crate::send::Settings;
use crate::trust::{Extra, Identity, Verification};

use super::option;

/// Adds the options.
#[must_use]
pub fn with_network(command: Command) -> Command {
    command
        .next_help_heading("Network")
        .arg(
            option("max-time", "SECONDS", "Give up on a server after this long [default: 300]")
                .short('m')
                .value_parser(seconds),
        )
        .arg(
            option("connect-timeout", "SECONDS", "Give up on connecting after this long [default: 30]")
                .value_parser(seconds),
        )
        .arg(
            option("proxy", "URL", "Go through this proxy [default: what http_proxy and its kin name]")
                .short('x')
                .hide_env_values(true),
        )
        .arg(
            option("cacert", "FILE", "Trust the certificates in this PEM file too")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(option("cert", "FILE", "Our certificate, for servers that ask; PEM").value_parser(value_parser!(PathBuf)))
        .arg(
            option("cert-key", "FILE", "The key of --cert; PEM [default: in the same file]")
                .requires("cert")
                .value_parser(value_parser!(PathBuf)),
        )
}

/// What the options say.
///
/// # Errors
/// The reference to a proxy with a password cannot be followed.
pub fn settings(matches: &ArgMatches) -> Result<Settings, Error> {
    let usual = Settings::default();
    let path = |name| matches.get_one::<PathBuf>(name).cloned();
    let time = |name, usual| matches.get_one::<Duration>(name).copied().unwrap_or(usual);
    let proxy = matches.get_one::<String>("proxy");
    Ok(Settings {
        time: time("max-time", usual.time),
        connect: time("connect-timeout", usual.connect),
        proxy: proxy.map(|text| secret::resolve("--proxy", text)).transpose()?,
        trust: Extra {
            authorities: path("cacert"),
            identity: path("cert").map(|certificate| Identity { certificate, key: path("cert-key") }),
            verification: Verification::Needed,
        },
    })
}

/// Reads a time in seconds, with a fraction if need be; `2s`, `5m` and `1h` are understood too.
///
/// # Errors
/// What is wrong with it.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let (number, unit) = match text.strip_suffix(['s', 'm', 'h']) {
        Some(number) if text.ends_with('m') => (number, 60.0),
        Some(number) if text.ends_with('h') => (number, 3600.0),
        Some(number) => (number, 1.0),
        None => (text, 1.0),
    };
    let number: f64 = number.parse().map_err(|_| "is not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(number * unit)
        .ok()
        .filter(|time| *time <= Duration::from_secs(366 * 86_400))
        .ok_or_else(|| "is not from 0 to a year".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds_unless_they_say_otherwise() {
        let read = |text: &str| seconds(text).map(|time| time.as_secs_f64()).ok();
        assert_eq!((read("5"), read("0.25"), read("2s"), read("5m")), (Some(5.0), Some(0.25), Some(2.0), Some(300.0)));
        for bad in ["", "s", "-1", "1d", "nan", "inf", "1e99"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
