//! Security schemes as authorization. A description has no secrets, so that each is a variable by the scheme's name.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::super::node::{Fields, Node};
use super::super::{Auth, Row, Rule, Wrong};
use super::reference::References;

/// The schemes of a description and what it asks for by default.
pub(super) struct Security<'a> {
    schemes: HashMap<String, Node<'a>>,
    default: Option<Node<'a>>,
}

/// The needs of a request: an authorization, and keys beside it.
#[derive(Debug, Default)]
pub(super) struct Secured {
    pub(super) rule: Rule,
    pub(super) headers: Vec<Row>,
    pub(super) query: Vec<Row>,
    pub(super) cookies: Vec<String>,
}

/// A scheme made into what a request has.
enum Made {
    Auth(Auth),
    Cookie(String),
}

impl<'a> Security<'a> {
    /// Reads the schemes.
    ///
    /// # Errors
    /// Returns the place if a member cannot be read.
    pub(super) fn new(
        default: Option<Node<'a>>,
        components: Option<Node<'a>>,
        references: &References<'a>,
    ) -> Result<Self, Wrong> {
        let mut schemes = HashMap::new();
        let components = components.map(Node::fields).transpose()?;
        if let Some(node) = components.and_then(|mut components| components.given("securitySchemes")) {
            for (name, node) in node.fields()?.all() {
                schemes.insert(name.into_owned(), references.followed(node)?);
            }
        }
        Ok(Self { schemes, default })
    }

    /// Returns what the first of the alternatives asks for that an operation has.
    ///
    /// # Errors
    /// Returns the place if the operation's list cannot be read. A scheme that cannot be used is a rule that says so.
    pub(super) fn of(&self, own: Option<Node<'a>>) -> Result<Secured, Wrong> {
        let Some(node) = own.filter(|node| !node.is_null()).or_else(|| self.default.clone()) else {
            return Ok(Secured::default());
        };
        let Some(first) = node.list()?.into_iter().next() else {
            return Ok(Secured { rule: Rule::Off, ..Secured::default() });
        };
        let mut secured = Secured { rule: Rule::Off, ..Secured::default() };
        let mut keys = Vec::new();
        for (name, scopes) in first.fields()?.all() {
            match self.made(&name, scopes) {
                Ok(Made::Cookie(cookie)) => secured.cookies.push(cookie),
                Ok(Made::Auth(auth)) if auth.scheme == "apikey" => keys.push(auth),
                Ok(Made::Auth(auth)) if matches!(secured.rule, Rule::Off) => secured.rule = Rule::Given(auth),
                Ok(Made::Auth(_)) => {
                    let problem =
                        format!("is asked for together with another one, and a request has one authorization: {name}");
                    let place = format!("components.securitySchemes.{name}");
                    secured.rule = Rule::Wrong(Wrong { place, problem });
                    return Ok(secured);
                }
                Err(wrong) => {
                    secured.rule = Rule::Wrong(wrong);
                    return Ok(secured);
                }
            }
        }
        let mut keys = keys.into_iter();
        if matches!(secured.rule, Rule::Off)
            && let Some(key) = keys.next()
        {
            secured.rule = Rule::Given(key);
        }
        for key in keys {
            secured.add(&key);
        }
        Ok(secured)
    }

    fn made(&self, name: &str, scopes: Node<'a>) -> Result<Made, Wrong> {
        let Some(node) = self.schemes.get(name) else {
            return Err(scopes.wrong(format!("is no scheme of the description: {name}")));
        };
        let mut fields = node.clone().fields()?;
        let missing = fields.missing("type");
        let kind = fields.given("type").ok_or(missing)?;
        let auth = match kind.clone().text()?.as_str() {
            "apiKey" => return api_key(name, &mut fields),
            "http" => http(name, &mut fields)?,
            "oauth2" => oauth2(name, &mut fields, scopes)?,
            "openIdConnect" => given("oauth2", [("accessToken", name.to_owned())]),
            other => return Err(kind.wrong(format!("is nothing that sign can do: {other}"))),
        };
        Ok(Made::Auth(auth))
    }
}

impl Secured {
    /// Adds a key beside the authorization.
    fn add(&mut self, key: &Auth) {
        let text = |name| key.parameters.iter().find(|(known, _)| known == name).and_then(|(_, value)| value.as_str());
        let row = Row::new(text("key").unwrap_or_default(), text("value").unwrap_or_default());
        if text("in") == Some("query") { self.query.push(row) } else { self.headers.push(row) }
    }
}

/// Returns an authorization whose parameters are variables of these names.
fn given<const N: usize>(scheme: &str, variables: [(&str, String); N]) -> Auth {
    let of = |(key, name): (&str, String)| (key.to_owned(), Value::String(format!("{{{{{name}}}}}")));
    Auth { scheme: scheme.to_owned(), parameters: variables.into_iter().map(of).collect(), ..Auth::default() }
}

fn api_key(name: &str, fields: &mut Fields<'_>) -> Result<Made, Wrong> {
    let missing = fields.missing("name");
    let key = fields.given("name").ok_or(missing)?.text()?;
    let missing = fields.missing("in");
    let node = fields.given("in").ok_or(missing)?;
    let place = node.clone().text()?;
    match place.as_str() {
        "cookie" => Ok(Made::Cookie(format!("{key}={{{{{name}}}}}"))),
        "header" | "query" => {
            let mut auth = given("apikey", [("value", name.to_owned())]);
            auth.parameters.push(("key".to_owned(), json!(key)));
            auth.parameters.push(("in".to_owned(), json!(place)));
            Ok(Made::Auth(auth))
        }
        _ => Err(node.wrong("is neither header nor query nor cookie")),
    }
}

fn http(name: &str, fields: &mut Fields<'_>) -> Result<Auth, Wrong> {
    let missing = fields.missing("scheme");
    let node = fields.given("scheme").ok_or(missing)?;
    let part = |part: &str| format!("{name}.{part}");
    match node.clone().text()?.to_ascii_lowercase().as_str() {
        "bearer" => Ok(given("bearer", [("token", name.to_owned())])),
        scheme @ ("basic" | "digest") => {
            Ok(given(scheme, [("username", part("username")), ("password", part("password"))]))
        }
        other => Err(node.wrong(format!("is nothing that sign can do: {other}"))),
    }
}

/// Returns the authorization for a flow. Where no person is needed, the token is got by the client's credentials; else it
/// has to be given.
fn oauth2(name: &str, fields: &mut Fields<'_>, scopes: Node<'_>) -> Result<Auth, Wrong> {
    let part = |part: &str| format!("{name}.{part}");
    let mut flows = fields.given("flows").map(Node::fields).transpose()?;
    let mut flow = |name| flows.as_mut().and_then(|flows| flows.given(name));
    let (node, grant, mut auth) = if let Some(node) = flow("clientCredentials") {
        let auth = given("oauth2", [("clientId", part("clientId")), ("clientSecret", part("clientSecret"))]);
        (node, "client_credentials", auth)
    } else if let Some(node) = flow("password") {
        let names = ["clientId", "username", "password"].map(|name| (name, part(name)));
        (node, "password_credentials", given("oauth2", names))
    } else {
        return Ok(given("oauth2", [("accessToken", name.to_owned())]));
    };
    auth.parameters.insert(0, ("grant_type".to_owned(), json!(grant)));
    let mut flow = node.fields()?;
    if let Some(url) = flow.given("tokenUrl") {
        auth.parameters.push(("accessTokenUrl".to_owned(), json!(url.text()?)));
    }
    let scopes: Vec<String> = scopes.list()?.into_iter().map(Node::text).collect::<Result<_, _>>()?;
    if !scopes.is_empty() {
        auth.parameters.push(("scope".to_owned(), json!(scopes.join(" "))));
    }
    Ok(auth)
}
