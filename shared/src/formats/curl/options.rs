//! curl's options: their names, those that take a value, and their meaning for the request.

use crate::error::Error;

/// The meaning of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// `--url`
    Url,
    /// `--url-query`
    UrlQuery,
    /// `--proto-default`
    ProtoDefault,
    /// `-X`
    Request,
    /// `--request-target`
    RequestTarget,
    /// `-H`
    Header,
    /// `-A`
    UserAgent,
    /// `-e`
    Referer,
    /// `-b`
    Cookie,
    /// `-r`
    Range,
    /// `-u`
    User,
    /// `--oauth2-bearer`
    Bearer,
    /// `-d` and its variants
    Data(Data),
    /// `-F`
    Form,
    /// `--form-string`
    FormString,
    /// `-T`
    Upload,
    /// `-G`
    Get,
    /// `-I`
    Head,
    /// `-g`
    Globoff,
    /// `--path-as-is`
    PathAsIs,
    /// `--next`
    Next,
    /// `--basic`, `--digest` and `--ntlm`
    Scheme(Scheme),
    /// `--aws-sigv4`
    SigV4,
    /// `-K`
    Config,
    /// `-C`
    ContinueAt,
    /// An option that changes nothing in the request.
    Nothing(Arity),
    /// An option that changes the request in a way that the command alone does not tell. The text says why, or what to do
    /// instead; it follows "it".
    Refused(&'static str),
}

/// The scheme that `-u` is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Scheme {
    #[default]
    Basic,
    Digest,
    Ntlm,
}

/// The way in which data is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Data {
    /// `@file` without its line breaks.
    Ascii,
    /// `@file` as it is.
    Binary,
    /// `@` has no meaning.
    Raw,
    /// The data is escaped as forms are.
    UrlEncoded,
    /// The data is read as binary, and JSON's headers are set.
    Json,
}

/// The number of values that follow an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arity {
    /// No value follows.
    Switch,
    /// One value follows.
    Value,
}

impl Meaning {
    /// Returns the number of values that follow.
    pub(super) const fn arity(self) -> Arity {
        match self {
            Self::Nothing(arity) => arity,
            Self::Get
            | Self::Head
            | Self::Globoff
            | Self::PathAsIs
            | Self::Next
            | Self::Scheme(_)
            | Self::Refused(_) => Arity::Switch,
            _ => Arity::Value,
        }
    }
}

/// An option with its long name, its letter and its meaning.
struct Known(&'static str, Option<char>, Meaning);

const SWITCH: Meaning = Meaning::Nothing(Arity::Switch);
const VALUE: Meaning = Meaning::Nothing(Arity::Value);
const FROM_FILE: Meaning = Meaning::Refused("reads a file of its own");
const OWN_SCHEME: Meaning =
    Meaning::Refused("lets the server choose the scheme; --digest, --ntlm or --basic in its place says which");
const KERBEROS: Meaning = Meaning::Refused(
    "asks for Kerberos, which sign has no scheme for; sign ntlm --send answers a server's Negotiate too",
);
const ELSEWHERE: Meaning = Meaning::Refused("says where the request goes, which no line can hold");
const BY_FILE: Meaning = Meaning::Refused("adds a header that depends on a file");

/// Returns the meaning of a long name. As with curl, the beginning of a name is enough if it fits one option alone.
///
/// # Errors
/// Returns [`Error::Curl`] if the name fits no option or several.
pub(super) fn long(name: &str) -> Result<Meaning, Error> {
    if let Some(known) = OPTIONS.iter().find(|known| known.0 == name) {
        return Ok(known.2);
    }
    if name.starts_with("expand-") {
        return Ok(Meaning::Refused("replaces curl's own variables; --var NAME=VALUE does for $NAME"));
    }
    let mut fitting = OPTIONS.iter().filter(|known| known.0.starts_with(name));
    match (fitting.next(), fitting.next()) {
        (Some(known), None) => Ok(known.2),
        (Some(_), Some(_)) => Err(Error::Curl(format!("option --{name} fits several options"))),
        _ => negated(name).ok_or_else(|| Error::Curl(format!("option --{name} is not known"))),
    }
}

/// Returns the meaning of `--no-NAME`: nothing, if the switch `--NAME` has no effect on the request. `None` for the few
/// options whose effect `--no-` would take back, which are not supported.
fn negated(name: &str) -> Option<Meaning> {
    let name = name.strip_prefix("no-")?;
    OPTIONS.iter().find(|known| known.0 == name && known.2 == SWITCH).map(|known| known.2)
}

/// Returns the meaning of a letter.
///
/// # Errors
/// Returns [`Error::Curl`] if no option has this letter.
pub(super) fn short(letter: char) -> Result<Meaning, Error> {
    let known = OPTIONS.iter().find(|known| known.1 == Some(letter));
    known.map(|known| known.2).ok_or_else(|| Error::Curl(format!("option -{letter} is not known")))
}

/// The options of curl 7.88, and those that were added up to 8.22.
const OPTIONS: &[Known] = &[
    Known("abstract-unix-socket", None, ELSEWHERE),
    Known("alpn", None, SWITCH),
    Known("alt-svc", None, VALUE),
    Known("anyauth", None, OWN_SCHEME),
    Known("append", Some('a'), SWITCH),
    Known("aws-sigv4", None, Meaning::SigV4),
    Known("basic", None, Meaning::Scheme(Scheme::Basic)),
    Known("buffer", Some('N'), SWITCH),
    Known("ca-native", None, SWITCH),
    Known("cacert", None, VALUE),
    Known("capath", None, VALUE),
    Known("cert", Some('E'), VALUE),
    Known("cert-status", None, SWITCH),
    Known("cert-type", None, VALUE),
    Known("ciphers", None, VALUE),
    Known("clobber", None, SWITCH),
    Known("compressed", None, SWITCH),
    Known("compressed-ssh", None, SWITCH),
    Known("config", Some('K'), Meaning::Config),
    Known("connect-timeout", None, VALUE),
    Known("connect-to", None, ELSEWHERE),
    Known("continue-at", Some('C'), Meaning::ContinueAt),
    Known("cookie", Some('b'), Meaning::Cookie),
    Known("cookie-jar", Some('c'), VALUE),
    Known("create-dirs", None, SWITCH),
    Known("create-file-mode", None, VALUE),
    Known("crlf", None, Meaning::Refused("changes the body")),
    Known("crlfile", None, VALUE),
    Known("curves", None, VALUE),
    Known("data", Some('d'), Meaning::Data(Data::Ascii)),
    Known("data-ascii", None, Meaning::Data(Data::Ascii)),
    Known("data-binary", None, Meaning::Data(Data::Binary)),
    Known("data-raw", None, Meaning::Data(Data::Raw)),
    Known("data-urlencode", None, Meaning::Data(Data::UrlEncoded)),
    Known("delegation", None, VALUE),
    Known("digest", None, Meaning::Scheme(Scheme::Digest)),
    Known("disable", Some('q'), SWITCH),
    Known("disable-eprt", None, SWITCH),
    Known("disable-epsv", None, SWITCH),
    Known("disallow-username-in-url", None, SWITCH),
    Known("dns-interface", None, VALUE),
    Known("dns-ipv4-addr", None, VALUE),
    Known("dns-ipv6-addr", None, VALUE),
    Known("dns-servers", None, VALUE),
    Known("doh-cert-status", None, SWITCH),
    Known("doh-insecure", None, SWITCH),
    Known("doh-url", None, VALUE),
    Known("dump-ca-embed", None, SWITCH),
    Known("dump-header", Some('D'), VALUE),
    Known("ech", None, VALUE),
    Known("egd-file", None, VALUE),
    Known("engine", None, VALUE),
    Known("eprt", None, SWITCH),
    Known("epsv", None, SWITCH),
    Known("etag-compare", None, BY_FILE),
    Known("etag-save", None, VALUE),
    Known("expect100-timeout", None, VALUE),
    Known("fail", Some('f'), SWITCH),
    Known("fail-early", None, SWITCH),
    Known("fail-with-body", None, SWITCH),
    Known("false-start", None, SWITCH),
    Known("follow", None, SWITCH),
    Known("form", Some('F'), Meaning::Form),
    Known("form-escape", None, Meaning::Refused("changes how form fields are written")),
    Known("form-string", None, Meaning::FormString),
    Known("ftp-account", None, VALUE),
    Known("ftp-alternative-to-user", None, VALUE),
    Known("ftp-create-dirs", None, SWITCH),
    Known("ftp-method", None, VALUE),
    Known("ftp-pasv", None, SWITCH),
    Known("ftp-port", Some('P'), VALUE),
    Known("ftp-pret", None, SWITCH),
    Known("ftp-skip-pasv-ip", None, SWITCH),
    Known("ftp-ssl-ccc", None, SWITCH),
    Known("ftp-ssl-ccc-mode", None, VALUE),
    Known("ftp-ssl-control", None, SWITCH),
    Known("get", Some('G'), Meaning::Get),
    Known("globoff", Some('g'), Meaning::Globoff),
    Known("happy-eyeballs-timeout-ms", None, VALUE),
    Known("haproxy-clientip", None, VALUE),
    Known("haproxy-protocol", None, SWITCH),
    Known("head", Some('I'), Meaning::Head),
    Known("header", Some('H'), Meaning::Header),
    Known("help", Some('h'), Meaning::Refused("makes no request")),
    Known("hostpubmd5", None, VALUE),
    Known("hostpubsha256", None, VALUE),
    Known("hsts", None, VALUE),
    Known("http0.9", None, SWITCH),
    Known("http1.0", Some('0'), SWITCH),
    Known("http1.1", None, SWITCH),
    Known("http2", None, SWITCH),
    Known("http2-prior-knowledge", None, SWITCH),
    Known("http3", None, SWITCH),
    Known("http3-only", None, SWITCH),
    Known("ignore-content-length", None, SWITCH),
    Known("include", Some('i'), SWITCH),
    Known("insecure", Some('k'), SWITCH),
    Known("interface", None, VALUE),
    Known("ip-tos", None, VALUE),
    Known("ipfs-gateway", None, VALUE),
    Known("ipv4", Some('4'), SWITCH),
    Known("ipv6", Some('6'), SWITCH),
    Known("json", None, Meaning::Data(Data::Json)),
    Known("junk-session-cookies", Some('j'), SWITCH),
    Known("keepalive", None, SWITCH),
    Known("keepalive-cnt", None, VALUE),
    Known("keepalive-time", None, VALUE),
    Known("key", None, VALUE),
    Known("key-type", None, VALUE),
    Known("knownhosts", None, VALUE),
    Known("krb", None, VALUE),
    Known("libcurl", None, VALUE),
    Known("limit-rate", None, VALUE),
    Known("list-only", Some('l'), SWITCH),
    Known("local-port", None, VALUE),
    Known("location", Some('L'), SWITCH),
    Known("location-trusted", None, SWITCH),
    Known("login-options", None, VALUE),
    Known("mail-auth", None, VALUE),
    Known("mail-from", None, VALUE),
    Known("mail-rcpt", None, VALUE),
    Known("mail-rcpt-allowfails", None, SWITCH),
    Known("manual", Some('M'), Meaning::Refused("makes no request")),
    Known("max-filesize", None, VALUE),
    Known("max-redirs", None, VALUE),
    Known("max-time", Some('m'), VALUE),
    Known("metalink", None, SWITCH),
    Known("mptcp", None, SWITCH),
    Known("negotiate", None, KERBEROS),
    Known("netrc", Some('n'), FROM_FILE),
    Known("netrc-file", None, FROM_FILE),
    Known("netrc-optional", None, FROM_FILE),
    Known("next", Some(':'), Meaning::Next),
    Known("noproxy", None, VALUE),
    Known("npn", None, SWITCH),
    Known("ntlm", None, Meaning::Scheme(Scheme::Ntlm)),
    Known("ntlm-wb", None, OWN_SCHEME),
    Known("oauth2-bearer", None, Meaning::Bearer),
    Known("out-null", None, SWITCH),
    Known("output", Some('o'), VALUE),
    Known("output-dir", None, VALUE),
    Known("parallel", Some('Z'), SWITCH),
    Known("parallel-immediate", None, SWITCH),
    Known("parallel-max", None, VALUE),
    Known("parallel-max-host", None, VALUE),
    Known("pass", None, VALUE),
    Known("path-as-is", None, Meaning::PathAsIs),
    Known("pinnedpubkey", None, VALUE),
    Known("post301", None, SWITCH),
    Known("post302", None, SWITCH),
    Known("post303", None, SWITCH),
    Known("preproxy", None, VALUE),
    Known("progress-bar", Some('#'), SWITCH),
    Known("progress-meter", None, SWITCH),
    Known("proto", None, VALUE),
    Known("proto-default", None, Meaning::ProtoDefault),
    Known("proto-redir", None, VALUE),
    Known("proxy", Some('x'), VALUE),
    Known("proxy-anyauth", None, SWITCH),
    Known("proxy-basic", None, SWITCH),
    Known("proxy-ca-native", None, SWITCH),
    Known("proxy-cacert", None, VALUE),
    Known("proxy-capath", None, VALUE),
    Known("proxy-cert", None, VALUE),
    Known("proxy-cert-type", None, VALUE),
    Known("proxy-ciphers", None, VALUE),
    Known("proxy-crlfile", None, VALUE),
    Known("proxy-digest", None, SWITCH),
    Known("proxy-header", None, VALUE),
    Known("proxy-http2", None, SWITCH),
    Known("proxy-http3", None, SWITCH),
    Known("proxy-insecure", None, SWITCH),
    Known("proxy-key", None, VALUE),
    Known("proxy-key-type", None, VALUE),
    Known("proxy-negotiate", None, SWITCH),
    Known("proxy-ntlm", None, SWITCH),
    Known("proxy-pass", None, VALUE),
    Known("proxy-pinnedpubkey", None, VALUE),
    Known("proxy-service-name", None, VALUE),
    Known("proxy-ssl-allow-beast", None, SWITCH),
    Known("proxy-ssl-auto-client-cert", None, SWITCH),
    Known("proxy-tls13-ciphers", None, VALUE),
    Known("proxy-tlsauthtype", None, VALUE),
    Known("proxy-tlspassword", None, VALUE),
    Known("proxy-tlsuser", None, VALUE),
    Known("proxy-tlsv1", None, SWITCH),
    Known("proxy-user", Some('U'), VALUE),
    Known("proxy1.0", None, VALUE),
    Known("proxytunnel", Some('p'), SWITCH),
    Known("pubkey", None, VALUE),
    Known("quote", Some('Q'), VALUE),
    Known("random-file", None, VALUE),
    Known("range", Some('r'), Meaning::Range),
    Known("rate", None, VALUE),
    Known("raw", None, SWITCH),
    Known("referer", Some('e'), Meaning::Referer),
    Known("remote-header-name", Some('J'), SWITCH),
    Known("remote-name", Some('O'), SWITCH),
    Known("remote-name-all", None, SWITCH),
    Known("remote-time", Some('R'), SWITCH),
    Known("remove-on-error", None, SWITCH),
    Known("request", Some('X'), Meaning::Request),
    Known("request-target", None, Meaning::RequestTarget),
    Known("resolve", None, ELSEWHERE),
    Known("retry", None, VALUE),
    Known("retry-all-errors", None, SWITCH),
    Known("retry-connrefused", None, SWITCH),
    Known("retry-delay", None, VALUE),
    Known("retry-max-time", None, VALUE),
    Known("sasl-authzid", None, VALUE),
    Known("sasl-ir", None, SWITCH),
    Known("service-name", None, VALUE),
    Known("sessionid", None, SWITCH),
    Known("show-error", Some('S'), SWITCH),
    Known("sigalgs", None, VALUE),
    Known("silent", Some('s'), SWITCH),
    Known("skip-existing", None, SWITCH),
    Known("socks4", None, VALUE),
    Known("socks4a", None, VALUE),
    Known("socks5", None, VALUE),
    Known("socks5-basic", None, SWITCH),
    Known("socks5-gssapi", None, SWITCH),
    Known("socks5-gssapi-nec", None, SWITCH),
    Known("socks5-gssapi-service", None, VALUE),
    Known("socks5-hostname", None, VALUE),
    Known("speed-limit", Some('Y'), VALUE),
    Known("speed-time", Some('y'), VALUE),
    Known("ssl", None, SWITCH),
    Known("ssl-allow-beast", None, SWITCH),
    Known("ssl-auto-client-cert", None, SWITCH),
    Known("ssl-no-revoke", None, SWITCH),
    Known("ssl-reqd", None, SWITCH),
    Known("ssl-revoke-best-effort", None, SWITCH),
    Known("ssl-sessions", None, VALUE),
    Known("sslv2", Some('2'), SWITCH),
    Known("sslv3", Some('3'), SWITCH),
    Known("stderr", None, VALUE),
    Known("styled-output", None, SWITCH),
    Known("suppress-connect-headers", None, SWITCH),
    Known("tcp-fastopen", None, SWITCH),
    Known("tcp-nodelay", None, SWITCH),
    Known("telnet-option", Some('t'), VALUE),
    Known("tftp-blksize", None, VALUE),
    Known("tftp-no-options", None, SWITCH),
    Known("time-cond", Some('z'), BY_FILE),
    Known("tls-earlydata", None, SWITCH),
    Known("tls-max", None, VALUE),
    Known("tls13-ciphers", None, VALUE),
    Known("tlsauthtype", None, VALUE),
    Known("tlspassword", None, VALUE),
    Known("tlsuser", None, VALUE),
    Known("tlsv1", Some('1'), SWITCH),
    Known("tlsv1.0", None, SWITCH),
    Known("tlsv1.1", None, SWITCH),
    Known("tlsv1.2", None, SWITCH),
    Known("tlsv1.3", None, SWITCH),
    Known("tr-encoding", None, Meaning::Refused("adds headers of one hop")),
    Known("trace", None, VALUE),
    Known("trace-ascii", None, VALUE),
    Known("trace-config", None, VALUE),
    Known("trace-ids", None, SWITCH),
    Known("trace-time", None, SWITCH),
    Known("unix-socket", None, ELSEWHERE),
    Known("upload-file", Some('T'), Meaning::Upload),
    Known("upload-flags", None, VALUE),
    Known("url", None, Meaning::Url),
    Known("url-query", None, Meaning::UrlQuery),
    Known("use-ascii", Some('B'), SWITCH),
    Known("user", Some('u'), Meaning::User),
    Known("user-agent", Some('A'), Meaning::UserAgent),
    Known("variable", None, Meaning::Refused("sets a variable of curl's own; --var NAME=VALUE does for $NAME")),
    Known("verbose", Some('v'), SWITCH),
    Known("version", Some('V'), Meaning::Refused("makes no request")),
    Known("vlan-priority", None, VALUE),
    Known("write-out", Some('w'), VALUE),
    Known("xattr", None, SWITCH),
];
