//! What the server answers, where marks stand for what is known only in a run:
//!
//! - `{origin}`, `{request-method}`, `{request-headers}`: what the request says in `Origin` and `Access-Control-Request-`
//! - `{page}`: the origin of the page that asks first
//! - `{stranger}`: another origin
//! - `{url0}`, `{url1}`, ...: the addresses of the resources
//! - `{there0}`, `{there1}`, ...: the same without `http://`

use super::site::Site;

/// A place where requests arrive, whatever their query. It answers each time by the next of its answers, and at last by the last.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The server.
    pub site: Site,
    /// What it says to preflights.
    pub preflight: Vec<Answer>,
    /// What it says to all else.
    pub actual: Vec<Answer>,
}

/// A status and header lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Names and values, of which every character stands for one byte.
    pub lines: Vec<(String, String)>,
}

impl Answer {
    pub(super) fn new(status: u16) -> Self {
        Self { status, lines: Vec::new() }
    }

    pub(super) fn line(mut self, name: &str, value: impl Into<String>) -> Self {
        self.lines.push((name.to_owned(), value.into()));
        self
    }

    /// Replaces all lines of this name by as many as there are values.
    pub(super) fn set(&mut self, name: &str, values: &[&str]) {
        self.remove(name);
        self.lines.extend(values.iter().map(|value| (name.to_owned(), (*value).to_owned())));
    }

    pub(super) fn remove(&mut self, name: &str) {
        self.lines.retain(|(line, _)| !line.eq_ignore_ascii_case(name));
    }

    /// What goes out: the lines of the visit, and those that a response needs.
    pub(super) fn complete(&self) -> Self {
        let mut complete = self.clone();
        let lacks = |name: &str| !self.lines.iter().any(|(line, _)| line.eq_ignore_ascii_case(name));
        // The HTTP cache would answer in place of the server.
        if lacks("cache-control") {
            complete = complete.line("Cache-Control", "no-store");
        }
        if lacks("content-type") {
            complete = complete.line("Content-Type", "text/plain");
        }
        if self.has_body() {
            complete = complete.line("Content-Length", BODY.len().to_string());
        }
        complete
    }

    pub(super) fn has_body(&self) -> bool {
        !matches!(self.status, 204 | 304)
    }
}

/// The body of every answer that has one.
pub(super) const BODY: &str = "body";
