//! The development proxy: the API under `/proxy` of the page's own origin.
//!
//! For the browser there is one origin, so CORS is not involved. The API gets a request from a program, not from a
//! page.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderName},
    web::{self, Bytes, Data, ServiceConfig},
};

/// Headers that belong to one connection, or that the next one sets itself.
const NOT_FORWARDED: [HeaderName; 7] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::EXPECT,
    header::TE,
    header::TRANSFER_ENCODING,
    header::TRAILER,
    header::UPGRADE,
];

/// The origin of the API.
struct Target(String);

/// Forwards requests under `/proxy` to the API with this origin.
pub(crate) fn routes(services: &mut ServiceConfig, api: &str) {
    let client = Data::new(awc::Client::default());
    let target = Data::new(Target(api.to_owned()));
    services.service(web::scope("/proxy").app_data(client).app_data(target).default_service(web::to(forward)));
}

async fn forward(request: HttpRequest, body: Bytes, client: Data<awc::Client>, target: Data<Target>) -> HttpResponse {
    let Target(api) = &**target;
    let path = request.path().strip_prefix("/proxy").unwrap_or_default();
    // An address instead of a name, which some machines resolve differently.
    let address = api.replacen("localhost", "127.0.0.1", 1);
    let url = format!("{address}{path}?{}", request.query_string());

    let mut forwarded = client.request(request.method().clone(), url);
    for (name, value) in request.headers() {
        if !NOT_FORWARDED.contains(name) && name != header::ORIGIN {
            forwarded = forwarded.append_header((name.clone(), value.clone()));
        }
    }
    let host = api.trim_start_matches("http://");
    let forwarded = forwarded.insert_header((header::HOST, host)).insert_header((header::VIA, "1.1 playground"));

    let mut answer = match forwarded.send_body(body).await {
        Ok(answer) => answer,
        Err(error) => return unreachable(&error.to_string()),
    };
    let content = match answer.body().await {
        Ok(content) => content,
        Err(error) => return unreachable(&error.to_string()),
    };
    let mut response = HttpResponse::build(answer.status());
    for (name, value) in answer.headers() {
        if !NOT_FORWARDED.contains(name) {
            response.append_header((name.clone(), value.clone()));
        }
    }
    response.body(content)
}

fn unreachable(reason: &str) -> HttpResponse {
    HttpResponse::BadGateway().body(format!("the proxy got no answer from the API: {reason}"))
}
