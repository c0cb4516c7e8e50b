//! References within a description: `{"$ref": "#/components/parameters/limit"}`.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::encode::percent_decoded;

use super::super::Wrong;
use super::super::node::Node;

/// The number of references that may lead to each other. Circles are longer than that.
const HOPS: usize = 32;

/// The values that references name. Each object that one leads through is taken apart once, however large it is.
pub(super) struct References<'a> {
    root: &'a RawValue,
    opened: RefCell<HashMap<String, HashMap<String, &'a RawValue>>>,
}

impl<'a> References<'a> {
    pub(super) fn new(root: &'a RawValue) -> Self {
        Self { root, opened: RefCell::default() }
    }

    /// Returns the value itself, or the one that it refers to.
    ///
    /// # Errors
    /// Returns the place if a reference leads to nothing, to another file, or in a circle.
    pub(super) fn followed(&self, node: Node<'a>) -> Result<Node<'a>, Wrong> {
        let mut node = node;
        for _ in 0..HOPS {
            if !node.raw().get().contains("\"$ref\"") || !node.is_object() {
                return Ok(node);
            }
            let Some(reference) = node.clone().fields()?.given("$ref") else { return Ok(node) };
            let text = reference.clone().text()?;
            let Some(pointer) = text.strip_prefix('#') else {
                return Err(reference.wrong(format!("refers to another file ({text}): put all in one file first")));
            };
            let found = self.find(pointer).ok_or_else(|| reference.wrong(format!("refers to nothing: {text}")))?;
            // Errors name the place of what is wrong, not that of what refers to it.
            node = Node::at(found, place(pointer));
        }
        Err(node.wrong("refers to itself in a circle"))
    }

    /// Returns the value at a JSON pointer (RFC 6901).
    fn find(&self, pointer: &str) -> Option<&'a RawValue> {
        let Some((parent, last)) = pointer.rsplit_once('/') else { return pointer.is_empty().then_some(self.root) };
        if let Some(members) = self.opened.borrow().get(parent) {
            return members.get(&step(last)).copied();
        }
        // Pointers are short, so that the recursion is.
        let parent_value = if parent.len() > 4096 { None } else { self.find(parent) }?;
        let node = Node::at(parent_value, String::new());
        let members: HashMap<String, &'a RawValue> = if node.is_list() {
            node.list().ok()?.into_iter().enumerate().map(|(index, node)| (index.to_string(), node.raw())).collect()
        } else {
            node.fields().ok()?.all().map(|(name, node)| (name.into_owned(), node.raw())).collect()
        };
        let found = members.get(&step(last)).copied();
        self.opened.borrow_mut().insert(parent.to_owned(), members);
        found
    }
}

/// Returns a step of a pointer, which is part of a URL and has escapes of its own.
fn step(text: &str) -> String {
    let text = percent_decoded(text);
    let text = String::from_utf8_lossy(&text);
    text.replace("~1", "/").replace("~0", "~")
}

/// Returns a pointer as a place: `components.parameters.limit`.
fn place(pointer: &str) -> String {
    pointer.split('/').skip(1).map(step).collect::<Vec<_>>().join(".")
}
