//! The signals that end a capture.
//!
//! The other tools wait for signals with the `ctrlc` crate. It does not tell an interrupt from a request to terminate,
//! and this tool passes on to its command the signal that it got, so it listens with tokio, whose runtime it has anyway.

use std::io;

use tokio::process::Child;

/// A signal that asks a process to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// SIGINT, or Ctrl-C on Windows
    Interrupt,
    /// SIGTERM
    Terminate,
}

/// Sends a signal to a child process.
#[cfg(unix)]
pub(super) fn pass_on(child: &mut Child, signal: Signal) {
    use rustix::process::{Pid, Signal as Number, kill_process};
    let number = if signal == Signal::Interrupt { Number::INT } else { Number::TERM };
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // It may have ended just now.
        let _ = kill_process(pid, number);
    }
}

/// Ends a child process: there is no signal to send.
#[cfg(not(unix))]
pub(super) fn pass_on(child: &mut Child, _signal: Signal) {
    let _ = child.start_kill();
}

/// Waits for signals. From its creation on, signals no longer end the process by themselves.
pub(super) struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Signals {
    /// Starts to listen.
    ///
    /// # Errors
    /// Returns the system's error if a signal cannot be listened to.
    #[cfg(unix)]
    pub(super) fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Starts to listen.
    ///
    /// # Errors
    /// Returns an error only where the system has signals to listen to: never on this one.
    #[cfg(not(unix))]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next signal.
    #[cfg(unix)]
    pub(super) async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
        }
    }

    /// Waits for the next signal.
    #[cfg(not(unix))]
    pub(super) async fn next(&mut self) -> Signal {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Interrupt
    }

    /// Waits for the next signal, whichever it is.
    pub(super) async fn any(&mut self) {
        self.next().await;
    }
}
