//! The places in the source that a scheme touches.
//!
//! A new scheme is a file `shared/src/auth/NAME.rs` (with a folder of that name if it is large), which holds its table and
//! its signer, a line `mod` and a line in the list `ALL` of `shared/src/auth.rs`. Its verifier is a file
//! `tools/sign/verify/NAME.rs` and the same two lines in `tools/sign/verify.rs`. Beside the source it needs a row in the
//! README's table of schemes, vectors below `tests/vectors/NAME/`, and `make docs` for man page and completions. The tests
//! below fail if a scheme is named anywhere else.

use std::path::{Path, PathBuf};

use countersign_shared::auth;

/// Files that use a scheme, and the scheme. They sign with it or share a part of it, and list no schemes.
const USES: [(&str, &str); 3] = [
    // A token store keeps OAuth 1.0 credentials by the keys of the scheme's table.
    ("shared/src/oauth/keeper.rs", "oauth1"),
    // A request for OAuth 1.0 credentials is signed itself.
    ("tools/oauth-token/grant/oauth1.rs", "oauth1"),
    // A line without `_auth` passes as it is.
    ("tools/sign/authorizer.rs", "none"),
];

/// The files that choose between schemes.
const CORE: [&str; 12] = [
    "shared/src/auth.rs",
    "shared/src/auth/asked.rs",
    "shared/src/auth/outcome.rs",
    "shared/src/auth/parameters.rs",
    "shared/src/auth/scheme.rs",
    "shared/src/auth/session.rs",
    "tools/sign/authorizer.rs",
    "tools/sign/cli.rs",
    "tools/sign/main.rs",
    "tools/sign/run.rs",
    "tools/sign/signer.rs",
    "tools/sign/verify.rs",
];

const SCHEMES: &str = "shared/src/auth.rs";
const VERIFIERS: &str = "tools/sign/verify.rs";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The source files below a folder, by their paths from the root.
fn sources(folder: &Path, found: &mut Vec<String>) {
    let entries = std::fs::read_dir(root().join(folder)).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| folder.join(entry.expect("an entry").file_name())).collect();
    paths.sort();
    for path in paths {
        if root().join(&path).is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path.to_str().expect("UTF-8").replace('\\', "/"));
        }
    }
}

fn all_sources() -> Vec<String> {
    let mut found = Vec::new();
    sources(Path::new("shared/src"), &mut found);
    sources(Path::new("tools"), &mut found);
    assert!(found.len() > 100, "{}", found.len());
    found
}

/// The lines of code, without comments and with each `use` on one line.
fn lines(path: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in read(path).lines() {
        let line = line.split("//").next().unwrap_or_default().trim();
        match lines.last_mut() {
            Some(last) if last.starts_with("use ") && !last.ends_with(';') => *last += line,
            _ if line.is_empty() => {}
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// Returns true if a line of a file names the module of a scheme.
fn names(path: &str, line: &str, scheme: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let is_list = path == SCHEMES || path == VERIFIERS;
    let is_neighbour = Path::new(path).parent() == Some(Path::new("shared/src/auth"));
    line.match_indices(scheme).any(|(at, _)| {
        let (before, after) = (&line[..at], &line[at + scheme.len()..]);
        if before.ends_with(is_word) || after.starts_with(is_word) {
            return false;
        }
        before.ends_with("auth::")
            || (is_neighbour && before.ends_with("super::"))
            || (before.contains("auth::{") && !before.contains('}'))
            || (is_list && (before.ends_with("mod ") || after.starts_with("::")))
    })
}

/// Returns true if a file belongs to a scheme: its own file or folder, or those of its verifier.
fn belongs(path: &str, scheme: &str) -> bool {
    ["shared/src/auth/", "tools/sign/verify/"].iter().any(|folder| {
        let rest = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix(scheme));
        rest.is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
    })
}

#[test]
fn a_scheme_is_a_file_and_two_lines_of_the_list() {
    let sources = all_sources();
    for table in auth::ALL {
        let name = table.name;
        assert!(sources.contains(&format!("shared/src/auth/{name}.rs")), "{name} has no file of its own");
        for path in &sources {
            if belongs(path, name) || USES.contains(&(path.as_str(), name)) {
                continue;
            }
            let named: Vec<String> = lines(path).into_iter().filter(|line| names(path, line, name)).collect();
            let has_verifier = sources.contains(&format!("tools/sign/verify/{name}.rs"));
            let expected = match path.as_str() {
                SCHEMES => [format!("pub mod {name};"), format!("&{name}::TABLE,")].to_vec(),
                VERIFIERS if has_verifier => [format!("mod {name};"), format!("&{name}::VERIFIER,")].to_vec(),
                _ => Vec::new(),
            };
            assert_eq!(named, expected, "{path} names the scheme {name}");
        }
    }
}

#[test]
fn no_file_that_chooses_between_schemes_knows_one_by_its_name() {
    for path in CORE {
        let lines = lines(path);
        for table in auth::ALL {
            for name in std::iter::once(&table.name).chain(table.aliases) {
                let literal = format!("\"{name}\"");
                assert_eq!(lines.iter().find(|line| line.contains(&literal)), None, "{path}");
            }
        }
    }
}

#[test]
fn every_use_that_is_allowed_is_there() {
    for (path, scheme) in USES {
        assert!(lines(path).iter().any(|line| names(path, line, scheme)), "{path} no longer uses {scheme}");
    }
}

#[test]
fn every_parameter_of_a_scheme_is_in_its_table() {
    let mut count = 0;
    for path in all_sources() {
        let Some(rest) = path.strip_prefix("shared/src/auth/") else { continue };
        let scheme = rest.split(['.', '/']).next().expect("a name");
        let Some(table) = auth::named(scheme) else { continue };
        let constants = read(&path);
        for constant in constants.split("const ").skip(1).filter(|text| {
            text.split(['=', ';']).next().is_some_and(|declaration| declaration.trim_end().ends_with(": Parameter"))
        }) {
            let expression = constant.split(';').next().expect("an expression");
            // A constant that adds a text to a shared one has its name in lower case as key.
            let key = match expression.split_once("parameters::") {
                Some((_, rest)) => rest.split('.').next().expect("a name").to_ascii_lowercase(),
                None => expression.split('"').nth(1).expect("a key").to_owned(),
            };
            assert!(table.parameter(&key).is_some(), "{path}: {key} is not in the table");
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}
