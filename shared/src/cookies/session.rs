//! Session files of HTTPie, which xh reads too: `http --session=./FILE`, `xh --session=./FILE`.

use serde_json::{Map, Value, json};

use super::{Cookie, take_others};

/// Returns the session with these cookies in place of those that `is_ours` selects by domain. Headers, authorization
/// and other cookies stay. Partitioned cookies are left out, because the format has no field for the partition.
#[must_use]
pub fn merge<'c>(
    before: &str,
    cookies: impl IntoIterator<Item = &'c Cookie>,
    is_ours: impl Fn(&str) -> bool,
) -> String {
    let mut session: Map<String, Value> = serde_json::from_str(before).unwrap_or_default();
    session.entry("__meta__").or_insert_with(
        || json!({ "about": "HTTPie session file", "help": "https://httpie.io/docs#sessions", "httpie": "3.2.4" }),
    );
    session.entry("auth").or_insert_with(|| json!({ "type": null, "username": null, "password": null }));
    session.entry("headers").or_insert_with(|| json!([]));
    let others = take_others(&mut session, is_ours);
    let ours = cookies.into_iter().filter(|cookie| cookie.partition.is_none()).map(value);
    let list: Vec<Value> = others.chain(ours).collect();
    session.insert("cookies".to_owned(), list.into());
    serde_json::to_string_pretty(&session).unwrap_or_default() + "\n"
}

fn value(cookie: &Cookie) -> Value {
    json!({
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.dotted_domain(),
        "path": cookie.path,
        "secure": cookie.secure,
        "expires": cookie.expires,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::super::tests::cookie;
    use super::*;

    #[test]
    fn headers_and_other_sites_stay() {
        let before = r#"{"headers":[{"name":"X","value":"y"}],"auth":{"type":"bearer"},
            "cookies":[{"name":"x","domain":"other.test"},{"name":"old","domain":"example.com"}]}"#;
        let ours = cookie("example.com", "a", "1");
        let merged: Value = serde_json::from_str(&merge(before, [&ours], |domain| domain == "example.com")).unwrap();
        assert_eq!(merged["headers"][0]["name"], "X");
        assert_eq!(merged["auth"]["type"], "bearer");
        let expected = json!([
            { "name": "x", "domain": "other.test" },
            { "name": "a", "value": "1", "domain": "example.com", "path": "/", "secure": false, "expires": null }
        ]);
        assert_eq!(merged["cookies"], expected);
    }
}
