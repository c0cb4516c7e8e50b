//! The lines of a request before its body: the request line, and headers.

use serde_json::json;

use super::super::{Auth, Row, Rule, Target, Template, Wrong, texts};

/// The part of a request before the body.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<Row>,
    pub(super) name: Option<String>,
    line: usize,
}

type Lines<'l, 't> = &'l [(usize, &'t str)];

impl Head {
    /// Reads the request line and the headers, and returns the lines of the body with them.
    ///
    /// # Errors
    /// Returns the line if it is neither a header nor a comment.
    pub(super) fn read<'l, 't>(lines: Lines<'l, 't>) -> Result<(Self, Lines<'l, 't>), Wrong> {
        let Some(((number, first), mut rest)) = lines.split_first() else {
            return Err(Wrong { place: String::new(), problem: "has no request line".to_owned() });
        };
        let mut head = Self { line: *number, ..Self::default() };
        head.request_line(first.trim());
        while let Some(((_, line), after)) = rest.split_first() {
            // A long URL goes on in lines that are indented.
            let is_part = line.starts_with([' ', '\t']) && !line.trim().is_empty() && comment(line).is_none();
            if !is_part {
                break;
            }
            let part = line.trim();
            head.url.push_str(version(part));
            rest = after;
        }
        while let Some(((number, line), after)) = rest.split_first() {
            rest = after;
            if line.trim().is_empty() {
                break;
            }
            if let Some(text) = comment(line) {
                if let Some(name) = named(text) {
                    head.name = Some(name.to_owned());
                }
                continue;
            }
            let Some((name, value)) = line.split_once(':') else {
                return Err(wrong(*number, "is neither a header nor a comment; a blank line ends the headers"));
            };
            head.headers.push(Row::new(name.trim(), value.trim()));
        }
        Ok((head, rest))
    }

    fn request_line(&mut self, line: &str) {
        let line = version(line);
        let is_method =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        match line.split_once([' ', '\t']) {
            Some((method, url)) if is_method(method) => {
                method.clone_into(&mut self.method);
                url.trim().clone_into(&mut self.url);
            }
            _ => {
                "GET".clone_into(&mut self.method);
                line.clone_into(&mut self.url);
            }
        }
    }

    /// Returns the protocol, if it is not HTTP.
    pub(super) fn foreign(&self) -> Option<&str> {
        let by_method = ["GRPC", "WEBSOCKET", "RSOCKET"].into_iter().find(|method| *method == self.method);
        let by_url = ["ws://", "wss://"].iter().any(|scheme| self.url.starts_with(scheme));
        by_method.or_else(|| by_url.then_some("WEBSOCKET"))
    }

    /// Returns the value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|row| row.name.eq_ignore_ascii_case(name)).and_then(|row| row.value.as_deref())
    }

    /// Takes a header out.
    pub(super) fn take(&mut self, name: &str) -> Option<String> {
        let at = self.headers.iter().position(|row| row.name.eq_ignore_ascii_case(name))?;
        self.headers.remove(at).value
    }

    /// Puts everything into the template, whose body is made already.
    ///
    /// # Errors
    /// Returns the line if the request is for a path on no host.
    pub(super) fn finish(mut self, template: &mut Template) -> Result<(), Wrong> {
        if self.url.starts_with('/') {
            let Some(host) = self.header("host") else {
                return Err(wrong(self.line, "has a path alone, and no Host header says where"));
            };
            self.url = format!("http://{host}{}", self.url);
        }
        template.auth = self.authorization();
        template.method = self.method;
        template.target = Target { url: self.url, ..Target::default() };
        template.headers = self.headers;
        let mut change = |text: &mut String| {
            *text = trimmed(text);
            Ok(())
        };
        texts::change(template, &mut change)
    }

    /// Takes credentials out that editors make a header of: `Basic NAME PASSWORD`, `Digest NAME PASSWORD`, `AWS KEY SECRET`.
    fn authorization(&mut self) -> Rule {
        let value = trimmed(self.header("authorization").unwrap_or_default());
        let words: Vec<&str> = value.split_whitespace().collect();
        let given = |scheme: &str, parameters: &[(&str, &str)]| {
            let parameters = parameters.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
            Rule::Given(Auth { scheme: scheme.to_owned(), parameters, ..Auth::default() })
        };
        let is = |word: &str, name: &str| word.eq_ignore_ascii_case(name);
        let rule = match words.as_slice() {
            [kind, name, password] if is(kind, "basic") => {
                given("basic", &[("username", name), ("password", password)])
            }
            [kind, pair] if is(kind, "basic") && !pair.starts_with("{{") => match pair.split_once(':') {
                Some((name, password)) => given("basic", &[("username", name), ("password", password)]),
                None => return Rule::Inherit,
            },
            // A digest that was made already has `=` in it.
            [kind, name, password] if is(kind, "digest") && !name.contains('=') => {
                given("digest", &[("username", name), ("password", password)])
            }
            [kind, key, secret, more @ ..] if is(kind, "aws") => {
                let mut parameters = vec![("accessKey", *key), ("secretKey", *secret)];
                for word in more {
                    let pair = word.split_once(':').and_then(|(name, value)| match name {
                        "token" => Some(("sessionToken", value)),
                        "region" => Some(("region", value)),
                        "service" => Some(("service", value)),
                        _ => None,
                    });
                    parameters.extend(pair);
                }
                given("awsv4", &parameters)
            }
            _ => return Rule::Inherit,
        };
        self.take("authorization");
        rule
    }
}

/// Returns a request line without the version of HTTP at its end.
fn version(line: &str) -> &str {
    match line.rsplit_once([' ', '\t']) {
        Some((before, version)) if version.starts_with("HTTP/") => before.trim_end(),
        _ => line,
    }
}

/// Returns the text of a comment.
pub(super) fn comment(line: &str) -> Option<&str> {
    let line = line.trim_start();
    line.strip_prefix("//").or_else(|| line.strip_prefix('#')).map(str::trim)
}

/// Returns the name in `@name NAME`.
pub(super) fn named(comment: &str) -> Option<&str> {
    let name = comment.strip_prefix("@name")?;
    name.starts_with([' ', '\t', '=']).then(|| name.trim_start_matches('=').trim()).filter(|name| !name.is_empty())
}

/// Returns a text in which names of variables have no blanks around them, as these files may have them.
pub(super) fn trimmed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        out.push_str(before);
        out.push_str("{{");
        out.push_str(name.trim());
        out.push_str("}}");
        rest = behind;
    }
    out.push_str(rest);
    out
}

pub(super) fn wrong(line: usize, problem: &str) -> Wrong {
    Wrong { place: format!("line {line}"), problem: problem.to_owned() }
}
