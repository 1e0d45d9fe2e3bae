//! First lines of help that somebody followed to the letter, and that led nowhere or opened a hole before.

use crate::server::{Server, header};
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

/// With credentials alone every site could read what belongs to the users.
#[test]
fn credentials_are_not_given_to_every_origin_that_asks() {
    let reflecting = Server::start(|head| {
        let origin = header(head, "origin").unwrap_or_default();
        format!("200 OK\nServer: Werkzeug/3.1\nAccess-Control-Allow-Origin: {origin}\nVary: Origin")
    });
    assert_eq!(
        first_line(&reflecting, &["--credentials"]),
        "name the origin in place of every origin that asks: `origins=[\"https://app.example.com\"]` and \
         `supports_credentials=True` in the arguments of `CORS()`"
    );
    let listing = Server::start(|_| format!("200 OK\nServer: Werkzeug/3.1\n{ALLOWED}"));
    assert_eq!(
        first_line(&listing, &["--credentials"]),
        "allow credentials: `supports_credentials=True` in the arguments of `CORS()`"
    );
}

/// Others than FastAPI run on it.
#[test]
fn uvicorn_is_asked_what_runs_on_it() {
    const DJANGO: &str = "<h1>Not Found</h1><p>The requested resource was not found on this server.</p>";
    let rows = [
        (DJANGO, "CORS_ALLOWED_ORIGINS"),
        ("{\"detail\":\"Not Found\"}", "CORSMiddleware"),
        ("Not Found", "CORSMiddleware"),
        ("{\"status_code\":404,\"detail\":\"Not Found\"}", "by name in place of *"),
        ("<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>", "by name in place of *"),
    ];
    for (body, setting) in rows {
        let server = Server::start(move |head| match head.starts_with("GET /x ") {
            true => "200 OK\nServer: uvicorn\nAccess-Control-Allow-Origin: *".to_owned(),
            false => format!("404 Not Found\nServer: uvicorn\n\n{body}"),
        });
        let line = first_line(&server, &["--credentials"]);
        assert!(line.contains(setting), "{body}: {line}");
    }
}

/// An option of a package that is not there helps nobody.
#[test]
fn headers_without_a_package_are_mended_where_they_are_set() {
    let rows = [
        ("X-Powered-By: Express", "Access-Control-Max-Age: 5", "`res.set(\"Access-Control-Allow-Headers\", \"X-A\")`"),
        ("X-Powered-By: Express", "Access-Control-Allow-Headers: X-B", "`allowedHeaders: [\"X-B\", \"X-A\"]`"),
        ("Server: Werkzeug/3.1", "Vary: X", "`allow_headers=[<others>, \"X-A\"]`"),
    ];
    for (program, more, expected) in rows {
        let server = Server::start(move |_| format!("204 No Content\n{program}\n{ALLOWED}\n{more}"));
        let line = first_line(&server, &["-H", "X-A: 1"]);
        assert!(line.contains(expected), "{program}, {more}: {line}");
    }
    let flask = Server::saying("200 OK\nServer: Werkzeug/3.1\nAccess-Control-Allow-Origin: *");
    let line = first_line(&flask, &["-X", "PUT"]);
    assert!(
        line.ends_with("`response.headers[\"Access-Control-Allow-Methods\"] = \"GET, HEAD, POST, PUT\"`"),
        "{line}"
    );
    let line = first_line(&Server::start(go("")), &["-X", "PUT"]);
    assert!(line.ends_with("`w.Header().Set(\"Access-Control-Allow-Methods\", \"GET, HEAD, POST, PUT\")`"), "{line}");
}

/// A server in Go, which names itself by its page for what is not found only.
fn go(proxy: &'static str) -> impl Fn(&str) -> String {
    move |head| match head.contains(" /x ") {
        true => format!("200 OK\n{proxy}\nAccess-Control-Allow-Origin: *").replace("\n\n", "\n"),
        false => format!("404 Not Found\n{proxy}\nX-Content-Type-Options: nosniff\n\n404 page not found")
            .replacen("\n\nX", "\nX", 1),
    }
}

#[test]
fn a_proxy_that_sets_the_headers_is_what_to_change() {
    let caddy = first_line(&Server::start(go("Server: Caddy")), &["-X", "PUT"]);
    assert!(
        caddy.ends_with("`Access-Control-Allow-Methods \"GET, HEAD, POST, PUT\"` in `header { ... }` of the site"),
        "{caddy}"
    );
    let nginx = first_line(&Server::start(go("Server: nginx")), &["--credentials"]);
    assert!(nginx.contains("`cors.Options`; or, where nginx sends the header, `add_header "), "{nginx}");

    let preflights = Server::start(|head| match head.starts_with("OPTIONS ") {
        true => format!("204 No Content\nServer: nginx\n{ALLOWED}"),
        false => "200 OK\nServer: nginx\nX-Powered-By: Express".to_owned(),
    });
    let line = first_line(&preflights, &[]);
    assert!(line.contains("`add_header` lines in this `location` itself"), "{line}");

    let haproxy = Server::start(|head| match head.starts_with("OPTIONS ") {
        true => {
            "403 Forbidden\n\n<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.".to_owned()
        }
        false => go("")(head),
    });
    let line = first_line(&haproxy, &["-X", "PUT"]);
    assert!(line.contains("`http-request return status 204 if METH_OPTIONS`"), "{line}");
}

#[test]
fn evidence_is_of_the_program_it_names() {
    let server = Server::start(|_| format!("200 OK\nServer: Apache/2.4\nX-Powered-By: Express\n{ALLOWED}\n{ALLOWED}"));
    let report = report_of(&why(&[&server.url("/x"), "--from", PAGE, "--json"]));
    assert_eq!(report["evidence"][1], "the server is Apache, by Server: Apache/2.4");
}

/// As in the guide of @fastify/cors. Elsewhere the same words are about rights.
#[test]
fn an_error_of_the_function_that_decides_is_no_failed_handler() {
    const BODY: &str = "{\"statusCode\":500,\"error\":\"Internal Server Error\",\"message\":\"Not allowed\"}";
    for (status, code) in [("500 Internal Server Error", "callback-refused"), ("403 Forbidden", "no-cors")] {
        let server = Server::start(move |_| format!("{status}\n\n{BODY}"));
        let report = report_of(&why(&[&server.url("/x"), "--from", PAGE, "--json"]));
        assert_eq!(report["diagnosis"], code, "{report}");
    }
}

#[test]
fn a_cache_that_says_nothing_of_itself_is_found() {
    let server = Server::start(|head| match head.starts_with("GET /x ") {
        true => "200 OK\nAccess-Control-Allow-Origin: https://b.example\nVary: Origin".to_owned(),
        false => format!("200 OK\n{ALLOWED}"),
    });
    let line = first_line(&server, &[]);
    assert!(line.starts_with("let the cache store one answer for each Origin"), "{line}");
}

/// A script that asks for the page at once gets no further.
#[test]
fn a_page_for_signing_in_elsewhere_is_not_to_be_asked_for() {
    let login = Server::saying("200 OK\n\n<form>");
    let to = login.url("/login?next=/x");
    let server = Server::start(move |_| format!("302 Found\n{ALLOWED}\nLocation: {to}"));
    let line = first_line(&server, &[]);
    assert!(line.starts_with("answer 401 in place of the redirect to "), "{line}");
}

/// As in a recording, where preflights have no bodies.
#[test]
fn a_list_that_lacks_something_is_why_a_preflight_is_refused() {
    let server = Server::start(|_| {
        format!(
            "400 Bad Request\n{ALLOWED}, Access-Control-Request-Private-Network\nAccess-Control-Allow-Headers: Accept"
        )
    });
    let line = first_line(&server, &["-H", "X-A: 1"]);
    assert!(line.starts_with("add X-A to the request headers: `allow_headers=["), "{line}");
}

/// What it answers never comes to the middleware of the app.
#[test]
fn socket_io_is_told_itself() {
    let server = Server::saying("200 OK\n\n0{\"sid\":\"a\",\"upgrades\":[],\"pingInterval\":25000}");
    let line = first_line(&server, &[]);
    assert!(
        line.starts_with("write `cors: { origin: [\"https://app.example.com\"] }` in the options of `new Server()`"),
        "{line}"
    );
}

/// NestJS is built on Express, and both say so.
#[test]
fn nestjs_is_not_told_the_words_of_express() {
    let server = Server::start(|head| {
        match head.contains(" /x ") {
        true => "200 OK\nX-Powered-By: Express\nAccess-Control-Allow-Origin: http://localhost:3000".to_owned(),
        false => "404 Not Found\nX-Powered-By: Express\n\n{\"message\":\"Cannot GET /why-probe\",\"error\":\"Not Found\",\"statusCode\":404}"
            .to_owned(),
    }
    });
    let line = first_line(&server, &[]);
    assert!(line.contains("in the options of `app.enableCors()`"), "{line}");
}

#[test]
fn a_colon_too_many_is_no_list() {
    let server = Server::saying("200 OK\nServer: nginx\nAccess-Control-Allow-Origin: : *");
    let line = first_line(&server, &[]);
    assert!(line.starts_with("write the origin as browsers send it in place of \": *\": `add_header "), "{line}");
}

/// Some servers refuse by it who shows what is theirs.
#[test]
fn servers_see_from_where_a_page_asks() {
    let server = Server::saying("200 OK\nAccess-Control-Allow-Origin: *");
    why(&[&server.url("/x"), "--from", PAGE]);
    why(&[&server.url("/x"), "--from", "null"]);
    let referrers: Vec<_> = server.heads().iter().map(|head| header(head, "referer").map(str::to_owned)).collect();
    assert_eq!(referrers, [Some(format!("{PAGE}/")), None]);
}

#[test]
fn a_refusal_by_referer_is_not_one_by_origin() {
    let server = Server::start(|head| match header(head, "referer") {
        Some(_) => "403 Forbidden\nServer: nginx".to_owned(),
        None => "200 OK\nServer: nginx".to_owned(),
    });
    let line = first_line(&server, &[]);
    assert!(line.starts_with("write `always` at the end"), "{line}");
}
