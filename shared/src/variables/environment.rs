//! Files of environments and globals: Postman's exports (JSON), the YAML files of Postman 12 and of Bruno, Bruno's `.bru`,
//! and `.env`.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::error::Error;
use crate::json::text_of;
use crate::secret::{Secret, is_secret_name};
use crate::yaml;

use super::bru::{self, Showing};
use super::scope::{Scope, spelled};
use super::{dotenv, file};

/// The option that names a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `--env-file`
    Environment,
    /// `--globals`
    Globals,
}

impl Source {
    const fn option(self) -> &'static str {
        match self {
            Self::Environment => "--env-file",
            Self::Globals => "--globals",
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::Environment => "environment",
            Self::Globals => "globals",
        }
    }
}

/// Reads a file.
///
/// # Errors
/// Returns [`Error::Usage`], which names option and file and quotes no value, if the file cannot be read as one of the forms.
pub fn read(path: &Path, source: Source) -> Result<Scope, Error> {
    let wrong = |problem: String| Error::Usage(format!("{} {}: {problem}", source.option(), path.display()));
    let mut scope = Scope::new(format!("{} {}", source.label(), path.display()));
    let text = file::text(path).map_err(wrong)?;
    fill(&mut scope, path, &text).map_err(wrong)?;
    Ok(scope)
}

fn fill(scope: &mut Scope, path: &Path, text: &str) -> Result<(), String> {
    // A file that a shell substitutes has no extension, so JSON is known by its first character.
    if text.trim_start().starts_with(['{', '[']) {
        return from_json(scope, text, Null::Text);
    }
    if file::ends_in(path, &["yaml", "yml"]) || text.trim_start().starts_with("$kind:") {
        return from_yaml(scope, text);
    }
    let pairs = if file::ends_in(path, &["bru"]) { bru::pairs(text)? } else { from_dotenv(text)? };
    for (name, value, showing) in pairs {
        match showing {
            Showing::Open => scope.set(name, value),
            Showing::Masked => scope.set_secret(name, Secret::new(value)),
        }
    }
    Ok(())
}

/// Reads `.env`, whose values have no types: the name tells a secret.
fn from_dotenv(text: &str) -> Result<Vec<(String, String, Showing)>, String> {
    let marked = |(name, value): (String, String)| {
        let showing = if is_secret_name(&name) { Showing::Masked } else { Showing::Open };
        (name, value, showing)
    };
    Ok(dotenv::pairs(text)?.into_iter().map(marked).collect())
}

fn from_yaml(scope: &mut Scope, text: &str) -> Result<(), String> {
    let value: Json = yaml::read(text).map_err(|problem| problem.to_string())?;
    from_json(scope, &value.to_string(), Null::Missing)
}

/// The meaning of `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Null {
    /// The text `null`, as in Postman's JSON.
    Text,
    /// No value.
    Missing,
}

type Object<'a> = HashMap<String, &'a RawValue>;

/// Reads Postman's object with `values`, Bruno's with `variables`, a bare list of rows, and an object around one of these.
fn from_json(scope: &mut Scope, text: &str, null: Null) -> Result<(), String> {
    if text.trim_start().starts_with('[') {
        let raw: &RawValue = parsed(text)?;
        return rows(scope, "", raw, null);
    }
    let object: Object<'_> = parsed(text)?;
    if let Some(inner) = object.get("environment").filter(|inner| inner.get().starts_with('{')) {
        return from_json(scope, inner.get(), null);
    }
    for member in ["values", "variables"] {
        if let Some(raw) = object.get(member) {
            return rows(scope, member, raw, null);
        }
    }
    match (object.get("info"), object.get("item")) {
        (Some(_), Some(_)) => Err("is a collection, not an environment".to_owned()),
        _ => Err("is no environment: it has neither \"values\" nor \"variables\"".to_owned()),
    }
}

fn parsed<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_json::from_str(text).map_err(|error| {
        let line = error.line();
        format!("line {line}: {}", Error::from(error))
    })
}

/// Reads a list of `{key, value}` rows, or a map.
fn rows(scope: &mut Scope, member: &str, raw: &RawValue, null: Null) -> Result<(), String> {
    if let Ok(map) = serde_json::from_str::<Object<'_>>(raw.get()) {
        for (name, value) in map {
            if !(value.get() == "null" && null == Null::Missing) {
                scope.set(name, spelled(value));
            }
        }
        return Ok(());
    }
    let list: Vec<&RawValue> = serde_json::from_str(raw.get()).map_err(|_| format!("{member} is not a list"))?;
    for (index, raw) in list.into_iter().enumerate() {
        let row: Object<'_> =
            serde_json::from_str(raw.get()).map_err(|_| format!("{member}[{index}] is not an object"))?;
        take(scope, &row, null);
    }
    Ok(())
}

fn take(scope: &mut Scope, row: &Object<'_>, null: Null) {
    let is = |member: &str, word: &str| row.get(member).is_some_and(|raw| raw.get().trim_matches('"') == word);
    // Exports of environments say `enabled`, collections say `disabled`.
    if is("enabled", "false") || is("disabled", "true") {
        return;
    }
    let Some(name) = row.get("key").or_else(|| row.get("name")) else { return };
    let name = spelled(name);
    let Some(value) = row.get("value").filter(|_| !name.is_empty()) else { return };
    // Bruno's values may have a type: `{type, data}`.
    let data = serde_json::from_str::<Object<'_>>(value.get()).ok().and_then(|typed| {
        typed.get("type").and_then(|word| text_of(word))?;
        typed.get("data").copied()
    });
    let value = data.unwrap_or(value);
    if value.get() == "null" && null == Null::Missing {
        return;
    }
    if is("type", "secret") || is("secret", "true") {
        scope.set_secret(name, Secret::new(spelled(value)));
    } else {
        scope.set(name, spelled(value));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn scope(name: &str, text: &str) -> Result<Scope, String> {
        let mut scope = Scope::new("environment");
        fill(&mut scope, Path::new(name), text).map(|()| scope)
    }

    #[track_caller]
    fn same(name: &str, text: &str, expected: &[(&str, Option<&str>)], secrets: &[&str]) {
        let scope = scope(name, text).unwrap();
        for (variable, value) in expected {
            assert_eq!(scope.get(variable).map(super::super::scope::Value::expose), *value, "{variable}");
        }
        let mut masked: Vec<&str> = scope.secrets().map(Secret::expose).collect();
        masked.sort_unstable();
        assert_eq!(masked, secrets);
    }

    #[test]
    fn exports_of_postman_are_read() {
        let values = r#"[{"key":"a","value":"1"},{"key":"a","value":"2","enabled":true},{"key":"a","value":"3","enabled":false},
            {"key":"b","value":1e3},{"key":"c","value":null},{"key":"d","value":{"x": [1]}},{"key":"e","value":true},
            {"key":"f","value":"s3cret","type":"secret"},{"key":"g","value":"x","disabled":true},{"key":"","value":"x"},
            {"key":"h"}]"#;
        let expected = [
            ("a", Some("2")),
            ("b", Some("1e3")),
            ("c", Some("null")),
            ("d", Some(r#"{"x": [1]}"#)),
            ("e", Some("true")),
            ("f", Some("s3cret")),
            ("g", None),
            ("", None),
            ("h", None),
        ];
        for text in [
            values.to_owned(),
            format!(r#"{{"id":"1","name":"n","values":{values},"_postman_variable_scope":"environment"}}"#),
            format!(r#"{{"environment":{{"values":{values}}}}}"#),
        ] {
            same("export", &text, &expected, &["s3cret"]);
        }
    }

    #[test]
    fn yaml_of_postman_and_of_bruno_is_read() {
        let postman = "$kind: environment\nname: n\nvalues:\n  - key: a\n    value: no\n  - {key: b, value: 7, enabled: false}\n  \
            - {key: c, value: '{{a}}', type: secret}\n  - {key: d, value: null}\n";
        same("x.yaml", postman, &[("a", Some("no")), ("b", None), ("c", Some("{{a}}")), ("d", None)], &["{{a}}"]);
        let bruno = "name: n\nvariables:\n  - name: a\n    value: 1\n  - {name: b, value: x, disabled: true}\n  \
            - {name: c, secret: true}\n  - {name: d, value: {type: number, data: '5'}}\n";
        same("x.yml", bruno, &[("a", Some("1")), ("b", None), ("c", None), ("d", Some("5"))], &[]);
    }

    #[test]
    fn what_is_no_environment_is_named() {
        for (name, text, expected) in [
            ("x.json", r#"{"info":{},"item":[]}"#, "is a collection, not an environment"),
            ("x.json", r#"{"a":1}"#, "is no environment: it has neither \"values\" nor \"variables\""),
            ("x.json", r#"{"values":1}"#, "values is not a list"),
            ("x.json", r#"{"values":[1]}"#, "values[0] is not an object"),
            ("x.json", "{\n\"values\":[}", "line 2: not JSON: expected value at column 11"),
            (".env", "A=1\nb", "line 2: is not NAME=VALUE"),
        ] {
            assert_eq!(scope(name, text).err().as_deref(), Some(expected));
        }
    }
}
