//! Random policies with every key, and fetches near them with every initiator that uses CORS.
//!
//! `CORS_FETCHES` sets how many fetches are compared, `CORS_SEED` which ones:
//! `CORS_FETCHES=1000000 cargo test --release -p cors-browser --test tables agreement::random -- --nocapture`.

use std::collections::BTreeMap;
use std::thread;
use std::time::Instant;

use cors_browser::Page;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::compared::{ALL, ANY_METHOD, AUTHORIZATION, Asked, Fetch, OTHER_SCHEME, compared};
use crate::naive::compare::repaired;
use crate::naive::random::Random;
use crate::naive::real::{self, Real};
use crate::naive::{Policy, shrink};

/// The standard or engines that do not agree with the server, and the deviation.
const DEVIATIONS: [(&str, &str); 8] = [
    ("standard", ANY_METHOD),
    ("standard", OTHER_SCHEME),
    ("chromium", AUTHORIZATION),
    ("chromium", OTHER_SCHEME),
    ("firefox", AUTHORIZATION),
    ("firefox", OTHER_SCHEME),
    ("webkit", AUTHORIZATION),
    ("webkit", OTHER_SCHEME),
];

/// The server's reasons why a browser blocks.
const BLOCKED: [&str; 6] = [
    "nothing",
    "origin-not-listed",
    "null-origin",
    "method-not-listed",
    "header-not-listed",
    "credentials-not-allowed",
];

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |text| text.parse().unwrap_or_else(|_| panic!("{variable} is a number")))
}

type Counts = BTreeMap<(&'static str, &'static str), u64>;

/// The number of seeds that run in parallel. The first is the chosen one.
const SEEDS: u64 = 4;

pub(super) fn run() -> Result<(), String> {
    let fetches = number("CORS_FETCHES", if cfg!(debug_assertions) { 100_000 } else { 1_000_000 });
    let (seed, start) = (number("CORS_SEED", 17), Instant::now());
    let each = |seed| move || of_seed(seed, fetches / SEEDS);
    let found = thread::scope(|scope| {
        let running: Vec<_> = (seed..seed + SEEDS).map(|seed| scope.spawn(each(seed))).collect();
        let joined = running.into_iter().map(|one| one.join().map_err(|_| "it panicked, see above".to_owned())?);
        joined.collect::<Result<Vec<Counts>, String>>()
    });
    let mut counts = Counts::new();
    for (key, count) in found?.into_iter().flatten() {
        *counts.entry(key).or_default() += count;
    }
    println!("CORS_SEED={seed} CORS_FETCHES={fetches} in {:.1} s: {counts:?}", start.elapsed().as_secs_f64());
    // Policies and requests that are far from each other test little.
    let rare = |key: &(&str, &str)| counts.get(key).is_none_or(|count| count * 2_000 < fetches);
    match BLOCKED.map(|why| ("blocked", why)).into_iter().chain(DEVIATIONS).find(rare) {
        Some(key) => Err(format!("hardly any {key:?}: {counts:?}")),
        None => Ok(()),
    }
}

fn of_seed(seed: u64, fetches: u64) -> Result<Counts, String> {
    let (mut random, mut counts, mut done) = (Random::seeded(seed), Counts::new(), 0);
    while done < fetches {
        let Some((written, real)) = policy(&mut random) else { continue };
        let near = Policy::of(&written);
        for _ in 0..100 {
            let asked = asked(&mut random, &near);
            done += 1;
            let found = compare(&real, &asked)
                .map_err(|_| format!("CORS_SEED={seed}, the fetch {done}:\n{}", smallest(&written, &asked)))?;
            found.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
        }
    }
    Ok(counts)
}

/// Returns the server's reason, and all deviations. The error is a difference that is not a known deviation of that
/// browser.
fn compare(real: &Real, asked: &Value) -> Result<Vec<(&'static str, &'static str)>, String> {
    let fetch = Fetch::from(&Asked::deserialize(asked).map_err(|error| error.to_string())?);
    let mut found = Vec::new();
    for (name, engine) in ALL {
        let compared = compared(&real.policy, &fetch, engine);
        if engine.is_none() {
            found.push(("blocked", compared.blocked.map_or("nothing", |denial| denial.code())));
        }
        if let Some(deviation) = compared.deviation()? {
            if !DEVIATIONS.contains(&(name, deviation)) {
                return Err(format!("{deviation} in {name}"));
            }
            found.push((name, deviation));
        }
    }
    Ok(found)
}

/// A policy without mistakes and without a source, as written.
fn policy(random: &mut Random) -> Option<(Value, Real)> {
    let mut written = random.policy();
    written.as_object_mut().expect("a policy is an object").remove("source");
    // A rule after one with `*` cannot be repaired.
    for _ in 0..6 {
        match real::check(&written) {
            Ok(real) => return Some((written, real)),
            Err(mistakes) => written = repaired(written, &mistakes),
        }
    }
    None
}

fn asked(random: &mut Random, policy: &Policy) -> Value {
    let url =
        random.pick("https://api.example.com|https://api.example.com|https://app.example.com|http://localhost:8080");
    let page = match random.below(16) {
        0 => None,
        1 => Some(url.to_owned()),
        2 => Some(random.pick("http://api.example.com|https://api.example.com:8443|https://localhost:8080").to_owned()),
        _ => {
            let is_page = |page: &String| Page::at(page).is_ok();
            (0..4).find_map(|_| String::from_utf8(random.origin_for(policy)).ok().filter(is_page))
        }
    };
    let by =
        random.pick("fetch|fetch|fetch|fetch|xhr|xhr|es|beacon|font|import|css shape|img|script|video|track|preload");
    let init = match by {
        "fetch" | "xhr" => init(random, by, url.starts_with("https")),
        "es" => json!({ "withCredentials": random.one_in(2) }),
        "beacon" => json!({ "blob": "application/json" }),
        "font" | "import" | "css shape" => json!({}),
        _ => json!({ "crossorigin": random.pick("anonymous|use-credentials|") }),
    };
    json!({ "page": page, "url": format!("{url}/x"), "by": by, "init": init, "sec_fetch_site": random.one_in(2) })
}

fn init(random: &mut Random, by: &str, can_stream: bool) -> Value {
    let mut init = Map::new();
    let mut set = |key: &str, value: Value| drop(init.insert(key.to_owned(), value));
    let method = match random.below(40) {
        0 => "M".repeat(random.of(&[4_096, 4_097])),
        _ => random.mostly(6, "GET|HEAD|POST|PUT|PATCH|DELETE", "OPTIONS|PROPFIND|FOO|foo|put|patch|TRACE"),
    };
    let has_body = !["GET", "HEAD"].contains(&method.as_str()) && random.one_in(3);
    set("method", json!(method));
    let lines = random.of(&[0, 1, 1, 2, 3]);
    if lines > 0 {
        set("headers", (0..lines).map(|_| line(random)).collect());
    }
    if has_body {
        match random.below(6) {
            0 => set("body", json!("x")),
            1 => set("blob", json!("application/json")),
            2 => set("formData", json!(true)),
            3 => set("bytes", json!(true)),
            _ if can_stream && by == "fetch" => set("stream", json!(true)),
            _ => {}
        }
    }
    if by == "xhr" {
        set("withCredentials", json!(random.one_in(2)));
        set("upload", json!(random.one_in(3)));
        return Value::Object(init);
    }
    set("credentials", json!(random.pick("omit|same-origin|include|include")));
    if random.one_in(8) {
        set("cache", json!(random.pick("reload|no-store|no-cache|force-cache")));
        set("redirect", json!(random.pick("follow|error|manual")));
        set("referrerPolicy", json!(random.pick("no-referrer|unsafe-url|same-origin")));
    }
    Value::Object(init)
}

/// Returns a header line of a script: safelisted or not, forbidden, or one whose value decides.
fn line(random: &mut Random) -> Value {
    let names = "X-A|Content-Type|Authorization|Authorization|Accept|Last-Modified";
    let name = random.mostly(4, names, "X-HTTP-Method|Range|DPR|Save-Data|User-Agent|Cookie|Content-Language|long");
    let value = match name.as_str() {
        "Content-Type" => random.pick("application/json|text/plain|text/plain;charset=utf-8"),
        "Accept" | "Content-Language" => random.pick("a|\u{e9}|(a)"),
        "X-HTTP-Method" => random.pick("PUT|TRACE"),
        "Range" => random.pick("bytes=0-|bytes=1-2,3-4|Bytes=0-"),
        _ => "1",
    };
    if name == "long" {
        return json!(["x".repeat(random.of(&[4_090, 4_096, 4_097])), "1"]);
    }
    json!([name, value])
}

/// Returns the difference as the smallest possible row of the table, and the row's result.
fn smallest(written: &Value, asked: &Value) -> String {
    let error = |written: &Value, asked: &Value| compare(&real::check(written).ok()?, asked).err();
    let is_asked = |asked: &Value| Asked::deserialize(asked).is_ok();
    let differs = |written: &Value, asked: &Value| is_asked(asked) && error(written, asked).is_some();
    let (mut written, mut asked) = (written.clone(), asked.clone());
    loop {
        if let Some(smaller) = shrink::without_one(&written).into_iter().find(|smaller| differs(smaller, &asked)) {
            written = smaller;
        } else if let Some(smaller) = shrink::without_one(&asked).into_iter().find(|less| differs(&written, less)) {
            asked = smaller;
        } else {
            break;
        }
    }
    let found = error(&written, &asked).unwrap_or_default();
    let real = real::check(&written).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
    let fetch = Fetch::from(&Asked::deserialize(&asked).expect("it was read before"));
    let blocked = compared(&real.policy, &fetch, None).blocked;
    let mut row =
        json!({ "name": "give-it-a-name", "policy": written, "blocked": blocked.map(|denial| denial.code()) });
    for (key, value) in asked.as_object().expect("keys") {
        row[key] = value.clone();
    }
    format!("{row}\n{found}")
}
