//! The words of a server, out of an error body of any shape.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::encode;
use crate::secret::Secret;

/// The most characters of a server's text that are shown.
const LONGEST: usize = 500;

/// The most characters of a text that is no JSON: a page says what it has to say early.
const LONGEST_PAGE: usize = 200;

/// The most characters of a page that are looked at. Its head may be long.
const PAGE: usize = 64 << 10;

/// The members in which servers put a sentence for people, the best first.
const SENTENCES: [&str; 13] = [
    "error_description",
    "errorSummary",
    "error_message",
    "message",
    "Message",
    "detail",
    "reason",
    "title",
    "error_summary",
    "errorMessage",
    "msg",
    "description",
    "faultstring",
];

/// The members in which servers put a list of problems, or an object about one.
const NESTED: [&str; 5] = ["error", "errors", "errorCauses", "details", "fault"];

/// The members in which servers put a word for programs.
const CODES: [&str; 5] = ["errorCode", "code", "error_code", "type", "status"];

/// Returns what an error body says besides the word in `error`: the sentences of its members, or the start of its text.
#[must_use]
pub fn of(body: &[u8], secrets: &[&Secret]) -> String {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}');
    match serde_json::from_str::<Value>(text) {
        Ok(Value::Object(object)) => {
            let mut found = Vec::new();
            collect(&object, 0, &mut found);
            if found.is_empty() && !object.contains_key("error") {
                found.extend(codes(&object));
            }
            found.dedup();
            shown(&found.join("; "), secrets)
        }
        Ok(Value::String(text)) => shown(&text, secrets),
        _ => {
            let start: String = text.chars().take(PAGE).collect();
            cut(&shown(&page(&start), secrets), LONGEST_PAGE)
        }
    }
}

/// Collects the sentences of an object and of those in it.
fn collect(object: &Map<String, Value>, depth: usize, found: &mut Vec<String>) {
    // No more than that is shown.
    if found.len() >= LONGEST {
        return;
    }
    let sentences = SENTENCES.iter().filter_map(|name| object.get(*name)).filter_map(sentence);
    for sentence in sentences {
        if !found.contains(&sentence) {
            found.push(sentence);
        }
    }
    // Beyond that, nobody nests; what comes from elsewhere has no depth of its own choosing.
    if depth > 3 {
        return;
    }
    for name in NESTED {
        match object.get(name) {
            Some(Value::Object(inner)) => nested(inner, depth, found),
            Some(Value::Array(list)) => {
                for item in list.iter().take(5) {
                    match item {
                        Value::Object(inner) => nested(inner, depth, found),
                        other => found.extend(sentence(other)),
                    }
                }
            }
            Some(Value::String(text)) if depth > 0 || name != "error" => {
                found.extend(sentence(&Value::from(text.as_str())))
            }
            _ => {}
        }
    }
}

/// Collects the sentences of an object that stands for one problem, or, if it has none, its words and places.
fn nested(inner: &Map<String, Value>, depth: usize, found: &mut Vec<String>) {
    let before = found.len();
    collect(inner, depth + 1, found);
    if found.len() == before {
        let texts = inner.iter().filter_map(|(name, value)| Some(format!("{name} {}", value.as_str()?)));
        let texts: Vec<String> = texts.take(4).collect();
        if !texts.is_empty() {
            found.push(texts.join(", "));
        }
    }
}

fn codes(object: &Map<String, Value>) -> Option<String> {
    CODES.iter().filter_map(|name| object.get(*name)).find_map(|value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

fn sentence(value: &Value) -> Option<String> {
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Returns the text of a page: without its head, scripts, styles and tags, and with single spaces.
fn page(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(rest.get(..at).unwrap_or_default());
        out.push(' ');
        let tag = rest.get(at..).unwrap_or_default();
        let skipped = ["style", "script"]
            .iter()
            .find(|name| tag.get(1..=name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)));
        // A tag that never ends is taken as the end of the text.
        let end = match skipped {
            Some(name) => tag
                .to_ascii_lowercase()
                .find(&format!("</{name}"))
                .and_then(|close| tag.get(close..)?.find('>').map(|end| close + end)),
            None => tag.find('>'),
        };
        rest = end.and_then(|end| tag.get(end + 1..)).unwrap_or_default();
    }
    out.push_str(rest);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns a server's text for display: cut to a length, with these secrets masked in plain and encoded form. Some servers
/// repeat what they were sent.
#[must_use]
pub fn shown(text: &str, secrets: &[&Secret]) -> String {
    // The text is cut after masking: half a secret at its end would not be found.
    cut(&masked(text, secrets), LONGEST)
}

/// Returns a text with these secrets masked. Those under four characters are not: they occur in every text, and a text with
/// stars in place of a letter tells the letter.
#[must_use]
pub fn masked<'t>(text: &'t str, secrets: &[&Secret]) -> Cow<'t, str> {
    let mut text = Cow::Borrowed(text);
    for secret in secrets.iter().filter(|secret| secret.expose().chars().count() >= 4) {
        let mut encoded = String::new();
        encode::form(&mut encoded, secret.expose());
        let escaped = Value::from(secret.expose()).to_string();
        let escaped = escaped.trim_matches('"');
        let percent = encode::percent_encoded(secret.expose().as_bytes(), &encode::UNRESERVED);
        for form in [secret.expose(), &encoded, &percent, escaped] {
            if text.contains(form) {
                text = text.replace(form, "***").into();
            }
        }
    }
    text
}

fn cut(text: &str, longest: usize) -> String {
    if text.chars().count() > longest {
        text.chars().take(longest).collect::<String>() + "…"
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_found_wherever_servers_put_them() {
        for (body, words) in [
            (r#"{"status":400,"message":"Invalid refresh token"}"#, "Invalid refresh token"),
            (r#"{"error":{"message":"Bad code","code":100}}"#, "Bad code"),
            (r#"{"errorCode":"E7","errorSummary":"Not an app"}"#, "Not an app"),
            (r#"{"error":"invalid_client","reason":"Invalid client_id"}"#, "Invalid client_id"),
            (r#"{"error_type":"OAuthException","error_message":"Code was used"}"#, "Code was used"),
            (
                r#"{"message":"Bad Request","errors":[{"resource":"Token","code":"invalid"}]}"#,
                "Bad Request; code invalid, resource Token",
            ),
            (r#"{"errors":["one","two"]}"#, "one; two"),
            (r#"{"errorCode":"E1"}"#, "E1"),
            ("<html><head><style>p{}</style></head><body><h1>403</h1>\n<p>Blocked</p></body>", "403 Blocked"),
            ("Rate limit exceeded\n", "Rate limit exceeded"),
            ("", ""),
            (r#"{"error":"invalid_grant"}"#, ""),
            (r#"{"fault":{"faultstring":"no","detail":{"errorcode":"x.y"}}}"#, "no"),
        ] {
            assert_eq!(of(body.as_bytes(), &[]), words, "{body}");
        }
    }

    #[test]
    fn secrets_are_masked_but_letters_are_not() {
        let (long, short) = (Secret::new("s3cr/t"), Secret::new("a"));
        let body = br#"{"message":"a s3cr/t and s3cr%2Ft"}"#;
        assert_eq!(of(body, &[&long, &short]), "a *** and ***");
    }
}
