//! What can be seen of a pair, in an engine as in the model.

use serde::Deserialize;

use super::site::Site;

/// What a script gets of one of its requests.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
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
}

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// The place among the hops.
    pub hop: usize,
    /// The server.
    pub site: Site,
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
    /// Whether there are cookies; in the model, whether they may go along.
    pub cookies: bool,
    /// Names and values of those that a script may set, and that browsers do not set unasked.
    pub script: Vec<(String, String)>,
}

impl Arrived {
    /// Reads the headers; a value is the lines of its name, joined.
    pub(super) fn new(place: (usize, Site), method: &str, value: impl Fn(&str) -> Option<String>) -> Self {
        const SCRIPT: [&str; 6] = ["authorization", "content-type", "cookie2", "x-a", "x-b", "x-method-override"];
        let script = SCRIPT.iter().filter_map(|name| Some(((*name).to_owned(), unbound(value(name)?))));
        Self {
            hop: place.0,
            site: place.1,
            preflight: value("access-control-request-method").is_some(),
            method: method.to_owned(),
            origin: value("origin"),
            request_method: value("access-control-request-method"),
            request_headers: value("access-control-request-headers"),
            cookies: value("cookie").is_some(),
            script: script.collect(),
        }
    }
}

/// Every browser makes up its own boundary, and an `XMLHttpRequest` writes the charset anew.
fn unbound(value: String) -> String {
    let value = value.to_ascii_lowercase();
    match value.split_once("boundary=") {
        Some((before, _)) => format!("{before}boundary="),
        None => value,
    }
}

/// All that can be seen of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Of each request of the script.
    pub outcomes: Vec<Outcome>,
    /// In the order in which they arrived.
    pub arrived: Vec<Arrived>,
}

impl Seen {
    /// How many preflights there were.
    pub fn preflights(&self) -> usize {
        self.arrived.iter().filter(|arrived| arrived.preflight).count()
    }
}
