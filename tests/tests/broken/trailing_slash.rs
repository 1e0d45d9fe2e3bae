//! The origin is written with a slash at its end, which no browser sends: by hand, and to a middleware that takes any text.

use actix_web::http::header;
use actix_web::{App, HttpResponse, web};
use cors_actix::testing::Browser;
use cors_actix::{Cors, PolicyDraft, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const CORS: Cors = cors_policy! { origins: ["https://app.example.com"] };

fn by_hand() -> App<impl Served> {
    let notes = async || {
        let allowed = "https://app.example.com/";
        HttpResponse::Ok().insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed)).body("milk")
    };
    App::new().route("/notes", web::get().to(notes))
}

fn by_middleware() -> App<impl Served> {
    let cors = actix_cors::Cors::default().allowed_origin("https://app.example.com/");
    App::new().wrap(cors).route("/notes", web::get().to(async || "milk"))
}

fn mended() -> App<impl Served> {
    App::new().wrap(CORS).route("/notes", web::get().to(async || "milk"))
}

#[actix_web::test]
async fn the_kit_sees_the_slash_where_it_is_sent() {
    assert_eq!(
        story(&fetched(Browser::at(PAGE), by_hand(), request("/notes")).await),
        "\
        the answer is blocked: allow-origin-mismatch (CHK-3), https://fetch.spec.whatwg.org/#concept-cors-check\n\
        the answer of https://api.example.com/notes allows \"https://app.example.com/\", and the origin of the \
        page is \"https://app.example.com\": \"https://app.example.com/\" ends with a slash\n\
        help: if pages of https://app.example.com may read, send on the answer\n    \
        Access-Control-Allow-Origin: https://app.example.com\n    \
        Vary: Origin\n\
        note: browsers compare byte for byte, and allow one origin or * alone"
    );
    assert_eq!(
        story(&fetched(Browser::at(PAGE), by_middleware(), request("/notes")).await),
        "\
        the answer is blocked: allow-origin-missing (CHK-1), https://fetch.spec.whatwg.org/#concept-cors-check\n\
        the answer of https://api.example.com/notes has no Access-Control-Allow-Origin, so the browser does not \
        show it to the page of https://app.example.com\n\
        help: if pages of https://app.example.com may read, send on the answer\n    \
        Access-Control-Allow-Origin: https://app.example.com\n    \
        Vary: Origin\n\
        note: the answer has Vary: Origin, so the server looks at the origin: it knows others, and does not list \
        this one, or lists it with a slash at the end, a path, another scheme or another port"
    );
    fetched(Browser::at(PAGE), mended(), request("/notes")).await.assert_readable();
}

#[test]
fn a_policy_with_the_slash_is_refused() {
    let issues = PolicyDraft::new().origins(["https://app.example.com/"]).validate().expect_err("a mistake");
    assert!(
        issues
            .to_string()
            .contains("\"https://app.example.com/\" ends with a slash\n    help: write \"https://app.example.com\"\n"),
        "{issues}"
    );
}

#[test]
fn why_sees_the_slash_where_it_is_sent() {
    assert_eq!(
        asked(by_hand, "/notes", &[]),
        (
            1,
            "\
        blocked: the answer of http://api/notes allows \"https://app.example.com/\", and the origin of the \
        page is \"https://app.example.com\": \"https://app.example.com/\" ends with a slash\n\
        evidence: the answer to GET has Access-Control-Allow-Origin: https://app.example.com/\n\
        help: remove the slash at the end of https://app.example.com/ in the server's list: origins have none\n\
        help: if pages of https://app.example.com may read, send on the answer\n    \
        Access-Control-Allow-Origin: https://app.example.com\n    \
        Vary: Origin\n\
        then: the page may read the answer\n\
        note: browsers compare byte for byte, and allow one origin or * alone\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_mismatch/ (CHK-3)"
                .to_owned()
        )
    );
    assert_eq!(
        asked(by_middleware, "/notes", &[]),
        (
            1,
            "\
        blocked: the answer of http://api/notes has no Access-Control-Allow-Origin, so the browser does not \
        show it to the page of https://app.example.com\n\
        evidence: the answer to GET has Vary: Origin, and no Access-Control-Allow-Origin, so CORS is there and \
        does not allow the origin\n\
        evidence: the server allows https://app.example.com/, and does not allow https://app.example.com\n\
        evidence: the server is actix-cors, by body: Origin is not allowed to make this request\n\
        help: remove the slash at the end of the origin: `.allowed_origin(\"https://app.example.com\")` in \
        `Cors::default()`\n\
        then: the page may read the answer\n    \
        on the answer of http://api/notes\n        \
        Access-Control-Allow-Origin: https://app.example.com\n\
        note: the answer has Vary: Origin, so the server looks at the origin: it knows others, and does not \
        list this one, or lists it with a slash at the end, a path, another scheme or another port\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_missing/ (CHK-1)"
                .to_owned()
        )
    );
    is_mended(asked(mended, "/notes", &[]));
}
