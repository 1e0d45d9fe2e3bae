//! A file of pages and requests, run against a server.

use std::fs;
use std::net::TcpListener;
use std::process::Command;

use serde_json::Value;

use crate::program::{Run, run};
use crate::server::Server;
use crate::{PAGE, why, why_reading};

const SUITE: &str = r#"
[pages]
app = "https://app.example.com"
stranger = "https://evil.example"

[requests]
notes = { url = "/notes", credentials = true }
save = { url = "/notes", method = "PUT", headers = { X-Token = "${WHY_TEST_TOKEN}" }, body = "{}" }

[readable]
app = ["notes", "save"]

[blocked]
stranger = ["notes", "save"]
"#;

/// Allows one origin whatever it is asked.
fn right() -> Server {
    Server::start(|head| {
        let allows =
            head.contains("Origin: https://app.example.com") || head.contains("origin: https://app.example.com");
        let grants = "Access-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true\n\
                      Access-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: x-token\nVary: Origin";
        if allows { format!("200 OK\n{grants}") } else { "200 OK\nVary: Origin".to_owned() }
    })
}

fn suite(server: &Server, more: &[&str], variables: &[(&str, &str)]) -> Run {
    let url = server.url("/");
    let arguments = [&["--suite", "-", "--server", url.as_str(), "--send"], more].concat();
    let mut command = Command::new(env!("CARGO_BIN_EXE_why"));
    command.args(arguments).env("WHY_TEST_TOKEN", "secret").env_remove("GITHUB_ACTIONS");
    run(command.envs(variables.iter().copied()), SUITE)
}

#[test]
fn what_is_as_the_file_says_is_a_table() {
    let server = right();
    let run = suite(&server, &[], &[]);
    assert_eq!(run.status, 0, "{run:?}");
    for line in [
        "page      request  must be   is",
        "app       notes    readable  readable",
        "app       save     readable  readable",
        "stranger  notes    blocked   blocked",
        "stranger  save     blocked   blocked",
        "4 asked, 0 not as expected, 0 unknown",
    ] {
        assert!(run.output.lines().any(|found| found == line), "{line}\n{}", run.output);
    }
    assert!(server.heads().iter().any(|head| head.contains("secret")), "the variable is filled in");
    assert!(!run.output.contains("secret"), "{}", run.output);
}

#[test]
fn what_is_not_fails_with_why_and_what_to_do() {
    let echo = Server::start(|head| {
        let origin =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("origin: ").map(str::to_owned));
        format!(
            "200 OK\nAccess-Control-Allow-Origin: {}\nAccess-Control-Allow-Credentials: true\nVary: Origin",
            origin.unwrap_or_default()
        )
    });
    let folder = std::env::temp_dir().join(format!("why-suite-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder can be made");
    let junit = folder.join("junit.xml");
    let run = suite(&echo, &["--no-probes", "--junit", junit.to_str().expect("a path")], &[("GITHUB_ACTIONS", "true")]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(run.output.contains("stranger  notes    blocked   readable  <--"), "{}", run.output);
    assert!(run.output.contains("app       save     readable  blocked  <--"), "{}", run.output);
    assert!(run.output.contains("4 asked, 2 not as expected, 0 unknown"), "{}", run.output);
    let annotations: Vec<&str> = run.output.lines().filter(|line| line.starts_with("::error ")).collect();
    assert_eq!(annotations.len(), 2, "{}", run.output);
    assert!(
        annotations[0].starts_with("::error file=-,line=11,title=CORS::app may not read save, and must: "),
        "{annotations:?}"
    );
    let xml = fs::read_to_string(&junit).expect("it was written");
    fs::remove_dir_all(&folder).expect("it can be removed");
    assert!(xml.contains("<testsuite name=\"-\" tests=\"4\" failures=\"2\" errors=\"0\">"), "{xml}");
    assert_eq!(xml.matches("<failure message=").count(), 2, "{xml}");
    assert!(xml.contains("<testcase classname=\"-\" name=\"app and notes: readable\"/>"), "{xml}");
}

#[test]
fn what_cannot_be_told_is_no_success() {
    let suite = |url: &str| {
        format!("[pages]\napp = \"{PAGE}\"\n[requests]\nx = {{ url = \"{url}\" }}\n[blocked]\napp = [\"x\"]\n")
    };
    // Browsers send nothing to port 1, so whatever is there is blocked.
    assert_eq!(why_reading(&suite("http://127.0.0.1:1/"), &["--suite", "-"]).status, 0);
    let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port is free");
    let text = suite(&format!("http://{free}/"));
    let run = why_reading(&text, &["--suite", "-", "--json"]);
    assert_eq!(run.status, 3, "{run:?}");
    let outcomes: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!((&outcomes["failed"], &outcomes["unknown"]), (&Value::from(0), &Value::from(1)));
}

#[test]
fn all_mistakes_of_a_file_are_said_at_once() {
    let run = why_reading("[pages]\napp = 5\n[requests]\nx = {}\n[readable]\nother = [\"x\"]\n", &["--suite", "-"]);
    assert_eq!(run.status, 2, "{run:?}");
    for line in ["-:2: ", "-:4: ", "-:6: "] {
        assert!(run.errors.contains(&format!("error: {line}")), "{}", run.errors);
    }
}

#[test]
fn the_suite_of_the_readme_is_one() {
    let page = include_str!("../../README.md");
    let text = page.split("```toml\n").find(|listing| listing.contains("[readable]")).expect("a suite");
    let text = text.split("```").next().unwrap_or_default();
    // Browsers send nothing to port 1, so that nobody is asked.
    let mut command = Command::new(env!("CARGO_BIN_EXE_why"));
    command.args(["--suite", "-", "--server", "http://127.0.0.1:1"]).env("TOKEN", "7");
    let run = run(&mut command, text);
    assert!(run.status == 1 && run.output.contains("4 asked, 2 not as expected"), "{run:?}");
}

#[test]
fn what_is_printed_for_programs_has_its_schema() {
    let server = right();
    for (schema, run) in [
        ("suite", suite(&server, &["--json"], &[])),
        ("report", why(&[&server.url("/notes"), "--from", "https://app.example.com", "--json"])),
        ("report", why(&["--message", "Failed to fetch", "--json"])),
        ("report", why(&[&server.url("/notes"), "--from", "https://evil.example", "-X", "PUT", "--json"])),
        ("scan", why_reading(&server.url("/notes"), &["--scan", "-", "--json"])),
    ] {
        let schema: Value = serde_json::from_str(&why(&["--schema", schema]).output).expect("a schema is JSON");
        let written: Value = serde_json::from_str(&run.output).unwrap_or_else(|error| panic!("{error}: {run:?}"));
        jsonschema::draft202012::validate(&schema, &written).unwrap_or_else(|error| panic!("{error}: {}", run.output));
    }
    let policy = why(&["--schema", "policy"]);
    assert!(policy.output.contains("expose_headers"), "{}", policy.output);
}

#[test]
fn shells_and_the_manual_are_told_the_options() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let run = why(&["--completions", shell]);
        assert!(run.status == 0 && run.output.contains("credentials"), "{shell}: {run:?}");
    }
    let manual = why(&["--man"]);
    assert!(
        manual.status == 0 && manual.output.contains(".TH why 1") && manual.output.contains("\\-\\-suite"),
        "{manual:?}"
    );
}
