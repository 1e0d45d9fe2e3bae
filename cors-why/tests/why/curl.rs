//! Commands that were copied from a network tab.

use crate::server::{Server, header};
use crate::{PAGE, summary, why, why_reading};

/// As Chromium copies a request that a page made.
fn copied(url: &str) -> String {
    format!(
        "curl '{url}' \\\n  -X 'PUT' \\\n  -H 'accept: */*' \\\n  -H 'accept-language: en-GB,en;q=0.9' \\\n  \
         -H 'cache-control: no-cache' \\\n  -H 'content-type: application/json' \\\n  -b 'session=1; theme=dark' \\\n  \
         -H 'origin: {PAGE}' \\\n  -H 'pragma: no-cache' \\\n  -H 'priority: u=1, i' \\\n  -H 'referer: {PAGE}/' \\\n  \
         -H 'sec-ch-ua: \"Chromium\";v=\"140\"' \\\n  -H 'sec-fetch-mode: cors' \\\n  \
         -H 'user-agent: Mozilla/5.0 (X11; Linux x86_64)' \\\n  --data-raw $'{{\"name\":\"it\\'s\"}}'"
    )
}

#[test]
fn what_the_browser_added_is_told_from_what_the_script_set() {
    let server = Server::saying("204 No Content\nAccess-Control-Allow-Origin: *");
    let run = why(&["--curl", &copied(&server.url("/x")), "--json", "--no-probes"]);
    assert_eq!(
        summary(&run),
        (1, "blocked".to_owned(), "wildcard-with-credentials".to_owned(), vec!["dangerous-wish".to_owned()])
    );
    let heads = server.heads();
    assert_eq!(server.requests(), ["OPTIONS /x"]);
    assert_eq!(header(&heads[0], "origin"), Some(PAGE));
    assert_eq!(header(&heads[0], "access-control-request-headers"), Some("content-type"));
    assert_eq!(header(&heads[0], "cookie"), None);
}

#[test]
fn cookie_and_body_go_along_with_send() {
    let server = Server::saying(
        "204 No Content\nAccess-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true\n\
         Access-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: Content-Type",
    );
    let run = why_reading(&copied(&server.url("/x")), &["--curl", "-", "--send", "--json"]);
    assert_eq!(summary(&run), (0, "readable".to_owned(), "allowed".to_owned(), Vec::new()));
    let put = &server.heads()[1];
    assert_eq!(header(put, "cookie"), Some("session=1; theme=dark"));
    assert!(put.ends_with("\r\n\r\n{\"name\":\"it's\"}"), "{put}");
    assert_eq!(server.requests(), ["OPTIONS /x", "PUT /x", "OPTIONS /x"]);
}

#[test]
fn a_stranger_asks_without_the_cookie() {
    let server = Server::saying(
        "200 OK\nAccess-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true\nVary: Origin",
    );
    why(&["--curl", &format!("curl {} -H 'Origin: {PAGE}' -b session=1", server.url("/x"))]);
    let cookies: Vec<Option<String>> =
        server.heads().iter().map(|head| header(head, "cookie").map(str::to_owned)).collect();
    assert_eq!(cookies, [Some("session=1".to_owned()), None]);
}

#[test]
fn a_redirect_does_not_carry_the_cookie_to_another_server() {
    let consent = "Access-Control-Allow-Origin: null\nAccess-Control-Allow-Credentials: true";
    let other = Server::start(move |_| format!("200 OK\n{consent}"));
    let location = other.url("/y");
    let first = Server::start(move |_| {
        format!(
            "302 Found\nLocation: {location}\nAccess-Control-Allow-Origin: {PAGE}\n\
             Access-Control-Allow-Credentials: true\nVary: Origin"
        )
    });
    let run = why(&["--curl", &format!("curl '{}' -H 'Origin: {PAGE}' -b 'session=1'", first.url("/x")), "--json"]);
    assert_eq!(summary(&run), (0, "readable".to_owned(), "allowed".to_owned(), vec!["null-allowed".to_owned()]));
    assert_eq!(header(&first.heads()[0], "cookie"), Some("session=1"));
    assert_eq!(header(&other.heads()[0], "cookie"), None);
}

#[test]
fn what_is_no_such_command_is_refused() {
    let rows = [
        ("wget http://localhost:1/", "error: a command that begins with curl was expected\n"),
        ("curl 'http://localhost:1/", "error: a quote of the command is not closed; was all of it copied?\n"),
        ("curl http://localhost:1/ -H", "error: the value of -H is missing\n"),
        ("curl http://localhost:1/ -H x", "error: \"x\" is no header; write 'Name: value'\n"),
        (
            "curl http://localhost:1/ --interface",
            "error: --interface of curl is unknown here; leave it out if it does not matter\n",
        ),
        (
            "curl http://localhost:1/ -d '@no such file'",
            "error: cannot read \"no such file\": No such file or directory (os error 2)\n",
        ),
        (
            "curl http://localhost:1/ -G -d @Cargo.toml",
            "error: -G with a file puts it into the address; write the text in place of the file\n",
        ),
        (
            "curl http://localhost:1/ -b jar.txt",
            "error: -b \"jar.txt\" names a file of cookies, which a browser does not have; write 'name=value'\n",
        ),
        (
            "curl http://localhost:1/ ; curl http://localhost:2/",
            "error: these are several commands of curl; keep one\n",
        ),
        ("curl -sS", "error: the command has no address\n"),
    ];
    for (command, message) in rows {
        let run = why(&["--curl", command, "--from", PAGE]);
        assert_eq!((run.status, run.output.as_str(), run.errors.as_str()), (2, "", message), "{command}");
    }
    let run = why(&["--curl", "curl http://localhost:1/"]);
    let message = "error: say which page asks, as its address bar has it: --from https://app.example.com\n";
    assert_eq!((run.status, run.output.as_str(), run.errors.as_str()), (2, "", message));
}
