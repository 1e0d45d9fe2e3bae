//! Servers of other stacks, right and wrong: what Chromium does, what `why` says first, and what Chromium does after somebody did that and
//! nothing else. `tests/bed/situations.md` is the table of it.

#[path = "../browser/chromium.rs"]
#[allow(dead_code, reason = "pages of the playground need more of it")]
mod chromium;
mod readers;
mod rows;
mod servers;

use std::fs;
use std::path::Path;

use actix_web::{App, HttpResponse, HttpServer, web};
use cors_tests::why::why;
use cors_tests::wire::serve;
use fantoccini::Client;
use serde_json::{Value, json};

use chromium::{Layout, browse_with};
use rows::{Asks, ROWS, Row};
use servers::Servers;

/// Chromium is told where the page is, so its port is that of http, and what is said is always the same.
const HOST: &str = "app.localhost";
const ORIGIN: &str = "http://app.localhost";

const HEAD: &str = "# Situations

Servers of other stacks, each wrong in one way (`tests/bed/situations`), asked by a page of `http://app.localhost`. The test `situations` starts
all of them, asks Chromium and `why`, mends each as the line says and asks Chromium again, and compares that with this table. To write it anew
after a change: `UPDATE=1 cargo test -p cors-tests --features stacks --test situations`, and read every line that changed.

| situation | what is wrong | the page asks | Chromium | `why` says | first line of help | Chromium after that |
|---|---|---|---|---|---|---|
";

#[tokio::test]
async fn what_is_told_is_what_chromium_does() {
    let servers = Servers::start(ORIGIN);
    let mut table = HEAD.to_owned();
    let mut wrong = Vec::new();
    let page = page();
    browse_with(Layout::Desktop, &readers::HOSTS.map(|host| (host, page)), async |client| {
        client.goto(ORIGIN).await.unwrap();
        for row in ROWS {
            let url = servers.url(&format!("{} wrong", row.name), row.asks.path);
            let before = fetch(client, &url, &row.asks).await;
            let (server, path) = row.then.unwrap_or((row.name, row.asks.path));
            let server = if server.ends_with(" wrong") { server.to_owned() } else { format!("{server} mended") };
            let after = fetch(client, &servers.url(&server, path), &row.asks).await;
            let said = Said::of(&url, row);
            if said.verdict != before {
                wrong.push(format!("{}: Chromium {before}, why {}", row.name, said.verdict));
            }
            if after != "readable" {
                wrong.push(format!("{}: Chromium after that {after}", row.name));
            }
            table.push_str(&line(row, before, &said, after));
        }
        let (readers, differences) = readers::table(client, &servers).await;
        table.push_str(&readers);
        wrong.extend(differences);
    })
    .await;
    let table = nameless(&table);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("bed/situations.md");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, &table).expect("a file can be written");
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    let expected: Vec<&str> = written.lines().collect();
    wrong.extend(table.lines().filter(|line| !expected.contains(line)).map(|line| format!("not in the table: {line}")));
    wrong.extend(
        written.lines().filter(|line| !table.lines().any(|new| new == *line)).map(|line| format!("stale: {line}")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn page() -> std::net::SocketAddr {
    serve(|| {
        let empty =
            || async { HttpResponse::Ok().content_type("text/html").body("<!doctype html><title>A page</title>") };
        let server = HttpServer::new(move || App::new().default_service(web::to(empty)));
        let server = server.workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    })
}

/// What the script of a page gets.
async fn fetch(client: &Client, url: &str, asks: &Asks) -> &'static str {
    let headers: serde_json::Map<String, Value> =
        asks.header.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    let mut options = json!({ "method": asks.method, "headers": headers });
    if asks.credentials {
        options["credentials"] = json!("include");
    }
    if let Some(body) = asks.body {
        options["body"] = json!(body);
    }
    let script = "const [url, options, done] = arguments;
        fetch(url, options).then((response) => response.text()).then(() => done('readable'), () => done('blocked'));";
    let read = client.execute_async(script, vec![Value::from(url), options]).await.unwrap();
    if read == "readable" { "readable" } else { "blocked" }
}

/// What `why` says.
struct Said {
    verdict: String,
    diagnosis: String,
    help: String,
}

impl Said {
    fn of(url: &str, Row { asks, .. }: &Row) -> Self {
        let mut arguments = vec![url, "--from", ORIGIN, "--json", "--send", "-X", asks.method];
        let header = asks.header.map(|(name, value)| format!("{name}: {value}"));
        arguments.extend(header.iter().flat_map(|header| ["-H", header]));
        arguments.extend(asks.body.iter().flat_map(|body| ["-d", body]));
        arguments.extend(asks.credentials.then_some("--credentials"));
        let report = Self::report(&arguments);
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let stack = report["stack"].as_str().map(|stack| format!(", {stack}")).unwrap_or_default();
        Self {
            verdict: text(&report["verdict"]),
            diagnosis: format!("{}{stack}", text(&report["diagnosis"])),
            help: text(&report["help"][0]),
        }
    }

    fn report(arguments: &[&str]) -> Value {
        let run = why(arguments);
        serde_json::from_str(&run.output).unwrap_or_else(|error| panic!("{error}: {run:?}"))
    }
}

fn line(row: &Row, before: &str, said: &Said, after: &str) -> String {
    let Asks { path, method, header, credentials, .. } = row.asks;
    let header = header.map(|(name, _)| format!(", {name}")).unwrap_or_default();
    let credentials = if credentials { ", with credentials" } else { "" };
    let help = said.help.replace('|', "\\|").replace('\n', " ");
    format!(
        "| {} | {} | {method} {path}{header}{credentials} | {before} | {} | {help} | {after} |\n",
        row.name, row.wrong, said.diagnosis
    )
}

/// Without ports, which are others each time.
fn nameless(table: &str) -> String {
    let mut parts = table.split("http://127.0.0.1:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("http://127.0.0.1");
        text.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    }
    text
}
