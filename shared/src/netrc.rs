//! `.netrc`: a password for each machine, as curl and ftp read it (the GNU Inetutils manual, "The .netrc file").

use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::places;
use crate::secret::Secret;
use crate::slice::Slice as _;
use crate::url::{Url, unbracketed};

/// The entries of a file, in order.
#[derive(Debug)]
pub struct Netrc {
    path: PathBuf,
    entries: Vec<Entry>,
}

/// The login of one machine.
#[derive(Debug, Default)]
pub struct Entry {
    /// The machine's name; `None` is `default`, every machine that no entry before it names.
    machine: Option<String>,
    /// The user name.
    pub login: Option<String>,
    /// The password, or a token.
    pub password: Option<Secret>,
}

impl Netrc {
    /// Returns the path of the file that `NETRC` names, else of `.netrc` (on Windows `_netrc` too) in the home folder.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if `NETRC` is unset and the home folder has no such file.
    pub fn usual_path() -> Result<PathBuf, Error> {
        if let Some(path) = std::env::var_os("NETRC").filter(|path| !path.is_empty()) {
            return Ok(path.into());
        }
        let names: &[&str] = if cfg!(windows) { &[".netrc", "_netrc"] } else { &[".netrc"] };
        let home = std::env::home_dir();
        let paths = home.iter().flat_map(|home| names.iter().map(|name| home.join(name)));
        let found = paths.into_iter().find(|path| path.exists());
        found.ok_or_else(|| Error::Usage("--netrc: there is no ~/.netrc; --netrc-file names another".to_owned()))
    }

    /// Reads a file.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the file cannot be read, and [`Error::Usage`] if it breaks off in the middle of a token.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let text = places::read_credentials(path)?;
        let entries = parse(&text).map_err(|problem| Error::Usage(format!("{}: {problem}", path.display())))?;
        Ok(Self { path: path.to_owned(), entries })
    }

    /// Returns the path that the file was read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns the first entry for the URL's host; if a login is given, the first that has this login.
    #[must_use]
    pub fn find(&self, url: &Url<'_>, login: Option<&str>) -> Option<&Entry> {
        // The file has IPv6 addresses without brackets, and names in other scripts either as they are or as `xn--`.
        let host = unbracketed(url.host());
        let ascii = url.ascii_host();
        let is_for = |machine: &str| machine.eq_ignore_ascii_case(host) || machine.eq_ignore_ascii_case(&ascii);
        self.entries.iter().find(|entry| {
            entry.machine.as_deref().is_none_or(is_for) && (login.is_none() || entry.login.as_deref() == login)
        })
    }
}

fn parse(text: &str) -> Result<Vec<Entry>, String> {
    let mut tokens = Tokens { text, line: 1 };
    let mut entries: Vec<Entry> = Vec::new();
    while let Some(keyword) = tokens.next()? {
        match keyword.as_str() {
            "machine" => entries.push(Entry { machine: Some(tokens.value("machine")?), ..Entry::default() }),
            "default" => entries.push(Entry::default()),
            // The lines of a macro may hold the word `machine`, which must not count as an entry.
            "macdef" => tokens.skip_macro(),
            "login" | "password" | "account" => {
                let value = zeroize::Zeroizing::new(tokens.value(&keyword)?);
                match (entries.last_mut(), keyword.as_str()) {
                    (Some(entry), "login") => entry.login = Some(value.to_string()),
                    (Some(entry), "password") => entry.password = Some(Secret::new(value.as_str())),
                    // An account is FTP's, and a value before the first machine belongs to nobody.
                    _ => {}
                }
            }
            // Unknown words are passed over, as curl does.
            _ => {}
        }
    }
    Ok(entries)
}

/// The kind of the token that comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Keyword,
    Value,
}

struct Tokens<'t> {
    text: &'t str,
    line: usize,
}

impl Tokens<'_> {
    /// Returns the next token: a word, or text in double quotes with `\"`, `\\`, `\n`, `\r` and `\t`.
    fn next(&mut self) -> Result<Option<String>, String> {
        self.skip_blanks(Next::Keyword);
        self.token()
    }

    fn token(&mut self) -> Result<Option<String>, String> {
        match self.text.chars().next() {
            None => Ok(None),
            Some('"') => self.quoted().map(Some),
            Some(_) => {
                let end = self.text.find(|c: char| c.is_ascii_whitespace()).unwrap_or(self.text.len());
                let (word, rest) = self.text.split_at(end);
                self.text = rest;
                Ok(Some(word.to_owned()))
            }
        }
    }

    fn value(&mut self, keyword: &str) -> Result<String, String> {
        let line = self.line;
        self.skip_blanks(Next::Value);
        self.token()?.ok_or_else(|| format!("line {line}: {keyword} has no value"))
    }

    fn quoted(&mut self) -> Result<String, String> {
        let mut out = String::new();
        let mut characters = self.text.char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.text = self.text.part(at + 1..);
                    return Ok(out);
                }
                '\\' => match characters.next() {
                    Some((_, 'n')) => out.push('\n'),
                    Some((_, 'r')) => out.push('\r'),
                    Some((_, 't')) => out.push('\t'),
                    Some((_, other)) => out.push(other),
                    None => break,
                },
                // A quote that is not closed must not swallow the entries below it.
                '\n' => break,
                other => out.push(other),
            }
        }
        Err(format!("line {}: a quote is not closed", self.line))
    }

    /// Skips white space and comments. Where a keyword is expected, `#` begins a comment, as for curl and Python. Where a
    /// value is, it does so at the start of a line only: a password may begin with `#`, as Python and ftp have it.
    fn skip_blanks(&mut self, next: Next) {
        let mut is_line_start = next == Next::Keyword;
        loop {
            match self.text.chars().next() {
                Some('\n') => {
                    self.line += 1;
                    is_line_start = true;
                    self.text = self.text.part(1..);
                }
                Some(c) if c.is_ascii_whitespace() => self.text = self.text.part(1..),
                Some('#') if is_line_start => {
                    let end = self.text.find('\n').unwrap_or(self.text.len());
                    self.text = self.text.part(end..);
                }
                _ => return,
            }
        }
    }

    /// Skips a macro, which ends at the first empty line.
    fn skip_macro(&mut self) {
        // The second form is the empty line of a file with Windows' line ends. Both are looked for at once, so that no
        // text is looked at again for the next macro.
        let bytes = self.text.as_bytes();
        let is_end = |at: &usize| bytes.get(at + 1..).is_some_and(|b| b.starts_with(b"\n") || b.starts_with(b"\r\n"));
        let end = memchr::memchr_iter(b'\n', bytes).find(is_end);
        let (skipped, rest) = self.text.split_at(end.unwrap_or(self.text.len()));
        self.line += skipped.matches('\n').count();
        self.text = rest;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn find(text: &str, url: &str, login: Option<&str>) -> Option<(Option<String>, Option<String>)> {
        let netrc = Netrc { path: PathBuf::new(), entries: parse(text).unwrap() };
        let (url, _) = Url::parse(url.into()).unwrap();
        let password = |entry: &Entry| entry.password.as_ref().map(|secret| secret.expose().to_owned());
        netrc.find(&url, login).map(|entry| (entry.login.clone(), password(entry)))
    }

    fn some(login: &str, password: &str) -> Option<(Option<String>, Option<String>)> {
        Some((Some(login.to_owned()), Some(password.to_owned())))
    }

    const FILE: &str = "# machine api.example login no password no\nmachine api.example\n\tlogin alice\n\tpassword p#1\n\
        machine api.example login bob password \"two \\\"words\\\"\"\nmacdef init\nmachine evil login x password y\n\n\
        machine ::1 login six password 6\ndefault login any password last\nmachine late login l password l\n";

    #[test]
    fn the_first_entry_of_a_host_counts_and_its_case_does_not() {
        assert_eq!(find(FILE, "https://API.example:8443/x", None), some("alice", "p#1"));
    }

    #[test]
    fn a_login_picks_its_own_entry() {
        assert_eq!(find(FILE, "https://api.example/", Some("bob")), some("bob", "two \"words\""));
        assert_eq!(find(FILE, "https://api.example/", Some("eve")), None);
    }

    #[test]
    fn default_is_for_every_other_host_and_ends_the_search() {
        assert_eq!(find(FILE, "http://other/", None), some("any", "last"));
        assert_eq!(find(FILE, "http://late/", None), some("any", "last"));
        assert_eq!(find(FILE, "http://evil/", None), some("any", "last"));
    }

    #[test]
    fn a_comment_goes_from_where_a_keyword_may_be_to_the_end_of_the_line() {
        for (text, expected) in [
            ("machine h login a password b # login x password y\n", some("a", "b")),
            ("machine h # login x\nlogin a # password y\npassword b\n", some("a", "b")),
            ("  # machine h login x password y\nmachine h login a password b", some("a", "b")),
            ("#machine h login x password y\nmachine h login a\n  #password y\npassword b", some("a", "b")),
            ("machine h login a password #b", some("a", "#b")),
            ("machine h login #a password b#c # d\n", some("#a", "b#c")),
            ("\nmachine h login #a password\n# c\n #d\n b", some("#a", "b")),
        ] {
            assert_eq!(find(text, "http://h/", None), expected, "{text}");
        }
    }

    #[test]
    fn an_address_is_written_without_brackets() {
        assert_eq!(find(FILE, "http://[::1]:80/", None), some("six", "6"));
    }

    #[test]
    fn a_file_that_breaks_off_is_an_error_that_quotes_nothing() {
        assert_eq!(parse("machine m\nlogin a password").unwrap_err(), "line 2: password has no value");
        assert_eq!(parse("machine m password \"open").unwrap_err(), "line 1: a quote is not closed");
        assert_eq!(parse("machine m password \"open\n\"").unwrap_err(), "line 1: a quote is not closed");
    }
}
