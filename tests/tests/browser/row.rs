//! Rows of the page: pressing their buttons, and reading what they show.

use std::time::Duration;

use cors_browser::canonical_name;
use fantoccini::{Client, Locator, elements::Element, error::CmdError};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

const PATIENCE: Duration = Duration::from_secs(20);

/// What a row shows of one of its steps.
#[derive(Debug, Deserialize, PartialEq)]
pub(crate) struct Step {
    pub(crate) outcome: String,
    /// Whether the step came as predicted: `agrees`, or `differs`.
    pub(crate) agreement: String,
    status: u16,
    preflights: usize,
    requests: usize,
    headers: Vec<String>,
    hidden: Vec<String>,
    body: String,
}

/// An answer of the API that the page can read, to a request without preflight.
pub(crate) fn readable(status: u16, headers: &[&str], body: &str) -> Step {
    Step {
        outcome: "readable".to_owned(),
        agreement: "agrees".to_owned(),
        status,
        preflights: 0,
        requests: 1,
        headers: owned(headers),
        hidden: owned(&["vary"]),
        body: body.to_owned(),
    }
}

/// All that is left to the page when the browser blocks.
pub(crate) fn blocked() -> Step {
    Step {
        outcome: "blocked".to_owned(),
        agreement: "agrees".to_owned(),
        status: 0,
        preflights: 0,
        requests: 0,
        headers: Vec::new(),
        hidden: Vec::new(),
        body: "TypeError: Failed to fetch".to_owned(),
    }
}

impl Step {
    pub(crate) fn preflights(self, preflights: usize) -> Self {
        Self { preflights, ..self }
    }

    pub(crate) fn requests(self, requests: usize) -> Self {
        Self { requests, ..self }
    }

    /// The lines that predict it. What the proxy sends on is no request of the browser.
    pub(crate) fn prediction(&self) -> Vec<String> {
        let readable = self.outcome == "readable";
        let count =
            |number: usize, name: &str| if number == 0 { format!("no {name}") } else { format!("{number} {name}") };
        let headers: Vec<_> = self.headers.iter().map(|name| canonical_name(name)).collect();
        vec![
            if readable { format!("Readable, status {}", self.status) } else { "Blocked".to_owned() },
            format!("{}, {}", count(self.preflights, "preflight"), count(self.requests.min(1), "request")),
            if readable { headers.join(", ") } else { "none to read".to_owned() },
        ]
    }

    pub(crate) fn hidden(self, names: &[&str]) -> Self {
        Self { hidden: owned(names), ..self }
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// Presses a row's button, and reads the row when it has finished.
pub(crate) async fn press(client: &Client, row: &str) -> Vec<Step> {
    open_all(client).await;
    let button = format!("#{row} button.run");
    let button = appears(client, &button).await;
    let button = button.unwrap_or_else(|error| panic!("no row {row} on the page: {error}"));
    button.click().await.unwrap();
    finished(client, row).await;
    steps(client, row).await
}

/// Unfolds every lesson.
pub(crate) async fn open_all(client: &Client) {
    appears(client, "#run-all:enabled").await.unwrap();
    let script = "document.querySelectorAll('.row').forEach((row) => { row.open = true; })";
    client.execute(script, Vec::new()).await.unwrap();
}

/// Presses the button for all rows, and reads each when it has finished.
pub(crate) async fn run_all(client: &Client) -> Vec<(String, Vec<Step>)> {
    appears(client, "#run-all:enabled").await.unwrap().click().await.unwrap();
    let mut all = Vec::new();
    for row in rows(client).await {
        finished(client, &row).await;
        let steps = steps(client, &row).await;
        all.push((row, steps));
    }
    all
}

/// What the page predicts of each step, when it has asked: the row's name, and a text for each line.
pub(crate) async fn predicted(client: &Client) -> Vec<(String, Vec<String>)> {
    appears(client, "#run-all:enabled").await.unwrap();
    let script = "
        const texts = (step) => [...step.querySelectorAll('.predicted')].map((cell) => cell.textContent);
        return [...document.querySelectorAll('#rows .step')].map((step) => [step.closest('.row').id, texts(step)]);
    ";
    read(client, script, "").await
}

async fn finished(client: &Client, row: &str) {
    let found = appears(client, &format!("#{row}[data-state=finished]")).await;
    found.unwrap_or_else(|error| panic!("row {row} does not finish: {error}"));
}

pub(crate) async fn appears(client: &Client, selector: &str) -> Result<Element, CmdError> {
    let wait = client.wait().at_most(PATIENCE).every(Duration::from_millis(20));
    wait.for_element(Locator::Css(selector)).await
}

/// The names of all rows, in their order.
pub(crate) async fn rows(client: &Client) -> Vec<String> {
    read(client, "return [...document.querySelectorAll('.row')].map((row) => row.dataset.row)", "").await
}

async fn steps(client: &Client, row: &str) -> Vec<Step> {
    let script = "
        const names = (step, list) => [...step.querySelectorAll(`${list} li`)].map((item) => item.dataset.header);
        return [...document.querySelectorAll(`#${arguments[0]} .step`)].map((step) => ({
            outcome: step.dataset.outcome,
            agreement: step.dataset.agreement,
            status: Number(step.dataset.status),
            preflights: Number(step.dataset.preflights),
            requests: Number(step.dataset.requests),
            headers: names(step, '.readable-headers'),
            hidden: names(step, '.hidden-headers'),
            body: step.querySelector('.body')?.textContent ?? '',
        }));
    ";
    read(client, script, row).await
}

/// What stands in the elements of a kind, in the order of the page.
pub(crate) async fn texts(client: &Client, selector: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent)";
    read(client, script, selector).await
}

/// The handler's counter at each request of a row that reached a handler.
pub(crate) async fn handler_runs(client: &Client, row: &str) -> Vec<u64> {
    let script = "
        const ran = document.querySelectorAll(`#${arguments[0]} .handler.ran`);
        return [...ran].map((line) => Number(line.dataset.runs));
    ";
    read(client, script, row).await
}

/// The lines of a header, request or response, in the middle column of a row's last step.
pub(crate) async fn headers_on_wire(client: &Client, row: &str, name: &str) -> Vec<String> {
    let script = format!(
        "const lines = document.querySelectorAll(`#${{arguments[0]}} .step:last-child .wire [data-header={name}] .value`);
         return [...lines].map((line) => line.textContent);"
    );
    read(client, &script, row).await
}

pub(crate) async fn read<T: DeserializeOwned>(client: &Client, script: &str, argument: &str) -> T {
    let value = client.execute(script, vec![json!(argument)]).await.unwrap();
    serde_json::from_value(value).unwrap_or_else(|error| panic!("{argument}: {error}"))
}
