//! `--print-script`: writes a plan as a script, for users who want to read it first and run it by hand.

use std::path::Path;

use countersign_shared::bridge::places::System;

use crate::step::{Change, Item, Step};

/// Returns the script for a POSIX shell, or for PowerShell on Windows.
pub(crate) fn text(items: &[Item], system: System) -> String {
    let steps = items.iter().filter(|item| item.change != Change::None).map(|item| &item.step);
    match system {
        // Without the preference, PowerShell would go on after a step that failed.
        System::Windows => "$ErrorActionPreference = 'Stop'\n".to_owned() + &steps.map(powershell).collect::<String>(),
        System::Linux | System::Mac => {
            // The mask closes keys and manifests to others, since redirections in a shell take no mode.
            "#!/bin/sh\nset -eu\numask 077\n".to_owned() + &steps.map(shell).collect::<String>()
        }
    }
}

/// Quotes a text for the shell.
fn word(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

fn path_word(path: &Path) -> String {
    word(&path.display().to_string())
}

fn shell(step: &Step) -> String {
    match step {
        Step::MakeFolder { path } => format!("mkdir -p {}\n", path_word(path)),
        Step::CopyProgram { from, path } => {
            let (from, path) = (path_word(from), path_word(path));
            // A program that runs cannot be written to, but it can be replaced by a rename.
            format!("cp {from} {path}.new\nchmod 700 {path}.new\nmv -f {path}.new {path}\n")
        }
        Step::MakeKey { path } => {
            let path = path_word(path);
            format!("[ -e {path} ] || head -c 32 /dev/urandom | base64 > {path}\n")
        }
        Step::CopyKey { from, path } => {
            let (from, path) = (path_word(from), path_word(path));
            format!("cat {from} > {path}.new\nmv -f {path}.new {path}\n")
        }
        // Beside its place first: a file that is there keeps its mode when written to, and may be open to others.
        Step::WriteFile { path, text } => {
            let (text, path) = (word(text), path_word(path));
            format!("printf %s {text} > {path}.new\nmv -f {path}.new {path}\n")
        }
        Step::RemoveFile { path } => format!("rm -f {}\n", path_word(path)),
        // A folder in which other programs keep files stays, and that is no failure.
        Step::RemoveFolder { path } => format!("rmdir {} 2>/dev/null || true\n", path_word(path)),
        // Only Windows has a registry.
        Step::SetRegistry { .. } | Step::RemoveRegistry { .. } => String::new(),
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn quoted_path(path: &Path) -> String {
    quoted(&path.display().to_string())
}

fn powershell(step: &Step) -> String {
    match step {
        Step::MakeFolder { path } => {
            format!("New-Item -ItemType Directory -Force -Path {} | Out-Null\n", quoted_path(path))
        }
        Step::CopyProgram { from, path } | Step::CopyKey { from, path } => {
            format!("Copy-Item -Force -LiteralPath {} -Destination {}\n", quoted_path(from), quoted_path(path))
        }
        Step::MakeKey { path } => {
            let path = quoted_path(path);
            format!(
                "if (-not (Test-Path -LiteralPath {path})) {{\n  $bytes = New-Object byte[] 32\n  \
                 [Security.Cryptography.RandomNumberGenerator]::Create().GetBytes($bytes)\n  \
                 [IO.File]::WriteAllText({path}, [Convert]::ToBase64String($bytes))\n}}\n"
            )
        }
        // Set-Content would write a byte order mark, and browsers do not read a manifest that has one.
        Step::WriteFile { path, text } => format!("[IO.File]::WriteAllText({}, {})\n", quoted_path(path), quoted(text)),
        Step::SetRegistry { key, value } => {
            format!("reg add {} /ve /t REG_SZ /d {} /f\n", quoted(&format!(r"HKCU\{key}")), quoted(value))
        }
        Step::RemoveRegistry { key } => format!("reg delete {} /f\n", quoted(&format!(r"HKCU\{key}"))),
        Step::RemoveFile { path } => {
            format!("Remove-Item -Force -ErrorAction Ignore -LiteralPath {}\n", quoted_path(path))
        }
        Step::RemoveFolder { path } => {
            let path = quoted_path(path);
            format!("if (-not (Get-ChildItem -Force -LiteralPath {path})) {{ Remove-Item -LiteralPath {path} }}\n")
        }
    }
}
