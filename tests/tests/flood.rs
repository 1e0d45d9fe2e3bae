//! 10,000 origins a second that nobody knows, all distinct: memory stays bounded, and no known origin makes room for them.
//!
//! Alone in its program, since what one thread allocates another may free, which then counts for neither.

use std::future::{Future, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_http::{HttpService, Protocol};
use actix_service::{Service, ServiceFactory, map_config};
use actix_web::dev::AppConfig;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use allocation_counter::measure;
use cors_actix::{Cors, Origin, PolicyDraft, Source};
use cors_tests::cors_of;
use cors_tests::service::{from, respond};
use futures_util::FutureExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::task::unconstrained;

const A_SECOND: u64 = 10_000;
const CAPACITY: usize = 1000;
const TENANTS: u64 = 100;
const TIME_TO_LIVE: u64 = 2;

/// How long the flood lasts, by a clock that does not wait. More is a matter of patience: CORS_TESTS_FLOOD_SECONDS=20.
fn seconds() -> u64 {
    std::env::var("CORS_TESTS_FLOOD_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(6)
}

#[test]
fn memory_is_bounded_and_no_known_origin_makes_room() {
    let (asked, asked_for_tenants) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    let counters = (Arc::clone(&asked), Arc::clone(&asked_for_tenants));
    let source = move |origin: Origin| {
        let tenant = origin.as_str().starts_with("https://tenant-");
        counters.0.fetch_add(1, Ordering::Relaxed);
        counters.1.fetch_add(u64::from(tenant), Ordering::Relaxed);
        ready(Ok::<_, std::io::Error>(tenant))
    };
    let (begin, microseconds) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let passed = Arc::clone(&microseconds);
    let source = Source::new(source)
        .probes(false)
        .capacity(CAPACITY)
        .time_to_live(Duration::from_secs(TIME_TO_LIVE))
        .clock(move || begin + Duration::from_micros(passed.load(Ordering::Relaxed)));
    let (cors, _) = Cors::with_source(PolicyDraft::new(), source).expect("a valid policy");

    let kept: Vec<i64> = actix_web::rt::System::new().block_on(async {
        let app = init_service(App::new().wrap(cors).route("/", web::get().to(HttpResponse::Ok))).await;
        let get = async |origin: &str| cors_of(respond(&app, from(origin, TestRequest::get())).await.headers());
        let flood = async |second: u64| {
            for request in second * A_SECOND..(second + 1) * A_SECOND {
                microseconds.store(request * 1_000_000 / A_SECOND, Ordering::Relaxed);
                let stranger = format!("https://stranger-{request}.example");
                assert_eq!(get(&stranger).await, ["vary: origin"]);
                if request % 10 == 0 {
                    let tenant = format!("https://tenant-{}.example", request / 10 % TENANTS);
                    let granted = format!("access-control-allow-origin: {tenant}");
                    assert_eq!(get(&tenant).await, [granted.as_str(), "vary: origin"]);
                }
            }
        };
        // Nothing here waits, but for the pauses that a runtime would have such a task make.
        let at_once = |second| unconstrained(flood(second)).now_or_never().expect("nothing waits");
        (0..seconds()).map(|second| measure(|| at_once(second)).bytes_current).collect()
    });

    let total: i64 = kept.iter().sum();
    println!("bytes kept by each second of {A_SECOND} strangers: {kept:?}, {total} in all");
    // Some hundred bytes for each of the thousand denied and the hundred allowed, and nothing for any other.
    assert!(total < 1_000_000, "{total} bytes");
    let later: i64 = kept.iter().skip(kept.len() / 2).sum();
    assert!(later < 50_000, "{later} bytes more in the later half: {kept:?}");

    // Once at first, and again whenever the time to live was over: never because an answer had made room.
    let rounds = seconds().div_ceil(TIME_TO_LIVE);
    assert_eq!(asked_for_tenants.load(Ordering::Relaxed), TENANTS * rounds);
    assert_eq!(asked.load(Ordering::Relaxed), seconds() * A_SECOND + TENANTS * rounds, "each stranger is asked for");
}

/// A path of 128 bytes, the longest that can be a key.
fn longest_path() -> String {
    format!("/{}", "a".repeat(127))
}

/// Origins of 512 bytes, the longest that there are, which only programs of a kind of their own have.
fn longest(number: u64) -> String {
    let origin = format!("{}{number:08}://x", "a".repeat(Origin::MAX_LENGTH - "00000000://x".len()));
    assert_eq!(origin.len(), Origin::MAX_LENGTH);
    origin
}

/// More than are remembered.
const LONGEST: u64 = 12_000;

/// What the longest origins may take that are remembered at once: 4,000, since each counts, with its key, as two and a half.
const LONGEST_TAKE: i64 = 4_500_000;

/// What a flood of the longest origins leaves behind, under a policy that remembers as many as it does unless told otherwise.
fn kept_of_the_longest<F: Future<Output = ()>>(protocol: Protocol, flood: impl FnOnce(DuplexStream) -> F) -> i64 {
    let asked = Arc::new(AtomicU64::new(0));
    let counter = Arc::clone(&asked);
    let source = move |_: Origin, key: String| {
        assert_eq!(key, longest_path());
        counter.fetch_add(1, Ordering::Relaxed);
        ready(Ok::<_, std::io::Error>(false))
    };
    let source = Source::keyed(|request| Some(request.path().into()), source);
    let (cors, _) = Cors::with_source(PolicyDraft::new(), source).expect("a valid policy");
    // Server and client are on this thread, so that all counts that is allocated.
    let system = actix_web::rt::System::new();
    let (client, server) = duplex(64 * 1024);
    system.block_on(async {
        let app = App::new().wrap(cors).route(&longest_path(), web::get().to(HttpResponse::Ok));
        let app = map_config(app, |()| AppConfig::default());
        let service = HttpService::build().finish(app).new_service(()).await.expect("the application starts");
        actix_web::rt::spawn(service.call((server, protocol, None)));
    });
    let kept = measure(|| system.block_on(flood(client))).bytes_current;
    assert_eq!(asked.load(Ordering::Relaxed), LONGEST, "each is asked for");
    println!("bytes kept of the longest origins over {protocol:?}: {kept}");
    kept
}

#[test]
fn the_longest_origins_and_keys_over_http_1_take_no_more_memory_than_others() {
    let flood = async |mut stream: DuplexStream| {
        for number in 0..LONGEST {
            let (path, origin) = (longest_path(), longest(number));
            let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nOrigin: {origin}\r\n\r\n");
            stream.write_all(request.as_bytes()).await.expect("the request goes out");
            let mut reply = Vec::new();
            while !reply.ends_with(b"\r\n\r\n") {
                stream.read_buf(&mut reply).await.expect("the server answers");
            }
            assert!(reply.starts_with(b"HTTP/1.1 200 OK\r\n"));
        }
    };
    let kept = kept_of_the_longest(Protocol::Http1, flood);
    assert!(kept < LONGEST_TAKE, "{kept} bytes");
}

#[test]
fn the_longest_origins_and_keys_over_http_2_take_no_more_memory_than_others() {
    let flood = async |stream: DuplexStream| {
        let (client, connection) = h2::client::handshake(stream).await.expect("the server speaks HTTP/2");
        actix_web::rt::spawn(connection);
        for number in 0..LONGEST {
            let request =
                http::Request::get(format!("http://localhost{}", longest_path())).header("origin", longest(number));
            let mut client = client.clone().ready().await.expect("the connection is open");
            let (response, _) = client.send_request(request.body(()).expect("a request"), true).expect("it goes out");
            assert_eq!(response.await.expect("the server answers").status(), 200);
        }
    };
    let kept = kept_of_the_longest(Protocol::Http2, flood);
    assert!(kept < LONGEST_TAKE, "{kept} bytes");
}
