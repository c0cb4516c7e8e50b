//! Measures short programs: from exec to the end of their output, the fastest of many runs (what it takes when nothing else
//! wants the machine), the commands taking turns.
//!
//! `exec_time RUNS STDIN COMMAND…` gives each COMMAND the file STDIN as its input and prints one line for it: its fastest run
//! in microseconds. A COMMAND is split at spaces and run without a shell; `sh:TEXT` is run by `sh -c`.
//! `exec_time serve` answers every HTTP request on a free port of 127.0.0.1 with 204, and prints that port first.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::time::Instant;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [serve] if serve == "serve" => answer_requests(),
        [runs, stdin, commands @ ..] => measure(runs.parse().expect("a number of runs"), stdin, commands),
        _ => panic!("usage: exec_time RUNS STDIN COMMAND…, or exec_time serve"),
    }
}

fn measure(runs: usize, stdin: &str, commands: &[String]) {
    let mut fastest = vec![u128::MAX; commands.len()];
    for _ in 0..runs {
        for (command, best) in commands.iter().zip(&mut fastest) {
            *best = microseconds(command, stdin).min(*best);
        }
    }
    for best in fastest {
        println!("{best}");
    }
}

fn microseconds(command: &str, stdin: &str) -> u128 {
    let mut program = program(command);
    program.stdin(File::open(stdin).expect("the input file")).stdout(Stdio::piped());
    let start = Instant::now();
    let mut child = program.spawn().expect("the command starts");
    let mut output = Vec::new();
    child.stdout.take().expect("a pipe").read_to_end(&mut output).expect("its output");
    let elapsed = start.elapsed().as_micros();
    assert!(child.wait().expect("its end").success(), "{command} failed");
    elapsed
}

fn program(command: &str) -> Command {
    if let Some(text) = command.strip_prefix("sh:") {
        let mut shell = Command::new("sh");
        shell.args(["-c", text]);
        return shell;
    }
    let mut words = command.split(' ');
    let mut program = Command::new(words.next().unwrap_or_default());
    program.args(words);
    program
}

fn answer_requests() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    println!("{}", listener.local_addr().expect("its address").port());
    for connection in listener.incoming() {
        // A client that leaves early is no reason to stop.
        let _ = connection.and_then(answer);
    }
}

fn answer(mut connection: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(connection.try_clone()?);
    let mut line = String::new();
    let mut body = 0;
    while reader.read_line(&mut line)? > 2 {
        if let Some(length) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            body = length.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    reader.take(body).read_to_end(&mut Vec::new())?;
    connection.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
}
