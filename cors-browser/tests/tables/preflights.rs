//! Responses to a preflight: how they are checked, and what is stored of them.

use cors_browser::{Browser, Page, Permission, Verdict};
use libtest_mimic::Trial;
use serde::Deserialize;

use crate::init::{Init, Line, response};
use crate::trial::same;

pub(crate) fn trials() -> Vec<Trial> {
    crate::trial::trials("preflight_check", include_str!("../data/preflight_check.json"), check)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    origin: String,
    request: Init,
    status: u16,
    headers: Vec<Line>,
    expect: End,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct End {
    why: Option<String>,
    #[serde(default)]
    cached_methods: Vec<String>,
    #[serde(default)]
    cached_headers: Vec<String>,
    max_age: Option<u64>,
}

/// Returns the result of the row's preflight, and the entries of the preflight cache.
fn check(row: &Row) -> Result<(), String> {
    let mut browser = Browser::new();
    let page = Page::at(&row.origin).expect("the table has origins");
    let mut fetch = browser.fetch(&page, &row.request.request("https://api.example.com/x"));
    same(fetch.pending().map(|request| request.preflight), Some(true))?;
    let answer = response(&(Some(row.status), row.headers.clone()), None);
    fetch.answer(answer);
    let why = match fetch.pending() {
        Some(_) => None,
        None => match fetch.end().verdict {
            Verdict::Blocked(blocked) => Some(blocked.reason.code().to_owned()),
            verdict => return Err(format!("  {verdict:?}")),
        },
    };
    let mut end = End { why, cached_methods: Vec::new(), cached_headers: Vec::new(), max_age: None };
    for entry in browser.preflight_cache() {
        match &entry.permission {
            Permission::Method(name) => end.cached_methods.push(name.clone()),
            Permission::Header(name) => end.cached_headers.push(name.clone()),
        }
        same(entry.max_age.subsec_nanos(), 0)?;
        end.max_age = Some(entry.max_age.as_secs());
    }
    same(&end, &row.expect)
}
