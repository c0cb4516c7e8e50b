//! One capture from its start to its end.

use std::ffi::OsString;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use countersign_shared::cli::complain;
use countersign_shared::error::{Error, Exit};
use countersign_shared::formats::Writer;
use countersign_shared::places::Place;
use tokio::net::TcpListener;
use tokio::process::Child;
use tokio::sync::{Notify, watch};
use tokio::task::LocalSet;
use tokio::time::timeout;

use crate::authority::Authority;
use crate::command::{self, Bundle};
use crate::filter::Filter;
use crate::observer::{Detail, Observer, Voice, say};
use crate::output::{Form, Output, Sink};
use crate::proxy::Proxy;
use crate::upstream::Upstream;

/// How long responses that are under way may take once enough was captured.
const DRAIN: Duration = Duration::from_secs(5);

/// How long connections may take to deliver what they had read.
const DELIVERY: Duration = Duration::from_secs(2);

/// How long a command may take to end by itself after an interrupt that its terminal has sent to it too.
const INTERRUPT_PATIENCE: Duration = Duration::from_millis(300);

/// Everything that the command line says about a capture.
pub(crate) struct Plan {
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// Which requests are wanted.
    pub(crate) filter: Filter,
    /// How much of each.
    pub(crate) detail: Detail,
    /// How they are written.
    pub(crate) writer: Writer,
    /// How many.
    pub(crate) count: Option<u64>,
    /// For how long.
    pub(crate) duration: Option<Duration>,
    /// Where else they go.
    pub(crate) save: Option<PathBuf>,
    /// Whether notices are wanted.
    pub(crate) voice: Voice,
    /// The command whose requests are captured.
    pub(crate) command: Vec<OsString>,
}

/// Captures until one of the reasons to stop comes. The exit code is the command's where there is one.
///
/// # Errors
/// It cannot start.
pub(crate) fn run(plan: Plan) -> Result<u8, Error> {
    let authority = open_authority()?;
    let bundle = if plan.command.is_empty() { None } else { Some(Bundle::write(&authority)?) };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::Failed(format!("cannot start: {error}")))?;
    let form = Form { detail: plan.detail, writer: plan.writer.clone(), count: plan.count, save: plan.save.clone() };
    let local = LocalSet::new();
    local.block_on(&runtime, async move {
        let listener = TcpListener::bind(plan.listen).await;
        let listener = listener.map_err(|error| Error::Usage(format!("cannot listen on {}: {error}", plan.listen)))?;
        let address = listener.local_addr().map_err(|error| Error::Failed(error.to_string()))?;
        let upstream = Upstream::from_environment(address)?;
        let signals = Signals::new().map_err(|error| Error::Failed(format!("cannot wait for signals: {error}")))?;
        let (output, sink) = Output::start(form)?;
        if plan.voice == Voice::Notices {
            say(&format!("listening on {address}"));
        }
        let session = Session::new(&plan, sink, Parts { authority, upstream, listener }, Arc::clone(&output.ended));
        session.run(&plan, address, bundle.as_ref(), signals, output).await
    })
}

/// The authority in the state folder.
///
/// # Errors
/// It cannot be read or made.
pub(crate) fn open_authority() -> Result<Authority, Error> {
    Authority::open(&Place::State.path()?).map_err(|error| Error::Failed(error.to_string()))
}

struct Parts {
    authority: Authority,
    upstream: Upstream,
    listener: TcpListener,
}

struct Session {
    observer: Rc<Observer>,
    proxy: Rc<Proxy>,
    stop: watch::Sender<bool>,
    /// Nothing more will be written.
    ended: Arc<Notify>,
}

/// Why a capture ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Enough was captured, or for long enough, or nobody reads any more.
    Enough,
    /// A signal.
    Interrupted,
    /// The command has ended.
    Command(u8),
}

impl Session {
    fn new(plan: &Plan, sink: Sink, parts: Parts, ended: Arc<Notify>) -> Self {
        let observer = Observer::new(plan.filter.clone(), plan.detail, plan.voice, sink);
        let proxy = Proxy::new(Rc::clone(&observer), parts.upstream, parts.authority);
        let (stop, stopped) = watch::channel(false);
        tokio::task::spawn_local(Rc::clone(&proxy).serve(parts.listener, stopped));
        Self { observer, proxy, stop, ended }
    }

    async fn run(
        self,
        plan: &Plan,
        address: SocketAddr,
        bundle: Option<&Bundle>,
        mut signals: Signals,
        output: Output,
    ) -> Result<u8, Error> {
        let end = match bundle {
            Some(bundle) => self.with_command(plan, address, bundle, &mut signals).await,
            None => self.until_end(plan, &mut signals).await,
        };
        match end {
            // A client whose request was the last one still gets its response.
            End::Enough => {
                let calm = timeout(DRAIN, self.observer.calm());
                tokio::select! { _ = calm => {}, () = signals.any() => {} }
            }
            // What the command sent last may not have been read yet.
            End::Command(_) => drop(timeout(DELIVERY, self.proxy.deserted()).await),
            End::Interrupted => {}
        }
        self.stop.send_replace(true);
        let _ = timeout(DELIVERY, self.proxy.deserted()).await;
        let _ = timeout(DELIVERY, self.observer.end()).await;
        let finished = tokio::task::spawn_blocking(|| output.finish());
        let written = tokio::select! {
            written = finished => written.unwrap_or(Exit::Failed),
            // Whoever reads our output does not, and somebody lost patience.
            () = signals.any() => std::process::exit(Exit::Interrupted as i32),
        };
        Ok(match end {
            End::Command(code) if code != 0 => code,
            _ => written as u8,
        })
    }

    async fn until_end(&self, plan: &Plan, signals: &mut Signals) -> End {
        tokio::select! {
            () = signals.any() => End::Interrupted,
            () = self.enough(plan) => End::Enough,
        }
    }

    /// Until enough was captured or time is up.
    async fn enough(&self, plan: &Plan) {
        match plan.duration {
            Some(duration) => drop(timeout(duration, self.ended.notified()).await),
            None => self.ended.notified().await,
        }
        self.observer.close();
    }

    /// Runs the command. Once enough was captured its traffic is only relayed.
    async fn with_command(&self, plan: &Plan, address: SocketAddr, bundle: &Bundle, signals: &mut Signals) -> End {
        let mut child = match command::start(&plan.command, address, bundle) {
            Ok(child) => child,
            Err(error) => {
                let name = plan.command.first().map(|word| word.to_string_lossy().into_owned()).unwrap_or_default();
                let _ = complain("capture", &Error::Failed(format!("{name}: {error}")));
                return End::Command(command::start_failure(&error));
            }
        };
        let enough = async {
            self.enough(plan).await;
            std::future::pending::<()>().await;
        };
        tokio::select! {
            code = wait(&mut child, signals) => End::Command(code),
            () = enough => End::Enough,
        }
    }
}

/// Waits for the command; a signal to us is passed on to it.
async fn wait(child: &mut Child, signals: &mut Signals) -> u8 {
    loop {
        let signal = tokio::select! {
            status = child.wait() => return status.map_or(1, command::exit_code),
            signal = signals.next() => signal,
        };
        // A terminal has sent an interrupt to the command as well: a second one might mean more to it.
        if signal == Signal::Interrupt
            && let Ok(status) = timeout(INTERRUPT_PATIENCE, child.wait()).await
        {
            return status.map_or(1, command::exit_code);
        }
        pass_on(child, signal);
    }
}

/// What asks a process to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signal {
    Interrupt,
    Terminate,
}

#[cfg(unix)]
fn pass_on(child: &mut Child, signal: Signal) {
    use rustix::process::{Pid, Signal as Number, kill_process};
    let number = if signal == Signal::Interrupt { Number::INT } else { Number::TERM };
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // It may have ended just now.
        let _ = kill_process(pid, number);
    }
}

#[cfg(not(unix))]
fn pass_on(child: &mut Child, _signal: Signal) {
    let _ = child.start_kill();
}

struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    #[cfg(unix)]
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    #[cfg(not(unix))]
    fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(unix)]
    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
        }
    }

    #[cfg(not(unix))]
    async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }

    async fn any(&mut self) {
        self.next().await;
    }
}
