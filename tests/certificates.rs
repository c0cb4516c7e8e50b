//! The certificates that a server is trusted for: a table of those that openssl makes, with curl as the judge. Each one that
//! curl refuses is refused by every tool that opens TLS, whichever way the trusted certificate is named.

use std::path::Path;

use tempfile::TempDir;

use crate::support::{Origin, Output, Tool, sign};

const CA: &str = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign";
const LEAF: &str = "basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost,IP:127.0.0.1";

/// A certificate of a row: its name, the name of the one that signs it (its own, if it signs itself), its extensions.
type Made = (&'static str, &'static str, &'static str);

/// A row: what it is about, the certificates (`leaf` if there is one comes last and is the usual), those that are trusted,
/// those that the server sends, and whether the server is trusted.
struct Row {
    what: &'static str,
    made: Vec<Made>,
    trusted: &'static [&'static str],
    sent: &'static [&'static str],
    verdict: Verdict,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Trusted,
    Refused,
    /// Refused by us though not by curl, because RFC 5280 says so.
    RefusedByUs,
}

use Verdict::{Refused, RefusedByUs, Trusted};

/// A root with these extensions that has signed the server's certificate.
fn root(what: &'static str, extensions: &'static str, verdict: Verdict) -> Row {
    let made = vec![("root", "root", extensions), ("leaf", "root", LEAF)];
    Row { what, made, trusted: &["root"], sent: &["leaf"], verdict }
}

/// A certificate that signs itself, is trusted, and is the server's own.
fn own(what: &'static str, extensions: &'static str, verdict: Verdict) -> Row {
    Row { what, made: vec![("leaf", "leaf", extensions)], trusted: &["leaf"], sent: &["leaf"], verdict }
}

/// A root, an authority below it, and the server's certificate below that.
fn chain(what: &'static str, root: &'static str, between: &'static str, verdict: Verdict) -> Row {
    let made = vec![("root", "root", root), ("between", "root", between), ("leaf", "between", LEAF)];
    Row { what, made, trusted: &["root"], sent: &["leaf", "between"], verdict }
}

fn roots() -> Vec<Row> {
    vec![
        root("an authority", CA, Trusted),
        root("an authority without keyUsage", "basicConstraints=CA:TRUE", Trusted),
        root("no authority", LEAF, Refused),
        root("no authority that may sign certificates", "basicConstraints=CA:FALSE\nkeyUsage=keyCertSign", Refused),
        root("a certificate of version 3 that does not say what it is", "subjectKeyIdentifier=hash", Refused),
        root("one that says it by its usage only", "keyUsage=critical,keyCertSign", RefusedByUs),
        root("version 1", "", Trusted),
        root("an authority that may sign no certificates", "basicConstraints=CA:TRUE\nkeyUsage=cRLSign", Refused),
        root("an authority for other data", "basicConstraints=CA:TRUE\nkeyUsage=digitalSignature", Refused),
        root("an authority for leaves alone", "basicConstraints=CA:TRUE,pathlen:0", Trusted),
        root("an authority for servers", "basicConstraints=CA:TRUE\nextendedKeyUsage=serverAuth", Trusted),
        root("an authority for clients", "basicConstraints=CA:TRUE\nextendedKeyUsage=clientAuth", Refused),
        root(
            "an authority for mail and code",
            "basicConstraints=CA:TRUE\nextendedKeyUsage=emailProtection,codeSigning",
            Refused,
        ),
        root("an authority for any purpose", "basicConstraints=CA:TRUE\nextendedKeyUsage=anyExtendedKeyUsage", Refused),
        root("a critical extension that nobody knows", "basicConstraints=CA:TRUE\n1.2.3.4=critical,DER:0500", Refused),
        root("an extension that nobody knows", "basicConstraints=CA:TRUE\n1.2.3.4=DER:0500", Trusted),
        root(
            "the name permitted",
            "basicConstraints=CA:TRUE\nnameConstraints=critical,permitted;DNS:localhost,permitted;IP:127.0.0.1/255.255.255.255",
            Trusted,
        ),
        root(
            "another name permitted",
            "basicConstraints=CA:TRUE\nnameConstraints=critical,permitted;DNS:example.com",
            Refused,
        ),
        root("the name excluded", "basicConstraints=CA:TRUE\nnameConstraints=critical,excluded;DNS:localhost", Refused),
        root(
            "the address excluded",
            "basicConstraints=CA:TRUE\nnameConstraints=excluded;IP:127.0.0.0/255.0.0.0",
            Refused,
        ),
        Row {
            what: "a root that has expired",
            made: vec![("expired", "expired", CA), ("leaf", "expired", LEAF)],
            trusted: &["expired"],
            sent: &["leaf"],
            verdict: Refused,
        },
        Row {
            what: "no authority, sent along",
            made: vec![("root", "root", LEAF), ("leaf", "root", LEAF)],
            trusted: &["root"],
            sent: &["leaf", "root"],
            verdict: Refused,
        },
        Row {
            what: "version 1 that another one signed",
            made: vec![("root", "root", CA), ("between", "root", ""), ("leaf", "between", LEAF)],
            trusted: &["between"],
            sent: &["leaf"],
            verdict: Refused,
        },
        Row {
            what: "an authority below a root that is not trusted",
            made: vec![("root", "root", CA), ("between", "root", CA), ("leaf", "between", LEAF)],
            trusted: &["between"],
            sent: &["leaf"],
            verdict: Trusted,
        },
        Row {
            what: "an authority beside a certificate that is none",
            made: vec![("other", "other", LEAF), ("root", "root", CA), ("leaf", "root", LEAF)],
            trusted: &["other", "root"],
            sent: &["leaf"],
            verdict: Trusted,
        },
        Row {
            what: "no authority whose key has made itself one",
            made: vec![("root", "root", LEAF), ("root:again", "root", CA), ("leaf", "root", LEAF)],
            trusted: &["root"],
            sent: &["leaf", "root:again"],
            verdict: Refused,
        },
    ]
}

fn chains() -> Vec<Row> {
    let deep = |what, first, verdict| Row {
        what,
        made: vec![("root", "root", CA), ("first", "root", first), ("second", "first", CA), ("leaf", "second", LEAF)],
        trusted: &["root"],
        sent: &["leaf", "second", "first"],
        verdict,
    };
    vec![
        chain("an authority between", CA, CA, Trusted),
        chain("a root that allows none between", "basicConstraints=CA:TRUE,pathlen:0", CA, Refused),
        chain("a root that allows one between", "basicConstraints=CA:TRUE,pathlen:1", CA, Trusted),
        chain("a root that is no authority", LEAF, CA, Refused),
        chain("a root that may not sign", "basicConstraints=CA:TRUE\nkeyUsage=digitalSignature", CA, Refused),
        chain("no authority between", CA, LEAF, Refused),
        chain("one between that may not sign", CA, "basicConstraints=CA:TRUE\nkeyUsage=cRLSign", Refused),
        chain("one between for clients", CA, "basicConstraints=CA:TRUE\nextendedKeyUsage=clientAuth", Refused),
        chain(
            "one between for another name",
            CA,
            "basicConstraints=CA:TRUE\nnameConstraints=permitted;DNS:a.example",
            Refused,
        ),
        deep("two between", CA, Trusted),
        deep("two between where the first allows none", "basicConstraints=CA:TRUE,pathlen:0", Refused),
        Row {
            what: "a root that allows one between, and two",
            made: vec![
                ("root", "root", "basicConstraints=CA:TRUE,pathlen:1"),
                ("first", "root", CA),
                ("second", "first", CA),
                ("leaf", "second", LEAF),
            ],
            trusted: &["root"],
            sent: &["leaf", "second", "first"],
            verdict: Refused,
        },
    ]
}

fn owns() -> Vec<Row> {
    vec![
        own("the server's own", LEAF, Trusted),
        own("the server's own that says nothing of authorities", "subjectAltName=DNS:localhost,IP:127.0.0.1", Trusted),
        own(
            "the server's own that is an authority's",
            "basicConstraints=CA:TRUE\nsubjectAltName=DNS:localhost",
            Trusted,
        ),
        own("one for another name", "basicConstraints=CA:FALSE\nsubjectAltName=DNS:self.example.com", Refused),
        own("one for clients", "subjectAltName=DNS:localhost\nextendedKeyUsage=clientAuth", Refused),
        own("one for servers", "subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth", Trusted),
        own("one that may not open TLS", "subjectAltName=DNS:localhost\nkeyUsage=nonRepudiation", Refused),
        Row {
            what: "the server's own that another one signed",
            made: vec![("root", "root", CA), ("leaf", "root", LEAF)],
            trusted: &["leaf"],
            sent: &["leaf"],
            verdict: Trusted,
        },
        Row {
            what: "another one with the name of the server's own",
            made: vec![("leaf:again", "leaf:again", LEAF), ("leaf", "leaf", LEAF)],
            trusted: &["leaf:again"],
            sent: &["leaf"],
            verdict: Refused,
        },
        Row {
            what: "the server's own that has expired",
            made: vec![("expired", "expired", LEAF)],
            trusted: &["expired"],
            sent: &["expired"],
            verdict: Refused,
        },
        Row {
            what: "a certificate for clients of a trusted authority",
            made: vec![
                ("root", "root", CA),
                ("leaf", "root", "subjectAltName=DNS:localhost\nextendedKeyUsage=clientAuth"),
            ],
            trusted: &["root"],
            sent: &["leaf"],
            verdict: Refused,
        },
        Row {
            what: "a certificate that may not open TLS, of a trusted authority",
            made: vec![("root", "root", CA), ("leaf", "root", "subjectAltName=DNS:localhost\nkeyUsage=nonRepudiation")],
            trusted: &["root"],
            sent: &["leaf"],
            verdict: Refused,
        },
    ]
}

fn openssl(folder: &Path, arguments: &[&str]) {
    Tool::program("openssl").args(arguments).within(folder).succeeds();
}

/// Makes a row's certificates. `NAME:again` has the name of NAME, and the key of NAME if that one signs it.
fn make(row: &Row) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    for (name, issuer, extensions) in &row.made {
        let (subject, _) = name.split_once(':').unwrap_or((name, ""));
        let (key, request, file) = (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"));
        if subject != *name && subject == *issuer {
            std::fs::copy(at.join(format!("{issuer}.key")), at.join(&key)).expect("a key");
        } else {
            openssl(at, &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", &key]);
        }
        openssl(at, &["req", "-new", "-key", &key, "-subj", &format!("/CN={subject}"), "-out", &request]);
        let days = if *name == "expired" { "-1" } else { "2" };
        let mut arguments = vec!["x509", "-req", "-in", &request, "-days", days, "-out", &file];
        let (signer, signer_key) = (format!("{issuer}.pem"), format!("{issuer}.key"));
        if name == issuer {
            arguments.extend(["-signkey", &key]);
        } else {
            arguments.extend(["-CA", &signer, "-CAkey", &signer_key, "-CAcreateserial"]);
        }
        // Without a file of extensions the certificate has version 1.
        if !extensions.is_empty() {
            std::fs::write(at.join("extensions"), extensions).expect("a file");
            arguments.extend(["-extfile", "extensions"]);
        }
        openssl(at, &arguments);
    }
    let read = |name: &&str| std::fs::read_to_string(at.join(format!("{name}.pem"))).expect("a certificate");
    std::fs::write(at.join("trusted"), row.trusted.iter().map(read).collect::<String>()).expect("a file");
    std::fs::write(at.join("sent"), row.sent.iter().map(read).collect::<String>()).expect("a file");
    folder
}

/// A row's server, and the file of what is trusted.
fn serve(row: &Row, folder: &TempDir) -> Origin {
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("a file");
    let key = read(&format!("{}.key", row.sent.first().expect("the server's")));
    Origin::https_with(&read("sent"), &key, |peer| {
        while peer.request().is_some() {
            let body = r#"{"access_token":"t","token_type":"Bearer"}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}", body.len());
            peer.write(format!("{head}\r\n\r\n{body}"));
        }
    })
}

fn judge(row: &Row, url: &str, trusted: &Path) {
    let curl = Tool::program("curl").args(["-sS", "--noproxy", "*", "--cacert"]).arg(trusted).arg(url).run();
    let code = curl.status.code();
    match row.verdict {
        Refused => assert_eq!(code, Some(60), "curl, {}: {}", row.what, curl.err()),
        Trusted | RefusedByUs => assert_eq!(code, Some(0), "curl, {}: {}", row.what, curl.err()),
    }
}

#[track_caller]
fn agrees(row: &Row, way: &str, output: Output) {
    let expected = if row.verdict == Trusted { 0 } else { 3 };
    assert_eq!(output.status.code(), Some(expected), "{way}, {}: {}", row.what, output.err());
    if row.verdict != Trusted {
        output.stderr_has("certificate");
    }
}

fn check(rows: &[Row]) {
    for row in rows {
        let folder = make(row);
        let trusted = folder.path().join("trusted");
        let origin = serve(row, &folder);
        let url = format!("https://localhost:{}/", origin.port);
        judge(row, &url, &trusted);
        let send = || sign(["none", "--send"]).stdin(format!("{url}\n"));
        agrees(row, "--cacert", send().arg("--cacert").arg(&trusted).run());
        agrees(row, "SSL_CERT_FILE", send().env("SSL_CERT_FILE", &trusted).run());
    }
}

#[test]
fn a_trusted_certificate_signs_for_others_only_if_it_is_an_authority_s_that_may() {
    check(&roots());
}

#[test]
fn the_rules_of_every_authority_on_the_way_hold() {
    check(&chains());
}

#[test]
fn a_certificate_that_is_no_authority_s_is_trusted_for_itself_alone() {
    check(&owns());
}

/// Every place that roots come from, and every tool that opens TLS.
#[test]
fn no_tool_and_no_place_of_roots_trusts_more() {
    let names = ["an authority", "no authority", "the server's own", "version 1"];
    for row in roots().into_iter().chain(owns()).filter(|row| names.contains(&row.what)) {
        let folder = make(&row);
        let (trusted, only) = (folder.path().join("trusted"), folder.path().join("only"));
        std::fs::create_dir(&only).expect("a folder");
        std::fs::copy(&trusted, only.join("root.pem")).expect("a copy");
        openssl(folder.path(), &["rehash", "only"]);
        let origin = serve(&row, &folder);
        let url = format!("https://localhost:{}/", origin.port);
        let send = || sign(["none", "--send"]).stdin(format!("{url}\n"));
        agrees(&row, "SSL_CERT_DIR", send().env("SSL_CERT_DIR", &only).run());
        agrees(&row, "COUNTERSIGN_CACERT", send().env("COUNTERSIGN_CACERT", &trusted).run());
        let grant = ["get", "--grant", "client_credentials", "--client-id", "i", "--client-secret", "text:s"];
        let token = || Tool::new("oauth-token").args(grant).args(["--access-token-url", &url]);
        agrees(&row, "oauth-token --cacert", token().arg("--cacert").arg(&trusted).run());
        agrees(&row, "oauth-token, SSL_CERT_FILE", token().env("SSL_CERT_FILE", &trusted).run());
        let curl = ["--", "curl", "-s", "--fail", "-o", "/dev/null", &url];
        let captured = Tool::new("capture").args(curl).env("SSL_CERT_FILE", &trusted).run();
        let expected = if row.verdict == Trusted { 0 } else { 22 };
        assert_eq!(captured.status.code(), Some(expected), "capture, {}: {}", row.what, captured.err());
    }
}
