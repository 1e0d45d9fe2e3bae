//! Asks harmless questions, few and not for long.

use std::time::{Duration, Instant};

use cors_browser::{HeaderLine, OutgoingRequest};
use url::Url;

use crate::answer::Answer;
use crate::client::Network;
use crate::investigation::Probe;

/// How many questions are asked.
const MOST: usize = 8;

/// How long all of them take together.
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

    /// None where no answer came, or where enough was asked.
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
                // What does not answer is not asked again.
                self.network = None;
                None
            }
        }
    }

    /// Asks for what does not exist, unless that is done: many programs tell their name by what they say then. Whether it was.
    pub(super) fn ask_nowhere(&mut self, like: &OutgoingRequest) -> bool {
        let Some(url) = Url::parse(&like.url).and_then(|url| url.join(&format!("/{NOWHERE}"))).ok() else {
            return false;
        };
        let is_asked = self.asked.iter().any(|probe| probe.request.url.ends_with(NOWHERE));
        // What refuses origins must not answer.
        !is_asked && self.ask(with(get(like, url.as_str(), ""), "Origin", None)).is_some()
    }
}

/// The name of what no server has.
pub(super) const NOWHERE: &str = "why-probe";

/// The same request with another value of a header, or without it.
pub(super) fn with(mut request: OutgoingRequest, name: &str, value: Option<&str>) -> OutgoingRequest {
    request.headers.retain(|line| !line.name.eq_ignore_ascii_case(name));
    request.headers.extend(value.map(|value| HeaderLine::new(name, value)));
    request
}

/// A GET of an address for a page of this origin.
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

/// Nothing of the script's goes along.
fn bare(like: &OutgoingRequest, url: &str, origin: &str) -> OutgoingRequest {
    let mut request = like.clone();
    request.url = url.to_owned();
    request.headers = vec![HeaderLine::new("Accept", "*/*"), HeaderLine::new("Origin", origin)];
    request.credentials = false;
    request.body = false;
    request
}
