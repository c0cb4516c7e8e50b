//! The answer as a person pastes it: the address that the browser ended at, or the code alone.

use countersign_shared::error::Error;

use crate::callback::{self, Answer, Bare, Expected};

/// The limit in bytes of a pasted line.
const LONGEST: usize = 64 << 10;

/// Reads a pasted text: an address, its query and its fragment being the answer; `code=CODE`; `CODE#STATE`; or the code alone,
/// which some servers show on a page, where nothing else but PKCE or the verifier of OAuth 1.0a binds it to the request.
///
/// # Errors
/// Returns [`Error::Failed`] if the text has no answer in it.
pub(crate) fn read(text: &str, expected: &Expected) -> Result<Answer, Error> {
    let text = unquoted(text);
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let is_address = text.contains("://") || text.contains('?');
    match expected {
        Expected::Token(token) if !text.is_empty() && !text.contains(['?', '#', '=']) => {
            return Ok([pair("oauth_token", token), pair("oauth_verifier", text)].into());
        }
        Expected::State(state, bare) if !is_address && !text.is_empty() && !text.contains(char::is_whitespace) => {
            if let Some(answer) = of_code(text, state, *bare) {
                return Ok(answer);
            }
        }
        _ => {}
    }
    let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
    let query = rest.split_once('?').map_or("", |(_, query)| query);
    let mut answer = callback::parse(query);
    // The implicit grant answers in the fragment. A person who pastes does not know which part counts.
    answer.extend(callback::parse(fragment));
    if answer.is_empty() {
        return Err(Error::Failed(
            "the pasted text is not an address with an answer in it: paste all of the browser's address bar".to_owned(),
        ));
    }
    Ok(answer)
}

/// Reads a code that is no part of an address.
fn of_code(text: &str, state: &str, bare: Bare) -> Option<Answer> {
    let whole = callback::parse(text);
    if ["code", "error", "access_token"].iter().any(|name| whole.contains_key(*name)) && text.contains('=') {
        let mut answer = whole;
        if bare == Bare::Taken && !answer.contains_key("state") {
            answer.insert("state".to_owned(), state.to_owned());
        }
        return Some(answer);
    }
    let (code, stated) = match text.split_once('#') {
        Some((code, stated)) => (code, stated),
        None if bare == Bare::Taken => (text, state),
        None => return None,
    };
    let is_code = !code.is_empty() && !code.contains('&');
    is_code.then(|| [("code", code), ("state", stated)].map(|(name, value)| (name.to_owned(), value.to_owned())).into())
}

/// Returns a text without the quotes and the brackets that it was copied with.
fn unquoted(text: &str) -> &str {
    const PAIRS: [(char, char); 6] = [('"', '"'), ('\'', '\''), ('<', '>'), ('“', '”'), ('‘', '’'), ('`', '`')];
    let mut text = text.trim();
    while let Some(inner) =
        PAIRS.iter().find_map(|(open, close)| text.strip_prefix(*open).and_then(|text| text.strip_suffix(*close)))
    {
        text = inner.trim();
    }
    text
}

/// Reads one line from stdin and not a byte more: what follows is not ours. Returns `None` at its end.
///
/// # Errors
/// Returns [`Error::Read`] if stdin cannot be read.
pub(crate) fn line() -> Result<Option<String>, Error> {
    let mut line = Vec::new();
    loop {
        match byte().map_err(Error::Read)? {
            None if line.is_empty() => return Ok(None),
            None | Some(b'\n') => break,
            Some(byte) if line.len() < LONGEST => line.push(byte),
            Some(_) => {}
        }
    }
    Ok(Some(String::from_utf8_lossy(&line).into_owned()))
}

#[cfg(unix)]
fn byte() -> std::io::Result<Option<u8>> {
    let mut byte = [0];
    loop {
        match rustix::io::read(std::io::stdin(), &mut byte) {
            Ok(0) => return Ok(None),
            Ok(_) => return Ok(byte.first().copied()),
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}

#[cfg(not(unix))]
fn byte() -> std::io::Result<Option<u8>> {
    std::io::Read::bytes(std::io::stdin().lock()).next().transpose()
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_however_it_is_copied() {
        let expected = Expected::State("st".to_owned(), Bare::Taken);
        for text in [
            "http://127.0.0.1/callback?code=c0%2Fde&state=st",
            "'http://127.0.0.1/callback?code=c0%2Fde&state=st'",
            " \"http://127.0.0.1/callback?code=c0%2Fde&state=st\" ",
            "<http://127.0.0.1/callback?code=c0/de&state=st>",
            "“http://127.0.0.1/callback?code=c0/de&state=st”",
            "x?code=c0/de&state=st",
            "code=c0/de&state=st",
            "code=c0%2Fde",
            "c0/de#st",
            "c0/de",
            "`c0/de`",
        ] {
            let answer = read(text, &expected).unwrap();
            assert_eq!((answer["code"].as_str(), answer["state"].as_str()), ("c0/de", "st"), "{text}");
        }
        for text in ["", "two words", "http://127.0.0.1/callback", "#"] {
            assert!(read(text, &expected).is_err(), "{text}");
        }
        assert_eq!(read("c0de#other", &expected).unwrap()["state"], "other");
        assert!(!read("http://h/?code=c", &expected).unwrap().contains_key("state"));
    }

    #[test]
    fn a_code_alone_is_no_answer_where_nothing_binds_it() {
        let expected = Expected::State("st".to_owned(), Bare::Refused);
        assert!(read("c0de", &expected).is_err());
        assert!(!read("code=c0de", &expected).unwrap().contains_key("state"));
        let token = Expected::Token("t".to_owned());
        assert_eq!(read("v3r", &token).unwrap()["oauth_verifier"], "v3r");
    }
}
