//! What a recording looks like (HTTP Archive 1.2), as far as it matters here.

use cors_browser::Response;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Archive {
    pub(super) log: Log,
}

#[derive(Debug, Deserialize)]
pub(super) struct Log {
    pub(super) entries: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    /// ISO 8601. A browser writes all of one recording in one zone.
    #[serde(default)]
    pub(super) started_date_time: String,
    pub(super) request: Request,
    response: Answer,
    /// Chromium says here what asked; of a blocked request it records few headers.
    #[serde(rename = "_resourceType")]
    pub(super) resource_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) url: String,
    pub(super) headers: Vec<Header>,
    pub(super) post_data: Option<PostData>,
}

#[derive(Debug, Deserialize)]
struct Answer {
    /// 0 or -1 where none came, or where the browser keeps it secret.
    status: i32,
    #[serde(default)]
    headers: Vec<Header>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Header {
    pub(super) name: String,
    pub(super) value: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct PostData {
    #[serde(default)]
    pub(super) text: String,
}

impl Entry {
    /// In milliseconds; only how far two are apart has a meaning, and every month has 31 days. 0 where the recording does not say.
    pub(super) fn began(&self) -> u64 {
        let mut numbers = self.started_date_time.split(|letter: char| !letter.is_ascii_digit());
        let mut next = || numbers.next().and_then(|digits| digits.parse::<u64>().ok()).unwrap_or_default();
        let days = (next().min(9999) * 12 + next().min(12)) * 31 + next().min(31);
        let seconds = (next().min(24) * 60 + next().min(59)) * 60 + next().min(60);
        let fraction = self.started_date_time.split_once('.').map_or("", |(_, fraction)| fraction);
        let thousandths = fraction.chars().chain("000".chars()).map_while(|letter| letter.to_digit(10));
        let milliseconds = thousandths.take(3).fold(0, |sum, digit| sum * 10 + u64::from(digit));
        (days * 86_400 + seconds) * 1000 + milliseconds
    }

    /// None where none came, or where the browser keeps it secret.
    pub(super) fn answer(&self) -> Option<Response> {
        let status = u16::try_from(self.response.status).ok().filter(|status| *status >= 100)?;
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

impl Request {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let line = self.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        line.map(|header| header.value.as_str())
    }

    pub(super) fn is_preflight(&self) -> bool {
        self.method == "OPTIONS" && self.header("access-control-request-method").is_some()
    }
}
