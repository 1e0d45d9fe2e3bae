//! CORS headers that are present but wrong.

use cors_core::names::is_token;

use super::prober::with;
use super::refusal::Part;
use super::{Examination, case::Case};
use crate::answer::Answer;
use crate::diagnosis::Diagnosis;
use crate::investigation::is_harmless;

impl Examination<'_> {
    pub(super) fn of_mismatch(&mut self) -> Option<Diagnosis> {
        let value = self.case.answer.text_of("access-control-allow-origin")?;
        self.saw(format!("{} has Access-Control-Allow-Origin: {value}", self.case.name()));
        let origin = &self.case.need.origin;
        // Some caches do not show in the answer.
        if let Some(cached) =
            self.of_cache_with((is_origin(&value) && !value.ends_with('/')).then(|| format!("it allows {value}")))
        {
            return Some(cached);
        }
        Some(if value == "null" {
            Diagnosis::NullSent
        } else if value.strip_suffix('/').is_some_and(|value| value.eq_ignore_ascii_case(origin)) {
            Diagnosis::OriginWithSlash
        } else if is_origin(&value) {
            Diagnosis::OriginNotListed { listed: Some(value) }
        } else {
            Diagnosis::OriginMisspelled { value }
        })
    }

    pub(super) fn of_wildcard(&mut self) -> Diagnosis {
        self.saw(format!(
            "{} has Access-Control-Allow-Origin: *, and the script asks with credentials",
            self.case.name()
        ));
        Diagnosis::WildcardWithCredentials
    }

    pub(super) fn of_credentials(&mut self) -> Diagnosis {
        let value = self.case.answer.text_of("access-control-allow-credentials");
        let has = value.map_or("no Access-Control-Allow-Credentials".to_owned(), |value| {
            format!("Access-Control-Allow-Credentials: {value}")
        });
        self.saw(format!("{} has {has}, and the script asks with credentials", self.case.name()));
        let stranger = self.case.strangers.iter().find_map(|probe| {
            let origin = String::from_utf8_lossy(probe.request.header("origin")?).into_owned();
            (origin != "null" && probe.answer.names(&origin)).then_some(origin)
        });
        if let Some(origin) = &stranger {
            self.saw(format!("the server allows {origin} too"));
        }
        Diagnosis::CredentialsMissing { reflects: stranger.is_some() }
    }

    pub(super) fn of_several(&mut self) -> Diagnosis {
        let lines = self.case.answer.allow_origins();
        let shown = lines.join("; ");
        if let [value] = lines.as_slice() {
            // The configuration has a colon after the header name, by mistake.
            if value.starts_with(':') {
                self.saw(format!("the value of Access-Control-Allow-Origin begins with a colon: {value}"));
                return Diagnosis::OriginMisspelled { value: value.clone() };
            }
            self.saw(format!("one line of Access-Control-Allow-Origin has several origins: {value}"));
            return Diagnosis::ListJoined { value: value.clone() };
        }
        let names = ["server", "x-powered-by", "via"];
        let programs: Vec<String> = names.iter().filter_map(|name| self.case.answer.text_of(name)).collect();
        let of = if programs.is_empty() { String::new() } else { format!(" ({})", programs.join(", ")) };
        self.saw(format!("{} has {} lines of Access-Control-Allow-Origin{of}: {shown}", self.case.name(), lines.len()));
        Diagnosis::SentTwice
    }

    /// `None` if the script spells the method wrong.
    pub(super) fn of_methods(&mut self) -> Option<Diagnosis> {
        let asked = self.case.request.header("access-control-request-method")?;
        let method = self.case.need.methods.first()?.clone();
        let listed = self.case.answer.text_of("access-control-allow-methods");
        if method.as_bytes() != asked {
            return None;
        }
        let is_everything = listed.as_deref() == Some("*");
        let is_spelled_otherwise = listed
            .as_deref()
            .is_some_and(|listed| listed.split(',').any(|other| other.trim().eq_ignore_ascii_case(&method)));
        self.saw(match lists("Access-Control-Allow-Methods", listed) {
            list if is_everything => format!("{list}, which is a name like any other with credentials"),
            list if is_spelled_otherwise => format!("{list}, and browsers compare upper and lower case"),
            list => list,
        });
        Some(Diagnosis::MethodMissing { method })
    }

    /// `None` if the script sends a response header.
    pub(super) fn of_headers(&mut self) -> Option<Diagnosis> {
        let names = missing_headers(self.case);
        let of_answers = |name: &String| name.to_ascii_lowercase().starts_with("access-control-");
        if names.is_empty() || names.iter().any(of_answers) {
            return None;
        }
        self.saw(lists("Access-Control-Allow-Headers", self.case.answer.text_of("access-control-allow-headers")));
        Some(Diagnosis::HeaderMissing { names })
    }

    pub(super) fn of_malformed(&mut self) -> Option<Diagnosis> {
        let header = malformed(self.case.answer)?;
        self.saw(lists(header, self.case.answer.text_of(header)));
        Some(Diagnosis::ListMalformed { header: header.to_owned() })
    }

    /// Finds an answer that a cache stored for another origin.
    pub(super) fn of_cache(&mut self) -> Option<Diagnosis> {
        self.of_cache_with(None)
    }

    /// `suspicion`: another sign of a cache.
    fn of_cache_with(&mut self, suspicion: Option<String>) -> Option<Diagnosis> {
        let case = self.case;
        let sign =
            stored(case.answer).or(suspicion).filter(|_| !case.is_preflight() && is_harmless(&case.request.method))?;
        let mut question = case.question();
        let sign_of_query = if question.url.contains('?') { '&' } else { '?' };
        question.url.push_str(&format!("{sign_of_query}why-probe=1"));
        let answer = self.prober.ask(with(question, "Origin", Some(&case.need.origin)))?;
        if !answer.allows(&case.need.origin) {
            return None;
        }
        self.saw(format!(
            "{} comes from a cache ({sign}); with another query it allows {}",
            case.name(),
            case.need.origin
        ));
        Some(Diagnosis::Cached { varies: case.answer.response.varies_by("origin") })
    }
}

fn lists(name: &str, listed: Option<String>) -> String {
    match listed {
        Some(value) => format!("the preflight has {name}: {value}"),
        None => format!("the preflight has no {name}"),
    }
}

/// The sign that an answer comes from a cache.
fn stored(answer: &Answer) -> Option<String> {
    let age = answer.text_of("age").filter(|age| age.parse::<u64>().is_ok_and(|age| age > 0));
    if let Some(age) = age {
        return Some(format!("Age: {age}"));
    }
    let names = ["x-cache", "cf-cache-status", "x-cache-status", "x-proxy-cache", "x-vercel-cache", "cache-status"];
    names.iter().find_map(|name| {
        let value = answer.text_of(name)?;
        value.to_ascii_lowercase().contains("hit").then(|| format!("{}: {value}", cors_browser::canonical_name(name)))
    })
}

fn is_origin(value: &str) -> bool {
    let is_plain = !value.contains(['*', '\'', '"', '\\', '^', '$']);
    is_plain && cors_core::Origin::parse(value.trim_end_matches('/')).is_ok()
}

/// The needed request headers that the preflight does not list.
pub(super) fn missing_headers(case: &Case<'_>) -> Vec<String> {
    let listed = case.answer.text_of("access-control-allow-headers").unwrap_or_default();
    let listed: Vec<&str> = listed.split(',').map(str::trim).collect();
    let is_listed = |name: &str| listed.iter().any(|other| other.eq_ignore_ascii_case(name));
    let missing = case.need.headers.iter().filter(|name| !is_listed(name)).cloned();
    missing.collect()
}

/// The list in the preflight's answer that lacks what the script needs: it is the reason for the refusal.
pub(super) fn unlisted(case: &Case<'_>) -> Option<Part> {
    let lists = |name: &str| case.answer.text_of(name).filter(|listed| !listed.contains('*'));
    let is_missing = |listed: String| {
        let is_listed = |method: &String| listed.split(',').any(|other| other.trim() == method);
        case.need.methods.first().is_some_and(|method| !is_listed(method))
    };
    if lists("access-control-allow-methods").is_some_and(is_missing) {
        return Some(Part::Method);
    }
    let is_missing = lists("access-control-allow-headers").is_some() && !missing_headers(case).is_empty();
    is_missing.then_some(Part::Headers)
}

/// The header of the preflight's answer whose list is invalid.
fn malformed(answer: &Answer) -> Option<&'static str> {
    let lists = ["Access-Control-Allow-Methods", "Access-Control-Allow-Headers"];
    lists.into_iter().find(|name| {
        let value = answer.text_of(name).unwrap_or_default();
        value.split(',').map(str::trim).any(|element| !element.is_empty() && !is_token(element.as_bytes()))
    })
}
