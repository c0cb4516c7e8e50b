//! Bruno's collections: folders of `OpenCollection` files (YAML) or of `.bru` files.
//!
//! A `.bru` file is first brought into `OpenCollection`'s form, so that one reader knows both.

mod auth;
mod body;
mod order;
mod request;

use std::path::Path;

use crate::error::Error;

use super::bru;
use super::document::Document;
use super::folder::{self, Entry, Kind, Place, Root};
use super::node::{Fields, Node};
use super::table::{self, Values, rows, scripts, text_of};
use super::{Collection, DEPTH, Dialect, Folder, Foreign, Item, Rest, Row, Rule, Template, Variable, Wrong};

use order::Ordered;

/// The language of a collection's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    Yaml,
    Bru,
}

impl Language {
    /// Returns the language of the collection that a folder is the root of.
    fn of(folder: &Path) -> Option<Self> {
        // The files of one collection may be in both while Bruno converts it; then the newer form decides.
        let has = |name: &str| folder.join(name).is_file();
        let bru = || has("bruno.json").then_some(Self::Bru);
        has("opencollection.yml").then_some(Self::Yaml).or_else(bru)
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Yaml => ".yml",
            Self::Bru => ".bru",
        }
    }

    const fn root(self) -> &'static str {
        match self {
            Self::Yaml => "opencollection.yml",
            Self::Bru => "collection.bru",
        }
    }

    const fn folder(self) -> &'static str {
        match self {
            Self::Yaml => "folder.yml",
            Self::Bru => "folder.bru",
        }
    }

    fn document(self, label: &str, text: &str) -> Result<Document, Wrong> {
        match self {
            Self::Yaml => Document::yaml(label, text),
            Self::Bru => bru::document(label, text),
        }
    }
}

/// Returns true if a folder is a collection of this kind.
#[must_use]
pub fn is_one(folder: &Path) -> bool {
    Language::of(folder).is_some()
}

/// Reads the folder of a collection, or the file of one request.
///
/// # Errors
/// Returns [`Error::File`] if the folder is not there, and [`Error::Place`] if it is no collection. A request that cannot
/// be read is an [`Item::Broken`], and so is every request below a definition that cannot be read.
pub fn read(path: &Path) -> Result<Collection, Error> {
    let parent = || path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let is_root = |name: &str| ["opencollection.yml", "bruno.json", "collection.bru"].contains(&name);
    let folder = match path.file_name().and_then(|name| name.to_str()) {
        Some(name) if path.is_file() && !is_root(name) => return single(path, parent(), name),
        Some(_) if path.is_file() => parent(),
        _ => path,
    };
    let root = Root::open(folder)?;
    let Some(language) = Language::of(folder) else {
        let problem = "neither opencollection.yml nor bruno.json lies in the folder, so that it is not one of Bruno's collections";
        return Err(Error::Place { place: path.display().to_string(), problem: problem.to_owned() });
    };
    Ok(Reader { root, language, ignored: Vec::new() }.collection()?)
}

/// Reads the file of one request. A collection that it inherits from is not read.
fn single(path: &Path, parent: &Path, name: &str) -> Result<Collection, Error> {
    let root = Root::open(parent)?;
    let language = if name.ends_with(".bru") { Language::Bru } else { Language::Yaml };
    let mut reader = Reader { root, language, ignored: Vec::new() };
    let folder = reader.root.place();
    let place = reader.root.find(&folder, &[name])?.unwrap_or(folder.clone());
    let items = vec![reader.file(&place).item];
    let problem = "inherits its authorization from a collection: give the collection's folder".to_owned();
    let auth = Rule::Wrong(Wrong { place: path.display().to_string(), problem });
    Ok(Collection { dialect: Dialect::OpenCollection, home: Some(folder.path), items, auth, ..Collection::default() })
}

/// The values that a collection or a folder gives to its requests.
#[derive(Debug, Default)]
struct Level {
    name: Option<String>,
    seq: Option<f64>,
    description: Option<String>,
    auth: Rule,
    variables: Vec<Variable>,
    headers: Vec<Row>,
    scripts: Vec<String>,
    /// The items within the same file.
    items: Vec<Item>,
    rest: Rest,
}

struct Reader {
    root: Root,
    language: Language,
    /// The folders that the collection itself passes over.
    ignored: Vec<String>,
}

impl Reader {
    fn collection(mut self) -> Result<Collection, Wrong> {
        let place = self.root.place();
        let name = self.settings(&place)?;
        let level = self.level(&place, self.language.root());
        let mut items = self.items(&place, 0)?;
        let mut collection =
            Collection { dialect: Dialect::OpenCollection, home: Some(place.path), ..Collection::default() };
        match level {
            Ok(level) => {
                collection.name = name.or(level.name).unwrap_or(place.name);
                collection.description = level.description;
                collection.auth = level.auth;
                collection.variables = level.variables;
                collection.headers = level.headers;
                collection.scripts = level.scripts;
                collection.rest = level.rest;
                items.extend(level.items);
                collection.items = items;
            }
            Err(wrong) if items.is_empty() => return Err(wrong),
            Err(wrong) => collection.items = folder::poisoned(items, &wrong),
        }
        Ok(collection)
    }

    /// Reads `bruno.json`, and returns the name in it.
    fn settings(&mut self, place: &Place) -> Result<Option<String>, Wrong> {
        if self.language == Language::Yaml {
            return Ok(None);
        }
        let Some(file) = self.root.find(place, &["bruno.json"])? else { return Ok(None) };
        let text = self.root.text(&file)?;
        let within = |wrong: Wrong| Wrong { place: format!("bruno.json: {}", wrong.place), ..wrong };
        let node = Node::parse(text.strip_prefix('\u{feff}').unwrap_or(&text));
        let node = node.map_err(|error| Wrong { place: "bruno.json".to_owned(), problem: error.to_string() })?;
        let mut fields = node.fields().map_err(within)?;
        let ignored = fields.given("ignore").and_then(|node| node.list().ok()).unwrap_or_default();
        self.ignored = ignored.into_iter().filter_map(|node| node.text().ok()).collect();
        fields.given("name").map(Node::text).transpose().map_err(within)
    }

    /// Reads what a collection or a folder gives to its requests.
    fn level(&mut self, folder: &Place, name: &str) -> Result<Level, Wrong> {
        let Some(place) = self.root.find(folder, &[name])? else { return Ok(Level::default()) };
        let text = self.root.text(&place)?;
        let document = self.language.document(&place.label, &text)?;
        let fields = whole(&document).and_then(Node::fields);
        fields.and_then(|fields| level(fields, &document, 0)).map_err(|wrong| document.placed(wrong))
    }

    /// Reads the items of a folder: first the folders, then the requests, each by their numbers.
    fn items(&mut self, folder: &Place, depth: usize) -> Result<Vec<Item>, Wrong> {
        let (mut folders, mut requests) = (Vec::new(), Vec::new());
        for entry in self.root.list(folder)? {
            match entry.kind {
                Kind::Folder if !self.is_passed(&entry.place, depth) => folders.push(self.folder(entry, depth)),
                Kind::File | Kind::Other if self.is_request(&entry.place.name, depth) => {
                    requests.push(match entry.refused {
                        Some(wrong) => Ordered::broken(self.stem(&entry.place.name), wrong),
                        None => self.file(&entry.place),
                    });
                }
                _ => {}
            }
        }
        Ok(order::folders(folders).into_iter().chain(order::requests(requests)).collect())
    }

    fn is_passed(&self, place: &Place, depth: usize) -> bool {
        let name = place.name.as_str();
        matches!(name, ".git" | "node_modules")
            || (depth == 0 && name == "environments")
            || self.ignored.contains(&place.label)
    }

    fn is_request(&self, name: &str, depth: usize) -> bool {
        let is_level = name == self.language.folder() || (depth == 0 && name == self.language.root());
        name.ends_with(self.language.ending()) && !is_level
    }

    fn stem<'n>(&self, name: &'n str) -> &'n str {
        name.strip_suffix(self.language.ending()).unwrap_or(name)
    }

    fn folder(&mut self, entry: Entry, depth: usize) -> Ordered {
        let place = entry.place;
        if let Some(wrong) = entry.refused {
            return Ordered::broken(&place.name, wrong);
        }
        if depth >= DEPTH {
            let start: Vec<&str> = place.label.split('/').take(3).collect();
            let problem = format!("is below more than {DEPTH} folders");
            return Ordered::broken(&place.name, Wrong { place: format!("{}/…", start.join("/")), problem });
        }
        let level = self.level(&place, self.language.folder());
        let items = match self.items(&place, depth + 1) {
            Ok(items) => items,
            Err(wrong) => return Ordered::broken(&place.name, wrong),
        };
        match level {
            Ok(level) => Ordered::folder(level, items, &place.name, &place.label),
            Err(wrong) => {
                let items = if items.is_empty() {
                    vec![folder::broken(&place.name, wrong)]
                } else {
                    folder::poisoned(items, &wrong)
                };
                Ordered::folder(Level::default(), items, &place.name, &place.label)
            }
        }
    }

    fn file(&mut self, place: &Place) -> Ordered {
        let stem = self.stem(&place.name).to_owned();
        let read = self.root.text(place).and_then(|text| self.language.document(&place.label, &text));
        let document = match read {
            Ok(document) => document,
            Err(wrong) => return Ordered::broken(&stem, wrong),
        };
        match whole(&document) {
            Ok(node) => item(node, &document, &Named { name: &stem, place: &place.label }, 0),
            Err(wrong) => Ordered::broken(&stem, wrong),
        }
    }
}

/// Returns the value of a whole document, which is JSON by its making.
fn whole(document: &Document) -> Result<Node<'_>, Wrong> {
    document.node().map_err(|error| Wrong { place: String::new(), problem: error.to_string() })
}

/// The name of an item that does not say one.
struct Named<'n> {
    name: &'n str,
    place: &'n str,
}

/// Reads the root's file or a folder's.
fn level(mut fields: Fields<'_>, document: &Document, depth: usize) -> Result<Level, Wrong> {
    let mut level = Level::default();
    if let Some(info) = fields.given("info") {
        let mut info = info.fields()?;
        level.name = info.given("name").map_or(Ok(None), |node| node.scalar())?;
        level.seq = seq(&mut info)?;
    }
    level.description = text_of(fields.take("docs"))?;
    if let Some(request) = fields.given("request") {
        let mut request = request.fields()?;
        level.headers = rows(request.take("headers"), "name", Values::Scalars)?;
        level.auth = document.placed_rule(auth::rule(request.take("auth"), Rule::Inherit));
        level.variables = table::variables(request.take("variables"), "name")?;
        level.scripts = scripts(&request, "scripts");
        level.rest = request.rest();
    }
    if let Some(items) = fields.given("items") {
        let (mut folders, mut requests) = (Vec::new(), Vec::new());
        for node in items.list()? {
            let place = node.place().to_owned();
            let ordered = item(node, document, &Named { name: "", place: &place }, depth + 1);
            if matches!(ordered.item, Item::Folder(_)) { folders.push(ordered) } else { requests.push(ordered) }
        }
        level.items = order::folders(folders).into_iter().chain(order::requests(requests)).collect();
    }
    level.rest.extend(fields.rest());
    Ok(level)
}

fn seq(info: &mut Fields<'_>) -> Result<Option<f64>, Wrong> {
    let Some(node) = info.given("seq") else { return Ok(None) };
    let number = node.scalar()?.and_then(|text| text.parse().ok());
    number.map(Some).ok_or_else(|| node.wrong("is not a number"))
}

/// Reads a request, or a folder within a file.
fn item(node: Node<'_>, document: &Document, named: &Named<'_>, depth: usize) -> Ordered {
    let mut known = (named.name.to_owned(), None);
    let read = read_item(node, document, named, depth, &mut known);
    let (name, seq) = known;
    match read {
        Ok(ordered) => ordered,
        Err(wrong) => Ordered { seq, ..Ordered::broken(&name, document.placed(wrong)) },
    }
}

fn read_item(
    node: Node<'_>,
    document: &Document,
    named: &Named<'_>,
    depth: usize,
    known: &mut (String, Option<f64>),
) -> Result<Ordered, Wrong> {
    let mut fields = node.clone().fields()?;
    let missing = fields.missing("info");
    let mut info = fields.clone().given("info").ok_or(missing)?.fields()?;
    if let Some(name) = info.given("name").map_or(Ok(None), |node| node.scalar())? {
        known.0 = name;
    }
    known.1 = seq(&mut info)?;
    let missing = info.missing("type");
    let kind = info.given("type").ok_or(missing)?;
    let item = match kind.clone().text()?.as_str() {
        "folder" if depth > DEPTH => return Err(kind.wrong(format!("is below more than {DEPTH} folders"))),
        "folder" => {
            let mut level = level(fields, document, depth)?;
            let items = std::mem::take(&mut level.items);
            return Ok(Ordered::folder(level, items, named.name, named.place));
        }
        kind @ ("http" | "graphql") => {
            let (name, place) = (known.0.clone(), named.place.to_owned());
            let mut template = Template { name, place, ..Template::default() };
            let form = if kind == "http" { request::Form::Http } else { request::Form::GraphQl };
            request::read(&mut fields, form, document, &mut template)?;
            template.rest = fields.rest();
            Item::Request(Box::new(template))
        }
        kind @ ("grpc"
        | "websocket"
        | "ws"
        | "graphql-subscription"
        | "mqtt"
        | "amqp"
        | "signalr"
        | "script"
        | "js"
        | "app") => {
            let (name, place) = (known.0.clone(), named.place.to_owned());
            Item::Foreign(Foreign { name, place, protocol: kind.to_owned(), source: None })
        }
        other => return Err(kind.wrong(format!("is no type of request: {other}"))),
    };
    Ok(Ordered { name: known.0.clone(), seq: known.1, item })
}

impl Ordered {
    fn folder(level: Level, items: Vec<Item>, name: &str, place: &str) -> Self {
        let name = level.name.unwrap_or_else(|| name.to_owned());
        let folder = Folder {
            name: name.clone(),
            place: place.to_owned(),
            description: level.description,
            auth: level.auth,
            variables: level.variables,
            headers: level.headers,
            items,
            scripts: level.scripts,
            rest: level.rest,
            ..Folder::default()
        };
        Self { name, seq: level.seq, item: Item::Folder(folder) }
    }

    fn broken(name: &str, wrong: Wrong) -> Self {
        Self { name: name.to_owned(), seq: None, item: folder::broken(name, wrong) }
    }
}

#[cfg(test)]
mod tests;
