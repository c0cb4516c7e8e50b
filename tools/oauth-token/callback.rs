//! The listener that the browser is redirected to (RFC 8252 section 7.3). It listens on the loopback interface, only while we
//! wait, and accepts nothing but the answer to our own request.

mod asked;
mod bind;
mod crowd;
mod page;
mod tls;

use std::collections::BTreeMap;
use std::io::{BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock};
use std::time::{Duration, Instant};

use countersign_shared::encode;
use countersign_shared::error::Error;
use countersign_shared::lock::{lock, unpoisoned};
use countersign_shared::terminal;
use countersign_shared::url::{Protocol, Url};

use asked::{Asked, Content, Source, read};
use crowd::Crowd;
use tls::Certificate;

/// The decoded parameters of an answer. A parameter that occurs twice is left out: it must not (RFC 6749 section 3.1).
pub(crate) type Answer = BTreeMap<String, String>;

/// The part of the redirect URL that carries the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The query, with the authorization code grant and OAuth 1.0a.
    Query,
    /// The fragment, with the implicit grant. Browsers don't send it: a script on our page has to hand it over.
    Fragment,
    /// The body of a POST (OAuth 2.0 Form Post Response Mode).
    Form,
}

impl Part {
    /// Returns the part that an answer of this type comes in (OAuth 2.0 Multiple Response Type Encoding Practices, 2.1 and 5).
    pub(crate) fn of(response_type: &str, response_mode: Option<&str>) -> Self {
        // What holds a token never comes in the query, which servers and browsers keep.
        let has_token = response_type.split(' ').any(|part| matches!(part, "token" | "id_token"));
        match response_mode {
            Some("form_post") => Self::Form,
            Some("query") => Self::Query,
            _ if has_token || response_mode == Some("fragment") => Self::Fragment,
            _ => Self::Query,
        }
    }
}

/// A choice whether a code that is pasted alone, without the state, is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bare {
    /// It is: PKCE binds it to this request.
    Taken,
    /// It is not.
    Refused,
}

/// The value that an answer to our own request repeats.
#[derive(Clone, Debug)]
pub(crate) enum Expected {
    /// OAuth 2.0: `state` (RFC 6749 section 10.12).
    State(String, Bare),
    /// OAuth 1.0a, which has no state: the temporary token tells which request is answered (RFC 5849 section 2.2).
    Token(String),
}

impl Expected {
    /// Returns true if an answer is one to this request.
    pub(crate) fn is_answered_by(&self, answer: &Answer) -> bool {
        match self {
            Self::State(state, _) => answer.get("state") == Some(state),
            // A refusal has to name the token too, or any page and any user of this computer could end the sign-in.
            Self::Token(token) => answer.get("oauth_token").or_else(|| answer.get("denied")) == Some(token),
        }
    }
}

/// Returns true if the answer of an OAuth 1.0a server is a refusal, in one of the forms that servers use.
pub(crate) fn is_denial(answer: &Answer) -> bool {
    ["denied", "oauth_problem", "error"].iter().any(|name| answer.contains_key(*name))
}

/// The outcome that the browser's last page shows.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Success,
    Failure(String),
}

/// The time that the browser has to fetch the last page.
const LAST_PAGE: Duration = Duration::from_secs(3);

/// The news that the wait for an answer learns.
enum Event {
    /// The answer, by the browser or pasted.
    Answer(Answer),
    /// No browser has started.
    NoBrowser(String),
}

/// A running listener.
pub(crate) struct Callback {
    redirect_uri: String,
    events: Receiver<Event>,
    shared: Arc<Shared>,
}

/// Those who report to the wait for an answer besides the listener.
pub(crate) struct Reporter(Sender<Event>);

impl Reporter {
    /// Reports that no browser has started.
    pub(crate) fn no_browser(&self, why: String) {
        // If nobody waits any more, the answer has come.
        let _ = self.0.send(Event::NoBrowser(why));
    }

    /// Reports an answer that was pasted.
    pub(crate) fn pasted(&self, answer: Answer) {
        let _ = self.0.send(Event::Answer(answer));
    }
}

/// The number of errors without a state that are told: any page could send more.
const MOST_ERRORS: usize = 3;

struct Shared {
    /// The names under which the listener is reached.
    hosts: Vec<String>,
    origin: String,
    path: String,
    part: Part,
    /// The value that an answer must repeat. Until it is set, no answer is accepted.
    expected: OnceLock<Expected>,
    certificate: Option<Certificate>,
    channel: Channel,
    crowd: Crowd,
    events: Sender<Event>,
    is_taken: AtomicBool,
    errors: AtomicUsize,
    ending: Mutex<Ending>,
    ended: Condvar,
}

/// The channel of connections to an https callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Channel {
    /// TLS, as the redirect URI says.
    AsNamed,
    /// TLS or none: with `--listen` a proxy may be between, which ends TLS.
    AsItComes,
}

#[derive(Default)]
struct Ending {
    outcome: Option<Outcome>,
    shown: bool,
}

/// Checks that a text can be a redirect URI: absolute and without a fragment (RFC 6749 section 3.1.2).
///
/// # Errors
/// Returns [`Error::Usage`], which says how it is written, if it is none.
pub(crate) fn check(redirect_uri: &str) -> Result<(), Error> {
    let wrong = |problem: &str| Err(Error::Usage(format!("--callback-url {problem}: http://127.0.0.1:8400/callback")));
    let (scheme, rest) = redirect_uri.split_once(':').unwrap_or(("", redirect_uri));
    let mut letters = scheme.bytes();
    let is_scheme = letters.next().is_some_and(|b| b.is_ascii_alphabetic())
        && letters.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    // `localhost:8400/cb` has a scheme by the grammar, but nobody means it.
    if !is_scheme || rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return wrong("is a whole URL");
    }
    if redirect_uri.contains('#') {
        return wrong("has no fragment");
    }
    let is_http = ["http", "https"].iter().any(|http| http.eq_ignore_ascii_case(scheme));
    if is_http && Url::parse(redirect_uri.into()).is_err() {
        return wrong("is a URL with a host");
    }
    Ok(())
}

/// Returns true if a redirect URI is one that we can listen on: a loopback address or `localhost`.
pub(crate) fn is_loopback(redirect_uri: &str) -> bool {
    Url::parse(redirect_uri.into()).is_ok_and(|(url, _)| bind::addresses(url.host()).is_some())
}

impl Callback {
    /// Listens at an address of the user's, or else at the given redirect URI, or on any free port if none is given.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if the port is taken, and [`Error::Usage`] if the redirect URI is not on this machine.
    pub(crate) fn listen(given: Option<&str>, address: Option<&str>, part: Part) -> Result<Self, Error> {
        let (sender, events) = channel();
        let (listeners, redirect_uri) = match (address, given) {
            (Some(address), given) => bind::address(address, given)?,
            (None, Some(given)) => bind::given(given)?,
            (None, None) => bind::any()?,
        };
        let (url, _) = Url::parse(redirect_uri.as_str().into())
            .map_err(|_| Error::Usage("--listen needs a --callback-url with http or https".to_owned()))?;
        let port = listeners.first().and_then(|listener| listener.local_addr().ok()).map_or(0, |found| found.port());
        let mut hosts = vec![url.host_header().into_owned()];
        if let Some(address) = address {
            hosts.extend([address.to_owned(), format!("127.0.0.1:{port}"), format!("localhost:{port}")]);
        }
        let shared = Arc::new(Shared {
            hosts,
            origin: format!("{}://{}", url.protocol().as_str(), url.host_header()),
            path: url.target().split('?').next().unwrap_or("/").to_owned(),
            part,
            expected: OnceLock::new(),
            certificate: (url.protocol() == Protocol::Https).then(|| Certificate::for_host(url.host())).transpose()?,
            channel: if address.is_some() { Channel::AsItComes } else { Channel::AsNamed },
            crowd: Crowd::new(),
            events: sender,
            is_taken: AtomicBool::new(false),
            errors: AtomicUsize::new(0),
            ending: Mutex::default(),
            ended: Condvar::new(),
        });
        for listener in listeners {
            let shared = Arc::clone(&shared);
            // The threads are not joined: they end with the process, soon after the answer.
            std::thread::spawn(move || accept(&listener, &shared));
        }
        Ok(Self { redirect_uri, events, shared })
    }

    /// Accepts the answer to this request from now on.
    pub(crate) fn expect(&self, expected: Expected) {
        let _ = self.shared.expected.set(expected);
    }

    /// Returns the redirect URI, with the port that was bound.
    pub(crate) fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Returns what others report by.
    pub(crate) fn reporter(&self) -> Reporter {
        Reporter(self.shared.events.clone())
    }

    /// Waits for the answer. If no browser starts, `no_browser` says whether that ends the wait.
    ///
    /// # Errors
    /// Returns [`Error::Network`] if no answer comes within `timeout`, and the error of `no_browser` if it returns one.
    pub(crate) fn wait(
        &self,
        timeout: Duration,
        no_browser: impl Fn(String) -> Result<(), Error>,
    ) -> Result<Answer, Error> {
        let until = Instant::now() + timeout;
        loop {
            let event = self.events.recv_timeout(until.saturating_duration_since(Instant::now()));
            match event {
                Ok(Event::Answer(answer)) => return Ok(answer),
                // An opener may fail after it has done its work.
                Ok(Event::NoBrowser(_)) if self.shared.is_taken.load(Ordering::SeqCst) => {}
                Ok(Event::NoBrowser(why)) => no_browser(why)?,
                Err(RecvTimeoutError::Timeout) => {
                    let advice = "if the provider's page shows an error, register this redirect URI there";
                    let uri = &self.redirect_uri;
                    return Err(Error::Network(format!("nobody signed in within --timeout; {advice}: {uri}")));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(Error::Failed("the listener ended".to_owned())),
            }
        }
    }

    /// Sets the outcome, and waits for the browser to fetch the last page, three seconds at most.
    pub(crate) fn finish(self, outcome: Outcome) {
        let mut ending = lock(&self.shared.ending);
        ending.outcome = Some(outcome);
        self.shared.ended.notify_all();
        // Nobody fetches the last page who has not brought the answer.
        if !self.shared.is_taken.load(Ordering::SeqCst) {
            return;
        }
        let until = Instant::now() + LAST_PAGE;
        // A wait may end without a notification, so the condition is checked again each time.
        while !ending.shown {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            ending = unpoisoned(self.shared.ended.wait_timeout(ending, left)).0;
        }
    }
}

/// The pause after a connection that could not be accepted.
const PAUSE: Duration = Duration::from_millis(20);

/// Accepts connections until the process ends. No failure gives the port up: whoever took it then would get the answer.
fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    loop {
        match listener.accept() {
            Ok((stream, _)) => serve(stream, shared),
            // Descriptors have run out (EMFILE, ENFILE), or the peer is gone: both pass.
            Err(_) => {
                shared.crowd.make_room();
                std::thread::sleep(PAUSE);
            }
        }
    }
}

fn serve(stream: TcpStream, shared: &Arc<Shared>) {
    // A peer that sends nothing must not keep its thread and its descriptor for ever.
    let limit = Some(Duration::from_secs(10));
    if stream.set_read_timeout(limit).and_then(|()| stream.set_write_timeout(limit)).is_err() {
        return;
    }
    let stream = Arc::new(stream);
    let id = shared.crowd.enter(&stream);
    let served = Arc::clone(shared);
    let thread = std::thread::Builder::new().spawn(move || {
        served.serve(Connection { id, stream });
        served.crowd.leave(id);
    });
    // The stream went with the closure that never ran, so only the crowd still counts it.
    if thread.is_err() {
        shared.crowd.leave(id);
    }
}

/// A connection that the crowd can close.
struct Connection {
    id: u64,
    stream: Arc<TcpStream>,
}

impl Read for Connection {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        (&*self.stream).read(buffer)
    }
}

impl Write for Connection {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        (&*self.stream).write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        (&*self.stream).flush()
    }
}

impl Shared {
    fn serve(&self, connection: Connection) {
        let id = connection.id;
        // A handshake begins with this byte (RFC 8446 section 5.1), and no request does.
        let is_plain = || {
            let mut first = [0];
            connection.stream.peek(&mut first).is_ok_and(|read| read == 1) && first != [0x16]
        };
        match &self.certificate {
            None => self.exchange(connection, id),
            Some(_) if self.channel == Channel::AsItComes && is_plain() => self.exchange(connection, id),
            Some(certificate) => {
                if let Some(stream) = certificate.accept(connection) {
                    self.exchange(stream, id);
                }
            }
        }
    }

    /// Reads one request and answers it with one page.
    fn exchange(&self, stream: impl Read + Write, id: u64) {
        let mut reader = BufReader::new(stream);
        let Some(asked) = read(&mut reader) else { return };
        self.crowd.asked(id);
        let page = self.page(&asked);
        let mut stream = reader.into_inner();
        let is_last = page.is_last();
        let sent = stream.write_all(page.to_bytes().as_slice()).and_then(|()| stream.flush());
        // A last page that did not get through does not count: the browser may ask for it again.
        if is_last && sent.is_ok() {
            let mut ending = lock(&self.ending);
            ending.shown = true;
            self.ended.notify_all();
        }
    }

    fn page(&self, asked: &Asked) -> page::Page {
        // A website whose name was made to resolve to us (DNS rebinding) sends its own name as Host.
        if !self.hosts.iter().any(|host| asked.host.eq_ignore_ascii_case(host)) {
            return page::Page::wrong("This address answers only under its own name.");
        }
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        if path == self.done_path() {
            return self.last_page();
        }
        if path != self.path {
            return page::Page::not_found();
        }
        if asked.content == Content::Other {
            return page::Page::method();
        }
        let form = if let Content::Form(form) = &asked.content { Some(form) } else { None };
        match (form, self.part) {
            (Some(form), Part::Form) => self.take(form),
            // The script of our page hands the fragment over; no other page has a reason to send a form here.
            (Some(form), Part::Fragment) if self.is_ours(&asked.from) => self.take(form),
            (Some(_), _) => page::Page::wrong("An answer from another page is not expected here."),
            // The browser keeps the fragment to itself. The script of this page brings it in the body of a POST, so that no token
            // is in a URL, which browsers and their extensions keep (RFC 6750 section 5.3).
            (None, Part::Fragment) if query.is_empty() => page::Page::fragment(&self.done_path()),
            (None, _) => self.take(query),
        }
    }

    /// Returns true if a request may have come from our own page.
    fn is_ours(&self, from: &Source) -> bool {
        match from {
            Source::Origin(origin) => origin.eq_ignore_ascii_case(&self.origin),
            Source::Another => false,
            Source::Unknown => true,
        }
    }

    /// Returns the path of the last page. It is below the callback's path, so that it has the same prefix.
    fn done_path(&self) -> String {
        format!("{}/done", self.path.trim_end_matches('/'))
    }

    /// Accepts an answer if it is one to our request. The redirect removes the code from the address bar and the history.
    fn take(&self, query: &str) -> page::Page {
        let answer = parse(query);
        if !self.expected.get().is_some_and(|expected| expected.is_answered_by(&answer)) {
            if let (Some(error), None) = (answer.get("error"), answer.get("state")) {
                return self.stateless(error, answer.get("error_description"));
            }
            return page::Page::wrong("This is not the answer to the current request: its state differs.");
        }
        // Only the first answer counts, even after it has been received.
        if self.is_taken.swap(true, Ordering::SeqCst) || self.events.send(Event::Answer(answer)).is_err() {
            return page::Page::wrong("An answer has been accepted already.");
        }
        page::Page::redirect(self.done_path())
    }

    /// Tells an error that does not say which request it answers. Some servers leave the state out; but it may be anybody's,
    /// so that it does not end the wait.
    fn stateless(&self, error: &str, description: Option<&String>) -> page::Page {
        let description = description.map(|text| format!(": {text}")).unwrap_or_default();
        let said: String = format!("{error}{description}").chars().take(400).collect();
        if self.errors.fetch_add(1, Ordering::SeqCst) < MOST_ERRORS {
            let text = format!("the browser came back with an error and without a state: {said}; still waiting");
            let _ = writeln!(std::io::stderr(), "{}", terminal::clean(&text));
        }
        page::Page::wrong(&format!("The server answered with an error, and without the state of this request: {said}"))
    }

    /// Waits for the outcome and returns the last page.
    fn last_page(&self) -> page::Page {
        let until = Instant::now() + Duration::from_secs(60);
        let mut ending = lock(&self.ending);
        loop {
            match &ending.outcome {
                Some(Outcome::Success) => return page::Page::success(),
                Some(Outcome::Failure(why)) => return page::Page::failure(why),
                None => {}
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return page::Page::failure("It took too long.");
            }
            ending = unpoisoned(self.ended.wait_timeout(ending, left)).0;
        }
    }
}

/// Parses the parameters of a query or a fragment.
pub(crate) fn parse(query: &str) -> Answer {
    let mut answer = Answer::new();
    let mut repeated = Vec::new();
    for piece in query.split('&').filter(|piece| !piece.is_empty()) {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        let text = |text| String::from_utf8_lossy(&encode::form_decoded(text)).into_owned();
        if answer.insert(text(name), text(value)).is_some() {
            repeated.push(text(name));
        }
    }
    // Names are removed after the loop: if the second occurrence removed one, the third would put it back.
    for name in repeated {
        answer.remove(&name);
    }
    answer
}
