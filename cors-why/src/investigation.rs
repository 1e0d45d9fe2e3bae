//! Lets the model of the browser and a server talk, and keeps what they say.

use cors_browser::{Browser, OutgoingRequest, Response, Step, Verdict};
use serde::Serialize;

use crate::script::Script;

/// Who answers: the network, or a recording.
pub(crate) trait Server {
    fn answer(&mut self, request: &OutgoingRequest) -> Answer;
}

/// What becomes of a request.
#[derive(Debug)]
pub(crate) enum Answer {
    Came(Response),
    /// It was not sent, for nobody permitted it.
    Withheld,
    /// Why there is none.
    Missing(Missing),
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) enum Missing {
    /// What the network says.
    Failed(String),
    NotRecorded,
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Purpose {
    Preflight,
    /// What the script asked for, or what a redirect made of it.
    Request,
    /// To see what strangers get.
    Probe,
}

/// A request, and its answer where one came.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) purpose: Purpose,
    pub(crate) request: OutgoingRequest,
    pub(crate) response: Option<Response>,
    /// Whether it stayed here.
    pub(crate) withheld: bool,
}

impl Exchange {
    fn of(request: OutgoingRequest, answer: &Answer) -> Self {
        let purpose = if request.preflight { Purpose::Preflight } else { Purpose::Request };
        let response = match answer {
            Answer::Came(response) => Some(response.clone()),
            Answer::Withheld | Answer::Missing(_) => None,
        };
        Self { purpose, request, response, withheld: matches!(answer, Answer::Withheld) }
    }
}

/// How it ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    Decided(Verdict),
    Withheld,
    Missing(Missing),
}

/// All that was sent and came, and how it ended. A request without answer is the last exchange.
#[derive(Debug)]
pub(crate) struct Investigation {
    pub(crate) exchanges: Vec<Exchange>,
    pub(crate) outcome: Outcome,
}

pub(crate) fn investigate(browser: &mut Browser, script: &Script, server: &mut impl Server) -> Investigation {
    let mut exchanges = Vec::new();
    let mut step = browser.fetch(&script.page, &script.request);
    let outcome = loop {
        let pending = match step {
            Step::Done(verdict) => break Outcome::Decided(verdict),
            Step::Send(pending) => pending,
        };
        let request = pending.request().clone();
        let answer = server.answer(&request);
        exchanges.push(Exchange::of(request, &answer));
        match answer {
            Answer::Came(response) => step = browser.answer(pending, &response),
            Answer::Withheld => break Outcome::Withheld,
            Answer::Missing(missing) => break Outcome::Missing(missing),
        }
    };
    Investigation { exchanges, outcome }
}

/// Whether a method changes nothing, so that nobody needs to permit it.
pub(crate) fn is_harmless(method: &str) -> bool {
    ["GET", "HEAD"].contains(&method)
}
