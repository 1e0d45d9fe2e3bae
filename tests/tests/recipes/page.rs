//! A page, and what its script gets.

use std::net::SocketAddr;

use actix_web::{App, HttpResponse, HttpServer, web};
use cors_tests::wire::serve;
use fantoccini::Client;
use serde_json::{Value, json};

/// Its port is that of http, and Chromium is told where the page is. So what is printed is always the same.
pub(crate) const HOST: &str = "app.localhost";
pub(crate) const ORIGIN: &str = "http://app.localhost";

pub(crate) fn page() -> SocketAddr {
    serve(|| {
        let empty =
            || async { HttpResponse::Ok().content_type("text/html").body("<!doctype html><title>A page</title>") };
        let server = HttpServer::new(move || App::new().default_service(web::to(empty)));
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    })
}

/// The options of `fetch`.
#[derive(Debug)]
pub(crate) struct Asked(Value);

impl Asked {
    pub(crate) fn simple() -> Self {
        Self(json!({}))
    }

    pub(crate) fn with_credentials() -> Self {
        Self(json!({ "credentials": "include" }))
    }

    pub(crate) fn put() -> Self {
        let headers = json!({ "Content-Type": "application/json", "X-Token": "7" });
        Self(json!({ "method": "PUT", "headers": headers, "body": "{\"id\":1}", "credentials": "include" }))
    }
}

/// The status that the script reads, with the number of X-Total-Count where it reads that too; or `blocked`.
pub(crate) async fn read(client: &Client, url: &str, Asked(options): &Asked) -> String {
    let script = "const [url, options, done] = arguments;
        const total = (response) => response.headers.get('x-total-count');
        const told = (response) => `${response.status}${total(response) ? ` total ${total(response)}` : ''}`;
        fetch(url, { cache: 'no-store', ...options })
            .then(async (response) => (await response.text(), told(response)))
            .then(done, () => done('blocked'));";
    let read = client.execute_async(script, vec![Value::from(url), options.clone()]).await.unwrap();
    read.as_str().expect("a text").to_owned()
}
