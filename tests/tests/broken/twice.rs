//! A proxy adds the header that the server sends already.

use actix_web::dev::Service;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{App, web};
use cors_actix::testing::Browser;
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const CORS: Cors = cors_policy! { origins: ["https://app.example.com"] };

/// `add_header Access-Control-Allow-Origin *;` in front of the app.
fn broken() -> App<impl Served> {
    let app = App::new().wrap(CORS).wrap_fn(|request, app| {
        let response = app.call(request);
        async {
            let mut response = response.await?;
            let headers = response.headers_mut();
            headers.append(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            headers.insert(header::VIA, HeaderValue::from_static("1.1 proxy"));
            Ok(response)
        }
    });
    app.route("/notes", web::get().to(async || "milk"))
}

fn mended() -> App<impl Served> {
    App::new().wrap(CORS).route("/notes", web::get().to(async || "milk"))
}

#[actix_web::test]
async fn the_kit_says_that_one_has_to_go() {
    assert_eq!(
        story(&fetched(Browser::at(PAGE), broken(), request("/notes")).await),
        "\
        the answer is blocked: allow-origin-mismatch (CHK-3), https://fetch.spec.whatwg.org/#concept-cors-check\n\
        `Access-Control-Allow-Origin` has more than one value\n\
        help: leave the CORS headers to one policy, and take them out of other middleware, handlers and proxies\n\
        note: browsers accept one origin and no list; a `Cors` replaces what is set inside of it, so what it does \
        not replace is set outside"
    );
    fetched(Browser::at(PAGE), mended(), request("/notes")).await.assert_readable();
}

#[test]
fn why_says_that_one_has_to_go() {
    assert_eq!(
        asked(broken, "/notes", &[]),
        (
            1,
            "\
        blocked: the answer of http://api/notes has more than one Access-Control-Allow-Origin, \
        \"https://app.example.com, *\", and browsers accept only one\n\
        evidence: the answer to GET has 2 lines of Access-Control-Allow-Origin (1.1 proxy): \
        https://app.example.com; *\n\
        help: send the header once: remove it from the proxy, or from the app behind it, or give it one origin where code gives it a list\n\
        then: the page may read the answer\n    \
        on the answer of http://api/notes\n        \
        Access-Control-Allow-Origin: https://app.example.com\n\
        note: where the server sends the header, a proxy that adds it as well sends it twice\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/several_allowed_origins/ (CHK-3)"
                .to_owned()
        )
    );
    is_mended(asked(mended, "/notes", &[]));
}
