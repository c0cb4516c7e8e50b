//! `OpenAPI` 3 descriptions, in JSON or YAML: each operation is a request.
//!
//! What the description leaves open is a variable, which has to be given: `{{baseUrl}}` if no server is named, `{{name}}`
//! for a required parameter without an example, and the secrets of each security scheme by the scheme's name.

mod body;
mod example;
mod parameter;
mod reference;
mod sample;
mod security;
mod server;

use std::borrow::Cow;
use std::collections::HashMap;

use crate::error::Error;

use super::document::Document;
use super::node::{Fields, Node};
use super::{Broken, Collection, Content, Dialect, Folder, Item, Row, Rows, Target, Template, Variable, Wrong};

use parameter::Parameters;
use reference::References;
use security::Security;
use server::Base;

/// The methods that a path may have, in the order in which they are written by most programs.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Reads a description.
///
/// # Errors
/// Returns [`Error::Json`] or [`Error::Unfinished`] if the text begins as JSON and is none, and [`Error::Place`] if it is no
/// YAML or no description of version 3. An operation that cannot be read is an [`Item::Broken`].
pub fn read(text: &str) -> Result<Collection, Error> {
    let document = Document::read(text)?;
    let node = document.node()?;
    Ok(root(&node, &document).map_err(|wrong| document.placed(wrong))?)
}

/// The values that all operations share.
struct Api<'a> {
    document: &'a Document,
    references: References<'a>,
    security: Security<'a>,
    base: Base,
}

fn root(node: &Node<'_>, document: &Document) -> Result<Collection, Wrong> {
    let mut fields = node.clone().fields()?;
    version(&mut fields, node)?;
    let references = References::new(node.raw());
    let mut collection = Collection { dialect: Dialect::OpenApi, ..Collection::default() };
    if let Some(info) = fields.given("info") {
        let mut info = info.fields()?;
        collection.name = info.given("title").map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
        collection.description = info.given("description").map_or(Ok(None), |node| node.scalar())?;
    }
    let base = Base::of_root(fields.given("servers"))?;
    collection.variables = base.variables.iter().map(|(name, value)| variable(name, value)).collect();
    let security = Security::new(fields.given("security"), fields.given("components"), &references)?;
    let api = Api { document, references, security, base };
    let mut folders = Folders::default();
    for tag in fields.given("tags").map_or(Ok(Vec::new()), Node::list)? {
        let mut tag = tag.fields()?;
        let name = tag.given("name").map_or(Ok(None), |node| node.scalar())?.unwrap_or_default();
        let description = tag.given("description").map_or(Ok(None), |node| node.scalar())?;
        folders.of(&name).description = description;
    }
    let mut items = Vec::new();
    if let Some(paths) = fields.given("paths") {
        for (path, node) in paths.fields()?.all().filter(|(path, _)| path.starts_with('/')) {
            api.path(&path, node, &mut folders, &mut items);
        }
    }
    // An operation is in the folder of its first tag, and without one it is outside of all folders.
    collection.items = folders.all.into_iter().filter(|folder| !folder.items.is_empty()).map(Item::Folder).collect();
    collection.items.extend(items);
    Ok(collection)
}

fn version(fields: &mut Fields<'_>, node: &Node<'_>) -> Result<(), Wrong> {
    if fields.has("swagger") {
        return Err(node.wrong("is a description of version 2 (Swagger): convert it to OpenAPI 3 first"));
    }
    let missing = fields.missing("openapi");
    let version = fields.given("openapi").ok_or(missing)?;
    if version.scalar()?.is_some_and(|text| text.starts_with("3.") || text == "3") {
        return Ok(());
    }
    Err(version.wrong("is not version 3"))
}

fn variable(name: &str, value: &str) -> Variable {
    Variable { name: name.to_owned(), value: value.to_owned(), ..Variable::default() }
}

/// The part of a path that its operations share.
struct Shared<'a> {
    parameters: Vec<Node<'a>>,
    base: Option<Base>,
}

impl<'a> Api<'a> {
    fn path(&self, path: &str, node: Node<'a>, folders: &mut Folders, items: &mut Vec<Item>) {
        let name = format!("{path} (all methods)");
        let read = self.references.followed(node).and_then(|node| {
            let mut fields = node.fields()?;
            let base = fields.given("servers").map(|node| Base::of_operation(&node)).transpose()?.flatten();
            let parameters = fields.given("parameters").map_or(Ok(Vec::new()), Node::list)?;
            Ok((fields, Shared { parameters, base }))
        });
        let (mut fields, shared) = match read {
            Ok(read) => read,
            Err(wrong) => return items.push(self.broken(name, wrong)),
        };
        // The order of the document is that of the requests.
        let order: Vec<Cow<'_, str>> = fields.clone().all().map(|(name, _)| name).collect();
        for method in order.iter().filter(|name| METHODS.contains(&&***name)) {
            let Some(node) = fields.given(method) else { continue };
            let mut tag = None;
            let item = self.operation(path, method, node, &shared, &mut tag);
            match tag {
                None => items.push(item),
                Some(tag) => folders.of(&tag).items.push(item),
            }
        }
    }

    fn broken(&self, name: String, wrong: Wrong) -> Item {
        Item::Broken(Broken { name: Some(name), wrong: self.document.placed(wrong), source: None })
    }

    fn operation(
        &self,
        path: &str,
        method: &str,
        node: Node<'a>,
        shared: &Shared<'a>,
        tag: &mut Option<String>,
    ) -> Item {
        let mut name = format!("{} {path}", method.to_ascii_uppercase());
        let read = self.template(path, method, node, shared, tag, &mut name);
        read.unwrap_or_else(|wrong| self.broken(name, wrong))
    }

    fn template(
        &self,
        path: &str,
        method: &str,
        node: Node<'a>,
        shared: &Shared<'a>,
        tag: &mut Option<String>,
        name: &mut String,
    ) -> Result<Item, Wrong> {
        let place = node.place().to_owned();
        let mut fields = node.fields()?;
        let text = |fields: &mut Fields<'a>, name: &str| fields.given(name).map_or(Ok(None), |node| node.scalar());
        if let Some(first) = fields.given("tags").map_or(Ok(Vec::new()), Node::list)?.into_iter().next() {
            *tag = first.scalar()?;
        }
        let summary = text(&mut fields, "summary")?;
        if let Some(said) = text(&mut fields, "operationId")?.or_else(|| summary.clone()) {
            *name = said;
        }
        let mut template = Template { name: name.clone(), place, ..Template::default() };
        template.method = method.to_ascii_uppercase();
        template.description = text(&mut fields, "description")?.or(summary);
        let own = fields.given("servers").map(|node| Base::of_operation(&node)).transpose()?.flatten();
        let base = own.as_ref().or(shared.base.as_ref()).unwrap_or(&self.base);
        let own = fields.given("parameters").map_or(Ok(Vec::new()), Node::list)?;
        let parameters = Parameters::read(&shared.parameters, &own, &self.references)?;
        let url = format!("{}{}", base.url, parameters.filled(path));
        template.target = Target { url, query: parameters.query, rows: Rows::Added, ..Target::default() };
        template.headers = parameters.headers;
        if let Some(body) = fields.given("requestBody") {
            let (body, content_type) = body::read(self.references.followed(body)?, &self.references)?;
            template.headers.extend(content_type.map(|content_type| Row::new("Content-Type", content_type)));
            template.body = Content { body, ..Content::default() };
        }
        let secured = self.security.of(fields.take("security"))?;
        template.auth = self.document.placed_rule(secured.rule);
        template.headers.extend(secured.headers);
        template.target.query.extend(secured.query);
        cookies(&mut template.headers, parameters.cookies.into_iter().chain(secured.cookies).collect());
        Ok(Item::Request(Box::new(template)))
    }
}

/// Adds the cookies, which are one header.
fn cookies(headers: &mut Vec<Row>, cookies: Vec<String>) {
    if !cookies.is_empty() {
        headers.push(Row::new("Cookie", cookies.join("; ")));
    }
}

/// The folders by the names of tags, in the order in which they come.
#[derive(Default)]
struct Folders {
    all: Vec<Folder>,
    places: HashMap<String, usize>,
}

impl Folders {
    fn of(&mut self, name: &str) -> &mut Folder {
        let at = *self.places.entry(name.to_owned()).or_insert(self.all.len());
        if at == self.all.len() {
            self.all.push(Folder { place: format!("tag {name}"), name: name.to_owned(), ..Folder::default() });
        }
        #[allow(clippy::indexing_slicing, reason = "the place was found or made just now")]
        &mut self.all[at]
    }
}

#[cfg(test)]
mod tests;
