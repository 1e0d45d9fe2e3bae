//! Tests of the whole macro without a compiler: from tokens to mistakes, or to a policy for each build.

mod actix_cors;
mod builds;
mod chains;
mod grammar;
mod reported;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use crate::build::{self, Build};
use crate::expand::expand;
use crate::source::{LocatedIssue, Source};
use crate::text::text_of;
use crate::{parse, report};

fn tokens(policy: &str) -> TokenStream {
    format!("[cors] {policy}").parse().expect("tokens")
}

fn checked(policy: &str) -> (Source, Vec<Build>, Vec<LocatedIssue>) {
    let source = parse::parse(TokenStream::new(), policy.parse().expect("tokens"));
    let builds = build::check(&source);
    let mistakes = report::collect(&source, &builds);
    (source, builds, mistakes)
}

/// The first line of every mistake.
fn mistakes(policy: &str) -> Vec<String> {
    let first_line = |mistake: &LocatedIssue| mistake.issue.to_string().lines().next().unwrap_or_default().to_owned();
    checked(policy).2.iter().map(first_line).collect()
}

/// The policy of each build in the notation of the macro.
fn policies(policy: &str) -> Vec<String> {
    let (_, builds, mistakes) = checked(policy);
    assert!(mistakes.is_empty(), "{policy}: {:?}", mistakes.iter().map(|mistake| &mistake.issue).collect::<Vec<_>>());
    builds.iter().map(|build| build.policy.as_ref().expect("a policy").to_string()).collect()
}

#[test]
fn a_policy_without_options_has_one_build() {
    let policy = r#"origins: ["https://app.example.com"], credentials: true, methods: [PUT], max_age: 2h"#;
    let written = "origins: [\"https://app.example.com\"],\ncredentials: true,\nmethods: [PUT],\nmax_age: 2h,";
    assert_eq!(policies(policy), [written]);
}

#[test]
fn a_policy_that_allows_no_origin_has_no_rules() {
    assert_eq!(policies("origins: none"), ["origins: none,"]);
    assert_eq!(policies("origins: none, methods: [PUT], on_denied: reject"), ["on_denied: reject,\norigins: none,"]);
    let switched = r#"#[cfg(unix)] origins: none, #[cfg(not(unix))] origins: ["https://app.example.com"]"#;
    assert_eq!(policies(switched), ["origins: [\"https://app.example.com\"],", "origins: none,"]);
}

#[test]
fn only_a_constant_of_http_with_two_segments_is_a_name() {
    let policy = r#"origins: "*", methods: [Method::PUT], allow_headers: [header::AUTHORIZATION, header::IF_MATCH],
        expose_headers: [header::ETAG]"#;
    let written = "origins: \"*\",\nmethods: [PUT],\nallow_headers: [\"authorization\", \"if-match\"],\nexpose_headers: [\"etag\"],";
    assert_eq!(policies(policy), [written]);
    for (key, item) in [
        ("methods", "Method::QUERY"),
        ("methods", "http::Method::PUT"),
        ("methods", "header::ETAG"),
        ("methods", "Method : :PUT"),
        ("allow_headers", "header::X_TENANT"),
        ("allow_headers", "headers::ETAG"),
        ("allow_headers", "Method::PUT"),
        ("allow_headers", "http::header::ETAG"),
    ] {
        let found = mistakes(&format!("origins: \"*\", {key}: [{item}]"));
        assert!(found.len() == 1 && found[0].starts_with("a policy cannot read `"), "{item}: {found:?}");
    }
}

#[test]
fn all_mistakes_are_found_at_once_and_none_causes_another() {
    let policy =
        r#"orgins: ["https://app.example.com/"], credentials: yes, methods: ["put"], max_age: 30d, methods: [PUT]"#;
    let mut found = mistakes(policy);
    found.sort();
    let expected = [
        "\"https://app.example.com/\" ends with a slash",
        "\"put\" is not the method PUT",
        "`methods` stands in the policy twice",
        "a policy has no key `orgins`",
        "max_age: 30d is more than a day",
        "yes is not a value of `credentials`",
    ];
    assert_eq!(found, expected);
}

#[test]
fn only_a_mistake_of_some_builds_names_them() {
    let in_one = r#"origins: ["https://app.example.com", #[cfg(debug_assertions)] "http://a.example"],
        #[cfg(debug_assertions)] credentials: true"#;
    let (_, _, found) = checked(in_one);
    assert_eq!(found.len(), 1);
    assert!(!found[0].issue.to_string().contains("in builds with"), "it is there only where it is wrong");
    let beside = r#"origins: ["http://a.example"], #[cfg(debug_assertions)] credentials: true"#;
    let (_, _, found) = checked(beside);
    let texts: Vec<String> = found.iter().map(|mistake| mistake.issue.to_string()).collect();
    assert!(texts.len() == 1 && texts[0].ends_with("note: this is so in builds with debug_assertions"), "{texts:?}");
}

#[test]
fn indexes_are_those_of_the_source_in_every_build() {
    let policy = r#"rules: [
        { origins: ["https://a.example"] },
        #[cfg(unix)] { origins: ["https://b.example"] },
        { origins: ["https://c.example"] },
        { origins: ["https://c.example"] },
    ]"#;
    let found = mistakes(policy);
    assert_eq!(found, ["\"https://c.example\" stands in rules[2] already, so it never gets to this rule"]);
}

#[test]
fn a_danger_that_one_build_needs_is_accepted_only_there() {
    let policy = r#"origins: ["https://app.example.com", #[cfg(unix)] "http://a.example"], credentials: true,
        dangerously_allow: [insecure_origins]"#;
    let [without, with] = policies(policy).try_into().expect("two builds");
    assert!(!without.contains("dangerously_allow"), "{without}");
    assert!(with.contains("dangerously_allow: [insecure_origins]"), "{with}");
}

#[test]
fn after_a_mistake_the_expansion_is_an_error_and_a_policy_that_allows_nothing() {
    let expansion = expand(tokens(r#"origins: ["null"]"#)).to_string();
    assert!(expansion.contains("compile_error") && expansion.contains("nothing ()"), "{expansion}");
    let right = expand(tokens(r#"origins: ["https://app.example.com"]"#)).to_string();
    assert!(!right.contains("compile_error"), "{right}");
}

#[test]
fn tokens_become_text_with_usual_spacing_and_unchanged_literals() {
    for text in [
        r#"allow_headers: ["A  B", "a : b", "f (x) ! [y] - & . z"]"#,
        r#"feature = "a : b""#,
        r##"[r#"a  "b"  c"#, 'c', 1.5e3, -1, b"x  y"]"##,
        "config::ORIGIN",
        "env!(\"ORIGIN\")",
        "vec![\"a\"]",
        "&[\"a\", \"b\"]",
        "list(1).iter()",
        "if a { b } else { c }",
        "60 * 60",
        "{ origins: \"*\" }",
        "Duration::from_secs(60)",
    ] {
        let tokens: Vec<_> = text.parse::<TokenStream>().expect("tokens").into_iter().collect();
        assert_eq!(text_of(&tokens), text);
    }
}

#[test]
fn two_mistakes_of_one_kind_at_one_place_are_both_reported() {
    let (source, mut builds, _) = checked(r#"origins: ["https://a.example/", "https://b.example/"]"#);
    let first = builds[0].issues[0].0;
    builds[0].issues.iter_mut().for_each(|(mark, _)| *mark = first);
    let found: Vec<String> =
        report::collect(&source, &builds).iter().map(|located| located.issue.to_string()).collect();
    assert!(found.len() == 2 && found[0].contains("a.example") && found[1].contains("b.example"), "{found:?}");
}

#[test]
fn a_fragment_of_another_macro_counts_as_its_tokens() {
    let fragment = |text: &str| TokenTree::from(Group::new(Delimiter::None, text.parse().expect("tokens")));
    let policy: TokenStream = ["origins", ":", "[\"https://a.example\"]"].map(fragment).into_iter().collect();
    let source = parse::parse(TokenStream::new(), policy);
    let texts: Vec<String> =
        build::check(&source).iter().filter_map(|build| Some(build.policy.as_ref()?.to_string())).collect();
    assert_eq!(texts, ["origins: [\"https://a.example\"],"]);
}
