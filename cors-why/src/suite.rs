//! A file of pages and requests, and which of them must be readable and which must not: for machines that deploy.

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

/// More pairs of page and request are for several files.
const MOST: usize = 1000;

/// What a file says.
#[derive(Debug, PartialEq, Eq)]
struct Suite {
    expectations: Vec<Expectation>,
}

/// That a page may read an answer, or may not.
#[derive(Debug, PartialEq, Eq)]
struct Expectation {
    page: String,
    request: String,
    expected: Verdict,
    asked: Asked,
    /// Whether the request itself goes out too where it may change something.
    send: bool,
    /// Where the file says so.
    line: usize,
}

/// What came of a file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Outcomes {
    #[serde(skip)]
    file: String,
    outcomes: Vec<Outcome>,
    /// How many are not as expected.
    failed: usize,
    /// Of how many nothing could be told.
    unknown: usize,
}

/// What came of one expectation.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Outcome {
    page: String,
    request: String,
    expected: Verdict,
    line: usize,
    report: Report,
}

/// Asks for all that the file says.
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

/// What a file asks for, where no variable is set.
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

    /// What is wrong, in a line or two; none where nothing is.
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
    /// 0 where all is as expected, 1 where something is not, 3 where something could not be told.
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
