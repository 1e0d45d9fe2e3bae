//! A redirect stands before the policy, of a final slash or of http, and browsers follow none for a preflight.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, Error, HttpResponse, web};
use cors_actix::testing::{Browser, ScriptRequest};
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request, story};

const CORS: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };

fn to(request: ServiceRequest, location: String) -> ServiceResponse {
    request.into_response(HttpResponse::PermanentRedirect().insert_header((header::LOCATION, location)).finish())
}

async fn without_slash<B>(request: ServiceRequest, app: Next<B>) -> Result<ServiceResponse, Error>
where
    B: MessageBody + 'static,
{
    match request.path().strip_suffix('/').map(str::to_owned) {
        Some(path) => Ok(to(request, path)),
        None => Ok(app.call(request).await?.map_into_boxed_body()),
    }
}

async fn to_https<B>(request: ServiceRequest, app: Next<B>) -> Result<ServiceResponse, Error>
where
    B: MessageBody + 'static,
{
    let connection = request.connection_info().clone();
    if connection.scheme() == "https" {
        return Ok(app.call(request).await?.map_into_boxed_body());
    }
    let location = format!("https://{}{}", connection.host(), request.path());
    Ok(to(request, location))
}

fn of_slash() -> App<impl Served> {
    App::new().wrap(CORS).wrap(from_fn(without_slash)).route("/notes", web::put().to(async || "saved"))
}

fn of_scheme() -> App<impl Served> {
    App::new().wrap(CORS).wrap(from_fn(to_https)).route("/notes", web::put().to(async || "saved"))
}

fn mended() -> App<impl Served> {
    App::new().wrap(from_fn(without_slash)).wrap(CORS).route("/notes", web::put().to(async || "saved"))
}

fn put(url: &str) -> ScriptRequest {
    ScriptRequest::new(url).method("PUT")
}

#[actix_web::test]
async fn the_kit_says_where_to_ask_and_what_to_wrap_last() {
    let with_slash = || request("/notes/").method("PUT");
    assert_eq!(
        story(&fetched(Browser::at(PAGE), of_slash(), with_slash()).await),
        "\
        the answer to the preflight is blocked: allow-origin-missing (CHK-1), \
        https://fetch.spec.whatwg.org/#concept-cors-check\n\
        the preflight was redirected: 308 Permanent Redirect to /notes\n\
        help: have the page ask where the redirect leads to\n\
        help: or, where that is a path of the same origin, wrap the policy last, outside of whatever redirects: \
        `.wrap(redirect).wrap(CORS)`\n\
        note: browsers follow no redirect of a preflight; and once a request is redirected to another origin, as \
        from http to https, they send `Origin: null`"
    );
    fetched(Browser::at(PAGE), of_slash(), put("https://api.example.com/notes")).await.assert_readable();
    assert_eq!(fetched(Browser::at(PAGE), mended(), with_slash()).await.status(), 200);

    let insecure = put("http://api.example.com/notes");
    assert_eq!(
        story(&fetched(Browser::at(PAGE), of_scheme(), insecure).await),
        "\
        the answer to the preflight is blocked: allow-origin-missing (CHK-1), \
        https://fetch.spec.whatwg.org/#concept-cors-check\n\
        the preflight was redirected: 308 Permanent Redirect to https://api.example.com/notes\n\
        help: have the page ask where the redirect leads to\n\
        help: or, where that is a path of the same origin, wrap the policy last, outside of whatever redirects: \
        `.wrap(redirect).wrap(CORS)`\n\
        note: browsers follow no redirect of a preflight; and once a request is redirected to another origin, as \
        from http to https, they send `Origin: null`"
    );
    assert_eq!(fetched(Browser::at(PAGE), of_scheme(), put("https://api.example.com/notes")).await.status(), 200);
}

#[test]
fn why_says_where_to_ask_and_who_is_to_answer() {
    let options = ["-X", "PUT", "--send"];
    assert_eq!(
        asked(of_slash, "/notes/", &options),
        (
            1,
            "\
        blocked: the answer to the preflight of http://api/notes/ is a redirect to http://api/notes, and \
        browsers follow none there\n\
        not CORS: the address has a final slash too many, so the server redirects\n\
        evidence: the preflight is a redirect (308) to http://api/notes\n\
        help: ask for http://api/notes in the script\n\
        help: answer preflights where they arrive, before anything redirects\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/preflight_redirected/ (PRE-11)"
                .to_owned()
        )
    );
    is_mended(asked(of_slash, "/notes", &options));
    is_mended(asked(mended, "/notes/", &options));
    let (status, words) = asked(of_scheme, "/notes", &options);
    assert_eq!(
        (status, words),
        (
            1,
            "\
        blocked: the answer to the preflight of http://api/notes is a redirect to https://api/notes, and \
        browsers follow none there\n\
        not CORS: the address lacks only the s of https, so the server redirects\n\
        evidence: the preflight is a redirect (308) to https://api/notes\n\
        help: ask for https://api/notes in the script\n\
        help: answer preflights where they arrive, before anything redirects\n\
        see: https://docs.rs/cors-why/latest/cors_why/codes/preflight_redirected/ (PRE-11)"
                .to_owned()
        )
    );
}
