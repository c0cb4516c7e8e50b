//! URLs, in the one place that knows which bytes a URL puts on the wire.
//!
//! A URL is kept as the text it came as and only divided (RFC 3986 section 3). The crate `url` is not used because it
//! normalises: it resolves dot segments, escapes and lower-cases. Nothing may change here, since what was signed must be
//! what is sent.
//!
//! ```
//! use countersign_shared::url::Url;
//!
//! let (url, userinfo) = Url::parse("https://alice:secret@API.example:443/a/../b?q={1}#top".into())?;
//! assert_eq!(url.target(), "/a/../b?q={1}");
//! assert_eq!(url.host_header(), "api.example");
//! assert_eq!(userinfo.map(|userinfo| userinfo.0.into_owned()).as_deref(), Some("alice:secret"));
//! # Ok::<(), countersign_shared::error::Error>(())
//! ```

use std::borrow::Cow;
use std::net::IpAddr;

use crate::encode;
use crate::error::{Error, Problem};
use crate::secret;
use crate::slice::Slice as _;

/// The protocol that a URL names: `http` or `https`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// Plain text, port 80.
    Http,
    /// TLS, port 443.
    Https,
}

impl Protocol {
    /// Returns the name before `://` in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// Returns the port that a URL without one means (RFC 9110 section 4.2).
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
    /// The start of the host, after `://`.
    host: usize,
    /// The end of the host, at `:port` or at the path.
    host_end: usize,
    /// The start of the path, which may be empty.
    path: usize,
    /// The end of the path, at `?`, at `#` or at the end.
    path_end: usize,
    /// The end of the query, at `#` or at the end.
    query_end: usize,
    port: Option<u16>,
}

/// The part of a URL before `@`: `user` or `user:password`, percent-encoded as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Userinfo<'a>(pub Cow<'a, str>);

impl<'a> Url<'a> {
    /// Divides a URL, and takes the userinfo out of it.
    ///
    /// # Errors
    /// Returns [`Error::Url`] if the text is not an absolute http or https URL, or has a character that no URL has.
    pub fn parse(text: Cow<'a, str>) -> Result<(Self, Option<Userinfo<'a>>), Error> {
        let parts = divide(&text).map_err(|problem| Error::Url { start: shown_start(&text), problem })?;
        let userinfo = text.part(parts.host - parts.userinfo..parts.host).strip_suffix('@');
        let userinfo = userinfo.map(|userinfo| Userinfo(Cow::Owned(userinfo.to_owned())));
        let text = match userinfo {
            None => text,
            Some(_) => {
                let start = text.part(..parts.host - parts.userinfo);
                Cow::Owned(format!("{start}{}", text.part(parts.host..)))
            }
        };
        // The indices count from the start of a text without userinfo.
        let place = |index: usize| index - parts.userinfo;
        let url = Self {
            protocol: parts.protocol,
            host: place(parts.host),
            host_end: place(parts.host_end),
            path: place(parts.path),
            path_end: place(parts.path_end),
            query_end: place(parts.query_end),
            port: parts.port,
            text,
        };
        Ok((url, userinfo))
    }

    /// Returns the whole text, with a fragment if it had one.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the protocol, `http` or `https`.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.protocol
    }

    /// Returns the host as written; an IPv6 address keeps its brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.text.part(self.host..self.host_end)
    }

    /// Returns the host as it goes into the `Host` header: in lower case, names in other scripts as `xn--` (RFC 5891).
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
        // A name that IDNA refuses goes on as it is, and is left for the lookup to refuse.
        idna::domain_to_ascii(host).map_or_else(|_| Cow::Owned(host.to_lowercase()), Cow::Owned)
    }

    /// Returns the port as written, or `None` if the URL has none.
    #[must_use]
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    /// Returns the port to connect to: the one written, else the protocol's own.
    #[must_use]
    pub fn effective_port(&self) -> u16 {
        self.port.unwrap_or(self.protocol.default_port())
    }

    /// Returns the value of the `Host` header. As with curl and browsers, the default port is left out.
    #[must_use]
    pub fn host_header(&self) -> Cow<'_, str> {
        let host = self.ascii_host();
        match self.port {
            Some(port) if port != self.protocol.default_port() => Cow::Owned(format!("{host}:{port}")),
            _ => host,
        }
    }

    /// Returns true if a `Host` header with this value names the URL's own host and port.
    #[must_use]
    pub fn is_host_header(&self, value: &str) -> bool {
        let value = value.trim_matches([' ', '\t']);
        if value.eq_ignore_ascii_case(&self.host_header()) {
            return true;
        }
        // The header may spell the port that the protocol has anyway, and write a name in another script as it is.
        let text = format!("{}://{value}/", self.protocol.as_str());
        Url::parse(Cow::Owned(text)).is_ok_and(|(other, userinfo)| {
            // The value was put into a URL, so it must not have brought a path, a query or userinfo of its own.
            userinfo.is_none()
                && other.target() == "/"
                && other.fragment().is_empty()
                && other.ascii_host() == self.ascii_host()
                && other.effective_port() == self.effective_port()
        })
    }

    /// Returns true if a request to this URL never leaves this machine.
    #[must_use]
    pub fn is_of_this_machine(&self) -> bool {
        let host = self.ascii_host();
        let host = unbracketed(&host);
        // RFC 6761 section 6.3 keeps this name and all names below it for the loopback addresses.
        let is_local_name = host == "localhost" || host.ends_with(".localhost");
        // `::ffff:127.0.0.1` is loopback too, which Rust says only of the IPv4 address that it stands for.
        is_local_name || host.parse::<IpAddr>().is_ok_and(|address| address.to_canonical().is_loopback())
    }

    /// Returns scheme, host and port as written, without a path: `https://api.example.com:8443`.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.text.part(..self.path)
    }

    /// Returns the path as written, which is empty if the URL has none.
    #[must_use]
    pub fn path(&self) -> &str {
        self.text.part(self.path..self.path_end)
    }

    /// Returns the query as written, without `?`, or `None` if there is no `?`.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        if self.path_end == self.query_end { None } else { Some(self.text.part(self.path_end + 1..self.query_end)) }
    }

    /// Returns the request target in origin form (RFC 9112 section 3.2.1): path and query, with `/` for an empty path.
    #[must_use]
    pub fn target(&self) -> Cow<'_, str> {
        let target = self.text.part(self.path..self.query_end);
        if target.starts_with('/') { Cow::Borrowed(target) } else { Cow::Owned(format!("/{target}")) }
    }

    /// Returns the fragment with its `#`, or nothing. It never goes on the wire.
    #[must_use]
    pub fn fragment(&self) -> &str {
        self.text.part(self.query_end..)
    }

    /// Returns the pieces of the query between `&`, as written.
    pub fn query_pieces(&self) -> impl Iterator<Item = &str> {
        self.query().into_iter().filter(|query| !query.is_empty()).flat_map(|query| query.split('&'))
    }

    /// Appends `name=value`, already encoded, to the query.
    pub fn append_query(&mut self, piece: &str) {
        let query = match self.query() {
            Some(query) if !query.is_empty() => format!("{query}&{piece}"),
            _ => piece.to_owned(),
        };
        self.set_query(Some(&query));
    }

    /// Keeps only those pieces of the query for which `keep` returns true; the others and their `&` are removed.
    pub fn retain_query(&mut self, keep: impl Fn(&str) -> bool) {
        let Some(query) = self.query() else { return };
        // If nothing is to be removed, the text need not be copied.
        if query.split('&').all(&keep) {
            return;
        }
        let kept: Vec<&str> = query.split('&').filter(|piece| keep(piece)).collect();
        let kept = kept.join("&");
        self.set_query(if kept.is_empty() { None } else { Some(&kept) });
    }

    /// Removes the parameters of that name from the query and appends one. Name and value are given decoded; names are
    /// compared decoded too, as servers do.
    pub fn replace_parameter(&mut self, name: &str, value: &str) {
        self.remove_parameter(name);
        let mut piece = encode::percent_encoded(name.as_bytes(), &encode::UNRESERVED);
        piece.push('=');
        encode::percent(&mut piece, value.as_bytes(), &encode::UNRESERVED);
        self.append_query(&piece);
    }

    /// Removes the parameters of that name, which is given decoded, from the query.
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
        // The fragment is read with the old end of the query, so the new end is set afterwards.
        text.push_str(self.fragment());
        self.query_end = query_end;
        self.text = Cow::Owned(text);
    }

    /// Returns the same URL, borrowing nothing.
    #[must_use]
    pub fn into_owned(self) -> Url<'static> {
        Url { text: Cow::Owned(self.text.into_owned()), ..self }
    }
}

/// Returns the name of a query piece: the part before the first `=`, still encoded.
#[must_use]
pub fn piece_name(piece: &str) -> &str {
    piece.split_once('=').map_or(piece, |(name, _)| name)
}

/// Returns the host without the brackets of an IPv6 address (RFC 3986 section 3.2.2), and any other host as it is.
#[must_use]
pub fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host)
}

/// The places of the parts of a URL in its text.
struct Parts {
    protocol: Protocol,
    /// The length of the userinfo before the host, with its `@`.
    userinfo: usize,
    host: usize,
    host_end: usize,
    port: Option<u16>,
    path: usize,
    path_end: usize,
    query_end: usize,
}

fn divide(text: &str) -> Result<Parts, Problem> {
    // This goes first: browsers drop tabs and line breaks from a URL, and may then see another host in it.
    check_bytes(text)?;
    let (protocol, start) = protocol(text)?;
    let rest = text.part(start..);
    let path = memchr::memchr3(b'/', b'?', b'#', rest.as_bytes()).map_or(text.len(), |at| start + at);
    let authority = text.part(start..path);
    // Browsers take a backslash for a slash: what is before it would be the host for one reader, userinfo for another.
    if authority.contains('\\') {
        return Err(Problem::BadHost);
    }
    // A password may have a raw `@`, so the last one ends the userinfo, as the URL standard has it.
    let userinfo = authority.rfind('@').map_or(0, |at| at + 1);
    let host = start + userinfo;
    let (host_length, port) = host_and_port(text.part(host..path))?;
    let query_end = text.part(path..).find('#').map_or(text.len(), |at| path + at);
    let path_end = text.part(path..query_end).find('?').map_or(query_end, |at| path + at);
    Ok(Parts { protocol, userinfo, host, host_end: host + host_length, port, path, path_end, query_end })
}

/// Returns a URL as messages and listings show it: `***` stands for its userinfo, and for each value of the query and the fragment
/// whose name is that of a secret. Any other text, too, may be given, such as a URL that cannot be divided.
#[must_use]
pub fn masked(text: &str) -> Cow<'_, str> {
    let Some(scheme) = text.find("://").map(|at| at + 3) else { return Cow::Borrowed(text) };
    let (start, rest) = text.split_at(scheme);
    let authority = rest.part(..rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    // A password may hold `/`, `?` or `#` that should have been escaped: what looks like a port then is none.
    let is_host = match authority.rsplit_once(':') {
        Some((_, port)) => authority.starts_with('[') || port.bytes().all(|b| b.is_ascii_digit()),
        None => true,
    };
    let at = authority.rfind('@').or_else(|| if is_host { None } else { rest.rfind('@') });
    let (mask, rest) = at.map_or(("", rest), |at| ("***@", rest.part(at + 1..)));
    let (before, behind) = rest.split_at(rest.find(['?', '#']).unwrap_or(rest.len()));
    let mut shown = [start, mask, before].concat();
    for piece in behind.split_inclusive(['?', '#', '&', ';']) {
        let (pair, end) = match piece.char_indices().next_back() {
            Some((at, '?' | '#' | '&' | ';')) => piece.split_at(at),
            _ => (piece, ""),
        };
        match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() && is_secret_parameter(name) => {
                shown.push_str(name);
                shown.push_str("=***");
            }
            _ => shown.push_str(pair),
        }
        shown.push_str(end);
    }
    if shown == text { Cow::Borrowed(text) } else { Cow::Owned(shown) }
}

/// Returns true if a parameter of this name in a URL holds a secret: an OAuth parameter, an API key, a signature.
fn is_secret_parameter(name: &str) -> bool {
    let name = String::from_utf8_lossy(&encode::form_decoded(name)).into_owned();
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let others =
        ["key", "sig", "signature", "pass", "passwd", "pwd", "auth", "authorization", "credential", "credentials"];
    let whole = ["code", "jwt", "session", "sessionid", "sid", "bewit", "hmac"];
    secret::is_secret_name(&name) || others.iter().any(|end| plain.ends_with(end)) || whole.contains(&plain.as_str())
}

/// The most characters of a URL that a message shows.
const SHOWN: usize = 60;

/// Returns the start of a text that should be a URL, for a message: without what may be userinfo or a query, which may
/// hold secrets, and without control characters.
fn shown_start(text: &str) -> String {
    let (before, behind) = text.split_at(text.find(['?', '#']).unwrap_or(text.len()));
    let scheme = before.find("://").map_or(0, |at| at + 3);
    let (scheme, rest) = before.split_at(scheme);
    // A password may hold `/`, `?` or `#` that should have been escaped, so the last `@` of all counts.
    let (mask, rest) = match rest.rfind('@') {
        _ if behind.contains('@') => ("...", ""),
        Some(at) => ("***@", rest.part(at + 1..)),
        None => ("", rest),
    };
    let mut shown = [scheme, mask, rest].concat();
    shown.retain(|c| !c.is_control());
    if let Some((end, _)) = shown.char_indices().nth(SHOWN) {
        shown.truncate(end);
        shown.push_str("...");
    }
    shown
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

/// Returns the length of the host and the port after it (RFC 3986 section 3.2.2 and 3.2.3).
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
        // An empty port means the protocol's own (RFC 3986 section 3.2.3).
        "" | ":" => Ok((host_length, None)),
        rest => {
            let digits = rest.strip_prefix(':').ok_or(Problem::BadHost)?;
            // Rust's parser would take a plus sign before the digits.
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
        // %25 begins a zone (RFC 6874), which is a name of this machine's and no part of the address.
        let address = address.split('%').next().unwrap_or_default();
        return address.parse::<std::net::Ipv6Addr>().map(|_| ()).map_err(|_| Problem::BadHost);
    }
    // Bytes that would end the host for another reader, or that a shell or curl would read as syntax.
    let bad =
        |b: u8| matches!(b, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' | b'[' | b']' | b'@' | b'%');
    if host.bytes().any(bad) { Err(Problem::BadHost) } else { Ok(()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn a_shown_url_has_neither_userinfo_nor_the_values_of_secret_parameters() {
        for (url, shown) in [
            ("https://id.example/token", "https://id.example/token"),
            ("http://[::1]:8080/a@b?c=d#e", "http://[::1]:8080/a@b?c=d#e"),
            ("https://user@id.example/", "https://***@id.example/"),
            ("http://user:PASSW0RD@h:80/t?apikey=S", "http://***@h:80/t?apikey=***"),
            ("http://user:PA/SS?W#0@RD@h/", "http://***@h/"),
            ("http://u:p@h/@x?y=@z", "http://***@h/@x?y=@z"),
            (
                "https://h/?api_key=S&b=1&client%5Fsecret=S;X-Amz-Signature=S",
                "https://h/?api_key=***&b=1&client%5Fsecret=***;X-Amz-Signature=***",
            ),
            (
                "https://h/?sig=S&code=S&Key=S&AccessToken=S&pwd=S&jwt=S",
                "https://h/?sig=***&code=***&Key=***&AccessToken=***&pwd=***&jwt=***",
            ),
            ("https://h/cb#access_token=S&state=x", "https://h/cb#access_token=***&state=x"),
            ("https://h/?token=&code_challenge=x&a=b?c", "https://h/?token=&code_challenge=x&a=b?c"),
            ("read write", "read write"),
        ] {
            assert_eq!(masked(url), shown);
        }
    }

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
    fn a_message_shows_no_userinfo_and_no_query() {
        for (text, shown) in [
            ("ftp://b.example/a?token=secret", "ftp://b.example/a"),
            ("ftp://u:secret@b.example/", "ftp://***@b.example/"),
            ("http://u:sec/ret@b.example:x/", "http://***@b.example:x/"),
            ("http://u:sec?ret@b.example/", "http://..."),
            ("ftp://b.example/#secret", "ftp://b.example/"),
            ("u:secret@b.example", "***@b.example"),
            ("ftp://b\u{1b}[2J.example\u{85}", "ftp://b[2J.example"),
        ] {
            assert_eq!(shown_start(text), shown, "{text}");
        }
        assert_eq!(shown_start(&"é".repeat(70)), format!("{}...", "é".repeat(60)));
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
            assert!(matches!(error, Error::Url { problem: p, .. } if p == problem), "{text}: {error}");
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
