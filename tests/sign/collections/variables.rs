//! Variables of a collection: each text is resolved once, wherever it stands, and bytes of files never.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::{collection, item, with};
use crate::support::line::{authorization, values};
use crate::support::random::Random;
use crate::support::{Tool, sign};

/// The scopes of the tests in their order, with a variable of each, and one whose values name others.
const VALUES: &[(&str, &str)] = &[
    ("given", "G{{row}}"),
    ("row", "R"),
    ("environment", "E{{open}}collection}}"),
    ("collection", "C"),
    ("global", "B{{collection}}"),
    ("open", "{{"),
    ("close", "}}"),
    ("own", "{{own}}"),
    ("$guid", "{{$guid}}"),
    ("inner", "collection"),
];

/// Pieces of texts. What is in braces is a variable, an unknown name or its own value.
const PIECES: &[&str] = &[
    "{{given}}",
    "{{row}}",
    "{{environment}}",
    "{{collection}}",
    "{{global}}",
    "{{own}}",
    "{{$guid}}",
    "{{{{inner}}}}",
    "{{open}}",
    "{{close}}",
    "{{unknown}}",
    "{{ row }}",
    "{",
    "}",
    "{{",
    "}}",
    "x",
    "row",
];

/// The text with every name replaced, as Postman describes it: what has no braces in it and stands between two pairs, again
/// and again.
fn replaced(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..19 {
        let (mut out, mut rest, mut changed) = (String::new(), text.as_str(), false);
        while let Some(at) = rest.find("}}") {
            let found = rest[..at].rfind("{{").map(|open| (open, &rest[open + 2..at]));
            let value = found.filter(|(_, name)| !name.contains(['{', '}'])).and_then(|(open, name)| {
                let (_, value) = VALUES.iter().find(|(known, _)| *known == name)?;
                (*value != format!("{{{{{name}}}}}")).then_some((open, value))
            });
            match value {
                Some((open, value)) => {
                    out.push_str(&rest[..open]);
                    out.push_str(value);
                    changed = true;
                    rest = &rest[at + 2..];
                }
                // A third brace may belong to the next pair.
                None => {
                    out.push_str(&rest[..=at]);
                    rest = &rest[at + 1..];
                }
            }
        }
        out.push_str(rest);
        text = out;
        if !changed {
            break;
        }
    }
    text
}

/// `sign inherit` on a collection with these items, with every scope filled.
fn scoped(items: &Value, arguments: &[&str]) -> Tool {
    let of = |name: &str| VALUES.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).expect("a value");
    let mut collection = collection(items);
    let own = ["collection", "open", "close", "own", "$guid", "inner"];
    collection["variable"] = own.iter().map(|name| json!({"key": name, "value": of(name)})).collect();
    let environment =
        json!({"values": [{"key": "environment", "value": of("environment")}, {"key": "own", "value": "{{own}}"}]});
    let globals = json!({"values": [{"key": "global", "value": of("global")}]});
    with(arguments, &collection)
        .file("e.json", environment.to_string())
        .file("g.json", globals.to_string())
        .file("rows.json", json!([{"row": of("row")}]).to_string())
        .args(["--env-file", "e.json", "--globals", "g.json", "--data", "rows.json", "--allow-unresolved"])
        .args(["--var", "given=G{{row}}", "c.json"])
}

/// A text out of the pieces.
fn text(random: &mut Random) -> String {
    (0..=random.below(5)).map(|_| random.pick(PIECES)).collect()
}

#[test]
fn every_text_is_resolved_once_and_bytes_of_files_never() {
    let mut random = Random(10);
    let texts: Vec<String> = (0..300).map(|_| text(&mut random)).collect();
    let request = |(index, text): (usize, &String)| {
        item(
            text,
            json!({"method": "POST", "url": "http://h/", "header": [{"key": "X", "value": format!("<{text}>")}],
                "body": match index % 5 {
                    0 => json!({"mode": "raw", "raw": text}),
                    1 => json!({"mode": "urlencoded", "urlencoded": [{"key": "k", "value": text}]}),
                    2 => json!({"mode": "formdata", "formdata": [{"key": "k", "value": text}, {"key": "f", "type": "file", "src": format!("{index}.txt")}]}),
                    3 => json!({"mode": "file", "file": {"src": format!("{index}.txt")}}),
                    _ => json!({"mode": "file", "file": {"content": STANDARD.encode(text)}}),
                },
                "auth": {"type": "basic", "basic": [{"key": "username", "value": "u"}, {"key": "password", "value": text}]}}),
        )
    };
    let items: Value = texts.iter().enumerate().map(request).collect();
    let files = texts
        .iter()
        .enumerate()
        .fold(scoped(&items, &["inherit"]), |tool, (index, text)| tool.file(&format!("{index}.txt"), text));
    let lines = files.succeeds().json();
    assert_eq!(lines.len(), texts.len());
    for (index, (line, text)) in lines.iter().zip(&texts).enumerate() {
        let expected = replaced(text);
        assert_eq!(values(line, "x"), [format!("<{expected}>")], "{text}");
        assert_eq!(authorization(line), super::super::basic(&format!("u:{expected}")), "{text}");
        let body = line["postData"]["text"].as_str().unwrap_or_default();
        match index % 5 {
            0 => assert_eq!(body, expected, "{text}"),
            1 => {
                let value = body.strip_prefix("k=").unwrap_or_default();
                let decoded = [("%20", " "), ("%7B", "{"), ("%7D", "}"), ("%24", "$")];
                let decoded = decoded.iter().fold(value.to_owned(), |text, (escape, sign)| text.replace(escape, sign));
                assert_eq!(decoded, expected, "{text}");
            }
            2 => {
                assert!(body.contains(&format!("name=\"k\"\r\n\r\n{expected}\r\n")), "{text}: {body}");
                assert!(body.contains(&format!("\r\n\r\n{text}\r\n--")), "{text}: {body}");
            }
            _ => assert_eq!(body, text),
        }
    }
}

#[test]
fn a_url_is_resolved_once() {
    let mut random = Random(11);
    let texts: Vec<String> = (0..100).map(|_| text(&mut random)).collect();
    let request = |text: &String| item("r", json!({"url": format!("http://h/?q={text}&"),}));
    let lines = scoped(&texts.iter().map(request).collect(), &["none"]).succeeds().json();
    for (line, text) in lines.iter().zip(&texts) {
        assert_eq!(line["url"], format!("http://h/?q={}&", replaced(text)).replace(' ', "%20"), "{text}");
    }
    assert_eq!(lines.len(), texts.len());
}

#[test]
fn a_name_that_is_its_own_value_is_looked_for_further_out() {
    let items = json!([item("r", json!("http://h/{{a}}/{{$guid}}/{{b}}"))]);
    let mut collection = collection(&items);
    let own = |name: &str| json!({"key": name, "value": format!("{{{{{name}}}}}")});
    collection["variable"] = json!([own("a"), own("$guid"), own("b")]);
    let url = |arguments: &[&str]| {
        let tool = with(&["none", "c.json", "--to", "url"], &collection).args(arguments);
        let tool = tool.file("b.env", "b={{b}}\n").file("g.env", "b=B\n");
        tool.succeeds().out().trim_end().replace("%7B", "{").replace("%7D", "}")
    };
    assert_eq!(url(&[]), "http://h/{{a}}/{{$guid}}/{{b}}");
    assert_eq!(url(&["--var", "a=1"]), "http://h/1/{{$guid}}/{{b}}");
    // Outside of a collection nobody writes so on purpose.
    let mistake = sign(["none", "--var", "a={{a}}"]).stdin("http://h/{{a}}\n").fails(1);
    mistake.stderr_has("go round in a circle: a -> a").stdout_is("");
    assert_eq!(url(&["--var", "a={{a}}", "--env-file", "b.env", "--globals", "g.env"]), "http://h/{{a}}/{{$guid}}/B");
    // Two names that lead to each other are still a circle.
    let circle = sign(["none", "--var", "a={{b}}", "--var", "b={{a}}"]).stdin("http://h/{{a}}\n").fails(1);
    circle.stderr_has("go round in a circle: a -> b -> a").stdout_is("");
}

#[test]
fn what_our_writers_write_reads_back_as_it_was() {
    let mut random = Random(12);
    let line = |random: &mut Random| {
        // Bruno has no way to say that the name of a dynamic value is ordinary text.
        let mut text = || text(random).replace("{{$guid}}", "{{guid}}");
        let (name, words, body) = (text(), text(), text());
        json!({"method": "POST", "url": format!("http://h/?q={}", name.replace(' ', "")),
            "headers": [{"name": "X", "value": format!("<{words}>")}, {"name": "Content-Type", "value": "text/plain"}],
            "postData": {"mimeType": "text/plain", "text": format!("<{body}>")}, "_name": "r",
            "_auth": {"type": "basic", "basic": {"username": "u", "password": words}}})
    };
    let lines: Vec<Value> = (0..60).map(|_| line(&mut random)).collect();
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    for (format, arguments) in
        [("postman", &[][..]), ("postman", &["--out", "out"]), ("opencollection", &["--out", "out"])]
    {
        let written = sign(["none", "--to", format]).args(arguments).stdin(&input).succeeds();
        std::fs::write(written.home().join("out.json"), &written.stdout).expect("a file");
        let file = if arguments.is_empty() { "out.json" } else { "out" };
        let read = sign(["none"]).within(written.home()).arg(file).succeeds().json();
        assert_eq!(read.len(), lines.len(), "{format}");
        for (read, line) in read.iter().zip(&lines) {
            let told = |line: &Value| {
                let url = line["url"].as_str().unwrap_or_default().replace("%7B", "{").replace("%7D", "}");
                (
                    url,
                    values(line, "x").concat(),
                    line["postData"]["text"].clone(),
                    line["_auth"]["basic"]["password"].clone(),
                )
            };
            assert_eq!(told(read), told(line), "{format}");
        }
    }
}

#[test]
fn parameters_of_the_user_take_the_variables_of_the_collection() {
    let items = json!([item("r", json!("http://h/"))]);
    let output = with(&["bearer", "--token", "{{twice}}", "c.json"], &collection(&items)).succeeds();
    assert_eq!(authorization(&output.json()[0]), "Bearer last");
}

#[test]
fn what_a_reference_leads_to_is_no_template() {
    for (token, expected) in [("env:T", "{{n}}"), ("text:{{n}}", "{{n}}"), ("{{n}}", "7"), ("cmd:echo {{n}}", "{{n}}")]
    {
        let tool = with(&["bearer", "--token", token, "c.json"], &collection(&json!([item("r", json!("http://h/"))])));
        let line = tool.env("T", "{{n}}").succeeds().json().remove(0);
        assert_eq!(authorization(&line), format!("Bearer {expected}"), "{token}");
    }
}

#[test]
fn explain_masks_secret_variables_of_the_collection() {
    let mut collection = collection(&json!([item("r", json!("http://h/?k={{hidden}}"))]));
    collection["variable"]
        .as_array_mut()
        .expect("a list")
        .push(json!({"key": "hidden", "value": "s3cr3t", "type": "secret"}));
    let tool = with(&["aws", "--access-key", "a", "--secret-key", "k", "--region", "r", "--service", "s"], &collection);
    tool.args(["--explain", "c.json"]).succeeds().stderr_has("k=***").stderr_lacks("s3cr3t");
}

#[test]
fn the_environment_of_a_scheme_is_resolved_for_its_requests_alone() {
    let basic = json!({"url": "http://h/", "_auth": {"type": "basic", "basic": {"username": "u"}}});
    let bearer = json!({"url": "http://h/", "_auth": {"type": "bearer"}});
    let run = |lines: &[&Value]| {
        let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let tool = sign(["inherit", "--credentials-for", "h", "--var", "t=T"]).stdin(input);
        tool.env("COUNTERSIGN_BASIC_PASSWORD", "{{unknown}}").env("COUNTERSIGN_BEARER_TOKEN", "{{t}}").run()
    };
    let output = run(&[&bearer, &basic, &bearer]).exits(1);
    assert_eq!(output.json().iter().map(authorization).collect::<Vec<_>>(), ["Bearer T", "Bearer T"]);
    output.stderr_is("sign: line 2: basic: password: {{unknown}} is not defined: looked at --var\n");
}

#[test]
fn the_scopes_of_a_collection_have_their_order() {
    let names = ["globals", "collection", "environment", "row", "given"];
    let defined = |place: usize| names.iter().skip(place).copied().collect::<Vec<_>>();
    let rows = |place: usize| -> Value {
        defined(place).iter().map(|name| json!({"key": name, "value": names[place]})).collect()
    };
    let path: Vec<String> = names.iter().map(|name| format!("{{{{{name}}}}}")).collect();
    // In Postman neither a folder nor a request is a scope, whatever stands there.
    let inner = json!([{"key": "globals", "value": "inner"}, {"key": "collection", "value": "inner"}]);
    let request = json!({"name": "r", "variable": inner, "request": format!("http://h/{}", path.join("/"))});
    let mut collection = collection(&json!([{"name": "f", "variable": inner, "item": [request]}]));
    collection["variable"] = rows(1);
    let row: serde_json::Map<String, Value> =
        defined(3).iter().map(|name| ((*name).to_owned(), json!("row"))).collect();
    let tool = with(&["none", "c.json", "--to", "url", "--var", "given=given"], &collection)
        .file("e.json", json!({"values": rows(2)}).to_string())
        .file("g.json", json!({"values": rows(0)}).to_string())
        .file("d.json", json!([row]).to_string())
        .args(["--env-file", "e.json", "--globals", "g.json", "--data", "d.json"]);
    tool.succeeds().stdout_is(&format!("http://h/{}\n", names.join("/")));
}

#[test]
fn a_value_that_is_switched_off_gives_way_to_one_further_out() {
    let mut collection = collection(&json!([item("r", json!("http://h/{{a}}/{{b}}/{{c}}"))]));
    let off = |name: &str, member: &str, value: bool| json!({"key": name, "value": "off", member: value});
    collection["variable"] = json!([{"key": "a", "value": "collection"}, {"key": "b", "value": "first"},
        off("b", "disabled", true), off("c", "disabled", true)]);
    let environment =
        json!({"values": [off("a", "enabled", false), off("b", "enabled", false), off("c", "disabled", true)]});
    let tool = with(&["none", "c.json", "--to", "url"], &collection).file("e.json", environment.to_string());
    let tool = tool.file("g.env", "a=globals\nc=globals\n").args(["--env-file", "e.json", "--globals", "g.env"]);
    tool.succeeds().stdout_is("http://h/collection/first/globals\n");
}

/// Folders of Postman 12 and of Bruno with these texts, a request each; JSON is YAML.
fn folders(texts: &[String]) -> [Vec<(String, Value)>; 2] {
    let own: Vec<(&str, &str)> = VALUES.iter().copied().filter(|(name, _)| !["given", "row"].contains(name)).collect();
    let mut postman = vec![(
        ".resources/definition.yaml".to_owned(),
        json!({"$kind": "collection", "name": "c",
            "variables": own.iter().map(|(name, value)| json!({"key": name, "value": value})).collect::<Value>()}),
    )];
    let variables: Value = own.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let mut bruno = vec![(
        "opencollection.yml".to_owned(),
        json!({"opencollection": "1.0.0", "info": {"name": "c"}, "request": {"variables": variables}}),
    )];
    for (index, text) in texts.iter().enumerate() {
        let is_file = index % 2 == 0;
        let name = format!("{index}.txt");
        let body = match is_file {
            true => json!({"type": "file", "content": {"src": name}}),
            false => json!({"type": "text", "content": text}),
        };
        let request = json!({"$kind": "http-request", "name": index.to_string(), "order": index, "url": "http://h/", "method": "POST",
            "headers": [{"key": "X", "value": format!("<{text}>")}], "body": body,
            "auth": {"type": "basic", "credentials": {"username": "u", "password": text}}});
        postman.push((format!("{index}.request.yaml"), request));
        let body = match is_file {
            true => json!({"type": "file", "data": [{"filePath": name, "contentType": "a/b", "selected": true}]}),
            false => json!({"type": "text", "data": text}),
        };
        let http = json!({"url": "http://h/", "method": "POST", "headers": [{"name": "X", "value": format!("<{text}>")}],
            "body": body, "auth": {"type": "basic", "username": "u", "password": text}});
        let info = json!({"name": index.to_string(), "type": "http", "seq": index});
        bruno.push((format!("{index}.yml"), json!({"info": info, "http": http})));
    }
    [postman, bruno]
}

#[test]
fn texts_of_folders_are_resolved_once_and_bytes_of_files_never() {
    let mut random = Random(13);
    let texts: Vec<String> = (0..60).map(|_| text(&mut random)).collect();
    for files in folders(&texts) {
        let arguments = ["inherit", "c", "--allow-unresolved", "--var", "given=G{{row}}", "--var", "row=R"];
        let tool =
            files.iter().fold(sign(arguments), |tool, (name, text)| tool.file(&format!("c/{name}"), text.to_string()));
        let tool =
            texts.iter().enumerate().fold(tool, |tool, (index, text)| tool.file(&format!("c/{index}.txt"), text));
        let lines = tool.succeeds().json();
        assert_eq!(lines.len(), texts.len());
        for (line, (index, text)) in lines.iter().zip(texts.iter().enumerate()) {
            let expected = replaced(text);
            assert_eq!(line["_name"], index.to_string());
            assert_eq!(values(line, "x"), [format!("<{expected}>")], "{text}");
            assert_eq!(authorization(line), super::super::basic(&format!("u:{expected}")), "{text}");
            let body = if index % 2 == 0 { text } else { &expected };
            assert_eq!(line["postData"]["text"].as_str().unwrap_or_default(), body, "{text}");
        }
    }
}
