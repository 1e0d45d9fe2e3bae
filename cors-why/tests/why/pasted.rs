//! What people have, however they give it.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::run;
use crate::server::{Server, header};
use crate::{PAGE, report_of, summary, why, why_reading};

const OPEN: &str = "200 OK\nAccess-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Credentials: true\n\
    Access-Control-Allow-Methods: PUT, PATCH, DELETE\nAccess-Control-Allow-Headers: Content-Type, Authorization, X-Token\nVary: Origin";

/// What curl would send, as `why` understood it: the first lines, the names of the headers of the script, and the body.
fn understood(command: &str) -> (String, Option<String>, String) {
    let server = Server::saying(OPEN);
    let url = server.url("/x");
    let origin = format!("Origin: {PAGE}");
    // Single quotes are no quotes to Windows.
    let command = match command.contains('^') {
        true => command.replace("^\"URL^\"", &format!("^\"{url}^\" -H ^\"{origin}^\"")),
        false => command.replace("URL", &format!("{url} -H '{origin}'")),
    };
    let run = why_reading(&command, &["--send", "--json"]);
    assert!(run.status < 2, "{command}: {run:?}");
    let heads = server.heads();
    let preflight = heads.iter().find(|head| head.starts_with("OPTIONS "));
    let asked = preflight.and_then(|head| header(head, "access-control-request-headers")).map(str::to_owned);
    let own = heads.iter().find(|head| !head.starts_with("OPTIONS ")).expect("a request");
    let line = own.split(" HTTP/").next().unwrap_or_default().to_owned();
    let body = own.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    (line, asked, body)
}

#[test]
fn commands_of_curl_are_read_as_people_write_them() {
    let rows: &[(&str, &str, Option<&str>, &str)] = &[
        ("curl URL", "GET /x", None, ""),
        ("$ curl URL", "GET /x", None, ""),
        ("/usr/bin/curl URL", "GET /x", None, ""),
        ("curl.exe URL", "GET /x", None, ""),
        ("curl -sS URL", "GET /x", None, ""),
        ("curl -sSLk URL | jq .", "GET /x", None, ""),
        ("curl -i -v --compressed URL > out.json 2>&1", "GET /x", None, ""),
        ("curl -o out.json -w '%{http_code}' --max-time 5 URL", "GET /x", None, ""),
        ("curl -XPUT URL", "PUT /x", None, ""),
        ("curl -X PUT URL", "PUT /x", None, ""),
        ("curl --request=PUT URL", "PUT /x", None, ""),
        ("curl --request PUT --url URL", "PUT /x", None, ""),
        ("curl -I URL", "HEAD /x", None, ""),
        ("curl -u joe:secret URL", "GET /x", Some("authorization"), ""),
        ("curl --oauth2-bearer t URL", "GET /x", Some("authorization"), ""),
        ("curl -H'X-Token: 7' URL", "GET /x", Some("x-token"), ""),
        ("curl --header='X-Token: 7' URL", "GET /x", Some("x-token"), ""),
        ("curl -H 'X-Token;' URL", "GET /x", Some("x-token"), ""),
        ("curl -H 'Accept:' URL", "GET /x", None, ""),
        ("curl -d a=1 -d b=2 URL", "POST /x", None, "a=1&b=2"),
        ("curl --data-urlencode 'a=b c' URL", "POST /x", None, "a=b+c"),
        ("curl -G -d a=1 --data-urlencode 'b=c&d' URL", "GET /x?a=1&b=c%26d", None, ""),
        ("curl -G --data-urlencode 'a=joe@b.example' URL", "GET /x?a=joe%40b.example", None, ""),
        ("curl --json '{\"a\":1}' URL", "POST /x", Some("content-type"), "{\"a\":1}"),
        ("curl -F name=joe -F 'photo=@me.png' URL", "POST /x", None, ""),
        ("curl --data-raw @handle URL", "POST /x", None, "@handle"),
        ("curl \\\n  -X PATCH \\\r\n  -H \"X-Token: \\\"7\\\"\" URL", "PATCH /x", Some("x-token"), ""),
        ("curl.exe `\n  -X PATCH URL", "PATCH /x", None, ""),
        ("curl -X PATCH --data-raw $'it\\'s\\u0021' -H 'Content-Type: text/plain' URL", "PATCH /x", None, "it's!"),
        (
            "curl ^\"URL^\" ^\r\n  -X ^\"PATCH^\" ^\r\n  --data-raw ^\"^{^\\^\"a^\\^\":1^}^\" -H ^\"Content-Type: text/plain^\"",
            "PATCH /x",
            None,
            "{\"a\":1}",
        ),
    ];
    for (command, line, asked, body) in rows {
        let expected = ((*line).to_owned(), asked.map(str::to_owned), (*body).to_owned());
        assert_eq!(understood(command), expected, "{command}");
    }
}

#[test]
fn a_command_may_follow_why_itself() {
    let server = Server::saying(OPEN);
    let url = server.url("/x");
    let run = why(&["--json", "--send", "curl", "-XPUT", "-H", &format!("Origin: {PAGE}"), "-sS", &url]);
    assert_eq!(summary(&run).1, "readable");
    assert_eq!(server.requests()[..2], ["OPTIONS /x", "PUT /x"]);
}

/// Verdict, code, and what was sent, of a text in which the address is that of a server of the test.
fn asked(text: &str, answer: &'static str, more: &[&str]) -> (i32, String, Vec<String>) {
    let server = Server::saying(answer);
    let port = server.url("").rsplit(':').next().unwrap_or_default().to_owned();
    let mut text = text.to_owned();
    for known in ["4104", "4105", "4106", "4108", "4116"] {
        text = text.replace(&format!("localhost:{known}"), &format!("127.0.0.1:{port}"));
    }
    let run = why_reading(&text, &[&["--json", "--no-probes"], more].concat());
    assert_eq!(run.errors, "", "{text}");
    (run.status, summary(&run).2, server.requests())
}

/// As DevTools of Chromium wrote them for real servers, and as Firefox and Safari do; with what Chromium did.
#[test]
fn what_network_tabs_copy_has_the_verdict_of_the_browser() {
    const E04: &str = "200 OK\nAccess-Control-Allow-Credentials: true\nAccess-Control-Allow-Origin: *";
    const E05: &str = "204 No Content\nAccess-Control-Allow-Credentials: true\nAccess-Control-Allow-Headers: Content-Type,Authorization\n\
        Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE\nAccess-Control-Allow-Origin: http://localhost:7000\nVary: Origin";
    const E06: &str = "401 Unauthorized";
    const E08: &str = "204 No Content\nAccess-Control-Allow-Headers: Content-Type\nVary: Origin\n\
        Access-Control-Allow-Methods: GET,HEAD,PUT,PATCH,POST,DELETE\nAccess-Control-Allow-Origin: http://localhost:7000";
    const E16: &str = "200 OK\nAccess-Control-Allow-Origin: http://localhost:7000\nVary: Origin";
    let rows = [
        ("E04.GET.unix", E04, (1, "wildcard-with-credentials")),
        ("E04.GET.win", E04, (1, "wildcard-with-credentials")),
        ("E05.PUT.unix", E05, (0, "allowed")),
        ("E05.PUT.win", E05, (0, "allowed")),
        // The server is right, and of the request after it too little is known.
        ("E05.OPTIONS.unix", E05, (3, "not-sent")),
        ("E05.OPTIONS.win", E05, (3, "not-sent")),
        ("E08.GET.unix", E08, (1, "header-not-allowed")),
        ("E08.GET.win", E08, (1, "header-not-allowed")),
        ("E08.OPTIONS.unix", E08, (1, "header-not-allowed")),
        ("E08.OPTIONS.win", E08, (1, "header-not-allowed")),
        ("E16.GET.unix", E16, (1, "allow-credentials-not-true")),
        ("E16.GET.win", E16, (1, "allow-credentials-not-true")),
        ("firefox", E06, (1, "allow-origin-missing")),
        ("safari", E06, (1, "allow-origin-missing")),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/why/data/curl");
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), rows.len());
    for (name, answer, (status, code)) in rows {
        let text = fs::read_to_string(folder.join(format!("{name}.txt"))).expect("a file");
        let found = asked(&text, answer, &["--send"]);
        assert_eq!((found.0, found.1.as_str()), (status, code), "{name}");
        let is_preflight_alone = found.2.iter().all(|line| line.starts_with("OPTIONS "));
        assert!(!name.contains("OPTIONS") || is_preflight_alone, "{name}: {:?}", found.2);
    }
}

#[test]
fn a_call_of_fetch_tells_the_credentials_mode() {
    let call = |credentials: &str| {
        format!(
            "await fetch(\"http://localhost:4105/d\", {{\n  \"credentials\": \"{credentials}\",\n  \"headers\": {{\n    \"accept\": \"*/*\",\n    \
             \"x-token\": \"it's \\\"7\\\"\",\n    \"sec-ch-ua\": \"\\\"Chromium\\\"\",\n    \"content-type\": \"application/json\"\n  }},\n  \
             \"referrer\": \"{PAGE}/\",\n  \"body\": \"{{}}\",\n  \"method\": \"PUT\",\n  \"mode\": \"cors\"\n}});"
        )
    };
    let open = "200 OK\nAccess-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: X-Token, Content-Type";
    let found = asked(&call("omit"), open, &["--send"]);
    assert_eq!(found, (0, "allowed".to_owned(), vec!["OPTIONS /d".to_owned(), "PUT /d".to_owned()]));
    assert_eq!(asked(&call("include"), open, &["--send"]).1, "wildcard-with-credentials");

    let node = "fetch(\"http://localhost:4104/d\", {\"headers\": {\"cookie\": \"sid=1\", \"Referer\": \"https://app.example.com/\"}, \"body\": null, \
                \"method\": \"GET\"});";
    assert_eq!(asked(node, open, &[]).1, "wildcard-with-credentials", "its cookie tells it");
    let bare = "fetch(\"http://localhost:4104/d\")";
    assert_eq!(asked(bare, open, &["--from", PAGE]).1, "allowed");
    let console = format!(
        "> fetch(\"http://localhost:4104/d\")\nAccess to fetch at 'http://localhost:4104/d' from origin '{PAGE}' has been blocked by CORS \
         policy: No 'Access-Control-Allow-Origin' header is present on the requested resource."
    );
    assert_eq!(asked(&console, open, &[]).1, "allow-origin-missing", "the message tells more than the call");
}

#[test]
fn what_is_copied_as_powershell_is_read() {
    let text = format!(
        "$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession\n$session.UserAgent = \"Mozilla/5.0 (X11; Linux)\"\n\
         $session.Cookies.Add((New-Object System.Net.Cookie(\"sid\", \"secret\", \"/\", \"localhost\")))\n\
         Invoke-WebRequest -UseBasicParsing -Uri \"http://localhost:4105/d\" `\n-Method \"PUT\" `\n-WebSession $session `\n-Headers @{{\n\
         \"Accept\"=\"*/*\"\n  \"Origin\"=\"{PAGE}\"\n  \"X-Token\"=\"`\"7`\"\"\n}} `\n-ContentType \"application/json\" `\n-Body \"{{}}\""
    );
    let found = asked(&text, OPEN, &["--send"]);
    assert_eq!((found.0, found.1.as_str()), (0, "allowed"));
    assert_eq!(found.2[..2], ["OPTIONS /d", "PUT /d"]);
    let refusing = "200 OK\nAccess-Control-Allow-Origin: https://app.example.com\nAccess-Control-Allow-Methods: PUT";
    assert_eq!(
        asked(&text, refusing, &[]).1,
        "allow-credentials-not-true",
        "its cookie tells that credentials are asked for"
    );
}

#[test]
fn what_asks_without_an_address_is_a_mistake() {
    for text in ["Invoke-WebRequest -Method \"PUT\"", "fetch(\"\", {\"method\": \"PUT\"})"] {
        let run = why(&[text, "--from", PAGE]);
        let message = "error: what was pasted has no address\n";
        assert_eq!((run.status, run.output.as_str(), run.errors.as_str()), (2, "", message), "{text}");
    }
}

#[test]
fn a_file_is_read_whatever_it_holds() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let server = Server::saying(OPEN);
    let command = format!("curl '{}' -H 'Origin: {PAGE}'", server.url("/x"));
    let utf_16: Vec<u8> = format!("\u{feff}{command}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.join("command.txt"), &command).expect("a file");
    fs::write(folder.join("windows.txt"), utf_16).expect("a file");
    for name in ["command.txt", "windows.txt"] {
        let run = why(&[folder.join(name).to_str().expect("a path"), "--json"]);
        assert_eq!(summary(&run).2, "allowed", "{name}");
    }
    let recording = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/why/data/har/E04.full.har");
    assert_eq!(summary(&why(&[recording, "--json"])).2, "wildcard-with-credentials");
    assert_eq!(
        summary(&why_reading(&fs::read_to_string(recording).expect("a file"), &["--json"])).2,
        "wildcard-with-credentials"
    );
    let missing = why(&["recording.har"]);
    assert_eq!(missing.status, 2);
    assert!(missing.errors.starts_with("error: cannot read \"recording.har\": "), "{missing:?}");
}

#[test]
fn an_address_of_the_machine_itself_needs_no_scheme() {
    let server = Server::saying(OPEN);
    let url = server.url("/x").replace("http://", "");
    assert_eq!(summary(&why(&[&url, "--origin", PAGE, "--json"])).2, "allowed");
    let run = why(&[&url, "--from", "localhost:3000", "--json"]);
    assert_eq!(report_of(&run)["origin"], "http://localhost:3000");
}

#[test]
fn engines_have_the_names_of_their_browsers() {
    let server = Server::saying("200 OK");
    for (name, engine) in [("chrome", "chromium"), ("edge", "chromium"), ("safari", "webkit"), ("firefox", "firefox")] {
        let run = why(&[&server.url("/x"), "--from", PAGE, "--engine", name, "--json"]);
        assert_eq!(report_of(&run)["engine"], engine, "{name}");
    }
}

#[test]
fn the_prompt_asks_for_the_page_of_an_address() {
    let server = Server::saying(OPEN);
    let mut script = Command::new("script");
    let command = format!("'{}'", env!("CARGO_BIN_EXE_why"));
    script.args(["--quiet", "--return", "--command", &command, "/dev/null"]);
    let run = run(&mut script, &format!("{}\n{PAGE}\n", server.url("/x")));
    assert!(run.output.contains("Which page asks?") && run.output.contains("readable"), "{run:?}");
    assert_eq!(run.status, 0);
}
