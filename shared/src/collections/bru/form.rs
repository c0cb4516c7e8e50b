//! Blocks in the form of an `OpenCollection` document. Each value keeps its line.

use crate::yaml::tree::{Tree, Value};

use super::blocks::{Block, Content, Pair};

const METHODS: [&str; 10] = ["get", "post", "put", "patch", "delete", "head", "options", "trace", "connect", "http"];

/// Returns the document.
pub(super) fn tree(blocks: &[Block<'_>]) -> Tree {
    let blocks = Blocks(blocks);
    let method = METHODS.iter().find_map(|name| blocks.named(name));
    let mut members = Members::default();
    let mode = method.and_then(|block| value(block, "body")).unwrap_or_default();
    let is_graphql = mode == "graphql" || blocks.named("meta").and_then(|meta| value(meta, "type")) == Some("graphql");
    members.push("info", Some(blocks.info(if is_graphql { "graphql" } else { "http" })));
    if let Some(method) = method {
        members.push(if is_graphql { "graphql" } else { "http" }, Some(blocks.request(method, mode, is_graphql)));
        let mut runtime = Members::default();
        runtime.push("variables", blocks.variables());
        runtime.push("scripts", blocks.scripts());
        members.push("runtime", runtime.filled(1));
        members.push("settings", blocks.settings());
    } else {
        let mut request = Members::default();
        request.push("headers", blocks.named("headers").map(rows));
        request.push("auth", blocks.level_auth());
        request.push("variables", blocks.variables());
        request.push("scripts", blocks.scripts());
        members.push("request", request.filled(1));
    }
    members.push("docs", blocks.text("docs"));
    members.tree(1)
}

/// The members of an object that is being made.
#[derive(Default)]
struct Members(Vec<(String, Tree)>);

impl Members {
    fn push(&mut self, name: &str, tree: Option<Tree>) {
        self.0.extend(tree.map(|tree| (name.to_owned(), tree)));
    }

    fn text(&mut self, name: &str, pair: Option<&Pair>) {
        self.push(name, pair.map(|pair| Tree::text(line(pair.line), pair.value.as_str())));
    }

    fn tree(self, line: u64) -> Tree {
        Tree { line: self.0.first().map_or(line, |(_, first)| first.line), value: Value::Map(self.0) }
    }

    fn filled(self, line: u64) -> Option<Tree> {
        (!self.0.is_empty()).then(|| self.tree(line))
    }
}

fn line(line: usize) -> u64 {
    u64::try_from(line).unwrap_or(u64::MAX)
}

fn pairs<'b>(block: &'b Block<'_>) -> &'b [Pair] {
    match &block.content {
        Content::Pairs(pairs) => pairs,
        Content::Lines(_) => &[],
    }
}

/// Returns the last pair of a name, as everywhere in these files.
fn pair<'b>(block: &'b Block<'_>, name: &str) -> Option<&'b Pair> {
    pairs(block).iter().rev().find(|pair| pair.name == name)
}

fn value<'b>(block: &'b Block<'_>, name: &str) -> Option<&'b str> {
    pair(block, name).map(|pair| pair.value.as_str())
}

fn flag(line: u64) -> Tree {
    Tree { line, value: Value::Flag(true) }
}

/// Returns the rows of a block.
fn rows(block: &Block<'_>) -> Tree {
    let row = |pair: &Pair| row(pair, None);
    Tree { line: line(block.line), value: Value::List(pairs(block).iter().map(row).collect()) }
}

fn row(pair: &Pair, kind: Option<(&str, &str)>) -> Tree {
    let at = line(pair.line);
    let mut members = Members::default();
    members.push("name", Some(Tree::text(at, pair.name.as_str())));
    members.text("value", Some(pair));
    if let Some((name, kind)) = kind {
        members.push(name, Some(Tree::text(at, kind)));
    }
    members.push("disabled", pair.disabled.then(|| flag(at)));
    members.push("description", pair.description.as_deref().map(|text| Tree::text(at, text)));
    members.tree(at)
}

struct Blocks<'b, 't>(&'b [Block<'t>]);

impl<'b, 't> Blocks<'b, 't> {
    fn named(&self, name: &str) -> Option<&'b Block<'t>> {
        self.0.iter().find(|block| block.name == name)
    }

    /// Returns the text of a block, without the two blanks that indent it.
    fn text(&self, name: &str) -> Option<Tree> {
        let block = self.named(name)?;
        let Content::Lines(lines) = &block.content else { return None };
        let shorter = |text: &&'t str| text.strip_prefix("  ").unwrap_or_else(|| text.trim_start_matches(' '));
        let lines: Vec<&str> = lines.iter().skip_while(|text| text.is_empty()).map(shorter).collect();
        Some(Tree::text(line(block.line), lines.join("\n")))
    }

    fn info(&self, kind: &str) -> Tree {
        let mut info = Members::default();
        let meta = self.named("meta");
        let of = |name| meta.and_then(|meta| pair(meta, name));
        let at = meta.map_or(1, |meta| line(meta.line));
        info.text("name", of("name"));
        let stated = of("type").filter(|pair| !pair.value.is_empty() && kind == "http");
        info.push(
            "type",
            Some(stated.map_or_else(|| Tree::text(at, kind), |pair| Tree::text(at, pair.value.as_str()))),
        );
        info.text("seq", of("seq").filter(|pair| !pair.value.is_empty()));
        info.tree(at)
    }

    fn request(&self, method: &Block<'_>, mode: &str, is_graphql: bool) -> Tree {
        let at = line(method.line);
        let mut request = Members::default();
        let name = if method.name == "http" { value(method, "method").unwrap_or("GET") } else { method.name };
        request.push("method", Some(Tree::text(at, name)));
        request.text("url", pair(method, "url"));
        let blocks = [("params:query", "query"), ("query", "query"), ("params:path", "path")];
        let of = |(block, kind)| {
            let pairs = self.named(block).map(pairs).unwrap_or_default();
            pairs.iter().map(move |pair| row(pair, Some(("type", kind))))
        };
        let params: Vec<Tree> = blocks.into_iter().flat_map(of).collect();
        let params = (!params.is_empty()).then_some(Tree { line: at, value: Value::List(params) });
        request.push("params", params);
        request.push("headers", self.named("headers").map(rows));
        if is_graphql {
            let mut body = Members::default();
            body.push("query", self.text("body:graphql"));
            body.push("variables", self.text("body:graphql:vars"));
            request.push("body", Some(body.tree(at)));
        } else {
            request.push("body", self.body(mode, at));
        }
        let stated = pair(method, "auth");
        let mode = stated.map_or("none", |pair| pair.value.as_str());
        request.push("auth", Some(self.auth(mode, stated.map_or(at, |pair| line(pair.line)))));
        request.tree(at)
    }

    fn body(&self, mode: &str, at: u64) -> Option<Tree> {
        let mut body = Members::default();
        let (kind, data) = match mode {
            "" => return None,
            "json" => ("json", self.text("body:json").or_else(|| self.text("body"))),
            "text" => ("text", self.text("body:text")),
            "xml" => ("xml", self.text("body:xml")),
            "sparql" => ("sparql", self.text("body:sparql")),
            "formUrlEncoded" | "form-urlencoded" => ("form-urlencoded", self.named("body:form-urlencoded").map(rows)),
            "multipartForm" | "multipart-form" => ("multipart-form", self.named("body:multipart-form").map(parts)),
            "file" => ("file", self.named("body:file").map(files)),
            other => (other, None),
        };
        body.push("type", Some(Tree::text(at, kind)));
        body.push("data", data);
        Some(body.tree(at))
    }

    fn level_auth(&self) -> Option<Tree> {
        let mode = pair(self.named("auth")?, "mode")?;
        Some(self.auth(&mode.value, line(mode.line)))
    }

    fn auth(&self, mode: &str, at: u64) -> Tree {
        if matches!(mode, "" | "none" | "inherit") {
            return Tree::text(at, if mode.is_empty() { "none" } else { mode });
        }
        let Some(block) = self.named(&format!("auth:{mode}")) else {
            let mut auth = Members::default();
            auth.push("type", Some(Tree::text(at, mode)));
            return auth.tree(at);
        };
        if mode == "oauth2" { self.oauth2(block) } else { flat(mode, block) }
    }

    fn oauth2(&self, block: &Block<'_>) -> Tree {
        let at = line(block.line);
        let mut auth = Members::default();
        auth.push("type", Some(Tree::text(at, "oauth2")));
        for (theirs, ours) in [
            ("grant_type", "flow"),
            ("access_token_url", "accessTokenUrl"),
            ("authorization_url", "authorizationUrl"),
            ("refresh_token_url", "refreshTokenUrl"),
            ("callback_url", "callbackUrl"),
            ("scope", "scope"),
            ("state", "state"),
        ] {
            auth.text(ours, pair(block, theirs));
        }
        let is_on = |name| value(block, name) == Some("true");
        auth.push("pkce", is_on("pkce").then(|| flag(at)));
        let mut credentials = Members::default();
        credentials.text("clientId", pair(block, "client_id"));
        credentials.text("clientSecret", pair(block, "client_secret"));
        credentials.text("placement", pair(block, "credentials_placement"));
        auth.push("credentials", credentials.filled(at));
        let mut owner = Members::default();
        owner.text("username", pair(block, "username"));
        owner.text("password", pair(block, "password"));
        auth.push("resourceOwner", owner.filled(at));
        let mut place = Members::default();
        match value(block, "token_placement") {
            Some("header") => place.push("header", Some(text_or_empty(block, "token_header_prefix"))),
            Some("url") => place.push("query", Some(text_or_empty(block, "token_query_key"))),
            _ => {}
        }
        let mut config = Members::default();
        config.push("placement", place.filled(at));
        config.text("source", pair(block, "token_source"));
        auth.push("tokenConfig", config.filled(at));
        auth.push("additionalParameters", self.additions().filled(at));
        auth.tree(at)
    }

    /// Returns the parameters that go with requests for tokens, which are in blocks of their own.
    fn additions(&self) -> Members {
        let mut additions = Members::default();
        for (theirs, ours) in [
            ("auth_req", "authorizationRequest"),
            ("access_token_req", "accessTokenRequest"),
            ("refresh_token_req", "refreshTokenRequest"),
        ] {
            let mut list = Vec::new();
            for (place, ours) in [("headers", "header"), ("queryparams", "query"), ("body", "body")] {
                let block = self.named(&format!("auth:oauth2:additional_params:{theirs}:{place}"));
                list.extend(
                    block.map(pairs).unwrap_or_default().iter().map(|pair| row(pair, Some(("placement", ours)))),
                );
            }
            let at = list.first().map(|first| first.line);
            additions.push(ours, at.map(|line| Tree { line, value: Value::List(list) }));
        }
        additions
    }

    fn variables(&self) -> Option<Tree> {
        let block = self.named("vars:pre-request")?;
        let local = |pair: &Pair| Pair { name: pair.name.trim_start_matches('@').to_owned(), ..pair.clone() };
        let rows = pairs(block).iter().map(|pair| row(&local(pair), None)).collect();
        Some(Tree { line: line(block.line), value: Value::List(rows) })
    }

    fn scripts(&self) -> Option<Tree> {
        let mut scripts = Vec::new();
        for (block, kind) in
            [("script:pre-request", "before-request"), ("script:post-response", "after-response"), ("tests", "tests")]
        {
            let Some(code) = self.text(block) else { continue };
            let mut script = Members::default();
            script.push("type", Some(Tree::text(code.line, kind)));
            let at = code.line;
            script.push("code", Some(code));
            scripts.push(script.tree(at));
        }
        let at = scripts.first()?.line;
        Some(Tree { line: at, value: Value::List(scripts) })
    }

    fn settings(&self) -> Option<Tree> {
        let block = self.named("settings")?;
        let mut settings = Members::default();
        for pair in pairs(block) {
            let value = match pair.value.as_str() {
                "true" => Value::Flag(true),
                "false" => Value::Flag(false),
                number
                    if number.bytes().all(|byte| byte.is_ascii_digit())
                        && number.parse::<u32>().is_ok_and(|n| n.to_string() == number) =>
                {
                    Value::Number(number.to_owned())
                }
                text => Value::Text(text.to_owned()),
            };
            settings.push(&pair.name, Some(Tree { line: line(pair.line), value }));
        }
        settings.filled(line(block.line))
    }
}

fn text_or_empty(block: &Block<'_>, name: &str) -> Tree {
    let at = pair(block, name).map_or(block.line, |pair| pair.line);
    Tree::text(line(at), value(block, name).unwrap_or_default())
}

/// Returns an authorization whose parameters are flat, under the names that `OpenCollection` has for them.
fn flat(mode: &str, block: &Block<'_>) -> Tree {
    let mut auth = Members::default();
    auth.push("type", Some(Tree::text(line(block.line), mode)));
    for pair in pairs(block) {
        let name = match pair.name.as_str() {
            "token_secret" | "access_token_secret" => "accessTokenSecret".to_owned(),
            name => camel(name),
        };
        let value = match (name.as_str(), pair.value.as_str()) {
            ("placement", "queryparams") => "query",
            (_, value) => value,
        };
        let is_flag = name == "includeBodyHash" && matches!(value, "true" | "false");
        let value = if is_flag { Value::Flag(value == "true") } else { Value::Text(value.to_owned()) };
        auth.push(&name, Some(Tree { line: line(pair.line), value }));
    }
    auth.tree(line(block.line))
}

/// Returns `consumer_key` as `consumerKey`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        let mut chars = word.chars();
        camel.extend(chars.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(chars.as_str());
    }
    camel
}

/// Returns a value without `@contentType(…)` at its end, and the type.
fn typed(value: &str) -> (&str, Option<&str>) {
    let found = value.strip_suffix(')').and_then(|rest| rest.rsplit_once("@contentType("));
    found.map_or((value, None), |(value, kind)| (value.trim_end(), Some(kind)))
}

/// Returns the names in `@file(a|b)`.
fn named(value: &str) -> Option<impl Iterator<Item = &str>> {
    Some(value.strip_prefix("@file(")?.strip_suffix(')')?.split('|'))
}

fn parts(block: &Block<'_>) -> Tree {
    let part = |pair: &Pair| {
        let at = line(pair.line);
        let (value, kind) = typed(&pair.value);
        let names = named(value);
        let mut part = Members::default();
        part.push("name", Some(Tree::text(at, pair.name.as_str())));
        part.push("type", Some(Tree::text(at, if names.is_some() { "file" } else { "text" })));
        let names = names.map(|names| names.map(|name| Tree::text(at, name)).collect());
        let value = names.map_or_else(|| Value::Text(value.to_owned()), Value::List);
        part.push("value", Some(Tree { line: at, value }));
        part.push("contentType", kind.map(|kind| Tree::text(at, kind)));
        part.push("disabled", pair.disabled.then(|| flag(at)));
        part.tree(at)
    };
    Tree { line: line(block.line), value: Value::List(pairs(block).iter().map(part).collect()) }
}

fn files(block: &Block<'_>) -> Tree {
    let file = |pair: &Pair| {
        let at = line(pair.line);
        let (value, kind) = typed(&pair.value);
        let name = named(value).and_then(|mut names| names.next()).unwrap_or(value);
        let mut file = Members::default();
        file.push("filePath", Some(Tree::text(at, name)));
        file.push("contentType", kind.map(|kind| Tree::text(at, kind)));
        file.push("selected", Some(Tree { line: at, value: Value::Flag(!pair.disabled) }));
        file.tree(at)
    };
    Tree { line: line(block.line), value: Value::List(pairs(block).iter().map(file).collect()) }
}
