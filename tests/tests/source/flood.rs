//! 10,000 origins a second that nobody knows, all distinct, before a source that is slow: known origins do not notice. What they do to
//! the memory is in `tests/flood.rs`.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Origin, Source};
use cors_tests::service::from;
use tokio::time::{Instant, advance, pause, sleep};

use crate::source::{allowed, app, cors_of_source, denied, get, send, told};

const A_SECOND: u64 = 10_000;
const TENANTS: u64 = 100;
const TIME_TO_LIVE: Duration = Duration::from_secs(1);

/// How long the flood lasts, by a clock that does not wait. More is a matter of patience: CORS_TESTS_FLOOD_SECONDS=20.
fn seconds() -> u64 {
    std::env::var("CORS_TESTS_FLOOD_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3)
}

fn stranger(number: u64) -> String {
    format!("https://stranger-{number}.example")
}

fn tenant(number: u64) -> String {
    format!("https://tenant-{}.example", number % TENANTS)
}

/// Counts what is inside at once.
#[derive(Default)]
struct Gauge {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Gauge {
    fn enter(self: &Arc<Self>) -> impl Drop + use<> {
        struct Inside(Arc<Gauge>);
        impl Drop for Inside {
            fn drop(&mut self) {
                self.0.now.fetch_sub(1, Ordering::SeqCst);
            }
        }
        self.most.fetch_max(self.now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        Inside(Arc::clone(self))
    }
}

/// The source takes 50 ms, so that it answers 320 strangers a second of the 10,000.
#[actix_web::test]
async fn known_origins_are_answered_while_a_slow_source_is_flooded() {
    // The test's own time from here: no sleep takes any.
    pause();
    let seconds = seconds();
    let questions = Arc::new(Gauge::default());
    let gauge = Arc::clone(&questions);
    let source = move |origin: Origin| {
        let inside = gauge.enter();
        async move {
            let _inside = inside;
            sleep(Duration::from_millis(50)).await;
            Ok::<_, std::io::Error>(origin.as_str().starts_with("https://tenant-"))
        }
    };
    let source = Source::new(source).time_to_live(TIME_TO_LIVE).clock(|| Instant::now().into_std());
    let (cors, told) = told(cors_of_source(source).0);
    let app = Rc::new(app(&cors).await);
    // Whom it allows twice is known.
    for _ in 0..2 {
        for number in 0..TENANTS {
            assert_eq!(get(&*app, &tenant(number)).await, allowed(&tenant(number)));
        }
        sleep(TIME_TO_LIVE).await;
    }
    assert_eq!(told(), [""; 0]);

    let (waiting, most_waiting) = (Rc::new(Cell::new(0)), Cell::new(0));
    let (answered, longest) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(Duration::ZERO)));
    for millisecond in 0..seconds * 1000 {
        for number in 0..A_SECOND / 1000 {
            let (app, waiting) = (Rc::clone(&app), Rc::clone(&waiting));
            waiting.set(waiting.get() + 1);
            actix_web::rt::spawn(async move {
                assert_eq!(get(&*app, &stranger(millisecond * 10 + number)).await, denied());
                waiting.set(waiting.get() - 1);
            });
        }
        let (app, answered, longest) = (Rc::clone(&app), Rc::clone(&answered), Rc::clone(&longest));
        actix_web::rt::spawn(async move {
            let (tenant, begin) = (tenant(millisecond), Instant::now());
            assert_eq!(get(&*app, &tenant).await, allowed(&tenant));
            answered.set(answered.get() + 1);
            longest.set(longest.get().max(begin.elapsed()));
        });
        advance(Duration::from_millis(1)).await;
        most_waiting.set(most_waiting.get().max(waiting.get()));
    }
    sleep(Duration::from_secs(10)).await;
    let turned_away = told();
    println!(
        "{} requests of tenants allowed, the longest after {:?}; at most {} strangers waited and {} questions were \
         under way; {} strangers were not asked for",
        answered.get(),
        longest.get(),
        most_waiting.get(),
        questions.most.load(Ordering::SeqCst),
        turned_away.len(),
    );
    assert_eq!(answered.get(), seconds * 1000);
    assert_eq!(waiting.get(), 0);
    assert!(longest.get() < Duration::from_secs(1), "{:?}", longest.get());
    assert!(most_waiting.get() <= 1016 + 10, "{} strangers waited", most_waiting.get());
    assert!(questions.most.load(Ordering::SeqCst) <= 32);
    assert!(turned_away.len() as u64 > seconds * A_SECOND * 9 / 10, "the flood was more than the source can answer");
    assert!(turned_away.iter().all(|told| told.starts_with("https://stranger-")), "no tenant was turned away");
}

/// The program starts while 1,500 connections of strangers ask already, all they can, and the source takes 200 ms. Nobody was ever
/// allowed; the application has said whom it knows.
#[actix_web::test]
async fn no_known_origin_is_locked_out_where_a_program_starts_under_a_flood() {
    const CONNECTIONS: u64 = 1500;
    pause();
    let source = |origin: Origin, tenant: String| async move {
        sleep(Duration::from_millis(200)).await;
        Ok::<_, std::io::Error>(origin.as_str() == format!("https://{tenant}.example"))
    };
    let key = |number: u64| format!("tenant-{}", number % TENANTS);
    let known = (0..TENANTS).map(|number| (key(number), Origin::parse(&tenant(number)).unwrap()));
    let source = Source::keyed(|request| request.parameter("tenant").map(Into::into), source);
    let source = source.known_by_key(known).clock(|| Instant::now().into_std());
    let (cors, told) = told(cors_of_source(source).0);
    let scope = web::scope("/{tenant}").wrap(cors).route("", web::get().to(HttpResponse::Ok));
    let app = Rc::new(init_service(App::new().service(scope)).await);
    let get = async |app: &Rc<_>, origin: &str, key: u64| {
        send(&**app, from(origin, TestRequest::get().uri(&format!("/tenant-{}", key % TENANTS)))).await
    };

    let asked = Rc::new(Cell::new(0));
    for connection in 0..CONNECTIONS {
        let (app, asked) = (Rc::clone(&app), Rc::clone(&asked));
        actix_web::rt::spawn(async move {
            loop {
                let number = asked.get();
                asked.set(number + 1);
                assert_eq!(get(&app, &stranger(number), connection).await, denied());
                // The next request takes a while to come.
                sleep(Duration::from_millis(50)).await;
            }
        });
    }
    sleep(Duration::from_secs(1)).await;
    assert!(told().len() as u64 > CONNECTIONS, "strangers are turned away");

    let served: Vec<_> = (0..TENANTS)
        .map(|number| {
            let app = Rc::clone(&app);
            actix_web::rt::spawn(async move {
                let begin = Instant::now();
                assert_eq!(get(&app, &tenant(number), number).await, allowed(&tenant(number)), "{number}");
                begin.elapsed()
            })
        })
        .collect();
    let waits: Vec<Duration> = futures_util::future::join_all(served).await.into_iter().map(Result::unwrap).collect();
    let longest = waits.iter().max().unwrap();
    println!(
        "{} tenants were served while {} strangers had asked, the longest after {longest:?}",
        waits.len(),
        asked.get()
    );
    // 16 at once, 200 ms each.
    assert!(*longest <= Duration::from_millis(1500), "{longest:?}");
    assert!(told().iter().all(|told| told.starts_with("https://stranger-")), "no tenant was turned away");
}
