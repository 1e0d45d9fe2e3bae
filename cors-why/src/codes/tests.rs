//! What stands in the pages below [`MARK`] is what the program says.

use std::fmt::Write;
use std::{env, fs};

use clap::ValueEnum;
use cors_browser::explain::{Cause, Explanation};
use serde_json::Value;

use super::PAGES;
use crate::diagnosis::{Diagnosis, Need};
use crate::recipe;
use crate::stack::Stack;

const MARK: &str = "<!-- CODES=overwrite cargo test -p cors-why codes writes what follows. -->";

/// What engines printed.
const MESSAGES: &str = include_str!("../../../cors-browser/tests/data/explain/messages.json");

/// Of one engine, more say the same.
const MOST_MESSAGES: usize = 3;

/// What is wrong with a server where a browser blocks so.
fn diagnoses(code: &str) -> Vec<(&'static str, Diagnosis)> {
    let method = || "PUT".to_owned();
    match code {
        "allow-origin-missing" => vec![
            ("Nothing sends the headers", Diagnosis::NoCors),
            ("Errors lack the headers", Diagnosis::ErrorsBare { status: 500 }),
        ],
        "allow-origin-mismatch" => vec![("The origin is not in the list", Diagnosis::OriginNotListed { listed: None })],
        "several-allowed-origins" => vec![
            ("Two programs send the header", Diagnosis::SentTwice),
            ("One line has a list", Diagnosis::ListJoined { value: String::new() }),
        ],
        "wildcard-with-credentials" => vec![("A wildcard with credentials", Diagnosis::WildcardWithCredentials)],
        "allow-credentials-not-true" => {
            vec![("Credentials are not allowed", Diagnosis::CredentialsMissing { reflects: false })]
        }
        "preflight-status" => vec![
            ("Nothing answers `OPTIONS`", Diagnosis::PreflightUnanswered { status: 405 }),
            ("Authentication answers it", Diagnosis::PreflightNeedsLogin { status: 401 }),
        ],
        "method-not-allowed" => vec![("The method is not listed", Diagnosis::MethodMissing { method: method() })],
        "header-not-allowed" => {
            vec![("A header is not listed", Diagnosis::HeaderMissing { names: vec!["X-Token".to_owned()] })]
        }
        _ => Vec::new(),
    }
}

fn need(code: &str) -> Need {
    let mut need = Need {
        url: "https://api.example.com/notes".to_owned(),
        origin: "https://app.example.com".to_owned(),
        method: "GET".to_owned(),
        ..Need::default()
    };
    match code {
        // Where nothing is listed, no package does it.
        "method-not-allowed" => {
            need.methods.push("PUT".to_owned());
            need.listed.push("GET".to_owned());
        }
        "header-not-allowed" => {
            need.headers.push("X-Token".to_owned());
            need.listed.push("Accept".to_owned());
        }
        "wildcard-with-credentials" | "allow-credentials-not-true" => need.credentials = true,
        _ => {}
    }
    need
}

/// What the program says about a code.
fn derived(code: &str) -> String {
    let mut page = String::new();
    let rows: Vec<Value> = serde_json::from_str(MESSAGES).expect("a table");
    let filled = |text: &str| {
        let text = text.replace("{URL2}", "https://other.example.com/notes");
        text.replace("{URL}", "https://api.example.com/notes").replace("{ORIGIN}", "https://app.example.com")
    };
    let mut shown = String::new();
    for (engine, name) in [("chromium", "Chrome, Edge"), ("firefox", "Firefox"), ("webkit", "Safari")] {
        let of_engine = rows.iter().filter(|row| row["engine"] == engine).filter_map(|row| row["text"].as_str());
        let is_it = |text: &String| Explanation::from_console(text).is_some_and(|told| told.cause().code() == code);
        let mut texts: Vec<String> = of_engine.map(filled).filter(is_it).collect();
        texts.sort_by_key(String::len);
        texts.dedup();
        for text in texts.iter().take(MOST_MESSAGES) {
            let _ = write!(shown, "\n{name}:\n\n```text\n{text}\n```\n");
        }
    }
    if !shown.is_empty() {
        let _ = write!(page, "\n## What you see\n{shown}");
    }
    let cause = Cause::ALL.iter().find(|cause| cause.code() == code);
    if let Some((anchor, statement)) = cause.and_then(|cause| cause.anchor().zip(cause.statement())) {
        let _ = write!(page, "\n## In the standard\n\n<{anchor}> (statement {statement})\n");
    }
    for (title, diagnosis) in diagnoses(code) {
        let _ = write!(page, "\n## In your stack: {title}\n\n");
        for stack in Stack::value_variants() {
            if let Some(line) = recipe::line(*stack, &diagnosis, &need(code)) {
                let _ = writeln!(page, "- **{stack}**: {line}");
            }
        }
    }
    page
}

#[test]
fn each_page_has_its_words_and_what_the_program_says() {
    let mut wrong = Vec::new();
    for (code, _) in PAGES {
        let path = format!("{}/codes/{code}.md", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let written = text.split(MARK).next().unwrap_or_default().trim_end();
        assert!(written.starts_with(&format!("# `{code}`: ")) && written.len() > 120, "{path}");
        let derived = derived(code);
        let whole = match derived.is_empty() {
            true => format!("{written}\n"),
            false => format!("{written}\n\n{MARK}\n{derived}"),
        };
        if env::var_os("CODES").is_some_and(|value| value == "overwrite") {
            fs::write(&path, &whole).expect("the file can be written");
        } else if whole != text {
            wrong.push(path);
        }
    }
    assert!(wrong.is_empty(), "not what the program says: {wrong:?}");
}

#[test]
fn every_code_of_a_message_or_verdict_has_a_page() {
    let rows: Vec<Value> = serde_json::from_str(MESSAGES).expect("a table");
    let texts = rows.iter().filter_map(|row| row["text"].as_str());
    for explanation in texts.filter_map(Explanation::from_console) {
        let code = explanation.cause().code();
        assert!(super::address(code).is_some(), "{code}");
    }
    for code in Cause::ALL.iter().map(|cause| cause.code()) {
        assert!(super::address(code).is_some(), "{code}");
    }
}
