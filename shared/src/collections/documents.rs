//! A collection as documents of the pipe: a line of JSON for each request that was chosen, made when its turn comes.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::error::Error;
use crate::pipe::Whole;
use crate::secret::Secret;
use crate::variables::{Rank, Scope, Variables};

use super::render::{Home, Outcome, Placed};
use super::walk::Found;
use super::{Broken, Collection, Dialect, Folder, Foreign, Item, Template, Variable};

/// The choice of requests by folder and by name. Without one, all are chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Names or paths of folders; what is below one of them is chosen.
    pub folders: Vec<String>,
    /// Names of requests.
    pub names: Vec<String>,
}

impl Choice {
    /// Returns true if nothing was said, so that everything is chosen.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.folders.is_empty() && self.names.is_empty()
    }

    fn takes(&self, found: &Found<'_>) -> bool {
        let is_within = self.folders.is_empty() || self.folders.iter().any(|folder| found.is_within(folder));
        let is_named = || self.names.iter().any(|name| found.name() == Some(name.as_str()));
        is_within && (self.names.is_empty() || is_named())
    }

    fn words(&self) -> String {
        let quoted = |names: &[String]| names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        match (self.names.is_empty(), self.folders.is_empty()) {
            (true, _) => format!("no folder is named {}", quoted(&self.folders)),
            (false, true) => format!("no request is named {}", quoted(&self.names)),
            (false, false) => {
                format!("no request in {} is named {}", quoted(&self.folders), quoted(&self.names))
            }
        }
    }
}

/// The requests of a collection, one after another.
#[derive(Debug)]
pub struct Documents {
    collection: Arc<Collection>,
    /// The places of the requests that were chosen, by the number of each folder and item in its list.
    chosen: Vec<Vec<usize>>,
    next: usize,
    variables: Variables,
    /// The folders around the request that came last, by their numbers, with the scopes that they are.
    open: Vec<(usize, Arc<Scope>)>,
    /// The place of the request that came last.
    last: Vec<usize>,
    home: Home,
    /// The start of every label, if there are several inputs.
    prefix: String,
    /// The number of requests that are no HTTP, by protocol.
    left_out: BTreeMap<String, usize>,
    counting: Counting,
}

/// The rule for what is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counting {
    /// It is counted in one line at the end.
    Said,
    /// The requests were made before, and it was said then.
    Silent,
}

impl Documents {
    /// Returns the requests that are chosen, for variables that are in force outside of the collection. Their labels begin
    /// with the prefix.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if something was chosen that is not there.
    pub fn new(
        collection: Arc<Collection>,
        (choice, variables): (&Choice, &Variables),
        home: Home,
        prefix: String,
    ) -> Result<Self, Error> {
        let mut chosen = Vec::new();
        choose(&collection, choice, &mut chosen);
        if chosen.is_empty() && !choice.is_open() {
            return Err(Error::Failed(choice.words()));
        }
        let variables = variables.with(Rank::Collection, scope("the collection", &collection.variables));
        Ok(Self {
            collection,
            chosen,
            next: 0,
            variables,
            open: Vec::new(),
            last: Vec::new(),
            home,
            prefix,
            left_out: BTreeMap::new(),
            counting: Counting::Said,
        })
    }

    /// Returns the requests of a collection that were made before with other variables.
    #[must_use]
    pub fn once_more(self) -> Self {
        Self { counting: Counting::Silent, ..self }
    }

    /// Returns one line that counts what was left out, if anything was.
    fn left_out(&self) -> Option<String> {
        let count: usize = self.left_out.values().sum();
        let protocols: Vec<&str> = self.left_out.keys().map(String::as_str).collect();
        let noun = if count == 1 { "request is" } else { "requests are" };
        (count > 0 && self.counting == Counting::Said)
            .then(|| format!("{count} {noun} left out: no HTTP but {}", protocols.join(", ")))
    }

    /// Makes scopes of the folders that the last request was not in.
    fn enter(&mut self, path: &[usize], folders: &[&Folder]) {
        let same = self.open.iter().zip(path).take_while(|((open, _), step)| open == *step).count();
        self.open.truncate(same.min(folders.len()));
        let entered = folders.iter().zip(path).skip(self.open.len());
        self.open.extend(entered.map(|(folder, step)| (*step, Arc::new(scope("the folder", &folder.variables)))));
    }

    /// Returns the number of levels around a request that the last one that was made was in.
    fn known(&self, path: &[usize]) -> usize {
        let folders = |path: &[usize]| path.len().saturating_sub(1);
        let count = folders(path).min(folders(&self.last));
        let same = self.last.iter().zip(path).take(count).take_while(|(last, step)| last == step).count();
        if self.last.is_empty() { 0 } else { same + 1 }
    }

    fn document(&mut self, path: &[usize], template: &Template, found: &Found<'_>) -> Option<Whole> {
        let label = format!("{}{}", self.prefix, label(template));
        let mut variables = self.variables.clone();
        if matches!(self.collection.dialect, Dialect::OpenCollection | Dialect::Insomnia) {
            self.enter(path, &found.folders);
            for (_, scope) in &self.open {
                variables.push(Rank::Folder, Arc::clone(scope));
            }
            if !template.variables.is_empty() {
                variables.push(Rank::Request, scope("the request", &template.variables));
            }
        }
        let known = self.known(path);
        let placed = Placed { collection: &self.collection, folders: &found.folders, template, known };
        let outcome = placed.render(&variables.resolver(), &self.home);
        match outcome {
            Ok(Outcome::Request(rendered)) => {
                path.clone_into(&mut self.last);
                Some(Whole { label, text: Ok(rendered.line), notes: rendered.warnings, variables })
            }
            Ok(Outcome::Foreign(protocol)) => {
                *self.left_out.entry(protocol).or_default() += 1;
                None
            }
            Err(error) => {
                let label = self.shorter(label, template, &error);
                Some(Whole { label, text: Err(error), notes: Vec::new(), variables })
            }
        }
    }

    /// Returns the label without the place if the error itself names one.
    fn shorter(&self, label: String, template: &Template, error: &Error) -> String {
        let is_placed = matches!(error, Error::Place { .. });
        if is_placed && !template.name.is_empty() { format!("{}\"{}\"", self.prefix, template.name) } else { label }
    }

    fn broken(&self, broken: &Broken) -> Whole {
        let name = broken.name.as_deref().filter(|name| !name.is_empty());
        let label = name
            .map_or_else(|| self.prefix.trim_end_matches(": ").to_owned(), |name| format!("{}\"{name}\"", self.prefix));
        let variables = self.variables.clone();
        Whole { label, text: Err(broken.wrong.clone().into()), notes: Vec::new(), variables }
    }
}

impl Iterator for Documents {
    type Item = Whole;

    fn next(&mut self) -> Option<Whole> {
        let collection = Arc::clone(&self.collection);
        loop {
            let Some(path) = self.chosen.get(self.next) else {
                if let Some(message) = self.left_out() {
                    log::warn!("{}{message}", self.prefix);
                    self.left_out.clear();
                }
                return None;
            };
            let path = path.clone();
            self.next += 1;
            let Some(found) = collection.at(&path) else { continue };
            match found.item {
                Item::Request(template) => {
                    if let Some(document) = self.document(&path, template, &found) {
                        return Some(document);
                    }
                }
                Item::Broken(broken) => return Some(self.broken(broken)),
                Item::Foreign(Foreign { protocol, .. }) => *self.left_out.entry(protocol.clone()).or_default() += 1,
                Item::Folder(_) => {}
            }
        }
    }
}

fn choose(collection: &Collection, choice: &Choice, chosen: &mut Vec<Vec<usize>>) {
    let mut walk = collection.walk();
    while let Some(found) = walk.next() {
        if choice.takes(&found) {
            chosen.push(walk.path());
        }
    }
}

/// Returns the words for a request's place: `item[2] "List users"`.
fn label(template: &Template) -> String {
    match (template.place.as_str(), template.name.as_str()) {
        (place, "") => place.to_owned(),
        ("", name) => format!("\"{name}\""),
        (place, name) => format!("{place} \"{name}\""),
    }
}

/// Returns the name in quotes, or else the place.
fn called(template: &Template) -> String {
    if template.name.is_empty() { template.place.clone() } else { format!("\"{}\"", template.name) }
}

/// Returns the enabled variables as a scope.
fn scope(label: &str, variables: &[Variable]) -> Scope {
    let mut scope = Scope::new(label);
    for variable in variables.iter().filter(|variable| !variable.disabled) {
        if variable.secret {
            scope.set_secret(&variable.name, Secret::new(variable.value.as_str()));
        } else {
            scope.set(&variable.name, variable.value.as_str());
        }
    }
    scope
}

/// Returns one line that names the scripts of a collection, which are not run, or `None` if it has none.
#[must_use]
pub fn scripts(collection: &Collection) -> Option<String> {
    let of = |what: &str, name: &str, scripts: &[String]| {
        scripts.iter().map(|script| format!("{script} of {what}{name}")).collect::<Vec<_>>()
    };
    let mut all = of("the collection", "", &collection.scripts);
    let mut seen: HashSet<&str> = HashSet::new();
    for found in collection.walk() {
        for folder in &found.folders {
            if !folder.scripts.is_empty() && seen.insert(&folder.place) {
                all.extend(of("", &format!("\"{}\"", folder.name), &folder.scripts));
            }
        }
        if let Item::Request(template) = found.item {
            all.extend(of("", &called(template), &template.scripts));
        }
    }
    let shown = all.get(..10).unwrap_or(&all).join(", ");
    let more = all.len().saturating_sub(10);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!all.is_empty()).then(|| format!("scripts are not run: {shown}{more}"))
}
