//! A file of a collection whose errors say where they are: the file and the line of YAML, the place within JSON.

use crate::error::Error;
use crate::json::into_text;
use crate::yaml::tree::{self, Tree, Value};

use super::node::Node;
use super::{Rule, Wrong};

/// A file that is read as JSON, whatever it is written in.
#[derive(Clone, Debug)]
pub(super) struct Document {
    json: String,
    tree: Option<Tree>,
    label: String,
}

impl Document {
    /// Returns a document that is JSON, or YAML if it does not begin as JSON does.
    ///
    /// # Errors
    /// Returns [`Error::Place`] with the line if the text is not YAML.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim_start().starts_with('{') {
            return Ok(Self { json: text.to_owned(), tree: None, label: String::new() });
        }
        Ok(Self::yaml("", text)?)
    }

    /// Reads YAML. The label is the file's name in messages, or empty where the file is named already.
    ///
    /// # Errors
    /// Returns the file, the line, and the problem if the text is not YAML.
    pub(super) fn yaml(label: &str, text: &str) -> Result<Self, Wrong> {
        match tree::read(text) {
            Ok(tree) => Ok(Self::of(label, tree)),
            Err(problem) => Err(Wrong { place: line(label, problem.line), problem: problem.problem }),
        }
    }

    /// Returns a document of values that have their lines.
    #[must_use]
    pub(super) fn of(label: &str, tree: Tree) -> Self {
        let mut json = Vec::new();
        tree.write(&mut json);
        let json = into_text(json);
        Self { json, tree: Some(tree), label: label.to_owned() }
    }

    /// Returns the value of the whole document.
    ///
    /// # Errors
    /// Returns [`Error::Json`] or [`Error::Unfinished`] if the text is not JSON.
    pub(super) fn node(&self) -> Result<Node<'_>, Error> {
        Node::parse(&self.json)
    }

    /// Returns the problem with the file and the line in front of its place.
    #[must_use]
    pub(super) fn placed(&self, wrong: Wrong) -> Wrong {
        let Some(tree) = &self.tree else { return wrong };
        let found = tree.at(&wrong.place);
        let is_unquoted = matches!(found.value, Value::Number(_) | Value::Flag(_));
        let hint = if is_unquoted && wrong.problem == "is not text" { ": put it in quotes" } else { "" };
        let place = wrong.place.as_str();
        let colon = if place.is_empty() { "" } else { ": " };
        let problem = format!("{place}{colon}{}{hint}", wrong.problem);
        Wrong { place: line(&self.label, found.line), problem }
    }

    /// Returns the rule, with its problem placed if it has one.
    #[must_use]
    pub(super) fn placed_rule(&self, rule: Rule) -> Rule {
        match rule {
            Rule::Wrong(wrong) => Rule::Wrong(self.placed(wrong)),
            rule => rule,
        }
    }
}

fn line(label: &str, line: u64) -> String {
    let colon = if label.is_empty() { "" } else { ": " };
    format!("{label}{colon}line {line}")
}
