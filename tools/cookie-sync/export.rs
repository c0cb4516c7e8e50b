//! `export`: the cookies as they are now, in a form.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::ArgMatches;
use countersign_shared::bridge::message::{Domain, Follow};
use countersign_shared::cli::print;
use countersign_shared::cookies::{Cookie, netscape};
use countersign_shared::error::{Error, Exit};
use countersign_shared::url::Url;

use crate::browsers::Ask;
use crate::cli::{self, Export};
use crate::outputs::{Form, say_left_out, written};
use crate::{domains, kept, now, say, sync};

/// Where cookies come from.
pub(crate) enum Source {
    /// Browsers, of these domains.
    Browsers(Vec<Domain>),
    /// These, which were at hand, whether they have ended by now or not.
    AtHand(Vec<Cookie>),
}

impl Source {
    /// What the command line says: a jar, what was synced last, or browsers. Where neither a domain nor a jar is named, and
    /// none was added, what was synced last is what must be meant.
    ///
    /// # Errors
    /// The file cannot be read, or it is not to be told what is meant.
    pub(crate) fn of(matches: &ArgMatches, named: &[Domain]) -> Result<Self, Error> {
        let of_named = |cookies: Vec<Cookie>| {
            let is_one = |cookie: &Cookie| named.is_empty() || named.iter().any(|domain| domain.covers(cookie));
            Self::AtHand(cookies.into_iter().filter(is_one).collect())
        };
        if let Some(path) = matches.get_one::<PathBuf>("jar") {
            let bytes = std::fs::read(path).map_err(|source| Error::File { path: path.clone(), source })?;
            return Ok(of_named(netscape::read(&bytes)));
        }
        if matches.get_flag("offline") {
            return kept::read().map(of_named);
        }
        let domains = if named.is_empty() { domains::added()? } else { named.to_vec() };
        if !domains.is_empty() {
            return Ok(Self::Browsers(domains));
        }
        let kept = kept::read().map_err(|_| sync::of_which())?;
        say("no domain is named or was added: these are the cookies that were synced last");
        Ok(Self::AtHand(kept))
    }
}

/// Prints them.
///
/// # Errors
/// The command line is wrong, there are no cookies to be had, or they cannot be printed.
pub(crate) fn run(matches: &ArgMatches) -> Result<Exit, Error> {
    let (form, named) = what(matches)?;
    let (cookies, domains) = match Source::of(matches, &named)? {
        Source::AtHand(cookies) => {
            let now = now();
            (cookies.into_iter().filter(|cookie| !cookie.is_expired(now)).collect(), named)
        }
        Source::Browsers(domains) => {
            let ask =
                Ask { domains, stores: cli::stores(matches), follow: Follow::Once, choice: cli::browser(matches) };
            let browsers = sync::gather(ask, cli::input(matches))?;
            (browsers.view.cookies(), browsers.domains().to_vec())
        }
    };
    let written = written(&form, &[], &cookies, &domains);
    let mut counts = BTreeMap::new();
    written.left_out.into_iter().for_each(|why| *counts.entry(why).or_insert(0) += 1);
    say_left_out(&counts, "-");
    print(&String::from_utf8_lossy(&written.text))?;
    Ok(Exit::Done)
}

/// The form, and the domains that it is of.
fn what(matches: &ArgMatches) -> Result<(Form, Vec<Domain>), Error> {
    let words = cli::words(matches);
    let parse = |words: &[String]| words.iter().map(|word| Domain::parse(word)).collect::<Result<Vec<_>, _>>();
    Ok(match cli::export(matches) {
        Export::Netscape => (Form::Jar, parse(&words)?),
        Export::Json => (Form::Json, parse(&words)?),
        Export::StorageState => (Form::StorageState, parse(&words)?),
        Export::Session => (Form::Session, parse(&words)?),
        Export::Header => {
            let (Some(url), None) = (words.first(), words.get(1)) else {
                return Err(Error::Usage("--to header: for which URL? one is needed".to_owned()));
            };
            let url = Url::parse(url.clone().into()).map_err(|error| Error::Usage(format!("--to header: {error}")))?.0;
            let host = url.ascii_host().into_owned();
            // A domain that was added needs no consent of its own for one of its hosts.
            let added = domains::added()?.into_iter().find(|domain| domain.covers_host(&host));
            (Form::Header(url), vec![added.unwrap_or_else(|| Domain::of_host(&host))])
        }
    })
}
