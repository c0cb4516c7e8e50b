//! The command line of `sign`, made from the schemes' tables.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::{ArgAction, ArgMatches, Command, parser::ValueSource, value_parser};
use serde_json::value::RawValue;

use countersign_shared::auth::session::{Asking, HostRule};
use countersign_shared::auth::{self, Asked, ChallengeOption, Parameter, Place, Table, Values};
use countersign_shared::challenge::{self, Challenge};
use countersign_shared::cli::{self, Described as _};
use countersign_shared::collections::documents;
use countersign_shared::duration::duration;
use countersign_shared::error::Error;
use countersign_shared::formats::{OutputFormat, Reader};
use countersign_shared::send::exchange::{Challenges, Policy, Redirects};
use countersign_shared::transport::{Limits, PlainSecrets};
use countersign_shared::trust::Verification;

use crate::parameters;
use crate::plan::{Authorization, Choice, Explain, Failing, Given, Rank, Signing};
use crate::tool::TOOL;
use crate::trusted::TrustedHost;
use crate::verify;

const ABOUT: &str = "Sign requests: HAR request lines in, signed lines out";

const EXAMPLES: &str = "  capture --domain api.example.com |
      sign bearer --token env:TOKEN --to curl-config | curl -K -
  echo https://bucket.s3.amazonaws.com/key |
      sign aws --profile work --add-auth-data-to-query --to url
  sign inherit --auth auth.json requests.ndjson > signed.ndjson
  sign none --from har --to hurl site.har";

const DESCRIPTION: &str = "Reads requests and writes each one signed, in order, without waiting for the next.

A request is a line of JSON: a HAR request object, described in countersign-request(5). curl commands, HAR files, \
URLs and other formats are detected. --to chooses the output: the same lines, a config for `curl -K -`, a curl \
command, the headers alone and more.

A parameter comes from its option, else from the request's own _auth, else from its environment variable. A line that \
cannot be signed is reported on stderr and left out, and sign exits 1 at the end.";

const NOTES: &str = "A SECRET is the value itself, or names its source: env:NAME, file:PATH, fd:N, cmd:COMMAND, \
keyring:SERVICE/NAME. - asks on the terminal, and text:VALUE is VALUE even if it looks like one of these. Sources are \
read in options and environment variables, never in what comes through the pipe. Other users of the machine can see a \
value on a command line, but not the value that a source has.";

const INHERIT: &str = "Sign each request by its own _auth";

const INHERIT_DESCRIPTION: &str =
    "Signs each request by its own _auth. A line without one passes unchanged. FILE may be a \
collection of Postman, Bruno or Insomnia, an OpenAPI description or a .http file, and is known for what it is: its \
requests have the authorization that they or their folders say.

Anyone may have written a line, so one gets no signature with keys that it does not bring. --credentials-for names the \
hosts for which environment variables, profiles and the files of providers fill what _auth does not say.";

const INHERIT_EXAMPLES: &str = "  sign inherit captured.ndjson --to curl-config | curl -K -
  sign inherit --auth auth.json < requests.ndjson
  sign inherit collection.json --folder Users --send --fail
  sign inherit openapi.yaml --var apiToken=env:TOKEN --to curl-config
  sign inherit --credentials-for '*.amazonaws.com' < requests.ndjson";

/// The heading of a scheme's own options.
const PARAMETERS: &str = "Parameters";

/// Returns the command line of the tool.
pub(crate) fn command() -> Command {
    let schemes = auth::ALL.iter().map(|table| scheme_command(table));
    let inherit = Command::new("inherit")
        .about(INHERIT)
        .long_about(INHERIT_DESCRIPTION)
        .before_help(cli::examples(INHERIT_EXAMPLES))
        .defer(|command| with_trust(with_challenge(with_pipe(command))));
    Command::new("sign")
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .long_about(DESCRIPTION)
        .before_help(cli::examples(EXAMPLES))
        .after_long_help(NOTES)
        .override_usage("sign SCHEME [OPTIONS] [FILE]...")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("SCHEME")
        .subcommand_help_heading("Schemes")
        .subcommands(schemes)
        .subcommand(inherit)
        .subcommand(verify::command())
}

fn scheme_command(table: &'static Table) -> Command {
    Command::new(table.name)
        .visible_aliases(table.aliases.iter().copied())
        .about(table.about)
        .before_help(cli::examples(table.examples))
        .defer(with_parameters)
}

/// Adds a scheme's options. clap calls this only for the scheme that was asked for: making the options of all schemes
/// would take longer than a signature.
fn with_parameters(command: Command) -> Command {
    let Some(table) = auth::named(command.get_name()) else { return command };
    let (shared, own): (Vec<_>, Vec<_>) =
        table.parameters.iter().partition(|parameter| parameter.place == Place::OptionShared);
    let command = command.next_help_heading(PARAMETERS);
    let command = own.into_iter().fold(command, |command, parameter| with_parameter(command, table, parameter));
    let mut command = with_pipe(command);
    // These options come with the pipe, so they can be changed only after it has been added.
    for parameter in shared {
        command = command.mut_arg(parameter.key, |argument| cli::shared_parameter(argument, table.name, parameter));
    }
    match table.challenge {
        ChallengeOption::Taken => with_challenge(command),
        ChallengeOption::Absent => command,
    }
}

/// Adds an option of a scheme. It replaces one of the same name that every command has, as OAuth 1.0's `--version` does.
fn with_parameter(command: Command, table: &Table, parameter: &Parameter) -> Command {
    let argument = cli::parameter(table.name, parameter);
    if command.get_arguments().any(|common| common.get_id() == argument.get_id()) {
        return command.mut_arg(parameter.key, |_| argument.help_heading(PARAMETERS));
    }
    command.arg(argument)
}

/// Adds the options that all schemes share.
fn with_pipe(command: Command) -> Command {
    let command = TOOL.with_output(with_choice(TOOL.with_input(command)));
    let command = TOOL.with_rows(TOOL.with_variables(command));
    let command = cli::network::with_network(with_sending(command));
    TOOL.with_clock(command)
        .next_help_heading("Signing")
        .arg(
            TOOL.option(
                "auth",
                "FILE",
                ("Give every request this Postman auth object", "Under inherit, every request that has none"),
            )
            .value_parser(value_parser!(PathBuf)),
        )
        .arg(TOOL.switch(
            "allow-host",
            ("Sign a Host header that is not the URL's", "The server that gets it can use the signature at that host"),
        ))
        .arg(TOOL.switch("explain", ("Write each step of a signature to stderr", "Secrets are masked")))
        .arg(
            TOOL.option("jobs", "N", ("Work with N threads", "The order of the output never changes"))
                .short('j')
                .value_parser(value_parser!(u16).range(1..=256))
                .default_value("1"),
        )
}

/// Adds the options that choose requests of a collection.
fn with_choice(command: Command) -> Command {
    let several = |name, value, help| TOOL.option(name, value, help).action(ArgAction::Append);
    command
        .next_help_heading("Input")
        .arg(several(
            "folder",
            "NAME",
            ("Take the requests of this folder alone", "NAME or a path, A/B. May be repeated"),
        ))
        .arg(several("name", "NAME", ("Take the request with this name alone", "Of a collection. May be repeated")))
}

/// Adds the option for a challenge that is known beforehand.
fn with_challenge(command: Command) -> Command {
    command.next_help_heading("Signing").arg(
        TOOL.option(
            "challenge",
            "CHALLENGE",
            ("Answer this WWW-Authenticate value", "No server is asked. May be repeated"),
        )
        .action(ArgAction::Append)
        .value_parser(challenge::copied),
    )
}

/// Adds the options that say what lines may have done by `inherit`.
fn with_trust(command: Command) -> Command {
    command
        .next_help_heading("Signing")
        .arg(
            TOOL.option(
                "credentials-for",
                "HOST",
                (
                    "Use your own credentials for this host",
                    "They fill what a line's _auth does not say. *.example.com is all below it. May be repeated",
                ),
            )
            .action(ArgAction::Append)
            .value_parser(TrustedHost::parse),
        )
        .arg(TOOL.switch("ask", ("Ask servers for digest challenges", "They are asked with GET, HEAD or OPTIONS")))
}

/// Adds the options for requests that are sent.
fn with_sending(command: Command) -> Command {
    command
        .next_help_heading("Sending")
        .arg(TOOL.switch("send", ("Send each request", "A HAR entry with the response is written in its place")))
        .arg(TOOL.switch(
            "fail",
            (
                "Take a status of 400 and above for a failure",
                "sign then exits 1 at the end; for 401 and 403 it exits 4 anyway",
            ),
        ))
        .arg(TOOL.switch("no-retry", ("Take the first response", "401 challenges are not answered")))
        .arg(TOOL.switch("location", ("Follow redirects", "Credentials never go to another origin")).short('L'))
        .arg(TOOL.switch(
            "allow-http",
            ("Send secrets over plain http too", "Without it passwords and tokens go over it to this machine only"),
        ))
        .arg(
            TOOL.switch(
                "insecure",
                ("Do not verify servers' certificates", "Anyone on the way can then read and change everything"),
            )
            .short('k'),
        )
        .arg(
            TOOL.option("retry", "N", "Try up to N times more when the network fails")
                .value_parser(value_parser!(u32).range(..=1000))
                .default_value("0"),
        )
        .arg(
            TOOL.option("retry-delay", "DURATION", "Wait this long before each further try")
                .by_default("1, then 2, 4, ...")
                .value_parser(duration),
        )
        .arg(
            TOOL.option("max-filesize", "BYTES", "Refuse a response that is longer")
                .value_parser(value_parser!(u64).range(..=1 << 40))
                .default_value("94371840"),
        )
}

/// The work that a command line asks for.
pub(crate) enum Plan {
    /// Requests are signed, and written or sent.
    Sign(Box<Signing>),
    /// Signed requests are verified.
    Verify(verify::Plan),
}

/// Reads the options into a plan.
///
/// # Errors
/// Returns [`Error::Usage`] if options contradict each other or a file that they name cannot be read, and
/// [`Error::Secret`] if a reference cannot be followed.
pub(crate) fn plan(matches: &ArgMatches) -> Result<Plan, Error> {
    match matches.subcommand() {
        None => Err(Error::Usage("no scheme given: sign SCHEME".to_owned())),
        Some((verify::NAME, matches)) => verify::plan(matches).map(Plan::Verify),
        Some((name, matches)) => signing(name, matches).map(Box::new).map(Plan::Sign),
    }
}

fn signing(name: &str, matches: &ArgMatches) -> Result<Signing, Error> {
    // Clap lets no other names through: one that is not a scheme's is `inherit`.
    let choice = auth::named(name).map_or(Choice::Inherit, Choice::Scheme);
    let options = match choice {
        Choice::Scheme(table) => parameters::values(table.parameters.iter(), matches)?,
        Choice::Inherit => Values::default(),
    };
    Ok(Signing {
        files: cli::files(matches),
        reader: Reader { variables: cli::variables(matches, cli::clock(matches))?, ..cli::reader(matches) },
        rows: cli::data(matches)?,
        writer: cli::writer(matches),
        collections: collections(matches),
        on_error: cli::on_error(matches),
        jobs: matches.get_one::<u16>("jobs").map_or(1, |jobs| usize::from(*jobs)),
        clock: cli::clock(matches),
        explain: if matches.get_flag("explain") { Explain::Steps } else { Explain::Silent },
        authorization: Authorization {
            choice,
            options,
            given: given(matches, choice)?,
            challenges: challenges(matches),
            trusted: trusted(matches),
            hosts: if matches.get_flag("allow-host") { HostRule::Any } else { HostRule::Own },
            asking: asking(matches, choice),
        },
        network: cli::network::settings(matches)?,
        verification: if matches.get_flag("insecure") { Verification::Waived } else { Verification::Needed },
        sending: sending(matches)?,
    })
}

/// Returns the choice of requests from collections.
fn collections(matches: &ArgMatches) -> documents::Choice {
    let all = |name| matches.get_many::<String>(name).into_iter().flatten().cloned().collect();
    documents::Choice { folders: all("folder"), names: all("name") }
}

/// Returns the challenges of `--challenge`, which only some schemes take.
fn challenges(matches: &ArgMatches) -> Vec<Challenge> {
    // `get_many` would panic for a scheme that does not have the option.
    let given = matches.try_get_many::<Vec<Challenge>>("challenge").ok().flatten();
    given.into_iter().flatten().flatten().cloned().collect()
}

/// Returns the hosts of `--credentials-for`, which only `inherit` has.
fn trusted(matches: &ArgMatches) -> Vec<TrustedHost> {
    // `get_many` would panic for a scheme, which does not have the option.
    let given = matches.try_get_many::<TrustedHost>("credentials-for").ok().flatten();
    given.into_iter().flatten().cloned().collect()
}

/// Returns the rule for asking servers: who names digest asks; by `inherit` lines name it, and the servers.
fn asking(matches: &ArgMatches, choice: Choice) -> Asking {
    match choice {
        Choice::Scheme(_) => Asking::Allowed,
        Choice::Inherit if matches.get_flag("ask") => Asking::Allowed,
        Choice::Inherit => Asking::Refused,
    }
}

/// Returns the object of `--auth` or of its environment variable.
fn given(matches: &ArgMatches, choice: Choice) -> Result<Option<Given>, Error> {
    let Some(path) = matches.get_one::<PathBuf>("auth") else { return Ok(None) };
    let rank = if is_typed(matches, "auth") { Rank::Option } else { Rank::Environment };
    Ok(Some(Given { asked: auth_file(path, choice)?, rank }))
}

/// Reads an auth object in Postman's form. The file is data, so references in it are not followed.
fn auth_file(path: &Path, choice: Choice) -> Result<Asked, Error> {
    let usage = |problem: String| Error::Usage(format!("--auth {}: {problem}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| usage(error.to_string()))?;
    let raw: &RawValue = serde_json::from_str(&text).map_err(|error| usage(Error::from(error).to_string()))?;
    let asked = Asked::parse(raw, auth::ALL).map_err(|error| usage(error.to_string()))?;
    match choice {
        Choice::Scheme(table) if table != asked.table => {
            Err(usage(format!("is for {}, not for {}", asked.table.name, table.name)))
        }
        _ => Ok(asked),
    }
}

/// Returns the policy of `--send`, or `None` if requests are only written.
fn sending(matches: &ArgMatches) -> Result<Option<(Policy, Failing)>, Error> {
    if !matches.get_flag("send") {
        // Their environment variables are for the runs that send, so they are not refused.
        return match ["fail", "no-retry", "location", "allow-http"].into_iter().find(|name| is_typed(matches, name)) {
            Some(name) => Err(Error::Usage(format!("--{name} is about sending: use it with --send"))),
            None => Ok(None),
        };
    }
    let to = matches.get_one::<OutputFormat>("to").copied().unwrap_or_default();
    if !matches!(to, OutputFormat::Json | OutputFormat::Har) {
        return Err(Error::Usage("--send writes HAR entries: --to must be json or har".to_owned()));
    }
    let usual = Limits::default();
    let bytes = matches.get_one::<u64>("max-filesize").copied();
    // Where `usize` has 32 bits, no response fits into memory that is longer than its largest value.
    let bytes = bytes.map_or(usual.bytes, |bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
    let failing = if matches.get_flag("fail") { Failing::Statuses } else { Failing::Refusals };
    let policy = Policy {
        challenges: if matches.get_flag("no-retry") { Challenges::Final } else { Challenges::Met },
        redirects: if matches.get_flag("location") { Redirects::Followed } else { Redirects::Final },
        retries: matches.get_one::<u32>("retry").copied().unwrap_or_default(),
        pause: matches.get_one::<Duration>("retry-delay").copied(),
        plain: if matches.get_flag("allow-http") { PlainSecrets::Allowed } else { PlainSecrets::Refused },
        limits: Limits { bytes, ..usual },
    };
    Ok(Some((policy, failing)))
}

fn is_typed(matches: &ArgMatches, name: &str) -> bool {
    matches.value_source(name) == Some(ValueSource::CommandLine)
}
