//! `capture ca`: prints the certificate of the proxy's authority, and renews the authority.

use std::io::{self, Write as _};

use countersign_shared::error::Error;
use countersign_shared::places::Place;
use countersign_shared::trust::AUTHORITY_REMOVAL;

use crate::authority::{Authority, AuthorityError};
use crate::notice::{Notices, say};
use crate::permitted::Permitted;

/// The plan of `capture ca`.
pub(crate) struct CaPlan {
    /// The names that the authority may sign for. `None` leaves them as they are.
    pub(crate) permitted: Option<Permitted>,
    /// The choice whether there is to be a new authority.
    pub(crate) renewal: Renewal,
    /// The choice whether notices and advice are shown.
    pub(crate) notices: Notices,
}

/// A choice whether there is to be a new authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// Only if there is none, or none for these names.
    IfNeeded,
    /// In any case.
    Always,
}

/// Prints the certificate of the authority, which is made or renewed first if necessary.
///
/// # Errors
/// Returns [`Error::Failed`] if the authority cannot be read or made, and [`Error::Write`] if standard output cannot be
/// written.
pub(crate) fn run(plan: CaPlan) -> Result<u8, Error> {
    let notices = plan.notices;
    let (authority, made) = authority(plan).map_err(|error| Error::Failed(error.to_string()))?;
    if notices == Notices::Shown && made == Made::InPlaceOfAnother {
        say(&format!(
            "the authority is renewed and can sign for {}; clients that trusted the old one have to trust this one, and \
             should forget the old one",
            authority.permitted()
        ));
    }
    print(&authority, notices).map(|()| 0)
}

/// The way that an authority came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Made {
    /// It was there, or is the first one.
    AsItWas,
    /// It replaces one that clients may trust.
    InPlaceOfAnother,
}

fn authority(plan: CaPlan) -> Result<(Authority, Made), AuthorityError> {
    let folder = Place::State.path()?;
    if plan.renewal == Renewal::Always {
        return Authority::renew(&folder, plan.permitted).map(|new| (new, Made::InPlaceOfAnother));
    }
    let authority = Authority::open(&folder, plan.permitted.as_ref().unwrap_or(&Permitted::All))?;
    match plan.permitted {
        Some(permitted) if *authority.permitted() != permitted => {
            Authority::renew(&folder, Some(permitted)).map(|new| (new, Made::InPlaceOfAnother))
        }
        _ => Ok((authority, Made::AsItWas)),
    }
}

/// Prints the certificate on stdout and, on stderr, how to trust it.
///
/// # Errors
/// Returns [`Error::Write`] if standard output cannot be written.
fn print(authority: &Authority, notices: Notices) -> Result<(), Error> {
    match io::stdout().write_all(authority.certificate_pem().as_bytes()) {
        // A reader that has seen enough and closes the pipe is no failure.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => return Err(Error::Write(error)),
        _ => {}
    }
    if notices == Notices::Hidden {
        return Ok(());
    }
    if let Some(advice) = authority.renewal_advice() {
        say(&advice);
    }
    // The certificate is out by now, and without standard error there is nobody to advise.
    let _ = write!(
        io::stderr(),
        "This certificate lets capture read HTTPS. Trust it where you want that, and only there:
  one command      capture -- COMMAND (sets everything itself)
  curl             curl --cacert ca.pem -x http://127.0.0.1:PORT https://…
  OpenSSL, Python  SSL_CERT_FILE=ca.pem, REQUESTS_CA_BUNDLE=ca.pem
  Node             NODE_EXTRA_CA_CERTS=ca.pem
  Firefox          Settings, Certificates, Authorities, Import
  Chromium         certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n capture -i ca.pem
  Debian, Ubuntu   cp ca.pem /usr/local/share/ca-certificates/capture.crt && update-ca-certificates
  macOS            security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ca.pem
  Windows          certutil -user -addstore Root ca.pem
Its key is in {path} and stays there; anyone who has it can read your traffic with {permitted}.
`capture ca --permit DOMAIN` makes one for that domain alone. To take it out again:
{removal}",
        path = authority.path().display(),
        permitted = authority.permitted(),
        removal = AUTHORITY_REMOVAL.map(|(place, how)| format!("  {place:<16} {how}\n")).concat(),
    );
    Ok(())
}
