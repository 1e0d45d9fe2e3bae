//! Lets the model of the browser and a server talk, and keeps what they say.

use cors_browser::{Browser, Exchange, OutgoingRequest, Response, Transcript};

use crate::script::Script;

/// Who answers: the network, or a recording.
pub(crate) trait Server {
    fn answer(&mut self, request: &OutgoingRequest) -> Result<Response, Missing>;
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Missing {
    /// It was not sent, for nobody permitted it.
    Withheld,
    /// What the network says.
    Failed(String),
    NotRecorded,
}

/// All that was sent and came, and how it ended.
#[derive(Debug)]
pub(crate) struct Investigation {
    pub(crate) transcript: Transcript,
    /// Why the last request has no answer.
    pub(crate) missing: Option<Missing>,
    /// What was sent to see what strangers get.
    pub(crate) probes: Vec<Exchange>,
}

pub(crate) fn investigate(browser: &mut Browser, script: &Script, server: &mut impl Server) -> Investigation {
    let mut missing = None;
    let transcript = browser
        .run(&script.page, &script.request, |outgoing| server.answer(outgoing).map_err(|why| missing = Some(why)).ok());
    Investigation { transcript, missing, probes: Vec::new() }
}

/// Whether a method changes nothing, so that nobody needs to permit it.
pub(crate) fn is_harmless(method: &str) -> bool {
    ["GET", "HEAD"].contains(&method)
}
