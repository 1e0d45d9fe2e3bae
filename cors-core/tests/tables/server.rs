//! Requests under policies, for the decision without a server.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cors_core::Policy;
use libtest_mimic::Trial;

use crate::answer::Answer;
use crate::support::{Expectation, ServerRow, bytes, policies};
use crate::trial::same;

static POLICIES: LazyLock<BTreeMap<String, Policy>> = LazyLock::new(policies);

pub(crate) fn trials() -> Vec<Trial> {
    crate::trial::trials("server", include_str!("../data/server.json"), check)
}

fn check(row: &ServerRow) -> Result<(), String> {
    let Expectation { kind, status, headers } = &row.expect;
    let kind = if kind == "answer" { "answer" } else { "forward" };
    let headers = headers.iter().map(|(name, value)| (name.clone(), bytes(value))).collect();
    let found = Answer::of(&POLICIES[&row.policy], &row.request, |_| false);
    same(found, Answer { kind, status: *status, headers })
        .map_err(|difference| format!("  {} {:?}\n{difference}", row.policy, row.request))
}
