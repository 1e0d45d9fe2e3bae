//! What came out, the same for people and programs.

mod exchange;
mod next;
mod text;
mod words;

use std::collections::BTreeMap;
use std::process::ExitCode;

use cors_browser::explain::{Cause, Explanation};
use cors_browser::{At, Engine, Readable, ResponseType, Transcript, Verdict as Decided};
use serde::Serialize;

use crate::answer::Answer;
use crate::barred::Barred;
use crate::investigation::{Investigation, Missing, Outcome};
use crate::not_cors::NotCors;
use crate::script::Script;
use crate::warning::Warning;
use exchange::Shown;
use next::{Next, Then};

/// Whether the page may read the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    Readable,
    Blocked,
    Unknown,
}

impl From<Outcome> for Verdict {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Readable => Self::Readable,
            Outcome::Blocked => Self::Blocked,
            Outcome::Unknown => Self::Unknown,
        }
    }
}

impl Verdict {
    pub(crate) fn status(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Readable => 0,
            Self::Blocked => 1,
            Self::Unknown => 2,
        })
    }
}

/// The object that `--json` writes. README.md says what each key means; a key that is there stays.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    verdict: Verdict,
    /// A name that does not change, such as `allow-origin-missing`.
    code: String,
    statement: Option<String>,
    anchor: Option<String>,
    at: Option<&'static str>,
    url: Option<String>,
    origin: Option<String>,
    engine: Option<&'static str>,
    reason: String,
    /// What is wrong before CORS is, and hidden by it.
    not_cors: Option<NotCors>,
    console: Option<String>,
    header_lines: Vec<String>,
    help: Vec<String>,
    notes: Vec<String>,
    warnings: Vec<Warning>,
    readable_headers: Vec<String>,
    /// What each engine that was asked says.
    engines: BTreeMap<&'static str, Verdict>,
    next: Vec<Next>,
    then: Option<Then>,
    exchanges: Vec<Shown>,
}

impl Report {
    pub(crate) fn new(
        script: &Script,
        engine: Option<Engine>,
        investigation: Investigation,
        warnings: Vec<Warning>,
    ) -> Self {
        let Investigation { transcript, missing, .. } = &investigation;
        let mut report = match (&transcript.verdict, missing) {
            (Decided::Readable(readable), _) => Self::of_readable(readable),
            (Decided::RefusedByApi(refusal), _) => {
                let begun = Self::begin(Verdict::Blocked, refusal.code(), words::refused(refusal));
                Self {
                    statement: Some(refusal.statement().to_owned()),
                    anchor: Some(refusal.anchor().to_owned()),
                    ..begun
                }
            }
            (_, Some(Missing::Barred(barred))) => Self::of_barred(*barred, transcript),
            (_, Some(Missing::Withheld)) => {
                let begun = Self::begin(Verdict::Unknown, "not-sent", words::withheld(transcript));
                Self { help: vec!["add --send to send it".to_owned()], ..begun }
            }
            (_, Some(Missing::Failed(failure))) => {
                let url = transcript.unanswered.as_ref().map_or(script.asked.url.as_str(), |request| &request.url);
                Self::begin(Verdict::Unknown, "no-answer", format!("no answer came from {url}"))
                    .because(NotCors::of_failure(failure, url))
            }
            (_, Some(Missing::NotRecorded)) => {
                let begun = Self::begin(Verdict::Unknown, "not-recorded", words::not_recorded(transcript));
                Self { help: vec![format!("ask the server itself:\n    {}", words::command(script))], ..begun }
            }
            (other, None) => match Explanation::of(transcript) {
                Some(explanation) => {
                    let begun = Self::of_explanation(&explanation, engine);
                    match investigation.answers.last() {
                        Some(answer) => begun.with_body(answer),
                        None => begun,
                    }
                }
                // Not reached: only other modes end so, and `why` asks in mode cors and follows redirects.
                None => Self::begin(Verdict::Unknown, "not-decided", format!("it ended by {other:?}")),
            },
        };
        report.notes.extend(words::dropped(script));
        if report.verdict == Verdict::Readable {
            report.notes.extend(words::sent_body(script, transcript));
        }
        if script.credentials_unknown {
            report.notes.push(
                "what was copied does not say whether the script asked with credentials; if so, add --credentials"
                    .to_owned(),
            );
        }
        report.engine = engine.map(words::engine);
        report.engines =
            investigation.engines.iter().map(|(engine, end)| (words::engine(*engine), (*end).into())).collect();
        report.notes.splice(0..0, words::of_engines(&investigation));
        if let Some(mending) = &investigation.mending {
            report.next = mending.next.iter().map(Next::new).collect();
            report.then = Then::new(mending);
        }
        report.url.get_or_insert_with(|| script.asked.url.clone());
        report.origin.get_or_insert_with(|| script.page.origin().to_owned());
        report.warnings.splice(0..0, warnings);
        report.exchanges = exchange::all(&investigation);
        report
    }

    pub(crate) fn of_message(explanation: &Explanation, engine: Option<Engine>) -> Self {
        Self { engine: engine.map(words::engine), ..Self::of_explanation(explanation, engine) }
    }

    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }

    pub(crate) fn to_json(&self) -> String {
        // It fails for maps whose keys are no texts and for writers that fail; here is neither.
        serde_json::to_string_pretty(self).expect("texts and numbers can be written")
    }

    fn begin(verdict: Verdict, code: &str, reason: String) -> Self {
        Self {
            verdict,
            code: code.to_owned(),
            statement: None,
            anchor: None,
            at: None,
            url: None,
            origin: None,
            engine: None,
            reason,
            not_cors: None,
            console: None,
            header_lines: Vec::new(),
            help: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
            readable_headers: Vec::new(),
            engines: BTreeMap::new(),
            next: Vec::new(),
            then: None,
            exchanges: Vec::new(),
        }
    }

    /// What the body of the answer adds to its head.
    fn with_body(mut self, answer: &Answer) -> Self {
        let is_failure = self.not_cors.as_ref().is_some_and(|not_cors| not_cors.code == "server-error");
        if is_failure && answer.text().to_lowercase().contains("cors") {
            // The error is the server's way to refuse an origin, and so it is CORS. Its remedy is the first help.
            self.not_cors = None;
            self.help.remove(0);
        }
        match NotCors::of_answer(answer) {
            Some(not_cors) => self.because(not_cors),
            None => self,
        }
    }

    /// Says first what is wrong before CORS is.
    fn because(mut self, not_cors: NotCors) -> Self {
        self.help.splice(0..0, not_cors.remedy.clone());
        Self { not_cors: Some(not_cors), ..self }
    }

    fn of_barred(barred: Barred, transcript: &Transcript) -> Self {
        let begun = Self::begin(Verdict::Blocked, barred.code(), "no browser sends this request".to_owned())
            .because(NotCors::of_barred(barred));
        Self {
            statement: Some("PRE-0".to_owned()),
            anchor: Some(barred.anchor().to_owned()),
            at: Some(at(At::Request)),
            url: transcript.unanswered.as_ref().map(|request| request.url.clone()),
            ..begun
        }
    }

    fn of_readable(readable: &Readable) -> Self {
        let (code, reason) = match readable.response_type {
            ResponseType::Basic => ("same-origin", "page and address are of one origin, so CORS has no say"),
            ResponseType::Cors => ("allowed", "the server allows the page to read the answer"),
        };
        let begun = Self::begin(Verdict::Readable, code, reason.to_owned());
        Self { readable_headers: readable.headers.clone(), ..begun }
    }

    fn of_explanation(explanation: &Explanation, engine: Option<Engine>) -> Self {
        let verdict = match explanation.cause() {
            // A message about something else does not say whether the page could read the answer.
            Cause::ErrorStatus | Cause::CrossSiteCookie | Cause::SaidElsewhere | Cause::NoAnswer => Verdict::Unknown,
            _ => Verdict::Blocked,
        };
        let begun = Self::begin(verdict, explanation.cause().code(), explanation.reason());
        let danger = explanation.warning().map(|text| Warning { code: "dangerous-wish", text });
        Self {
            statement: explanation.statement().map(str::to_owned),
            anchor: explanation.anchor(),
            at: explanation.at().map(at),
            not_cors: explanation.obstacle().as_ref().map(NotCors::of_obstacle),
            url: explanation.url().map(str::to_owned),
            origin: explanation.origin().map(str::to_owned),
            console: engine.and_then(|engine| explanation.console(engine)),
            header_lines: explanation.header_lines(),
            help: explanation.help(),
            notes: explanation.notes(),
            warnings: danger.into_iter().collect(),
            ..begun
        }
    }
}

fn at(at: At) -> &'static str {
    match at {
        At::Request => "request",
        At::Preflight => "preflight",
        At::Actual => "actual",
        At::Redirect => "redirect",
    }
}
