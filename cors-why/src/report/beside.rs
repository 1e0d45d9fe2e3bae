//! What the report adds to a verdict: the answer of the server now, and the rest of a recording.

use std::collections::HashMap;

use cors_browser::Engine;
use cors_browser::explain::Explanation;
use serde::Serialize;

use super::{Report, Verdict, words};
use crate::investigation::Investigation;
use crate::script::Script;

/// Maximum number of rows. A recording can have more.
const MOST: usize = 1000;

/// A blocked request of a recording, and how often it was blocked.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct BlockedRequest {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) code: &'static str,
    pub(super) count: usize,
}

/// All blocked requests of a recording, in order.
#[derive(Debug, Default)]
pub(crate) struct BlockedRequests {
    rows: Vec<BlockedRequest>,
    places: HashMap<(String, String, &'static str), usize>,
}

impl BlockedRequests {
    /// Adds a request, or counts it if it is known.
    pub(crate) fn add(&mut self, method: &str, url: &str, code: &'static str) {
        let key = (method.to_owned(), url.to_owned(), code);
        if let Some(place) = self.places.get(&key) {
            self.rows[*place].count += 1;
        } else if self.rows.len() < MOST {
            self.rows.push(BlockedRequest { method: method.to_owned(), url: url.to_owned(), code, count: 1 });
            self.places.insert(key, self.rows.len() - 1);
        }
    }
}

impl Report {
    pub(crate) fn of_message(explanation: &Explanation, engine: Option<Engine>) -> Self {
        Self { engine: engine.map(words::engine), ..Self::of_explanation(explanation, engine) }
    }

    pub(crate) fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// Adds all blocked requests of the recording.
    pub(crate) fn among(self, blocked: BlockedRequests) -> Self {
        Self { blocked: blocked.rows, ..self }
    }

    /// The browser did not give the answer to the page, and the recording does not show why.
    pub(crate) fn contradicted(
        script: &Script,
        engine: Option<Engine>,
        investigation: Investigation,
        error: &str,
    ) -> Self {
        let reason = format!(
            "the browser did not give the answer to the page ({error}), and no recorded header says why: something other than CORS did it, \
             or the recording lacks headers"
        );
        let report = Self::new(script, engine, investigation, Vec::new());
        Self {
            verdict: Verdict::Unknown,
            code: "not-recorded".to_owned(),
            reason,
            help: vec![format!("ask the server itself:\n    {}", words::command(script))],
            readable_headers: Vec::new(),
            ..report
        }
    }

    /// Adds what the server answers now. The verdict of the message stays.
    pub(crate) fn beside(self, now: Self) -> Self {
        let is_finer = self.code == "origin-not-allowed" && now.code.starts_with("allow-origin-");
        if self.verdict == Verdict::Unknown && now.verdict != Verdict::Unknown {
            let mut report = now;
            report.notes.insert(0, format!("the verdict is that of the server now; the message says: {}", self.reason));
            return report;
        }
        if now.verdict == Verdict::Blocked && (now.code == self.code || is_finer) {
            let mut report = Self { console: now.console.or(self.console), ..now };
            report.notes.insert(0, "the server was asked, and still answers like this".to_owned());
            return report;
        }
        let mut report = self;
        let note = match now.verdict {
            Verdict::Readable => {
                "asked now, the server allows the page: it has changed, or the page sent another request; reload the page"
                    .to_owned()
            }
            Verdict::Blocked => format!("asked now, something else blocks ({}): {}", now.code, now.reason),
            Verdict::Unknown => format!("asked now: {}", now.reason),
        };
        report.notes.insert(0, note);
        if now.verdict == Verdict::Blocked {
            let is_new = |text: &String| !report.help.contains(text);
            let more: Vec<String> = now.help.into_iter().filter(is_new).collect();
            report.help.extend(more);
        }
        report.warnings.extend(now.warnings);
        report.exchanges = now.exchanges;
        report
    }
}
