//! Chromium, driven over WebDriver: the lessons of the playground here, in each of which stands what the page could read; what visitors
//! play, the looks, the inspector, what explanations say, and a development server, in modules of their own.

#[path = "browser/axe.rs"]
mod axe;
#[path = "browser/chromium.rs"]
mod chromium;
#[path = "browser/inspector.rs"]
mod inspector;
#[path = "browser/inspector_form.rs"]
mod inspector_form;
#[path = "browser/looks.rs"]
mod looks;
#[path = "browser/play.rs"]
mod play;
#[path = "browser/playground.rs"]
mod playground;
#[path = "browser/predictions.rs"]
mod predictions;
#[path = "browser/reasons/run.rs"]
mod reasons;
#[path = "browser/row.rs"]
mod row;
#[path = "browser/vite.rs"]
mod vite;

use std::{net::TcpListener, process::Stdio};

use crate::{
    chromium::{Layout, browse},
    playground::Playground,
    row::{Step, blocked, press, readable, rows, run_all},
};

const PLAIN: [&str; 2] = ["content-length", "content-type"];

/// Each row in the order of the page, with all that the page shows of each of its steps: the outcome, the status, the
/// preflights and requests that the servers saw, the headers that the script could read, and the body.
fn expected() -> Vec<(&'static str, Vec<Step>)> {
    let replaced = || readable(200, &PLAIN, r#"{"replaced":"7","text":"Buy milk"}"#);
    let logged_in = || readable(200, &PLAIN, r#"{"welcome":"ada"}"#).hidden(&["set-cookie", "vary"]);
    vec![
        ("simple-get", vec![readable(200, &PLAIN, r#"{"greeting":"Hello from the API"}"#)]),
        ("refused-origin", vec![blocked().requests(1)]),
        ("json-post", vec![readable(201, &PLAIN, r#"{"id":1,"text":"Buy milk"}"#).preflights(1)]),
        ("put-authorization", vec![readable(200, &PLAIN, r#"{"replaced":"1","text":"Buy milk"}"#).preflights(1)]),
        ("delete-authorization", vec![readable(200, &PLAIN, r#"{"deleted":"1"}"#).preflights(1)]),
        ("method-not-listed", vec![blocked().preflights(1)]),
        ("header-not-listed", vec![blocked().preflights(1)]),
        ("preflight-reused", vec![replaced().preflights(1), replaced()]),
        ("preflight-not-kept", vec![replaced().preflights(1), replaced().preflights(1)]),
        ("cookie-included", vec![logged_in(), readable(200, &PLAIN, r#"{"name":"ada"}"#)]),
        ("cookie-left-out", vec![logged_in(), readable(401, &PLAIN, "no cookie came along: who are you?")]),
        (
            "response-headers",
            vec![
                readable(
                    200,
                    &["cache-control", "content-length", "content-type", "x-request-id"],
                    r#"{"visitors":42}"#,
                )
                .hidden(&["vary", "x-cost"]),
            ],
        ),
        (
            "errors",
            vec![
                readable(401, &PLAIN, "the token is missing or wrong"),
                readable(404, &PLAIN, "there is no note 404"),
                readable(500, &PLAIN, "the handler failed on purpose"),
            ],
        ),
        (
            "proxy",
            vec![
                readable(
                    200,
                    &["content-length", "content-type", "date", "vary"],
                    r#"{"changed":"1","text":"Buy milk"}"#,
                )
                .hidden(&[])
                // One to the page's server, and that server's to the API.
                .requests(2),
            ],
        ),
    ]
}

#[tokio::test]
async fn each_row_shows_what_the_page_could_read_and_what_the_servers_saw() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.page).await.unwrap();
        let mut wrong = Vec::new();
        for (row, steps) in expected() {
            let seen = press(client, row).await;
            if seen != steps {
                wrong.push(format!("row {row}\n  expected {steps:#?}\n  saw {seen:#?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));

        let known: Vec<_> = expected().into_iter().map(|(row, _)| row.to_owned()).collect();
        assert_eq!(rows(client).await, known, "rows on the page, and rows that are tested");
    })
    .await;
}

#[tokio::test]
async fn the_handler_runs_for_a_refused_origin_all_the_same() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.page).await.unwrap();
        for presses in 1..=3 {
            assert_eq!(press(client, "refused-origin").await, [blocked().requests(1)]);
            let counter = row::handler_runs(client, "refused-origin").await;
            assert_eq!(counter, [presses], "the handler's counter after press {presses}");
        }
        press(client, "method-not-listed").await;
        let counter = row::handler_runs(client, "method-not-listed").await;
        assert!(counter.is_empty(), "a handler ran although the preflight failed: {counter:?}");
    })
    .await;
}

#[tokio::test]
async fn a_cookie_goes_along_only_where_the_script_asks_for_it() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.page).await.unwrap();
        press(client, "cookie-included").await;
        let cookies = row::headers_on_wire(client, "cookie-included", "cookie").await;
        assert_eq!(cookies, ["playground_session=ada"]);

        press(client, "cookie-left-out").await;
        let cookies = row::headers_on_wire(client, "cookie-left-out", "cookie").await;
        assert!(cookies.is_empty(), "sent without being asked for: {cookies:?}");
    })
    .await;
}

#[tokio::test]
async fn from_an_origin_that_is_not_listed_only_the_proxy_is_readable() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.other).await.unwrap();
        let mut wrong = Vec::new();
        for (row, steps) in run_all(client).await {
            let outcome = if row == "proxy" { "readable" } else { "blocked" };
            if steps.iter().any(|step| step.outcome != outcome || step.agreement != "agrees") {
                wrong.push(format!("row {row} should be {outcome} as predicted, saw {steps:#?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));

        let banner = client.find(fantoccini::Locator::Id("banner")).await.unwrap();
        let banner = banner.text().await.unwrap();
        for origin in [&playground.other, &playground.page] {
            assert!(banner.contains(origin.as_str()), "the banner lacks {origin}: {banner}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_console_tells_of_nothing_but_what_the_rows_provoke() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.page).await.unwrap();
        run_all(client).await;

        let complaints = chromium::console(client).await;
        let (blocked, rest): (Vec<_>, Vec<_>) =
            complaints.iter().partition(|text| text.contains("has been blocked by CORS policy"));
        let reasons = [
            "No 'Access-Control-Allow-Origin' header is present",
            "Method PATCH is not allowed by Access-Control-Allow-Methods",
            "Request header field x-debug is not allowed by Access-Control-Allow-Headers",
        ];
        assert_eq!(blocked.len(), reasons.len(), "{blocked:#?}");
        for (text, reason) in blocked.iter().zip(reasons) {
            assert!(text.contains(reason), "expected {reason}, saw {text}");
        }
        // The answers that are errors, and the network's side of the blocked ones.
        let expected = ["net::ERR_FAILED", "status of 401", "status of 404", "status of 500"];
        let unexpected: Vec<_> =
            rest.iter().filter(|text| !expected.iter().any(|expected| text.contains(expected))).collect();
        assert!(unexpected.is_empty(), "{unexpected:#?}");
    })
    .await;
}

#[tokio::test]
async fn all_taken_ports_are_reported_at_once() {
    let taken = [(); 3].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    let ports = taken.each_ref().map(|listener| listener.local_addr().unwrap().port());
    let mut command = playground::command();
    for (option, port) in ["--page", "--other", "--api"].into_iter().zip(ports) {
        command.arg(option).arg(port.to_string());
    }
    let output = command.stdin(Stdio::null()).output().await.unwrap();

    let complaints: String = ["--page", "--other", "--api"]
        .into_iter()
        .zip(ports)
        .map(|(option, port)| {
            format!(
                "playground: port {port} is taken by another program; \
                 choose another with `{option} PORT`, or any free one with `{option} 0`: \
                 cargo run --bin playground -- {option} 0\n"
            )
        })
        .collect();
    assert_eq!(String::from_utf8_lossy(&output.stderr), complaints);
    assert_eq!(output.status.code(), Some(1));
}
