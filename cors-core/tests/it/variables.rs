//! A policy in environment variables.

use std::ffi::{OsStr, OsString};
use std::process::Command;

use cors_core::PolicyDraft;

fn read(variables: &[(&str, &str)]) -> PolicyDraft {
    PolicyDraft::from_variables("CORS_", variables.iter().copied())
}

/// Returns the whole texts of the mistakes.
fn mistakes(variables: &[(&str, &str)]) -> Vec<String> {
    match read(variables).validate() {
        Ok(policy) => panic!("{policy}"),
        Err(issues) => issues.iter().map(ToString::to_string).collect(),
    }
}

const ORIGINS: (&str, &str) = ("CORS_ORIGINS", "https://app.example.com");

#[test]
fn every_key_of_one_rule_can_be_said() {
    let variables = [
        ("CORS_ORIGINS", " http://a.example.com , https://*.b.example.com,https://*.github.io"),
        ("CORS_CREDENTIALS", " true "),
        ("CORS_METHODS", "PUT,DELETE"),
        ("CORS_ALLOW_HEADERS", "*"),
        ("CORS_EXPOSE_HEADERS", "ETag"),
        ("CORS_MAX_AGE", " 2h"),
        ("CORS_ON_DENIED", "reject"),
        ("CORS_DANGEROUSLY_ALLOW", "insecure_origins,public_suffix_wildcards"),
        ("PATH", "/bin"),
    ];
    let policy = read(&variables).validate().unwrap_or_else(|issues| panic!("{issues}"));
    let in_methods = PolicyDraft::new()
        .origins(["http://a.example.com", "https://*.b.example.com", "https://*.github.io"])
        .credentials(true)
        .methods(["PUT", "DELETE"])
        .allow_headers("*")
        .expose_headers(["ETag"])
        .max_age("2h")
        .on_denied("reject")
        .dangerously_allow(["insecure_origins", "public_suffix_wildcards"]);
    assert_eq!(Ok(policy), in_methods.validate());
    assert_eq!(read(&[("CORS_ORIGINS", "*")]).validate(), PolicyDraft::new().origins("*").validate());
}

#[test]
fn a_missing_variable_is_said_with_what_to_set() {
    let expected = "the environment variable CORS_ORIGINS is not set\n\
                    help: set it to the origins that may read: CORS_ORIGINS=https://app.example.com; or, for nobody, \
                    CORS_ORIGINS=none\n\
                    note: without them no page of another origin could read anything";
    assert_eq!(mistakes(&[("CORS_CREDENTIALS", "true"), ("ORIGINS", "*"), ("cors_origins", "*")]), [expected]);
}

#[test]
fn an_unknown_variable_with_the_prefix_is_a_mistake_with_the_one_that_was_meant() {
    let unknown = |name, value| mistakes(&[ORIGINS, (name, value)]);
    let allowed = "a policy has no variable CORS_ALLOWED_HEADERS\nhelp: did you mean CORS_ALLOW_HEADERS?";
    assert_eq!(unknown("CORS_ALLOWED_HEADERS", "X-A"), [allowed]);
    let case = "a policy has no variable CORS_Methods\nhelp: did you mean CORS_METHODS?";
    assert_eq!(unknown("CORS_Methods", "PUT"), [case]);
    let colour = "a policy has no variable CORS_COLOUR\n\
                  help: the variables are CORS_ORIGINS, CORS_CREDENTIALS, CORS_METHODS, CORS_ALLOW_HEADERS, \
                  CORS_EXPOSE_HEADERS, CORS_MAX_AGE, CORS_ON_DENIED, CORS_DANGEROUSLY_ALLOW";
    assert_eq!(unknown("CORS_COLOUR", "red"), [colour]);
    // The misspelt variable has the origins, so they are not reported as missing.
    let origin = "a policy has no variable CORS_ORIGIN\nhelp: did you mean CORS_ORIGINS?";
    assert_eq!(mistakes(&[("CORS_ORIGIN", "https://app.example.com")]), [origin]);
    let of_its_value = mistakes(&[("CORS_ORIGIN", "https://app.example.com/")]);
    assert!(of_its_value[0].starts_with("CORS_ORIGIN: \"https://app.example.com/\" ends with a slash\n"));
    assert_eq!(of_its_value[1..], [origin]);
}

#[test]
fn rules_are_said_to_belong_into_a_file() {
    let rules = |name| {
        format!(
            "{name} is set, but variables cannot say several rules\n\
             help: remove it, and write a policy with rules into a file: TOML, JSON or YAML"
        )
    };
    assert_eq!(mistakes(&[("CORS_RULES", "[]")]), [rules("CORS_RULES")]);
    assert_eq!(mistakes(&[("CORS_RULES", ""), ORIGINS]), [rules("CORS_RULES")]);
}

#[test]
fn what_a_file_would_need_around_a_value_does_not_belong_into_a_variable() {
    let list = "values with a comma between two of them, without quotes or brackets";
    for (name, value, help) in [
        ("CORS_ORIGINS", "\"https://app.example.com\"", list),
        ("CORS_ORIGINS", "'https://a.example','https://b.example'", list),
        ("CORS_ORIGINS", "[\"https://a.example\", \"https://b.example\"]", list),
        ("CORS_CREDENTIALS", "yes", "true or false, without quotes"),
        ("CORS_CREDENTIALS", "\"true\"", "true or false, without quotes"),
        ("CORS_MAX_AGE", "\"2h\"", "the value without quotes"),
        ("CORS_ON_DENIED", "'reject'", "the value without quotes"),
    ] {
        let variables: Vec<_> =
            [ORIGINS].into_iter().filter(|(other, _)| *other != name).chain([(name, value)]).collect();
        assert_eq!(mistakes(&variables), [format!("{name} cannot be {value}\nhelp: write {help}")]);
    }
}

#[test]
fn a_variable_that_says_nothing_is_a_mistake() {
    for value in ["", " "] {
        let expected =
            "the environment variable CORS_METHODS is set to nothing\nhelp: set it to a value, or leave it unset";
        assert_eq!(mistakes(&[ORIGINS, ("CORS_METHODS", value)]), [expected]);
    }
    let expected = "the environment variable CORS_ORIGINS has an empty part between its commas\n\
                    help: set it to values with one comma between two of them, and none at the end";
    assert_eq!(mistakes(&[("CORS_ORIGINS", "https://app.example.com,")]), [expected]);
}

#[test]
fn what_a_policy_says_is_said_of_variables() {
    let insecure = "CORS_ORIGINS: \"http://a.example\" is not encrypted, and the policy has CORS_CREDENTIALS=true\n\
                    help: write https://a.example; if this network is trusted all the same, add \
                    CORS_DANGEROUSLY_ALLOW=insecure_origins\n\
                    note: anyone between browser and server can put a page of their own at an http origin, and \
                    that page could read what belongs to your users";
    assert_eq!(mistakes(&[("CORS_ORIGINS", "http://a.example"), ("CORS_CREDENTIALS", "true")]), [insecure]);
    let max_age = "CORS_MAX_AGE=2d is more than a day\n\
                   help: write CORS_MAX_AGE=1d or less\n\
                   note: no browser remembers a preflight for longer: Firefox 24 hours, Chromium 2 hours, Safari 10 minutes";
    assert_eq!(mistakes(&[ORIGINS, ("CORS_MAX_AGE", "2d")]), [max_age]);
    let on_denied = "CORS_ON_DENIED does not know `deny`\nhelp: write forward or reject";
    assert_eq!(mistakes(&[ORIGINS, ("CORS_ON_DENIED", "deny")]), [on_denied]);
    let wildcard = mistakes(&[("CORS_ORIGINS", "*"), ("CORS_CREDENTIALS", "true")]);
    assert!(
        wildcard[0].starts_with(
            "CORS_ORIGINS=* does not work together with CORS_CREDENTIALS=true\n\
             help: list in CORS_ORIGINS who may read answers that depend on cookies: CORS_ORIGINS=https://app.example.com; or, \
             if everybody may read without cookies, leave CORS_CREDENTIALS out\n"
        ),
        "{wildcard:?}"
    );
}

#[test]
fn the_text_of_a_variable_is_quoted_as_the_variable_holds_it() {
    let first = |name, value| {
        let variables: Vec<_> =
            [ORIGINS].into_iter().filter(|(other, _)| *other != name).chain([(name, value)]).collect();
        let [mistake] = &mistakes(&variables)[..] else { panic!("one mistake") };
        mistake.lines().next().unwrap_or_default().to_owned()
    };
    for (name, value, summary) in [
        (
            "CORS_ORIGINS",
            "origins: https://app.example.com",
            "CORS_ORIGINS: \"origins: https://app.example.com\" has white space or a control character in it",
        ),
        ("CORS_METHODS", "methods: PUT", "CORS_METHODS: \"methods: PUT\" is not the name of a method"),
        ("CORS_MAX_AGE", "max_age: 10 min", "CORS_MAX_AGE=max_age: 10 min is not a duration"),
        ("CORS_ALLOW_HEADERS", "X-A: `methods`", "CORS_ALLOW_HEADERS: \"X-A: `methods`\" is not the name of a header"),
        ("CORS_MAX_AGE", "1\n2", "CORS_MAX_AGE=1\\n2 is not a duration"),
    ] {
        assert_eq!(first(name, value), summary);
    }
}

#[test]
fn origins_that_are_set_to_nothing_are_not_told_to_be_unset() {
    let expected = "the environment variable CORS_ORIGINS is set to nothing\n\
                    help: set it to the origins that may read: CORS_ORIGINS=https://app.example.com; or, for nobody, \
                    CORS_ORIGINS=none";
    assert_eq!(mistakes(&[("CORS_ORIGINS", "")]), [expected]);
}

#[test]
fn a_word_for_every_origin_is_mended_to_the_wildcard() {
    let [mistake] = &mistakes(&[("CORS_ORIGINS", "all")])[..] else { panic!("one mistake") };
    assert!(mistake.contains("\nhelp: for every origin write CORS_ORIGINS=*\n"), "{mistake}");
}

#[test]
#[cfg(unix)]
fn bytes_that_are_no_text_are_a_mistake() {
    use std::os::unix::ffi::OsStrExt;

    let bytes = |bytes: &'static [u8]| OsStr::from_bytes(bytes).to_owned();
    let texts = |variables: Vec<(OsString, OsString)>| -> Vec<String> {
        let draft = PolicyDraft::from_variables("CORS_", variables);
        draft.validate().err().iter().flatten().map(|issue| issue.to_string()).collect()
    };
    let value = texts(vec![("CORS_ORIGINS".into(), bytes(b"https://\xff.example"))]);
    assert_eq!(
        value,
        ["the environment variable CORS_ORIGINS holds bytes that are no text\nhelp: set it to plain text"]
    );
    let name = texts(vec![
        ("CORS_ORIGINS".into(), "*".into()),
        (bytes(b"CORS_\xff"), "x".into()),
        (bytes(b"\xff"), "x".into()),
    ]);
    assert_eq!(name.len(), 1);
    assert!(name[0].starts_with("a policy has no variable CORS_\u{fffd}\n"), "{name:?}");
}

/// The test below runs this one, with its own variables.
#[test]
#[ignore = "prints what the environment says"]
fn prints_the_policy_of_the_environment() {
    match PolicyDraft::from_environment("SHOP_CORS_").validate() {
        Ok(policy) => println!("{policy}"),
        Err(issues) => println!("{issues}"),
    }
}

#[test]
fn a_policy_is_read_from_the_environment_of_the_process() {
    let printed = |variables: &[(&str, &str)]| {
        let mut child = Command::new(std::env::current_exe().expect("this program has a path"));
        child.args(["--ignored", "--exact", "--nocapture", "variables::prints_the_policy_of_the_environment"]);
        let output = child.envs(variables.iter().copied()).output().expect("this program runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let right = printed(&[("SHOP_CORS_ORIGINS", "https://a.example,https://b.example"), ("CORS_ORIGINS", "null")]);
    assert!(right.contains("origins: [\"https://a.example\", \"https://b.example\"],\n"), "{right}");
    let wrong = printed(&[("SHOP_CORS_MAX_AGE", "2d")]);
    let first = "2 mistakes in the CORS policy\n  the environment variable SHOP_CORS_ORIGINS is not set\n";
    assert!(wrong.contains(first) && wrong.contains("\n  SHOP_CORS_MAX_AGE=2d is more than a day\n"), "{wrong}");
}

#[test]
fn a_comma_separates_the_values_of_lists_only() {
    let [mistake] = &mistakes(&[ORIGINS, ("CORS_MAX_AGE", "1h,")])[..] else { panic!("one mistake") };
    assert!(mistake.starts_with("CORS_MAX_AGE=1h, is not a duration"), "{mistake}");
    let [mistake] = &mistakes(&[ORIGINS, ("CORS_METHODS", "PUT,")])[..] else { panic!("one mistake") };
    assert!(mistake.contains("CORS_METHODS has an empty part between its commas"), "{mistake}");
}
