//! The stored parts of a request and its answer: enough for a verdict, and no secrets.

use std::time::{Duration, SystemTime};

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderMap};
use cors_browser::Response;
use cors_core::RequestHeader;

use super::access::server;
use super::log::Log;
use crate::authority;
use crate::observe::Decisions;

/// The request headers whose values matter. Of all others only the names are stored.
const OF_REQUEST: [&str; 7] = [
    RequestHeader::Origin.name(),
    RequestHeader::AccessControlRequestMethod.name(),
    RequestHeader::AccessControlRequestHeaders.name(),
    "content-type",
    "sec-fetch-site",
    "sec-fetch-mode",
    "sec-fetch-storage-access",
];

/// The response headers that matter for CORS, besides those that begin with `access-control-`.
const ABOUT_CORS: [&str; 3] = ["vary", "location", "cross-origin-resource-policy"];

/// Limits for the headers of one message, and for a path.
const MOST_LINES: usize = 64;
const LONGEST_NAME: usize = 100;
const LONGEST_VALUE: usize = 4096;
const LONGEST_VALUES: usize = 12_288;
const LONGEST_PATH: usize = 300;

/// A header line. Has its value only if the value matters for CORS.
#[derive(Clone, Debug)]
pub(super) struct KeptLine {
    pub(super) name: String,
    pub(super) value: Option<Vec<u8>>,
}

/// The header lines of a message, and whether every value that matters was stored.
#[derive(Clone, Debug)]
pub(super) struct KeptHeaders {
    pub(super) lines: Vec<KeptLine>,
    pub(super) is_whole: bool,
}

impl KeptHeaders {
    fn of(headers: &HeaderMap, is_kept: impl Fn(&str) -> bool) -> Self {
        let mut all: Vec<_> = headers.iter().collect();
        // A map has no order, but the lines of one name have one. Headers that matter come first, so that they are
        // cut last.
        all.sort_by_key(|(name, _)| (!is_kept(name.as_str()), name.as_str()));
        let mut left = LONGEST_VALUES;
        let mut is_whole = true;
        let mut lines = Vec::new();
        for (name, value) in all {
            let name = name.as_str();
            let is_kept = is_kept(name);
            let fits = lines.len() < MOST_LINES && name.len() <= LONGEST_NAME;
            let value_fits = value.len() <= LONGEST_VALUE.min(left);
            is_whole &= !is_kept || (fits && value_fits);
            if fits {
                let value = (is_kept && value_fits).then(|| value.as_bytes());
                left -= value.map_or(0, <[u8]>::len);
                let value = value.map(|value| if name == "location" { without_query(value) } else { value.to_vec() });
                lines.push(KeptLine { name: name.to_owned(), value });
            }
        }
        Self { lines, is_whole }
    }

    /// Returns all values of a header, joined by `, `.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let values = self.lines.iter().filter(|line| line.name == name).filter_map(|line| line.value.as_deref());
        let values: Vec<_> = values.map(String::from_utf8_lossy).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.lines.iter().any(|line| line.name == name)
    }
}

/// The query of an address can contain a token.
fn without_query(location: &[u8]) -> Vec<u8> {
    let end = location.iter().position(|byte| b"?#".contains(byte)).unwrap_or(location.len());
    location[..end].to_vec()
}

/// The head of a request with an `Origin`.
#[derive(Clone, Debug)]
pub(super) struct KeptRequest {
    pub(super) is_preflight: bool,
    pub(super) method: String,
    /// The origin of the server for the browser.
    pub(super) server: String,
    /// Without the query.
    pub(super) path: String,
    /// A hash of path and query.
    address: u64,
    pub(super) lines: KeptHeaders,
}

/// A request and its answer.
#[derive(Clone, Debug)]
pub(super) struct KeptExchange {
    /// Starts at 1.
    pub(super) number: u64,
    pub(super) time: SystemTime,
    /// Since the inspector started.
    pub(super) elapsed: Duration,
    pub(super) request: KeptRequest,
    pub(super) status: u16,
    pub(super) answer: KeptHeaders,
    /// The decisions of the policies that saw the request.
    pub(super) decisions: Decisions,
}

impl KeptRequest {
    /// Returns `None` if there is no `Origin`.
    pub(super) fn of(request: &ServiceRequest, log: &Log) -> Option<Self> {
        let headers = request.headers();
        if !headers.contains_key(header::ORIGIN) {
            return None;
        }
        let uri = request.uri();
        let host = authority::of(request).unwrap_or("localhost");
        Some(Self {
            is_preflight: request.method() == Method::OPTIONS
                && headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD),
            method: cut(request.method().as_str(), LONGEST_NAME),
            server: server(request, &cut(host, LONGEST_NAME)),
            path: cut(uri.path(), LONGEST_PATH),
            address: log.hash(uri.path_and_query().map(|address| address.as_str())),
            lines: KeptHeaders::of(headers, |name| OF_REQUEST.contains(&name)),
        })
    }

    pub(super) fn origin(&self) -> String {
        self.lines.get(RequestHeader::Origin.name()).unwrap_or_default()
    }
}

impl KeptExchange {
    pub(super) fn answer_lines(headers: &HeaderMap) -> KeptHeaders {
        KeptHeaders::of(headers, |name| is_about_cors(name) || name == "content-type")
    }

    /// Returns whether every value that matters was stored.
    pub(super) const fn is_whole(&self) -> bool {
        self.request.lines.is_whole && self.answer.is_whole
    }

    /// Returns whether this preflight can belong to that request.
    pub(super) fn asks_about(&self, actual: &Self) -> bool {
        let (asked, request) = (&self.request, &actual.request);
        asked.is_preflight
            && asked.address == request.address
            && asked.origin() == request.origin()
            && asked.server == request.server
            && asked.lines.get(RequestHeader::AccessControlRequestMethod.name()).as_deref() == Some(&request.method)
    }

    /// Returns the answer for the model of the browser.
    pub(super) fn response(&self) -> Response {
        let lines = self.answer.lines.iter();
        lines.fold(Response::new(self.status), |response, line| {
            response.header(line.name.as_str(), line.value.clone().unwrap_or_default())
        })
    }
}

pub(super) fn is_about_cors(name: &str) -> bool {
    name.starts_with("access-control-") || name == RequestHeader::Origin.name() || ABOUT_CORS.contains(&name)
}

fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
