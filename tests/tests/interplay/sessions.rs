//! Sessions and identities: a preflight begins none, and who is not let in is told so in a way that the page can read.

use actix_identity::{Identity, IdentityMiddleware};
use actix_session::SessionMiddleware;
use actix_session::storage::CookieSessionStore;
use actix_web::cookie::Key;
use actix_web::{HttpMessage, HttpRequest, HttpResponse, web};

use crate::{ask, assert_grants, assert_preflights, server};

async fn log_in(request: HttpRequest) -> HttpResponse {
    match Identity::login(&request.extensions(), "somebody".to_owned()) {
        Ok(_) => HttpResponse::Ok().body("welcome"),
        Err(error) => HttpResponse::InternalServerError().body(error.to_string()),
    }
}

async fn who(identity: Identity) -> String {
    identity.id().unwrap_or_default()
}

#[test]
fn a_session_is_begun_by_the_request_and_not_by_its_preflight() {
    let key = Key::generate();
    let address = server(move |config| {
        let sessions =
            SessionMiddleware::builder(CookieSessionStore::default(), key.clone()).cookie_secure(false).build();
        let scope = web::scope("/app").wrap(IdentityMiddleware::default()).wrap(sessions);
        config.service(scope.route("/log-in", web::post().to(log_in)).route("/who", web::get().to(who)));
    });
    assert_preflights(address, "/app/log-in");
    assert_grants(address, "GET", "/app/who", &[], 401, "origin");
    assert_grants(address, "POST", "/app/log-in", &[("Content-Length", "0")], 200, "origin");
    let reply = ask(address, "POST", "/app/log-in", &[("Content-Length", "0")]);
    let cookie = String::from_utf8(reply.value("set-cookie").expect("a cookie").to_vec()).expect("a text");
    let cookie = cookie.split(';').next().expect("a value");
    assert_grants(address, "GET", "/app/who", &[("Cookie", cookie)], 200, "origin");
    assert_eq!(ask(address, "GET", "/app/who", &[("Cookie", cookie)]).body, b"somebody");
    assert_preflights(address, "/app/who");
}
