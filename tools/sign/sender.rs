//! The filter that signs requests, sends them, and writes what came back.

use std::sync::Arc;

use countersign_shared::error::Error;
use countersign_shared::formats::har::entry::Entry;
use countersign_shared::formats::{OutputFormat, PartialBodies, Reader};
use countersign_shared::moment::Clock;
use countersign_shared::pipe::{Filter, Proceed, Sink, in_order};
use countersign_shared::request::Request;
use countersign_shared::response::Response;
use countersign_shared::send::exchange::{Done, Exchange, Policy, refusal};

use crate::authorizer::{Authorizer, Last, Origin};
use crate::notes;
use crate::plan::{Explain, Failing};
use crate::tally::{Outcome, Tally};

/// The filter that sends each request and writes a HAR entry with the response.
pub(crate) struct Sender {
    pub(crate) reader: Reader,
    /// The output format, HAR or lines of HAR entries.
    pub(crate) to: OutputFormat,
    /// The rule for bodies of which a part is missing.
    pub(crate) partial: PartialBodies,
    pub(crate) clock: Clock,
    pub(crate) explain: Explain,
    pub(crate) authorizer: Authorizer,
    pub(crate) policy: Policy,
    /// The rule for responses with a status of 400 and above.
    pub(crate) failing: Failing,
    /// The number of requests of one document that are sent at the same time.
    pub(crate) jobs: usize,
    /// The count of the run.
    pub(crate) tally: Arc<Tally>,
}

/// The requests of one document that wait for each thread. A document of a few bytes may stand for thousands of long
/// requests, so they are not all made before the first is sent.
const AHEAD: usize = 16;

/// A request that was sent, and its outcome.
struct Sent<'r> {
    request: Request<'r>,
    done: Done,
}

impl Filter for Sender {
    type Worker = Last;

    fn worker(&self) -> Last {
        Last::default()
    }

    fn unreadable(&self) {
        self.tally.count(Outcome::Failed);
    }

    fn document(&self, last: &mut Last, text: &str, sink: &mut Sink<'_>) {
        let most = if self.jobs == 1 { 1 } else { self.jobs * AHEAD };
        let mut requests = Vec::new();
        let made_with = sink.variables().cloned();
        self.reader.read_document(text, made_with.as_ref(), &mut |request| {
            requests.push(request);
            if requests.len() == most {
                self.send_all(last, std::mem::take(&mut requests), sink);
            }
        });
        self.send_all(last, requests, sink);
    }
}

impl Sender {
    /// Sends requests of a document, several at once if there are several. Each result is written at once.
    fn send_all<'r>(&self, last: &mut Last, requests: Vec<Result<Request<'r>, Error>>, sink: &mut Sink<'_>) {
        if sink.is_stopped() {
            return;
        }
        let origin = Origin::of(sink);
        // Each result is written before the next request is sent, so that an error under `--strict` stops the rest.
        if self.jobs == 1 || requests.len() == 1 {
            for request in requests {
                if let Ok(request) = &request {
                    sink.notes(&request.notes);
                }
                let sent = request.and_then(|request| self.send(last, request, origin));
                if self.write(sent, sink) == Proceed::Stop {
                    return;
                }
            }
            return;
        }
        requests.iter().flatten().for_each(|request| sink.notes(&request.notes));
        // The threads of this document would compete with those of the documents before it.
        sink.await_turn();
        let work = |last: &mut Last, request: Result<Request<'r>, Error>| self.send(last, request?, origin);
        in_order(requests, self.jobs, work, |sent| self.write(sent, sink));
    }

    /// Signs a request and sends it.
    fn send<'r>(&self, last: &mut Last, mut request: Request<'r>, origin: Origin) -> Result<Sent<'r>, Error> {
        if self.partial == PartialBodies::Refused {
            request.check_body()?;
        }
        let (auth, transport) = last.connected(&self.authorizer, &request, origin)?;
        let exchange = Exchange { transport, clock: &self.clock, policy: self.policy };
        let done = exchange.perform(auth, &mut request)?;
        Ok(Sent { request, done })
    }

    /// Returns the failure that a status is, as `--fail` says.
    fn failure(&self, request: &Request<'_>, response: &Response) -> Option<Error> {
        let is_failure = self.failing == Failing::Statuses && response.status >= 400;
        let message = || format!("{}: the server answered with {}", request.url.origin(), response.status);
        is_failure.then(|| Error::Failed(message()))
    }

    /// Writes the outcome of a request. Nothing more is sent if the reader of the output has gone, or after an error under
    /// `--strict`.
    fn write(&self, sent: Result<Sent<'_>, Error>, sink: &mut Sink<'_>) -> Proceed {
        let outcome = match sent {
            Ok(Sent { request, done: Done { response, signed } }) => {
                let variables = request.scopes.as_deref().unwrap_or(&self.reader.variables);
                notes::write(self.explain, (self.authorizer.session(), variables), &signed, sink);
                sink.write(|out| {
                    Entry::of_response(&request, &response).write(out);
                    if self.to == OutputFormat::Json {
                        out.push(b'\n');
                    }
                    Ok(())
                });
                // A refused request has its entry too, because the response says why the server refused.
                let failure = refusal(&request, &response).or_else(|| self.failure(&request, &response));
                let outcome = if failure.is_some() { Outcome::Failed } else { Outcome::Done };
                failure.into_iter().for_each(|error| sink.error(error));
                outcome
            }
            Err(error) => {
                sink.error(error);
                Outcome::Failed
            }
        };
        self.tally.count(outcome);
        // The next request may take long, so the reader gets each result at once.
        sink.hand_out();
        if sink.is_stopped() { Proceed::Stop } else { Proceed::Further }
    }
}
