//! Messages to the user about browsers and consent, each said once.

use std::collections::HashSet;

use crate::tool::say;

/// A printer that says each message once, until another message about the same subject is said.
#[derive(Default)]
pub(crate) struct Notices {
    said: HashSet<(String, String)>,
}

impl Notices {
    /// Prints a message about a subject, unless it was the last one about that subject.
    pub(crate) fn say(&mut self, subject: &str, text: &str) {
        let notice = (subject.to_owned(), text.to_owned());
        if !self.said.contains(&notice) {
            self.said.retain(|(about, _)| about != subject);
            say(text);
            self.said.insert(notice);
        }
    }

    /// Lets the messages about a subject be said again.
    pub(crate) fn forget(&mut self, subject: &str) {
        self.said.retain(|(about, _)| about != subject);
    }
}
