//! Compares the tests of other libraries with ours.
//!
//! A row is a configuration, a request and the expectation of the library's own test: jub0bs/cors and rs/cors (Go),
//! expressjs/cors, actix-cors and tower-http, all under the MIT license. Facts, no code. If ours differs on purpose,
//! the row says why (`differs`) and what ours does (`ours`).

use std::collections::{BTreeMap, BTreeSet};

use cors_core::{OriginPattern, Policy, PolicyDraft};
use libtest_mimic::Trial;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::answer::Answer;
use crate::effect::effect;
use crate::support::{Request, bytes};
use crate::trial::{same, trials_but};

pub(crate) fn trials() -> Vec<Trial> {
    trials_but("peers", include_str!("../data/peers.json"), check, |row: &Row| match &row.case {
        Case::NotConverted { why } => Some(why.clone()),
        _ => None,
    })
}

#[derive(Deserialize)]
struct Row {
    #[serde(flatten)]
    case: Case,
    /// Why ours differs on purpose.
    differs: Option<String>,
    /// What ours does instead.
    ours: Option<String>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Case {
    /// Whether a policy is accepted.
    Policy { draft: Keys, accepted: bool },
    /// Whether an origin or pattern is accepted.
    Pattern { pattern: String, accepted: bool },
    /// Whether a pattern is refused because of credentials.
    WithCredentials { pattern: String, refused: Option<String> },
    /// What patterns match.
    Matches { patterns: Vec<String>, matched: BTreeSet<String>, unmatched: BTreeSet<String> },
    /// Whether a browser sends the request after a preflight.
    Preflight { draft: Keys, request: Request, passes: bool },
    /// The effect of the peer's response on a browser.
    Effect { draft: Keys, request: Request, answers: Peers },
    /// The headers of the response. No test names all of them.
    Headers {
        draft: Keys,
        source: Option<String>,
        request: Request,
        answered: Option<bool>,
        headers: Headers,
        #[serde(default)]
        includes: BTreeMap<String, BTreeSet<String>>,
    },
    /// A row about something that the core does not have.
    NotConverted { why: String },
}

type Keys = Map<String, Value>;

/// The elements of each header; `None` if the header is absent.
type Headers = BTreeMap<String, Option<BTreeSet<String>>>;

#[derive(Deserialize)]
struct Peers {
    status: u16,
    headers: Vec<(String, String)>,
}

fn check(row: &Row) -> Result<(), String> {
    let (ours, peers) = match compare(&row.case) {
        Ok(both) => both,
        Err(refused) => (refused, "a policy".to_owned()),
    };
    match (&row.differs, &row.ours) {
        (None, None) => same(ours, peers),
        (Some(_), Some(recorded)) if ours != peers => same(&ours, recorded),
        (Some(why), Some(_)) => Err(format!("  nothing differs, so there is no reason: {why}")),
        _ => Err("  a row has `differs` and `ours`, or neither".to_owned()),
    }
}

/// Returns what ours does, and what the peer does. The error is a policy that ours refuses.
fn compare(case: &Case) -> Result<(String, String), String> {
    let word = |is: bool, yes: &str, no: &str| if is { yes } else { no }.to_owned();
    let judged = |accepted: bool, draft: &PolicyDraft| match (validated(draft), accepted) {
        (Ok(_), _) => ("accepted".to_owned(), word(accepted, "accepted", "refused")),
        (Err(why), true) => (why, "accepted".to_owned()),
        (Err(_), false) => ("refused".to_owned(), "refused".to_owned()),
    };
    Ok(match case {
        Case::Policy { draft, accepted } => judged(*accepted, &read(draft)),
        Case::Pattern { pattern, accepted } => judged(*accepted, &PolicyDraft::new().origins([pattern])),
        Case::WithCredentials { pattern, refused } => {
            let ours = validated(&PolicyDraft::new().origins([pattern]).credentials(true));
            let peers = refused.as_ref().map_or("accepted".to_owned(), |class| format!("refused: origins[0] {class}"));
            (ours.map_or_else(|why| why, |_| "accepted".to_owned()), peers)
        }
        Case::Matches { patterns, matched, unmatched } => {
            let patterns: Vec<_> = patterns.iter().filter_map(|pattern| OriginPattern::parse(pattern).ok()).collect();
            let matches = |origin: &&String| patterns.iter().any(|pattern| pattern.matches(&bytes(origin)));
            let ours: BTreeSet<_> = matched.union(unmatched).filter(matches).collect();
            (format!("{ours:?}"), format!("{matched:?}"))
        }
        Case::Preflight { draft, request, passes } => {
            let ours = Answer::of(&validated(&read(draft))?, request, |_| false);
            let without_credentials = word(*passes, "allowed", "blocked");
            (effect(request, &ours), format!("omit: {without_credentials}; include: blocked"))
        }
        Case::Effect { draft, request, answers } => {
            let ours = Answer::of(&validated(&read(draft))?, request, |_| false);
            (effect(request, &ours), effect(request, &answers.answer()))
        }
        Case::Headers { draft, source, request, answered, headers, includes } => {
            let draft = if source.is_some() { read(draft).ask_for_other_origins() } else { read(draft) };
            let knows = |origin: &str| source.as_ref().is_some_and(|source| knows(source, origin));
            let ours = Answer::of(&validated(&draft)?, request, knows);
            let named: Headers =
                headers.keys().chain(includes.keys()).map(|name| (name.clone(), elements(name, &ours))).collect();
            let mut expected = headers.clone();
            for (name, elements) in includes {
                let others = named[name].iter().flatten();
                expected.insert(name.clone(), Some(others.chain(elements).cloned().collect()));
            }
            (written(answered.map(|_| ours.kind == "answer"), &named), written(*answered, &expected))
        }
        Case::NotConverted { .. } => (String::new(), String::new()),
    })
}

fn read(keys: &Keys) -> PolicyDraft {
    serde_json::from_value(Value::Object(keys.clone())).expect("no content is an error")
}

/// Returns the policy, or the place and the code of every mistake.
fn validated(draft: &PolicyDraft) -> Result<Policy, String> {
    draft.validate().map_err(|issues| {
        let mistakes = issues.iter().map(|issue| format!("{} {}", issue.place(), issue.kind().code()));
        format!("refused: {}", mistakes.collect::<Vec<_>>().join(", "))
    })
}

/// Whether a peer's function allows an origin.
fn knows(source: &str, origin: &str) -> bool {
    match source.split_once(':') {
        Some(("prefix", prefix)) => origin.starts_with(prefix),
        Some(("suffix", suffix)) => origin.ends_with(suffix),
        _ => source == "true",
    }
}

/// Returns the elements of a header's list. Names are in lower case.
fn elements(name: &str, answer: &Answer) -> Option<BTreeSet<String>> {
    let text = String::from_utf8_lossy(answer.headers.get(name)?).into_owned();
    let text = if name.ends_with("-headers") || name == "vary" { text.to_ascii_lowercase() } else { text };
    Some(text.split(',').map(|element| element.trim().to_owned()).collect())
}

fn written(answered: Option<bool>, headers: &Headers) -> String {
    let header = |(name, elements): (&String, &Option<BTreeSet<String>>)| match elements {
        Some(elements) => format!("{name}: {}", elements.iter().map(String::as_str).collect::<Vec<_>>().join(", ")),
        None => format!("no {name}"),
    };
    let kind = answered.map(|answered| if answered { "answered" } else { "forwarded" }.to_owned());
    kind.into_iter().chain(headers.iter().map(header)).collect::<Vec<_>>().join("; ")
}

impl Peers {
    fn answer(&self) -> Answer {
        let headers = self.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), bytes(value))).collect();
        Answer { kind: "answer", status: Some(self.status), headers }
    }
}
