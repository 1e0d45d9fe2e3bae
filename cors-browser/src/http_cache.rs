//! A small HTTP cache (<https://www.rfc-editor.org/rfc/rfc9111>), for a response that is stored for one page and read
//! by another.

use std::time::Duration;

use super::header::values;
use super::modes::CacheMode;
use super::{HeaderLine, OutgoingRequest, Response};

#[derive(Clone, Debug, Default)]
pub(super) struct HttpCache {
    stored: Vec<Stored>,
}

#[derive(Clone, Debug)]
struct Stored {
    /// The pages that share the response.
    partition: String,
    request: OutgoingRequest,
    response: Response,
    /// When the response was stored or last confirmed.
    since: Duration,
}

/// What the cache has for a request.
#[derive(Debug)]
pub(super) enum Found {
    Nothing,
    /// A response that the browser uses instead of sending the request.
    Response(Response),
    /// Conditional headers, with which the server can confirm the stored response.
    Conditions(Vec<HeaderLine>),
}

impl HttpCache {
    /// Returns what the cache has for a request (<https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>).
    pub(super) fn find(&self, partition: &str, request: &OutgoingRequest, mode: CacheMode, now: Duration) -> Found {
        if matches!(mode, CacheMode::NoStore | CacheMode::Reload) || request.method != "GET" {
            return Found::Nothing;
        }
        let Some(stored) = self.stored.iter().find(|stored| stored.matches(partition, request)) else {
            return Found::Nothing;
        };
        let answers = match mode {
            CacheMode::ForceCache | CacheMode::OnlyIfCached => true,
            CacheMode::NoCache => false,
            _ => stored.is_fresh(now),
        };
        if answers { Found::Response(stored.response.clone()) } else { Found::Conditions(stored.conditions()) }
    }

    /// Stores a response if it may be stored. Returns the response to continue with; after a 304, the stored one.
    pub(super) fn receive(
        &mut self,
        partition: &str,
        request: &OutgoingRequest,
        mode: CacheMode,
        response: &Response,
        now: Duration,
    ) -> Response {
        if !matches!(request.method.as_str(), "GET" | "HEAD") && response.status < 400 {
            self.stored.retain(|stored| stored.request.url != request.url);
        }
        if request.method != "GET" || mode == CacheMode::NoStore {
            return response.clone();
        }
        let known = self.stored.iter_mut().find(|stored| stored.matches(partition, request));
        if let Some(stored) = known.filter(|_| response.status == 304) {
            stored.confirm(response, now);
            return stored.response.clone();
        }
        self.stored.retain(|stored| !stored.matches(partition, request));
        let has_part = response.status == 206 || request.header("Range").is_some();
        if !has_part && !response.varies_by("*") && directive(response, "no-store").is_none() {
            let (request, response) = (request.clone(), response.clone());
            self.stored.push(Stored { partition: partition.to_owned(), request, response, since: now });
        }
        response.clone()
    }
}

impl Stored {
    fn matches(&self, partition: &str, request: &OutgoingRequest) -> bool {
        let vary = values(&self.response.headers, "vary").flat_map(|value| value.split(|byte| *byte == b','));
        let same = |name: &[u8]| {
            let name = String::from_utf8_lossy(name.trim_ascii());
            values(&self.request.headers, &name).eq(values(&request.headers, &name))
        };
        self.partition == partition && self.request.url == request.url && vary.into_iter().all(same)
    }

    fn is_fresh(&self, now: Duration) -> bool {
        let max_age = directive(&self.response, "max-age").and_then(|value| value.parse().ok()).unwrap_or(0);
        let is_usable = directive(&self.response, "no-cache").is_none();
        is_usable && now.saturating_sub(self.since) < Duration::from_secs(max_age)
    }

    fn conditions(&self) -> Vec<HeaderLine> {
        let condition = |(of, name): (&str, &str)| {
            let value = values(&self.response.headers, of).next()?;
            Some(HeaderLine::new(name, value))
        };
        [("etag", "If-None-Match"), ("last-modified", "If-Modified-Since")].into_iter().filter_map(condition).collect()
    }

    /// Updates the stored headers after a 304 (<https://www.rfc-editor.org/rfc/rfc9111#section-3.2>).
    fn confirm(&mut self, response: &Response, now: Duration) {
        let is_of_body = |line: &&HeaderLine| line.name.to_ascii_lowercase().starts_with("content-");
        let new: Vec<HeaderLine> = response.headers.iter().filter(|line| !is_of_body(line)).cloned().collect();
        self.response.headers.retain(|line| !new.iter().any(|other| other.is(&line.name)));
        self.response.headers.extend(new);
        self.since = now;
    }
}

/// Returns the value of a `Cache-Control` directive; empty if the directive has none.
fn directive(response: &Response, name: &str) -> Option<String> {
    let elements = values(&response.headers, "cache-control").flat_map(|value| value.split(|byte| *byte == b','));
    let mut pairs = elements.map(|element| String::from_utf8_lossy(element).trim().to_ascii_lowercase());
    pairs.find_map(|pair| match pair.split_once('=') {
        Some((found, value)) => (found == name).then(|| value.trim_matches('"').to_owned()),
        None => (pair == name).then(String::new),
    })
}
