//! Carrying out a [`Plan`].

use std::io::ErrorKind;
use std::process::{Command, ExitCode};

use countersign_shared::cli;
use countersign_shared::error::{Error, Exit};
use countersign_shared::oauth::store;
use countersign_shared::secret::{self, Secret};
use countersign_shared::terminal;

use crate::cli::{Plan, ProfileCommand, Program, Selection, StoreCommand, StoreOptions};
use crate::credential;
use crate::get::{self, Acquired, TokenRequest};
use crate::handout::{self, Reveal};
use crate::kept;
use crate::postman;
use crate::profile::Profiles;
use crate::questions;
use crate::share;
use crate::tool::TOOL;

/// Carries out the plan and returns the exit code.
///
/// # Errors
/// Returns the error of the command if it fails.
pub(crate) fn run(plan: Plan) -> Result<ExitCode, Error> {
    let exit = match plan {
        Plan::Exec(selection, program) => return exec(selection, &program),
        Plan::Get(selection, reveal) => {
            let (request, clock) = request(selection)?;
            hand_out(&request, &request.get(&request.transport()?, &clock)?, reveal)?
        }
        Plan::Refresh(selection, reveal) => {
            let (request, clock) = request(selection)?;
            hand_out(&request, &request.refresh(&request.transport()?, &clock)?, reveal)?
        }
        Plan::Credential(selection, protocol, operation) => {
            let (request, clock) = request(selection)?;
            credential::answer(protocol, operation, &request, &request.transport()?, &clock)?
        }
        Plan::Revoke(selection) => {
            let (request, clock) = request(selection)?;
            request.revoke(&request.transport()?, &clock)?
        }
        Plan::Store(command, options) => on_store(command, &options)?,
        Plan::Profile(command) => on_profiles(command)?,
    };
    Ok(exit.into())
}

fn request(selection: Selection) -> Result<(TokenRequest, countersign_shared::moment::Clock), Error> {
    let Selection { profile, token_name, settings, variables, clock } = selection;
    Ok((TokenRequest::new(profile.as_deref(), token_name.as_deref(), settings, &variables)?, clock))
}

fn hand_out(request: &TokenRequest, acquired: &Acquired, reveal: Reveal) -> Result<Exit, Error> {
    handout::write(&acquired.entry, request.format()?, reveal)?;
    Ok(get::settle(acquired))
}

fn exec(selection: Selection, program: &Program) -> Result<ExitCode, Error> {
    let (request, clock) = request(selection)?;
    let acquired = request.get(&request.transport()?, &clock)?;
    // An unsaved token is reported now, because the command below takes the place of this process.
    get::settle(&acquired);
    let mut command = Command::new(&program.path);
    command.args(&program.arguments).envs(handout::variables(&acquired.entry));
    Ok(replace(command).unwrap_or_else(|source| {
        // The exit codes of env(1) and of shells for a command that cannot be run.
        let code = if source.kind() == ErrorKind::NotFound { 127 } else { 126 };
        let _ = cli::complain(TOOL, &Error::File { path: program.path.as_str().into(), source });
        ExitCode::from(code)
    }))
}

/// Replaces this process by the command, whose exit code, signals and terminal are then its own.
#[cfg(unix)]
fn replace(mut command: Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

/// Runs the command and returns its exit code: only Unix can replace a process.
#[cfg(not(unix))]
fn replace(mut command: Command) -> std::io::Result<ExitCode> {
    let status = command.status()?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

fn on_store(command: StoreCommand, options: &StoreOptions) -> Result<Exit, Error> {
    let store = store::open(options.helper.as_deref())?;
    match command {
        StoreCommand::List => kept::list(&*store, &options.clock),
        StoreCommand::Show { name, reveal } => kept::show(&*store, &name, reveal, &options.clock),
        StoreCommand::Delete { name } => kept::delete(&*store, &name),
        StoreCommand::Rename { name, new } => kept::rename(&*store, &name, &new),
        StoreCommand::Export { names, passphrase } => share::export(&*store, &names, &resolved(&passphrase)?),
        StoreCommand::Import { file, passphrase, existing } => {
            share::import(&*store, &file, &resolved(&passphrase)?, existing)
        }
    }
}

fn resolved(passphrase: &str) -> Result<Secret, Error> {
    let phrase = secret::resolve("--passphrase", passphrase)?;
    if phrase.is_empty() { Err(Error::Usage("the pass phrase is empty".to_owned())) } else { Ok(phrase) }
}

fn on_profiles(command: ProfileCommand) -> Result<Exit, Error> {
    let profiles = Profiles::read()?;
    match command {
        ProfileCommand::List => {
            for name in profiles.names() {
                cli::print(&format!("{}\n", terminal::clean(&name)))?;
            }
        }
        ProfileCommand::Show { name } => return profiles.show(&name),
        ProfileCommand::Add { name, settings, postman } => {
            let settings = match postman {
                Some(file) => settings.or(postman::from_postman(&file)?),
                None => settings,
            };
            profiles.add(&name, &questions::ask(settings)?)?;
        }
    }
    Ok(Exit::Done)
}
