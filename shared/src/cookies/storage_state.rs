//! Writes Playwright's storage state, as `browser.newContext({ storageState })` takes it.

use serde_json::{Map, Value, json};

use super::{Cookie, SameSite, take_others};

/// Returns the state with these cookies in place of those that `is_ours` selects by domain. Origins and other cookies
/// stay.
#[must_use]
pub fn merge<'c>(
    before: &str,
    cookies: impl IntoIterator<Item = &'c Cookie>,
    is_ours: impl Fn(&str) -> bool,
) -> String {
    let mut state: Map<String, Value> = serde_json::from_str(before).unwrap_or_default();
    let others = take_others(&mut state, is_ours);
    let list: Vec<Value> = others.chain(cookies.into_iter().map(value)).collect();
    state.insert("cookies".to_owned(), list.into());
    state.entry("origins").or_insert_with(|| json!([]));
    serde_json::to_string_pretty(&state).unwrap_or_default() + "\n"
}

fn value(cookie: &Cookie) -> Value {
    let mut value = json!({
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.dotted_domain(),
        "path": cookie.path,
        "expires": cookie.expires.unwrap_or(-1),
        "httpOnly": cookie.http_only,
        "secure": cookie.secure,
        "sameSite": match cookie.same_site {
            SameSite::None => "None",
            SameSite::Strict => "Strict",
            // The format has no word for a missing attribute, which browsers treat as Lax.
            SameSite::Lax | SameSite::Unspecified => "Lax",
        },
    });
    if let (Some(partition), Some(members)) = (&cookie.partition, value.as_object_mut()) {
        members.insert("partitionKey".to_owned(), partition.site().into());
    }
    value
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::super::tests::cookie;
    use super::*;

    #[test]
    fn origins_and_other_sites_stay() {
        let before = r#"{"cookies":[{"name":"x","domain":"other.test"},{"name":"old","domain":".example.com"}],
            "origins":[{"origin":"https://other.test","localStorage":[]}]}"#;
        let mut ours = cookie(".example.com", "a", "1");
        ours.expires = Some(7);
        let merged: Value = serde_json::from_str(&merge(before, [&ours], |domain| domain == ".example.com")).unwrap();
        let names: Vec<&str> =
            merged["cookies"].as_array().unwrap().iter().map(|cookie| cookie["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["x", "a"]);
        assert_eq!(merged["origins"][0]["origin"], "https://other.test");
        assert_eq!(merged["cookies"][1]["expires"], 7);
        assert_eq!(merged["cookies"][1]["sameSite"], "Lax");
    }

    #[test]
    fn a_session_cookie_expires_at_minus_one() {
        let merged: Value = serde_json::from_str(&merge("", [&cookie("a.test", "n", "v")], |_| true)).unwrap();
        assert_eq!(merged["cookies"][0]["expires"], -1);
        assert_eq!(merged["origins"], json!([]));
    }
}
