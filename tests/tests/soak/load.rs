//! What asks, and what has to come.

use std::fmt;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::rt::spawn;
use cors_actix::Origin;
use cors_tests::wire::Reply;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::served::{TENANTS, tenant};

const CONNECTIONS: u64 = 300;
/// Requests after which a connection is made anew.
const REQUESTS: u64 = 200;

const KINDS: [&str; 12] = [
    "allowed",
    "refused",
    "preflight",
    "refused preflight",
    "error",
    "stream",
    "panic",
    "nested",
    "rejected",
    "replaced",
    "tenant",
    "stranger",
];

/// How often each kind was asked, and the first answer that was wrong.
#[derive(Default)]
pub(crate) struct Load {
    counts: [AtomicU64; KINDS.len()],
    /// How many of those under a policy that is replaced were answered by the new one.
    by_new_policy: AtomicU64,
    failure: Mutex<Option<String>>,
    stops: AtomicBool,
}

impl Load {
    pub(crate) fn stop(&self) {
        self.stops.store(true, Ordering::Relaxed);
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.failure().is_some()
    }

    pub(crate) fn failure(&self) -> Option<String> {
        self.failure.lock().expect("nobody panics").clone()
    }

    pub(crate) fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        KINDS.into_iter().zip(self.counts.iter().map(|count| count.load(Ordering::Relaxed)))
    }

    /// Whether both policies that replace each other have answered.
    pub(crate) fn was_replaced(&self) -> bool {
        let by_new_policy = self.by_new_policy.load(Ordering::Relaxed);
        self.counts().any(|(kind, count)| kind == "replaced" && (1..count).contains(&by_new_policy))
    }

    fn fail(&self, failure: String) {
        self.failure.lock().expect("nobody panics").get_or_insert(failure);
        self.stop();
    }
}

impl fmt::Display for Load {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all: u64 = self.counts().map(|(_, count)| count).sum();
        write!(formatter, "{all} responses")?;
        self.counts().try_for_each(|(kind, count)| write!(formatter, ", {kind} {count}"))
    }
}

/// Asks over many connections until it is told to stop.
pub(crate) async fn run(address: SocketAddr, load: Arc<Load>) {
    let connections: Vec<_> =
        (0..CONNECTIONS).map(|number| spawn(connection(address, Arc::clone(&load), number))).collect();
    for connection in connections {
        if let Err(error) = connection.await {
            load.fail(error.to_string());
        }
    }
}

async fn connection(address: SocketAddr, load: Arc<Load>, number: u64) {
    let mut asked = number * 7;
    while !load.stops.load(Ordering::Relaxed) {
        let mut stream = match TcpStream::connect(address).await {
            Ok(stream) => stream,
            Err(error) => return load.fail(format!("no connection: {error}")),
        };
        for _ in 0..REQUESTS {
            asked += 1;
            let asks = Asks::of(asked, number);
            if stream.write_all(asks.bytes().as_bytes()).await.is_err() {
                return load.fail(format!("{asks:?} does not go out"));
            }
            let Some(reply) = read(&mut stream).await else {
                if asks.kind == "panic" {
                    load.counts[asks.index()].fetch_add(1, Ordering::Relaxed);
                    break;
                }
                return load.fail(format!("{asks:?} has no answer"));
            };
            load.counts[asks.index()].fetch_add(1, Ordering::Relaxed);
            let got = (reply.status, reply.cors());
            match asks.expected().iter().position(|expected| *expected == got) {
                None => return load.fail(format!("{asks:?}: {got:?}")),
                Some(which) if asks.kind == "replaced" => {
                    load.by_new_policy.fetch_add(u64::from(which == 1), Ordering::Relaxed);
                }
                Some(_) => {}
            }
            if load.stops.load(Ordering::Relaxed) {
                return;
            }
        }
    }
}

/// One whole response; none where the connection ends before.
async fn read(stream: &mut TcpStream) -> Option<Reply> {
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
        if !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
            continue;
        }
        let reply = Reply::parse(&bytes);
        let is_whole = match reply.value("content-length") {
            Some(length) => std::str::from_utf8(length).ok()?.parse() == Ok(reply.body.len()),
            None => reply.status == 204 || reply.body.ends_with(b"0\r\n\r\n"),
        };
        if is_whole {
            return Some(reply);
        }
    }
}

/// A request.
#[derive(Debug)]
struct Asks {
    kind: &'static str,
    method: &'static str,
    path: &'static str,
    origin: String,
}

impl Asks {
    fn of(number: u64, connection: u64) -> Self {
        // Panics are few, since each ends its connection.
        let kind = KINDS[usize::try_from(number % KINDS.len() as u64).expect("it is small")];
        let kind = if kind == "panic" && !number.is_multiple_of(5) { "stranger" } else { kind };
        let (method, path, origin) = match kind {
            "allowed" => ("GET", "/fixed/x", "https://a.example.org".to_owned()),
            "refused" => ("GET", "/fixed/x", "https://evil.example".to_owned()),
            "preflight" => ("OPTIONS", "/fixed/x", APP.to_owned()),
            "refused preflight" => ("OPTIONS", "/fixed/x", "https://evil.example".to_owned()),
            "error" => ("GET", "/fixed/fails", APP.to_owned()),
            "stream" => ("GET", "/fixed/streams", APP.to_owned()),
            "panic" => ("GET", "/fixed/panics", APP.to_owned()),
            "nested" => ("GET", "/fixed/nested/x", APP.to_owned()),
            "rejected" => ("GET", "/rejecting/x", "https://evil.example".to_owned()),
            "replaced" => ("GET", "/replaced/x", APP.to_owned()),
            "tenant" => {
                let tenants = u64::try_from(TENANTS).expect("it is small");
                ("GET", "/source/x", tenant(usize::try_from(number / 12 % tenants).expect("it is small")))
            }
            _ => ("GET", "/source/x", stranger(number, connection)),
        };
        Self { kind, method, path, origin }
    }

    fn index(&self) -> usize {
        KINDS.iter().position(|kind| *kind == self.kind).expect("it is one of them")
    }

    fn bytes(&self) -> String {
        let Self { method, path, origin, .. } = self;
        let asks = if *method == "OPTIONS" { "Access-Control-Request-Method: PUT\r\n" } else { "" };
        format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\n{asks}\r\n")
    }

    /// Every answer that is right, with its whole set of CORS headers.
    fn expected(&self) -> Vec<(u16, Vec<String>)> {
        let answer = |status: u16, lines: &[&str]| {
            let lines = lines.iter().map(|line| line.replace("{origin}", &self.origin));
            (status, lines.collect::<Vec<_>>())
        };
        let granted =
            ["access-control-allow-credentials: true", ALLOWS, "access-control-expose-headers: X-Request-Id", VARY];
        vec![match self.kind {
            "allowed" | "stream" => answer(200, &granted),
            "error" => answer(403, &granted),
            "refused" | "stranger" => answer(200, &[VARY]),
            "refused preflight" | "rejected" => answer(403, &[VARY]),
            "preflight" => answer(
                204,
                &[
                    "access-control-allow-credentials: true",
                    "access-control-allow-headers: X-Token",
                    "access-control-allow-methods: PUT",
                    ALLOWS,
                    "access-control-max-age: 60",
                    VARY,
                ],
            ),
            "nested" => answer(200, &[ALLOWS, "access-control-expose-headers: X-Request-Id", VARY]),
            "tenant" => answer(200, &[ALLOWS, VARY]),
            "replaced" => {
                let old =
                    ["access-control-allow-credentials: true", ALLOWS, "access-control-expose-headers: X-Old", VARY];
                let new = ["access-control-allow-origin: *", "access-control-expose-headers: X-New"];
                return vec![answer(200, &old), answer(200, &new)];
            }
            _ => return Vec::new(),
        }]
    }
}

const APP: &str = "https://app.example.com";
const ALLOWS: &str = "access-control-allow-origin: {origin}";
const VARY: &str = "vary: origin";

/// The longest origin that there is, another each time.
fn stranger(number: u64, connection: u64) -> String {
    let end = format!("x{connection}x{number}://x");
    format!("{}{end}", "a".repeat(Origin::MAX_LENGTH - end.len()))
}
