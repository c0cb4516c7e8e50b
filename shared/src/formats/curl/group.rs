//! The options of a command up to the next `--next`, read into one group.

use crate::error::{Error, Field};
use crate::formats::reading::Files;
use crate::multipart::Part;
use crate::slice::Slice as _;

use super::config_file;
use super::data::{self, Sources};
use super::options::{self, Arity, Data, Meaning, Scheme};

/// The values of one group of options.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) urls: Vec<String>,
    /// `-T`, one for each URL in turn.
    pub(super) uploads: Vec<Vec<u8>>,
    pub(super) url_query: Vec<String>,
    pub(super) protocol: Option<String>,
    pub(super) method: Option<String>,
    pub(super) target: Option<String>,
    /// `-H`, as given.
    pub(super) headers: Vec<String>,
    pub(super) user_agent: Option<String>,
    pub(super) referer: Option<String>,
    pub(super) cookies: Vec<String>,
    pub(super) range: Option<String>,
    pub(super) user: Option<String>,
    pub(super) bearer: Option<String>,
    /// The scheme that the user is for.
    pub(super) scheme: Scheme,
    /// `--aws-sigv4`
    pub(super) sigv4: Option<String>,
    pub(super) data: Option<Vec<u8>>,
    pub(super) is_json: bool,
    pub(super) form: Vec<Part>,
    pub(super) is_get: bool,
    pub(super) is_head: bool,
    pub(super) globoff: bool,
    pub(super) path_as_is: bool,
}

/// Reads the words after `curl`.
///
/// # Errors
/// Returns [`Error::Curl`] if an option is not known, changes the request in a way that is not supported, or has no value,
/// and the error of [`Sources::read`] if a file cannot be read.
pub(super) fn groups(words: &[Vec<u8>], sources: &mut Sources) -> Result<Vec<Group>, Error> {
    let mut groups = vec![Group::default()];
    let mut words = Words::new(words);
    let mut only_urls = false;
    while let Some(word) = words.next() {
        let Some(group) = groups.last_mut() else { break };
        let after = match word.as_slice() {
            [b'-', b'-'] if !only_urls => {
                only_urls = true;
                After::SameGroup
            }
            [b'-', b'-', name @ ..] if !only_urls => group.long(name, &mut words, sources)?,
            [b'-', letters @ ..] if !only_urls && !letters.is_empty() => {
                group.letters(&text(letters)?, &mut words, sources)?
            }
            _ => {
                group.add_urls(&word, sources)?;
                After::SameGroup
            }
        };
        if after == After::NewGroup {
            groups.push(Group::default());
        }
    }
    Ok(groups)
}

/// The most config files of one command. A config may name itself.
const CONFIGS: usize = 64;

/// The words that have not been read, the next one last.
struct Words {
    words: Vec<Vec<u8>>,
    configs: usize,
}

impl Words {
    fn new(words: &[Vec<u8>]) -> Self {
        Self { words: words.iter().rev().cloned().collect(), configs: 0 }
    }

    fn next(&mut self) -> Option<Vec<u8>> {
        self.words.pop()
    }

    /// Puts the words of a config file before the others.
    fn insert_config(&mut self, name: &[u8], sources: &mut Sources) -> Result<(), Error> {
        self.configs += 1;
        if self.configs > CONFIGS {
            return Err(Error::Curl(format!("-K names more than {CONFIGS} files")));
        }
        if sources.files == Files::Refused && name != b"-" {
            return Err(Error::Curl("-K names a file; --allow-files lets it be read".to_owned()));
        }
        let content = sources.read(name, Field::Headers)?;
        self.words.extend(config_file::words(&content)?.into_iter().rev());
        Ok(())
    }
}

/// The group that follows a word of letters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    SameGroup,
    NewGroup,
}

fn value_of(meaning: Meaning, next: impl FnOnce() -> Option<Vec<u8>>, name: &str) -> Result<Vec<u8>, Error> {
    match meaning.arity() {
        Arity::Switch => Ok(Vec::new()),
        Arity::Value => next().ok_or_else(|| Error::Curl(format!("option {name} has no value"))),
    }
}

/// Returns a word as text.
fn text(word: &[u8]) -> Result<String, Error> {
    let text = std::str::from_utf8(word).map_err(|_| {
        Error::Curl("has bytes that are not UTF-8 outside the data; a line can hold them in the body alone".to_owned())
    })?;
    if text.contains('\0') {
        return Err(Error::Curl("a word has a NUL, which no argument can hold".to_owned()));
    }
    Ok(text.to_owned())
}

/// Returns a word as a URL. Bytes of the path that are not UTF-8 are escaped, as curl does.
fn url(word: &[u8]) -> Result<String, Error> {
    let path = word.split(|byte| matches!(byte, b'?' | b'#')).next().unwrap_or_default();
    if std::str::from_utf8(path).is_ok() {
        return text(word);
    }
    let mut escaped = Vec::with_capacity(word.len());
    for byte in path {
        match byte {
            0x80.. => escaped.extend_from_slice(format!("%{byte:02x}").as_bytes()),
            _ => escaped.push(*byte),
        }
    }
    escaped.extend_from_slice(word.part(path.len()..));
    text(&escaped)
}

impl Group {
    /// Reads an option by its long name, whose value may follow behind `=`.
    fn long(&mut self, option: &[u8], words: &mut Words, sources: &mut Sources) -> Result<After, Error> {
        let mut parts = option.splitn(2, |byte| *byte == b'=');
        let name = text(parts.next().unwrap_or_default())?;
        let given = parts.next();
        let meaning = options::long(&name)?;
        let name = format!("--{name}");
        let value = match (given, meaning.arity()) {
            (Some(value), Arity::Value) => value.to_vec(),
            (Some(_), Arity::Switch) if !matches!(meaning, Meaning::Refused(_)) => {
                return Err(Error::Curl(format!("option {name} takes no value")));
            }
            _ => value_of(meaning, || words.next(), &name)?,
        };
        self.after(meaning, &name, value, (words, sources))
    }

    fn after(
        &mut self,
        meaning: Meaning,
        name: &str,
        value: Vec<u8>,
        (words, sources): (&mut Words, &mut Sources),
    ) -> Result<After, Error> {
        match meaning {
            Meaning::Next => return Ok(After::NewGroup),
            Meaning::Config => words.insert_config(&value, sources)?,
            _ => self.take(meaning, name, value, sources)?,
        }
        Ok(After::SameGroup)
    }

    /// Adds a URL, or those of a file that `@` names: one a line.
    fn add_urls(&mut self, value: &[u8], sources: &mut Sources) -> Result<(), Error> {
        let Some(file) = value.strip_prefix(b"@") else {
            self.urls.push(url(value)?);
            return Ok(());
        };
        let content = sources.read(file, Field::Url)?;
        for line in content.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii) {
            if !line.is_empty() && !line.starts_with(b"#") {
                self.urls.push(url(line)?);
            }
        }
        Ok(())
    }

    /// Reads letters such as `-sSLXPOST`; after the first one that takes a value comes the value.
    fn letters(&mut self, letters: &str, words: &mut Words, sources: &mut Sources) -> Result<After, Error> {
        let mut rest = letters;
        for letter in letters.chars() {
            rest = rest.part(letter.len_utf8()..);
            let name = format!("-{letter}");
            let meaning = options::short(letter)?;
            let has_value = meaning.arity() == Arity::Value;
            // The rest is copied only as a value: a word may have thousands of letters.
            let next = || if rest.is_empty() { words.next() } else { Some(rest.as_bytes().to_vec()) };
            let value = value_of(meaning, next, &name)?;
            if self.after(meaning, &name, value, (words, sources))? == After::NewGroup {
                return Ok(After::NewGroup);
            }
            if has_value {
                break;
            }
        }
        Ok(After::SameGroup)
    }

    fn take(&mut self, meaning: Meaning, name: &str, value: Vec<u8>, sources: &mut Sources) -> Result<(), Error> {
        match meaning {
            Meaning::Url => self.add_urls(&value, sources)?,
            Meaning::UrlQuery => self.url_query.push(match value.strip_prefix(b"+") {
                Some(raw) => text(raw)?,
                None => data::url_encoded(&value, sources)?,
            }),
            Meaning::ProtoDefault => self.protocol = Some(text(&value)?),
            Meaning::Request => self.method = Some(text(&value)?),
            Meaning::RequestTarget => self.target = Some(text(&value)?),
            Meaning::Header => self.add_headers(&value, sources)?,
            Meaning::UserAgent => self.user_agent = Some(text(&value)?),
            Meaning::Referer => self.referer = Some(text(&value)?),
            Meaning::Cookie => self.cookies.push(text(&value)?),
            Meaning::Range => self.range = Some(text(&value)?),
            Meaning::User => self.user = Some(text(&value)?),
            Meaning::Bearer => self.bearer = Some(text(&value)?),
            Meaning::Data(kind) => self.add_data(kind, &value, sources)?,
            Meaning::Form => self.form.push(Part::parse(&value, sources)?),
            Meaning::FormString => self.form.push(Part::literal(&value)?),
            Meaning::Upload => self.uploads.push(value),
            Meaning::Get => self.is_get = true,
            Meaning::Head => self.is_head = true,
            Meaning::Globoff => self.globoff = true,
            Meaning::PathAsIs => self.path_as_is = true,
            Meaning::Scheme(scheme) => self.scheme = scheme,
            Meaning::SigV4 => self.sigv4 = Some(text(&value)?),
            Meaning::ContinueAt if value.iter().all(u8::is_ascii_digit) && !value.is_empty() => {
                self.range = Some(format!("{}-", text(&value)?));
            }
            Meaning::ContinueAt => {
                return Err(Error::Curl(format!(
                    "option {name} is not taken: it adds a header that depends on a file"
                )));
            }
            Meaning::Nothing(_) => sources.pass_over(name),
            Meaning::Next | Meaning::Config => {}
            Meaning::Refused(why) => return Err(Error::Curl(format!("option {name} is not taken: it {why}"))),
        }
        Ok(())
    }

    /// Adds one header, or with `@file` each line of the file.
    fn add_headers(&mut self, value: &[u8], sources: &mut Sources) -> Result<(), Error> {
        let Some(file) = value.strip_prefix(b"@") else {
            self.headers.push(text(value)?);
            return Ok(());
        };
        let content = sources.read(file, Field::Headers)?;
        for line in content.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.is_empty() && !line.starts_with(b"#") {
                self.headers.push(text(line)?);
            }
        }
        Ok(())
    }

    /// Appends data: with `&` between two pieces, JSON without anything between them, as curl does.
    fn add_data(&mut self, kind: Data, value: &[u8], sources: &mut Sources) -> Result<(), Error> {
        let bytes = data::bytes(kind, value, sources)?;
        self.is_json |= kind == Data::Json;
        match &mut self.data {
            None => self.data = Some(bytes),
            Some(data) => {
                if kind != Data::Json && !data.is_empty() {
                    data.push(b'&');
                }
                data.extend_from_slice(&bytes);
            }
        }
        Ok(())
    }
}
