//! The options of a command up to the next `--next`, read into one group.

use crate::error::{Error, Field};
use crate::multipart::Part;
use crate::slice::Slice as _;

use super::data::{self, Sources};
use super::options::{self, Arity, Data, Meaning};

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
    let mut words = words.iter();
    let mut only_urls = false;
    while let Some(word) = words.next() {
        let Some(group) = groups.last_mut() else { break };
        match word.as_slice() {
            [b'-', b'-'] if !only_urls => only_urls = true,
            [b'-', b'-', name @ ..] if !only_urls => {
                let name = text(name)?;
                let meaning = options::long(&name)?;
                let value = value_of(meaning, || words.next().cloned(), &format!("--{name}"))?;
                match meaning {
                    Meaning::Next => groups.push(Group::default()),
                    _ => group.take(meaning, &format!("--{name}"), value, sources)?,
                }
            }
            [b'-', letters @ ..] if !only_urls && !letters.is_empty() => {
                if group.letters(&text(letters)?, &mut words, sources)? == After::NewGroup {
                    groups.push(Group::default());
                }
            }
            _ => group.urls.push(text(word)?),
        }
    }
    Ok(groups)
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

/// Returns a word as text. If it is not UTF-8, each byte becomes the character of that number, as in captured headers.
fn text(word: &[u8]) -> Result<String, Error> {
    let text = match std::str::from_utf8(word) {
        Ok(text) => text.to_owned(),
        Err(_) => word.iter().map(|byte| char::from(*byte)).collect(),
    };
    if text.contains('\0') {
        Err(Error::Curl("a word has a NUL, which no argument can hold".to_owned()))
    } else {
        Ok(text)
    }
}

impl Group {
    /// Reads letters such as `-sSLXPOST`; after the first one that takes a value comes the value.
    fn letters(
        &mut self,
        letters: &str,
        words: &mut std::slice::Iter<'_, Vec<u8>>,
        sources: &mut Sources,
    ) -> Result<After, Error> {
        let mut rest = letters;
        for letter in letters.chars() {
            rest = rest.part(letter.len_utf8()..);
            let name = format!("-{letter}");
            let meaning = options::short(letter)?;
            if meaning == Meaning::Next {
                return Ok(After::NewGroup);
            }
            let has_value = meaning.arity() == Arity::Value;
            // The rest is copied only as a value: a word may have thousands of letters.
            let next = || if rest.is_empty() { words.next().cloned() } else { Some(rest.as_bytes().to_vec()) };
            let value = value_of(meaning, next, &name)?;
            self.take(meaning, &name, value, sources)?;
            if has_value {
                break;
            }
        }
        Ok(After::SameGroup)
    }

    fn take(&mut self, meaning: Meaning, name: &str, value: Vec<u8>, sources: &mut Sources) -> Result<(), Error> {
        match meaning {
            Meaning::Url => self.urls.push(text(&value)?),
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
            Meaning::Next | Meaning::Nothing(_) => {}
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
