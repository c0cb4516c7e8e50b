//! Curl sends, byte for byte, the request of the line: real curl, a server that records bytes, and requests made
//! to break quoting.

use proptest::prelude::*;

use crate::support::batches::over_batches;
use crate::support::hostile::Hostile;
use crate::support::recorder::Recorder;
use crate::support::{Tool, sign};

fn lines(batch: &[Hostile], host: &str) -> String {
    batch.iter().map(|request| format!("{}\n", request.line(host))).collect()
}

fn compare(sent: &[Hostile], recorder: &Recorder) -> Result<(), TestCaseError> {
    let received = recorder.take();
    prop_assert_eq!(sent.len(), received.len(), "requests arrived");
    for (request, received) in sent.iter().zip(&received) {
        prop_assert_eq!(request.told(), received.told());
        let hosts: Vec<String> = received.values("host");
        prop_assert_eq!(vec![request.host(&recorder.host())], hosts);
        prop_assert_eq!(request.body.as_deref().unwrap_or_default(), &received.body);
    }
    Ok(())
}

fn through_config(batch: &[Hostile], recorder: &Recorder) -> Result<(), TestCaseError> {
    let tool = sign(["none", "--to", "curl-config"]).stdin(lines(batch, &recorder.host())).succeeds();
    // The home holds the body files until curl is done.
    Tool::program("curl").args(["-sS", "-K", "-"]).stdin(&tool.stdout).succeeds();
    compare(batch, recorder)
}

#[test]
fn curl_sends_what_the_config_says_byte_for_byte() {
    let recorder = Recorder::start();
    over_batches(12, 80, |batch| through_config(batch, &recorder));
}

fn through_shell(shell: &str, batch: &[Hostile], recorder: &Recorder) -> Result<(), TestCaseError> {
    let script = sign(["none", "--to", "curl"]).stdin(lines(batch, &recorder.host())).succeeds();
    prop_assert_eq!(batch.len(), script.stdout.iter().filter(|byte| **byte == b'\n').count(), "one line a request");
    Tool::program(shell).args(["-s"]).stdin(&script.stdout).succeeds();
    compare(batch, recorder)?;
    let back = sign(["none", "--from", "curl", "--to", "curl-config"]).stdin(&script.stdout).succeeds();
    Tool::program("curl").args(["-sS", "-K", "-"]).stdin(&back.stdout).succeeds();
    compare(batch, recorder)
}

#[test]
fn a_pasted_line_sends_the_same_and_reads_back() {
    let recorder = Recorder::start();
    over_batches(4, 60, |batch| through_shell("sh", batch, &recorder));
    over_batches(2, 30, |batch| through_shell("bash", batch, &recorder));
}

#[test]
fn ten_megabytes_of_any_bytes_arrive() -> Result<(), TestCaseError> {
    let recorder = Recorder::start();
    // Every byte next to every other one, NUL and what is no UTF-8 among them.
    let body: Vec<u8> = (0..10_u32 << 20).map(|index| (index.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let request = Hostile {
        method: "PUT".to_owned(),
        target: "/big".to_owned(),
        fragment: String::new(),
        headers: vec![("Content-Type".to_owned(), "application/octet-stream".to_owned())],
        body: Some(body),
    };
    let batch = [request];
    through_config(&batch, &recorder)?;
    through_shell("sh", &batch, &recorder)
}
