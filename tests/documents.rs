//! The documents say what the tools do: help, man pages, completions and README.
//!
//! `make docs` writes man/ and completions/ anew.

use std::path::{Path, PathBuf};

use countersign_shared::auth::{self, Place};
use countersign_shared::formats::{InputFormat, OutputFormat};

use crate::support::{Tool, sign};

/// Set, it lets the generated documents be written instead of compared.
const WRITE: &str = "COUNTERSIGN_WRITE_DOCUMENTS";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The bridge, which browsers start, has no command line to document: bridge-install(1) tells of it.
const BRIDGE: &str = "countersign-bridge";

/// The tools that Cargo.toml builds.
fn tools() -> Vec<String> {
    let manifest = read("Cargo.toml");
    let names =
        manifest.split("[[bin]]").skip(1).filter_map(|table| table.split("name = \"").nth(1)?.split('"').next());
    names.filter(|name| *name != BRIDGE).map(str::to_owned).collect()
}

/// Every command that has a help of its own: `sign`, `sign aws`, `sign verify digest`.
fn commands() -> Vec<Vec<String>> {
    let mut commands: Vec<Vec<String>> = tools().into_iter().map(|tool| vec![tool]).collect();
    let mut at = 0;
    while let Some(command) = commands.get(at).cloned() {
        let below = subcommands(&help(&command, "--help"));
        commands.extend(below.into_iter().map(|name| [command.clone(), vec![name]].concat()));
        at += 1;
    }
    commands
}

/// The names in the list that follows the usage line.
fn subcommands(help: &str) -> Vec<String> {
    let after = help.split("\nUsage: ").nth(1).unwrap_or_default();
    let list = after.split("\n\n").nth(1).unwrap_or_default();
    let is_name = |line: &&str| line.starts_with("  ") && line.chars().nth(2).is_some_and(char::is_lowercase);
    list.lines().skip(1).filter(is_name).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn help(command: &[String], option: &str) -> String {
    let (tool, rest) = command.split_first().expect("a tool");
    Tool::new(tool).args(rest).arg(option).succeeds().stderr_is("").out()
}

/// The long options that a text names.
fn options(text: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let words = text.split(|c: char| c.is_whitespace() || "|`',()[".contains(c));
    let long = words.filter_map(|word| word.strip_prefix("--")).filter(|word| word.starts_with(char::is_alphabetic));
    long.map(|word| format!("--{}", word.split(|c| !is_part(c)).next().unwrap_or_default())).collect()
}

/// The options that a help lists, as opposed to those that its texts mention.
fn listed(help: &str) -> Vec<String> {
    let is_entry =
        |line: &&str| line.starts_with("  ") && line.trim_start().starts_with('-') && !line.starts_with("          ");
    let entries = help
        .lines()
        .filter(is_entry)
        .filter_map(|line| options(line.split("  ").find(|part| part.contains("--"))?).pop());
    entries.collect()
}

#[test]
fn generated_documents_are_what_the_tools_print() {
    for tool in tools() {
        for (what, path) in [
            ("man", format!("man/{tool}.1")),
            ("complete-bash", format!("completions/{tool}.bash")),
            ("complete-zsh", format!("completions/_{tool}")),
            ("complete-fish", format!("completions/{tool}.fish")),
            ("complete-powershell", format!("completions/_{tool}.ps1")),
            ("complete-elvish", format!("completions/{tool}.elv")),
        ] {
            let printed = Tool::new(&tool).args(["--generate", what]).succeeds().out();
            if std::env::var_os(WRITE).is_some() {
                std::fs::create_dir_all(root().join(&path).parent().expect("a folder")).expect("a folder");
                std::fs::write(root().join(&path), printed).expect("a document");
            } else {
                assert!(
                    read(&path) == printed,
                    "{path} is not what {tool} prints: run make docs and commit what it wrote"
                );
            }
        }
    }
}

/// The extension's copy of the public suffix list: the browsers' own is for no extension to ask.
const SUFFIX_LIST: &str = "tools/bridge-install/extension/suffix-list.js";

/// Returns the rules of the crate that the tools ask, if Cargo has unpacked it where it usually does.
fn suffix_source() -> Option<PathBuf> {
    let lock = read("Cargo.lock");
    let version = lock.split("name = \"psl\"\nversion = \"").nth(1)?.split('"').next()?;
    let home =
        std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(std::env::home_dir()?.join(".cargo")))?;
    let registries = std::fs::read_dir(home.join("registry/src")).ok()?.flatten();
    let rules = registries.map(|registry| registry.path().join(format!("psl-{version}/data/rules.txt")));
    rules.into_iter().find(|path| path.is_file())
}

/// Returns the rules in ASCII, as browsers name hosts.
fn suffix_rules(text: &str) -> std::collections::BTreeSet<String> {
    let ascii = |rule: &str| {
        let name = rule.trim_start_matches(['!', '*', '.']);
        let (mark, _) = rule.split_at(rule.len() - name.len());
        format!("{mark}{}", idna::domain_to_ascii(name).expect("a name"))
    };
    text.split_whitespace().map(ascii).collect()
}

#[test]
fn generated_suffix_list_of_the_extension_is_that_of_the_tools() {
    let Some(source) = suffix_source() else {
        eprintln!("skipped: the source of the crate psl is not where Cargo unpacks it");
        return;
    };
    let rules = suffix_rules(&std::fs::read_to_string(source).expect("rules"));
    let mut lines = std::collections::BTreeMap::<&str, Vec<&str>>::new();
    for rule in &rules {
        let top = rule.rsplit(['.', '!']).next().expect("a label");
        lines.entry(top).or_default().push(rule);
    }
    let lines: String = lines.values().map(|rules| rules.join(" ") + "\n").collect();
    let list = format!(
        "// The public suffix list (publicsuffix.org) as the tools have it, in ASCII (RFC 5891): a line for each top-level domain.\n\
         // Made by `make docs`; do not edit.\n\nexport const RULES = `\n{lines}`;\n"
    );
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(root().join(SUFFIX_LIST), list).expect("the list");
    } else {
        assert!(
            read(SUFFIX_LIST) == list,
            "{SUFFIX_LIST} is not the tools' list: run make docs and commit what it wrote"
        );
    }
}

#[test]
fn nothing_generated_is_left_of_a_tool_that_is_gone() {
    let tools = tools();
    for folder in ["man", "completions"] {
        for entry in std::fs::read_dir(root().join(folder)).expect("a folder") {
            let name = entry.expect("an entry").file_name().into_string().expect("UTF-8");
            let stem = name.trim_start_matches('_').split('.').next().unwrap_or_default();
            assert!(tools.iter().any(|tool| tool == stem) || name == "countersign-request.5", "{folder}/{name}");
        }
    }
}

#[test]
fn help_starts_with_examples() {
    for command in commands() {
        for option in ["-h", "--help"] {
            let help = help(&command, option);
            assert!(help.starts_with("Examples:\n  "), "{command:?} {option} starts with\n{}", &help[..40]);
        }
    }
}

#[test]
fn help_fits_into_80_columns() {
    for command in commands() {
        for option in ["-h", "--help"] {
            for line in help(&command, option).lines() {
                assert!(line.chars().count() < 80, "{command:?} {option}: {line}");
            }
        }
    }
}

#[test]
fn short_help_has_a_line_an_option() {
    for command in commands() {
        let help = help(&command, "-h");
        // A list is `  --name`; a line that is further in is the rest of the line before it.
        let options = help.split("\nUsage: ").nth(1).unwrap_or_default();
        for line in options.split_once("\n\n").unwrap_or_default().1.lines() {
            let indent = line.len() - line.trim_start().len();
            assert!(indent <= 2 || line.trim_start().starts_with("--"), "{command:?} -h: {line}");
        }
    }
}

#[test]
fn short_and_long_help_list_the_same_options() {
    for command in commands() {
        assert_eq!(listed(&help(&command, "-h")), listed(&help(&command, "--help")), "{command:?}");
    }
}

#[test]
fn every_option_is_in_the_man_page_and_the_completions() {
    for command in commands() {
        let tool = &command[0];
        let man = read(&format!("man/{tool}.1")).replace("\\-", "-");
        let shells = [format!("{tool}.bash"), format!("_{tool}"), format!("{tool}.fish")];
        let shells = shells.map(|name| (read(&format!("completions/{name}")), name));
        let listed = listed(&help(&command, "--help"));
        assert!(!listed.is_empty(), "{command:?} lists no option");
        for option in listed {
            assert!(man.contains(&option), "{option} of {command:?} is not in the man page");
            for (script, name) in &shells {
                let spelled = if name.ends_with(".fish") { format!("-l {}", &option[2..]) } else { option.clone() };
                assert!(script.contains(&spelled), "{option} of {command:?} is not in {name}");
            }
        }
    }
}

#[test]
fn every_parameter_of_every_scheme_is_documented() {
    let man = read("man/sign.1").replace("\\-", "-");
    for table in auth::ALL {
        let help = sign([table.name, "--help"]).succeeds().out();
        for parameter in table.parameters {
            assert!(listed(&help).contains(&format!("--{}", parameter.option())), "{} {}", table.name, parameter.key);
            assert!(help.contains(&parameter.variable(table.name)), "{} {}", table.name, parameter.key);
            assert!(man.contains(&parameter.variable(table.name)), "{} {}", table.name, parameter.key);
        }
        for alias in table.aliases {
            assert!(sign(["--help"]).succeeds().out().contains(alias), "{alias}");
            sign([*alias, "-h"]).succeeds();
        }
    }
}

/// The options that mean the same in all tools, and share their variable therefore.
const SHARED: [&str; 9] =
    ["color", "quiet", "verbose", "max-time", "connect-timeout", "proxy", "cacert", "cert", "cert-key"];

/// The environment variables that a help names, each with its option.
fn variables(help: &str) -> Vec<(String, String)> {
    let mut option = String::new();
    let mut variables = Vec::new();
    for line in help.lines() {
        if line.starts_with("  -") {
            option = listed(line).pop().unwrap_or_default();
        }
        if let Some((_, variable)) = line.split_once("[env: ") {
            variables.push((variable.split(']').next().expect("a name").to_owned(), option.clone()));
        }
    }
    variables
}

#[test]
fn no_two_tools_share_a_variable_but_those_that_mean_the_same() {
    let shared = SHARED.map(|option| format!("COUNTERSIGN_{}", option.to_uppercase().replace('-', "_")));
    let mut known: std::collections::BTreeMap<String, (String, String)> = std::collections::BTreeMap::new();
    for command in commands() {
        let tool = &command[0];
        let own = format!("COUNTERSIGN_{}_", tool.to_uppercase().replace('-', "_"));
        let scheme = command.last().and_then(|word| auth::named(word)).map(|table| table.name);
        let of_scheme = scheme.map(|name| format!("COUNTERSIGN_{}_", name.to_uppercase()));
        for (variable, option) in variables(&help(&command, "--help")) {
            let named = option.trim_start_matches("--").to_uppercase().replace('-', "_");
            if shared.contains(&variable) {
                assert_eq!(variable, format!("COUNTERSIGN_{named}"), "{command:?}");
                continue;
            }
            let is_own = variable == format!("{own}{named}")
                || of_scheme.as_ref().is_some_and(|prefix| variable == format!("{prefix}{named}"));
            assert!(is_own, "{command:?} {option}: {variable}");
            let entry = known.entry(variable.clone()).or_insert_with(|| (tool.clone(), option.clone()));
            assert_eq!(*entry, (tool.clone(), option), "{variable} in {command:?}");
        }
    }
    assert!(known.len() > 100, "{}", known.len());
    let reserved = ["COUNTERSIGN_HOME", "COUNTERSIGN_BIN"];
    assert!(reserved.iter().all(|name| !known.contains_key(*name)));
}

/// The keys of each scheme in files that other programs write, which are options too.
const KEYS: [(&str, &str); 12] = [
    ("apikey", "key value in"),
    ("bearer", "token"),
    ("basic", "username password"),
    ("digest", "username password realm nonce algorithm qop nonceCount clientNonce opaque disableRetryRequest"),
    (
        "oauth1",
        "signatureMethod consumerKey consumerSecret token tokenSecret privateKey callback verifier timestamp nonce version \
         realm includeBodyHash addEmptyParamsToSign addParamsToHeader disableHeaderEncoding",
    ),
    ("oauth2", "accessToken addTokenTo headerPrefix"),
    ("hawk", "authId authKey algorithm user nonce extraData app delegation timestamp includePayloadHash"),
    ("aws", "accessKey secretKey sessionToken region service addAuthDataToQuery"),
    ("ntlm", "username password domain workstation disableRetryRequest"),
    ("edgegrid", "accessToken clientToken clientSecret headersToSign maxBodySize baseURL nonce timestamp"),
    ("jwt", "algorithm secret isSecretBase64Encoded privateKey payload header addTokenTo headerPrefix queryParamKey"),
    ("asap", "alg kid iss aud sub exp claims privateKey"),
];

#[test]
fn every_key_that_others_write_is_an_option_a_variable_and_read_from_lines() {
    for (scheme, keys) in KEYS {
        let help = sign([scheme, "--help"]).succeeds().out();
        let table = auth::named(scheme).expect("a scheme");
        for key in keys.split_whitespace() {
            let words = key.replace("URL", "Url").replace("Base64", "-base64").chars().fold(String::new(), |out, c| {
                let divider = if c.is_uppercase() { "-" } else { "" };
                out + divider + &c.to_lowercase().to_string()
            });
            assert!(listed(&help).contains(&format!("--{words}")), "{scheme} --{words}");
            let variable = format!("COUNTERSIGN_{}_{}", scheme.to_uppercase(), words.to_uppercase().replace('-', "_"));
            assert!(help.contains(&format!("[env: {variable}]")) || key == "nonce", "{scheme} {variable}");
            assert!(
                table.parameter(key).is_some_and(|parameter| parameter.place != Place::NotInLine),
                "{scheme} {key}"
            );
        }
    }
}

/// The examples of a help: each starts at the margin, unless it goes on from the line before.
fn each_example(help: &str) -> Vec<String> {
    let mut each: Vec<String> = Vec::new();
    for line in examples(help).lines().skip(1) {
        match each.last_mut() {
            Some(last) if line.starts_with("   ") || last.ends_with(['|', '\\']) => *last += &format!("\n{line}"),
            _ => each.push(line.to_owned()),
        }
    }
    each
}

/// True if an example would need a server, a terminal or what another tool has kept.
fn needs_more(scheme: &str, example: &str) -> bool {
    let asks = scheme == "digest" && !example.contains("--challenge");
    asks || ["--send", "--password -", "--token-name"].iter().any(|option| example.contains(option))
}

#[test]
fn examples_of_every_scheme_work_as_they_are_typed() {
    const LINE: &str = "https://api.example.com/me\n";
    const OPENAPI: &str = "openapi: 3.1.0\nservers: [{url: 'https://api.example.com'}]\npaths: {/me: {get: {}}}\n";
    let schemes = auth::ALL.iter().map(|table| table.name);
    let mut worked = 0;
    for scheme in schemes.chain(["none", "inherit"]) {
        let key = read(&format!("tests/vectors/keys/{}.pem", if scheme == "jwt" { "p256" } else { "rsa" }));
        for example in each_example(&sign([scheme, "--help"]).succeeds().out()) {
            if needs_more(scheme, &example) {
                continue;
            }
            let script = format!("PATH=$PWD/bin:$PATH\n{example}");
            let mut tool = Tool::program("bash").args(["-o", "pipefail", "-ec", &script]);
            let secrets = ["API_KEY", "TOKEN", "PASSWORD", "APP_SECRET", "TOKEN_SECRET", "HAWK_KEY", "SECRET"];
            for variable in secrets.iter().chain(&["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
                tool = tool.env(variable, "secret");
            }
            let output = tool
                .env("ASAP_KEY", &key)
                .file("key.pem", &key)
                .file("app.pem", &key)
                .program_file("bin/curl", "#!/bin/sh\nexec cat\n")
                .program_file("bin/capture", format!("#!/bin/sh\necho {LINE}"))
                .program_file("bin/pass", "#!/bin/sh\necho secret\n")
                .file("requests.ndjson", LINE)
                .file("captured.ndjson", LINE)
                .file("copied.txt", format!("curl {LINE}"))
                .file("key", "secret")
                .file("token", "secret")
                .file("claims.json", "{}")
                .file("openapi.yaml", OPENAPI)
                .file("auth.json", r#"{"type":"bearer","bearer":{"token":"t"}}"#)
                .file(".netrc", "machine api.example.com login alice password secret\n")
                .file(".edgerc", "[papi]\nhost = h\nclient_token = c\nclient_secret = s\naccess_token = a\n")
                .run();
            assert_eq!(output.status.code(), Some(0), "{example}\n{}", output.err());
            assert!(!output.out().is_empty() || example.contains(" > "), "{example}");
            worked += 1;
        }
    }
    assert!(worked >= 25, "{worked}");
}

#[test]
fn examples_use_options_that_there_are() {
    let commands = commands();
    let mut texts: Vec<String> = commands.iter().map(|command| examples(&help(command, "--help"))).collect();
    texts.extend(blocks(&read("README.md"), "sh").into_iter().map(|(_, text)| text));
    let mut checked = 0;
    for text in texts {
        // A line that goes on is one line; what stands between pipes is one command.
        let text = text.replace("|\n", "| ").replace("\\\n", " ");
        for part in text.lines().flat_map(|line| line.split(['|', '&', ';'])) {
            let words: Vec<&str> = part.split_whitespace().collect();
            let named = |command: &&Vec<String>| {
                words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>().starts_with(command)
            };
            let Some(command) = commands.iter().filter(named).max_by_key(|command| command.len()) else { continue };
            let known = listed(&help(command, "--help"));
            let ours = part.split(" -- ").next().unwrap_or_default();
            for option in options(ours) {
                assert!(known.contains(&option), "{option} in `{}`", part.trim());
                checked += 1;
            }
        }
    }
    assert!(checked > 20, "only {checked} options found in examples");
}

fn examples(help: &str) -> String {
    help.split("\n\n").next().unwrap_or_default().to_owned()
}

/// The fenced blocks of a language, each with the line where it starts.
fn blocks(text: &str, language: &str) -> Vec<(usize, String)> {
    let open = format!("```{language}\n");
    let mut blocks = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(start) = rest.find(&open) {
        let body = &rest[start + open.len()..];
        let end = body.find("```").expect("the end of a block");
        line += rest[..start + open.len()].matches('\n').count();
        blocks.push((line, body[..end].to_owned()));
        line += body[..end].matches('\n').count();
        rest = &body[end..];
    }
    blocks
}

#[test]
fn readme_examples_print_what_the_readme_says() {
    let blocks = blocks(&read("README.md"), "console");
    assert!(!blocks.is_empty(), "the README shows nothing");
    for (line, block) in blocks {
        // `$ command`, its further lines behind `> `, then what it prints.
        let mut script = String::new();
        let mut expected = String::new();
        for text in block.lines() {
            match (text.strip_prefix("$ "), text.strip_prefix("> ")) {
                (Some(command), _) | (None, Some(command)) => script += &format!("{command}\n"),
                (None, None) => expected += &format!("{text}\n"),
            }
        }
        let printed = Tool::program("sh").args(["-c", &format!("exec 2>&1\n{script}")]).run().out();
        assert_eq!(printed, expected, "README.md, line {line}:\n{script}");
    }
}

#[test]
fn readme_names_every_tool_and_no_other() {
    let readme = read("README.md");
    let section = readme.split("## Tools").nth(1).and_then(|text| text.split("\n## ").next()).expect("a section");
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    let named: Vec<&str> = rows.collect();
    let mut tools = tools();
    tools.sort();
    assert_eq!(named, tools);
}

#[test]
fn readme_names_every_scheme() {
    let readme = read("README.md");
    for table in auth::ALL {
        assert!(readme.contains(&format!("\n| `{}` |", table.name)), "{}", table.name);
    }
}

#[test]
fn man_pages_render_without_a_warning() {
    for page in pages() {
        let groff = Tool::program("groff").args(["-ww", "-Tutf8", "-man"]).arg(&page);
        groff.succeeds().stderr_is("");
        // There is no date, so that a page only changes when what it says does.
        let mandoc = Tool::program("mandoc").args(["-T", "lint", "-W", "warning"]).arg(&page).run().out();
        let complaints: Vec<&str> = mandoc.lines().filter(|line| !line.contains("missing date")).collect();
        assert!(complaints.is_empty(), "{complaints:#?}");
    }
}

fn pages() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("man")).expect("man/");
    entries.map(|entry| entry.expect("an entry").path()).collect()
}

#[test]
fn man_pages_have_their_sections_in_order() {
    let expected =
        ["NAME", "SYNOPSIS", "DESCRIPTION", "EXAMPLES", "OPTIONS", "ENVIRONMENT", "EXIT STATUS", "FILES", "SEE ALSO"];
    for tool in tools() {
        let page = read(&format!("man/{tool}.1"));
        let found: Vec<&str> =
            page.lines().filter_map(|line| line.strip_prefix(".SH ")).map(|name| name.trim_matches('"')).collect();
        let known: Vec<&str> = found.iter().copied().filter(|name| expected.contains(name)).collect();
        assert_eq!(known, expected, "{tool}");
    }
}

#[test]
fn man_page_of_the_request_line_names_every_format() {
    use countersign_shared::options::Choices as _;
    let page = read("man/countersign-request.5").replace("\\-", "-");
    let from = InputFormat::CHOICES.iter().map(|(choice, _)| choice.name);
    let to = OutputFormat::CHOICES.iter().map(|(choice, _)| choice.name);
    for value in from.chain(to) {
        assert!(page.contains(&format!("\n.B {value}\n")), "{value}");
    }
}

#[test]
fn completions_are_scripts_of_their_shells() {
    for tool in tools() {
        let folder = root().join("completions");
        Tool::program("bash").arg("-n").arg(folder.join(format!("{tool}.bash"))).succeeds().stderr_is("");
        Tool::program("zsh").arg("-n").arg(folder.join(format!("_{tool}"))).succeeds().stderr_is("");
        Tool::program("fish").arg("-n").arg(folder.join(format!("{tool}.fish"))).succeeds().stderr_is("");
    }
}

#[test]
fn bash_completes_schemes_options_and_values() {
    let completed = |words: &str| {
        let words: Vec<&str> = words.split(' ').collect();
        let script = format!(
            "source {}; COMP_WORDS=({}); COMP_CWORD={}; _sign sign '{}' '{}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            root().join("completions/sign.bash").display(),
            words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(" "),
            words.len() - 1,
            words[words.len() - 1],
            words[words.len() - 2],
        );
        Tool::program("bash").args(["-c", &script]).succeeds().lines()
    };
    assert_eq!(completed("sign bea"), ["bearer"]);
    assert_eq!(completed("sign aws --add"), ["--add-auth-data-to-query"]);
    assert_eq!(completed("sign apikey --in q"), ["query"]);
    assert!(completed("sign none --to ").contains(&"header".to_owned()));
}

#[test]
fn fish_completes_schemes_options_and_values() {
    let completed = |line: &str| {
        let script = format!("source {}; complete -C '{line}'", root().join("completions/sign.fish").display());
        let lines = Tool::program("fish").args(["--no-config", "-c", &script]).succeeds().lines();
        lines.iter().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(completed("sign bea"), ["bearer"]);
    assert_eq!(completed("sign aws --add"), ["--add-auth-data-to-query"]);
    assert_eq!(completed("sign apikey --in q"), ["query"]);
}

#[test]
fn help_and_version_exit_0_and_what_nobody_knows_exits_2() {
    for tool in tools() {
        let version = Tool::new(&tool).arg("--version").succeeds().stderr_is("").out();
        assert_eq!(version, format!("{tool} {}\n", env!("CARGO_PKG_VERSION")));
        let unknown = Tool::new(&tool).arg("--no-such-option").fails(2).stdout_is("");
        unknown.stderr_has(&format!("{tool}: ")).stderr_has("--no-such-option");
    }
    sign(["aws", "--version"]).succeeds().stdout_is(&format!("sign {}\n", env!("CARGO_PKG_VERSION")));
    sign(["no-such-scheme"]).fails(2).stdout_is("").stderr_has("sign: unknown scheme 'no-such-scheme'");
    sign(["none", "--to", "no-such-format"]).fails(2).stdout_is("").stderr_has("curl-config");
}

#[test]
fn man_pages_refer_to_every_other_tool() {
    for tool in tools() {
        let page = read(&format!("man/{tool}.1")).replace("\\-", "-");
        let also = page.split(".SH \"SEE ALSO\"").nth(1).expect("a section");
        for other in tools().iter().filter(|other| **other != tool) {
            assert!(also.contains(&format!("{other}\\fR(1)")), "{tool}(1) does not refer to {other}(1)");
        }
    }
}

#[test]
fn without_a_scheme_help_goes_to_stderr_with_exit_2() {
    sign([""; 0]).fails(2).stdout_is("").stderr_has("Usage: sign SCHEME [OPTIONS] [FILE]...").stderr_has("basic");
}

#[test]
fn help_is_coloured_only_when_asked_or_on_a_terminal() {
    let escape = '\u{1b}';
    assert!(!sign(["-h"]).succeeds().out().contains(escape));
    assert!(sign(["-h", "--color", "always"]).succeeds().out().contains(escape));
    assert!(sign(["-h", "--color=always"]).env("NO_COLOR", "1").succeeds().out().contains(escape));
    let terminal = |arguments: &str| {
        Tool::program("script").args(["-qec", &format!("sign {arguments}"), "/dev/null"]).env("TERM", "xterm")
    };
    assert!(terminal("-h").succeeds().out().contains(escape));
    assert!(!terminal("-h --color never").succeeds().out().contains(escape));
    assert!(!terminal("-h").env("NO_COLOR", "1").succeeds().out().contains(escape));
    assert!(!terminal("-h").env("TERM", "dumb").succeeds().out().contains(escape));
}

#[test]
fn help_to_a_reader_that_has_gone_ends_quietly_and_to_a_full_disk_does_not() {
    let script = "sign --help | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}";
    Tool::program("bash").args(["-c", script]).succeeds().stderr_is("");
    if Path::new("/dev/full").exists() {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("/dev/full");
        sign(["--help"]).stdout_to(full).exits(1).stderr_has("sign: ");
    }
}

#[test]
fn a_command_line_that_is_wrong_is_told_what_is_wrong_with_it() {
    const SCHEME: &str = "\n\nUsage: sign SCHEME [OPTIONS] [FILE]...\n\nFor more information, try '--help'.\n";
    let line = |arguments: &[&str]| {
        let (tool, rest) = arguments.split_first().expect("a tool");
        let text = Tool::new(tool).args(rest).fails(2).stdout_is("").err();
        assert!(text.ends_with("\n\nFor more information, try '--help'.\n"), "{text}");
        text.strip_prefix(&format!("{tool}: ")).unwrap_or_else(|| panic!("{text}")).to_owned()
    };
    assert_eq!(
        line(&["sign", "awss"]),
        format!("unknown scheme 'awss'\n\n  tip: some similar schemes exist: 'awsv4', 'aws'{SCHEME}")
    );
    for (arguments, expected) in [
        (
            &["sign", "aws", "--regio", "x"][..],
            "unexpected argument '--regio' found\n\n  tip: a similar argument exists: '--region'\n\nUsage: ",
        ),
        (&["sign", "bearer", "--token"], "a value is required for '--token SECRET' but none was supplied\n"),
        (&["sign", "none", "--to", "jsn"], "invalid value 'jsn' for '--to FORMAT'\n  [possible values: json, "),
        (&["sign", "none", "--to", "jsn"], "\n  tip: a similar value exists: 'json'\n"),
        (&["sign", "none", "--jobs", "0"], "invalid value '0' for '--jobs N': 0 is not in 1..=256\n"),
        (&["sign", "none", "--now", "x"], "invalid value 'x' for '--now TIME': "),
        (
            &["sign", "none", "--max-time", "1w"],
            "invalid value '1w' for '--max-time DURATION': is not a duration: write ",
        ),
        (&["sign", "none", "--strict=yes"], "unexpected value 'yes' for '--strict' found; no more were expected\n"),
        (&["sign", "none", "--cert-key", "k"], "the argument '--cert FILE' is missing\n"),
        (&["oauth-token", "rename"], "the arguments 'NAME', 'NEW' are missing\n"),
        (&["oauth-token", "show", "a", "b"], "unexpected argument 'b' found\n"),
        (&["oauth-token", "profile", "ad"], "unknown command 'ad'\n\n  tip: a similar command exists: 'add'\n"),
        (
            &["capture", "--for", "1s", "ca"],
            "unexpected argument 'ca' found\n\nUsage: capture [OPTIONS] [-- COMMAND...]\n",
        ),
        (&["sign", "-q"], "no scheme was given\n  [schemes: none, "),
        (&["sign", "none", "\u{1b}[31m", "--\u{1b}"], "unexpected argument '--\u{fffd}' found"),
    ] {
        let text = line(arguments);
        assert!(text.contains(expected), "{arguments:?}: {text}");
    }
    let strict = Tool::new("sign").args(["none"]).env("COUNTERSIGN_SIGN_STRICT", "perhaps").fails(2);
    strict
        .stderr_has("sign: invalid value 'perhaps' for '--strict'")
        .stderr_has("\n\n  tip: the value is that of the environment variable COUNTERSIGN_SIGN_STRICT\n\n");
    let colored = Tool::new("sign").args(["awss", "--color=always"]).fails(2).err();
    assert!(colored.starts_with("\u{1b}[1;31msign:\u{1b}[0m unknown scheme "), "{colored}");
}
