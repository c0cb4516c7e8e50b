//! The questions that a tool asks browsers, and the choice of browsers that it asks.

use super::super::envelope::Hello;
use super::super::message::Subscription;

/// The options of a tool's links, the same for every bridge.
#[derive(Clone, Debug)]
pub struct LinkOptions {
    /// The tool's name, as the popup shows it.
    pub tool: String,
    /// The subscriptions that every extension gets as soon as its channel stands.
    pub subscriptions: Vec<Subscription>,
    /// The number of messages that an extension may send ahead of those that were taken. Credit is topped up as they
    /// are taken.
    pub window: u32,
    /// The browsers that are asked.
    pub filter: BrowserFilter,
}

/// A filter that takes all browsers, or those with this name and profile. Case does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BrowserFilter {
    /// The browser's name, as its extension gives it.
    pub browser: Option<String>,
    /// The profile's name.
    pub profile: Option<String>,
}

impl BrowserFilter {
    /// Reads `NAME`, `NAME:PROFILE` or `:PROFILE`. An empty part takes every browser or profile.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (browser, profile) = text.split_once(':').map_or((text, None), |(name, profile)| (name, Some(profile)));
        let given = |text: &str| if text.is_empty() { None } else { Some(text.to_owned()) };
        Self { browser: given(browser), profile: profile.and_then(given) }
    }

    /// Returns true if the browser that says this hello passes the filter.
    #[must_use]
    pub fn takes(&self, hello: &Hello) -> bool {
        let is = |wanted: &Option<String>, given: &Option<String>| match (wanted, given) {
            (None, _) => true,
            (Some(wanted), Some(given)) => wanted.eq_ignore_ascii_case(given),
            (Some(_), None) => false,
        };
        is(&self.browser, &hello.browser) && is(&self.profile, &hello.profile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_takes_the_browsers_that_it_names() {
        let hello = Hello { browser: Some("Firefox".into()), profile: Some("work".into()), ..Hello::default() };
        for filter in ["", "firefox", "firefox:", "firefox:work", ":work"] {
            assert!(BrowserFilter::parse(filter).takes(&hello), "{filter}");
        }
        for filter in ["chromium", "firefox:home", ":home"] {
            assert!(!BrowserFilter::parse(filter).takes(&hello), "{filter}");
        }
        assert!(!BrowserFilter::parse("firefox").takes(&Hello::default()));
    }
}
