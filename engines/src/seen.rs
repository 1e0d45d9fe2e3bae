//! What can be seen of a visit, in an engine as in the model.

use std::fmt;

use super::site::Site;
use super::visit::{Ask, Visit};

/// What a script gets of one of its requests.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "browser", derive(serde::Deserialize), serde(tag = "outcome", rename_all = "kebab-case"))]
pub enum Outcome {
    /// The answer.
    Readable {
        /// The status.
        status: u16,
        /// `basic` or `cors`; not known of an `XMLHttpRequest`.
        kind: Option<String>,
        /// The names of the headers, in lower case and order.
        headers: Vec<String>,
    },
    /// Nothing but that there is an answer.
    Opaque,
    /// Nothing but that there is a redirect.
    OpaqueRedirect,
    /// What no server was asked for.
    Local,
    /// An exception.
    Blocked,
    /// Nothing within the time limit of a request; the model never says so.
    TimedOut,
}

impl Outcome {
    /// Its name, for counts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Readable { .. } => "readable",
            Self::Opaque => "opaque",
            Self::OpaqueRedirect => "opaque redirect",
            Self::Local => "local",
            Self::Blocked => "blocked",
            Self::TimedOut => "timed out",
        }
    }
}

/// Whether there are cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookies {
    /// There are none.
    None,
    /// There are some.
    Sent,
    /// They may go along, but engines may keep them back for reasons of their own: only in the model.
    PerhapsSent,
}

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// The server.
    pub site: Site,
    /// The place among the resources.
    pub resource: usize,
    /// The query of the address.
    pub query: String,
    /// Whether it names the method of another request.
    pub preflight: bool,
    /// The method.
    pub method: String,
    /// `Origin`.
    pub origin: Option<String>,
    /// `Access-Control-Request-Method`.
    pub request_method: Option<String>,
    /// `Access-Control-Request-Headers`.
    pub request_headers: Option<String>,
    /// Whether there are cookies.
    pub cookies: Cookies,
    /// Whether there is a body.
    pub body: bool,
    /// Names and values of all that scripts of the visit set, and of `Content-Type`, which bodies bring along.
    pub script: Vec<(String, String)>,
}

impl Arrived {
    /// Reads the headers; a value is the lines of its name, joined.
    pub(super) fn new(
        (site, resource, query): (Site, usize, String),
        method: &str,
        value: impl Fn(&str) -> Option<String>,
        visit: &Visit,
        all_values: bool,
    ) -> Self {
        let mut script = Vec::new();
        for name in names(visit, all_values) {
            let value = value(&name).map(|value| in_bytes(value.trim_matches([' ', '\t'])));
            if let Some(value) = value.filter(|value| is_of_script(&name, value, visit)) {
                script.push((name.clone(), if name == "content-type" { unbound(&value) } else { value }));
            }
        }
        Self {
            site,
            resource,
            query,
            preflight: value("access-control-request-method").is_some(),
            method: method.to_owned(),
            origin: value("origin"),
            request_method: value("access-control-request-method"),
            request_headers: value("access-control-request-headers"),
            cookies: if value("cookie").is_some() { Cookies::Sent } else { Cookies::None },
            body: value("transfer-encoding").is_some() || value("content-length").is_some_and(|length| length != "0"),
            script,
        }
    }

    /// Whether an engine did what the model says.
    pub(super) fn is_as(&self, model: &Self) -> bool {
        let cookies = model.cookies == Cookies::PerhapsSent || model.cookies == self.cookies;
        cookies && Self { cookies: model.cookies, ..self.clone() } == *model
    }
}

impl fmt::Display for Arrived {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { method, resource, site, query, .. } = self;
        write!(formatter, "{method} {resource} at {site:?}")?;
        if !query.is_empty() {
            write!(formatter, "?{query}")?;
        }
        for (name, value) in [
            ("Origin", &self.origin),
            ("Access-Control-Request-Method", &self.request_method),
            ("Access-Control-Request-Headers", &self.request_headers),
        ] {
            if let Some(value) = value {
                write!(formatter, "; {name}: {value}")?;
            }
        }
        for (name, value) in &self.script {
            write!(formatter, "; {name}: {value:?}")?;
        }
        match self.cookies {
            Cookies::None => {}
            Cookies::Sent => write!(formatter, "; cookies")?,
            Cookies::PerhapsSent => write!(formatter, "; perhaps cookies")?,
        }
        if self.body { write!(formatter, "; body") } else { Ok(()) }
    }
}

/// Of the headers that scripts of the visit set, in lower case and order.
fn names(visit: &Visit, all_values: bool) -> Vec<String> {
    let set = visit.asks.iter().flat_map(|ask| &ask.headers).map(|(name, _)| name.to_ascii_lowercase());
    let mut names: Vec<String> =
        set.chain(["content-type".to_owned()]).filter(|name| all_values || is_compared(name, visit)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether its values are compared: not where Firefox sends one of several lines, nor what Chromium's HTTP cache takes out of a GET.
fn is_compared(name: &str, visit: &Visit) -> bool {
    let lines = |ask: &Ask| ask.headers.iter().filter(|(set, _)| set.eq_ignore_ascii_case(name)).count();
    name != "range" && visit.asks.iter().all(|ask| lines(ask) < 2)
}

/// Without UTF-8, in which WebKit sends what no ASCII has.
fn in_bytes(value: &str) -> String {
    let bytes = super::bytes(value);
    match String::from_utf8(bytes) {
        Ok(text) if text.chars().all(|character| u32::from(character) < 0x100) => text,
        _ => value.to_owned(),
    }
}

/// Whether a value is that of a script. Browsers give some headers values of their own.
fn is_of_script(name: &str, value: &str, visit: &Visit) -> bool {
    if name == "content-type" {
        return true;
    }
    let set = visit.asks.iter().flat_map(|ask| &ask.headers).filter(|(set, _)| set.eq_ignore_ascii_case(name));
    let is_in = |set: &str| if set.is_empty() { value.is_empty() } else { value.contains(set) };
    set.map(|(_, set)| set.trim_matches([' ', '\t'])).any(is_in)
}

/// Every browser makes up its own boundary, and an `XMLHttpRequest` writes the charset anew.
fn unbound(value: &str) -> String {
    let value = value.to_ascii_lowercase();
    match value.split_once("boundary=") {
        Some((before, _)) => format!("{before}boundary="),
        None => value,
    }
}

/// All that can be seen of a visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Of each request of a script.
    pub outcomes: Vec<Outcome>,
    /// In the order in which they arrived.
    pub arrived: Vec<Arrived>,
}

impl Seen {
    /// Whether an engine did what the model says.
    pub fn is_as(&self, model: &Self) -> bool {
        let arrived = || self.arrived.iter().zip(&model.arrived).all(|(engine, model)| engine.is_as(model));
        self.outcomes == model.outcomes && self.arrived.len() == model.arrived.len() && arrived()
    }

    /// How many preflights there were.
    pub fn preflights(&self) -> usize {
        self.arrived.iter().filter(|arrived| arrived.preflight).count()
    }
}
