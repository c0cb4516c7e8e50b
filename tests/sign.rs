//! `sign` as a user runs it: schemes, where parameters come from, what a secret never does.

mod aws;
pub(crate) mod collections;
mod credentials;
mod curl_commands;
mod digest;
mod edgegrid;
mod fidelity;
mod formats;
mod hawk;
mod jwt;
mod ntlm;
mod oauth1;
mod pasted;
mod recordings;
mod schemes;
mod send;
mod trust;
mod variables;
mod verify;
pub(crate) mod writers;

use countersign_shared::auth;
use serde_json::{Value, json};

use crate::support::line::values;
use crate::support::{Output, Tool, sign};

const URL: &str = "https://example.com/\n";

/// A request line with these members besides method and URL.
fn line(members: &Value) -> String {
    let mut line = json!({"method": "GET", "url": "https://example.com/"});
    line.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    format!("{line}\n")
}

/// The values of a header, whatever its case, in each line of the output.
fn header(output: &Output, name: &str) -> Vec<Vec<String>> {
    let owned = |line: &Value| values(line, name).into_iter().map(str::to_owned).collect();
    output.json().iter().map(owned).collect()
}

/// The one Authorization header of the one line.
#[track_caller]
fn authorization(output: &Output) -> String {
    let all = header(output, "authorization");
    assert!(all.len() == 1 && all[0].len() == 1, "one Authorization header, not {all:?}");
    all[0][0].clone()
}

/// Returns the header of `basic`, computed by another program.
fn basic(credentials: &str) -> String {
    let encoded = Tool::program("base64").arg("-w0").stdin(credentials).succeeds().out();
    format!("Basic {encoded}")
}

mod none {
    use super::*;

    #[test]
    fn writes_the_request_that_it_read() {
        let line = r#"{"method":"GET","url":"https://example.com/","headers":[]}"#;
        sign(["none"]).stdin(format!("{line}\n")).succeeds().stdout_is(&format!("{line}\n")).stderr_is("");
    }

    #[test]
    fn keeps_auth_and_variables() {
        let members = json!({"_auth": {"type": "bearer", "bearer": {"token": "T"}}, "_variables": {"a": "b"}});
        let line = &sign(["none"]).stdin(line(&members)).succeeds().json()[0];
        assert_eq!(line["_auth"], members["_auth"]);
        assert_eq!(line["_variables"], members["_variables"]);
        assert_eq!(line["headers"], json!([]));
    }

    #[test]
    fn leaves_authorization_headers_alone() {
        let given = json!({"headers": [{"name": "authorization", "value": "Mine"}]});
        assert_eq!(authorization(&sign(["none"]).stdin(line(&given)).succeeds()), "Mine");
    }
}

mod apikey {
    use super::*;

    #[test]
    fn goes_into_a_header_by_default() {
        let output = sign(["apikey", "--key", "X-Key", "--value", "secret"]).stdin(URL).succeeds();
        assert_eq!(header(&output, "x-key"), [["secret"]]);
    }

    #[test]
    fn goes_into_the_query_where_asked() {
        let run = |url: &str| {
            let query = sign(["apikey", "--key", "api key", "--value", "a&b=c", "--in", "query", "--to", "url"]);
            query.stdin(format!("{url}\n")).succeeds().out()
        };
        assert_eq!(run("https://example.com/"), "https://example.com/?api%20key=a%26b%3Dc\n");
        assert_eq!(run("https://example.com/?x=1"), "https://example.com/?x=1&api%20key=a%26b%3Dc\n");
    }

    #[test]
    fn replaces_headers_of_its_name_in_any_case_and_keeps_the_others() {
        let given = json!({"headers": [
            {"name": "x-KEY", "value": "old"}, {"name": "Other", "value": "kept"}, {"name": "X-Key", "value": "older"},
        ]});
        let output = sign(["apikey", "--key", "X-Key", "--value", "new"]).stdin(line(&given)).succeeds();
        assert_eq!(header(&output, "x-key"), [["new"]]);
        assert_eq!(header(&output, "other"), [["kept"]]);
    }

    #[test]
    fn keeps_headers_whose_names_only_look_alike() {
        let given = json!({"headers": [{"name": "X_Api-Key", "value": "1"}, {"name": "XApiKey", "value": "2"}]});
        let output = sign(["apikey", "--key", "X-Api-Key", "--value", "new"]).stdin(line(&given)).succeeds();
        for (name, value) in [("x_api-key", "1"), ("xapikey", "2"), ("x-api-key", "new")] {
            assert_eq!(header(&output, name), [[value]]);
        }
    }

    #[test]
    fn a_value_may_be_empty_and_a_key_may_not() {
        let output = sign(["apikey", "--key", "A", "--value", ""]).stdin(URL).succeeds();
        assert_eq!(header(&output, "a"), [[""]]);
        sign(["apikey", "--key", "", "--value", "v"]).stdin(URL).fails(2).stdout_is("").stderr_has("key is missing");
    }

    #[test]
    fn replaces_query_parameters_of_its_name() {
        let tool = sign(["apikey", "--key", "k", "--value", "new", "--in", "query", "--to", "url"]);
        let url = tool.stdin("https://example.com/?k=old&x=1&%6b=older\n").succeeds().out();
        assert_eq!(url, "https://example.com/?x=1&k=new\n");
    }

    #[test]
    fn refuses_a_key_that_is_no_header_name_and_a_place_that_is_none() {
        sign(["apikey", "--key", "a b", "--value", "v"]).stdin(URL).fails(2).stdout_is("").stderr_has("apikey: key is");
        sign(["apikey", "--key", "a", "--value", "v", "--in", "body"]).stdin(URL).fails(2).stderr_has("header, query");
    }

    #[test]
    fn a_value_with_a_line_break_is_no_second_header() {
        let tool = sign(["apikey", "--key", "A", "--value", "v\r\nInjected: yes"]);
        tool.stdin(URL).run().stdout_is("").stderr_has("control character").stderr_lacks("Injected").exits(1);
    }
}

mod bearer {
    use super::*;

    #[test]
    fn puts_the_token_into_the_authorization_header() {
        assert_eq!(authorization(&sign(["bearer", "--token", "T"]).stdin(URL).succeeds()), "Bearer T");
    }

    #[test]
    fn replaces_authorization_headers_in_any_case() {
        let given = json!({"headers": [
            {"name": "AUTHORIZATION", "value": "Basic x"}, {"name": "authorization", "value": "Bearer old"},
        ]});
        assert_eq!(authorization(&sign(["bearer", "--token", "new"]).stdin(line(&given)).succeeds()), "Bearer new");
    }

    #[test]
    fn without_a_token_it_says_what_to_give_and_signs_nothing() {
        let output = sign(["bearer"]).stdin(URL).fails(2).stdout_is("");
        output.stderr_has("--token").stderr_has("COUNTERSIGN_BEARER_TOKEN").stderr_has("_auth");
    }
}

mod basic_scheme {
    use super::*;

    #[test]
    fn encodes_user_name_and_password_in_utf_8() {
        let output = sign(["basic", "--username", "jürgen", "--password", "pässword:x"]).stdin(URL).succeeds();
        assert_eq!(authorization(&output), basic("jürgen:pässword:x"));
    }

    #[test]
    fn an_empty_password_is_one() {
        assert_eq!(authorization(&sign(["basic", "--username", "a"]).stdin(URL).succeeds()), basic("a:"));
    }

    #[test]
    fn refuses_a_colon_in_the_user_name() {
        let output = sign(["basic", "--username", "a:b", "--password", "secret"]).stdin(URL).fails(2).stdout_is("");
        output.stderr_has("username").stderr_has("colon").stderr_lacks("secret");
    }

    #[test]
    fn refuses_control_characters_and_says_where_they_are() {
        for (name, password, key) in
            [("a\u{1}", "p", "username"), ("a", "p\n", "password"), ("a", "\u{7f}", "password")]
        {
            let tool = sign(["basic", "--username", name, "--password", password]).stdin(URL);
            tool.fails(2).stdout_is("").stderr_has(&format!("basic: {key} is not usable: it has a control character"));
        }
    }

    #[test]
    fn user_name_and_password_in_a_url_become_the_header() {
        let url = "https://al%20ice:p%40ss@example.com/x\n";
        let output = sign(["none"]).stdin(url).succeeds();
        assert_eq!(authorization(&output), basic("al ice:p@ss"));
        assert_eq!(output.json()[0]["url"], "https://example.com/x");
    }

    #[test]
    fn user_name_and_password_in_a_url_give_way_to_a_header() {
        let given = json!({"url": "https://a:b@example.com/", "headers": [{"name": "authorization", "value": "Mine"}]});
        let output = sign(["none"]).stdin(line(&given)).succeeds();
        assert_eq!(authorization(&output), "Mine");
        assert_eq!(output.json()[0]["url"], "https://example.com/");
    }
}

mod lines_that_ask {
    use super::*;

    const BEARER: &str = "Bearer from-line";

    fn asking(auth: &Value) -> String {
        line(&json!({"_auth": auth, "_variables": {"v": "1"}}))
    }

    #[test]
    fn inherit_signs_by_the_list_form_and_the_map_form() {
        let list =
            asking(&json!({"type": "bearer", "bearer": [{"key": "token", "value": "from-line", "type": "string"}]}));
        let map = asking(&json!({"type": "bearer", "bearer": {"token": "from-line"}}));
        let output = sign(["inherit"]).stdin(list + &map).succeeds();
        assert_eq!(header(&output, "authorization"), [[BEARER], [BEARER]]);
    }

    #[test]
    fn a_signed_line_has_neither_auth_nor_variables() {
        let given = asking(&json!({"type": "bearer", "bearer": {"token": "from-line"}}));
        for output in [sign(["inherit"]).stdin(&given).succeeds(), sign(["bearer"]).stdin(&given).succeeds()] {
            assert_eq!(authorization(&output), BEARER);
            assert!(output.json()[0].get("_auth").is_none());
            assert!(output.json()[0].get("_variables").is_none());
        }
    }

    #[test]
    fn inherit_lets_lines_without_auth_pass_as_they_are() {
        let plain = r#"{"method":"GET","url":"https://example.com/","headers":[],"_x":1e3}"#;
        sign(["inherit"]).stdin(format!("{plain}\n")).succeeds().stdout_is(&format!("{plain}\n"));
        let noauth = asking(&json!({"type": "noauth"}));
        assert_eq!(header(&sign(["inherit"]).stdin(noauth).succeeds(), "authorization"), [[""; 0]]);
    }

    #[test]
    fn inherit_refuses_a_type_that_nobody_knows_and_goes_on() {
        let odd = asking(&json!({"type": "magic", "magic": {"token": "SECRET"}}));
        let untyped = asking(&json!({"bearer": {"token": "SECRET"}}));
        let fine = asking(&json!({"type": "bearer", "bearer": {"token": "from-line"}}));
        let output = sign(["inherit"]).stdin(odd + &untyped + &fine).fails(1).never_says("SECRET");
        assert_eq!(header(&output, "authorization"), [[BEARER]]);
        output.stderr_has("sign: line 1: _auth").stderr_has("sign: line 2: _auth");
    }

    #[test]
    fn inherit_leaves_a_line_out_whose_auth_lacks_something() {
        let given = asking(&json!({"type": "bearer", "bearer": {}}));
        sign(["inherit"]).stdin(given).fails(1).stdout_is("").stderr_has("sign: line 1: bearer: token is missing");
    }

    #[test]
    fn a_scheme_drops_the_auth_of_another() {
        let given = asking(&json!({"type": "basic", "basic": {"username": "u", "password": "p"}}));
        let output = sign(["bearer", "--token", "T"]).stdin(given).succeeds();
        assert_eq!(authorization(&output), "Bearer T");
        assert!(output.json()[0].get("_auth").is_none());
    }

    #[test]
    fn a_reference_in_auth_is_not_followed() {
        for reference in ["env:STOLEN", "file:stolen", "cmd:touch stolen-by-cmd", "fd:0", "keyring:a/b", "text:x", "-"]
        {
            let given = asking(&json!({"type": "bearer", "bearer": {"token": reference}}));
            for scheme in ["inherit", "bearer"] {
                let tool = sign([scheme]).stdin(&given).env("STOLEN", "secret").file("stolen", "secret");
                let output = tool.succeeds().never_says("secret");
                assert_eq!(authorization(&output), format!("Bearer {reference}"));
                assert!(!output.home().join("stolen-by-cmd").exists());
            }
        }
    }

    #[test]
    fn auth_file_is_given_to_every_request_and_its_references_are_not_followed() {
        let auth = json!({"type": "bearer", "bearer": [{"key": "token", "value": "env:STOLEN"}]}).to_string();
        let given = URL.to_owned() + &asking(&json!({"type": "bearer", "bearer": {"token": "from-line"}}));
        for (scheme, second) in [("inherit", "Bearer from-line"), ("bearer", "Bearer env:STOLEN")] {
            let tool = sign([scheme, "--auth", "auth.json"]).file("auth.json", &auth).env("STOLEN", "secret");
            let output = tool.stdin(given.clone()).succeeds();
            assert_eq!(header(&output, "authorization"), [["Bearer env:STOLEN"], [second]]);
        }
    }

    #[test]
    fn auth_file_of_another_scheme_or_with_no_sense_is_exit_2() {
        let run = |content: &str| sign(["basic", "--auth", "auth.json"]).file("auth.json", content).stdin(URL).fails(2);
        run(r#"{"type":"bearer","bearer":{"token":"SECRET"}}"#)
            .stdout_is("")
            .stderr_has("--auth")
            .stderr_lacks("SECRET");
        run(r#"{"type":"basic","basic":{"username":"SECRET""#)
            .stdout_is("")
            .stderr_has("--auth")
            .stderr_lacks("SECRET");
        sign(["basic", "--auth", "absent.json"]).stdin(URL).fails(2).stdout_is("").stderr_has("absent.json");
    }

    #[test]
    fn postmans_names_of_schemes_are_taken_on_the_command_line_and_in_auth() {
        sign(["noauth"]).stdin(URL).succeeds();
        for table in auth::ALL {
            for alias in table.aliases {
                sign([*alias, "--help"]).succeeds().stdout_has(&format!("Usage: sign {}", table.name));
            }
        }
        let given = asking(&json!({"type": "awsv4", "awsv4": {"accessKey": "AK", "secretKey": "SECRET"}}));
        let output = sign(["inherit"]).stdin(given).succeeds().never_says("SECRET");
        assert!(authorization(&output).starts_with("AWS4-HMAC-SHA256 Credential=AK/"));
    }
}

mod precedence {
    use super::*;

    /// Gives a token at each of three places, and says which one was taken.
    fn taken(option: Option<&str>, own: Option<&str>, variable: Option<&str>) -> String {
        let given =
            own.map_or(URL.to_owned(), |token| line(&json!({"_auth": {"type": "bearer", "bearer": {"token": token}}})));
        let mut tool = sign(["bearer"]).stdin(given);
        if let Some(option) = option {
            tool = tool.args(["--token", option]);
        }
        if let Some(variable) = variable {
            tool = tool.env("COUNTERSIGN_BEARER_TOKEN", variable);
        }
        authorization(&tool.succeeds())
    }

    #[test]
    fn an_option_comes_before_the_line_and_the_line_before_the_environment() {
        assert_eq!(taken(Some("option"), Some("line"), Some("environment")), "Bearer option");
        assert_eq!(taken(None, Some("line"), Some("environment")), "Bearer line");
        assert_eq!(taken(None, None, Some("environment")), "Bearer environment");
        assert_eq!(taken(Some("option"), None, Some("environment")), "Bearer option");
    }

    #[test]
    fn each_parameter_is_taken_from_its_own_place() {
        let given = line(&json!({"_auth": {"type": "basic", "basic": {"username": "line"}}}));
        let tool = sign(["basic", "--password", "option"]).env("COUNTERSIGN_BASIC_USERNAME", "environment");
        assert_eq!(authorization(&tool.stdin(given).succeeds()), basic("line:option"));
    }

    #[test]
    fn of_an_option_that_is_given_twice_the_last_counts() {
        let last = ["bearer", "--token", "a", "--to", "json", "--token", "b", "--to", "header"];
        assert_eq!(sign(last).stdin(URL).succeeds().stdout, b"Authorization: Bearer b\n");
    }

    #[test]
    fn an_empty_variable_is_an_unset_one() {
        sign(["bearer"]).env("COUNTERSIGN_BEARER_TOKEN", "").stdin(URL).fails(2).stderr_has("token is missing");
        sign(["none"]).env("COUNTERSIGN_SIGN_TO", "").stdin(URL).succeeds().stdout_has("\"url\"");
    }

    #[test]
    fn the_environment_sets_what_all_schemes_share_and_options_come_first() {
        sign(["none"]).env("COUNTERSIGN_SIGN_TO", "url").stdin(URL).succeeds().stdout_is(URL);
        sign(["none", "--to", "json"]).env("COUNTERSIGN_SIGN_TO", "url").stdin(URL).succeeds().stdout_has("\"url\"");
        sign(["none"])
            .env("COUNTERSIGN_SIGN_TO", "no-such-format")
            .stdin(URL)
            .fails(2)
            .stderr_has("COUNTERSIGN_SIGN_TO");
    }

    #[test]
    fn the_environment_sets_switches() {
        let bad_first = "no request\nhttps://example.com/\n";
        for (value, lines) in [("1", 0), ("true", 0), ("yes", 0), ("0", 1), ("false", 1), ("", 1)] {
            let output = sign(["none", "--to", "url"]).env("COUNTERSIGN_SIGN_STRICT", value).stdin(bad_first).fails(1);
            assert_eq!(output.out().lines().count(), lines, "{value:?}");
        }
        sign(["none"])
            .env("COUNTERSIGN_SIGN_STRICT", "perhaps")
            .stdin(URL)
            .fails(2)
            .stderr_has("COUNTERSIGN_SIGN_STRICT");
        let tool =
            sign(["hawk", "--auth-id", "i", "--auth-key", "k"]).env("COUNTERSIGN_SIGN_EXPLAIN", "true").stdin(URL);
        tool.succeeds().stderr_has("hawk.1.header");
        let tool = sign(["bearer"]).env("COUNTERSIGN_VERBOSE", "1").env("COUNTERSIGN_BEARER_TOKEN", "T").stdin(URL);
        tool.succeeds().stderr_is("sign: bearer: token from COUNTERSIGN_BEARER_TOKEN\n");
        sign(["none"]).env("COUNTERSIGN_COLOR", "always").stdin("x\n").fails(1).stderr_has("sign: line 1");
        assert!(sign(["-h"]).env("COUNTERSIGN_COLOR", "always").succeeds().out().contains('\u{1b}'));
        // For those runs that send.
        sign(["none"]).env("COUNTERSIGN_SIGN_LOCATION", "1").stdin(URL).succeeds();
        sign(["none", "--location"]).stdin(URL).fails(2).stderr_has("--send");
    }

    #[test]
    fn an_auth_file_of_the_environment_comes_behind_the_lines_own() {
        let file = |token: &str| json!({"type": "bearer", "bearer": {"token": token}}).to_string();
        for scheme in ["inherit", "bearer"] {
            let tool = |text: String| sign([scheme]).file("auth.json", file("file")).stdin(text);
            let own = || line(&json!({"_auth": {"type": "bearer", "bearer": {"token": "line"}}}));
            let variable =
                |text: String| authorization(&tool(text).env("COUNTERSIGN_SIGN_AUTH", "auth.json").succeeds());
            assert_eq!(variable(own()), "Bearer line");
            assert_eq!(variable(URL.to_owned()), "Bearer file");
            // The option goes before a line's own under a scheme; under `inherit` it is for lines that have none.
            let own = authorization(&tool(own()).args(["--auth", "auth.json"]).succeeds());
            assert_eq!(own, if scheme == "inherit" { "Bearer line" } else { "Bearer file" });
            let none = tool(URL.to_owned()).args(["--auth", "auth.json"]).succeeds();
            assert_eq!(authorization(&none), "Bearer file");
        }
    }

    #[test]
    fn v_says_where_each_parameter_came_from_and_no_value() {
        let given = line(&json!({"_auth": {"type": "basic", "basic": {"username": "USER"}}}));
        let tool = sign(["basic", "-v", "--password", "SECRET"]).stdin(given);
        tool.succeeds().stderr_is("sign: basic: username from _auth, password from --password\n");
        let tool = sign(["bearer", "-v"]).env("COUNTERSIGN_BEARER_TOKEN", "SECRET").stdin(URL);
        tool.succeeds().stderr_is("sign: bearer: token from COUNTERSIGN_BEARER_TOKEN\n");
        let tool = sign(["aws", "-v"]).env("AWS_ACCESS_KEY_ID", "AK").env("AWS_SECRET_ACCESS_KEY", "SECRET");
        tool.stdin(URL).succeeds().stderr_has("sign: aws: credentials from AWS_ACCESS_KEY_ID\n").stderr_lacks("SECRET");
    }

    #[test]
    fn without_v_nothing_is_said() {
        sign(["bearer", "--token", "T"]).stdin(URL).succeeds().stderr_is("");
        sign(["bearer", "--token", "T", "-v", "-q"]).stdin(URL).succeeds().stderr_is("");
    }
}

mod secrets {
    use super::*;

    #[test]
    fn are_taken_from_where_a_reference_says() {
        let token = |tool: Tool| authorization(&tool.stdin(URL).succeeds());
        assert_eq!(token(sign(["bearer", "--token", "env:TOKEN"]).env("TOKEN", "E")), "Bearer E");
        assert_eq!(token(sign(["bearer", "--token", "file:token"]).file("token", "F\n")), "Bearer F");
        assert_eq!(token(sign(["bearer", "--token", "file:token"]).file("token", "F\r\n")), "Bearer F");
        assert_eq!(token(sign(["bearer", "--token", "cmd:printf 'C\\n'"])), "Bearer C");
        // The pipe is not the command's.
        assert_eq!(token(sign(["bearer", "--token", "cmd:cat; printf C"])), "Bearer C");
        assert_eq!(token(sign(["bearer", "--token", "text:env:TOKEN"])), "Bearer env:TOKEN");
        assert_eq!(token(sign(["bearer", "--token", "https://not-a-reference"])), "Bearer https://not-a-reference");
    }

    #[test]
    fn are_taken_from_a_descriptor() {
        let script = "echo https://example.com/ | sign bearer --token fd:7 7<token";
        let output = Tool::program("sh").args(["-c", script]).file("token", "D\n").succeeds();
        assert_eq!(authorization(&output), "Bearer D");
        sign(["bearer", "--token", "fd:x"]).stdin(URL).fails(2).stderr_has("--token: fd: is not a number");
    }

    #[test]
    fn in_environment_variables_may_be_references_too() {
        let tool = sign(["bearer"]).env("COUNTERSIGN_BEARER_TOKEN", "file:token").file("token", "F\n");
        assert_eq!(authorization(&tool.stdin(URL).succeeds()), "Bearer F");
    }

    #[test]
    fn that_cannot_be_had_are_exit_2_and_say_why() {
        let run = |reference: &str| sign(["bearer", "--token", reference]).stdin(URL).fails(2).stdout_is("");
        run("env:NOT_SET").stderr_has("sign: --token: NOT_SET is not set");
        run("file:absent").stderr_has("sign: --token: absent: ");
        run("cmd:exit 3").stderr_has("sign: --token: cmd: ended with");
        run("cmd:printf SECRET; exit 3").stderr_has("cmd: ended with").stderr_lacks("SECRET");
        run("keyring:no-slash").stderr_has("keyring:SERVICE/NAME");
        run("keyring:service/name").stderr_has("sign: --token: keyring: ");
    }

    #[test]
    fn of_a_megabyte_and_more_or_with_other_bytes_than_utf_8_are_refused() {
        let tool = |content: &[u8]| sign(["bearer", "--token", "file:token"]).file("token", content).stdin(URL);
        tool(&vec![b'x'; (1 << 20) + 1]).fails(2).stderr_has("too long for a secret");
        tool(b"\xff\xfe").fails(2).stderr_has("not UTF-8");
        tool(b"a\nInjected: yes\n").run().exits(1).stdout_is("").stderr_lacks("Injected");
    }

    #[test]
    fn are_asked_for_on_the_terminal_without_an_echo() {
        let mut live = Tool::program("script")
            .args(["-qec", "tty; exec sign bearer --token - requests > signed", "/dev/null"])
            .file("requests", URL)
            .start();
        let terminal = live.stdout_line().trim().to_owned();
        live.stdout_until("--token: ");
        // The prompt is written just before the echo is turned off; a person is slower than that.
        let echoes = || {
            let modes = Tool::program("stty").args(["-F", &terminal, "-a"]).succeeds().out();
            !modes.split_whitespace().any(|mode| mode == "-echo")
        };
        let until = std::time::Instant::now() + crate::support::tool::LIMIT;
        while echoes() {
            assert!(std::time::Instant::now() < until, "the echo stays on");
        }
        live.write("typed-secret\n");
        let output = live.finish().exits(0).never_says("typed-secret");
        let signed = std::fs::read_to_string(output.home().join("signed")).unwrap();
        assert!(signed.contains("Bearer typed-secret"), "{signed}");
    }

    #[test]
    fn that_nobody_can_be_asked_for_are_exit_5() {
        let tool = Tool::program("setsid").args(["--wait", "sign", "bearer", "--token", "-"]).stdin(URL);
        tool.fails(5).stdout_is("").stderr_has("--token");
    }

    #[test]
    fn are_not_in_the_arguments_of_children() {
        // The child of cmd: writes down what can be seen of every process.
        let spy = "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' > seen; printf cmd-secret";
        let tool = sign(["basic", "--username", "env:NAME", "--password"]).arg(format!("cmd:{spy}"));
        let output = tool.env("NAME", "env-secret").stdin(URL).succeeds();
        assert_eq!(authorization(&output), basic("env-secret:cmd-secret"));
        let seen = std::fs::read_to_string(output.home().join("seen")).unwrap();
        assert!(seen.contains("sign basic"), "{seen}");
        assert!(!seen.contains("env-secret"), "{seen}");
    }

    #[test]
    fn are_not_in_what_explain_says() {
        let keys = ["--access-key", "AK", "--secret-key", "SECRET-KEY", "--session-token", "SESSION-TOKEN"];
        let output = sign(["aws", "--explain"]).args(keys).stdin(URL).succeeds();
        output.stderr_has("canonical request").stderr_lacks("SECRET-KEY").stderr_lacks("SESSION-TOKEN");
        sign(["bearer", "--explain", "--token", "SECRET"]).stdin(URL).succeeds().stderr_lacks("SECRET");
        let basic = sign(["basic", "--explain", "--username", "u", "--password", "SECRET"]).stdin(URL).succeeds();
        basic.stderr_lacks("SECRET").stderr_lacks("dTpTRUNSRVQ");
    }

    #[test]
    fn are_not_in_errors() {
        let auth = json!({"type": "basic", "basic": {"username": "a:b", "password": "S3CR3T"}});
        sign(["inherit"]).stdin(line(&json!({"_auth": auth}))).fails(1).never_says("S3CR3T").stdout_is("");
        sign(["basic", "--username", "u", "--password", "S3CR3T\u{7}"]).stdin(URL).run().never_says("S3CR3T");
        sign(["bearer", "--token=S3CR3T", "--no-such-option"]).stdin(URL).fails(2).never_says("S3CR3T");
        sign(["bearer", "--tokken=S3CR3T"]).stdin(URL).fails(2).never_says("S3CR3T");
        sign(["inherit"]).stdin("{\"_auth\":{\"type\":\"bearer\",\"bearer\":\"S3CR3T\n").fails(1).never_says("S3CR3T");
    }
}

mod pipe {
    use super::*;

    #[test]
    fn a_line_comes_out_while_the_producer_waits() {
        let mut live = sign(["bearer", "--token", "T"]).start();
        for path in ["a", "b", "c"] {
            live.write(format!("https://example.com/{path}\n"));
            assert!(live.stdout_line().contains(&format!("https://example.com/{path}")));
        }
        live.finish().exits(0).stderr_is("");
    }

    #[test]
    fn files_are_read_one_after_another_and_a_dash_is_standard_input() {
        let tool = sign(["none", "--to", "url", "a", "-", "b"]).file("a", "https://a.example/\n");
        let output = tool.file("b", "https://b.example/").stdin("https://stdin.example/\n").succeeds();
        output.stdout_is("https://a.example/\nhttps://stdin.example/\nhttps://b.example/\n");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_said_and_the_others_are_done() {
        let tool = sign(["none", "--to", "url", "absent", "a"]).file("a", "https://a.example/\n");
        tool.fails(1).stdout_is("https://a.example/\n").stderr_has("absent");
    }

    #[test]
    fn a_bad_line_is_left_out_and_the_rest_is_signed() {
        let output =
            sign(["bearer", "--token", "T"]).stdin("https://a.example/\nftp://b.example/\nhttps://c.example/\n");
        let output = output.fails(1).stderr_is("sign: line 2: \"ftp://b.example/\" is not an http(s) URL\n");
        assert_eq!(header(&output, "authorization"), [["Bearer T"], ["Bearer T"]]);
    }

    #[test]
    fn strict_stops_at_the_first_bad_line() {
        let tool = sign(["none", "--strict", "--to", "url"]);
        let output = tool.stdin("https://a.example/\nftp://b.example/\nhttps://c.example/\n").fails(1);
        output.stdout_is("https://a.example/\n").stderr_has("line 2");
    }

    #[test]
    fn order_is_kept_by_many_threads() {
        let lines: String = (0..20_000).map(|n| format!("https://example.com/{n}\n")).collect();
        sign(["none", "-j", "8", "--to", "url"]).stdin(&lines).succeeds().stdout_is(&lines);
    }

    #[test]
    fn a_closed_stdout_ends_it_quietly() {
        let script = "yes https://example.com/ | sign bearer --token T | head -n 1 >/dev/null; exit ${PIPESTATUS[1]}";
        Tool::program("bash").args(["-c", script]).succeeds().stderr_is("");
    }
}
