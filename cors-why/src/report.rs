//! The report, for people and for programs.

mod also;
mod beside;
mod exchange;
mod next;
mod text;
mod verdict;
mod words;

use std::collections::BTreeMap;

use beside::BlockedRequest;
pub(crate) use beside::BlockedRequests;
use cors_browser::explain::Explanation;
use cors_browser::{At, Engine, ResponseType, Verdict as Decided};
use serde::Serialize;

use crate::codes;
use crate::doctor::Finding;
use crate::investigation::{Investigation, Missing};
use crate::not_cors::NotCors;
use crate::script::Script;
use crate::warning::Warning;
use exchange::Shown;
use next::{Next, Then};
pub(crate) use verdict::Verdict;

/// The object that `--json` prints. README.md explains each key. Keys are never removed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Report {
    verdict: Verdict,
    /// A stable name, such as `allow-origin-missing`.
    code: String,
    /// The address of the page about the code.
    page: Option<String>,
    statement: Option<String>,
    anchor: Option<String>,
    at: Option<&'static str>,
    url: Option<String>,
    origin: Option<String>,
    engine: Option<&'static str>,
    reason: String,
    /// A problem besides CORS, which CORS hides.
    not_cors: Option<NotCors>,
    console: Option<String>,
    header_lines: Vec<String>,
    /// A short, stable name of the server's mistake.
    diagnosis: Option<&'static str>,
    /// The evidence for the diagnosis.
    evidence: Vec<String>,
    /// The program that answers, if known.
    stack: Option<String>,
    help: Vec<String>,
    notes: Vec<String>,
    warnings: Vec<Warning>,
    readable_headers: Vec<String>,
    /// The headers of the answer that the script cannot read, except those for browsers.
    withheld_headers: Vec<String>,
    /// The verdict in each engine.
    engines: BTreeMap<&'static str, Verdict>,
    next: Vec<Next>,
    then: Option<Then>,
    exchanges: Vec<Shown>,
    /// All blocked requests of a recording.
    blocked: Vec<BlockedRequest>,
}

impl Report {
    pub(crate) fn new(
        script: &Script,
        engine: Option<Engine>,
        investigation: Investigation,
        warnings: Vec<Warning>,
    ) -> Self {
        let Investigation { transcript, missing, .. } = &investigation;
        let (verdict, code) = Verdict::of(&investigation);
        let begin = |reason: String| Self::begin(verdict, code, reason);
        let mut report = match (&transcript.verdict, missing) {
            (Decided::Readable(readable), _) => {
                let reason = match readable.response_type {
                    ResponseType::Basic => "page and address have the same origin, so CORS does not apply",
                    ResponseType::Cors => "the server allows the page to read the answer",
                };
                Self { readable_headers: readable.headers.clone(), ..begin(reason.to_owned()) }
            }
            (Decided::RefusedByApi(refusal), _) => Self {
                statement: Some(refusal.statement().to_owned()),
                anchor: Some(refusal.anchor().to_owned()),
                ..begin(words::refused(refusal))
            },
            (_, Some(Missing::Barred(barred))) => Self {
                statement: Some("PRE-0".to_owned()),
                anchor: Some(barred.anchor().to_owned()),
                at: Some(at(At::Request)),
                url: transcript.unanswered.as_ref().map(|request| request.url.clone()),
                ..begin("no browser sends this request".to_owned()).because(NotCors::of_barred(*barred))
            },
            (_, Some(Missing::Withheld)) => {
                Self { help: vec![words::SEND.to_owned()], ..begin(words::withheld(transcript)) }
            }
            (_, Some(Missing::MadeUp)) => {
                Self { help: vec![words::COPY_THE_REQUEST.to_owned()], ..begin(words::made_up(transcript)) }
            }
            (_, Some(Missing::Failed(failure))) => {
                let url = transcript.unanswered.as_ref().map_or(script.asked.url.as_str(), |request| &request.url);
                begin(format!("no answer came from {url}")).because(NotCors::of_failure(failure, url))
            }
            (_, Some(Missing::NotRecorded)) => {
                let help = format!("ask the server itself:\n    {}", words::command(script));
                Self { help: vec![help], ..begin(words::not_recorded(transcript)) }
            }
            (other, None) => match Explanation::of(transcript) {
                Some(explanation) => Self::of_explanation(&explanation, engine),
                None => begin(format!("it ended by {other:?}")),
            },
        };
        if let Some(finding) = &investigation.finding {
            report.take_finding(finding);
        }
        if let Some(not_cors) = investigation.answers.last().and_then(NotCors::of_answer) {
            report = report.because(not_cors);
        }
        report.notes.extend(words::dropped(script));
        if report.verdict == Verdict::Readable {
            report.notes.extend(words::sent_body(script, transcript));
        }
        if let (Decided::Readable(readable), Some(last)) = (&transcript.verdict, transcript.exchanges.last()) {
            report.withheld_headers = also::withheld(readable, &last.response);
            report.notes.extend(also::of_withheld(&report.withheld_headers, script, &last.response));
        }
        report.notes.extend(also::notes(script, &investigation));
        if script.credentials_unknown() {
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

    /// Adds the server's mistake, before the other help.
    fn take_finding(&mut self, finding: &Finding) {
        // The first help is the remedy of the other problem. If the finding is about the same problem, its help is better.
        let remedy =
            self.not_cors.as_ref().map(|_| self.help.remove(0)).filter(|_| !finding.diagnosis.is_about_failure());
        // If CORS refuses with an error, there is no other problem.
        self.not_cors.take_if(|_| finding.diagnosis.is_about_refusal());
        let remedy = remedy.filter(|_| self.not_cors.is_some());
        // For these codes the help is general. Only the header lines in it still apply.
        let is_guessed =
            ["allow-origin-missing", "preflight-status", "several-allowed-origins"].contains(&self.code.as_str());
        self.help.retain(|text| !is_guessed || (text.contains('\n') && finding.diagnosis.is_about_grants()));
        if is_guessed {
            self.help.extend(finding.dangers.iter().cloned());
        }
        // A page that can read a 404 shows the mistake. For other errors their cause comes first.
        let is_last = self.not_cors.as_ref().is_some_and(|not_cors| not_cors.code == "not-found");
        let remedy: Vec<String> = remedy.into_iter().collect();
        let first = if is_last { [&finding.help[..], &remedy] } else { [&remedy[..], &finding.help] };
        self.help.splice(0..0, first.concat());
        self.diagnosis = Some(finding.diagnosis.code());
        self.evidence.clone_from(&finding.evidence);
        if let Some((stack, sign)) = &finding.stack {
            self.stack = Some(stack.to_string());
            self.evidence.push(format!("the server is {stack}, by {sign}"));
            if finding.diagnosis.is_about_grants() {
                self.notes.push(format!("the same command with --fix prints all that {stack} needs for this page"));
            }
        }
    }

    pub(crate) fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The reason and the first help, on one line.
    pub(crate) fn summary(&self) -> String {
        let first = self.help.first().map(|help| help.lines().map(str::trim).collect::<Vec<_>>().join(" "));
        first.map_or_else(|| self.reason.clone(), |help| format!("{} ({help})", self.reason))
    }

    pub(crate) fn to_json(&self) -> String {
        // Serialisation fails only for maps without text keys, and for failing writers.
        serde_json::to_string_pretty(self).expect("texts and numbers can be written")
    }

    fn begin(verdict: Verdict, code: &str, reason: String) -> Self {
        Self {
            verdict,
            code: code.to_owned(),
            page: codes::address(code),
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
            diagnosis: None,
            evidence: Vec::new(),
            stack: None,
            help: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
            readable_headers: Vec::new(),
            withheld_headers: Vec::new(),
            engines: BTreeMap::new(),
            next: Vec::new(),
            then: None,
            exchanges: Vec::new(),
            blocked: Vec::new(),
        }
    }

    /// Adds a problem besides CORS, before the other help.
    fn because(mut self, not_cors: NotCors) -> Self {
        self.help.splice(0..0, not_cors.remedy.clone());
        Self { not_cors: Some(not_cors), ..self }
    }

    fn of_explanation(explanation: &Explanation, engine: Option<Engine>) -> Self {
        let cause = explanation.cause();
        let begun = Self::begin(Verdict::of_cause(cause), cause.code(), explanation.reason());
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
