//! Lets the model of the browser and a server talk, and keeps what they say.

use cors_core::browser::{Browser, OutgoingRequest, Response, Step, Verdict};

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

/// A request, and its answer where one came.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) request: OutgoingRequest,
    pub(crate) response: Option<Response>,
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
        match server.answer(&request) {
            Answer::Came(response) => {
                step = browser.answer(pending, &response);
                exchanges.push(Exchange { request, response: Some(response) });
            }
            Answer::Withheld => {
                exchanges.push(Exchange { request, response: None });
                break Outcome::Withheld;
            }
            Answer::Missing(missing) => {
                exchanges.push(Exchange { request, response: None });
                break Outcome::Missing(missing);
            }
        }
    };
    Investigation { exchanges, outcome }
}

/// Whether a method changes nothing, so that nobody needs to permit it.
pub(crate) fn is_harmless(method: &str) -> bool {
    ["GET", "HEAD"].contains(&method)
}
