//! Which of the recorded answers belong to a request: the same address may be asked for often, by scripts and by others.

use cors_browser::{OutgoingRequest, Response};

use super::format::Entry;
use super::{Recording, is_type_of_script};
use crate::answer::Answer;
use crate::investigation::{Missing, Server};

/// The recorded answers to one request of a script, its preflights and its redirects.
#[derive(Debug)]
pub(crate) struct Replay<'r> {
    recording: &'r Recording,
    /// Of the request itself.
    place: usize,
    /// Whether it was answered, so that what is asked for next is where that leads to.
    begun: bool,
}

impl<'r> Replay<'r> {
    pub(super) fn from(recording: &'r Recording, place: usize) -> Self {
        Self { recording, place, begun: false }
    }

    fn entry(&self, place: usize) -> &'r Entry {
        &self.recording.entries[place]
    }

    /// The preflight that began nearest in time: Chromium records it as a little later than its request, Firefox as earlier.
    fn preflight(&self, request: &OutgoingRequest) -> Option<Response> {
        let method = request.header("access-control-request-method");
        let asks_the_same = |place: &usize| {
            let recorded = &self.entry(*place).request;
            let asked = recorded.header("access-control-request-method").map(str::as_bytes);
            recorded.is_preflight() && asked == method && self.entry(*place).answer().is_some()
        };
        let places = self.recording.places(&request.url).iter().copied().filter(asks_the_same);
        let began = |place: usize| self.entry(place).began();
        let nearest =
            places.min_by_key(|place| (began(*place).abs_diff(began(self.place)), place.abs_diff(self.place)))?;
        self.entry(nearest).answer()
    }

    /// The request itself, or the next of a script where a redirect leads.
    fn request(&mut self, request: &OutgoingRequest) -> Option<Response> {
        if self.begun {
            let follows = |place: &usize| {
                let entry = self.entry(*place);
                let is_of_script = entry.resource_type.is_none() || is_type_of_script(entry);
                *place > self.place && is_of_script && is_same_method(entry, request)
            };
            self.place = self.recording.places(&request.url).iter().copied().find(follows)?;
        }
        self.begun = true;
        let answer = self.entry(self.place).answer()?;
        if answer.status == 304 { self.revalidated(request, answer) } else { Some(answer) }
    }

    /// What the HTTP cache held, with the headers of the 304, is what the browser judges.
    fn revalidated(&self, request: &OutgoingRequest, fresh: Response) -> Option<Response> {
        let places = self.recording.places(&request.url).iter().copied().filter(|place| *place < self.place);
        let same = places.map(|place| self.entry(place)).filter(|entry| is_same_method(entry, request));
        let stored = same.rev().filter_map(Entry::answer).find(|answer| answer.status != 304);
        match stored {
            Some(mut stored) => {
                stored.headers.retain(|line| fresh.values(&line.name).next().is_none());
                stored.headers.extend(fresh.headers);
                Some(stored)
            }
            // What was stored before the recording is unknown, and so is whether it has what this lacks.
            None => {
                let decides = fresh.values("access-control-allow-origin").next().is_some();
                decides.then_some(fresh)
            }
        }
    }
}

fn is_same_method(entry: &Entry, request: &OutgoingRequest) -> bool {
    entry.request.method == request.method && !entry.request.is_preflight()
}

impl Server for Replay<'_> {
    fn answer(&mut self, request: &OutgoingRequest) -> Result<Answer, Missing> {
        let response = if request.preflight { self.preflight(request) } else { self.request(request) };
        response.map(Answer::of).ok_or(Missing::NotRecorded)
    }

    /// A recording is of one engine, whose header lines are not those of another.
    fn is_same(&self, one: &OutgoingRequest, other: &OutgoingRequest) -> bool {
        (one.preflight, &one.method, &one.url) == (other.preflight, &other.method, &other.url)
    }
}
