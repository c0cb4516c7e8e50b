//! The hosts that a program may get a token for: those of the setting `host`, or else the site of the server that issued it. A
//! program such as docker asks for the credentials of any server that is named to it.

use countersign_shared::cookies::domain;
use countersign_shared::error::Error;
use countersign_shared::url::{Protocol, Url};

/// The hosts that a token is for.
pub(crate) struct Hosts {
    named: Vec<Named>,
}

/// A host of the setting.
struct Named {
    host: String,
    /// `None` if every port is meant.
    port: Option<u16>,
}

/// A server that a program asks credentials for.
pub(crate) struct Server(Url<'static>);

impl Hosts {
    /// Reads the hosts of the setting.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if one of them is no host.
    pub(crate) fn new(texts: &[String]) -> Result<Self, Error> {
        let named = |text: &String| {
            let server = Server::parse(text).ok_or_else(|| {
                Error::Usage("--host is a host, or a host with a port: git.example.com, localhost:5000".to_owned())
            })?;
            Ok(Named { host: server.0.ascii_host().into_owned(), port: server.0.port() })
        };
        Ok(Self { named: texts.iter().map(named).collect::<Result<_, Error>>()? })
    }

    /// Returns true if a token from this endpoint is for a server. Without an endpoint, none is, unless it is named.
    pub(crate) fn include(&self, server: &Server, endpoint: Option<&str>) -> bool {
        let host = server.0.ascii_host();
        if !self.named.is_empty() {
            let is_named =
                |named: &Named| named.host == host && named.port.is_none_or(|port| port == server.0.effective_port());
            return self.named.iter().any(is_named);
        }
        let issuer = endpoint.and_then(|endpoint| Url::parse(endpoint.into()).ok());
        issuer.is_some_and(|(issuer, _)| is_same_site(&issuer.ascii_host(), &host))
    }

    /// Returns true if the setting names hosts, so that they alone count.
    pub(crate) fn are_named(&self) -> bool {
        !self.named.is_empty()
    }
}

impl Server {
    /// Reads a server as docker and git name it: a URL, or a host with or without a port and a path. Returns `None` for
    /// anything else, and if the text names a user, who makes it look like another host's.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        match Url::parse(text.into()) {
            Ok((url, None)) => Some(Self(url)),
            _ => None,
        }
    }

    /// Returns true if a credential would go to another machine unencrypted.
    pub(crate) fn is_in_the_clear(&self) -> bool {
        self.0.protocol() == Protocol::Http && !self.0.is_of_this_machine()
    }
}

/// Returns true if both hosts have the same registrable domain, that is, the same owner. Addresses, and names that have no
/// such domain, such as `localhost`, are compared as a whole.
fn is_same_site(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    match (domain::registrable(one), domain::registrable(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}
