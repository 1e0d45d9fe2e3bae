//! The tables of cases in `data`. A table is a list, and each row is a line with a name.

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

/// A mistake in a table.
#[derive(Debug, Deserialize)]
pub struct Mistake {
    /// The place, as the place of an [`Issue`](cors_core::Issue) prints.
    pub place: String,
    /// The class of the mistake: what [`class_of`] returns for the code of an [`IssueKind`](cors_core::IssueKind).
    pub class: String,
    /// The text to write instead.
    pub suggests: Option<String>,
}

/// A request under a policy, and what the server does.
#[derive(Debug, Deserialize)]
pub struct ServerRow {
    /// The name of the policy.
    pub policy: String,
    /// The request.
    pub request: Request,
    /// What the server does.
    pub expect: Expectation,
    /// The numbers of the statements that the row is about.
    pub statements: Vec<String>,
}

/// A request in a table. Each character stands for one byte.
#[derive(Debug, Deserialize)]
pub struct Request {
    /// The method.
    pub method: String,
    /// The header lines that matter.
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

/// Returns the class of a code in the table of drafts. The table has one name for several kinds of this project.
pub fn class_of(code: &str) -> &str {
    match code {
        "installation-origin" => "unserialisable-origin",
        "covered" | "unreachable" | "after-wildcard" | "needless-authorization" => "repetition",
        "source-never-asked" => "never-acts",
        code => code,
    }
}

/// A row of a table, and its place.
#[derive(Debug)]
pub struct Row<T> {
    /// The name of the table and its file.
    pub table: &'static str,
    /// The name, which is unique in the table.
    pub name: String,
    /// The line, from 1. A row is one line.
    pub line: usize,
    /// The content of the row.
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

/// Returns the bytes of a text in a table. Each character stands for one byte.
pub fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("the tables are Latin-1")).collect()
}

/// The rows of the table of drafts.
pub fn drafts() -> Vec<DraftRow> {
    rows("drafts", include_str!("../data/drafts.json")).into_iter().map(|row| row.content).collect()
}

/// Returns the keys of the policies in the table of requests. A list is the value of `rules`.
pub fn policy_keys() -> BTreeMap<String, Map<String, Value>> {
    let policies: BTreeMap<String, Value> = read("policies", 1, include_str!("../data/policies.json"));
    let keys = |value| match value {
        Value::Object(keys) => keys,
        rules => Map::from_iter([("rules".to_owned(), rules)]),
    };
    policies.into_iter().map(|(name, value)| (name, keys(value))).collect()
}

/// Returns the keys of every policy in the tables, valid or not, as `table::name`.
///
/// The table `unreadable` has what no method of the builder takes: values of other types, misspelt keys with values,
/// and more.
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
