//! Over HTTP/1.1, byte by byte.

use std::io::{Read, Write};

use cors_tests::wire::{Reply, connect};

use crate::naive::Request;
use crate::servers::{self, HANDLED, POLICIES, Server, TENANT};
use crate::{Got, assert_none, corpus, difference};

impl Got {
    fn of_reply(reply: &Reply) -> Self {
        Self { status: reply.status, headers: reply.cors(), handled: reply.body == HANDLED.as_bytes() }
    }
}

/// The bytes of a request, of which the last on a connection closes it.
fn bytes(request: &Request, target: &str, is_last: bool) -> Vec<u8> {
    let mut bytes = [&request.method[..], b" ", target.as_bytes(), b" HTTP/1.1\r\n"].concat();
    for (name, value) in &request.headers {
        bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    bytes.extend(if is_last { b"Connection: close\r\n\r\n".as_slice() } else { b"\r\n" });
    bytes
}

fn exchange(server: &Server, bytes: &[u8]) -> Vec<u8> {
    let mut stream = connect(server.plain);
    stream.write_all(bytes).expect("the request goes out");
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).expect("the server answers and closes");
    reply
}

/// As HTTP carries it: white space at the ends of a value belongs to the line.
fn carried(request: &Request) -> Request {
    let mut request = request.clone();
    for (_, value) in &mut request.headers {
        let is_white = |byte: &u8| matches!(byte, b' ' | b'\t');
        let start = value.iter().position(|byte| !is_white(byte)).unwrap_or(value.len());
        let end = value.iter().rposition(|byte| !is_white(byte)).map_or(start, |last| last + 1);
        *value = value[start..end].to_vec();
    }
    request
}

fn expected(policy: &str, request: &Request) -> Got {
    let mut expected = Got::expected(&servers::expected(policy, &carried(request)));
    // No body comes with the answer to HEAD.
    expected.handled &= request.method != b"HEAD";
    expected
}

#[test]
fn every_answer_over_http_1_is_the_models() {
    let (server, mut compared, mut differences) = (Server::start(), 0, Vec::new());
    for request in corpus::requests() {
        for policy in POLICIES {
            let reply = exchange(&server, &bytes(&request, &servers::path(policy), true));
            let got = Got::of_reply(&Reply::parse(&reply));
            differences.extend(difference(policy, &request, &expected(policy, &request), &got));
            compared += 1;
        }
    }
    assert_none(&differences, compared, 3_000);
}

#[test]
fn requests_that_are_sent_at_once_are_answered_one_by_one() {
    let (server, mut compared, mut differences) = (Server::start(), 0, Vec::new());
    let requests: Vec<Request> = corpus::requests().into_iter().filter(|request| request.method != b"HEAD").collect();
    for policy in POLICIES {
        // Long ones fill the buffer of the connection before the last is read.
        let short = |request: &&Request| request.headers.iter().all(|(_, value)| value.len() < 600);
        let short: Vec<&Request> = requests.iter().filter(short).collect();
        for requests in short.chunks(16) {
            let path = servers::path(policy);
            let last = requests.len() - 1;
            let sent = requests.iter().enumerate().flat_map(|(at, request)| bytes(request, &path, at == last));
            let mut rest = &exchange(&server, &sent.collect::<Vec<u8>>())[..];
            for request in requests {
                let expected = expected(policy, request);
                let head = rest.windows(4).position(|window| window == b"\r\n\r\n").expect("an answer to each") + 4;
                let reply = Reply::parse(&rest[..head]);
                let length = reply.value("content-length").map_or(0, |value| {
                    std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()).expect("a length")
                });
                let got = Got::of_reply(&Reply::parse(&rest[..head + length]));
                differences.extend(difference(policy, request, &expected, &got));
                rest = &rest[head + length..];
                compared += 1;
            }
            assert!(rest.is_empty(), "an answer to nothing: {}", rest.escape_ascii());
        }
    }
    assert_none(&differences, compared, 2_000);
}

/// What HTTP/1.1 can say in another way, with what it comes to.
#[test]
fn the_form_of_a_request_makes_no_difference() {
    let server = Server::start();
    let origin = "Origin: https://app.example.com";
    let allowed = Request {
        method: b"GET".to_vec(),
        headers: vec![
            ("Host".to_owned(), TENANT.as_bytes().to_vec()),
            ("Origin".to_owned(), b"https://app.example.com".to_vec()),
        ],
        authority: None,
        public_origin: None,
    };
    for policy in POLICIES {
        let (path, allowed) = (servers::path(policy), expected(policy, &allowed));
        let get = |head: String| Got::of_reply(&Reply::parse(&exchange(&server, head.as_bytes())));
        let end = "Connection: close\r\n\r\n";
        for head in [
            format!("GET http://{TENANT}{path} HTTP/1.1\r\nHost: {TENANT}\r\n{origin}\r\n{end}"),
            format!("GET {path} HTTP/1.1\r\nhost:{TENANT}\r\nORIGIN:\t https://app.example.com \t\r\n{end}"),
            format!("GET {path} HTTP/1.1\r\nHost: {TENANT}\r\n{origin}\r\nContent-Length: 5\r\n{end}hello"),
            format!(
                "GET {path} HTTP/1.1\r\nHost: {TENANT}\r\n{origin}\r\nTransfer-Encoding: chunked\r\n{end}5\r\nhello\r\n0\r\n\r\n"
            ),
        ] {
            assert_eq!(get(head.clone()), allowed, "/{policy} {head}");
        }
        for malformed in [
            // A line that goes on in the next one, a name with a space, control characters.
            format!(
                "GET {path} HTTP/1.1\r\nHost: {TENANT}\r\nOrigin: https://evil.example\r\n https://app.example.com\r\n{end}"
            ),
            format!("GET {path} HTTP/1.1\r\nHost: {TENANT}\r\nOrigin : https://app.example.com\r\n{end}"),
            format!("GET {path} HTTP/1.1\r\nHost: {TENANT}\r\nOrigin: https://app.example.com\0\r\n{end}"),
            format!("GET {path} HTTP/1.1\r\nHost: {TENANT}\r\nOrigin: https://app\x0b.example.com\r\n{end}"),
            format!(
                "GET {path} HTTP/1.1\r\nHost: {TENANT}\r\nOrigin: https://evil.example\rOrigin: https://app.example.com\r\n{end}"
            ),
            format!(
                "GET {path} HTTP/1.1\r\nHost: {TENANT}\r\n{origin}\r\nContent-Length: 1\r\nContent-Length: 2\r\n{end}"
            ),
        ] {
            assert_eq!(get(malformed.clone()), Got::malformed(), "/{policy} {malformed:?}");
        }
    }
}

/// What comes after the head of a request that the policy answers is never taken for a request of its own.
#[test]
fn the_body_of_an_answered_request_is_no_request() {
    let server = Server::start();
    let inside = "GET /public/x HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.example\r\n\r\n";
    for policy in POLICIES {
        let path = servers::path(policy);
        for origin in ["https://app.example.com", "https://evil.test"] {
            for (length, body) in [
                (format!("Content-Length: {}", inside.len()), inside.to_owned()),
                ("Transfer-Encoding: chunked".to_owned(), format!("{:x}\r\n{inside}\r\n0\r\n\r\n", inside.len())),
            ] {
                let head = format!(
                    "OPTIONS {path} HTTP/1.1\r\nHost: {TENANT}\r\nOrigin: {origin}\r\nAccess-Control-Request-Method: PUT\r\n{length}\r\n\r\n"
                );
                let mut stream = connect(server.plain);
                stream.write_all(format!("{head}{body}").as_bytes()).expect("the request goes out");
                stream.shutdown(std::net::Shutdown::Write).expect("nothing more is sent");
                let mut reply = Vec::new();
                stream.read_to_end(&mut reply).expect("the server answers and closes");
                let answers = reply.windows(9).filter(|window| *window == b"HTTP/1.1 ").count();
                assert_eq!(answers, 1, "/{policy} {origin} {length}: {}", reply.escape_ascii());
                let expected = servers::expected(
                    policy,
                    &Request {
                        method: b"OPTIONS".to_vec(),
                        headers: vec![
                            ("Host".to_owned(), TENANT.as_bytes().to_vec()),
                            ("Origin".to_owned(), origin.as_bytes().to_vec()),
                            ("Access-Control-Request-Method".to_owned(), b"PUT".to_vec()),
                        ],
                        authority: None,
                        public_origin: None,
                    },
                );
                assert_eq!(Got::of_reply(&Reply::parse(&reply)), Got::expected(&expected), "/{policy} {origin}");
            }
        }
    }
}
