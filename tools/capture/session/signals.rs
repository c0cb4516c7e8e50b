//! The signals that end a capture, as the runtime awaits them.

use countersign_shared::cli::signals::{self, Signal};
use countersign_shared::error::Error;
use tokio::process::Child;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// Sends a signal to a child process.
#[cfg(unix)]
pub(crate) fn pass_on(child: &mut Child, signal: Signal) {
    use rustix::process::{Pid, Signal as Number, kill_process};
    let number = match signal {
        Signal::Interrupt => Number::INT,
        Signal::Terminate => Number::TERM,
        Signal::HangUp => Number::HUP,
    };
    let pid = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
    if let Some(pid) = pid {
        // It may have ended just now.
        let _ = kill_process(pid, number);
    }
}

/// Ends a child process: there is no signal to send.
#[cfg(not(unix))]
pub(crate) fn pass_on(child: &mut Child, _signal: Signal) {
    let _ = child.start_kill();
}

/// Waits for signals. From its creation on, signals no longer end the process by themselves.
pub(crate) struct Signals {
    received: UnboundedReceiver<Signal>,
}

impl Signals {
    /// Starts to listen.
    ///
    /// # Errors
    /// Returns [`Error::Failed`] if the system refuses to let the process handle signals.
    pub(crate) fn new() -> Result<Self, Error> {
        let (sender, received) = unbounded_channel();
        signals::on_each(move |signal| {
            // After the capture has ended nobody waits for signals any more.
            let _ = sender.send(signal);
        })?;
        Ok(Self { received })
    }

    /// Waits for the next signal.
    pub(crate) async fn next(&mut self) -> Signal {
        match self.received.recv().await {
            Some(signal) => signal,
            // The thread that listens has ended, so no signal will come.
            None => std::future::pending().await,
        }
    }

    /// Waits for the next signal, whichever it is.
    pub(crate) async fn any(&mut self) {
        self.next().await;
    }
}
