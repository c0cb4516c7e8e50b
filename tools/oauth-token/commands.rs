//! The commands of `oauth-token`, their options and their help.

use std::path::PathBuf;

use clap::{Arg, Command, value_parser};

use countersign_shared::cli::network::with_network;
use countersign_shared::cli::{Described as _, choice, examples};
use countersign_shared::options::{Parameter, Place};

use crate::handout::Format;
use crate::parameters;
use crate::tool::TOOL;

const ABOUT: &str = "Get, keep, refresh and hand out OAuth tokens";

const EXAMPLES: &str = "  oauth-token profile add gh --provider github --client-id ID
  oauth-token get work --format header | curl -H @- https://api.example.com/me
  oauth-token get --grant client_credentials --client-id app \\
      --client-secret env:SECRET --discover https://id.example.com
  oauth-token profile add work --grant authorization_code \\
      --discover https://id.example.com --client-id app \\
      --scope 'openid offline_access'
  oauth-token exec work -- ./deploy";

const DESCRIPTION: &str = "Without a command, the profiles and the kept tokens are named. `get` prints a token that is valid now: the kept one, or the kept one refreshed, or a new one by the grant. \
NAME is the name of a profile or of a kept token. A SECRET is written env:NAME, file:PATH, cmd:COMMAND, \
keyring:SERVICE/NAME, fd:N or - (asked for on the terminal).";

const NOTES: &str = "A profile is a table of profiles.toml in the configuration folder. Its keys are the names of the options \
without dashes, and its secrets are references such as env:NAME. `get NAME` needs no option if a profile NAME exists.

Tokens are kept in tokens.json in the state folder, or with a docker-credential-helper (--store). A kept token is used \
only if grant, client, scope, resource, audience and endpoints are the same as when it was issued. These settings are \
kept with it, network options and references to secrets too, but no secret itself, so that an expired token is renewed \
by its name alone. An option, a variable or a profile goes over what was kept. If several processes need the same \
token, one of them gets it and the others wait. If a refresh token is refused, the user is asked anew where that can \
be; else the exit code is 5, and --fresh gets a new token.

At a terminal, the address that the browser ends at, or the code alone, can be pasted at any time. For a browser that \
is elsewhere, --no-browser with a port in --callback-url waits for it too, and --listen names another address.

--use id_token hands out the ID token in every format, for kubectl with an OIDC cluster, say. SAML assertions (RFC 7522) \
are sent with --grant jwt_bearer --token-param grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer.

If the program is called git-credential-NAME or docker-credential-NAME (by a link), it is that helper for the token NAME. \
It gives the token to hosts of --host only; without that, to the site of the token endpoint.";

const NOW: &str = "Act as if it were this time: RFC 3339, or @SECONDS since 1970";

/// Builds the command line of the tool.
pub(crate) fn command() -> Command {
    Command::new(TOOL.name())
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .long_about(DESCRIPTION)
        .before_help(examples(EXAMPLES))
        .after_long_help(NOTES)
        .subcommand_value_name("COMMAND")
        .subcommand_help_heading("Commands")
        .subcommands(getting())
        .subcommands(keeping())
        .subcommand(profiles())
        .subcommand(providers())
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
                // The command comes behind `--`, so that none of its options is taken for one of ours.
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
        request(with_format(get.arg(name("A profile or a kept token"))), Scope::Grant),
        request(with_format(refresh.arg(name("A kept token"))), Scope::Refresh),
        request(exec, Scope::Grant),
        request(git, Scope::Grant),
        request(docker, Scope::Grant),
    ]
}

/// The settings that a command has options for.
#[derive(Clone, Copy)]
enum Scope {
    /// All, for a command that may go through a grant.
    Grant,
    /// Those that a request with a kept token reads.
    Refresh,
    /// Those that a revocation reads.
    Revocation,
}

impl Scope {
    /// Returns true if commands of this scope read the setting.
    fn has(self, parameter: &Parameter) -> bool {
        const CLIENT: [&Parameter; 12] = [
            &parameters::PROVIDER,
            &parameters::CLIENT_ID,
            &parameters::CLIENT_SECRET,
            &parameters::CLIENT_AUTHENTICATION,
            &parameters::PRIVATE_KEY,
            &parameters::KEY_ID,
            &parameters::ASSERTION_CERT,
            &parameters::TOKEN_HEADER,
            &parameters::TOKEN_REQUEST,
            &parameters::STORE,
            &parameters::NO_INPUT,
            &parameters::ALLOW_HTTP,
        ];
        const REFRESH: [&Parameter; 10] = [
            &parameters::ACCESS_TOKEN_URL,
            &parameters::REFRESH_URL,
            &parameters::HEADER_PREFIX,
            &parameters::USE,
            &parameters::VARIABLE,
            &parameters::TOKEN_PARAM,
            &parameters::RESOURCE,
            &parameters::ACCESS_TOKEN_AT,
            &parameters::LIFETIME,
            &parameters::HOST,
        ];
        let is_among = |list: &[&Parameter]| list.iter().any(|known| known.key == parameter.key);
        match self {
            Self::Grant => true,
            Self::Refresh => is_among(&CLIENT) || is_among(&REFRESH),
            Self::Revocation => is_among(&CLIENT) || parameter.key == parameters::REVOCATION_URL.key,
        }
    }
}

fn operation() -> Arg {
    Arg::new("operation")
        .value_name("OPERATION")
        .required(true)
        .described(("get, store, erase or list", "Any other word is answered with nothing, as git wants it"))
}

/// Adds the options of a command that may have to get a token.
///
/// They are deferred, so that clap makes those of the chosen command only: to make them for every command would take longer
/// than reading a token from the store.
fn request(command: Command, scope: Scope) -> Command {
    command.defer(match scope {
        Scope::Grant => |command| with_request(command, Scope::Grant),
        Scope::Refresh => |command| with_request(command, Scope::Refresh),
        Scope::Revocation => |command| with_request(command, Scope::Revocation),
    })
}

fn with_request(command: Command, scope: Scope) -> Command {
    let command = command.next_help_heading("Token").arg(token_name());
    let command = TOOL.with_now(with_network(with_settings(command, scope)), NOW).arg(TOOL.option(
        "nonce",
        "TEXT",
        "Use this nonce instead of a random one",
    ));
    TOOL.with_variables(command)
}

fn token_name() -> Arg {
    TOOL.option("token-name", "NAME", "The name to keep the token under").by_default("NAME")
}

fn with_format(command: Command) -> Command {
    command
        .next_help_heading("Output")
        .arg(TOOL.option("format", "FORMAT", "Output format").value_parser(choice::<Format>()).default_value("bare"))
        .arg(TOOL.switch("reveal", "Print refresh token and ID token too, in JSON"))
        .arg(TOOL.switch("all", "Print the other members of the answer, in JSON"))
}

/// Adds an option for each setting that has one.
fn with_settings(command: Command, scope: Scope) -> Command {
    let settings =
        parameters::ALL.iter().filter(|parameter| parameter.place != Place::NoOption && scope.has(parameter));
    command.next_help_heading("Token request").args(settings.map(|parameter| TOOL.parameter(parameter)))
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
        with_json(Command::new("list").about("List the kept tokens").before_help(examples("  oauth-token list"))),
        with_json(
            named("show", "Show a token and its settings, secrets masked")
                .arg(TOOL.switch("reveal", "Show the secrets too")),
        ),
        named("delete", "Delete a kept token without revoking it"),
        Command::new("rename")
            .about("Rename a token")
            .before_help(examples("  oauth-token rename default work"))
            .arg(self::name("The token").required(true))
            .arg(Arg::new("new").value_name("NEW").required(true).help("Its new name")),
        Command::new("export")
            .about("Write tokens to stdout, encrypted with a pass phrase")
            .before_help(examples("  oauth-token export work --passphrase env:PHRASE > work.tokens"))
            .arg(
                Arg::new("names")
                    .value_name("NAME")
                    .num_args(0..)
                    .described(("The tokens to export", "Without a name, all of them")),
            )
            .arg(phrase()),
        Command::new("import")
            .about("Keep the tokens of an exported file")
            .before_help(examples("  oauth-token import work.tokens --passphrase env:PHRASE"))
            .arg(
                Arg::new("file")
                    .value_name("FILE")
                    .value_parser(value_parser!(PathBuf))
                    .default_value("-")
                    .help("The exported file; - is stdin"),
            )
            .arg(phrase())
            .arg(TOOL.switch("force", "Replace tokens of the same name")),
    ];
    let mut commands: Vec<Command> =
        all.into_iter().map(|command| TOOL.with_now(command.arg(TOOL.parameter(&parameters::STORE)), NOW)).collect();
    commands.push(request(named("revoke", "Revoke a token at the server, then delete it"), Scope::Revocation));
    commands
}

fn phrase() -> Arg {
    TOOL.option("passphrase", "SECRET", "The pass phrase").by_default("asked for on the terminal")
}

fn profiles() -> Command {
    let add = Command::new("add")
        .about("Write a profile; without options, ask on the terminal").before_help(examples("  oauth-token profile add work --grant client_credentials --client-id app \\\n      --client-secret env:SECRET --discover https://id.example.com"))
        .arg(name("The profile").required(true))
        .arg(
            Arg::new("from-postman")
                .long("from-postman")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Import the oauth2 settings of a Postman export"),
        );
    let set = Command::new("set")
        .about("Change some settings of a profile; the others and all comments stay")
        .before_help(examples("  oauth-token profile set work --scope 'read write' --unset audience"))
        .arg(name("The profile").required(true))
        .arg(
            Arg::new("unset")
                .long("unset")
                .value_name("KEY")
                .action(clap::ArgAction::Append)
                .help("Remove this setting from the profile"),
        );
    Command::new("profile")
        .about("Write and read profiles (profiles.toml)")
        .before_help(examples("  oauth-token profile show work"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_profile(add.arg(TOOL.switch("force", "Replace a profile of the same name"))))
        .subcommand(with_profile(set))
        .subcommand(
            Command::new("remove")
                .about("Remove a profile; a token that was got with it stays")
                .before_help(examples("  oauth-token profile remove work"))
                .arg(name("The profile").required(true)),
        )
        .subcommand(with_json(
            Command::new("list").about("List the profiles").before_help(examples("  oauth-token profile list")),
        ))
        .subcommand(with_json(
            Command::new("show")
                .about("Print a profile")
                .before_help(examples("  oauth-token profile show work"))
                .arg(name("The profile").required(true)),
        ))
}

/// Adds the options of a command that writes settings into a profile.
fn with_profile(command: Command) -> Command {
    let command = with_network(with_settings(command.next_help_heading("Token").arg(token_name()), Scope::Grant));
    let format = TOOL.option("format", "FORMAT", "Output format").value_parser(choice::<Format>());
    command.next_help_heading("Output").arg(format)
}

fn with_json(command: Command) -> Command {
    command.arg(TOOL.switch("json", "Print JSON"))
}

fn providers() -> Command {
    Command::new("provider")
        .about("Tell what is known about providers, for --provider")
        .before_help(examples("  oauth-token provider show github"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_json(
            Command::new("list").about("List the providers").before_help(examples("  oauth-token provider list")),
        ))
        .subcommand(with_json(
            Command::new("show")
                .about("Print what is known about a provider, and where it is documented")
                .before_help(examples("  oauth-token provider show entra:contoso.com"))
                .arg(name("The provider").required(true)),
        ))
}
