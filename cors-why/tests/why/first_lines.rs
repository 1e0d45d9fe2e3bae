//! First lines of help that somebody followed to the letter, and that led nowhere or opened a hole before.

use crate::server::Server;
use crate::{PAGE, report_of, why};

const ALLOWED: &str = "Access-Control-Allow-Origin: https://app.example.com\nVary: Origin";

fn first_line(server: &Server, more: &[&str]) -> String {
    let run = why(&[&[server.url("/x").as_str(), "--from", PAGE, "--json"], more].concat());
    let report = report_of(&run);
    assert_eq!(report["verdict"], "blocked", "{run:?}");
    report["help"][0].as_str().expect("a line").to_owned()
}

#[test]
fn a_method_and_headers_refused_at_once_do_not_mix() {
    let server = Server::start(|_| {
        format!(
            "400 Bad Request\n{ALLOWED}\nAccess-Control-Allow-Methods: GET\nAccess-Control-Allow-Headers: Accept, Content-Type\n\n\
         Disallowed CORS method, headers"
        )
    });
    assert_eq!(
        first_line(&server, &["-X", "DELETE", "-H", "Authorization: Bearer 1"]),
        "add DELETE to the methods: `allow_methods=[\"GET\", \"HEAD\", \"POST\", \"DELETE\"]` in the arguments of CORSMiddleware"
    );
}

#[test]
fn what_is_too_slow_is_not_to_be_started() {
    let line = first_line(&Server::saying("504 Gateway Timeout"), &[]);
    assert!(line.contains("time limit of the proxy") && !line.contains("start the server"), "{line}");
}
