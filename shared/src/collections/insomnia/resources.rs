//! Version 4: resources that name their parents.

use std::collections::HashMap;

use super::super::document::Document;
use super::super::node::{Fields, Node};
use super::super::{Broken, Collection, DEPTH, Dialect, Folder, Foreign, Item, Template, Variable, Wrong};
use super::environment::variables;
use super::request;
use super::tree::{protocol, read_folder};

/// A resource.
struct Resource<'a> {
    fields: Fields<'a>,
    id: String,
    parent: String,
    kind: String,
    name: String,
    order: f64,
}

/// Reads an export.
///
/// # Errors
/// Returns the place if what the whole export depends on cannot be read.
pub(super) fn read(mut fields: Fields<'_>, document: &Document) -> Result<Collection, Wrong> {
    let list = fields.given("resources").map_or(Ok(Vec::new()), Node::list)?;
    let mut resources: Vec<Resource<'_>> = list.into_iter().map(resource).collect::<Result<_, _>>()?;
    resources.sort_by(|a, b| a.order.total_cmp(&b.order));
    let mut export =
        Export { document, children: HashMap::new(), workspaces: Vec::new(), environments: HashMap::new() };
    let folders: Vec<String> =
        resources.iter().filter(|one| one.kind == "request_group").map(|one| one.id.clone()).collect();
    let folders: std::collections::HashSet<String> = folders.into_iter().collect();
    for mut one in resources {
        match one.kind.as_str() {
            "workspace" => export.workspaces.push((one.id, one.name)),
            "environment" => {
                let data = variables(one.fields.take("data"))?;
                export.environments.entry(one.parent).or_insert(data);
            }
            "request" | "request_group" | "grpc_request" | "websocket_request" | "socketio_request" => {
                // What names a parent that the export has not lies at the root.
                let is_within = folders.contains(&one.parent) || one.parent.starts_with("wrk_");
                let parent = if is_within { one.parent.clone() } else { String::new() };
                export.children.entry(parent).or_default().push(one);
            }
            _ => {}
        }
    }
    Ok(export.collection())
}

fn resource(node: Node<'_>) -> Result<Resource<'_>, Wrong> {
    let mut fields = node.fields()?;
    let mut text = |name: &str| fields.given(name).map_or(Ok(None), |node| node.scalar());
    let id = text("_id")?.unwrap_or_default();
    let parent = text("parentId")?.unwrap_or_default();
    let kind = text("_type")?.unwrap_or_default();
    let name = text("name")?.unwrap_or_default();
    let order = text("metaSortKey")?.and_then(|key| key.parse().ok()).unwrap_or(0.0);
    Ok(Resource { fields, id, parent, kind, name, order })
}

struct Export<'a> {
    document: &'a Document,
    children: HashMap<String, Vec<Resource<'a>>>,
    workspaces: Vec<(String, String)>,
    /// The base environment of each workspace.
    environments: HashMap<String, Vec<Variable>>,
}

impl Export<'_> {
    fn collection(mut self) -> Collection {
        let mut collection = Collection { dialect: Dialect::Insomnia, ..Collection::default() };
        let workspaces = std::mem::take(&mut self.workspaces);
        if let [(id, name)] = workspaces.as_slice() {
            collection.name.clone_from(name);
            collection.variables = self.environments.remove(id).unwrap_or_default();
            collection.items = self.items(id, 0);
        } else {
            // Each has variables of its own.
            for (id, name) in workspaces {
                let variables = self.environments.remove(&id).unwrap_or_default();
                let items = self.items(&id, 1);
                let folder = Folder { place: id, name, variables, items, ..Folder::default() };
                collection.items.push(Item::Folder(folder));
            }
        }
        let outside = self.items("", 0);
        collection.items.extend(outside);
        let mut parents: Vec<String> = self.children.keys().cloned().collect();
        parents.sort_unstable();
        for parent in parents {
            collection.items.extend(self.lost(&parent));
        }
        collection
    }

    /// Returns what no way from a workspace leads to. It must not vanish.
    fn lost(&mut self, parent: &str) -> Vec<Item> {
        let broken = |one: Resource<'_>| {
            let wrong = one.fields.missing("parentId");
            let wrong = Wrong { problem: "leads to no workspace".to_owned(), ..wrong };
            Item::Broken(Broken { name: Some(one.name), wrong, source: None })
        };
        let children = self.children.remove(parent).unwrap_or_default();
        children.into_iter().filter(|one| one.kind != "request_group").map(broken).collect()
    }

    /// Returns what a folder or a workspace holds. Each is opened once, so that folders in a circle end.
    fn items(&mut self, parent: &str, depth: usize) -> Vec<Item> {
        let children = self.children.remove(parent).unwrap_or_default();
        children.into_iter().map(|one| self.item(one, depth)).collect()
    }

    fn item(&mut self, one: Resource<'_>, depth: usize) -> Item {
        let name = one.name.clone();
        let document = self.document;
        let read = if one.kind == "request_group" { self.folder(one, depth) } else { single(one, document) };
        read.unwrap_or_else(|wrong| {
            Item::Broken(Broken { name: Some(name), wrong: document.placed(wrong), source: None })
        })
    }

    fn folder(&mut self, one: Resource<'_>, depth: usize) -> Result<Item, Wrong> {
        let Resource { mut fields, id, name, .. } = one;
        let place = fields.place().to_owned();
        if depth >= DEPTH {
            return Err(Wrong { place, problem: format!("is below more than {DEPTH} folders") });
        }
        let mut folder = Folder { name, place, ..Folder::default() };
        folder.description = fields.given("description").map_or(Ok(None), |node| node.scalar())?;
        read_folder(&mut fields, self.document, &mut folder)?;
        folder.items = self.items(&id, depth + 1);
        folder.rest = fields.rest();
        Ok(Item::Folder(folder))
    }
}

fn single(one: Resource<'_>, document: &Document) -> Result<Item, Wrong> {
    let Resource { fields, id, kind, name, .. } = one;
    let place = fields.place().to_owned();
    let protocol = match kind.as_str() {
        "grpc_request" => Some("gRPC"),
        "websocket_request" => Some("WebSocket"),
        "socketio_request" => Some("Socket.IO"),
        _ => protocol(&id),
    };
    if let Some(protocol) = protocol {
        return Ok(Item::Foreign(Foreign { name, place, protocol: protocol.to_owned(), source: None }));
    }
    let mut template = Template { name, place, ..Template::default() };
    request::read(fields, document, &mut template)?;
    Ok(Item::Request(Box::new(template)))
}
