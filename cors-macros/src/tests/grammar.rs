//! Mistakes in the form of a policy: the first line of each, and that what stands beside it is read.

use std::env;
use std::process::Command;

use super::{checked, mistakes, policies, tokens};
use crate::expand::expand;

#[test]
fn each_mistake_is_named_and_what_follows_is_read() {
    let rows: [(&str, &[&str]); 32] = [
        (r#"5 6 7 8 9, origins: "*""#, &["5 6 7 is not a key of a policy"]),
        (r#"origins: "*" orgins: "*""#, &["a comma is missing before this", "a policy has no key `orgins`"]),
        (
            r#"origins: "*" max_age = 5"#,
            &["a comma is missing before this", "= stands after `max_age` where a colon belongs"],
        ),
        (r#"origins: "*" x = 5"#, &["a policy cannot read `\"*\" x = 5`"]),
        (
            r#"origins: "*" rules []"#,
            &[
                "a comma is missing before this",
                "a colon is missing between `rules` and its value",
                "`rules` stands beside keys of a single rule",
            ],
        ),
        (r#"origins: credentials [true]"#, &["a policy cannot read `credentials [true]`"]),
        (
            r#"origins: "*" #[cfg(unix)] max_age: 5d"#,
            &["a comma is missing before this", "max_age: 5d is more than a day"],
        ),
        (r#"origins: "*" max_age:-5"#, &["a comma is missing before this", "max_age: -5 is negative"]),
        (r#"origins: "*", max_age:-5"#, &["max_age: -5 is negative"]),
        (r#"origins: max_age: 5"#, &["`origins` has no value", "a comma is missing before this"]),
        (r#"origins: : a: "*""#, &["a policy cannot read `: a: \"*\"`"]),
        (r#"origins = > "*""#, &["= stands after `origins` where a colon belongs", "a policy cannot read `> \"*\"`"]),
        (r#"origins => "*""#, &["=> stands after `origins` where a colon belongs"]),
        (r#"origins ? "*""#, &["a colon is missing between `origins` and its value", "a policy cannot read `? \"*\"`"]),
        (r#"origins: "*", max_age: +5"#, &["a policy cannot read `+ 5`"]),
        (r#"origins: "*", max_age: -x"#, &["a policy cannot read `-x`"]),
        (r#"origins: [env!("")]"#, &["env!(..) takes the name of one variable, in quotes"]),
        (r#"origins: [env!("A=B")]"#, &["env!(..) takes the name of one variable, in quotes"]),
        (r#"origins: [env!("A";)]"#, &["env!(..) takes the name of one variable, in quotes"]),
        (r#"origins: [env!("A" "B")]"#, &["env!(..) takes the name of one variable, in quotes"]),
        (r#"origins: [env!("NO_SUCH_VARIABLE",)]"#, &[]),
        (r#"origins: [other!("A")]"#, &["a policy cannot read `other!(\"A\")`"]),
        (
            r#"rules: [- { origins: ["https://a.example"] }]"#,
            &["-{ origins: [\"https://a.example\"] } is not an item of `rules`"],
        ),
        (
            r#"rules: [{ origins: ["https://a.example"] } { origins: ["https://a.example"] }]"#,
            &[
                "a comma is missing before this",
                "\"https://a.example\" stands in rules[0] already, so it never gets to this rule",
            ],
        ),
        (
            r#"rules: [{ origins: ["https://a.example"], on_denied: maybe }]"#,
            &["`on_denied` is of the policy, not of a rule"],
        ),
        (r#"rules: [{ origins: ["https://a.example"], rules: [,] }]"#, &["a rule has rules of its own"]),
        (r#"origins: ["https://a.example"x]"#, &["\"https://a.example\"x is not an item of `origins`"]),
        (r#"origins: [,]"#, &["there is nothing before this comma"]),
        (r#"origins: []"#, &["the list of `origins` is empty"]),
        (
            r#"origins: ["*" "https://a.example/"]"#,
            &[
                "a comma is missing before this",
                "\"*\" stands in a list with others",
                "\"https://a.example/\" ends with a slash",
            ],
        ),
        (
            r#"origins: "*"; max_age: 5d"#,
            &["a semicolon stands where a comma belongs", "max_age: 5d is more than a day"],
        ),
        (r#"origins: "*",, max_age: 5"#, &["there is nothing before this comma"]),
    ];
    for (policy, expected) in rows {
        assert_eq!(mistakes(policy), expected, "{policy}");
    }
}

#[test]
fn a_variable_is_tracked_and_one_that_may_be_unset_adds_nothing() {
    let policy = r#"origins: ["https://a.example", option_env!("NO_SUCH_VARIABLE")]"#;
    assert_eq!(policies(policy), ["origins: [\"https://a.example\"],"]);
    let expansion = expand(tokens(policy)).to_string();
    assert!(expansion.contains("option_env ! (\"NO_SUCH_VARIABLE\")"), "{expansion}");
    assert!(!expansion.contains("compile_error"), "{expansion}");
    let required = expand(tokens(&policy.replace("option_env", "env"))).to_string();
    assert!(required.contains("compile_error") && required.contains("nothing ()"), "{required}");
}

const VARIABLE: &str = "CORS_MACROS_TEST_ORIGINS";

/// Reads a variable in another process, since this one cannot set it.
#[test]
fn the_values_of_a_variable_are_items_and_none_is_a_wildcard() {
    let policy = format!("origins: [env!({VARIABLE:?})]");
    if env::var_os(VARIABLE).is_some() {
        println!("found: {:?}", mistakes(&policy));
        return;
    }
    let wildcard = r#"["the environment variable CORS_MACROS_TEST_ORIGINS holds \"*\""]"#;
    for (value, expected) in [
        ("https://a.example,https://b.example", "[]"),
        ("https://a.example", "[]"),
        ("*", wildcard),
        ("https://a.example,*", wildcard),
    ] {
        let mut test = Command::new(env::current_exe().expect("this program"));
        test.args([
            "--exact",
            "--nocapture",
            "tests::grammar::the_values_of_a_variable_are_items_and_none_is_a_wildcard",
        ]);
        let output = test.env(VARIABLE, value).output().expect("the program starts");
        let output = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.contains(&format!("found: {expected}")), "{value}: {output}");
    }
}

#[test]
fn a_key_with_hyphens_is_a_misspelt_one() {
    const ORIGINS: &str = r#"origins: ["https://a.example"]"#;
    for (written, key, value) in [
        ("max-age", "max_age", "10min"),
        ("max - age", "max_age", "10min"),
        ("allow-headers", "allow_headers", r#"["X-Id"]"#),
        ("expose-headers", "expose_headers", r#"["X-Id"]"#),
        ("on-denied", "on_denied", "reject"),
        ("dangerously-allow", "dangerously_allow", "[insecure_origins]"),
        ("access-control-max-age", "max_age", "10min"),
    ] {
        let name = written.replace(' ', "");
        let unknown = format!("a policy has no key `{name}`");
        let needless = "the policy does not need dangerously_allow: [\"insecure_origins\"]".to_owned();
        let expected = if key == "dangerously_allow" { vec![unknown, needless] } else { vec![unknown] };
        for policy in [
            format!("{ORIGINS}, {written}: {value}"),
            format!("{written}: {value}, {ORIGINS}"),
            format!("{written} = {value}, {ORIGINS}"),
        ] {
            assert_eq!(mistakes(&policy), expected, "{policy}");
        }
        let (_, _, found) = checked(&format!("{written}: {value}, {ORIGINS}"));
        assert_eq!(found[0].issue.message().help(), format!("did you mean `{key}`?"), "{written}");
    }
    for (policy, expected) in [
        (r#"origins: "*", max-age: 5d"#, vec!["a policy has no key `max-age`", "max_age: 5d is more than a day"]),
        (r#"origins: "*" max-age: 5"#, vec!["a comma is missing before this", "a policy has no key `max-age`"]),
        (r#"origins: "*" max-age = 5"#, vec!["a comma is missing before this", "a policy has no key `max-age`"]),
        (r#"origins: "*", some-name: 5"#, vec!["a policy has no key `some-name`"]),
        (r#"origins: "*", max-age 5"#, vec!["max -age is not a key of a policy"]),
        (r#"origins: "*", max-: 5"#, vec!["max -: is not a key of a policy"]),
        (r#"origins: "*", max_age: a-b"#, vec!["a policy cannot read `a -b`"]),
    ] {
        let mut found = mistakes(policy);
        found.sort();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{policy}");
    }
}
