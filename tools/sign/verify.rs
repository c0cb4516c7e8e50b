//! `sign verify`: the other side of the schemes. Each request is taken apart again and compared, step by step, with what
//! the scheme makes of it. No code is shared with the signers: a mistake of theirs would be one of ours.
//!
//! A verifier is a file of its own: which of its scheme's parameters it takes, and a check of one request at a time that
//! says, as [`Invalid`], which step is the first that differs.

mod aws;
mod basic;
mod digest;
mod edgegrid;
mod form;
mod hawk;
mod jwt;
mod oauth1;
mod public_key;

use std::fmt;

use clap::{ArgMatches, Command};

use countersign_shared::auth::{Layers, Parameter, Scheme, Session};
use countersign_shared::cli;
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::Reader;
use countersign_shared::hash;
use countersign_shared::moment::Clock;
use countersign_shared::pipe::{self, Filter, Frame, Portion, Settings, Sink, Source};
use countersign_shared::request::Request;
use countersign_shared::terminal;

/// The word that comes before the scheme.
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

/// Which of its scheme's parameters a verifier takes, and what they are for here.
type Parameters = &'static [(&'static str, &'static str)];

/// A scheme as its verifier is typed and explained.
struct Side {
    scheme: Scheme,
    example: &'static str,
    parameters: Parameters,
}

/// The schemes that can be verified.
const SIDES: &[Side] = &[
    Side {
        scheme: Scheme::Basic,
        example: "  sign verify basic --username alice --password env:PASSWORD signed.ndjson",
        parameters: basic::PARAMETERS,
    },
    Side {
        scheme: Scheme::Digest,
        example: "  sign verify digest --username alice --password env:PASSWORD signed.ndjson",
        parameters: digest::PARAMETERS,
    },
    Side {
        scheme: Scheme::OAuth1,
        example: "  sign verify oauth1 --consumer-key app --consumer-secret env:APP_SECRET \\
      --token-secret env:TOKEN_SECRET signed.ndjson",
        parameters: oauth1::PARAMETERS,
    },
    Side {
        scheme: Scheme::Hawk,
        example: "  sign verify hawk --auth-id dh37fgj492je --auth-key env:HAWK_KEY signed.ndjson",
        parameters: hawk::PARAMETERS,
    },
    Side {
        scheme: Scheme::Aws,
        example: "  sign verify aws --profile work signed.ndjson",
        parameters: aws::PARAMETERS,
    },
    Side {
        scheme: Scheme::EdgeGrid,
        example: "  sign verify edgegrid --section papi signed.ndjson",
        parameters: edgegrid::PARAMETERS,
    },
    Side {
        scheme: Scheme::Jwt,
        example: "  sign verify jwt --private-key file:public.pem signed.ndjson",
        parameters: jwt::PARAMETERS,
    },
];

impl Side {
    fn named(name: &str) -> Option<&'static Self> {
        SIDES.iter().find(|side| Scheme::named(name) == Some(side.scheme))
    }

    fn parameters(&self) -> impl Iterator<Item = (&'static Parameter, &'static str)> {
        let table = self.scheme.table();
        self.parameters.iter().filter_map(|(key, help)| Some((table.parameter(key)?, *help)))
    }

    fn command(&self) -> Command {
        let table = self.scheme.table();
        Command::new(table.name)
            .visible_aliases(table.aliases.iter().copied())
            .about(table.about)
            .before_help(cli::examples(self.example))
            .defer(with_parameters)
    }
}

/// One scheme's verifier, its parameters checked.
enum Verifier {
    Basic(basic::Basic),
    Digest(Box<digest::Digest>),
    OAuth1(Box<oauth1::OAuth1>),
    Hawk(Box<hawk::Hawk>),
    Aws(Box<aws::Aws>),
    EdgeGrid(Box<edgegrid::EdgeGrid>),
    Jwt(Box<jwt::Jwt>),
}

impl Verifier {
    fn new(scheme: Scheme, layers: &Layers<'_>) -> Result<Self, Error> {
        match scheme {
            Scheme::Basic => Ok(Self::Basic(basic::Basic::new(layers)?)),
            Scheme::Digest => Ok(Self::Digest(Box::new(digest::Digest::new(layers)?))),
            Scheme::OAuth1 => Ok(Self::OAuth1(Box::new(oauth1::OAuth1::new(layers)?))),
            Scheme::Hawk => Ok(Self::Hawk(Box::new(hawk::Hawk::new(layers)?))),
            Scheme::Aws => Ok(Self::Aws(Box::new(aws::Aws::new(layers)?))),
            Scheme::EdgeGrid => Ok(Self::EdgeGrid(Box::new(edgegrid::EdgeGrid::new(layers)?))),
            Scheme::Jwt => Ok(Self::Jwt(Box::new(jwt::Jwt::new(layers)?))),
            _ => Err(Error::Usage(format!("{} cannot be verified", scheme.table().name))),
        }
    }

    /// Checks one request, at a time in seconds since 1970.
    fn verify(&self, request: &Request<'_>, now: i64) -> Result<(), Invalid> {
        match self {
            Self::Basic(basic) => basic.verify(request),
            Self::Digest(digest) => digest.verify(request),
            Self::OAuth1(oauth1) => oauth1.verify(request),
            Self::Hawk(hawk) => hawk.verify(request, now),
            Self::Aws(aws) => aws.verify(request, now),
            Self::EdgeGrid(edgegrid) => edgegrid.verify(request),
            Self::Jwt(jwt) => jwt.verify(request, now),
        }
    }
}

/// The first step at which a request differs from what its scheme makes of it.
#[derive(Debug, PartialEq, Eq)]
struct Invalid {
    /// What is compared: a header, a parameter, a string that is hashed.
    step: &'static str,
    /// How it differs. No secret is in it.
    problem: String,
}

impl Invalid {
    fn new(step: &'static str, problem: impl Into<String>) -> Self {
        Self { step, problem: problem.into() }
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.step, self.problem)
    }
}

/// The command line.
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
        .subcommands(SIDES.iter().map(Side::command))
}

/// The scheme's options, where that scheme was asked for.
fn with_parameters(command: Command) -> Command {
    let Some(side) = Side::named(command.get_name()) else { return command };
    let table = side.scheme.table();
    let argument = |(parameter, help): (&'static Parameter, _)| {
        crate::cli::argument(table, parameter).help(format!("{help} [env: {}]", parameter.variable(table)))
    };
    let command = command.next_help_heading("Parameters").args(side.parameters().map(argument));
    cli::with_now(cli::with_input(command), "Verify as if it were this time: RFC 3339, or @SECONDS since 1970")
}

/// Runs the pipe that the command line describes.
///
/// # Errors
/// The command line or the configuration is wrong.
pub(crate) fn run(matches: &ArgMatches) -> Result<Exit, Error> {
    let (scheme, matches) = matches.subcommand().ok_or_else(|| Error::Usage("which scheme?".to_owned()))?;
    let side = Side::named(scheme).ok_or_else(|| Error::Usage("which scheme?".to_owned()))?;
    let table = side.scheme.table();
    let options = crate::cli::values(side.parameters().map(|(parameter, _)| parameter), matches)?;
    let session = Session::default();
    let layers =
        Layers { table, options: &options, line: None, environment: &table.from_environment()?, session: &session };
    let judge = Judge {
        reader: cli::reader(matches),
        clock: Clock { now: cli::now(matches), nonce: None },
        verifier: Verifier::new(side.scheme, &layers)?,
    };
    let settings = Settings {
        tool: "sign",
        jobs: 1,
        on_error: cli::on_error(matches),
        frame: Frame::default(),
        portion: Portion::Block,
    };
    let source = Source::from_files(&cli::files(matches), judge.reader.framing());
    Ok(pipe::run(settings, source, Box::new(std::io::stdout()), Box::new(std::io::stderr()), &judge))
}

/// The filter that says of each request whether it is valid.
struct Judge {
    reader: Reader,
    clock: Clock,
    verifier: Verifier,
}

impl Filter for Judge {
    type Worker = ();

    fn worker(&self) {}

    fn document(&self, (): &mut (), text: &str, sink: &mut Sink<'_>) {
        self.reader.read(text, &mut |request| match request {
            Ok(request) => {
                let verdict = self.verifier.verify(&request, self.clock.moment().unix);
                let text =
                    verdict.as_ref().map_or_else(|invalid| format!("invalid: {invalid}"), |()| "valid".to_owned());
                sink.write(|out| {
                    out.extend_from_slice(terminal::clean(&text).as_bytes());
                    out.push(b'\n');
                    Ok(())
                });
                if verdict.is_err() {
                    sink.fail(Exit::Failed);
                }
            }
            Err(error) => sink.error(error),
        });
    }
}

/// The credentials of a scheme in the `Authorization` header, which must be there once.
fn credentials<'r>(request: &'r Request<'_>, scheme: &str) -> Result<&'r str, Invalid> {
    let mut values = request.headers.iter().filter(|header| header.is("Authorization"));
    let (Some(header), None) = (values.next(), values.next()) else {
        let count = request.headers.iter().filter(|header| header.is("Authorization")).count();
        return Err(Invalid::new("Authorization", format!("there are {count} such headers, not one")));
    };
    let (name, rest) = header.value.split_once(' ').unwrap_or((&header.value, ""));
    if !name.eq_ignore_ascii_case(scheme) {
        return Err(Invalid::new("Authorization", format!("is not of the scheme {scheme}")));
    }
    Ok(rest.trim_matches(' '))
}

/// More parameters than any scheme has: whoever sends more wants us to be busy.
const MOST: usize = 64;

fn too_many(step: &'static str) -> Invalid {
    Invalid::new(step, format!("has more than {MOST} parameters"))
}

/// Compares in a time that tells nothing of where the difference is.
fn is_equal(a: &[u8], b: &[u8]) -> bool {
    hash::is_same(a, b)
}
