//! The tables of cases, as they stand in `data`. A table is a list, and each row a line with a name.

use std::collections::BTreeMap;

use cors_core::Policy;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::built;

/// A policy, and every mistake in it.
#[derive(Debug, Deserialize)]
pub struct DraftRow {
    /// The keys as data.
    pub draft: Map<String, Value>,
    /// In the order of the keys.
    #[serde(default)]
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
        "source-never-asked" => "never-acts",
        code => code,
    }
}

/// A row of a table, and where it stands.
#[derive(Debug)]
pub struct Row<T> {
    /// The name of the table, which is that of its file.
    pub table: &'static str,
    /// No other row of the table has it.
    pub name: String,
    /// Counted from 1. A row is one line.
    pub line: usize,
    /// What the row says.
    pub content: T,
}

/// The rows of a table: a list with a row on each line.
pub fn rows<T: for<'d> Deserialize<'d>>(table: &'static str, json: &str) -> Vec<Row<T>> {
    let row = |(index, line): (usize, &str)| {
        let text = line.trim_end_matches(',');
        if matches!(text, "[" | "]") {
            return None;
        }
        let line = index + 1;
        let mut keys: Map<String, Value> = read(table, line, text);
        let Some(Value::String(name)) = keys.remove("name") else { panic!("{table}.json:{line} has no name") };
        let content =
            T::deserialize(Value::Object(keys)).unwrap_or_else(|error| panic!("{table}.json:{line}: {error}"));
        Some(Row { table, name, line, content })
    };
    json.lines().enumerate().filter_map(row).collect()
}

/// Each character of a table's text stands for one byte.
pub fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("the tables are Latin-1")).collect()
}

/// The rows of the table of drafts.
pub fn drafts() -> Vec<DraftRow> {
    rows("drafts", include_str!("../data/drafts.json")).into_iter().map(|row| row.content).collect()
}

/// The keys of the policies that the table of requests names. A list is what `rules` holds.
pub fn policy_keys() -> BTreeMap<String, Map<String, Value>> {
    let policies: BTreeMap<String, Value> = read("policies", 1, include_str!("../data/policies.json"));
    let keys = |value| match value {
        Value::Object(keys) => keys,
        rules => Map::from_iter([("rules".to_owned(), rules)]),
    };
    policies.into_iter().map(|(name, value)| (name, keys(value))).collect()
}

/// The keys of every policy that a table has, right or wrong, as `table::name`.
///
/// The table `unreadable` has what none of the builder's methods takes: values of other types, misspelt keys with values, and more
/// of them.
pub fn all_keys() -> BTreeMap<String, Map<String, Value>> {
    let unreadable: Vec<Row<DraftRow>> = rows("unreadable", include_str!("../data/unreadable.json"));
    let drafts = rows::<DraftRow>("drafts", include_str!("../data/drafts.json")).into_iter().chain(unreadable);
    let drafts = drafts.map(|row| (format!("{}::{}", row.table, row.name), row.content.draft));
    drafts.chain(policy_keys().into_iter().map(|(name, keys)| (format!("policies::{name}"), keys))).collect()
}

/// The policies that the table of requests names.
pub fn policies() -> BTreeMap<String, Policy> {
    let policy = |(name, keys)| {
        let draft = built(&keys).unwrap_or_else(|| panic!("{name} has a key or a value of another type"));
        (name, draft.validate().unwrap_or_else(|issues| panic!("{issues}")))
    };
    policy_keys().into_iter().map(policy).collect()
}

/// The rows of the table of requests.
pub fn server_rows() -> Vec<ServerRow> {
    rows("server", include_str!("../data/server.json")).into_iter().map(|row| row.content).collect()
}

fn read<T: for<'d> Deserialize<'d>>(table: &str, line: usize, json: &str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{table}.json:{line} cannot be read: {error}"))
}
