//! Carrying out a [`Plan`].

use std::io::ErrorKind;
use std::process::{Command, ExitCode};

use countersign_shared::cli;
use countersign_shared::error::{Error, Exit};
use countersign_shared::oauth::store;
use countersign_shared::secret::{self, Secret};
use countersign_shared::transport::Lazy;

use crate::cli::{Output, Plan, ProfileCommand, Program, ProviderCommand, Selection, StoreCommand, StoreOptions};
use crate::credential;
use crate::get::{self, Acquired, TokenRequest};
use crate::handout;
use crate::kept;
use crate::postman;
use crate::profile::Profiles;
use crate::provider;
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
        Plan::Get(selection, output) => {
            let (request, clock) = request(selection)?;
            hand_out(&request, &output, |transport| request.get(transport, &clock))?
        }
        Plan::Refresh(selection, output) => {
            let (request, clock) = request(selection)?;
            hand_out(&request, &output, |transport| request.refresh(transport, &clock))?
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
        Plan::Provider(ProviderCommand::List { shape }) => provider::list(shape)?,
        Plan::Provider(ProviderCommand::Show { name, shape }) => provider::show(&name, shape)?,
        Plan::Overview(options) => overview(&options)?,
    };
    Ok(exit.into())
}

fn request(selection: Selection) -> Result<(TokenRequest, countersign_shared::moment::Clock), Error> {
    let Selection { profile, token_name, settings, variables, clock } = selection;
    Ok((TokenRequest::new(profile.as_deref(), token_name.as_deref(), settings, &variables)?, clock))
}

/// Prints the token that `acquire` returns. The output's settings are read first: a wrong one must not cost a sign-in.
fn hand_out(
    request: &TokenRequest,
    output: &Output,
    acquire: impl FnOnce(&Lazy) -> Result<Acquired, Error>,
) -> Result<Exit, Error> {
    let (format, wishes) = (request.format()?, request.wishes()?);
    let acquired = acquire(&request.transport()?)?;
    let written = handout::write(&acquired.entry, format, output.reveal, output.members, &wishes);
    let exit = get::settle(&acquired);
    written.map(|()| exit)
}

fn exec(selection: Selection, program: &Program) -> Result<ExitCode, Error> {
    let (request, clock) = request(selection)?;
    let wishes = request.wishes()?;
    let acquired = request.get(&request.transport()?, &clock)?;
    // An unsaved token is reported now, because the command below takes the place of this process.
    get::settle(&acquired);
    let mut command = Command::new(&program.path);
    command.args(&program.arguments).envs(handout::variables(&acquired.entry, &wishes)?);
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

/// Names the profiles and the kept tokens, and says what may be typed next.
fn overview(options: &StoreOptions) -> Result<Exit, Error> {
    let store = store::open(options.helper.as_deref())?;
    let (profiles, tokens) = (Profiles::read()?.names(), store.names()?);
    let mut text = String::new();
    for (title, names) in [("Profiles", &profiles), ("Tokens", &tokens)] {
        let names: Vec<_> = names.iter().map(|name| countersign_shared::terminal::clean(name)).collect();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        text.push_str(&format!("{title}: {names}\n"));
    }
    text.push_str(match tokens.is_empty() && profiles.is_empty() {
        true => "Begin with: oauth-token profile add NAME, or oauth-token --help\n",
        false => "Next: oauth-token get NAME, or oauth-token --help\n",
    });
    cli::print(&text)?;
    Ok(Exit::Done)
}

fn on_store(command: StoreCommand, options: &StoreOptions) -> Result<Exit, Error> {
    let store = store::open(options.helper.as_deref())?;
    match command {
        StoreCommand::List { shape } => kept::list(&*store, shape, &options.clock),
        StoreCommand::Show { name, reveal, shape } => {
            let place = kept::place(options.helper.as_deref())?;
            kept::show(&*store, &name, reveal, shape, &place, &options.clock)
        }
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
        ProfileCommand::List { shape } => return profiles.list(shape),
        ProfileCommand::Show { name, shape } => return profiles.show(&name, shape),
        ProfileCommand::Add { name, settings, postman, existing } => {
            profiles.check_new(&name, existing)?;
            let settings = match postman {
                Some(file) => settings.or(postman::from_postman(&file)?),
                None => settings,
            };
            profiles.add(&name, &questions::ask(settings)?)?;
            cli::say(TOOL, &format!("now: oauth-token get {}", quoted(&name)));
        }
        ProfileCommand::Set { name, settings, unset } => profiles.change(&name, &settings, &unset)?,
        ProfileCommand::Remove { name } => profiles.remove(&name)?,
    }
    Ok(Exit::Done)
}

/// Returns a name as a shell reads it.
fn quoted(name: &str) -> String {
    let is_plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "-_./@:+".contains(c));
    let name = countersign_shared::terminal::clean(name).into_owned();
    if is_plain { name } else { format!("'{}'", name.replace('\'', "'\\''")) }
}
