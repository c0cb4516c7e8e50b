//! Errors as types, and the exit code that each ends a tool with.
//!
//! Messages name the place and what to do next. They quote no value, since a value may be a secret, except the start of
//! a URL, without userinfo, query and control characters.

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
    /// A person is needed, and there is no terminal or browser to ask at.
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

/// The reason why a [`Field`] cannot be used. Its message follows the field's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// A required member is missing.
    #[error("is missing")]
    Missing,
    /// A member is there twice in one object.
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
    /// A method is not a token (RFC 9110 section 5.6.2).
    #[error("is not a token (letters, digits and !#$%&'*+-.^_`|~)")]
    NotToken,
    /// A header name is not a token (RFC 9110 section 5.6.2).
    #[error("name is not a token (letters, digits and !#$%&'*+-.^_`|~)")]
    NameNotToken,
    /// A header value has a CR or LF.
    #[error("value has a line break")]
    LineBreak,
    /// A header value has a control character other than tab.
    #[error("value has a control character")]
    ValueControl,
    /// A URL has a control character.
    #[error("has a control character")]
    Control,
    /// A URL has a raw space.
    #[error("has a space; write it as %20")]
    Space,
    /// A URL does not begin with `http://` or `https://`.
    #[error("is not an http(s) URL")]
    NotHttp,
    /// A URL has nothing between `//` and the path.
    #[error("has no host")]
    NoHost,
    /// A URL's port is not a number up to 65535.
    #[error("has a port that is not a number from 0 to 65535")]
    BadPort,
    /// A URL's host has a character that no host has.
    #[error("has a host that is not a name or an address")]
    BadHost,
    /// `encoding` says base64, but `text` is not base64 (RFC 4648).
    #[error("text is not base64")]
    NotBase64,
    /// `encoding` names something other than base64.
    #[error("encoding is not \"base64\"")]
    UnknownEncoding,
    /// A part of a request is longer than the program that is to send it takes.
    #[error("is over {limit} bytes, more than {program} takes")]
    TooLongFor {
        /// The program's name.
        program: &'static str,
        /// The most bytes that it takes.
        limit: usize,
    },
    /// The headers together are longer than the program that is to send them takes.
    #[error("are over {limit} bytes together, more than {program} takes")]
    TooLongTogetherFor {
        /// The program's name.
        program: &'static str,
        /// The most bytes that it takes.
        limit: usize,
    },
    /// The program that is to send the request cannot send this part of it.
    #[error("is not something {program} can send{how}")]
    NotFor {
        /// The program's name.
        program: &'static str,
        /// In which way it cannot, or why: the end of the sentence.
        how: &'static str,
    },
    /// A value is not one of those that are known.
    #[error("is not one of the known values")]
    Unknown,
    /// HTTP libraries would change the URL before they send it.
    #[error("has dots or characters that HTTP libraries change; --to curl-config | curl -K - sends it as written")]
    WouldChange,
    /// The method is CONNECT, which asks a proxy for a tunnel.
    #[error("is CONNECT, which asks for a tunnel and is not a request of its own")]
    NotSent,
    /// A part of the body that was sent is missing.
    #[error("is only a part of the body that was sent; --allow-partial takes it as it is")]
    Partial,
    /// The body that was sent is missing.
    #[error("is missing, though the request had a body; --allow-partial takes it without")]
    Unavailable,
    /// A form's parameters are given, and the header names no boundary to write them with.
    #[error("is a form without a boundary in its Content-Type header")]
    NoBoundary,
    /// The input names a file, and reading files was not allowed.
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
        /// The column within the line.
        column: usize,
    },
    /// The document ends in the middle.
    #[error("not JSON: ends in the middle")]
    Unfinished,
    /// The document is not UTF-8.
    #[error("not UTF-8 at byte {offset}")]
    NotUtf8 {
        /// The number of bytes before the offending one.
        offset: usize,
    },
    /// The document is longer than the pipe takes.
    #[error("longer than {limit} MiB")]
    TooLong {
        /// The limit in MiB.
        limit: usize,
    },
    /// An entry of a HAR file that is no HTTP request. It is counted and is no failure.
    #[error("is no HTTP request but {kind}")]
    LeftOut {
        /// The scheme with its colon, or the method.
        kind: &'static str,
    },
    /// The document has none of the formats that are read.
    #[error("not a request in any known format; --from NAME says which one it is")]
    UnknownShape,
    /// The document has no scheme where a URL has one.
    #[error("not a request in any known format; if it is a URL, write https:// in front")]
    NoScheme,
    /// The document is code in another language.
    #[error("is {what}; copy the request as cURL (bash)")]
    Foreign {
        /// The language.
        what: &'static str,
    },
    /// The input is in an encoding that is not read.
    #[error("{what}")]
    Encoded {
        /// The encoding, and a command that makes it readable.
        what: &'static str,
    },
    /// The document does not have the format that it should.
    #[error("not {format}")]
    NotFormat {
        /// The format's name, and after a colon what is missing.
        format: &'static str,
    },
    /// A field of a request is wrong.
    #[error("{field}: {problem}")]
    Request {
        /// The field.
        field: Field,
        /// The problem with it.
        problem: Problem,
    },
    /// A URL is wrong.
    #[error("\"{start}\" {problem}")]
    Url {
        /// The start of the URL, without userinfo, query and control characters.
        start: String,
        /// The problem with it.
        problem: Problem,
    },
    /// A problem in one of several requests of a document.
    #[error("{part} {index}: {source}")]
    Part {
        /// The name of a part of such a document: `entry`, `item`.
        part: &'static str,
        /// The part's number, counted from 1.
        index: usize,
        /// The problem.
        source: Box<Error>,
    },
    /// A value in a document that is not what it should be.
    #[error("{place}{}{problem}", if .place.is_empty() { "the document " } else { ": " })]
    Place {
        /// The value's place: `item[0].request.url`, `users/get.request.yaml: line 7`.
        place: String,
        /// The problem with it.
        problem: String,
    },
    /// A problem with the authorization that one line asks for. Other lines ask for their own.
    #[error("{source}")]
    OfLine {
        /// The problem.
        source: Box<Error>,
    },
    /// A `curl` command line that cannot be read.
    #[error("curl command: {0}")]
    Curl(String),
    /// A `{{name}}` in a part of a request cannot be replaced.
    #[error("{field}: {problem}")]
    Variable {
        /// The part.
        field: Field,
        /// The problem.
        problem: VariableProblem,
    },
    /// A scheme cannot sign this request.
    #[error("{scheme}: {problem}")]
    Auth {
        /// The scheme's name.
        scheme: &'static str,
        /// The problem.
        problem: AuthProblem,
    },
    /// A secret reference cannot be followed.
    #[error("{option}: {problem}")]
    Secret {
        /// The option or variable that holds the reference.
        option: String,
        /// The reason.
        problem: String,
    },
    /// A secret should be asked for, and there is no terminal to ask on.
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
        /// The file.
        path: PathBuf,
        /// The reason.
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
    /// The server refused.
    #[error("{0}")]
    Refused(String),
    /// A person is needed, and there is no terminal or browser to ask at.
    #[error("{0}")]
    NeedsPerson(String),
    /// The system's random number generator failed.
    #[error("no randomness: {0}")]
    NoRandomness(String),
    /// The operation failed for another reason.
    #[error("{0}")]
    Failed(String),
}

/// The reason why `{{name}}` cannot be replaced. Messages name variables and never show a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VariableProblem {
    /// Nothing defines the name.
    #[error("{{{{{name}}}}} is not defined{}: looked at {}", hinted(.hint.as_deref()), searched(.scopes))]
    Unknown {
        /// The name.
        name: String,
        /// A name that is defined and that may be meant.
        hint: Option<String>,
        /// The scopes that were searched, in order.
        scopes: Vec<String>,
    },
    /// The value of a variable leads back to the variable.
    #[error("the values of variables go round in a circle: {}", .names.join(" -> "))]
    Circle {
        /// The names, the first one again at the end.
        names: Vec<String>,
    },
    /// Values are nested too deeply.
    #[error("values of variables are nested more than {limit} deep")]
    TooDeep {
        /// The limit.
        limit: usize,
    },
    /// Values make a request too long.
    #[error("variables make the request more than {} MiB longer", .limit >> 20)]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
}

fn hinted(hint: Option<&str>) -> String {
    hint.map(|name| format!(", but {{{{{name}}}}} is")).unwrap_or_default()
}

fn searched(scopes: &[String]) -> String {
    if scopes.is_empty() { "dynamic names alone".to_owned() } else { scopes.join(", ") }
}

/// The reason why a scheme cannot sign.
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
        /// True if the line has an `_auth` of the scheme, so that only this line is incomplete.
        in_line: bool,
    },
    /// A parameter is missing from the line, and the user's own is not for the line's host.
    #[error("{key} is missing in _auth; what you have of it goes only to hosts that --credentials-for names")]
    Withheld {
        /// The key of the `_auth` object.
        key: &'static str,
    },
    /// A parameter has a value that the scheme does not know.
    #[error("{key} is {problem}")]
    Parameter {
        /// The key of the `_auth` object.
        key: &'static str,
        /// The problem, without the value.
        problem: String,
        /// True if the value is the line's own, so that only this line is wrong.
        in_line: bool,
    },
    /// The `_auth` object has no usable `type`.
    #[error("has no type that is known")]
    UnknownType,
    /// No credentials were found anywhere.
    #[error("no credentials: looked at {}", .looked_at.join(", "))]
    NoCredentials {
        /// The places in the order in which they were searched.
        looked_at: Vec<String>,
    },
    /// Credentials that another program or service keeps are not available.
    #[error("{problem}")]
    Credentials {
        /// The exit code of a tool that needs them.
        exit: Exit,
        /// The place, and what to do next.
        problem: String,
    },
    /// The request has something that the scheme cannot sign.
    #[error("{0}")]
    Unsignable(String),
}

impl Error {
    /// Returns the error for a field of a request.
    #[must_use]
    pub const fn request(field: Field, problem: Problem) -> Self {
        Self::Request { field, problem }
    }

    /// Returns the problem itself, without the part of the document that it is in.
    #[must_use]
    pub fn innermost(&self) -> &Self {
        match self {
            Self::Part { source, .. } | Self::OfLine { source } => source.innermost(),
            other => other,
        }
    }

    /// Returns the exit code that this error alone would end a tool with.
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
            // The command line and the configuration are not at fault.
            Self::OfLine { source } => match source.exit() {
                Exit::Usage => Exit::Failed,
                exit => exit,
            },
            _ => Exit::Failed,
        }
    }

    /// Returns true if every later line would fail for the same reason, so that going on makes no sense.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        match self {
            // Another line may be for another server.
            Self::Network(_) | Self::Refused(_) | Self::OfLine { .. } => false,
            Self::Write(_) | Self::Read(_) => true,
            // A wrong option or a missing secret or person concerns every line; other failures are those of one
            // request.
            _ => self.exit() != Exit::Failed,
        }
    }
}

/// Takes the JSON parser's words, without the line number: a document may begin on any line of the input.
impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        if error.is_eof() {
            return Self::Unfinished;
        }
        let (line, column) = (error.line(), error.column());
        let mut problem = error.to_string();
        // The parser appends the place to its words. If it ever words that differently, the place is shown twice.
        if let Some(words) = problem.strip_suffix(&format!(" at line {line} column {column}")) {
            problem.truncate(words.len());
        }
        Self::Json { problem, column }
    }
}
