//! The tables of cases, as they stand in `data`.

use std::collections::BTreeMap;

use cors_core::Policy;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::built;

/// A policy, and every mistake in it.
#[derive(Debug, Deserialize)]
pub struct DraftRow {
    /// The keys as data.
    pub draft: Map<String, Value>,
    /// In the order of the keys.
    pub mistakes: Vec<Mistake>,
}

/// A mistake as the table has it.
#[derive(Debug, Deserialize)]
pub struct Mistake {
    /// As an [`Issue`](cors_core::Issue)'s place prints.
    pub place: String,
    /// The kind of mistake; of the codes of an [`IssueKind`](cors_core::IssueKind) what [`class_of`] gives.
    pub class: String,
    /// The text to write instead.
    pub suggests: Option<String>,
}

/// A request under a policy, and what the server does.
#[derive(Debug, Deserialize)]
pub struct ServerRow {
    /// The name of the policy.
    pub policy: String,
    /// What came.
    pub request: Request,
    /// What goes out.
    pub expect: Expectation,
    /// The numbers of the statements that the row is about.
    pub statements: Vec<String>,
}

/// A request as the table has it; every character stands for one byte.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// Every header line that matters.
    pub headers: Vec<(String, String)>,
}

/// What the server does.
#[derive(Debug, Deserialize)]
pub struct Expectation {
    /// `answer` or `forward`.
    pub kind: String,
    /// The status of an answer.
    pub status: Option<u16>,
    /// All CORS headers, and `vary` in lower case.
    pub headers: BTreeMap<String, String>,
}

/// The class, as the table of drafts names it, of a code: the table has one name for several of this project's kinds.
pub fn class_of(code: &str) -> &str {
    match code {
        "installation-origin" => "unserialisable-origin",
        "covered" | "unreachable" | "after-wildcard" | "needless-authorization" => "repetition",
        "never-asked" => "never-acts",
        code => code,
    }
}

/// The table of drafts.
pub fn drafts() -> Vec<DraftRow> {
    read(include_str!("../data/drafts.json"))
}

/// The keys of the policies that the table of requests names. A list is what `rules` holds.
pub fn policy_keys() -> BTreeMap<String, Map<String, Value>> {
    let policies: BTreeMap<String, Value> = read(include_str!("../data/policies.json"));
    let keys = |value| match value {
        Value::Object(keys) => keys,
        rules => Map::from_iter([("rules".to_owned(), rules)]),
    };
    policies.into_iter().map(|(name, value)| (name, keys(value))).collect()
}

/// Those policies.
pub fn policies() -> BTreeMap<String, Policy> {
    let policy = |(name, keys)| {
        let draft = built(&keys).unwrap_or_else(|| panic!("{name} has a key or a value of another type"));
        (name, draft.validate().unwrap_or_else(|issues| panic!("{issues}")))
    };
    policy_keys().into_iter().map(policy).collect()
}

/// The table of requests.
pub fn server_rows() -> Vec<ServerRow> {
    read(include_str!("../data/server.json"))
}

fn read<T: for<'d> Deserialize<'d>>(json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("a table cannot be read: {error}"))
}
