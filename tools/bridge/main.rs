//! `countersign-bridge`: relays between the browser that starts it and the tools of this user.
//!
//! Standard output carries frames and nothing else. Messages for people go to standard error, which browsers log or
//! drop.

mod caller;
mod outbox;
mod relay;

use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use base64::Engine as _;
use countersign_shared::bridge::envelope::Envelope;
use countersign_shared::bridge::record::Record;
use countersign_shared::bridge::socket::Listener;
use countersign_shared::encode::BASE64;
use countersign_shared::error::Error;
use countersign_shared::places;
use countersign_shared::terminal;

use relay::Relay;

const NAME: &str = env!("CARGO_BIN_NAME");

const HELP: &str = "\
Relays between the browser that starts it and the tools of Countersign.

Browsers start this by themselves; `bridge-install install` tells them where it is, and
`bridge-install doctor` tries it. There is nothing to do with it on a command line.

Options:
  -h, --help     Print help
  -V, --version  Print the version
";

fn main() -> ExitCode {
    // The default key passes through the memory of this process.
    countersign_shared::secret::forbid_dumps();
    let arguments: Vec<String> =
        // `args` would panic if an argument is not Unicode. Such a caller is refused like any unknown one.
        std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned()).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["-h" | "--help"] => print(HELP),
        ["-V" | "--version"] => print(&format!("{NAME} {}\n", env!("CARGO_PKG_VERSION"))),
        _ => match run(&arguments) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                say(&error.to_string());
                ExitCode::FAILURE
            }
        },
    }
}

fn print(text: &str) -> ExitCode {
    let _ = io::stdout().write_all(text.as_bytes());
    ExitCode::SUCCESS
}

fn say(text: &str) {
    let _ = writeln!(io::stderr(), "{}", terminal::clean(&format!("{NAME}: {text}")));
}

fn run(arguments: &[String]) -> Result<(), Error> {
    let record = caller::record()?;
    // An unknown caller is refused before there is a socket that tools could find.
    caller::check(arguments, &record)?;
    let listener = Listener::bind(&record.sockets)
        .map_err(|source| Error::File { path: record.sockets.clone(), source })
        .map(Arc::new)?;
    let relay = Relay::new(key(&record));
    let outcome = relay.run(&listener, &mut io::stdin().lock(), io::stdout());
    // The accepting thread still holds the listener, so its drop would not remove the socket before the process ends.
    let _ = std::fs::remove_file(listener.path());
    outcome.map_err(|error| Error::Failed(format!("from the browser: {error}")))
}

/// Returns the frame with the default key for the extension. Without it, only a custom key can be used.
fn key(record: &Record) -> Option<Envelope> {
    let text =
        places::read_own(&record.key).inspect_err(|error| say(&format!("{}: {error}", record.key.display()))).ok()?;
    let is_key = BASE64.decode(text.trim()).is_ok_and(|bytes| bytes.len() == 32);
    if !is_key {
        say(&format!("{}: is not a key; `bridge-install install` repairs it", record.key.display()));
        return None;
    }
    Some(Envelope::Key { key: text.trim().to_owned() })
}
