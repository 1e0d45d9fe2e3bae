//! The application behind the proxies. It names another origin, so what reads past a proxy reads by the proxy's own header.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::OnceLock;
use std::thread;

/// Where it listens.
pub(crate) fn upstream() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| drop(thread::spawn(|| answer(stream)))));
        address
    })
}

/// Bodies are small, so they are here when the head is.
fn answer(mut stream: TcpStream) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    let length = lines.take_while(|line| !line.is_empty()).last().is_some();
    let status = match first.split(' ').nth(1) {
        Some("/api/notes") if length => "200 OK",
        Some("/api/fails") => "500 Internal Server Error",
        // It closes without an answer, so the proxy has to make one.
        Some("/api/down") => return,
        _ => "404 Not Found",
    };
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nAccess-Control-Allow-Origin: https://other.example\r\nX-Total-Count: 7\r\n\
         Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}"
    );
}
