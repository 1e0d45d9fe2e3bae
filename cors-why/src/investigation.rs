//! Lets the model of the browser and a server talk, and keeps what they say.

use cors_browser::{Browser, OutgoingRequest, Transcript};

use crate::answer::Answer;
use crate::failure::Failure;
use crate::script::Script;

/// Who answers: the network, or a recording.
pub(crate) trait Server {
    fn answer(&mut self, request: &OutgoingRequest) -> Result<Answer, Missing>;
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Missing {
    /// It was not sent, for nobody permitted it.
    Withheld,
    /// Only its preflight is known, so no request of the page would be like it.
    MadeUp,
    /// The network gave none.
    Failed(Failure),
    NotRecorded,
}

/// All that was sent and came, and how it ended.
#[derive(Debug)]
pub(crate) struct Investigation {
    pub(crate) transcript: Transcript,
    /// The answers to the transcript's exchanges, one for each, in the same order.
    #[allow(dead_code)]
    pub(crate) answers: Vec<Answer>,
    /// Why the last request has no answer.
    pub(crate) missing: Option<Missing>,
    /// What was sent to see what strangers get.
    pub(crate) probes: Vec<Probe>,
}

/// A request that no page made, and its answer.
#[derive(Debug)]
pub(crate) struct Probe {
    pub(crate) request: OutgoingRequest,
    pub(crate) answer: Answer,
}

pub(crate) fn investigate(browser: &mut Browser, script: &Script, server: &mut impl Server) -> Investigation {
    let mut missing = None;
    let mut answers = Vec::new();
    let transcript = browser.run(&script.page, &script.request, |outgoing| match ask(script, server, outgoing) {
        Ok(answer) => {
            let response = answer.response.clone();
            answers.push(answer);
            Some(response)
        }
        Err(why) => {
            missing = Some(why);
            None
        }
    });
    Investigation { transcript, answers, missing, probes: Vec::new() }
}

fn ask(script: &Script, server: &mut impl Server, request: &OutgoingRequest) -> Result<Answer, Missing> {
    if script.asked.is_made_up && !request.preflight { Err(Missing::MadeUp) } else { server.answer(request) }
}

/// Whether a method changes nothing, so that nobody needs to permit it.
pub(crate) fn is_harmless(method: &str) -> bool {
    ["GET", "HEAD"].contains(&method)
}
