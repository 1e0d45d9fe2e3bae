//! Chains of actix-cors, including those in `docs/from-actix-cors.md`.

use super::mistakes;
use crate::actix_cors::errors;
use crate::text::visible;

const GUIDE: &str = include_str!("../../../docs/from-actix-cors.md");

/// Returns the errors for a chain. The first one is for the whole chain.
pub(super) fn errors_of(chain: &str) -> Vec<String> {
    let tokens = visible(chain.parse().expect("tokens"));
    let errors = errors(&tokens).unwrap_or_else(|| panic!("no chain: {chain}"));
    errors.into_iter().map(|(_, text)| text).collect()
}

/// Returns the policy in the error for a chain. Its only mistakes are the open places.
pub(super) fn policy_of(chain: &str) -> String {
    let error = errors_of(chain).swap_remove(0);
    let (_, policy) = error.split_once("cors_policy! {\n").expect("a policy");
    let (policy, _) = policy.split_once("\n}").expect("the end of the policy");
    for mistake in mistakes(policy) {
        assert!(mistake.starts_with("a policy cannot read `todo!("), "{chain}: {mistake}\n{policy}");
    }
    policy.to_owned()
}

pub(super) fn notes_of(chain: &str) -> Vec<String> {
    errors_of(chain)[0].lines().filter_map(|line| line.strip_prefix("note: ")).map(str::to_owned).collect()
}

/// Returns the text without spaces and without the last comma.
pub(super) fn tight(policy: &str) -> String {
    let policy: String = policy.split_whitespace().collect();
    policy.replace(",]", "]").trim_end_matches(',').to_owned()
}

/// Returns the rows of the table below a heading of the guide: the first code in each cell.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let section = GUIDE.split("\n## ").find(|section| section.starts_with(heading)).expect("the section");
    let code = |cell: &str| Some(cell.split('`').nth(1)?.replace('\u{1}', "|"));
    // A bar in a cell has a backslash.
    let lines = section.lines().filter(|line| line.starts_with('|')).map(|line| line.replace("\\|", "\u{1}"));
    lines.map(|line| line.split('|').filter_map(code).collect()).filter(|cells: &Vec<_>| !cells.is_empty()).collect()
}

#[test]
fn the_example_of_the_guide_has_the_error_below_it() {
    let block =
        |fence: &str| GUIDE.split_once(fence).and_then(|(_, rest)| rest.split_once("\n```")).expect("a block").0;
    let (_, chain) = block("```rust,compile_fail\n").split_once("cors_policy! {").expect("the macro");
    assert_eq!(errors_of(chain.trim_end_matches("};")), [block("```text\n")]);
}

#[test]
fn every_setter_in_the_guide_becomes_the_key_in_its_row() {
    let setters = rows("Setters");
    assert_eq!(setters.len(), 21);
    for setter in setters {
        let [theirs, ours @ ..] = setter.as_slice() else { panic!("{setter:?}") };
        let chain = if theirs.starts_with("Cors::") { theirs.clone() } else { format!("Cors::default(){theirs}") };
        let policy = tight(&policy_of(&chain));
        for ours in ours {
            assert!(policy.contains(&tight(ours)), "{chain}\n{policy}\n{ours}");
        }
        assert!(!ours.is_empty() || policy == "origins:none", "{chain}\n{policy}");
    }
}

#[test]
fn every_program_in_the_guide_becomes_the_policy_in_its_row() {
    let programs = rows("Chains of real programs");
    assert_eq!(programs.len(), 49);
    for program in programs {
        let [.., theirs, ours] = program.as_slice() else { panic!("{program:?}") };
        assert_eq!(tight(&policy_of(theirs)), tight(ours), "{theirs}");
    }
}

#[test]
fn every_suggested_policy_in_the_guide_is_valid() {
    let advised = rows("What only you can write");
    assert_eq!(advised.len(), 6);
    for policy in advised.concat() {
        assert_eq!(mistakes(&policy), [""; 0], "{policy}");
    }
}

#[test]
fn the_chains_of_the_documentation_of_actix_cors_are_read_to_the_end() {
    let readme = r#"Cors::default()
        .allowed_origin("https://www.rust-lang.org")
        .allowed_origin_fn(|origin, _req_head| { origin.as_bytes().ends_with(b".rust-lang.org") })
        .allowed_methods(vec!["GET", "POST"])
        .allowed_headers(vec![http::header::AUTHORIZATION, http::header::ACCEPT])
        .allowed_header(http::header::CONTENT_TYPE)
        .max_age(3600)"#;
    let policy = r#"origins: ["https://*.rust-lang.org"], methods: [GET, POST],
        allow_headers: ["authorization", "accept", "content-type"], max_age: 3600"#;
    assert_eq!(tight(&policy_of(readme)), tight(policy));
    assert_eq!(errors_of(readme).len(), 1);
    let notes = [
        "`.allowed_origin_fn(..)` lets \"http://www.rust-lang.org\" in, too; the policy does not",
        "\"https://www.rust-lang.org\" is matched by \"https://*.rust-lang.org\" already",
    ];
    assert_eq!(notes_of(readme), notes);
}

#[test]
fn unreadable_arguments_are_reported_at_their_tokens_and_left_open() {
    let chain = r#"Cors::default().allowed_origin(&config.origin)
        .allowed_origin_fn(|origin, _| database.contains(origin) || origin == "https://a.example")
        .allowed_methods(METHODS).max_age(MAX_AGE).block_on_origin_mismatch(strict).finish() ?"#;
    let policy = r#"origins: [todo!("&config.origin"), todo!("database.contains(origin)"), "https://a.example"],
        methods: [todo!("METHODS")], max_age: todo!("MAX_AGE"), on_denied: todo!("strict")"#;
    assert_eq!(tight(&policy_of(chain)), tight(policy));
    let errors = errors_of(chain);
    let summaries: Vec<_> = errors.iter().filter_map(|error| error.lines().next()).collect();
    let expected = [
        "this is a chain of actix-cors",
        "a policy cannot read `&config.origin`",
        "a policy cannot read `METHODS`",
        "a policy cannot read `MAX_AGE`",
        "a policy cannot read `strict`",
        "actix-cors has no setter `finish`",
        "a policy cannot read `database.contains(origin)`",
        "`?` is no setter of actix-cors",
    ];
    assert_eq!(summaries, expected);
}

#[test]
fn a_function_becomes_a_pattern_that_allows_the_same_or_less() {
    for (body, origins) in [
        (r#"origin.as_bytes().ends_with(b".example.com")"#, r#"["https://*.example.com"]"#),
        (r#"origin.to_str().unwrap().ends_with("example.com")"#, r#"["https://example.com", "https://*.example.com"]"#),
        (r#"origin.as_bytes().ends_with(b"localhost:3000")"#, r#"["http://localhost:3000"]"#),
        (r#"origin.as_bytes().ends_with(b"https://a.example")"#, r#"["https://a.example"]"#),
        (r#"origin.as_bytes().starts_with(b"http://localhost")"#, r#"["http://localhost:*"]"#),
        (r#"origin.as_bytes().starts_with(b"http://localhost:")"#, r#"["http://localhost:*"]"#),
        (r#"origin.as_bytes().starts_with(b"http://localhost:3000")"#, r#"["http://localhost:3000"]"#),
        (r#"origin.as_bytes().starts_with(b"https://a.example")"#, r#"["https://a.example"]"#),
        (r#"origin == "https://a.example""#, r#"["https://a.example"]"#),
        (
            r#"{ (origin == "https://a.example") || origin.eq("https://b.example") }"#,
            r#"["https://a.example", "https://b.example"]"#,
        ),
        ("true", r#""*""#),
        ("{ true }", r#""*""#),
        ("{ return true; }", r#"[todo!("return true ;")]"#),
        (
            r#"!origin.as_bytes().ends_with(b".example.com")"#,
            r#"[todo!("!origin.as_bytes().ends_with(b\".example.com\")")]"#,
        ),
        (r#"origin.as_bytes().starts_with(b"https://")"#, r#"[todo!("origin.as_bytes().starts_with(b\"https://\")")]"#),
        (r#"origin == "https://*.example.com""#, r#"[todo!("origin == \"https://*.example.com\"")]"#),
        (r#"origin.as_bytes().ends_with(b":3000")"#, r#"[todo!("origin.as_bytes().ends_with(b\":3000\")")]"#),
    ] {
        let chain = format!("Cors::default().allowed_origin_fn(|origin, _| {body})");
        assert_eq!(tight(&policy_of(&chain)), tight(&format!("origins: {origins}")), "{body}");
    }
}

#[test]
fn a_list_that_leaves_out_a_method_that_needs_no_permission_has_a_note() {
    let noted = |calls: &str| {
        let notes = notes_of(&format!(r#"Cors::default().allowed_origin("https://a.example"){calls}"#));
        notes.iter().find_map(|note| Some(note.strip_prefix("the chain does not list ")?.split_once(',')?.0.to_owned()))
    };
    for (calls, missing) in [
        (r#".allowed_methods(["GET"]).allowed_header("content-type")"#, Some("POST")),
        (r#".allowed_methods(["GET"])"#, Some("POST")),
        (r#".allowed_methods([Method::POST])"#, Some("GET")),
        (r#".allowed_methods(["PUT"])"#, Some("GET and POST")),
        (r#".allowed_header("content-type")"#, Some("GET and POST")),
        (".allow_any_header()", Some("GET and POST")),
        (r#".allowed_methods(["get", "POST"])"#, None),
        (".allowed_methods(&settings.methods)", None),
        (".allow_any_method().allow_any_header()", None),
        ("", None),
    ] {
        assert_eq!(noted(calls).as_deref(), missing, "{calls}");
    }
}

#[test]
fn values_of_the_running_program_need_a_draft_which_is_said_once() {
    let notes = notes_of("Cors::default().allowed_origin(&a).allowed_origin(&b).max_age(c)");
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains("PolicyDraft in place of cors_policy!"), "{notes:?}");
}

#[test]
fn tokens_around_a_chain_or_a_pasted_policy_are_named() {
    for (tokens, summary) in [
        ("let cors = Cors::default();", "a statement stands where a chain of actix-cors belongs"),
        (
            "let mut cors = actix_cors::Cors::permissive().max_age(5);",
            "a statement stands where a chain of actix-cors belongs",
        ),
        ("cors_policy! { origins: none }", "cors_policy! stands inside of cors_policy!"),
        ("cors_actix::cors_policy! { origins: none };", "cors_policy! stands inside of cors_policy!"),
    ] {
        let expansion = crate::actix_cors::expand(&proc_macro2::TokenStream::new(), tokens.parse().expect("tokens"));
        let expansion = expansion.expect("an error").to_string();
        assert!(expansion.contains(summary), "{tokens}: {expansion}");
    }
}

#[test]
fn refused_values_are_removed_and_the_reason_is_a_note() {
    let any = "Cors::default().allow_any_origin().supports_credentials()";
    let policy = r#"origins: [todo!("the origins that may read as the user"), #[cfg(debug_assertions)] "http://localhost:*"],
        credentials: true"#;
    assert_eq!(tight(&policy_of(any)), tight(policy));
    assert!(notes_of(any)[0].contains("would let every site read what belongs to your users"), "{:?}", notes_of(any));
    let star = r#"Cors::default().allowed_origin("https://*.example.com")"#;
    let note = "\"https://*.example.com\" matches no origin in actix-cors; in a policy it is a pattern; the old policy never \
                allowed it, and this one does: remove it if you do not need it";
    assert_eq!(
        (policy_of(star).trim(), notes_of(star)),
        (r#"origins: ["https://*.example.com"],"#, vec![note.to_owned()])
    );
    // A corrected item can be in the list already.
    let twice = r#"Cors::default().allowed_origin("https://a.example").allowed_origin("https://A.example/")
        .allowed_methods(["put", "PUT"]).allowed_header("Cookie").max_age(1_000_000)"#;
    assert_eq!(tight(&policy_of(twice)), tight(r#"origins: ["https://a.example"], methods: [PUT], max_age: 1d"#));
}

#[test]
fn for_every_text_of_an_origin_the_only_mistakes_are_open_places() {
    let table = include_str!("../../../cors-core/tests/data/drafts.json");
    let texts: Vec<&str> = table.split('"').filter(|text| !text.contains(['\\', '\n'])).collect();
    assert!(texts.len() > 500, "{}", texts.len());
    for text in texts {
        let names = format!("allowed_header({text:?}).expose_headers([{text:?}]).allowed_methods([{text:?}])");
        policy_of(&format!("Cors::default().allowed_origin({text:?}).{names}"));
        let parts = ["starts_with", "ends_with", "contains", "eq"].map(|method| format!("origin.{method}({text:?})"));
        let function = format!("allowed_origin_fn(|origin, _| {})", parts.join(" || "));
        policy_of(&format!("Cors::default().supports_credentials().allowed_origin({text:?}).{function}"));
    }
}

#[test]
fn later_calls_count_as_in_actix_cors() {
    for (calls, policy) in [
        (r#".allow_any_origin().allowed_origin("https://a.example")"#, r#"origins: ["https://a.example"]"#),
        (r#".allowed_origin("https://a.example").allow_any_origin()"#, r#"origins: "*""#),
        (r#".allowed_origin_fn(|_, _| true).allowed_origin("https://a.example")"#, r#"origins: "*""#),
        (".allow_any_method().allowed_methods([\"PUT\"])", r#"origins: none, methods: "*""#),
        (".max_age(5).max_age(None)", "origins: none"),
        (".block_on_origin_mismatch(true).block_on_origin_mismatch(false);", "origins: none"),
    ] {
        assert_eq!(tight(&policy_of(&format!("actix_cors::Cors::default(){calls}"))), tight(policy), "{calls}");
    }
}

#[test]
fn arguments_that_no_setter_takes_are_left_open() {
    for setter in ["allowed_origin", "allowed_origin_fn", "allowed_methods", "allowed_headers", "max_age"] {
        for arguments in [
            "",
            ",",
            "|",
            "||",
            "|| ||",
            "|origin|",
            "|origin| {}",
            "|x| x ||",
            "vec!",
            "vec![,]",
            "&",
            "\"a\", \"b\"",
            "&[1, [2]]",
            "Some()",
            "::",
            "-1",
            "'a'",
            "b\"\\xff\"",
        ] {
            policy_of(&format!("Cors::default().{setter}({arguments})"));
        }
    }
}

#[test]
fn only_a_whole_constructor_begins_a_chain() {
    for policy in ["", "origins: none", "default()", "Cors::new()", "Cors", "methods: [Cors::default()]"] {
        assert!(errors(&visible(policy.parse().expect("tokens"))).is_none(), "{policy}");
    }
}
