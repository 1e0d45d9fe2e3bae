//! `server SUBJECT`: prints where it listens, and answers until it is ended.

use std::net::TcpListener;

use actix_web::http::StatusCode;
use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, Responder, web};
use cors_benches::{Setting, Subject, append_to_allowed, append_to_preflight};

async fn handler() -> &'static str {
    "handled"
}

async fn by_hand(request: HttpRequest) -> HttpResponse<&'static str> {
    let mut response = "handled".respond_to(&request);
    append_to_allowed(response.headers_mut());
    response
}

async fn preflight_by_hand() -> HttpResponse {
    let mut response = HttpResponse::new(StatusCode::NO_CONTENT);
    append_to_preflight(response.headers_mut());
    response
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
            let both = || web::resource("/").route(web::get().to(by_hand)).route(web::to(preflight_by_hand));
            let app = move || App::new().service(both());
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
