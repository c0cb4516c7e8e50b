//! The filter that signs requests and writes them for another program to send.

use std::sync::OnceLock;

use countersign_shared::auth::outcome::{Order, Signed};
use countersign_shared::error::Error;
use countersign_shared::formats::{PartialBodies, Reader, Writer};
use countersign_shared::moment::Clock;
use countersign_shared::pipe::{Filter, Sink};
use countersign_shared::request::Request;

use crate::authorizer::{Authorizer, Last, Origin};
use crate::plan::Explain;
use crate::{installed, notes};

/// The filter that writes each request signed.
pub(crate) struct Signer {
    pub(crate) reader: Reader,
    pub(crate) writer: Writer,
    pub(crate) clock: Clock,
    pub(crate) explain: Explain,
    pub(crate) authorizer: Authorizer,
    /// The warning about the installed curl, which is asked once.
    pub(crate) curl_warning: OnceLock<Option<String>>,
}

impl Filter for Signer {
    type Worker = Last;

    fn worker(&self) -> Last {
        Last::default()
    }

    fn document(&self, last: &mut Last, text: &str, sink: &mut Sink<'_>) {
        let made_with = sink.variables().cloned();
        self.reader.read_document(text, made_with.as_ref(), &mut |request| match request {
            _ if sink.is_stopped() => {}
            Ok(request) => self.write(last, request, sink),
            Err(error) => sink.error(error),
        });
    }
}

impl Signer {
    /// Signs a request and writes it.
    fn write(&self, last: &mut Last, mut request: Request<'_>, sink: &mut Sink<'_>) {
        sink.notes(&request.notes);
        match self.sign(last, &mut request, sink) {
            Ok(signed) => {
                // To ask curl costs a process, so it is asked only if a request needs a handshake from it.
                if request.handshake.is_some() {
                    let warning = self.curl_warning.get_or_init(|| installed::warning(self.writer.to));
                    warning.iter().for_each(|warning| self.authorizer.session().warn(warning.clone()));
                }
                let variables = request.scopes.as_deref().unwrap_or(&self.reader.variables);
                notes::write(self.explain, (self.authorizer.session(), variables), &[signed], sink);
                sink.write(|out| self.writer.write(&request, out));
            }
            Err(error) => sink.error(error),
        }
    }

    fn sign(&self, last: &mut Last, request: &mut Request<'_>, sink: &Sink<'_>) -> Result<Signed, Error> {
        let auth = last.auth(&self.authorizer, request, Origin::of(sink))?;
        if self.writer.partial == PartialBodies::Refused && auth.covers_body(request) {
            request.check_body()?;
        }
        // Digest counts its requests (`nc`), and a server must not see a later count first.
        if auth.order() == Order::AsRead {
            sink.await_turn();
        }
        auth.sign(request, &self.clock.moment())
    }
}
