//! Postman's collections of version 3: a folder of YAML files, as Postman 12 and its command line write them.
//!
//! Postman's programs leave out silently what they cannot read, a request or the authorization of a whole folder, so that
//! requests go out unsigned. Here it stays in its place as an error that names file, line and member.

mod auth;
mod request;

use std::path::Path;

use crate::error::Error;

use super::document::Document;
use super::folder::{self, Entry, Kind, Place, Root};
use super::node::{Fields, Node};
use super::table::{self, scripts, text_of};
use super::{Collection, DEPTH, Dialect, Folder, Foreign, Item, Rest, Rule, Template, Variable, Wrong};

/// The folder of a folder in which its definition lies.
const RESOURCES: &str = ".resources";

/// Returns true if a folder looks like a collection of this kind: one of its files says so.
#[must_use]
pub fn is_one(path: &Path) -> bool {
    let definition = [RESOURCES].iter().collect::<std::path::PathBuf>();
    let has = |name: &str| path.join(&definition).join(name).is_file();
    if has("definition.yaml") || has("definition.yml") {
        return true;
    }
    let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| stem(&entry.file_name().to_string_lossy()).is_some())
}

/// Reads the folder of a collection, or the file of one request.
///
/// # Errors
/// Returns [`Error::File`] if the folder is not there, and [`Error::Place`] if it has no request at all. A request that
/// cannot be read is an [`Item::Broken`], and so is every request below a definition that cannot be read.
pub fn read(path: &Path) -> Result<Collection, Error> {
    if path.is_file() {
        return single(path);
    }
    let mut root = Root::open(path)?;
    let place = root.place();
    let (definition, items) = members(&mut root, &place, 0)?;
    let mut collection =
        Collection { dialect: Dialect::PostmanFolder, home: Some(place.path), ..Collection::default() };
    collection.items = match definition {
        Ok(definition) => {
            collection.name = definition.name.unwrap_or(place.name);
            collection.description = definition.description;
            collection.auth = definition.auth;
            collection.variables = definition.variables;
            collection.scripts = definition.scripts;
            collection.rest = definition.rest;
            items
        }
        Err(wrong) if items.is_empty() => return Err(wrong.into()),
        Err(wrong) => folder::poisoned(items, &wrong),
    };
    if collection.items.is_empty() {
        let problem = "no file in the folder ends in .request.yaml, so that it is not one of Postman's collections";
        return Err(Error::Place { place: path.display().to_string(), problem: problem.to_owned() });
    }
    Ok(collection)
}

/// Reads the file of one request.
fn single(path: &Path) -> Result<Collection, Error> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut root = Root::open(parent)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let folder = root.place();
    let file = root.find(&folder, &[&name])?.unwrap_or(folder);
    let item = item(&mut root, &file, stem(&name).unwrap_or(&name)).item;
    Ok(Collection {
        dialect: Dialect::PostmanFolder,
        home: Some(root.place().path),
        items: vec![item],
        ..Collection::default()
    })
}

/// The members of a collection or a folder itself.
#[derive(Debug, Default)]
struct Definition {
    name: Option<String>,
    order: f64,
    description: Option<String>,
    auth: Rule,
    variables: Vec<Variable>,
    scripts: Vec<String>,
    rest: Rest,
}

/// An item and its place among the others.
struct Ordered {
    order: f64,
    file: String,
    item: Item,
}

type Members = (Result<Definition, Wrong>, Vec<Item>);

/// Reads a folder's definition and its items in their order.
fn members(root: &mut Root, place: &Place, depth: usize) -> Result<Members, Wrong> {
    let definition = definition(root, place);
    let mut items = Vec::new();
    for entry in root.list(place)? {
        items.extend(read_entry(root, entry, depth));
    }
    // The sort is stable, and the entries were sorted by name.
    items.sort_by(|a, b| a.order.total_cmp(&b.order).then_with(|| a.file.cmp(&b.file)));
    Ok((definition, items.into_iter().map(|ordered| ordered.item).collect()))
}

fn read_entry(root: &mut Root, entry: Entry, depth: usize) -> Option<Ordered> {
    let Entry { place, kind, refused } = entry;
    let file = place.name.clone();
    let name = match kind {
        Kind::Folder if file == RESOURCES => return None,
        Kind::Folder => &file,
        // Every other file is none of the collection's.
        Kind::File | Kind::Other => stem(&file)?,
    };
    let broken = |wrong| Some(Ordered { order: 0.0, file: file.clone(), item: folder::broken(name, wrong) });
    if let Some(wrong) = refused {
        return broken(wrong);
    }
    if kind != Kind::Folder {
        return Some(item(root, &place, name));
    }
    if depth >= DEPTH {
        let problem = format!("is below more than {DEPTH} folders");
        return broken(Wrong { place: shortened(&place.label), problem });
    }
    match members(root, &place, depth + 1) {
        Ok((definition, items)) => Some(subfolder(place, definition, items)),
        Err(wrong) => broken(wrong),
    }
}

/// Returns the start of a path that repeats itself.
fn shortened(label: &str) -> String {
    let steps: Vec<&str> = label.split('/').collect();
    format!("{}/…", steps.get(..3).unwrap_or(&steps).join("/"))
}

fn subfolder(place: Place, definition: Result<Definition, Wrong>, items: Vec<Item>) -> Ordered {
    let file = place.name.clone();
    let mut folder = Folder { name: place.name, place: place.label, ..Folder::default() };
    let order = match definition {
        Ok(definition) => {
            if let Some(name) = definition.name {
                folder.name = name;
            }
            folder.description = definition.description;
            folder.auth = definition.auth;
            folder.variables = definition.variables;
            folder.scripts = definition.scripts;
            folder.rest = definition.rest;
            folder.items = items;
            definition.order
        }
        Err(wrong) => {
            let name = folder.name.clone();
            folder.items =
                if items.is_empty() { vec![folder::broken(&name, wrong)] } else { folder::poisoned(items, &wrong) };
            0.0
        }
    };
    Ordered { order, file, item: Item::Folder(folder) }
}

/// Returns a file's name without the ending that makes it a request.
fn stem(name: &str) -> Option<&str> {
    [".request.yaml", ".request.yml"].into_iter().find_map(|ending| {
        let (stem, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
        end.eq_ignore_ascii_case(ending).then_some(stem)
    })
}

fn definition(root: &mut Root, folder: &Place) -> Result<Definition, Wrong> {
    let mut found = root.find(folder, &[RESOURCES, "definition.yaml"])?;
    if found.is_none() {
        found = root.find(folder, &[RESOURCES, "definition.yml"])?;
    }
    let Some(place) = found else { return Ok(Definition::default()) };
    let document = Document::yaml(&place.label, &root.text(&place)?)?;
    read_definition(&document).map_err(|wrong| document.placed(wrong))
}

fn read_definition(document: &Document) -> Result<Definition, Wrong> {
    let mut fields = whole(document)?.fields()?;
    let missing = fields.missing("$kind");
    let kind = fields.given("$kind").ok_or(missing)?;
    if kind.clone().text()? != "collection" {
        return Err(kind.wrong("is not collection, as in every definition"));
    }
    let scripts = scripts(&fields, "scripts");
    Ok(Definition {
        name: name(&mut fields)?,
        order: order(&mut fields)?,
        description: text_of(fields.take("description"))?,
        auth: auth::of_definition(fields.take("auth"))?,
        variables: table::variables(fields.take("variables"), "key")?,
        scripts,
        rest: fields.rest(),
    })
}

/// Returns the value of a whole document, which is JSON by its making.
fn whole(document: &Document) -> Result<Node<'_>, Wrong> {
    document.node().map_err(|error| Wrong { place: String::new(), problem: error.to_string() })
}

fn name(fields: &mut Fields<'_>) -> Result<Option<String>, Wrong> {
    fields.given("name").map(Node::text).transpose()
}

fn order(fields: &mut Fields<'_>) -> Result<f64, Wrong> {
    let Some(node) = fields.given("order") else { return Ok(0.0) };
    node.raw().get().parse().map_err(|_| node.wrong("is not a number"))
}

fn item(root: &mut Root, place: &Place, stem: &str) -> Ordered {
    let file = place.name.clone();
    let read = root.text(place).and_then(|text| Document::yaml(&place.label, &text));
    let document = match read {
        Ok(document) => document,
        Err(wrong) => return Ordered { order: 0.0, file, item: folder::broken(stem, wrong) },
    };
    let mut known = Known { name: stem.to_owned(), order: 0.0 };
    let item = read_item(&document, &place.label, &mut known);
    let item = item.unwrap_or_else(|wrong| folder::broken(&known.name, document.placed(wrong)));
    Ordered { order: known.order, file, item }
}

/// The facts about a file that may turn out to be broken.
struct Known {
    name: String,
    order: f64,
}

fn read_item(document: &Document, label: &str, known: &mut Known) -> Result<Item, Wrong> {
    let mut fields = whole(document)?.fields()?;
    let missing = fields.missing("$kind");
    if let Some(name) = name(&mut fields)? {
        known.name = name;
    }
    known.order = order(&mut fields)?;
    let kind = fields.given("$kind").ok_or(missing)?;
    let mut template = Template { name: known.name.clone(), place: label.to_owned(), ..Template::default() };
    match kind.clone().text()?.as_str() {
        "http-request" => request::http(fields, &mut template)?,
        "graphql-request" => request::graphql(fields, &mut template)?,
        "collection" | "environment" | "http-example" => return Err(kind.wrong("is no kind of request")),
        other => {
            let protocol = other.strip_suffix("-request").unwrap_or(other).to_owned();
            let (name, place) = (template.name, template.place);
            return Ok(Item::Foreign(Foreign { name, place, protocol, source: None }));
        }
    }
    Ok(Item::Request(Box::new(template)))
}

#[cfg(test)]
mod tests;
