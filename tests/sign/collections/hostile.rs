//! Collections that want too much: files of the user's, depth, size.

use std::sync::Arc;

use countersign_shared::collections::Collection;
use countersign_shared::collections::documents::{Choice, Documents};
use countersign_shared::collections::render::{Home, Outside};
use countersign_shared::error::Error;
use countersign_shared::moment::Clock;
use countersign_shared::variables::{Unresolved, Variables};
use serde_json::{Value, json};

use super::{collection, item, with};
use crate::support::sign;

fn upload(name: &str) -> Value {
    collection(&json!([item(
        "r",
        json!({"method": "POST", "url": "http://h/", "body": {"mode": "file", "file": {"src": name}}})
    )]))
}

#[test]
fn files_outside_of_the_collections_folder_are_not_read() {
    for name in ["../secret", "/etc/hostname", "sub/../../secret", "link", "linked/secret"] {
        let tool = with(&["none", "c/c.json"], &json!({}))
            .file("secret", "s")
            .file("c/sub/x", "")
            .file("c/c.json", upload(name).to_string());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("../secret", tool.home().join("c/link")).expect("a link");
            std::os::unix::fs::symlink("..", tool.home().join("c/linked")).expect("a link");
        }
        let output = tool.fails(1);
        output
            .stdout_is("")
            .stderr_has(&format!("{name} is outside the collection's folder; --allow-files lets it be read"));
    }
    let tool = with(&["none", "--allow-files", "c/c.json"], &json!({})).file("secret", "s");
    tool.file("c/c.json", upload("../secret").to_string()).succeeds().stdout_has("\"text\":\"s\"");
}

#[test]
fn a_collection_from_a_pipe_has_no_files() {
    let text = upload("secret").to_string();
    sign(["none"]).file("secret", "s").stdin(&text).fails(1).stdout_is("").stderr_has("--allow-files");
    sign(["none", "--allow-files"]).file("secret", "s").stdin(&text).succeeds().stdout_has("\"text\":\"s\"");
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    with(&["none", "c.json"], &upload("d")).file("d/x", "").fails(1).stdout_is("").stderr_has("not a regular file");
}

#[test]
fn a_thousand_folders_are_refused_and_what_is_beside_them_is_read() {
    let deep = format!(r#"{{"name":"f","item":[{}{}]}}"#, r#"{"name":"f","item":["#.repeat(1000), "]}".repeat(1000));
    let text = format!(r#"{{"item":[{deep},{{"name":"r","request":"http://h/"}}]}}"#);
    let output = sign(["none", "--from", "postman", "c.json"]).file("c.json", text).fails(1);
    assert_eq!(output.json().len(), 1);
    output.stderr_is("sign: \"f\": item[0].item[0].item[0]…: is below more than 64 folders\n");
}

#[test]
fn a_file_that_is_too_large_is_refused() {
    let tool = sign(["none", "--from", "postman", "c.json"]);
    let file = std::fs::File::create(tool.home().join("c.json")).expect("a file");
    file.set_len(300 << 20).expect("a length");
    tool.fails(1).stdout_is("").stderr_is("sign: c.json: longer than 128 MiB\n");
}

#[test]
fn files_of_every_format_that_are_too_large_are_refused() {
    for format in ["openapi", "insomnia", "http-file"] {
        let tool = sign(["none", "--from", format, "huge"]);
        let file = std::fs::File::create(tool.home().join("huge")).expect("a file");
        file.set_len(300 << 20).expect("a length");
        tool.fails(1).stdout_is("").stderr_is("sign: huge: longer than 128 MiB\n");
    }
}

#[test]
fn yaml_that_is_made_to_fill_the_memory_is_refused_with_its_line() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for level in 1..9 {
        let list = vec![format!("*a{}", level - 1); 10].join(",");
        bomb.push_str(&format!("a{level}: &a{level} [{list}]\n"));
    }
    let deep = |open: &str, close: &str| format!("{}1{}\n", open.repeat(1000), close.repeat(1000));
    for (head, rest) in [
        ("openapi: 3.0.0\n", bomb.clone()),
        ("type: collection.insomnia.rest/5.0\n", bomb),
        ("openapi: 3.0.0\npaths: ", deep("{a: ", "}")),
        ("type: collection.insomnia.rest/5.0\ncollection: ", deep("[{children: ", "}]")),
    ] {
        let output = sign(["none", "f.yaml"]).file("f.yaml", format!("{head}{rest}")).fails(1);
        output.stdout_is("").stderr_has("sign: f.yaml: line ");
    }
}

#[test]
fn wrong_types_everywhere_never_end_the_tool() {
    let good = json!({
        "info": {"name": "x", "description": "d"}, "auth": {"type": "basic", "basic": [{"key": "username", "value": "u"}]},
        "variable": [{"key": "k", "value": "v", "type": "string", "disabled": false}],
        "event": [{"listen": "test", "script": {"exec": ["x"]}}], "protocolProfileBehavior": {"disableBodyPruning": true},
        "item": [{"name": "f", "item": [{"name": "r", "request": {
            "method": "POST", "description": "d",
            "url": {"protocol": "http", "host": ["h"], "port": "1", "path": ["p"], "query": [{"key": "q", "value": "1"}], "variable": [{"key": "p", "value": "1"}]},
            "header": [{"key": "A", "value": "1"}],
            "body": {"mode": "formdata", "formdata": [{"key": "a", "type": "text", "value": "b"}]},
        }}]}],
    });
    let mut places = Vec::new();
    collect(&good, String::new(), &mut places);
    for place in places {
        for wrong in [json!(7), json!("text"), json!([[{}]]), json!({"a": {}})] {
            let mut bad = good.clone();
            *bad.pointer_mut(&place).expect("a place") = wrong;
            let output = with(&["none", "--from", "postman", "c.json"], &bad).run();
            let code = output.status.code();
            assert!(matches!(code, Some(0 | 1)), "{place}: {}", output.err());
            assert!(code == Some(0) || output.err().contains(": "), "{place}: {}", output.err());
        }
    }
}

/// The JSON pointers of every value but the outermost.
fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                places.push(format!("{at}/{key}"));
                collect(value, format!("{at}/{key}"), places);
            }
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                places.push(format!("{at}/{index}"));
                collect(value, format!("{at}/{index}"), places);
            }
        }
        _ => {}
    }
}

/// Puts another value in the place of each member of a document. It is read and its requests are made, or there is an error
/// that says something; nothing else ends it.
pub(super) fn wrong_everywhere(good: &Value, read: &dyn Fn(&str) -> Result<Collection, Error>) {
    let made = |text: &str| -> Result<Vec<Result<String, String>>, Error> {
        let collection = read(text)?;
        let home = Home { folder: collection.home.clone(), outside: Outside::Refused };
        let variables = Variables::new(Unresolved::Kept, Clock::default());
        let documents = Documents::new(Arc::new(collection), (&Choice::default(), &variables), home, String::new())?;
        Ok(documents.map(|document| document.text.map_err(|error| error.to_string())).collect())
    };
    let whole = made(&good.to_string()).expect("a collection");
    assert!(whole.iter().any(Result::is_ok), "{whole:?}");
    let mut places = Vec::new();
    collect(good, String::new(), &mut places);
    assert!(!places.is_empty());
    for place in places {
        for wrong in [json!(null), json!(7), json!("text"), json!([[{}]]), json!({"a": {}})] {
            let mut bad = good.clone();
            *bad.pointer_mut(&place).expect("a place") = wrong;
            match made(&bad.to_string()) {
                Ok(documents) => {
                    let said = documents.iter().filter_map(|document| document.as_ref().err());
                    said.for_each(|said| assert!(said.len() > 5, "{place}: {said}"));
                }
                Err(error) => assert!(error.to_string().len() > 5, "{place}: {error}"),
            }
        }
    }
}
