//! The wire log: the requests at the servers, in the order of their arrival.

use std::{
    collections::VecDeque,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use actix_web::{
    Error, HttpMessage,
    body::{BodySize, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use serde::Serialize;

use crate::api::{DEMO_TOKEN, HandlerRuns, SESSION_COOKIE};

const KEPT_EXCHANGES: usize = 500;
const LONGEST_VALUE: usize = 300;
const MOST_HEADERS: usize = 32;

/// The request headers that matter to CORS. `Via` marks what comes from the development proxy.
const SHOWN: [HeaderName; 7] = [
    header::ORIGIN,
    header::ACCESS_CONTROL_REQUEST_METHOD,
    header::ACCESS_CONTROL_REQUEST_HEADERS,
    header::CONTENT_TYPE,
    header::AUTHORIZATION,
    header::COOKIE,
    header::VIA,
];

/// A request and its response, seen by a server.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Exchange {
    sequence: u64,
    #[serde(skip)]
    run: String,
    kind: Kind,
    /// The value of `Host`, which identifies the server.
    host: String,
    method: String,
    path: String,
    request: Vec<(String, String)>,
    status: u16,
    reason: &'static str,
    response: Vec<(String, String)>,
    /// How often the handler has run, including this time; `None` if no handler was called.
    handler_runs: Option<u64>,
}

#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Preflight,
    Request,
}

/// The latest exchanges of all runs.
#[derive(Default)]
pub(crate) struct WireLog {
    arrived: AtomicU64,
    exchanges: Mutex<VecDeque<Exchange>>,
}

impl WireLog {
    fn arrive(&self) -> u64 {
        self.arrived.fetch_add(1, Ordering::Relaxed) + 1
    }

    fn keep(&self, exchange: Exchange) {
        let mut exchanges = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        if exchanges.len() == KEPT_EXCHANGES {
            exchanges.pop_front();
        }
        exchanges.push_back(exchange);
    }

    /// Returns the exchanges of one run that arrived after a given one, in the order of their arrival.
    pub(crate) fn of_run(&self, run: &str, after: u64) -> Vec<Exchange> {
        let exchanges = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        let mut found: Vec<_> =
            exchanges.iter().filter(|exchange| exchange.run == run && exchange.sequence > after).cloned().collect();
        found.sort_by_key(|exchange| exchange.sequence);
        found
    }
}

/// Middleware that stores every exchange whose address names a run.
pub(crate) async fn record(
    log: Data<WireLog>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let seen = run_of(request.query_string()).map(|run| Exchange {
        sequence: log.arrive(),
        run: run.to_owned(),
        kind: kind(&request),
        host: shortened(request.headers().get(header::HOST)),
        method: request.method().to_string(),
        path: request.path().chars().take(LONGEST_VALUE).collect(),
        request: SHOWN
            .iter()
            .filter_map(|name| Some((name.to_string(), shown(name, request.headers().get(name)?))))
            .collect(),
        status: 0,
        reason: "",
        response: Vec::new(),
        handler_runs: None,
    });
    let response = next.call(request).await?;
    if let Some(seen) = seen {
        log.keep(Exchange {
            status: response.status().as_u16(),
            reason: response.status().canonical_reason().unwrap_or_default(),
            response: response_headers(response.headers(), response.response().body().size()),
            handler_runs: response.request().extensions().get().map(|&HandlerRuns(runs)| runs),
            ..seen
        });
    }
    Ok(response)
}

/// Returns the run in `run=` of an address: short, with lower-case letters, digits and `-`.
fn run_of(query: &str) -> Option<&str> {
    let run = query.split('&').find_map(|pair| pair.strip_prefix("run="))?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    ((1..=64).contains(&run.len()) && run.bytes().all(plain)).then_some(run)
}

/// A preflight is an OPTIONS request with both of these headers; any other OPTIONS is an ordinary request.
fn kind(request: &ServiceRequest) -> Kind {
    let asks = request.headers().contains_key(header::ORIGIN)
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    if request.method() == Method::OPTIONS && asks { Kind::Preflight } else { Kind::Request }
}

/// All programs on `localhost` share its cookies, so only the playground's own cookies are shown.
fn shown(name: &HeaderName, value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    if name == header::AUTHORIZATION && text != format!("Bearer {DEMO_TOKEN}") {
        return "(not shown)".to_owned();
    }
    if name == header::COOKIE {
        let own = |cookie: &&str| cookie.split('=').next() == Some(SESSION_COOKIE);
        let own: Vec<_> = text.split("; ").filter(own).collect();
        return if own.is_empty() { "(of other programs)".to_owned() } else { own.join("; ") };
    }
    shortened(Some(value))
}

fn shortened(value: Option<&HeaderValue>) -> String {
    let bytes = value.map(HeaderValue::as_bytes).unwrap_or_default();
    String::from_utf8_lossy(bytes).chars().take(LONGEST_VALUE).collect()
}

fn response_headers(headers: &HeaderMap, body: BodySize) -> Vec<(String, String)> {
    let mut shown: Vec<_> = headers
        .iter()
        .filter(|(name, _)| **name != header::DATE && **name != header::CONTENT_LENGTH)
        .take(MOST_HEADERS)
        .map(|(name, value)| (name.to_string(), shortened(Some(value))))
        .collect();
    // The server writes this header after all middleware, from the size of the body.
    if let BodySize::Sized(length) = body {
        shown.push((header::CONTENT_LENGTH.to_string(), length.to_string()));
    }
    shown.sort();
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_short_name_is_a_run() {
        assert_eq!(run_of("run=errors-1a2b"), Some("errors-1a2b"));
        assert_eq!(run_of("other=1&run=errors-1a2b"), Some("errors-1a2b"));
        for query in ["", "run=", "run=A", "run=%20", "rerun=a", &format!("run={}", "a".repeat(65))] {
            assert_eq!(run_of(query), None, "{query}");
        }
    }

    #[test]
    fn secrets_of_other_programs_are_not_shown() {
        let cases = [
            (header::COOKIE, "playground_session=ada; token=secret", "playground_session=ada"),
            (header::COOKIE, "token=secret", "(of other programs)"),
            (header::AUTHORIZATION, "Basic c2VjcmV0", "(not shown)"),
            (header::AUTHORIZATION, "Bearer demo-token", "Bearer demo-token"),
            (header::ORIGIN, "http://localhost:3000", "http://localhost:3000"),
        ];
        for (name, value, expected) in cases {
            assert_eq!(shown(&name, &HeaderValue::from_static(value)), expected, "{name}: {value}");
        }
    }
}
