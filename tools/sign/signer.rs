//! The filter that `sign` is: each request read, authorized and written.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use clap::ArgMatches;
use clap::parser::ValueSource;
use serde_json::value::RawValue;

use countersign_shared::auth::{
    self, Asked, Auth, Connection, Delivery, Layers, Order, Session, Signed, Table, Values, none,
};
use countersign_shared::cli;
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::{OutputFormat, Reader, Writer, har};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::Keeper;
use countersign_shared::pipe::{self, Filter, Portion, Settings, Sink, Source};
use countersign_shared::request::Request;
use countersign_shared::send;
use countersign_shared::send::exchange::{Done, Exchange, Rules, refusal};
use countersign_shared::terminal;
use countersign_shared::transport::Transport;

use crate::crew::{self, Proceed};
use crate::installed;
use crate::sending;

/// Runs the pipe that the command line describes.
///
/// # Errors
/// The command line or the configuration is wrong.
pub(crate) fn run(matches: &ArgMatches) -> Result<Exit, Error> {
    let (name, matches) = matches.subcommand().ok_or_else(|| Error::Usage("which scheme?".to_owned()))?;
    let signer = Signer::new(Choice::named(name), matches)?;
    let settings = Settings {
        tool: "sign",
        jobs: signer.jobs,
        on_error: cli::on_error(matches),
        portion: if signer.session.delivery == Delivery::Sent { Portion::Document } else { Portion::Block },
        frame: signer.writer.frame(),
    };
    let source = Source::from_files(&cli::files(matches), signer.reader.framing());
    Ok(pipe::run(settings, source, Box::new(std::io::stdout()), Box::new(std::io::stderr()), &signer))
}

/// Which scheme a request gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// The one that its `_auth` names.
    Inherit,
    /// The same for all.
    Scheme(&'static Table),
}

impl Choice {
    fn named(name: &str) -> Self {
        auth::named(name).map_or(Self::Inherit, Self::Scheme)
    }
}

/// Whether the steps of a signature are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Explain {
    Silent,
    Steps,
}

/// What every request is given that has nothing better.
struct Given {
    asked: Asked,
    rank: Rank,
}

/// Where in the order of precedence it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rank {
    /// `--auth`: before a line's own `_auth`.
    Option,
    /// Its environment variable: behind it.
    Environment,
}

/// Everything that stays the same from request to request.
struct Signer {
    choice: Choice,
    reader: Reader,
    writer: Writer,
    clock: Clock,
    explain: Explain,
    options: Values,
    given: Option<Given>,
    environment: HashMap<&'static str, Values>,
    session: Session,
    /// How many threads work.
    jobs: usize,
    /// What may follow on a response.
    rules: Rules,
    /// What is to be said of the curl that is installed; it is asked once.
    for_curl: OnceLock<Option<String>>,
}

impl Signer {
    fn new(choice: Choice, matches: &ArgMatches) -> Result<Self, Error> {
        let (options, schemes) = match choice {
            Choice::Scheme(scheme) => (cli_values(scheme, matches)?, vec![scheme]),
            Choice::Inherit => (Values::default(), auth::ALL.to_vec()),
        };
        let network = cli::network::settings(matches)?;
        // Services that hand out credentials are verified in any case.
        let services = send::services(Arc::new(network.clone()));
        let requests = send::requests(Arc::new(network.with_verification(sending::verification(matches))));
        let session = Session::new(requests, services, sending::delivery(matches));
        let session = session.with_challenges(crate::cli::challenges(matches));
        let keeper = Arc::new(Keeper::new(Arc::clone(&session.services)));
        let environment = schemes.into_iter().map(|table| Ok((table.name, table.from_environment()?)));
        Ok(Self {
            choice,
            reader: cli::reader(matches),
            writer: cli::writer(matches),
            clock: cli::clock(matches),
            explain: if matches.get_flag("explain") { Explain::Steps } else { Explain::Silent },
            options,
            given: given(matches, choice)?,
            environment: environment.collect::<Result<_, Error>>()?,
            session: session.with_tokens(keeper),
            jobs: matches.get_one::<u16>("jobs").map_or(1, |jobs| usize::from(*jobs)),
            rules: sending::rules(matches)?,
            for_curl: OnceLock::new(),
        })
    }

    /// The authorization for a request whose `_auth` is this.
    fn auth(&self, raw: Option<&RawValue>) -> Result<Auth, Error> {
        let own = match (&self.given, raw) {
            (Some(Given { rank: Rank::Option, .. }), _) | (_, None) => None,
            // Only what asks for its own scheme is read: an `_auth` of another kind is dropped unread.
            (_, Some(raw)) => self.own(raw)?,
        };
        let asked = own.as_ref().or(self.given.as_ref().map(|given| &given.asked));
        match (self.choice, asked) {
            (Choice::Scheme(scheme), asked) => self.build(scheme, asked.map(|asked| &asked.values)),
            (Choice::Inherit, Some(asked)) => self.build(asked.table, Some(&asked.values)),
            (Choice::Inherit, None) => self.build(&none::TABLE, None),
        }
    }

    /// The line's own `_auth`, where it counts.
    fn own(&self, raw: &RawValue) -> Result<Option<Asked>, Error> {
        match (self.choice, Asked::parse(raw, auth::ALL)) {
            (Choice::Inherit, _) if raw.get() == "null" => Ok(None),
            (Choice::Inherit, asked) => asked.map(Some),
            (Choice::Scheme(scheme), Ok(asked)) if asked.table == scheme => Ok(Some(asked)),
            (Choice::Scheme(_), _) => Ok(None),
        }
    }

    fn build(&self, table: &'static Table, line: Option<&Values>) -> Result<Auth, Error> {
        let none = Values::default();
        let environment = self.environment.get(table.name).unwrap_or(&none);
        let layers = Layers { table, options: &self.options, line, environment, session: &self.session };
        if log::log_enabled!(log::Level::Info) && !table.parameters.is_empty() {
            log::info!("{}: {}", table.name, layers.sources());
        }
        Auth::new(&layers)
    }
}

fn cli_values(table: &'static Table, matches: &ArgMatches) -> Result<Values, Error> {
    crate::cli::values(table.parameters.iter(), matches)
}

/// What `--auth` or its environment variable gives.
fn given(matches: &ArgMatches, choice: Choice) -> Result<Option<Given>, Error> {
    let Some(path) = matches.get_one::<PathBuf>("auth") else { return Ok(None) };
    let is_typed = matches.value_source("auth") == Some(ValueSource::CommandLine);
    let rank = if is_typed { Rank::Option } else { Rank::Environment };
    Ok(Some(Given { asked: auth_file(path, choice)?, rank }))
}

/// `--auth FILE`: data in Postman's form, in which references are not followed.
fn auth_file(path: &PathBuf, choice: Choice) -> Result<Asked, Error> {
    let usage = |problem: String| Error::Usage(format!("--auth {}: {problem}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| usage(error.to_string()))?;
    let raw: &RawValue = serde_json::from_str(&text).map_err(|error| usage(Error::from(error).to_string()))?;
    let asked = Asked::parse(raw, auth::ALL).map_err(|error| usage(error.to_string()))?;
    match choice {
        Choice::Scheme(scheme) if scheme != asked.table => {
            Err(usage(format!("is for {}, not for {}", asked.table.name, scheme.name)))
        }
        _ => Ok(asked),
    }
}

/// The authorization that was used last: most streams ask for the same one again and again.
#[derive(Default)]
struct Last {
    raw: Option<String>,
    auth: Option<Auth>,
    /// The connection that this authorization has for itself: no other may ever use it.
    alone: Option<Box<dyn Transport>>,
}

impl Last {
    fn get(&mut self, signer: &Signer, raw: Option<&RawValue>) -> Result<&mut Auth, Error> {
        let is_same = self.raw.as_deref() == raw.map(RawValue::get);
        let auth = match self.auth.take().filter(|_| is_same) {
            Some(auth) => auth,
            None => {
                self.alone = None;
                let auth = signer.auth(raw)?;
                self.raw = raw.map(|raw| raw.get().to_owned());
                auth
            }
        };
        Ok(self.auth.insert(auth))
    }
}

impl Filter for Signer {
    type Worker = Worker;

    fn worker(&self) -> Worker {
        Worker::default()
    }

    fn document(&self, worker: &mut Worker, text: &str, sink: &mut Sink<'_>) {
        if self.session.delivery == Delivery::Written {
            return self.reader.read(text, &mut |request| match request {
                Ok(request) => self.write(&mut worker.last, request, sink),
                Err(error) => sink.error(error),
            });
        }
        let mut requests = Vec::new();
        self.reader.read(text, &mut |request| requests.push(request));
        self.send_all(&mut worker.last, requests, sink);
    }
}

/// A request that was sent, and what came of it.
struct Sent<'r> {
    request: Request<'r>,
    done: Done,
}

/// What one thread keeps.
#[derive(Default)]
pub(crate) struct Worker {
    last: Last,
}

impl Signer {
    /// Signs a request and writes it.
    fn write(&self, last: &mut Last, mut request: Request<'_>, sink: &mut Sink<'_>) {
        match self.sign(last, &mut request, sink) {
            Ok(signed) => {
                if request.handshake.is_some() {
                    let warning = self.for_curl.get_or_init(|| installed::warning(&request, self.writer.to));
                    warning.iter().for_each(|warning| self.session.warn(warning.clone()));
                }
                self.note(&[signed], sink);
                sink.write(|out| self.writer.write(&request, out));
            }
            Err(error) => sink.error(error),
        }
    }

    fn sign(&self, last: &mut Last, request: &mut Request<'_>, sink: &Sink<'_>) -> Result<Signed, Error> {
        let auth = last.get(self, request.auth)?;
        if auth.order() == Order::AsRead {
            sink.await_turn();
        }
        auth.sign(request, &self.clock.moment())
    }

    /// Sends the requests of a document, several at once where there are several; each result is written at once.
    fn send_all<'r>(&self, last: &mut Last, requests: Vec<Result<Request<'r>, Error>>, sink: &mut Sink<'_>) {
        if self.jobs == 1 || requests.len() == 1 {
            for request in requests {
                let sent = request.and_then(|request| self.perform(last, request));
                if self.tell(sent, sink) == Proceed::Stop {
                    return;
                }
            }
            return;
        }
        sink.await_turn();
        let work = |last: &mut Last, request: Result<Request<'r>, Error>| self.perform(last, request?);
        crew::in_order(requests, self.jobs, work, |sent| self.tell(sent, sink));
    }

    /// Signs a request and sends it.
    fn perform<'r>(&self, last: &mut Last, mut request: Request<'r>) -> Result<Sent<'r>, Error> {
        let shared = self.session.transport.get()?;
        let connection = last.get(self, request.auth)?.connection();
        if connection == Connection::Own && last.alone.is_none() {
            last.alone = Some(shared.alone()?);
        }
        let Last { auth: Some(auth), alone, .. } = last else { return Err(Error::Failed("no scheme".to_owned())) };
        let transport = alone.as_deref().unwrap_or(shared);
        let exchange = Exchange { transport, clock: &self.clock, rules: self.rules };
        let done = exchange.perform(auth, &mut request)?;
        Ok(Sent { request, done })
    }

    /// Writes what came of a request. Nothing more is sent for a reader that has gone, or after an error under --strict.
    fn tell(&self, sent: Result<Sent<'_>, Error>, sink: &mut Sink<'_>) -> Proceed {
        match sent {
            Ok(Sent { request, done: Done { response, signed } }) => {
                self.note(&signed, sink);
                sink.write(|out| {
                    har::write_entry(&request, &response, out);
                    if self.writer.to == OutputFormat::Json {
                        out.push(b'\n');
                    }
                    Ok(())
                });
                if let Some(error) = refusal(&request, &response) {
                    sink.error(error);
                }
            }
            Err(error) => sink.error(error),
        }
        sink.hand_out();
        if sink.is_stopped() { Proceed::Stop } else { Proceed::Further }
    }

    /// Says on stderr what is to be said besides.
    fn note(&self, signed: &[Signed], sink: &mut Sink<'_>) {
        // In order with the lines, which `log` would not be; --quiet means these too.
        for warning in self.session.take_warnings().iter().filter(|_| log::log_enabled!(log::Level::Warn)) {
            sink.note(&format!("sign: {}\n", terminal::clean(warning)));
        }
        if self.explain == Explain::Steps {
            signed.iter().for_each(|signed| sink.note(&explained(signed)));
        }
    }
}

/// `name:` and the text of each step, indented so that a person sees where it begins and ends.
fn explained(signed: &Signed) -> String {
    let mut out = String::new();
    for (name, text) in &signed.steps {
        let _ = writeln!(out, "{name}:");
        for line in text.split('\n') {
            let _ = writeln!(out, "  {}", terminal::clean_lines(line));
        }
    }
    out
}
