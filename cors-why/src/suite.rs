//! A file of pages and requests, and whether each page may read each answer: for deployment pipelines.

mod junit;
mod output;
mod read;

use std::process::ExitCode;

use serde::Serialize;

use crate::arguments::Arguments;
use crate::mistake::Mistake;
use crate::reading::text_in;
use crate::report::{Report, Verdict};
use crate::script::{Asked, Script};

/// Maximum of pairs of page and request. Use several files for more.
const MOST: usize = 1000;

/// The content of a suite file.
#[derive(Debug, PartialEq, Eq)]
struct Suite {
    expectations: Vec<Expectation>,
}

/// Expectation: a page may read an answer, or may not.
#[derive(Debug, PartialEq, Eq)]
struct Expectation {
    page: String,
    request: String,
    expected: Verdict,
    asked: Asked,
    /// Whether to send the request itself, even if it may change something.
    send: bool,
    /// The line of the file that has the expectation.
    line: usize,
}

/// The results of a suite file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Outcomes {
    #[serde(skip)]
    file: String,
    outcomes: Vec<Outcome>,
    /// Number of results that differ from the expectation.
    failed: usize,
    /// Number of unknown results.
    unknown: usize,
}

/// The result of one expectation.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Outcome {
    page: String,
    request: String,
    expected: Verdict,
    line: usize,
    report: Report,
}

/// Sends the requests of the file, and compares.
pub(crate) fn run(
    arguments: &Arguments,
    file: &str,
    ask: impl Fn(&Script, &Arguments) -> Result<Report, Mistake>,
) -> Result<Outcomes, Mistake> {
    let suite = read::suite(&text_in(file)?, file, arguments.server.as_deref(), |name| std::env::var(name).ok())?;
    let mut outcomes = Vec::new();
    for Expectation { page, request, expected, asked, send, line } in suite.expectations {
        let mut arguments = arguments.clone();
        arguments.send |= send;
        let script = Script::new(asked, &arguments)?;
        outcomes.push(Outcome { page, request, expected, line, report: ask(&script, &arguments)? });
    }
    let count = |of: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| of(outcome)).count();
    let (failed, unknown) = (count(&Outcome::has_failed), count(&Outcome::is_unknown));
    Ok(Outcomes { file: file.to_owned(), outcomes, failed, unknown })
}

/// The addresses in a suite file. No environment variable is set.
pub(crate) fn addresses(text: &str) -> Result<Vec<String>, Mistake> {
    let suite = read::suite(text, "-", None, |_| None)?;
    Ok(suite.expectations.into_iter().map(|expectation| expectation.asked.url).collect())
}

impl Outcome {
    fn is_unknown(&self) -> bool {
        self.report.verdict() == Verdict::Unknown
    }

    fn has_failed(&self) -> bool {
        !self.is_unknown() && self.report.verdict() != self.expected
    }

    /// What is wrong, in one or two lines; `None` if nothing is.
    fn complaint(&self) -> Option<String> {
        let Self { page, request, .. } = self;
        if self.is_unknown() {
            return Some(format!("could not tell whether {page} may read {request}: {}", self.report.summary()));
        }
        self.has_failed().then(|| match self.expected {
            Verdict::Readable => format!("{page} may not read {request}, and must: {}", self.report.summary()),
            _ => format!("{page} may read {request}, and must not: {}", self.report.summary()),
        })
    }
}

impl Outcomes {
    /// 0 if all results are as expected, 1 if one is not, 3 if one is unknown.
    pub(crate) fn status(&self) -> ExitCode {
        let worst = if self.failed > 0 {
            Verdict::Blocked
        } else if self.unknown > 0 {
            Verdict::Unknown
        } else {
            Verdict::Readable
        };
        worst.status()
    }
}
