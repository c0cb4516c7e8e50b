//! Binds the listener's addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, ToSocketAddrs as _};

use countersign_shared::error::Error;
use countersign_shared::url::Url;

/// Returns the loopback addresses of a host, or `None` if it is not on this machine.
pub(super) fn addresses(host: &str) -> Option<Vec<IpAddr>> {
    match host.trim_matches(['[', ']']) {
        name if name.eq_ignore_ascii_case("localhost") => {
            Some(vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()])
        }
        text => text.parse::<IpAddr>().ok().filter(IpAddr::is_loopback).map(|address| vec![address]),
    }
}

/// Listens on any free port.
///
/// # Errors
/// Returns [`Error::Failed`] if no loopback address has a free port.
pub(super) fn any() -> Result<(Vec<TcpListener>, String), Error> {
    let fail = |error| Error::Failed(format!("cannot listen on a loopback address: {error}"));
    // RFC 8252 section 8.3 advises against the name `localhost`. A computer may have IPv6 alone.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).or_else(|_| TcpListener::bind((Ipv6Addr::LOCALHOST, 0)));
    let listener = listener.map_err(fail)?;
    let address = listener.local_addr().map_err(fail)?;
    Ok((vec![listener], format!("http://{address}/callback")))
}

/// Binds an address of the user's, `HOST:PORT`. The redirect URI is the given one to the letter, or leads to the port on this
/// machine.
///
/// # Errors
/// Returns [`Error::Usage`] if the text is no address, and [`Error::Failed`] if the port is taken.
pub(super) fn address(text: &str, given: Option<&str>) -> Result<(Vec<TcpListener>, String), Error> {
    let usage = || Error::Usage("--listen is written HOST:PORT: 0.0.0.0:8400, localhost:8400, [::1]:8400".to_owned());
    let (host, port) = text.rsplit_once(':').ok_or_else(usage)?;
    let port: u16 = port.parse().map_err(|_| usage())?;
    let hosts = match (host, addresses(host)) {
        ("", _) => return Err(usage()),
        ("*", _) => vec![Ipv4Addr::UNSPECIFIED.into()],
        (_, Some(hosts)) => hosts,
        (host, None) => {
            let found = (host.trim_matches(['[', ']']), port).to_socket_addrs();
            let found = found.map_err(|error| Error::Failed(format!("--listen {host}: {error}")))?;
            found.map(|address| address.ip()).take(1).collect()
        }
    };
    let (port, listeners) = if port == 0 { free(&hosts)? } else { all(&hosts, port)? };
    Ok((listeners, given.map_or_else(|| format!("http://127.0.0.1:{port}/callback"), str::to_owned)))
}

/// Binds the addresses of a redirect URI. One without a port gets any free port (RFC 8252 section 7.3); the rest of it is kept
/// byte for byte, since servers compare it with the registered one.
///
/// # Errors
/// Returns [`Error::Failed`] if the port is taken on one of them, and [`Error::Usage`] if the URI is not on this machine.
pub(super) fn given(given: &str) -> Result<(Vec<TcpListener>, String), Error> {
    let (url, _) = Url::parse(given.into()).map_err(|error| Error::Usage(format!("--callback-url: {error}")))?;
    let hosts = addresses(url.host())
        .ok_or_else(|| Error::Usage("--callback-url is not on this machine; use --no-browser with it".to_owned()))?;
    let (port, listeners) = match url.port() {
        Some(port) => all(&hosts, port)?,
        None => free(&hosts)?,
    };
    let redirect_uri = match (url.port(), given.get(url.origin().len()..)) {
        (None, Some(rest)) => format!("{}:{port}{rest}", url.origin()),
        _ => given.to_owned(),
    };
    Ok((listeners, redirect_uri))
}

/// The number of free ports that are tried until one is free on both addresses of `localhost`.
const ATTEMPTS: usize = 20;

fn free(hosts: &[IpAddr]) -> Result<(u16, Vec<TcpListener>), Error> {
    // The port that is free on the first address may be taken on the second, so another one is tried then.
    let mut bound = all(hosts, 0);
    for _ in 1..ATTEMPTS {
        if bound.is_ok() {
            break;
        }
        bound = all(hosts, 0);
    }
    bound
}

/// Binds one port on all addresses of a host. A browser may come to either address of `localhost`: if one of them were left
/// to another user of this computer, that user could get the answer (RFC 8252 section 8.3).
fn all(hosts: &[IpAddr], mut port: u16) -> Result<(u16, Vec<TcpListener>), Error> {
    let mut listeners = Vec::new();
    let mut missing = None;
    for host in hosts {
        let bound = TcpListener::bind(SocketAddr::new(*host, port)).and_then(|l| Ok((l.local_addr()?.port(), l)));
        match bound {
            Ok((taken, listener)) => {
                port = taken;
                listeners.push(listener);
            }
            // Nobody else can listen on an address that this computer doesn't have.
            Err(error) if is_absent(&error) => missing = Some(error),
            Err(error) => return Err(Error::Failed(format!("cannot listen on port {port} of {host}: {error}"))),
        }
    }
    match missing {
        Some(error) if listeners.is_empty() => Err(Error::Failed(format!("cannot listen on port {port}: {error}"))),
        _ => Ok((port, listeners)),
    }
}

/// Returns true if a listener failed because the computer has no such address, as one without IPv6.
fn is_absent(error: &std::io::Error) -> bool {
    #[cfg(unix)]
    let no_family = rustix::io::Errno::AFNOSUPPORT.raw_os_error();
    #[cfg(not(unix))]
    let no_family = 10_047;
    error.kind() == std::io::ErrorKind::AddrNotAvailable || error.raw_os_error() == Some(no_family)
}
