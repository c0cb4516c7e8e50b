//! Servers: the start of every URL, whose variables have defaults.

use super::super::Wrong;
use super::super::node::Node;

/// The start of URLs.
#[derive(Clone, Debug, Default)]
pub(super) struct Base {
    /// The start, with `{{variables}}`.
    pub(super) url: String,
    /// Variables of the collection that it needs.
    pub(super) variables: Vec<(String, String)>,
}

/// The name of the variable that holds the start of URLs.
const BASE: &str = "baseUrl";

impl Base {
    /// Returns the start that the first server of the description gives. It is the variable `baseUrl`, so that another
    /// server can be named in its place; one that is relative to wherever the description lies leaves the host open.
    ///
    /// # Errors
    /// Returns the place if a member cannot be read.
    pub(super) fn of_root(servers: Option<Node<'_>>) -> Result<Self, Wrong> {
        let first = servers.map_or(Ok(Vec::new()), Node::list)?.into_iter().next();
        let variable = format!("{{{{{BASE}}}}}");
        let Some(server) = first else { return Ok(Self { url: variable, variables: Vec::new() }) };
        let (url, defaults) = read(server)?;
        let mut text = url.as_str();
        let mut value = String::new();
        let mut variables = Vec::new();
        while let Some((before, name, after)) = next(text) {
            value.push_str(before);
            value.push_str("{{");
            value.push_str(name);
            value.push_str("}}");
            text = after;
        }
        value.push_str(text);
        variables.extend(defaults);
        let value = value.trim_end_matches('/');
        if is_absolute(value) {
            variables.insert(0, (BASE.to_owned(), value.to_owned()));
            return Ok(Self { url: variable, variables });
        }
        let slash = if value.is_empty() || value.starts_with('/') { "" } else { "/" };
        Ok(Self { url: format!("{variable}{slash}{value}"), variables })
    }

    /// Returns the start that the first server of an operation or a path gives, with the defaults of its variables.
    ///
    /// # Errors
    /// Returns the place if a member cannot be read.
    pub(super) fn of_operation(servers: &Node<'_>) -> Result<Option<Self>, Wrong> {
        let Some(server) = servers.clone().list()?.into_iter().next() else { return Ok(None) };
        let (url, defaults) = read(server)?;
        let mut text = url.as_str();
        let mut value = String::new();
        while let Some((before, name, after)) = next(text) {
            value.push_str(before);
            match defaults.iter().find(|(known, _)| known == name) {
                Some((_, default)) => value.push_str(default),
                None => value.push_str(&format!("{{{{{name}}}}}")),
            }
            text = after;
        }
        value.push_str(text);
        let value = value.trim_end_matches('/');
        let slash = if value.is_empty() || value.starts_with('/') { "" } else { "/" };
        let url = if is_absolute(value) { value.to_owned() } else { format!("{{{{{BASE}}}}}{slash}{value}") };
        Ok(Some(Self { url, variables: Vec::new() }))
    }
}

fn is_absolute(url: &str) -> bool {
    url.contains("://") || url.starts_with("{{")
}

/// Returns a server's URL and the defaults of its variables.
fn read(server: Node<'_>) -> Result<(String, Vec<(String, String)>), Wrong> {
    let mut server = server.fields()?;
    let missing = server.missing("url");
    let url = server.given("url").ok_or(missing)?.text()?;
    let mut defaults = Vec::new();
    if let Some(variables) = server.given("variables") {
        for (name, node) in variables.fields()?.all() {
            let default = node.fields()?.given("default").map_or(Ok(None), |node| node.scalar())?;
            defaults.extend(default.map(|default| (name.into_owned(), default)));
        }
    }
    Ok((url, defaults))
}

/// Returns the text before the next `{name}`, the name, and the text behind it.
pub(super) fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
