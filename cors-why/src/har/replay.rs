//! Finds the recorded answers that belong to a request: scripts and others may have sent requests to the same address.

use cors_browser::{OutgoingRequest, Response};

use super::Recording;
use super::format::Entry;
use crate::answer::Answer;
use crate::investigation::{Missing, Server};

/// Maximum number of answers to search for the stored one of a 304.
const LOOK_BACK: usize = 1000;

/// The recorded answers to one request of a script, with its preflights and redirects.
#[derive(Debug)]
pub(super) struct Replay<'r> {
    recording: &'r Recording,
    /// The place of the request, then of its redirect.
    place: usize,
    /// Whether the request has its answer, so that the next request is the redirect.
    begun: bool,
    /// The targets of redirects. No script asked for them.
    pub(super) hops: Vec<usize>,
    /// Whether the preflight is not recorded but must have passed, because the request was sent.
    pub(super) presumed: bool,
}

impl<'r> Replay<'r> {
    pub(super) fn from(recording: &'r Recording, place: usize) -> Self {
        Self { recording, place, begun: false, hops: Vec::new(), presumed: false }
    }

    /// The current request.
    fn entry(&self) -> &'r Entry {
        &self.recording.entries[self.place]
    }

    /// The preflight nearest in time: Chromium records it a little after its request, Firefox before.
    fn preflight(&mut self, request: &OutgoingRequest) -> Option<Response> {
        let text = |name: &str| request.header(name).map(|value| String::from_utf8_lossy(value).into_owned());
        let method = text("access-control-request-method")?;
        let recording = self.recording;
        let places = recording.places.of_preflights(&recording.entries, &request.url, &method);
        if let Some(nearest) = recording.nearest(self.place, places) {
            return recording.entries[nearest].answer();
        }
        // A browser that remembers a preflight sends none, and after a refused one it sends no request.
        let went_out = !self.begun && self.entry().is_answered();
        self.presumed |= went_out;
        went_out.then(|| {
            Response::new(204)
                .header("Access-Control-Allow-Origin", text("origin").unwrap_or_default())
                .header("Access-Control-Allow-Credentials", "true")
                .header("Access-Control-Allow-Methods", method)
                .header("Access-Control-Allow-Headers", text("access-control-request-headers").unwrap_or_default())
        })
    }

    /// The request itself, or the next request to the target of the redirect.
    fn request(&mut self, request: &OutgoingRequest) -> Option<Response> {
        let places = self.recording.places.of_requests(&self.recording.entries, &request.url, &request.method);
        if self.begun {
            let after = &places[places.partition_point(|place| *place <= self.place)..];
            let is_of_script = |place: &&usize| self.recording.entries[**place].is_of_script != Some(false);
            self.place = *after.iter().take(LOOK_BACK).find(is_of_script)?;
            self.hops.push(self.place);
        }
        self.begun = true;
        let answer = self.entry().answer()?;
        if answer.status == 304 { self.revalidated(places, answer) } else { Some(answer) }
    }

    /// The answer in the HTTP cache, with the headers of the 304: this is what the browser checks.
    fn revalidated(&self, places: &[usize], fresh: Response) -> Option<Response> {
        let before = &places[..places.partition_point(|place| *place < self.place)];
        let answers = before.iter().rev().take(LOOK_BACK).filter_map(|place| self.recording.entries[*place].answer());
        let stored = { answers }.find(|answer| answer.status != 304);
        match stored {
            Some(mut stored) => {
                stored.headers.retain(|line| fresh.values(&line.name).next().is_none());
                stored.headers.extend(fresh.headers);
                Some(stored)
            }
            // Answers stored before the recording are unknown, and so are their headers.
            None => {
                let decides = fresh.values("access-control-allow-origin").next().is_some();
                decides.then_some(fresh)
            }
        }
    }
}

impl Server for Replay<'_> {
    fn answer(&mut self, request: &OutgoingRequest) -> Result<Answer, Missing> {
        let response = if request.preflight { self.preflight(request) } else { self.request(request) };
        response.map(Answer::of).ok_or(Missing::NotRecorded)
    }

    /// A recording belongs to one engine. Other engines send other headers.
    fn is_same(&self, one: &OutgoingRequest, other: &OutgoingRequest) -> bool {
        (one.preflight, &one.method, &one.url) == (other.preflight, &other.method, &other.url)
    }
}
