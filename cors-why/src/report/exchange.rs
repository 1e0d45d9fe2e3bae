//! The requests and answers in the report.

use cors_browser::{Exchange, HeaderLine, OutgoingRequest, Response, canonical_name};
use serde::Serialize;

use super::words;
use crate::investigation::{Investigation, Missing, Probe};

/// The purpose of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Purpose {
    Preflight,
    /// The script's request, also after redirects.
    Request,
    /// What a browser sends after the answers before it are changed.
    Next,
    /// A request to find the mistake, or as another origin.
    Probe,
}

/// A request, and its answer if one came.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Shown {
    pub(super) purpose: Purpose,
    /// False if `--send` is missing.
    pub(super) sent: bool,
    pub(super) method: String,
    pub(super) url: String,
    pub(super) request_headers: Vec<(String, String)>,
    pub(super) status: Option<u16>,
    pub(super) response_headers: Vec<(String, String)>,
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

pub(super) fn all(Investigation { transcript, missing, mending, probes, finding, .. }: &Investigation) -> Vec<Shown> {
    let purpose = |request: &OutgoingRequest| if request.preflight { Purpose::Preflight } else { Purpose::Request };
    let answered = transcript
        .exchanges
        .iter()
        .map(|Exchange { request, response }| Shown::new(purpose(request), request, Some(response)));
    let sent = !matches!(missing, Some(Missing::Withheld | Missing::Barred(_) | Missing::MadeUp));
    let unanswered = transcript.unanswered.iter();
    let unanswered = unanswered.map(|request| Shown { sent, ..Shown::new(purpose(request), request, None) });
    let next = mending.iter().flat_map(|mending| &mending.sent);
    let next = next.map(|sent| Shown::new(Purpose::Next, &sent.request, Some(&sent.answer.response)));
    let of_doctor = finding.iter().flat_map(|finding| &finding.probes);
    let of_probe = |probe: &Probe| Shown::new(Purpose::Probe, &probe.request, Some(&probe.answer.response));
    let probes = of_doctor.chain(probes).map(of_probe);
    answered.chain(unanswered).chain(next).chain(probes).collect()
}

fn shown(lines: &[HeaderLine]) -> Vec<(String, String)> {
    let value = |line: &HeaderLine| match words::is_secret(&line.name) {
        true => words::HIDDEN.to_owned(),
        false => String::from_utf8_lossy(&line.value).into_owned(),
    };
    lines.iter().map(|line| (canonical_name(&line.name), value(line))).collect()
}
