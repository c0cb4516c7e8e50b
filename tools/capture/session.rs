//! One capture from its start to its end.

pub(crate) mod signals;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use countersign_shared::cli::complain;
use countersign_shared::cli::signals::Signal;
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::Writer;
use countersign_shared::places::Place;
use tokio::net::TcpListener;
use tokio::process::Child;
use tokio::sync::{Notify, watch};
use tokio::task::LocalSet;
use tokio::time::timeout;

use crate::authority::Authority;
use crate::captured::Detail;
use crate::command::{self, Bundle};
use crate::filter::Filter;
use crate::history;
use crate::notice::{Notices, TOOL, say};
use crate::observer::Observer;
use crate::output::{ExchangeSender, Output, OutputSettings};
use crate::permitted::Permitted;
use crate::proxy::Proxy;
use crate::serve::Server;
use crate::upstream::Upstream;
use signals::{Signals, pass_on};

/// The time that responses under way may take once enough was captured.
const DRAIN: Duration = Duration::from_secs(5);

/// The time that connections may take to deliver what they had read.
const DELIVERY: Duration = Duration::from_secs(2);

/// The time that a command has to end by itself after an interrupt that its terminal has sent to it too.
const INTERRUPT_PATIENCE: Duration = Duration::from_millis(300);

/// The plan of a capture, as the command line gives it.
pub(crate) struct CapturePlan {
    /// The address that the proxy listens on.
    pub(crate) listen: SocketAddr,
    /// The filters that a request must pass.
    pub(crate) filter: Filter,
    /// The part of each exchange that is captured.
    pub(crate) detail: Detail,
    /// The output format.
    pub(crate) writer: Writer,
    /// The number of requests after which the capture ends.
    pub(crate) count: Option<u64>,
    /// The time after which the capture ends.
    pub(crate) duration: Option<Duration>,
    /// A file that every line is appended to as well.
    pub(crate) save: Option<Save>,
    /// The choice whether notices are shown.
    pub(crate) notices: Notices,
    /// The command whose requests are captured; empty if there is none.
    pub(crate) command: Vec<OsString>,
}

/// A file that lines are appended to.
pub(crate) enum Save {
    /// The file that `capture history` reads.
    History,
    /// Any other file.
    File(PathBuf),
}

impl Save {
    /// Returns what the value of `--save` stands for.
    pub(crate) fn named(path: PathBuf) -> Self {
        if path.as_os_str() == "history" { Self::History } else { Self::File(path) }
    }

    /// Returns the file. That of the history is set aside first if it is full.
    ///
    /// # Errors
    /// Returns [`Error::File`] if the state folder cannot be made, or a full file cannot be renamed.
    pub(crate) fn path(self) -> Result<PathBuf, Error> {
        match self {
            Self::History => history::file(),
            Self::File(path) => Ok(path),
        }
    }
}

/// Captures until one of the reasons to stop comes. Returns the exit code, which is the command's if there is one.
///
/// # Errors
/// Returns [`Error::Usage`] if the address cannot be listened on, and [`Error::Failed`] or [`Error::File`] if the
/// authority, the runtime, the signals or the output cannot be set up.
pub(crate) fn run(mut plan: CapturePlan) -> Result<u8, Error> {
    let authority = open_authority()?;
    if let Some(advice) = authority.renewal_advice()
        && plan.notices == Notices::Shown
    {
        say(&advice);
    }
    let bundle = if plan.command.is_empty() { None } else { Some(Bundle::write(&authority)?) };
    // One thread serves all connections, so that what they share needs no locks.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::Failed(format!("cannot start: {error}")))?;
    let settings = OutputSettings {
        detail: plan.detail,
        writer: plan.writer.clone(),
        count: plan.count,
        save: plan.save.take().map(Save::path).transpose()?,
    };
    let local = LocalSet::new();
    local.block_on(&runtime, async move {
        let listener = TcpListener::bind(plan.listen).await;
        let listener = listener.map_err(|error| Error::Usage(format!("cannot listen on {}: {error}", plan.listen)))?;
        let address = listener.local_addr().map_err(|error| Error::Failed(error.to_string()))?;
        // The system may have chosen the port just now, and a variable that names it has to be ignored.
        let upstream = Upstream::from_environment(address)?;
        let signals = Signals::new()?;
        let (output, sender) = Output::start(settings)?;
        if plan.notices == Notices::Shown {
            say(&format!("listening on {address}"));
        }
        let capture = Capture::start(&plan, sender, Parts { authority, upstream, listener }, Arc::clone(&output.ended));
        capture.run(&plan, address, bundle.as_ref(), signals, output).await
    })
}

/// Opens the certificate authority in the state folder. It is made if there is none yet.
///
/// # Errors
/// Returns [`Error::Failed`] if the authority cannot be read or made.
fn open_authority() -> Result<Authority, Error> {
    Authority::open(&Place::State.path()?, &Permitted::All).map_err(|error| Error::Failed(error.to_string()))
}

/// The parts that a proxy is made of.
struct Parts {
    authority: Authority,
    upstream: Upstream,
    listener: TcpListener,
}

/// A capture that is running.
struct Capture {
    observer: Rc<Observer>,
    server: Rc<Server>,
    stop: watch::Sender<bool>,
    /// Notified when nothing more will be written.
    ended: Arc<Notify>,
}

/// The reason why a capture ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Enough was captured, or for long enough, or the reader of our output is gone.
    Enough,
    /// A signal came.
    Interrupted,
    /// The command ended, with this exit code.
    Command(u8),
}

impl Capture {
    fn start(plan: &CapturePlan, sender: ExchangeSender, parts: Parts, ended: Arc<Notify>) -> Self {
        let observer = Observer::new(plan.filter.clone(), plan.detail, plan.notices, sender);
        let Parts { authority, upstream, listener } = parts;
        let server = Server::new(Proxy { observer: Rc::clone(&observer), upstream, authority });
        let (stop, stopped) = watch::channel(false);
        tokio::task::spawn_local(Rc::clone(&server).run(listener, stopped));
        Self { observer, server, stop, ended }
    }

    async fn run(
        self,
        plan: &CapturePlan,
        address: SocketAddr,
        bundle: Option<&Bundle>,
        mut signals: Signals,
        output: Output,
    ) -> Result<u8, Error> {
        let end = match bundle {
            Some(bundle) => self.run_command(plan, address, bundle, &mut signals).await,
            None => self.until_end(plan, &mut signals).await,
        };
        match end {
            // A client whose request was the last one still gets its response.
            End::Enough => {
                let answered = timeout(DRAIN, self.observer.in_flight().none());
                tokio::select! { _ = answered => {}, () = signals.any() => {} }
            }
            // What the command sent last may not have been read yet.
            End::Command(_) => drop(timeout(DELIVERY, self.server.all_clients_left()).await),
            End::Interrupted => {}
        }
        self.stop.send_replace(true);
        let _ = timeout(DELIVERY, self.server.all_clients_left()).await;
        // The queue may be full because nobody reads our output.
        let _ = timeout(DELIVERY, self.observer.end()).await;
        // Joining a thread blocks, and signals have to be heard meanwhile.
        let finished = tokio::task::spawn_blocking(|| output.finish());
        let written = tokio::select! {
            written = finished => written.unwrap_or(Exit::Failed),
            // The reader of our output has stopped reading, and the user does not want to wait for it.
            () = signals.any() => std::process::exit(Exit::Interrupted as i32),
        };
        Ok(match end {
            // A command that failed is the better reason. Failures of our output count beside a command that succeeded.
            End::Command(code) if code != 0 => code,
            _ => written as u8,
        })
    }

    async fn until_end(&self, plan: &CapturePlan, signals: &mut Signals) -> End {
        tokio::select! {
            () = signals.any() => End::Interrupted,
            () = self.enough(plan) => End::Enough,
        }
    }

    /// Waits until enough was captured or time is up, and captures nothing more.
    async fn enough(&self, plan: &CapturePlan) {
        match plan.duration {
            Some(duration) => drop(timeout(duration, self.ended.notified()).await),
            None => self.ended.notified().await,
        }
        self.observer.close();
    }

    /// Runs the command to its end. Once enough was captured its traffic is only relayed.
    async fn run_command(
        &self,
        plan: &CapturePlan,
        address: SocketAddr,
        bundle: &Bundle,
        signals: &mut Signals,
    ) -> End {
        let mut child = match command::start(&plan.command, address, bundle) {
            Ok(child) => child,
            Err(error) => {
                let name = plan.command.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
                let _ = complain(TOOL, &Error::Failed(format!("{name}: {error}")));
                return End::Command(command::start_failure(&error));
            }
        };
        let enough = async {
            self.enough(plan).await;
            // The command may go on after enough was captured, so this never ends by itself.
            std::future::pending::<()>().await;
        };
        tokio::select! {
            code = wait(&mut child, signals) => End::Command(code),
            () = enough => End::Enough,
        }
    }
}

/// Waits for the command and returns its exit code. A signal to us is passed on to it.
async fn wait(child: &mut Child, signals: &mut Signals) -> u8 {
    loop {
        let signal = tokio::select! {
            status = child.wait() => return status.map_or(1, command::exit_code),
            signal = signals.next() => signal,
        };
        // A terminal has sent an interrupt or hang-up to the command as well: a second one might mean more to it.
        if signal != Signal::Terminate
            && let Ok(status) = timeout(INTERRUPT_PATIENCE, child.wait()).await
        {
            return status.map_or(1, command::exit_code);
        }
        pass_on(child, signal);
    }
}
