//! A policy is replaced while serving: every response is of one policy, the old or the new one, never of both.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::error::ErrorForbidden;
use actix_web::http::Method;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpResponse, HttpServer, web};
use cors_actix::{Cors, Policy, PolicyHandle, cors_policy};
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

/// Stands inside the policy that is replaced.
const INNER: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: [PUT, PATCH],
    expose_headers: ["X-New", "X-Old"],
};

const CONNECTIONS: usize = 64;
const REPLACEMENTS_A_SECOND: u32 = 1000;

/// How long the test replaces and asks. More is a matter of patience: CORS_TESTS_REPLACING_SECONDS=30.
fn duration() -> Duration {
    let seconds = std::env::var("CORS_TESTS_REPLACING_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(2))
}

/// A handler that takes its time, so that policies change while it works.
async fn slow() -> HttpResponse {
    for _ in 0..200 {
        actix_web::rt::task::yield_now().await;
    }
    HttpResponse::Ok().body("slow")
}

/// How often the handler ran of requests that the inner policy refuses, whatever the outer one is.
static STOPPED: AtomicUsize = AtomicUsize::new(0);

type Kinds = &'static [(&'static str, &'static str)];

/// What is asked, over and over.
const KINDS: Kinds = &[
    ("GET", "/fast"),
    ("GET", "/slow"),
    ("GET", "/refused"),
    ("OPTIONS", "/preflight"),
    ("GET", "/nested/slow"),
    ("DELETE", "/nested/stopped"),
];

/// What is asked where no other policy is, which answers in another way.
const ALONE: Kinds = KINDS.split_at(4).0;

fn app(
    cors: Cors,
    kinds: Kinds,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let stopped = || {
        STOPPED.fetch_add(1, Ordering::Relaxed);
        std::future::ready(HttpResponse::Ok())
    };
    let nested = move |config: &mut web::ServiceConfig| {
        if kinds.len() > ALONE.len() {
            let scope = web::scope("/nested").wrap(INNER);
            config.service(scope.route("/slow", web::get().to(slow)).route("/stopped", web::to(stopped)));
        }
    };
    App::new()
        .wrap_fn(|request, service| {
            let refused = request.path() == "/refused";
            let response = service.call(request);
            async move { if refused { Err(ErrorForbidden("no")) } else { response.await } }
        })
        .wrap(cors)
        .route("/fast", web::get().to(HttpResponse::Ok))
        .route("/slow", web::get().to(slow))
        .configure(nested)
}

fn start(cors: Cors, kinds: Kinds) -> SocketAddr {
    serve(move || {
        let server =
            HttpServer::new(move || app(cors.clone(), kinds)).workers(2).bind("127.0.0.1:0").expect("a free port");
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
async fn expected(cors: &Cors, kinds: Kinds) -> Vec<Vec<String>> {
    let app = init_service(app(cors.clone(), kinds)).await;
    let mut expected = Vec::new();
    for (method, path) in kinds {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let request = TestRequest::with_uri(path).insert_header(("origin", ORIGIN));
        let request = if method == Method::OPTIONS {
            request.insert_header(("access-control-request-method", "PUT"))
        } else {
            request
        };
        expected.push(cors_of(respond(&app, request.method(method)).await.headers()));
    }
    expected
}

#[actix_web::test]
async fn every_response_is_of_one_policy_while_it_is_replaced() {
    assert_of_one_policy(KINDS).await;
}

#[actix_web::test]
async fn every_response_is_of_one_policy_while_it_is_replaced_where_no_other_is() {
    assert_of_one_policy(ALONE).await;
}

async fn assert_of_one_policy(kinds: Kinds) {
    let (old, new) = (expected(&OLD, kinds).await, expected(&NEW, kinds).await);
    // But for what is stopped, and `Vary`, no header is of both.
    let lines = |expected: &[Vec<String>]| expected.iter().take(4).flatten().cloned().collect::<Vec<_>>();
    assert!(lines(&old).iter().all(|header| !lines(&new).contains(header)), "{old:?} {new:?}");
    assert!(kinds == ALONE || old[4] != new[4], "nested");

    let (cors, handle) = Cors::replaceable((*OLD.policy()).clone());
    let address = start(cors, kinds);
    let running = AtomicBool::new(true);
    let counts = std::thread::scope(|scope| {
        let client = || count(address, kinds, &running, &old, &new);
        let clients: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(client)).collect();
        let replaced = replace(&handle, [&OLD.policy(), &NEW.policy()]);
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
    assert_eq!(counts.len(), kinds.len());
    assert_eq!(STOPPED.load(Ordering::Relaxed), 0, "the inner policy refuses the method");
    assert!(counts.values().flatten().all(|count| *count > 0), "each kind was answered under both: {counts:?}");
}

/// Replaces the policy by each of the two in turn, and says how often.
fn replace(handle: &PolicyHandle, policies: [&Policy; 2]) -> u32 {
    let begin = Instant::now();
    let mut replaced = 0;
    while begin.elapsed() < duration() {
        let due = Duration::from_secs(1) / REPLACEMENTS_A_SECOND * replaced;
        if let Some(early) = due.checked_sub(begin.elapsed()) {
            std::thread::park_timeout(early);
            continue;
        }
        handle.replace(policies[replaced as usize % 2].clone());
        replaced += 1;
    }
    replaced
}

/// Asks for each kind in turn and counts by policy; what is of neither is a mixture.
fn count(
    address: SocketAddr,
    kinds: Kinds,
    running: &AtomicBool,
    old: &[Vec<String>],
    new: &[Vec<String>],
) -> BTreeMap<&'static str, [u32; 2]> {
    let mut stream = connect(address);
    let mut counts = BTreeMap::<_, [u32; 2]>::new();
    for (index, (method, path)) in kinds.iter().enumerate().cycle() {
        if !running.load(Ordering::Relaxed) && counts.len() == kinds.len() {
            break;
        }
        let reply = ask(&mut stream, method, path);
        let found = cors_headers(reply.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        let (old, new) = (&old[index], &new[index]);
        assert!(found == *old || found == *new, "{method} {path}: {found:?}");
        assert_eq!(reply.status == 403, ["/refused", "/nested/stopped"].contains(path), "{method} {path}");
        // Where both answer alike it counts for both.
        let counted = counts.entry(*path).or_default();
        counted[0] += u32::from(found == *old);
        counted[1] += u32::from(found == *new);
    }
    counts
}

#[test]
fn a_replaceable_policy_is_shared_by_all_clones_and_threads() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let (cors, handle) = Cors::replaceable((*OLD.policy()).clone());
    shared(&cors);
    shared(&handle);
    let (clone, before) = (cors.clone(), cors.policy());
    handle.clone().replace((*NEW.policy()).clone());
    assert_eq!(clone.policy(), NEW.policy());
    assert_eq!(handle.policy(), NEW.policy());
    assert_eq!(before, OLD.policy(), "who holds a policy keeps it");
}
