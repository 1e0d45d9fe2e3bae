//! Documents as a macro makes them of tokens: names without quotes, parts that a build leaves out, and parts that the
//! macro could not read and has reported.

use cors_core::__private::check;
use cors_core::__private::document::{Document, Entry, Item, Keys, Notation, RawValue};
use cors_core::{Origins, Policy};

fn text(text: &str) -> RawValue {
    RawValue::Text(text.to_owned())
}

fn word(name: &str) -> RawValue {
    RawValue::Name(name.to_owned())
}

fn entry(name: &str, value: RawValue) -> Entry {
    Entry { name: name.to_owned(), name_mark: 0, value_mark: 0, value }
}

fn list<const N: usize>(values: [RawValue; N]) -> RawValue {
    let item = |(index, value)| Item { index, mark: 0, variable: None, value };
    RawValue::List(values.into_iter().enumerate().map(item).collect())
}

fn keys<const N: usize>(entries: [(&str, RawValue); N]) -> Keys {
    Keys { entries: entries.into_iter().map(|(name, value)| entry(name, value)).collect(), ..Keys::default() }
}

/// Returns the policy, and the place and code of each mistake.
fn checked(keys: Keys) -> (Option<Policy>, Vec<String>) {
    let document = Document { notation: Notation::Source, content: RawValue::Keys(keys), ..Document::default() };
    let (policy, issues) = check(&document);
    (policy, issues.iter().map(|(_, issue)| format!("{} {}", issue.place(), issue.kind().code())).collect())
}

fn mistakes<const N: usize>(entries: [(&str, RawValue); N]) -> Vec<String> {
    checked(keys(entries)).1
}

#[test]
fn names_without_quotes_are_values_constants_or_a_wrong_type() {
    let nothing = || list([]);
    let rows = [
        ("origins", word("none"), ""),
        ("origins", text("none"), "origins wrong-type"),
        ("origins", text("*"), ""),
        ("origins", word("ORIGINS"), "origins syntax"),
        ("origins", word("X"), "origins wrong-type"),
        ("origins", word("V2"), "origins syntax"),
        ("origins", word("MY_LIST"), "origins syntax"),
        ("origins", word("MY-LIST"), "origins wrong-type"),
        ("origins", word("listed"), "origins wrong-type"),
        ("origins", list([word("null")]), "origins[0] unsafe-origin"),
        ("origins", list([word("none")]), "origins[0] unserialisable-origin"),
        ("origins", list([word("listed")]), "origins[0] syntax"),
        ("origins", list([RawValue::Null]), "origins[0] unsafe-origin"),
        ("origins", nothing(), "origins empty-list"),
        ("methods", word("PUT"), "methods wrong-type"),
        ("methods", word("MY_METHODS"), "methods syntax"),
        ("methods", list([word("PUT")]), ""),
        ("methods", list([word("MY_METHOD")]), "methods[0] syntax"),
        ("methods", list([RawValue::Null]), "methods[0] wrong-type"),
        ("allow_headers", word("PUT"), "allow_headers syntax"),
        ("allow_headers", word("none"), "allow_headers wrong-type"),
        ("allow_headers", list([word("ETag")]), "allow_headers[0] wrong-type"),
        ("allow_headers", list([word("ETAG")]), "allow_headers[0] syntax"),
        ("dangerously_allow", text("*"), "dangerously_allow wrong-type"),
        ("dangerously_allow", word("insecure_origins"), "dangerously_allow wrong-type"),
        ("dangerously_allow", list([word("insecure")]), "dangerously_allow[0] unknown-value"),
        ("credentials", word("MAYBE"), "credentials syntax"),
        ("credentials", word("maybe"), "credentials wrong-type"),
        ("on_denied", word("reject"), ""),
        ("on_denied", word("REJECT"), "on_denied syntax"),
        ("on_denied", word("rejects"), "on_denied unknown-value"),
        ("on_denied", text("reject"), "on_denied wrong-type"),
        ("max_age", RawValue::Number("2h".to_owned()), ""),
        ("max_age", text("2h"), "max_age wrong-type"),
        ("max_age", word("HOUR"), "max_age syntax"),
    ];
    for (key, value, expected) in rows {
        let origins = (key != "origins").then(|| entry("origins", list([text("https://a.example")])));
        let mut all = keys([(key, value.clone())]);
        all.entries.extend(origins);
        let (policy, mistakes) = checked(all);
        assert_eq!(mistakes.join(", "), expected, "{key}: {value}");
        assert_eq!(policy.is_some(), mistakes.is_empty(), "{key}: {value}");
    }
}

#[test]
fn what_was_reported_while_it_was_read_is_not_reported_again_and_gives_no_policy() {
    let origins = || list([text("https://a.example")]);
    let broken = [
        vec![entry("origins", RawValue::Broken)],
        vec![entry("origins", list([text("https://a.example"), RawValue::Broken]))],
        vec![entry("origins", origins()), entry("credentials", RawValue::Broken)],
        vec![entry("origins", origins()), entry("max_age", RawValue::Broken)],
        vec![entry("origins", origins()), entry("methods", RawValue::Broken)],
        vec![entry("origins", origins()), entry("allow_headers", list([RawValue::Broken]))],
        vec![entry("origins", origins()), entry("expose_headers", list([text("ETag"), RawValue::Broken]))],
        vec![entry("origins", origins()), entry("dangerously_allow", RawValue::Broken)],
        vec![entry("origins", origins()), entry("on_denied", RawValue::Broken)],
        vec![entry("rules", RawValue::Broken)],
        vec![entry("rules", list([RawValue::Broken]))],
        vec![entry("rules", list([RawValue::Keys(keys([("origins", RawValue::Broken)]))]))],
    ];
    for entries in broken {
        let shown = format!("{entries:?}");
        let (policy, mistakes) = checked(Keys { entries, ..Keys::default() });
        assert!(policy.is_none() && mistakes.is_empty(), "{shown}: {mistakes:?}");
    }
}

#[test]
fn origins_are_not_missed_where_a_key_could_not_be_read() {
    let incomplete = |entries| Keys { is_incomplete: true, ..entries };
    let (policy, mistakes) = checked(incomplete(keys([("credentials", RawValue::Flag(true))])));
    assert!(policy.is_none() && mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(self::mistakes([("credentials", RawValue::Flag(true))]), ["origins missing"]);
    let (_, mistakes) = checked(incomplete(keys([("origins", list([text("null")]))])));
    assert_eq!(mistakes, ["origins[0] unsafe-origin"], "origins that are there are looked at");
}

#[test]
fn parts_for_other_builds_are_as_if_not_written() {
    let origins = ("origins", list([text("https://a.example")]));
    assert_eq!(mistakes([origins.clone(), ("methods", RawValue::Absent), ("unheard_of", RawValue::Absent)]), [""; 0]);
    assert_eq!(mistakes([("origins", RawValue::Absent), origins.clone()]), [""; 0], "the one of this build");
    assert_eq!(mistakes([origins.clone(), ("origins", RawValue::Absent)]), [""; 0]);
    assert_eq!(mistakes([origins.clone(), origins.clone()]), ["origins duplicate-key"]);
    assert_eq!(mistakes([("origins", list([RawValue::Absent]))]), ["origins empty-list"]);
    assert_eq!(mistakes([("origins", list([RawValue::Absent, text("https://a.example")]))]), [""; 0]);
    let rule = |entries| RawValue::Keys(entries);
    let of_policy = || rule(keys([("origins", text("*")), ("on_denied", RawValue::Absent)]));
    assert_eq!(mistakes([("rules", list([of_policy(), RawValue::Absent]))]), [""; 0]);
    let misplaced = rule(keys([("origins", text("*")), ("on_denied", word("reject"))]));
    assert_eq!(mistakes([("rules", list([misplaced]))]), ["rules[0].on_denied misplaced-key"]);
}

#[test]
fn an_optional_variable_that_is_not_set_leaves_nothing_and_is_no_empty_list() {
    let (policy, mistakes) = checked(keys([("origins", list([RawValue::Unset]))]));
    assert_eq!(mistakes, [""; 0]);
    let policy = policy.expect("it is a policy");
    assert_eq!(policy.to_draft().validate().as_ref(), Ok(&policy));
    let Origins::Listed(origins) = policy.rules()[0].origins() else { panic!("a list") };
    assert!(origins.is_empty() && !origins.matches(b"https://a.example") && !origins.matches(b""));
    assert_eq!(
        self::mistakes([
            ("origins", list([text("https://a.example")])),
            ("dangerously_allow", list([RawValue::Unset]))
        ]),
        [""; 0]
    );
}

#[test]
fn no_origins_are_not_hidden_by_a_rule_for_everybody_but_those_of_other_environments_are() {
    let rules = |last| {
        let rule = |origins| RawValue::Keys(keys([("origins", origins)]));
        mistakes([("rules", list([rule(text("*")), rule(last)]))])
    };
    assert_eq!(rules(list([])), ["rules[1].origins empty-list"]);
    assert_eq!(rules(list([RawValue::Unset])), ["rules[1].origins after-wildcard"]);
    assert_eq!(rules(list([text("https://a.example")])), ["rules[1].origins after-wildcard"]);
}

#[test]
fn what_a_variable_that_is_not_set_would_have_needed_is_not_known() {
    let with = |origins| {
        mistakes([
            ("origins", list(origins)),
            ("credentials", RawValue::Flag(true)),
            ("dangerously_allow", list([word("insecure_origins")])),
        ])
    };
    assert_eq!(with([RawValue::Unset, text("https://a.example")]), [""; 0]);
    assert_eq!(with([RawValue::Absent, text("https://a.example")]), ["dangerously_allow[0] allows-nothing"]);
    assert_eq!(with([text("http://a.example"), text("https://a.example")]), [""; 0]);
}

#[test]
fn a_danger_without_need_is_a_mistake_that_leaves_a_policy() {
    let origins = || ("origins", list([text("https://a.example")]));
    let (policy, mistakes) = checked(keys([origins(), ("dangerously_allow", list([word("insecure_origins")]))]));
    assert_eq!(mistakes, ["dangerously_allow[0] allows-nothing"]);
    assert!(policy.is_some());
    let both = list([word("insecure_origins"), word("insecure")]);
    let (policy, mistakes) = checked(keys([origins(), ("dangerously_allow", both)]));
    assert_eq!(mistakes, ["dangerously_allow[0] allows-nothing", "dangerously_allow[1] unknown-value"]);
    assert!(policy.is_none());
    let dangers = || ("dangerously_allow", list([word("insecure_origins")]));
    assert!(checked(keys([origins(), dangers(), ("methods", list([text("put")]))])).0.is_none());
    assert!(checked(keys([origins(), dangers(), ("methods", RawValue::Broken)])).0.is_none());
    assert!(checked(keys([origins(), dangers(), ("metods", list([text("PUT")]))])).0.is_none());
}

#[test]
fn a_mistake_in_a_rule_is_at_the_name_that_stands_in_that_rule() {
    let rule = |origin: &str, name: &str| {
        let rule = keys([("origins", list([text(origin)])), (name, list([text("put")]))]);
        RawValue::Keys(rule)
    };
    let rules = list([rule("https://a.example", "metods"), rule("https://b.example", "methods")]);
    let found = ["rules[0].metods unknown-key", "rules[0].metods[0] method-case", "rules[1].methods[0] method-case"];
    let mut mistakes = mistakes([("rules", rules)]);
    mistakes.sort();
    assert_eq!(mistakes, found);
}

#[test]
fn a_mistake_is_at_the_name_the_value_or_the_item_that_it_is_about() {
    let marks = |keys: Keys| {
        let document = Document { notation: Notation::Source, content: RawValue::Keys(keys), ..Document::default() };
        check(&document).1.iter().map(|(mark, _)| *mark).collect::<Vec<_>>()
    };
    let marked = |name: &str, value| Entry { name_mark: 5, value_mark: 6, ..entry(name, value) };
    let of = |entries: Vec<Entry>| Keys { entries, ..Keys::default() };
    let rule = |keys| RawValue::List(vec![Item { index: 0, mark: 7, variable: None, value: RawValue::Keys(keys) }]);
    let items = |value| RawValue::List(vec![Item { index: 0, mark: 8, variable: None, value }]);
    assert_eq!(marks(of(vec![])), [0]);
    assert_eq!(marks(of(vec![marked("origins", RawValue::Absent)])), [5], "missing in this build");
    assert_eq!(marks(of(vec![marked("rules", rule(of(vec![])))])), [7], "missing in a rule");
    assert_eq!(marks(of(vec![marked("rules", rule(of(vec![marked("origins", RawValue::Absent)])))])), [5]);
    assert_eq!(marks(of(vec![marked("origins", RawValue::Flag(true))])), [6]);
    assert_eq!(marks(of(vec![marked("origins", list([]))])), [6]);
    assert_eq!(marks(of(vec![marked("origins", items(RawValue::Absent))])), [5], "no item in this build");
    assert_eq!(marks(of(vec![marked("origins", items(text("null")))])), [8]);
    assert_eq!(marks(of(vec![marked("rules", items(text("null")))])), [8]);
    assert_eq!(marks(of(vec![marked("rules", list([]))])), [6]);
    assert_eq!(marks(of(vec![marked("rules", items(RawValue::Absent))])), [5], "no rule in this build");
    assert_eq!(marks(of(vec![marked("origins", text("*")), marked("metods", items(text("put")))])), [8, 5]);
}

#[test]
fn a_guess_at_a_misspelt_key_is_taken_where_its_value_has_the_form_of_one() {
    let origins = || list([text("https://a.example")]);
    let rows = [
        (vec![entry("origin", origins())], vec!["origin unknown-key"]),
        (vec![entry("origin", list([text("null")]))], vec!["origin unknown-key", "origin[0] unsafe-origin"]),
        (vec![entry("origin", RawValue::Flag(true))], vec!["origin unknown-key"]),
        (vec![entry("origin", list([]))], vec!["origin unknown-key"]),
        // The second key is not read as the key of the first.
        (vec![entry("origin", origins()), entry("orgins", list([]))], vec!["origin unknown-key", "orgins unknown-key"]),
        (
            vec![entry("origin", origins()), entry("orgins", list([text("null")]))],
            vec!["origin unknown-key", "orgins unknown-key"],
        ),
    ];
    for (entries, expected) in rows {
        let shown = format!("{entries:?}");
        let (policy, mut mistakes) = checked(Keys { entries, ..Keys::default() });
        let mut expected = expected.clone();
        mistakes.sort();
        expected.sort_unstable();
        assert_eq!(mistakes, expected, "{shown}");
        assert!(policy.is_none());
    }
}
