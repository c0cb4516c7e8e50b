//! A signing run: the pipe, with the filter that the plan asks for.

use std::sync::{Arc, OnceLock};

use countersign_shared::auth::outcome::Delivery;
use countersign_shared::auth::session::{Session, Steps};
use countersign_shared::error::{Error, Exit};
use countersign_shared::oauth::Keeper;
use countersign_shared::pipe::{Portion, Settings};
use countersign_shared::send;

use crate::authorizer::Authorizer;
use crate::plan::{Explain, Signing};
use crate::rounds::Rounds;
use crate::sender::Sender;
use crate::signer::Signer;
use crate::tally::{Screen, Tally};
use crate::tool::TOOL;

/// Runs a plan.
///
/// # Errors
/// Returns [`Error::Secret`] if the reference in an environment variable cannot be followed, and the error of
/// `source::open` if the input cannot be read, or that of [`Writer::output`](countersign_shared::formats::Writer::output)
/// if the folder cannot be written. Errors of single requests are reported on stderr and only change the exit code.
pub(crate) fn run(plan: Signing) -> Result<Exit, Error> {
    let session = session(&plan);
    let Signing {
        files,
        reader,
        rows,
        writer,
        collections,
        on_error,
        jobs,
        clock,
        explain,
        authorization,
        sending,
        ..
    } = plan;
    let frame = writer.frame();
    // A request on the network takes long, so that threads share single documents; signing is quick.
    let portion = if sending.is_some() { Portion::Document } else { Portion::Block };
    let settings = Settings { tool: TOOL.name(), jobs, on_error, portion, frame };
    let authorizer = Authorizer::new(authorization, session, &clock)?;
    let stdout = writer.output(Box::new(std::io::stdout()))?;
    let screen = Screen::default();
    let rounds = Rounds::new(settings, (&files, &collections), rows, (stdout, screen.clone()))?;
    let variables = reader.variables.clone();
    match sending {
        None => {
            let mut signer = Signer { reader, writer, clock, explain, authorizer, curl_warning: OnceLock::new() };
            rounds.run(&variables, |variables, run| {
                signer.reader.variables = variables;
                run.with(&signer, &signer.reader)
            })
        }
        Some((policy, failing)) => {
            let tally = Arc::new(Tally::new());
            let (to, partial) = (writer.to, writer.partial);
            let total = Arc::clone(&tally);
            let mut sender = Sender { reader, to, partial, clock, explain, authorizer, policy, failing, jobs, tally };
            total.tell(screen, || {
                rounds.run(&variables, |variables, run| {
                    sender.reader.variables = variables;
                    run.with(&sender, &sender.reader)
                })
            })
        }
    }
}

/// Returns the session of a run. Nothing is connected before the first request needs it.
fn session(plan: &Signing) -> Session {
    let delivery = if plan.sending.is_some() { Delivery::Sent } else { Delivery::Written };
    let services = send::services(Arc::new(plan.network.clone()));
    let requests = send::requests(Arc::new(plan.network.clone().with_verification(plan.verification)));
    let steps = if plan.explain == Explain::Steps { Steps::Shown } else { Steps::Unseen };
    let session = Session::new(requests, services, delivery).with_steps(steps);
    let keeper = Arc::new(Keeper::new(Arc::clone(&session.services), Arc::new(plan.network.clone())));
    session.with_tokens(keeper)
}
