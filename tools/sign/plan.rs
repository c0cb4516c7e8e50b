//! The command line of a signing run as types, with options read and references followed.

use std::path::PathBuf;

use countersign_shared::auth::asked::Asked;
use countersign_shared::auth::parameters::Values;
use countersign_shared::auth::scheme::Table;
use countersign_shared::auth::session::{Asking, HostRule};
use countersign_shared::challenge::Challenge;
use countersign_shared::collections::documents;
use countersign_shared::formats::{Reader, Writer};
use countersign_shared::moment::Clock;
use countersign_shared::pipe::OnError;
use countersign_shared::send;
use countersign_shared::send::exchange::Policy;
use countersign_shared::trust::Verification;
use countersign_shared::variables::Scope;

use crate::trusted::TrustedHost;

/// A signing run as the command line describes it.
pub(crate) struct Signing {
    /// The files to read; without any, standard input is read.
    pub(crate) files: Vec<PathBuf>,
    /// The reader of the input.
    pub(crate) reader: Reader,
    /// The rows of `--data`, for each of which all requests are made; without it there is none.
    pub(crate) rows: Vec<Scope>,
    /// The writer of the output.
    pub(crate) writer: Writer,
    /// The requests that are chosen from collections.
    pub(crate) collections: documents::Choice,
    /// The treatment of a line that fails.
    pub(crate) on_error: OnError,
    /// The number of threads.
    pub(crate) jobs: usize,
    /// The source of time and nonces.
    pub(crate) clock: Clock,
    /// The rule for the steps of a signature.
    pub(crate) explain: Explain,
    /// The authorization of requests.
    pub(crate) authorization: Authorization,
    /// The settings of the network.
    pub(crate) network: send::Settings,
    /// The verification of the servers that requests are for. Services that hand out credentials are always verified.
    pub(crate) verification: Verification,
    /// The policy for sending, or `None` if requests are only written.
    pub(crate) sending: Option<(Policy, Failing)>,
}

/// The rule for responses with a status of 400 and above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failing {
    /// Only credentials that were refused count as a failure.
    Refusals,
    /// Every such response does, as `--fail` says.
    Statuses,
}

/// The authorization of a run's requests.
pub(crate) struct Authorization {
    /// The scheme, or the rule that finds it.
    pub(crate) choice: Choice,
    /// The parameters that options give.
    pub(crate) options: Values,
    /// The object of `--auth`, if there is one.
    pub(crate) given: Option<Given>,
    /// The challenges of `--challenge`.
    pub(crate) challenges: Vec<Challenge>,
    /// The hosts of `--credentials-for`, whose lines get what the user keeps.
    pub(crate) trusted: Vec<TrustedHost>,
    /// The rule for `Host` headers that differ from the URL.
    pub(crate) hosts: HostRule,
    /// The rule for asking servers for challenges.
    pub(crate) asking: Asking,
}

/// The scheme that requests are signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The scheme that the request's `_auth` names.
    Inherit,
    /// The same scheme for all requests.
    Scheme(&'static Table),
}

/// The authorization that `--auth` gives to requests.
pub(crate) struct Given {
    /// The content of the file.
    pub(crate) asked: Asked,
    /// The place of the object in the order of precedence.
    pub(crate) rank: Rank,
}

/// A place in the order of precedence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rank {
    /// `--auth` was typed: under a scheme it goes before a line's own `_auth`.
    Option,
    /// The environment variable of `--auth` was set: a line's own `_auth` goes before it.
    Environment,
}

/// The rule for the steps of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Explain {
    /// The steps are not shown.
    Silent,
    /// The steps are written to stderr.
    Steps,
}
