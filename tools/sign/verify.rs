//! `sign verify`: the server's side of the schemes. Each request is parsed, and each step of its signature is computed again
//! and compared. No code is shared with the signers, because a shared mistake would not be found.
//!
//! A verifier is one file with one [`Verifier`] and one line in [`ALL`].

mod aws;
mod basic;
mod digest;
mod edgegrid;
mod form;
mod hawk;
mod jwt;
mod oauth1;
mod verifier;

use std::path::PathBuf;

use clap::{ArgMatches, Command};

use countersign_shared::auth::parameters::Values;
use countersign_shared::auth::scheme::{Asker, Layers};
use countersign_shared::auth::session::Session;
use countersign_shared::cli;
use countersign_shared::collections::documents::Choice;
use countersign_shared::collections::source::{self, Opening};
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::Reader;
use countersign_shared::moment::Clock;
use countersign_shared::pipe::{self, Filter, Frame, OnError, Portion, Settings, Sink};
use countersign_shared::terminal;

use crate::parameters;
use crate::tool::TOOL;

use verifier::{Verifier, Verifies};

/// The subcommand's name, which comes before the scheme.
pub(crate) const NAME: &str = "verify";

const ABOUT: &str = "Say whether requests are signed right";

const DESCRIPTION: &str = "Reads signed requests and says of each one, a line each and in the same order, `valid`, or \
`invalid:` with the first step that differs. Exits 0 when all are valid, else 1.

What says itself when it ends is checked against the clock: presigned URLs, bewits, tokens. How old another signature may \
be is up to its server, and so is whether a nonce comes twice.";

const EXAMPLES: &str = "  echo https://api.example.com/ |
      sign digest --username alice --password env:PASSWORD \\
          --challenge 'Digest realm=\"api\", nonce=\"5TsQWLVd\", qop=\"auth\"' |
      sign verify digest --username alice --password env:PASSWORD";

/// The schemes that can be verified, in the order in which help lists them.
static ALL: &[&Verifier] = &[
    &basic::VERIFIER,
    &digest::VERIFIER,
    &oauth1::VERIFIER,
    &hawk::VERIFIER,
    &aws::VERIFIER,
    &edgegrid::VERIFIER,
    &jwt::VERIFIER,
];

fn named(name: &str) -> Option<&'static Verifier> {
    ALL.iter().copied().find(|verifier| verifier.table.is_named(name))
}

/// Returns the command line of `sign verify`.
pub(crate) fn command() -> Command {
    Command::new(NAME)
        .about(ABOUT)
        .long_about(DESCRIPTION)
        .before_help(cli::examples(EXAMPLES))
        .override_usage("sign verify SCHEME [OPTIONS] [FILE]...")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("SCHEME")
        .subcommand_help_heading("Schemes")
        .subcommands(ALL.iter().map(|verifier| scheme_command(verifier)))
}

fn scheme_command(verifier: &Verifier) -> Command {
    Command::new(verifier.table.name)
        .visible_aliases(verifier.table.aliases.iter().copied())
        .about(verifier.table.about)
        .before_help(cli::examples(verifier.examples))
        .defer(with_parameters)
}

/// Adds the scheme's options. Clap calls this only for the scheme that was asked for.
fn with_parameters(command: Command) -> Command {
    let Some(verifier) = named(command.get_name()) else { return command };
    let table = verifier.table;
    let arguments = verifier.parameters.iter().map(|parameter| cli::parameter(table.name, parameter));
    let command = command.next_help_heading("Parameters").args(arguments);
    TOOL.with_now(
        TOOL.with_variables(TOOL.with_input(command)),
        "Verify as if it were this time: RFC 3339, or @SECONDS since 1970",
    )
}

/// A verifying run as the command line describes it.
pub(crate) struct Plan {
    files: Vec<PathBuf>,
    on_error: OnError,
    filter: Verification,
}

/// Reads the options into a plan.
///
/// # Errors
/// Returns [`Error::Usage`] if no scheme is named, and [`Error`] if a parameter is missing or wrong or if credentials
/// cannot be read.
pub(crate) fn plan(matches: &ArgMatches) -> Result<Plan, Error> {
    let no_scheme = || Error::Usage("no scheme given: sign verify SCHEME".to_owned());
    let (scheme, matches) = matches.subcommand().ok_or_else(no_scheme)?;
    let verifier = named(scheme).ok_or_else(no_scheme)?;
    let table = verifier.table;
    // A verifier makes no nonce, so only the time can be set.
    let clock = Clock { now: cli::now(matches), nonce: None };
    let variables = cli::variables(matches, clock.clone())?;
    let replaced = |values: Values| match variables.is_idle() {
        true => Ok(values),
        false => values.resolved(table.name, &variables.resolver()),
    };
    let options = replaced(parameters::values(verifier.parameters.iter(), matches)?)?;
    let session = Session::default();
    let layers = Layers {
        table,
        options: &options,
        line: None,
        environment: &replaced(table.from_environment()?)?,
        session: &session,
        asker: Asker::User,
    };
    let filter = Verification {
        reader: Reader { variables: variables.clone(), ..cli::reader(matches) },
        clock,
        verifier: (verifier.make)(&layers)?,
    };
    Ok(Plan { files: cli::files(matches), on_error: cli::on_error(matches), filter })
}

/// Verifies every request of a plan's input.
///
/// # Errors
/// Returns the error of [`source::open`] if the input cannot be read.
pub(crate) fn run(plan: &Plan) -> Result<Exit, Error> {
    let settings = Settings {
        tool: TOOL.name(),
        jobs: 1,
        on_error: plan.on_error,
        frame: Frame::default(),
        portion: Portion::Block,
    };
    let source = source::open(&plan.files, &plan.filter.reader, &Choice::default(), &Opening::default())?;
    Ok(pipe::run(settings, source, Box::new(std::io::stdout()), Box::new(std::io::stderr()), &plan.filter))
}

/// A filter that writes `valid` or `invalid` for each request.
struct Verification {
    reader: Reader,
    clock: Clock,
    verifier: Box<dyn Verifies>,
}

impl Filter for Verification {
    type Worker = ();

    fn worker(&self) {}

    fn document(&self, (): &mut (), text: &str, sink: &mut Sink<'_>) {
        let made_with = sink.variables().cloned();
        self.reader.read_document(text, made_with.as_ref(), &mut |request| match request {
            Ok(request) => {
                let result = self.verifier.verify(&request, self.clock.moment().unix);
                let text =
                    result.as_ref().map_or_else(|invalid| format!("invalid: {invalid}"), |()| "valid".to_owned());
                sink.write(|out| {
                    // The text quotes the request, and a line break in it would forge a result of its own.
                    out.extend_from_slice(terminal::clean(&text).as_bytes());
                    out.push(b'\n');
                    Ok(())
                });
                if result.is_err() {
                    sink.fail(Exit::Failed);
                }
            }
            Err(error) => sink.error(error),
        });
    }
}
