//! Collections of requests: the model that Postman's, Bruno's and other programs' files are read into and written from.
//!
//! A format's reader makes a [`Collection`] of its files and nothing else: texts still have their `{{variables}}`, rows
//! that are switched off are kept, and so is what this model has no member for. A request becomes one only when it is
//! [rendered](render), with the variables of that moment; a rule that its folders hold may authorize it.
//!
//! ```
//! use countersign_shared::collections::{Item, postman};
//!
//! let text = r#"{"info": {"name": "Shop"}, "item": [{"name": "List", "request": "https://{{host}}/items"}]}"#;
//! let collection = postman::read(text)?;
//! let Some(Item::Request(list)) = collection.items.first() else { panic!("a request") };
//! assert_eq!((list.name.as_str(), list.target.url.as_str()), ("List", "https://{{host}}/items"));
//! # Ok::<(), countersign_shared::error::Error>(())
//! ```

mod bru;
mod document;
pub mod documents;
mod folder;
pub mod http_file;
pub mod inherit;
pub mod insomnia;
mod kept;
pub mod node;
pub mod openapi;
pub mod opencollection;
mod part;
pub mod postman;
pub mod postman_folder;
pub mod query;
pub mod render;
pub mod sniff;
pub mod source;
mod table;
mod texts;
#[cfg(test)]
mod told;
pub mod walk;

use std::path::PathBuf;

use serde_json::Value;
use serde_json::value::RawValue;

use crate::error::Error;

/// The limit of folders within each other. A reader that goes deeper would only follow an attack on its stack.
pub const DEPTH: usize = 64;

/// Members that the model does not know, in their order and as they were spelled, so that a writer can put them back.
pub type Rest = Vec<(String, Box<RawValue>)>;

/// A collection, from whatever format it was read.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// The name, or an empty text.
    pub name: String,
    /// The description as text.
    pub description: Option<String>,
    /// The authorization of requests that inherit all the way up.
    pub auth: Rule,
    /// The variables of the whole collection.
    pub variables: Vec<Variable>,
    /// Headers that every request has (OpenCollection).
    pub headers: Vec<Row>,
    /// Folders and requests in the order in which they are run.
    pub items: Vec<Item>,
    /// Settings that requests inherit one by one.
    pub settings: Rest,
    /// Names of the scripts, which are kept and not run: `prerequest`, `test`.
    pub scripts: Vec<String>,
    /// The format, whose rules about inheritance, scopes and bodies hold.
    pub dialect: Dialect,
    /// The folder in which files that requests name lie. A collection that came through a pipe has none.
    pub home: Option<PathBuf>,
    /// Everything else.
    pub rest: Rest,
}

/// The format that a collection came in. It decides where formats disagree about what a request is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Postman's files of version 2.0 and 2.1.
    #[default]
    Postman,
    /// Postman's folders of version 3.
    PostmanFolder,
    /// Bruno's folders, as OpenCollection and in `.bru` files.
    OpenCollection,
    /// `OpenAPI` descriptions.
    OpenApi,
    /// Insomnia's exports.
    Insomnia,
    /// `.http` files.
    HttpFile,
}

/// A member of a collection or of a folder.
#[derive(Clone, Debug)]
pub enum Item {
    /// A folder with members of its own.
    Folder(Folder),
    /// A request.
    Request(Box<Template>),
    /// A request, or a whole folder, that cannot be read. It stays in its place, so that it is reported and never lost.
    Broken(Broken),
    /// A request that is no HTTP request, such as one of gRPC. It is counted and left out.
    Foreign(Foreign),
}

/// A folder.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    /// The name.
    pub name: String,
    /// The place in the file, or the file: `item[2]`.
    pub place: String,
    /// The description as text.
    pub description: Option<String>,
    /// The authorization of the requests within.
    pub auth: Rule,
    /// The variables. They are a scope in OpenCollection only.
    pub variables: Vec<Variable>,
    /// Headers that every request within has (OpenCollection).
    pub headers: Vec<Row>,
    /// Folders and requests in the order in which they are run.
    pub items: Vec<Item>,
    /// Settings that requests inherit one by one.
    pub settings: Rest,
    /// Names of the scripts.
    pub scripts: Vec<String>,
    /// Everything else.
    pub rest: Rest,
}

/// A request whose texts may have `{{variables}}`.
#[derive(Clone, Debug, Default)]
pub struct Template {
    /// The name.
    pub name: String,
    /// The place in the file, or the file: `item[2].request`.
    pub place: String,
    /// The description as text.
    pub description: Option<String>,
    /// The method.
    pub method: String,
    /// The URL and what belongs to it.
    pub target: Target,
    /// The header rows, also those that are switched off.
    pub headers: Vec<Row>,
    /// The body.
    pub body: Content,
    /// The authorization.
    pub auth: Rule,
    /// Variables of this request alone. They are a scope in OpenCollection only.
    pub variables: Vec<Variable>,
    /// Settings by name, such as Postman's `disableBodyPruning`; they go over those of the folders.
    pub settings: Rest,
    /// Names of the scripts.
    pub scripts: Vec<String>,
    /// Everything else that stands in the request itself, in formats that have it within an item.
    pub inner: Rest,
    /// Everything else.
    pub rest: Rest,
}

/// The URL of a request, and the rows that are part of it or describe it.
#[derive(Clone, Debug, Default)]
pub struct Target {
    /// The URL as text.
    pub url: String,
    /// The rows of the query.
    pub query: Vec<Row>,
    /// The part that the query's rows have in the URL.
    pub rows: Rows,
    /// Values for the segments `:name` of the path.
    pub path: Vec<Row>,
    /// Everything else.
    pub rest: Rest,
}

/// The part that rows of a query have in a URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// The URL's text has the enabled rows already; they are kept for descriptions and for what is switched off.
    #[default]
    Repeated,
    /// Names that rows have, enabled or not, are taken out of the text's query, and the enabled rows are added to it.
    Added,
}

/// A row of a table: a header, a parameter, a field of a form.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The name, or an empty text if there is none.
    pub name: String,
    /// The value; `None` is a parameter without `=`.
    pub value: Option<String>,
    /// True if the row stays in the file and is not sent.
    pub disabled: bool,
    /// The description as text.
    pub description: Option<String>,
    /// Everything else.
    pub rest: Rest,
}

impl Row {
    /// Returns a row that is sent.
    #[must_use]
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: Some(value.into()), ..Self::default() }
    }
}

/// A variable.
#[derive(Clone, Debug, Default)]
pub struct Variable {
    /// The name, without braces.
    pub name: String,
    /// The value as text: numbers, flags and `null` as JSON spells them, lists and objects as JSON.
    pub value: String,
    /// True if the variable stays in the file and is not defined.
    pub disabled: bool,
    /// True if the value is not to be shown.
    pub secret: bool,
    /// The description as text.
    pub description: Option<String>,
    /// Everything else.
    pub rest: Rest,
}

/// The body of a request and what is said about it.
#[derive(Clone, Debug, Default)]
pub struct Content {
    /// The body.
    pub body: Body,
    /// True if the body stays in the file and is not sent.
    pub disabled: bool,
    /// Everything else.
    pub rest: Rest,
}

/// A body by its kind.
#[derive(Clone, Debug, Default)]
pub enum Body {
    /// No body.
    #[default]
    Empty,
    /// Text, which is sent as it is.
    Text {
        /// The text.
        text: String,
        /// The language, `json` or `xml`, say. The Content-Type follows from it unless a header says it.
        language: Option<String>,
    },
    /// A form in `application/x-www-form-urlencoded`.
    Form(Vec<Row>),
    /// A form in `multipart/form-data`.
    Multipart(Vec<Part>),
    /// The bytes of a file, or bytes that the collection holds itself.
    File {
        /// The source of the bytes.
        source: Bytes,
        /// The Content-Type that goes with them, if one is given.
        content_type: Option<String>,
    },
    /// A question in GraphQL, which is sent as JSON.
    GraphQl {
        /// The question.
        query: String,
        /// The name of the operation, if there are several.
        operation: Option<String>,
        /// The variables as JSON text, which is put in as it is.
        variables: Option<String>,
    },
}

/// The source of bytes that are part of a body.
#[derive(Clone, Debug, Default)]
pub enum Bytes {
    /// Nothing was chosen.
    #[default]
    Missing,
    /// A file by name, with `{{variables}}`.
    Named(String),
    /// Bytes in base64, which the collection holds itself.
    Held(String),
}

/// A part of a multipart form. Its value is `row.value` if the source is `None`.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The name, the value, and whether the part is sent.
    pub row: Row,
    /// The files, a part each.
    pub files: Option<Vec<Bytes>>,
    /// The Content-Type of the part.
    pub content_type: Option<String>,
    /// The name that the file is sent under.
    pub file_name: Option<String>,
}

/// The authorization that a request, a folder or a collection says.
#[derive(Clone, Debug, Default)]
pub enum Rule {
    /// Nothing is said, or that what is further out counts.
    #[default]
    Inherit,
    /// No authorization, said outright.
    Off,
    /// An authorization.
    Given(Auth),
    /// Something that cannot be understood. It stops inheritance, and a request that it is for is an error.
    Wrong(Wrong),
}

/// An authorization with unresolved texts.
#[derive(Clone, Debug, Default)]
pub struct Auth {
    /// The scheme, by a name that `sign` knows: `awsv4` and `aws` alike.
    pub scheme: String,
    /// The parameters by Postman's keys.
    pub parameters: Vec<(String, Value)>,
    /// Everything else, such as the blocks of other schemes.
    pub rest: Rest,
}

/// Something that cannot be understood.
#[derive(Clone, Debug, Default)]
pub struct Wrong {
    /// The place: `item[0].request.auth`.
    pub place: String,
    /// The problem, which follows the place and a colon and quotes no secret.
    pub problem: String,
}

impl From<Wrong> for Error {
    fn from(Wrong { place, problem }: Wrong) -> Self {
        Self::Place { place, problem }
    }
}

/// A request or folder that cannot be read.
#[derive(Clone, Debug, Default)]
pub struct Broken {
    /// The name, if that could be read.
    pub name: Option<String>,
    /// The place at which reading stopped: `item[0].request.url`, `users/get.request.yaml: line 7`.
    pub wrong: Wrong,
    /// The item as it came, if it can be written back.
    pub source: Option<Box<RawValue>>,
}

/// A request of another protocol.
#[derive(Clone, Debug, Default)]
pub struct Foreign {
    /// The name.
    pub name: String,
    /// The place.
    pub place: String,
    /// The protocol: `WebSocket`, `gRPC`.
    pub protocol: String,
    /// The item as it came, if it can be written back.
    pub source: Option<Box<RawValue>>,
}
