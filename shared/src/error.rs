//! What can go wrong, in types, and the exit code that each kind of trouble ends with.
//!
//! Messages name the place and what to do next. They never quote a value: a value may be a secret, and what
//! comes from outside may hold control characters.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// The exit codes that every tool shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Everything asked for was done.
    Done = 0,
    /// A request or the operation failed.
    Failed = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// The network failed, or time ran out.
    Network = 3,
    /// The other side refused: wrong credentials, access denied.
    Refused = 4,
    /// A person is needed and none can be asked.
    NeedsPerson = 5,
    /// Interrupted by a signal.
    Interrupted = 130,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        std::process::ExitCode::from(exit as u8)
    }
}

/// A part of a request, as messages name it. Headers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// `method`
    Method,
    /// `url`
    Url,
    /// `headers` as a whole
    Headers,
    /// One header, counted from 1
    Header(usize),
    /// `postData`
    Body,
    /// `_auth`
    Auth,
    /// `_variables`
    Variables,
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Method => f.write_str("method"),
            Self::Url => f.write_str("url"),
            Self::Headers => f.write_str("headers"),
            Self::Header(index) => write!(f, "header {index}"),
            Self::Body => f.write_str("postData"),
            Self::Auth => f.write_str("_auth"),
            Self::Variables => f.write_str("_variables"),
        }
    }
}

/// What is wrong with a [`Field`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A member that must be there is not.
    #[error("is missing")]
    Missing,
    /// A member stands twice in one object.
    #[error("is given twice")]
    Twice,
    /// Text was expected.
    #[error("is not text")]
    NotText,
    /// A list of name-value pairs was expected.
    #[error("is not a list of {{\"name\", \"value\"}} objects")]
    NotPairs,
    /// An object was expected.
    #[error("is not an object")]
    NotObject,
    /// RFC 9110 section 5.6.2: methods and header names are tokens.
    #[error("is not a token (letters, digits and !#$%&'*+-.^_`|~)")]
    NotToken,
    /// A header name is not a token.
    #[error("name is not a token (letters, digits and !#$%&'*+-.^_`|~)")]
    NameNotToken,
    /// CR or LF in a header value.
    #[error("value has a line break")]
    LineBreak,
    /// A control character other than tab in a header value.
    #[error("value has a control character")]
    ValueControl,
    /// A control character where none may be.
    #[error("has a control character")]
    Control,
    /// A raw space in a URL.
    #[error("has a space; write it as %20")]
    Space,
    /// Not `http:` or `https:`.
    #[error("is not an absolute http or https URL")]
    NotHttp,
    /// Nothing between `//` and the path.
    #[error("has no host")]
    NoHost,
    /// The port is not a number up to 65535.
    #[error("has a port that is not a number from 0 to 65535")]
    BadPort,
    /// The host has a character that no host has.
    #[error("has a host that is not a name or an address")]
    BadHost,
    /// `encoding` says base64 and `text` is not (RFC 4648).
    #[error("text is not base64")]
    NotBase64,
    /// An `encoding` other than base64.
    #[error("encoding is not \"base64\"")]
    UnknownEncoding,
    /// A HEAD request with a body cannot be written for curl.
    #[error("a HEAD request with a body is not something curl can send")]
    HeadWithBody,
    /// A URL or header longer than curl takes.
    #[error("is over 100000 bytes, more than curl takes")]
    TooLongForCurl,
    /// Headers longer together than curl takes.
    #[error("are over 980000 bytes together, more than curl takes")]
    HeadTooLongForCurl,
    /// A value outside the ones that are known.
    #[error("is not one of the known values")]
    Unknown,
    /// A header value that curl cannot be given as written.
    #[error("is not something curl can send as written")]
    NotForCurl,
    /// A method that Hurl's grammar has no place for.
    #[error("is not something hurl can send: its methods are capital letters")]
    NotForHurl,
    /// A URL that HTTP libraries change before they send it.
    #[error("has dots or characters that HTTP libraries change; --to curl-config | curl -K - sends it as written")]
    WouldChange,
    /// CONNECT asks a proxy for a tunnel.
    #[error("is CONNECT, which asks for a tunnel and is no request of its own")]
    NotSent,
    /// A file is named in data and reading files was not allowed.
    #[error("names a file; --allow-files lets it be read")]
    FilesNotAllowed,
}

/// Everything that the core crate reports.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The document is not JSON. The column counts bytes from 1.
    #[error("not JSON: {problem} at column {column}")]
    Json {
        /// The parser's words, which quote nothing of the input.
        problem: String,
        /// Where, within the line.
        column: usize,
    },
    /// The document ends in the middle.
    #[error("not JSON: ends in the middle")]
    Unfinished,
    /// The document is not UTF-8.
    #[error("not UTF-8 at byte {offset}")]
    NotUtf8 {
        /// Bytes before the offending one.
        offset: usize,
    },
    /// The document is longer than the pipe takes.
    #[error("longer than {limit} MiB; a HAR file can be cut into lines: jq -c '.log.entries[].request'")]
    TooLong {
        /// The limit in MiB.
        limit: usize,
    },
    /// None of the formats that are read.
    #[error("not a request in any known format; --from NAME says which one it is")]
    UnknownShape,
    /// Not the format that `--from` named.
    #[error("not {format}")]
    NotFormat {
        /// The name that `--from` takes.
        format: &'static str,
    },
    /// A field of a request is wrong.
    #[error("{field}: {problem}")]
    Request {
        /// Which field.
        field: Field,
        /// What is wrong with it.
        problem: Problem,
    },
    /// A problem in one of several requests of a document.
    #[error("{part} {index}: {source}")]
    Part {
        /// What the document is made of: `entry`, `item`.
        part: &'static str,
        /// Counted from 1.
        index: usize,
        /// The problem.
        source: Box<Error>,
    },
    /// A `curl` command line that cannot be read.
    #[error("curl command: {0}")]
    Curl(String),
    /// A scheme cannot sign this request.
    #[error("{scheme}: {problem}")]
    Auth {
        /// The scheme's name.
        scheme: &'static str,
        /// What is wrong.
        problem: AuthProblem,
    },
    /// A secret reference cannot be followed.
    #[error("{option}: {problem}")]
    Secret {
        /// The option or variable that holds the reference.
        option: String,
        /// What happened.
        problem: String,
    },
    /// A secret is to be asked for, and there is no terminal to ask on.
    #[error("{option}: cannot be asked for: {problem}")]
    NoTerminal {
        /// The option or variable that says `-`.
        option: String,
        /// The system's words.
        problem: String,
    },
    /// The command line or the configuration is wrong.
    #[error("{0}")]
    Usage(String),
    /// A file cannot be read or written.
    #[error("{path}: {source}", path = .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The standard input cannot be read.
    #[error("cannot read: {0}")]
    Read(io::Error),
    /// The standard output cannot be written.
    #[error("cannot write: {0}")]
    Write(io::Error),
    /// The network failed.
    #[error("{0}")]
    Network(String),
    /// The other side said no.
    #[error("{0}")]
    Refused(String),
    /// A person is needed and none can be asked.
    #[error("{0}")]
    NeedsPerson(String),
    /// The operation failed for a reason of its own.
    #[error("{0}")]
    Failed(String),
}

/// Why a scheme cannot sign.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuthProblem {
    /// A parameter that the scheme needs is missing from the options, the environment and the line.
    #[error("{key} is missing: give --{option}, {variable} or \"{key}\" in _auth")]
    Missing {
        /// The key of the `_auth` object.
        key: &'static str,
        /// The option's name without dashes.
        option: String,
        /// The environment variable.
        variable: String,
        /// Whether the line has an `_auth` of the scheme: then only this line is incomplete.
        in_line: bool,
    },
    /// A parameter has a value that the scheme does not know.
    #[error("{key} is {problem}")]
    Parameter {
        /// The key of the `_auth` object.
        key: &'static str,
        /// What is wrong, without the value.
        problem: String,
        /// Whether the value is the line's own: then only this line is wrong.
        in_line: bool,
    },
    /// The `_auth` object has no usable `type`.
    #[error("has no type that is known")]
    UnknownType,
    /// No credentials were found anywhere.
    #[error("no credentials: looked at {}", .looked_at.join(", "))]
    NoCredentials {
        /// The places, in the order in which they were looked at.
        looked_at: Vec<String>,
    },
    /// Credentials that are kept or handed out elsewhere cannot be had.
    #[error("{problem}")]
    Credentials {
        /// What a tool that needs them ends with.
        exit: Exit,
        /// Where, and what to do next.
        problem: String,
    },
    /// The request has something that the scheme cannot sign.
    #[error("{0}")]
    Unsignable(String),
}

impl Error {
    /// A problem with a field of a request.
    #[must_use]
    pub const fn request(field: Field, problem: Problem) -> Self {
        Self::Request { field, problem }
    }

    /// The exit code that this error alone would end a tool with.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) | Self::Secret { .. } => Exit::Usage,
            Self::Auth { problem: AuthProblem::NoCredentials { .. }, .. }
            | Self::Auth { problem: AuthProblem::Missing { in_line: false, .. }, .. }
            | Self::Auth { problem: AuthProblem::Parameter { in_line: false, .. }, .. } => Exit::Usage,
            Self::NoTerminal { .. } => Exit::NeedsPerson,
            Self::Auth { problem: AuthProblem::Credentials { exit, .. }, .. } => *exit,
            Self::Network(_) => Exit::Network,
            Self::Refused(_) => Exit::Refused,
            Self::NeedsPerson(_) => Exit::NeedsPerson,
            Self::Part { source, .. } => source.exit(),
            _ => Exit::Failed,
        }
    }

    /// Whether going on makes no sense: every later line would fail for the same reason.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        match self {
            // Another line may be for another server.
            Self::Network(_) | Self::Refused(_) => false,
            Self::Write(_) | Self::Read(_) => true,
            _ => self.exit() != Exit::Failed,
        }
    }
}

/// The JSON parser's errors, without the position suffix and without values.
impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        if error.is_eof() {
            return Self::Unfinished;
        }
        let column = error.column();
        let text = error.to_string();
        let problem = text.split(" at line ").next().unwrap_or_default().to_owned();
        Self::Json { problem, column }
    }
}
