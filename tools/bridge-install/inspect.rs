//! The checks of what is installed for one browser.

use std::path::{Path, PathBuf};

use countersign_shared::bridge::manifest::{Family, Manifest};
use countersign_shared::bridge::places::{Sandbox, Site, Spot, System};
use countersign_shared::bridge::record::Record;

use crate::environment::{Environment, Selection};
use crate::failure::{Failure, Name};
use crate::plan::{Found, is_executable, is_same_program};

/// The result of one check.
#[derive(Debug)]
pub(crate) enum Finding {
    Good(String),
    Bad(Failure),
    /// A hint about something that is not wrong.
    Note(String),
}

/// A manifest that a browser reads, with its path.
pub(crate) struct Registered {
    pub path: PathBuf,
    pub manifest: Manifest,
}

const INSTALL: &str = "run `bridge-install install`";

fn bad(place: &Path, problem: &str, advice: &str) -> Finding {
    Finding::Bad(Failure::Other {
        place: place.display().to_string(),
        problem: problem.to_owned(),
        advice: advice.to_owned(),
    })
}

pub(crate) fn forbidden(place: &Path, problem: &str, advice: &str) -> Finding {
    Finding::Bad(Failure::Named {
        name: Name::FilePermissionsRequired,
        place: place.display().to_string(),
        problem: problem.to_owned(),
        advice: advice.to_owned(),
    })
}

impl Environment {
    /// Returns the manifest at one of the places where a browser looks.
    ///
    /// # Errors
    /// Returns a bad finding if there is no manifest, it belongs to another program, or it cannot be read.
    pub(crate) fn registered(&self, site: &Site, spot: &Spot, selection: &Selection) -> Result<Registered, Finding> {
        let home = self.home_of(site, selection);
        let (mut path, key) = self.manifest_of(site, spot, &home, selection);
        if let Some(key) = key {
            let value = self.registry.value(&key).map_err(|error| Finding::Bad(Failure::registry(&key, &error)))?;
            let place = PathBuf::from(format!(r"HKEY_CURRENT_USER\{key}"));
            path = value.map(PathBuf::from).ok_or_else(|| bad(&place, "is not there", INSTALL))?;
        }
        match self.found(&path, selection).map_err(Finding::Bad)? {
            Found::Nothing => Err(bad(&path, "is not there", INSTALL)),
            Found::Foreign(why) => {
                let advice = "`bridge-install install --force` replaces it";
                Err(bad(&path, &format!("belongs to another program: {why}"), advice))
            }
            Found::Ours(manifest) => Ok(Registered { path, manifest: *manifest }),
        }
    }

    /// Returns the path of a manifest with which a browser would start the bridge: it allows our extension, and its
    /// program can be run.
    ///
    /// # Errors
    /// Returns the first failure if there is no such manifest.
    pub(crate) fn is_installed(&self, site: &Site, selection: &Selection) -> Result<PathBuf, Failure> {
        let mut first = None;
        for spot in &site.spots {
            let registered = match self.registered(site, spot, selection) {
                Ok(registered) => registered,
                Err(Finding::Bad(failure)) => {
                    first.get_or_insert(failure);
                    continue;
                }
                Err(_) => continue,
            };
            let wrong =
                self.manifest_findings(site, &registered, selection).into_iter().find_map(|finding| match finding {
                    Finding::Bad(failure) => Some(failure),
                    Finding::Good(_) | Finding::Note(_) => None,
                });
            match wrong {
                None => return Ok(registered.path),
                Some(failure) => {
                    first.get_or_insert(failure);
                }
            }
        }
        Err(first.unwrap_or_else(|| Failure::Other {
            place: site.data.display().to_string(),
            problem: "nothing is registered".to_owned(),
            advice: INSTALL.to_owned(),
        }))
    }

    /// Checks the fields of a manifest, and that the program that it names can be started.
    pub(crate) fn manifest_findings(
        &self,
        site: &Site,
        registered: &Registered,
        selection: &Selection,
    ) -> Vec<Finding> {
        let Registered { path, manifest } = registered;
        let mut findings = Vec::new();
        if manifest.name != selection.host || manifest.transport != "stdio" {
            findings.push(bad(path, "names another host, or another way to talk to it", INSTALL));
        }
        let (wanted, found, field) = match site.family {
            Family::Chromium => (selection.callers.origins(), &manifest.allowed_origins, "allowed_origins"),
            Family::Firefox => (selection.callers.add_ons.clone(), &manifest.allowed_extensions, "allowed_extensions"),
        };
        match wanted.iter().find(|id| !found.contains(id)) {
            Some(missing) => findings.push(bad(path, &format!("{field} does not have {missing}"), INSTALL)),
            None => findings.push(Finding::Good(format!("{}: {field} has {}", path.display(), wanted.join(", ")))),
        }
        findings.push(self.program_finding(Path::new(&manifest.path), path));
        findings
    }

    fn program_finding(&self, program: &Path, manifest: &Path) -> Finding {
        // On Windows the path may be relative to the folder of the manifest.
        let is_absolute = program.is_absolute() || self.folders.system == System::Windows;
        if !is_absolute {
            return bad(manifest, "its path is not absolute, so browsers do not start it", INSTALL);
        }
        if !program.is_file() {
            return bad(program, &format!("is not there, and {} names it", manifest.display()), INSTALL);
        }
        if !is_executable(program) {
            return forbidden(program, "may not be run", "chmod u+x, or run `bridge-install install`");
        }
        Finding::Good(format!("{}: can be run", program.display()))
    }

    /// Checks that no other user can change what the browser starts, and that the bridge is the one of this installer.
    pub(crate) fn safety_findings(&self, site: &Site, registered: &Registered, selection: &Selection) -> Vec<Finding> {
        let program = Path::new(&registered.manifest.path);
        // Anyone who can write the folder can put another program in the place of the bridge, so it is checked too.
        let mut findings: Vec<Finding> = [Some(registered.path.as_path()), Some(program), program.parent()]
            .into_iter()
            .flatten()
            .filter(|path| is_open(path))
            .map(|path| forbidden(path, "others may write it, or it belongs to another user", "chown it, chmod go-w"))
            .collect();
        if program.is_file() && !is_same_program(&self.binary, program) {
            findings.push(bad(program, "is not the bridge that came with this bridge-install", INSTALL));
        }
        findings.extend(self.socket_finding(site, program, selection));
        findings
    }

    /// Checks that the bridge makes its socket in the folder in which the tools of this environment look.
    fn socket_finding(&self, site: &Site, program: &Path, selection: &Selection) -> Option<Finding> {
        let folder = program.parent()?;
        let expected = self.home_of(site, selection).record.sockets;
        Some(match Record::read(folder) {
            Ok(Some(record)) if record.sockets == expected => {
                Finding::Good(format!("{}: the socket's folder", expected.display()))
            }
            Ok(Some(record)) => bad(
                &record.sockets,
                &format!("the bridge listens here, tools of this environment look in {}", expected.display()),
                "run `bridge-install install` with XDG_RUNTIME_DIR and COUNTERSIGN_HOME set as for the tools",
            ),
            Ok(None) => bad(&folder.join("bridge.json"), "is not there", INSTALL),
            Err(error) => bad(folder, &error.to_string(), INSTALL),
        })
    }

    /// Returns a finding about the sandbox that a browser runs in, if it runs in one.
    pub(crate) fn sandbox_finding(&self, site: &Site) -> Option<Finding> {
        match site.sandbox {
            Sandbox::None => None,
            Sandbox::Flatpak(app) => Some(Finding::Note(format!(
                "{}: runs in a flatpak, so it starts its own copy of the bridge, in ~/.var/app/{app}/data/countersign",
                site.browser
            ))),
            Sandbox::SnapPortal => Some(Finding::Note(format!(
                "{}: runs in a snap and asks once whether the bridge may be started; a wrong answer is taken back by \
                 removing ~/.local/share/flatpak/db/webextensions",
                site.browser
            ))),
            Sandbox::Snap => Some(bad(
                &site.data,
                "this browser is a snap, which cannot start programs outside it",
                "install it as a package of the system or a flatpak",
            )),
        }
    }

    /// Checks the policies with which administrators may forbid the bridge. Only Linux has them in files.
    pub(crate) fn policy_findings(&self, selection: &Selection) -> Vec<Finding> {
        let files = self.policies.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
        let mut findings = Vec::new();
        for path in files.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "json")) {
            // A policy that this user may not read becomes an empty text, which is no JSON and is passed over.
            let text = std::fs::read(&path).unwrap_or_default();
            let Ok(policy) = serde_json::from_slice::<serde_json::Value>(&text) else { continue };
            if let Some(problem) = forbids(&policy, &selection.host) {
                findings.push(bad(&path, problem, "ask the administrator of this computer to allow it"));
            }
        }
        findings
    }
}

fn forbids(policy: &serde_json::Value, host: &str) -> Option<&'static str> {
    let has = |name: &str, wanted: &str| {
        policy.get(name).and_then(|list| list.as_array()).is_some_and(|list| list.iter().any(|item| item == wanted))
    };
    if policy.get("NativeMessagingUserLevelHosts") == Some(&serde_json::Value::Bool(false)) {
        return Some("the policy NativeMessagingUserLevelHosts forbids hosts that users install");
    }
    let is_blocked = has("NativeMessagingBlocklist", "*") || has("NativeMessagingBlocklist", host);
    // The allowlist makes exceptions from the blocklist, and from its `*` too.
    let is_allowed = has("NativeMessagingAllowlist", host);
    (is_blocked && !is_allowed).then_some("the policy NativeMessagingBlocklist forbids this host")
}

/// Returns true if another user could change a file.
fn is_open(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::metadata(path).is_ok_and(|metadata| {
            let user = rustix::process::getuid().as_raw();
            // Root may own the file: packages are installed by root, which could change any file anyway.
            metadata.mode() & 0o022 != 0 || (metadata.uid() != user && metadata.uid() != 0)
        })
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}
