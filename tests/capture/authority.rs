//! The authority of the proxy: what it may sign for, its end and its renewal, and how it is taken out of the places where it
//! was put.

use std::path::{Path, PathBuf};

use super::{capture, started};
use crate::support::{Origin, Output, Tool};

/// The authority's file in a home.
fn file(home: &Path) -> PathBuf {
    home.join("state/capture-ca.pem")
}

fn ca(home: &Path, arguments: &[&str]) -> Output {
    capture(["ca"]).args(arguments).env("COUNTERSIGN_HOME", home).succeeds()
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn openssl(folder: &Path, arguments: &[&str]) -> Output {
    Tool::program("openssl").args(arguments).within(folder).run()
}

/// Puts an authority with this many days left into a home.
fn aged(home: &Path, days: &str, constraints: &str) {
    std::fs::create_dir_all(home.join("state")).expect("a folder");
    std::fs::write(home.join("extensions"), format!("basicConstraints=critical,CA:TRUE\n{constraints}"))
        .expect("a file");
    let request = ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=old"];
    let request = [&request[..], &["-keyout", "key.pem", "-out", "request.pem"]].concat();
    assert!(openssl(home, &request).status.success());
    let sign = ["x509", "-req", "-in", "request.pem", "-signkey", "key.pem", "-extfile", "extensions", "-days", days];
    assert!(openssl(home, &[&sign[..], &["-out", "certificate.pem"]].concat()).status.success());
    let read = |name: &str| std::fs::read_to_string(home.join(name)).expect("a file");
    std::fs::write(file(home), read("certificate.pem") + &read("key.pem")).expect("a file");
}

#[test]
fn an_authority_signs_only_for_what_is_permitted() {
    for (permits, refused) in [
        (&["localhost"][..], &["127.0.0.1"][..]),
        (&["127.0.0.1"], &["localhost"]),
        (&["localhost", "127.0.0.1"], &[]),
        (&["example.com", "::1"], &["localhost", "127.0.0.1"]),
        (&["*"], &[]),
    ] {
        let home = home();
        let options: Vec<&str> = permits.iter().flat_map(|permit| ["--permit", permit]).collect();
        let pem = ca(home.path(), &options).out();
        let origin = Origin::https(&[], Origin::ok);
        let tool = capture(["--source", "proxy"]).env("SSL_CERT_FILE", origin.root());
        let mut proxy = started(tool.env("COUNTERSIGN_HOME", home.path()));
        for host in ["localhost", "127.0.0.1"] {
            let url = format!("https://{host}:{}/", origin.port);
            let output = proxy.curl(["--cacert", "ca.pem", &url]).file("ca.pem", &pem).run();
            assert_eq!(output.status.success(), !refused.contains(&host), "{permits:?} {host}: {}", output.err());
            if refused.contains(&host) {
                let line = proxy.running.stderr_line_with("can sign only for");
                assert!(line.contains(&format!("--permit {host} >")), "{line}");
                assert!(permits.iter().all(|permit| line.contains(&format!("--permit {permit} "))), "{line}");
            }
        }
    }
}

/// Whoever gets hold of the key can do nothing with it that the certificate does not permit.
#[test]
fn clients_hold_the_key_to_what_is_permitted() {
    for (permits, names, trusted) in [
        (&["a.example"][..], "DNS:a.example", true),
        (&["a.example"], "DNS:b.a.example", true),
        (&["a.example"], "DNS:evil.example", false),
        (&["a.example"], "DNS:a.example,DNS:evil.example", false),
        (&["a.example"], "IP:10.0.0.1", false),
        (&["a.example"], "IP:::1", false),
        (&["10.0.0.1"], "IP:10.0.0.1", true),
        (&["10.0.0.1"], "IP:10.0.0.2", false),
        (&["10.0.0.1"], "IP:::1", false),
        (&["10.0.0.1"], "DNS:a.example", false),
        (&["::1", "a.example"], "IP:::1,DNS:a.example", true),
        (&["::1", "a.example"], "IP:10.0.0.1", false),
        (&["*"], "DNS:evil.example,IP:10.0.0.1", true),
    ] {
        let home = home();
        let options: Vec<&str> = permits.iter().flat_map(|permit| ["--permit", permit]).collect();
        let pem = ca(home.path(), &options).out();
        let (at, key) = (home.path(), file(home.path()));
        std::fs::write(at.join("ca.pem"), pem).expect("a file");
        std::fs::write(at.join("extensions"), format!("subjectAltName={names}")).expect("a file");
        let key = key.to_str().expect("UTF-8");
        let request = ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
        let request = [&request[..], &["-subj", "/O=x", "-keyout", "leaf.key", "-out", "leaf.csr"]].concat();
        assert!(openssl(at, &request).status.success());
        let sign = ["x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", key, "-CAcreateserial", "-days", "9"];
        let sign = [&sign[..], &["-extfile", "extensions", "-out", "leaf.pem"]].concat();
        assert!(openssl(at, &sign).status.success());
        let verify = openssl(at, &["verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "ca.pem", "leaf.pem"]);
        let reason = verify.out() + &verify.err();
        // What openssl makes lacks an identifier that the strict check wants, so only the names count.
        assert_eq!(!reason.contains("subtree violation"), trusted, "{permits:?} {names}: {reason}");
    }
}

#[test]
fn a_renewed_authority_has_a_new_key_and_no_more_power_than_the_old_one() {
    let home = home();
    let first = ca(home.path(), &["--permit", "a.example"]).stderr_lacks("renewed").out();
    let again = ca(home.path(), &["--permit", "A.example", "--permit", "*.a.example"]).stderr_lacks("renewed").out();
    assert_eq!(first, again, "the same names");
    assert_eq!(first, ca(home.path(), &[]).out(), "no names");
    let renewed = ca(home.path(), &["--renew"]).stderr_has("is renewed and can sign for a.example").out();
    let other = ca(home.path(), &["--permit", "b.example"]).stderr_has("is renewed and can sign for b.example").out();
    let all = ca(home.path(), &["--renew", "--permit", "*"]).stderr_has("is renewed and can sign for every name").out();
    let keys: Vec<String> = [first, renewed, other, all].map(|pem| key(home.path(), &pem)).to_vec();
    for (index, key) in keys.iter().enumerate() {
        assert!(!keys[..index].contains(key), "an old key");
    }
    ca(home.path(), &["--renew", "-q"]).stderr_is("");
    for wrong in ["https://a.example", "a.example:443", "", "10.0.0.0/8"] {
        capture(["ca", "--permit", wrong]).fails(2).stdout_is("");
    }
}

fn key(home: &Path, pem: &str) -> String {
    std::fs::write(home.join("one.pem"), pem).expect("a file");
    openssl(home, &["x509", "-in", "one.pem", "-noout", "-pubkey"]).out()
}

#[test]
fn an_authority_lasts_a_year_and_says_what_to_type_when_that_ends() {
    let new = home();
    std::fs::write(new.path().join("ca.pem"), ca(new.path(), &[]).out()).expect("a file");
    let lasts = |days: u64| {
        let seconds = (days * 86400).to_string();
        openssl(new.path(), &["x509", "-in", "ca.pem", "-noout", "-checkend", &seconds]).status.success()
    };
    assert!(lasts(360) && !lasts(366));
    let advice = "`capture ca --renew > capture-ca.pem`";
    let (soon, over) = (home(), home());
    aged(soon.path(), "12", "nameConstraints=critical,permitted;DNS:a.example");
    let run = |home: &Path, arguments: &[&str]| capture([]).args(arguments).env("COUNTERSIGN_HOME", home);
    for arguments in [&["ca"][..], &["--", "true"]] {
        let output = run(soon.path(), arguments).succeeds();
        assert!(output.err().contains(advice) && output.err().contains("ends in 11 days"), "{}", output.err());
    }
    run(soon.path(), &["-q", "--", "true"]).succeeds().stderr_lacks(advice);
    aged(over.path(), "-1", "nameConstraints=critical,permitted;DNS:a.example");
    for arguments in [&["ca"][..], &["--", "true"], &["--source", "proxy"]] {
        run(over.path(), arguments).fails(1).stdout_is("").stderr_has("has expired").stderr_has(advice);
    }
    ca(over.path(), &["--renew"]).stderr_has("can sign for a.example");
    run(over.path(), &["--", "true"]).succeeds().stderr_lacks(advice);
}

#[test]
fn what_stays_trusted_is_named_with_the_way_out() {
    let home = home();
    let uninstall = |command| Tool::new("bridge-install").arg(command).env("COUNTERSIGN_HOME", home.path()).succeeds();
    uninstall("uninstall").stderr_lacks("capture-ca.pem");
    let made = ca(home.path(), &[]);
    for output in [made, uninstall("uninstall"), uninstall("reset")] {
        let said = output.err();
        for way in ["Firefox", "certutil -d sql:", "-D -n", "update-ca-certificates --fresh", "delete-certificate"] {
            assert!(said.contains(way), "{way}: {said}");
        }
        assert!(said.contains(file(home.path()).to_str().expect("UTF-8")), "{said}");
    }
}
