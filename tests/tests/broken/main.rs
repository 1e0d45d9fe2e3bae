//! Set-ups that people break, as apps on a TCP port: what the test kit and the command `why` say of each, and that what they say
//! mends it.

mod authentication;
mod authorization;
mod bare_errors;
mod guard;
mod nested;
mod outside;
mod redirected;
mod suffix;
mod trailing_slash;
mod twice;
mod unlisted;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::test::init_service;
use actix_web::{App, Error, HttpServer};
use cors_actix::testing::{Browser, Outcome, ScriptRequest};
use cors_tests::why::why;
use cors_tests::wire::serve;

const PAGE: &str = "https://app.example.com";

/// What an [`App`] consists of, whatever wraps it.
trait Served:
    ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<Self::Body>, Error = Error, InitError = ()>
    + 'static
{
    type Body: MessageBody + 'static;
}

impl<T, B> Served for T
where
    T: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<B>, Error = Error, InitError = ()>,
    T: 'static,
    B: MessageBody + 'static,
{
    type Body = B;
}

/// A request to the API, as the app in the process knows it.
fn request(path: &str) -> ScriptRequest {
    ScriptRequest::new(format!("https://api.example.com{path}"))
}

/// What a page gets from an app.
async fn fetched(mut page: Browser, app: App<impl Served>, request: ScriptRequest) -> Outcome {
    page.fetch(&init_service(app).await, request).await
}

/// What the kit says, without what was sent and answered.
fn story(outcome: &Outcome) -> String {
    let told = outcome.to_string();
    let lines: Vec<&str> = told.lines().skip(1).filter(|line| !line.starts_with(['>', '<'])).collect();
    lines.join("\n")
}

/// Exit status and words of `why`, asked for a page with an app on a port of its own, which is called `api` in them.
fn asked<T: Served>(app: impl Fn() -> App<T> + Clone + Send + 'static, path: &str, options: &[&str]) -> (i32, String) {
    let address = serve(move || {
        let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    let run = why(&[&[&format!("http://{address}{path}"), "--from", PAGE], options].concat());
    assert_eq!(run.errors, "");
    let words = run.output.replace(&address.to_string(), "api");
    (run.status, words.rsplit("\n\n").next().unwrap_or_default().trim_end().to_owned())
}

/// With these words `why` ends where a server allows the page and has nothing else to blame.
fn is_mended((status, words): (i32, String)) {
    let is_readable = words.starts_with("readable: ") || words.starts_with("readable, with status ");
    let allowed = is_readable && words.contains(": the server allows the page to read the answer");
    assert!(status == 0 && allowed && !words.contains("warning: "), "{status}: {words}");
}
