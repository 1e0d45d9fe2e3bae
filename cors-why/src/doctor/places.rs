//! Finds the other answers of the server that have the headers.

use url::Url;

use super::Examination;
use super::origins::sign_of_list;
use super::prober::{UNKNOWN_PATH, get, preflight};
use super::refusal::Part;
use crate::diagnosis::Diagnosis;

impl Examination<'_> {
    /// Sends another method to the same address.
    pub(super) fn of_same_address(&mut self) -> Option<Diagnosis> {
        if self.case.is_preflight() { self.of_get() } else { self.of_preflight() }
    }

    /// Finds why the page cannot read an error that is not of CORS.
    pub(super) fn behind(&mut self, failure: &Diagnosis) -> Option<Diagnosis> {
        let (case, status) = (self.case, self.case.status());
        if case.is_preflight() || status < 400 || !failure.is_about_bare_errors() {
            return None;
        }
        if let Some(earlier) = case.earlier.iter().find(|(_, answer)| answer.allows(&case.need.origin)) {
            let name = if earlier.0.preflight { "the preflight" } else { "an answer before it" };
            self.saw(format!("{name} has Access-Control-Allow-Origin, and {} has not", case.name()));
            return Some(Diagnosis::ErrorsBare { status });
        }
        self.of_list().or_else(|| self.of_preflight())
    }

    pub(super) fn of_other_addresses(&mut self) -> Option<Diagnosis> {
        self.of_paths().or_else(|| self.of_start())
    }

    /// A preflight without the headers; GET of the same address has them.
    fn of_get(&mut self) -> Option<Diagnosis> {
        let (case, status) = (self.case, self.case.status());
        let origin = &case.need.origin;
        let answer = self.prober.ask(get(case.request, &case.request.url, origin))?;
        self.get_tells = answer.tells_of_cors();
        if let Some(sign) = sign_of_list(&answer) {
            self.saw(format!("the answer to GET has {sign}, and no Access-Control-Allow-Origin"));
            return Some(self.of_similar_origins().unwrap_or(Diagnosis::OriginNotListed { listed: None }));
        }
        if answer.allow_origins().is_empty() {
            return None;
        }
        if !answer.allows(origin) {
            let listed = answer.text_of("access-control-allow-origin")?;
            self.saw(format!("the answer to GET has Access-Control-Allow-Origin: {listed}"));
            return Some(Diagnosis::OriginNotListed { listed: Some(listed) });
        }
        self.saw(format!("the answer to GET has Access-Control-Allow-Origin, and the preflight ({status}) has not"));
        if self.asks_for_login() {
            return Some(self.login());
        }
        // Some servers refuse without any header.
        if let Some(part @ (Part::Method | Part::Headers)) = self.refused_part() {
            return self.refused(String::new(), Some(part));
        }
        Some(if status >= 400 { Diagnosis::PreflightUnanswered { status } } else { Diagnosis::PreflightBare })
    }

    /// An answer without the headers; the preflight of the same address has them.
    fn of_preflight(&mut self) -> Option<Diagnosis> {
        let (case, status) = (self.case, self.case.status());
        let (url, origin, method) = (&case.request.url, &case.need.origin, &case.request.method);
        let bare = match status {
            400.. if self.asks_for_login() => self.login(),
            400.. => Diagnosis::ErrorsBare { status },
            _ => Diagnosis::AnswerBare,
        };
        let answer = self.prober.ask(preflight(case.request, url, origin, method))?;
        if let Some(sign) = sign_of_list(&answer) {
            self.saw(format!("a preflight has {sign}, and no Access-Control-Allow-Origin"));
            return Some(self.of_similar_origins().unwrap_or(Diagnosis::OriginNotListed { listed: None }));
        }
        if answer.allows(origin) {
            self.saw(format!("a preflight has Access-Control-Allow-Origin, and {} has not", case.name()));
            return Some(if status < 400 { self.of_paths().unwrap_or(bare) } else { bare });
        }
        if method != "GET" {
            let answer = self.prober.ask(get(case.request, url, origin))?;
            if answer.allows(origin) {
                self.saw(format!("the answer to GET has Access-Control-Allow-Origin, and {} has not", case.name()));
                return Some(bare);
            }
        }
        None
    }

    /// Asks for paths that do not exist: CORS in front of the routes covers them too.
    fn of_paths(&mut self) -> Option<Diagnosis> {
        let case = self.case;
        let origin = &case.need.origin;
        let asked = Url::parse(&case.request.url).ok()?;
        for path in unknown_paths(asked.path()) {
            let answer = self.prober.ask(get(case.request, asked.join(&path).ok()?.as_str(), origin))?;
            if !answer.allows(origin) {
                continue;
            }
            self.saw(format!(
                "{path}, which does not exist, has Access-Control-Allow-Origin, and {} has not",
                asked.path()
            ));
            let covered = path.trim_end_matches(UNKNOWN_PATH);
            return Some(match asked.path().starts_with(covered) {
                true => Diagnosis::AfterRoute,
                false => Diagnosis::OtherPaths { path: covered.to_owned() },
            });
        }
        None
    }

    /// An error without the headers; the start page has them.
    fn of_start(&mut self) -> Option<Diagnosis> {
        let (case, status) = (self.case, self.case.status());
        if case.is_preflight() || status < 400 {
            return None;
        }
        let start = Url::parse(&case.request.url).ok()?.join("/").ok()?;
        let answer = self.prober.ask(get(case.request, start.as_str(), &case.need.origin))?;
        if !answer.allows(&case.need.origin) {
            return None;
        }
        self.saw(format!("/ has Access-Control-Allow-Origin, and {} ({status}) has not", case.name()));
        Some(Diagnosis::ErrorsBare { status })
    }

    /// The diagnosis if no question found anything.
    pub(super) fn of_nothing(&mut self) -> Diagnosis {
        let (case, status) = (self.case, self.case.status());
        let server = case.answer.text_of("server").unwrap_or_default().to_ascii_lowercase();
        let skips_errors = ["nginx", "openresty", "apache"].iter().any(|name| server.contains(name));
        if status >= 400 && !case.is_preflight() && skips_errors && case.answer.text_of("x-powered-by").is_none() {
            self.saw(format!(
                "{} is an error ({status}), to which this server adds headers only where it is told to",
                case.name()
            ));
            return Diagnosis::ErrorsBare { status };
        }
        self.saw(match self.prober.asked.len() {
            0 => format!("{} has no header of CORS", case.name()),
            _ => format!("{} has no header of CORS, and no other answer of this server has one", case.name()),
        });
        Diagnosis::NoCors
    }
}

/// Paths that do not exist: below the same first part, and at the usual places of APIs.
fn unknown_paths(path: &str) -> [String; 2] {
    let below = match path.trim_start_matches('/').split_once('/') {
        Some((first, _)) => format!("/{first}/{UNKNOWN_PATH}"),
        None => format!("/{UNKNOWN_PATH}"),
    };
    let other = if below == format!("/api/{UNKNOWN_PATH}") {
        format!("/{UNKNOWN_PATH}")
    } else {
        format!("/api/{UNKNOWN_PATH}")
    };
    [below, other]
}
