//! Postman's URLs: text, or an object of parts.

use super::super::node::{Fields, Node};
use super::super::query::{Side, escaped, pairs};
use super::super::{Row, Rows, Target, Wrong};
use super::row::{row, row_of};

/// Reads a URL.
///
/// # Errors
/// Returns the place if something cannot be read.
pub(super) fn target(node: Node<'_>) -> Result<Target, Wrong> {
    if !node.is_object() {
        return Ok(Target { url: node.text()?, ..Target::default() });
    }
    let missing = node.wrong("has neither raw nor host");
    let mut fields = node.fields()?;
    let raw = text(&mut fields, "raw")?;
    let host = joined(&mut fields, "host", ".")?;
    let is_text = fields.clone().take("path").is_some_and(|path| !path.is_list());
    let path = joined(&mut fields, "path", "/")?;
    // A path that is text may begin with the slash that stands between the segments of a list.
    let path = path.map(|path| path.strip_prefix('/').filter(|_| is_text).map(str::to_owned).unwrap_or(path));
    let query = query(fields.take("query"))?;
    let variables = fields.given("variable").map_or(Ok(Vec::new()), path_variables)?;
    let mut rest = fields.clone().rest();
    rest.retain(|(name, _)| !["protocol", "port", "hash", "auth"].contains(&name.as_str()));
    let target = |url| Target { url, query, rows: Rows::Repeated, path: variables, rest };
    match (host.filter(|host| !host.is_empty()), raw.filter(|raw| !raw.is_empty())) {
        // The parts win, since Postman writes `raw` for people: rows that are switched off may stand in it.
        (Some(host), _) => {
            let url = composed(&mut fields, &host, path.as_deref())?;
            let mut target = target(url);
            append_query(&mut target);
            if let Some(hash) = text(&mut fields, "hash")? {
                target.url.push('#');
                target.url.push_str(&hash);
            }
            Ok(target)
        }
        (None, Some(raw)) => Ok(target(raw)),
        (None, None) => Err(missing),
    }
}

/// Returns the URL up to its query.
fn composed(fields: &mut Fields<'_>, host: &str, path: Option<&str>) -> Result<String, Wrong> {
    let mut url = String::new();
    if let Some(protocol) = text(fields, "protocol")?.filter(|protocol| !protocol.is_empty()) {
        url.push_str(protocol.trim_end_matches("://"));
        url.push_str("://");
    }
    if let Some(auth) = fields.given("auth") {
        let mut auth = auth.fields()?;
        let (user, password) = (text(&mut auth, "user")?, text(&mut auth, "password")?);
        if user.is_some() || password.is_some() {
            url.push_str(&user.unwrap_or_default());
            if let Some(password) = password {
                url.push(':');
                url.push_str(&password);
            }
            url.push('@');
        }
    }
    url.push_str(host);
    if let Some(port) = text(fields, "port")?.filter(|port| !port.is_empty()) {
        url.push(':');
        url.push_str(&port);
    }
    if let Some(path) = path {
        url.push('/');
        url.push_str(path);
    }
    Ok(url)
}

fn append_query(target: &mut Target) {
    let mut mark = '?';
    for row in target.query.iter().filter(|row| !row.disabled) {
        target.url.push(mark);
        target.url.push_str(&escaped(&row.name, Side::Name));
        if let Some(value) = &row.value {
            target.url.push('=');
            target.url.push_str(&escaped(value, Side::Value));
        }
        mark = '&';
    }
}

fn text(fields: &mut Fields<'_>, name: &str) -> Result<Option<String>, Wrong> {
    fields.given(name).map_or(Ok(None), |node| node.scalar())
}

/// Returns text, or a list of texts joined. An element may be an object with the text in `value`.
fn joined(fields: &mut Fields<'_>, name: &str, between: &str) -> Result<Option<String>, Wrong> {
    let Some(node) = fields.given(name) else { return Ok(None) };
    if !node.is_list() {
        return node.scalar();
    }
    let element = |node: Node<'_>| {
        let inner = if node.is_object() { node.fields()?.take("value") } else { Some(node) };
        Ok(inner.map_or(Ok(None), |node| node.scalar())?.unwrap_or_default())
    };
    let elements: Vec<String> = node.list()?.into_iter().map(element).collect::<Result<_, Wrong>>()?;
    Ok(Some(elements.join(between)))
}

fn query(node: Option<Node<'_>>) -> Result<Vec<Row>, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(Vec::new()) };
    if node.is_text() {
        return Ok(pairs(&node.text()?));
    }
    let of = |node: Node<'_>| if node.is_text() { Ok(pairs(&node.text()?)) } else { Ok(vec![row(node)?]) };
    let rows: Vec<Vec<Row>> =
        node.list()?.into_iter().filter(|node| !node.is_null()).map(of).collect::<Result<_, _>>()?;
    Ok(rows.into_iter().flatten().collect())
}

/// Returns the values of `:name` segments; the name stands in `key`, in older files in `id`.
fn path_variables(node: Node<'_>) -> Result<Vec<Row>, Wrong> {
    if node.is_object() {
        let of = |(name, node): (std::borrow::Cow<'_, str>, Node<'_>)| {
            Ok(Row { name: name.into_owned(), value: node.scalar()?, ..Row::default() })
        };
        return node.fields()?.all().map(of).collect();
    }
    let of = |node: Node<'_>| {
        let mut fields = node.fields()?;
        let mut row = row_of(&mut fields)?;
        if row.name.is_empty() {
            row.name = text(&mut fields, "id")?.unwrap_or_default();
        }
        Ok(Row { rest: fields.rest(), ..row })
    };
    node.list()?.into_iter().filter(|node| !node.is_null()).map(of).collect()
}
