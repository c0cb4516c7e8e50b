//! Examples: the values that a description gives for parameters and bodies.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use super::super::Wrong;
use super::super::node::{Fields, Node};
use super::reference::References;
use super::sample::Sample;

/// The members of an object.
type Members = Vec<(String, Sample)>;

/// The depth to which values are put together of the examples of their properties.
const DEPTH: usize = 16;

/// The number of schemas that are looked at for one value.
const STEPS: usize = 10_000;

/// Returns the example that a parameter or a media type has itself, or the one of its schema.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn of<'a>(fields: &mut Fields<'a>, references: &References<'a>) -> Result<Option<Sample>, Wrong> {
    if let Some(example) = fields.take("example") {
        return Ok(Some(Sample::of(&example)?));
    }
    if let Some(examples) = fields.given("examples") {
        for (_, node) in examples.fields()?.all() {
            let mut example = references.followed(node)?.fields()?;
            if let Some(node) = example.take("value") {
                return Ok(Some(Sample::of(&node)?));
            }
        }
    }
    let Some(schema) = fields.clone().given("schema") else { return Ok(None) };
    of_schema(schema, references)
}

/// Returns a value for a schema: its example, its default, its only value, or one made of those of its properties.
///
/// # Errors
/// Returns the place if a member cannot be read.
pub(super) fn of_schema<'a>(schema: Node<'a>, references: &References<'a>) -> Result<Option<Sample>, Wrong> {
    Maker { references, left: Cell::new(STEPS), open: RefCell::default() }.value(schema, 0)
}

struct Maker<'r, 'a> {
    references: &'r References<'a>,
    /// The number of schemas that may still be looked at: schemas that name each other many times make huge trees.
    left: Cell<usize>,
    /// The schemas that a value is being made of. One that leads to itself again ends there.
    open: RefCell<Vec<*const u8>>,
}

impl<'a> Maker<'_, 'a> {
    fn value(&self, schema: Node<'a>, depth: usize) -> Result<Option<Sample>, Wrong> {
        if depth > DEPTH {
            return Ok(None);
        }
        // What is cut off here could be a body that silently lacks a part.
        let left = self.left.get().checked_sub(1);
        self.left.set(left.ok_or_else(|| schema.wrong(format!("is made of more than {STEPS} schemas")))?);
        let schema = self.references.followed(schema)?;
        let place = schema.raw().get().as_ptr();
        // `true` and `false` are schemas too.
        if !schema.is_object() || self.open.borrow().contains(&place) {
            return Ok(None);
        }
        self.open.borrow_mut().push(place);
        let made = self.made(schema, depth);
        self.open.borrow_mut().pop();
        made
    }

    fn made(&self, schema: Node<'a>, depth: usize) -> Result<Option<Sample>, Wrong> {
        let mut fields = schema.fields()?;
        if let Some(said) = said(&mut fields)? {
            return Ok(Some(said));
        }
        if let Some(all) = fields.given("allOf") {
            return self.all(all, fields, depth);
        }
        for name in ["oneOf", "anyOf"] {
            for choice in fields.given(name).map_or(Ok(Vec::new()), Node::list)? {
                if let Some(value) = self.value(choice, depth + 1)? {
                    return Ok(Some(value));
                }
            }
        }
        if fields.has("properties") {
            return Ok(self.object(&mut fields, depth)?.map(Sample::Map));
        }
        let Some(items) = fields.given("items") else { return Ok(None) };
        Ok(self.value(items, depth + 1)?.map(|value| Sample::List(vec![value])))
    }

    /// Returns the object that all of several schemas describe together.
    fn all(&self, all: Node<'a>, mut own: Fields<'a>, depth: usize) -> Result<Option<Sample>, Wrong> {
        let mut whole = Whole::default();
        let mut last = None;
        for part in all.list()? {
            match self.value(part, depth + 1)? {
                Some(Sample::Map(part)) => whole.add(part),
                other => last = other.or(last),
            }
        }
        if own.has("properties") {
            match self.object(&mut own, depth)? {
                Some(part) => whole.add(part),
                None => return Ok(None),
            }
        }
        Ok(if whole.members.is_empty() { last } else { Some(Sample::Map(whole.members)) })
    }

    /// Returns an object of those properties that have a value, or `None` if a required one has none.
    fn object(&self, fields: &mut Fields<'a>, depth: usize) -> Result<Option<Members>, Wrong> {
        let required = fields.given("required").map_or(Ok(Vec::new()), Node::list)?;
        let required: Vec<String> = required.into_iter().map(Node::text).collect::<Result<_, _>>()?;
        let mut object = Members::new();
        let properties = fields.given("properties").map(Node::fields).transpose()?;
        for (name, node) in properties.into_iter().flat_map(Fields::all) {
            let is_answer = is_read_only(&node);
            match self.value(node, depth + 1)? {
                _ if is_answer => {}
                Some(value) => {
                    object.push((name.into_owned(), value));
                }
                None if required.iter().any(|known| *known == *name) => return Ok(None),
                None => {}
            }
        }
        Ok((!object.is_empty() || required.is_empty()).then_some(object))
    }
}

/// An object that several schemas describe together.
#[derive(Default)]
struct Whole {
    members: Members,
    places: HashMap<String, usize>,
}

impl Whole {
    /// Adds members. Later ones take the place of those that have their names.
    fn add(&mut self, part: Members) {
        for (name, value) in part {
            let at = *self.places.entry(name.clone()).or_insert(self.members.len());
            match self.members.get_mut(at) {
                Some(known) => known.1 = value,
                None => self.members.push((name, value)),
            }
        }
    }
}

/// Returns what a schema says outright.
fn said(fields: &mut Fields<'_>) -> Result<Option<Sample>, Wrong> {
    for name in ["example", "const", "default"] {
        if let Some(node) = fields.take(name) {
            return Ok(Some(Sample::of(&node)?));
        }
    }
    for name in ["examples", "enum"] {
        let list = fields.given(name).filter(Node::is_list).map_or(Ok(Vec::new()), Node::list)?;
        if let Some(first) = list.first() {
            return Ok(Some(Sample::of(first)?));
        }
    }
    Ok(None)
}

/// Returns true for a property that only answers have.
fn is_read_only(node: &Node<'_>) -> bool {
    let fields = node.is_object().then(|| node.clone().fields().ok()).flatten();
    fields.and_then(|mut fields| fields.given("readOnly")).is_some_and(|node| node.raw().get() == "true")
}
