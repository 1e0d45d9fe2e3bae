//! What is found of a server that allows another origin of this machine.

use crate::server::{Server, header};
use crate::{report_of, why};

const PAGE: &str = "http://localhost:8000";

#[test]
fn the_scheme_the_name_and_the_port_are_tried() {
    for listed in ["https://localhost:8000", "http://127.0.0.1:8000", "http://localhost:3000", "http://localhost:5173"]
    {
        let server = Server::start(move |head| match header(head, "origin") == Some(listed) {
            true => format!("200 OK\nAccess-Control-Allow-Origin: {listed}\nVary: Origin"),
            false => "200 OK\nVary: Origin".to_owned(),
        });
        for more in [&[][..], &["-X", "PUT"]] {
            let asked = server.requests().len();
            let run = why(&[&[&server.url("/x"), "--from", PAGE, "--json"], more].concat());
            let report = report_of(&run);
            assert_eq!(report["diagnosis"], "origin-not-listed", "{run:?}");
            let seen = format!("the server allows {listed}, and does not allow {PAGE}");
            assert!(report["evidence"].as_array().expect("a list").contains(&seen.into()), "{run:?}");
            // The question of the browser, and at most eight.
            assert!(server.requests().len() - asked <= 9, "{run:?}");
        }
    }
}
