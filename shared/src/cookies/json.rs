//! Reads and writes cookies as JSON with the names of the browsers' extension API: `hostOnly`, `expirationDate`,
//! `partitionKey`.

use serde_json::Value;

use super::Cookie;
use crate::bridge::message::WireCookie;
use crate::error::Error;

/// Returns one cookie as a JSON object.
#[must_use]
pub fn value(cookie: &Cookie) -> Value {
    let mut value = serde_json::to_value(WireCookie::from(cookie)).unwrap_or_default();
    // Browsers give fractions of a second, but most programs that read cookies expect whole seconds.
    if let (Some(members), Some(expires)) = (value.as_object_mut(), cookie.expires) {
        members.insert("expirationDate".to_owned(), expires.into());
    }
    value
}

/// Returns a JSON list with one cookie per line.
#[must_use]
pub fn write<'c>(cookies: impl IntoIterator<Item = &'c Cookie>) -> String {
    let lines: Vec<String> = cookies.into_iter().map(|cookie| value(cookie).to_string()).collect();
    if lines.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", lines.join(",\n")) }
}

/// Reads a list. Cookies that [`Cookie::check`] refuses are left out.
///
/// # Errors
/// Returns an error if the text is not a JSON list, or a member of it lacks a field of a cookie.
pub fn read(text: &str) -> Result<Vec<Cookie>, Error> {
    let records: Vec<WireCookie> = serde_json::from_str(text)?;
    Ok(records.into_iter().filter_map(|record| Cookie::try_from(record).ok()).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::Partition;
    use super::super::tests::cookie;
    use super::*;

    #[test]
    fn a_cookie_comes_back_as_it_was() {
        let mut full = cookie(".example.com", "a", "é\"");
        full.expires = Some(1_900_000_000);
        full.http_only = true;
        full.store = "firefox-container-1".to_owned();
        full.same_site = super::super::SameSite::Strict;
        full.partition = Some(Partition(serde_json::json!({ "topLevelSite": "https://top.example" })));
        let cookies = vec![full, cookie("example.com", "b", "")];
        assert_eq!(read(&write(&cookies)).unwrap(), cookies);
        assert_eq!(read(&write(&[])).unwrap(), []);
    }

    #[test]
    fn names_are_those_of_the_browsers() {
        let mut cookie = cookie(".example.com", "a", "1");
        cookie.expires = Some(1_900_000_000);
        let expected = serde_json::json!({
            "name": "a", "value": "1", "domain": ".example.com", "hostOnly": false, "path": "/", "secure": false,
            "httpOnly": false, "sameSite": "unspecified", "session": false, "expirationDate": 1_900_000_000, "storeId": ""
        });
        assert_eq!(value(&cookie), expected);
    }
}
