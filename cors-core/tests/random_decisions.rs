//! Compares the library with a second implementation that shares nothing with it, on random policies and requests.
//!
//! `CORS_DECISIONS` sets how many decisions are compared, `CORS_SEED` which ones. The whole proof:
//! `CORS_DECISIONS=10000000 cargo test --release -p cors-actix-core --all-features --test random_decisions`.

mod naive;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use naive::answer::answer;
use naive::compare::{about_policy, about_request, repaired};
use naive::mistakes::{Mistake, mistakes};
use naive::random::Random;
use naive::real::{self, SUFFIXES};
use naive::{Policy, Request, bytes, origins, shrink};
use serde_json::{Value, json};

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{variable} is a number")))
}

/// The differences: for each kind a few rows, as small as possible, and what the library did instead.
#[derive(Default)]
struct Differences {
    kinds: BTreeMap<String, BTreeMap<String, String>>,
    first: Option<u64>,
}

impl Differences {
    fn add(&mut self, decided: u64, written: &Value, request: Option<&Request>) {
        let differ = |written: &Value, request: Option<&Request>| match request {
            None => about_policy(written).is_some(),
            Some(request) => {
                mistakes(written, &SUFFIXES).is_empty()
                    && real::check(written)
                        .is_ok_and(|real| about_request(&real, &Policy::of(written), request).is_some())
            }
        };
        self.first.get_or_insert(decided);
        let kind = kind(written, request);
        if self.kinds.get(&kind).is_some_and(|rows| rows.len() >= 3) {
            return;
        }
        let (written, request) = shrink::shrink(written.clone(), request.cloned(), differ);
        let (row, found) = match request {
            None => {
                let (expected, found) = about_policy(&written).expect("they differ");
                let list = |mistakes: &BTreeSet<Mistake>| -> Value {
                    mistakes.iter().map(|(place, class)| json!({ "place": place, "class": class })).collect()
                };
                (json!({ "draft": written, "mistakes": list(&expected) }), list(&found))
            }
            Some(request) => {
                let real = real::check(&written).unwrap_or_else(|_| panic!("it is a policy"));
                let (expected, found) = about_request(&real, &Policy::of(&written), &request).expect("they differ");
                (shrink::row(&written, &request, &expected), shrink::said(&found))
            }
        };
        self.kinds.entry(kind).or_default().insert(row.to_string(), found.to_string());
    }
}

/// Returns what differs, without the values.
fn kind(written: &Value, request: Option<&Request>) -> String {
    let Some(request) = request else {
        let classes =
            |mistakes: BTreeSet<Mistake>| mistakes.into_iter().map(|(_, class)| class).collect::<BTreeSet<_>>();
        return format!(
            "{:?}",
            about_policy(written).map(|(expected, found)| {
                let (expected, found) = (classes(&expected - &found), classes(&found - &expected));
                (expected, found)
            })
        );
    };
    let real = real::check(written).unwrap_or_else(|_| panic!("it is a policy"));
    let (expected, found) = about_request(&real, &Policy::of(written), request).expect("they differ");
    let names = expected.headers.keys().chain(found.headers.keys());
    let differing: BTreeSet<_> = names.filter(|name| expected.headers.get(*name) != found.headers.get(*name)).collect();
    format!("{:?} {:?} {differing:?} {}", expected.status, found.status, expected.vary == found.vary)
}

#[test]
fn the_library_says_of_random_policies_and_requests_what_the_naive_model_says() {
    let decisions = number("CORS_DECISIONS", if cfg!(debug_assertions) { 100_000 } else { 1_000_000 });
    let seed = number("CORS_SEED", 17);
    println!("CORS_SEED={seed} CORS_DECISIONS={decisions}");
    let (mut random, mut differences, start) = (Random::seeded(seed), Differences::default(), Instant::now());
    let (mut decided, mut policies, mut valid, mut granted, mut preflights) = (0, 0, 0, 0, 0);
    while decided < decisions && differences.kinds.len() < 20 {
        let mut written = random.policy();
        let mut real = None;
        // A rule after one with `*` cannot be repaired.
        for _ in 0..6 {
            policies += 1;
            let (expected, found) = (mistakes(&written, &SUFFIXES), real::check(&written));
            if found.as_ref().err().cloned().unwrap_or_default() != expected && about_policy(&written).is_some() {
                differences.add(decided, &written, None);
            }
            if expected.is_empty() {
                real = found.ok();
                break;
            }
            written = repaired(written, &expected);
        }
        let Some(real) = real else { continue };
        valid += 1;
        let policy = Policy::of(&written);
        for _ in 0..100 {
            let request = random.request(&policy);
            decided += 1;
            let expected = answer(&policy, &request);
            granted += u64::from(expected.headers.contains_key("access-control-allow-origin"));
            preflights += u64::from(expected.status.is_some());
            if real.answer(&request) != expected {
                differences.add(decided, &written, Some(&request));
            }
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{policies} policies, {valid} of them without mistakes; {decided} decisions in {seconds:.1} s,");
    println!("{granted} granted, {preflights} answered");
    let rows: Vec<String> =
        differences.kinds.values().flatten().map(|(row, found)| format!("{row}\n  found {found}")).collect();
    let first = differences.first;
    assert!(rows.is_empty(), "CORS_SEED={seed}, the first after {first:?} decisions:\n{}", rows.join("\n"));
    // Policies and requests that are far from each other test little.
    assert!(granted * 100 >= decided * 30 && granted * 100 <= decided * 80, "{granted} of {decided} are granted");
}

#[test]
fn one_item_matches_what_it_matches_by_the_naive_model() {
    let count = number("CORS_DECISIONS", 100_000) / 5;
    let mut random = Random::seeded(number("CORS_SEED", 17));
    for _ in 0..count {
        let item = random.item(12);
        let origin = random.origin_near(&item);
        let expected = origins::flaw(&item).is_none().then(|| origins::matches(&item, &origin));
        assert_eq!(real::matches(&item, &origin), expected, "{item:?} {}", origin.escape_ascii());
    }
}

fn table(text: &str) -> Value {
    serde_json::from_str(text).expect("a table is JSON")
}

#[test]
fn the_naive_model_answers_every_request_as_in_the_table() {
    let policies = table(include_str!("data/policies.json"));
    let rows = table(include_str!("data/server.json"));
    let rows = rows.as_array().expect("rows");
    assert!(rows.len() >= 480, "the table has lost rows: {}", rows.len());
    for row in rows {
        let written = &policies[row["policy"].as_str().expect("a name")];
        let written = if written.is_array() { json!({ "rules": written }) } else { written.clone() };
        assert_eq!(mistakes(&written, &SUFFIXES), BTreeSet::new(), "{written}");
        let text = |value: &Value| bytes(value.as_str().expect("a text"));
        let line = |line: &Value| (line[0].as_str().expect("a name").to_owned(), text(&line[1]));
        let headers = row["request"]["headers"].as_array().expect("lines").iter().map(line).collect();
        let request =
            Request { method: text(&row["request"]["method"]), headers, authority: None, public_origin: None };
        let said = shrink::said(&answer(&Policy::of(&written), &request));
        let sets = |answer: &Value| -> BTreeMap<String, BTreeSet<String>> {
            let headers = answer["headers"].as_object().expect("headers").iter();
            let set = |value: &Value| value.as_str().expect("a text").split(", ").map(str::to_owned).collect();
            headers.map(|(name, value)| (name.clone(), set(value))).collect()
        };
        let expected = &row["expect"];
        assert_eq!((&said["kind"], &said["status"]), (&expected["kind"], &expected["status"]), "{row}");
        assert_eq!(sets(&said), sets(expected), "{row}");
    }
}

#[test]
fn the_naive_model_finds_every_mistake_of_the_table() {
    let rows = table(include_str!("data/drafts.json"));
    let rows = rows.as_array().expect("rows");
    assert!(rows.len() >= 180, "the table has lost rows: {}", rows.len());
    for row in rows {
        let found: BTreeSet<(String, String)> =
            mistakes(&row["draft"], &SUFFIXES).into_iter().map(|(place, class)| (place, class.to_owned())).collect();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let expected = row["mistakes"].as_array().expect("mistakes").iter();
        let expected: BTreeSet<_> =
            expected.map(|mistake| (text(&mistake["place"]), text(&mistake["class"]))).collect();
        assert_eq!(found, expected, "{}", row["draft"]);
    }
}
