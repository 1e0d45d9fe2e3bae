//! The result of each request in a recording.

use std::collections::BTreeSet;

use cors_browser::{Engine, Verdict as Decided};

use super::Recording;
use super::replay::Replay;
use crate::arguments::Arguments;
use crate::doctor;
use crate::investigation::{Investigation, glance, investigate};
use crate::mistake::Mistake;
use crate::report::{BlockedRequests, Report, Verdict};
use crate::script::{Asked, Script};
use crate::warning;

/// The error of Chromium for a request that CORS blocked, and for others.
const FAILED: &str = "net::ERR_FAILED";

/// A request, its result, and the assumption behind the result.
struct Judged {
    script: Script,
    investigation: Investigation,
    hops: Vec<usize>,
    /// Whether the browser blocked the answer although all recorded headers allow it.
    contradicts: bool,
    notes: Vec<String>,
}

impl Recording {
    /// Reports the last blocked request, with a table of all. If none was blocked, reports the last one to another origin.
    pub(crate) fn report(&self, arguments: &Arguments) -> Result<Report, Mistake> {
        let engine = arguments.engine().or(self.engine);
        let mut hops = BTreeSet::new();
        let mut mistake = None;
        let mut last = None;
        let mut last_blocked = None;
        let mut blocked = BlockedRequests::default();
        for place in 0..self.entries.len() {
            if hops.remove(&place) {
                continue;
            }
            let Some(asked) = self.asked(place) else { continue };
            // A request that cannot be read does not stop the others.
            let judged = match self.judge(place, asked, arguments, engine, false) {
                Ok(judged) => judged,
                Err(error) => {
                    mistake.get_or_insert(error);
                    continue;
                }
            };
            let (verdict, code) = Verdict::of(&judged.investigation);
            if code == "same-origin" {
                continue;
            }
            last = Some(place);
            if verdict == Verdict::Blocked {
                last_blocked = Some(place);
                blocked.add(&self.entries[place].method, &self.entries[place].url, code);
            }
            hops.extend(judged.hops);
        }
        let nothing = || Mistake::new("the recording has no request of a script to another origin");
        let Some(place) = last_blocked.or(last) else { return Err(mistake.unwrap_or_else(nothing)) };
        let asked = self.asked(place).ok_or_else(nothing)?;
        let mut judged = self.judge(place, asked, arguments, engine, true)?;
        judged.investigation.finding = doctor::examine(&judged.script, &judged.investigation, None, arguments.stack());
        let warnings = warning::of_recording(&judged.investigation);
        let mut report = match judged.contradicts {
            true => Report::contradicted(&judged.script, engine, judged.investigation, FAILED),
            false => Report::new(&judged.script, engine, judged.investigation, warnings),
        };
        judged.notes.into_iter().for_each(|note| report.note(note));
        Ok(report.among(blocked))
    }

    fn judge(
        &self,
        place: usize,
        asked: Asked,
        arguments: &Arguments,
        engine: Option<Engine>,
        is_whole: bool,
    ) -> Result<Judged, Mistake> {
        let mut judged = self.judge_once(place, asked.clone(), arguments, engine, is_whole)?;
        let failed = judged.contradicts;
        if failed && !judged.script.credentials {
            let again =
                self.judge_once(place, Asked { credentials: Some(true), ..asked }, arguments, engine, is_whole)?;
            if !again.contradicts {
                judged = again;
                judged.notes.push(format!(
                    "the recording leaves cookies out, but the browser did not give the answer to the page ({FAILED}), as it does where the \
                     script asks with credentials; so it is judged with them"
                ));
            }
        }
        Ok(judged)
    }

    fn judge_once(
        &self,
        place: usize,
        asked: Asked,
        arguments: &Arguments,
        engine: Option<Engine>,
        is_whole: bool,
    ) -> Result<Judged, Mistake> {
        let script = Script::new(asked, arguments)?;
        let mut replay = Replay::from(self, place);
        // Only the reported request is examined in full.
        let mut investigation = match is_whole {
            true => investigate(engine, &script, &mut replay),
            false => glance(engine.unwrap_or(Engine::Chromium), &script, &mut replay),
        };
        let Replay { presumed, mut hops, .. } = replay;
        // The recording also gave answers to changed requests, which no browser sent.
        let asked = investigation.transcript.exchanges.iter().filter(|exchange| !exchange.request.preflight);
        hops.truncate(asked.count().saturating_sub(1));
        let mut notes = Vec::new();
        let is_readable = matches!(investigation.transcript.verdict, Decided::Readable(_));
        let error = self.entries[hops.last().copied().unwrap_or(place)].error.as_deref();
        if presumed {
            // It was invented, and a report shows only recorded requests.
            let mut is_recorded = investigation.transcript.exchanges.iter().map(|exchange| !exchange.request.preflight);
            investigation.answers.retain(|_| is_recorded.next().unwrap_or(true));
            investigation.transcript.exchanges.retain(|exchange| !exchange.request.preflight);
            notes.push(
                "the preflight is not recorded; it was allowed, or remembered, because the request was sent".to_owned(),
            );
        }
        if investigation.missing.is_some() && self.is_of_playwright {
            notes.push(
                "Playwright records neither preflights nor answers that the browser blocked; a recording of the network tab (Save all \
                 as HAR) has both"
                    .to_owned(),
            );
        } else if let Some(error) = error.filter(|error| investigation.missing.is_some() && *error != FAILED) {
            notes.push(format!("the browser says {error}"));
        }
        let contradicts = is_readable && error == Some(FAILED);
        Ok(Judged { script, investigation, hops, contradicts, notes })
    }
}
