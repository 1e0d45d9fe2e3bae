//! Tables of whole fetches, with one cache for several fetches, or one for each.

use std::time::Duration;

use cors_browser::{At, Browser, OutgoingRequest, Page, Response, ResponseType, ScriptRequest, Verdict};
use serde::Deserialize;

use libtest_mimic::Trial;

use crate::init::{Init, Line, Server, response};
use crate::trial::{same, trials as table};

pub(crate) fn trials() -> Vec<Trial> {
    let fetches = table("fetches", include_str!("../data/fetches.json"), fetch);
    fetches.into_iter().chain(table("cache", include_str!("../data/cache.json"), cache)).collect()
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FetchRow {
    page: Option<String>,
    url: String,
    init: Init,
    server: Server,
    expect: End,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct End {
    pub(crate) outcome: String,
    pub(crate) why: Option<String>,
    pub(crate) at: Option<String>,
    pub(crate) sent: Vec<Sent>,
    pub(crate) readable: Option<Vec<String>>,
    pub(crate) kind: Option<String>,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Sent {
    preflight: bool,
    method: String,
    url: String,
    pub(crate) origin: Option<String>,
    request_method: Option<String>,
    request_headers: Option<String>,
    credentials: bool,
    /// The headers that the script set.
    headers: Vec<Line>,
}

impl Sent {
    fn of(request: &OutgoingRequest) -> Self {
        let value = |name| request.header(name).map(|value| String::from_utf8_lossy(value).into_owned());
        let of_cors = ["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"];
        let headers = request.headers.iter().filter(|line| !of_cors.contains(&line.name.as_str()));
        let headers = headers.map(|line| (line.name.to_ascii_lowercase(), String::from_utf8_lossy(&line.value).into()));
        let mut headers: Vec<Line> = headers.collect();
        if request.preflight {
            assert_eq!(headers, [("accept".to_owned(), "*/*".to_owned())]);
            headers.clear();
        }
        Self {
            preflight: request.preflight,
            method: request.method.clone(),
            url: request.url.clone(),
            origin: value("Origin"),
            request_method: value("Access-Control-Request-Method"),
            request_headers: value("Access-Control-Request-Headers"),
            credentials: request.credentials,
            headers,
        }
    }
}

fn page(origin: Option<&str>) -> Page {
    origin.map_or_else(Page::opaque, |origin| Page::at(origin).expect("the table has origins"))
}

/// Runs a fetch against the server of a row.
fn run(browser: &mut Browser, page: &Page, url: &str, init: &Init, server: &Server) -> End {
    end(browser, page, &init.request(url), |sent| {
        let answers = server.get(&sent.url).unwrap_or_else(|| panic!("the table has no answer of {}", sent.url));
        let answer = if sent.preflight { &answers.preflight } else { &answers.actual };
        let answer = answer.as_ref().unwrap_or_else(|| panic!("the table has no answer to {sent:?}"));
        Some(response(answer, sent.origin.as_deref()))
    })
}

/// Runs a fetch against a server, which may give no answer.
pub(crate) fn end(
    browser: &mut Browser,
    page: &Page,
    request: &ScriptRequest,
    mut server: impl FnMut(&Sent) -> Option<Response>,
) -> End {
    let mut end = End::default();
    let transcript = browser.run(page, request, |outgoing| {
        let sent = Sent::of(outgoing);
        let response = server(&sent);
        end.sent.push(sent);
        response
    });
    end.outcome = match transcript.verdict {
        Verdict::Readable(readable) => {
            end.kind = Some(if readable.response_type == ResponseType::Cors { "cors" } else { "basic" }.to_owned());
            end.readable = Some(readable.headers);
            "readable"
        }
        Verdict::Opaque => "opaque",
        Verdict::OpaqueRedirect => "opaque-redirect",
        Verdict::Blocked(blocked) => {
            end.why = Some(blocked.reason.code().to_owned());
            end.at = Some(
                match blocked.at {
                    At::Request => "request",
                    At::Preflight => "preflight",
                    At::Actual => "actual",
                    At::Redirect => "redirect",
                }
                .to_owned(),
            );
            "blocked"
        }
        Verdict::RefusedByApi(refusal) => {
            end.why = Some(refusal.code().to_owned());
            "refused-by-api"
        }
        Verdict::Local => "local",
        Verdict::Unanswered => "unanswered",
    }
    .to_owned();
    end
}

fn fetch(row: &FetchRow) -> Result<(), String> {
    let end = run(&mut Browser::new(), &page(row.page.as_deref()), &row.url, &row.init, &row.server);
    same(&end, &row.expect)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CacheRow {
    page: String,
    server: Server,
    steps: Vec<CacheStep>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CacheStep {
    wait: u64,
    url: String,
    init: Init,
    expect: CacheEnd,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct CacheEnd {
    outcome: String,
    why: Option<String>,
    preflights: usize,
}

fn cache(row: &CacheRow) -> Result<(), String> {
    let mut browser = Browser::new();
    for (index, step) in row.steps.iter().enumerate() {
        browser.advance(Duration::from_secs(step.wait));
        let End { outcome, why, sent, .. } =
            run(&mut browser, &page(Some(&row.page)), &step.url, &step.init, &row.server);
        let preflights = sent.iter().filter(|request| request.preflight).count();
        same(&CacheEnd { outcome, why, preflights }, &step.expect)
            .map_err(|difference| format!("  in step {index}\n{difference}"))?;
    }
    Ok(())
}
