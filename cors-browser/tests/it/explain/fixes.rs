//! The fixes of explanations: a fix is never a mistake, and with it the page can read.

use std::cell::Cell;

use cors_browser::explain::{Explanation, Fix};
use cors_browser::{At, Browser, CredentialsMode, Page, Response, ScriptRequest, Verdict};
use cors_core::{Key, List, Policy, PolicyDraft, RuleDraft};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::scenes::{APP, NOTES, ask, get, of_origins, of_preflights, page};
use crate::random::runner;

/// Returns the drafts of the rules with the changes, read as a person would type them.
fn typed_in(rules: &[RuleDraft], fix: &Fix) -> PolicyDraft {
    let mut rules = rules.to_vec();
    for (place, entry) in fix.changes() {
        let (key, value) = entry.trim_end_matches(',').split_once(": ").expect("an entry");
        let key = Key::from_name(key).expect("a key");
        assert_eq!(&key, place.key());
        let rule = &mut rules[place.rule().unwrap_or_default()];
        let items = value.trim_matches(['[', ']']).split(", ").map(|item| item.trim_matches('"').to_owned());
        *rule = match key {
            Key::Credentials => rule.clone().credentials(value == "true"),
            _ if value == "\"*\"" => with_list(rule.clone(), &key, "*".into()),
            _ => with_list(rule.clone(), &key, items.collect()),
        };
    }
    together(rules)
}

fn together(rules: Vec<RuleDraft>) -> PolicyDraft {
    match rules.as_slice() {
        [rule] => rule.clone().into(),
        _ => PolicyDraft::new().rules(rules),
    }
}

fn with_list(rule: RuleDraft, key: &Key, list: List) -> RuleDraft {
    match key {
        Key::Origins => rule.origins(list),
        Key::Methods => rule.methods(list),
        Key::AllowHeaders => rule.allow_headers(list),
        Key::ExposeHeaders => rule.expose_headers(list),
        _ => panic!("{key:?} takes no list of names"),
    }
}

/// Returns the policy with the fix for a request, and tests it; `None` if the response is readable, or if there is no
/// fix.
fn fixed(rules: &[RuleDraft], page: &Page, request: &ScriptRequest) -> Option<Policy> {
    let policy = together(rules.to_vec()).validate().expect("a policy");
    let explanation = Explanation::of(&ask(&policy, page, request))?.with_policy(&policy);
    // The policy made this response, so it cannot allow the request.
    assert_eq!(explanation.policy_allows(), Some(false), "{policy}\n{page:?} {request:?}\n{explanation}");
    assert!(!explanation.help().is_empty(), "{policy}\n{page:?} {request:?}\n{explanation}");
    let fix = explanation.fix()?;
    match fix.changes() {
        [(place, text)] if *place.key() == Key::Rules => assert_eq!(*text, fix.policy().to_string()),
        _ => assert_eq!(&typed_in(rules, fix).validate().expect("the fix is no mistake"), fix.policy()),
    }
    assert_eq!(fix.policy().to_draft().validate().as_ref(), Ok(fix.policy()));
    let verdict = ask(fix.policy(), page, request).verdict;
    assert!(
        matches!(verdict, Verdict::Readable(_)),
        "{policy}\nbecame {}\n{page:?} {request:?}\n{verdict:?}",
        fix.policy()
    );
    Some(fix.policy().clone())
}

fn app() -> RuleDraft {
    RuleDraft::new().origins([APP])
}

#[test]
fn with_the_fix_the_page_can_read() {
    let include = CredentialsMode::Include;
    let put = get(NOTES).method("PUT").header("X-Token", "7");
    let admin = RuleDraft::new().origins(["https://admin.example.com"]).credentials(true).methods(["PUT"]);
    let any_header = app().allow_headers(["*", "Authorization"]);
    let all = RuleDraft::new().origins("*").methods(["PATCH"]).expose_headers("*");
    for (rules, origin, request, fixed_policy) in [
        (
            vec![app()],
            "https://shop.example",
            get(NOTES),
            "origins: [\"https://app.example.com\", \"https://shop.example\"],",
        ),
        (
            vec![app()],
            APP,
            put.clone().credentials(include),
            "origins: [\"https://app.example.com\"],\ncredentials: true,\nmethods: [PUT],\nallow_headers: [\"X-Token\"],",
        ),
        (
            vec![any_header],
            APP,
            put.clone().credentials(include),
            "origins: [\"https://app.example.com\"],\ncredentials: true,\nmethods: [PUT],\nallow_headers: \"*\",",
        ),
        (
            vec![app().allow_headers("*")],
            APP,
            get(NOTES).header("Authorization", "Bearer 7"),
            "origins: [\"https://app.example.com\"],\nallow_headers: [\"*\", \"Authorization\"],",
        ),
        (
            vec![all.clone()],
            APP,
            put.clone().credentials(include),
            "rules: [\n    {\n        origins: [\"https://app.example.com\"],\n        credentials: true,\n        methods: [PATCH, PUT],\n        \
             allow_headers: [\"X-Token\"],\n    },\n    {\n        origins: \"*\",\n        methods: [PATCH],\n        \
             expose_headers: \"*\",\n    },\n],",
        ),
        (
            vec![admin, all],
            APP,
            get(NOTES).credentials(include),
            "rules: [\n    {\n        origins: [\"https://admin.example.com\"],\n        credentials: true,\n        methods: [PUT],\n    },\n    \
             {\n        origins: [\"https://app.example.com\"],\n        credentials: true,\n        methods: [PATCH],\n    },\n    \
             {\n        origins: \"*\",\n        methods: [PATCH],\n        expose_headers: \"*\",\n    },\n],",
        ),
    ] {
        let policy = fixed(&rules, &page(origin), &request).expect("a fix");
        assert_eq!(policy.to_string(), fixed_policy);
    }
}

#[test]
fn no_fix_lets_in_null_or_takes_on_a_danger() {
    let include = CredentialsMode::Include;
    for (rule, origin, request) in [
        (app(), "null", get(NOTES)),
        (app(), "null", get(NOTES).credentials(include)),
        (RuleDraft::new().origins("*"), "null", get(NOTES).credentials(include)),
        (app(), "http://app.example.com", get(NOTES).credentials(include)),
        (app(), APP, get(NOTES).method("patch")),
        (app(), APP, get(NOTES).header("Access-Control-Allow-Origin", "*")),
    ] {
        let policy = PolicyDraft::from(rule.clone()).validate().expect("a policy");
        let (page, rules) = (page(origin), [rule]);
        assert!(matches!(ask(&policy, &page, &request).verdict, Verdict::Blocked(_)), "{request:?}");
        assert_eq!(fixed(&rules, &page, &request), None, "{request:?}");
    }
}

/// Sends the header lines of the help. Then the page can read, or the next step is refused.
#[test]
fn with_the_header_lines_the_step_succeeds() {
    let mut sent = 0;
    for scene in of_origins().iter().chain(&of_preflights()) {
        let explanation = scene.explanation();
        let lines = explanation.header_lines();
        if lines.is_empty() {
            continue;
        }
        let names: Vec<&str> = lines.iter().map(|line| line.split_once(": ").expect("a header line").0).collect();
        // The lines of the response, except those that the help replaces.
        let kept = scene.blocked().response.as_ref().expect("a response").headers.iter();
        let kept = kept.filter(|line| !names.contains(&line.name.as_str()));
        let corrected = kept.fold(Response::new(204), |response, line| response.header(&line.name, line.value.clone()));
        let corrected = lines.iter().fold(corrected, |response, line| {
            let (name, value) = line.split_once(": ").expect("a header line");
            response.header(name, value)
        });
        let verdict =
            Browser::new().run(&scene.transcript.page, &scene.transcript.request, |_| corrected.clone()).verdict;
        let gets_on = match verdict {
            Verdict::Readable(_) => true,
            Verdict::Blocked(after) => scene.blocked().at == At::Preflight && after.reason != scene.blocked().reason,
            _ => false,
        };
        assert!(gets_on, "{}: {lines:?}", scene.name);
        sent += 1;
    }
    assert_eq!(sent, 37);
}

fn list(names: &'static [&'static str]) -> impl Strategy<Value = Option<List>> {
    let some = subsequence(names, 1..=names.len()).prop_map(|names| Some(names.into()));
    prop_oneof![2 => Just(None), 1 => Just(Some("*".into())), 2 => some]
}

fn rule() -> impl Strategy<Value = RuleDraft> {
    let origins = prop_oneof![
        1 => Just(List::from("*")),
        4 => subsequence(&[APP, "https://*.shop.example", "http://localhost:*", "http://intranet.example"], 1..=3)
            .prop_map(|origins| origins.into()),
    ];
    let headers = prop_oneof![
        4 => list(&["Content-Type", "Authorization", "X-Token"]),
        1 => Just(Some(["*", "Authorization"].into())),
    ];
    let lists = (list(&["PUT", "DELETE", "GET"]), headers, list(&["ETag", "X-Cost"]));
    (origins, any::<bool>(), lists).prop_map(|(origins, credentials, (methods, headers, exposed))| {
        let mut draft = RuleDraft::new().origins(origins).credentials(credentials);
        for (key, list) in [(Key::Methods, methods), (Key::AllowHeaders, headers), (Key::ExposeHeaders, exposed)] {
            draft = match list {
                Some(list) => with_list(draft, &key, list),
                None => draft,
            };
        }
        draft
    })
}

fn request() -> impl Strategy<Value = ScriptRequest> {
    let method = select(vec!["GET", "POST", "PUT", "DELETE", "put", "patch", "QUERY"]);
    let headers =
        subsequence(&["X-Token", "authorization", "Content-Type", "X-Trace", "Access-Control-Max-Age"], 0..=3);
    (method, headers, any::<bool>()).prop_map(|(method, headers, credentials)| {
        let mode = if credentials { CredentialsMode::Include } else { CredentialsMode::SameOrigin };
        let request = get(NOTES).method(method).credentials(mode);
        headers.into_iter().fold(request, |request, name| request.header(name, "application/json"))
    })
}

#[test]
fn every_fix_of_a_generated_policy_works_and_is_no_mistake() {
    let origins = [
        APP,
        "https://a.shop.example",
        "https://shop.example",
        "http://localhost:3000",
        "http://intranet.example",
        "http://third.example",
        "null",
    ];
    let count = Cell::new(0);
    let strategy = (proptest::collection::vec(rule(), 1..=2), select(origins.to_vec()), request());
    let result = runner(2000).run(&strategy, |(rules, origin, request)| {
        if together(rules.clone()).validate().is_ok() && fixed(&rules, &page(origin), &request).is_some() {
            count.set(count.get() + 1);
        }
        Ok(())
    });
    assert_eq!(result, Ok(()));
    assert!(count.get() > 200, "hardly any fixes: {}", count.get());
}
