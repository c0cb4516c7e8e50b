//! The command line of `oauth-token` as a typed [`Plan`].

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use clap::parser::ValueSource;

use countersign_shared::cli;
use countersign_shared::error::Error;
use countersign_shared::moment::Clock;
use countersign_shared::options::{Kind, Place};
use countersign_shared::variables::Variables;

use crate::credential::{Operation, Protocol};
use crate::handout::{Members, Reveal};
use crate::parameters::{self, STORE, TOKEN_NAME};
use crate::settings::Settings;
use crate::share::Existing;
use crate::tables::Shape;
use crate::tool::TOOL;

/// The plan that the command line describes, one variant per command.
pub(crate) enum Plan {
    /// Print a token that is valid now.
    Get(Selection, Output),
    /// Refresh a kept token and print it.
    Refresh(Selection, Output),
    /// Run a program with the token in its environment.
    Exec(Selection, Program),
    /// Answer a program that looks for credentials.
    Credential(Selection, Protocol, Operation),
    /// Revoke a token at the server and delete it.
    Revoke(Selection),
    /// Work on the store alone.
    Store(StoreCommand, StoreOptions),
    /// Work on profiles.toml.
    Profile(ProfileCommand),
    /// Tell what is known about providers.
    Provider(ProviderCommand),
    /// Name the profiles and the tokens.
    Overview(StoreOptions),
}

/// The choices about what is printed of a token.
pub(crate) struct Output {
    pub(crate) reveal: Reveal,
    pub(crate) members: Members,
}

/// A command about providers.
pub(crate) enum ProviderCommand {
    List { shape: Shape },
    Show { name: String, shape: Shape },
}

/// The token that a command is about, and the settings given for it.
pub(crate) struct Selection {
    /// The profile, which may not exist. Without NAME it is the one that is called like the token.
    pub(crate) profile: Option<String>,
    /// `--token-name`
    pub(crate) token_name: Option<String>,
    /// The settings from options and environment.
    pub(crate) settings: Settings,
    /// The values of `{{name}}` in settings and in the profile.
    pub(crate) variables: Variables,
    /// The clock of `--now` and `--nonce`.
    pub(crate) clock: Clock,
}

/// A program to run.
pub(crate) struct Program {
    pub(crate) path: String,
    pub(crate) arguments: Vec<String>,
}

/// A command that needs no server.
pub(crate) enum StoreCommand {
    List { shape: Shape },
    Show { name: String, reveal: Reveal, shape: Shape },
    Delete { name: String },
    Rename { name: String, new: String },
    Export { names: Vec<String>, passphrase: String },
    Import { file: PathBuf, passphrase: String, existing: Existing },
}

/// The options that all [`StoreCommand`]s have.
pub(crate) struct StoreOptions {
    /// The docker-credential-helper that keeps the tokens; without one a file does.
    pub(crate) helper: Option<String>,
    /// The clock of `--now`.
    pub(crate) clock: Clock,
}

/// A command on profiles.
pub(crate) enum ProfileCommand {
    List { shape: Shape },
    Show { name: String, shape: Shape },
    Add { name: String, settings: Settings, postman: Option<PathBuf>, existing: Existing },
    Set { name: String, settings: Settings, unset: Vec<String> },
    Remove { name: String },
}

/// Returns the arguments to parse. Under the name of a helper that git or docker looks for, they are spelled out:
/// `docker-credential-work get` is `oauth-token docker-credential --token-name work get`.
pub(crate) fn arguments(arguments: Vec<OsString>) -> Vec<OsString> {
    // The stem is compared because Windows adds `.exe` to the name.
    let called = arguments.first().and_then(|path| Path::new(path).file_stem()?.to_str());
    let helper = ["git-credential", "docker-credential"].into_iter().find_map(|command| {
        let name = called?.strip_prefix(command)?.strip_prefix('-')?;
        Some([TOOL.name(), command, "--token-name", name].map(OsString::from))
    });
    match helper {
        Some(helper) => helper.into_iter().chain(arguments.into_iter().skip(1)).collect(),
        None => arguments,
    }
}

/// Returns the plan that the command line describes.
///
/// # Errors
/// Returns [`Error::Usage`] if a command or a required argument is missing.
pub(crate) fn plan(matches: &ArgMatches) -> Result<Plan, Error> {
    let Some((command, matches)) = matches.subcommand() else {
        return Ok(Plan::Overview(StoreOptions { helper: text(matches, STORE.key), clock: Clock::default() }));
    };
    Ok(match command {
        "get" => Plan::Get(selection(matches)?, output(matches)),
        "refresh" => Plan::Refresh(selection(matches)?, output(matches)),
        "exec" => Plan::Exec(selection(matches)?, program(matches)?),
        "git-credential" => Plan::Credential(selection(matches)?, Protocol::Git, operation(matches)?),
        "docker-credential" => Plan::Credential(selection(matches)?, Protocol::Docker, operation(matches)?),
        "revoke" => Plan::Revoke(selection(matches)?),
        "profile" => Plan::Profile(profile_command(matches)?),
        "provider" => Plan::Provider(provider_command(matches)?),
        _ => {
            let helper = text(matches, STORE.key);
            let clock = Clock { now: cli::now(matches), nonce: None };
            Plan::Store(store_command(command, matches)?, StoreOptions { helper, clock })
        }
    })
}

fn store_command(command: &str, matches: &ArgMatches) -> Result<StoreCommand, Error> {
    let name = || required(matches, "name");
    // Without the option, the terminal is asked.
    let passphrase = || text(matches, "passphrase").unwrap_or_else(|| "-".to_owned());
    Ok(match command {
        "show" => StoreCommand::Show { name: name()?, reveal: reveal(matches), shape: shape(matches) },
        "delete" => StoreCommand::Delete { name: name()? },
        "rename" => StoreCommand::Rename { name: name()?, new: required(matches, "new")? },
        "export" => StoreCommand::Export { names: texts(matches, "names"), passphrase: passphrase() },
        "import" => StoreCommand::Import {
            file: matches.get_one::<PathBuf>("file").cloned().unwrap_or_else(|| "-".into()),
            passphrase: passphrase(),
            existing: existing(matches),
        },
        _ => StoreCommand::List { shape: shape(matches) },
    })
}

fn provider_command(matches: &ArgMatches) -> Result<ProviderCommand, Error> {
    let (command, matches) = subcommand(matches)?;
    Ok(match command {
        "show" => ProviderCommand::Show { name: required(matches, "name")?, shape: shape(matches) },
        _ => ProviderCommand::List { shape: shape(matches) },
    })
}

fn shape(matches: &ArgMatches) -> Shape {
    if is_on(matches, "json") { Shape::Json } else { Shape::of_stdout() }
}

fn existing(matches: &ArgMatches) -> Existing {
    if is_on(matches, "force") { Existing::Replaced } else { Existing::Kept }
}

/// Returns true if a switch is on that not every command has.
fn is_on(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one::<bool>(name).ok().flatten() == Some(&true)
}

fn profile_command(matches: &ArgMatches) -> Result<ProfileCommand, Error> {
    let (command, matches) = subcommand(matches)?;
    let name = || required(matches, "name");
    Ok(match command {
        "show" => ProfileCommand::Show { name: name()?, shape: shape(matches) },
        "set" => ProfileCommand::Set { name: name()?, settings: settings(matches), unset: texts(matches, "unset") },
        "remove" => ProfileCommand::Remove { name: name()? },
        "add" => ProfileCommand::Add {
            name: name()?,
            settings: settings(matches),
            postman: matches.get_one::<PathBuf>("from-postman").cloned(),
            existing: existing(matches),
        },
        _ => ProfileCommand::List { shape: shape(matches) },
    })
}

fn subcommand(matches: &ArgMatches) -> Result<(&str, &ArgMatches), Error> {
    matches.subcommand().ok_or_else(|| Error::Usage("a command is missing".to_owned()))
}

/// Returns the token that a command is about.
///
/// # Errors
/// Returns [`Error::Usage`] if a file of variables cannot be read, and [`Error::Secret`] if a reference cannot be followed.
fn selection(matches: &ArgMatches) -> Result<Selection, Error> {
    let token_name = text(matches, TOKEN_NAME.key);
    Ok(Selection {
        profile: text(matches, "name").or_else(|| token_name.clone()),
        token_name,
        settings: settings(matches),
        variables: cli::variables(matches, cli::clock(matches))?,
        clock: cli::clock(matches),
    })
}

fn program(matches: &ArgMatches) -> Result<Program, Error> {
    let mut words = texts(matches, "command").into_iter();
    let path = words.next().ok_or_else(|| Error::Usage("the command to run is missing".to_owned()))?;
    Ok(Program { path, arguments: words.collect() })
}

fn operation(matches: &ArgMatches) -> Result<Operation, Error> {
    required(matches, "operation").map(|word| Operation::of(&word))
}

fn output(matches: &ArgMatches) -> Output {
    let members = if is_on(matches, "all") { Members::All } else { Members::Own };
    Output { reveal: reveal(matches), members }
}

fn reveal(matches: &ArgMatches) -> Reveal {
    if is_on(matches, "reveal") { Reveal::Revealed } else { Reveal::Masked }
}

/// Returns an argument that not every command has.
fn text(matches: &ArgMatches, name: &str) -> Option<String> {
    // `get_one` would panic for a command that does not have the argument.
    matches.try_get_one::<String>(name).ok().flatten().cloned()
}

fn texts(matches: &ArgMatches, name: &str) -> Vec<String> {
    // `get_many` would panic for a command that does not have the argument.
    matches.try_get_many::<String>(name).ok().flatten().into_iter().flatten().cloned().collect()
}

fn required(matches: &ArgMatches, name: &str) -> Result<String, Error> {
    text(matches, name).ok_or_else(|| Error::Usage(format!("{name} is missing")))
}

/// Returns the settings that options and environment variables give. Defaults are left out, so that a profile comes before
/// them.
fn settings(matches: &ArgMatches) -> Settings {
    let mut settings = Settings::default();
    for parameter in parameters::ALL {
        let key = parameter.key;
        let values: Vec<String> = match parameter.kind {
            _ if parameter.place == Place::NoOption => given(matches, key),
            Kind::Switch => is_on(matches, key).then(|| "true".to_owned()).into_iter().collect(),
            Kind::Choice(choices) => {
                let name = |word: String| choices.iter().find(|choice| choice.is(&word)).map(|choice| choice.name);
                text(matches, key).and_then(name).map(str::to_owned).into_iter().collect()
            }
            _ => texts(matches, key),
        };
        settings.set(parameter, values);
    }
    settings
}

/// Returns the values that the user gave for an option whose type clap has parsed already.
fn given(matches: &ArgMatches, name: &str) -> Vec<String> {
    let is_given = matches.try_contains_id(name).unwrap_or(false)
        && matches.value_source(name).is_some_and(|source| source != ValueSource::DefaultValue);
    if !is_given {
        return Vec::new();
    }
    let values = matches.try_get_raw(name).ok().flatten();
    values.into_iter().flatten().map(|value| value.to_string_lossy().into_owned()).collect()
}
