//! The command line of `sign`, made from the schemes' tables.

use clap::{Arg, ArgAction, ArgMatches, Command, builder::PossibleValuesParser, value_parser};

use countersign_shared::auth::{self, ChallengeOption, Kind, Parameter, Place, Table, Values};
use countersign_shared::challenge::{self, Challenge};
use countersign_shared::cli;
use countersign_shared::error::Error;

use crate::sending::with_sending;

const ABOUT: &str = "Sign requests: HAR request lines in, signed lines out";

const EXAMPLES: &str = "  capture --domain api.example.com |
      sign bearer --token env:TOKEN --to curl-config | curl -K -
  echo https://bucket.s3.amazonaws.com/key |
      sign aws --profile work --add-auth-data-to-query --to url
  sign inherit --auth auth.json requests.ndjson > signed.ndjson
  sign none --from har --to hurl site.har";

const DESCRIPTION: &str = "Reads requests and writes each one signed, in the same order, as soon as it is there.

A request is a line of JSON: a HAR request object, described in countersign-request(5). curl commands, HAR files, \
URLs and other shapes are told apart by --from auto. What comes out is chosen by --to: the same lines, or a config \
for `curl -K -`, a curl command, the headers alone and more.

A parameter comes from the option, else from the request's own _auth, else from the environment. A line that cannot \
be signed is reported on stderr and left out, and sign exits 1 at the end.";

const NOTES: &str = "A SECRET is the value itself, or says where it is: env:NAME, file:PATH, fd:N, cmd:COMMAND, \
keyring:SERVICE/NAME; - asks on the terminal, and text:VALUE is VALUE whatever it looks like. That holds for options \
and environment variables, never for what comes through the pipe. A value on a command line can be seen by other users \
of the machine; the others cannot.";

const INHERIT: &str = "Sign each request by its own _auth";

const INHERIT_DESCRIPTION: &str = "Signs each request by its own _auth. A line without one passes as it is.";

const INHERIT_EXAMPLES: &str = "  sign inherit captured.ndjson --to curl-config | curl -K -
  sign inherit --auth auth.json < requests.ndjson";

/// The heading of a scheme's own options.
const PARAMETERS: &str = "Parameters";

/// The whole command.
pub(crate) fn command() -> Command {
    let schemes = auth::ALL.iter().map(|table| scheme_command(table));
    let inherit = Command::new("inherit")
        .about(INHERIT)
        .long_about(INHERIT_DESCRIPTION)
        .before_help(cli::examples(INHERIT_EXAMPLES));
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
        .subcommand(with_challenge(with_pipe(inherit)))
        .subcommand(crate::verify::command())
}

fn scheme_command(table: &'static Table) -> Command {
    Command::new(table.name)
        .visible_aliases(table.aliases.iter().copied())
        .about(table.about)
        .before_help(cli::examples(table.examples))
        .defer(with_parameters)
}

/// A scheme's options. Only those of the scheme that was asked for are ever made: all of them together would take longer
/// than a signature.
fn with_parameters(command: Command) -> Command {
    let Some(table) = auth::named(command.get_name()) else { return command };
    let (shared, own): (Vec<_>, Vec<_>) =
        table.parameters.iter().partition(|parameter| parameter.place == Place::OptionShared);
    let command = command.next_help_heading(PARAMETERS);
    let command = own.into_iter().fold(command, |command, parameter| with_parameter(command, table, parameter));
    let mut command = with_pipe(command);
    for parameter in shared {
        command = command.mut_arg(parameter.key, |argument| argument.help(help(table, parameter)));
    }
    match table.challenge {
        ChallengeOption::Taken => with_challenge(command),
        ChallengeOption::Absent => command,
    }
}

/// A scheme's own option goes before one of the same name that every command has: `--version` of OAuth 1.0.
fn with_parameter(command: Command, table: &'static Table, parameter: &'static Parameter) -> Command {
    let argument = argument(table, parameter);
    if command.get_arguments().any(|common| common.get_id() == argument.get_id()) {
        return command.mut_arg(parameter.key, |_| argument.help_heading(PARAMETERS));
    }
    command.arg(argument)
}

/// A parameter's sentence, its default and its environment variable.
fn help(table: &'static Table, parameter: &'static Parameter) -> String {
    let default = parameter.default.map(|default| format!(" [default: {default}]")).unwrap_or_default();
    format!("{}{default} [env: {}]", parameter.help, parameter.variable(table.name))
}

/// One parameter of a table as an option.
pub(crate) fn argument(table: &'static Table, parameter: &'static Parameter) -> Arg {
    let argument = Arg::new(parameter.key).long(parameter.option()).help(help(table, parameter));
    match parameter.kind {
        Kind::Flag => argument
            .action(ArgAction::Set)
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("BOOL"),
        Kind::Choice(values) => argument.value_name("WHICH").value_parser(PossibleValuesParser::new(values)),
        Kind::Secret => argument.value_name("SECRET").allow_hyphen_values(true),
        Kind::Measure(word) => argument.value_name(word).allow_hyphen_values(true),
        Kind::Text | Kind::Identifier => argument.value_name("TEXT").allow_hyphen_values(true),
    }
}

/// The options that all schemes share.
fn with_pipe(command: Command) -> Command {
    let command = cli::with_output(cli::with_input(command));
    let command = cli::network::with_network(with_sending(command));
    cli::with_clock(command)
        .next_help_heading("Signing")
        .arg(
            cli::option("auth", "FILE", "Give every request this Postman auth object")
                .value_parser(value_parser!(std::path::PathBuf)),
        )
        .arg(cli::switch("explain", "Write each step of a signature to stderr; secrets are masked"))
        .arg(
            cli::option("jobs", "N", "Work with N threads; the order of the output never changes")
                .short('j')
                .value_parser(value_parser!(u16).range(1..=256))
                .default_value("1"),
        )
}

/// What a server would ask for, known beforehand.
fn with_challenge(command: Command) -> Command {
    command.next_help_heading("Signing").arg(
        cli::option(
            "challenge",
            "CHALLENGE",
            "Answer this WWW-Authenticate value; no server is asked; may be repeated",
        )
        .action(ArgAction::Append)
        .value_parser(challenge::copied),
    )
}

/// The challenges that the options give, where the scheme takes them.
pub(crate) fn challenges(matches: &ArgMatches) -> Vec<Challenge> {
    let given = matches.try_get_many::<Vec<Challenge>>("challenge").ok().flatten();
    given.into_iter().flatten().flatten().cloned().collect()
}

/// What the options say of parameters, references followed.
///
/// # Errors
/// A reference cannot be followed.
pub(crate) fn values(
    parameters: impl Iterator<Item = &'static Parameter>,
    matches: &ArgMatches,
) -> Result<Values, Error> {
    let mut values = Values::default();
    for parameter in parameters {
        if let Some(text) = matches.get_one::<String>(parameter.key) {
            values.set(parameter.key, parameter.resolve(&format!("--{}", parameter.option()), text)?);
        }
    }
    Ok(values)
}
