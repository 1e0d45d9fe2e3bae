//! Messages as a shell, a pipe and the prompt deliver them: every one that was recorded.

use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

use crate::program::{Run, run};
use crate::server::Server;
use crate::{PAGE, why_reading};

/// Of the table of the three engines: the cause as the library calls it.
#[derive(Deserialize)]
struct Recorded {
    text: String,
    cause: Option<String>,
}

/// Of real servers: what Chromium printed, and what it means.
#[derive(Deserialize)]
struct Real {
    id: String,
    code: String,
    text: String,
}

/// Each message with the code that it has; none where it is not about requests.
fn messages(server: &Server) -> Vec<(String, Option<String>)> {
    let recorded: Vec<Recorded> =
        serde_json::from_str(include_str!("../../../cors-browser/tests/data/explain/messages.json")).expect("a table");
    let real: Vec<Real> = serde_json::from_str(include_str!("data/real_messages.json")).expect("a table");
    assert_eq!((recorded.len(), real.len()), (146, 57), "a table has lost or gained rows");
    assert!(real.iter().all(|row| !row.id.is_empty()));
    let (url, second) = (server.url("/notes?id=7"), server.url("/second"));
    let filled = |text: &str| text.replace("{URL2}", &second).replace("{URL}", &url).replace("{ORIGIN}", PAGE);
    let recorded = recorded.into_iter().map(|row| (filled(&row.text), row.cause.as_deref().map(code)));
    recorded.chain(real.into_iter().map(|row| (row.text, Some(row.code)))).collect()
}

/// `several-allowed-origins` for `SeveralAllowedOrigins`.
fn code(cause: &str) -> String {
    let words = cause.chars().map(|letter| match letter.is_ascii_uppercase() {
        true => format!("-{}", letter.to_ascii_lowercase()),
        false => letter.to_string(),
    });
    words.collect::<String>().trim_start_matches('-').to_owned()
}

/// One that allows everything, which is not what the messages say.
fn server() -> Server {
    Server::saying(
        "200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: *\nAccess-Control-Allow-Headers: *",
    )
}

fn assert_said(run: &Run, expected: Option<&String>, how: &str) {
    let Some(expected) = expected else {
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{how}");
        assert!(run.errors.starts_with("error: this is not a message with which a browser blocks"), "{how}: {run:?}");
        return;
    };
    let begin = run.output.find('{').unwrap_or_else(|| panic!("{how}: {run:?}"));
    let report: Value = serde_json::from_str(&run.output[begin..]).unwrap_or_else(|error| panic!("{error}: {how}"));
    let open = ["error-status", "cross-site-cookie", "said-elsewhere", "no-answer"].contains(&expected.as_str());
    let verdict = if open { (3, "unknown") } else { (1, "blocked") };
    assert_eq!(report["code"].as_str(), Some(expected.as_str()), "{how}");
    assert_eq!((run.status, report["verdict"].as_str()), (verdict.0, Some(verdict.1)), "{how}");
}

#[test]
fn every_message_on_standard_input_has_its_reason() {
    let server = server();
    for (message, expected) in messages(&server) {
        assert_said(&why_reading(&message, &["--json"]), expected.as_ref(), &message);
    }
}

/// Between single and double quotes, and without any. Where `bash` itself refuses the line, nothing is delivered.
#[test]
fn every_message_that_a_shell_delivers_has_its_reason() {
    let server = server();
    let mut delivered = [0; 3];
    for (message, expected) in messages(&server) {
        for (way, quote) in ["'", "\"", ""].into_iter().enumerate() {
            let line = format!("exec \"$WHY\" --json {quote}{message}{quote}");
            let mut bash = Command::new("bash");
            bash.args(["-c", &line]).env("WHY", env!("CARGO_BIN_EXE_why")).current_dir(env!("CARGO_TARGET_TMPDIR"));
            let run = run(&mut bash, "");
            let is_refused = run.output.is_empty()
                && run.errors.lines().any(|line| {
                    line.contains("unexpected") || line.contains("syntax error") || line.contains("No such file")
                });
            if !is_refused {
                delivered[way] += 1;
                assert_said(&run, expected.as_ref(), &line);
            }
        }
    }
    assert_eq!(delivered, [188, 203, 114], "so many messages bash lets through, in each way");
}

/// `script` of util-linux gives the program a terminal, which echoes what is typed.
#[test]
fn messages_at_the_prompt_have_their_reason() {
    let server = server();
    for (message, expected) in messages(&server).iter().filter(|(_, expected)| expected.is_some()).step_by(9) {
        let mut script = Command::new("script");
        let command = format!("'{}' --json", env!("CARGO_BIN_EXE_why"));
        script.args(["--quiet", "--return", "--command", &command, "/dev/null"]);
        let run = run(&mut script, &format!("{message}\n\n"));
        assert!(run.output.contains("Paste a message of the console"), "{run:?}");
        let report = run.output.find("{\r\n").map(|begin| run.output[begin..].to_owned()).unwrap_or_default();
        assert_said(&Run { output: report, ..run }, expected.as_ref(), message);
    }
}
