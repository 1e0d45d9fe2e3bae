//! Tables for single rules of the browser.

use cors_browser::{
    Browser, OutgoingRequest, Page, ScriptRequest, Transcript, Verdict, cors_check, is_forbidden_request_header,
    is_safelisted_request_header, normalise_method, readable_names, unsafe_request_header_names,
};
use libtest_mimic::Trial;
use serde::Deserialize;

use crate::init::{Line, credentials, lines};
use crate::support::bytes;
use crate::trial::{same, trials as table};

pub(crate) fn trials() -> Vec<Trial> {
    let tables = [
        table("origins", include_str!("../data/origins.json"), origin),
        table("methods", include_str!("../data/methods.json"), method),
        table("safelisted_request_headers", include_str!("../data/safelisted_request_headers.json"), header),
        table("forbidden_request_headers", include_str!("../data/forbidden_request_headers.json"), header),
        table("unsafe_names", include_str!("../data/unsafe_names.json"), unsafe_names),
        table("cors_check", include_str!("../data/cors_check.json"), check),
        table("readable", include_str!("../data/readable.json"), readable),
    ];
    tables.into_iter().flatten().collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    url: String,
    origin: String,
}

fn origin(row: &Origin) -> Result<(), String> {
    same(Page::at(&row.url).expect("the table has URLs").origin(), row.origin.as_str())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Method {
    method: String,
    normalised: String,
    safelisted: bool,
    forbidden: bool,
}

/// Returns what is sent for a request with this method to another origin.
fn first(method: &str) -> Transcript {
    let page = Page::at("https://app.example.com").expect("a URL");
    Browser::new().fetch(&page, &ScriptRequest::new("https://api.example.com/").method(method)).end()
}

fn method(Method { method, normalised, safelisted, forbidden }: &Method) -> Result<(), String> {
    same(normalise_method(method).as_ref(), normalised.as_str())?;
    match first(method) {
        Transcript { verdict: Verdict::RefusedByApi(refusal), .. } => {
            same((true, "method-forbidden"), (*forbidden, refusal.code()))
        }
        Transcript { unanswered: Some(request), .. } => {
            let sent = if *safelisted { request.method.as_bytes() } else { asked(&request) };
            same((false, request.preflight, sent), (*forbidden, !safelisted, normalised.as_bytes()))
        }
        transcript => Err(format!("  {:?}", transcript.verdict)),
    }
}

fn asked(request: &OutgoingRequest) -> &[u8] {
    request.header("Access-Control-Request-Method").unwrap_or_default()
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Is {
    Safelisted(bool),
    Forbidden(bool),
}

#[derive(Deserialize)]
struct Header {
    #[serde(rename = "header")]
    name: String,
    value: String,
    #[serde(flatten)]
    is: Is,
}

fn header(row: &Header) -> Result<(), String> {
    let value = bytes(&row.value);
    match row.is {
        Is::Safelisted(expected) => same(is_safelisted_request_header(&row.name, &value), expected),
        Is::Forbidden(expected) => same(is_forbidden_request_header(&row.name, &value), expected),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UnsafeNames {
    headers: Vec<Line>,
    names: Vec<String>,
}

fn unsafe_names(row: &UnsafeNames) -> Result<(), String> {
    same(&unsafe_request_header_names(&lines(&row.headers)), &row.names)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Check {
    origin: String,
    credentials: String,
    headers: Vec<Line>,
    why: Option<String>,
}

fn check(row: &Check) -> Result<(), String> {
    let checked = cors_check(&row.origin, credentials(&row.credentials), &lines(&row.headers));
    same(checked.err().map(|reason| reason.code()), row.why.as_deref())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Readable {
    credentials: String,
    headers: Vec<Line>,
    names: Vec<String>,
}

fn readable(row: &Readable) -> Result<(), String> {
    same(&readable_names(credentials(&row.credentials), &lines(&row.headers)), &row.names)
}
