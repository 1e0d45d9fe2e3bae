//! Sources that see whom a request addresses.

use std::borrow::Cow;
use std::sync::{Arc, Mutex};

use actix_web::http::header;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Addressed, Cors, Denial, Origin, PolicyDraft, Rejection, RuleDraft, Source, SourceAnswer};
use cors_tests::service::{from, preflight};
use futures_util::FutureExt;

use crate::source::{allowed, cors_of_source, denied, draft, held, preflight_allowed, rejected, send, told};

const ACME: &str = "https://app.acme.example";
const OTHER: &str = "https://app.other.example";

/// The longest key that there is.
const LONGEST: usize = 128;

type Asked = Arc<Mutex<Vec<String>>>;

/// Each tenant's pages may read what belongs to the tenant. Also what was asked.
fn knows() -> (impl Fn(Origin, String) -> std::future::Ready<Result<bool, &'static str>> + Send + Sync, Asked) {
    let asked = Asked::default();
    let kept = Arc::clone(&asked);
    let knows = move |origin: Origin, tenant: String| {
        kept.lock().unwrap().push(format!("{tenant}: {origin}"));
        std::future::ready(Ok(origin.as_str() == format!("https://app.{tenant}.example")))
    };
    (knows, asked)
}

fn by_host() -> (Source, Asked) {
    fn tenant(request: Addressed<'_>) -> Option<Cow<'_, str>> {
        Some(request.host_name()?.strip_suffix(".api.example")?.to_owned().into())
    }
    let (knows, asked) = knows();
    (Source::keyed(tenant, knows), asked)
}

#[actix_web::test]
async fn the_name_of_a_host_has_no_port_and_one_case() {
    let names = Asked::default();
    let kept = Arc::clone(&names);
    let source = Source::new(|_: Origin| std::future::ready(Ok::<_, &str>(false))).key(move |request| {
        kept.lock().unwrap().extend(request.host_name().map(Cow::into_owned));
        None
    });
    let app = crate::source::app(&cors_of_source(source).0).await;
    for host in ["api.example", "API.example:8080", "[2001:DB8::1]:80", "[2001:db8::1]", "localhost:"] {
        assert_eq!(send(&app, at(host, from(ACME, TestRequest::get()))).await, denied());
    }
    assert_eq!(taken(&names), ["api.example", "api.example", "[2001:db8::1]", "[2001:db8::1]", "localhost"]);
}

fn taken(asked: &Asked) -> Vec<String> {
    std::mem::take(&mut *asked.lock().unwrap())
}

fn at(host: &str, request: TestRequest) -> TestRequest {
    request.insert_header((header::HOST, host))
}

#[actix_web::test]
async fn tenants_that_differ_by_host_cannot_read_each_other() {
    let (source, asked) = by_host();
    let app = crate::source::app(&cors_of_source(source).0).await;
    for _ in 0..2 {
        for (tenant, own, other) in [("acme", ACME, OTHER), ("other", OTHER, ACME)] {
            let host = format!("{tenant}.api.example");
            assert_eq!(send(&app, at(&host, from(own, TestRequest::get()))).await, allowed(own));
            assert_eq!(send(&app, at(&host, preflight(own, "/"))).await, preflight_allowed(own));
            assert_eq!(send(&app, at(&host, from(other, TestRequest::get()))).await, denied());
            assert_eq!(send(&app, at(&host, preflight(other, "/"))).await, rejected());
        }
    }
    let each_once = [("acme", ACME), ("acme", OTHER), ("other", OTHER), ("other", ACME)];
    assert_eq!(taken(&asked), each_once.map(|(tenant, origin)| format!("{tenant}: {origin}")));
}

#[actix_web::test]
async fn tenants_that_differ_by_path_cannot_read_each_other() {
    fn by_path(request: Addressed<'_>) -> Option<Cow<'_, str>> {
        request.path().split('/').nth(1).map(Cow::from)
    }
    let (knows_by_path, asked_by_path) = knows();
    let (knows_by_name, asked_by_name) = knows();
    let (whole_app, _) = cors_of_source(Source::keyed(by_path, knows_by_path));
    let (scope, _) =
        cors_of_source(Source::keyed(|request| request.parameter("tenant").map(Into::into), knows_by_name));
    let notes = || web::scope("/{tenant}").route("/notes", web::get().to(HttpResponse::Ok));
    let around_app = init_service(App::new().service(notes()).wrap(whole_app)).await;
    let around_scope = init_service(App::new().service(notes().wrap(scope))).await;
    for _ in 0..2 {
        for (tenant, own, other) in [("acme", ACME, OTHER), ("other", OTHER, ACME)] {
            let uri = format!("/{tenant}/notes");
            let get = |origin| from(origin, TestRequest::get().uri(&uri));
            for (origin, actual, asking) in [(own, allowed(own), preflight_allowed(own)), (other, denied(), rejected())]
            {
                assert_eq!(send(&around_app, get(origin)).await, actual);
                assert_eq!(send(&around_app, preflight(origin, &uri)).await, asking);
                assert_eq!(send(&around_scope, get(origin)).await, actual);
                assert_eq!(send(&around_scope, preflight(origin, &uri)).await, asking);
            }
        }
    }
    assert_eq!((taken(&asked_by_path).len(), taken(&asked_by_name).len()), (4, 4));
}

#[actix_web::test]
async fn what_addresses_nobody_is_denied_and_nobody_is_asked() {
    let (source, asked) = by_host();
    let rejection = Rejection::new().respond_with(|_, denial| match denial {
        Denial::NobodyAddressed => HttpResponse::NotFound().finish(),
        _ => HttpResponse::Forbidden().finish(),
    });
    let (cors, _) = Cors::with_source(draft().on_denied("reject"), source).unwrap();
    let app = crate::source::app(&cors.rejection(rejection)).await;
    let (longest, longer) = ("a".repeat(LONGEST), "a".repeat(LONGEST + 1));
    for host in ["api.example", &format!("{longer}.api.example")] {
        assert_eq!(send(&app, at(host, from(ACME, TestRequest::get()))).await, (404, rejected().1), "{host}");
        assert_eq!(send(&app, at(host, preflight(ACME, "/"))).await, rejected(), "{host}");
        assert_eq!(send(&app, at(host, from("null", TestRequest::get()))).await, rejected(), "{host}");
    }
    let twice = at("acme.api.example", from(ACME, TestRequest::get())).append_header((header::HOST, "a.api.example"));
    assert_eq!(send(&app, twice).await, (404, rejected().1), "nobody knows which it is");
    assert_eq!(taken(&asked), [""; 0]);

    let host = format!("{longest}.api.example");
    assert_eq!(send(&app, at(&host, from(ACME, TestRequest::get()))).await, rejected());
    assert_eq!(taken(&asked), [format!("{longest}: {ACME}")]);
}

#[actix_web::test]
async fn an_origin_is_forgotten_under_one_key_or_under_all() {
    let (source, asked) = by_host();
    let (cors, handle) = cors_of_source(source);
    let app = crate::source::app(&cors).await;
    let (acme, other) = (Origin::parse(ACME).unwrap(), format!("other: {ACME}"));
    let ask_all = async || {
        assert_eq!(send(&app, at("acme.api.example", from(ACME, TestRequest::get()))).await, allowed(ACME));
        assert_eq!(send(&app, at("other.api.example", from(ACME, TestRequest::get()))).await, denied());
        assert_eq!(send(&app, at("other.api.example", from(OTHER, TestRequest::get()))).await, allowed(OTHER));
        taken(&asked)
    };
    let of_acme = format!("acme: {ACME}");
    assert_eq!(ask_all().await, [of_acme.clone(), other.clone(), format!("other: {OTHER}")]);
    assert_eq!(ask_all().await, [""; 0]);
    handle.forget(&acme);
    assert_eq!(ask_all().await, [of_acme, other.clone()]);
    handle.forget_under("other", &acme);
    assert_eq!(ask_all().await, [other]);
    handle.forget_under("nobody", &acme);
    assert_eq!(ask_all().await, [""; 0]);
    handle.replace(handle.policy().to_draft()).unwrap();
    assert_eq!(ask_all().await.len(), 3, "another policy may have other rules");
}

#[actix_web::test]
async fn an_origin_that_is_forgotten_under_all_keys_is_asked_anew_and_no_other() {
    let (source, mut questions) = held();
    let (cors, handle) = cors_of_source(source.key(|request| request.host().map(Into::into)));
    let app = crate::source::app(&cors).await;
    let asks = [("a.example", ACME), ("b.example", ACME), ("b.example", OTHER)];
    let mut responses = asks.map(|(host, origin)| Box::pin(send(&app, at(host, from(origin, TestRequest::get())))));
    responses.iter_mut().for_each(|response| assert!(response.as_mut().now_or_never().is_none()));
    handle.forget(&Origin::parse(ACME).unwrap());
    for origin in [ACME, ACME, OTHER] {
        let question = questions.try_recv().unwrap();
        assert_eq!(question.origin, origin);
        question.answer.send(Ok(true)).unwrap();
    }
    let ended = responses.each_mut().map(|response| response.as_mut().now_or_never());
    assert_eq!(ended, [None, None, Some(allowed(OTHER))]);
    for response in &mut responses[..2] {
        let question = questions.try_recv().unwrap();
        question.answer.send(Ok(false)).unwrap();
        assert_eq!(response.await, denied());
    }
}

#[actix_web::test]
async fn a_source_names_a_rule_of_the_policy_for_each_origin() {
    let source = |origin: Origin| async move {
        Ok::<_, &str>(match origin.host() {
            "reader.example" => SourceAnswer::Rule(0),
            "writer.example" => SourceAnswer::Rule(1),
            "tenant.example" => SourceAnswer::Allow,
            "nowhere.example" => SourceAnswer::Rule(3),
            _ => SourceAnswer::Deny,
        })
    };
    let rules = [
        RuleDraft::new().expose_headers(["ETag"]),
        RuleDraft::new().origins(["https://listed.example"]).credentials(true).methods(["PUT"]),
        RuleDraft::new().credentials(true),
    ];
    let (cors, _) = Cors::with_source(PolicyDraft::new().rules(rules), source).unwrap();
    let (cors, told) = told(cors);
    let app = crate::source::app(&cors).await;
    let granted = |status, origin: &str, others: &[&str]| {
        let mut lines: Vec<String> = others.iter().map(|line| (*line).to_owned()).collect();
        lines.extend([format!("access-control-allow-origin: {origin}"), "vary: origin".to_owned()]);
        lines.sort();
        (status, lines)
    };
    const CREDENTIALS: &str = "access-control-allow-credentials: true";
    for _ in 0..2 {
        for (origin, on_actual, on_preflight) in [
            ("https://reader.example", &["access-control-expose-headers: ETag"][..], &[][..]),
            ("http://reader.example", &["access-control-expose-headers: ETag"], &[]),
            ("https://writer.example", &[CREDENTIALS], &[CREDENTIALS, "access-control-allow-methods: PUT"]),
            ("https://tenant.example", &[CREDENTIALS], &[CREDENTIALS]),
        ] {
            assert_eq!(send(&app, from(origin, TestRequest::get())).await, granted(200, origin, on_actual));
            assert_eq!(send(&app, preflight(origin, "/")).await, granted(204, origin, on_preflight));
        }
        assert_eq!(told(), [""; 0]);
        for origin in ["http://writer.example", "http://tenant.example", "https://nowhere.example", "https://x.example"]
        {
            assert_eq!(send(&app, from(origin, TestRequest::get())).await, denied(), "{origin}");
            assert_eq!(send(&app, preflight(origin, "/")).await, rejected(), "{origin}");
        }
        let missing =
            "https://nowhere.example: the source named rule 3, counted from 0, and the policy does not have it";
        assert_eq!(told(), [missing; 2], "it is not remembered");
    }
}
