//! The plan that a command line comes to, as plain data. No other module sees the command line itself.

use std::path::PathBuf;
use std::time::Duration;

use countersign_shared::bridge::link::BrowserFilter;
use countersign_shared::bridge::message::Domain;
use countersign_shared::formats::{Reader, Writer};
use countersign_shared::pipe::OnError;
use countersign_shared::url::Url;

/// One command with everything that it was given.
#[derive(Debug)]
pub(crate) enum Plan {
    /// `watch`, `once` and `wait`.
    Sync(SyncPlan),
    Add(Vec<Domain>),
    Remove(Vec<Domain>),
    List(ListFormat),
    Export(ExportPlan),
    Apply(ApplyPlan),
}

/// A plan for `watch`, `once` or `wait`.
#[derive(Debug)]
pub(crate) struct SyncPlan {
    pub goal: Goal,
    /// The domains named on the command line. An empty list stands for those that `add` has added.
    pub domains: Vec<Domain>,
    pub browsers: BrowserOptions,
    pub targets: Targets,
    /// The time limit of `--timeout`.
    pub limit: Option<Duration>,
}

/// A plan for `export`.
#[derive(Debug)]
pub(crate) struct ExportPlan {
    pub format: FileFormat,
    /// The domains named on the command line. [`FileFormat::Header`] names none: the host of its URL decides.
    pub domains: Vec<Domain>,
    pub origin: Origin,
    pub browsers: BrowserOptions,
}

/// A plan for `apply`.
#[derive(Debug)]
pub(crate) struct ApplyPlan {
    pub domains: Vec<Domain>,
    pub origin: Origin,
    pub browsers: BrowserOptions,
    pub files: Vec<PathBuf>,
    pub reader: Reader,
    pub writer: Writer,
    pub on_error: OnError,
    /// The time of `--now`, in seconds since 1970.
    pub now: Option<i64>,
}

/// The event that ends `watch`, `once` or `wait`.
#[derive(Clone, Debug)]
pub(crate) enum Goal {
    /// None: it goes on until it is interrupted.
    Watch,
    /// Every domain was synced once.
    Once,
    /// A cookie of this name is there.
    Cookie(String),
}

/// The browsers that are asked, and the terms.
#[derive(Clone, Debug)]
pub(crate) struct BrowserOptions {
    pub filter: BrowserFilter,
    /// Ids of cookie stores. An empty list stands for the default store of each profile.
    pub stores: Vec<String>,
    pub missing_consent: MissingConsent,
}

/// The way to deal with a domain that nobody has allowed or refused in the browser yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MissingConsent {
    /// Wait for the user's answer in the popup.
    Wait,
    /// Exit 5 (`--no-input`).
    Fail,
}

/// The place that `export` and `apply` take cookies from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// A Netscape cookie file (`--jar`).
    Jar(PathBuf),
    /// The copy that the last sync has kept (`--offline`).
    LastSync,
    /// The browsers that are connected now.
    Browsers,
}

/// The outputs of `watch`, `once` and `wait`.
#[derive(Debug, Default)]
pub(crate) struct Targets {
    /// Files that hold all cookies; the path `-` is standard output.
    pub files: Vec<(FileFormat, PathBuf)>,
    /// The file to which a line of JSON is appended for each change; `-` is standard output.
    pub changes: Option<PathBuf>,
    /// The command line that runs after changes.
    pub command: Option<String>,
}

/// A format in which cookies are written.
#[derive(Clone, Debug)]
pub(crate) enum FileFormat {
    /// Netscape's cookie file, merged into the one that is there.
    Jar,
    /// A list in JSON, with the names of the browsers' extension API.
    Json,
    /// A `Cookie` header for this URL; the file is empty if no cookie matches.
    Header(Url<'static>),
    /// Playwright's storage state.
    StorageState,
    /// A session file of HTTPie and xh.
    Session,
}

/// A format in which `list` prints domains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListFormat {
    Text,
    Json,
}
