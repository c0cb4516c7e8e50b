//! The command line of `bridge-install`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};

use countersign_shared::bridge::manifest::{self, Callers};
use countersign_shared::cli::{self, Described as _};
use countersign_shared::error::Error;
use countersign_shared::options::Help;

use crate::environment::{Force, Selection};
use crate::extension::Existing;
use crate::task::{ChangeTask, Goal, KeyTask, Mode, ReportFormat, Task};
use crate::tool::TOOL;

const ABOUT: &str = "Install the bridge between browsers and these tools, and check it";

const EXAMPLES: &str = "  bridge-install install
  bridge-install extension --to ~/countersign-extension
  bridge-install status
  bridge-install doctor";

const DESCRIPTION: &str = "Browsers start the bridge, countersign-bridge, for the Countersign extension; cookie-sync and \
capture talk to the extension through it. `install` tells every browser of this user where the bridge is, `extension` unpacks \
the extension, `status` says whether they are connected, and `doctor` checks each part and says what to do.

Nothing needs root, and nothing is downloaded. The bridge is copied into a folder of its own, so that browsers find it \
wherever these tools are moved to; after an update, `install` again. What another program has put where ours would go is \
never overwritten or removed without --force.";

const NOTES: &str = "Tools and extension encrypt what they send to each other. The default key keeps other users and other \
extensions out; a program of the same user that reads our files can pose as a tool, and consent in the browser still stands \
between it and the data. `key set` sets a key of your own, which is typed into the popup too and never passes the bridge.

Errors have the names that Interceptor gives them: CHROME_NOT_INSTALLED (BROWSER_NOT_INSTALLED for a browser of another \
family), FILE_PERMISSIONS_REQUIRED, REGISTRY_ACCESS_NEEDED. INTERNET_CONNECTIVITY cannot happen.

Interceptor's own layout: install --host-name com.postman.postmanapp --extension-id aicmkgpgakddgnaphhhpliifpcfhicfo \
--bridge-dir ~/.postman/InterceptorBridge.";

/// The word after `key`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum KeyAction {
    /// Use this key: ten or more letters and digits, the same as in the popup
    Set,
    /// Print the custom key, if there is one
    Show,
    /// Go back to the default key
    Clear,
}

/// Returns the command line with all its commands.
pub(crate) fn command() -> Command {
    let sub = |name: &'static str, about: &'static str, examples: &str| {
        Command::new(name).about(about).before_help(cli::examples(examples))
    };
    let install = sub(
        "install",
        "Tell browsers where the bridge is",
        "  bridge-install install\n  bridge-install install --browser firefox --browser brave\n  bridge-install install --dry-run",
    );
    let status = sub(
        "status",
        "Say whether tools and browsers are connected; exit 0 when they are",
        "  bridge-install status\n  bridge-install status --json | jq .connected",
    );
    let doctor = sub(
        "doctor",
        "Check every part, and say what to do about each that is wrong",
        "  bridge-install doctor\n  bridge-install doctor --browser chromium",
    );
    let uninstall = sub(
        "uninstall",
        "Remove what install made; a custom key stays",
        "  bridge-install uninstall\n  bridge-install uninstall --browser brave",
    );
    let reset = sub(
        "reset",
        "Remove everything, keys too, and say what could not be removed",
        "  bridge-install reset\n  bridge-install reset --dry-run",
    );
    Command::new(TOOL.name())
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .long_about(DESCRIPTION)
        .before_help(cli::examples(EXAMPLES))
        .after_long_help(NOTES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_plan(with_choice(install)))
        .subcommand(with_json(with_choice(status)))
        .subcommand(with_json(with_choice(doctor)))
        .subcommand(with_plan(with_choice(uninstall)))
        .subcommand(with_plan(with_choice(reset)))
        .subcommand(extension())
        .subcommand(key())
}

fn extension() -> Command {
    Command::new("extension")
        .about("Unpack the browser extension and say how to load it")
        .before_help(cli::examples(
            "  bridge-install extension --to ~/countersign-extension\n  bridge-install extension --to ~/countersign-extension --update",
        ))
        .arg(
            Arg::new("to")
                .long("to")
                .value_name("DIR")
                .required(true)
                .value_parser(value_parser!(PathBuf))
                .help("The folder to unpack it into"),
        )
        .arg(TOOL.switch("update", "Replace an older copy that is there"))
}

fn key() -> Command {
    Command::new("key")
        .about("Set, show or clear a key of your own")
        .before_help(cli::examples(
            "  bridge-install key set -\n  bridge-install key set env:BRIDGE_KEY\n  bridge-install key clear",
        ))
        .arg(
            Arg::new("action")
                .value_name("ACTION")
                .required(true)
                .value_parser(value_parser!(KeyAction))
                .help("The action"),
        )
        .arg(Arg::new("secret").value_name("SECRET").described((
            "The key",
            "References are followed: env:NAME, file:PATH, fd:N, cmd:COMMAND, keyring:SERVICE/NAME. - asks for it",
        )))
}

fn folder(name: &'static str, help: impl Into<Help>) -> Arg {
    TOOL.option(name, "DIR", help).value_parser(value_parser!(PathBuf))
}

fn with_choice(command: Command) -> Command {
    command
        .next_help_heading("Browsers")
        .arg(TOOL.option("browser", "NAME", ("Only this browser", "May be given again")).action(ArgAction::Append))
        .arg(folder(
            "user-data-dir",
            ("Only the browser of this data folder", "A Chromium that is started with --user-data-dir DIR"),
        ))
        .next_help_heading("Names and places")
        .arg(
            TOOL.option("host-name", "NAME", "The host's name, by which the extension asks for it")
                .default_value(manifest::HOST),
        )
        .arg(
            TOOL.option(
                "extension-id",
                "ID",
                ("An extension that may start the bridge", "32 letters, or an add-on's id@name"),
            )
            .action(ArgAction::Append),
        )
        .arg(folder("bridge-dir", "The folder that the bridge is copied to").by_default("bridge/ in the state folder"))
}

fn with_json(command: Command) -> Command {
    command.next_help_heading("Output").arg(TOOL.switch("json", "Print JSON"))
}

fn with_plan(command: Command) -> Command {
    with_json(command)
        .arg(TOOL.switch("dry-run", "Say what would be done, and do nothing"))
        .arg(TOOL.switch("print-script", "Print what would be done as a script, and do nothing"))
        .arg(TOOL.switch("force", ("Replace or remove what is not ours", "Install for browsers that are not here")))
}

/// Turns the command line into a task.
///
/// # Errors
/// Returns [`Error::Usage`] if a host's name or an extension's id is malformed, `key` has too many or too few
/// arguments, or no command is given.
pub(crate) fn task(matches: &ArgMatches) -> Result<Task, Error> {
    Ok(match matches.subcommand() {
        Some(("install", matches)) => Task::Change(change(Goal::Installed, matches)?),
        Some(("uninstall", matches)) => Task::Change(change(Goal::Uninstalled, matches)?),
        Some(("reset", matches)) => Task::Change(change(Goal::Reset, matches)?),
        Some(("status", matches)) => Task::Status(selection(matches)?, format(matches)),
        Some(("doctor", matches)) => Task::Doctor(selection(matches)?, format(matches)),
        Some(("extension", matches)) => {
            let existing = if matches.get_flag("update") { Existing::Update } else { Existing::Refuse };
            Task::Unpack(matches.get_one::<PathBuf>("to").cloned().unwrap_or_default(), existing)
        }
        Some(("key", matches)) => Task::Key(key_task(matches)?),
        _ => return Err(Error::Usage("a command is needed".to_owned())),
    })
}

fn change(goal: Goal, matches: &ArgMatches) -> Result<ChangeTask, Error> {
    let mode = match (matches.get_flag("print-script"), matches.get_flag("dry-run")) {
        (true, _) => Mode::PrintScript,
        (false, true) => Mode::DryRun,
        (false, false) => Mode::Execute,
    };
    let verbosity = cli::verbosity(matches);
    Ok(ChangeTask { goal, selection: selection(matches)?, mode, format: format(matches), verbosity })
}

fn key_task(matches: &ArgMatches) -> Result<KeyTask, Error> {
    let secret = matches.get_one::<String>("secret").cloned();
    match (matches.get_one::<KeyAction>("action"), secret) {
        (Some(KeyAction::Set), Some(secret)) => Ok(KeyTask::Set(secret)),
        (Some(KeyAction::Show), None) => Ok(KeyTask::Show),
        (Some(KeyAction::Clear), None) => Ok(KeyTask::Clear),
        (Some(KeyAction::Set), None) => Err(Error::Usage("key set: the key is missing; - asks for it".to_owned())),
        (Some(_), Some(_)) => Err(Error::Usage("key: only set takes a key".to_owned())),
        (None, _) => Err(Error::Usage("key: say set, show or clear".to_owned())),
    }
}

fn format(matches: &ArgMatches) -> ReportFormat {
    if matches.get_flag("json") { ReportFormat::Json } else { ReportFormat::Text }
}

/// Returns the browsers, names and places that the command line selects.
fn selection(matches: &ArgMatches) -> Result<Selection, Error> {
    let absolute = |name: &str| {
        let path = matches.get_one::<PathBuf>(name);
        path.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone()))
    };
    let host = matches.get_one::<String>("host-name").cloned().unwrap_or_default();
    if !manifest::is_host_name(&host) {
        let text = "--host-name: write lower case letters, digits and _, in parts joined by dots: com.example.host";
        return Err(Error::Usage(text.to_owned()));
    }
    let is_forced = matches.try_get_one::<bool>("force").ok().flatten().copied().unwrap_or(false);
    Ok(Selection {
        browsers: matches.get_many::<String>("browser").into_iter().flatten().cloned().collect(),
        user_data: absolute("user-data-dir"),
        host,
        callers: callers(matches)?,
        bridge: absolute("bridge-dir"),
        force: if is_forced { Force::Yes } else { Force::No },
    })
}

/// Returns the extensions that may call the bridge. Ids that are given replace ours within their family of browsers.
fn callers(matches: &ArgMatches) -> Result<Callers, Error> {
    let mut callers = Callers { extensions: Vec::new(), add_ons: Vec::new() };
    for id in matches.get_many::<String>("extension-id").into_iter().flatten() {
        if manifest::is_extension_id(id) {
            callers.extensions.push(id.clone());
        } else if id.contains('@') || id.starts_with('{') {
            callers.add_ons.push(id.clone());
        } else {
            let text = "--extension-id: write 32 letters from a to p, or an add-on's id, which has an @";
            return Err(Error::Usage(text.to_owned()));
        }
    }
    let ours = Callers::default();
    if callers.extensions.is_empty() {
        callers.extensions = ours.extensions;
    }
    if callers.add_ons.is_empty() {
        callers.add_ons = ours.add_ons;
    }
    Ok(callers)
}
