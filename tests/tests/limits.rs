//! What strangers send costs the same, however long it is. Counted in allocations, which do not depend on the machine.

use std::time::{Duration, Instant};

use allocation_counter::{AllocationInfo, measure};
use cors_core::{Decision, Denial, Forward, Lines, Origin, Policy, PolicyDraft, Request, RuleDraft, decide};

/// Texts that would be origins, or almost, if they were not too long.
fn too_long(bytes: usize) -> [String; 4] {
    [
        format!("https://{}", "a.".repeat(bytes / 2)),
        format!("{}://x", "a".repeat(bytes)),
        format!("{}://X", "A".repeat(bytes)),
        "é".repeat(bytes / 2),
    ]
}

/// A policy that asks a source for what it does not list.
fn asking() -> Policy {
    let origins = (0..100).map(|number| format!("https://a{number}.example"));
    let draft = PolicyDraft::new().origins(origins.collect::<cors_core::List>()).ask_for_other_origins();
    draft.validate().expect("a valid policy")
}

#[test]
fn nobody_is_asked_for_a_text_that_is_too_long_to_be_an_origin() {
    let policy = asking();
    let asks = |origin: &str| {
        let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
        match decide(&policy, &request) {
            Decision::Ask(ask) => Ok(ask.question(&request).map(|question| question.origin().to_string())),
            decision => Err(decision == Decision::Forward(Forward::Denied(Denial::OriginNotListed))),
        }
    };
    let longest = format!("{}://x", "a".repeat(Origin::MAX_LENGTH - "://x".len()));
    assert_eq!(asks(&longest), Ok(Ok(longest.clone())));
    assert_eq!(asks(&format!("a{longest}")), Err(true));
    for text in too_long(120_000) {
        assert_eq!(asks(&text), Err(true));
        assert_eq!(measure(|| drop(asks(&text))).count_total, 0);
    }
}

#[test]
fn under_a_wildcard_no_length_matters() {
    let policy = PolicyDraft::new().origins("*").validate().expect("a valid policy");
    for text in too_long(120_000) {
        let request = Request::new(b"GET").origin(Lines::One(text.as_bytes()));
        assert!(matches!(decide(&policy, &request), Decision::Forward(Forward::Granted(_))));
    }
}

#[test]
fn to_refuse_a_text_that_is_too_long_costs_the_same_for_every_length() {
    let cost = |text: &str| {
        let AllocationInfo { count_total, bytes_total, .. } = measure(|| assert!(Origin::parse(text).is_err()));
        (count_total, bytes_total)
    };
    for (short, long) in too_long(600).into_iter().zip(too_long(120_000)) {
        assert_eq!(cost(&short), cost(&long));
        assert_eq!(cost(&long), (1, 64), "what the message quotes");
    }
}

/// A way to make a draft in which a text is out of place.
type Door<'d> = &'d dyn Fn(&str) -> PolicyDraft;

/// Whoever lets tenants write policies reads what they send.
#[test]
fn a_long_key_or_value_of_a_policy_takes_no_more_allocations_than_a_short_one() {
    let unknown_key = |text: &str| serde_json::from_value(serde_json::json!({ text: true, "origins": "*" }));
    let unknown_value = |text: &str| {
        let draft = PolicyDraft::new().origins(["https://a.example"]).on_denied(text);
        draft.dangerously_allow([text]).max_age(text)
    };
    let unknown_variable = |text: &str| PolicyDraft::from_variables("CORS_", [(format!("CORS_{text}"), "true")]);
    let doors: [(&str, Door<'_>); 4] = [
        ("key in data", &|text| unknown_key(text).expect("reading goes on")),
        ("value", &unknown_value),
        ("variable", &unknown_variable),
        ("variable in upper case", &|text| unknown_variable(&text.to_ascii_uppercase())),
    ];
    for (door, draft) in doors {
        let count = |letters: usize| {
            let text = "a".repeat(letters);
            let mistakes = || draft(&text).validate().expect_err("a mistake").to_string();
            measure(|| drop(mistakes())).count_total
        };
        // A text that grows by pieces doubles its room each time.
        assert!(count(1_000_000) < count(1000) + 200, "{door}: {} and {}", count(1000), count(1_000_000));
    }
}

const MANY: usize = 2000;

fn origins_of_a_host(host: impl Fn(usize) -> String) -> PolicyDraft {
    PolicyDraft::new().origins((0..MANY).map(|number| format!("https://*.{}", host(number))).collect::<Vec<_>>())
}

/// A rule for each part of the names of headers.
fn headers_in_rules(count: usize) -> PolicyDraft {
    let names: Vec<String> = (0..MANY).map(|number| format!("X-{number}")).collect();
    let rule = |(number, names): (usize, &[String])| {
        let origin = format!("https://a{number}.example");
        RuleDraft::new().origins([origin]).allow_headers(names).expose_headers(names)
    };
    PolicyDraft::new().rules(names.chunks(MANY / count).enumerate().map(rule).collect::<Vec<_>>())
}

/// Time is compared with time: a look at each pair takes some fifty times as long as a look at each item, on every machine.
#[test]
fn a_policy_takes_no_longer_for_items_that_look_alike() {
    let ordinary = origins_of_a_host(|number| format!("a{number}.example"));
    let rows = [
        ("ports of a host", origins_of_a_host(|number| format!("example.com:{}", 1000 + number)), ordinary.clone()),
        (
            "hosts below one another",
            origins_of_a_host(|number| format!("{}.example:{}", ["b.a", "a"][number % 2], 1000 + number)),
            ordinary,
        ),
        ("names of headers", headers_in_rules(1), headers_in_rules(MANY / 10)),
    ];
    for (what, alike, ordinary) in rows {
        let time = |draft: &PolicyDraft| {
            let begin = Instant::now();
            draft.validate().expect("a valid policy");
            begin.elapsed()
        };
        // The least of some, in turns, is what the machine takes when it does nothing else.
        let times: Vec<_> = (0..5).map(|_| (time(&alike), time(&ordinary))).collect();
        let least = |times: Vec<Duration>| times.into_iter().min().unwrap_or_default();
        let (alike, ordinary) =
            (least(times.iter().map(|pair| pair.0).collect()), least(times.iter().map(|pair| pair.1).collect()));
        println!("{what}: {alike:?}, and {ordinary:?} for as many that differ");
        assert!(alike < ordinary * 8, "{what}: {alike:?}, but {ordinary:?} for as many that differ");
    }
}

/// As many items in one policy and in many small ones.
#[test]
fn a_policy_takes_time_in_proportion_to_its_items() {
    let draft = |count: usize| {
        PolicyDraft::new().origins((0..count).map(|number| format!("https://a{number}.example")).collect::<Vec<_>>())
    };
    let (small, large) = (draft(500), draft(16_000));
    let time = |draft: &PolicyDraft, times: usize| {
        let begin = Instant::now();
        (0..times).for_each(|_| drop(draft.validate().expect("a valid policy")));
        begin.elapsed()
    };
    let times: Vec<_> = (0..4).map(|_| (time(&small, 32), time(&large, 1))).collect();
    let small = times.iter().map(|pair| pair.0).min().unwrap_or_default();
    let large = times.iter().map(|pair| pair.1).min().unwrap_or_default();
    println!("{small:?} in policies of 500, and {large:?} in one of 16,000");
    assert!(large < small * 5, "{small:?} in policies of 500, but {large:?} in one of 16,000");
}

/// The most labels that a host can have, so that something of each pattern is in it.
#[test]
fn a_stranger_costs_no_more_where_there_are_more_patterns() {
    let host = "a.".repeat(120);
    let time = |count: usize| {
        let items: Vec<_> =
            (0..count).map(|number| format!("https://*.a{}.b{number}", ".a".repeat(number % 100))).collect();
        let policy = PolicyDraft::new().origins(items).validate().expect("a valid policy");
        let origin = format!("https://{host}b");
        let request = Request::new(b"GET").origin(Lines::One(origin.as_bytes()));
        let run = || {
            let begin = Instant::now();
            for _ in 0..500 {
                assert_eq!(decide(&policy, &request), Decision::Forward(Forward::Denied(Denial::OriginNotListed)));
            }
            begin.elapsed()
        };
        (0..5).map(|_| run()).min().unwrap_or_default()
    };
    let (few, many) = (time(20), time(2_000));
    println!("{few:?} for 20, and {many:?} for 2,000");
    assert!(many < few * 8, "{few:?} for 20, but {many:?} for 2,000");
}
