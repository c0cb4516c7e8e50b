//! Version 5: folders within folders.

use super::super::document::Document;
use super::super::node::{Fields, Node};
use super::super::table::{Values, rows};
use super::super::{Broken, Collection, DEPTH, Dialect, Folder, Foreign, Item, Template, Wrong, texts};
use super::environment::variables;
use super::{auth, request, tags};

/// Reads an export.
///
/// # Errors
/// Returns the place if what the whole export depends on cannot be read.
pub(super) fn read(mut fields: Fields<'_>, document: &Document) -> Result<Collection, Wrong> {
    let mut collection = Collection { dialect: Dialect::Insomnia, ..Collection::default() };
    collection.name = fields.given("name").map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
    if let Some(environments) = fields.given("environments") {
        collection.variables = variables(environments.fields()?.take("data"))?;
    }
    let items = fields.given("collection").map_or(Ok(Vec::new()), Node::list)?;
    collection.items = all(items, document, 0);
    collection.rest = fields.rest();
    Ok(collection)
}

fn all(nodes: Vec<Node<'_>>, document: &Document, depth: usize) -> Vec<Item> {
    let mut items: Vec<(f64, Item)> = nodes.into_iter().map(|node| item(node, document, depth)).collect();
    items.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    items.into_iter().map(|(_, item)| item).collect()
}

fn item(node: Node<'_>, document: &Document, depth: usize) -> (f64, Item) {
    let (mut name, mut order) = (None, 0.0);
    let read = read_item(node, document, depth, &mut name, &mut order);
    let broken = |wrong| Item::Broken(Broken { name, wrong: document.placed(wrong), source: None });
    (order, read.unwrap_or_else(broken))
}

fn read_item(
    node: Node<'_>,
    document: &Document,
    depth: usize,
    known: &mut Option<String>,
    order: &mut f64,
) -> Result<Item, Wrong> {
    let place = node.place().to_owned();
    let mut fields = node.clone().fields()?;
    known.clone_from(&fields.given("name").map_or(Ok(None), |node| node.scalar())?);
    let name = known.clone().unwrap_or_default();
    let (mut id, mut description) = (String::new(), None);
    if let Some(meta) = fields.given("meta") {
        let mut meta = meta.fields()?;
        id = meta.given("id").map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
        description = meta.given("description").map_or(Ok(None), |node| node.scalar())?;
        *order = meta
            .given("sortKey")
            .map_or(Ok(None), |node| node.scalar())?
            .and_then(|key| key.parse().ok())
            .unwrap_or(0.0);
    }
    if fields.has("children") || (!fields.has("url") && id.starts_with("fld_")) {
        if depth >= DEPTH {
            return Err(node.wrong(format!("is below more than {DEPTH} folders")));
        }
        let mut folder = Folder { name, place, description, ..Folder::default() };
        read_folder(&mut fields, document, &mut folder)?;
        let children = fields.given("children").map_or(Ok(Vec::new()), Node::list)?;
        folder.items = all(children, document, depth + 1);
        folder.rest = fields.rest();
        return Ok(Item::Folder(folder));
    }
    if let Some(protocol) = protocol(&id) {
        return Ok(Item::Foreign(Foreign { name, place, protocol: protocol.to_owned(), source: None }));
    }
    let mut template = Template { name, place, description, ..Template::default() };
    request::read(fields, document, &mut template)?;
    Ok(Item::Request(Box::new(template)))
}

/// Reads what a folder gives to its requests.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn read_folder(fields: &mut Fields<'_>, document: &Document, folder: &mut Folder) -> Result<(), Wrong> {
    let place = fields.place().to_owned();
    folder.auth = document.placed_rule(auth::rule(fields.take("authentication")));
    folder.headers = rows(fields.take("headers"), "name", Values::Scalars)?;
    folder.variables = variables(fields.take("environment"))?;
    let mut change = |text: &mut String| match tags::translated(text) {
        Ok(changed) => {
            *text = changed;
            Ok(())
        }
        Err(problem) => Err(Wrong { place: place.clone(), problem }),
    };
    texts::rule(&mut folder.auth, &mut change)?;
    texts::rows(&mut folder.headers, &mut change)
}

/// Returns the protocol of a request that is not HTTP, by the beginning of its identifier.
pub(super) fn protocol(id: &str) -> Option<&'static str> {
    let known = [("greq_", "gRPC"), ("ws-req_", "WebSocket"), ("socketio-req_", "Socket.IO"), ("mcp-req_", "MCP")];
    known.into_iter().find(|(start, _)| id.starts_with(start)).map(|(_, protocol)| protocol)
}
