//! What goes into the log, as a subscriber sees it.

use std::io;
use std::sync::{Arc, Mutex};

use actix_web::http::header;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, PolicyDraft};
use cors_tests::service::{ALLOWED, from, respond};
use tracing::instrument::WithSubscriber;

/// The lines that were written.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Lines {
    /// Runs something and gives the lines that were written meanwhile.
    async fn of(run: impl Future<Output = ()>) -> Vec<String> {
        let lines = Self::default();
        let writer = lines.clone();
        let subscriber =
            tracing_subscriber::fmt().without_time().with_ansi(false).with_writer(move || writer.clone()).finish();
        run.with_subscriber(subscriber).await;
        let bytes = lines.0.lock().expect("no writer panics").clone();
        String::from_utf8_lossy(&bytes).lines().map(str::to_owned).collect()
    }
}

/// A policy of its own, since each says a thing once.
fn cors(origin: &str) -> Cors {
    Cors::new(PolicyDraft::new().origins([origin]).validate().expect("a policy"))
}

#[actix_web::test]
async fn a_conflict_with_an_inner_policy_is_said_once() {
    let lines = Lines::of(async {
        let scope = web::scope("/x").wrap(cors(ALLOWED)).default_service(web::to(async || "handled"));
        let app = init_service(App::new().wrap(cors(ALLOWED)).service(scope)).await;
        for _ in 0..3 {
            respond(&app, from(ALLOWED, TestRequest::get().uri("/x/y"))).await;
        }
    })
    .await;
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(line.contains("WARN cors_actix") && line.contains("another CORS middleware, or a handler"), "{line}");
}

#[actix_web::test]
async fn a_conflict_with_a_handler_is_said_once() {
    let lines = Lines::of(async {
        let handler = async || HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")).finish();
        let app = init_service(App::new().wrap(cors(ALLOWED)).default_service(web::to(handler))).await;
        for _ in 0..3 {
            respond(&app, TestRequest::get()).await;
        }
    })
    .await;
    assert_eq!(lines.len(), 1, "{lines:?}");
}

#[actix_web::test]
async fn where_nothing_contradicts_nothing_is_said() {
    let lines = Lines::of(async {
        let scope = web::scope("/x").wrap(cors("https://other.example")).default_service(web::to(async || "handled"));
        let app = init_service(App::new().wrap(cors(ALLOWED)).service(scope)).await;
        respond(&app, from(ALLOWED, TestRequest::get().uri("/x/y"))).await;
        respond(&app, TestRequest::get().uri("/nowhere")).await;
    })
    .await;
    assert_eq!(lines, [] as [&str; 0]);
}
