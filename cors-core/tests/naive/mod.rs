//! A second implementation of the policy language and of the server's half, made from their descriptions alone: slow,
//! short, and without a line of the library. Tests compare the library with it.
//!
//! A written policy is JSON. The key `source` exists only here: the origins that a source knows.

pub(crate) mod answer;
pub(crate) mod compare;
pub(crate) mod mistakes;
mod names;
#[allow(dead_code, reason = "tests of the adapter use it")]
pub(crate) mod nested;
pub(crate) mod origins;
pub(crate) mod random;
pub(crate) mod real;
pub(crate) mod shrink;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A policy without mistakes.
#[derive(Debug)]
pub(crate) struct Policy {
    pub(crate) rules: Vec<Rule>,
    pub(crate) reject: bool,
    pub(crate) for_nobody: bool,
}

/// Lists are as written, `"*"` is a list with itself, and an absent list is empty.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) origins: Vec<String>,
    pub(crate) credentials: bool,
    pub(crate) methods: Vec<String>,
    pub(crate) allow_headers: Vec<String>,
    pub(crate) expose_headers: Vec<String>,
    pub(crate) max_age: Option<u64>,
    pub(crate) dangers: Vec<String>,
    pub(crate) source: Option<Vec<String>>,
}

impl Policy {
    pub(crate) fn of(written: &Value) -> Self {
        let rules = match written["rules"].as_array() {
            Some(rules) => rules.iter().map(Rule::of).collect(),
            None => vec![Rule::of(written)],
        };
        Self { rules, reject: written["on_denied"] == "reject", for_nobody: written["origins"] == "none" }
    }

    /// Whether every request gets the same answer: SRV-20, SRV-30.
    pub(crate) fn is_for_all(&self) -> bool {
        self.rules.len() == 1 && self.rules[0].is_for_all()
    }
}

impl Rule {
    fn of(written: &Value) -> Self {
        let list = |key: &str| match &written[key] {
            Value::String(text) => vec![text.clone()],
            Value::Array(items) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
            _ => Vec::new(),
        };
        Self {
            origins: list("origins"),
            credentials: written["credentials"] == true,
            methods: list("methods"),
            allow_headers: list("allow_headers"),
            expose_headers: list("expose_headers"),
            max_age: mistakes::seconds(&written["max_age"]).ok(),
            dangers: list("dangerously_allow"),
            source: written.get("source").map(|_| list("source")),
        }
    }

    pub(crate) fn is_for_all(&self) -> bool {
        self.origins == ["*"]
    }
}

/// A request as bytes. `authority` comes from HTTP/2 or an absolute target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: Vec<u8>,
    pub(crate) headers: Vec<(String, Vec<u8>)>,
    pub(crate) authority: Option<String>,
    pub(crate) public_origin: Option<String>,
}

impl Request {
    pub(crate) fn lines(&self, name: &str) -> Vec<&[u8]> {
        let found = self.headers.iter().filter(|(other, _)| other.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_slice()).collect()
    }
}

/// What the middleware does: its status, or none if the handler responds; the CORS headers; and the names in `Vary`, in
/// lower case.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: Option<u16>,
    pub(crate) headers: BTreeMap<String, Vec<u8>>,
    pub(crate) vary: BTreeSet<String>,
}

/// Returns the bytes of a text in a table. Each character of Latin-1 is one byte.
pub(crate) fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("the table is Latin-1")).collect()
}

pub(crate) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}
