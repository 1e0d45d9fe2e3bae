//! Whether server and browser agree about a fetch to another origin: the server grants everything exactly if the page
//! may read the response; otherwise the server has the browser's reason.
//!
//! A row has a policy, a page and a request, the server's reason, and the deviations of the standard and engines.
//! `random` makes rows.

mod compared;
mod random;

use std::collections::BTreeMap;

use libtest_mimic::Trial;
use serde::Deserialize;
use serde_json::Value;

use crate::naive::real;
use crate::trial::{same, trials as table};
use compared::{ALL, Asked, Fetch, compared};

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = table("agreement", include_str!("../data/agreement.json"), check);
    trials.push(Trial::test("agreement::random", || Ok(random::run()?)));
    trials
}

#[derive(Debug, Deserialize)]
struct Row {
    policy: Value,
    #[serde(flatten)]
    asked: Asked,
    /// The server's reason why the browser blocks, for the requests of the standard.
    blocked: Option<String>,
    /// The standard or engines that do not agree with the server, each with the deviation.
    #[serde(default)]
    deviations: BTreeMap<String, String>,
}

fn check(row: &Row) -> Result<(), String> {
    let real = real::check(&row.policy).map_err(|mistakes| format!("  the policy has {mistakes:?}"))?;
    let fetch = Fetch::from(&row.asked);
    let mut deviations = BTreeMap::new();
    for (name, engine) in ALL {
        let found = compared(&real.policy, &fetch, engine);
        if engine.is_none() {
            same(found.blocked.map(|denial| denial.code().to_owned()), row.blocked.clone())?;
        }
        if let Some(deviation) = found.deviation()? {
            deviations.insert(name.to_owned(), deviation.to_owned());
        }
    }
    same(deviations, row.deviations.clone())
}
