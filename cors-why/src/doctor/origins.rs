//! Finds out whether the server has a list of origins without the page's origin.

use url::Url;

use super::Examination;
use super::prober::{get, with};
use crate::answer::Answer;
use crate::diagnosis::Diagnosis;

impl Examination<'_> {
    /// If the answer depends on the origin, or has other CORS headers, the server has a list.
    pub(super) fn of_list(&mut self) -> Option<Diagnosis> {
        let sign = sign_of_list(self.case.answer)?;
        let name = self.case.name();
        self.saw(format!(
            "{name} has {sign}, and no Access-Control-Allow-Origin, so CORS is there and does not allow the origin"
        ));
        Some(self.of_similar_origins().unwrap_or(Diagnosis::OriginNotListed { listed: None }))
    }

    /// Sends origins that resemble the page's, or that are common in lists.
    pub(super) fn of_similar_origins(&mut self) -> Option<Diagnosis> {
        let (case, origin) = (self.case, self.case.need.origin.clone());
        // A preflight can also be refused for its method; a GET cannot.
        let question = if self.get_tells { get(case.request, &case.request.url, &origin) } else { case.question() };
        for similar in similar_origins(&origin) {
            let answer = self.prober.ask(with(question.clone(), "Origin", Some(&similar)))?;
            if !answer.names(&similar) {
                continue;
            }
            self.saw(format!("the server allows {similar}, and does not allow {origin}"));
            return Some(if similar == format!("{origin}/") {
                Diagnosis::OriginWithSlash
            } else if origin.ends_with(&format!("//{similar}")) {
                Diagnosis::OriginMisspelled { value: similar }
            } else {
                Diagnosis::OriginNotListed { listed: Some(similar) }
            });
        }
        None
    }
}

impl Answer {
    /// Whether CORS code made the answer.
    pub(super) fn tells_of_cors(&self) -> bool {
        !self.allow_origins().is_empty() || sign_of_list(self).is_some()
    }
}

/// The sign of a list of origins in an answer without `Access-Control-Allow-Origin`.
pub(super) fn sign_of_list(answer: &Answer) -> Option<String> {
    const OTHERS: [&str; 5] = [
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Credentials",
        "Access-Control-Expose-Headers",
        "Access-Control-Max-Age",
    ];
    if !answer.allow_origins().is_empty() {
        return None;
    }
    let other = OTHERS.into_iter().find(|name| answer.text_of(name).is_some()).map(str::to_owned);
    other.or_else(|| answer.response.varies_by("origin").then(|| "Vary: Origin".to_owned()))
}

/// The origins to try, the likeliest first.
fn similar_origins(origin: &str) -> Vec<String> {
    let Ok(url) = Url::parse(origin) else { return Vec::new() };
    let (scheme, host) = (url.scheme(), url.host_str().unwrap_or_default());
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let other_scheme = format!("{}://{host}{port}", if scheme == "https" { "http" } else { "https" });
    let mut similar_origins = vec![format!("{origin}/"), origin.replacen(&format!("{scheme}://"), "", 1)];
    let loopback = match host {
        "localhost" => Some("127.0.0.1"),
        "127.0.0.1" | "[::1]" => Some("localhost"),
        _ => None,
    };
    if let Some(other) = loopback {
        similar_origins.push(format!("{scheme}://{other}{port}"));
        similar_origins.push(other_scheme);
        similar_origins.push(format!("http://{host}:3000"));
        similar_origins.push(format!("http://{host}:5173"));
    } else {
        similar_origins.push(other_scheme);
        similar_origins.push(match host.strip_prefix("www.") {
            Some(bare) => format!("{scheme}://{bare}{port}"),
            None => format!("{scheme}://www.{host}{port}"),
        });
        similar_origins.push("http://localhost:3000".to_owned());
    }
    similar_origins.retain(|similar| similar != origin);
    similar_origins
}
