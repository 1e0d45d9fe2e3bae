//! A server that says what a test tells it, line by line.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A server on a port of its own, until the test program ends.
pub(crate) struct Server {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `answer` gives status and header lines for the head of a request, as it came, and a body after an empty line.
    pub(crate) fn start(answer: impl Fn(&str) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let heads = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&heads);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("the connection is accepted");
                let Some(head) = read(&mut stream) else { continue };
                let answer = answer(&head);
                // Seen before it is answered, so that a test that has the answer finds it.
                seen.lock().expect("no thread panics with it").push(head);
                let (lines, body) = answer.split_once("\n\n").unwrap_or((&answer, ""));
                let lines: String = lines.lines().map(|line| format!("{}\r\n", line.trim())).collect();
                let length = body.len();
                let answer = format!("HTTP/1.1 {lines}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
                // A client that has gone has made its own test fail.
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self { address, heads }
    }

    /// One that answers everything alike.
    pub(crate) fn saying(answer: &'static str) -> Self {
        Self::start(move |_| answer.to_owned())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The heads of all requests, bodies included.
    pub(crate) fn heads(&self) -> Vec<String> {
        self.heads.lock().expect("no thread panics with it").clone()
    }

    /// Method and path of all requests.
    pub(crate) fn requests(&self) -> Vec<String> {
        let first = |head: &String| head.split(" HTTP/").next().unwrap_or_default().to_owned();
        self.heads().iter().map(first).collect()
    }

    /// A text in which this server is called `api`.
    pub(crate) fn anonymous(&self, text: &str) -> String {
        text.replace(&self.address.to_string(), "api")
    }
}

/// The value of a header of a request.
pub(crate) fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.into_iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
}

/// The head with the body after it; none where the client went away before.
fn read(stream: &mut TcpStream) -> Option<String> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time-out can be set");
    let mut bytes = Vec::new();
    let mut next = [0];
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = header(head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
            if body.len() >= length {
                return Some(text.into_owned());
            }
        }
        if stream.read(&mut next).ok()? == 0 {
            return None;
        }
        bytes.extend(next);
    }
}
