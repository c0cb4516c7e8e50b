//! The command line of `oauth-token`.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};

use countersign_shared::cli::network::with_network;
use countersign_shared::cli::{self, Described as _, examples};
use countersign_shared::error::{Error, Exit};
use countersign_shared::moment::Clock;
use countersign_shared::oauth::{Store, store};
use countersign_shared::secret::{self, Secret};

use crate::credential::{self, Operation};
use crate::get::{self, Wanted};
use crate::handout::{self, Format, Reveal};
use crate::kept;
use crate::postman;
use crate::profile::Profiles;
use crate::questions;
use crate::settings::{Settings, with_settings};
use crate::share::{self, Existing};
use crate::tool::TOOL;

const ABOUT: &str = "Get, keep, refresh and hand out OAuth tokens";

const EXAMPLES: &str = "  oauth-token get work --format header | curl -H @- https://api.example.com/me
  oauth-token get --grant client_credentials --client-id app \\
      --client-secret env:SECRET --discover https://id.example.com
  oauth-token profile add work --grant authorization_code \\
      --discover https://id.example.com --client-id app \\
      --scope 'openid offline_access'
  oauth-token exec work -- ./deploy";

const DESCRIPTION: &str = "`get` prints a token that is valid now: from the store, else by refreshing it, else by the grant. NAME is a \
profile's or a kept token's. Secrets are written env:NAME, file:PATH, cmd:COMMAND, keyring:SERVICE/NAME, fd:N or - (ask).";

const NOTES: &str = "A profile is a table of profiles.toml in the configuration folder. Its keys are the options without \
dashes, its secrets references. `get NAME` needs nothing else.

Tokens are kept in tokens.json in the state folder, or with a docker-credential-helper (--store). A kept token counts \
only if grant, client, scope, resource, audience and endpoints are those that it was got with; how it was got is kept \
too, secrets as references only, so that a token that is due is refreshed by its name alone. Of many processes one does that.

Linked to under the name git-credential-NAME or docker-credential-NAME, the tool is that helper, for the token NAME.";

/// The whole command.
pub(crate) fn command() -> Command {
    Command::new(TOOL.name())
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .long_about(DESCRIPTION)
        .before_help(examples(EXAMPLES))
        .after_long_help(NOTES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("COMMAND")
        .subcommand_help_heading("Commands")
        .subcommands(getting())
        .subcommands(keeping())
        .subcommand(profiles())
}

fn getting() -> Vec<Command> {
    let get = Command::new("get").about("Print a token that is valid now").before_help(examples(
        "  oauth-token get work\n  curl -H \"$(oauth-token get work --format header)\" https://api.example.com/",
    ));
    let refresh = Command::new("refresh")
        .about("Refresh a kept token now, due or not, and print it")
        .before_help(examples("  oauth-token refresh work"));
    let exec = Command::new("exec")
        .about("Run a command with the token in ACCESS_TOKEN")
        .before_help(examples("  oauth-token exec work -- ./deploy"))
        .arg(name("A profile or a kept token"))
        .arg(
            Arg::new("command")
                .value_name("CMD")
                .num_args(1..)
                .last(true)
                .required(true)
                .help("The command and its arguments"),
        );
    let git = Command::new("git-credential")
        .about("Answer git as a credential helper")
        .before_help(examples("  git config credential.https://git.example.com.helper \\\n      '!oauth-token git-credential --token-name work'"))
        .arg(operation());
    let docker = Command::new("docker-credential")
        .about("Answer docker as a credential helper")
        .before_help(examples("  ln -s \"$(command -v oauth-token)\" ~/bin/docker-credential-work\n  echo registry.example.com | docker-credential-work get"))
        .arg(operation());
    vec![
        request(with_format(get.arg(name("A profile or a kept token")))),
        request(with_format(refresh.arg(name("A kept token")))),
        request(exec),
        request(git),
        request(docker),
    ]
}

fn operation() -> Arg {
    Arg::new("operation")
        .value_name("OPERATION")
        .required(true)
        .value_parser(value_parser!(Operation))
        .help("The helper operation: get, store, erase or list")
}

/// The options of a command that may have to get a token.
fn request(command: Command) -> Command {
    command.defer(with_request)
}

/// Only those of the command that was asked for are ever made: all of them together would take longer than the store.
fn with_request(command: Command) -> Command {
    let command = command.next_help_heading("Token").arg(token_name());
    TOOL.with_now(with_network(with_settings(command)), "Act as if it were this time: RFC 3339, or @SECONDS since 1970")
        .arg(TOOL.option("nonce", "TEXT", "Use this nonce instead of a random one"))
}

fn token_name() -> Arg {
    TOOL.option("token-name", "NAME", "The name it is kept under").by_default("NAME")
}

fn with_format(command: Command) -> Command {
    command
        .next_help_heading("Output")
        .arg(
            TOOL.option("format", "FORMAT", "How the token is written")
                .value_parser(value_parser!(Format))
                .default_value("bare"),
        )
        .arg(TOOL.switch("reveal", "Write the refresh token too, in json"))
}

fn name(help: &'static str) -> Arg {
    Arg::new("name").value_name("NAME").help(help)
}

fn keeping() -> Vec<Command> {
    let named = |name, about| {
        let example = examples(&format!("  oauth-token {name} work"));
        Command::new(name).about(about).before_help(example).arg(self::name("The token").required(true))
    };
    let all = vec![
        Command::new("list").about("List the tokens that are kept").before_help(examples("  oauth-token list")),
        named("show", "Show what is known of a token, secrets masked")
            .arg(TOOL.switch("reveal", "Show the secrets too")),
        named("delete", "Forget a token; the server is not told"),
        Command::new("rename")
            .about("Give a token another name")
            .before_help(examples("  oauth-token rename default work"))
            .arg(self::name("The token").required(true))
            .arg(Arg::new("new").value_name("NEW").required(true).help("Its new name")),
        Command::new("export")
            .about("Write tokens to stdout, sealed with a pass phrase")
            .before_help(examples("  oauth-token export work --passphrase env:PHRASE > work.tokens"))
            .arg(
                Arg::new("names")
                    .value_name("NAME")
                    .num_args(0..)
                    .described(("Which ones", "All of them if none is named")),
            )
            .arg(phrase()),
        Command::new("import")
            .about("Keep the tokens of an export")
            .before_help(examples("  oauth-token import work.tokens --passphrase env:PHRASE"))
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .default_value("-")
                    .described(("The file", "- is stdin")),
            )
            .arg(phrase())
            .arg(TOOL.switch("force", "Replace tokens of the same name")),
    ];
    let store = || {
        TOOL.option("store", "HELPER", ("Keep tokens elsewhere", "With docker-credential-HELPER instead of in a file"))
    };
    let help = "Act as if it were this time: RFC 3339, or @SECONDS since 1970";
    let mut commands: Vec<Command> = all.into_iter().map(|command| TOOL.with_now(command.arg(store()), help)).collect();
    commands.push(request(named("revoke", "Have the server take a token back, then forget it")));
    commands
}

fn phrase() -> Arg {
    TOOL.option("passphrase", "SECRET", "The pass phrase").by_default("asked for")
}

fn profiles() -> Command {
    let add = Command::new("add")
        .about("Write a profile; without options, the terminal is asked").before_help(examples("  oauth-token profile add work --grant client_credentials --client-id app \\\n      --client-secret env:SECRET --discover https://id.example.com"))
        .arg(name("The profile").required(true))
        .arg(
            Arg::new("from-postman")
                .long("from-postman")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .described(("Take an export's settings", "An oauth2 auth object of Postman")),
        );
    Command::new("profile")
        .about("Write and read profiles (profiles.toml)")
        .before_help(examples("  oauth-token profile show work"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_network(with_settings(add.next_help_heading("Token").arg(token_name()))))
        .subcommand(Command::new("list").about("List the profiles").before_help(examples("  oauth-token profile list")))
        .subcommand(
            Command::new("show")
                .about("Print a profile")
                .before_help(examples("  oauth-token profile show work"))
                .arg(name("The profile").required(true)),
        )
}

/// The arguments, where the tool runs under the name of a helper that git or docker looks for: `docker-credential-work
/// get` is `oauth-token docker-credential get --token-name work`.
pub(crate) fn arguments(arguments: Vec<OsString>) -> Vec<OsString> {
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

/// Does what the command line says.
///
/// # Errors
/// What went wrong.
pub(crate) fn run(matches: &ArgMatches) -> Result<ExitCode, Error> {
    let (command, matches) = matches.subcommand().ok_or_else(|| Error::Usage("which command?".to_owned()))?;
    let exit = match command {
        "profile" => run_profile(matches)?,
        "exec" => return run_exec(matches),
        "get" | "refresh" | "git-credential" | "docker-credential" | "revoke" => run_token(command, matches)?,
        _ => run_kept(command, matches)?,
    };
    Ok(exit.into())
}

fn text<'m>(matches: &'m ArgMatches, name: &str) -> Option<&'m str> {
    matches.try_get_one::<String>(name).ok().flatten().map(String::as_str)
}

fn required<'m>(matches: &'m ArgMatches, name: &str) -> Result<&'m str, Error> {
    text(matches, name).ok_or_else(|| Error::Usage(format!("{name} is missing")))
}

fn reveal(matches: &ArgMatches) -> Reveal {
    if matches.get_flag("reveal") { Reveal::Revealed } else { Reveal::Masked }
}

fn wanted(matches: &ArgMatches) -> Result<Wanted, Error> {
    let token_name = text(matches, "token-name");
    // Without NAME, the profile is the one that the token is named after.
    let profile = text(matches, "name").or(token_name);
    Wanted::new(profile, token_name, Settings::from_matches(matches))
}

fn run_token(command: &str, matches: &ArgMatches) -> Result<Exit, Error> {
    let wanted = wanted(matches)?;
    let (transport, clock) = (wanted.way()?, cli::clock(matches));
    let got = match command {
        "get" => wanted.get(&transport, &clock)?,
        "refresh" => wanted.refresh(&transport, &clock)?,
        "revoke" => return wanted.revoke(&transport, &clock),
        _ => {
            let operation = matches.get_one::<Operation>("operation").copied().unwrap_or(Operation::Get);
            let answer = if command == "git-credential" { credential::git } else { credential::docker };
            return answer(operation, &wanted, &transport, &clock);
        }
    };
    handout::write(&got.entry, wanted.format()?, reveal(matches))?;
    Ok(get::settle(&got))
}

fn run_exec(matches: &ArgMatches) -> Result<ExitCode, Error> {
    let wanted = wanted(matches)?;
    let got = wanted.get(&wanted.way()?, &cli::clock(matches))?;
    get::settle(&got);
    let mut words = matches.get_many::<String>("command").into_iter().flatten();
    let program = words.next().ok_or_else(|| Error::Usage("which command?".to_owned()))?;
    let mut command = std::process::Command::new(program);
    command.args(words).envs(handout::variables(&got.entry));
    Ok(replace(command).unwrap_or_else(|source| {
        let code = if source.kind() == ErrorKind::NotFound { 127 } else { 126 };
        let _ = cli::complain(TOOL, &Error::File { path: program.into(), source });
        // As env(1) and shells say it.
        ExitCode::from(code)
    }))
}

/// Becomes the command: its exit code, its signals and its terminal are its own.
#[cfg(unix)]
fn replace(mut command: std::process::Command) -> std::io::Result<ExitCode> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
fn replace(mut command: std::process::Command) -> std::io::Result<ExitCode> {
    let status = command.status()?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

fn run_kept(command: &str, matches: &ArgMatches) -> Result<Exit, Error> {
    let store: Box<dyn Store> = store::open(text(matches, "store"))?;
    let (store, clock): (&dyn Store, Clock) = (&*store, Clock { now: cli::now(matches), nonce: None });
    match command {
        "list" => kept::list(store, &clock),
        "show" => kept::show(store, required(matches, "name")?, reveal(matches), &clock),
        "delete" => kept::delete(store, required(matches, "name")?),
        "rename" => kept::rename(store, required(matches, "name")?, required(matches, "new")?),
        "export" => {
            let names: Vec<String> = matches.get_many::<String>("names").into_iter().flatten().cloned().collect();
            share::export(store, &names, &pass_phrase(matches)?)
        }
        _ => {
            let file = matches.get_one::<PathBuf>("file").cloned().unwrap_or_else(|| "-".into());
            let existing = if matches.get_flag("force") { Existing::Replaced } else { Existing::Kept };
            share::import(store, &file, &pass_phrase(matches)?, existing)
        }
    }
}

fn pass_phrase(matches: &ArgMatches) -> Result<Secret, Error> {
    let phrase = secret::resolve("--passphrase", text(matches, "passphrase").unwrap_or("-"))?;
    if phrase.is_empty() { Err(Error::Usage("the pass phrase is empty".to_owned())) } else { Ok(phrase) }
}

fn run_profile(matches: &ArgMatches) -> Result<Exit, Error> {
    let (command, matches) = matches.subcommand().ok_or_else(|| Error::Usage("which command?".to_owned()))?;
    let profiles = Profiles::read()?;
    match command {
        "list" => {
            for name in profiles.names() {
                cli::print(&format!("{}\n", countersign_shared::terminal::clean(&name)))?;
            }
            Ok(Exit::Done)
        }
        "show" => profiles.show(required(matches, "name")?),
        _ => {
            let told = Settings::from_matches(matches);
            let told = match matches.get_one::<PathBuf>("from-postman") {
                Some(file) => told.or(postman::from_postman(file)?),
                None => told,
            };
            profiles.add(required(matches, "name")?, &questions::ask(told)?)?;
            Ok(Exit::Done)
        }
    }
}
