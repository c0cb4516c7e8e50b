//! A collection in a few words, a line for each request, so that tests can say what they expect of a reader.

#![allow(clippy::expect_used)]

use super::{Body, Bytes, Collection, Item, Part, Row, Rule, Template};

/// Returns a line for each item that is no folder.
pub(super) fn told(collection: &Collection) -> Vec<String> {
    let line = |found: super::walk::Found<'_>| {
        let mut path: Vec<&str> = found.folders.iter().map(|folder| folder.name.as_str()).collect();
        let said = match found.item {
            Item::Request(template) => {
                path.push(&template.name);
                request(template)
            }
            Item::Broken(broken) => {
                path.push(broken.name.as_deref().unwrap_or("?"));
                format!("broken {}: {}", broken.wrong.place, broken.wrong.problem)
            }
            Item::Foreign(foreign) => {
                path.push(&foreign.name);
                format!("foreign {}", foreign.protocol)
            }
            Item::Folder(folder) => format!("folder {}", folder.name),
        };
        format!("{}: {said}", path.join("/"))
    };
    collection.walk().map(line).collect()
}

fn request(template: &Template) -> String {
    let mut words = vec![template.method.clone(), template.target.url.clone()];
    words.extend(template.target.query.iter().map(|one| row("?", one)));
    words.extend(template.target.path.iter().map(|one| row(":", one)));
    words.extend(template.headers.iter().map(|one| row("H:", one)));
    words.extend(body(&template.body.body));
    words.extend(rule(&template.auth));
    words.join(" ")
}

fn row(mark: &str, row: &Row) -> String {
    let off = if row.disabled { "~" } else { "" };
    let value = row.value.as_ref().map(|value| format!("={value}")).unwrap_or_default();
    format!("{mark}{off}{}{value}", row.name)
}

fn body(body: &Body) -> Option<String> {
    let rows = |mark: &str, rows: &[Row]| rows.iter().map(|one| row(mark, one)).collect::<Vec<_>>().join(" ");
    Some(match body {
        Body::Empty => return None,
        Body::Text { text, language } => format!("B:{}<{text}>", language.as_deref().unwrap_or_default()),
        Body::Form(form) => rows("F:", form),
        Body::Multipart(parts) => parts.iter().map(part).collect::<Vec<_>>().join(" "),
        Body::File { source, content_type } => {
            format!("file {}{}", bytes(source), content_type.as_deref().unwrap_or_default())
        }
        Body::GraphQl { query, operation, variables } => format!("G:<{query}>{operation:?}{variables:?}"),
    })
}

fn part(part: &Part) -> String {
    let files = part.files.iter().flatten().map(bytes).collect::<String>();
    format!("{}{files}{}", row("P:", &part.row), part.content_type.as_deref().unwrap_or_default())
}

fn bytes(bytes: &Bytes) -> String {
    match bytes {
        Bytes::Missing => "<missing>".to_owned(),
        Bytes::Named(name) => format!("<{name}>"),
        Bytes::Held(_) => "<held>".to_owned(),
    }
}

/// Returns a rule in a word, or `None` if it leaves the decision to what is further out.
pub(super) fn rule(rule: &Rule) -> Option<String> {
    match rule {
        Rule::Inherit => None,
        Rule::Off => Some("off".to_owned()),
        Rule::Wrong(wrong) => Some(format!("wrong {}: {}", wrong.place, wrong.problem)),
        Rule::Given(auth) => {
            let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let parameters = auth.parameters.iter().map(|(key, value)| format!("{key}={}", text(value)));
            Some(format!("{}{{{}}}", auth.scheme, parameters.collect::<Vec<_>>().join(",")))
        }
    }
}

/// Writes files into a new folder.
pub(super) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}
