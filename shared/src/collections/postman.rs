//! Postman's collections of version 2.0 and 2.1 (schema.postman.com), one item of them, or one request.
//!
//! The schema allows less than Postman's programs read, and people's files have it all: a request that is a string, headers
//! as text, numbers for ports. What the programs read is read here; anything else is an error that names its place.

mod auth;
mod body;
mod request;
mod row;
mod url;

use crate::error::Error;

use super::node::{Fields, Node};
use super::table::{is_off, spelled, text_of};
use super::{Broken, Collection, DEPTH, Dialect, Folder, Item, Rest, Template, Variable, Wrong};

pub use auth::rule;
pub use request::{header_lines, request};

/// Reads a collection, an item or a request, also one within `{"collection": …}`.
///
/// # Errors
/// Returns [`Error::Json`] or [`Error::Unfinished`] if the text is not JSON, and [`Error::Place`] if what the whole
/// collection depends on cannot be read. A single request that cannot be read is an [`Item::Broken`].
pub fn read(text: &str) -> Result<Collection, Error> {
    let node = Node::parse(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    Ok(root(node)?)
}

fn root(node: Node<'_>) -> Result<Collection, Wrong> {
    let mut fields = node.clone().fields()?;
    let is_wrapped = !["item", "request", "url", "info"].into_iter().any(|name| fields.has(name));
    if is_wrapped && let Some(inner) = fields.given("collection") {
        fields = inner.clone().fields()?;
        return collection(fields);
    }
    if fields.has("item") || fields.has("info") {
        return collection(fields);
    }
    if fields.has("request") {
        let one = item(node, &[]);
        return Ok(Collection { items: vec![one], ..Collection::default() });
    }
    if fields.has("url") || fields.has("method") {
        let mut template = Template { place: node.place().to_owned(), ..Template::default() };
        request(node, &mut template)?;
        return Ok(Collection { items: vec![Item::Request(Box::new(template))], ..Collection::default() });
    }
    let problem = if fields.has("requests") {
        "is a Postman collection of version 1; export it from Postman as v2.1"
    } else {
        "is not a Postman collection: it has no item"
    };
    Err(node.wrong(problem))
}

fn collection(mut fields: Fields<'_>) -> Result<Collection, Wrong> {
    let mut collection = Collection { dialect: Dialect::Postman, ..Collection::default() };
    let mut whole = None;
    if let Some(info) = fields.given("info") {
        whole = Some(("info".to_owned(), info.raw().to_owned()));
        let mut info = info.fields()?;
        collection.name = info.given("name").map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
        collection.description = text_of(info.take("description"))?;
    }
    collection.auth = rule(fields.take("auth"));
    collection.variables = variables(fields.take("variable"))?;
    collection.settings = settings(fields.take("protocolProfileBehavior"))?;
    collection.scripts = scripts(&fields);
    if let Some(items) = fields.given("item") {
        collection.items = items.list()?.into_iter().map(|node| item(node, &[])).collect();
    }
    collection.rest = whole.into_iter().chain(fields.rest()).collect();
    Ok(collection)
}

/// Reads an item below the folders of these names. One that cannot be read stands in its own place.
fn item(node: Node<'_>, above: &[&str]) -> Item {
    let raw = node.raw();
    let mut name = None;
    read_item(node, above, &mut name)
        .unwrap_or_else(|wrong| Item::Broken(Broken { name, wrong, source: Some(raw.to_owned()) }))
}

fn read_item(node: Node<'_>, above: &[&str], known: &mut Option<String>) -> Result<Item, Wrong> {
    let place = node.place().to_owned();
    let mut fields = node.clone().fields()?;
    let name = fields.given("name").map_or(Ok(None), |node| node.scalar())?;
    known.clone_from(&name);
    let name = name.unwrap_or_default();
    if fields.has("item") {
        return folder(fields, name, above).map(Item::Folder);
    }
    let Some(inner) = fields.given("request") else {
        return Err(node.wrong("has neither a request nor an item"));
    };
    let mut template = Template { name, place, ..Template::default() };
    let described = text_of(fields.take("description"))?;
    request(inner, &mut template)?;
    template.description = template.description.or(described);
    template.settings = settings(fields.take("protocolProfileBehavior"))?;
    template.scripts = scripts(&fields);
    // An `auth` or a `variable` beside the request is none in Postman's programs, so it is kept and not used.
    template.rest = fields.rest();
    Ok(Item::Request(Box::new(template)))
}

fn folder(mut fields: Fields<'_>, name: String, above: &[&str]) -> Result<Folder, Wrong> {
    let place = fields.place().to_owned();
    if above.len() >= DEPTH {
        return Err(Wrong { place: shortened(&place), problem: format!("is below more than {DEPTH} folders") });
    }
    let mut folder = Folder { place, ..Folder::default() };
    folder.description = text_of(fields.take("description"))?;
    folder.auth = rule(fields.take("auth"));
    folder.settings = settings(fields.take("protocolProfileBehavior"))?;
    folder.scripts = scripts(&fields);
    if let Some(items) = fields.given("item") {
        let within = [above, &[name.as_str()]].concat();
        folder.items = items.list()?.into_iter().map(|node| item(node, &within)).collect();
    }
    folder.name = name;
    folder.rest = fields.rest();
    Ok(folder)
}

/// Returns the start of a place that repeats itself.
fn shortened(place: &str) -> String {
    let steps: Vec<&str> = place.split('.').collect();
    steps.get(..3).map_or_else(|| place.to_owned(), |start| format!("{}…", start.join(".")))
}

/// Returns variables, which are a list of rows or a map.
fn variables(node: Option<Node<'_>>) -> Result<Vec<Variable>, Wrong> {
    let Some(node) = node.filter(|node| !node.is_null()) else { return Ok(Vec::new()) };
    if node.is_object() {
        let of = |(name, node): (std::borrow::Cow<'_, str>, Node<'_>)| {
            Ok(Variable { name: name.into_owned(), value: spelled(&node), ..Variable::default() })
        };
        return node.fields()?.all().map(of).collect();
    }
    node.list()?.into_iter().filter(|node| !node.is_null()).map(variable).collect()
}

fn variable(node: Node<'_>) -> Result<Variable, Wrong> {
    let mut fields = node.fields()?;
    let id = if fields.has("key") { "key" } else { "id" };
    let name = fields.given(id).map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
    let value = fields.take("value").map(|node| spelled(&node)).unwrap_or_default();
    let disabled = is_off(&mut fields)?;
    let secret = fields.clone().given("type").is_some_and(|node| node.raw().get() == "\"secret\"");
    let secret = secret || fields.clone().given("secret").is_some_and(|node| node.raw().get() == "true");
    let description = text_of(fields.take("description"))?;
    Ok(Variable { name, value, disabled, secret, description, rest: fields.rest() })
}

fn settings(node: Option<Node<'_>>) -> Result<Rest, Wrong> {
    node.filter(|node| !node.is_null()).map_or(Ok(Rest::new()), |node| Ok(node.fields()?.rest()))
}

/// Returns the names of the scripts that have code. The member itself stays among those that are passed on.
fn scripts(fields: &Fields<'_>) -> Vec<String> {
    let events = fields.clone().given("event").and_then(|node| node.list().ok()).unwrap_or_default();
    events.into_iter().filter_map(script).collect()
}

fn script(event: Node<'_>) -> Option<String> {
    let mut fields = event.fields().ok()?;
    let name = fields.given("listen")?.text().ok()?;
    if fields.given("disabled").is_some_and(|node| node.raw().get() == "true") {
        return None;
    }
    let script = fields.given("script")?;
    let code = if script.is_object() { script.fields().ok()?.given("exec")? } else { script };
    let lines = if code.is_list() { code.list().ok()? } else { vec![code] };
    let has_code = lines.into_iter().any(|line| line.text().is_ok_and(|line| !line.trim().is_empty()));
    has_code.then_some(name)
}
