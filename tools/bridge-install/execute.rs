//! Executes a plan. A step that fails does not keep the others from being done.

use std::io;
use std::path::Path;

use countersign_shared::bridge::key::Keys;
use countersign_shared::encode;
use countersign_shared::error::Error;
use countersign_shared::moment;
use countersign_shared::places::{self, Existing};

use crate::failure::Failure;
use crate::registry::Registry;
use crate::step::{Change, Plan, Step};

/// Does every step that changes something. A step that failed is removed from the plan, and its failure added.
pub(crate) fn run(plan: &mut Plan, registry: &mut dyn Registry) {
    let failures = &mut plan.failures;
    plan.items.retain(|item| {
        let done = if item.change == Change::None { Ok(()) } else { item.step.execute(registry) };
        done.map_err(|failure| failures.push(failure)).is_ok()
    });
}

impl Step {
    fn execute(&self, registry: &mut dyn Registry) -> Result<(), Failure> {
        match self {
            Self::MakeFolder { path } => make_folder(path).map_err(|error| Failure::file(path, &error)),
            Self::CopyProgram { from, path } => copy_program(from, path).map_err(|error| Failure::file(path, &error)),
            Self::MakeKey { path } => make_key(path),
            Self::CopyKey { from, path } => std::fs::read(from)
                .and_then(|key| places::write_private(path, &key, Existing::Replace))
                .map_err(|error| Failure::file(path, &error)),
            Self::WriteFile { path, text } => places::write_private(path, text.as_bytes(), Existing::Replace)
                .map_err(|error| Failure::file(path, &error)),
            Self::SetRegistry { key, value } => {
                registry.set(key, value).map_err(|error| Failure::registry(key, &error))
            }
            Self::RemoveRegistry { key } => registry.remove(key).map_err(|error| Failure::registry(key, &error)),
            Self::RemoveFile { path } => gone(std::fs::remove_file(path)).map_err(|error| Failure::file(path, &error)),
            Self::RemoveFolder { path } => remove_if_empty(path).map_err(|error| Failure::file(path, &error)),
        }
    }
}

/// Takes a file or folder that is gone already for removed.
fn gone(outcome: io::Result<()>) -> io::Result<()> {
    outcome.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}

/// Removes a folder, unless other programs have put something into it.
fn remove_if_empty(path: &Path) -> io::Result<()> {
    match gone(std::fs::remove_dir(path)) {
        Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
        outcome => outcome,
    }
}

fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Copies a program beside its place first and then renames it, so that a browser that starts the bridge meanwhile gets
/// the old one or the new one, and never half of it.
fn copy_program(from: &Path, path: &Path) -> io::Result<()> {
    let token = moment::random(8).map_err(|error| io::Error::other(error.to_string()))?;
    let draft = path.with_file_name(format!(".draft-{}", encode::hex(&token)));
    // The mode is set before the rename, because a browser may start the program at any moment after it.
    let outcome = std::fs::copy(from, &draft).and_then(|_| close(&draft)).and_then(|()| replace(&draft, path));
    if outcome.is_err() {
        let _ = std::fs::remove_file(&draft);
    }
    outcome
}

#[cfg(unix)]
fn close(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
fn close(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Puts the copy in place. Windows does not replace a program that runs, but lets it be renamed; the next installation
/// removes the renamed one.
fn replace(draft: &Path, path: &Path) -> io::Result<()> {
    if cfg!(windows) && path.exists() {
        let old = path.with_extension("old");
        gone(std::fs::remove_file(&old))?;
        std::fs::rename(path, old)?;
    }
    std::fs::rename(draft, path)
}

fn make_key(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    Keys::within(folder.to_owned()).make_default().map(drop).map_err(|error| match error {
        Error::File { path, source } => Failure::file(&path, &source),
        other => Failure::Other {
            place: path.display().to_string(),
            problem: other.to_string(),
            advice: "remove it and run this again".to_owned(),
        },
    })
}
