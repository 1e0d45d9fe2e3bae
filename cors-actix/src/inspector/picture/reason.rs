//! The reason of a verdict, and what to write instead.

use cors_browser::explain::Explanation;
use cors_browser::{Blocked, Engine, Readable, Refusal, ResponseType};
use serde_json::{Value as Json, json};

use crate::finding::{diagnose, words};
use crate::inspector::fetch::{By, Fetch, FetchOutcome};
use crate::observe::Decisions;

/// The section of the standard about the whole protocol.
const PROTOCOL: &str = "https://fetch.spec.whatwg.org/#http-cors-protocol";

/// Returns a sentence, advice, the console messages, and the section of the standard.
pub(in crate::inspector) fn reason(fetch: &Fetch) -> Json {
    match &fetch.outcome {
        FetchOutcome::Blocked(blocked) => Explanation::of(&fetch.transcript)
            .map_or_else(Json::default, |explanation| of_blocked(fetch, blocked, explanation)),
        FetchOutcome::Readable(readable) => of_readable(fetch, readable),
        FetchOutcome::Refused(refusal) => json!({
            "text": format!("fetch() throws, and nothing is sent: {}", of_refusal(refusal)),
            "statement": refusal.statement(),
            "anchor": refusal.anchor(),
        }),
        FetchOutcome::Allowed => {
            json!({ "text": "the answer to the preflight allows the request", "anchor": PROTOCOL })
        }
        FetchOutcome::Redirected(url) => {
            json!({ "text": format!("this answer leads to {url}, and the browser checks the answer from there, too"), "anchor": PROTOCOL })
        }
        FetchOutcome::None(why) => json!({ "text": why, "anchor": PROTOCOL }),
    }
}

fn of_refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::MethodForbidden { method } => format!("browsers let no script send {method}"),
        Refusal::MethodInvalid { method } => format!("{method:?} is no method"),
        Refusal::HeaderInvalid { line } => format!("{:?} is no header that a script can set", line.name),
        Refusal::UrlInvalid { url } => format!("{url:?} is no address"),
        refusal => refusal.to_string(),
    }
}

fn of_readable(fetch: &Fetch, readable: &Readable) -> Json {
    let text = match readable.response_type {
        ResponseType::Basic => "page and server have the same origin, so no permission is needed".to_owned(),
        ResponseType::Cors => {
            format!("the answer’s Access-Control-Allow-Origin allows {}", fetch.transcript.page.origin())
        }
    };
    let anchor = "https://fetch.spec.whatwg.org/#concept-cors-check";
    let anchor = if readable.response_type == ResponseType::Cors { anchor } else { PROTOCOL };
    let conflict = fetch.decisions.as_ref().and_then(Decisions::conflict);
    json!({ "text": text, "anchor": anchor, "readable": readable.headers, "advice": warning(conflict) })
}

/// Returns a warning about the disagreement of nested policies.
fn warning(conflict: Option<&str>) -> Vec<Json> {
    let Some((text, advice)) = conflict.map(taken_apart) else { return Vec::new() };
    [vec![json!({ "kind": "warning", "text": text })], advice].concat()
}

fn of_blocked(fetch: &Fetch, blocked: &Blocked, explanation: Explanation) -> Json {
    let explanation = match &fetch.policy {
        Some(policy) => explanation.with_policy(policy),
        None => explanation,
    };
    let consoles: Vec<Json> = [("Chrome", Engine::Chromium), ("Firefox", Engine::Firefox), ("Safari", Engine::WebKit)]
        .into_iter()
        .filter_map(|(name, engine)| Some(json!({ "browser": name, "text": explanation.console(engine)? })))
        .collect();
    let last = fetch.transcript.exchanges.last().map(|last| &last.request);
    let (finding, conflict) = diagnose(blocked, &explanation, last, fetch.decisions.as_ref(), None);
    let (text, advice) = match finding {
        Some(finding) => taken_apart(&finding.to_string()),
        None if fetch.sent.last().is_some_and(|sent| sent.by == By::Unknown) => {
            (explanation.reason(), vec![json!({ "kind": "help", "text": words::unseen(&fetch.path) })])
        }
        None => taken_apart(&explanation.to_string()),
    };
    json!({
        "text": text,
        "advice": advice.into_iter().chain(warning(conflict)).collect::<Vec<_>>(),
        "consoles": consoles,
        "statement": explanation.statement(),
        "anchor": explanation.anchor(),
    })
}

/// Returns the first sentence of a text, and each `help:`, `note:` and `warning:` after it.
fn taken_apart(text: &str) -> (String, Vec<Json>) {
    let (first, parts) = words::taken_apart(text);
    (first, parts.into_iter().map(|(kind, text)| json!({ "kind": kind, "text": text })).collect())
}
