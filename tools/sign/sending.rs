//! `--send`: what is done with a signed request besides writing it.

use std::time::Duration;

use clap::parser::ValueSource;
use clap::{ArgMatches, Command, value_parser};

use countersign_shared::auth::Delivery;
use countersign_shared::cli::network::seconds;
use countersign_shared::cli::{option, switch};
use countersign_shared::error::Error;
use countersign_shared::formats::OutputFormat;
use countersign_shared::send::exchange::{Challenges, Redirects, Rules};
use countersign_shared::transport::Terms;
use countersign_shared::trust::Verification;

/// Adds the options.
pub(crate) fn with_sending(command: Command) -> Command {
    command
        .next_help_heading("Sending")
        .arg(switch("send", "Send each request; a HAR entry with the response is written in its place"))
        .arg(switch("no-retry", "Take the first answer; a challenge is not met"))
        .arg(switch("location", "Follow redirects; credentials never go to another origin").short('L'))
        .arg(
            switch("insecure", "Do not verify who a server is; whoever is in between can read and change everything")
                .short('k'),
        )
        .arg(
            option("retry", "N", "Try up to N times more when the network fails")
                .value_parser(value_parser!(u32).range(..=1000))
                .default_value("0"),
        )
        .arg(
            option("retry-delay", "SECONDS", "Wait this long before each further try [default: 1, then 2, 4, ...]")
                .value_parser(seconds),
        )
        .arg(
            option("max-filesize", "BYTES", "Refuse a response that is longer")
                .value_parser(value_parser!(u64).range(..=1 << 40))
                .default_value("94371840"),
        )
}

/// What becomes of requests.
pub(crate) fn delivery(matches: &ArgMatches) -> Delivery {
    if matches.get_flag("send") { Delivery::Sent } else { Delivery::Written }
}

/// Whether servers of the pipe's requests must show who they are.
pub(crate) fn verification(matches: &ArgMatches) -> Verification {
    if matches.get_flag("insecure") { Verification::Waived } else { Verification::Needed }
}

/// What may follow on a response.
///
/// # Errors
/// `--to` is a format that holds no response, or an option is of no use without `--send`.
pub(crate) fn rules(matches: &ArgMatches) -> Result<Rules, Error> {
    // What the environment says holds for those runs that send.
    let is_typed = |name: &&str| matches.value_source(name) == Some(ValueSource::CommandLine);
    if let (Delivery::Written, Some(name)) = (delivery(matches), ["no-retry", "location"].into_iter().find(is_typed)) {
        return Err(Error::Usage(format!("--{name} is about what is sent: it goes with --send")));
    }
    let to = matches.get_one::<OutputFormat>("to").copied().unwrap_or_default();
    if delivery(matches) == Delivery::Sent && !matches!(to, OutputFormat::Json | OutputFormat::Har) {
        return Err(Error::Usage("--send writes HAR entries: --to is json or har with it".to_owned()));
    }
    let bytes = matches.get_one::<u64>("max-filesize").copied();
    let bytes = bytes.map_or(Terms::default().bytes, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
    Ok(Rules {
        challenges: if matches.get_flag("no-retry") { Challenges::Final } else { Challenges::Met },
        redirects: if matches.get_flag("location") { Redirects::Followed } else { Redirects::Final },
        retries: matches.get_one::<u32>("retry").copied().unwrap_or_default(),
        pause: matches.get_one::<Duration>("retry-delay").copied(),
        terms: Terms { bytes, ..Terms::default() },
    })
}
