//! Apache's mod_auth_digest: MD5 and qop auth, and an `Authentication-Info` that proves the server.
//!
//! Its realm has no quotes here: with any, mod_auth_digest compares what it has unescaped with what it has not, and takes
//! nobody (2.4.71).

use std::fmt::Write as _;
use std::net::TcpListener;
use std::path::Path;

use md5::{Digest as _, Md5};

use crate::support::{Running, Tool, sign};

const MODULES: [&str; 6] = ["mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_digest"];

const USER: &str = "al\"i\\ce";
const PASSWORD: &str = "s:e c\"ret";

/// Apache on a free port.
struct Apache {
    port: u16,
    running: Option<Running>,
}

/// Its workers would outlive it if it were killed.
impl Drop for Apache {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.signal("TERM");
            running.finish();
        }
    }
}

impl Apache {
    /// Starts it, on another port where somebody was quicker.
    fn start() -> Self {
        (0..5).find_map(|_| Self::try_start()).expect("a free port")
    }

    fn try_start() -> Option<Self> {
        // Apache cannot be given a socket, nor tell which port it was given.
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
        let apache = Tool::program("/usr/sbin/apache2");
        let home = apache.home().to_owned();
        let digest = Md5::digest(format!("{USER}:the realm:{PASSWORD}"));
        let hash = digest.iter().fold(String::new(), |mut hash, byte| {
            let _ = write!(hash, "{byte:02x}");
            hash
        });
        let apache = apache
            .file("users", format!("{USER}:the realm:{hash}\n"))
            .file("htdocs/private/page", "inside\n")
            .file("htdocs/open", "outside\n")
            .file("apache.conf", configuration(&home, port));
        // The worker processes belong to nobody, who must be able to read what is served.
        Tool::program("chmod").args(["-R", "a+rX"]).arg(&home).succeeds();
        let mut running = apache.args(["-DFOREGROUND", "-f"]).arg(home.join("apache.conf")).start();
        running.says("resuming normal operations").then_some(Self { port, running: Some(running) })
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }
}

fn configuration(home: &Path, port: u16) -> String {
    let home = home.display();
    let mut text = String::new();
    for module in MODULES {
        let _ = writeln!(text, "LoadModule {module}_module /usr/lib/apache2/modules/mod_{module}.so");
    }
    let _ = write!(
        text,
        "ServerRoot {home}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {home}/pid\nDefaultRuntimeDir {home}\n\
         Mutex file:{home}\nErrorLog /dev/stderr\nDocumentRoot {home}/htdocs\nUser nobody\nGroup nogroup\n\
         <Location /private>\nAuthType Digest\nAuthName \"the realm\"\nAuthDigestProvider file\nAuthUserFile {home}/users\n\
         Require valid-user\n</Location>\n"
    );
    text
}

fn sent(apache: &Apache, password: &str, paths: &[&str]) -> (Option<i32>, Vec<u64>) {
    let input: String = paths.iter().map(|path| format!("{}\n", apache.url(path))).collect();
    let output = sign(["digest", "--username", USER, "--password", password, "--send"]).stdin(input).run();
    let statuses = output.json().iter().map(|entry| entry["response"]["status"].as_u64().expect("a status")).collect();
    (output.status.code(), statuses)
}

#[test]
fn mod_auth_digest_accepts_the_right_password_and_refuses_the_wrong_one() {
    let apache = Apache::start();
    let private = ["/private/page?a=b", "/private/page", "/private/none", "/open"];
    assert_eq!(sent(&apache, PASSWORD, &private), (Some(0), vec![200, 200, 404, 200]));
    assert_eq!(sent(&apache, "wrong", &private[..1]), (Some(4), vec![401]));

    let input: String = private[..2].iter().map(|path| format!("{}\n", apache.url(path))).collect();
    let config = sign(["digest", "--username", USER, "--password", PASSWORD, "--to", "curl-config"]).stdin(&input);
    let curl = Tool::program("curl").args(["-sS", "-K", "-"]).stdin(config.succeeds().out());
    curl.succeeds().stdout_is("inside\ninside\n");
}
