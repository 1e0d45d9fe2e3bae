//! What a browser remembers of preflights, from one fetch to the next.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::dev::Service;
use actix_web::http::Method;
use actix_web::test::init_service;
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::{Browser, Engine};
use cors_tests::service::{ALLOWED, CORS};

use crate::{methods, put, put_with_cookies};

#[actix_web::test]
async fn a_remembered_preflight_is_not_sent_again() {
    let (preflights, runs) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (counted, run) = (Arc::clone(&preflights), Arc::clone(&runs));
    let handler = move || {
        run.fetch_add(1, Ordering::Relaxed);
        async { HttpResponse::Ok().finish() }
    };
    let app = App::new().wrap(CORS).route("/x", web::put().to(handler)).wrap_fn(move |request, app| {
        counted.fetch_add(usize::from(request.method() == Method::OPTIONS), Ordering::Relaxed);
        app.call(request)
    });
    let app = init_service(app).await;
    let counts = || (preflights.load(Ordering::Relaxed), runs.load(Ordering::Relaxed));
    let mut page = Browser::at(ALLOWED);

    assert_eq!(methods(&page.fetch(&app, put_with_cookies("/x")).await), ["OPTIONS", "PUT"]);
    assert_eq!(methods(&page.fetch(&app, put_with_cookies("/x")).await), ["PUT"]);
    assert_eq!(counts(), (1, 2));

    page.advance(Duration::from_secs(599));
    assert_eq!(methods(&page.fetch(&app, put_with_cookies("/x")).await), ["PUT"]);
    page.advance(Duration::from_secs(1));
    assert_eq!(methods(&page.fetch(&app, put_with_cookies("/x")).await), ["OPTIONS", "PUT"]);
    assert_eq!(counts(), (2, 4));
}

#[actix_web::test]
async fn engines_remember_as_they_were_seen_to() {
    let app = init_service(App::new().wrap(CORS)).await;
    for (mut page, spared) in [(Browser::at(ALLOWED), true), (Browser::at(ALLOWED).engine(Engine::Firefox), false)] {
        page.fetch(&app, put_with_cookies("/x")).await.assert_readable();
        // What was permitted with credentials serves without them too, but in Firefox.
        let outcome = page.fetch(&app, put("/x")).await;
        assert_eq!(methods(&outcome) == ["PUT"], spared, "{outcome}");
    }
}
