//! What a visitor plays: a policy is edited and checked, a request guessed, predicted and sent, and an address shared.

#[path = "play/address.rs"]
mod address;
#[path = "play/strangers.rs"]
mod strangers;

use cors_actix::PolicyDraft;
use cors_tests::wire::{exchange, request};
use fantoccini::{Client, Locator};
use serde::Deserialize;

use crate::{
    chromium::{Layout, browse},
    playground::Playground,
    row::{appears, read, texts},
};

/// What the page shows of a request that was guessed, predicted and sent.
#[derive(Debug, Deserialize, PartialEq)]
struct Result {
    guessed: String,
    predicted: String,
    happened: String,
    agreement: String,
    preflights: String,
    requests: String,
}

fn result(guessed: &str, outcome: &str, preflights: usize, requests: usize) -> Result {
    Result {
        guessed: guessed.to_owned(),
        predicted: outcome.to_owned(),
        happened: outcome.to_owned(),
        agreement: "agrees".to_owned(),
        preflights: preflights.to_string(),
        requests: requests.to_string(),
    }
}

async fn open(client: &Client, address: &str) {
    client.goto(address).await.unwrap();
    appears(client, "#run-all:enabled").await.unwrap();
}

async fn click(client: &Client, selector: &str) {
    let element = appears(client, selector).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    element.click().await.unwrap_or_else(|error| panic!("{selector}: {error}"));
}

/// Types a text in place of the one that stands there.
async fn write(client: &Client, id: &str, text: &str) {
    let field = client.find(Locator::Id(id)).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

async fn write_policy(client: &Client, text: &str, state: &str) {
    write(client, "policy-text", text).await;
    checked(client, state).await;
}

/// Waits until the server has said `right` or `wrong` of what stands in the editor now.
async fn checked(client: &Client, state: &str) {
    let selector = format!("#policy-state[data-state={state}]");
    appears(client, &selector).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
}

async fn choose(client: &Client, id: &str, value: &str) {
    let field = client.find(Locator::Id(id)).await.unwrap();
    field.select_by_value(value).await.unwrap();
}

async fn value(client: &Client, id: &str) -> String {
    read(client, "return document.getElementById(arguments[0]).value", id).await
}

/// Guesses, and reads what came of it.
async fn guess(client: &Client, guess: &str) -> Result {
    client.execute("document.getElementById('result').replaceChildren()", Vec::new()).await.unwrap();
    click(client, &format!("#guess-{guess}")).await;
    appears(client, "#result .verdicts").await.unwrap();
    let script = "
        const tiles = [...document.querySelectorAll('.verdicts li')];
        const [guessed, predicted, happened] = tiles.map((tile) => tile.className);
        const { agreement, preflights, requests } = document.querySelector('#result .step').dataset;
        return { guessed, predicted, happened, agreement, preflights, requests };
    ";
    read(client, script, "").await
}

/// A policy with one origin.
fn policy(origin: &str) -> String {
    format!("origins = [\"{origin}\"]\n")
}

#[tokio::test]
async fn a_mistake_is_told_in_the_validators_words_and_mended_by_a_press() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        open(client, &playground.page).await;
        let text = "origins = [\n\"https://App.example.com/\",\n\"null\",\n]\ncredential = true\n";
        write_policy(client, text, "wrong").await;

        let issues = toml::from_str::<PolicyDraft>(text).unwrap().validate().unwrap_err();
        let messages: Vec<_> = issues.iter().map(|issue| issue.message()).collect();
        let plain = |texts: Vec<String>| texts.into_iter().map(|text| text.replace('`', "")).collect::<Vec<_>>();
        let places = ["line 2, origins[0]", "line 3, origins[1]", "line 5, credential"];
        let summaries = messages.iter().zip(places).map(|(message, place)| format!("{place}: {}", message.summary()));
        assert_eq!(texts(client, "#mistakes .summary").await, plain(summaries.collect()));
        let helps = messages.iter().map(|message| format!("Help: {}", message.help()));
        assert_eq!(texts(client, "#mistakes .help").await, plain(helps.collect()));

        assert_eq!(texts(client, "#mistakes .apply").await, ["Write \"https://app.example.com\"", "Write credentials"]);
        click(client, "#mistakes li:first-child .apply").await;
        appears(client, "#mistakes li:nth-child(2):last-child").await.unwrap();
        click(client, "#mistakes li:last-child .apply").await;
        appears(client, "#mistakes li:only-child").await.unwrap();
        let mended = "origins = [\n\"https://app.example.com\",\n\"null\",\n]\ncredentials = true\n";
        assert_eq!(value(client, "policy-text").await, mended);

        click(client, "#guess-blocked").await;
        let problem = appears(client, "#problem:not([hidden])").await.unwrap().text().await.unwrap();
        assert!(problem.contains("has mistakes, so it is not served"), "{problem}");
        assert_eq!(playground.policies(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_policy_stands_there_in_each_notation() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        open(client, &playground.page).await;
        write_policy(client, "origins = [\"https://a.example\"]\nmethods = [\"PUT\"]\nmax_age = 60\n", "right").await;
        let source =
            "cors_policy! {\n    origins: [\"https://a.example\"],\n    methods: [PUT],\n    max_age: 1min,\n}";
        assert_eq!(texts(client, "#source").await, [source]);
        let variables = "CORS_ORIGINS=https://a.example\nCORS_METHODS=PUT\nCORS_MAX_AGE=1min";
        assert_eq!(texts(client, "#variables").await, [variables]);
    })
    .await;
}

#[tokio::test]
async fn what_is_predicted_happens_and_a_press_mends_the_policy() {
    let playground = Playground::start().await;
    let Playground { page, .. } = &playground;
    browse(Layout::Desktop, async |client| {
        open(client, page).await;
        assert_eq!(guess(client, "readable").await, result("readable", "blocked", 1, 0), "Authorization is not listed");
        assert_eq!(texts(client, "#result h3").await, ["Not what you guessed"]);
        assert_eq!(texts(client, ".fix mark").await, ["allow_headers = [\"Content-Type\", \"Authorization\"]\n"]);
        click(client, "#result .fix-policy").await;
        let told = texts(client, "#guess-state, #result[data-stale] h3").await;
        assert_eq!(told, ["Policy changed. Guess again.", "Before your change"]);
        assert_eq!(client.active_element().await.unwrap().attr("id").await.unwrap().as_deref(), Some("guess-readable"));
        let mended = value(client, "policy-text").await;
        assert!(mended.contains("allow_headers = [\"Content-Type\", \"Authorization\"]"), "{mended}");
        assert_eq!(guess(client, "readable").await, result("readable", "readable", 1, 1));
        assert_eq!(texts(client, "#result:not([data-stale]) .score").await, ["1 of 2 guessed right"]);
        assert_eq!(guess(client, "readable").await, result("readable", "readable", 1, 1), "nothing is remembered");

        choose(client, "sender", "other").await;
        assert_eq!(guess(client, "blocked").await, result("blocked", "blocked", 1, 0), "the origin is not listed");

        write_policy(client, "origins = \"*\"\n", "right").await;
        write(client, "method", "GET").await;
        write(client, "headers", "").await;
        write(client, "body", "").await;
        assert_eq!(guess(client, "readable").await, result("readable", "readable", 0, 1));
        choose(client, "credentials", "include").await;
        assert_eq!(guess(client, "readable").await, result("readable", "blocked", 0, 1), "`*` is not for credentials");

        choose(client, "credentials", "same-origin").await;
        write(client, "method", "patch").await;
        assert_eq!(guess(client, "blocked").await, result("blocked", "blocked", 1, 0), "methods have case");
        write(client, "method", "TRACE").await;
        assert_eq!(guess(client, "blocked").await, result("blocked", "blocked", 0, 0), "no script may send it");
        assert_eq!(playground.policies(), 3, "the same policy is kept once");
    })
    .await;
}

#[tokio::test]
async fn a_console_message_fills_the_request_in() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        open(client, &playground.page).await;
        write(client, "method", "GET").await;
        click(client, ".paste summary").await;
        let message = |reason: &str| {
            let of = format!("Access to fetch at 'https://api.example.com/' from origin '{}'", playground.other);
            format!("{of} has been blocked by CORS policy: {reason}")
        };
        let reason = "Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.";
        write(client, "message", &message(reason)).await;
        click(client, "#fill").await;
        appears(client, "#filled:not(:empty)").await.unwrap();
        let reason =
            "Request header field x-debug is not allowed by Access-Control-Allow-Headers in preflight response.";
        write(client, "message", &message(reason)).await;
        client.execute("document.getElementById('filled').textContent = ''", Vec::new()).await.unwrap();
        click(client, "#fill").await;
        let said = appears(client, "#filled:not(:empty)").await.unwrap().text().await.unwrap();
        assert!(said.ends_with("Filled in: header X-Debug."), "{said}");
        assert_eq!(value(client, "method").await, "PATCH");
        assert_eq!(value(client, "sender").await, "other");
        let headers = value(client, "headers").await;
        assert!(headers.ends_with("X-Debug: 1"), "{headers}");

        client.execute("document.getElementById('filled').textContent = ''", Vec::new()).await.unwrap();
        write(client, "message", "Uncaught SyntaxError").await;
        click(client, "#fill").await;
        let said = appears(client, "#filled:not(:empty)").await.unwrap().text().await.unwrap();
        assert!(said.starts_with("Nothing filled in: this is no message"), "{said}");
    })
    .await;
}

#[tokio::test]
async fn two_tabs_with_different_policies_do_not_disturb_each_other() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        let one = client.window().await.unwrap();
        let two = client.new_window(true).await.unwrap().handle;
        let policies =
            [(one, policy(&playground.page), "readable"), (two, policy("https://nobody.example"), "blocked")];
        for (tab, policy, _) in &policies {
            client.switch_to_window(tab.clone()).await.unwrap();
            open(client, &playground.page).await;
            write_policy(client, policy, "right").await;
            write(client, "method", "GET").await;
            write(client, "headers", "").await;
            write(client, "body", "").await;
        }
        let mut paths = Vec::new();
        for _ in 0..2 {
            for (tab, _, outcome) in &policies {
                client.switch_to_window(tab.clone()).await.unwrap();
                assert_eq!(guess(client, outcome).await, result(outcome, outcome, 0, 1));
                paths.extend(texts(client, "#result h4 code").await);
            }
        }
        assert_eq!(paths, ["GET /try/1/notes", "GET /try/2/notes", "GET /try/1/notes", "GET /try/2/notes"]);
        assert_eq!(playground.policies(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_policy_that_is_not_kept_is_no_policy() {
    let playground = Playground::start().await;
    let reply =
        exchange(playground.api_address(), &request(b"GET", "/try/7/notes", &[("Origin", b"https://a.example")]));
    assert_eq!((reply.status, reply.cors()), (410, Vec::new()));
    let text = String::from_utf8(reply.body).unwrap();
    assert_eq!(text, "this policy is not kept any more: only the latest 64 are; send it again\n");
}

#[tokio::test]
async fn lessons_lead_to_the_next_and_keep_the_address_of_what_is_played() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        open(client, &format!("{}/#json-post", playground.page)).await;
        appears(client, "#json-post[open]").await.unwrap();
        click(client, "#json-post .next a").await;
        appears(client, "#put-authorization[open]").await.unwrap();
        let titles = texts(client, ".row h4").await;
        assert_eq!(texts(client, "#contents-list a").await, titles);

        write(client, "method", "GET").await;
        click(client, "#guess-readable").await;
        appears(client, "#result .verdicts").await.unwrap();
        let address = client.current_url().await.unwrap();
        assert!(address.fragment().is_some_and(|state| state.starts_with("play=")), "{address}");
        click(client, "#contents-list > li:last-child li:last-child a").await;
        appears(client, "#proxy[open]").await.unwrap();
        assert_eq!(client.current_url().await.unwrap(), address);
    })
    .await;
}
