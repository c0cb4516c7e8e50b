//! The gate in front of the proxy: only processes of this user come through. What passes the proxy is signed and sent
//! further down the pipe with this user's credentials, and every user of the computer can find and reach its port.
//!
//! Linux tells the owner of a loopback connection's other end. A command that we run may change its user (`apt`, `su`), and
//! other systems tell nothing: such a client shows the password that the command's variables hold.

use std::net::SocketAddr;
use std::sync::OnceLock;

use base64::Engine as _;
use countersign_shared::encode::{self, BASE64};
use countersign_shared::error::Error;
use countersign_shared::moment;
use countersign_shared::wire::Head;

/// The user's name that goes with the password.
const NAME: &str = "capture";

/// The length of the password in random bytes.
const PASSWORD_BYTES: usize = 16;

/// The password of this process's proxy. It is made when a command is started, which gets it in its environment.
static PASSWORD: OnceLock<String> = OnceLock::new();

/// Returns the name and password, `NAME:PASSWORD`, for the proxy's URL in a command's variables.
///
/// # Errors
/// Returns [`Error::NoRandomness`] if the system has no random bytes.
pub(crate) fn userinfo() -> Result<String, Error> {
    let password = encode::hex(&moment::random(PASSWORD_BYTES)?);
    Ok(format!("{NAME}:{}", PASSWORD.get_or_init(|| password)))
}

/// The owner of a client's connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// This user.
    Ours,
    /// Another user of this computer, with this id.
    Other(u32),
    /// A process that has closed its end already, so that nobody owns it.
    Gone,
    /// A process on another computer or in another network namespace; `--listen-any` lets it in.
    Elsewhere,
    /// This system does not tell.
    Untold,
}

/// The decision about a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Admission {
    /// It may use the proxy.
    Admitted,
    /// It may use the proxy if it shows the password.
    NeedsPassword,
    /// It may not use the proxy.
    Refused,
}

impl Owner {
    /// Finds the owner of the connection that `peer` opened to `local`.
    pub(crate) fn of(peer: SocketAddr, local: SocketAddr) -> Self {
        owner(peer, local)
    }

    /// Decides whether the owner may use the proxy.
    pub(crate) fn admission(self) -> Admission {
        self.admission_with(PASSWORD.get().map(String::as_str))
    }

    fn admission_with(self, password: Option<&str>) -> Admission {
        match (self, password) {
            (Self::Ours | Self::Elsewhere, _) | (Self::Untold, None) => Admission::Admitted,
            (_, Some(_)) => Admission::NeedsPassword,
            (Self::Other(_) | Self::Gone, None) => Admission::Refused,
        }
    }

    /// Returns the notice about a client that is refused.
    pub(crate) fn refusal(self) -> String {
        let who = match self {
            Self::Other(id) => format!("a process of another user (user id {id})"),
            _ => "a process that does not show whose it is".to_owned(),
        };
        format!("{who} was refused: only your own processes can use this proxy")
    }
}

/// Returns true if a request shows the password (RFC 7617).
pub(crate) fn shows_password(head: &Head) -> bool {
    let Some(password) = PASSWORD.get() else { return false };
    let expected = BASE64.encode(format!("{NAME}:{password}"));
    head.values("proxy-authorization").any(|value| is_basic(value, expected.as_bytes()))
}

fn is_basic(value: &[u8], expected: &[u8]) -> bool {
    let Some((scheme, credentials)) = value.split_at_checked(5) else { return false };
    // The name of the scheme ignores case (RFC 9110 section 11.1); the credentials do not.
    scheme.eq_ignore_ascii_case(b"basic") && credentials.first() == Some(&b' ') && credentials.trim_ascii() == expected
}

#[cfg(not(target_os = "linux"))]
fn owner(_peer: SocketAddr, _local: SocketAddr) -> Owner {
    Owner::Untold
}

/// Looks the other end of the connection up in the kernel's tables. A client with a dual-stack socket, as Java has it, is
/// in the table for IPv6 with mapped addresses.
#[cfg(target_os = "linux")]
fn owner(peer: SocketAddr, local: SocketAddr) -> Owner {
    let mut found = None;
    let mut tables = 0;
    for path in ["/proc/net/tcp", "/proc/net/tcp6"] {
        // A table may be missing, as without IPv6; one that is there counts.
        let Ok(table) = std::fs::read_to_string(path) else { continue };
        tables += 1;
        found = table::owner_in(&table, peer, local);
        if found.is_some() {
            break;
        }
    }
    match found {
        // The table shows the effective user of the process that opened the socket.
        Some(id) if id == rustix::process::geteuid().as_raw() => Owner::Ours,
        Some(id) => Owner::Other(id),
        None if tables == 0 => Owner::Untold,
        None if peer.ip().to_canonical().is_loopback() => Owner::Gone,
        None => Owner::Elsewhere,
    }
}

/// Reads the tables of TCP sockets, `/proc/net/tcp` and `/proc/net/tcp6`.
#[cfg(target_os = "linux")]
mod table {
    use std::net::{IpAddr, Ipv6Addr, SocketAddr};

    /// Returns the user id of the socket that is at `peer` and connected to `local`.
    ///
    /// A socket without an inode is in no process any more. The kernel then gives 0 for its owner whoever that was, so it is
    /// not taken for root's: a stranger could send and close before we look.
    pub(super) fn owner_in(table: &str, peer: SocketAddr, local: SocketAddr) -> Option<u32> {
        let forms = [shown(peer), mapped(peer)].into_iter().zip([shown(local), mapped(local)]);
        let forms: Vec<(String, String)> = forms.collect();
        // The table may have thousands of lines, and only those with the port can be it.
        let port = format!(":{:04X} ", peer.port());
        table.lines().skip(1).filter(|line| line.contains(&port)).find_map(|line| {
            let fields: Vec<&str> = line.split_ascii_whitespace().collect();
            let [_, at, to, _, _, _, _, owner, _, inode, ..] = fields.as_slice() else { return None };
            let is_it = forms.iter().any(|(peer, local)| at == peer && to == local);
            if is_it && *inode != "0" { owner.parse().ok() } else { None }
        })
    }

    /// Returns an address as the kernel writes it: each word of four bytes as a number in the machine's byte order.
    fn shown(address: SocketAddr) -> String {
        let ip = match address.ip().to_canonical() {
            IpAddr::V4(ip) => words(&ip.octets()),
            IpAddr::V6(ip) => words(&ip.octets()),
        };
        format!("{ip}:{:04X}", address.port())
    }

    fn mapped(address: SocketAddr) -> String {
        let ip: Ipv6Addr = match address.ip() {
            IpAddr::V4(ip) => ip.to_ipv6_mapped(),
            IpAddr::V6(ip) => ip,
        };
        format!("{}:{:04X}", words(&ip.octets()), address.port())
    }

    fn words(octets: &[u8]) -> String {
        let (words, _) = octets.as_chunks::<4>();
        words.iter().map(|word| format!("{:08X}", u32::from_ne_bytes(*word))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ours_pass_without_a_password() {
        use Admission::{Admitted, NeedsPassword, Refused};
        for (owner, without, with) in [
            (Owner::Ours, Admitted, Admitted),
            (Owner::Other(0), Refused, NeedsPassword),
            (Owner::Other(65534), Refused, NeedsPassword),
            (Owner::Gone, Refused, NeedsPassword),
            (Owner::Elsewhere, Admitted, Admitted),
            (Owner::Untold, Admitted, NeedsPassword),
        ] {
            assert_eq!(owner.admission_with(None), without, "{owner:?}");
            assert_eq!(owner.admission_with(Some("p")), with, "{owner:?}");
        }
    }

    #[test]
    fn credentials_are_compared_whole() {
        for (value, is_it) in [
            ("Basic YQ==", true),
            ("basic  YQ==", true),
            ("BasicYQ==", false),
            ("Basic YQ=", false),
            ("Basic YQ==x", false),
            ("Bearer YQ==", false),
            ("Basic", false),
            ("", false),
        ] {
            assert_eq!(is_basic(value.as_bytes(), b"YQ=="), is_it, "{value}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_kernels_tables_tell_the_owner_by_both_addresses() {
        let word = |ip: [u8; 4]| format!("{:08X}", u32::from_ne_bytes(ip));
        let (home, zero) = (word([127, 0, 0, 1]), word([0; 4]));
        let mapped = format!("{zero}{zero}{}{home}", word([0, 0, 0xff, 0xff]));
        let row = |at: &str, to: &str, owner: u32, inode: u32| {
            format!(
                "   2: {at}:CF8C {to}:C0B5 01 00000000:00000000 00:00000000 00000000 {owner:5} 0 {inode} 2 0 20 4 30\n"
            )
        };
        let (peer, local) = (SocketAddr::from(([127, 0, 0, 1], 0xCF8C)), SocketAddr::from(([127, 0, 0, 1], 0xC0B5)));
        let owner = |rows: String| table::owner_in(&format!("  sl  local_address\n{rows}"), peer, local);
        assert_eq!(owner(row(&home, &home, 1000, 7)), Some(1000));
        assert_eq!(owner(row(&mapped, &mapped, 1000, 7)), Some(1000));
        assert_eq!(owner(row(&home, &word([127, 0, 0, 2]), 1000, 7)), None, "another address");
        assert_eq!(owner(row(&home, &home, 0, 0)), None, "a socket that nobody has any more");
        assert_eq!(owner("garbage\n".to_owned()), None);
        assert_eq!(table::owner_in(&row(&home, &home, 1, 7), local, peer), None, "the other direction");
    }
}
