//! Which file of a crate names things of which other: `use` and paths in the code alike, from `crate`, `self`, `super` or a
//! module that is known by its name. A `mod` line alone is no such arrow.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::tokens::{Kind, Token, of_program};

/// A module by its path from the crate's root: `["auth", "aws"]`.
type Name = Vec<String>;

/// A crate: its modules, and the arrows between its files.
pub(super) struct Crate {
    root: PathBuf,
    modules: BTreeMap<Name, Vec<PathBuf>>,
    arrows: BTreeMap<(PathBuf, PathBuf), (usize, String)>,
}

impl Crate {
    /// Reads the crate whose root is this file.
    pub(super) fn read(root: &Path) -> Self {
        Self::of(root, &|path| std::fs::read_to_string(path).ok())
    }

    fn of(root: &Path, read: &dyn Fn(&Path) -> Option<String>) -> Self {
        let mut this = Self { root: root.to_path_buf(), modules: BTreeMap::new(), arrows: BTreeMap::new() };
        let mut files = Vec::new();
        this.find(root, &Name::new(), root.parent().expect("a folder"), read, &mut files);
        for (file, name, tokens) in &files {
            Reader { of: &mut this, file, aliases: BTreeMap::new() }.scan(tokens, name);
        }
        this
    }

    /// Follows the `mod` lines of a file.
    fn find(
        &mut self,
        file: &Path,
        name: &Name,
        folder: &Path,
        read: &dyn Fn(&Path) -> Option<String>,
        files: &mut Vec<(PathBuf, Name, Vec<Token>)>,
    ) {
        let text = read(file).unwrap_or_else(|| panic!("{} is not there", file.display()));
        let tokens = of_program(&text);
        self.modules.entry(name.clone()).or_default().push(file.to_path_buf());
        for (inner, child, path) in declared(&tokens) {
            let within = [name.as_slice(), &inner, std::slice::from_ref(&child)].concat();
            let folder = inner.iter().fold(folder.to_path_buf(), |folder, part| folder.join(part));
            let Some(path) = path else {
                self.modules.entry(within).or_default().push(file.to_path_buf());
                continue;
            };
            let path = match path {
                Place::Named(path) => file.parent().expect("a folder").join(path),
                Place::ByName => folder.join(format!("{child}.rs")),
            };
            self.find(&path, &within, &folder.join(&child), read, files);
        }
        files.push((file.to_path_buf(), name.clone(), tokens));
    }

    /// The arrows: the file that names something, the file that has it, and a line with the path as it is written there.
    pub(super) fn arrows(&self) -> impl Iterator<Item = (&Path, &Path, usize, &str)> {
        self.arrows.iter().map(|((from, to), (line, path))| (from.as_path(), to.as_path(), *line, path.as_str()))
    }

    /// The arrows that end in the crate's root.
    pub(super) fn to_root(&self) -> Vec<(&Path, usize, &str)> {
        self.arrows().filter(|(_, to, ..)| *to == self.root).map(|(from, _, line, path)| (from, line, path)).collect()
    }

    /// The sets of files each of which names things of each other, by whatever way round.
    pub(super) fn circles(&self) -> Vec<BTreeSet<&Path>> {
        let mut circles: Vec<BTreeSet<&Path>> = Vec::new();
        for file in self.modules.values().flatten() {
            let there = self.reached(file);
            let circle: BTreeSet<&Path> =
                there.iter().copied().filter(|other| self.reached(other).contains(file.as_path())).collect();
            if !circle.is_empty() && !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    }

    /// Lists the files that a file names, and those that they name in turn.
    fn reached(&self, file: &Path) -> BTreeSet<&Path> {
        let mut reached = BTreeSet::new();
        let mut next = vec![file.to_path_buf()];
        while let Some(file) = next.pop() {
            for (from, to, ..) in self.arrows() {
                if from == file && reached.insert(to) {
                    next.push(to.to_path_buf());
                }
            }
        }
        reached
    }

    /// The files of the deepest module that this path goes through, and how many of its names are modules.
    fn resolve(&self, path: &[String]) -> (usize, Vec<PathBuf>) {
        let depth = (0..=path.len()).rev().find(|depth| self.modules.contains_key(&path[..*depth])).unwrap_or_default();
        (depth, self.modules[&path[..depth]].clone())
    }
}

/// Locates a module's file.
enum Place {
    /// At a path that an attribute names.
    Named(String),
    /// The file lies where the module's name says.
    ByName,
}

/// The modules that a file declares: the modules within the file that the declaration stands in, the name, and the place
/// of the file that it has to itself.
fn declared(tokens: &[Token]) -> Vec<(Name, String, Option<Place>)> {
    let mut found = Vec::new();
    let mut scopes = Scopes::default();
    for (at, token) in tokens.iter().enumerate() {
        let name = tokens.get(at + 1).and_then(Token::word);
        if let (true, Some(name)) = (token.is_word("mod"), name) {
            let place = tokens
                .get(at + 2)
                .is_some_and(|next| next.is_mark(';'))
                .then(|| named(&tokens[..at]).map_or(Place::ByName, Place::Named));
            found.push((scopes.names(), name.to_owned(), place));
        }
        scopes.pass(tokens, at);
    }
    found
}

/// The path of the attribute right before an item, with whatever visibility between.
fn named(before: &[Token]) -> Option<String> {
    let start = before.iter().rposition(|token| token.is_mark(';') || token.is_mark('}')).map_or(0, |at| at + 1);
    let at = before[start..].windows(2).position(|pair| pair[0].is_word("path") && pair[1].is_mark('='))?;
    match &before[start + at + 2].kind {
        Kind::Literal(text) => Some(text.trim_matches('"').to_owned()),
        _ => None,
    }
}

/// The modules within a file that a place lies in.
#[derive(Default)]
struct Scopes {
    depth: usize,
    open: Vec<(String, usize)>,
}

impl Scopes {
    fn pass(&mut self, tokens: &[Token], at: usize) {
        if tokens[at].is_mark('{') {
            if let [.., keyword, name] = &tokens[..at]
                && let (true, Some(name)) = (keyword.is_word("mod"), name.word())
            {
                self.open.push((name.to_owned(), self.depth));
            }
            self.depth += 1;
        } else if tokens[at].is_mark('}') {
            self.depth -= 1;
            self.open.pop_if(|(_, depth)| *depth == self.depth);
        }
    }

    fn names(&self) -> Name {
        self.open.iter().map(|(name, _)| name.clone()).collect()
    }
}

/// Reads a file's paths.
struct Reader<'a> {
    of: &'a mut Crate,
    file: &'a Path,
    /// Maps each name that a file has imported to the module behind it.
    aliases: BTreeMap<String, Name>,
}

impl Reader<'_> {
    fn scan(&mut self, tokens: &[Token], name: &Name) {
        // Imports first: what they bring may be named before them.
        for pass in [true, false] {
            let mut scopes = Scopes::default();
            let mut at = 0;
            while at < tokens.len() {
                let module = [name.as_slice(), &scopes.names()].concat();
                if tokens[at].is_word("use") && !tokens[at + 1].is_mark('<') {
                    let mut next = at + 1;
                    if pass {
                        self.tree(tokens, &mut next, &module, &[]);
                    } else {
                        next = (at..tokens.len()).find(|next| tokens[*next].is_mark(';')).expect("an end");
                    }
                    at = next;
                    continue;
                }
                if !pass && let Some((path, end)) = self.path(tokens, at) {
                    self.named(&path, &module, tokens[at].line);
                    at = end;
                    continue;
                }
                scopes.pass(tokens, at);
                at += 1;
            }
        }
    }

    /// One tree of a `use`, from the path before it.
    fn tree(&mut self, tokens: &[Token], at: &mut usize, module: &Name, before: &[String]) {
        let line = tokens[*at].line;
        let mut path = before.to_vec();
        loop {
            match &tokens[*at].kind {
                Kind::Word(word) if word == "as" => {
                    self.import(&path, module, line, tokens[*at + 1].word());
                    *at += 2;
                    return;
                }
                Kind::Word(word) => path.push(word.clone()),
                Kind::Mark('*') => path.push("*".to_owned()),
                Kind::Mark('{') => {
                    *at += 1;
                    while !tokens[*at].is_mark('}') {
                        self.tree(tokens, at, module, &path);
                        if tokens[*at].is_mark(',') {
                            *at += 1;
                        }
                    }
                    *at += 1;
                    return;
                }
                Kind::Mark(':') => {}
                _ => {
                    self.import(&path, module, line, None);
                    return;
                }
            }
            *at += 1;
        }
    }

    fn import(&mut self, path: &[String], module: &Name, line: usize, alias: Option<&str>) {
        let mut path = path.to_vec();
        path.pop_if(|last| last == "self");
        let Some(full) = self.full(&path, module) else { return };
        if self.of.modules.contains_key(&full) && !full.is_empty() {
            // A module itself: what is taken from it is named in the code.
            let own = full.last().expect("a name").clone();
            self.aliases.insert(alias.map_or(own, str::to_owned), full);
        } else {
            self.arrow(&full, &path, line);
        }
    }

    /// A path in the code: at least one `::`.
    fn path(&self, tokens: &[Token], start: usize) -> Option<(Name, usize)> {
        let mut path = vec![tokens[start].word()?.to_owned()];
        let follows = |at: usize, mark| tokens.get(at).is_some_and(|token| token.is_mark(mark));
        let is_inner = start > 1 && follows(start - 1, ':') && follows(start - 2, ':');
        if is_inner || start > 0 && follows(start - 1, '.') {
            return None;
        }
        let mut at = start + 1;
        while follows(at, ':') && follows(at + 1, ':') {
            let Some(word) = tokens.get(at + 2).and_then(Token::word) else { break };
            path.push(word.to_owned());
            at += 3;
        }
        // `pub(in path)` is nothing that the file needs from there.
        let is_visibility = start > 0 && tokens[start - 1].is_word("in") && start > 1 && tokens[start - 2].is_mark('(');
        (path.len() > 1 && !is_visibility).then_some((path, at))
    }

    fn named(&mut self, path: &Name, module: &Name, line: usize) {
        let full = match self.aliases.get(&path[0]) {
            Some(alias) => Some([alias.as_slice(), &path[1..]].concat()),
            None => self.full(path, module),
        };
        if let Some(full) = full {
            self.arrow(&full, path, line);
        }
    }

    /// A path from the crate's root, or `None` where it leads out of the crate or names no module.
    fn full(&self, path: &[String], module: &Name) -> Option<Name> {
        let (first, rest) = path.split_first()?;
        match first.as_str() {
            "crate" => Some(rest.to_vec()),
            "self" => Some([module.as_slice(), rest].concat()),
            "super" => {
                let (_, parent) = module.split_last()?;
                let path = [&["self".to_owned()], rest].concat();
                let path = if rest.first().is_some_and(|next| next == "super") { rest } else { &path };
                self.full(path, &parent.to_vec())
            }
            _ => {
                let full = [module.as_slice(), path].concat();
                self.of.modules.contains_key(&full[..=module.len()]).then_some(full)
            }
        }
    }

    fn arrow(&mut self, full: &Name, path: &[String], line: usize) {
        let (_, files) = self.of.resolve(full);
        for to in files {
            if to != self.file {
                self.of.arrows.entry((self.file.to_path_buf(), to)).or_insert_with(|| (line, path.join("::")));
            }
        }
    }
}

mod checks {
    use super::*;

    /// A crate of these files, of which the first is the root.
    fn of(files: &[(&str, &str)]) -> Crate {
        let read = |path: &Path| {
            let found = files.iter().find(|(name, _)| Path::new(name) == path);
            found.map(|(_, text)| (*text).to_owned())
        };
        Crate::of(Path::new(files[0].0), &read)
    }

    fn arrows(of: &Crate) -> Vec<String> {
        of.arrows().map(|(from, to, line, _)| format!("{}:{line} {}", from.display(), to.display())).collect()
    }

    fn circles(of: &Crate) -> Vec<Vec<String>> {
        let names = |circle: BTreeSet<&Path>| circle.iter().map(|path| path.display().to_string()).collect();
        of.circles().into_iter().map(names).collect()
    }

    #[test]
    fn a_declaration_is_no_arrow_and_each_kind_of_path_is_one() {
        let of = of(&[
            ("src/lib.rs", "mod a;\nmod b;\nmod c;\nmod d;\n#[cfg(test)]\nmod tests;"),
            ("src/a.rs", "use crate::b::{X, Y as Z};\nfn f() -> impl Sized + use<> { super::c::f() }"),
            (
                "src/b.rs",
                "//! [`crate::a`]\npub(in crate::a) struct X; // crate::a::f\nconst T: &str = \"crate::a::f\";",
            ),
            ("src/c.rs", "mod e;\nuse super::d;\nfn f() { d::f(); e::f() }"),
            ("src/c/e.rs", "fn f() {}"),
            ("src/d.rs", "use super::c as other;\nfn f() { let _: other::e::E; }"),
        ]);
        let expected = [
            "src/a.rs:1 src/b.rs",
            "src/a.rs:2 src/c.rs",
            "src/c.rs:3 src/c/e.rs",
            "src/c.rs:3 src/d.rs",
            "src/d.rs:2 src/c/e.rs",
        ];
        assert_eq!(arrows(&of), expected);
        assert_eq!(circles(&of), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_parent_that_hands_on_what_its_children_import_from_it_is_a_circle() {
        let of = of(&[
            ("main.rs", "mod a;\nuse a::run;\nconst TOOL: &str = \"t\";"),
            (
                "a.rs",
                "mod b;\n#[path = \"a/other.rs\"]\nmod c;\npub(crate) use b::B;\npub(crate) use self::c::C;\nfn run() {}",
            ),
            ("a/b.rs", "use super::C;\npub(crate) struct B;"),
            ("a/other.rs", "fn f() { crate::TOOL; }\nmod inner { use super::super::super::TOOL; }"),
        ]);
        assert_eq!(circles(&of), [["a/b.rs", "a/other.rs", "a.rs", "main.rs"]]);
        let to_root: Vec<(&Path, usize, &str)> = of.to_root();
        assert_eq!(to_root, [(Path::new("a/other.rs"), 2, "super::super::super::TOOL")]);
    }

    #[test]
    fn a_module_may_go_by_its_parents_path_without_its_parent() {
        let of = of(&[
            ("src/lib.rs", "mod a;"),
            ("src/a.rs", "mod b;\nmod c;\npub use b::B;"),
            ("src/a/b.rs", "use super::c::C;\nuse crate::a::c;\nfn f() { c::f(); }"),
            ("src/a/c.rs", "use super::b::*;"),
        ]);
        assert_eq!(circles(&of), [["src/a/b.rs", "src/a/c.rs"]]);
    }
}
