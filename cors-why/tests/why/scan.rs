//! Lists of addresses.

use serde_json::Value;

use crate::server::{Server, header};
use crate::{PAGE, why, why_reading};

fn servers() -> [Server; 2] {
    let echo = |head: &str| {
        let origin = header(head, "origin").unwrap_or_default();
        format!("200 OK\nAccess-Control-Allow-Credentials: true\nAccess-Control-Allow-Origin: {origin}")
    };
    [Server::start(echo), Server::saying("200 OK\nAccess-Control-Allow-Origin: *")]
}

#[test]
fn people_read_a_table_and_what_was_sent() {
    let [hole, open] = servers();
    let list = format!("# ours\n{}\n\n{}\n{}\n", hole.url("/x"), open.url("/longer"), hole.url("/x"));
    let run = why_reading(&list, &["--scan", "-", "--from", PAGE]);
    assert_eq!(run.status, 1, "{run:?}");
    let output = open.anonymous(&hole.anonymous(&run.output));
    let lines: Vec<Vec<&str>> = output.lines().take(3).map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        lines,
        [
            vec!["address", "status", "allows", "credentials", "holes"],
            vec!["http://api/x", "200", PAGE, "yes", "origin-reflected"],
            vec!["http://api/longer", "200", "*", "no", "none", "found"],
        ]
    );
    assert!(output.ends_with("sent: 3 requests, each a GET without body, cookies and tokens\n"), "{output}");
    assert_eq!(hole.requests(), ["GET /x", "GET /x"]);
    assert_eq!(open.requests(), ["GET /longer"]);
}

#[test]
fn without_an_origin_each_address_is_asked_as_its_own() {
    let [hole, _] = servers();
    let run = why_reading(&hole.url("/x"), &["--scan", "-", "--json"]);
    let report: Value = serde_json::from_str(&run.output).expect("an object");
    assert_eq!(report["addresses"][0]["origin"], hole.url(""));
    assert_eq!(report["addresses"][0]["warnings"][0]["code"], "origin-reflected");
    assert_eq!(report["sent"], 2);
}

#[test]
fn what_cannot_be_asked_is_a_row_and_an_exit_status() {
    let [_, open] = servers();
    let run = why_reading(&format!("example.com\n{}", open.url("/x")), &["--scan", "-", "--from", PAGE]);
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.output.contains("not asked: \"example.com\" is not the address of a server"), "{run:?}");
    assert_eq!(open.requests(), ["GET /x"]);
    assert_eq!(why_reading(&open.url("/x"), &["--scan", "-", "--from", PAGE]).status, 0);

    let empty = why_reading("# nothing\n", &["--scan", "-"]);
    assert_eq!((empty.status, empty.output.as_str()), (2, ""));
    assert!(empty.errors.contains("the list has no address"), "{empty:?}");
    let long = (0..1001).map(|number| format!("http://api.invalid/{number}\n")).collect::<String>();
    assert!(why_reading(&long, &["--scan", "-"]).errors.contains("1001 addresses, and the maximum is 1000"));
    assert_eq!(why(&["--scan", "no such file"]).status, 2);
}
