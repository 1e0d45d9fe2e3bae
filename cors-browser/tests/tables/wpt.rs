//! The expectations of the Web Platform Tests, for the standard and for engines that are known to differ.

use std::collections::BTreeMap;
use std::time::Duration;

use cors_browser::{Browser, Engine, Page};
use libtest_mimic::Trial;
use serde::Deserialize;

use crate::fetches::{End, end};
use crate::init::{Answer, Init, response};
use crate::trial::trials as table;

pub(crate) fn trials() -> Vec<Trial> {
    table("wpt", include_str!("../data/wpt.json"), check)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Why the standard does not agree, if the test is ahead of it. Then the behaviour of engines is not recorded.
    tentative: Option<String>,
    /// The engines that do not agree, and the difference.
    #[serde(default)]
    engines: BTreeMap<String, String>,
    steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    page: String,
    url: String,
    init: Init,
    #[serde(default)]
    wait_ms: u64,
    /// One answer for each request; `None` for a lost connection.
    answers: Vec<Option<Answer>>,
    expect: Expected,
}

/// An [`End`] without the parts that a test does not check.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    outcome: String,
    why: Option<String>,
    at: Option<String>,
    sent: Option<Vec<crate::fetches::Sent>>,
    readable: Option<Vec<String>>,
    kind: Option<String>,
}

impl Expected {
    fn agrees_with(&self, found: &End) -> bool {
        fn same<T: PartialEq>(expected: Option<&T>, found: Option<&T>) -> bool {
            expected.is_none_or(|expected| Some(expected) == found)
        }
        self.outcome == found.outcome
            && same(self.why.as_ref(), found.why.as_ref())
            && same(self.at.as_ref(), found.at.as_ref())
            && same(self.sent.as_ref(), Some(&found.sent))
            && same(self.readable.as_ref(), found.readable.as_ref())
            && same(self.kind.as_ref(), found.kind.as_ref())
    }
}

/// Returns what differs.
fn run(case: &Case, mut browser: Browser) -> Result<(), String> {
    for (index, step) in case.steps.iter().enumerate() {
        browser.advance(Duration::from_millis(step.wait_ms));
        let page = if step.page == "null" { Page::opaque() } else { Page::at(&step.page).expect("a URL") };
        let mut answers = step.answers.iter();
        // Further requests are visible in what was sent.
        let found = end(&mut browser, &page, &step.init.request(&step.url), |sent| {
            answers.next().and_then(Option::as_ref).map(|answer| response(answer, sent.origin.as_deref()))
        });
        if !step.expect.agrees_with(&found) {
            return Err(format!("  in step {index}\n  expected {:?}\n  found    {found:?}", step.expect));
        }
    }
    Ok(())
}

fn check(case: &Case) -> Result<(), String> {
    if case.tentative.is_some() {
        return run(case, Browser::new()).map_or(Ok(()), |()| Err("  the standard agrees now".to_owned()));
    }
    let known = [
        ("the standard", None),
        ("chromium", Some(Engine::Chromium)),
        ("firefox", Some(Engine::Firefox)),
        ("webkit", Some(Engine::WebKit)),
    ];
    let wrong = known.into_iter().filter_map(|(name, engine)| {
        match (run(case, engine.map_or_else(Browser::new, Browser::of)), case.engines.get(name)) {
            (Err(found), None) => Some(format!("  {name} differs {found}")),
            (Ok(()), Some(difference)) => Some(format!("  {name} agrees now: {difference}")),
            _ => None,
        }
    });
    let wrong: Vec<String> = wrong.collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n")) }
}
