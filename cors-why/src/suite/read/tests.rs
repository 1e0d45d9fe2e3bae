//! Reading of suite files, and their mistakes.

use super::suite;
use crate::report::Verdict;

const SUITE: &str = r#"
server = "https://staging.example.com"

[pages]
app = "https://app.example.com"
stranger = "https://evil.example"

[requests]
notes = { url = "/notes", credentials = true }
save = { url = "https://other.example/x", method = "PUT", headers = { X-Token = "a ${TOKEN} b" }, body = "{}", send = true }

[readable]
app = ["notes", "save"]

[blocked]
stranger = ["notes"]
"#;

fn variable(name: &str) -> Option<String> {
    (name == "TOKEN").then(|| "secret".to_owned())
}

#[test]
fn each_pair_is_asked_once() {
    let read = suite(SUITE, "cors.toml", None, variable).expect("a suite");
    let said: Vec<_> = read
        .expectations
        .iter()
        .map(|expectation| {
            let asked = &expectation.asked;
            (
                expectation.page.as_str(),
                asked.url.as_str(),
                asked.page.as_deref().unwrap_or_default(),
                expectation.expected,
                expectation.line,
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("app", "https://staging.example.com/notes", "https://app.example.com", Verdict::Readable, 13),
            ("app", "https://other.example/x", "https://app.example.com", Verdict::Readable, 13),
            ("stranger", "https://staging.example.com/notes", "https://evil.example", Verdict::Blocked, 16),
        ]
    );
    let save = &read.expectations[1];
    assert_eq!((save.asked.method.as_deref(), save.send), (Some("PUT"), true));
    assert_eq!(save.asked.headers, [("X-Token".to_owned(), "a secret b".to_owned())]);
    let elsewhere = suite(SUITE, "cors.toml", Some("localhost:8080"), variable).expect("a suite");
    assert_eq!(elsewhere.expectations[0].asked.url, "http://localhost:8080/notes");
}

#[test]
fn every_mistake_is_said_with_its_line() {
    let text = r#"
sever = "x"
[pages]
app = "app.example.com"
other = 5
[requests]
notes = { url = "/notes", metod = "PUT" }
save = { method = "PUT" }
token = { url = "https://a.example", headers = { A = "${NOT_SET}" } }
scheme = { url = "localhst:8080/notes" }
[readable]
app = ["notes", "nothing"]
nobody = ["notes"]
[blocked]
app = 7
"#;
    let mistake = suite(text, "cors.toml", None, variable).expect_err("mistakes");
    let said: Vec<String> = mistake.to_string().lines().map(str::to_owned).collect();
    let starts = [2, 4, 5, 7, 7, 8, 9, 10, 12, 13, 15].map(|line| format!("error: cors.toml:{line}: "));
    for start in &starts {
        assert!(said.iter().any(|line| line.starts_with(start)), "{start}\n{mistake}");
    }
    assert!(suite("[pages\n", "cors.toml", None, variable).is_err());
    assert!(suite("", "cors.toml", None, variable).is_err());
}
