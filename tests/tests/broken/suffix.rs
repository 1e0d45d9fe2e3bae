//! Subdomains are compared by hand, by the end of the text: it lets in everybody who registers a host that ends so.

use actix_web::dev::Service;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{App, web};
use cors_actix::testing::{Browser, CredentialsMode, ScriptRequest};
use cors_actix::{Cors, cors_policy};

use crate::{PAGE, Served, asked, fetched, is_mended, request};

const CORS: Cors = cors_policy! { origins: ["https://*.example.com"], credentials: true };

/// Echoes every origin that the comparison lets in.
fn comparing(allows: fn(&[u8]) -> bool) -> App<impl Served> {
    App::new()
        .wrap_fn(move |request, app| {
            let origin = request.headers().get(header::ORIGIN).cloned();
            let response = app.call(request);
            async move {
                let mut response = response.await?;
                let headers = response.headers_mut();
                headers.insert(header::VARY, HeaderValue::from_static("Origin"));
                if let Some(origin) = origin.filter(|origin| allows(origin.as_bytes())) {
                    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
                    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
                }
                Ok(response)
            }
        })
        .route("/notes", web::get().to(async || "milk"))
}

/// As the documentation of a peer teaches it, but for the dot.
fn by_ending() -> App<impl Served> {
    comparing(|origin| origin.ends_with(b"example.com"))
}

/// With the dot, and so without the scheme still.
fn by_dotted_ending() -> App<impl Served> {
    comparing(|origin| origin.ends_with(b".example.com"))
}

fn by_beginning() -> App<impl Served> {
    comparing(|origin| origin.starts_with(b"https://app.example.com"))
}

fn by_nothing() -> App<impl Served> {
    comparing(|_| true)
}

fn mended() -> App<impl Served> {
    App::new().wrap(CORS).route("/notes", web::get().to(async || "milk"))
}

fn get() -> ScriptRequest {
    request("/notes").credentials(CredentialsMode::Include)
}

const ENDING: &str = "warning: the server allows https://why-probeexample.com too, with credentials, since it ends like an origin that it means: \
    anyone who registers such a host can read what belongs to your users. Compare the whole origin, or whole \
    labels, with the dot before the domain";
const SCHEME: &str = "warning: the server allows http://app.example.com too, with credentials, which is not encrypted: anyone between \
    browser and server can put a page of their own there, and read what belongs to your users. Compare the scheme too";
const BEGINNING: &str = "warning: the server allows https://app.example.com.why-probe.invalid too, with credentials, since it begins like an \
    origin that it means: anyone who has such a host can read what belongs to your users. Compare the whole origin";
const NOTHING: &str = "warning: the server allows whatever origin asks, https://why-probe.invalid too, and with credentials: every site can \
    read what belongs to your users. Name the origins that may";

/// The warnings of the kit.
async fn holes(app: App<impl Served>) -> Vec<String> {
    let app = actix_web::test::init_service(app).await;
    let told = Browser::at(PAGE).strangers(&app, get()).await.to_string();
    told.lines().filter(|line| line.starts_with("warning: ")).map(str::to_owned).collect()
}

#[actix_web::test]
async fn the_kit_warns_of_what_it_lets_in() {
    // The page that is meant notices nothing.
    fetched(Browser::at(PAGE), by_ending(), get()).await.assert_readable();
    assert_eq!(holes(by_ending()).await, [ENDING, SCHEME]);
    assert_eq!(holes(by_dotted_ending()).await, [SCHEME]);
    assert_eq!(holes(by_beginning()).await, [BEGINNING]);
    assert_eq!(holes(by_nothing()).await[0], NOTHING);
    fetched(Browser::at(PAGE), mended(), get()).await.assert_readable();
    assert_eq!(holes(mended()).await, [""; 0]);
}

#[test]
fn why_warns_of_what_it_lets_in() {
    let readable =
        "readable: the server allows the page to read the answer\nreadable headers: content-length, content-type\n";
    let warned = |app: fn() -> (i32, String), warnings: &[&str]| {
        assert_eq!(app(), (0, format!("{readable}{}", warnings.join("\n"))));
    };
    warned(|| asked(by_ending, "/notes", &["--credentials"]), &[ENDING, SCHEME]);
    warned(|| asked(by_dotted_ending, "/notes", &["--credentials"]), &[SCHEME]);
    warned(|| asked(by_beginning, "/notes", &["--credentials"]), &[BEGINNING]);
    warned(|| asked(by_nothing, "/notes", &["--credentials"]), &[NOTHING]);
    is_mended(asked(mended, "/notes", &["--credentials"]));
}
