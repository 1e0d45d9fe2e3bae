//! Finds all mistakes: changes each refused answer as its help says, and lets the model go on with that.

use cors_browser::explain::Explanation;
use cors_browser::{At, Engine, HeaderLine, OutgoingRequest, Response};

use super::remembered::Remembered;
use super::{Missing, Outcome, Probe, Run, Server};
use crate::script::Script;

/// Maximum number of changes. A browser follows as many redirects, and each can lack a header.
const MOST: usize = 24;

/// The mistakes after the first.
#[derive(Debug)]
pub(crate) struct Mending {
    /// In the order in which a browser meets them.
    pub(crate) next: Vec<Explanation>,
    pub(crate) end: End,
    /// The answers after the change.
    pub(crate) mended: Vec<Mended>,
    /// The requests that a browser sends only after the change.
    pub(crate) sent: Vec<Probe>,
}

/// How the request ends after all changes, by the model.
#[derive(Debug)]
pub(crate) enum End {
    /// The page reads an answer with this status.
    Readable(u16),
    /// The next request has no answer.
    Missing(OutgoingRequest, Missing),
    /// No header removes the last mistake.
    Stuck,
}

/// An answer with the headers that it lacked.
#[derive(Debug)]
pub(crate) struct Mended {
    pub(crate) at: At,
    pub(crate) url: String,
    pub(crate) status: Option<u16>,
    pub(crate) header_lines: Vec<HeaderLine>,
    request: OutgoingRequest,
    original: Response,
}

pub(super) fn mend(
    first: Explanation,
    engines: &[Engine],
    script: &Script,
    server: &mut Remembered<'_, impl Server>,
) -> Option<Mending> {
    let known = server.len();
    let mut mending = Mending { next: Vec::new(), end: End::Stuck, mended: Vec::new(), sent: Vec::new() };
    for round in 0..MOST {
        // The page must be able to read it in all engines.
        let end = |engine: &Engine| (*engine, Run::of(Some(*engine), script, server).outcome());
        let ends: Vec<(Engine, Outcome)> = engines.iter().map(end).collect();
        let worst = [Outcome::Blocked, Outcome::Unknown, Outcome::Readable]
            .into_iter()
            .find_map(|outcome| ends.iter().find(|(_, other)| *other == outcome));
        let run = Run::of(worst.map(|(engine, _)| *engine), script, server);
        if run.outcome() == Outcome::Readable {
            mending.end = End::Readable(run.answers.last().map_or(200, |answer| answer.response.status));
            break;
        }
        if let (Some(missing), Some(request)) = (&run.missing, &run.transcript.unanswered) {
            mending.end = End::Missing(request.clone(), missing.clone());
            break;
        }
        let explanation = Explanation::of(&run.transcript)?;
        let last = run.transcript.exchanges.last();
        let mended = last.and_then(|last| Some((last, explanation.mended(&last.response)?)));
        // No header removes an error that CORS hides.
        let is_mendable = explanation.obstacle().is_none();
        let at = explanation.at();
        if round > 0 || explanation.cause() != first.cause() {
            mending.next.push(explanation);
        }
        let (Some((last, response)), Some(at), true) = (mended, at, is_mendable) else { break };
        mending.take(at, last.request.clone(), &last.response, &response);
        server.replace(&last.request, response);
    }
    mending.sent = server
        .since(known)
        .map(|(request, answer)| Probe { request: request.clone(), answer: answer.clone() })
        .collect();
    Some(mending)
}

impl Mending {
    /// Keeps only the new lines of an answer.
    fn take(&mut self, at: At, request: OutgoingRequest, before: &Response, after: &Response) {
        let place = self.mended.iter().position(|mended| mended.request == request);
        let mut mended = match place {
            Some(place) => self.mended.remove(place),
            None => Mended {
                at,
                url: request.url.clone(),
                status: None,
                header_lines: Vec::new(),
                request,
                original: before.clone(),
            },
        };
        mended.status = (after.status != mended.original.status).then_some(after.status);
        mended.header_lines =
            after.headers.iter().filter(|line| !mended.original.headers.contains(line)).cloned().collect();
        match place {
            Some(place) => self.mended.insert(place, mended),
            None => self.mended.push(mended),
        }
    }
}
