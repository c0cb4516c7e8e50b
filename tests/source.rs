//! The source's own rules: its words, its names, its imports and its sizes. The source is read as text, not compiled.

mod imports;
mod sizes;
mod tokens;
mod words;

use std::path::{Path, PathBuf};

use self::imports::Crate;
use self::tokens::Token;

/// Limit for the lines of a file, its tests aside.
const FILE: usize = 500;

/// Limit for the lines of a function.
const FUNCTION: usize = 60;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the core, of a tool or of the tests.
struct File {
    path: PathBuf,
    text: String,
    tokens: Vec<Token>,
}

impl File {
    fn all() -> Vec<Self> {
        Self::below(&["shared/src", "tools"])
    }

    /// Returns the files of some folders of the project, by path.
    fn below(folders: &[&str]) -> Vec<Self> {
        let mut all = Vec::new();
        let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let text = std::fs::read_to_string(&path).expect("text");
                    let tokens = tokens::of_program(&text);
                    all.push(Self { path, text, tokens });
                }
            }
        }
        all.sort_by(|one, other| one.path.cmp(&other.path));
        assert!(all.len() > 100, "the source is not where this looks for it");
        all
    }
}

fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// Collects what a check finds in each file, as lines that an editor can follow.
fn found(check: impl Fn(&File) -> Vec<(usize, String)>) -> Vec<String> {
    found_in(&File::all(), check)
}

fn found_in(files: &[File], check: impl Fn(&File) -> Vec<(usize, String)>) -> Vec<String> {
    let lines = |file: &File| {
        let path = short(&file.path);
        check(file).into_iter().map(|(line, text)| format!("{path}:{line}: {text}")).collect::<Vec<_>>()
    };
    files.iter().flat_map(lines).collect()
}

#[track_caller]
fn is_empty(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}; {} do otherwise:\n{}", found.len(), found.join("\n"));
}

fn crates() -> Vec<Crate> {
    let tools = std::fs::read_dir(root().join("tools")).expect("a folder");
    let mut roots: Vec<PathBuf> = tools.map(|tool| tool.expect("an entry").path().join("main.rs")).collect();
    roots.push(root().join("shared/src/lib.rs"));
    roots.sort();
    roots.iter().map(|root| Crate::read(root)).collect()
}

fn errors() -> Vec<String> {
    found(|file| words::errors(&file.tokens))
}

fn fragments() -> Vec<String> {
    // Tests are read by strangers as well.
    found_in(&File::below(&["shared", "tools", "tests"]), |file| words::fragments(&file.tokens))
}

fn hiding() -> Vec<String> {
    found(|file| words::hiding(&file.tokens))
}

fn circles() -> Vec<String> {
    let mut found = Vec::new();
    for of in crates() {
        for circle in of.circles() {
            found.push(format!("circle of {} files", circle.len()));
            let within = of.arrows().filter(|(from, to, ..)| circle.contains(from) && circle.contains(to));
            found.extend(
                within.map(|(from, to, line, path)| format!("  {}:{line}: {path} of {}", short(from), short(to))),
            );
        }
    }
    found
}

fn to_main() -> Vec<String> {
    let arrow = |(from, line, path): (&Path, usize, &str)| format!("{}:{line}: {path}", short(from));
    crates().iter().flat_map(|of| of.to_root().into_iter().map(arrow).collect::<Vec<_>>()).collect()
}

fn long() -> Vec<String> {
    found(|file| {
        if file.path.ends_with("tests.rs") {
            return Vec::new();
        }
        let lines = sizes::lines(&file.text, &file.tokens);
        let mut long: Vec<(usize, String)> =
            (lines > FILE).then(|| (1, format!("{lines} lines"))).into_iter().collect();
        let functions = sizes::functions(&file.tokens).into_iter().filter(|(.., lines)| *lines > FUNCTION);
        long.extend(functions.map(|(line, name, lines)| (line, format!("{name} has {lines} lines"))));
        long
    })
}

#[test]
fn each_section_on_errors_says_when_they_come() {
    is_empty(&errors(), "a section on errors says if, when, where or unless");
}

#[test]
fn no_doc_comment_opens_with_half_a_sentence() {
    is_empty(&fragments(), "a doc comment is a sentence, or a noun for a field");
}

#[test]
fn no_type_hides_one_of_the_standard_library() {
    is_empty(&hiding(), "a type's name is none that every file has already");
}

#[test]
fn imports_run_one_way() {
    is_empty(&circles(), "files of a crate import in no circle");
    is_empty(&to_main(), "nothing is imported from a crate's root");
}

#[test]
fn files_and_functions_are_short() {
    is_empty(&long(), &format!("a file has {FILE} lines at most without its tests, a function {FUNCTION}"));
}
