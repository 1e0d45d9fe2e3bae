//! The server.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use actix_web::error::ErrorForbidden;
use actix_web::{App, Error, HttpResponse, HttpServer, web};
use cors_actix::{Cors, Origin, Policy, PolicyDraft, Source, cors_policy};
use futures_util::stream::{self, StreamExt};

const FIXED: Cors = cors_policy! {
    origins: ["https://app.example.com", "https://*.example.org"],
    credentials: true,
    methods: [PUT],
    allow_headers: ["X-Token"],
    expose_headers: ["X-Request-Id"],
    max_age: 1min,
};

/// Two policies that have no header value in common, which replace each other.
const OLD: Cors = cors_policy! { origins: ["https://app.example.com"], credentials: true, expose_headers: ["X-Old"] };
const NEW: Cors = cors_policy! { origins: "*", expose_headers: ["X-New"] };

const INNER: Cors = cors_policy! { origins: ["https://app.example.com"], expose_headers: ["X-Request-Id"] };

const REJECTING: Cors = cors_policy! { origins: ["https://app.example.com"], on_denied: reject };

/// A policy whose source knows `https://tenant-N.example`, is slow, and fails for every seventh stranger.
fn with_source() -> Cors {
    let questions = AtomicU64::new(0);
    let knows = move |origin: Origin| {
        let number = questions.fetch_add(1, Ordering::Relaxed);
        async move {
            tokio::time::sleep(Duration::from_millis(number % 20)).await;
            let fails = number.is_multiple_of(7) && !is_tenant(&origin);
            if fails { Err(std::io::Error::other("away")) } else { Ok(is_tenant(&origin)) }
        }
    };
    let tenants = (0..TENANTS).map(|number| Origin::parse(&tenant(number)).expect("an origin"));
    let source = Source::new(knows).known(tenants).time_to_live(Duration::from_secs(5)).capacity(2_000);
    Cors::with_source(PolicyDraft::new(), source).expect("a policy").0
}

pub(crate) const TENANTS: usize = 50;

pub(crate) fn tenant(number: usize) -> String {
    format!("https://tenant-{number}.example")
}

fn is_tenant(origin: &Origin) -> bool {
    origin.as_str().starts_with("https://tenant-")
}

async fn panics() -> HttpResponse {
    panic!("on purpose")
}

async fn fails() -> Result<HttpResponse, Error> {
    Err(ErrorForbidden("no"))
}

async fn streams() -> HttpResponse {
    let parts = stream::iter(0..20).map(|number| Ok::<_, Error>(web::Bytes::from(format!("part {number}. "))));
    HttpResponse::Ok().streaming(parts)
}

/// Serves until the process is ended.
pub(crate) fn serve() {
    // What panics on purpose has nothing to say.
    std::panic::set_hook(Box::new(|_| {}));
    let [old, new] = [OLD, NEW].map(|cors| Policy::clone(&cors.policy()));
    let (replaced, handle) = Cors::replaceable(old.clone());
    std::thread::spawn(move || {
        loop {
            handle.replace(new.clone());
            std::thread::park_timeout(Duration::from_millis(1));
            handle.replace(old.clone());
            std::thread::park_timeout(Duration::from_millis(1));
        }
    });
    let known = with_source();
    actix_web::rt::System::new().block_on(async move {
        let server = HttpServer::new(move || {
            let ok = || web::to(HttpResponse::Ok);
            let nested = web::scope("/nested").wrap(INNER).default_service(ok());
            App::new()
                .service(web::scope("/replaced").wrap(replaced.clone()).default_service(ok()))
                .service(web::scope("/source").wrap(known.clone()).default_service(ok()))
                .service(web::scope("/rejecting").wrap(REJECTING).default_service(ok()))
                .service(
                    web::scope("/fixed")
                        .wrap(FIXED)
                        .route("/panics", web::get().to(panics))
                        .route("/fails", web::get().to(fails))
                        .route("/streams", web::get().to(streams))
                        .service(nested)
                        .default_service(ok()),
                )
        });
        let server = server.workers(2).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        println!("{}", server.addrs()[0]);
        std::io::stdout().flush().expect("somebody reads the address");
        server.run().await.expect("the server runs");
    });
}
