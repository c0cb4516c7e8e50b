//! `sign` as a user runs it: schemes, where parameters come from, what a secret never does.

mod support;

use support::sign;

#[test]
fn none_writes_the_request_that_it_read() {
    let line = r#"{"method":"GET","url":"https://example.com/","headers":[]}"#;
    sign(["none"]).stdin(format!("{line}\n")).succeeds().stdout_is(&format!("{line}\n")).stderr_is("");
}

#[test]
fn a_line_comes_out_while_the_producer_waits() {
    let mut live = sign(["bearer", "--token", "T"]).start();
    for path in ["a", "b", "c"] {
        live.write(format!("https://example.com/{path}\n"));
        assert!(live.stdout_line().contains(&format!("https://example.com/{path}")));
    }
    live.finish().exits(0).stderr_is("");
}
