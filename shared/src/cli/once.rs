//! Messages to the user that are each said once.

use std::collections::HashMap;

use super::say;
use super::tool::Tool;

/// A printer that says each message once, until another message about the same subject is said. `--quiet` silences it.
#[derive(Debug)]
pub struct SaidOnce {
    tool: Tool,
    /// The last message about each subject.
    said: HashMap<String, String>,
}

impl SaidOnce {
    /// Makes a printer that has said nothing.
    #[must_use]
    pub fn new(tool: Tool) -> Self {
        Self { tool, said: HashMap::new() }
    }

    /// Prints a message about a subject, unless it was the last one about that subject.
    pub fn say(&mut self, subject: &str, text: &str) {
        if self.said.get(subject).is_some_and(|said| said == text) {
            return;
        }
        if ::log::log_enabled!(::log::Level::Warn) {
            say(self.tool, text);
        }
        self.said.insert(subject.to_owned(), text.to_owned());
    }

    /// Lets the messages about a subject be said again.
    pub fn forget(&mut self, subject: &str) {
        self.said.remove(subject);
    }
}
