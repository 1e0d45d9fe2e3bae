//! What stands between two policies: middleware that waits, asks twice, or keeps answers; and services that are built late.

use std::future::{Ready, ready};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_service::always_ready;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::{Method, header};
use actix_web::middleware::{Next, from_fn};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpResponse, web};
use cors_actix::{Cors, cors_policy};
use cors_tests::cors_of;
use cors_tests::service::{ALLOWED, REFUSED, from, respond};

const OUTER: Cors = cors_policy! {
    origins: ["https://app.example.com", "https://evil.example"], methods: [DELETE],
};
const PUBLIC: Cors = cors_policy! { origins: "*" };
const INNER: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };
const REFUSED_VARY: [&str; 1] = ["vary: origin"];

async fn waits(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    actix_web::rt::task::yield_now().await;
    next.call(request).await
}

/// Middleware that tries again.
struct Twice;

struct TwiceService<S>(Rc<S>);

impl<S, B> Transform<S, ServiceRequest> for Twice
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Transform = TwiceService<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, Self::InitError>>;

    fn new_transform(&self, service: S) -> Self::Future {
        ready(Ok(TwiceService(Rc::new(service))))
    }
}

impl<S, B> Service<ServiceRequest> for TwiceService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
{
    type Response = ServiceResponse<B>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Error>>>>;

    always_ready!();

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let service = Rc::clone(&self.0);
        Box::pin(async move {
            let (request, response) = service.call(request).await?.into_parts();
            assert_eq!(response.status(), 403);
            service.call(ServiceRequest::from_request(request)).await
        })
    }
}

/// A handler that counts.
fn counting() -> (Arc<AtomicUsize>, actix_web::Route) {
    let ran = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&ran);
    let handler = move || {
        counted.fetch_add(1, Ordering::Relaxed);
        std::future::ready(HttpResponse::Ok())
    };
    (ran, web::to(handler))
}

#[actix_web::test]
async fn a_policy_that_is_asked_later_is_still_inside() {
    let (ran, handler) = counting();
    let scope = web::scope("").wrap(INNER).default_service(handler);
    let app = init_service(App::new().service(scope).wrap(from_fn(waits)).wrap(OUTER)).await;
    for (request, status, granted) in [
        (
            from(ALLOWED, TestRequest::get()),
            200,
            &["access-control-allow-origin: https://app.example.com", "vary: origin"][..],
        ),
        (from(REFUSED, TestRequest::get()), 403, &REFUSED_VARY),
        (from(ALLOWED, TestRequest::delete()), 403, &REFUSED_VARY),
    ] {
        let response = respond(&app, request).await;
        assert_eq!(
            (response.status().as_u16(), cors_of(response.headers())),
            (status, granted.iter().map(ToString::to_string).collect())
        );
    }
    assert_eq!(ran.load(Ordering::Relaxed), 1);
}

#[actix_web::test]
async fn a_request_that_is_tried_again_is_refused_again() {
    let (ran, handler) = counting();
    let scope = web::scope("").wrap(INNER).default_service(handler);
    let app = App::new().service(scope).wrap(Twice);
    let app = init_service(app.wrap(OUTER)).await;
    for request in [from(ALLOWED, TestRequest::delete()), from(REFUSED, TestRequest::get())] {
        let response = respond(&app, request).await;
        assert_eq!(
            (response.status().as_u16(), cors_of(response.headers())),
            (403, REFUSED_VARY.map(str::to_owned).to_vec())
        );
    }
    assert_eq!(ran.load(Ordering::Relaxed), 0);
}

#[actix_web::test]
async fn a_policy_inside_two_others_must_grant_too() {
    let (ran, handler) = counting();
    let app = App::new().service(web::scope("").wrap(INNER).default_service(handler));
    let app = init_service(app.wrap(PUBLIC).wrap(PUBLIC.name("outermost"))).await;
    for (request, status, granted) in [
        (
            from(ALLOWED, TestRequest::get()),
            200,
            &["access-control-allow-origin: https://app.example.com", "vary: origin"][..],
        ),
        (from(REFUSED, TestRequest::get()), 403, &REFUSED_VARY),
    ] {
        let response = respond(&app, request).await;
        assert_eq!(
            (response.status().as_u16(), cors_of(response.headers())),
            (status, granted.iter().map(ToString::to_string).collect())
        );
    }
    assert_eq!(ran.load(Ordering::Relaxed), 1);
}

/// Otherwise a cache outside of both would hand out to everybody what the inner policy grants to one.
#[actix_web::test]
async fn a_response_in_place_of_the_inner_one_varies_by_what_the_inner_policy_varies_by() {
    let app = App::new().service(web::scope("").wrap(INNER).default_service(web::to(HttpResponse::Ok)));
    let app = app.wrap_fn(|request, service| {
        let response = service.call(request);
        async move { response.await.and_then(|_| Err::<ServiceResponse, _>(ErrorUnauthorized("no"))) }
    });
    let app = init_service(app.wrap(PUBLIC)).await;
    let response = respond(&app, from(ALLOWED, TestRequest::get())).await;
    assert_eq!(cors_of(response.headers()), ["access-control-allow-origin: https://app.example.com", "vary: origin"]);
}

/// SRV-30: otherwise a cache between the two would hand out to everybody what the inner policy grants to one.
#[actix_web::test]
async fn what_an_inner_policy_varies_by_is_seen_between_the_two() {
    let scope = web::scope("")
        .wrap_fn(|request, service| {
            let fails = request.path() == "/fails";
            let response = service.call(request);
            async move { if fails { Err(ErrorUnauthorized("no")) } else { response.await } }
        })
        .wrap(INNER)
        .default_service(web::to(HttpResponse::Ok));
    let app = App::new().service(scope).wrap_fn(|request, service| {
        let response = service.call(request);
        async move {
            let varies = |response: &HttpResponse| {
                let vary = response.headers().get(header::VARY);
                assert_eq!(vary.map(|value| value.as_bytes()), Some(&b"Origin"[..]));
            };
            let response = response.await.inspect_err(|error| varies(&error.error_response()))?;
            let response = response.map_into_boxed_body();
            varies(response.response());
            Ok(response)
        }
    });
    let app = init_service(app.wrap(PUBLIC)).await;
    for path in ["/ok", "/fails"] {
        let response = respond(&app, from(ALLOWED, TestRequest::get().uri(path))).await;
        assert_eq!(
            cors_of(response.headers()),
            ["access-control-allow-origin: https://app.example.com", "vary: origin"]
        );
    }
}

/// A service is built for each request, as for a tenant, while others serve.
#[actix_web::test]
async fn a_policy_that_is_built_while_others_serve_is_seen() {
    let (ran, handler) = counting();
    let service: Rc<_> = Rc::new(init_service(App::new().default_service(handler)).await);
    let app = App::new().default_service(web::to(HttpResponse::Ok)).wrap_fn(move |request, _| {
        let service = Rc::clone(&service);
        async move {
            let (http, _) = request.into_parts();
            let inner = actix_service::fn_service(move |request: ServiceRequest| {
                let service = Rc::clone(&service);
                async move {
                    let (http, _) = request.into_parts();
                    let asked = TestRequest::with_uri(http.path()).method(http.method().clone()).to_request();
                    let response = service.call(asked).await?;
                    Ok::<_, Error>(ServiceResponse::new(http, response.into_parts().1))
                }
            });
            let inner = actix_service::ServiceFactory::new_service(&inner, ()).await.expect("it is made");
            let inner = INNER.new_transform(inner).await.expect("it is made");
            inner.call(ServiceRequest::from_request(http)).await
        }
    });
    let app = init_service(app.wrap(OUTER)).await;
    // By the first request nobody knows yet that there is one.
    respond(&app, TestRequest::get()).await;
    for _ in 0..2 {
        let response = respond(&app, from(ALLOWED, TestRequest::default().method(Method::DELETE))).await;
        assert_eq!(
            (response.status().as_u16(), cors_of(response.headers())),
            (403, REFUSED_VARY.map(str::to_owned).to_vec())
        );
    }
    assert_eq!(ran.load(Ordering::Relaxed), 1, "of the first request");
}
