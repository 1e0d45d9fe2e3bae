//! Sends a few harmless requests, within a time limit.

use std::time::{Duration, Instant};

use cors_browser::{HeaderLine, OutgoingRequest};
use url::Url;

use crate::answer::Answer;
use crate::client::Network;
use crate::investigation::Probe;

/// Maximum number of requests.
const MOST: usize = 8;

/// Maximum time for all of them.
pub(crate) const LONGEST: Duration = Duration::from_secs(5);

pub(super) struct Prober<'n> {
    network: Option<&'n Network>,
    end: Instant,
    pub(super) asked: Vec<Probe>,
}

impl<'n> Prober<'n> {
    pub(super) fn new(network: Option<&'n Network>) -> Self {
        Self { network, end: Instant::now() + LONGEST, asked: Vec::new() }
    }

    /// `None` if no answer came, or if a limit is reached.
    pub(super) fn ask(&mut self, request: OutgoingRequest) -> Option<Answer> {
        let network = self.network?;
        let left = self.end.saturating_duration_since(Instant::now());
        if self.asked.len() == MOST || left.is_zero() {
            return None;
        }
        match network.send_within(&request, left) {
            Ok(answer) => {
                self.asked.push(Probe { request, answer: answer.clone() });
                Some(answer)
            }
            Err(_) => {
                // A server that did not answer is not asked again.
                self.network = None;
                None
            }
        }
    }

    /// Asks for a path that does not exist, unless that is done: many programs name themselves there. Returns whether it asked.
    pub(super) fn ask_unknown_path(&mut self, like: &OutgoingRequest) -> bool {
        let Some(url) = Url::parse(&like.url).and_then(|url| url.join(&format!("/{UNKNOWN_PATH}"))).ok() else {
            return false;
        };
        let is_asked = self.asked.iter().any(|probe| probe.request.url.ends_with(UNKNOWN_PATH));
        // Without `Origin`, so that no program that refuses origins answers.
        !is_asked && self.ask(with(get(like, url.as_str(), ""), "Origin", None)).is_some()
    }
}

/// A name that no server has.
pub(super) const UNKNOWN_PATH: &str = "why-probe";

/// The same request with another value of a header, or without the header.
pub(super) fn with(mut request: OutgoingRequest, name: &str, value: Option<&str>) -> OutgoingRequest {
    request.headers.retain(|line| !line.name.eq_ignore_ascii_case(name));
    request.headers.extend(value.map(|value| HeaderLine::new(name, value)));
    request
}

/// A GET of an address, from a page of this origin.
pub(super) fn get(like: &OutgoingRequest, url: &str, origin: &str) -> OutgoingRequest {
    let mut request = bare(like, url, origin);
    request.method = "GET".to_owned();
    request.preflight = false;
    request
}

/// A preflight of an address for a method, without headers.
pub(super) fn preflight(like: &OutgoingRequest, url: &str, origin: &str, method: &str) -> OutgoingRequest {
    let mut request = bare(like, url, origin);
    request.method = "OPTIONS".to_owned();
    request.preflight = true;
    request.headers.push(HeaderLine::new("Access-Control-Request-Method", method));
    request
}

/// A request without the script's headers and body.
fn bare(like: &OutgoingRequest, url: &str, origin: &str) -> OutgoingRequest {
    let mut request = like.clone();
    request.url = url.to_owned();
    request.headers = vec![HeaderLine::new("Accept", "*/*"), HeaderLine::new("Origin", origin)];
    request.credentials = false;
    request.body = false;
    request
}
