//! A route has a policy of its own, and its guard on the method keeps the preflight from it.

use actix_web::{App, put, route};
use cors_actix::testing::Browser;
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const CORS: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };

#[put("/notes/{id}", wrap = "CORS")]
async fn guarded() -> &'static str {
    "saved"
}

#[route("/notes/{id}", method = "PUT", method = "OPTIONS", guard = "cors_actix::with_preflight::put", wrap = "CORS")]
async fn reachable() -> &'static str {
    "saved"
}

fn broken() -> App<impl Served> {
    App::new().service(guarded)
}

fn mended() -> App<impl Served> {
    App::new().service(reachable)
}

#[actix_web::test]
async fn the_kit_says_what_to_write_before_the_handler() {
    let put = || request("/notes/1").method("PUT");
    assert_eq!(
        story(&fetched(Browser::at(PAGE), broken(), put()).await),
        "\
        the answer to the preflight is blocked: allow-origin-missing (CHK-1), \
        https://fetch.spec.whatwg.org/#concept-cors-check\n\
        no CORS policy answered the preflight for PUT /notes/1: 404 Not Found came instead\n\
        help: wrap the resource, which has no guard:\n      \
        web::resource(\"/notes/1\").wrap(CORS).route(web::put().to(handler))\n\
        help: or let the preflights for PUT in:\n      \
        #[route(\"/notes/1\", method = \"PUT\", method = \"OPTIONS\", guard = \
        \"cors_actix::with_preflight::put\", wrap = \"CORS\")]\n\
        note: a preflight is an OPTIONS request, so a guard on the method keeps it out, and what is wrapped \
        inside the guard never sees it, as in `#[put(\"/notes/1\", wrap = \"CORS\")]` and \
        `web::put().to(handler).wrap(CORS)`\n\
        note: a guard on a header keeps it out too; and for a path without a service, only a policy around the whole app is asked"
    );
    assert_eq!(fetched(Browser::at(PAGE), mended(), put()).await.status(), 200);
}

#[test]
fn why_says_to_let_the_route_answer_options() {
    assert_eq!(
        asked(broken, "/notes/1", &["-X", "PUT"]),
        (
            1,
            "\
        blocked: the answer to the preflight of http://api/notes/1 has no Access-Control-Allow-Origin, so the \
        browser does not send the request\n\
        evidence: the preflight has no header of CORS, and no other answer of this server has one\n\
        help: add CORS to the server, before its routes and its authentication: it has to allow \
        https://app.example.com, the method PUT\n\
        help: or, if answers of this server have CORS already: answer OPTIONS of /notes/1 with 204 and the headers of \
        CORS; now it gets 404\n\
        help: if pages of https://app.example.com may read, send on the answer to the preflight\n    \
        Access-Control-Allow-Origin: https://app.example.com\n    \
        Vary: Origin\n    \
        Access-Control-Allow-Methods: PUT\n\
        then: the PUT goes out, and its answer decides; add --send to send it\n    \
        on the answer to the preflight of http://api/notes/1, with the status 204\n        \
        Access-Control-Allow-Origin: https://app.example.com\n        \
        Vary: Origin\n        \
        Access-Control-Allow-Methods: PUT\n\
        note: the answer to the request itself needs its own Access-Control-Allow-Origin, errors too\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_missing/ (CHK-1)"
                .to_owned()
        )
    );
    is_mended(asked(mended, "/notes/1", &["-X", "PUT", "--send"]));
}
