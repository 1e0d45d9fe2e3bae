//! Recordings of a network tab (HTTP Archive), whose answers stand in for the server's.

use cors_core::browser::{OutgoingRequest, Page, Response};
use serde::Deserialize;
use url::Url;

use crate::investigation::{Answer, Missing, Server};
use crate::mistake::Mistake;
use crate::script::Asked;

/// A recording.
#[derive(Debug, Deserialize)]
pub(crate) struct Recording {
    log: Log,
}

#[derive(Debug, Deserialize)]
struct Log {
    entries: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
struct Entry {
    request: RecordedRequest,
    response: RecordedResponse,
    /// Chromium says here what asked; of a blocked request it records few headers.
    #[serde(rename = "_resourceType")]
    resource_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RecordedRequest {
    method: String,
    url: String,
    headers: Vec<Header>,
    post_data: Option<PostData>,
}

#[derive(Debug, Deserialize)]
struct RecordedResponse {
    /// 0 or -1 where none came, or where the browser keeps it secret.
    status: i32,
    #[serde(default)]
    headers: Vec<Header>,
}

#[derive(Debug, Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Debug, Deserialize)]
struct PostData {
    #[serde(default)]
    text: String,
}

impl Recording {
    pub(crate) fn parse(text: &str) -> Result<Self, Mistake> {
        let text = text.trim_start_matches('\u{feff}');
        serde_json::from_str(text).map_err(|error| Mistake::new(format!("this is no recording (HAR): {error}")))
    }

    /// What scripts asked of other origins, without preflights.
    pub(crate) fn cross_origin_requests(&self) -> Vec<Asked> {
        let requests = self.log.entries.iter().filter(|entry| !entry.request.is_preflight());
        requests.filter_map(Entry::asked_by_script).filter(is_cross_origin).collect()
    }
}

impl Server for Recording {
    fn answer(&mut self, request: &OutgoingRequest) -> Answer {
        let mut entries = self.log.entries.iter().rev();
        match entries.find_map(|entry| entry.answer_to(request)) {
            Some(response) => Answer::Came(response),
            None => Answer::Missing(Missing::NotRecorded),
        }
    }
}

impl Entry {
    fn asked_by_script(&self) -> Option<Asked> {
        let asked = self.request.asked();
        let is_of_script = || matches!(self.resource_type.as_deref(), Some("fetch" | "xhr"));
        asked.mode_is_cors.unwrap_or_else(is_of_script).then_some(asked)
    }

    fn answer_to(&self, request: &OutgoingRequest) -> Option<Response> {
        let recorded = &self.request;
        let asked_method = recorded.header("access-control-request-method").map(str::as_bytes);
        let asks_the_same = match request.preflight {
            true => asked_method == request.header("access-control-request-method"),
            false => recorded.method == request.method && !recorded.is_preflight(),
        };
        let status = u16::try_from(self.response.status).ok().filter(|status| *status >= 100)?;
        if !asks_the_same || !is_same_address(&recorded.url, &request.url) {
            return None;
        }
        let mut response = Response::new(status);
        for header in &self.response.headers {
            // Chromium records several lines of a name as one, with line breaks.
            for value in header.value.split('\n') {
                response = response.header(&header.name, value);
            }
        }
        Some(response)
    }
}

impl RecordedRequest {
    fn header(&self, name: &str) -> Option<&str> {
        let line = self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        line.map(|header| header.value.as_str())
    }

    fn is_preflight(&self) -> bool {
        self.method == "OPTIONS" && self.header("access-control-request-method").is_some()
    }

    fn asked(&self) -> Asked {
        let mut asked = Asked {
            url: self.url.clone(),
            method: Some(self.method.clone()),
            body: self.post_data.as_ref().map(|data| data.text.clone()),
            ..Asked::default()
        };
        // HTTP/2 writes the request line so.
        let headers = self.headers.iter().filter(|header| !header.name.starts_with(':'));
        asked.take_headers(headers.map(|header| (header.name.clone(), header.value.clone())).collect());
        asked
    }
}

fn is_cross_origin(asked: &Asked) -> bool {
    let origin = |url: &str| Page::at(url).map(|page| page.origin().to_owned()).ok();
    match &asked.page {
        Some(page) if asked.url.starts_with("http") => origin(page) != origin(&asked.url),
        _ => false,
    }
}

fn is_same_address(left: &str, right: &str) -> bool {
    let without_fragment = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        url.set_fragment(None);
        Some(url)
    };
    without_fragment(left).is_some_and(|url| Some(url) == without_fragment(right))
}
