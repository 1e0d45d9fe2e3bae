//! The answer that the browser does not give to the page, and what the page needs.

use cors_browser::explain::{Cause, Explanation, Obstacle};
use cors_browser::{OutgoingRequest, normalise_method};
use cors_core::names::is_safelisted_method;
use url::Url;

use crate::answer::Answer;
use crate::diagnosis::Need;
use crate::investigation::{Investigation, Probe, is_harmless};
use crate::script::Script;

#[derive(Debug)]
pub(super) struct Case<'c> {
    pub(super) cause: Cause,
    pub(super) obstacle: Option<Obstacle>,
    pub(super) request: &'c OutgoingRequest,
    pub(super) answer: &'c Answer,
    /// What the same server answered before.
    pub(super) earlier: Vec<(&'c OutgoingRequest, &'c Answer)>,
    pub(super) need: Need,
    /// The answers to other origins.
    pub(super) strangers: &'c [Probe],
}

impl<'c> Case<'c> {
    /// `None` if no answer is the cause.
    pub(super) fn of(script: &Script, investigation: &'c Investigation, explanation: &Explanation) -> Option<Self> {
        let request = &investigation.transcript.exchanges.last()?.request;
        let answer = investigation.answers.last()?;
        let page = script.page.origin();
        // After a redirect through another origin, or for a page without an origin, no list helps.
        if explanation.origin() == Some("null") && !answer.allow_origins().contains(&"null".to_owned()) {
            return None;
        }
        let method = normalise_method(script.asked.method.as_deref().unwrap_or(&request.method)).to_ascii_uppercase();
        let mut requests = investigation.transcript.exchanges.iter().map(|exchange| &exchange.request);
        let preflight = requests.rfind(|request| request.preflight);
        let (methods, headers) = asked_of_preflight(script, preflight);
        let need = Need {
            url: request.url.clone(),
            origin: page.to_owned(),
            method,
            methods,
            headers,
            listed: listed(explanation.cause(), answer),
            is_for_all: answer.allow_origins() == ["*"],
            credentials: script.credentials,
        };
        let exchanges = investigation.transcript.exchanges.iter().map(|exchange| &exchange.request);
        let mut earlier: Vec<_> = exchanges.zip(&investigation.answers).collect();
        earlier.pop();
        let server = |url: &str| Url::parse(url).ok().map(|url| url.origin());
        earlier.retain(|(other, _)| server(&other.url) == server(&request.url));
        let (cause, obstacle) = (explanation.cause(), explanation.obstacle());
        Some(Self { cause, obstacle, request, answer, earlier, need, strangers: &investigation.probes })
    }

    pub(super) fn is_preflight(&self) -> bool {
        self.request.preflight
    }

    pub(super) fn status(&self) -> u16 {
        self.answer.response.status
    }

    /// The name of the answer in sentences.
    pub(super) fn name(&self) -> String {
        if self.is_preflight() { "the preflight".to_owned() } else { format!("the answer to {}", self.request.method) }
    }

    /// The refused request, to be sent again for another origin. If it may change something, this is its preflight.
    pub(super) fn question(&self) -> OutgoingRequest {
        let mut request = self.request.clone();
        if !request.preflight && !is_harmless(&request.method) {
            let method = std::mem::replace(&mut request.method, "OPTIONS".to_owned());
            request.preflight = true;
            request.headers.retain(|line| ["origin", "accept"].iter().any(|name| line.name.eq_ignore_ascii_case(name)));
            request.headers.push(cors_browser::HeaderLine::new("Access-Control-Request-Method", method));
        }
        request.body = false;
        request
    }
}

/// The methods and headers that need a preflight.
pub(crate) fn asked_of_preflight(script: &Script, preflight: Option<&OutgoingRequest>) -> (Vec<String>, Vec<String>) {
    let Some(preflight) = preflight else {
        return Default::default();
    };
    let text = |name| preflight.header(name).map(|value| String::from_utf8_lossy(value).into_owned());
    let methods = text("access-control-request-method").filter(|method| !is_safelisted_method(method));
    let headers = text("access-control-request-headers").unwrap_or_default();
    let as_written = |name: &str| {
        let written = script.asked.headers.iter().find(|(written, _)| written.eq_ignore_ascii_case(name));
        written.map_or_else(|| cors_browser::canonical_name(name), |(written, _)| written.clone())
    };
    (
        methods.map(|method| method.to_ascii_uppercase()).into_iter().collect(),
        headers.split(',').filter(|name| !name.is_empty()).map(as_written).collect(),
    )
}

/// The list that a preflight sends instead of what the script needs.
fn listed(cause: Cause, answer: &Answer) -> Vec<String> {
    let said = answer.text().to_ascii_lowercase();
    let name = match cause {
        Cause::MethodNotAllowed => "access-control-allow-methods",
        Cause::HeaderNotAllowed => "access-control-allow-headers",
        // If the answer refuses both, the method comes first.
        Cause::PreflightStatus if said.contains("method") => "access-control-allow-methods",
        Cause::PreflightStatus if said.contains("header") => "access-control-allow-headers",
        _ => return Vec::new(),
    };
    let lists = answer.texts(name).join(",");
    lists.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl Answer {
    /// The values of `Access-Control-Allow-Origin`, one for each line.
    pub(super) fn allow_origins(&self) -> Vec<String> {
        self.texts("access-control-allow-origin")
    }

    /// Whether the answer allows this origin. Ignores credentials.
    pub(super) fn allows(&self, origin: &str) -> bool {
        matches!(self.allow_origins().as_slice(), [value] if value == origin || value == "*")
    }

    /// Whether the answer names this origin.
    pub(super) fn names(&self, origin: &str) -> bool {
        self.allow_origins() == [origin]
    }

    /// The first line of a header, as text.
    pub(super) fn text_of(&self, name: &str) -> Option<String> {
        self.texts(name).into_iter().next()
    }

    fn texts(&self, name: &str) -> Vec<String> {
        self.response.values(name).map(|value| String::from_utf8_lossy(value).trim().to_owned()).collect()
    }
}
