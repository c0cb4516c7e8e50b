//! `credential_process`: a program that prints credentials
//! (docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html).

use std::io::Read as _;
use std::process::{Command, Stdio};

use zeroize::Zeroizing;

use crate::error::Error;
use crate::secret::Secret;

use super::credentials::{Credentials, fail, time};

/// The largest output that is read, in bytes.
const LIMIT: u64 = 1 << 20;

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Answer {
    version: u32,
    access_key_id: String,
    secret_access_key: String,
    session_token: Option<String>,
    expiration: Option<String>,
}

/// Runs the program, without a shell, and parses the credentials that it prints.
///
/// # Errors
/// Returns [`Error::Auth`] if the program cannot be run, fails, or prints something else.
pub(super) fn run(profile: &str, line: &str) -> Result<Credentials, Error> {
    let at = |problem: String| fail(format!("profile {profile}: credential_process {problem}"));
    let words = words(line).ok_or_else(|| at("has a quote or a backslash without its end".to_owned()))?;
    let (program, arguments) = words.split_first().ok_or_else(|| at("is empty".to_owned()))?;
    let output = output(program, arguments).map_err(at)?;
    // The message has neither the parser's words nor the output, since both could hold the secret.
    let answer: Answer = serde_json::from_str(&output)
        .map_err(|_| at("did not print JSON with Version, AccessKeyId and SecretAccessKey".to_owned()))?;
    if answer.version != 1 {
        return Err(at("printed another Version than 1".to_owned()));
    }
    let expires = match answer.expiration {
        Some(text) => {
            Some(time(&text).ok_or_else(|| at("printed an Expiration that is not an RFC 3339 time".to_owned()))?)
        }
        None => None,
    };
    Ok(Credentials {
        access_key: answer.access_key_id,
        secret_key: Secret::new(answer.secret_access_key),
        session_token: answer.session_token.map(Secret::new),
        expires,
    })
}

fn output(program: &str, arguments: &[String]) -> Result<Zeroizing<String>, String> {
    let mut child = Command::new(program)
        .args(arguments)
        // The program must not read standard input, which is our stream of requests.
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| format!("cannot be started: {error}"))?;
    let mut text = Zeroizing::new(String::new());
    let read = child.stdout.take().map(|stdout| stdout.take(LIMIT + 1).read_to_string(&mut text));
    if text.len() as u64 > LIMIT {
        // A program that nobody reads any more might never end. If it has ended already, there is nothing to kill.
        let _ = child.kill();
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    match read {
        _ if text.len() as u64 > LIMIT => Err("printed over 1 MiB".to_owned()),
        _ if !status.success() => Err(format!("ended with {status}")),
        Some(Err(_)) => Err("printed bytes that are not UTF-8".to_owned()),
        _ => Ok(text),
    }
}

/// Splits a line into words as a POSIX shell does (XCU section 2.2) and expands nothing. Returns `None` if a quote is open.
#[cfg(not(windows))]
fn words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_whitespace() {
            words.extend(word.take());
            continue;
        }
        let word = word.get_or_insert_default();
        match c {
            '\\' => word.push(chars.next()?),
            '\'' => loop {
                match chars.next()? {
                    '\'' => break,
                    c => word.push(c),
                }
            },
            '"' => loop {
                match chars.next()? {
                    '"' => break,
                    '\\' if matches!(chars.peek(), Some('"' | '\\')) => word.extend(chars.next()),
                    c => word.push(c),
                }
            },
            c => word.push(c),
        }
    }
    words.extend(word);
    Some(words)
}

/// Splits a line into words as Windows programs do: double quotes hold words together, and a backslash escapes only a
/// double quote (learn.microsoft.com, "Parsing C command-line arguments"). Returns `None` if a quote is open.
#[cfg(any(windows, test))]
#[cfg_attr(test, allow(dead_code))]
fn windows_words(line: &str) -> Option<Vec<String>> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut is_quoted = false;
    let mut backslashes = 0;
    for c in line.chars() {
        if c == '\\' {
            backslashes += 1;
            continue;
        }
        let is_escaped = c == '"' && backslashes % 2 == 1;
        if backslashes > 0 {
            let kept = if c == '"' { backslashes / 2 } else { backslashes };
            word.get_or_insert_default().extend(std::iter::repeat_n('\\', kept));
            backslashes = 0;
        }
        match c {
            '"' if !is_escaped => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            ' ' | '\t' if !is_quoted => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    if backslashes > 0 {
        word.get_or_insert_default().extend(std::iter::repeat_n('\\', backslashes));
    }
    words.extend(word);
    (!is_quoted).then_some(words)
}

#[cfg(windows)]
use windows_words as words;

#[cfg(test)]
mod tests {
    use super::*;

    fn owned(words: &[&str]) -> Option<Vec<String>> {
        Some(words.iter().map(|word| (*word).to_owned()).collect())
    }

    #[test]
    #[cfg(not(windows))]
    fn quotes_hold_words_together_and_nothing_is_expanded() {
        assert_eq!(words(r#"/bin/a  "b c" 'd "e"' f\ g """#), owned(&["/bin/a", "b c", "d \"e\"", "f g", ""]));
        assert_eq!(words("p $(x) `y` $HOME; rm * > z"), owned(&["p", "$(x)", "`y`", "$HOME;", "rm", "*", ">", "z"]));
        assert_eq!(words(r#"p "a\"b\\c\d""#), owned(&["p", r#"a"b\c\d"#]));
        assert_eq!((words("p 'open"), words("p \"open"), words("p \\")), (None, None, None));
    }

    #[test]
    fn backslashes_of_windows_paths_stay() {
        assert_eq!(
            windows_words(r#""C:\Program Files\p.exe" -x C:\a\ "q\"r""#),
            owned(&["C:\\Program Files\\p.exe", "-x", "C:\\a\\", "q\"r"])
        );
        assert_eq!(windows_words("\"open"), None);
    }
}
