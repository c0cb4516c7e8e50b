//! The names that the proxy's authority may sign for. They are in its certificate, as name constraints (RFC 5280 section
//! 4.2.1.10), so that clients hold it to them too: whoever gets hold of its key can read nothing else.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use rcgen::{CidrSubnet, GeneralSubtree, NameConstraints};
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::GeneralName;

use crate::filter::ascii_name;

/// A value of `--permit`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Permit {
    /// Every name: `*`.
    All,
    /// A domain with its subdomains.
    Domain(String),
    /// An IP address.
    Address(IpAddr),
}

/// The error for a value of `--permit` that is none.
#[derive(Debug, thiserror::Error)]
#[error("not a domain or an IP address: write example.com (with its subdomains), 127.0.0.1, or * for every name")]
pub(crate) struct NotPermit;

impl FromStr for Permit {
    type Err = NotPermit;

    fn from_str(text: &str) -> Result<Self, NotPermit> {
        if text == "*" {
            return Ok(Self::All);
        }
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        if let Ok(address) = bare.parse() {
            return Ok(Self::Address(address));
        }
        let name = text.strip_prefix("*.").unwrap_or(text);
        let name = ascii_name(name.strip_prefix('.').unwrap_or(name));
        let is_label = |label: &str| {
            let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
            (1..=63).contains(&label.len()) && label.bytes().all(is_inner)
        };
        // What ends in a number is an address, even one that is written wrongly (WHATWG URL, section 3.5).
        let ends_in_number = name.rsplit('.').next().is_some_and(|label| label.bytes().all(|b| b.is_ascii_digit()));
        if name.len() > 253 || ends_in_number || !name.split('.').all(is_label) {
            return Err(NotPermit);
        }
        Ok(Self::Domain(name))
    }
}

impl fmt::Display for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Domain(name) => f.write_str(name),
            Self::Address(address) => address.fmt(f),
        }
    }
}

/// The names that an authority may sign for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Permitted {
    /// All names.
    All,
    /// These alone, sorted.
    Only(Vec<Permit>),
}

impl Permitted {
    /// Returns what the values of `--permit` stand for, or `None` if there are none.
    pub(crate) fn of(mut permits: Vec<Permit>) -> Option<Self> {
        permits.sort();
        permits.dedup();
        if permits.is_empty() {
            return None;
        }
        Some(if permits.contains(&Permit::All) { Self::All } else { Self::Only(permits) })
    }

    /// Reads the constraints of an authority's certificate. A constraint of a kind that is never written here permits
    /// nothing.
    pub(crate) fn of_certificate(certificate: &X509Certificate<'_>) -> Self {
        let Ok(Some(constraints)) = certificate.name_constraints() else { return Self::All };
        let trees = constraints.value.permitted_subtrees.iter().flatten();
        let mut permits: Vec<Permit> = trees.filter_map(|tree| permit(&tree.base)).collect();
        permits.sort();
        Self::Only(permits)
    }

    /// Returns the constraints for an authority's certificate, or `None` if it needs none.
    pub(crate) fn constraints(&self) -> Option<NameConstraints> {
        let Self::Only(permits) = self else { return None };
        let permitted_subtrees = permits.iter().filter_map(subtree).collect();
        let mut excluded_subtrees = Vec::new();
        // A kind of name that no permitted subtree has would be free, so all of its names are excluded, in the way of the
        // CA/Browser Forum's requirements (section 7.1.2.5.2).
        if !permits.iter().any(|permit| matches!(permit, Permit::Address(_))) {
            excluded_subtrees.push(GeneralSubtree::IpAddress(CidrSubnet::V4([0; 4], [0; 4])));
            excluded_subtrees.push(GeneralSubtree::IpAddress(CidrSubnet::V6([0; 16], [0; 16])));
        }
        if !permits.iter().any(|permit| matches!(permit, Permit::Domain(_))) {
            excluded_subtrees.push(GeneralSubtree::DnsName(String::new()));
        }
        Some(NameConstraints { permitted_subtrees, excluded_subtrees })
    }

    /// Returns true if the authority may sign for this host.
    pub(crate) fn contains(&self, host: &str) -> bool {
        let Self::Only(permits) = self else { return true };
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        let address = host.parse::<IpAddr>();
        permits.iter().any(|permit| match (permit, &address) {
            (Permit::Address(one), Ok(address)) => one == address,
            (Permit::Domain(name), Err(_)) => {
                host.strip_suffix(name.as_str()).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
            }
            _ => false,
        })
    }

    /// Returns the options of `capture ca` for an authority that may sign for this host as well.
    pub(crate) fn options_with(&self, host: &str) -> String {
        let permits = match self {
            Self::All => &[][..],
            Self::Only(permits) => permits,
        };
        let mut options: String = permits.iter().map(|permit| format!("--permit {permit} ")).collect();
        options.push_str(&format!("--permit {host}"));
        options
    }
}

impl fmt::Display for Permitted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("every name"),
            Self::Only(permits) => {
                let names: Vec<String> = permits.iter().map(ToString::to_string).collect();
                f.write_str(&names.join(", "))
            }
        }
    }
}

fn permit(name: &GeneralName<'_>) -> Option<Permit> {
    match name {
        GeneralName::DNSName(name) => Some(Permit::Domain((*name).to_owned())),
        // An address and its mask, of the same length.
        GeneralName::IPAddress(bytes) => {
            let address = bytes.get(..bytes.len() / 2)?;
            let v4 = <[u8; 4]>::try_from(address).map(IpAddr::from);
            v4.or_else(|_| <[u8; 16]>::try_from(address).map(IpAddr::from)).ok().map(Permit::Address)
        }
        _ => None,
    }
}

fn subtree(permit: &Permit) -> Option<GeneralSubtree> {
    match permit {
        Permit::All => None,
        Permit::Domain(name) => Some(GeneralSubtree::DnsName(name.clone())),
        Permit::Address(IpAddr::V4(address)) => {
            Some(GeneralSubtree::IpAddress(CidrSubnet::V4(address.octets(), [255; 4])))
        }
        Permit::Address(IpAddr::V6(address)) => {
            Some(GeneralSubtree::IpAddress(CidrSubnet::V6(address.octets(), [255; 16])))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_permitted_is_a_domain_with_its_subdomains_or_an_address() {
        for (text, permit) in [
            ("Example.COM", Some("example.com")),
            ("*.example.com", Some("example.com")),
            (".example.com", Some("example.com")),
            ("localhost", Some("localhost")),
            ("bücher.example", Some("xn--bcher-kva.example")),
            ("127.0.0.1", Some("127.0.0.1")),
            ("[::1]", Some("::1")),
            ("::1", Some("::1")),
            ("*", Some("*")),
            ("https://example.com", None),
            ("example.com:443", None),
            ("a..b", None),
            ("127.0.0", None),
            ("10.0.0.0/8", None),
            ("a.*.b", None),
            ("", None),
        ] {
            assert_eq!(text.parse::<Permit>().ok().map(|one| one.to_string()).as_deref(), permit, "{text}");
        }
    }

    #[test]
    fn nothing_but_what_is_permitted_is_contained() {
        let permits = ["example.com", "127.0.0.1", "::1"].into_iter().filter_map(|text| text.parse().ok());
        let permitted = Permitted::of(permits.collect()).unwrap_or(Permitted::All);
        for (host, is_in) in [
            ("example.com", true),
            ("EXAMPLE.com.", true),
            ("a.b.example.com", true),
            ("badexample.com", false),
            ("example.com.evil", false),
            ("127.0.0.1", true),
            ("127.0.0.2", false),
            ("::1", true),
            ("0:0:0:0:0:0:0:1", true),
            ("localhost", false),
        ] {
            assert_eq!(permitted.contains(host), is_in, "{host}");
        }
        assert_eq!(Permitted::of(Vec::new()), None);
        assert_eq!(Permitted::of(vec![Permit::All, Permit::Domain("a".to_owned())]), Some(Permitted::All));
    }
}
