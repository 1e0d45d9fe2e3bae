//! The picture of a fetch: arrows between browser and server, and the reason next to them.

mod decided;
mod reason;
mod words;

use cors_browser::{At, CredentialsMode, Reason, canonical_name};
use cors_core::ResponseHeader;
use serde_json::{Value as Json, json};

use super::exchange::{KeptLine, is_about_cors};
use super::fetch::{By, Fetch, FetchOutcome, Sent};
use crate::finding::Status;
pub(super) use reason::reason;

/// Returns the arrows, from top to bottom, with their texts.
pub(super) fn picture(fetch: &Fetch, credentials: CredentialsMode) -> Json {
    let mut steps = Vec::new();
    if fetch.is_preflight_unseen {
        steps.push(json!({ "kind": "note", "text": words::preflight_unseen(&fetch.method) }));
    }
    for sent in &fetch.sent {
        steps.extend(steps_of(fetch, sent, credentials));
    }
    steps.extend(words::end(fetch).map(|(mood, text)| json!({ "kind": "end", "mood": mood, "text": text })));
    json!({
        "page": fetch.transcript.page.origin(),
        "server": fetch.server,
        "method": fetch.method,
        "path": fetch.path,
        "verdict": fetch.outcome.verdict(),
        "code": fetch.outcome.code(),
        "title": words::title(fetch),
        "steps": steps,
        "reason": reason(fetch),
    })
}

fn steps_of(fetch: &Fetch, sent: &Sent, credentials: CredentialsMode) -> [Json; 3] {
    let decisive = Decisive::of(fetch, sent, credentials);
    let is_stopped = stops_at(fetch, sent);
    let (lines, others) = shown(&sent.request, None);
    let (answer_lines, answer_others) = shown(&sent.answer, decisive.as_ref());
    [
        json!({
            "kind": "ask",
            "preflight": sent.is_preflight,
            "wire": format!("{} {}", if sent.is_preflight { "OPTIONS" } else { &fetch.method }, fetch.path),
            "text": words::ask(fetch, sent),
            "lines": lines,
            "others": others,
        }),
        json!({
            "kind": "server",
            "mood": if sent.by == By::Unknown && is_stopped { "bad" } else { "" },
            "text": words::server(sent),
            "decided": decided::lines(&sent.decided),
        }),
        json!({
            "kind": "answer",
            "preflight": sent.is_preflight,
            "wire": Status(sent.status).to_string(),
            "text": words::answer(fetch, sent, is_stopped),
            "lines": answer_lines,
            "others": answer_others,
            "stopped": is_stopped,
            "badStatus": is_stopped && is_about_status(fetch),
        }),
    ]
}

/// Returns whether the browser stops at this answer.
fn stops_at(fetch: &Fetch, sent: &Sent) -> bool {
    match &fetch.outcome {
        FetchOutcome::Blocked(blocked) => match blocked.at {
            At::Preflight => sent.is_preflight,
            At::Actual | At::Redirect => !sent.is_preflight,
            At::Request => false,
        },
        _ => false,
    }
}

fn is_about_status(fetch: &Fetch) -> bool {
    matches!(&fetch.outcome, FetchOutcome::Blocked(blocked) if matches!(blocked.reason, Reason::PreflightStatus { .. }))
}

/// The header that decides, its text, and what the browser expected.
struct Decisive {
    names: Vec<&'static str>,
    mark: &'static str,
    wanted: Option<String>,
}

impl Decisive {
    fn of(fetch: &Fetch, sent: &Sent, credentials: CredentialsMode) -> Option<Self> {
        const ORIGIN: &str = ResponseHeader::AllowOrigin.name();
        const CREDENTIALS: &str = ResponseHeader::AllowCredentials.name();
        if !stops_at(fetch, sent) {
            let is_wrong = matches!(fetch.outcome, FetchOutcome::None(_) | FetchOutcome::Refused(_));
            let names = match credentials {
                CredentialsMode::Include => vec![ORIGIN, CREDENTIALS],
                CredentialsMode::Omit | CredentialsMode::SameOrigin => vec![ORIGIN],
            };
            return (!is_wrong).then_some(Self { names, mark: "good", wanted: None });
        }
        let FetchOutcome::Blocked(blocked) = &fetch.outcome else { return None };
        let (name, wanted) = match &blocked.reason {
            // `null` must never be suggested.
            Reason::AllowOriginMissing { origin }
            | Reason::WildcardWithCredentials { origin }
            | Reason::AllowOriginMismatch { origin, .. } => {
                (ORIGIN, Some(origin.clone()).filter(|origin| origin != "null"))
            }
            Reason::AllowCredentialsNotTrue { .. } => (CREDENTIALS, Some("true".to_owned())),
            Reason::MethodNotAllowed { method, .. } => (ResponseHeader::AllowMethods.name(), Some(method.clone())),
            Reason::HeaderNotAllowed { name, .. } => (ResponseHeader::AllowHeaders.name(), Some(name.clone())),
            Reason::PreflightListMalformed { header, .. } => (*header, None),
            Reason::ResourcePolicy { .. } => ("cross-origin-resource-policy", None),
            _ => return None,
        };
        Some(Self { names: vec![name], mark: "bad", wanted })
    }
}

/// Returns the lines that matter for CORS, and the others. The page shows all stored lines, so that everybody sees
/// what is not stored.
fn shown(lines: &[KeptLine], decisive: Option<&Decisive>) -> (Vec<Json>, Vec<Json>) {
    let (about, others): (Vec<&KeptLine>, Vec<&KeptLine>) = lines.iter().partition(|line| is_about_cors(&line.name));
    let mark =
        |name: &str| decisive.filter(|decisive| decisive.names.contains(&name)).map_or("", |decisive| decisive.mark);
    let json = |line: &KeptLine| {
        let value = line.value.as_deref().map(String::from_utf8_lossy);
        json!({ "name": canonical_name(&line.name), "value": value, "mark": mark(&line.name) })
    };
    let mut shown: Vec<Json> = about.into_iter().map(json).collect();
    if let Some(Decisive { names, mark: "bad", wanted }) = decisive
        && let Some(name) = names.first().filter(|name| !lines.iter().any(|line| line.name == **name))
    {
        shown.insert(0, json!({ "name": canonical_name(name), "value": wanted, "mark": "missing" }));
    }
    (shown, others.into_iter().map(json).collect())
}
