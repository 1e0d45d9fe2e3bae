//! What came out, the same for people and programs.

mod beside;
mod text;
mod words;

use std::process::ExitCode;

use beside::BlockedRequest;
pub(crate) use beside::BlockedRequests;
use cors_browser::explain::{Cause, Explanation};
use cors_browser::{
    At, Engine, Exchange, HeaderLine, OutgoingRequest, Readable, Response, ResponseType, Verdict as Decided,
    canonical_name,
};
use serde::Serialize;

use crate::investigation::{Investigation, Missing};
use crate::script::Script;
use crate::warning::Warning;

/// Whether the page may read the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    Readable,
    Blocked,
    Unknown,
}

impl Verdict {
    pub(crate) fn status(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Readable => 0,
            Self::Blocked => 1,
            Self::Unknown => 3,
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
    console: Option<String>,
    header_lines: Vec<String>,
    help: Vec<String>,
    notes: Vec<String>,
    warnings: Vec<Warning>,
    readable_headers: Vec<String>,
    exchanges: Vec<Shown>,
    /// Of a recording, all that were blocked.
    blocked: Vec<BlockedRequest>,
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Purpose {
    Preflight,
    /// What the script asked for, or what a redirect made of it.
    Request,
    /// To see what strangers get.
    Probe,
}

/// A request, and its answer where one came.
#[derive(Debug, Serialize)]
struct Shown {
    purpose: Purpose,
    /// Not, where `--send` is missing.
    sent: bool,
    method: String,
    url: String,
    request_headers: Vec<(String, String)>,
    status: Option<u16>,
    response_headers: Vec<(String, String)>,
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
            (_, Some(Missing::Withheld)) => {
                let begun = Self::begin(Verdict::Unknown, "not-sent", words::withheld(transcript));
                Self { help: vec![words::SEND.to_owned()], ..begun }
            }
            (_, Some(Missing::MadeUp)) => {
                let begun = Self::begin(Verdict::Unknown, "not-sent", words::made_up(transcript));
                Self { help: vec![words::COPY_THE_REQUEST.to_owned()], ..begun }
            }
            (_, Some(Missing::Failed(failure))) => {
                Self::begin(Verdict::Unknown, "no-answer", words::unanswered(transcript, failure))
            }
            (_, Some(Missing::NotRecorded)) => {
                let begun = Self::begin(Verdict::Unknown, "not-recorded", words::not_recorded(transcript));
                Self { help: vec![format!("ask the server itself:\n    {}", words::command(script))], ..begun }
            }
            (other, None) => match Explanation::of(transcript) {
                Some(explanation) => Self::of_explanation(&explanation, engine),
                // Not reached: only other modes end so, and `why` asks in mode cors and follows redirects.
                None => Self::begin(Verdict::Unknown, "not-decided", format!("it ended by {other:?}")),
            },
        };
        report.notes.extend(words::dropped(script));
        if script.credentials_unknown() {
            report.notes.push(
                "what was copied does not say whether the script asked with credentials; if so, add --credentials"
                    .to_owned(),
            );
        }
        report.engine = engine.map(words::engine);
        report.url.get_or_insert_with(|| script.asked.url.clone());
        report.origin.get_or_insert_with(|| script.page.origin().to_owned());
        report.warnings.splice(0..0, warnings);
        report.exchanges = shown_exchanges(&investigation);
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
            console: None,
            header_lines: Vec::new(),
            help: Vec::new(),
            notes: Vec::new(),
            warnings: Vec::new(),
            readable_headers: Vec::new(),
            exchanges: Vec::new(),
            blocked: Vec::new(),
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

impl Shown {
    fn new(purpose: Purpose, request: &OutgoingRequest, response: Option<&Response>) -> Self {
        let response_headers = response.map(|response| shown(&response.headers));
        Self {
            purpose,
            sent: true,
            method: request.method.clone(),
            url: request.url.clone(),
            request_headers: shown(&request.headers),
            status: response.map(|response| response.status),
            response_headers: response_headers.unwrap_or_default(),
        }
    }
}

fn shown_exchanges(Investigation { transcript, missing, probes, .. }: &Investigation) -> Vec<Shown> {
    let purpose = |request: &OutgoingRequest| if request.preflight { Purpose::Preflight } else { Purpose::Request };
    let answered = transcript
        .exchanges
        .iter()
        .map(|Exchange { request, response }| Shown::new(purpose(request), request, Some(response)));
    let sent = !matches!(missing, Some(Missing::Withheld | Missing::MadeUp));
    let unanswered = transcript.unanswered.iter();
    let unanswered = unanswered.map(|request| Shown { sent, ..Shown::new(purpose(request), request, None) });
    let probes = probes.iter().map(|probe| Shown::new(Purpose::Probe, &probe.request, Some(&probe.answer.response)));
    answered.chain(unanswered).chain(probes).collect()
}

fn shown(lines: &[HeaderLine]) -> Vec<(String, String)> {
    let value = |line: &HeaderLine| match words::is_secret(&line.name) {
        true => words::HIDDEN.to_owned(),
        false => String::from_utf8_lossy(&line.value).into_owned(),
    };
    lines.iter().map(|line| (canonical_name(&line.name), value(line))).collect()
}

fn at(at: At) -> &'static str {
    match at {
        At::Request => "request",
        At::Preflight => "preflight",
        At::Actual => "actual",
        At::Redirect => "redirect",
    }
}
