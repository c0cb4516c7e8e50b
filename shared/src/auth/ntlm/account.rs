//! Who signs in: user name, domain, and the key that both make with the password.

use ntlmclient::{Credentials, ntlm_v2_password_func};
use zeroize::Zeroizing;

use crate::request::Handshake;
use crate::secret::Secret;

/// An account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// As the server is told, in the case it was given in.
    pub user: String,
    /// Empty where there is none: the server takes its own.
    pub domain: String,
    /// The password.
    pub password: Secret,
}

impl Account {
    /// An account whose name says its domain: `DOMAIN\user` or `user@domain`. A name with both, or with an empty side,
    /// is taken whole.
    #[must_use]
    pub fn named(name: &str, password: Secret) -> Self {
        let split = |separator: char| {
            let (before, after) = name.split_once(separator)?;
            let is_clear = !before.is_empty() && !after.is_empty() && !after.contains(['\\', '@']);
            (is_clear && !before.contains(['\\', '@'])).then_some((before, after))
        };
        let (domain, user) = match (split('\\'), split('@')) {
            (Some((domain, user)), _) | (None, Some((user, domain))) => (domain, user),
            (None, None) => ("", name),
        };
        Self { user: user.to_owned(), domain: domain.to_owned(), password }
    }

    /// What a program that makes the handshake itself is told.
    #[must_use]
    pub fn handshake(&self) -> Handshake {
        let separator = if self.domain.is_empty() { "" } else { "\\" };
        Handshake { user: format!("{}{separator}{}", self.domain, self.user), password: self.password.clone() }
    }

    /// NTOWFv2 (MS-NLMP section 3.3.2): the key of everything that follows.
    #[must_use]
    pub fn key(&self) -> Zeroizing<[u8; 16]> {
        // The function upper-cases the user name as Unicode does (ß to SS) and puts the domain behind it as it is. Given
        // the upper-cased name as part of the domain it computes the same, with the mapping that Windows has.
        let mut credentials = Credentials {
            username: String::new(),
            password: self.password.expose().to_owned(),
            domain: format!("{}{}", upper_case(&self.user), self.domain),
        };
        let key = Zeroizing::new(ntlm_v2_password_func(&credentials));
        zeroize::Zeroize::zeroize(&mut credentials.password);
        key
    }
}

/// Upper case as Windows has it.
fn upper_case(text: &str) -> String {
    text.chars().map(upper_case_character).collect()
}

/// One character for one, and only where lower case leads back (and the final ς): ß, µ, ı and ſ stay. Georgian and Cherokee got their
/// capitals after Windows had its table. (Found out with Samba, whose table is Windows' of its day.)
fn upper_case_character(c: char) -> char {
    if matches!(c, '\u{10d0}'..='\u{10ff}' | '\u{13f8}'..='\u{13fd}' | '\u{ab70}'..='\u{abbf}') {
        return c;
    }
    if c == 'ς' {
        return 'Σ';
    }
    let mut mapped = c.to_uppercase();
    match (mapped.next(), mapped.next()) {
        (Some(upper), None) if upper.to_lowercase().eq([c]) => upper,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::hex;

    fn account(name: &str) -> (String, String) {
        let account = Account::named(name, Secret::new(""));
        (account.domain, account.user)
    }

    #[test]
    fn both_ways_of_naming_a_domain_are_understood() {
        let pair = |domain: &str, user: &str| (domain.to_owned(), user.to_owned());
        assert_eq!(account("DOM\\alice"), pair("DOM", "alice"));
        assert_eq!(account("alice@dom.example"), pair("dom.example", "alice"));
        for whole in ["alice", "DOM\\alice@x", "\\alice", "alice@", "a@b@c", "a\\b\\c", ""] {
            assert_eq!(account(whole), pair("", whole));
        }
    }

    #[test]
    fn the_specifications_key_is_met() {
        // MS-NLMP section 4.2.4.1.1
        let account = Account { user: "User".into(), domain: "Domain".into(), password: Secret::new("Password") };
        assert_eq!(hex(account.key().as_slice()), "0c868a403bfd7a93a3001ef22ef02e3f");
    }

    #[test]
    fn names_are_upper_cased_as_windows_does() {
        assert_eq!(upper_case("aAéÿßµıſяςǅაﬁ"), "AAÉŸßµıſЯΣǅაﬁ");
    }
}
