//! What three engines sent for elements and other initiators, and the results. The browser had a cookie for the server.

use cors_browser::{Browser, Engine, OutgoingRequest, Page, Response, ScriptRequest, Transcript, Verdict};
use libtest_mimic::Trial;
use serde::Deserialize;

use crate::init::{Init, initiator};
use crate::trial::{same, trials as table};

const PAGE: &str = "http://app.test";

pub(crate) fn trials() -> Vec<Trial> {
    table("elements", include_str!("../data/elements.json"), check)
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    /// The model leaves this out. Its list says so in these words.
    LeftOut {
        left_out: String,
    },
    Asked(Box<Asked>),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    by: String,
    init: Init,
    server: Server,
    /// The name of the loss.
    loss: Option<String>,
    /// The engines that sent nothing, and the words for that in the list of what the model leaves out.
    #[serde(default)]
    unseen: Vec<(String, String)>,
    engines: Vec<(Vec<String>, Seen)>,
}

/// The origins that the server allows.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Server {
    None,
    Any,
    Origin,
    Credentials,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Seen {
    sent: Vec<Sent>,
    /// `None` if it was not seen.
    outcome: Option<Outcome>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Outcome {
    /// The response is used, readable or not.
    Used,
    Readable,
    Opaque,
    Blocked,
}

#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Sent {
    method: String,
    origin: bool,
    cookies: bool,
    request_method: Option<String>,
    request_headers: Option<String>,
    content_type: Option<String>,
    last_event_id: Option<String>,
    range: Option<String>,
    /// `Accept`, if the page sets it.
    accept: Option<String>,
}

impl Sent {
    fn of(request: &OutgoingRequest) -> Self {
        let value = |name| request.header(name).map(|value| String::from_utf8_lossy(value).into_owned());
        let kind = value("Content-Type");
        Self {
            method: request.method.clone(),
            origin: request.header("Origin") == Some(PAGE.as_bytes()),
            cookies: request.credentials,
            request_method: value("Access-Control-Request-Method"),
            request_headers: value("Access-Control-Request-Headers"),
            content_type: kind.map(|kind| kind.split("; boundary").next().unwrap_or_default().to_owned()),
            last_event_id: value("Last-Event-ID"),
            range: value("Range"),
            accept: value("Accept").filter(|accept| accept != "*/*"),
        }
    }
}

fn answer(server: Server, request: &OutgoingRequest) -> Response {
    let response = Response::new(if request.preflight { 204 } else { 200 });
    let allowed = match server {
        Server::None => return response,
        Server::Any => "*",
        Server::Origin | Server::Credentials => PAGE,
    };
    let response =
        response.header("Access-Control-Allow-Origin", allowed).header("Access-Control-Allow-Headers", "content-type");
    match server {
        Server::Credentials => response.header("Access-Control-Allow-Credentials", "true"),
        _ => response,
    }
}

fn run(mut browser: Browser, request: &ScriptRequest, server: Server) -> Transcript {
    browser.run(&Page::at(PAGE).expect("a URL"), request, |request| answer(server, request))
}

fn is_left_out(words: &str) -> Result<(), String> {
    let documentation = include_str!("../../src/lib.rs");
    let (_, list) = documentation.split_once("# What the model leaves out").expect("a list");
    let (list, _) = list.split_once("mod api;").expect("the end of the documentation");
    if list.contains(words) { Ok(()) } else { Err(format!("  the list of what is left out does not name {words}")) }
}

fn check(entry: &Entry) -> Result<(), String> {
    let asked = match entry {
        Entry::LeftOut { left_out } => return is_left_out(left_out),
        Entry::Asked(asked) => asked,
    };
    let request = asked.init.request_of(initiator(&asked.by), "http://api.test/a");
    for (name, engine) in [("chromium", Engine::Chromium), ("firefox", Engine::Firefox), ("webkit", Engine::WebKit)] {
        if let Some((_, words)) = asked.unseen.iter().find(|(unseen, _)| unseen == name) {
            is_left_out(words)?;
            continue;
        }
        let seen = asked.engines.iter().find(|(names, _)| names.iter().any(|other| other == name));
        let (_, seen) = seen.ok_or_else(|| format!("  it was not run in {name}"))?;
        let transcript = run(Browser::of(engine), &request, asked.server);
        let sent: Vec<_> = transcript.exchanges.iter().map(|exchange| Sent::of(&exchange.request)).collect();
        same(&sent, &seen.sent).map_err(|difference| format!("{name}\n{difference}"))?;
        let outcome = match &transcript.verdict {
            Verdict::Readable(_) | Verdict::Opaque if seen.outcome == Some(Outcome::Used) => Outcome::Used,
            Verdict::Readable(_) => Outcome::Readable,
            Verdict::Opaque => Outcome::Opaque,
            _ => Outcome::Blocked,
        };
        same(outcome, seen.outcome.unwrap_or(outcome)).map_err(|difference| format!("{name}\n{difference}"))?;
    }
    let loss = run(Browser::new(), &request, asked.server).loss();
    same(loss.map(|loss| format!("{loss:?}")), asked.loss.clone())
}
