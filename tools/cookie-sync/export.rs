//! `export`: the cookies as they are now, in a form.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::ArgMatches;
use countersign_shared::bridge::message::{Domain, Follow};
use countersign_shared::cookies::{Cookie, netscape};
use countersign_shared::error::{Error, Exit};
use countersign_shared::url::Url;

use crate::browsers::Ask;
use crate::cli::{self, Export};
use crate::outputs::{Form, say_left_out, written};
use crate::{domains, kept, now, print, sync};

/// Where cookies come from.
pub(crate) enum Source {
    /// Browsers.
    Browsers,
    /// What was synced last.
    Kept,
    /// A jar.
    Jar(PathBuf),
}

impl Source {
    /// What the command line says.
    pub(crate) fn of(matches: &ArgMatches) -> Self {
        match (matches.get_one::<PathBuf>("jar"), matches.get_flag("offline")) {
            (Some(path), _) => Self::Jar(path.clone()),
            (None, true) => Self::Kept,
            (None, false) => Self::Browsers,
        }
    }

    /// The cookies that are there without a browser; `None` where browsers are asked.
    ///
    /// # Errors
    /// The file cannot be read.
    pub(crate) fn at_hand(&self, now: i64) -> Result<Option<Vec<Cookie>>, Error> {
        match self {
            Self::Browsers => Ok(None),
            Self::Kept => kept::read(now).map(Some),
            Self::Jar(path) => {
                let bytes = std::fs::read(path).map_err(|source| Error::File { path: path.clone(), source })?;
                let cookies = netscape::read(&bytes).into_iter().filter(|cookie| !cookie.is_expired(now));
                Ok(Some(cookies.collect()))
            }
        }
    }
}

/// Prints them.
///
/// # Errors
/// The command line is wrong, there are no cookies to be had, or they cannot be printed.
pub(crate) fn run(matches: &ArgMatches) -> Result<Exit, Error> {
    let (form, named) = what(matches)?;
    let (cookies, domains) = match Source::of(matches).at_hand(now())? {
        Some(cookies) => of_domains(cookies, named),
        None => {
            let ask = Ask {
                domains: sync::named_or_added(named)?,
                stores: cli::stores(matches),
                follow: Follow::Once,
                choice: cli::browser(matches),
            };
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

/// Those of the domains that are named; all, where none is.
fn of_domains(cookies: Vec<Cookie>, domains: Vec<Domain>) -> (Vec<Cookie>, Vec<Domain>) {
    if domains.is_empty() {
        return (cookies, domains);
    }
    let is_one = |cookie: &Cookie| domains.iter().any(|domain| domain.covers(cookie));
    (cookies.into_iter().filter(is_one).collect(), domains)
}
