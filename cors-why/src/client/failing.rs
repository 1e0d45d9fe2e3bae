//! Translates the errors of libraries.

use std::error::Error;
use std::fmt;
use std::io;

use tokio_rustls::rustls;

use super::tls;
use crate::failure::Failure;

/// No name server knows the host.
#[derive(Debug)]
pub(super) struct NotFound {
    pub(super) host: String,
}

impl fmt::Display for NotFound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "no name server knows {}", self.host)
    }
}

impl Error for NotFound {}

/// An error while connecting.
pub(super) fn of_connection(error: &(dyn Error + 'static)) -> Failure {
    if let Some(NotFound { host }) = find(error) {
        return Failure::NameNotFound { host: host.clone() };
    }
    match find::<io::Error>(error).map(io::Error::kind) {
        Some(io::ErrorKind::ConnectionRefused) => Failure::Refused,
        Some(io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable) => Failure::Unreachable,
        Some(io::ErrorKind::TimedOut) => Failure::Unreachable,
        Some(kind) if is_lost(kind) => Failure::Closed,
        _ => Failure::Other { said: chain(error) },
    }
}

/// An error during the TLS handshake, after these first bytes.
pub(super) fn of_handshake(error: &io::Error, beginning: &[u8]) -> Failure {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        Some(error) => match tls::failure(error) {
            Failure::PlainPort if !speaks_http(beginning) => not_http(beginning),
            failure => failure,
        },
        None if is_lost(error.kind()) => Failure::Closed,
        None => Failure::Other { said: error.to_string() },
    }
}

/// An error during an exchange, after these first bytes.
pub(super) fn of_exchange(error: &hyper::Error, beginning: &[u8]) -> Failure {
    const ALERT_OF_TLS: &[u8] = &[0x15, 0x03];
    if error.is_parse_version_h2() || is_settings(beginning) {
        return Failure::Http2WithoutTls;
    }
    if error.is_parse() {
        return match error.to_string() {
            // The library can ask this only in servers.
            said if said.contains("too large") => Failure::HeadTooLarge,
            said if beginning.starts_with(b"HTTP/") => Failure::BrokenHead { said },
            _ if beginning.starts_with(ALERT_OF_TLS) => Failure::TlsPort,
            _ => not_http(beginning),
        };
    }
    let is_lost = find::<io::Error>(error).is_some_and(|error| is_lost(error.kind()));
    if error.is_incomplete_message() || error.is_closed() || error.is_canceled() || is_lost {
        let is_greeting = !beginning.is_empty() && !beginning.starts_with(b"HTTP/");
        return if is_greeting { not_http(beginning) } else { Failure::Closed };
    }
    Failure::Other { said: chain(error) }
}

fn is_lost(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected, UnexpectedEof};
    matches!(kind, BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected | UnexpectedEof)
}

/// Some servers answer an invalid request with a page without header lines.
fn speaks_http(beginning: &[u8]) -> bool {
    beginning.starts_with(b"HTTP/") || beginning.starts_with(b"<")
}

/// The first HTTP/2 frame of a server: type 4, on stream 0 (RFC 9113, 6.5).
fn is_settings(beginning: &[u8]) -> bool {
    beginning.len() >= 9 && beginning[..2] == [0, 0] && beginning[3] == 4 && beginning[4..9] == [0; 5]
}

fn not_http(beginning: &[u8]) -> Failure {
    let text = String::from_utf8_lossy(beginning);
    let line = text.lines().next().unwrap_or_default();
    Failure::NotHttp { said: line.chars().flat_map(char::escape_debug).collect() }
}

/// The texts of an error, from the outermost to the cause.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        if texts.last() != Some(&text) {
            texts.push(text);
        }
        next = error.source();
    }
    texts.join(": ")
}

fn find<'e, E: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e E> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref() {
            return Some(found);
        }
        next = error.source();
    }
    None
}
