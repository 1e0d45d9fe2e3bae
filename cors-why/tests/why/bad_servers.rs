//! Servers that answer badly, or not at all.

use std::io::Write;
use std::net::TcpStream;

use crate::server::Server;
use crate::transport::{after_head, ask, code, raw};
use crate::{PAGE, not_cors, report_of, why};

/// None of them is waited for longer than the time limit, which none but the silent one reaches.
#[test]
fn bad_servers_are_told_apart_and_never_hang() {
    type Row = (&'static str, fn(TcpStream));
    let rows: [Row; 8] = [
        ("timed-out", |stream| std::mem::forget(stream)),
        ("head-too-large", |mut stream| {
            after_head(&mut stream);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
            while stream.write_all(format!("X-{}: 1\r\n", "a".repeat(1000)).as_bytes()).is_ok() {}
        }),
        ("connection-closed", |mut stream| after_head(&mut stream)),
        ("not-http", |mut stream| {
            let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n");
            after_head(&mut stream);
        }),
        ("not-http", |mut stream| {
            after_head(&mut stream);
            let _ = stream.write_all(b"\xff\xfe\x00\x01\x02");
        }),
        ("head-broken", |mut stream| {
            after_head(&mut stream);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n");
        }),
        ("http2-without-tls", |mut stream| {
            let _ = stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]);
            after_head(&mut stream);
        }),
        ("connection-closed", |mut stream| {
            after_head(&mut stream);
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nAccess-Control-All");
        }),
    ];
    for (expected, serve) in rows {
        let url = format!("http://127.0.0.1:{}/x", raw(serve));
        let limit = if expected == "timed-out" { "1" } else { "20" };
        let run = why(&[&url, "--from", PAGE, "--json", "--timeout", limit]);
        assert_eq!((run.status, not_cors(&run).as_str()), (3, expected), "{run:?}");
    }
    let ssh = raw(|mut stream| {
        let _ = stream.write_all(b"SSH-2.0-OpenSSH_9.2\r\n");
        after_head(&mut stream);
    });
    for scheme in ["http", "https"] {
        let run = ask(&format!("{scheme}://127.0.0.1:{ssh}/x"), &[]);
        let text = report_of(&run)["not_cors"]["text"].clone();
        assert_eq!(text, format!("what listens at port {ssh} is no HTTP server: it says \"SSH-2.0-OpenSSH_9.2\""));
    }
}

/// Their heads decide; of their bodies no more is read than is kept.
#[test]
fn endless_bodies_are_left() {
    let head = "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\n";
    let events = raw(move |mut stream| {
        after_head(&mut stream);
        let _ = write!(stream, "{head}Content-Type: text/event-stream\r\n\r\n");
        std::mem::forget(stream);
    });
    let large = raw(move |mut stream| {
        after_head(&mut stream);
        let _ = write!(stream, "{head}Content-Length: 100000000\r\n\r\n");
        while stream.write_all(&[b'a'; 4096]).is_ok() {}
    });
    for port in [events, large] {
        assert_eq!(code(&ask(&format!("http://127.0.0.1:{port}/x"), &[])), "allowed");
    }
}

#[test]
fn a_header_that_is_no_utf8_is_shown() {
    let port = raw(|mut stream| {
        after_head(&mut stream);
        let _ =
            stream.write_all(b"HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: \xff\xfe\r\nContent-Length: 0\r\n\r\n");
    });
    assert_eq!(code(&ask(&format!("http://127.0.0.1:{port}/x"), &[])), "allow-origin-mismatch");
}

#[test]
fn a_loop_of_redirects_ends() {
    let server = Server::saying("302 Found\nLocation: /x\nAccess-Control-Allow-Origin: *");
    assert_eq!(code(&ask(&server.url("/x"), &[])), "too-many-redirects");
    assert_eq!(server.requests().len(), 21);
}
