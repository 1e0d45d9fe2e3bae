//! Whoever depends on `cors-actix` alone can name every type that its methods take and give.

use std::sync::{Arc, Mutex};

use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::testing::{At, Blocked, Browser, ResponseType, ScriptRequest, Verdict};
use cors_actix::{
    Advice, Comparison, Cors, Decided, Difference, HostRelation, Nearest, NestingConflict, Observer, Origin,
    OriginPattern, OriginPatternRef, Origins, PolicyName, cors_policy,
};
use cors_tests::service::{ALLOWED, REFUSED, from, respond};

const BOTH: Cors = cors_policy! { origins: ["https://app.example.com", "https://evil.example"] }.name("both");
const ONE: Cors = cors_policy! { origins: ["https://app.example.com"] }.name("one");

const OTHER_PORT: &str = "https://app.example.com:8443";

#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Observer for Told {
    fn decided(&self, decided: &Decided<'_>) {
        let advice: Option<Advice> = decided.advice();
        let nearest: Option<&Nearest> = advice.as_ref().and_then(Advice::nearest);
        let difference: Option<Difference> = nearest.map(Nearest::difference);
        self.0.lock().unwrap().push(format!("{decided:?} {difference:?}"));
    }

    fn nested(&self, outer: PolicyName, inner: PolicyName, conflict: &NestingConflict) {
        self.0.lock().unwrap().push(conflict.text(outer, inner).lines().next().unwrap_or_default().to_owned());
    }
}

#[actix_web::test]
async fn an_observer_is_given_advice_and_conflicts() {
    let told = Told::default();
    let scope = web::scope("/x").wrap(ONE.observer(told.clone())).default_service(web::to(async || "handled"));
    let app = init_service(App::new().wrap(BOTH).service(scope)).await;
    respond(&app, from(REFUSED, TestRequest::get()).uri("/x/y")).await;
    respond(&init_service(App::new().wrap(ONE.observer(told.clone()))).await, from(OTHER_PORT, TestRequest::get()))
        .await;
    let told = told.0.lock().unwrap();
    let decided = |origin: &str| {
        format!(
            "Decided {{ policy_name: \"one\", origin: Some({origin:?}), is_preflight: false, denial: Some(OriginNotListed), .. }}"
        )
    };
    let conflict = "the policy one stands inside the policy both, and a request must pass both".to_owned();
    assert_eq!(
        told.as_slice(),
        [conflict, format!("{} None", decided(REFUSED)), format!("{} Some(Port)", decided(OTHER_PORT))]
    );
}

#[actix_web::test]
async fn patterns_and_verdicts_are_compared() {
    let origin = Origin::parse(REFUSED).expect("an origin");
    let pattern = OriginPattern::parse(ALLOWED).expect("a pattern");
    let comparison: Comparison = pattern.compare(&origin);
    assert_eq!(comparison.host(), HostRelation::Unrelated);

    let policy = BOTH.policy();
    let Origins::Listed(list) = policy.rules()[0].origins() else { panic!("a list") };
    let items: Vec<OriginPatternRef<'_>> = list.iter().collect();
    assert_eq!(items[0].as_str(), ALLOWED);

    let app = init_service(App::new().wrap(ONE)).await;
    let request = ScriptRequest::new("https://api.example.com/");
    let readable = Browser::at(ALLOWED).fetch(&app, request.clone()).await;
    assert!(matches!(readable.verdict(), Verdict::Readable(readable) if readable.response_type == ResponseType::Cors));
    let blocked = Browser::at(REFUSED).fetch(&app, request).await;
    let Verdict::Blocked(blocked) = blocked.verdict() else { panic!("{blocked}") };
    let Blocked { at, .. } = &**blocked;
    assert_eq!(*at, At::Actual);
}
