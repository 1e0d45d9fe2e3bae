//! Answers that refuse or fail, each for its own reason.

use super::origins::sign_of_list;
use super::prober::{preflight, with};
use super::{Examination, body, values};
use crate::diagnosis::Diagnosis;

/// The part of the request that CORS refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Origin,
    Method,
    Headers,
}

impl Examination<'_> {
    /// Finds a refusal by CORS itself: by its sentence, or because the status differs without an origin.
    pub(super) fn of_refusal(&mut self) -> Option<Diagnosis> {
        let (status, text) = (self.case.status(), self.case.answer.text());
        if status < 400 {
            return None;
        }
        if let Some(text) = body::host_refusal(&text) {
            self.saw(format!("{} has the status {status}, and says {text:?}", self.case.name()));
            return Some(Diagnosis::HostRefused { text });
        }
        if ![400, 401, 403, 422, 500].contains(&status) {
            return None;
        }
        let of_guide = || body::error_of_guide(&text).filter(|_| status == 500);
        let said = body::refusal(&text, self.case.is_preflight()).or_else(of_guide);
        let Some(said) = said else {
            return self.differs_without_origin().then(|| self.refused(String::new(), None)).flatten();
        };
        self.saw(format!("{} has the status {status}, and says {:?}", self.case.name(), said.text));
        let part = match (said.origin, said.method, said.headers) {
            (true, ..) => Some(Part::Origin),
            (_, true, _) => Some(Part::Method),
            (.., true) => Some(Part::Headers),
            _ => None,
        };
        self.refused(said.text, part)
    }

    pub(super) fn refused(&mut self, text: String, part: Option<Part>) -> Option<Diagnosis> {
        let need = &self.case.need;
        Some(match part.or_else(|| self.refused_part()).unwrap_or(Part::Origin) {
            Part::Origin if self.case.status() >= 500 => Diagnosis::CallbackRefused { text },
            Part::Origin => match self.of_similar_origins() {
                Some(Diagnosis::OriginWithSlash) => Diagnosis::OriginWithSlash,
                _ => Diagnosis::OriginRefused { text },
            },
            Part::Method => {
                let method = need.methods.first().unwrap_or(&need.method).clone();
                Diagnosis::MethodRefused { method, text }
            }
            Part::Headers => Diagnosis::HeadersRefused { names: values::missing_headers(self.case), text },
        })
    }

    /// Finds what a preflight without a sentence refuses: one that asks for less passes. `None` if none passes.
    pub(super) fn refused_part(&mut self) -> Option<Part> {
        let case = self.case;
        let need = &case.need;
        if !case.is_preflight() || (need.methods.is_empty() && need.headers.is_empty()) {
            return None;
        }
        let (url, origin) = (case.request.url.as_str(), need.origin.as_str());
        let mut passes = |method: &str| {
            let answer = self.prober.ask(preflight(case.request, url, origin, method));
            answer.is_some_and(|answer| answer.response.status < 300 && answer.allows(origin))
        };
        if !passes("GET") {
            return None;
        }
        let is_method = match need.methods.first() {
            Some(method) if !need.headers.is_empty() => !passes(method),
            method => method.is_some(),
        };
        let what = if is_method { "for GET" } else { "without the headers" };
        self.saw(format!("a preflight {what} passes for {origin}"));
        Some(if is_method { Part::Method } else { Part::Headers })
    }

    fn differs_without_origin(&mut self) -> bool {
        let (status, question) = (self.case.status(), self.case.question());
        // A preflight that replaces a request that may change something has its own status.
        if question.method != self.case.request.method || status == 401 {
            return false;
        }
        // `Referer` stays: a server that refuses it must not look as if it refused the origin.
        let referrer = format!("{}/", self.case.need.origin);
        let question = with(with(question, "Origin", None), "Referer", Some(&referrer));
        let Some(answer) = self.prober.ask(question) else { return false };
        let other = answer.response.status;
        let differs = if status >= 500 { other < 500 } else { other != status && other < 500 };
        if differs {
            self.saw(format!("{} has the status {status}, and without Origin {other}", self.case.name()));
        }
        differs
    }

    /// Failures that CORS hides.
    pub(super) fn of_failure(&mut self) -> Option<Diagnosis> {
        let status = self.case.status();
        let diagnosis = match status {
            413 => Diagnosis::TooLarge,
            429 => Diagnosis::TooMany,
            502..=504 | 520..=527 => Diagnosis::UpstreamDown { status },
            // Possibly only the handler of OPTIONS fails.
            500 | 501 if self.case.is_preflight() => return None,
            500.. => Diagnosis::Failed { status },
            _ => return None,
        };
        self.saw(format!("{} has the status {status}", self.case.name()));
        Some(diagnosis)
    }

    pub(super) fn of_failed_preflight(&mut self) -> Option<Diagnosis> {
        let status = self.case.status();
        if status != 500 {
            return None;
        }
        self.saw(format!("{} has the status {status}", self.case.name()));
        Some(Diagnosis::Failed { status })
    }

    /// Authentication in front of CORS.
    pub(super) fn of_login(&mut self) -> Option<Diagnosis> {
        let (case, status) = (self.case, self.case.status());
        // Where CORS made the answer, or looked at it on its way, it refuses the origin.
        if !(self.asks_for_login() || (status == 403 && case.is_preflight())) || sign_of_list(case.answer).is_some() {
            return None;
        }
        let challenge = case.answer.text_of("www-authenticate");
        let challenge = challenge.map(|value| format!(", and WWW-Authenticate: {value}")).unwrap_or_default();
        self.saw(format!("{} has the status {status}{challenge}", case.name()));
        Some(self.login())
    }

    /// Whether authentication made the answer, in front of CORS or inside of it.
    pub(super) fn asks_for_login(&self) -> bool {
        let (answer, status) = (self.case.answer, self.case.status());
        let says_so = || answer.text_of("www-authenticate").is_some() || body::wants_login(&answer.text());
        matches!(status, 401 | 407) || (status == 403 && says_so())
    }

    pub(super) fn login(&self) -> Diagnosis {
        let status = self.case.status();
        match self.case.is_preflight() {
            true => Diagnosis::PreflightNeedsLogin { status },
            false => Diagnosis::LoginBare { status },
        }
    }

    /// The methods that the route takes.
    pub(super) fn of_route(&mut self) -> Option<Diagnosis> {
        let (case, status) = (self.case, self.case.status());
        let has_origin = !case.answer.allow_origins().is_empty();
        if case.is_preflight() {
            let unanswered = status >= 400 && has_origin;
            if unanswered {
                self.saw(format!("the preflight has Access-Control-Allow-Origin, and the status {status}"));
            }
            // A recording has no body of a preflight, which would say so.
            if let Some(part) = values::unlisted(case).filter(|_| unanswered && [400, 403].contains(&status)) {
                return self.refused(String::new(), Some(part));
            }
            return unanswered.then_some(Diagnosis::PreflightUnanswered { status });
        }
        let allow = case.answer.text_of("allow").unwrap_or_default();
        let takes = allow.split(',').any(|method| method.trim().eq_ignore_ascii_case(&case.request.method));
        if status != 405 || takes {
            return None;
        }
        // Some servers change the order each time.
        let mut methods: Vec<&str> = allow.split(',').map(str::trim).filter(|method| !method.is_empty()).collect();
        methods.sort_unstable();
        let allow = methods.join(", ");
        let listed = if allow.is_empty() { String::new() } else { format!(", and Allow: {allow}") };
        self.saw(format!("{} has the status 405{listed}", case.name()));
        Some(Diagnosis::MethodNotTaken { method: case.request.method.clone(), allow })
    }
}
