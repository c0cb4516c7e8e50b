//! Redirects: the request that follows, without anything that was only for the server that redirected.

use std::collections::HashSet;

use crate::body::Body;
use crate::encode::percent_decoded;
use crate::error::Error;
use crate::headers::Origin;
use crate::request::Request;
use crate::url::{Url, piece_name};

use super::service::joined;

/// The length from which a value is looked for inside others. Shorter ones, such as `1.0`, are anywhere by chance.
const TELLING: usize = 8;

/// The number of escapes within escapes that are undone: a URL as a parameter of a URL has two.
const LAYERS: usize = 4;

/// Returns the URL that a `Location` means.
///
/// # Errors
/// Returns [`Error::Failed`] if it is not an http or https URL.
pub(super) fn target(request: &Request<'_>, location: &str) -> Result<Url<'static>, Error> {
    let nowhere =
        || Error::Failed(format!("{}: redirects to something that is not an http(s) URL", request.url.origin()));
    let target = joined(&request.url, location).ok_or_else(nowhere)?;
    // Credentials that a server writes into a redirect are not the user's.
    let (url, _) = Url::parse(target.into()).map_err(|_| nowhere())?;
    Ok(url.into_owned())
}

/// Returns true if two URLs are of the same origin.
pub(super) fn is_same_origin(one: &Url<'_>, other: &Url<'_>) -> bool {
    one.protocol() == other.protocol()
        && one.effective_port() == other.effective_port()
        && one.ascii_host() == other.ascii_host()
}

/// Turns a request into the one that a redirect asks for (RFC 9110 section 15.4).
pub(super) fn apply(request: &mut Request<'_>, status: u16, url: &Url<'static>) {
    let becomes_get = match status {
        // 303 asks for a GET of another resource, and a HEAD stays one (RFC 9110 section 15.4.4).
        303 => request.method != "HEAD",
        // Clients turn a POST into a GET here for historical reasons (RFC 9110 sections 15.4.2 and 15.4.3).
        301 | 302 => request.method == "POST",
        // 307 and 308 never change the method (RFC 9110 sections 15.4.8 and 15.4.9).
        _ => false,
    };
    if becomes_get {
        request.method = "GET".into();
        request.body = Body::none();
        // Fields about the content would describe a body that is not there any more (RFC 9110 section 15.4).
        request
            .headers
            .retain(|header| !header.name.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("content-")));
    }
    request.url = url.clone();
}

/// Takes everything secret out of what goes to another origin: out of the request as it was before it was authorized, and out
/// of the URL, into which servers copy the query that they were asked with (`?next=` and redirects to a canonical host do).
///
/// # Errors
/// Returns [`Error::Failed`] if the URL has a secret in another place than its query.
pub(super) fn forget<'r>(url: &mut Url<'static>, bare: &mut Request<'r>, signed: &Request<'r>) -> Result<(), Error> {
    let added = Added::of(bare, signed);
    bare.headers.retain(|header| {
        let is_secret = header.is("authorization") || header.is("cookie") || header.is("proxy-authorization");
        // A header that was replaced held the same kind of thing before.
        let is_replaced = signed.headers.added().any(|added| added.is(&header.name));
        // `Host` named the server that redirected, and the other one would take it for one of its own sites.
        header.origin == Origin::Given && !is_secret && !is_replaced && !header.is("host")
    });
    forget_in_form(bare, signed);
    (bare.auth, bare.variables) = (signed.auth.clone(), signed.variables);
    url.retain_query(|piece| !added.is_in(piece));
    // Without a part of its path the URL would lead elsewhere, so nothing can be cut out here as in the query.
    if added.is_within(url.path()) {
        let problem = "redirects to another origin with the credentials in the path; they are not sent there";
        return Err(Error::Failed(format!("{}: {problem}", signed.url.origin())));
    }
    Ok(())
}

/// Takes the parameters of an earlier signature out of a form, if this one replaced them there (RFC 5849 section 3.5.2).
fn forget_in_form(bare: &mut Request<'_>, signed: &Request<'_>) {
    let is_protocol = |piece: &&str| piece_name(piece).starts_with("oauth_");
    if bare.body.sent() == signed.body.sent() || !form(bare).any(|piece| is_protocol(&piece)) {
        return;
    }
    let kept: Vec<&str> = form(bare).filter(|piece| !is_protocol(piece)).collect();
    let (text, mime) = (kept.join("&"), bare.headers.get("content-type").unwrap_or_default().to_owned());
    bare.body = Body::new(text.into_bytes(), mime);
}

/// The values that an authorization added to a request.
struct Added {
    /// Pieces of the query and of a form, decoded.
    pieces: HashSet<Vec<u8>>,
    /// Values that are long enough to be looked for anywhere.
    telling: Vec<Vec<u8>>,
}

impl Added {
    fn of(bare: &Request<'_>, signed: &Request<'_>) -> Self {
        let known: HashSet<&str> = bare.url.query_pieces().chain(form(bare)).collect();
        let pieces = signed.url.query_pieces().chain(form(signed)).filter(|piece| !known.contains(piece));
        let pieces: HashSet<Vec<u8>> = pieces.filter(|piece| !piece.is_empty()).map(decoded).collect();
        let values = pieces.iter().filter_map(|piece| piece.splitn(2, |byte| *byte == b'=').nth(1));
        let headers = signed.headers.added().flat_map(|header| header.value.split([' ', ',']));
        let telling = values.map(<[u8]>::to_vec).chain(headers.map(|text| text.as_bytes().to_vec()));
        Self { telling: telling.filter(|value| value.len() >= TELLING).collect(), pieces }
    }

    /// Returns true if a piece of a query is one that was added, or holds a value that was.
    fn is_in(&self, piece: &str) -> bool {
        self.pieces.contains(&decoded(piece)) || self.is_within(piece)
    }

    fn is_within(&self, text: &str) -> bool {
        let mut text = text.as_bytes().to_vec();
        for _ in 0..LAYERS {
            if self.telling.iter().any(|value| text.windows(value.len()).any(|part| part == value)) {
                return true;
            }
            text = percent_decoded(&String::from_utf8_lossy(&text));
        }
        false
    }
}

fn decoded(piece: &str) -> Vec<u8> {
    // A server that copies a query may write a space as `+` or as `%20`, so that both must compare as equal.
    percent_decoded(&piece.replace('+', " "))
}

/// Returns the pieces of a form body.
fn form<'r>(request: &'r Request<'_>) -> impl Iterator<Item = &'r str> {
    let is_form = request.headers.get("content-type").is_some_and(|kind| {
        kind.get(..33).is_some_and(|start| start.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
    });
    let text = if is_form { std::str::from_utf8(request.body.sent()).unwrap_or_default() } else { "" };
    text.split('&').filter(|piece| !piece.is_empty())
}
