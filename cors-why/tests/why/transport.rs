//! How servers are reached, and what is said of those that are not.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Command;
use std::thread;

use serde_json::Value;
use tokio::net::TcpSocket;

use crate::program::{Run, run};
use crate::secure::{Certificate, Secure};
use crate::server::{Server, header};
use crate::{PAGE, not_cors, report_of, summary, why};

const OPEN: &str = "200 OK\nAccess-Control-Allow-Origin: *";

pub(crate) fn ask(url: &str, more: &[&str]) -> Run {
    why(&[&[url, "--from", PAGE, "--json", "--timeout", "5"], more].concat())
}

pub(crate) fn ask_with(url: &str, more: &[&str], variable: (&str, String)) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_why"));
    command.args([url, "--from", PAGE, "--json", "--timeout", "5"]).args(more).env(variable.0, variable.1);
    run(&mut command, "")
}

pub(crate) fn code(run: &Run) -> String {
    summary(run).2
}

/// A server that does as it likes with each connection. Where it goes on, so does the test.
pub(crate) fn raw(serve: impl Fn(TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    thread::spawn(move || listener.incoming().flatten().for_each(serve));
    port
}

/// After the head of a request came.
pub(crate) fn after_head(stream: &mut TcpStream) {
    let (mut head, mut next) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut next).is_ok_and(|length| length > 0) {
        head.extend(next);
    }
}

#[test]
fn http2_is_spoken_where_the_server_offers_it() {
    for (protocols, version) in [
        (["h2"].as_slice(), "HTTP/2.0"),
        (&["h2", "http/1.1"], "HTTP/2.0"),
        (&["http/1.1"], "HTTP/1.1"),
        (&[], "HTTP/1.1"),
    ] {
        let server = Secure::start(Certificate::Good, protocols);
        let run = ask_with(&server.url(), &[], server.trust());
        assert_eq!(code(&run), "allowed", "{protocols:?} {run:?}");
        let report = report_of(&run);
        let headers = report["exchanges"][0]["response_headers"].as_array().expect("headers").clone();
        assert!(headers.contains(&Value::from(vec!["X-Version", version])), "{headers:?}");
        // A preflight, and a body.
        let put = ask_with(&server.url(), &["-X", "PUT", "-d", "text"], server.trust());
        assert_eq!(code(&put), "method-not-allowed", "{protocols:?} {put:?}");
    }
}

#[test]
fn each_mistake_of_a_certificate_has_its_name() {
    let rows = [
        (Certificate::Expired, "certificate-expired"),
        (Certificate::NotYetValid, "certificate-not-yet-valid"),
        (Certificate::OtherName, "certificate-other-name"),
        (Certificate::SelfSigned, "certificate-self-signed"),
        (Certificate::UnknownIssuer, "certificate-issuer-unknown"),
    ];
    for (certificate, expected) in rows {
        let server = Secure::start(certificate, &["h2"]);
        let run = ask_with(&server.url(), &[], server.trust());
        assert_eq!((run.status, code(&run).as_str(), not_cors(&run).as_str()), (3, "no-answer", expected), "{run:?}");
        for insecure in ["-k", "--insecure"] {
            assert_eq!(code(&ask_with(&server.url(), &[insecure], server.trust())), "allowed", "{certificate:?}");
        }
    }
    let server = Secure::start(Certificate::OtherName, &[]);
    let text = report_of(&ask_with(&server.url(), &[], server.trust()))["not_cors"]["text"].clone();
    assert_eq!(text, "the certificate is for other.example, and not for localhost, so browsers do not ask");
}

#[test]
fn a_port_that_speaks_the_other_protocol_is_recognised() {
    let plain = raw(|mut stream| {
        let _ = stream.read(&mut [0; 4096]);
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    });
    assert_eq!(not_cors(&ask(&format!("https://127.0.0.1:{plain}/x"), &[])), "https-on-plain-port");
    // Rustls answers by an alert.
    let secure = Secure::start(Certificate::Good, &["http/1.1"]);
    assert_eq!(not_cors(&ask(&secure.url().replace("https:", "http:"), &[])), "http-on-tls-port");
    // nginx and Go answer in HTTP.
    let polite = raw(|mut stream| {
        after_head(&mut stream);
        let body = "<html>The plain HTTP request was sent to HTTPS port</html>";
        let _ = write!(stream, "HTTP/1.1 400 Bad Request\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    });
    let run = ask(&format!("http://127.0.0.1:{polite}/x"), &[]);
    assert_eq!((code(&run).as_str(), not_cors(&run).as_str()), ("allow-origin-missing", "http-on-tls-port"));
    assert_eq!(report_of(&run)["help"][0], "write https:// in the address");
}

/// As Node does: it closes, and says nothing.
#[test]
fn a_port_of_tls_that_is_silent_is_asked_by_tls() {
    let secure = Secure::start(Certificate::Good, &[]).port();
    let silent = raw(move |mut stream| {
        let mut first = [0; 512];
        let length = stream.read(&mut first).unwrap_or_default();
        if first[0] != 0x16 {
            return;
        }
        let mut server = TcpStream::connect(("127.0.0.1", secure)).expect("it listens");
        let _ = server.write_all(&first[..length]);
        let mut back = server.try_clone().expect("a second handle");
        let mut to = stream.try_clone().expect("a second handle");
        thread::spawn(move || std::io::copy(&mut back, &mut to));
        let _ = std::io::copy(&mut stream, &mut server);
    });
    assert_eq!(not_cors(&ask(&format!("http://127.0.0.1:{silent}/x"), &[])), "http-on-tls-port");
}

#[test]
fn localhost_and_what_is_below_it_needs_no_name_server() {
    let server = Server::saying(OPEN);
    let port = server.url("/x").replace("http://127.0.0.1:", "");
    for host in ["localhost", "api.localhost", "a.b.localhost"] {
        assert_eq!(code(&ask(&format!("http://{host}:{port}"), &[])), "allowed", "{host}");
    }
}

/// A port that is kept from IPv4 too, where a socket has it that does not listen.
fn on_ipv6_alone() -> (TcpListener, u16, TcpSocket) {
    loop {
        let listener = TcpListener::bind("[::1]:0").expect("the machine has IPv6");
        let port = listener.local_addr().expect("it has an address").port();
        let kept = TcpSocket::new_v4().expect("the machine has IPv4");
        if kept.bind(SocketAddr::from(([127, 0, 0, 1], port))).is_ok() {
            return (listener, port, kept);
        }
    }
}

#[test]
fn a_server_on_ipv6_alone_is_found_by_its_name() {
    let (listener, port, _kept) = on_ipv6_alone();
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            after_head(&mut stream);
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\n\r\n");
        }
    });
    for host in ["localhost", "[::1]", "api.localhost"] {
        assert_eq!(code(&ask(&format!("http://{host}:{port}/x"), &[])), "allowed", "{host}");
    }
}

#[test]
fn a_host_can_be_asked_at_another_address() {
    let server = Server::saying(OPEN);
    let port = server.url("").replace("http://127.0.0.1:", "");
    let url = format!("http://api.example.test:{port}/x");
    let page = ["--from", "http://app.example.test"];
    let ask = |resolve: &str| why(&[&[url.as_str(), "--json", "--resolve", resolve], page.as_slice()].concat());
    let there = ask(&format!("api.example.test:{port}:127.0.0.1"));
    assert_eq!(code(&there), "allowed");
    assert_eq!(header(&server.heads()[0], "host"), Some(format!("api.example.test:{port}").as_str()));
    for other in ["api.example.test:1:127.0.0.1".to_owned(), format!("www.example.test:{port}:127.0.0.1")] {
        let run = ask(&other);
        assert_eq!((code(&run).as_str(), not_cors(&run).as_str()), ("no-answer", "name-not-found"), "{other}");
    }
    let wrong = ask("api.example.test=127.0.0.1");
    let said = "error: \"api.example.test=127.0.0.1\" is not HOST:PORT:ADDRESS, as api.example.com:443:127.0.0.1\n";
    assert_eq!((wrong.status, wrong.errors.as_str()), (2, said));
}

#[test]
fn a_proxy_is_asked_for_what_it_forwards() {
    let proxy = Server::saying(OPEN);
    let url = "http://api.example.test/x?y";
    let from = "http://app.example.test";
    let by_option = why(&[url, "--from", from, "--json", "--proxy", &proxy.url("/").replace("//", "//a:b@")]);
    assert_eq!(code(&by_option), "allowed", "{by_option:?}");
    let heads = proxy.heads();
    assert!(heads[0].starts_with("GET http://api.example.test/x?y HTTP/1.1\r\n"), "{heads:?}");
    assert_eq!(header(&heads[0], "host"), Some("api.example.test"));
    assert_eq!(header(&heads[0], "proxy-authorization"), Some("Basic YTpi"));
    // `run` takes proxies out of the environment, so another program puts one in.
    let with_variable = |url: &str| {
        let mut command = Command::new("env");
        command.args([&format!("HTTP_PROXY={}", proxy.url("/")), "NO_PROXY=", env!("CARGO_BIN_EXE_why")]);
        run(command.args([url, "--from", from, "--json", "--no-probes"]), "")
    };
    assert_eq!(code(&with_variable(url)), "allowed");
    // As in a browser, this machine is asked without it.
    let local = Server::saying("404 Not Found");
    assert_eq!(code(&with_variable(&local.url("/x"))), "allow-origin-missing");
    assert_eq!((proxy.heads().len(), local.heads().len()), (2, 1));
    let wrong = ask(url, &["--proxy", "ftp://127.0.0.1"]);
    assert_eq!((wrong.status, wrong.output.as_str()), (2, ""));
}

/// A command says by itself how it reaches its server.
#[test]
fn a_command_of_curl_changes_the_way() {
    let server = Secure::start(Certificate::UnknownIssuer, &["h2"]);
    let port = server.port();
    let address = format!("https://api.example.test:{port}/x");
    let resolve = format!("api.example.test:{port}:127.0.0.1");
    let run = why(&["--from", PAGE, "--json", "curl", "-sk", &address, "--resolve", &resolve]);
    assert_eq!(code(&run), "allowed", "{run:?}");
    let run = why(&["--from", PAGE, "--json", "curl", &address, "--resolve", &resolve]);
    assert_eq!(not_cors(&run), "certificate-issuer-unknown");
    let proxy = Server::saying(OPEN);
    let run = why(&["--json", "--from", "http://a.test", "curl", "http://b.test/x", "-x", &proxy.url("")]);
    assert_eq!((code(&run).as_str(), proxy.requests()), ("allowed", vec!["GET http://b.test/x".to_owned()]));
}

#[test]
fn a_proxy_connects_to_servers_of_tls() {
    let server = Secure::start(Certificate::Good, &["h2"]);
    let port = server.port();
    let proxy = raw(move |mut stream| {
        let (mut head, mut next) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") && stream.read(&mut next).is_ok_and(|length| length > 0) {
            head.extend(next);
        }
        if !head.starts_with(b"CONNECT localhost:443 HTTP/1.1\r\n") {
            let _ = stream.write_all(b"HTTP/1.1 403 Forbidden\r\n\r\n");
            return;
        }
        let _ = stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n");
        let mut server = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
        let mut back = server.try_clone().expect("a second handle");
        let mut to = stream.try_clone().expect("a second handle");
        thread::spawn(move || std::io::copy(&mut back, &mut to));
        let _ = std::io::copy(&mut stream, &mut server);
    });
    let proxy = format!("http://127.0.0.1:{proxy}");
    let run = ask_with("https://localhost/x", &["--proxy", &proxy], server.trust());
    assert_eq!(code(&run), "allowed", "{run:?}");
    let refused = ask_with("https://localhost:444/x", &["--proxy", &proxy], server.trust());
    assert_eq!((code(&refused).as_str(), not_cors(&refused).as_str()), ("no-answer", "proxy-failed"));
}

#[test]
fn what_no_browser_sends_is_not_sent() {
    let server = Server::saying(OPEN);
    let port = ask("http://localhost:6000/x", &[]);
    assert_eq!((port.status, code(&port).as_str(), not_cors(&port).as_str()), (1, "blocked-port", "blocked-port"));
    let address = server.url("/x").replace("127.0.0.1", "api.example.test");
    let resolve = format!("{}:127.0.0.1", address.replace("http://", "").replace("/x", ""));
    let mixed = ask(&address, &["--resolve", &resolve]);
    assert_eq!((mixed.status, code(&mixed).as_str(), not_cors(&mixed).as_str()), (1, "mixed-content", "mixed-content"));
    assert_eq!(report_of(&mixed)["exchanges"][0]["sent"], false);
    assert_eq!(server.requests(), [""; 0]);
    // A redirect leads there too.
    let leading = Server::saying("302 Found\nLocation: http://localhost:6666/\nAccess-Control-Allow-Origin: *");
    assert_eq!(code(&ask(&leading.url("/x"), &[])), "blocked-port");
}
