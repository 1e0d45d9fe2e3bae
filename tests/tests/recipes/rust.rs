//! Servers in Rust. What `why --fix` prints is compiled, so it stands here; a test holds it against what is printed now.

use std::net::{SocketAddr, TcpListener};

use actix_web::{App, HttpResponse, HttpServer, web};
use cors_tests::wire::serve;

use crate::{FULL, SIMPLE, fix};

pub(crate) const STACKS: [&str; 3] = ["cors-actix", "actix-cors", "tower-http"];

pub(crate) struct Server {
    pub(crate) stack: &'static str,
    pub(crate) is_full: bool,
    pub(crate) address: SocketAddr,
}

fn notes(config: &mut web::ServiceConfig) {
    let notes = || async { HttpResponse::Ok().insert_header(("X-Total-Count", "7")).finish() };
    config.route("/api/notes", web::get().to(notes)).route("/api/notes", web::put().to(notes));
}

macro_rules! actix {
    ($($wrap:tt)*) => {
        serve(|| {
            let server = HttpServer::new(|| App::new().configure(notes) $($wrap)*);
            let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
            (server.addrs()[0], server.run())
        })
    };
}

fn axum(router: axum::Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.set_nonblocking(true).expect("it can be asked");
    let address = listener.local_addr().expect("it has an address");
    tokio::spawn(async { axum::serve(tokio::net::TcpListener::from_std(listener).unwrap(), router).await });
    address
}

fn routes() -> axum::Router {
    let notes = || async { ([("X-Total-Count", "7")], "{}") };
    axum::Router::new().route("/api/notes", axum::routing::get(notes).put(notes))
}

pub(crate) fn servers() -> Vec<Server> {
    let server = |stack, is_full, address| Server { stack, is_full, address };
    vec![
        server(
            "cors-actix",
            false,
            actix! {
                // begin cors-actix simple
                .wrap(cors_actix::cors_policy! {
                    origins: ["http://app.localhost"],
                })
                // end
            },
        ),
        server(
            "cors-actix",
            true,
            actix! {
                // begin cors-actix full
                .wrap(cors_actix::cors_policy! {
                    origins: ["http://app.localhost"],
                    credentials: true,
                    methods: [PUT],
                    allow_headers: ["Content-Type", "X-Token"],
                    expose_headers: ["X-Total-Count"],
                })
                // end
            },
        ),
        server(
            "actix-cors",
            false,
            actix! {
                // begin actix-cors simple
                .wrap(
                    actix_cors::Cors::default()
                        .allowed_methods(["GET", "HEAD", "POST"])
                        .allowed_origin("http://app.localhost"),
                )
                // end
            },
        ),
        server(
            "actix-cors",
            true,
            actix! {
                // begin actix-cors full
                .wrap(
                    actix_cors::Cors::default()
                        .allowed_methods(["GET", "HEAD", "POST", "PUT"])
                        .allowed_headers(["Content-Type", "X-Token"])
                        .expose_headers(["X-Total-Count"])
                        .supports_credentials()
                        .allowed_origin("http://app.localhost"),
                )
                // end
            },
        ),
        server(
            "tower-http",
            false,
            axum(
                routes()
                    // begin tower-http simple
                    .layer(
                        tower_http::cors::CorsLayer::new()
                            .allow_methods(["GET", "HEAD", "POST"].map(|method| method.parse().unwrap()))
                            .allow_origin(["http://app.localhost"].map(|origin| origin.parse().unwrap())),
                    ), // end
            ),
        ),
        server(
            "tower-http",
            true,
            axum(
                routes()
                    // begin tower-http full
                    .layer(
                        tower_http::cors::CorsLayer::new()
                            .allow_methods(["GET", "HEAD", "POST", "PUT"].map(|method| method.parse().unwrap()))
                            .allow_headers(["Content-Type", "X-Token"].map(|name| name.parse().unwrap()))
                            .expose_headers(["X-Total-Count"].map(|name| name.parse().unwrap()))
                            .allow_credentials(true)
                            .allow_origin(["http://app.localhost"].map(|origin| origin.parse().unwrap())),
                    ), // end
            ),
        ),
    ]
}

#[test]
fn what_stands_here_is_what_is_printed() {
    let here = include_str!("rust.rs");
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for stack in STACKS {
        for (name, wished) in [("simple", SIMPLE), ("full", FULL)] {
            let (_, after) = here.split_once(&format!("// begin {stack} {name}\n")).expect("it stands here");
            let (block, _) = after.split_once("// end").expect("it ends");
            assert_eq!(words(block).trim_end_matches(','), words(&fix(stack, wished).0), "{stack} {name}");
        }
    }
}
