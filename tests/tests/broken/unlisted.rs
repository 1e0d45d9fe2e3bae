//! The browser says that it was blocked, the server logs 200, and nobody can see why: the origin is not on the list.

use actix_web::{App, web};
use cors_actix::testing::Browser;
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const BROKEN: Cors = cors_policy! { origins: ["https://app.example.com:8443"], methods: [PUT] };
const MENDED: Cors =
    cors_policy! { origins: ["https://app.example.com:8443", "https://app.example.com"], methods: [PUT] };

fn app(cors: Cors) -> App<impl Served> {
    App::new().wrap(cors).route("/notes", web::route().to(async || "notes"))
}

#[actix_web::test]
async fn the_kit_says_what_to_write_in_the_policy() {
    let page = Browser::at(PAGE).policy(&BROKEN.policy());
    assert_eq!(
        story(&fetched(page, app(BROKEN), request("/notes")).await),
        "\
        the answer is blocked: allow-origin-missing (CHK-1), https://fetch.spec.whatwg.org/#concept-cors-check\n\
        the answer of https://api.example.com/notes has no Access-Control-Allow-Origin, so the browser does not \
        show it to the page of https://app.example.com\n\
        help: if pages of https://app.example.com may read, write in the policy\n    \
        origins: [\"https://app.example.com:8443\", \"https://app.example.com\"],\n\
        note: origins[0] \"https://app.example.com:8443\" has another port"
    );
    fetched(Browser::at(PAGE), app(MENDED), request("/notes")).await.assert_readable();
}

#[test]
fn why_says_that_the_server_knows_others() {
    assert_eq!(
        asked(|| app(BROKEN), "/notes", &[]),
        (
            1,
            "\
        blocked: the answer of http://api/notes has no Access-Control-Allow-Origin, so the browser does not \
        show it to the page of https://app.example.com\n\
        evidence: a preflight has Vary: Origin, and no Access-Control-Allow-Origin\n\
        help: add https://app.example.com to the origins that the server allows\n\
        help: if pages of https://app.example.com may read, send on the answer\n    \
        Access-Control-Allow-Origin: https://app.example.com\n    \
        Vary: Origin\n\
        then: the page may read the answer\n\
        note: the answer has Vary: Origin, so the server looks at the origin: it knows others, and does not \
        list this one, or lists it with a slash at the end, a path, another scheme or another port\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_missing/ (CHK-1)"
                .to_owned()
        )
    );
    assert_eq!(
        asked(|| app(BROKEN), "/notes", &["-X", "PUT"]),
        (
            1,
            "\
        blocked: the answer to the preflight of http://api/notes has no Access-Control-Allow-Origin, so the \
        browser does not send the request\n\
        evidence: the preflight has the status 403, and without Origin 200\n\
        help: add https://app.example.com to the origins that the server allows: it refuses others\n\
        help: if pages of https://app.example.com may read, send on the answer to the preflight\n    \
        Access-Control-Allow-Origin: https://app.example.com\n    \
        Vary: Origin\n    \
        Access-Control-Allow-Methods: PUT\n\
        then: the PUT goes out, and its answer decides; add --send to send it\n    \
        on the answer to the preflight of http://api/notes, with the status 204\n        \
        Access-Control-Allow-Origin: https://app.example.com\n        \
        Access-Control-Allow-Methods: PUT\n\
        note: the answer has Vary: Origin, so the server looks at the origin: it knows others, and does not \
        list this one, or lists it with a slash at the end, a path, another scheme or another port\n\
        note: the answer to the request itself needs its own Access-Control-Allow-Origin, errors too\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/allow_origin_missing/ (CHK-1)"
                .to_owned()
        )
    );
    is_mended(asked(|| app(MENDED), "/notes", &[]));
    is_mended(asked(|| app(MENDED), "/notes", &["-X", "PUT", "--send"]));
}
