//! Policies inside each other: whoever refuses says so, and what they disagree about is said once a pair.

use actix_web::http::Method;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, web};
use cors_actix::{Cors, Denial, PolicyDraft, RuleDraft};
use cors_tests::log::lines_of;
use cors_tests::service::{ALLOWED, REFUSED, from, preflight, respond};

fn cors(name: &'static str, origins: &[&str], methods: &[&str]) -> Cors {
    let draft = PolicyDraft::new().origins(origins).methods(methods);
    Cors::new(draft.validate().expect("a policy")).name(name)
}

fn counted(cors: &Cors) -> (u64, Vec<(Denial, u64)>) {
    let counts = cors.counts();
    (counts.granted(), counts.refused().filter(|(_, count)| *count > 0).collect())
}

/// What is logged for these requests, and how often the handler ran.
async fn lines(outer: &Cors, inner: &Cors, requests: Vec<TestRequest>) -> Vec<String> {
    lines_of(async {
        let scope = web::scope("/x").wrap(inner.clone()).default_service(web::to(async || "handled"));
        let app = init_service(App::new().wrap(outer.clone()).service(scope)).await;
        for request in requests {
            respond(&app, request.uri("/x/y")).await;
        }
    })
    .await
}

#[actix_web::test]
async fn whoever_refuses_says_so_and_nobody_else() {
    let both = [ALLOWED, REFUSED];
    for (outer, inner, refusing) in [
        (&both[..], &both[..1], vec!["inner"]),
        (&both[..1], &both[..], vec!["outer"]),
        (&both[..1], &both[..1], vec!["outer", "inner"]),
        (&both[..], &both[..], vec![]),
    ] {
        let (outer, inner) = (cors("outer", outer, &[]), cors("inner", inner, &[]));
        let lines = lines(&outer, &inner, vec![from(REFUSED, TestRequest::get())]).await;
        let refusals: Vec<_> = lines.iter().filter(|line| line.contains("refused by CORS")).collect();
        let named: Vec<_> =
            refusals.iter().filter_map(|line| line.split("policy=").nth(1)?.split(' ').next()).collect();
        assert_eq!(named, refusing, "{lines:?}");
        let refused = vec![(Denial::OriginNotListed, 1)];
        for (cors, name) in [(&outer, "outer"), (&inner, "inner")] {
            let expected = if refusing.contains(&name) { refused.clone() } else { vec![] };
            assert_eq!(counted(cors), (u64::from(refusing.is_empty()), expected), "{name}");
        }
    }
}

#[actix_web::test]
async fn a_method_that_only_the_outer_policy_lists_is_refused_by_the_inner_one() {
    let (outer, inner) = (cors("outer", &[ALLOWED], &["DELETE"]), cors("inner", &[ALLOWED], &["PUT"]));
    let delete = from(ALLOWED, TestRequest::default().method(Method::DELETE));
    let lines = lines(&outer, &inner, vec![delete]).await;
    let refused: Vec<&String> = lines.iter().filter(|line| line.contains("refused by CORS")).collect();
    let [line] = refused[..] else { panic!("{lines:?}") };
    for part in
        ["policy=inner", "reason=\"method-not-listed\"", "if pages of that origin may send it, add DELETE to `methods`"]
    {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert_eq!(counted(&outer), (0, vec![]));
    assert_eq!(counted(&inner), (0, vec![(Denial::MethodNotListed, 1)]));
}

#[actix_web::test]
async fn what_two_policies_disagree_about_is_said_once_a_pair_with_what_to_do() {
    let outer = Cors::new(PolicyDraft::new().origins("*").methods(["PATCH"]).validate().expect("a policy")).name("app");
    let draft = PolicyDraft::new().origins([ALLOWED]).credentials(true).methods(["PUT"]);
    let inner = Cors::new(draft.validate().expect("a policy")).name("admin");
    let requests = || vec![TestRequest::get(), from(ALLOWED, TestRequest::get()), from(ALLOWED, TestRequest::get())];
    let lines = lines(&outer, &inner, requests()).await;
    let [line, rest @ ..] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(
        line.contains("WARN cors_actix: the policy admin stands inside the policy app, and a request must pass both"),
        "{line}"
    );
    assert_eq!(rest.iter().filter(|line| line.contains("WARN")).count(), 0, "{lines:?}");
    let text = lines.join("\n");
    for part in [
        "note: admin grants credentials, methods PUT, which app does not, so that is not in force",
        "note: app answers the preflights and lets pass methods PATCH, which admin does not grant",
        "help: do not wrap app around admin: wrap each of them around scopes of its own",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[actix_web::test]
async fn each_pair_of_rules_that_disagree_is_said() {
    let rule = |origin, method| RuleDraft::new().origins([origin]).methods([method]);
    let draft = PolicyDraft::new().rules([rule(ALLOWED, "PUT"), rule(REFUSED, "DELETE")]);
    let outer = Cors::new(draft.validate().expect("a policy")).name("outer");
    let inner = cors("inner", &[ALLOWED, REFUSED], &["PATCH"]);
    let requests = [ALLOWED, REFUSED, ALLOWED].map(|origin| from(origin, TestRequest::get()));
    let lines = lines(&outer, &inner, requests.into()).await;
    assert_eq!(lines.iter().filter(|line| line.contains("WARN")).count(), 2, "{lines:?}");
}

#[actix_web::test]
async fn policies_that_agree_say_nothing() {
    let (outer, inner) = (cors("outer", &[ALLOWED], &["PUT"]), cors("inner", &[ALLOWED], &["PUT"]));
    let requests = vec![from(ALLOWED, TestRequest::get()), preflight(ALLOWED, "/x/y"), TestRequest::get()];
    assert_eq!(lines(&outer, &inner, requests).await, [] as [&str; 0]);
    assert_eq!(counted(&outer), (2, vec![]), "the request and the preflight");
    assert_eq!(counted(&inner), (1, vec![]), "it never sees the preflight");
}

#[actix_web::test]
async fn that_nothing_more_is_said_of_policies_that_disagree_is_said_once() {
    let outer = |method: String| PolicyDraft::new().origins("*").methods([method]).validate().expect("a policy");
    let (app, handle) = Cors::replaceable(outer("M0".to_owned()));
    let inner = cors("inner", &[ALLOWED], &[]);
    let lines = lines_of(async {
        let scope = web::scope("/x").wrap(inner).default_service(web::to(async || "handled"));
        let app = init_service(App::new().wrap(app).service(scope)).await;
        for number in 1..=100 {
            respond(&app, from(ALLOWED, TestRequest::get()).uri("/x/y")).await;
            handle.replace(outer(format!("M{number}")));
        }
    })
    .await;
    let warnings: Vec<_> = lines.iter().filter(|line| line.contains("WARN")).collect();
    let [.., before, last] = warnings.as_slice() else { panic!("{lines:?}") };
    assert!(before.contains("stands inside the policy"), "{before}");
    assert!(last.contains("for 64 pairs of rules: whether others disagree is not said any more"), "{last}");
    assert_eq!(warnings.len(), 65);
}
