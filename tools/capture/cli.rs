//! The command line of `capture`.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};

use countersign_shared::bridge::link::BrowserFilter;
use countersign_shared::bridge::message::RequestFilters;
use countersign_shared::cli::{self, Described as _, Verbosity};
use countersign_shared::duration::duration;
use countersign_shared::error::Error;
use countersign_shared::formats::{OutputFormat, Writer};
use countersign_shared::options::Help;

use crate::browsers::{MissingConsent, Question};
use crate::ca::{CaPlan, Renewal};
use crate::captured::Detail;
use crate::filter::{Domain, Filter, Glob, ResourceType};
use crate::history::Query;
use crate::notice::{Notices, TOOL};
use crate::output::OutputSettings;
use crate::permitted::{Permit, Permitted};
use crate::session::{CapturePlan, Save};
use crate::watch::{Choice, WatchPlan};

const ABOUT: &str = "Capture HTTP requests as they happen, one HAR request per line";

const EXAMPLES: &str = "  capture --domain api.example.com |
      sign bearer --token env:TOKEN --to curl-config | curl -q -K -
  capture -- curl https://example.com/
  capture --source proxy --listen 127.0.0.1:8080 > requests.ndjson
  capture --responses --to har -- npm test > session.har
  capture --save history -- ./client; capture history --method POST
  capture ca > capture-ca.pem";

const DESCRIPTION: &str = "Writes HTTP requests as they happen, one per line, each as soon as it was sent.

Without a command, the requests are those of the browsers that have the Countersign extension (`bridge-install` sets it up). \
With -- COMMAND they are those of that command, without any set-up; with --source proxy, those of every client that uses \
the proxy.

In the browser the user is asked first: nothing goes out before they press Once (until this process ends) or Always in the \
popup, for the domains of --domain or the hosts of --url, else for every website. The filters are applied in the browser, so \
that nothing else leaves it. Browsers do not show everything: a body that is not the one that was sent is marked with \"_body\".

The proxy shows a request just as the client sent it: the order, case and repeats of headers, and any body. The server \
gets the same bytes, and nothing is added on the way.

HTTPS is read with certificates of an authority that is made on first use and kept on this computer, readable by you \
alone. `capture ca` prints its certificate, which clients have to trust. Servers' certificates are verified against the \
platform's roots and SSL_CERT_FILE: if one is bad, the client gets a 502, and nothing is sent. Connections to servers go \
through the proxies of http_proxy, https_proxy, all_proxy and no_proxy, as with curl. WebSockets, protocols other than \
HTTP/1.1 and clients that insist on HTTP/2 are relayed untouched, with a notice on stderr.";

const NOTES: &str =
    "Repeats of one filter are alternatives; different filters must all match. A GLOB matches the whole URL: * \
stands for any text, every other character for itself. A DOMAIN includes its subdomains; https://DOMAIN is that host \
alone; the Host header counts as well as the URL. The type of a request comes from its Sec-Fetch-Dest header or, if there is none, from Accept.

A body of more than 64 MiB is not kept: its line says \"_body\":\"unavailable\". Of a browser's forms it says \
\"reencoded\": all fields are there, in other bytes. \"partial\" says that something is missing, a file for instance.

An interrupt ends a capture with exit 0, once every request that had been received whole is written. With -- COMMAND \
the exit code is the command's.";

const CA_ABOUT: &str = "Print the certificate of the proxy's authority";

const CA_DESCRIPTION: &str =
    "Prints the certificate of the proxy's authority in PEM. The authority is made if there is none yet, and lasts a year.

An authority that was made with --permit can sign for those names and no others, and clients hold it to that: where you \
trust it, nobody who gets hold of its key can read more. capture then refuses to read other hosts. With other names than \
those of the authority that is there, a new one replaces it, which clients have to trust anew.";

const CA_EXAMPLES: &str = "  capture ca > capture-ca.pem
  capture ca --permit api.example.com --permit 127.0.0.1 > capture-ca.pem
  capture ca --renew > capture-ca.pem
  curl --cacert capture-ca.pem --proxy http://127.0.0.1:8080 \\
      https://example.com/";

const HISTORY_ABOUT: &str = "Read back what was captured with --save history";

const HISTORY_EXAMPLES: &str = "  capture history --domain api.example.com --method POST
  capture history --responses --to har > session.har";

/// A source of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Source {
    /// The browsers that have the extension
    Bridge,
    /// An HTTP and HTTPS proxy that clients are told to use
    Proxy,
}

/// Returns the command line's definition.
pub(crate) fn command() -> Command {
    let command = Command::new(TOOL.name())
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .long_about(DESCRIPTION)
        .before_help(cli::examples(EXAMPLES))
        .after_long_help(NOTES)
        .override_usage(
            "capture [OPTIONS] [-- COMMAND...]\n       capture ca [OPTIONS]\n       capture history [OPTIONS]",
        )
        .args_conflicts_with_subcommands(true)
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .num_args(0..)
                .last(true)
                .allow_hyphen_values(true)
                .value_parser(value_parser!(OsString))
                .described(("Run this command through the proxy, and end when it ends", "Its stdout goes to stderr")),
        )
        .subcommand(
            Command::new("ca")
                .about(CA_ABOUT)
                .long_about(CA_DESCRIPTION)
                .before_help(cli::examples(CA_EXAMPLES))
                .arg(
                    repeated(
                        "permit",
                        "DOMAIN",
                        (
                            "Let it sign only for this domain and its subdomains",
                            "Or for this IP address. `*` stands for every name again",
                        ),
                    )
                    .value_parser(value_parser!(Permit)),
                )
                .arg(TOOL.switch("renew", ("Make a new authority", "It has a new key, and the names of the old one"))),
        )
        .subcommand(with_filters(
            Command::new("history").about(HISTORY_ABOUT).before_help(cli::examples(HISTORY_EXAMPLES)),
        ));
    with_browser_filters(with_filters(with_source(command)))
        .arg(
            TOOL.option(
                "save",
                "FILE",
                ("Append every line to this file too", "`history` stands for the file that `capture history` reads"),
            )
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(TOOL.option("for", "DURATION", "End after this time: 500ms, 2s, 1.5m, 1h").value_parser(duration))
}

/// Adds the options that choose a source, and those of one source alone.
fn with_source(command: Command) -> Command {
    command
        .next_help_heading("Source")
        .arg(
            TOOL.option("source", "SOURCE", "The source of requests")
                .by_default("proxy with -- COMMAND, else bridge")
                .value_parser(value_parser!(Source)),
        )
        .arg(TOOL.option("listen", "ADDRESS", "The address that the proxy listens on").default_value("127.0.0.1:0"))
        .arg(TOOL.switch("listen-any", "Allow --listen with an address that others can reach"))
        .arg(
            TOOL.option("from-browser", "NAME", "Only this browser, or NAME:PROFILE")
                .by_default("all that are connected"),
        )
        .arg(TOOL.switch("no-input", ("Never prompt", "Exit 5 if a browser's user has to be asked")))
}

/// Adds the filters that only a browser can tell.
fn with_browser_filters(command: Command) -> Command {
    command
        .next_help_heading("Filters")
        .arg(
            repeated("initiator", "DOMAIN", "Only requests that pages of this domain make")
                .value_parser(value_parser!(Domain)),
        )
        .arg(
            repeated("tab", "GLOB", "Only requests of tabs whose page's URL matches").value_parser(value_parser!(Glob)),
        )
}

fn repeated(name: &'static str, value: &'static str, help: impl Into<Help>) -> Arg {
    TOOL.option(name, value, help).action(ArgAction::Append)
}

fn with_filters(command: Command) -> Command {
    let command = command
        .next_help_heading("Filters")
        .arg(repeated("url", "GLOB", "Only URLs that match").value_parser(value_parser!(Glob)))
        .arg(repeated("not-url", "GLOB", "Skip URLs that match").value_parser(value_parser!(Glob)))
        .arg(repeated("method", "METHOD", "Only this method"))
        .arg(repeated("domain", "DOMAIN", "Only this domain and its subdomains").value_parser(value_parser!(Domain)))
        .arg(
            repeated(
                "type",
                "TYPE",
                ("Only this kind of request: xhr, document, image", "The names are those of webRequest"),
            )
            .value_delimiter(',')
            .hide_possible_values(true)
            .value_parser(value_parser!(ResourceType)),
        );
    TOOL.with_output(command)
        .arg(TOOL.option("count", "N", "End after N requests").value_parser(value_parser!(u64).range(1..)))
        .arg(TOOL.switch(
            "responses",
            (
                "Write HAR entries",
                "An entry has request, response and times, and is written once the response is complete",
            ),
        ))
}

/// Reads the address to listen on: `ADDRESS:PORT`, `localhost:PORT` or a port alone.
fn listen_address(matches: &ArgMatches) -> Result<SocketAddr, Error> {
    let text = matches.get_one::<String>("listen").map_or("127.0.0.1:0", String::as_str);
    let numeric = match (text.strip_prefix("localhost:"), text.parse::<u16>()) {
        (Some(port), _) => format!("127.0.0.1:{port}"),
        (None, Ok(port)) => format!("127.0.0.1:{port}"),
        (None, Err(_)) => text.to_owned(),
    };
    let address: SocketAddr = numeric.parse().map_err(|_| {
        Error::Usage("--listen: not an address with a port, as in 127.0.0.1:8080 or [::1]:8080".to_owned())
    })?;
    if !address.ip().is_loopback() && !matches.get_flag("listen-any") {
        let text = "--listen: other computers could reach this address and use the proxy; --listen-any allows it";
        return Err(Error::Usage(text.to_owned()));
    }
    Ok(address)
}

/// The task that the command line asks for.
pub(crate) enum Plan {
    /// `capture ca`
    Authority(CaPlan),
    /// `capture history`
    ReadHistory(Query),
    /// Requests that pass through the proxy.
    Capture(CapturePlan),
    /// Requests of browsers.
    Watch(WatchPlan),
}

/// Reads the command line.
///
/// # Errors
/// Returns [`Error::Usage`] if options are missing or do not go together.
pub(crate) fn plan(matches: &ArgMatches) -> Result<Plan, Error> {
    match matches.subcommand() {
        Some(("ca", matches)) => Ok(Plan::Authority(CaPlan {
            permitted: Permitted::of(many(matches, "permit")),
            renewal: if matches.get_flag("renew") { Renewal::Always } else { Renewal::IfNeeded },
            notices: notices(matches),
        })),
        Some(("history", matches)) => query(matches).map(Plan::ReadHistory),
        _ => capture(matches),
    }
}

/// The options that only one source knows.
const OF_PROXY: [&str; 2] = ["listen", "listen-any"];
const OF_BRIDGE: [&str; 4] = ["from-browser", "initiator", "no-input", "tab"];

fn capture(matches: &ArgMatches) -> Result<Plan, Error> {
    let command: Vec<OsString> = many(matches, "command");
    match (matches.get_one::<Source>("source"), command.is_empty()) {
        (Some(Source::Bridge), false) => {
            Err(Error::Usage("--source bridge: a command's requests come through the proxy".to_owned()))
        }
        (Some(Source::Proxy), _) | (None, false) => {
            refuse(matches, OF_BRIDGE, "bridge")?;
            proxy(matches, command).map(Plan::Capture)
        }
        (source, true) => {
            refuse(matches, OF_PROXY, "proxy")?;
            let choice = if source.is_some() { Choice::Named } else { Choice::Default };
            watch(matches, choice).map(Plan::Watch)
        }
    }
}

/// Checks that no option is given that only another source knows.
fn refuse<const N: usize>(matches: &ArgMatches, options: [&str; N], source: &str) -> Result<(), Error> {
    let is_given = |name: &&&str| matches.value_source(name) == Some(ValueSource::CommandLine);
    match options.iter().find(is_given) {
        Some(name) => Err(Error::Usage(format!("--{name}: only for --source {source}"))),
        None => Ok(()),
    }
}

fn watch(matches: &ArgMatches, choice: Choice) -> Result<WatchPlan, Error> {
    let texts = |name| many::<Glob>(matches, name).iter().map(Glob::text).collect();
    let sites = |name| many::<Domain>(matches, name).iter().map(Domain::site).collect();
    let types = many::<ResourceType>(matches, "type").into_iter().map(ResourceType::name).collect();
    Ok(WatchPlan {
        question: Question {
            filters: RequestFilters {
                url: texts("url"),
                not_url: texts("not-url"),
                method: many(matches, "method"),
                domain: sites("domain"),
                resource_type: types,
                tab: texts("tab"),
                initiator: sites("initiator"),
            },
            detail: detail(matches),
            browsers: matches
                .get_one::<String>("from-browser")
                .map_or_else(BrowserFilter::default, |text| BrowserFilter::parse(text)),
            missing_consent: if matches.get_flag("no-input") { MissingConsent::Fail } else { MissingConsent::Wait },
        },
        choice,
        output: OutputSettings {
            detail: detail(matches),
            writer: writer(matches)?,
            count: matches.get_one("count").copied(),
            save: matches.get_one::<PathBuf>("save").cloned().map(Save::named).map(Save::path).transpose()?,
        },
        duration: matches.get_one("for").copied(),
        notices: notices(matches),
    })
}

fn proxy(matches: &ArgMatches, command: Vec<OsString>) -> Result<CapturePlan, Error> {
    Ok(CapturePlan {
        listen: listen_address(matches)?,
        filter: filter(matches),
        detail: detail(matches),
        writer: writer(matches)?,
        count: matches.get_one("count").copied(),
        duration: matches.get_one("for").copied(),
        save: matches.get_one::<PathBuf>("save").cloned().map(Save::named),
        notices: notices(matches),
        command,
    })
}

fn notices(matches: &ArgMatches) -> Notices {
    if cli::verbosity(matches) == Verbosity::Quiet { Notices::Hidden } else { Notices::Shown }
}

fn query(matches: &ArgMatches) -> Result<Query, Error> {
    Ok(Query {
        filter: filter(matches),
        detail: detail(matches),
        writer: writer(matches)?,
        count: matches.get_one("count").copied(),
    })
}

fn filter(matches: &ArgMatches) -> Filter {
    Filter {
        urls: many(matches, "url"),
        not_urls: many(matches, "not-url"),
        methods: many(matches, "method"),
        domains: many(matches, "domain"),
        types: many(matches, "type"),
    }
}

fn many<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, name: &str) -> Vec<T> {
    matches.get_many::<T>(name).into_iter().flatten().cloned().collect()
}

fn detail(matches: &ArgMatches) -> Detail {
    if matches.get_flag("responses") { Detail::Exchanges } else { Detail::Requests }
}

fn writer(matches: &ArgMatches) -> Result<Writer, Error> {
    let writer = cli::writer(matches);
    match (writer.to, detail(matches)) {
        (OutputFormat::Header, _) => {
            Err(Error::Usage("--to header: capture adds no headers, so there are none to print".to_owned()))
        }
        (OutputFormat::Json | OutputFormat::Har, _) | (_, Detail::Requests) => Ok(writer),
        (_, Detail::Exchanges) => {
            Err(Error::Usage("--responses: only --to json and --to har can hold responses".to_owned()))
        }
    }
}
