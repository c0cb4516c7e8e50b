//! Where the browser comes back to (RFC 8252 section 7.3): a listener on the loopback interface that is up only while we
//! wait, and takes nothing but the answer to our own request.

mod page;
mod tls;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use countersign_shared::encode;
use countersign_shared::error::Error;
use countersign_shared::url::{Protocol, Url};

use tls::Certificate;

/// The parameters of an answer, decoded. A parameter that stands twice is none (RFC 6749 section 3.1).
pub(crate) type Answer = BTreeMap<String, String>;

/// Where the answer's parameters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// Code grants.
    Query,
    /// The implicit grant: only a script in the browser sees it.
    Fragment,
}

/// What an answer to our own request repeats.
#[derive(Clone, Debug)]
pub(crate) enum Expected {
    /// OAuth 2.0: `state` (RFC 6749 section 10.12).
    State(String),
    /// OAuth 1.0a has none; there the temporary token says which request is answered (RFC 5849 section 2.2).
    Token(String),
}

impl Expected {
    fn is_answered_by(&self, answer: &Answer) -> bool {
        match self {
            Self::State(state) => answer.get("state") == Some(state),
            Self::Token(token) => match answer.get("oauth_token").or_else(|| answer.get("denied")) {
                Some(given) => given == token,
                // Nothing says what a refusal looks like, and some servers put no token into theirs.
                None => is_denial(answer),
            },
        }
    }
}

/// Whether an OAuth 1.0a server says that the person said no, in one of the ways that are in use.
pub(crate) fn is_denial(answer: &Answer) -> bool {
    ["denied", "oauth_problem", "error"].iter().any(|name| answer.contains_key(*name))
}

/// What the person is told at the end.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    Success,
    Failure(String),
}

/// The longest head of a request: browsers send cookies of other programs on this host too.
const LONGEST_HEAD: u64 = 64 << 10;

/// How long the browser may take to fetch the last page.
const LAST_PAGE: Duration = Duration::from_secs(3);

/// A listener, and where it is.
pub(crate) struct Callback {
    redirect_uri: String,
    answers: Receiver<Answer>,
    shared: Arc<Shared>,
}

struct Shared {
    host: String,
    path: String,
    part: Part,
    /// What an answer to our request repeats; until it is known, nothing is one.
    expected: OnceLock<Expected>,
    certificate: Option<Certificate>,
    answers: SyncSender<Answer>,
    is_taken: AtomicBool,
    ending: Mutex<Ending>,
    ended: Condvar,
}

#[derive(Default)]
struct Ending {
    outcome: Option<Outcome>,
    shown: bool,
}

/// Whether a redirect URI is one that we can listen on: a loopback address or `localhost`.
pub(crate) fn is_loopback(redirect_uri: &str) -> bool {
    Url::parse(redirect_uri.into()).is_ok_and(|(url, _)| addresses(url.host()).is_some())
}

fn addresses(host: &str) -> Option<Vec<IpAddr>> {
    match host.trim_matches(['[', ']']) {
        "localhost" => Some(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]),
        text => text.parse::<IpAddr>().ok().filter(IpAddr::is_loopback).map(|address| vec![address]),
    }
}

impl Callback {
    /// Listens: on any free port where no redirect URI is given, else where it says.
    ///
    /// # Errors
    /// The port is taken, or the redirect URI is none that we can listen on.
    pub(crate) fn listen(given: Option<&str>, part: Part) -> Result<Self, Error> {
        let (sender, answers) = sync_channel(1);
        let (listeners, redirect_uri) = match given {
            Some(given) => bind_given(given)?,
            None => bind_any()?,
        };
        let (url, _) = Url::parse(redirect_uri.as_str().into())?;
        let shared = Arc::new(Shared {
            host: url.host_header().into_owned(),
            path: url.target().split('?').next().unwrap_or("/").to_owned(),
            part,
            expected: OnceLock::new(),
            certificate: (url.protocol() == Protocol::Https).then(|| Certificate::for_host(url.host())).transpose()?,
            answers: sender,
            is_taken: AtomicBool::new(false),
            ending: Mutex::default(),
            ended: Condvar::new(),
        });
        for listener in listeners {
            let shared = Arc::clone(&shared);
            // The threads end with the process, which ends soon after the answer.
            std::thread::spawn(move || accept(&listener, &shared));
        }
        Ok(Self { redirect_uri, answers, shared })
    }

    /// Takes the answer to this request from now on.
    pub(crate) fn expect(&self, expected: Expected) {
        let _ = self.shared.expected.set(expected);
    }

    /// What the authorization request says.
    pub(crate) fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Waits for the answer.
    ///
    /// # Errors
    /// [`Error::Network`]: time ran out.
    pub(crate) fn wait(&self, timeout: Duration) -> Result<Answer, Error> {
        self.answers.recv_timeout(timeout).map_err(|error| match error {
            RecvTimeoutError::Timeout => Error::Network("nobody answered in the browser in time".to_owned()),
            RecvTimeoutError::Disconnected => Error::Failed("the listener ended".to_owned()),
        })
    }

    /// Tells the browser how it ended, and gives it a moment to fetch that page.
    pub(crate) fn finish(self, outcome: Outcome) {
        let mut ending = self.shared.ending.lock().unwrap_or_else(PoisonError::into_inner);
        ending.outcome = Some(outcome);
        self.shared.ended.notify_all();
        let until = Instant::now() + LAST_PAGE;
        while !ending.shown {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            ending = self.shared.ended.wait_timeout(ending, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

fn bind_any() -> Result<(Vec<TcpListener>, String), Error> {
    let fail = |error| Error::Failed(format!("cannot listen on a loopback address: {error}"));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).or_else(|_| TcpListener::bind((Ipv6Addr::LOCALHOST, 0)));
    let listener = listener.map_err(fail)?;
    let address = listener.local_addr().map_err(fail)?;
    Ok((vec![listener], format!("http://{address}/callback")))
}

/// A callback without a port gets any that is free (RFC 8252 section 7.3); everything else is to the letter.
fn bind_given(given: &str) -> Result<(Vec<TcpListener>, String), Error> {
    let (url, _) = Url::parse(given.into()).map_err(|error| Error::Usage(format!("--callback-url: {error}")))?;
    let hosts = addresses(url.host())
        .ok_or_else(|| Error::Usage("--callback-url is not on this machine; use --no-browser with it".to_owned()))?;
    let mut port = url.port().unwrap_or(0);
    let mut listeners = Vec::new();
    let mut last = None;
    for host in hosts {
        let bound = TcpListener::bind(SocketAddr::new(host, port)).and_then(|l| Ok((l.local_addr()?.port(), l)));
        match bound {
            Ok((taken, listener)) => {
                // Both addresses of `localhost` have to have the same.
                port = taken;
                listeners.push(listener);
            }
            Err(error) => last = Some(error),
        }
    }
    if let (true, Some(error)) = (listeners.is_empty(), last) {
        return Err(Error::Failed(format!("cannot listen on port {port}: {error}")));
    }
    let redirect_uri = match (url.port(), given.get(url.origin().len()..)) {
        (None, Some(rest)) => format!("{}:{port}{rest}", url.origin()),
        _ => given.to_owned(),
    };
    Ok((listeners, redirect_uri))
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming().map_while(Result::ok) {
        let shared = Arc::clone(shared);
        std::thread::spawn(move || {
            let limit = Some(Duration::from_secs(10));
            if stream.set_read_timeout(limit).and_then(|()| stream.set_write_timeout(limit)).is_ok() {
                shared.serve(stream);
            }
        });
    }
}

/// What a request to the listener asks for.
struct Asked {
    target: String,
    host: String,
}

impl Shared {
    fn serve(&self, stream: TcpStream) {
        match &self.certificate {
            None => self.exchange(stream),
            Some(certificate) => {
                if let Some(stream) = certificate.accept(stream) {
                    self.exchange(stream);
                }
            }
        }
    }

    /// One request, one page.
    fn exchange(&self, stream: impl Read + Write) {
        let mut reader = BufReader::new(stream);
        let Some(asked) = read(&mut reader) else { return };
        let page = self.page(&asked);
        let mut stream = reader.into_inner();
        let is_last = page.is_last();
        let sent = stream.write_all(page.to_bytes().as_slice()).and_then(|()| stream.flush());
        if is_last && sent.is_ok() {
            let mut ending = self.ending.lock().unwrap_or_else(PoisonError::into_inner);
            ending.shown = true;
            self.ended.notify_all();
        }
    }

    fn page(&self, asked: &Asked) -> page::Page {
        // A page of another site that was made to resolve to us (DNS rebinding) brings its own name.
        if !asked.host.eq_ignore_ascii_case(&self.host) {
            return page::Page::wrong("This address answers only under its own name.");
        }
        let (path, query) = asked.target.split_once('?').unwrap_or((&asked.target, ""));
        if path == self.done_path() {
            return self.last_page();
        }
        if path != self.path {
            return page::Page::not_found();
        }
        if self.part == Part::Fragment && query.is_empty() {
            return page::Page::fragment();
        }
        self.take(query)
    }

    /// Behind the callback's own path, so that it is under the same prefix whatever that is.
    fn done_path(&self) -> String {
        format!("{}/done", self.path.trim_end_matches('/'))
    }

    /// Takes an answer if it is one to our request; the redirect takes the code out of the address bar.
    fn take(&self, query: &str) -> page::Page {
        let answer = parse(query);
        if !self.expected.get().is_some_and(|expected| expected.is_answered_by(&answer)) {
            return page::Page::wrong("This is not the answer to the request that was made: its state differs.");
        }
        // The first one counts, also once it has been received.
        if self.is_taken.swap(true, Ordering::SeqCst) || self.answers.try_send(answer).is_err() {
            return page::Page::wrong("An answer was already taken.");
        }
        page::Page::redirect(self.done_path())
    }

    /// Waits until it is known how it ended.
    fn last_page(&self) -> page::Page {
        let until = Instant::now() + Duration::from_secs(60);
        let mut ending = self.ending.lock().unwrap_or_else(PoisonError::into_inner);
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
            ending = self.ended.wait_timeout(ending, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// Reads the head of a GET request; anything else is not answered.
fn read(reader: &mut BufReader<impl Read>) -> Option<Asked> {
    let mut head = reader.take(LONGEST_HEAD);
    let mut line = String::new();
    head.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let target = match (words.next(), words.next()) {
        (Some("GET"), Some(target)) if target.starts_with('/') => target.to_owned(),
        _ => return None,
    };
    let mut host = String::new();
    loop {
        let mut line = String::new();
        if head.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("host") => value.trim().clone_into(&mut host),
            Some(_) => {}
            None => return Some(Asked { target, host }),
        }
    }
}

/// The parameters of a query or a fragment.
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
    for name in repeated {
        answer.remove(&name);
    }
    answer
}
