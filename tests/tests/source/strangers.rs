//! A source that allows whoever asks, or whoever looks like somebody, is found where it is asked for strangers: in debug builds.

use std::future::{Ready, ready};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use actix_web::http::header;
use actix_web::test::TestRequest;
use cors_actix::{
    CarelessSource, Cors, Observer, Origin, PolicyDraft, PolicyName, RuleDraft, Source, SourceAnswer, testing,
};
use cors_tests::service::from;

use crate::source::{STRANGER, TENANT, Tenants, allowed, app, denied, draft, get, options, rejected, send};

type Verdict = Ready<Result<bool, &'static str>>;

/// A source that knows by this.
fn by(knows: impl Fn(&str) -> bool + Send + Sync + 'static) -> Source {
    Source::new(move |origin: Origin| -> Verdict { ready(Ok(knows(origin.as_str()))) })
}

#[derive(Clone, Default)]
struct Careless(Arc<Mutex<Vec<(String, bool, String)>>>);

impl Observer for Careless {
    fn careless(&self, policy: PolicyName, source: &CarelessSource) {
        assert_eq!(policy.to_string(), "tenants");
        let told = (source.origin().to_owned(), source.with_credentials(), source.to_string());
        self.0.lock().unwrap().push(told);
    }
}

fn observed(
    draft: PolicyDraft,
    source: Source,
) -> (Cors, cors_actix::SourceHandle, impl Fn() -> Vec<(String, bool, String)>) {
    let careless = Careless::default();
    let (cors, handle) = Cors::with_source(draft, source).unwrap();
    let cors = cors.name("tenants").observer(careless.clone());
    (cors, handle, move || std::mem::take(&mut *careless.0.lock().unwrap()))
}

/// The closure that whoever moves an `allowed_origin_fn` here writes.
#[actix_web::test]
async fn a_source_that_allows_whoever_asks_grants_nothing_by_credentials_and_says_why() {
    let (cors, _, told) = observed(draft(), by(|_| true));
    let app = app(&cors).await;
    for _ in 0..2 {
        for origin in ["https://evil.example", TENANT] {
            assert_eq!(get(&app, origin).await, denied());
            assert_eq!(options(&app, origin).await, rejected());
        }
    }
    let told = told();
    let [(origin, true, text)] = &told[..] else { panic!("it is told once: {told:?}") };
    assert!(origin.starts_with("https://probe-") && origin.ends_with(".invalid"), "{origin}");
    assert_eq!(
        *text,
        format!(
            "the source of origins allows whatever origin asks, {origin} too, and with credentials: every site can read what \
             belongs to your users. Name the origins that may"
        )
    );
    let refused: u64 =
        cors.counts().refused().filter(|(reason, _)| reason.code() == "careless-source").map(|(_, n)| n).sum();
    assert_eq!(refused, 8);
}

#[actix_web::test]
async fn without_credentials_it_is_told_what_to_write_where_all_may_read() {
    let (cors, _, told) = observed(PolicyDraft::new(), by(|_| true));
    let app = app(&cors).await;
    for origin in [TENANT, STRANGER] {
        let granted = vec![format!("access-control-allow-origin: {origin}"), "vary: origin".to_owned()];
        assert_eq!(get(&app, origin).await, (200, granted));
    }
    let told = told();
    let [(_, false, text)] = &told[..] else { panic!("it is told once: {told:?}") };
    assert!(text.contains("say so by `origins: \"*\"`"), "{text}");
}

#[actix_web::test]
async fn comparisons_of_a_part_are_found_and_those_of_whole_origins_are_not() {
    const APP: &str = "https://app.example.com";
    type Knows = fn(&str) -> bool;
    let rows: [(Knows, Option<&str>); 6] = [
        (|origin| origin.ends_with("example.com"), Some("it ends like an origin that it means")),
        (|origin| origin.starts_with(APP), Some("it begins like an origin that it means")),
        (|origin| origin.contains("example.com"), Some("it ends like an origin that it means")),
        (|origin| origin == APP, None),
        (|origin| origin.ends_with(".example.com"), None),
        (|origin| Origin::parse(origin).is_ok_and(|origin| origin.host() == "app.example.com"), None),
    ];
    for (number, (knows, says)) in rows.into_iter().enumerate() {
        let (cors, _, told) =
            observed(PolicyDraft::new().credentials(true).expose_headers(["X-Request-Id"]), by(knows));
        let app = app(&cors).await;
        let expected = if says.is_some() { denied() } else { allowed(APP) };
        assert_eq!(get(&app, APP).await, expected, "{number}");
        match (says, &told()[..]) {
            (Some(says), [(_, true, text)]) => assert!(text.contains(says), "{number}: {text}"),
            (None, []) => {}
            (_, told) => panic!("{number}: {told:?}"),
        }

        let strangers = testing::source_strangers(by(knows), "", APP).await;
        assert!(strangers.to_string().contains(says.unwrap_or("no stranger is allowed")), "{strangers}");
        assert_eq!(strangers.allowed().is_empty(), says.is_none(), "{strangers}");
    }
}

#[actix_web::test]
async fn strangers_are_asked_for_under_the_key_of_the_request() {
    let knows =
        |origin: Origin, key: String| -> Verdict { ready(Ok(key == "public.example" || origin.as_str() == TENANT)) };
    let source = || Source::keyed(|request| request.host().map(Into::into), knows);
    let (cors, _, told) = observed(draft(), source());
    let app = app(&cors).await;
    let at = |host| from(TENANT, TestRequest::get()).insert_header((header::HOST, host));
    assert_eq!(send(&app, at("private.example")).await, allowed(TENANT));
    assert_eq!(told(), []);
    assert_eq!(send(&app, at("public.example")).await, denied());
    assert_eq!(told().len(), 1);
    assert_eq!(send(&app, at("private.example")).await, denied(), "nothing that such a source allows is granted");

    testing::source_strangers(source(), "private.example", TENANT).await.assert_refused();
    assert!(!testing::source_strangers(source(), "public.example", TENANT).await.allowed().is_empty());
}

#[actix_web::test]
async fn credentials_are_those_of_the_rule_that_the_source_names() {
    let rules = || [RuleDraft::new(), RuleDraft::new().credentials(true)];
    for (rule, is_denied) in
        [(SourceAnswer::Rule(0), false), (SourceAnswer::Rule(1), true), (SourceAnswer::Allow, true)]
    {
        let source = Source::new(move |_: Origin| ready(Ok::<_, &str>(rule)));
        let (cors, _, told) = observed(PolicyDraft::new().rules(rules()), source);
        let app = app(&cors).await;
        assert_eq!(get(&app, TENANT).await == denied(), is_denied, "{rule:?}");
        assert_eq!(told()[..].iter().map(|(_, with, _)| *with).collect::<Vec<_>>(), [is_denied], "{rule:?}");
    }
}

#[actix_web::test]
async fn a_stranger_with_credentials_is_found_after_one_without() {
    let asked = AtomicUsize::new(0);
    // The tenant, the first stranger, and the second one.
    let rules = [SourceAnswer::Rule(1), SourceAnswer::Rule(0), SourceAnswer::Rule(1)];
    let source = move |_: Origin| ready(Ok::<_, &str>(rules[asked.fetch_add(1, Ordering::Relaxed)]));
    let draft = PolicyDraft::new().rules([RuleDraft::new(), RuleDraft::new().credentials(true)]);
    let (cors, _, told) = observed(draft, Source::new(source).probes(true));
    assert_eq!(get(&app(&cors).await, TENANT).await, denied());
    assert_eq!(told()[..].iter().map(|(_, with, _)| *with).collect::<Vec<_>>(), [false, true]);
}

#[actix_web::test]
async fn another_policy_is_judged_anew() {
    let (cors, handle, told) = observed(draft(), by(|_| true));
    let app = app(&cors).await;
    assert_eq!(get(&app, TENANT).await, denied());
    assert_eq!(told().len(), 1);
    handle.replace(draft().credentials(false)).unwrap();
    assert!(get(&app, TENANT).await.1.contains(&format!("access-control-allow-origin: {TENANT}")));
    assert!(matches!(&told()[..], [(_, false, _)]));
    handle.replace(draft()).unwrap();
    assert_eq!(get(&app, TENANT).await, denied());
    assert_eq!(told().len(), 1);
    handle.replace(draft().credentials(false)).unwrap();
    get(&app, TENANT).await;
    assert!(matches!(&told()[..], [(_, false, _)]));
}

#[actix_web::test]
async fn only_a_debug_build_asks_for_strangers_and_only_where_the_source_allows() {
    let tenants = Tenants::of([TENANT]);
    for (probes, asked) in [(cfg!(debug_assertions), 3), (true, 3), (false, 1)] {
        let (cors, _) = Cors::with_source(draft(), tenants.source().probes(probes)).unwrap();
        let app = app(&cors).await;
        assert_eq!(get(&app, STRANGER).await, denied());
        assert_eq!(tenants.asked(), [STRANGER]);
        for _ in 0..2 {
            assert_eq!(get(&app, TENANT).await, allowed(TENANT));
        }
        let questions = tenants.asked();
        assert_eq!((questions[0].as_str(), questions.len()), (TENANT, asked), "{questions:?}");
        assert!(questions[1..].iter().all(|asked| asked.contains("probe-")), "{questions:?}");
    }
    // Release builds ask nothing unless told.
    let (cors, _) = Cors::with_source(draft(), by(|_| true).probes(false)).unwrap();
    assert_eq!(get(&app(&cors).await, TENANT).await, allowed(TENANT));
}
