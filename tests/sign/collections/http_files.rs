//! `.http` files as lines.

use super::told;
use crate::support::sign;

#[track_caller]
fn same(text: &str, expected: &[&str]) {
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        let tool = sign(["none", "a.http", "--var", "x=X"]).file("a.http", &text).file("f.txt", "hello");
        let found: Vec<String> = told(&tool.succeeds().json()).iter().map(|line| line.replace("\r\n", "\n")).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn requests_have_names_variables_and_headers() {
    same(
        "@host = h.example\n@base = http://{{ host }}\n\n### List\n# @name list\nGET {{base}}/items\n    ?a=1\n    &b={{ x }}\nAccept: application/json\nX: 1\nX: 2\n\n\
         ### Second\n// a comment\nDELETE {{base}}/x HTTP/1.1\n\n###\nhttp://h/bare\n",
        &[
            "list: GET http://h.example/items?a=1&b=X [Accept: application/json] [X: 1] [X: 2]",
            "Second: DELETE http://h.example/x",
            ": GET http://h/bare",
        ],
    );
}

#[test]
fn bodies_are_text_forms_files_parts_and_questions() {
    same(
        "POST http://h/\nContent-Type: application/json\n\n{\n  \"a\": \"{{x}}\"\n}\n\n",
        &[": POST http://h/ [Content-Type: application/json] <{\n  \"a\": \"X\"\n}>"],
    );
    same(
        "POST http://h/\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b={{x}}\n",
        &[": POST http://h/ [Content-Type: application/x-www-form-urlencoded] <a=1&b=X>"],
    );
    same(
        "PUT http://h/\nContent-Type: text/plain\n\n< ./f.txt\n",
        &[": PUT http://h/ [Content-Type: text/plain] <hello>"],
    );
    same(
        "GRAPHQL http://h/\n\nquery { a }\n\n{\"v\": 1}\n",
        &[": POST http://h/ [Content-Type: application/json] <{\"query\":\"query { a }\",\"variables\":{\"v\": 1}}>"],
    );
    same(
        "POST http://h/\nContent-Type: multipart/form-data; boundary=Bd\n\n--Bd\nContent-Disposition: form-data; name=\"t\"\n\nv\n--Bd\nContent-Disposition: form-data; name=\"f\"; \
         filename=\"f.txt\"\nContent-Type: text/plain\n\n< ./f.txt\n--Bd--\n",
        &[
            ": POST http://h/ [Content-Type: multipart/form-data; boundary=B] <--B\nContent-Disposition: form-data; name=\"t\"\n\nv\n--B\nContent-Disposition: form-data; name=\"f\"; \
           filename=\"f.txt\"\nContent-Type: text/plain\n\nhello\n--B--\n>",
        ],
    );
}

#[test]
fn bodies_are_sent_as_they_stand() {
    same("POST http://h/\n\ntext\n", &[": POST http://h/ <text>"]);
    same("PUT http://h/\n\n< ./f.txt\n", &[": PUT http://h/ <hello>"]);
    same(
        "POST http://h/\nContent-Type: application/json\n\n{\"a\": 1 /* x */}\n",
        &[": POST http://h/ [Content-Type: application/json] <{\"a\": 1 /* x */}>"],
    );
    let parts = "--Bd\nContent-Disposition: form-data; name=\"t\"\nX-Part: 1\n\nv\n--Bd--\n";
    let request = format!("POST http://h/\nContent-Type: multipart/form-data; boundary=Bd\n\n{parts}");
    let line = &sign(["none", "a.http"]).file("a.http", &request).succeeds().json()[0];
    assert_eq!(line["postData"]["text"], parts.replace('\n', "\r\n"));
    assert_eq!(line["headers"][0]["value"], "multipart/form-data; boundary=Bd");
    let with_file = request.replace("X-Part: 1\n\nv", "X-Part: 1\n\n< ./f.txt");
    let failed = sign(["none", "a.http"]).file("a.http", with_file).file("f.txt", "x").fails(1);
    failed.stdout_is("").stderr_has("is a part with a header that is neither Content-Disposition nor Content-Type");
}

#[test]
fn credentials_in_words_are_authorization() {
    for (value, expected) in [
        ("Basic user pass", " basic{\"password\":\"pass\",\"username\":\"user\"}"),
        ("Basic user:pass:word", " basic{\"password\":\"pass:word\",\"username\":\"user\"}"),
        ("Digest user {{x}}", " digest{\"password\":\"X\",\"username\":\"user\"}"),
        (
            "AWS id key token:t region:eu-west-1 service:s3",
            " awsv4{\"accessKey\":\"id\",\"region\":\"eu-west-1\",\"secretKey\":\"key\",\"service\":\"s3\",\"sessionToken\":\"t\"}",
        ),
    ] {
        same(&format!("GET http://h/\nAuthorization: {value}\n"), &[&format!(": GET http://h/{expected}")]);
    }
    same("GET http://h/\nAuthorization: Bearer {{x}}\n", &[": GET http://h/ [Authorization: Bearer X]"]);
}

#[test]
fn files_are_read_below_the_own_folder_alone() {
    let text = "POST http://h/\n\n< ../secret.txt\n";
    let tool =
        |options: &[&str]| sign(["none", "d/a.http"]).args(options).file("secret.txt", "s").file("d/a.http", text);
    tool(&[])
        .fails(1)
        .stdout_is("")
        .stderr_has("../secret.txt is outside the collection's folder; --allow-files lets it be read");
    assert_eq!(told(&tool(&["--allow-files"]).succeeds().json()), [": POST http://h/ <s>"]);
    sign(["none", "--from", "http-file"])
        .stdin("POST http://h/\n\n< ./secret.txt\n")
        .file("secret.txt", "s")
        .fails(1)
        .stdout_is("")
        .stderr_has("--allow-files");
}

#[test]
fn what_cannot_be_read_is_named_with_its_line_and_leaves_the_others() {
    let text = "GET http://h/\nno header\n\n### named\nPOST http://h/\n\ntext\n< ./f.txt\n\n###\nGET /path\n\n### ws\nWEBSOCKET ws://h/\n\n### script\n< {% x() %}\nGET http://h/good\n\n###\nGET http://h/{{unknown}}\n";
    let output = sign(["none", "a.http"]).file("a.http", text).fails(1);
    assert_eq!(told(&output.json()), ["script: GET http://h/good"]);
    output
        .stderr_has("sign: line 2: is neither a header nor a comment; a blank line ends the headers\n")
        .stderr_has("sign: \"named\": line 8: mixes a file with text")
        .stderr_has("sign: line 11: has a path alone, and no Host header says where\n")
        .stderr_has("sign: warning: scripts are not run: before the request of \"script\"\n")
        .stderr_has("sign: line 21: url: {{unknown}} is not defined")
        .stderr_has("sign: warning: 1 request is left out: no HTTP but WEBSOCKET\n");
    sign(["none", "--from", "http-file"])
        .stdin("# nothing\n")
        .fails(1)
        .stderr_is("sign: -: the document has no request, such as GET https://host/path\n");
}

#[test]
fn no_line_ends_the_tool() {
    let text = "@a = 1\n### n\n# @name x\nPOST http://h/{{a}} HTTP/1.1\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Disposition: form-data; name=\"a\"\n\n1\n--b--\n\n> {% x %}\n";
    let lines: Vec<&str> = text.lines().collect();
    for index in 0..lines.len() {
        for other in [
            "",
            "--b",
            "--b--",
            "< ",
            "<",
            "< {% ",
            "{{",
            "@",
            "###",
            "# @name",
            ":",
            "Content-Type: multipart/form-data",
            "GRAPHQL",
            "\u{0}\u{7f}é",
            "> ",
        ] {
            let mut changed = lines.clone();
            changed[index] = other;
            let output = sign(["none", "--from", "http-file", "a"]).file("a", changed.join("\n")).run();
            assert!(matches!(output.status.code(), Some(0 | 1)), "{changed:?}: {}", output.err());
        }
    }
}
