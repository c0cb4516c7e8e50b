//! Parameters of an operation, in the path, the query, headers and cookies.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::encode::{UNRESERVED, percent_encoded};

use super::super::node::Node;
use super::super::{Row, Wrong};
use super::example;
use super::reference::References;
use super::sample::Sample;
use super::server::next;

/// The parameters as they are sent. Those that are optional are rows that are switched off.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    path: HashMap<String, String>,
    pub(super) query: Vec<Row>,
    pub(super) headers: Vec<Row>,
    /// `name=value`
    pub(super) cookies: Vec<String>,
}

/// A parameter of a description.
struct Parameter {
    name: String,
    place: String,
    required: bool,
    style: Option<String>,
    explode: Option<bool>,
    is_raw: bool,
    description: Option<String>,
    value: Option<Sample>,
    /// True if the value is JSON text whatever it is.
    is_json: bool,
}

impl Parameters {
    /// Reads the parameters of a path and of an operation in it; the operation's take the place of the path's.
    ///
    /// # Errors
    /// Returns the place if a member cannot be read.
    pub(super) fn read<'a>(shared: &[Node<'a>], own: &[Node<'a>], references: &References<'a>) -> Result<Self, Wrong> {
        let mut all: Vec<Parameter> = Vec::new();
        let mut places: HashMap<(String, String), usize> = HashMap::new();
        for node in shared.iter().chain(own) {
            let parameter = Parameter::read(node.clone(), references)?;
            match places.entry((parameter.name.clone(), parameter.place.clone())) {
                Entry::Occupied(known) => {
                    if let Some(known) = all.get_mut(*known.get()) {
                        *known = parameter;
                    }
                }
                Entry::Vacant(new) => {
                    new.insert(all.len());
                    all.push(parameter);
                }
            }
        }
        let mut parameters = Self::default();
        for parameter in all {
            parameters.put(&parameter);
        }
        Ok(parameters)
    }

    fn put(&mut self, parameter: &Parameter) {
        let name = parameter.name.as_str();
        let row = |name: &str, value: String| Row {
            disabled: !parameter.required,
            description: parameter.description.clone(),
            ..Row::new(name, value)
        };
        match parameter.place.as_str() {
            "path" => {
                self.path.insert(name.to_owned(), parameter.in_path());
            }
            "query" => {
                for (name, value) in parameter.in_query() {
                    self.query.push(row(&name, value));
                }
            }
            // These are said by other parts of the description.
            "header" if ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str()) => {}
            "header" => self.headers.push(row(name, parameter.simple(","))),
            "cookie" if parameter.required => self.cookies.push(format!("{name}={}", parameter.simple(","))),
            _ => {}
        }
    }

    /// Returns a path with each `{name}` filled in. One that no parameter is about is a variable.
    pub(super) fn filled(&self, path: &str) -> String {
        let mut url = String::new();
        let mut text = path;
        while let Some((before, name, after)) = next(text) {
            url.push_str(before);
            match self.path.get(name) {
                Some(value) => url.push_str(value),
                None => url.push_str(&format!("{{{{{name}}}}}")),
            }
            text = after;
        }
        url.push_str(text);
        url
    }
}

impl Parameter {
    fn read<'a>(node: Node<'a>, references: &References<'a>) -> Result<Self, Wrong> {
        let mut fields = references.followed(node)?.fields()?;
        let missing = fields.missing("name");
        let name = fields.given("name").ok_or(missing)?.text()?;
        let missing = fields.missing("in");
        let node = fields.given("in").ok_or(missing)?;
        let place = node.clone().text()?;
        if !["path", "query", "header", "cookie"].contains(&place.as_str()) {
            return Err(node.wrong("is neither path nor query nor header nor cookie"));
        }
        let required = fields.given("required").map_or(Ok(false), |node| node.flag())?;
        let style = fields.given("style").map(Node::text).transpose()?;
        let explode = fields.given("explode").map(|node| node.flag()).transpose()?;
        let is_raw = fields.given("allowReserved").map_or(Ok(false), |node| node.flag())?;
        let description = fields.given("description").map_or(Ok(None), |node| node.scalar())?;
        let mut value = example::of(&mut fields, references)?;
        let mut is_json = false;
        if let Some(content) = fields.given("content")
            && let Some((kind, media)) = content.fields()?.all().next()
        {
            is_json = kind.contains("json");
            value = value.or(example::of(&mut references.followed(media)?.fields()?, references)?);
        }
        let required = required || place == "path";
        Ok(Self { name, place, required, style, explode, is_raw, description, value, is_json })
    }

    /// Returns the variable that stands for a value that the description does not give.
    fn variable(&self) -> String {
        format!("{{{{{}}}}}", self.name)
    }

    fn in_path(&self) -> String {
        let Some(value) = &self.value else { return self.variable() };
        let encoded = |value: &Sample| percent_encoded(value.text().as_bytes(), &UNRESERVED);
        let explode = self.explode.unwrap_or(false);
        let members = |between: &str, equals: &str| match value {
            Sample::List(list) if !self.is_json => list.iter().map(encoded).collect::<Vec<_>>().join(between),
            Sample::Map(map) if !self.is_json => map
                .iter()
                .map(|(name, value)| format!("{name}{equals}{}", encoded(value)))
                .collect::<Vec<_>>()
                .join(between),
            other => encoded(other),
        };
        match self.style.as_deref() {
            Some("label") => format!(".{}", if explode { members(".", "=") } else { members(",", ",") }),
            Some("matrix") if explode && matches!(value, Sample::Map(_)) => format!(";{}", members(";", "=")),
            Some("matrix") if explode => format!(";{0}={1}", self.name, members(&format!(";{}=", self.name), "=")),
            Some("matrix") => format!(";{}={}", self.name, members(",", ",")),
            _ => members(",", if explode { "=" } else { "," }),
        }
    }

    fn in_query(&self) -> Vec<(String, String)> {
        let Some(value) = &self.value else { return vec![(self.encoded(&self.name), self.variable())] };
        let style = self.style.as_deref().unwrap_or("form");
        let explode = self.explode.unwrap_or(style == "form");
        let name = self.encoded(&self.name);
        let one = |value: &Sample| self.encoded(&value.text());
        match value {
            Sample::List(list) if !self.is_json && explode => {
                list.iter().map(|value| (name.clone(), one(value))).collect()
            }
            Sample::List(list) if !self.is_json => {
                let between = match style {
                    "spaceDelimited" => "%20",
                    "pipeDelimited" => "%7C",
                    _ => ",",
                };
                vec![(name, list.iter().map(one).collect::<Vec<_>>().join(between))]
            }
            Sample::Map(map) if !self.is_json && style == "deepObject" => {
                map.iter().map(|(key, value)| (format!("{name}[{}]", self.encoded(key)), one(value))).collect()
            }
            Sample::Map(map) if !self.is_json && explode => {
                map.iter().map(|(key, value)| (self.encoded(key), one(value))).collect()
            }
            Sample::Map(map) if !self.is_json => {
                let pairs = map.iter().map(|(key, value)| format!("{},{}", self.encoded(key), one(value)));
                vec![(name, pairs.collect::<Vec<_>>().join(","))]
            }
            Sample::List(_) | Sample::Map(_) => vec![(name, self.encoded(&value.json()))],
            other => vec![(name, one(other))],
        }
    }

    fn encoded(&self, value: &str) -> String {
        if self.is_raw { value.to_owned() } else { percent_encoded(value.as_bytes(), &UNRESERVED) }
    }

    /// Returns the value of a header or a cookie, in which lists are separated.
    fn simple(&self, between: &str) -> String {
        let explode = self.explode.unwrap_or(false);
        match &self.value {
            None => self.variable(),
            Some(Sample::List(list)) if !self.is_json => {
                list.iter().map(Sample::text).collect::<Vec<_>>().join(between)
            }
            Some(Sample::Map(map)) if !self.is_json => {
                let equals = if explode { "=" } else { between };
                map.iter()
                    .map(|(name, value)| format!("{name}{equals}{}", value.text()))
                    .collect::<Vec<_>>()
                    .join(between)
            }
            Some(other) => other.text(),
        }
    }
}
