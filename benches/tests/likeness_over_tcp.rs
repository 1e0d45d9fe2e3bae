//! What is compared over TCP answers alike: headers by hand, and those of a policy.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

const GET: &str = "GET / HTTP/1.1\r\n";
const PREFLIGHT: &str = "OPTIONS / HTTP/1.1\r\nAccess-Control-Request-Method: PUT\r\n\
                         Access-Control-Request-Headers: content-type,x-token\r\n";

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(subject: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_server"));
        let mut child = command.arg(subject).stdout(Stdio::piped()).spawn().expect("the server starts");
        let mut address = String::new();
        let output = child.stdout.take().expect("its output");
        BufReader::new(output).read_line(&mut address).expect("a line");
        let address = address.trim().trim_start_matches("http://").to_owned();
        Self { child, address }
    }

    /// The status line and the header lines in alphabetical order, but for the date; then the body.
    fn answer(&self, request: &str) -> Vec<String> {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        let lines = "Host: api.example.com\r\nOrigin: https://app.example.com\r\nConnection: close\r\n\r\n";
        stream.write_all(format!("{request}{lines}").as_bytes()).expect("a request");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let mut lines: Vec<_> =
            head.lines().map(str::to_ascii_lowercase).filter(|line| !line.starts_with("date:")).collect();
        lines[1..].sort_unstable();
        lines.push(body.to_owned());
        lines
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().expect("the server runs until now");
        self.child.wait().expect("it ends");
    }
}

#[test]
fn headers_by_hand_are_those_of_the_policy() {
    let servers = ["by hand", "cors_policy!"].map(Server::start);
    for (request, status) in [(GET, "http/1.1 200 ok"), (PREFLIGHT, "http/1.1 204 no content")] {
        let [by_hand, ours] = servers.each_ref().map(|server| server.answer(request));
        assert_eq!(by_hand, ours);
        assert_eq!(ours[0], status);
    }
}
