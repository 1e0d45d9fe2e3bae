//! `why --message`, given every message that was recorded, and each as people paste it.

use cors_browser::explain::Explanation;
use cors_tests::why::why_reading;
use serde::Deserialize;
use serde_json::Value;

// A port to which browsers send nothing, and so nothing is sent.
const URL: &str = "http://127.0.0.1:9/notes?id=7";
const SECOND: &str = "http://127.0.0.1:11/notes";
const ORIGIN: &str = "https://app.example.com";

#[derive(Debug, Deserialize)]
struct Row {
    /// With `{URL}`, `{URL2}` and `{ORIGIN}`.
    text: String,
    /// As the model of explanations calls it; none where the message is not about requests.
    cause: Option<String>,
}

impl Row {
    fn message(&self) -> String {
        self.text.replace("{URL2}", SECOND).replace("{URL}", URL).replace("{ORIGIN}", ORIGIN)
    }
}

fn rows() -> Vec<Row> {
    let rows: Vec<Row> =
        serde_json::from_str(include_str!("../../../cors-browser/tests/data/explain/messages.json")).expect("a table");
    assert_eq!(rows.len(), 146, "the table has lost or gained rows");
    rows
}

/// What depends on the message: verdict, code, addresses, and what to send.
fn told(message: &str) -> Option<[Value; 6]> {
    let run = why_reading(message, &["--message", "-", "--json"]);
    if run.errors.starts_with("error: this is not a message with which a browser blocks") {
        assert_eq!((run.status, run.output.as_str()), (2, ""));
        return None;
    }
    let report: Value = serde_json::from_str(&run.output).unwrap_or_else(|error| panic!("{error}: {run:?}"));
    let status = match report["verdict"].as_str() {
        Some("blocked") => 1,
        Some("unknown") => 3,
        other => panic!("{other:?} for {message}"),
    };
    assert_eq!((run.status, run.errors.as_str()), (status, ""), "{message}");
    Some(["verdict", "code", "url", "origin", "at", "header_lines"].map(|key| report[key].clone()))
}

/// `several-allowed-origins` for `SeveralAllowedOrigins`.
fn code(cause: &str) -> String {
    let words = cause.chars().map(|letter| match letter.is_ascii_uppercase() {
        true => format!("-{}", letter.to_ascii_lowercase()),
        false => letter.to_string(),
    });
    words.collect::<String>().trim_start_matches('-').to_owned()
}

#[test]
fn why_names_the_cause_of_every_recorded_message() {
    // What these say is no verdict: the page may have read the answer, or another message says why not.
    let open = ["error-status", "cross-site-cookie", "said-elsewhere", "no-answer"];
    let mut explained = 0;
    for row in rows() {
        let message = row.message();
        let (expected, found) = (row.cause.as_deref().map(code), told(&message));
        let verdict = expected.as_ref().map(|code| if open.contains(&code.as_str()) { "unknown" } else { "blocked" });
        let found = found.as_ref().map(|[verdict, code, ..]| (verdict.as_str(), code.as_str()));
        assert_eq!(found, expected.as_deref().map(|code| (verdict, Some(code))), "{message}");
        explained += usize::from(found.is_some());
    }
    assert_eq!(explained, 145);
}

/// A message as it comes out of a clipboard.
fn noises(message: &str) -> Vec<String> {
    let colour = |text: &str, on: &str, off: &str| format!("\u{1b}[{on}m{text}\u{1b}[{off}m");
    let coloured = message.replace(URL, &colour(URL, "4;94", "24;39"));
    let wrapped: Vec<String> = message.split(' ').collect::<Vec<_>>().chunks(7).map(|words| words.join(" ")).collect();
    vec![
        format!("12:03:44.123 {message}"),
        format!("2026-11-23T12:03:44.123Z [error] app.js:12 {message}"),
        format!("index-BX2f.js:12:7 {message} [Learn More]"),
        format!("{message} app.js:12:7"),
        colour(message, "31", "0"),
        format!("{}: {}", colour("ERROR", "1;31", "0"), colour(&coloured, "2", "0")),
        message.replace(['‘', '’'], "'").replace(['“', '”'], "\""),
        message.replace('\'', "’"),
        message.replace('\'', "`"),
        wrapped.join("\r\n      "),
        format!("> {}", wrapped.join("\n> ")),
        format!(
            "[vite] connected.\n{message}\n\nUncaught (in promise) TypeError: Failed to fetch\n    at load (app.js:12:7)"
        ),
        format!("```\n{message}\n```\n"),
    ]
}

/// What is compared of an explanation.
fn read(message: &str) -> Option<[String; 6]> {
    let explanation = Explanation::from_console(message)?;
    let said = |part: Option<&str>| part.unwrap_or("-").to_owned();
    Some([
        explanation.cause().code().to_owned(),
        said(explanation.url()),
        said(explanation.origin()),
        format!("{:?} {:?} {:?}", explanation.at(), explanation.status(), explanation.initiator()),
        explanation.to_string(),
        explanation.header_lines().join("\n"),
    ])
}

#[test]
fn it_does_not_matter_what_was_pasted_along() {
    let mut wrong = Vec::new();
    for row in rows().iter().filter(|row| row.cause.is_some()) {
        let message = row.message();
        for noisy in noises(&message) {
            if read(&noisy) != read(&message) {
                wrong.push(format!("{noisy:?}\n  {:?}\n  {:?}", read(&noisy), read(&message)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

/// The program reads what the library reads: each message once, and each way of pasting.
#[test]
fn why_reads_what_was_pasted() {
    for (index, row) in rows().iter().filter(|row| row.cause.is_some()).enumerate() {
        let message = row.message();
        let noises = noises(&message);
        let noisy = &noises[index % noises.len()];
        assert_eq!(told(noisy), told(&message), "{noisy:?}");
    }
}
