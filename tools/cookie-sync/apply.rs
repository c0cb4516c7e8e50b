//! `apply`: puts the right `Cookie` header on each request of the pipe.

use std::collections::HashSet;
use std::sync::{Arc, RwLock};
use std::thread;
use std::time::Duration;

use countersign_shared::bridge::message::{Domain, Follow};
use countersign_shared::collections::{self, documents::Choice, source::Opening};
use countersign_shared::cookies::Cookie;
use countersign_shared::cookies::jar::{Jar, push_pair};
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::{Reader, Writer};
use countersign_shared::lock::unpoisoned;
use countersign_shared::moment::Clock;
use countersign_shared::pipe::{self, Filter, Portion, Settings, Sink};
use countersign_shared::request::Request;

use crate::browsers::{Browsers, Query};
use crate::plan::{ApplyPlan, BrowserOptions};
use crate::source::{CookieSource, sync_once};
use crate::tool::TOOL;

/// The time limit of a poll for changes in the browsers. Cookies that have expired are dropped after each poll.
const POLL: Duration = Duration::from_secs(1);

/// The jar as it is now. A change in a browser replaces it between two requests.
type CurrentJar = Arc<RwLock<Arc<Jar>>>;

/// Runs the pipe.
///
/// # Errors
/// Returns the error of [`CookieSource::find`] or [`sync_once`] if there are no cookies to be had, and that of
/// [`Writer::output`].
pub(crate) fn run(plan: ApplyPlan) -> Result<Exit, Error> {
    let clock = Clock { now: plan.now, nonce: None };
    let jar = match CookieSource::find(&plan.origin, &plan.domains)? {
        CookieSource::Stored(cookies) => Arc::new(RwLock::new(Arc::new(Jar::new(cookies)))),
        CookieSource::Browsers(domains) => from_browsers(domains, &plan.browsers)?,
    };
    let filter = Apply { jar, clock, reader: plan.reader, writer: plan.writer };
    let settings = Settings {
        tool: TOOL.name(),
        jobs: 1,
        on_error: plan.on_error,
        portion: Portion::Block,
        frame: filter.writer.frame(),
    };
    let source = collections::source::open(&plan.files, &filter.reader, &Choice::default(), &Opening::default())?;
    let stdout = filter.writer.output(Box::new(std::io::stdout()))?;
    Ok(pipe::run(settings, source, stdout, Box::new(std::io::stderr()), &filter))
}

/// Syncs all domains first, then follows changes for as long as requests come.
fn from_browsers(domains: Vec<Domain>, options: &BrowserOptions) -> Result<CurrentJar, Error> {
    let browsers = sync_once(Query::new(domains, Follow::Changes, options), options.missing_consent)?;
    let jar: CurrentJar = Arc::new(RwLock::new(Arc::new(Jar::new(browsers.cookies.list()))));
    let current = Arc::clone(&jar);
    thread::spawn(move || follow(browsers, &current));
    Ok(jar)
}

/// Keeps the jar current until the process ends.
fn follow(mut browsers: Browsers, current: &CurrentJar) {
    loop {
        let update = browsers.poll(POLL);
        if !update.changes.is_empty() {
            *unpoisoned(current.write()) = Arc::new(Jar::new(browsers.cookies.list()));
        }
    }
}

struct Apply {
    jar: CurrentJar,
    clock: Clock,
    reader: Reader,
    writer: Writer,
}

impl Filter for Apply {
    type Worker = ();

    fn worker(&self) {}

    fn document(&self, (): &mut (), text: &str, sink: &mut Sink<'_>) {
        // The lock is held for this copy only, so a change in a browser never waits for a request to be written.
        let jar = Arc::clone(&*unpoisoned(self.jar.read()));
        let now = self.clock.moment().unix;
        let made_with = sink.variables().cloned();
        self.reader.read_document(text, made_with.as_ref(), &mut |request| match request {
            _ if sink.is_stopped() => {}
            Ok(mut request) => {
                let cookies = jar.matching(&request.url, now);
                put(&mut request, &cookies);
                sink.notes(&request.notes);
                sink.write(|out| self.writer.write(&request, out));
            }
            Err(error) => sink.error(error),
        });
    }
}

/// Puts the cookies on a request. A cookie replaces the one of its name in the `Cookie` header that is there; others
/// stay.
fn put(request: &mut Request<'_>, cookies: &[&Cookie]) {
    if cookies.is_empty() {
        return;
    }
    let mut value = String::new();
    let mut names: HashSet<&str> = HashSet::new();
    let headers = request.headers.iter().filter(|header| header.is("cookie"));
    let given: Vec<String> = headers.map(|header| header.value.clone().into_owned()).collect();
    let push = |cookie: &Cookie, value: &mut String| {
        if !value.is_empty() {
            value.push_str("; ");
        }
        push_pair(cookie, value);
    };
    for pair in given.iter().flat_map(|value| value.split(';')).map(str::trim).filter(|pair| !pair.is_empty()) {
        // A pair without `=` is the value of a cookie that has no name.
        let name = pair.split_once('=').map_or("", |(name, _)| name.trim());
        let ours = cookies.iter().filter(|cookie| cookie.name == name);
        if ours.clone().next().is_none() {
            if !value.is_empty() {
                value.push_str("; ");
            }
            value.push_str(pair);
        } else if names.insert(name) {
            ours.for_each(|cookie| push(cookie, &mut value));
        }
    }
    cookies.iter().filter(|cookie| !names.contains(cookie.name.as_str())).for_each(|cookie| push(cookie, &mut value));
    request.headers.put("Cookie", value);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use countersign_shared::cookies::netscape;

    use super::*;

    fn applied(given: &[&str], jar: &str) -> Vec<String> {
        let lines: String = jar
            .split(' ')
            .map(|pair| pair.replace('=', "\t"))
            .fold(String::new(), |text, pair| format!("{text}example.com\tFALSE\t/\tFALSE\t0\t{pair}\n"));
        let cookies = netscape::read(lines.as_bytes());
        let mut request = Request::new("GET", "http://example.com/").unwrap();
        request.headers.push("Accept", "*/*");
        given.iter().for_each(|value| request.headers.push("cookie", *value));
        request.headers.push("X", "y");
        put(&mut request, &cookies.iter().collect::<Vec<_>>());
        request.headers.iter().map(|header| format!("{}: {}", header.name, header.value)).collect()
    }

    #[test]
    fn the_jar_wins_per_name_and_the_place_stays() {
        let expected = ["Accept: */*", "cookie: a=1; b=9; c=3", "X: y"];
        assert_eq!(applied(&["a=1; b=2"], "b=9 c=3"), expected);
        assert_eq!(applied(&["a=1", "b=2; b=3"], "b=9 c=3"), expected, "one header is left");
        assert_eq!(applied(&[], "b=9"), ["Accept: */*", "X: y", "Cookie: b=9"]);
    }
}
