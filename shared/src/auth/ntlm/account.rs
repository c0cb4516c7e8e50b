//! The account that signs in: user name, domain, and the key that is derived from them and the password.

use ntlmclient::{Credentials, ntlm_v2_password_func};
use zeroize::Zeroizing;

use crate::request::Handshake;
use crate::secret::Secret;

/// An account with its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    /// The user name as it is sent, in the case it was given in.
    pub user: String,
    /// The domain; if it is empty, the server takes its own.
    pub domain: String,
    /// The password.
    pub password: Secret,
}

impl Account {
    /// Returns the account of a name that may hold its domain: `DOMAIN\user` or `user@domain`. A name with both separators,
    /// or with an empty side, is taken as a user name without domain.
    pub(super) fn named(name: &str, password: Secret) -> Self {
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

    /// Returns the values for a program that performs the handshake itself.
    pub(super) fn handshake(&self) -> Handshake {
        let separator = if self.domain.is_empty() { "" } else { "\\" };
        Handshake { user: format!("{}{separator}{}", self.domain, self.user), password: self.password.clone() }
    }

    /// Returns NTOWFv2 (MS-NLMP section 3.3.2), the key that all responses and the MIC are computed with.
    pub(super) fn key(&self) -> Zeroizing<[u8; 16]> {
        // The crate's function upper-cases the user name as Unicode does (ß to SS), which Windows does not, and appends the
        // domain unchanged. So the user name is upper-cased here and passed as the beginning of the domain.
        let mut credentials = Credentials {
            username: String::new(),
            password: self.password.expose().to_owned(),
            domain: format!("{}{}", upper_case(&self.user), self.domain),
        };
        let key = Zeroizing::new(ntlm_v2_password_func(&credentials));
        // The crate's type does not wipe its password when it is dropped.
        zeroize::Zeroize::zeroize(&mut credentials.password);
        key
    }
}

/// Returns a text in upper case as Windows maps it.
fn upper_case(text: &str) -> String {
    text.chars().map(upper_case_character).collect()
}

/// Returns a character in upper case as Windows maps it: always one character, and only if its lower case is the character
/// again (or it is the final ς), so ß, µ, ı and ſ stay. Georgian and Cherokee stay too, since they got their capitals after
/// Windows had its table. (Compared with Samba, whose table is an older one of Windows.)
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
