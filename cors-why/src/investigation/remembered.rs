//! A server that gets each request of several engines once.

use cors_browser::{OutgoingRequest, Response};

use super::{Missing, Server};
use crate::answer::Answer;

/// Stores the answers of a server, in order.
pub(super) struct Remembered<'s, S> {
    server: &'s mut S,
    entries: Vec<Entry>,
    /// Whether a preflight was changed. No browser sends the request after it yet, so only `--send` allows it.
    has_mended_preflight: bool,
}

struct Entry {
    request: OutgoingRequest,
    answer: Result<Answer, Missing>,
    /// The head after the change, if it was changed.
    mended: Option<Response>,
    /// Whether the present run used it: a browser that asks twice gets two answers.
    taken: bool,
}

impl<'s, S: Server> Remembered<'s, S> {
    pub(super) fn new(server: &'s mut S) -> Self {
        Self { server, entries: Vec::new(), has_mended_preflight: false }
    }

    /// Begins a run.
    pub(super) fn begin(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.taken = false);
    }

    pub(super) fn answer(&mut self, request: &OutgoingRequest) -> Result<Answer, Missing> {
        let server = &*self.server;
        let known = self.entries.iter_mut().find(|entry| !entry.taken && server.is_same(&entry.request, request));
        if let Some(entry) = known {
            entry.taken = true;
            let mut answer = entry.answer.clone()?;
            answer.response = entry.mended.clone().unwrap_or(answer.response);
            return Ok(answer);
        }
        let is_early = self.has_mended_preflight && !request.preflight;
        let answer = match is_early && !self.server.is_permitted() {
            true => Err(Missing::Withheld),
            false => self.server.answer(request),
        };
        self.entries.push(Entry { request: request.clone(), answer: answer.clone(), mended: None, taken: true });
        answer
    }

    /// Changes the head of the answer that this request got last in the present run, for the next runs.
    pub(super) fn replace(&mut self, request: &OutgoingRequest, response: Response) {
        let server = &*self.server;
        let is_meant = |entry: &&mut Entry| entry.taken && server.is_same(&entry.request, request);
        if let Some(entry) = self.entries.iter_mut().rev().find(is_meant) {
            entry.mended = Some(response);
            self.has_mended_preflight |= entry.request.preflight;
        }
    }

    /// Number of requests that went to the server.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The requests from number `first` on, each with its original answer.
    pub(super) fn since(&self, first: usize) -> impl Iterator<Item = (&OutgoingRequest, &Answer)> {
        self.entries[first..].iter().filter_map(|entry| Some((&entry.request, entry.answer.as_ref().ok()?)))
    }
}
