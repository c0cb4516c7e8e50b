//! Inheritance: the authorization and the settings of a request that its folders and its collection decide.

use serde_json::value::RawValue;

use super::{Collection, Dialect, Folder, Rule, Template};

/// Returns the rule that holds for a request: its own, else that of the innermost folder that says something, else the
/// collection's. It is taken whole; parameters are never merged.
#[must_use]
pub fn rule<'c>(collection: &'c Collection, folders: &[&'c Folder], template: &'c Template) -> &'c Rule {
    if !inherits(&template.auth) {
        return &template.auth;
    }
    let looks_through = |rule: &Rule| match collection.dialect {
        // Bruno looks through a folder that has none; in Postman "No Auth" ends the search.
        Dialect::OpenCollection => matches!(rule, Rule::Inherit | Rule::Off),
        _ => inherits(rule),
    };
    let folder = folders.iter().rev().map(|folder| &folder.auth).find(|rule| !looks_through(rule));
    folder.unwrap_or(&collection.auth)
}

const fn inherits(rule: &Rule) -> bool {
    matches!(rule, Rule::Inherit)
}

/// Returns a setting of a request. Settings are inherited one by one.
#[must_use]
pub fn setting<'c>(
    collection: &'c Collection,
    folders: &[&'c Folder],
    template: &'c Template,
    name: &str,
) -> Option<&'c RawValue> {
    let outer = std::iter::once(&collection.settings).chain(folders.iter().map(|folder| &folder.settings));
    let all = outer.chain(std::iter::once(&template.settings)).flatten();
    all.rev().find(|(known, _)| known == name).map(|(_, value)| &**value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use crate::collections::{Item, postman};

    use super::*;

    /// Returns the scheme of the only request of a collection whose auth, folder's auth and request's auth are these.
    fn found(collection: &str, folder: &str, request: &str) -> String {
        let text = format!(
            r#"{{"item":[{{"name":"f","item":[{{"name":"r","request":{{"url":"http://h/"{request}}}}}]{folder}}}]{collection}}}"#
        );
        let collection = postman::read(&text).expect("a collection");
        let found = collection.walk().next().expect("a request");
        let Item::Request(template) = found.item else { panic!("{:?}", found.item) };
        match rule(&collection, &found.folders, template) {
            Rule::Inherit => "nothing".to_owned(),
            Rule::Off => "off".to_owned(),
            Rule::Given(auth) => auth.scheme.clone(),
            Rule::Wrong(wrong) => format!("{}: {}", wrong.place, wrong.problem),
        }
    }

    #[test]
    fn the_innermost_auth_with_a_type_counts() {
        let bearer = r#","auth":{"type":"bearer","bearer":[]}"#;
        let basic = r#","auth":{"type":"basic"}"#;
        let off = r#","auth":{"type":"noauth"}"#;
        for nothing in ["", r#","auth":null"#, r#","auth":{}"#, r#","auth":{"type":null}"#] {
            assert_eq!(found(bearer, nothing, nothing), "bearer", "{nothing}");
            assert_eq!(found(nothing, nothing, nothing), "nothing", "{nothing}");
            assert_eq!(found(bearer, nothing, off), "off", "{nothing}");
            assert_eq!(found(bearer, off, nothing), "off", "{nothing}");
            assert_eq!(found(bearer, basic, nothing), "basic", "{nothing}");
        }
        assert_eq!(found(off, bearer, basic), "basic");
        assert_eq!(found(bearer, off, r#","auth":{"type":"custom"}"#), "custom");
    }

    #[test]
    fn what_cannot_be_understood_ends_the_search() {
        let bearer = r#","auth":{"type":"bearer","bearer":[]}"#;
        for (auth, wrong) in [
            (r#""basic""#, "auth: is not an object"),
            ("[]", "auth: is not an object"),
            (r#"{"type":7}"#, "auth.type: is not text"),
            (r#"{"type":""}"#, "auth.type: is empty"),
            (r#"{"type":"basic","basic":"x"}"#, "auth.basic: is not a list"),
            (r#"{"type":"basic","basic":[1]}"#, "auth.basic[0]: is not an object"),
            (r#"{"type":"basic","basic":[{"key":1}]}"#, "auth.basic[0].key: is not text"),
        ] {
            let auth = format!(r#","auth":{auth}"#);
            assert_eq!(found(bearer, "", &auth), format!("item[0].item[0].request.{wrong}"));
            assert_eq!(found(bearer, &auth, ""), format!("item[0].{wrong}"));
            assert_eq!(found(&auth, "", ""), wrong);
        }
    }

    #[test]
    fn settings_are_inherited_one_by_one() {
        let text = r#"{"protocolProfileBehavior":{"a":1,"b":1,"c":1},"item":[{"protocolProfileBehavior":{"b":2,"c":2},
            "item":[{"protocolProfileBehavior":{"c":3},"request":"http://h/"}]}]}"#;
        let collection = postman::read(text).expect("a collection");
        let found = collection.walk().next().expect("a request");
        let Item::Request(template) = found.item else { panic!("{:?}", found.item) };
        let value = |name| setting(&collection, &found.folders, template, name).map(RawValue::get);
        assert_eq!([value("a"), value("b"), value("c"), value("d")], [Some("1"), Some("2"), Some("3"), None]);
    }
}
