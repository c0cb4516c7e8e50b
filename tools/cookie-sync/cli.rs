//! The command line of `cookie-sync`.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueEnum, value_parser};

use countersign_shared::bridge::link::BrowserFilter;
use countersign_shared::bridge::message::Domain;
use countersign_shared::cli::{self, Described as _};
use countersign_shared::duration::duration;
use countersign_shared::error::Error;
use countersign_shared::options::Help;
use countersign_shared::url::Url;

use crate::plan::{
    ApplyPlan, BrowserOptions, ExportPlan, FileFormat, Goal, ListFormat, MissingConsent, Origin, Plan, SyncPlan,
    Targets,
};
use crate::tool::TOOL;

const ABOUT: &str = "Keep a browser's cookies where curl and others can use them";

const EXAMPLES: &str = "  cookie-sync watch example.com --jar cookies.txt &
  curl -b cookies.txt https://example.com/me
  cookie-sync add example.com && cookie-sync once --jar cookies.txt
  cookie-sync wait session_id example.com && ./after-login
  echo https://example.com/me | cookie-sync apply --domain example.com";

const DESCRIPTION: &str = "Copies the cookies of some domains out of a running browser, through the Countersign extension, and \
keeps the copies current: what the site sets, changes and deletes is in the files at once, and a cookie that expires is out of \
them within seconds.

`example.com` stands for that domain with its subdomains, `https://example.com` for that host alone. The cookies of a domain \
are all that a request to it would carry, so a Domain cookie of its parent is one of them. Ports are ignored, as cookies do.

The first time, the browser asks the user: nothing of a domain is shared before they press Once (until this process \
ends) or Always in the popup. Meanwhile the tool says what it waits for. After Never it exits 4, later too, until the domain \
is removed from the popup's list. `bridge-install` sets the browser up, and says what is wrong.";

const NOTES: &str = "In a jar (--jar) only the lines of the synced domains are replaced; other lines and comments stay as they \
are, and several processes can write one jar. A file is replaced as a whole, so that a reader never sees half of it, and only \
its owner may read it. `curl -b` reads a jar; `curl -c` would replace it. Session cookies have expiry 0 there. A jar cannot \
hold partitioned cookies (CHIPS): they are counted on stderr, and JSON has them.

All browsers that are connected are asked, and each gives only what was allowed there; if two browsers have the same cookie, \
the last change counts. A store is a browser's own name for the place that cookies are in: 0 and 1 (private windows) in \
Chromium, firefox-default, firefox-private and firefox-container-1 in Firefox. Without --cookie-store it is the profile's own.

What was synced last is kept in the state folder, readable by its owner only, for --offline.";

/// The value of `export --to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// Netscape's cookie file, for curl -b
    Netscape,
    /// A list with the names of the browsers' extension API
    Json,
    /// The Cookie header for a URL, for `curl -H @-`
    Header,
    /// Playwright's storage state
    StorageState,
    /// A session file of HTTPie and xh
    Session,
}

fn sub(name: &'static str, about: &'static str, examples: &str) -> Command {
    Command::new(name).about(about).before_help(cli::examples(examples))
}

/// Returns the command line with all its commands.
pub(crate) fn command() -> Command {
    let watch = sub(
        "watch",
        "Sync cookies, and every change, until interrupted",
        "  cookie-sync watch example.com --jar cookies.txt\n  cookie-sync watch example.com | jq -r .cookie.name\n  cookie-sync watch --jar cookies.txt --exec ./reload",
    )
    .long_about(
        "Syncs cookies, and every change, until interrupted. It may start before the browser does, outlives it, and goes on when \
         it is back. Without any output, changes are printed: a line of JSON each.",
    );
    let once = sub(
        "once",
        "Sync cookies as they are now",
        "  cookie-sync once example.com --jar cookies.txt\n  cookie-sync once example.com https://example.org --storage-state state.json",
    );
    let wait = sub(
        "wait",
        "Wait until a cookie is there: log in, then the script goes on",
        "  cookie-sync wait session_id example.com --jar cookies.txt --timeout 5m",
    )
    .arg(Arg::new("name").value_name("NAME").required(true).help("The cookie's name"));
    let list =
        sub("list", "Print the added domains", "  cookie-sync list\n  cookie-sync list --json | jq -r .[].domain")
            .arg(TOOL.switch("json", "Print JSON"));
    Command::new(TOOL.name())
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .long_about(DESCRIPTION)
        .before_help(cli::examples(EXAMPLES))
        .after_long_help(NOTES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(with_browsers(with_outputs(with_domains(watch))))
        .subcommand(with_browsers(with_timeout(with_outputs(with_domains(once)))))
        .subcommand(with_browsers(with_timeout(with_outputs(with_domains(wait)))))
        .subcommand(with_listed(sub(
            "add",
            "Add domains to the list that is used when none is named",
            "  cookie-sync add example.com https://example.org",
        )))
        .subcommand(with_listed(sub(
            "remove",
            "Take domains off the list; what was synced stays where it is",
            "  cookie-sync remove example.com",
        )))
        .subcommand(list)
        .subcommand(export_command())
        .subcommand(apply_command())
}

fn export_command() -> Command {
    let command = sub(
        "export",
        "Print cookies as they are now",
        "  cookie-sync export example.com > cookies.txt\n  cookie-sync export --to header https://example.com/me |\n      curl -H @- https://example.com/me\n  cookie-sync export --to json --offline | jq -r .[].name",
    )
    .arg(
        Arg::new("words")
            .value_name("DOMAIN")
            .num_args(0..)
            .described(("The domains", "With --to header, one URL")).by_default("those that were added"),
    )
    .next_help_heading("Output")
    .arg(
        Arg::new("format")
            .long("to")
            .value_name("FORMAT")
            .value_parser(value_parser!(ExportFormat))
            .default_value("netscape")
            .help("The output format"),
    );
    with_browsers(with_jar(command))
}

fn apply_command() -> Command {
    let command = sub(
        "apply",
        "Put the right Cookie header on each request of the pipe",
        "  cookie-sync apply --offline requests.ndjson\n  cookie-sync apply --jar cookies.txt --to curl-config requests.ndjson |\n      curl -K -\n  echo https://example.com/me | cookie-sync apply --to header",
    )
    .long_about(
        "Puts the right Cookie header on each request of the pipe (RFC 6265): domain, path, Secure and expiry must match, and \
         cookies of public suffixes count for nothing. A cookie takes the place of one of its name that the request has already; \
         others stay. Requests to other domains pass as they are. While requests come, changes in the browser count at once.",
    );
    let command = TOOL.with_output(TOOL.with_input(command));
    let command = command.next_help_heading("Cookies").arg(
        TOOL.option("domain", "DOMAIN", ("The cookies of this domain", "May be given again"))
            .by_default("those that were added")
            .action(ArgAction::Append),
    );
    TOOL.with_now(with_browsers(with_jar(command)), "Act as if it were this time: RFC 3339, or @SECONDS since 1970")
}

fn with_domains(command: Command) -> Command {
    command.arg(
        Arg::new("domain")
            .value_name("DOMAIN")
            .num_args(0..)
            .help("example.com, or https://example.com for that host alone")
            .by_default("those that were added"),
    )
}

fn with_listed(command: Command) -> Command {
    command.arg(
        Arg::new("domain")
            .value_name("DOMAIN")
            .num_args(1..)
            .required(true)
            .help("example.com, or https://example.com for that host alone"),
    )
}

fn file(name: &'static str, help: impl Into<Help>) -> Arg {
    TOOL.option(name, "FILE", help).value_parser(value_parser!(PathBuf))
}

fn with_outputs(command: Command) -> Command {
    command
        .next_help_heading("Output; FILE may be -, standard output")
        .arg(file("jar", "Keep the cookies in this Netscape file, for curl -b"))
        .arg(file("json-file", "Keep them in this file as JSON, partitioned ones too"))
        .arg(file("header", ("Keep a Cookie header in this file", "curl -H @FILE reads it")).requires("header-url"))
        .arg(TOOL.option("header-url", "URL", "The URL that --header is for").requires("header"))
        .arg(file("storage-state", ("Keep them in this storage state of Playwright", "Its origins stay")))
        .arg(file("session", ("Keep them in this session file of HTTPie or xh", "Its headers stay")))
        .arg(file("changes", "Append a line of JSON for each change to this file"))
        .arg(TOOL.option(
            "exec",
            "COMMAND",
            ("Run this after changes, by the shell", "It reads them, as --changes has them"),
        ))
}

fn with_timeout(command: Command) -> Command {
    command.arg(
        TOOL.option(
            "timeout",
            "DURATION",
            ("Give up after this time: 30s, 1.5m, 1h", "Without it, consent is waited for as long as it takes"),
        )
        .value_parser(duration),
    )
}

fn with_jar(command: Command) -> Command {
    command
        .next_help_heading("Cookies")
        .arg(file("jar", ("Take the cookies from this Netscape file", "No browser is asked")))
        .arg(TOOL.switch("offline", ("Take the cookies that were synced last", "No browser is asked")))
}

fn with_browsers(command: Command) -> Command {
    command
        .next_help_heading("Browsers")
        .arg(
            TOOL.option("from-browser", "NAME", "Only this browser, or NAME:PROFILE")
                .by_default("all that are connected"),
        )
        .arg(
            TOOL.option("cookie-store", "ID", ("The cookies of this store", "May be given again"))
                .by_default("the profile's own")
                .action(ArgAction::Append),
        )
        .arg(TOOL.switch("no-input", ("Never prompt", "Exit 5 if a person is needed")))
}

/// Turns the command line into a plan.
///
/// # Errors
/// Returns [`Error::Usage`] if a domain or a URL is not one, or no command is given.
pub(crate) fn plan(matches: &ArgMatches) -> Result<Plan, Error> {
    Ok(match matches.subcommand() {
        Some(("watch", matches)) => Plan::Sync(sync_plan(Goal::Watch, matches)?),
        Some(("once", matches)) => Plan::Sync(sync_plan(Goal::Once, matches)?),
        Some(("wait", matches)) => {
            let name = matches.get_one::<String>("name").cloned().unwrap_or_default();
            Plan::Sync(sync_plan(Goal::Cookie(name), matches)?)
        }
        Some(("add", matches)) => Plan::Add(domains(matches, "domain")?),
        Some(("remove", matches)) => Plan::Remove(domains(matches, "domain")?),
        Some(("list", matches)) => {
            Plan::List(if matches.get_flag("json") { ListFormat::Json } else { ListFormat::Text })
        }
        Some(("export", matches)) => Plan::Export(export_plan(matches)?),
        Some(("apply", matches)) => Plan::Apply(ApplyPlan {
            domains: domains(matches, "domain")?,
            origin: origin(matches),
            browsers: browser_options(matches),
            files: cli::files(matches),
            reader: cli::reader(matches),
            writer: cli::writer(matches),
            on_error: cli::on_error(matches),
            now: cli::now(matches),
        }),
        _ => return Err(Error::Usage("a command is needed".to_owned())),
    })
}

fn sync_plan(goal: Goal, matches: &ArgMatches) -> Result<SyncPlan, Error> {
    // `watch` has no time limit: the option is not even defined there.
    let limit = matches.try_get_one::<Duration>("timeout").ok().flatten().copied();
    Ok(SyncPlan {
        domains: domains(matches, "domain")?,
        browsers: browser_options(matches),
        targets: targets(matches, &goal)?,
        limit,
        goal,
    })
}

fn export_plan(matches: &ArgMatches) -> Result<ExportPlan, Error> {
    let format = matches.get_one::<ExportFormat>("format").copied().unwrap_or(ExportFormat::Netscape);
    let format = match format {
        ExportFormat::Netscape => FileFormat::Jar,
        ExportFormat::Json => FileFormat::Json,
        ExportFormat::StorageState => FileFormat::StorageState,
        ExportFormat::Session => FileFormat::Session,
        ExportFormat::Header => FileFormat::Header(header_url(matches)?),
    };
    let domains = if matches!(format, FileFormat::Header(_)) { Vec::new() } else { domains(matches, "words")? };
    Ok(ExportPlan { format, domains, origin: origin(matches), browsers: browser_options(matches) })
}

/// Returns the one URL that `export --to header` takes in place of domains.
fn header_url(matches: &ArgMatches) -> Result<Url<'static>, Error> {
    let mut words = matches.get_many::<String>("words").into_iter().flatten();
    let (Some(url), None) = (words.next(), words.next()) else {
        let text = "--to header: one URL is needed: cookie-sync export --to header https://example.com/me";
        return Err(Error::Usage(text.to_owned()));
    };
    let url = Url::parse(url.clone().into()).map_err(|error| Error::Usage(format!("--to header: {error}")))?;
    Ok(url.0)
}

fn domains(matches: &ArgMatches, argument: &str) -> Result<Vec<Domain>, Error> {
    let words = matches.get_many::<String>(argument).into_iter().flatten();
    words.map(|word| Domain::parse(word)).collect()
}

fn origin(matches: &ArgMatches) -> Origin {
    match matches.get_one::<PathBuf>("jar") {
        Some(path) => Origin::Jar(path.clone()),
        None if matches.get_flag("offline") => Origin::LastSync,
        None => Origin::Browsers,
    }
}

fn browser_options(matches: &ArgMatches) -> BrowserOptions {
    let filter = matches.get_one::<String>("from-browser");
    BrowserOptions {
        filter: filter.map(|text| BrowserFilter::parse(text)).unwrap_or_default(),
        stores: matches.get_many::<String>("cookie-store").into_iter().flatten().cloned().collect(),
        missing_consent: if matches.get_flag("no-input") { MissingConsent::Fail } else { MissingConsent::Wait },
    }
}

fn targets(matches: &ArgMatches, goal: &Goal) -> Result<Targets, Error> {
    let path = |name: &str| matches.get_one::<PathBuf>(name).cloned();
    let url = matches.get_one::<String>("header-url").map(|url| {
        let parsed = Url::parse(url.clone().into()).map(|(url, _)| url);
        parsed.map_err(|error| Error::Usage(format!("--header-url: {error}")))
    });
    let url = url.transpose()?;
    let formats = [
        (Some(FileFormat::Jar), "jar"),
        (Some(FileFormat::Json), "json-file"),
        (url.map(FileFormat::Header), "header"),
        (Some(FileFormat::StorageState), "storage-state"),
        (Some(FileFormat::Session), "session"),
    ];
    let files = formats.into_iter().filter_map(|(format, name)| Some((format?, path(name)?))).collect();
    let mut targets = Targets { files, changes: path("changes"), command: matches.get_one::<String>("exec").cloned() };
    let is_silent = targets.files.is_empty() && targets.changes.is_none() && targets.command.is_none();
    // `wait` alone is useful without any output: it ends when the cookie is there.
    if is_silent && !matches!(goal, Goal::Cookie(_)) {
        targets.changes = Some(PathBuf::from("-"));
    }
    Ok(targets)
}
