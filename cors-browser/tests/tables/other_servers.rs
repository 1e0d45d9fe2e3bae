//! Responses of servers of other stacks, right and wrong, and Chromium's messages. The model has the same verdict, and
//! its explanation prints Chromium's message byte for byte.

use cors_browser::explain::Explanation;
use cors_browser::{Browser, Engine, OutgoingRequest, Page, Response, Verdict};
use libtest_mimic::Trial;
use serde::Deserialize;

use crate::init::{Init, Server, response};
use crate::trial::{same, trials as table};

pub(crate) fn trials() -> Vec<Trial> {
    table("other_servers", include_str!("../data/other_servers.json"), check)
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    page: String,
    url: String,
    init: Init,
    /// The answers of each URL, also of those that Chromium does not request.
    server: Server,
    chromium: Seen,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Seen {
    /// The status, and the headers that the script reads.
    Readable(u16, Vec<String>),
    /// The console message.
    Message(String),
}

fn answer(server: &Server, request: &OutgoingRequest) -> Response {
    let answers = server.get(&request.url).unwrap_or_else(|| panic!("{} was not asked", request.url));
    let answer = if request.preflight { &answers.preflight } else { &answers.actual };
    response(answer.as_ref().expect("it was asked"), None)
}

fn check(row: &Row) -> Result<(), String> {
    let page = Page::at(&row.page).expect("a URL");
    let request = row.init.request(&row.url);
    let transcript = Browser::of(Engine::Chromium).run(&page, &request, |request| answer(&row.server, request));
    if let Verdict::Readable(readable) = &transcript.verdict {
        return same(Seen::Readable(readable.status, readable.headers.clone()), row.chromium.clone());
    }
    let explanation = Explanation::of(&transcript).ok_or_else(|| format!("  {:?}", transcript.verdict))?;
    let message = explanation.console(Engine::Chromium).ok_or("  Chromium's console is not known")?;
    same(Seen::Message(message.clone()), row.chromium.clone())?;
    let read = Explanation::from_console(&message).ok_or("  the message is not read")?;
    same((read.cause(), read.url(), read.origin()), (explanation.cause(), explanation.url(), explanation.origin()))
}
