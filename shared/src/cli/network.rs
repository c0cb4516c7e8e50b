//! The options of a tool that talks to servers.

use std::path::PathBuf;
use std::time::Duration;

use clap::{ArgMatches, Command, value_parser};

use crate::duration::duration;
use crate::error::Error;
use crate::secret;
use crate::send::Settings;
use crate::trust::{Extra, Identity, Verification};

use super::tool::{Described as _, EVERY};

/// Adds the options.
#[must_use]
pub fn with_network(command: Command) -> Command {
    command
        .next_help_heading("Network")
        .arg(
            EVERY
                .option("max-time", "DURATION", "Give up on a server after this long")
                .by_default("5m")
                .short('m')
                .value_parser(duration),
        )
        .arg(
            EVERY
                .option("connect-timeout", "DURATION", "Give up on connecting after this long")
                .by_default("30s")
                .value_parser(duration),
        )
        .arg(
            EVERY
                .option("proxy", "URL", "Go through this proxy")
                .by_default("http_proxy, https_proxy, all_proxy, no_proxy")
                .short('x'),
        )
        .arg(
            EVERY
                .option("cacert", "FILE", "Trust the certificates in this PEM file too")
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            EVERY
                .option("cert", "FILE", ("Our certificate, for servers that ask", "A PEM file"))
                .value_parser(value_parser!(PathBuf)),
        )
        .arg(
            EVERY
                .option("cert-key", "FILE", ("The private key of --cert", "A PEM file"))
                .by_default("in the file of --cert")
                .requires("cert")
                .value_parser(value_parser!(PathBuf)),
        )
}

/// Returns the settings that the options describe.
///
/// # Errors
/// Returns the error of [`secret::resolve`] if `--proxy` is a reference that cannot be followed.
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
        plain: usual.plain,
    })
}
