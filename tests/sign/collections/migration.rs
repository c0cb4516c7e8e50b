//! The page for people who come from newman: its Makefile and its CI job work as they are printed.

use std::path::Path;

use serde_json::{Value, json};

use countersign_shared::yaml;

use super::collection;
use crate::support::{Origin, Output, Tool};

fn page() -> String {
    std::fs::read_to_string("docs/from-newman.md").expect("the page")
}

/// The only block of this language on the page.
fn block(language: &str) -> String {
    let page = page();
    let fence = format!("\n```{language}\n");
    let mut blocks = page.split(&fence).skip(1);
    let block = blocks.next().and_then(|rest| rest.split_once("\n```")).expect("a block").0;
    assert!(blocks.next().is_none(), "one block of {language}");
    format!("{block}\n")
}

/// An API: users for whoever has the token, and a request that fails if `stage` says so.
fn api(status: u16) -> Origin {
    Origin::http(move |peer| {
        while let Some(head) = peer.request() {
            let status = match (
                head.contains("authorization: Bearer T") || head.contains("Authorization: Bearer T"),
                head.contains("/health"),
            ) {
                (false, _) => 401,
                (true, true) => status,
                (true, false) => 200,
            };
            let body = r#"[{"id": 1}]"#;
            peer.write(format!(
                "HTTP/1.1 {status} Said\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ));
        }
    })
}

/// A program in a folder that has the files which the page speaks of.
fn within(mut tool: Tool, server: &Origin) -> Tool {
    let items = json!([
        {"name": "List users", "request": "{{url}}/users"}, {"name": "Health", "request": "{{url}}/health"},
    ]);
    let mut api = collection(&items);
    api["auth"] = json!({"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}"}]});
    let values =
        json!({"values": [{"key": "url", "value": server.url("")}, {"key": "token", "value": "T", "type": "secret"}]});
    let url = server.url("");
    assert!(url.starts_with("http://"), "{url}");
    for (name, text) in
        [("api.postman_collection.json", api.to_string()), ("staging.postman_environment.json", values.to_string())]
    {
        tool = tool.file(name, text);
    }
    tool.file("Makefile", block("make"))
}

#[test]
fn the_makefile_works_as_it_is_printed() {
    let server = api(200);
    let output = within(Tool::program("make"), &server).args(["-s", "api", "STAGE=staging"]).succeeds();
    output.stdout_is("200\tGET\tList users\n200\tGET\tHealth\n");
    within(Tool::program("make"), &api(500)).arg("api").fails(2).stderr_has("answered with 500");
}

/// Runs the steps of the job until one fails; those that run in any case run too.
fn job(server: &Origin, token: &str) -> Vec<Output> {
    let document = yaml::read(&block("yaml")).expect("YAML");
    let job = &document["jobs"]["api"];
    let folder = within(Tool::program("true"), server).succeeds();
    let home: &Path = folder.home();
    let mut outputs: Vec<Output> = Vec::new();
    for step in job["steps"].as_array().expect("steps") {
        let Some(script) = step["run"].as_str() else { continue };
        let has_failed = outputs.iter().any(|output| !output.status.success());
        if has_failed && step["if"] != "always()" {
            continue;
        }
        let variables = [&job["env"], &step["env"]].into_iter().filter_map(Value::as_object).flatten();
        let tool = variables.fold(Tool::program("bash"), |tool, (name, value)| {
            tool.env(name, value.as_str().unwrap_or_default().replace("${{ secrets.API_TOKEN }}", token))
        });
        outputs.push(tool.args(["-e", "-c", script]).within(home).run());
    }
    outputs
}

#[test]
fn the_ci_job_works_as_it_is_printed() {
    let outputs = job(&api(200), "T");
    assert!(
        outputs.iter().all(|output| output.status.success()),
        "{:?}",
        outputs.iter().map(Output::err).collect::<Vec<_>>()
    );
    assert_eq!(outputs.iter().map(Output::out).collect::<Vec<_>>().concat().lines().count(), 1, "where sign is");
    let outputs = job(&api(503), "T");
    let codes: Vec<_> = outputs.iter().map(|output| output.status.code()).collect();
    assert_eq!((codes, outputs[2].out()), (vec![Some(0), Some(1), Some(0)], "503 Health\n".to_owned()));
    let refused = job(&api(200), "another");
    assert_eq!(refused[1].status.code(), Some(4));
}

#[test]
fn the_page_says_what_each_option_of_newman_becomes() {
    let newman = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers/node_modules/newman/bin/newman.js");
    let help = Tool::program("node").arg(newman).args(["run", "--help"]).succeeds().out();
    let names = help
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix('-').and_then(|_| line.find("--")).map(|at| &line[at..]));
    let names: Vec<&str> =
        names.filter_map(|rest| rest.split([' ', ',']).next()).filter(|name| *name != "--help").collect();
    assert!(names.len() > 30, "{names:?}");
    let page = page();
    for name in names {
        assert!(page.contains(&format!("`{name}")) || page.contains(&format!(" {name} ")), "{name} is not on the page");
    }
}
