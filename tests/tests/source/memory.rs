//! What is remembered, how long, and how it is forgotten.

use std::pin::pin;
use std::time::Duration;

use cors_actix::{Origin, PolicyDraft};
use futures_util::FutureExt;

use crate::source::{Clock, STRANGER, TENANT, Tenants, allowed, app, cors_of_source, denied, draft, get, held};

const TIME_TO_LIVE: Duration = Duration::from_secs(60);

fn origin(text: &str) -> Origin {
    Origin::parse(text).unwrap()
}

#[actix_web::test]
async fn an_answer_counts_until_its_time_is_over() {
    let (tenants, clock) = (Tenants::of([TENANT]), Clock::new());
    let now = clock.clone();
    let (cors, _) = cors_of_source(tenants.source().time_to_live(TIME_TO_LIVE).clock(move || now.now()));
    let app = app(&cors).await;
    assert_eq!(get(&app, TENANT).await, allowed(TENANT));
    assert_eq!(get(&app, STRANGER).await, denied());
    assert_eq!(tenants.asked(), [TENANT, STRANGER]);

    tenants.remove(TENANT);
    tenants.add(STRANGER);
    clock.advance(TIME_TO_LIVE - Duration::from_nanos(1));
    assert_eq!(get(&app, TENANT).await, allowed(TENANT));
    assert_eq!(get(&app, STRANGER).await, denied());
    assert_eq!(tenants.asked(), [""; 0]);

    clock.advance(Duration::from_nanos(1));
    for _ in 0..2 {
        assert_eq!(get(&app, TENANT).await, denied());
        assert_eq!(get(&app, STRANGER).await, allowed(STRANGER));
    }
    assert_eq!(tenants.asked(), [TENANT, STRANGER], "the new answers count from now on");
}

#[actix_web::test]
async fn an_answer_counts_for_a_minute_by_default() {
    let (tenants, clock) = (Tenants::of([TENANT]), Clock::new());
    let now = clock.clone();
    let app = app(&cors_of_source(tenants.source().clock(move || now.now())).0).await;
    for (time, asked) in [(0, 1), (59_999_999_999, 0), (1, 1)] {
        clock.advance(Duration::from_nanos(time));
        assert_eq!(get(&app, TENANT).await, allowed(TENANT));
        assert_eq!(tenants.asked().len(), asked, "{time}");
    }
}

#[actix_web::test]
async fn a_forgotten_origin_is_asked_for_again_and_no_other() {
    let tenants = Tenants::of([TENANT]);
    let (cors, handle) = tenants.cors(draft());
    let app = app(&cors).await;
    assert_eq!(get(&app, TENANT).await, allowed(TENANT));
    assert_eq!(get(&app, STRANGER).await, denied());

    tenants.remove(TENANT);
    handle.forget(&origin(TENANT));
    assert_eq!(get(&app, TENANT).await, denied());
    assert_eq!(get(&app, STRANGER).await, denied());

    tenants.add(STRANGER);
    handle.forget(&origin(STRANGER));
    assert_eq!(get(&app, TENANT).await, denied());
    assert_eq!(get(&app, STRANGER).await, allowed(STRANGER));
    assert_eq!(tenants.asked(), [TENANT, STRANGER, TENANT, STRANGER]);
}

#[actix_web::test]
async fn all_can_be_forgotten_at_once() {
    let tenants = Tenants::of([TENANT]);
    let (cors, handle) = tenants.cors(draft());
    let app = app(&cors).await;
    for _ in 0..2 {
        assert_eq!(get(&app, TENANT).await, allowed(TENANT));
        assert_eq!(get(&app, STRANGER).await, denied());
    }
    tenants.remove(TENANT);
    tenants.add(STRANGER);
    handle.forget_all();
    for _ in 0..2 {
        assert_eq!(get(&app, TENANT).await, denied());
        assert_eq!(get(&app, STRANGER).await, allowed(STRANGER));
    }
    assert_eq!(tenants.asked(), [TENANT, STRANGER, TENANT, STRANGER]);
}

#[actix_web::test]
async fn an_answer_from_before_it_was_forgotten_is_not_used() {
    for forget_all in [false, true] {
        let (source, mut questions) = held();
        let (cors, handle) = cors_of_source(source);
        let app = app(&cors).await;
        let mut response = pin!(get(&app, TENANT));
        assert!(response.as_mut().now_or_never().is_none());
        let before = questions.try_recv().unwrap();

        // An administrator removes the tenant while the database still reads the old row.
        if forget_all {
            handle.forget_all();
        } else {
            handle.forget(&origin(TENANT));
        }
        before.answer.send(Ok(true)).unwrap();
        assert!(response.as_mut().now_or_never().is_none(), "it is asked for anew");
        let after = questions.try_recv().unwrap();
        assert_eq!(after.origin, TENANT);
        after.answer.send(Ok(false)).unwrap();
        assert_eq!(response.await, denied());

        assert_eq!(get(&app, TENANT).await, denied());
        assert!(questions.try_recv().is_err(), "the new answer is remembered");
    }
}

#[actix_web::test]
async fn who_comes_after_it_was_forgotten_does_not_wait_for_the_old_answer() {
    let (source, mut questions) = held();
    let (cors, handle) = cors_of_source(source);
    let app = app(&cors).await;
    let mut early = pin!(get(&app, TENANT));
    assert!(early.as_mut().now_or_never().is_none());
    let before = questions.try_recv().unwrap();
    handle.forget(&origin(TENANT));

    let mut late = pin!(get(&app, TENANT));
    assert!(late.as_mut().now_or_never().is_none());
    questions.try_recv().unwrap().answer.send(Ok(false)).unwrap();
    assert_eq!(late.await, denied());

    before.answer.send(Ok(true)).unwrap();
    assert_eq!(early.await, denied(), "the newer answer counts");
    assert_eq!(get(&app, TENANT).await, denied());
    assert!(questions.try_recv().is_err());
}

#[actix_web::test]
async fn an_answer_from_before_it_was_forgotten_is_not_used_while_a_newer_one_is_awaited() {
    let (source, mut questions) = held();
    let (cors, handle) = cors_of_source(source);
    let app = app(&cors).await;
    let mut early = pin!(get(&app, TENANT));
    assert!(early.as_mut().now_or_never().is_none());
    let before = questions.try_recv().unwrap();
    handle.forget(&origin(TENANT));
    let mut late = pin!(get(&app, TENANT));
    assert!(late.as_mut().now_or_never().is_none());
    let after = questions.try_recv().unwrap();

    before.answer.send(Ok(true)).unwrap();
    assert!(early.as_mut().now_or_never().is_none(), "it waits for the newer answer");
    after.answer.send(Ok(false)).unwrap();
    assert_eq!((early.await, late.await), (denied(), denied()));
    assert!(questions.try_recv().is_err());
}

#[actix_web::test]
async fn clones_share_what_is_remembered() {
    let tenants = Tenants::of([TENANT]);
    let (cors, _) = tenants.cors(draft());
    let workers = [app(&cors).await, app(&cors.clone()).await];
    for worker in &workers {
        assert_eq!(get(worker, TENANT).await, allowed(TENANT));
    }
    assert_eq!(tenants.asked(), [TENANT]);
}

/// The source's answer is about the rules of one policy: the present one.
#[actix_web::test]
async fn an_answer_that_comes_after_the_policy_was_replaced_is_asked_for_anew() {
    // From its second request on, the first policy of a thread takes a shorter way.
    for is_shorter in [true, false] {
        let (source, mut questions) = held();
        let (cors, handle) = cors_of_source(source);
        let app = app(&cors).await;
        if is_shorter {
            assert_eq!(get(&app, "null").await, denied(), "nobody is asked");
        }
        let mut response = pin!(get(&app, TENANT));
        assert!(response.as_mut().now_or_never().is_none());
        let first = questions.try_recv().unwrap();

        // Without credentials.
        handle.replace(PolicyDraft::new()).unwrap();
        // Nobody listens any more, or the answer counts for nothing.
        let _ = first.answer.send(Ok(true));
        assert!(response.as_mut().now_or_never().is_none());
        questions.try_recv().unwrap().answer.send(Ok(true)).unwrap();
        let granted = vec![format!("access-control-allow-origin: {TENANT}"), "vary: origin".to_owned()];
        assert_eq!(response.await, (200, granted), "by the new policy, and nothing of the old one");
        assert!(questions.try_recv().is_err());
    }
}

#[actix_web::test]
async fn a_request_is_not_asked_for_without_end_while_the_policy_is_replaced() {
    let (source, mut questions) = held();
    let (cors, handle) = cors_of_source(source);
    let app = app(&cors).await;
    let mut response = pin!(get(&app, TENANT));
    for _ in 0..2 {
        assert!(response.as_mut().now_or_never().is_none());
        let question = questions.try_recv().unwrap();
        handle.replace(draft()).unwrap();
        let _ = question.answer.send(Ok(true));
    }
    assert_eq!(response.await, denied(), "in doubt");
    assert!(questions.try_recv().is_err(), "no third question");
}

#[actix_web::test]
async fn a_policy_that_replaces_another_asks_the_same_source() {
    let tenants = Tenants::of([TENANT]);
    let (cors, handle) = tenants.cors(draft());
    let app = app(&cors).await;
    assert_eq!(get(&app, TENANT).await, allowed(TENANT));
    let former = handle.policy();
    handle.replace(draft().methods(["PATCH"])).unwrap();
    assert_eq!(get(&app, TENANT).await, allowed(TENANT));
    assert_eq!(tenants.asked(), [TENANT, TENANT]);

    let before = handle.policy();
    assert!(former != before && former != *before);
    let issues = handle.replace(draft().origins("none")).unwrap_err();
    assert_eq!(issues.iter().map(|issue| issue.kind().code()).collect::<Vec<_>>(), ["source-with-none"]);
    assert!(handle.policy() == before && handle.policy() == *before, "a mistake changes nothing");
}
