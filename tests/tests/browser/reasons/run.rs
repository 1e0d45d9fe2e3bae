//! Each reason, provoked in Chromium, read from its console, and mended by what the explanation says.

mod policy_text;
mod rows;
mod script;
mod served;

use std::collections::BTreeSet;

use actix_web::test::init_service;
use cors_actix::testing::{Browser, Engine};
use cors_browser::At;
use cors_browser::explain::Explanation;
use fantoccini::Client;

use crate::chromium::{Layout, browse, console};
use rows::{Mend, OUT, Row, rows};
use script::Script;
use served::{Answer, Served, To, answer, app};

/// How often somebody may have to mend what the next message names.
const ROUNDS: usize = 5;

#[tokio::test]
async fn every_explanation_of_a_message_mends_what_it_explains() {
    let blank = [answer(To::Request("/"), 200, &[("Content-Type", "text/html"), ("Cache-Control", "no-store")])];
    let page = Served::Answers(blank.to_vec()).start("").port();
    let page = format!("http://localhost:{page}");
    browse(Layout::Desktop, async |client| {
        client.goto(&page).await.expect("the page is served");
        console(client).await;
        let mut wrong = Vec::new();
        for row in rows(&page) {
            if let Err(mistake) = mend(client, &page, &row).await {
                wrong.push(format!("{}: {:?}\n{mistake}", row.code, row.script));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    })
    .await;
}

/// What the page got, and what the console said if it was blocked.
async fn ask(client: &Client, script: &Script, served: &Served, page: &str) -> Result<(), (String, String)> {
    let api = format!("localhost:{}", served.start(page).port());
    let outcome = script.run(client, &api).await;
    let said = console(client).await.join("\n");
    if outcome == "blocked" { Err((api, said)) } else { Ok(()) }
}

async fn mend(client: &Client, page: &str, row: &Row) -> Result<(), String> {
    let (mut script, mut served) = (row.script.clone(), row.served.clone());
    for round in 0..ROUNDS {
        let Err((api, said)) = ask(client, &script, &served, page).await else {
            return if round > 0 { Ok(()) } else { Err("it is not blocked".to_owned()) };
        };
        let explanation = Explanation::from_console(&said).ok_or_else(|| format!("not explained: {said}"))?;
        if round == 0 {
            let code = explanation.cause().code();
            if code != row.said {
                return Err(format!("explained as {code}: {said}"));
            }
            is_as_the_model_says(page, row, &api, &said).await?;
        }
        (script, served) = match &row.mend {
            Mend::Server(help, mended) if says(&explanation, help) => (script, mended.clone()),
            Mend::Script(help, mended) if says(&explanation, help) => (mended.clone(), served),
            Mend::Paste => (script, pasted(&served, explanation, &said)?),
            Mend::Server(help, _) | Mend::Script(help, _) => return Err(format!("{help:?} is not in {explanation}")),
        };
    }
    Err(format!("still blocked: {served:?}"))
}

/// The explanation of the model's verdict, of the same app.
async fn of_model(page: &str, row: &Row, api: &str) -> Explanation {
    let request = row.script.request(api);
    let app = init_service(app(row.served.clone(), page.to_owned())).await;
    let outcome = Browser::at(page).engine(Engine::Chromium).fetch(&app, request).await;
    Explanation::of(outcome.transcript()).unwrap_or_else(|| panic!("{outcome}"))
}

fn says(explanation: &Explanation, help: &str) -> bool {
    explanation.help().iter().any(|text| text == help)
}

/// The model blocks for the same reason, and knows what the console says.
async fn is_as_the_model_says(page: &str, row: &Row, api: &str, said: &str) -> Result<(), String> {
    let model = of_model(page, row, api).await;
    let code = model.cause().code();
    if code != row.code {
        return Err(format!("the model says {code}"));
    }
    match model.console(Engine::Chromium) {
        Some(text) if !said.contains(&text) => Err(format!("expected {text}\nsaid {said}")),
        _ => Ok(()),
    }
}

/// The server with what the explanation says to write.
fn pasted(served: &Served, explanation: Explanation, said: &str) -> Result<Served, String> {
    match served {
        Served::Policy(policy) => {
            let explanation = explanation.with_policy(policy);
            let fix = explanation.fix().ok_or_else(|| format!("no fix: {explanation}"))?;
            let fixed = policy_text::read(&policy_text::pasted(policy, fix));
            if fixed == *fix.policy() {
                Ok(Served::Policy(fixed))
            } else {
                Err(format!("{fixed} is not {}", fix.policy()))
            }
        }
        Served::Answers(answers) => {
            let lines = explanation.header_lines();
            if lines.is_empty() {
                return Err(format!("no lines: {explanation}\n{said}"));
            }
            let is_refused =
                |answer: &&mut Answer| (explanation.at() == Some(At::Preflight)) == (answer.to == To::Preflight);
            let mut answers = answers.clone();
            answers.iter_mut().filter(is_refused).for_each(|answer| answer.apply(&lines));
            Ok(Served::Answers(answers))
        }
    }
}

/// The codes of all reasons, from the source of the model, so that none can be added without a row.
fn reasons() -> BTreeSet<String> {
    let catalogue = include_str!("../../../../cors-browser/src/catalogue.rs");
    let (_, reasons) = catalogue.split_once("reasons {").expect("the reasons");
    let (reasons, _) = reasons.split_once("\n    }\n").expect("their end");
    let code = |line: &str| Some(line.split_once(" = \"")?.1.split_once('"')?.0.to_owned());
    reasons.lines().filter_map(code).collect()
}

#[test]
fn no_reason_is_without_a_row() {
    let page = "http://localhost:1";
    // Two causes are reasons whose remedy is another.
    let refined = [("several-allowed-origins", "allow-origin-mismatch"), ("preflight-redirected", "preflight-status")];
    let codes: BTreeSet<&str> = rows(page).iter().map(|row| row.code).collect();
    assert!(refined.iter().all(|(cause, _)| codes.contains(cause)));
    let of_rows =
        codes.iter().map(|code| refined.iter().find(|(cause, _)| cause == code).map_or(*code, |(_, code)| code));
    let known: BTreeSet<String> = of_rows.chain(OUT.map(|(code, _)| code)).map(str::to_owned).collect();
    assert_eq!(reasons().len(), 20);
    assert_eq!(known, reasons());
    assert!(OUT.iter().all(|(code, _)| !codes.contains(code)), "what is out has a row");
    assert_eq!(rows(page).len(), 27);
}
