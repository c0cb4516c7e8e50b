//! `capture` as a user runs it: real clients through the real proxy to servers that remember every byte.

#[cfg(unix)]
mod authority;
#[cfg(unix)]
mod held;
#[cfg(target_os = "linux")]
mod neighbours;

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Client, Origin, Running, Tool, bin};

/// A capture that has started to listen.
struct Proxy {
    running: Running,
    port: u16,
}

fn capture<const N: usize>(arguments: [&str; N]) -> Tool {
    Tool::new("capture").args(arguments)
}

fn started(tool: Tool) -> Proxy {
    let mut running = tool.start();
    let line = running.stderr_line();
    let port = line.strip_prefix("capture: listening on 127.0.0.1:").expect(&line).parse().expect("a port");
    Proxy { running, port }
}

fn proxy<const N: usize>(arguments: [&str; N]) -> Proxy {
    started(capture(["--source", "proxy"]).args(arguments))
}

impl Proxy {
    fn line(&mut self) -> Value {
        serde_json::from_str(&self.running.stdout_line()).expect("JSON")
    }

    /// The certificate of this capture's authority.
    fn authority(&self) -> String {
        let home = format!("/proc/{}/environ", self.running.id());
        let environment = String::from_utf8(std::fs::read(home).expect("an environment")).expect("UTF-8");
        let home = environment.split('\0').find_map(|pair| pair.strip_prefix("COUNTERSIGN_HOME=")).expect("a home");
        capture(["ca"]).env("COUNTERSIGN_HOME", home).succeeds().out()
    }

    fn interrupt(self) -> crate::support::Output {
        self.running.signal("INT");
        self.running.finish().exits(0)
    }

    fn curl<const N: usize>(&self, arguments: [&str; N]) -> Tool {
        Tool::program("curl").args(["-sS", "-x", &format!("http://127.0.0.1:{}", self.port)]).args(arguments)
    }
}

fn headers(line: &Value) -> Vec<(&str, &str)> {
    let pairs = line["headers"].as_array().expect("headers");
    pairs.iter().map(|pair| (pair["name"].as_str().unwrap(), pair["value"].as_str().unwrap())).collect()
}

// ------------------------------------------------------------------------------------------------- byte for byte

#[test]
fn what_arrives_at_the_origin_is_what_the_client_sent_but_for_the_request_line() {
    let origin = Origin::http(Origin::ok);
    let mut proxy = proxy([]);
    let port = origin.port;
    let rest = b"hOST: example.com\r\nX-B:  two spaces \r\nx-a: 1\r\nX-A: 2\r\nEmpty:\r\nX-Latin: caf\xe9\r\n\
                 Content-Length: 5\r\nVia: 1.0 me\r\n\r\na\x00b\xffc";
    let mut sent = format!("PuRGE http://u:p@127.0.0.1:{port}/a/../b//%2f?x=[1]{{2}}&&y HTTP/1.1\r\n").into_bytes();
    sent.extend(b"Proxy-Connection: keep-alive\r\nProxy-Authorization: Basic c2VjcmV0\r\n");
    sent.extend(rest);
    let mut client = Client::connect(proxy.port);
    client.write(&sent);
    assert!(client.head().starts_with("HTTP/1.1 200 OK\r\n"));
    drop(client);
    let mut expected = b"PuRGE /a/../b//%2f?x=[1]{2}&&y HTTP/1.1\r\n".to_vec();
    expected.extend(rest);
    assert_eq!(String::from_utf8_lossy(&origin.received()), String::from_utf8_lossy(&expected));
    let line = proxy.line();
    assert_eq!(line["method"], "PuRGE");
    assert_eq!(line["url"], format!("http://127.0.0.1:{port}/a/../b//%2f?x=[1]{{2}}&&y"));
    let expected = [
        ("hOST", "example.com"),
        ("X-B", "two spaces"),
        ("x-a", "1"),
        ("X-A", "2"),
        ("Empty", ""),
        ("X-Latin", "caf\u{e9}"),
        ("Content-Length", "5"),
        ("Via", "1.0 me"),
    ];
    assert_eq!(headers(&line), expected);
    assert_eq!(line["postData"], json!({"mimeType": "", "text": "YQBi/2M=", "encoding": "base64"}));
}

#[test]
fn what_arrives_over_https_is_what_the_client_sent_to_the_last_byte() {
    let origin = Origin::https(&["http/1.1"], Origin::ok);
    let mut proxy = started(capture(["--source", "proxy"]).env("SSL_CERT_FILE", origin.root()));
    let mut client = Client::tunnel(proxy.port, origin.port).tls(&proxy.authority(), &["h2", "http/1.1"]);
    let sent = b"\r\nGET /%7e?q HTTP/1.1\nhost: x\nProxy-Thing: kept\r\nX: \xff\r\n\r\n";
    client.write(sent);
    // A bare LF is not what this server reads; it gets the bytes all the same.
    client.write("GET / HTTP/1.1\r\n\r\n");
    assert!(client.head().starts_with("HTTP/1.1 200"));
    drop(client);
    let received = origin.received();
    assert_eq!(&received[..sent.len()], sent);
    let line = proxy.line();
    assert_eq!(line["url"], origin.url("/%7e?q"));
    assert_eq!(headers(&line), [("host", "x"), ("X", "\u{ff}")]);
}

#[test]
fn the_response_arrives_as_the_origin_sent_it() {
    const ANSWER: &[u8] = b"HTTP/1.1 200 Fine\r\nx-a: 1\r\nX-A: 2\r\nServer:  odd \r\n\r\n\x00\xffuntil close";
    let origin = Origin::http(|peer| {
        peer.request();
        peer.write(ANSWER);
    });
    let proxy = proxy([]);
    let mut client = Client::connect(proxy.port);
    client.write(format!("GET {} HTTP/1.1\r\n\r\n", origin.url("/")));
    assert_eq!(client.rest(), ANSWER);
}

#[test]
fn chunked_uploads_pass_with_extensions_and_trailers_and_the_line_has_their_content() {
    let origin = Origin::http(Origin::ok);
    let mut proxy = proxy([]);
    let rest = "Transfer-Encoding: chunked\r\nContent-Type: text/x\r\n\r\n\
                5;ext=\"1\"\r\nhello\r\n00007 ; x\r\n, world\r\n0\r\nTrailer-One: 1\r\n\r\n";
    let mut client = Client::connect(proxy.port);
    for byte in format!("POST {} HTTP/1.1\r\n{rest}", origin.url("/c")).as_bytes() {
        client.write([*byte]);
    }
    assert!(client.head().starts_with("HTTP/1.1 200"));
    drop(client);
    assert_eq!(String::from_utf8_lossy(&origin.received()), format!("POST /c HTTP/1.1\r\n{rest}"));
    let line = proxy.line();
    assert_eq!(line["postData"], json!({"mimeType": "text/x", "text": "hello, world"}));
}

#[test]
fn an_empty_body_is_not_the_same_as_none() {
    let origin = Origin::http(Origin::ok);
    let mut proxy = proxy([]);
    proxy.curl(["-d", "", &origin.url("/")]).succeeds();
    assert_eq!(proxy.line()["postData"]["text"], "");
    proxy.curl([&origin.url("/")]).succeeds();
    assert_eq!(proxy.line().get("postData"), None);
}

#[test]
fn ten_megabytes_of_every_byte_pass_over_http_and_https() {
    let body: Vec<u8> = (0..10 << 20).map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let plain = Origin::http(Origin::ok);
    let secure = Origin::https(&[], Origin::ok);
    let mut proxy = started(capture(["--source", "proxy"]).env("SSL_CERT_FILE", secure.root()));
    for (origin, extra) in [(&plain, "Expect:"), (&secure, "Expect: 100-continue")] {
        let url = origin.url("/up");
        let curl = proxy.curl(["-k", "--data-binary", "@body", "-H", extra, "-H", "Content-Type: x/y", &url]);
        curl.file("body", &body).succeeds().stdout_is("ok");
        assert!(origin.received().ends_with(&body));
        let line = proxy.line();
        let text = line["postData"]["text"].as_str().unwrap();
        use base64::Engine as _;
        assert!(base64::prelude::BASE64_STANDARD.decode(text).unwrap() == body);
        assert_eq!(line["postData"]["mimeType"], "x/y");
        assert_eq!(line.get("_body"), None);
    }
}

#[test]
fn what_is_too_large_to_keep_is_relayed_all_the_same() {
    let origin = Origin::http(Origin::ok);
    let mut proxy = proxy([]);
    let curl = proxy.curl(["-T", "body", "-H", "Expect:", &origin.url("/")]);
    std::fs::File::create(curl.home().join("body")).unwrap().set_len(65 << 20).unwrap();
    curl.succeeds().stdout_is("ok");
    assert!(origin.received().len() > 65 << 20);
    let line = proxy.line();
    assert_eq!((line["method"].as_str(), line["_body"].as_str()), (Some("PUT"), Some("unavailable")));
    assert_eq!(line.get("postData"), None);
}

// ----------------------------------------------------------------------------------------------- many requests

#[test]
fn pipelined_requests_are_lines_and_answers_in_their_order() {
    let origin = Origin::http(|peer| {
        let mut count = 0;
        while peer.request().is_some() {
            count += 1;
            peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{count}"));
        }
    });
    let mut proxy = proxy([]);
    let mut client = Client::connect(proxy.port);
    let request = |n: usize| format!("POST {} HTTP/1.1\r\nContent-Length: 1\r\n\r\n{n}", origin.url(&format!("/{n}")));
    client.write((1..=5).map(request).collect::<String>());
    for n in 1..=5 {
        client.head();
        assert_eq!(client.exactly(1), n.to_string().as_bytes());
        assert_eq!(proxy.line()["url"], origin.url(&format!("/{n}")));
    }
}

#[test]
fn one_client_connection_may_speak_to_several_origins() {
    let (one, other) = (Origin::http(Origin::ok), Origin::http(Origin::ok));
    let mut proxy = proxy([]);
    let mut client = Client::connect(proxy.port);
    let request = |origin: &Origin| format!("GET {} HTTP/1.1\r\n\r\n", origin.url("/"));
    client.write([request(&one), request(&other), request(&one)].concat());
    for origin in [&one, &other, &one] {
        assert!(client.head().starts_with("HTTP/1.1 200"));
        assert_eq!(client.exactly(2), b"ok");
        assert_eq!(proxy.line()["url"], origin.url("/"));
    }
    assert_eq!(one.received(), b"GET / HTTP/1.1\r\n\r\n");
}

#[test]
fn answers_without_a_body_do_not_confuse_what_follows() {
    let origin = Origin::http(|peer| {
        while let Some(head) = peer.request() {
            peer.write(match head.split(' ').next() {
                Some("HEAD") => "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
                Some("DELETE") => "HTTP/1.1 204 No Content\r\n\r\n",
                Some("GET") => "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
                _ => "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
            });
        }
    });
    let mut proxy = proxy(["--responses"]);
    let mut client = Client::connect(proxy.port);
    for (method, status) in [("HEAD", 200), ("DELETE", 204), ("GET", 304), ("POST", 200), ("HEAD", 200)] {
        client.write(format!("{method} {} HTTP/1.1\r\n\r\n", origin.url("/")));
        client.head();
        if method == "POST" {
            client.head();
            client.exactly("2\r\nok\r\n0\r\n\r\n".len());
        }
        let entry = proxy.line();
        assert_eq!((&entry["request"]["method"], &entry["response"]["status"]), (&json!(method), &json!(status)));
    }
}

#[test]
fn many_clients_at_once_get_their_own_answers() {
    let origin = Origin::https(&[], |peer| {
        while let Some(head) = peer.request() {
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{path}", path.len()));
        }
    });
    let mut proxy = started(capture(["--source", "proxy"]).env("SSL_CERT_FILE", origin.root()));
    let authority = proxy.authority();
    std::thread::scope(|scope| {
        for client in 0..20 {
            let (proxy, origin, authority) = (proxy.port, origin.port, &authority);
            scope.spawn(move || {
                let mut stream = Client::tunnel(proxy, origin).tls(authority, &[]);
                for n in 0..20 {
                    let path = format!("/{client}/{n}");
                    stream.write(format!("GET {path} HTTP/1.1\r\n\r\n"));
                    stream.head();
                    assert_eq!(stream.exactly(path.len()), path.as_bytes());
                }
            });
        }
    });
    let mut urls: Vec<_> = (0..400).map(|_| proxy.line()["url"].as_str().unwrap().to_owned()).collect();
    urls.sort();
    urls.dedup();
    assert_eq!(urls.len(), 400);
}

// ------------------------------------------------------------------------------------------------ other protocols

#[test]
fn a_websocket_is_relayed_untouched_and_said() {
    for scheme in ["http", "https"] {
        let talk = |peer: &mut crate::support::Peer| {
            peer.until("\r\n\r\n");
            peer.write(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x02hi");
            while let Some(byte) = peer.byte() {
                peer.write([byte ^ 0xff]);
            }
        };
        let origin = if scheme == "http" { Origin::http(talk) } else { Origin::https(&[], talk) };
        let mut tool = capture(["--source", "proxy"]);
        if scheme == "https" {
            tool = tool.env("SSL_CERT_FILE", origin.root());
        }
        let mut proxy = started(tool);
        let handshake = "HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
        let mut client = if scheme == "http" {
            let mut client = Client::connect(proxy.port);
            client.write(format!("GET {} {handshake}", origin.url("/ws")));
            client
        } else {
            let mut client = Client::tunnel(proxy.port, origin.port).tls(&proxy.authority(), &["http/1.1"]);
            client.write(format!("GET /ws {handshake}"));
            client
        };
        assert!(client.head().starts_with("HTTP/1.1 101"));
        assert_eq!(client.exactly(4), b"\x81\x02hi");
        client.write(b"GET / HTTP/1.1\r\n\r\n\x00\xff");
        assert_eq!(client.exactly(20)[..4], [!b'G', !b'E', !b'T', !b' ']);
        assert_eq!(proxy.line()["url"], origin.url("/ws"));
        assert!(proxy.running.stderr_line().contains("websocket"));
        proxy.interrupt().stdout_has("/ws");
    }
}

#[test]
fn a_refused_upgrade_goes_on_as_http() {
    let origin = Origin::http(Origin::ok);
    let mut proxy = proxy([]);
    let mut client = Client::connect(proxy.port);
    let request = |path| format!("GET {} HTTP/1.1\r\nUpgrade: h2c\r\n\r\n", origin.url(path));
    client.write(request("/1") + &request("/2"));
    for path in ["/1", "/2"] {
        client.head();
        client.exactly(2);
        assert_eq!(proxy.line()["url"], origin.url(path));
    }
}

#[test]
fn a_client_that_offers_both_gets_http_1_and_one_that_insists_on_http_2_a_tunnel() {
    let origin = Origin::https(&["h2", "http/1.1"], Origin::ok);
    let mut proxy = started(capture(["--source", "proxy"]).env("SSL_CERT_FILE", origin.root()));
    let url = origin.url("/");
    proxy.curl(["-k", "--http2", "-w", " %{http_version}", &url]).succeeds().stdout_is("ok 1.1");
    assert_eq!(proxy.line()["url"], url);
    // The tunnel ends at the origin: it is the origin's certificate that the client sees.
    let root = std::fs::read_to_string(origin.root()).unwrap();
    let mut client = Client::tunnel(proxy.port, origin.port).tls(&root, &["h2"]);
    client.write("GET / HTTP/1.1\r\n\r\n");
    assert!(client.head().starts_with("HTTP/1.1 200"));
    assert!(proxy.running.stderr_line().contains("does not offer HTTP/1.1, tunnelled untouched"));
    proxy.interrupt().stdout_has("\"method\"");
}

#[test]
fn a_tunnel_to_something_that_is_not_tls_is_left_alone() {
    let server_first = Origin::http(|peer| {
        peer.write("SSH-2.0-x\r\n");
        peer.rest();
    });
    let client_first = Origin::http(Origin::ok);
    let mut proxy = proxy([]);
    let mut client = Client::tunnel(proxy.port, server_first.port);
    assert_eq!(client.exactly(11), b"SSH-2.0-x\r\n");
    client.write(b"\x16not TLS");
    client.end();
    assert_eq!(server_first.received(), b"\x16not TLS");
    proxy.running.stderr_line_with("not TLS, tunnelled untouched");
    let mut client = Client::tunnel(proxy.port, client_first.port);
    client.write("PRI * HTTP/2.0\r\n\r\n");
    assert!(client.head().starts_with("HTTP/1.1 200"));
    proxy.running.stderr_line_with("not TLS, tunnelled untouched");
    proxy.interrupt().stdout_is("");
}

#[test]
fn http_2_inside_tls_without_alpn_is_relayed_and_said() {
    let origin = Origin::https(&[], |peer| {
        peer.until("SM\r\n\r\n");
        peer.write(b"\x00\x00\x00\x04\x00\x00\x00\x00\x00");
        peer.rest();
    });
    let mut proxy = started(capture(["--source", "proxy"]).env("SSL_CERT_FILE", origin.root()));
    let mut client = Client::tunnel(proxy.port, origin.port).tls(&proxy.authority(), &[]);
    client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assert_eq!(client.exactly(9), b"\x00\x00\x00\x04\x00\x00\x00\x00\x00");
    proxy.running.stderr_line_with("HTTP/2");
}

// -------------------------------------------------------------------------------------------------- certificates

#[test]
fn a_bad_certificate_gets_a_502_and_no_byte_goes_out() {
    let origin = Origin::https(&["http/1.1"], |peer| peer.rest());
    let mut proxy = proxy([]);
    let url = origin.url("/secret?token=1");
    let output = proxy.curl(["-k", "-d", "secret body", "-w", "%{http_code}", "-o", "-", &url]).succeeds();
    assert!(output.out().ends_with("502"), "{}", output.out());
    assert!(output.out().contains("nothing was sent"), "{}", output.out());
    assert_eq!(origin.received(), b"");
    assert_eq!(proxy.line()["postData"]["text"], "secret body");
    proxy.running.stderr_line_with("certificate");
}

#[test]
fn a_certificate_for_another_name_gets_a_502() {
    let origin = Origin::https(&[], |peer| peer.rest());
    let proxy = started(capture(["--source", "proxy"]).env("SSL_CERT_FILE", origin.root()));
    let url = format!("https://localhost.localdomain:{}/", origin.port);
    let curl = proxy.curl([
        "-k",
        "-w",
        "%{http_code}",
        "-o",
        "/dev/null",
        "--connect-to",
        &format!("::127.0.0.1:{}", origin.port),
        &url,
    ]);
    curl.succeeds().stdout_is("502");
    assert_eq!(origin.received(), b"");
}

#[test]
fn clients_are_shown_a_certificate_for_the_name_or_address_that_they_asked_for() {
    let origin = Origin::https(&[], Origin::ok);
    let mut proxy = started(capture(["--source", "proxy"]).env("SSL_CERT_FILE", origin.root()));
    let authority = proxy.authority();
    for host in ["127.0.0.1", "localhost"] {
        let url = format!("https://{host}:{}/", origin.port);
        proxy.curl(["--cacert", "ca.pem", &url]).file("ca.pem", &authority).succeeds().stdout_is("ok");
        assert_eq!(proxy.line()["url"], url);
    }
    // Without trust nothing works, and the reason is said.
    assert!(!proxy.curl([&origin.url("/")]).run().status.success());
    proxy.running.stderr_line_with("capture ca");
}

#[test]
fn captures_that_start_together_have_one_authority() {
    let home = tempfile::tempdir().unwrap();
    let outputs: Vec<_> = std::thread::scope(|scope| {
        let run = || capture(["ca"]).env("COUNTERSIGN_HOME", home.path()).succeeds();
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let first = outputs[0].out();
    assert!(first.starts_with("-----BEGIN CERTIFICATE-----\n") && first.ends_with("-----END CERTIFICATE-----\n"));
    assert_eq!(first.matches("BEGIN").count(), 1);
    for output in &outputs {
        assert_eq!(output.out(), first);
        assert!(output.err().contains("ca.pem"));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let state = home.path().join("state");
        let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&state), mode(&state.join("capture-ca.pem"))), (0o700, 0o600));
        assert_eq!(std::fs::read_dir(&state).unwrap().count(), 1);
    }
}

#[test]
fn a_broken_authority_is_an_error_that_says_what_to_do() {
    capture(["ca"])
        .file("countersign/state/capture-ca.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        .fails(1)
        .stderr_has("capture-ca.pem: holds no certificate and key of capture; `capture ca --renew");
}

// ------------------------------------------------------------------------------------------------------- its end

#[test]
fn sigint_ends_a_capture_with_0_and_every_finished_request_written() {
    let silent = Origin::http(|peer| peer.rest());
    let proxy = proxy([]);
    let mut clients: Vec<_> = (0..50).map(|_| Client::connect(proxy.port)).collect();
    for (n, client) in clients.iter_mut().enumerate() {
        client.write(format!("GET {} HTTP/1.1\r\n\r\nGET {}", silent.url(&format!("/{n}")), silent.url("/half")));
    }
    let mut proxy = proxy;
    for _ in 0..50 {
        proxy.line();
    }
    let output = proxy.interrupt();
    assert_eq!(output.lines().len(), 50);
    assert!(!output.out().contains("half"));
}

#[test]
fn sigint_writes_entries_of_requests_that_wait_for_their_response() {
    let silent = Origin::http(|peer| {
        peer.request();
        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345");
        peer.rest();
    });
    let mut proxy = proxy(["--responses"]);
    let mut client = Client::connect(proxy.port);
    client.write(format!("GET {} HTTP/1.1\r\n\r\n", silent.url("/slow")));
    client.head();
    client.exactly(5);
    proxy.running.close_stdin();
    let output = proxy.interrupt();
    let entries = output.json();
    let response = &entries[0]["response"];
    assert_eq!((&response["content"]["text"], &response["_body"]), (&json!("12345"), &json!("partial")));
}

#[test]
fn count_ends_a_capture_after_the_last_response_was_relayed() {
    let origin = Origin::http(|peer| {
        while peer.request().is_some() {
            // Long after the line has been written.
            std::thread::sleep(Duration::from_millis(300));
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        }
    });
    let proxy = proxy(["--count", "2"]);
    let url = origin.url("/");
    proxy.curl([&url, &url, &url]).run().stdout_has("okok");
    assert_eq!(proxy.running.finish().exits(0).lines().len(), 2);
}

#[test]
fn for_ends_a_capture_after_that_time() {
    let start = Instant::now();
    capture(["--source", "proxy", "--for", "300ms"]).succeeds().stdout_is("");
    assert!(start.elapsed() >= Duration::from_millis(300));
    capture(["--source", "proxy", "--for", "0.3"]).succeeds().stdout_is("");
    capture(["--source", "proxy", "--for", "2 s"]).fails(2).stderr_has("write 500ms, 2s, 1.5m, 1h or 1d");
}

#[test]
fn a_closed_stdout_ends_a_capture_quietly() {
    let origin = Origin::http(Origin::ok);
    let script = format!(
        "{} --quiet -- sh -c 'curl -sS -o /dev/null {url} && curl -sS -o /dev/null {url}; exit 3' | head -n 1; \
         exit ${{PIPESTATUS[0]}}",
        bin("capture").display(),
        url = origin.url("/")
    );
    let output = Tool::program("bash").args(["-c", &script]).run().exits(3).stderr_is("");
    assert_eq!(output.lines().len(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_said_and_fails() {
    let origin = Origin::http(Origin::ok);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = capture(["--", "curl", "-sS", &origin.url("/")]).stdout_to(full);
    output.exits(1).stderr_has("capture: cannot write: No space left on device");
}

// -------------------------------------------------------------------------------------------------------- command

#[test]
fn a_command_needs_no_set_up_and_its_exit_code_is_ours() {
    let origin = Origin::https(&[], Origin::ok);
    let url = origin.url("/x");
    let output = capture(["--", "curl", "-sS", &url])
        .env("SSL_CERT_FILE", origin.root())
        .env("no_proxy", "*")
        .env("NO_PROXY", "127.0.0.1")
        .succeeds()
        .stderr_has("ok");
    assert_eq!(output.json()[0]["url"], url);
    capture(["--", "sh", "-c", "exit 7"]).fails(7);
    capture(["--", "sh", "-c", "kill -TERM $$"]).fails(143);
    capture(["--", "no-such-command"]).fails(127).stderr_has("no-such-command");
    capture(["--source", "proxy", "--", "true", "--count", "1"]).succeeds();
}

#[test]
fn a_command_is_told_of_proxy_and_roots_by_every_name() {
    let names = "http_proxy https_proxy HTTP_PROXY HTTPS_PROXY SSL_CERT_FILE CURL_CA_BUNDLE REQUESTS_CA_BUNDLE NODE_EXTRA_CA_CERTS";
    let script = format!(
        "for n in {names}; do eval \"test -n \\\"\\$$n\\\"\" || echo missing $n; done
         grep -c BEGIN \"$SSL_CERT_FILE\"; test -z \"$no_proxy$NO_PROXY\" || echo bypass"
    );
    let output = capture(["--quiet", "--", "sh", "-c", &script]).env("no_proxy", "x").succeeds().stdout_is("");
    assert!(!output.err().contains("missing") && !output.err().contains("bypass"), "{}", output.err());
    assert!(output.err().trim().parse::<u32>().unwrap() > 1, "{}", output.err());
    assert_eq!(std::fs::read_dir(output.home().join("countersign/run")).unwrap().count(), 0);
}

#[test]
fn a_signal_reaches_the_command_and_its_exit_code_comes_back() {
    let script = "trap 'exit 9' INT TERM; echo ready >&2; while :; do sleep 0.05; done";
    let mut running = capture(["--", "sh", "-c", script]).start();
    running.stderr_line_with("ready");
    running.signal("INT");
    running.finish().exits(9);
}

// -------------------------------------------------------------------------------------------------------- filters

#[test]
fn filters_hold_together_and_repeats_are_alternatives() {
    let origin = Origin::http(Origin::ok);
    let urls = [origin.url("/a/1"), origin.url("/b/[2]"), origin.url("/c/3?x=/a/"), origin.url("/a/4.png")];
    let cases: [(&[&str], &[usize]); 9] = [
        (&[], &[0, 1, 2, 3]),
        (&["--url", "*/a/*"], &[0, 2, 3]),
        (&["--url", "*/a/1", "--url", "*/[2]"], &[0, 1]),
        (&["--url", "*/a/*", "--not-url", "*.png"], &[0, 2]),
        (&["--method", "post"], &[]),
        (&["--method", "POST", "--method", "get"], &[0, 1, 2, 3]),
        (&["--domain", "127.0.0.1", "--url", "*b*"], &[1]),
        (&["--domain", "example.com"], &[]),
        (&["--type", "xhr,image"], &[3]),
    ];
    for (filters, expected) in cases {
        let script = format!(
            "curl -gsS -o /dev/null '{}' '{}' '{}' && curl -sS -o /dev/null -H 'Accept: image/png' {}",
            urls[0], urls[1], urls[2], urls[3]
        );
        let output = capture(["--quiet"]).args(filters).args(["--", "sh", "-c", &script]).succeeds();
        let lines: Vec<_> = output.json().iter().map(|line| line["url"].clone()).collect();
        let expected: Vec<_> = expected.iter().map(|at| json!(urls[*at])).collect();
        assert_eq!(lines, expected, "{filters:?}");
    }
    capture(["--source", "proxy", "--type", "picture"]).fails(2);
    capture(["--source", "proxy", "--domain", "ftp://x"]).fails(2);
}

// --------------------------------------------------------------------------------------------------------- output

#[test]
fn a_domain_is_found_in_the_host_header_too() {
    let origin = Origin::https(&[], Origin::ok);
    let mut proxy = started(
        capture(["--source", "proxy", "--domain", "api.example.com", "--count", "2"])
            .env("SSL_CERT_FILE", origin.root()),
    );
    let url = origin.url("/");
    for host in ["other.example.com", "badapi.example.com", "api.example.com", "v1.API.example.com:443"] {
        proxy.curl(["-k", "-H", &format!("Host: {host}"), &url]).succeeds();
    }
    for host in ["api.example.com", "v1.API.example.com:443"] {
        let line = proxy.line();
        assert!(headers(&line).contains(&("Host", host)), "{line}");
        assert_eq!(line["url"], url);
    }
    proxy.running.finish().exits(0);
}

#[test]
fn responses_make_har_entries_with_times() {
    let origin = Origin::http(|peer| {
        peer.request();
        peer.write(
            "HTTP/1.1 201 Made\r\nContent-Type: text/plain\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 3\r\n\r\nyes",
        );
    });
    let output =
        capture(["--responses", "--", "curl", "-sS", "-b", "k=v", "-d", "n=1", &origin.url("/?q=%20")]).succeeds();
    let entry = &output.json()[0];
    assert!(entry["startedDateTime"].as_str().unwrap().ends_with('Z'));
    for time in ["send", "wait", "receive"] {
        assert!(entry["timings"][time].as_f64().unwrap() >= 0.0);
    }
    let request = &entry["request"];
    assert_eq!(request["queryString"], json!([{"name": "q", "value": " "}]));
    assert_eq!(request["cookies"], json!([{"name": "k", "value": "v"}]));
    assert_eq!((&request["postData"]["text"], &request["bodySize"]), (&json!("n=1"), &json!(3)));
    let response = &entry["response"];
    assert_eq!((&response["status"], &response["statusText"]), (&json!(201), &json!("Made")));
    assert_eq!(response["content"], json!({"size": 3, "mimeType": "text/plain", "text": "yes"}));
    assert_eq!(response["cookies"], json!([{"name": "a", "value": "b"}]));
}

#[test]
fn har_is_one_document_however_many_requests() {
    let origin = Origin::http(Origin::ok);
    for responses in [&["--responses"][..], &[]] {
        for count in 0..3 {
            let urls = vec![origin.url("/"); count];
            let output =
                capture(["--to", "har"]).args(responses).args(["--", "curl", "-sS", "-K", "/dev/null"]).args(urls);
            let document: Value = serde_json::from_str(&output.run().out()).expect("one document");
            let entries = document["log"]["entries"].as_array().unwrap();
            assert_eq!(entries.len(), count);
            assert!(entries.iter().all(|entry| entry["startedDateTime"].as_str().unwrap().starts_with("20")));
        }
    }
    capture(["--source", "proxy", "--responses", "--to", "url"]).fails(2).stderr_has("--responses");
}

#[test]
fn what_was_saved_is_read_back_with_the_same_filters() {
    let origin = Origin::http(Origin::ok);
    let home = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| Tool::new("capture").args(arguments).env("COUNTERSIGN_HOME", home.path()).succeeds();
    let (one, two) = (origin.url("/1"), origin.url("/2"));
    let first = run(&["--save", "history", "--", "curl", "-sS", &one, "-d", "x", &two]);
    run(&["--save", "history", "--responses", "--", "curl", "-sS", &one]);
    let history = run(&["history"]);
    assert_eq!(history.lines().len(), 3);
    assert!(history.out().starts_with(&first.out()));
    assert_eq!(run(&["history", "--method", "post", "--url", "*/2", "--to", "url"]).out(), format!("{two}\n"));
    assert_eq!(run(&["history", "--count", "1"]).lines().len(), 1);
    assert_eq!(run(&["history", "--responses"]).json()[0]["response"]["status"], 200);
    let file = home.path().join("lines");
    run(&["--save", file.to_str().unwrap(), "--to", "url", "--", "curl", "-sS", &one]).stdout_is(&format!("{one}\n"));
    let saved: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(saved["url"], one);
}

#[test]
fn captured_lines_go_through_sign_and_curl() {
    let origin = Origin::http(Origin::ok);
    let url = origin.url("/a?b");
    let line = capture(["--quiet", "--", "curl", "-sS", "-d", "n=1", "-H", "X-Y: z", &url]).succeeds().out();
    let signed = crate::support::sign(["bearer", "--token", "T"]).stdin(line).succeeds();
    let expected = json!({"name": "Authorization", "value": "Bearer T"});
    assert!(signed.json()[0]["headers"].as_array().unwrap().contains(&expected));
}

// -------------------------------------------------------------------------------------------------- command line

#[test]
fn an_address_that_others_reach_needs_to_be_allowed() {
    capture(["--source", "proxy", "--listen", "0.0.0.0:0"]).fails(2).stderr_has("--listen-any");
    let any = capture(["--source", "proxy", "--listen", "0.0.0.0:0", "--listen-any", "--for", "1ms"]).succeeds();
    any.stderr_has("capture: listening on 0.0.0.0:");
    capture(["--source", "proxy", "--listen", "nowhere"]).fails(2).stderr_has("--listen");
    capture([]).fails(2).stderr_has("--source proxy");
    capture(["--source", "bridge"]).fails(3).stderr_has("bridge-install install");
    // What only one source knows is an error for the other.
    for (arguments, option) in [
        (&["--source", "bridge", "--listen", "127.0.0.1:0"][..], "--listen"),
        (&["--listen-any"], "--listen-any"),
        (&["--source", "proxy", "--tab", "*"], "--tab"),
        (&["--initiator", "example.com", "--", "true"], "--initiator"),
        (&["--no-input", "--", "true"], "--no-input"),
        (&["--source", "bridge", "--", "true"], "--source bridge"),
    ] {
        capture([]).args(arguments).fails(2).stderr_has(option);
    }
}

#[test]
fn help_shows_examples_first() {
    capture(["--help"]).succeeds().stdout_has("Examples:\n  capture --domain api.example.com |\n");
    assert!(capture(["--help"]).succeeds().out().starts_with("Examples:"));
}

// -------------------------------------------------------------------------------------------------- proxy on the way

#[test]
fn a_proxy_of_the_environment_is_used_with_its_credentials() {
    let origin = Origin::https(&[], Origin::ok);
    let port = origin.port;
    let on_the_way = Origin::http(move |peer| {
        let Some(head) = peer.request() else { return };
        if !head.starts_with("CONNECT ") {
            return peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nvp");
        }
        peer.write("HTTP/1.1 200 fine\r\n\r\n");
        peer.splice(port);
    });
    let named = format!("http://us%40er:pw@127.0.0.1:{}", on_the_way.port);
    let proxied = || {
        capture(["--source", "proxy"])
            .env("http_proxy", &named)
            .env("HTTPS_PROXY", &named)
            .env("no_proxy", "10.0.0.0/8,direct.test")
            .env("SSL_CERT_FILE", origin.root())
    };
    let mut proxy = started(proxied());
    proxy.curl(["http://nowhere.test/a?b"]).succeeds().stdout_is("vp");
    assert_eq!(proxy.line()["url"], "http://nowhere.test/a?b");
    let received = String::from_utf8(on_the_way.received()).unwrap();
    assert!(received.starts_with("GET http://nowhere.test/a?b HTTP/1.1\r\n"), "{received}");
    assert!(received.contains("\r\nProxy-Authorization: Basic dXNAZXI6cHc=\r\n\r\n"), "{received}");
    proxy.curl(["-k", &origin.url("/t")]).succeeds().stdout_is("ok");
    assert_eq!(proxy.line()["url"], origin.url("/t"));
    let output = proxy.interrupt();
    assert!(!output.err().contains("pw"));
    capture(["--source", "proxy"]).env("all_proxy", "socks5://127.0.0.1:1").fails(2).stderr_has("all_proxy");
}

#[test]
fn the_proxy_does_not_connect_to_itself() {
    let proxy = proxy([]);
    let url = format!("http://127.0.0.1:{}/", proxy.port);
    proxy.curl(["-w", "%{http_code}", "-o", "/dev/null", &url]).succeeds().stdout_is("508");
}

#[test]
fn an_origin_that_cannot_be_reached_is_a_502() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut proxy = proxy([]);
    let url = format!("http://127.0.0.1:{port}/");
    proxy.curl(["-w", "%{http_code}", "-o", "/dev/null", "-d", "x", &url]).succeeds().stdout_is("502");
    assert_eq!(proxy.line()["postData"]["text"], "x");
}

// -------------------------------------------------------------------------------------------------- hostile clients

#[test]
fn garbage_and_endless_heads_are_refused_and_others_go_on() {
    let origin = Origin::http(Origin::ok);
    let mut proxy = proxy([]);
    let endless = [b"GET http://h/ HTTP/1.1\r\nX: ".to_vec(), vec![b'a'; 300 << 10]].concat();
    let cases: [(&[u8], &str); 8] = [
        (b"\x16\x03\x01\x02\x00", "400"),
        (b"\x00\x01\x02\r\n\r\n", "400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "400"),
        (b"GET ftp://h/ HTTP/1.1\r\n\r\n", "400"),
        (b"GET http://h/ HTTP/3.0\r\n\r\n", "400"),
        (b"CONNECT nowhere HTTP/1.1\r\n\r\n", "400"),
        (b"GET http://127.0.0.1:99999/ HTTP/1.1\r\n\r\n", "400"),
        (&endless, "431"),
    ];
    for (bytes, status) in cases {
        let mut client = Client::connect(proxy.port);
        client.try_write(bytes);
        let answer = client.head();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
    }
    let mut half: Vec<_> = (0..20).map(|_| Client::connect(proxy.port)).collect();
    for client in &mut half {
        client.write(format!("POST {} HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf", origin.url("/half")));
    }
    drop(half);
    let mut slow = Client::connect(proxy.port);
    slow.write("GET http://slow");
    let mut broken = Client::tunnel(proxy.port, origin.port);
    broken.try_write(b"\x16\x03\x01\xff\xff\xff\xff\xff\xff");
    proxy.curl([&origin.url("/fine")]).succeeds().stdout_is("ok");
    assert_eq!(proxy.line()["url"], origin.url("/fine"));
}

#[test]
fn unclear_lengths_are_refused_where_the_request_would_have_to_be_rewritten() {
    let origin = Origin::http(Origin::ok);
    let proxy = proxy([]);
    for lengths in ["Content-Length: 1\r\nContent-Length: 2", "Content-Length: -1", "Transfer-Encoding: gzip"] {
        let mut client = Client::connect(proxy.port);
        client.write(format!("POST {} HTTP/1.1\r\n{lengths}\r\n\r\n", origin.url("/")));
        assert!(client.head().starts_with("HTTP/1.1 400 "), "{lengths}");
    }
}

#[test]
fn an_early_answer_reaches_a_client_that_still_sends() {
    let origin = Origin::http(|peer| {
        peer.until("\r\n\r\n");
        peer.write("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
    });
    let proxy = proxy([]);
    let mut client = Client::connect(proxy.port);
    client.write(format!("POST {} HTTP/1.1\r\nContent-Length: 100000\r\n\r\n", origin.url("/")));
    assert!(client.head().starts_with("HTTP/1.1 413"));
    client.try_write(vec![b'x'; 50_000]);
    assert_eq!(client.exactly(3), b"big");
}
