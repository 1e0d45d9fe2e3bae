//! A policy is replaced while serving: every response is of one policy, the old or the new one, never of both.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use actix_web::dev::Service;
use actix_web::error::ErrorForbidden;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, HttpServer, web};
use cors_actix::{Cors, LiveCors, Policy, cors_policy};
use cors_tests::service::respond;
use cors_tests::wire::{Reply, connect, serve};
use cors_tests::{cors_headers, cors_of};

const ORIGIN: &str = "https://app.example.com";

/// Two policies that have no header value in common.
const OLD: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: [PUT],
    allow_headers: ["X-Old"],
    expose_headers: ["X-Old"],
    max_age: 1min,
};
const NEW: Cors = cors_policy! {
    origins: "*",
    methods: [PATCH],
    allow_headers: ["X-New"],
    expose_headers: ["X-New"],
    max_age: 2min,
};

const CONNECTIONS: usize = 64;
const REPLACEMENTS_A_SECOND: u32 = 1000;

/// How long the test replaces and asks. More is a matter of patience: CORS_TESTS_LIVE_SECONDS=30.
fn duration() -> Duration {
    let seconds = std::env::var("CORS_TESTS_LIVE_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}

/// A handler that takes its time, so that policies change while it works.
async fn slow() -> HttpResponse {
    for _ in 0..200 {
        actix_web::rt::task::yield_now().await;
    }
    HttpResponse::Ok().body("slow")
}

fn start(cors: LiveCors) -> SocketAddr {
    serve(move || {
        let app = move || {
            App::new()
                .wrap_fn(|request, service| {
                    let refused = request.path() == "/refused";
                    let response = service.call(request);
                    async move { if refused { Err(ErrorForbidden("no")) } else { response.await } }
                })
                .wrap(cors.clone())
                .route("/fast", web::get().to(HttpResponse::Ok))
                .route("/slow", web::get().to(slow))
        };
        let server = HttpServer::new(app).workers(2).bind("127.0.0.1:0").expect("a free port");
        (server.addrs()[0], server.run())
    })
}

/// Asks over a connection that stays open, and reads exactly one response.
fn ask(stream: &mut TcpStream, method: &str, path: &str) -> Reply {
    let asks = if method == "OPTIONS" { "Access-Control-Request-Method: PUT\r\n" } else { "" };
    let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {ORIGIN}\r\n{asks}\r\n");
    stream.write_all(request.as_bytes()).expect("the request goes out");
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).expect("the server answers");
        assert!(read > 0, "the server keeps the connection open");
        bytes.extend_from_slice(&buffer[..read]);
        if bytes.windows(4).any(|window| window == b"\r\n\r\n") {
            let reply = Reply::parse(&bytes);
            let length =
                reply.value("content-length").and_then(|length| std::str::from_utf8(length).ok()?.parse().ok());
            if reply.body.len() >= length.unwrap_or(0) {
                return reply;
            }
        }
    }
}

/// The CORS headers of each kind of request under a policy that stays.
async fn expected(cors: &Cors) -> [Vec<String>; 2] {
    let app = init_service(App::new().wrap(cors.clone()).route("/fast", web::get().to(HttpResponse::Ok))).await;
    let actual = TestRequest::get().uri("/fast").insert_header(("origin", ORIGIN));
    let preflight = TestRequest::with_uri("/fast").method(actix_web::http::Method::OPTIONS);
    let preflight = preflight.insert_header(("origin", ORIGIN)).insert_header(("access-control-request-method", "PUT"));
    [cors_of(respond(&app, actual).await.headers()), cors_of(respond(&app, preflight).await.headers())]
}

#[actix_web::test]
async fn every_response_is_of_one_policy_while_it_is_replaced() {
    let (old, new) = (expected(&OLD).await, expected(&NEW).await);
    assert!(old.iter().flatten().all(|header| !new.iter().flatten().any(|other| other == header)), "{old:?} {new:?}");

    let live = LiveCors::new(OLD.policy().clone());
    let address = start(live.clone());
    let running = AtomicBool::new(true);
    let counts = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(|| count(address, &running, &old, &new))).collect();
        let replaced = replace(&live, [OLD.policy(), NEW.policy()]);
        running.store(false, Ordering::Relaxed);
        assert!(replaced >= duration().as_secs() as u32 * REPLACEMENTS_A_SECOND * 9 / 10, "replaced {replaced} times");
        clients.into_iter().map(|client| client.join().expect("a client finds no mixture")).fold(
            BTreeMap::<_, [u32; 2]>::new(),
            |mut sums, counts| {
                for (path, [of_old, of_new]) in counts {
                    let sum = sums.entry(path).or_default();
                    *sum = [sum[0] + of_old, sum[1] + of_new];
                }
                sums
            },
        )
    });
    println!("responses of the old and of the new policy: {counts:?}");
    assert_eq!(counts.len(), 4);
    assert!(counts.values().flatten().all(|count| *count > 0), "each kind was answered under both: {counts:?}");
}

/// Replaces the policy by each of the two in turn, and says how often.
fn replace(live: &LiveCors, policies: [&Policy; 2]) -> u32 {
    let begin = Instant::now();
    let mut replaced = 0;
    while begin.elapsed() < duration() {
        let due = Duration::from_secs(1) / REPLACEMENTS_A_SECOND * replaced;
        if let Some(early) = due.checked_sub(begin.elapsed()) {
            std::thread::park_timeout(early);
            continue;
        }
        live.replace(policies[replaced as usize % 2].clone());
        replaced += 1;
    }
    replaced
}

/// Asks for each kind in turn and counts by policy; what is of neither is a mixture.
fn count(
    address: SocketAddr,
    running: &AtomicBool,
    [old, old_preflight]: &[Vec<String>; 2],
    [new, new_preflight]: &[Vec<String>; 2],
) -> BTreeMap<&'static str, [u32; 2]> {
    let mut stream = connect(address);
    let mut counts = BTreeMap::<_, [u32; 2]>::new();
    let kinds = [("GET", "/fast"), ("GET", "/slow"), ("GET", "/refused"), ("OPTIONS", "/preflight")];
    for (method, path) in kinds.into_iter().cycle() {
        if !running.load(Ordering::Relaxed) && counts.len() == kinds.len() {
            break;
        }
        let reply = ask(&mut stream, method, path);
        let found = cors_headers(reply.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        let (old, new) = if method == "OPTIONS" { (old_preflight, new_preflight) } else { (old, new) };
        assert!(found == *old || found == *new, "{method} {path}: {found:?}");
        counts.entry(path).or_default()[usize::from(found == *new)] += 1;
    }
    counts
}

#[test]
fn a_live_policy_is_shared_by_all_clones_and_threads() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let live = LiveCors::new(OLD.policy().clone());
    shared(&live);
    let clone = live.clone();
    live.replace(NEW.policy().clone());
    assert_eq!(clone.policy(), *NEW.policy());
}
