//! Apps that are right.

use actix_web::test::init_service;
use actix_web::{App, HttpRequest, HttpResponse, web};
use cors_actix::testing::{Body, Browser, CredentialsMode, Engine, Response, ScriptRequest};
use cors_actix::{Cors, cors_policy};
use cors_tests::service::{ALLOWED, CORS, GRANTED, PREFLIGHT_GRANTED, REFUSED};

use crate::{cors_of, methods, put_with_cookies, request};

const PUBLIC: Cors = cors_policy! { origins: "*", allow_headers: "*" };

#[actix_web::test]
async fn a_simple_get_is_read_by_the_pages_that_the_policy_names() {
    let app = init_service(App::new().wrap(CORS).route("/notes", web::get().to(HttpResponse::Ok))).await;
    let outcome = Browser::at("https://App.example.com/cart?x#y").fetch(&app, request("/notes")).await;
    outcome.assert_readable();
    assert_eq!((outcome.status(), methods(&outcome)), (200, vec!["GET"]));

    for mut stranger in [Browser::at(REFUSED), Browser::opaque()] {
        stranger.fetch(&app, request("/notes")).await.assert_blocked("allow-origin-missing");
    }
}

#[actix_web::test]
async fn an_error_is_readable_too() {
    let app = init_service(App::new().wrap(CORS)).await;
    assert_eq!(Browser::at(ALLOWED).fetch(&app, request("/nowhere")).await.status(), 404);
}

#[actix_web::test]
async fn a_page_can_put_with_cookies() {
    let cookie = async |request: HttpRequest| match request.headers().get("Cookie") {
        Some(cookie) if cookie == "session=7" => HttpResponse::Ok(),
        _ => HttpResponse::Unauthorized(),
    };
    let app = init_service(App::new().wrap(CORS).route("/notes/1", web::put().to(cookie))).await;
    let outcome = Browser::at(ALLOWED).cookies("session=7").fetch(&app, put_with_cookies("/notes/1")).await;

    assert_eq!(outcome.status(), 200);
    let [preflight, actual] = outcome.exchanges() else { panic!("{outcome}") };
    assert_eq!(preflight.request.header("Cookie"), None);
    assert_eq!(cors_of(preflight), PREFLIGHT_GRANTED);
    assert_eq!(actual.request.header("Cookie"), Some(b"session=7".as_slice()));
    assert_eq!(cors_of(actual), [GRANTED.as_slice(), &["vary: origin"]].concat());

    let without = put_with_cookies("/notes/1").credentials(CredentialsMode::Omit);
    assert_eq!(Browser::at(ALLOWED).cookies("session=7").fetch(&app, without).await.status(), 401);
}

#[actix_web::test]
async fn a_body_reaches_the_handler() {
    let cors = cors_policy! { origins: ["https://app.example.com"], allow_headers: ["Content-Type"] };
    let join = async |note: web::Json<Vec<String>>| HttpResponse::Ok().content_type(note.join("/")).finish();
    let echo = async |text: String| HttpResponse::Ok().content_type(text).finish();
    let app = App::new().wrap(cors).route("/json", web::post().to(join)).route("/text", web::post().to(echo));
    let app = init_service(app).await;
    let mut page = Browser::at(ALLOWED);

    let json = request("/json").method("POST").header("Content-Type", "application/json");
    let outcome = page.fetch_with_body(&app, json, r#"["milk", "bread"]"#).await;
    assert_eq!(outcome.readable_header("Content-Type").as_deref(), Some("milk/bread"), "{outcome}");
    assert_eq!(methods(&outcome), ["OPTIONS", "POST"]);

    let text = request("/text").method("POST").body(Body::Text);
    let outcome = page.fetch(&app, text.clone()).await;
    assert_eq!(outcome.readable_header("Content-Type").as_deref(), Some("body"), "{outcome}");
    assert_eq!(methods(&outcome), ["POST"]);

    let outcome = page.fetch(&app, text.body(Body::None)).await;
    assert_eq!(outcome.readable_header("Content-Type").as_deref(), Some(""), "{outcome}");
}

#[actix_web::test]
async fn exposed_headers_are_visible_and_others_are_hidden() {
    let note = async || {
        let mut response = HttpResponse::Ok();
        response.append_header(("X-Request-Id", "7")).append_header(("X-Request-Id", "caf\u{e9}"));
        response.insert_header(("X-Shard", "4")).insert_header(("Cache-Control", "no-store")).finish()
    };
    let app = init_service(App::new().wrap(CORS).route("/note", web::get().to(note))).await;
    let outcome = Browser::at(ALLOWED).fetch(&app, request("/note")).await;
    // UTF-8, read as one character for each byte.
    assert_eq!(outcome.readable_header("x-request-id").as_deref(), Some("7, caf\u{c3}\u{a9}"));
    assert_eq!(outcome.readable_header("Cache-Control").as_deref(), Some("no-store"));
    assert_eq!((outcome.readable_header("X-Shard"), outcome.readable_header("X-None")), (None, None));

    let own = Browser::at("https://api.example.com").fetch(&app, request("/note")).await;
    assert_eq!(own.readable_header("X-Shard").as_deref(), Some("4"));
}

#[actix_web::test]
async fn a_public_policy_is_for_pages_without_cookies() {
    let app = init_service(App::new().wrap(PUBLIC).route("/", web::get().to(HttpResponse::Ok))).await;
    for mut page in [Browser::at(REFUSED), Browser::opaque()] {
        let outcome = page.fetch(&app, request("/")).await;
        assert_eq!(cors_of(&outcome.exchanges()[0]), ["access-control-allow-origin: *"]);
        outcome.assert_readable();
        let with_cookies = request("/").credentials(CredentialsMode::Include);
        page.fetch(&app, with_cookies).await.assert_blocked("wildcard-with-credentials");
    }
}

#[actix_web::test]
async fn engines_differ_where_they_were_seen_to() {
    let app = init_service(App::new().wrap(PUBLIC)).await;
    let request = || request("/").header("Authorization", "Bearer 7");
    Browser::at(ALLOWED).fetch(&app, request()).await.assert_blocked("header-not-allowed");
    for engine in [Engine::Chromium, Engine::Firefox, Engine::WebKit] {
        Browser::at(ALLOWED).engine(engine).fetch(&app, request()).await.assert_readable();
    }
}

#[actix_web::test]
async fn the_servers_own_pages_pass_a_policy_that_rejects() {
    let cors = cors_policy! { origins: ["https://app.example.com"], on_denied: reject };
    let app = init_service(App::new().wrap(cors).route("/", web::post().to(HttpResponse::Ok))).await;
    let post = || request("/").method("POST");
    assert_eq!(Browser::at("https://api.example.com").fetch(&app, post()).await.status(), 200);
    Browser::at("https://api.example.com:8443").fetch(&app, post()).await.assert_blocked("allow-origin-missing");
}

#[actix_web::test]
async fn redirects_lead_to_the_app_or_elsewhere() {
    let app = App::new()
        .wrap(CORS)
        .service(web::redirect("/old", "/new"))
        .service(web::redirect("/login", "https://login.example.com:8443/?next=/"))
        .service(web::redirect("/twin", "https://twin.example.com/new"))
        .route("/new", web::get().to(HttpResponse::Ok));
    let app = init_service(app).await;
    let consents = Response::new(203).header("Access-Control-Allow-Origin", "*");
    let mut page = Browser::at(ALLOWED)
        .elsewhere("login.example.com", Response::new(200))
        .elsewhere("login.example.com:8443", consents);

    assert_eq!(page.fetch(&app, request("/old")).await.status(), 200);
    assert_eq!(page.fetch(&app, request("/login")).await.status(), 203);
    // The app of another host sees `null`, for the origin went through api.example.com.
    let outcome = page.fetch(&app, request("/twin")).await;
    outcome.assert_blocked("allow-origin-missing");
    assert_eq!(outcome.exchanges()[1].request.header("Origin"), Some(b"null".as_slice()));
}

#[actix_web::test]
async fn the_app_gets_scheme_host_path_query_and_every_line() {
    let show = async |request: HttpRequest| {
        let (connection, query) = (request.connection_info().clone(), request.query_string().to_owned());
        let host = request.headers().get("Host").and_then(|host| host.to_str().ok()).unwrap_or_default();
        let tokens = request.headers().get_all("X-Token").count();
        let seen =
            [connection.scheme(), connection.host(), host, request.path(), &query, &tokens.to_string()].join(" ");
        HttpResponse::Ok().content_type(seen).finish()
    };
    let app = init_service(App::new().wrap(CORS).default_service(web::to(show))).await;
    for (url, seen) in [
        ("https://api.example.com/a%20b?c=d&e", "https api.example.com api.example.com /a%20b c=d&e 2"),
        ("http://localhost:8080", "http localhost:8080 localhost:8080 /  2"),
    ] {
        let request = ScriptRequest::new(url).header("X-Token", "7").header("X-Token", "8");
        let outcome = Browser::at(ALLOWED).fetch(&app, request).await;
        assert_eq!(outcome.readable_header("Content-Type").as_deref(), Some(seen), "{outcome}");
    }
}

#[actix_web::test]
async fn what_is_no_http_is_refused_before_the_app() {
    let app = init_service(App::new().wrap(CORS).default_service(web::to(HttpResponse::Ok))).await;
    let outcome = Browser::at(ALLOWED).fetch(&app, request("/").header("X-Token", "\u{1}")).await;
    outcome.assert_blocked("allow-origin-missing");
    assert_eq!(outcome.exchanges()[1].response, Response::new(400));
}

#[actix_web::test]
async fn what_another_host_answers_is_no_mistake_of_the_app_or_its_policy() {
    let app = App::new().wrap(CORS).service(web::redirect("/me", "https://login.example.com/"));
    let app = init_service(app).await;
    let mut page = Browser::at(ALLOWED).policy(&CORS.policy()).elsewhere("login.example.com", Response::new(401));
    let told = page.fetch(&app, ScriptRequest::new("https://api.example.com/me")).await.to_string();
    assert!(told.contains("allow-origin-missing"), "{told}");
    assert!(!told.contains("in the policy") && !told.contains("wrap the policy"), "{told}");
}
