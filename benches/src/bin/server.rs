//! `server SUBJECT`: prints where it listens, and answers until it is ended.

use std::net::TcpListener;

use actix_web::http::{StatusCode, header};
use actix_web::{App, Error, HttpResponse, HttpServer, web};
use cors_benches::{Setting, Subject};

async fn handler() -> &'static str {
    "handled"
}

async fn by_hand() -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.append_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://app.example.com"));
    response.append_header((header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"));
    response.append_header((header::VARY, "Origin"));
    response.content_type(header::ContentType::plaintext()).body("handled")
}

async fn preflight_by_hand() -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    response.append_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://app.example.com"));
    response.append_header((header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true"));
    response.append_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, PUT"));
    response.append_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, x-token"));
    response.append_header((header::ACCESS_CONTROL_MAX_AGE, "3600"));
    response.append_header((header::VARY, "Origin"));
    response.finish()
}

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let subject = std::env::args().nth(1).as_deref().and_then(Subject::named);
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("http://{}", listener.local_addr()?);
    let app = || App::new().route("/", web::to(handler));
    // Each of these apps is a type of its own.
    let server = match subject {
        Some(Subject::Nothing) => HttpServer::new(app).workers(1).listen(listener)?.run(),
        Some(Subject::Empty) => {
            let empty = move || {
                app().wrap_fn(|request, _| {
                    let response = request.into_response(HttpResponse::new(StatusCode::NO_CONTENT));
                    std::future::ready(Ok::<_, Error>(response))
                })
            };
            HttpServer::new(empty).workers(1).listen(listener)?.run()
        }
        Some(Subject::ByHand) => {
            let app = || App::new().route("/", web::get().to(by_hand)).route("/", web::to(preflight_by_hand));
            HttpServer::new(app).workers(1).listen(listener)?.run()
        }
        Some(Subject::InSource) => {
            let policy = Setting::One.in_source().expect("a policy");
            HttpServer::new(move || app().wrap(policy.clone())).workers(1).listen(listener)?.run()
        }
        Some(Subject::ActixCors) => {
            HttpServer::new(move || app().wrap(Setting::One.of_actix_cors())).workers(1).listen(listener)?.run()
        }
        _ => panic!("there is no server for {subject:?}"),
    };
    server.await
}
