//! No answer denies, and is not remembered.

use std::convert::Infallible;
use std::error::Error;
use std::pin::pin;
use std::time::Duration;

use actix_web::HttpResponse;
use cors_actix::{Cors, Denial, Observer, Origin, PolicyName, Rejection, Source, Unanswered};
use futures_util::FutureExt;
use tokio::time::{Instant, advance, pause, sleep};

use crate::source::{
    STRANGER, TENANT, allowed, app, cors_of_source, denied, draft, get, held, options, preflight_allowed, rejected,
    told,
};

const LIMIT: Duration = Duration::from_secs(2);

/// Timers count whole milliseconds, rounded up.
fn assert_after(time: Duration, begin: Instant) {
    let passed = begin.elapsed();
    assert!((time..=time + Duration::from_millis(1)).contains(&passed), "after {passed:?}");
}

#[actix_web::test]
async fn an_error_denies_and_is_not_remembered() {
    let (source, mut questions) = held();
    let (cors, told) = told(cors_of_source(source).0);
    let app = app(&cors).await;
    for _ in 0..2 {
        let mut actual = pin!(get(&app, TENANT));
        let mut preflight = pin!(options(&app, TENANT));
        assert!(actual.as_mut().now_or_never().is_none());
        assert!(preflight.as_mut().now_or_never().is_none());
        questions.try_recv().unwrap().answer.send(Err("the database is away")).unwrap();
        assert_eq!(actual.await, denied());
        assert_eq!(preflight.await, rejected());
        assert_eq!(told(), [format!("{TENANT}: the source failed: the database is away")]);
    }
    let mut response = pin!(get(&app, TENANT));
    assert!(response.as_mut().now_or_never().is_none());
    questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
    assert_eq!(response.await, allowed(TENANT));
}

#[actix_web::test]
async fn a_panic_denies_and_harms_nobody_else() {
    for in_future in [false, true] {
        let calls = std::sync::atomic::AtomicUsize::new(0);
        let source = move |_: Origin| {
            let first = calls.fetch_add(1, std::sync::atomic::Ordering::SeqCst) == 0;
            assert!(in_future || !first, "on purpose");
            async move {
                assert!(!first, "on purpose");
                Ok::<_, std::io::Error>(true)
            }
        };
        let (cors, told) = told(cors_of_source(source).0);
        let app = app(&cors).await;
        assert_eq!(get(&app, TENANT).await, denied());
        assert_eq!(told(), [format!("{TENANT}: the source panicked")]);
        assert_eq!(get(&app, TENANT).await, allowed(TENANT));
    }
}

#[actix_web::test]
async fn a_source_that_does_not_answer_denies_when_the_time_is_over() {
    pause();
    let (source, mut questions) = held();
    let (cors, told) = told(cors_of_source(source.time_limit(LIMIT)).0);
    let app = app(&cors).await;
    let begin = Instant::now();
    assert_eq!(get(&app, TENANT).await, denied());
    assert_after(LIMIT, begin);
    assert_eq!(told(), [format!("{TENANT}: the source did not answer within the time limit")]);
    assert!(questions.try_recv().unwrap().answer.is_closed(), "the question is dropped");

    let mut response = pin!(get(&app, TENANT));
    assert!(response.as_mut().now_or_never().is_none(), "it is asked again");
    questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
    assert_eq!(response.await, allowed(TENANT));
}

#[actix_web::test]
async fn whoever_comes_late_does_not_make_a_question_last_longer() {
    pause();
    let (source, mut questions) = held();
    let app = app(&cors_of_source(source.time_limit(LIMIT)).0).await;
    let mut first = pin!(get(&app, TENANT));
    assert!(first.as_mut().now_or_never().is_none());
    advance(LIMIT - Duration::from_millis(1)).await;
    let begin = Instant::now();
    assert_eq!(get(&app, TENANT).await, denied());
    assert_after(Duration::from_millis(1), begin);
    assert_eq!(first.now_or_never(), Some(denied()));
    assert!(questions.try_recv().unwrap().answer.is_closed());
    assert!(questions.try_recv().is_err());
}

#[actix_web::test]
async fn the_wait_for_a_turn_is_part_of_the_time() {
    pause();
    let (source, mut questions) = held();
    let app = app(&cors_of_source(source.time_limit(LIMIT).questions_at_once(1)).0).await;
    let mut first = pin!(get(&app, "https://slow.example"));
    assert!(first.as_mut().now_or_never().is_none());
    let slow = questions.try_recv().unwrap();
    let begin = Instant::now();
    let (slow_one, waiting) = futures_util::join!(first, get(&app, TENANT));
    assert_eq!((slow_one, waiting), (denied(), denied()));
    assert_after(LIMIT, begin);
    assert!(slow.answer.is_closed());
    assert!(questions.try_recv().is_err(), "nobody was asked who could not answer in time");
}

/// A source that takes this long for the tenant, and this long for others.
fn slow(tenant: Duration, others: Duration, allows_all: bool) -> Source {
    let source = Source::new(move |origin: Origin| async move {
        let is_tenant = origin.as_str() == TENANT;
        sleep(if is_tenant { tenant } else { others }).await;
        Ok::<_, Infallible>(is_tenant || allows_all)
    });
    source.time_limit(LIMIT).probes(true)
}

#[actix_web::test]
async fn a_question_has_its_whole_time_and_those_about_strangers_as_much_again() {
    const TIME: Duration = Duration::from_millis(1900);
    pause();
    for (allows_all, expected) in [(false, allowed(TENANT)), (true, denied())] {
        let (cors, _) = Cors::with_source(draft(), slow(TIME, TIME, allows_all)).unwrap();
        let (cors, told) = told(cors);
        let app = app(&cors).await;
        let begin = Instant::now();
        let late = async {
            sleep(LIMIT).await;
            get(&app, TENANT).await
        };
        let (first, late) = futures_util::join!(get(&app, TENANT), late);
        assert!(begin.elapsed() < 2 * LIMIT, "after {:?}", begin.elapsed());
        assert_eq!((&first, &late), (&expected, &expected));
        assert!(told().is_empty(), "the source has answered everything");
    }
}

#[actix_web::test]
async fn strangers_without_an_answer_deny_nobody() {
    pause();
    let (cors, _) = Cors::with_source(draft(), slow(LIMIT / 2, 10 * LIMIT, false)).unwrap();
    let (cors, told) = told(cors);
    let app = app(&cors).await;
    let begin = Instant::now();
    assert_eq!(get(&app, TENANT).await, allowed(TENANT));
    assert_after(2 * LIMIT, begin);
    assert_eq!(options(&app, TENANT).await, preflight_allowed(TENANT));
    assert_after(2 * LIMIT, begin);
    assert!(told().is_empty());
}

#[actix_web::test]
async fn a_source_that_is_asked_about_strangers_has_no_more_time_for_the_question() {
    pause();
    let (cors, _) = Cors::with_source(draft(), slow(10 * LIMIT, LIMIT, false)).unwrap();
    let (cors, told) = told(cors);
    let begin = Instant::now();
    assert_eq!(get(&app(&cors).await, TENANT).await, denied());
    assert_after(LIMIT, begin);
    assert_eq!(told(), [format!("{TENANT}: the source did not answer within the time limit")]);
}

#[actix_web::test]
async fn whoever_is_told_to_ask_anew_waits_no_longer_than_others() {
    const STEP: Duration = Duration::from_millis(300);
    pause();
    let (source, mut questions) = held();
    let (cors, handle) = cors_of_source(source);
    let (cors, told) = told(cors);
    let app = app(&cors).await;
    let begin = Instant::now();
    let mut response = pin!(get(&app, TENANT));
    let ended = loop {
        if let Some(ended) = response.as_mut().now_or_never() {
            break ended;
        }
        handle.forget_all();
        questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
        advance(STEP).await;
        assert!(begin.elapsed() < 2 * LIMIT, "it waits as long as somebody says to forget");
    };
    assert_eq!(ended, denied());
    assert!(questions.try_recv().is_err(), "nobody is asked who could not answer in time");
    assert!((LIMIT..=LIMIT + STEP).contains(&begin.elapsed()), "after {:?}", begin.elapsed());
    assert_eq!(told(), [format!("{TENANT}: the source did not answer within the time limit")]);
}

#[actix_web::test]
async fn a_request_that_asks_anew_and_gets_no_answer_is_told_once() {
    pause();
    let (source, mut questions) = held();
    let (cors, handle) = cors_of_source(source);
    let (cors, told) = told(cors);
    let app = app(&cors).await;
    let begin = Instant::now();
    let mut response = pin!(get(&app, TENANT));
    assert!(response.as_mut().now_or_never().is_none());
    advance(LIMIT / 2).await;
    handle.forget_all();
    questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
    assert!(response.as_mut().now_or_never().is_none());
    assert_eq!(response.await, denied());
    assert_after(LIMIT, begin);
    assert_eq!(told(), [format!("{TENANT}: the source did not answer within the time limit")]);
}

#[actix_web::test]
async fn an_application_can_tell_a_source_that_is_away_from_an_origin_that_nobody_knows() {
    let source = |origin: Origin| async move { if origin.as_str() == TENANT { Err("away") } else { Ok(false) } };
    let rejection = Rejection::new().respond_with(|_, denial| match denial {
        Denial::NoAnswer => HttpResponse::ServiceUnavailable().finish(),
        _ => HttpResponse::Forbidden().finish(),
    });
    let (cors, _) = Cors::with_source(draft().on_denied("reject"), source).unwrap();
    let app = app(&cors.rejection(rejection)).await;
    assert_eq!(get(&app, TENANT).await, (503, rejected().1));
    assert_eq!(get(&app, STRANGER).await, rejected());
}

#[actix_web::test]
async fn an_observer_that_panics_does_not_fail_the_requests_that_wait() {
    struct Panics;
    impl Observer for Panics {
        fn unanswered(&self, _: PolicyName, _: &Origin, _: &Unanswered) {
            panic!("an observer panics");
        }
    }
    let (source, mut questions) = held();
    let app = app(&cors_of_source(source).0.observer(Panics)).await;
    let (mut first, mut second) = (pin!(get(&app, TENANT)), pin!(get(&app, TENANT)));
    assert!(first.as_mut().now_or_never().is_none());
    assert!(second.as_mut().now_or_never().is_none());
    questions.try_recv().unwrap().answer.send(Err("away")).unwrap();
    assert_eq!((first.await, second.await), (denied(), denied()));
}

#[test]
fn the_cause_of_a_failure_is_the_error_of_the_source() {
    let failed = Unanswered::Failed("away".into());
    assert_eq!(failed.source().map(ToString::to_string).as_deref(), Some("away"));
    assert!(Unanswered::TimedOut.source().is_none());
}
