//! The one place that knows which bytes a URL puts on the wire.
//!
//! A URL is kept as the text it came as and only divided (RFC 3986 section 3): nothing is normalised, decoded or
//! escaped, since what was signed must be what is sent.

use std::borrow::Cow;

use crate::encode;
use crate::error::{Error, Field, Problem};
use crate::slice::Slice as _;

/// `http` or `https`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Plain text, port 80.
    Http,
    /// TLS, port 443.
    Https,
}

impl Protocol {
    /// As it stands before `://`, in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// The port that a URL without one means (RFC 9110 section 4.2).
    #[must_use]
    pub const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

/// An absolute http or https URL, without userinfo.
#[derive(Clone, Debug)]
pub struct Url<'a> {
    text: Cow<'a, str>,
    protocol: Protocol,
    /// Where the host starts: behind `://`.
    host: usize,
    /// Where the host ends: at `:port` or at the path.
    host_end: usize,
    /// Where the path starts (it may be empty).
    path: usize,
    /// Where the path ends: at `?`, `#` or the end.
    path_end: usize,
    /// Where the query ends: at `#` or the end.
    query_end: usize,
    port: Option<u16>,
}

/// What a URL said before `@`: `user` or `user:password`, percent-encoded as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Userinfo<'a>(pub Cow<'a, str>);

impl<'a> Url<'a> {
    /// Divides a URL, and takes the userinfo out of it.
    ///
    /// # Errors
    /// [`Problem::NotHttp`], [`Problem::NoHost`], [`Problem::BadHost`], [`Problem::BadPort`], [`Problem::Space`] or
    /// [`Problem::Control`], all of [`Field::Url`].
    pub fn parse(text: Cow<'a, str>) -> Result<(Self, Option<Userinfo<'a>>), Error> {
        divide(text).map_err(|problem| Error::request(Field::Url, problem))
    }

    /// The whole text, with a fragment if it had one.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// `http` or `https`.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// The host as written; an IPv6 address with its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.text.part(self.host..self.host_end)
    }

    /// The host as it goes into the `Host` header: lower case, names in other scripts as `xn--` (RFC 5891).
    #[must_use]
    pub fn ascii_host(&self) -> Cow<'_, str> {
        let host = self.host();
        if host.is_ascii() {
            return if host.bytes().any(|b| b.is_ascii_uppercase()) {
                Cow::Owned(host.to_ascii_lowercase())
            } else {
                Cow::Borrowed(host)
            };
        }
        idna::domain_to_ascii(host).map_or_else(|_| Cow::Owned(host.to_lowercase()), Cow::Owned)
    }

    /// The port as written.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// The port that is connected to.
    #[must_use]
    pub fn effective_port(&self) -> u16 {
        self.port.unwrap_or(self.protocol.default_port())
    }

    /// The value of the `Host` header: the port only where it is not the default one (as curl and browsers send it).
    #[must_use]
    pub fn host_header(&self) -> Cow<'_, str> {
        let host = self.ascii_host();
        match self.port {
            Some(port) if port != self.protocol.default_port() => Cow::Owned(format!("{host}:{port}")),
            _ => host,
        }
    }

    /// Scheme, host and port as written, without a path: `https://api.example.com:8443`.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.text.part(..self.path)
    }

    /// The path as written; empty where the URL has none.
    #[must_use]
    pub fn path(&self) -> &str {
        self.text.part(self.path..self.path_end)
    }

    /// The query as written, without `?`; `None` where there is no `?`.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        if self.path_end == self.query_end { None } else { Some(self.text.part(self.path_end + 1..self.query_end)) }
    }

    /// The request target in origin form (RFC 9112 section 3.2.1): path and query, `/` for an empty path.
    #[must_use]
    pub fn target(&self) -> Cow<'_, str> {
        let target = self.text.part(self.path..self.query_end);
        if target.starts_with('/') { Cow::Borrowed(target) } else { Cow::Owned(format!("/{target}")) }
    }

    /// The fragment with its `#`, or nothing. It never goes on the wire.
    #[must_use]
    pub fn fragment(&self) -> &str {
        self.text.part(self.query_end..)
    }

    /// The pieces of the query between `&`, as written.
    pub fn query_pieces(&self) -> impl Iterator<Item = &str> {
        self.query().into_iter().filter(|query| !query.is_empty()).flat_map(|query| query.split('&'))
    }

    /// Puts an already encoded `name=value` behind the query.
    pub fn append_query(&mut self, piece: &str) {
        let query = match self.query() {
            Some(query) if !query.is_empty() => format!("{query}&{piece}"),
            _ => piece.to_owned(),
        };
        self.set_query(Some(&query));
    }

    /// Keeps only those pieces of the query for which `keep` says so; the others and their `&` go.
    pub fn retain_query(&mut self, keep: impl Fn(&str) -> bool) {
        let Some(query) = self.query() else { return };
        if query.split('&').all(&keep) {
            return;
        }
        let kept: Vec<&str> = query.split('&').filter(|piece| keep(piece)).collect();
        let kept = kept.join("&");
        self.set_query(if kept.is_empty() { None } else { Some(&kept) });
    }

    /// Takes the parameters of that name (decoded, as servers compare them) out of the query, and puts one behind the
    /// others; name and value are given decoded.
    pub fn replace_parameter(&mut self, name: &str, value: &str) {
        self.remove_parameter(name);
        let mut piece = encode::percent_encoded(name.as_bytes(), &encode::UNRESERVED);
        piece.push('=');
        encode::percent(&mut piece, value.as_bytes(), &encode::UNRESERVED);
        self.append_query(&piece);
    }

    /// Takes the parameters of that name out of the query.
    pub fn remove_parameter(&mut self, name: &str) {
        self.retain_query(|piece| encode::form_decoded(piece_name(piece)) != name.as_bytes());
    }

    /// Replaces the query; the rest stays as written.
    pub fn set_query(&mut self, query: Option<&str>) {
        let mut text = self.text.part(..self.path_end).to_owned();
        if let Some(query) = query {
            text.push('?');
            text.push_str(query);
        }
        let query_end = text.len();
        text.push_str(self.fragment());
        self.query_end = query_end;
        self.text = Cow::Owned(text);
    }

    /// The same URL, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Url<'static> {
        Url { text: Cow::Owned(self.text.into_owned()), ..self }
    }
}

/// The name of a query piece: what stands before the first `=`, still encoded.
#[must_use]
pub fn piece_name(piece: &str) -> &str {
    piece.split_once('=').map_or(piece, |(name, _)| name)
}

/// Returns the host without the brackets of an IPv6 address (RFC 3986 section 3.2.2), and any other host as it is.
#[must_use]
pub fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

fn divide(text: Cow<'_, str>) -> Result<(Url<'_>, Option<Userinfo<'_>>), Problem> {
    check_bytes(&text)?;
    let (protocol, start) = protocol(&text)?;
    let rest = text.part(start..);
    let authority_length = memchr::memchr3(b'/', b'?', b'#', rest.as_bytes()).unwrap_or(rest.len());
    let authority = rest.part(..authority_length);
    // Browsers take a backslash for a slash: what is before it would be the host for one reader, userinfo for another.
    if authority.contains('\\') {
        return Err(Problem::BadHost);
    }
    let (text, userinfo) = match authority.rfind('@') {
        None => (text, None),
        Some(at) => {
            let userinfo = Userinfo(Cow::Owned(authority.part(..at).to_owned()));
            let without = format!("{}{}", text.part(..start), rest.part(at + 1..));
            (Cow::Owned(without), Some(userinfo))
        }
    };
    let end = start + authority_length - userinfo.as_ref().map_or(0, |userinfo| userinfo.0.len() + 1);
    let authority = text.part(start..end);
    let (host_length, port) = host_and_port(authority)?;
    let query_end = text.part(end..).find('#').map_or(text.len(), |at| end + at);
    let path_end = text.part(end..query_end).find('?').map_or(query_end, |at| end + at);
    let url = Url { protocol, host: start, host_end: start + host_length, path: end, path_end, query_end, port, text };
    Ok((url, userinfo))
}

fn check_bytes(text: &str) -> Result<(), Problem> {
    // No early end: the loop over a clean URL, which nearly all are, is then one that the compiler vectorizes.
    if text.bytes().fold(false, |dirty, b| dirty | (b <= b' ') | (b == 0x7f)) {
        let first = text.bytes().find(|b| *b <= b' ' || *b == 0x7f);
        return Err(if first == Some(b' ') { Problem::Space } else { Problem::Control });
    }
    // U+0080 to U+009F are control characters too, though no header or terminal should ever see them.
    if !text.is_ascii() && text.chars().any(char::is_control) {
        return Err(Problem::Control);
    }
    Ok(())
}

fn protocol(text: &str) -> Result<(Protocol, usize), Problem> {
    let colon = text.find(':').filter(|colon| text.get(*colon..).is_some_and(|rest| rest.starts_with("://")));
    let colon = colon.ok_or(Problem::NotHttp)?;
    match text.get(..colon) {
        Some(name) if name.eq_ignore_ascii_case("https") => Ok((Protocol::Https, colon + 3)),
        Some(name) if name.eq_ignore_ascii_case("http") => Ok((Protocol::Http, colon + 3)),
        _ => Err(Problem::NotHttp),
    }
}

/// The length of the host and the port behind it (RFC 3986 section 3.2.2 and 3.2.3).
fn host_and_port(authority: &str) -> Result<(usize, Option<u16>), Problem> {
    let host_length = if authority.starts_with('[') {
        authority.find(']').ok_or(Problem::BadHost)? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let host = authority.part(..host_length);
    if host.is_empty() {
        return Err(Problem::NoHost);
    }
    check_host(host)?;
    match authority.part(host_length..) {
        "" | ":" => Ok((host_length, None)),
        rest => {
            let digits = rest.strip_prefix(':').ok_or(Problem::BadHost)?;
            if !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(Problem::BadPort);
            }
            Ok((host_length, Some(digits.parse().map_err(|_| Problem::BadPort)?)))
        }
    }
}

fn check_host(host: &str) -> Result<(), Problem> {
    if host.starts_with('[') {
        let address = unbracketed(host);
        // A zone (RFC 6874) stands behind %25.
        let address = address.split('%').next().unwrap_or_default();
        return address.parse::<std::net::Ipv6Addr>().map(|_| ()).map_err(|_| Problem::BadHost);
    }
    // Bytes that would end the host for somebody else, or that a shell or curl would read as syntax.
    let bad =
        |b: u8| matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'[' | b']' | b'@' | b'%');
    if host.bytes().any(bad) { Err(Problem::BadHost) } else { Ok(()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url<'_> {
        Url::parse(Cow::Borrowed(text)).unwrap().0
    }

    #[test]
    fn dots_slashes_and_escapes_stay_as_written() {
        let url = url("https://h.example/a/../b//%2f[x]?q={1}&&e#frag");
        assert_eq!(url.path(), "/a/../b//%2f[x]");
        assert_eq!(url.query(), Some("q={1}&&e"));
        assert_eq!(url.target(), "/a/../b//%2f[x]?q={1}&&e");
        assert_eq!(url.fragment(), "#frag");
    }

    #[test]
    fn an_empty_path_is_sent_as_a_slash() {
        assert_eq!(url("http://h.example").target(), "/");
        assert_eq!(url("http://h.example?a").target(), "/?a");
        assert_eq!(url("http://h.example?").query(), Some(""));
    }

    #[test]
    fn the_host_header_has_no_default_port_and_no_capitals() {
        assert_eq!(url("https://API.example:443/").host_header(), "api.example");
        assert_eq!(url("http://api.example:443/").host_header(), "api.example:443");
        assert_eq!(url("http://[::1]:8080/x").host_header(), "[::1]:8080");
        assert_eq!(url("http://bücher.example/").host_header(), "xn--bcher-kva.example");
    }

    #[test]
    fn userinfo_is_taken_out() {
        let (url, userinfo) = Url::parse(Cow::Borrowed("http://u:p%40w@h.example/p@q")).unwrap();
        assert_eq!(url.as_str(), "http://h.example/p@q");
        assert_eq!(userinfo, Some(Userinfo(Cow::Borrowed("u:p%40w"))));
    }

    #[test]
    fn what_is_no_http_url_is_refused() {
        for (text, problem) in [
            ("ftp://h/", Problem::NotHttp),
            ("//h/", Problem::NotHttp),
            ("http:///p", Problem::NoHost),
            ("http://h:99999/", Problem::BadPort),
            ("http://h:8a/", Problem::BadPort),
            ("http://h/a b", Problem::Space),
            ("http://h/a\nb", Problem::Control),
            ("http://[::g]/", Problem::BadHost),
            ("http://h\\@evil/", Problem::BadHost),
        ] {
            let error = Url::parse(Cow::Borrowed(text)).expect_err(text);
            assert!(matches!(error, Error::Request { problem: p, .. } if p == problem), "{text}: {error}");
        }
    }

    #[test]
    fn query_pieces_can_be_added_and_taken_away() {
        let mut url = url("http://h/?a=1&X-Amz-Date=2&b#f");
        url.retain_query(|piece| !piece_name(piece).starts_with("X-Amz-"));
        assert_eq!(url.as_str(), "http://h/?a=1&b#f");
        url.append_query("c=3");
        assert_eq!(url.as_str(), "http://h/?a=1&b&c=3#f");
    }
}
