//! The requests of the page to its own server: checks a policy, stores it, explains a console message.

use actix_web::{
    Error, HttpRequest, HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CACHE_CONTROL, HOST, HeaderName, ORIGIN},
    middleware::{Next, from_fn},
    web::{self, Data, PayloadConfig, ServiceConfig},
};
use cors_browser::{
    At,
    explain::{Cause, Explanation},
};
use serde::Serialize;
use serde_json::json;

use crate::{
    mistakes::{self, Mistake},
    notation::Notations,
    page::Setup,
};

/// Maximum number of bytes of a policy, and of a console message.
const MOST_BYTES: usize = 16 * 1024;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

pub(crate) fn routes(services: &mut ServiceConfig) {
    let post = |path: &str| web::resource(path).app_data(PayloadConfig::new(MOST_BYTES)).wrap(from_fn(own_pages));
    services
        .service(post("/policy").route(web::post().to(check)))
        .service(post("/tries").route(web::post().to(keep)).route(web::get().to(count)))
        .service(post("/console").route(web::post().to(console)));
}

/// Refuses requests of pages of other origins, because any page can send a text to this machine.
pub(crate) async fn own_pages(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if is_foreign(request.request()) {
        let problem = json!({ "problem": "only the playground's own pages may ask this" });
        return Ok(request.into_response(HttpResponse::Forbidden().json(problem)).map_into_right_body());
    }
    Ok(next.call(request).await?.map_into_left_body())
}

fn is_foreign(request: &HttpRequest) -> bool {
    let text = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(HOST).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    // A foreign name that resolves to this machine is not accepted.
    let is_loopback = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    let is_own = |origin: &str| is_loopback && origin.strip_prefix("http://") == Some(host);
    // Browsers send both with a POST; a program on this machine sends neither.
    text(ORIGIN).is_some_and(|origin| !is_own(origin))
        || text(SEC_FETCH_SITE).is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Checked {
    Policy(Notations),
    Mistakes(Vec<Mistake>),
}

async fn check(text: Result<String, Error>) -> HttpResponse {
    let Ok(text) = text else { return too_long("policy") };
    answer(&match mistakes::read(&text) {
        Ok(policy) => Checked::Policy(Notations::of(&policy)),
        Err(mistakes) => Checked::Mistakes(mistakes),
    })
}

/// Stores a policy, so that requests can be sent to it.
async fn keep(text: Result<String, Error>, setup: Data<Setup>) -> HttpResponse {
    let Ok(text) = text else { return too_long("policy") };
    match mistakes::read(&text) {
        Ok(policy) => answer(&json!({ "number": setup.tries.keep(policy) })),
        Err(mistakes) => HttpResponse::UnprocessableEntity().json(Checked::Mistakes(mistakes)),
    }
}

async fn count(setup: Data<Setup>) -> HttpResponse {
    answer(&setup.tries.count())
}

/// The information in a console message about the request.
#[derive(Serialize)]
struct MessageFacts<'e> {
    reason: String,
    origin: Option<&'e str>,
    url: Option<&'e str>,
    method: Option<&'e str>,
    /// A request header.
    header: Option<&'e str>,
    credentials: bool,
    preflight: bool,
}

async fn console(text: Result<String, Error>) -> HttpResponse {
    let Ok(text) = text else { return too_long("message") };
    let Some(explanation) = Explanation::from_console(&text) else {
        let problem =
            "this is no message of Chromium, Firefox or Safari about CORS; copy the whole line from the console";
        return HttpResponse::UnprocessableEntity().json(json!({ "problem": problem }));
    };
    let cause = explanation.cause();
    answer(&MessageFacts {
        reason: explanation.reason(),
        origin: explanation.origin(),
        url: explanation.url(),
        method: explanation.method(),
        header: explanation.header().filter(|_| cause == Cause::HeaderNotAllowed),
        credentials: matches!(cause, Cause::WildcardWithCredentials | Cause::AllowCredentialsNotTrue),
        preflight: explanation.at() == Some(At::Preflight),
    })
}

fn answer(value: &impl Serialize) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(value)
}

fn too_long(what: &str) -> HttpResponse {
    let problem = format!("this {what} is no text of at most {MOST_BYTES} bytes; shorten it");
    HttpResponse::PayloadTooLarge().json(json!({ "problem": problem }))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn only_own_pages_and_programs_may_write() {
        let foreign = |host: &str, lines: &[(&'static str, &str)]| {
            let request = TestRequest::post().insert_header((HOST, host));
            let request = lines.iter().fold(request, |request, &line| request.insert_header(line));
            is_foreign(&request.to_http_request())
        };
        let own = "localhost:3000";
        assert!(!foreign(own, &[]));
        assert!(!foreign(own, &[("origin", "http://localhost:3000"), ("sec-fetch-site", "same-origin")]));
        assert!(!foreign("127.0.0.1:3000", &[("origin", "http://127.0.0.1:3000")]));
        for lines in [
            [("origin", "http://localhost:3001"), ("sec-fetch-site", "same-site")].as_slice(),
            &[("origin", "http://localhost:3001")],
            &[("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
            &[("origin", "null")],
            &[("origin", "\u{e9}")],
            &[("sec-fetch-site", "cross-site")],
        ] {
            assert!(foreign(own, lines), "{lines:?}");
        }
        assert!(foreign("evil.example:3000", &[("origin", "http://evil.example:3000")]), "a name that leads here");
    }
}
