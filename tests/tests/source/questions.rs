//! How many questions are under way: one for an origin, and not too many in all.

use std::pin::pin;
use std::sync::{Barrier, mpsc};

use cors_actix::{Cors, Origin};
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::time::pause;

use crate::source::{
    STRANGER, TENANT, Waiting, allowed, app, cors_of_source, denied, get, held, options, preflight_allowed, told,
    waiting,
};

/// As many as have a place where one question is asked at once: that one, and a thousand that wait.
fn strangers() -> Vec<String> {
    (0..=1000).map(|number| format!("https://stranger-{number}.example")).collect()
}

#[actix_web::test]
async fn one_question_answers_all_who_wait() {
    let (source, mut questions) = held();
    let (cors, _) = cors_of_source(source);
    let app = app(&cors).await;
    let mut actual = pin!(join_all((0..100).map(|_| get(&app, TENANT))));
    let mut preflight = pin!(options(&app, TENANT));
    assert!(actual.as_mut().now_or_never().is_none());
    assert!(preflight.as_mut().now_or_never().is_none());

    questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
    assert_eq!(actual.await, vec![allowed(TENANT); 100]);
    assert_eq!(preflight.await, preflight_allowed(TENANT));
    assert!(questions.try_recv().is_err());
}

#[test]
fn one_question_answers_all_workers() {
    const WORKERS: usize = 4;
    let (source, mut questions) = held();
    let (cors, _) = cors_of_source(source);
    let all_wait = Barrier::new(WORKERS + 1);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS)
            .map(|_| {
                scope.spawn(|| {
                    actix_web::rt::System::new().block_on(async {
                        let app = app(&cors).await;
                        let mut response = pin!(get(&app, TENANT));
                        assert!(response.as_mut().now_or_never().is_none());
                        all_wait.wait();
                        response.await
                    })
                })
            })
            .collect();
        all_wait.wait();
        questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
        for worker in workers {
            assert_eq!(worker.join().unwrap(), allowed(TENANT));
        }
    });
    assert!(questions.try_recv().is_err());
}

#[actix_web::test]
async fn whoever_asked_first_may_leave() {
    let (source, mut questions) = held();
    let (cors, _) = cors_of_source(source);
    let app = app(&cors).await;
    let mut first = Box::pin(get(&app, TENANT));
    let mut second = pin!(get(&app, TENANT));
    assert!(first.as_mut().now_or_never().is_none());
    assert!(second.as_mut().now_or_never().is_none());
    drop(first);

    questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
    assert_eq!(second.await, allowed(TENANT));
    assert!(questions.try_recv().is_err());
}

/// The thread of whoever asked first ends with its runtime, timers and all, while another waits.
fn after_the_first_worker_ended<T: Send>(cors: &Cors, then: impl AsyncFnOnce(&mut Waiting<'_>) -> T + Send) -> T {
    let ((waits, begin), ended) = (mpsc::channel(), Barrier::new(2));
    std::thread::scope(|scope| {
        let ended = &ended;
        let second = scope.spawn(move || {
            actix_web::rt::System::new().block_on(async {
                begin.recv().unwrap();
                let (app, origin) = (app(cors).await, [TENANT.to_owned()]);
                let mut responses = waiting(&app, &origin);
                ended.wait();
                ended.wait();
                then(&mut responses[0]).await
            })
        });
        let first = scope.spawn(move || {
            actix_web::rt::System::new().block_on(async {
                let (app, origin) = (app(cors).await, [TENANT.to_owned()]);
                let _response = waiting(&app, &origin);
                waits.send(()).unwrap();
                ended.wait();
            });
        });
        first.join().unwrap();
        ended.wait();
        second.join().unwrap()
    })
}

#[test]
fn a_worker_may_end_before_the_answer_comes() {
    let (source, mut questions) = held();
    let (cors, _) = cors_of_source(source);
    let answered = after_the_first_worker_ended(&cors, async |response| {
        questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
        response.await
    });
    assert_eq!(answered, allowed(TENANT));
}

#[test]
fn a_worker_may_end_before_the_time_is_over() {
    let (source, mut questions) = held();
    let (cors, told) = told(cors_of_source(source).0);
    let answered = after_the_first_worker_ended(&cors, async |response| {
        pause();
        response.await
    });
    assert_eq!(answered, denied());
    assert_eq!(told(), [format!("{TENANT}: the source did not answer within the time limit")]);
    assert!(questions.try_recv().unwrap().answer.is_closed());
}

#[actix_web::test]
async fn a_question_ends_when_all_have_left() {
    let (source, mut questions) = held();
    let (cors, _) = cors_of_source(source);
    let app = app(&cors).await;
    assert!(get(&app, TENANT).now_or_never().is_none());
    assert!(questions.try_recv().unwrap().answer.is_closed());

    let mut response = pin!(get(&app, TENANT));
    assert!(response.as_mut().now_or_never().is_none());
    questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
    assert_eq!(response.await, allowed(TENANT));
}

#[actix_web::test]
async fn strangers_wait_for_their_turn_and_too_many_are_denied() {
    let (source, mut questions) = held();
    let (cors, told) = told(cors_of_source(source.questions_at_once(1)).0);
    let app = app(&cors).await;

    let strangers = strangers();
    let mut responses = waiting(&app, &strangers);
    assert_eq!(get(&app, STRANGER).now_or_never(), Some(denied()));
    assert_eq!(told(), [format!("{STRANGER}: the source was not asked, since too many origins wait for their turn")]);

    for (origin, response) in strangers.iter().zip(&mut responses) {
        response.as_mut().now_or_never();
        let question = questions.try_recv().unwrap();
        assert_eq!(question.origin, *origin);
        assert!(questions.try_recv().is_err(), "one at a time");
        question.answer.send(Ok(false)).unwrap();
        assert_eq!(response.as_mut().now_or_never(), Some(denied()));
    }

    let mut again = pin!(get(&app, STRANGER));
    assert!(again.as_mut().now_or_never().is_none(), "that there was no place is not remembered");
    questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
    assert_eq!(again.await, allowed(STRANGER));
    assert_eq!(told(), [""; 0]);
}

#[actix_web::test]
async fn a_known_origin_is_asked_for_while_strangers_wait() {
    for (times_allowed, is_forgotten, is_known) in [(1, false, false), (2, false, true), (0, true, true)] {
        let (source, mut questions) = held();
        let (cors, handle) = cors_of_source(source.questions_at_once(1));
        let app = app(&cors).await;
        for _ in 0..times_allowed {
            let mut response = pin!(get(&app, TENANT));
            assert!(response.as_mut().now_or_never().is_none());
            questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
            assert_eq!(response.await, allowed(TENANT));
            handle.forget_all();
        }
        if is_forgotten {
            handle.forget(&Origin::parse(TENANT).unwrap());
        }

        let strangers = strangers();
        let _waiting = waiting(&app, &strangers);
        assert_eq!(get(&app, STRANGER).now_or_never(), Some(denied()), "strangers are turned away");
        let _unanswered = questions.try_recv().unwrap();

        let mut response = pin!(get(&app, TENANT));
        if !is_known {
            assert_eq!(response.now_or_never(), Some(denied()), "a source may allow any number of origins once");
            continue;
        }
        assert!(response.as_mut().now_or_never().is_none(), "allowed {times_allowed} times: it is not turned away");
        let question = questions.try_recv().unwrap();
        assert_eq!(question.origin, TENANT);
        question.answer.send(Ok(true)).unwrap();
        assert_eq!(response.await, allowed(TENANT));
    }
}
