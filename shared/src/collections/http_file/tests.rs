//! Tests of `.http` files.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::super::told::told;
use super::*;

#[track_caller]
fn same(text: &str, expected: &[&str]) {
    assert_eq!(told(&read(text).unwrap()), expected, "{text}");
    let windows = text.replace('\n', "\r\n");
    assert_eq!(told(&read(&windows).unwrap()), expected, "{windows:?}");
}

#[test]
fn requests_are_divided_and_named() {
    let text = "@host = h:8080\n@base = http://{{ host }}\n\n// a comment\nGET {{ base }}/a HTTP/1.1\nA: b\n# between\nC: {{d}}\n\n\
        ### Second\n# @name given\nhttp://h/b\n    ?x=1\n    &y=2\n\n###\n\n### Third\n@late = 1\nPOST http://h/c\n\n  text\n\nmore\n\n\n\
        ###\nGET /path\nHost: example.com\n";
    same(
        text,
        &[
            ": GET {{base}}/a H:A=b H:C={{d}}",
            "given: GET http://h/b?x=1&y=2",
            "Third: POST http://h/c B:<  text\n\nmore>",
            ": GET http://example.com/path H:Host=example.com",
        ],
    );
    let collection = read(text).unwrap();
    let variables: Vec<_> = collection.variables.iter().map(|one| (one.name.as_str(), one.value.as_str())).collect();
    assert_eq!(variables, [("host", "h:8080"), ("base", "http://{{host}}"), ("late", "1")]);
}

#[test]
fn bodies_are_text_files_forms_and_parts() {
    same("POST u\nContent-Type: text/x\n\n< ./a b.bin\n", &[": POST u H:Content-Type=text/x file <./a b.bin>"]);
    same("POST u\n\n<a>\n  <b/>\n</a>\n\n> {% client.test() %}\n", &[": POST u B:<<a>\n  <b/>\n</a>>"]);
    same("POST u\n\n{}\n\n>> out.json\n<> old.json\n", &[": POST u B:<{}>"]);
    same(
        "POST u\nContent-Type: application/x-www-form-urlencoded\n\na=1\n&b=2\n",
        &[": POST u H:Content-Type=application/x-www-form-urlencoded B:<a=1&b=2>"],
    );
    same(
        "POST u\nContent-Type: multipart/form-data; boundary=Xy\n\n--Xy\nContent-Disposition: form-data; name=\"a\"\n\nb\nc\n--Xy\n\
         Content-Disposition: form-data; name=\"f\"; filename=\"x.txt\"\nContent-Type: text/plain\n\n< ./x.txt\n--Xy--\n",
        &[": POST u H:Content-Type=multipart/form-data; boundary=Xy P:a=b\nc P:f<./x.txt>text/plain"],
    );
    same(
        "GRAPHQL http://h/\n\nquery {\n  a\n\n  b\n}\n\n{\"x\": 1}\n",
        &[": POST http://h/ G:<query {\n  a\n\n  b\n}>NoneSome(\"{\\\"x\\\": 1}\")"],
    );
    same(
        "POST u\n\na\n< ./b\n",
        &["?: broken line 4: mixes a file with text, which is read in multipart/form-data alone"],
    );
}

#[test]
fn credentials_in_words_are_authorization() {
    for (value, expected) in [
        ("Basic u p", "basic{username=u,password=p}"),
        ("Basic u:p", "basic{username=u,password=p}"),
        ("Basic dTpw", "H:Authorization=Basic dTpw"),
        ("Basic {{u}} {{ p }}", "basic{username={{u}},password={{p}}}"),
        ("Digest u p", "digest{username=u,password=p}"),
        ("AWS k s region:r service:x", "awsv4{accessKey=k,secretKey=s,region=r,service=x}"),
        ("Bearer {{ t }}", "H:Authorization=Bearer {{t}}"),
    ] {
        same(&format!("GET u\nAuthorization: {value}\n"), &[&format!(": GET u {expected}")]);
    }
}

#[test]
fn scripts_are_passed_over_and_what_is_wrong_has_its_line() {
    same("< {%\n  x();\n%}\nGET u\n\n> x.js\n", &[": GET u"]);
    same(
        "### ok\nGET u\n### bad\nGET u\nnonsense\n",
        &["ok: GET u", "bad: broken line 5: is neither a header nor a comment; a blank line ends the headers"],
    );
    same("### ws\nWEBSOCKET ws://h/\n", &["ws: foreign WEBSOCKET"]);
    same("GET /x\n", &["?: broken line 1: has a path alone, and no Host header says where"]);
    assert!(read("# nothing\n").unwrap_err().to_string().contains("has no request"));
}
