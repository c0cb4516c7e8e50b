//! What there is to say to the person about browsers and consent, each once.

use std::collections::HashSet;

use crate::say;

/// Says each thing once, until something else of the same subject is said.
#[derive(Default)]
pub(crate) struct News {
    said: HashSet<(String, String)>,
}

impl News {
    /// Says something about a subject.
    pub(crate) fn say(&mut self, subject: &str, text: &str) {
        let news = (subject.to_owned(), text.to_owned());
        if !self.said.contains(&news) {
            self.said.retain(|(of, _)| of != subject);
            say(text);
            self.said.insert(news);
        }
    }

    /// Lets the same be said again.
    pub(crate) fn forget(&mut self, subject: &str) {
        self.said.retain(|(of, _)| of != subject);
    }
}
