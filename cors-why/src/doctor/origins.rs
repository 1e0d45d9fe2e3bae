//! Whether the server has a list of origins, and whether it is this one that is missing.

use url::Url;

use super::Examination;
use super::prober::{get, with};
use crate::answer::Answer;
use crate::diagnosis::Diagnosis;

impl Examination<'_> {
    /// There is a list where the answer depends on the origin, or has the other headers of CORS.
    pub(super) fn of_list(&mut self) -> Option<Diagnosis> {
        let sign = sign_of_list(self.case.answer)?;
        let name = self.case.name();
        self.saw(format!(
            "{name} has {sign}, and no Access-Control-Allow-Origin, so CORS is there and does not allow the origin"
        ));
        Some(self.of_cousins().unwrap_or(Diagnosis::OriginNotListed { listed: None }))
    }

    /// Asks as origins that resemble the page's, or that lists usually have.
    pub(super) fn of_cousins(&mut self) -> Option<Diagnosis> {
        let (case, origin) = (self.case, self.case.need.origin.clone());
        // A preflight may be refused for its method too, and a GET is not.
        let question = if self.get_tells { get(case.request, &case.request.url, &origin) } else { case.question() };
        for cousin in cousins(&origin) {
            let answer = self.prober.ask(with(question.clone(), "Origin", Some(&cousin)))?;
            if !answer.names(&cousin) {
                continue;
            }
            self.saw(format!("the server allows {cousin}, and does not allow {origin}"));
            return Some(if cousin == format!("{origin}/") {
                Diagnosis::OriginWithSlash
            } else if origin.ends_with(&format!("//{cousin}")) {
                Diagnosis::OriginMisspelled { value: cousin }
            } else {
                Diagnosis::OriginNotListed { listed: Some(cousin) }
            });
        }
        None
    }
}

impl Answer {
    /// Whether a program made it that keeps rules of CORS.
    pub(super) fn tells_of_cors(&self) -> bool {
        !self.allow_origins().is_empty() || sign_of_list(self).is_some()
    }
}

/// What shows that a program has a list of origins, though it sends none.
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

/// As which origins to ask, the likeliest first.
fn cousins(origin: &str) -> Vec<String> {
    let Ok(url) = Url::parse(origin) else { return Vec::new() };
    let (scheme, host) = (url.scheme(), url.host_str().unwrap_or_default());
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let mut cousins = vec![format!("{origin}/"), origin.replacen(&format!("{scheme}://"), "", 1)];
    let loopback = match host {
        "localhost" => Some("127.0.0.1"),
        "127.0.0.1" | "[::1]" => Some("localhost"),
        _ => None,
    };
    if let Some(other) = loopback {
        cousins.push(format!("{scheme}://{other}{port}"));
        cousins.push(format!("http://{host}:3000"));
        cousins.push(format!("http://{host}:5173"));
    } else {
        let other = if scheme == "https" { "http" } else { "https" };
        cousins.push(format!("{other}://{host}{port}"));
        cousins.push(match host.strip_prefix("www.") {
            Some(bare) => format!("{scheme}://{bare}{port}"),
            None => format!("{scheme}://www.{host}{port}"),
        });
        cousins.push("http://localhost:3000".to_owned());
    }
    cousins.retain(|cousin| cousin != origin);
    cousins
}
