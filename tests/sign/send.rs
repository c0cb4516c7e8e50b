//! `sign --send`: what goes on the wire, what comes back, and everything that can go wrong in between.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};

use crate::support::{Origin, Output, Peer, Tool, sign};

/// `sign bearer --send` with a token.
fn send(input: impl AsRef<[u8]>) -> Tool {
    sign(["bearer", "--token", "T0KEN", "--send"]).stdin(input)
}

/// A server that answers every request with this, and the heads that it got.
fn answering(response: &'static str) -> (Origin, Arc<Mutex<Vec<String>>>) {
    let heads = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&heads);
    let origin = Origin::http(move |peer| {
        while let Some(head) = peer.request() {
            seen.lock().unwrap().push(head);
            peer.write(response);
        }
    });
    (origin, heads)
}

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

fn status(output: &Output) -> Vec<u64> {
    output.json().iter().map(|entry| entry["response"]["status"].as_u64().unwrap()).collect()
}

fn text(output: &Output) -> Vec<String> {
    let text = |entry: &serde_json::Value| entry["response"]["content"]["text"].as_str().unwrap_or_default().to_owned();
    output.json().iter().map(text).collect()
}

mod requests {
    use super::*;

    #[test]
    fn every_byte_goes_out_as_it_is_written() {
        let origin = Origin::http(Origin::ok);
        let line = format!(
            r#"{{"method":"PaTCH","url":"{}","headers":[{{"name":"x-ONE","value":"1"}},{{"name":"Accept","value":""}},{{"name":"X-two","value":"é,  \t2"}},{{"name":"X-One","value":"1 again"}},{{"name":"Content-Length","value":"4"}}],"postData":{{"mimeType":"x","text":"aGkA/w==","encoding":"base64"}}}}"#,
            origin.url("/a//b;c=d/%2f%2F%zz?q=1&&q=%20+&=#part")
        );
        send(line).succeeds();
        let host = format!("127.0.0.1:{}", origin.port);
        let expected = format!(
            "PaTCH /a//b;c=d/%2f%2F%zz?q=1&&q=%20+&= HTTP/1.1\r\nHost: {host}\r\nx-ONE: 1\r\nAccept: \r\nX-two: é,  \t2\r\n\
             X-One: 1 again\r\nAuthorization: Bearer T0KEN\r\nContent-Length: 4\r\n\r\nhi\0"
        );
        let mut expected = expected.into_bytes();
        expected.push(0xff);
        assert_eq!(String::from_utf8_lossy(&origin.received()), String::from_utf8_lossy(&expected));
    }

    #[test]
    fn nothing_is_added_to_a_bare_url() {
        let origin = Origin::http(Origin::ok);
        sign(["none", "--send"]).stdin(origin.url("")).succeeds();
        let expected = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", origin.port);
        assert_eq!(String::from_utf8(origin.received()).unwrap(), expected);
    }

    #[test]
    fn host_is_sent_with_the_value_and_at_the_place_given() {
        let origin = Origin::http(Origin::ok);
        let headers = r#"[{"name":"A","value":"1"},{"name":"hOST","value":"other.example"}]"#;
        sign(["none", "--send"]).stdin(format!(r#"{{"url":"{}","headers":{headers}}}"#, origin.url("/"))).succeeds();
        assert_eq!(
            String::from_utf8(origin.received()).unwrap(),
            "GET / HTTP/1.1\r\nA: 1\r\nhOST: other.example\r\n\r\n"
        );
    }

    #[test]
    fn an_empty_body_has_a_length_and_no_body_has_none() {
        let origin = Origin::http(Origin::ok);
        let url = origin.url("/");
        let lines = format!(r#"{{"method":"POST","url":"{url}","body":""}}"#)
            + "\n"
            + &format!(r#"{{"method":"POST","url":"{url}"}}"#);
        sign(["none", "--send"]).stdin(lines).succeeds();
        let received = String::from_utf8(origin.received()).unwrap();
        let (with, without) = received.split_once("\r\n\r\n").unwrap();
        assert!(with.ends_with("\r\nContent-Length: 0"), "{received}");
        assert!(!without.contains("Content-Length"), "{received}");
    }

    #[test]
    fn ten_megabytes_arrive() {
        let origin = Origin::http(Origin::ok);
        let body = "x".repeat(10 << 20);
        sign(["none", "--send"])
            .stdin(format!(r#"{{"method":"PUT","url":"{}","body":"{body}"}}"#, origin.url("/")))
            .succeeds();
        assert!(String::from_utf8(origin.received()).unwrap().ends_with(&format!("\r\n\r\n{body}")));
    }

    #[test]
    fn a_url_that_a_library_would_change_is_refused_and_not_sent() {
        let (origin, heads) = answering(OK);
        for path in ["/a/../b", "/./a", "/%2e%2e/a", "/a b", "/{x}", "/é", "/?q='x'", "/?q=\"", "/\\a", "/a?<x>"] {
            let line = serde_json::json!({"url": origin.url(path)}).to_string();
            let problem = if path == "/a b" { "/a b\" has a space" } else { "sign: line 1: url: has dots" };
            send(line).fails(1).stdout_is("").stderr_has(problem);
        }
        for host in ["http://127.1/", "http://0x7f000001/", "http://2130706433/"] {
            send(host)
                .arg("--allow-http")
                .fails(1)
                .stderr_has("url: has dots or characters that HTTP libraries change");
        }
        assert!(heads.lock().unwrap().is_empty());
    }

    #[test]
    fn what_cannot_be_signed_is_not_sent() {
        let (origin, heads) = answering(OK);
        for auth in [
            r#"{"type":"bearer","bearer":{}}"#,
            r#"{"type":"bearer"}"#,
            r#"{"type":"unknown","unknown":{}}"#,
            r#"{"type":"hawk","hawk":{"authId":"i","authKey":"k","algorithm":"md5"}}"#,
            r#"{"type":"jwt","jwt":{"algorithm":"RS256","privateKey":"none","payload":"{}"}}"#,
            r#"{"type":"oauth1","oauth1":{"signatureMethod":"RSA-MD5","consumerKey":"c"}}"#,
            r#"{"type":"apikey","apikey":{"value":"v"}}"#,
        ] {
            let line = format!("{{\"url\":\"{}\",\"_auth\":{auth}}}", origin.url("/"));
            sign(["inherit", "--send"]).stdin(line).fails(1).stdout_is("").stderr_has("sign: line 1: ");
        }
        assert!(heads.lock().unwrap().is_empty());
    }

    #[test]
    fn connect_is_no_request() {
        send(r#"{"method":"CONNECT","url":"http://127.0.0.1:1/"}"#).fails(1).stderr_has("method: is CONNECT");
    }

    #[test]
    fn one_connection_serves_requests_one_after_another() {
        let origin = Origin::http(Origin::ok);
        let output = send(format!("{}\n", origin.url("/")).repeat(20)).succeeds();
        assert_eq!(output.lines().len(), 20);
        assert_eq!(String::from_utf8(origin.received()).unwrap().matches("GET / ").count(), 20);
        let connect = |entry: &serde_json::Value| entry["timings"]["connect"].as_f64().unwrap();
        assert!(connect(&output.json()[0]) >= 0.0);
        assert!(output.json()[1..].iter().all(|entry| (connect(entry) + 1.0).abs() < f64::EPSILON));
    }

    #[test]
    fn a_connection_that_the_server_closed_meanwhile_is_replaced() {
        let count = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&count);
        let origin = Origin::http(move |peer| {
            // One request a connection, without saying so.
            peer.request();
            seen.fetch_add(1, Ordering::SeqCst);
            peer.write(OK);
        });
        let output = send(format!("{}\n", origin.url("/")).repeat(5)).succeeds();
        assert_eq!((output.lines().len(), count.load(Ordering::SeqCst)), (5, 5));
    }
}

mod responses {
    use super::*;

    #[test]
    fn an_entry_has_what_har_asks_for() {
        let (origin, _) = answering(
            "HTTP/1.1 201 All Good\r\nSet-Cookie: a=b; Path=/\r\nset-cookie: c=d\r\nContent-Type: text/plain\r\n\
             Location: /there\r\nContent-Length: 3\r\n\r\nyes",
        );
        let line = format!(
            r#"{{"method":"POST","url":"{}","body":"b","_name":"n","_auth":{{"type":"noauth"}}}}"#,
            origin.url("/?x=%20y")
        );
        let entry = send(line).succeeds().json().remove(0);
        let at = |pointer: &str| entry.pointer(pointer).unwrap_or_else(|| panic!("{pointer} in {entry}")).clone();
        assert!(at("/startedDateTime").as_str().unwrap().ends_with('Z'));
        let time = at("/time").as_f64().unwrap();
        let timings =
            ["connect", "send", "wait", "receive"].map(|name| at(&format!("/timings/{name}")).as_f64().unwrap());
        assert!((timings.iter().sum::<f64>() - time).abs() < 0.01, "{entry}");
        assert_eq!(at("/timings/ssl"), -1);
        assert_eq!((at("/cache"), at("/serverIPAddress")), (serde_json::json!({}), "127.0.0.1".into()));
        for (pointer, value) in [
            ("/request/method", "POST"),
            ("/request/httpVersion", "HTTP/1.1"),
            ("/request/queryString/0/value", " y"),
            ("/request/postData/text", "b"),
            ("/request/_name", "n"),
            ("/request/headers/0/value", "Bearer T0KEN"),
            ("/response/statusText", "All Good"),
            ("/response/httpVersion", "HTTP/1.1"),
            ("/response/cookies/1/name", "c"),
            ("/response/headers/1/name", "set-cookie"),
            ("/response/content/mimeType", "text/plain"),
            ("/response/content/text", "yes"),
            ("/response/redirectURL", "/there"),
        ] {
            assert_eq!(at(pointer), value, "{pointer}");
        }
        assert_eq!((at("/response/status"), at("/response/content/size")), (201.into(), 3.into()));
        assert_eq!((at("/response/bodySize"), at("/request/bodySize")), (3.into(), 1.into()));
        assert!(entry["request"].get("_auth").is_none());
    }

    #[test]
    fn every_way_to_end_a_body_is_understood() {
        for (response, body) in [
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nok\r\nA\r\n0123456789\r\n0\r\nT: t\r\n\r\n",
                "ok0123456789",
            ),
            ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", "until the end"),
            ("HTTP/1.0 200 OK\r\n\r\nold", "old"),
            ("HTTP/1.1 204 No Content\r\n\r\n", ""),
            ("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", ""),
            (
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                "ok",
            ),
            ("HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "ok"),
        ] {
            let origin = Origin::http(move |peer| {
                peer.request();
                peer.write(response);
            });
            let output = send(format!("{}\n", origin.url("/")).repeat(2)).succeeds();
            assert_eq!(text(&output), [body, body], "{response}");
        }
        let (origin, _) = answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        let line = format!(r#"{{"method":"HEAD","url":"{}"}}"#, origin.url("/"));
        assert_eq!(text(&send(format!("{line}\n{line}\n")).succeeds()), ["", ""]);
    }

    #[test]
    fn bytes_that_are_not_text_are_in_base64() {
        let origin = Origin::http(|peer| {
            peer.request();
            peer.write(b"HTTP/1.1 200 OK\r\nX: \xe9\xff\xc3\xa9\r\nContent-Length: 3\r\n\r\n\xff\x00a");
        });
        let entry = send(origin.url("/")).succeeds().json().remove(0);
        assert_eq!(entry["response"]["content"]["text"], "/wBh");
        assert_eq!(entry["response"]["content"]["encoding"], "base64");
        assert_eq!(entry["response"]["headers"][0]["value"], "\u{e9}\u{ff}\u{e9}");
    }

    #[test]
    fn what_is_no_http_is_an_error_and_never_a_crash() {
        for (response, message) in [
            ("SSH-2.0-OpenSSH_9.2\r\n\r\n", "cannot be read: not HTTP/1.1"),
            ("\u{16}\u{3}\u{1}", "cannot be read: not HTTP/1.1"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", "a body of unclear length"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "broken chunked coding"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", "broken chunked coding"),
        ] {
            let origin = Origin::http(move |peer| {
                peer.request();
                peer.write(response);
                peer.rest();
            });
            send(origin.url("/")).fails(1).stdout_is("").stderr_has(message);
        }
    }

    #[test]
    fn a_server_that_talks_forever_is_cut_off() {
        let repeating = |start: &'static str, again: &'static str| {
            Origin::http(move |peer| {
                peer.request();
                peer.write(start);
                let again = again.repeat(1000);
                // The tool hangs up.
                for _ in 0..10_000 {
                    peer.write(&again);
                }
            })
        };
        let headers = repeating("HTTP/1.1 200 OK\r\n", "A: b\r\n");
        send(headers.url("/")).fails(1).stderr_has("a head of more than 256 KiB");
        let body = repeating("HTTP/1.1 200 OK\r\n\r\n", "0123456789");
        let limited = send(body.url("/")).args(["--max-filesize", "100000"]).fails(1);
        limited.stderr_has("the response is longer than 100000 bytes");
        let interim = repeating("", "HTTP/1.1 100 Continue\r\n\r\n");
        send(interim.url("/")).fails(1).stderr_has("the response cannot be read");
    }

    #[test]
    fn control_characters_of_a_server_stay_out_of_messages() {
        let (origin, _) = answering("HTTP/1.1 401 \u{1b}[31mred\r\nContent-Length: 0\r\n\r\n");
        let output = send(origin.url("/")).run();
        assert!(!output.err().contains('\u{1b}'), "{}", output.err());
    }
}

mod failures {
    use super::*;

    #[test]
    fn an_answer_that_refuses_the_credentials_is_written_and_exits_4() {
        for (code, words) in [("401", "wants other credentials"), ("403", "denies access"), ("407", "the proxy wants")]
        {
            let response = format!("HTTP/1.1 {code} No\r\nContent-Length: 0\r\n\r\n");
            let origin = Origin::http(move |peer| {
                while let Some(head) = peer.request() {
                    peer.write(if head.starts_with("GET /no ") { &response } else { OK });
                }
            });
            let lines = ["/", "/no", "/"].map(|path| origin.url(path)).join("\n");
            let output = send(lines).fails(4).stderr_has("sign: line 2: ").stderr_has(words);
            assert_eq!(status(&output), [200, code.parse().unwrap(), 200]);
        }
        let (origin, _) = answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(status(&send(origin.url("/")).succeeds()), [500]);
    }

    #[test]
    fn a_server_that_is_not_there_exits_3_and_the_next_line_is_sent() {
        let (origin, _) = answering(OK);
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let output = send(format!("http://127.0.0.1:{gone}/?secret=s\n{}\n", origin.url("/"))).fails(3);
        assert_eq!(status(&output), [200]);
        let output = output.stderr_has(&format!("sign: line 1: 127.0.0.1:{gone}: cannot connect: "));
        assert!(!output.err().contains("secret"), "{}", output.err());
        send("http://name.invalid/\n")
            .arg("--allow-http")
            .fails(3)
            .stderr_has("name.invalid:80: the name cannot be resolved");
    }

    #[test]
    fn a_line_that_is_no_request_and_a_server_that_is_gone_exit_with_the_higher_code() {
        let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        send(format!("http://127.0.0.1:{gone}/\nftp://h/\n")).fails(3);
        send(format!("ftp://h/\nhttp://127.0.0.1:{gone}/\n")).fails(3);
    }

    #[test]
    fn a_server_that_closes_or_stops_in_the_middle_exits_3() {
        for (response, message) in [
            ("", "the server closed the connection without an answer"),
            ("HTTP/1.1 200 OK\r\nContent-Le", "the connection ended in the middle of the response"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc", "the connection ended in the middle of the response"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "ended in the middle"),
        ] {
            let origin = Origin::http(move |peer| {
                peer.request();
                peer.write(response);
            });
            send(origin.url("/")).fails(3).stdout_is("").stderr_has(message);
        }
    }

    #[test]
    fn nobody_waits_longer_than_max_time() {
        let silent = Origin::http(|peer| {
            peer.request();
            peer.rest();
        });
        send(silent.url("/")).args(["-m", "0.2"]).fails(3).stderr_has("no answer in time; --max-time allows more");
        let dripping = Origin::http(|peer| {
            peer.request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            // Each byte comes long before anybody would give up on it alone.
            while peer.is_open() {
                peer.write("x");
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
        });
        send(dripping.url("/")).args(["--max-time", "300 ms"]).fails(2).stderr_has("is not a duration: write 500ms");
        send(dripping.url("/")).args(["--max-time", "300ms"]).fails(3).stderr_has("no answer in time");
    }

    #[test]
    fn an_answer_that_comes_before_the_body_was_read_counts() {
        let origin = Origin::http(|peer| {
            peer.until("\r\n\r\n");
            peer.write("HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            peer.rest();
        });
        let line = format!(r#"{{"method":"PUT","url":"{}","body":"{}"}}"#, origin.url("/"), "x".repeat(1 << 20));
        assert_eq!(status(&send(line).succeeds()), [413]);
    }

    #[test]
    fn strict_sends_nothing_after_the_first_failure() {
        let (origin, heads) = answering(OK);
        send(format!("ftp://h/\n{}\n", origin.url("/"))).arg("--strict").fails(1);
        assert!(heads.lock().unwrap().is_empty());
    }

    #[test]
    fn formats_without_a_place_for_a_response_are_refused() {
        for to in ["curl", "curl-config", "header", "url"] {
            send("http://127.0.0.1:1/").args(["--to", to]).fails(2).stderr_has("--to must be json or har");
        }
        sign(["none", "--location"]).fails(2);
    }
}

mod redirects {
    use super::*;

    /// Redirects `/` to this place, with this status, and answers the rest.
    fn redirecting(status: u16, location: String) -> (Origin, Arc<Mutex<Vec<String>>>) {
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        let origin = Origin::http(move |peer| {
            while let Some(head) = peer.request() {
                let is_first = head.split(' ').nth(1) == Some("/");
                seen.lock().unwrap().push(head);
                match is_first {
                    true => {
                        peer.write(format!("HTTP/1.1 {status} X\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"))
                    }
                    false => peer.write(OK),
                }
            }
        });
        (origin, heads)
    }

    #[test]
    fn they_are_answers_unless_they_are_to_be_followed() {
        let (origin, heads) = redirecting(302, "/there".to_owned());
        assert_eq!(status(&send(origin.url("/")).succeeds()), [302]);
        assert_eq!(heads.lock().unwrap().len(), 1);
        let output = send(origin.url("/")).arg("-L").succeeds();
        assert_eq!(status(&output), [200]);
        assert_eq!(output.json()[0]["request"]["url"], origin.url("/there"));
    }

    #[test]
    fn the_same_origin_gets_credentials_that_are_made_anew() {
        let (origin, heads) = redirecting(307, "there?x=1#part".to_owned());
        sign(["hawk", "--auth-id", "i", "--auth-key", "k", "--algorithm", "sha256", "--send", "-L"])
            .stdin(format!(r#"{{"method":"POST","url":"{}","body":"b"}}"#, origin.url("/")))
            .succeeds();
        let heads = heads.lock().unwrap();
        assert!(heads[1].starts_with("POST /there?x=1 HTTP/1.1\r\n"), "{heads:?}");
        let mac = |head: &str| head.split("mac=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        assert_ne!(mac(&heads[0]), mac(&heads[1]));
    }

    #[test]
    fn another_origin_gets_no_credentials_and_no_cookies() {
        let (there, seen) = answering(OK);
        let (origin, _) = redirecting(307, there.url("/there"));
        let headers =
            r#"[{"name":"Cookie","value":"c=1"},{"name":"Authorization","value":"mine"},{"name":"X","value":"kept"}]"#;
        let line = format!(r#"{{"url":"{}","headers":{headers}}}"#, origin.url("/"));
        sign(["apikey", "--key", "X-Key", "--value", "s3cr3t", "--send", "-L"]).stdin(line).succeeds();
        let seen = seen.lock().unwrap();
        let expected = format!("GET /there HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nX: kept\r\n\r\n", there.port);
        assert_eq!(seen[0], expected);
    }

    #[test]
    fn credentials_stay_away_on_the_way_back_too() {
        let back = Arc::new(Mutex::new(String::new()));
        let target = Arc::clone(&back);
        let there = Origin::http(move |peer| {
            while peer.request().is_some() {
                let location = target.lock().unwrap().clone();
                peer.write(format!("HTTP/1.1 302 X\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"));
            }
        });
        let (origin, heads) = redirecting(302, there.url("/"));
        *back.lock().unwrap() = origin.url("/back");
        send(origin.url("/")).arg("-L").succeeds();
        let heads = heads.lock().unwrap();
        assert!(
            heads[0].contains("T0KEN") && heads[1].starts_with("GET /back") && !heads[1].contains("T0KEN"),
            "{heads:?}"
        );
    }

    #[test]
    fn methods_change_as_browsers_change_them() {
        for (code, method, after) in [
            (301, "POST", "GET"),
            (302, "POST", "GET"),
            (302, "PUT", "PUT"),
            (303, "PUT", "GET"),
            (303, "HEAD", "HEAD"),
            (307, "POST", "POST"),
            (308, "POST", "POST"),
        ] {
            let (origin, heads) = redirecting(code, "/there".to_owned());
            let body = if method == "HEAD" { "" } else { r#","body":"b""# };
            let line = format!(
                r#"{{"method":"{method}","url":"{}","headers":[{{"name":"Content-Type","value":"x"}}]{body}}}"#,
                origin.url("/")
            );
            send(line).arg("-L").succeeds();
            let second = heads.lock().unwrap()[1].clone();
            assert!(second.starts_with(&format!("{after} /there ")), "{code} {method}: {second}");
            assert_eq!(second.contains("Content-"), after == method, "{code} {method}: {second}");
        }
    }

    #[test]
    fn a_circle_ends_and_a_redirect_to_nowhere_is_an_error() {
        let (origin, heads) = redirecting(302, "/".to_owned());
        send(origin.url("/")).arg("-L").fails(1).stderr_has("more than 10 redirects");
        assert_eq!(heads.lock().unwrap().len(), 11);
        for location in ["ftp://h/", "http://", "javascript:alert(1)", "file:///etc/passwd"] {
            let (origin, _) = redirecting(302, location.to_owned());
            send(origin.url("/")).arg("-L").fails(1).stderr_has("redirects to something that is not an http(s) URL");
        }
    }
}

mod retries {
    use super::*;

    /// A server that hangs up on the first requests.
    fn failing(times: usize) -> (Origin, Arc<Mutex<Vec<String>>>) {
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        let origin = Origin::http(move |peer| {
            while let Some(head) = peer.request() {
                let count = {
                    let mut seen = seen.lock().unwrap();
                    seen.push(head);
                    seen.len()
                };
                if count <= times {
                    return;
                }
                peer.write(OK);
            }
        });
        (origin, heads)
    }

    #[test]
    fn the_network_gets_as_many_chances_as_were_asked_for() {
        let (origin, heads) = failing(2);
        send(origin.url("/")).fails(3);
        assert_eq!(heads.lock().unwrap().len(), 1);
        let (origin, heads) = failing(2);
        send(origin.url("/")).args(["--retry", "2", "--retry-delay", "0"]).succeeds();
        assert_eq!(heads.lock().unwrap().len(), 3);
        let (origin, heads) = failing(3);
        send(origin.url("/")).args(["--retry", "2", "--retry-delay", "0"]).fails(3);
        assert_eq!(heads.lock().unwrap().len(), 3);
    }

    #[test]
    fn each_try_has_a_signature_of_its_own() {
        let (origin, heads) = failing(2);
        sign(["hawk", "--auth-id", "i", "--auth-key", "k", "--algorithm", "sha256", "--send"])
            .args(["--retry", "2", "--retry-delay", "0"])
            .stdin(origin.url("/"))
            .succeeds();
        let heads = heads.lock().unwrap();
        let nonce = |head: &String| head.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let mut nonces: Vec<String> = heads.iter().map(nonce).collect();
        nonces.sort();
        nonces.dedup();
        assert_eq!(nonces.len(), 3);
    }

    #[test]
    fn an_answer_is_no_reason_to_try_again() {
        let (origin, heads) = answering("HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n");
        assert_eq!(status(&send(origin.url("/")).args(["--retry", "5"]).succeeds()), [503]);
        assert_eq!(heads.lock().unwrap().len(), 1);
    }
}

mod jobs {
    use super::*;

    #[test]
    fn so_many_requests_are_in_flight_and_the_output_is_in_order() {
        let together = Arc::new(Barrier::new(4));
        let origin = Origin::http(move |peer| {
            while let Some(head) = peer.request() {
                // Nobody gets an answer before four have asked.
                together.wait();
                let path = head.split(' ').nth(1).unwrap().to_owned();
                peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{path}", path.len()));
            }
        });
        let paths: Vec<String> = (0..12).map(|number| format!("/{number}")).collect();
        let lines: Vec<String> = paths.iter().map(|path| origin.url(path)).collect();
        let output = send(lines.join("\n")).arg("-j4").succeeds();
        assert_eq!(text(&output), paths);
    }

    /// A document of several requests, on these paths.
    fn document(origin: &Origin, paths: &[String]) -> String {
        let requests: Vec<_> = paths.iter().map(|path| serde_json::json!({"url": origin.url(path)})).collect();
        serde_json::to_string_pretty(&requests).unwrap()
    }

    #[test]
    fn the_requests_of_one_document_are_in_flight_together_too() {
        let together = Arc::new(Barrier::new(3));
        let origin = Origin::http(move |peer| {
            while let Some(head) = peer.request() {
                together.wait();
                let path = head.split(' ').nth(1).unwrap().to_owned();
                peer.write(format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{path}", path.len()));
            }
        });
        let paths: Vec<String> = (0..9).map(|number| format!("/{number}")).collect();
        assert_eq!(text(&send(document(&origin, &paths)).arg("-j3").succeeds()), paths);
    }

    #[test]
    fn each_entry_of_a_document_comes_out_when_it_is_there() {
        let gate = Arc::new(Barrier::new(2));
        let answered = Arc::clone(&gate);
        let origin = Origin::http(move |peer| {
            while let Some(head) = peer.request() {
                // The second answer waits until the first was read.
                if head.starts_with("GET /1 ") {
                    answered.wait();
                }
                peer.write(OK);
            }
        });
        let mut live = send(document(&origin, &["/0".to_owned(), "/1".to_owned()])).start();
        live.close_stdin();
        assert!(live.stdout_line().contains("/0"));
        gate.wait();
        assert!(live.stdout_line().contains("/1"));
        live.finish().exits(0);
    }

    #[test]
    fn a_slow_answer_does_not_hold_up_those_behind_it() {
        let gate = Arc::new(Barrier::new(2));
        let origin = Origin::http(move |peer| {
            while let Some(head) = peer.request() {
                // The first is answered when the second has asked.
                if !head.starts_with("GET /third ") {
                    gate.wait();
                }
                peer.write(OK);
            }
        });
        let lines = ["/first", "/second", "/third"].map(|path| origin.url(path)).join("\n");
        let output = send(lines).arg("-j2").succeeds();
        let urls: Vec<_> = output.json().iter().map(|entry| entry["request"]["url"].clone()).collect();
        assert_eq!(urls, ["/first", "/second", "/third"].map(|path| serde_json::Value::from(origin.url(path))));
    }

    #[test]
    fn an_entry_comes_out_while_the_producer_waits() {
        let origin = Origin::http(Origin::ok);
        let mut live = send("").start();
        for _ in 0..3 {
            live.write(format!("{}\n", origin.url("/")));
            assert!(live.stdout_line().contains("\"status\":200"));
        }
        live.finish().exits(0);
    }

    #[test]
    fn a_whole_document_can_be_had() {
        let origin = Origin::http(Origin::ok);
        let output = send(format!("{}\n", origin.url("/")).repeat(3)).args(["--to", "har", "-j2"]).succeeds();
        let har: serde_json::Value = serde_json::from_str(&output.out()).unwrap();
        assert_eq!(har["log"]["entries"].as_array().unwrap().len(), 3);
        assert_eq!(har["log"]["entries"][2]["response"]["content"]["text"], "ok");
    }
}

mod tls {
    use super::*;

    #[test]
    fn a_root_can_be_named_by_option_or_variable() {
        let origin = Origin::https(&["http/1.1"], Origin::ok);
        let by_option = send(origin.url("/")).arg("--cacert").arg(origin.root()).succeeds();
        assert_eq!(status(&by_option), [200]);
        let ssl = by_option.json()[0]["timings"]["ssl"].as_f64().unwrap();
        assert!(ssl > 0.0 && ssl <= by_option.json()[0]["timings"]["connect"].as_f64().unwrap());
        send(origin.url("/")).env("SSL_CERT_FILE", origin.root()).succeeds();
    }

    #[test]
    fn a_server_that_nobody_vouches_for_gets_nothing() {
        let origin = Origin::https(&[], Origin::ok);
        send(origin.url("/")).fails(3).stdout_is("").stderr_has("TLS failed, nothing was sent").stderr_has("--cacert");
        let other = Origin::https(&[], Origin::ok);
        send(origin.url("/")).arg("--cacert").arg(other.root()).fails(3).stderr_has("nothing was sent");
        assert!(origin.received().is_empty());
        let plain = Origin::http(|peer| peer.rest());
        send(format!("https://127.0.0.1:{}/", plain.port)).args(["-m", "0.3"]).fails(3).stderr_has("TLS failed");
    }

    #[test]
    fn a_user_may_waive_it_for_the_servers_of_the_pipe() {
        let origin = Origin::https(&[], Origin::ok);
        for option in ["-k", "--insecure"] {
            let output = send(origin.url("/")).arg(option).succeeds();
            assert_eq!(status(&output), [200]);
        }
        let plain = Origin::http(|peer| peer.rest());
        let tool = send(format!("https://127.0.0.1:{}/", plain.port)).args(["-k", "-m", "0.3"]);
        tool.fails(3).stderr_has("TLS failed");
    }

    #[test]
    fn files_that_hold_no_certificate_are_named() {
        let origin = Origin::https(&[], Origin::ok);
        send(origin.url("/")).args(["--cacert", "none.pem"]).fails(2).stderr_has("none.pem: ");
        send(origin.url("/"))
            .args(["--cacert", "bad.pem"])
            .file("bad.pem", "not PEM")
            .fails(2)
            .stderr_has("bad.pem: holds no certificate in PEM");
    }

    #[test]
    fn our_certificate_is_shown_to_a_server_that_asks() {
        let client = crate::support::origin::Identity::new();
        let origin = Origin::https_for(&client, Origin::ok);
        let tool = || send(origin.url("/")).arg("--cacert").arg(origin.root());
        assert_eq!(
            status(&tool().arg("--cert").arg(&client.certificate).arg("--cert-key").arg(&client.key).succeeds()),
            [200]
        );
        assert_eq!(status(&tool().arg("--cert").arg(&client.both).succeeds()), [200]);
        tool().fails(3);
        tool().arg("--cert").arg(&client.certificate).fails(2).stderr_has("holds no key");
    }

    #[test]
    fn nothing_of_the_network_is_looked_at_by_a_run_that_sends_nothing() {
        sign(["bearer", "--token", "T"])
            .stdin("https://h.example/\n")
            .env("SSL_CERT_FILE", "/no/such/file")
            .env("http_proxy", "socks5://127.0.0.1:1")
            .env("COUNTERSIGN_CACERT", "/no/such/file")
            .succeeds()
            .stderr_is("");
    }
}

mod proxies {
    use super::*;

    /// A proxy for plain requests and for tunnels to this port, and the heads that it got.
    fn proxy(port: u16) -> (Origin, Arc<Mutex<Vec<String>>>) {
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        let proxy = Origin::http(move |peer: &mut Peer| {
            while let Some(head) = peer.request() {
                let is_tunnel = head.starts_with("CONNECT ");
                seen.lock().unwrap().push(head);
                if is_tunnel {
                    peer.write("HTTP/1.1 200 Connection established\r\n\r\n");
                    return peer.splice(port);
                }
                peer.write(OK);
            }
        });
        (proxy, heads)
    }

    #[test]
    fn plain_requests_go_to_it_in_absolute_form() {
        let (proxy, heads) = proxy(1);
        let tool = |name: &str, url: String| send("http://h.example:8080/a?b").arg("--allow-http").env(name, url);
        tool("http_proxy", proxy.url("/")).succeeds();
        let host = "GET http://h.example:8080/a?b HTTP/1.1\r\nHost: h.example:8080\r\nAuthorization: Bearer T0KEN\r\n";
        assert_eq!(heads.lock().unwrap().remove(0), format!("{host}\r\n"));
        tool("all_proxy", format!("http://us%3Aer:p%40ss@127.0.0.1:{}", proxy.port)).succeeds();
        assert_eq!(
            heads.lock().unwrap().remove(0),
            format!("{host}Proxy-Authorization: Basic dXM6ZXI6cEBzcw==\r\n\r\n")
        );
        send("http://h.example/")
            .args(["--allow-http", "-v", "-x", &proxy.url("")])
            .env("http_proxy", "http://127.0.0.1:1")
            .succeeds()
            .stderr_has(&format!("h.example:80: through the proxy 127.0.0.1:{}", proxy.port));
        assert_eq!(heads.lock().unwrap().len(), 1);
    }

    #[test]
    fn tls_goes_through_a_tunnel_and_the_proxy_sees_no_credentials() {
        let origin = Origin::https(&[], Origin::ok);
        let (proxy, heads) = proxy(origin.port);
        send(origin.url("/")).arg("--cacert").arg(origin.root()).env("https_proxy", proxy.url("")).succeeds();
        let host = format!("127.0.0.1:{}", origin.port);
        assert_eq!(heads.lock().unwrap()[0], format!("CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert!(String::from_utf8_lossy(&origin.received()).contains("Bearer T0KEN"));
    }

    #[test]
    fn a_certificate_for_another_name_is_refused() {
        let origin = Origin::https(&[], Origin::ok);
        let (proxy, _) = proxy(origin.port);
        send("https://other.example/")
            .arg("--cacert")
            .arg(origin.root())
            .env("https_proxy", proxy.url(""))
            .fails(3)
            .stderr_has("other.example:443: TLS failed, nothing was sent: the certificate is for another name");
    }

    #[test]
    fn what_is_exempt_goes_straight() {
        let (origin, _) = answering(OK);
        send(origin.url("/")).env("http_proxy", "http://127.0.0.1:1").env("no_proxy", "127.0.0.0/8").succeeds();
        send(origin.url("/")).env("http_proxy", "http://127.0.0.1:1").args(["--proxy", ""]).succeeds();
        send(origin.url("/"))
            .env("http_proxy", "http://127.0.0.1:1")
            .fails(3)
            .stderr_has("127.0.0.1:1: cannot connect");
    }

    #[test]
    fn a_proxy_that_refuses_or_is_of_no_known_kind_is_said() {
        let refusing = |response: &'static str| answering(response).0;
        let tunnel = |proxy: &Origin| send("https://h.example/").env("https_proxy", proxy.url(""));
        let denied = refusing("HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n");
        tunnel(&denied).fails(4).stderr_has("the proxy wants other credentials");
        let broken = refusing("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n");
        tunnel(&broken).fails(3).stderr_has("the proxy answered CONNECT with 502");
        let socks = send("http://h.example/").env("http_proxy", "socks5://u:s3cr3t@127.0.0.1:1").fails(2);
        assert!(!socks.stderr_has("http_proxy: not a proxy that is known").err().contains("s3cr3t"));
    }
}
