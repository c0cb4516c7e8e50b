//! `sign ntlm` before its judges: the example of MS-NLMP at every step, and pyspnego, which reads what we send and signs us in
//! or does not. None of them shares code with the signer.

use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::random::Random;
use crate::support::tool::spawn;
use crate::support::{Running, Tool, bin, peers, sign};

/// The type 2 message of MS-NLMP section 4.2.4.3, built from the values printed in section 4.2.1 and there.
fn example_challenge() -> Vec<u8> {
    let mut message = b"NTLMSSP\0".to_vec();
    message.extend([2, 0, 0, 0, 12, 0, 12, 0, 56, 0, 0, 0, 0x33, 0x82, 0x8a, 0xe2]);
    message.extend([0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0, 0, 0, 0, 0, 0, 0, 0, 36, 0, 36, 0, 68, 0, 0, 0]);
    message.extend([6, 0, 0x70, 0x17, 0, 0, 0, 15]);
    message.extend("Server".encode_utf16().flat_map(u16::to_le_bytes));
    message.extend(example_pairs());
    message
}

fn pair(id: u8, value: &[u8]) -> Vec<u8> {
    let length = u16::try_from(value.len()).expect("a short value").to_le_bytes();
    [&[id, 0], &length[..], value].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn example_pairs() -> Vec<u8> {
    [pair(2, &utf16("Domain")), pair(1, &utf16("Server")), pair(0, &[])].concat()
}

/// A challenge with these AV pairs (which say their own end) and flags.
fn challenge(flags: u32, pairs: &[u8]) -> Vec<u8> {
    let mut message = b"NTLMSSP\0\x02\0\0\0".to_vec();
    message.extend([0, 0, 0, 0, 56, 0, 0, 0]);
    message.extend(flags.to_le_bytes());
    message.extend([0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0, 0, 0, 0, 0, 0, 0, 0]);
    let length = u16::try_from(pairs.len()).expect("a short list").to_le_bytes();
    message.extend([&length[..], &length, &56_u32.to_le_bytes()].concat());
    message.extend([10, 0, 0, 0, 0, 0, 0, 15]);
    message.extend(pairs);
    message
}

const UNICODE: u32 = 0x0288_8201;
const OEM: u32 = 0x0288_8202;

/// `sign ntlm` by hand.
fn ntlm(arguments: &[&str]) -> Tool {
    sign(["ntlm", "--to", "header"]).args(arguments).stdin("http://server.example/\n")
}

fn answering(challenge: &[u8], arguments: &[&str]) -> Tool {
    ntlm(&["--challenge", &format!("NTLM {}", BASE64.encode(challenge))]).args(arguments)
}

fn message(output: &crate::support::Output) -> Vec<u8> {
    let line = output.out();
    let token =
        line.trim_end().strip_prefix("Authorization: NTLM ").unwrap_or_else(|| panic!("an NTLM message: {line}"));
    BASE64.decode(token).expect("base64")
}

/// Returns the bytes that a field of a message points at.
fn field(message: &[u8], at: usize) -> &[u8] {
    let length = usize::from(u16::from_le_bytes([message[at], message[at + 1]]));
    let offset = u32::from_le_bytes(message[at + 4..at + 8].try_into().expect("4 bytes"));
    &message[offset as usize..offset as usize + length]
}

const EXAMPLE: [&str; 10] = [
    "--username",
    "User",
    "--domain",
    "Domain",
    "--password",
    "Password",
    "--workstation",
    "COMPUTER",
    "--now",
    "1601-01-01T00:00:00Z",
];

#[test]
fn the_specifications_response_is_met_at_every_step() {
    let output =
        answering(&example_challenge(), &EXAMPLE).args(["--nonce", "aaaaaaaaaaaaaaaa", "--explain"]).succeeds();
    // MS-NLMP sections 4.2.4.1.3 and 4.2.4.2.2
    let temp = "01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e00\
                01000c005300650072007600650072000000000000000000";
    assert_eq!(output.steps("temp"), [temp]);
    assert_eq!(output.steps("NTProofStr"), ["68cd0ab851e51c96aabc927bebef6a1c"]);
    assert_eq!(output.steps("LM response"), ["86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa"]);
    let message = message(&output);
    assert_eq!(field(&message, 28), utf16("Domain"));
    assert_eq!(field(&message, 36), utf16("User"));
    assert_eq!(field(&message, 44), utf16("COMPUTER"));
    assert_eq!(field(&message, 52), b"", "no session key is exchanged");
}

#[test]
fn the_first_message_says_its_version_and_nothing_of_domain_or_workstation() {
    let output = ntlm(&["--username", "DOM\\alice", "--workstation", "WS"]).succeeds();
    let message = message(&output);
    assert_eq!(message.len(), 40, "with a version");
    let flags = u32::from_le_bytes(message[12..16].try_into().expect("4 bytes"));
    assert_eq!(flags & 0x0200_0000, 0x0200_0000, "NEGOTIATE_VERSION");
    assert_eq!(flags & 0x3000, 0, "neither a domain nor a workstation is supplied");
    assert_eq!(flags & 0x4000_0030, 0, "neither signing, sealing nor key exchange");
    assert_eq!(message[39], 15, "NTLMSSP revision");
}

#[test]
fn a_user_name_says_its_domain_in_both_ways() {
    let names = |arguments: &[&str]| {
        let output = answering(&example_challenge(), arguments).succeeds();
        let message = message(&output);
        let text = |bytes: &[u8]| {
            let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        };
        (text(field(&message, 28)), text(field(&message, 36)))
    };
    let pair = |domain: &str, user: &str| (domain.to_owned(), user.to_owned());
    assert_eq!(names(&["--username", "DOM\\alice"]), pair("DOM", "alice"));
    assert_eq!(names(&["--username", "alice@dom.example"]), pair("dom.example", "alice"));
    assert_eq!(names(&["--username", "DOM\\alice@x"]), pair("", "DOM\\alice@x"));
    assert_eq!(names(&["--username", "alice@dom", "--domain", "D"]), pair("D", "alice@dom"));
    assert_eq!(names(&["--username", "alice@dom", "--domain", ""]), pair("", "alice@dom"));
}

#[test]
fn names_keep_their_case_and_their_characters() {
    let output = answering(&example_challenge(), &["--username", "Dömé\\Zoë", "--workstation", "Größe"]).succeeds();
    let message = message(&output);
    assert_eq!(field(&message, 28), utf16("Dömé"));
    assert_eq!(field(&message, 36), utf16("Zoë"));
    assert_eq!(field(&message, 44), utf16("Größe"));
}

#[test]
fn an_empty_domain_of_an_exported_collection_is_none() {
    let auth =
        json!({"type": "ntlm", "ntlm": [{"key": "username", "value": "DOM\\a"}, {"key": "domain", "value": ""}]});
    let line = json!({"url": "http://h/", "_auth": auth});
    let output =
        sign(["inherit", "--to", "header", "--challenge", &format!("NTLM {}", BASE64.encode(example_challenge()))])
            .stdin(format!("{line}\n"))
            .succeeds();
    assert_eq!(field(&message(&output), 28), utf16("DOM"));
}

#[test]
fn a_server_without_target_information_gets_ntlmv2_all_the_same() {
    let mut short = challenge(UNICODE & !0x0080_0000, &[]);
    short.truncate(32);
    let output = answering(&short, &EXAMPLE).succeeds();
    let message = message(&output);
    assert!(field(&message, 20).len() > 24, "no 24-byte NTLMv1 response");
    assert_eq!(field(&message, 12).len(), 24);
}

#[test]
fn a_server_that_says_the_time_gets_that_time_a_mic_and_no_lm_response() {
    let time = 133_000_000_000_000_000_i64.to_le_bytes();
    let pairs = [pair(7, &time), pair(6, &[1, 0, 0, 0]), pair(0, &[])].concat();
    let output = answering(&challenge(UNICODE, &pairs), &EXAMPLE).args(["--nonce", "aaaaaaaaaaaaaaaa"]).succeeds();
    let message = message(&output);
    assert_eq!(field(&message, 12), [0; 24], "no LM response");
    let response = field(&message, 20);
    assert_eq!(response[16 + 8..16 + 16], time);
    let pairs = [pair(7, &time), pair(6, &[3, 0, 0, 0]), pair(9, &utf16("HTTP/server.example")), pair(0, &[])].concat();
    assert_eq!(response[16 + 28..response.len() - 4], pairs);
    assert_ne!(message[72..88], [0; 16], "a MIC");
}

#[test]
fn a_server_without_unicode_gets_ascii_names_or_none() {
    let output = answering(&challenge(OEM, &example_pairs()), &EXAMPLE).succeeds();
    assert_eq!(field(&message(&output), 36), b"User");
    let refused = answering(&challenge(OEM, &example_pairs()), &["--username", "Zoë"]).fails(1);
    refused.stdout_is("").stderr_has("takes no Unicode");
}

#[test]
fn a_challenge_under_negotiate_is_answered_under_negotiate() {
    let challenge = format!("Negotiate {}", BASE64.encode(example_challenge()));
    ntlm(&["--username", "u", "--challenge", &challenge])
        .succeeds()
        .stdout_has("Authorization: Negotiate TlRMTVNTUAAD");
    let offer = ntlm(&["--username", "u", "--challenge", "ntlm"]).succeeds();
    offer.stdout_has("Authorization: NTLM TlRMTVNTUAAB");
}

#[test]
fn a_client_challenge_is_sixteen_hex_digits() {
    for nonce in ["aaaa", "zzzzzzzzzzzzzzzz", "aaaaaaaaaaaaaaaaaa", "+1+1+1+1+1+1+1+1", "éaaaaaaaaaaaaaa"] {
        answering(&example_challenge(), &EXAMPLE)
            .args(["--nonce", nonce])
            .fails(2)
            .stdout_is("")
            .stderr_has("16 hex digits");
    }
}

#[test]
fn a_challenge_that_lies_is_an_error() {
    let example = example_challenge();
    let mut cases: Vec<(String, Vec<u8>)> =
        (1..example.len()).step_by(7).map(|length| (format!("cut at {length}"), example[..length].to_vec())).collect();
    for at in [12, 16, 40, 44, 70] {
        let mut lying = example.clone();
        lying[at..at + 2].fill(0xff);
        cases.push((format!("lies at {at}"), lying));
    }
    cases.push(("type 3".to_owned(), [b"NTLMSSP\0\x03\0\0\0".as_slice(), &[0; 60]].concat()));
    cases.push(("garbage".to_owned(), b"\x7fELF garbage".to_vec()));
    for (name, bytes) in cases {
        let output = answering(&bytes, &EXAMPLE).run();
        let code = output.status.code();
        assert!(matches!(code, Some(1 | 2)), "{name}: {code:?} {}", output.err());
        assert!(output.stdout.is_empty() && !output.err().contains("panic"), "{name}: {}", output.err());
    }
    let huge = format!("NTLM {}", "A".repeat(120_000));
    ntlm(&["--username", "u", "--challenge", &huge]).run().stdout_is("").stderr_lacks("panic");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_challenge_crashes_the_tool(at in 0_usize..100, bytes in prop::collection::vec(any::<u8>(), 1..40)) {
        let mut message = example_challenge();
        let end = (at + bytes.len()).min(message.len());
        message[at..end].copy_from_slice(&bytes[..end - at]);
        let output = answering(&message, &EXAMPLE).run();
        prop_assert!(matches!(output.status.code(), Some(0..=2)), "{:?} {}", output.status, output.err());
    }
}

#[test]
fn password_and_keys_are_never_shown() {
    let output = answering(&example_challenge(), &EXAMPLE).arg("--explain").succeeds();
    // NTOWFv2, the session base key and the MD4 of the password (MS-NLMP section 4.2.4.1)
    let keys =
        ["0c868a403bfd7a93a3001ef22ef02e3f", "8de40ccadbc14a82f15cb0ad0de95ca3", "a4f49c406510bdcab6824ee7c30fd852"];
    let sent: String = message(&output).iter().map(|byte| format!("{byte:02x}")).collect();
    for key in keys {
        assert!(!sent.contains(key), "{key} goes out");
    }
    keys.into_iter().fold(output.never_says("Password"), crate::support::Output::never_says);
}

/// pyspnego, asked line by line.
struct Pyspnego(Running);

impl Pyspnego {
    fn start(accounts: &[[String; 3]]) -> Self {
        let mut peer = Self(peers::peer("ntlm.py").start());
        peer.ask(&json!({"accounts": accounts}));
        peer
    }

    fn ask(&mut self, question: &Value) -> Value {
        self.0.write(format!("{question}\n"));
        let answer: Value = serde_json::from_str(&self.0.stdout_line()).expect("JSON");
        assert!(answer.get("error").is_none(), "{question}: {answer}");
        answer
    }

    /// A fresh challenge for our first message.
    fn challenge(&mut self) -> String {
        let token = token(&["--username", "u"], None);
        let answer = self.ask(&json!({"negotiate": token}));
        assert_eq!(answer["version"], "10.0.20348.15");
        answer["challenge"].as_str().expect("a challenge").to_owned()
    }

    fn authenticate(&mut self, token: &str, bindings: Option<&str>) -> Value {
        self.ask(&json!({"authenticate": token, "bindings": bindings}))
    }
}

/// A message by hand, in base64; without the harness, for it is asked for thousands of times.
fn token(arguments: &[&str], challenge: Option<&str>) -> String {
    let mut command = Command::new(bin("sign"));
    command.env_clear().args(["ntlm", "--to", "header"]).args(arguments);
    if let Some(challenge) = challenge {
        command.args(["--challenge", &format!("NTLM {challenge}")]);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let input = folder.path().join("request");
    std::fs::write(&input, "http://server.example/\n").expect("a file");
    command.arg(&input).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let output = spawn(&mut command).and_then(Child::wait_with_output).expect("sign runs");
    let (out, error) =
        (String::from_utf8(output.stdout).expect("UTF-8"), String::from_utf8_lossy(&output.stderr).into_owned());
    assert!(output.status.success(), "{arguments:?}: {error}");
    out.trim_end().strip_prefix("Authorization: NTLM ").expect("an NTLM message").to_owned()
}

/// Upper case of one character for one, and none that turns into ASCII: what Python and Windows agree on.
fn is_plain(text: &str) -> bool {
    text.chars().all(|c| {
        let upper: Vec<char> = c.to_uppercase().collect();
        upper.len() == 1 && (c.is_ascii() || !upper[0].is_ascii())
    })
}

#[test]
fn pyspnego_reads_our_messages_and_signs_random_accounts_in_and_wrong_ones_not() {
    let mut random = Random(20_261_124);
    let letters = "abcXYZ019 ._-$éàÜßñıяЖ中😀";
    let accounts: Vec<[String; 3]> = (0..1900)
        .map(|index| {
            let domain =
                if random.percent(80) { random.word(letters, 12).trim().to_owned() + "d" } else { String::new() };
            let user = format!("{}u{index}", random.word(letters, 15).trim());
            [domain, user, random.word("abc XYZ0123456789!\"$%&/()=?\\@#éß中😀", 40).trim().to_owned() + "p"]
        })
        .collect();
    let mut peer = Pyspnego::start(&accounts);
    let (mut compared, mut left_out) = (0, 0);
    for (index, [domain, user, password]) in accounts.iter().enumerate() {
        if !is_plain(user) {
            left_out += 1;
            continue;
        }
        let challenge = peer.challenge();
        let is_right = index % 10 != 0;
        let given = if is_right { format!("text:{password}") } else { format!("text:{password}x") };
        let workstation = random.text("ABC-ö", 8);
        let arguments = [
            "--username",
            &format!("text:{user}"),
            "--domain",
            domain,
            "--password",
            &given,
            "--workstation",
            &workstation,
        ];
        let answer = peer.authenticate(&token(&arguments, Some(&challenge)), None);
        let text = |key: &str| answer[key].as_str().unwrap_or_default();
        assert_eq!(
            (text("domain"), text("user"), text("workstation")),
            (domain.as_str(), user.as_str(), workstation.as_str())
        );
        assert_eq!(text("version"), "10.0.20348.15");
        assert_eq!((text("lm_response"), text("session_key")), ("00".repeat(24).as_str(), ""));
        assert_eq!((&answer["has_mic"], &answer["packed"]), (&json!(true), &json!(true)), "{answer}");
        assert_eq!(text("target_name"), "HTTP/server.example");
        assert_eq!(answer["accepted"] == json!(true), is_right, "{domain}\\{user} {password}: {answer}");
        compared += 1;
    }
    println!("{compared} accounts compared, left out: upper-case {left_out}");
    assert!(compared >= 1000, "only {compared}");
}

#[test]
fn pyspnego_refuses_a_message_whose_mic_was_changed() {
    let mut peer = Pyspnego::start(&[["DOM".to_owned(), "alice".to_owned(), "s3cret".to_owned()]]);
    let arguments = ["--username", "DOM\\alice", "--password", "s3cret"];
    for is_changed in [false, true] {
        let challenge = peer.challenge();
        let mut message = BASE64.decode(token(&arguments, Some(&challenge))).expect("base64");
        message[80] ^= u8::from(is_changed);
        let answer = peer.authenticate(&BASE64.encode(&message), None);
        assert_eq!(answer["accepted"] == json!(true), !is_changed, "{answer}");
    }
}

/// The server, and what it saw.
struct Site(peers::Server);

impl Site {
    fn start() -> Self {
        Self(peers::Server::start("ntlm_server.py"))
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.0.ready["port"])
    }

    /// `sign ntlm --send` for some paths, as alice.
    fn send(&self, paths: &[&str]) -> Tool {
        self.sending("DOM\\alice", "s3cret", paths)
    }

    fn sending(&self, user: &str, password: &str, paths: &[&str]) -> Tool {
        let input: String = paths.iter().map(|path| format!("{}\n", self.url(path))).collect();
        sign(["ntlm", "--username", user, "--password", password, "--send"]).stdin(input)
    }

    /// Path, connection and message type of each request so far.
    fn log(&self) -> Vec<(String, u64, u64)> {
        let entry = sign(["none", "--send"]).stdin(format!("{}\n", self.url("/log"))).succeeds().json().remove(0);
        let text = entry["response"]["content"]["text"].as_str().expect("text");
        let log: Vec<Value> = serde_json::from_str(text).expect("JSON");
        let one =
            |row: Value| (row[0].as_str().unwrap().to_owned(), row[1].as_u64().unwrap(), row[2].as_u64().unwrap());
        log.into_iter().map(one).collect()
    }

    fn messages(&self) -> Vec<u64> {
        self.log().into_iter().map(|(_, _, kind)| kind).collect()
    }
}

fn statuses(output: &crate::support::Output) -> Vec<i64> {
    output.json().iter().map(|entry| entry["response"]["status"].as_i64().expect("a status")).collect()
}

#[test]
fn one_handshake_signs_a_connection_in_for_the_requests_that_follow() {
    let site = Site::start();
    let output = site.send(&["/a", "/b", "/c", "/d", "/e"]).succeeds();
    assert_eq!(statuses(&output), [200; 5]);
    let log = site.log();
    assert_eq!(site.messages(), [0, 1, 3, 0, 0, 0, 0], "three sends, then four");
    assert!(log.iter().skip(1).all(|(_, connection, _)| *connection == log[1].1), "one connection: {log:?}");
}

#[test]
fn wrong_credentials_are_refused_after_three_sends_and_nothing_weaker_is_tried() {
    for (user, password) in
        [("DOM\\alice", "wrong"), ("DOM\\nobody", "s3cret"), ("OTHER\\alice", "s3cret"), ("DOM\\alice", "")]
    {
        let site = Site::start();
        let output = site.sending(user, password, &["/both"]).fails(4);
        assert_eq!(statuses(&output), [401], "{user}");
        assert_eq!(site.messages(), [0, 1, 3], "{user}");
    }
}

#[test]
fn both_ways_of_naming_the_domain_and_names_beyond_ascii_sign_in() {
    let site = Site::start();
    for (user, password) in
        [("alice@DOM", "s3cret"), ("DOM\\alice", "s3cret"), ("DOM\\Zoë", "päss"), ("Zoë@DOM", "päss")]
    {
        assert_eq!(statuses(&site.sending(user, password, &["/"]).succeeds()), [200], "{user}");
    }
}

#[test]
fn a_body_arrives_with_the_request_that_is_signed_in() {
    let site = Site::start();
    let line = json!({"method": "POST", "url": site.url("/"), "body": "hello é"});
    let output = site.send(&[]).stdin(format!("{line}\n")).succeeds();
    assert_eq!(output.json()[0]["response"]["content"]["text"], "hello hello é");
}

#[test]
fn negotiate_alone_is_answered_with_negotiate_and_a_lower_case_offer_is_an_offer() {
    for (path, scheme) in [("/negotiate", "Negotiate TlRM"), ("/lower", "NTLM TlRM"), ("/both", "NTLM TlRM")] {
        let site = Site::start();
        let output = site.send(&[path]).succeeds();
        assert_eq!(statuses(&output), [200], "{path}");
        let headers = output.json()[0]["request"]["headers"].to_string();
        assert!(headers.contains(scheme), "{path}: {headers}");
    }
}

#[test]
fn a_server_that_offers_basic_gets_no_password() {
    let site = Site::start();
    let output = site.send(&["/basic"]).fails(4);
    assert_eq!(statuses(&output), [401]);
    assert_eq!(site.messages(), [0], "one send, without any credentials");
    assert!(!output.json()[0]["request"]["headers"].to_string().contains("uthorization"));
}

#[test]
fn a_disabled_retry_is_one_send() {
    let site = Site::start();
    site.send(&["/a"]).arg("--no-retry").fails(4);
    site.send(&["/a"]).arg("--disable-retry-request").fails(4);
    assert_eq!(site.messages(), [0, 0]);
}

#[test]
fn a_server_that_signs_in_one_request_at_a_time_is_signed_in_to_again() {
    let site = Site::start();
    assert_eq!(statuses(&site.send(&["/each", "/each"]).succeeds()), [200; 2]);
    assert_eq!(site.messages(), [0, 1, 3, 0, 1, 3]);
}

#[test]
fn a_connection_that_is_closed_in_the_handshake_is_an_error_that_says_so() {
    let site = Site::start();
    site.send(&["/close"]).fails(1).stdout_is("").stderr_has("closes the connection in the middle of the handshake");
}

#[test]
fn a_server_that_answers_the_first_message_without_a_challenge_has_said_no() {
    let site = Site::start();
    assert_eq!(statuses(&site.send(&["/mute"]).fails(4)), [401]);
    assert_eq!(site.messages(), [0, 1]);
}

#[test]
fn a_hostile_challenge_is_an_error() {
    let site = Site::start();
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut lying = example_challenge();
    lying[40..48].fill(0xff);
    let huge = [&example_challenge()[..], &[0x41; 20_000]].concat();
    for (bytes, code) in [(&lying[..], 1), (&example_challenge()[..30], 1), (b"not ntlm", 1), (b"", 4), (&huge, 4)] {
        let output = site.send(&[&format!("/hostile/{}", hex(bytes))]).run();
        assert_eq!(output.status.code(), Some(code), "{}", output.err());
        assert!(!output.err().contains("panic"));
    }
}

#[test]
fn channel_bindings_tie_the_handshake_to_the_servers_certificate() {
    let site = Site::start();
    let url = format!("https://127.0.0.1:{}/", site.0.ready["tls_port"]);
    let send = |url: &str| {
        sign(["ntlm", "--username", "DOM\\alice", "--password", "s3cret", "--send", "--cacert", "ca.pem"])
            .file("ca.pem", site.0.text("/ca"))
            .stdin(format!("{url}\n"))
    };
    assert_eq!(statuses(&send(&url).succeeds()), [200]);
    let by_hand = |bindings: bool| {
        let mut peer = Pyspnego::start(&[["DOM".to_owned(), "alice".to_owned(), "s3cret".to_owned()]]);
        let challenge = peer.challenge();
        let token = token(&["--username", "DOM\\alice", "--password", "s3cret"], Some(&challenge));
        peer.authenticate(&token, bindings.then_some("746c732d"))["accepted"].clone()
    };
    assert_eq!(by_hand(false), json!(true));
    assert_ne!(by_hand(true), json!(true), "the acceptor does look at bindings");
}

#[test]
fn a_proxy_is_signed_in_to_by_its_own_headers() {
    let site = Site::start();
    let proxy = format!("http://127.0.0.1:{}", site.0.ready["proxy_port"]);
    let send = |password: &str| {
        sign(["ntlm", "--username", "DOM\\alice", "--password", password, "--send", "--proxy", &proxy])
            .stdin("http://origin.example/a\nhttp://origin.example/b\n")
    };
    assert_eq!(statuses(&send("s3cret").succeeds()), [200; 2]);
    assert_eq!(site.messages(), [0, 1, 3, 0]);
    assert_eq!(statuses(&send("wrong").fails(4)), [407; 2]);
}

#[test]
fn requests_of_different_accounts_do_not_share_a_connection() {
    let site = Site::start();
    let line = |user: &str, password: &str| {
        let auth = json!({"type": "ntlm", "ntlm": {"username": user, "password": password}});
        format!("{}\n", json!({"url": site.url("/"), "_auth": auth}))
    };
    let input = [line("DOM\\alice", "s3cret"), line("DOM\\alice", "wrong"), line("DOM\\alice", "s3cret")].concat();
    let output = sign(["inherit", "--send"]).stdin(input).fails(4);
    assert_eq!(statuses(&output), [200, 401, 200]);
}

#[test]
fn curl_makes_the_handshake_itself_and_no_password_is_on_its_command_line() {
    let site = Site::start();
    let line = json!({"method": "POST", "url": site.url("/"), "postData": {"mimeType": "", "encoding": "base64", "text": "AGhpAA=="}});
    let arguments = ["ntlm", "--username", "DOM\\alice", "--password", "s3cret", "--to"];
    let curl = |to: &str, program: &str, arguments_of: &[&str]| {
        // Its home holds the body that curl is told to read.
        let signed = sign(arguments).arg(to).stdin(format!("{line}\n")).succeeds();
        let written = signed.out();
        let tool = Tool::program(program).args(arguments_of);
        let tool = if to == "curl" { tool.arg("-c").arg(&written) } else { tool.stdin(&written) };
        (written, tool.succeeds())
    };
    let (config, output) = curl("curl-config", "curl", &["-s", "-K", "-"]);
    assert!(config.contains("\nntlm\n") && !config.contains("TlRM"), "{config}");
    assert_eq!(output.stdout, b"hello \0hi\0");
    let (line, output) = curl("curl", "sh", &[]);
    assert!(!line.split(" curl ").nth(1).expect("a command").contains("s3cret"), "{line}");
    assert!(output.stdout.ends_with(b"hello \0hi\0"));
}

#[test]
fn a_user_name_that_curl_would_cut_or_garble_is_an_error_for_curl_alone() {
    for name in ["a:b", "Zoë"] {
        let sign_as = |to: &str| sign(["ntlm", "--username", name, "--to", to]).stdin("http://h/\n");
        sign_as("curl-config").fails(1).stdout_is("").stderr_has("curl");
        sign_as("curl").fails(1).stdout_is("").stderr_has("curl");
        sign_as("header").succeeds();
    }
}

#[cfg(unix)]
#[test]
fn a_curl_without_ntlm_is_said_once() {
    for (features, notes) in [("alt-svc AsynchDNS HSTS SSL", 1), ("HSTS NTLM SSL", 0)] {
        let script = format!("#!/bin/sh\necho 'curl 8.99.0'\necho 'Features: {features}'\n");
        let tool = sign(["ntlm", "--username", "u", "--to", "curl-config"]).program_file("bin/curl", script);
        let folder = tool.home().join("bin");
        let output = tool.env("PATH", &folder).stdin("http://h/\nhttp://h/\n").succeeds();
        assert_eq!(output.err().matches("NTLM").count(), notes, "{features}: {}", output.err());
    }
}

/// squid with Samba's `ntlm_auth`, and Apache with `mod_auth_gssapi` and gss-ntlmssp: `make test-heavy` installs them.
mod servers {
    use super::*;

    fn statuses_of(tool: Tool) -> (Option<i32>, Vec<i64>, Vec<Value>) {
        let output = tool.run();
        assert!(!output.err().contains("panic"), "{}", output.err());
        (output.status.code(), statuses(&output), output.json())
    }

    fn signing(password: &str) -> Tool {
        sign(["ntlm", "--username", "DOM\\alice", "--password", password, "--send"])
    }

    #[test]
    #[ignore = "needs squid and samba: make test-heavy"]
    fn squid_and_samba_sign_us_in_as_origin_and_refuse_a_wrong_password() {
        let squid = peers::Server::start("ntlm_squid.py");
        let url = format!("http://127.0.0.1:{}/path?a=b", squid.ready["port"]);
        let post = json!({"method": "POST", "url": url, "body": "hello é"});
        let (code, statuses, entries) = statuses_of(signing("s3cret").stdin(format!("{url}\n{post}\n{url}\n")));
        assert_eq!((code, statuses), (Some(0), vec![200; 3]));
        assert_eq!(entries[1]["response"]["content"]["text"], "POST /path?a=b hello é");
        let messages: Vec<bool> =
            entries.iter().map(|entry| entry["request"]["headers"].to_string().contains("TlRMTVNTUAAD")).collect();
        assert_eq!(messages, [true, false, false], "one handshake for all three");
        let (code, statuses, _) = statuses_of(signing("wrong").stdin(format!("{url}\n")));
        assert_eq!((code, statuses), (Some(4), vec![401]));
    }

    #[test]
    #[ignore = "needs squid and samba: make test-heavy"]
    fn squid_and_samba_sign_us_in_as_proxy_and_refuse_a_wrong_password() {
        let squid = peers::Server::start("ntlm_squid.py");
        let proxy = format!("http://127.0.0.1:{}", squid.ready["proxy_port"]);
        // Not a loopback name: those go past proxies that only the environment names.
        let through = |password: &str| {
            signing(password).args(["--proxy", &proxy]).stdin("http://localhost/a\nhttp://localhost/b\n")
        };
        let (code, statuses, entries) = statuses_of(through("s3cret"));
        assert_eq!((code, statuses), (Some(0), vec![200; 2]), "{entries:?}");
        let (code, statuses, _) = statuses_of(through("wrong"));
        assert_eq!((code, statuses), (Some(4), vec![407; 2]));
    }

    #[test]
    #[ignore = "needs squid and samba: make test-heavy"]
    fn samba_upper_cases_names_as_we_do() {
        let squid = peers::Server::start("ntlm_squid.py");
        let url = format!("http://127.0.0.1:{}/", squid.ready["port"]);
        for name in ["zoë", "straße", "µ", "ı", "ſ", "ÿ", "ŉ", "ǅ", "ΰ", "яж", "ﬁ", "ა", "ꮿ", "😀", "άς", "ϐ", "ǆ", "ẛ"]
        {
            let tool = sign(["ntlm", "--username", name, "--domain", "DOM", "--password", "s3cret", "--send"]);
            let (code, statuses, _) = statuses_of(tool.stdin(format!("{url}\n")));
            assert_eq!((code, statuses), (Some(0), vec![200]), "{name}");
        }
    }

    #[test]
    #[ignore = "needs apache2, mod_auth_gssapi and gss-ntlmssp: make test-heavy"]
    fn apache_and_gss_ntlmssp_sign_us_in_and_refuse_what_is_wrong() {
        let apache = peers::Server::start("ntlm_apache.py");
        let url = format!("http://127.0.0.1:{}/index.txt", apache.ready["port"]);
        let (code, statuses, entries) = statuses_of(signing("s3cret").stdin(format!("{url}\n{url}\n")));
        assert_eq!((code, statuses), (Some(0), vec![200; 2]), "{entries:?}");
        assert_eq!(entries[0]["response"]["content"]["text"], "hello\n");
        for (user, password) in [("DOM\\alice", "wrong"), ("DOM\\bob", "s3cret"), ("OTHER\\alice", "s3cret")] {
            let tool = sign(["ntlm", "--username", user, "--password", password, "--send"]);
            let (code, statuses, _) = statuses_of(tool.stdin(format!("{url}\n")));
            assert_eq!((code, statuses), (Some(4), vec![401]), "{user}");
        }
    }
}
