//! `export`: prints the cookies as they are now.

use std::collections::BTreeMap;

use countersign_shared::bridge::message::{Domain, Follow};
use countersign_shared::cli::print;
use countersign_shared::error::{Error, Exit};

use crate::browsers::Query;
use crate::outputs::{formatted, say_left_out};
use crate::plan::{ExportPlan, FileFormat};
use crate::source::{CookieSource, sync_once};
use crate::{domains, tool};

/// Prints the cookies of the plan in its format.
///
/// # Errors
/// Returns the error of [`CookieSource::find`] or [`sync_once`] if there are no cookies to be had, and [`Error::Write`]
/// if they cannot be printed.
pub(crate) fn run(plan: ExportPlan) -> Result<Exit, Error> {
    let named = match &plan.format {
        FileFormat::Header(url) => vec![domain_of_host(&url.ascii_host())?],
        _ => plan.domains,
    };
    let (cookies, domains) = match CookieSource::find(&plan.origin, &named)? {
        CookieSource::Stored(cookies) => {
            let now = tool::now();
            (cookies.into_iter().filter(|cookie| !cookie.is_expired(now)).collect(), named)
        }
        CookieSource::Browsers(domains) => {
            let query = Query::new(domains, Follow::Once, &plan.browsers);
            let browsers = sync_once(query, plan.browsers.missing_consent)?;
            (browsers.cookies.list(), browsers.domains().to_vec())
        }
    };
    let output = formatted(&plan.format, &[], &cookies, &domains);
    let mut counts = BTreeMap::new();
    output.left_out.into_iter().for_each(|why| *counts.entry(why).or_insert(0) += 1);
    say_left_out(&counts, "-");
    print(&String::from_utf8_lossy(&output.text))?;
    Ok(Exit::Done)
}

/// Returns the added domain that covers a host, else the host itself.
fn domain_of_host(host: &str) -> Result<Domain, Error> {
    // Consent to the added domain covers its hosts; asking for the host alone would ask the user once more.
    let added = domains::added()?.into_iter().find(|domain| domain.covers_host(host));
    Ok(added.unwrap_or_else(|| Domain::of_host(host)))
}
