//! Servers behind a proxy of SOCKS 5.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::program::Run;
use crate::secure::{Certificate, Secure};
use crate::server::Server;
use crate::transport::{ask_with, code, raw};
use crate::{not_cors, why};

const OPEN: &str = "200 OK\nAccess-Control-Allow-Origin: *";

/// A proxy that connects to this server whatever it is asked for (<https://www.rfc-editor.org/rfc/rfc1928>), and tells what that was. With
/// a password it lets in nobody else (<https://www.rfc-editor.org/rfc/rfc1929>).
fn proxy(server: SocketAddr, password: Option<&'static str>) -> (u16, Receiver<String>) {
    let (tell, told) = channel();
    let port = raw(move |mut client| {
        let serve = |client: &mut TcpStream| -> io::Result<()> {
            let methods = take(client, 2)?;
            take(client, methods[1].into())?;
            client.write_all(&[5, if password.is_some() { 2 } else { 0 }])?;
            if let Some(password) = password {
                let user = length_and_text(client, 1)?;
                let given = format!("{user}:{}", length_and_text(client, 0)?);
                client.write_all(&[1, u8::from(given != password)])?;
            }
            let request = take(client, 4)?;
            let host = match request[3] {
                3 => length_and_text(client, 0)?,
                _ => format!("{:?}", take(client, 4)?),
            };
            let port = take(client, 2)?;
            let _ = tell.send(format!("{host}:{}", u16::from_be_bytes([port[0], port[1]])));
            // This one it does not let anybody reach.
            if host == "forbidden.test" {
                return client.write_all(&[5, 2, 0, 1, 0, 0, 0, 0, 0, 0]);
            }
            client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
            pass_on(client, server)
        };
        // A client that goes away fails its own test.
        let _ = serve(&mut client);
    });
    (port, told)
}

fn take(stream: &mut TcpStream, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    stream.read_exact(&mut bytes).map(|()| bytes)
}

fn length_and_text(stream: &mut TcpStream, before: usize) -> io::Result<String> {
    take(stream, before)?;
    let length = take(stream, 1)?[0];
    Ok(String::from_utf8_lossy(&take(stream, length.into())?).into_owned())
}

/// What one says the other hears, until both have ended.
fn pass_on(client: &TcpStream, server: SocketAddr) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    let (mut from, mut to) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || {
        let _ = io::copy(&mut from, &mut to);
        let _ = to.shutdown(Shutdown::Write);
    });
    io::copy(&mut &server, &mut &*client)?;
    client.shutdown(Shutdown::Write)
}

fn ask(url: &str, proxy: &str) -> Run {
    why(&[url, "--from", "http://app.test", "--json", "--proxy", proxy])
}

#[test]
fn a_proxy_of_socks_is_asked_for_names() {
    let server = Server::saying(OPEN);
    for (scheme, password) in [("socks5", None), ("socks5h", None), ("socks5", Some("anna:secret"))] {
        let (port, told) = proxy(server.address(), password);
        let user = password.map(|password| format!("{password}@")).unwrap_or_default();
        // Nobody but the proxy knows that name.
        let run = ask("http://api.test/x", &format!("{scheme}://{user}127.0.0.1:{port}"));
        assert_eq!(code(&run), "allowed", "{scheme} {password:?}: {run:?}");
        assert_eq!(told.recv().as_deref(), Ok("api.test:80"));
    }
    assert_eq!(server.requests(), ["GET /x"; 3]);
    let (port, _told) = proxy(server.address(), None);
    let command =
        ["curl", "http://api.test/y", "-H", "Origin: http://a.test", "-x", &format!("socks5://127.0.0.1:{port}")];
    assert_eq!(code(&why(&[&["--json"], &command[..]].concat())), "allowed");
    assert_eq!(server.requests()[3], "GET /y");
}

#[test]
fn tls_goes_through_a_proxy_of_socks() {
    let server = Secure::start(Certificate::Good, &["h2"]);
    let (port, told) = proxy(SocketAddr::from(([127, 0, 0, 1], server.port())), None);
    let run = ask_with("https://localhost/x", &["--proxy", &format!("socks5://127.0.0.1:{port}")], server.trust());
    assert_eq!(code(&run), "allowed", "{run:?}");
    assert_eq!(told.recv().as_deref(), Ok("localhost:443"));
}

#[test]
fn a_proxy_of_socks_that_refuses_is_named() {
    let server = Server::saying(OPEN);
    let (port, _told) = proxy(server.address(), Some("anna:secret"));
    for (url, user) in
        [("http://api.test/", "anna:wrong@"), ("http://forbidden.test/", "anna:secret@"), ("http://api.test/", "")]
    {
        let run = ask(url, &format!("socks5://{user}127.0.0.1:{port}"));
        assert_eq!((code(&run).as_str(), not_cors(&run).as_str()), ("no-answer", "proxy-failed"), "{run:?}");
        assert!(!run.output.contains("secret"), "{run:?}");
    }
    assert_eq!(server.requests(), [""; 0]);
}
