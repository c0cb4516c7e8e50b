//! Bruno's own language, brought into `OpenCollection`'s form: `get { … }`, `headers { … }`, `body:json { … }`.

mod blocks;
mod form;

use super::Wrong;
use super::document::Document;

/// Reads a file: a request, or what a folder or a collection gives to its requests.
///
/// # Errors
/// Returns the file, the line, and the problem if the text is not in this language.
pub(super) fn document(label: &str, text: &str) -> Result<Document, Wrong> {
    let place = |line: usize| {
        let colon = if label.is_empty() { "" } else { ": " };
        format!("{label}{colon}line {line}")
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let blocks =
        blocks::blocks(text).map_err(|(line, problem)| Wrong { place: place(line), problem: problem.to_owned() })?;
    Ok(Document::of(label, form::tree(&blocks)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(text: &str, expected: &str) {
        let document = document("", text).unwrap();
        assert_eq!(document.node().unwrap().raw().get(), expected);
    }

    #[test]
    fn a_request_is_read() {
        let text = "meta {\n  name: Get item\n  type: http\n  seq: 2\n  tags: [\n    smoke\n  ]\n}\n\nget {\n  url: {{base}}/items/:id?q=1\n  \
            body: json\n  auth: bearer\n}\n\nparams:path {\n  id: a b\n}\n\nheaders {\n  X-A: 1: anything\n  ~X-Off: not sent\n  \
            @description('why')\n  \"a:b\\\"c\": x\n  long: '''\n    one\n      two\n  '''\n}\n\nauth:bearer {\n  token: {{t}}\n}\n\n\
            body:json {\n  {\n    \"a\": 1\n  }\n}\n\nvars:pre-request {\n  v: x\n  ~@w: y\n}\n\nscript:pre-request {\n  x();\n}\n\n\
            settings {\n  encodeUrl: true\n}\n\ndocs {\n  # Text\n\n  more\n}\n";
        let expected = concat!(
            r#"{"info":{"name":"Get item","type":"http","seq":"2"},"http":{"method":"get","url":"{{base}}/items/:id?q=1","#,
            r#""params":[{"name":"id","value":"a b","type":"path"}],"headers":[{"name":"X-A","value":"1: anything"},"#,
            r#"{"name":"X-Off","value":"not sent","disabled":true},{"name":"a:b\"c","value":"x","description":"why"},"#,
            r#"{"name":"long","value":"one\n  two"}],"body":{"type":"json","data":"{\n  \"a\": 1\n}"},"#,
            r#""auth":{"type":"bearer","token":"{{t}}"}},"runtime":{"variables":[{"name":"v","value":"x"},"#,
            r#"{"name":"w","value":"y","disabled":true}],"scripts":[{"type":"before-request","code":"x();"}]},"#,
            r##""settings":{"encodeUrl":true},"docs":"# Text\n\nmore"}"##,
        );
        same(text, expected);
        same(&text.replace('\n', "\r\n"), expected);
    }

    #[test]
    fn bodies_of_every_mode_are_read() {
        let request =
            |mode: &str, block: &str| format!("http {{\n  method: PURGE\n  url: u\n  body: {mode}\n}}\n{block}");
        for (mode, block, expected) in [
            ("none", "", r#""body":{"type":"none"}"#),
            ("text", "body:text {\n  a\n   b\n\n}\n", r#""body":{"type":"text","data":"a\n b\n"}"#),
            (
                "formUrlEncoded",
                "body:form-urlencoded {\n  a: 1\n  ~b: 2\n}\n",
                r#""body":{"type":"form-urlencoded","data":[{"name":"a","value":"1"},{"name":"b","value":"2","disabled":true}]}"#,
            ),
            (
                "multipartForm",
                "body:multipart-form {\n  a: 1 @contentType(text/x)\n  f: @file(x.txt|y.bin) @contentType(a/b)\n  g: @file(z)\n}\n",
                concat!(
                    r#""body":{"type":"multipart-form","data":[{"name":"a","type":"text","value":"1","contentType":"text/x"},"#,
                    r#"{"name":"f","type":"file","value":["x.txt","y.bin"],"contentType":"a/b"},"#,
                    r#"{"name":"g","type":"file","value":["z"]}]}"#,
                ),
            ),
            (
                "file",
                "body:file {\n  file: @file(a.bin) @contentType(a/b)\n  ~file: @file(b.bin)\n}\n",
                concat!(
                    r#""body":{"type":"file","data":[{"filePath":"a.bin","contentType":"a/b","selected":true},"#,
                    r#"{"filePath":"b.bin","selected":false}]}"#,
                ),
            ),
        ] {
            let expected = format!(
                r#"{{"info":{{"type":"http"}},"http":{{"method":"PURGE","url":"u",{expected},"auth":"none"}}}}"#
            );
            same(&request(mode, block), &expected);
        }
        let block = "body:graphql {\n  { a }\n}\nbody:graphql:vars {\n  {\"x\": 1}\n}\n";
        let expected = concat!(
            r#"{"info":{"type":"graphql"},"graphql":{"method":"PURGE","url":"u","#,
            r#""body":{"query":"{ a }","variables":"{\"x\": 1}"},"auth":"none"}}"#,
        );
        same(&request("graphql", block), expected);
    }

    #[test]
    fn what_a_folder_gives_is_read() {
        let text = "meta {\n  name: Users\n  seq: 1\n}\nauth {\n  mode: oauth2\n}\nauth:oauth2 {\n  grant_type: password\n  \
            access_token_url: http://a/\n  username: u\n  password: p\n  client_id: c\n  client_secret:\n  \
            credentials_placement: body\n  token_placement: header\n  token_header_prefix:\n}\n\
            auth:oauth2:additional_params:access_token_req:queryparams {\n  resource: r\n}\nheaders {\n  A: b\n}\n\
            vars:pre-request {\n  v: 1\n}\n";
        same(
            text,
            concat!(
                r#"{"info":{"name":"Users","type":"http","seq":"1"},"request":{"headers":[{"name":"A","value":"b"}],"#,
                r#""auth":{"type":"oauth2","flow":"password","accessTokenUrl":"http://a/","#,
                r#""credentials":{"clientId":"c","clientSecret":"","placement":"body"},"#,
                r#""resourceOwner":{"username":"u","password":"p"},"tokenConfig":{"placement":{"header":""}},"#,
                r#""additionalParameters":{"accessTokenRequest":[{"name":"resource","value":"r","placement":"query"}]}},"#,
                r#""variables":[{"name":"v","value":"1"}]}}"#,
            ),
        );
    }

    #[test]
    fn errors_name_their_line() {
        for (text, expected) in [
            ("meta {\n  name: x\n", "f.bru: line 1: the block never ends"),
            ("\nheaders {\n  x\n}\n", "f.bru: line 3: is not name: value"),
            ("meta {\n}\nnonsense\n", "f.bru: line 3: is outside of every block"),
            ("headers {\n  a: '''\n  x\n}\n", "f.bru: line 2: the text never ends"),
        ] {
            let wrong = document("f.bru", text).unwrap_err();
            assert_eq!(format!("{}: {}", wrong.place, wrong.problem), expected);
        }
    }
}
