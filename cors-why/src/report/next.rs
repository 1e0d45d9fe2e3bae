//! The mistakes after the first, and the result after all changes.

use cors_browser::At;
use cors_browser::explain::Explanation;
use serde::Serialize;

use super::{Verdict, at, words};
use crate::investigation::{End, Mended, Mending, Missing};

/// A mistake that shows after the ones before it are corrected.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Next {
    code: &'static str,
    at: Option<&'static str>,
    url: Option<String>,
    reason: String,
    header_lines: Vec<String>,
    help: Vec<String>,
}

impl Next {
    pub(super) fn new(explanation: &Explanation) -> Self {
        Self {
            code: explanation.cause().code(),
            at: explanation.at().map(at),
            url: explanation.url().map(str::to_owned),
            reason: explanation.reason(),
            header_lines: explanation.header_lines(),
            help: explanation.help(),
        }
    }

    pub(super) fn to_text(&self) -> String {
        let lines = if self.header_lines.is_empty() { &self.help } else { &self.header_lines };
        // The first remedy is the best one. Of the header lines all are needed.
        let count = if self.header_lines.is_empty() { 1 } else { usize::MAX };
        lines.iter().take(count).fold(self.reason.clone(), |text, line| format!("{text}\n    {line}"))
    }
}

/// The answers after all changes, and the result for the page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Then {
    verdict: Verdict,
    text: String,
    answers: Vec<Better>,
}

/// What an answer lacks.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Better {
    at: &'static str,
    url: String,
    /// The new status, if it must change.
    status: Option<u16>,
    header_lines: Vec<String>,
}

impl Then {
    /// `None` if no header corrects the last mistake.
    pub(super) fn new(mending: &Mending) -> Option<Self> {
        let (verdict, text) = match &mending.end {
            End::Readable(status @ 400..) => {
                (Verdict::Readable, format!("the page may read the answer, whose status is {status}"))
            }
            End::Readable(_) => (Verdict::Readable, "the page may read the answer".to_owned()),
            End::Missing(request, Missing::Withheld) => {
                let method = &request.method;
                let text = format!("the {method} goes out, and its answer decides; add --send to send it");
                (Verdict::Unknown, text)
            }
            End::Missing(request, Missing::MadeUp) => {
                let text =
                    format!("the {} goes out, and its answer decides; {}", request.method, words::COPY_THE_REQUEST);
                (Verdict::Unknown, text)
            }
            End::Missing(request, Missing::NotRecorded) => {
                let text = format!("the {} goes out, and its answer decides, which is not recorded", request.method);
                (Verdict::Unknown, text)
            }
            End::Missing(request, Missing::Failed(_)) => {
                let text = format!("the {} to {} goes out, and gets no answer", request.method, request.url);
                (Verdict::Unknown, text)
            }
            End::Missing(_, Missing::Barred(_)) | End::Stuck => return None,
        };
        Some(Self { verdict, text, answers: mending.mended.iter().map(Better::new).collect() })
    }

    /// Lists the lines of the answers, unless the help has them all.
    pub(super) fn to_text(&self, help: &[String]) -> String {
        let is_told = |line: &String| help.iter().any(|text| text.contains(line.as_str()));
        let is_new = |answer: &Better| answer.status.is_some() || !answer.header_lines.iter().all(is_told);
        let is_long = self.answers.len() > 1 || self.answers.iter().any(is_new);
        let answers = self.answers.iter().filter(|_| is_long);
        answers.fold(self.text.clone(), |text, answer| format!("{text}\n{}", answer.to_text()))
    }
}

impl Better {
    fn new(mended: &Mended) -> Self {
        let line = |line: &cors_browser::HeaderLine| format!("{}: {}", line.name, String::from_utf8_lossy(&line.value));
        Self {
            at: at(mended.at),
            url: mended.url.clone(),
            status: mended.status,
            header_lines: mended.header_lines.iter().map(line).collect(),
        }
    }

    fn to_text(&self) -> String {
        let of = if self.at == at(At::Preflight) { "the answer to the preflight" } else { "the answer" };
        let status = self.status.map(|status| format!(", with the status {status}")).unwrap_or_default();
        let begun = format!("    on {of} of {}{status}", self.url);
        self.header_lines.iter().fold(begun, |text, line| format!("{text}\n        {line}"))
    }
}
