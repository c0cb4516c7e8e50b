//! Threads that share one server: one of them asks for the challenge, the others wait for it.

use super::*;

/// Answers every request with a challenge, and remembers the requests.
struct Asker(std::sync::Mutex<Vec<String>>);

struct Shared(Arc<Asker>);

impl Transport for Shared {
    fn send(&self, request: &Request<'_>, _: Limits) -> Result<Response, Error> {
        let mut seen = self.0.0.lock().unwrap();
        let body = request.body.bytes().map(|body| body.len());
        let headers: Vec<&str> = request.headers.iter().map(|header| header.name.as_ref()).collect();
        seen.push(format!("{} {} {body:?} {}", request.method, request.url.as_str(), headers.join(",")));
        Ok(challenge(&format!("Digest realm=r, nonce=n{}, qop=auth", seen.len())))
    }

    fn alone(&self) -> Result<Box<dyn Transport>, Error> {
        Err(Error::Failed("alone".to_owned()))
    }
}

fn asking() -> (Session, Arc<Asker>) {
    let asker = Arc::new(Asker(std::sync::Mutex::default()));
    let shared = Arc::clone(&asker);
    let connect = move || Ok(Box::new(Shared(Arc::clone(&shared))) as Box<dyn Transport>);
    (Session::new(Lazy::new(Box::new(connect)), nobody(), Delivery::Written), asker)
}

#[test]
fn the_server_is_asked_once_without_body_and_credentials() {
    let (session, asker) = asking();
    let digest = built(MUFASA, &session).unwrap();
    let mut post = request("http://h.example/a?q");
    post.method = "POST".into();
    post.headers.push("Cookie", "c=d");
    post.headers.push("Content-Type", "text/plain");
    post.headers.push("Authorization", "Bearer x");
    post.body = Body::new(&b"hello"[..], "text/plain");
    assert_eq!(signed(&digest, &mut post).0.parameter("nc"), Some("00000001"));
    assert_eq!(signed(&digest, &mut request("http://h.example/b")).0.parameter("nc"), Some("00000002"));
    assert_eq!(signed(&digest, &mut request("http://h.example:8080/b")).0.parameter("nc"), Some("00000001"));
    let seen = asker.0.lock().unwrap();
    assert_eq!(*seen, ["HEAD http://h.example/a?q None ", "GET http://h.example:8080/b None "]);
}

#[test]
fn threads_share_one_handshake_and_never_a_count() {
    let (session, asker) = asking();
    let mut counts: Vec<String> = std::thread::scope(|scope| {
        let work = || {
            let digest = built(MUFASA, &session).unwrap();
            let count = || signed(&digest, &mut request("http://h.example/")).0.parameter("nc").unwrap().to_owned();
            (0..100).map(|_| count()).collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    counts.sort();
    let expected: Vec<String> = (1..=800).map(|count| format!("{count:08x}")).collect();
    assert_eq!(counts, expected);
    assert_eq!(asker.0.lock().unwrap().len(), 1);
}

#[test]
fn a_request_that_is_sent_waits_for_the_one_that_asks() {
    let session = sent();
    let mut first = built(MUFASA, &session).unwrap();
    let mut asked = request("http://h.example/1");
    first.sign(&mut asked, &moment()).unwrap();
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let digest = built(MUFASA, &session).unwrap();
            signed(&digest, &mut request("http://h.example/2")).0.parameter("nc").unwrap().to_owned()
        });
        let text = challenge("Digest realm=r, nonce=n, qop=auth");
        assert_eq!(first.answer(&mut asked, &text, &moment()).unwrap(), Next::Again);
        assert_eq!(second.join().unwrap(), "00000002");
    });
}

#[test]
fn nobody_waits_for_an_answer_that_does_not_come() {
    let session = sent();
    let mut first = built(MUFASA, &session).unwrap();
    first.sign(&mut request("http://h.example/1"), &moment()).unwrap();
    let started = std::time::Instant::now();
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let digest = built(MUFASA, &session).unwrap();
            let mut asking = request("http://h.example/2");
            digest.sign(&mut asking, &moment()).unwrap();
            asking.headers.has("authorization")
        });
        first.give_up();
        assert!(!second.join().unwrap(), "it asks itself");
    });
    assert!(started.elapsed() < std::time::Duration::from_secs(5));
}
