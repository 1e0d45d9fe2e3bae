//! The development server of the guide's page "While you develop": its page asks the API directly and through the server's proxy.

#[path = "../../fixtures/vite/api.rs"]
#[allow(unreachable_pub, reason = "the guide shows the file")]
mod api;

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use actix_web::{App, HttpServer, web};
use cors_actix::{Cors, cors_policy};
use cors_tests::wire::serve;
use fantoccini::{Client, Locator};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::chromium::{Layout, browse};

const PATIENCE: Duration = Duration::from_secs(60);

/// What a release build would have.
const RELEASE: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT], on_denied: reject };

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/vite"))
}

/// Installs what the lock file names, once.
async fn install() {
    if folder().join("node_modules/vite/bin/vite.js").exists() {
        return;
    }
    let mut command = Command::new("npm");
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder());
    let status = command.status().await.expect("./test installs npm: on Debian, apt-get install nodejs npm");
    assert!(status.success(), "npm ci: {status}");
}

/// Starts the development server with the API at this address, and returns the page's origin.
async fn vite(api: &str) -> (Child, String) {
    install().await;
    let port = TcpListener::bind("localhost:0").and_then(|free| free.local_addr()).expect("a port is free").port();
    let mut command = Command::new("node");
    command.args(["node_modules/vite/bin/vite.js", "--strictPort", "--port", &port.to_string()]);
    command.current_dir(folder()).env("VITE_API", api).env("NO_COLOR", "1").stdout(Stdio::piped()).kill_on_drop(true);
    let mut server = command.spawn().expect("./test installs node: on Debian, apt-get install nodejs");
    let mut lines = BufReader::new(server.stdout.take().expect("the output is a pipe")).lines();
    let ready = async { while !lines.next_line().await.unwrap().expect("vite serves").contains("Local:") {} };
    timeout(PATIENCE, ready).await.expect("vite says where it serves");
    // What it prints later must not meet a closed pipe.
    server.stdout = Some(lines.into_inner().into_inner());
    (server, format!("http://localhost:{port}"))
}

fn api() -> SocketAddr {
    serve(|| {
        let server = HttpServer::new(|| {
            let release = web::resource("/api/release").wrap(RELEASE).route(web::put().to(async || "saved"));
            App::new().service(release).configure(api::routes)
        });
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    })
}

async fn shown(client: &Client, id: &str) -> String {
    let filled = Locator::Css(if id == "direct" { "#direct:not(:empty)" } else { "#proxied:not(:empty)" });
    client.wait().at_most(PATIENCE).for_element(filled).await.unwrap().text().await.unwrap()
}

/// What a script of the page gets, as text.
async fn fetched(client: &Client, method: &str, url: &str) -> String {
    let script = "const [method, url, done] = arguments;
        fetch(url, { method }).then(response => response.text()).then(done, error => done(`${error}`));";
    let value = client.execute_async(script, vec![Value::from(method), Value::from(url)]).await.unwrap();
    value.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn a_page_of_the_development_server_asks_the_api_directly_and_through_the_proxy() {
    let api = format!("http://localhost:{}", api().port());
    let (_server, page) = vite(&api).await;
    let (page_host, api_host) = (&page["http://".len()..], &api["http://".len()..]);
    browse(Layout::Desktop, async |client| {
        client.goto(&page).await.unwrap();
        assert_eq!(shown(client, "direct").await, format!("PUT Origin: {page}, Host: {api_host}"));
        assert_eq!(shown(client, "proxied").await, format!("PUT Origin: {page}, Host: {api_host}"));

        let direct = fetched(client, "GET", &format!("{api}/api/notes/1")).await;
        assert_eq!(direct, format!("GET Origin: {page}, Host: {api_host}"));
        assert_eq!(fetched(client, "GET", "/api/notes/1").await, format!("GET Origin: none, Host: {api_host}"));
        let as_is = fetched(client, "PUT", "/as-is/api/notes/1").await;
        assert_eq!(as_is, format!("PUT Origin: {page}, Host: {page_host}"));

        // Without `http://localhost:*` the direct way is closed, and the proxy is as open as before, also where others are refused.
        assert_eq!(fetched(client, "PUT", &format!("{api}/api/release")).await, "TypeError: Failed to fetch");
        assert_eq!(fetched(client, "PUT", "/api/release").await, "saved");
    })
    .await;
}
