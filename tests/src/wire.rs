//! HTTP/1.1 byte by byte: what goes over the wire and what comes back.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::time::Duration;

use actix_web::dev::Server;

use crate::cors_headers;

/// How long a test waits for bytes before it fails.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// Runs a server on a thread of its own, and gives its address once it listens.
pub fn serve(start: impl FnOnce() -> (SocketAddr, Server) + Send + 'static) -> SocketAddr {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let (address, server) = start();
            sender.send(address).expect("the test waits for the address");
            server.await.expect("the server runs");
        });
    });
    receiver.recv().expect("the server starts")
}

/// A connection to a server; reading fails rather than wait for ever.
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time-out can be set");
    stream
}

/// Sends the bytes of a request that asks to close the connection, and reads all that comes.
pub fn exchange(address: SocketAddr, request: &[u8]) -> Reply {
    let mut stream = connect(address);
    stream.write_all(request).expect("the request goes out");
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).expect("the server answers and closes");
    Reply::parse(&reply)
}

/// The bytes of a request with these header lines, after which the server closes the connection.
pub fn request(method: &[u8], path: &str, headers: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = [method, b" ", path.as_bytes(), b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"].concat();
    for (name, value) in headers {
        bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
    }
    bytes.extend(b"\r\n");
    bytes
}

/// A response as it came.
#[derive(Debug)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Names in lower case and values, in the order of the lines.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Every byte after the head.
    pub body: Vec<u8>,
}

impl Reply {
    /// Takes a response apart.
    pub fn parse(bytes: &[u8]) -> Self {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("the head ends with an empty line");
        let (head, body) = (&bytes[..end], &bytes[end + 4..]);
        let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let status = String::from_utf8_lossy(lines.next().expect("a response has a status line"));
        let status = status.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)?.parse().ok());
        let header = |line: &[u8]| {
            let colon = line.iter().position(|byte| *byte == b':').expect("a header line has a colon");
            let name = String::from_utf8(line[..colon].to_ascii_lowercase()).expect("a name is ASCII");
            (name, line[colon + 1..].trim_ascii().to_vec())
        };
        Self {
            status: status.expect("the status line has a status"),
            headers: lines.map(header).collect(),
            body: body.to_vec(),
        }
    }

    /// The value of a header that stands there at most once.
    pub fn value(&self, name: &str) -> Option<&[u8]> {
        let mut values = self.headers.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_slice());
        let value = values.next();
        assert!(values.next().is_none(), "{name} stands there twice: {self:?}");
        value
    }

    /// See [`cors_headers`].
    pub fn cors(&self) -> Vec<String> {
        cors_headers(self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())))
    }
}
