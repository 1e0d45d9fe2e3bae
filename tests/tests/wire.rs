//! Every row of the table of requests as raw bytes over TCP to a running server.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::{App, HttpResponse, HttpServer, web};
use cors_actix::Cors;
use cors_tests::wire::{Reply, connect, exchange, request, serve};
use cors_tests::{ServerRow, bytes, cors_headers, policies, server_rows};

/// A server with a scope for each policy, and how often its handler ran.
struct Served {
    address: SocketAddr,
    runs: Arc<AtomicUsize>,
}

impl Served {
    fn start() -> Self {
        let runs = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&runs);
        let policies: Vec<(String, Cors)> =
            policies().into_iter().map(|(name, policy)| (name, Cors::new(policy))).collect();
        let address = serve(move || {
            let server = HttpServer::new(move || {
                policies.iter().fold(App::new(), |app, (name, cors)| {
                    let counter = Arc::clone(&counter);
                    let handler = move || {
                        counter.fetch_add(1, Ordering::SeqCst);
                        async { HttpResponse::Ok().body("handled") }
                    };
                    app.service(web::scope(name).wrap(cors.clone()).default_service(web::to(handler)))
                })
            });
            let server = server.workers(1).bind("127.0.0.1:0").expect("a port is free");
            (server.addrs()[0], server.run())
        });
        Self { address, runs }
    }

    /// Sends a row and gives the response and whether the handler ran. Only one request is under way at a time.
    fn ask(&self, row: &ServerRow) -> (Reply, bool) {
        let headers: Vec<(&str, Vec<u8>)> =
            row.request.headers.iter().map(|(name, value)| (name.as_str(), bytes(value))).collect();
        let lines: Vec<(&str, &[u8])> = headers.iter().map(|(name, value)| (*name, value.as_slice())).collect();
        let before = self.runs.load(Ordering::SeqCst);
        let path = format!("/{}", row.policy);
        let reply = exchange(self.address, &request(&bytes(&row.request.method), &path, &lines));
        let runs = self.runs.load(Ordering::SeqCst) - before;
        assert!(runs <= 1, "the handler ran {runs} times for {row:?}");
        (reply, runs == 1)
    }
}

/// What HTTP makes of the values of a row (<https://www.rfc-editor.org/rfc/rfc9110#section-5.5>).
#[derive(Debug, PartialEq)]
enum Carried {
    AsTheyAre,
    /// White space at an end belongs to the line, not to the value.
    Trimmed,
    /// A control character makes the request malformed.
    Refused,
}

fn carried(row: &ServerRow) -> Carried {
    let values: Vec<Vec<u8>> = row.request.headers.iter().map(|(_, value)| bytes(value)).collect();
    let is_control = |byte: &u8| byte.is_ascii_control() && *byte != b'\t';
    let is_white = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    if values.iter().flatten().any(is_control) {
        Carried::Refused
    } else if values.iter().any(|value| is_white(value.first()) || is_white(value.last())) {
        Carried::Trimmed
    } else {
        Carried::AsTheyAre
    }
}

#[test]
fn every_request_is_answered_as_in_the_table() {
    let served = Served::start();
    let rows = server_rows();
    let rows: Vec<&ServerRow> = rows.iter().filter(|row| carried(row) == Carried::AsTheyAre).collect();
    assert!(rows.len() > 450, "rows that HTTP can carry: {}", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let (reply, ran) = served.ask(row);
        let values: Vec<(&str, Vec<u8>)> =
            row.expect.headers.iter().map(|(name, value)| (name.as_str(), bytes(value))).collect();
        let expected = cors_headers(values.iter().map(|(name, value)| (*name, value.as_slice())));
        let is_forwarded = row.expect.kind == "forward";
        let status = row.expect.status.unwrap_or(200);
        if (reply.status, ran, reply.cors()) != (status, is_forwarded, expected.clone()) {
            wrong.push(format!("{row:?}\n  expected {status} {expected:?}\n  found    {reply:?}, handler ran: {ran}"));
        }
        if !is_forwarded {
            assert_eq!(reply.body, b"", "{row:?}");
            assert_eq!(reply.value("content-type"), None, "{row:?}");
            assert_eq!(reply.value("content-length"), (reply.status == 403).then_some(b"0".as_slice()), "{row:?}");
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_request_with_a_control_character_reaches_nobody() {
    let served = Served::start();
    let rows = server_rows();
    let rows: Vec<&ServerRow> = rows.iter().filter(|row| carried(row) == Carried::Refused).collect();
    assert!(rows.len() > 10, "rows that HTTP refuses: {}", rows.len());
    for row in rows {
        let (reply, ran) = served.ask(row);
        assert_eq!((reply.status, ran, reply.cors()), (400, false, vec![]), "{row:?}");
    }
}

#[test]
fn white_space_around_an_origin_is_no_part_of_it() {
    let served = Served::start();
    let rows = server_rows();
    let rows: Vec<&ServerRow> = rows.iter().filter(|row| carried(row) == Carried::Trimmed).collect();
    assert_eq!(rows.len(), 2, "rows that HTTP trims");
    for row in rows {
        let (reply, _) = served.ask(row);
        assert_eq!(reply.value("access-control-allow-origin"), Some(b"https://a.example.com".as_slice()), "{row:?}");
        assert_eq!(reply.value("vary").map(<[u8]>::to_ascii_lowercase), Some(b"origin".to_vec()), "{row:?}");
    }
}

#[test]
fn names_of_headers_have_no_case() {
    let served = Served::start();
    let origin = b"https://app.example.com".as_slice();
    let request = request(b"OPTIONS", "/app", &[("oRIGIN", origin), ("access-CONTROL-request-METHOD", b"PUT")]);
    let reply = exchange(served.address, &request);
    assert_eq!(reply.status, 204);
    assert_eq!(
        reply.cors(),
        [
            "access-control-allow-credentials: true",
            "access-control-allow-headers: Content-Type, Authorization",
            "access-control-allow-methods: GET, POST, PUT, DELETE",
            "access-control-allow-origin: https://app.example.com",
            "access-control-max-age: 7200",
            "vary: origin",
        ]
    );
}

/// The empty bodies of 204 and 403 must be framed such that the next response begins where it should.
#[test]
fn requests_in_a_row_on_one_connection_get_a_response_each() {
    let served = Served::start();
    let mut stream = connect(served.address);
    let preflight = "Access-Control-Request-Method: PUT\r\n";
    for (method, origin, last) in [
        ("OPTIONS", "https://app.example.com", preflight),
        ("OPTIONS", "https://evil.example", preflight),
        ("GET", "https://evil.example", ""),
        ("GET", "https://app.example.com", "Connection: close\r\n"),
    ] {
        let request = format!("{method} /one HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\n{last}\r\n");
        stream.write_all(request.as_bytes()).expect("the request goes out");
    }
    let mut received = Vec::new();
    std::io::Read::read_to_end(&mut stream, &mut received).expect("the server answers and closes");
    let text = String::from_utf8(received).expect("the responses are ASCII");
    let replies: Vec<Reply> =
        text.split("HTTP/1.1 ").skip(1).map(|rest| Reply::parse(format!("HTTP/1.1 {rest}").as_bytes())).collect();
    let granted = || vec!["access-control-allow-origin: https://app.example.com".to_owned(), "vary: origin".to_owned()];
    let refused = || vec!["vary: origin".to_owned()];
    let found: Vec<_> = replies.iter().map(|reply| (reply.status, reply.cors(), reply.body.as_slice())).collect();
    assert_eq!(
        found,
        [
            (204, granted(), b"".as_slice()),
            (403, refused(), b""),
            (200, refused(), b"handled"),
            (200, granted(), b"handled"),
        ]
    );
}
