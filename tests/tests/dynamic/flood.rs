//! 10,000 origins a second that nobody knows, all distinct: memory stays bounded, and known origins never notice.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use allocation_counter::measure;
use cors_actix::{DynamicCors, Origin};
use futures_util::FutureExt;
use tokio::task::unconstrained;
use tokio::time::{Instant, advance, pause, sleep};

use crate::source::{Clock, Tenants, allowed, app, denied, draft, get, told};

const A_SECOND: u64 = 10_000;
const SECONDS: u64 = 20;
const CAPACITY: u64 = 1000;
const TENANTS: u64 = 100;
const TIME_TO_LIVE: Duration = Duration::from_secs(5);

fn stranger(number: u64) -> String {
    format!("https://stranger-{number}.example")
}

fn tenant(number: u64) -> String {
    format!("https://tenant-{}.example", number % TENANTS)
}

#[test]
fn memory_is_bounded_and_no_known_origin_makes_room() {
    // On one thread, whose allocations are counted. The server's own pools are filled before.
    actix_web::rt::System::new().block_on(async {
        let (tenants, clock) = (Tenants::of((0..TENANTS).map(tenant)), Clock::new());
        let now = clock.clone();
        let cors = tenants.cors(draft()).capacity(CAPACITY).time_to_live(TIME_TO_LIVE).clock(move || now.now());
        let app = app(&cors).await;
        let asked_for_tenants = Cell::new(0);
        let second = async |number: u64| {
            for request in number * A_SECOND..(number + 1) * A_SECOND {
                clock.advance(Duration::from_secs(1) / A_SECOND as u32);
                assert_eq!(get(&app, &stranger(request)).await, denied());
                assert_eq!(tenants.asked(), [stranger(request)]);
                if request % 10 == 0 {
                    let tenant = tenant(request / 10);
                    assert_eq!(get(&app, &tenant).await, allowed(&tenant));
                    asked_for_tenants.set(asked_for_tenants.get() + tenants.asked().len() as u64);
                }
            }
        };
        // Nothing here waits, but for the pauses that the runtime has a task make.
        let at_once = |number| unconstrained(second(number)).now_or_never().expect("nothing waits");
        let kept: Vec<i64> = (0..SECONDS).map(|number| measure(|| at_once(number)).bytes_current).collect();
        let total: i64 = kept.iter().sum();
        println!("bytes kept by each second of {A_SECOND} strangers: {kept:?}, {total} in all");
        // An entry takes some hundred bytes, in each of the two memories; nothing of that grows with the strangers.
        assert!(total < 1_000_000, "{total} bytes");
        let later: i64 = kept[SECONDS as usize / 2..].iter().sum();
        assert!(later.abs() < 100_000, "{later} bytes more in the later half: {kept:?}");
        // Once at first, and again whenever its time to live was over: never because it had made room.
        assert_eq!(asked_for_tenants.get(), TENANTS * SECONDS / TIME_TO_LIVE.as_secs());
    });
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
    pause();
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
    let cors = DynamicCors::new(draft(), source).unwrap().capacity(CAPACITY).time_to_live(TIME_TO_LIVE);
    let (cors, told) = told(cors.clock(|| Instant::now().into_std()));
    let app = Rc::new(app(&cors).await);
    for number in 0..TENANTS {
        assert_eq!(get(&*app, &tenant(number)).await, allowed(&tenant(number)));
    }
    assert_eq!(told(), [""; 0]);

    let (waiting, most_waiting) = (Rc::new(Cell::new(0)), Cell::new(0));
    let (answered, longest) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(Duration::ZERO)));
    for millisecond in 0..SECONDS * 1000 {
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
    assert_eq!(answered.get(), SECONDS * 1000);
    assert_eq!(waiting.get(), 0);
    assert!(longest.get() < Duration::from_secs(1), "{:?}", longest.get());
    assert!(most_waiting.get() <= 1016 + 10, "{} strangers waited", most_waiting.get());
    assert!(questions.most.load(Ordering::SeqCst) <= 32);
    assert!(turned_away.len() as u64 > SECONDS * A_SECOND * 9 / 10, "the flood was more than the source can answer");
    assert!(turned_away.iter().all(|told| told.starts_with("https://stranger-")), "no tenant was turned away");
}
