//! `#[cfg(..)]`: which builds a policy has, how the expansion tells them apart, and what stands in each.

use super::{checked, mistakes, policies, tokens};
use crate::expand::expand;

/// A policy whose items have these attributes: `a` the first, `b` the second.
fn policy(attributes: &[&str]) -> String {
    let item = |(index, attribute): (usize, &&str)| {
        let name = char::from(b'a' + u8::try_from(index).expect("few"));
        format!("{attribute} \"https://{name}.example\", ")
    };
    let items: String = attributes.iter().enumerate().map(item).collect();
    format!("origins: [\"https://app.example.com\", {items}]")
}

/// The predicate of each build.
fn predicates(attributes: &[&str]) -> Vec<String> {
    let expansion = expand(tokens(&policy(attributes))).to_string();
    let builds = expansion.split("# [cfg (").skip(1);
    builds.map(|build| build.split_once(")] static").expect("a static").0.replace(' ', "")).collect()
}

/// The names of the items of each build.
fn items(attributes: &[&str]) -> Vec<String> {
    let names = |policy: String| {
        policy
            .split("https://")
            .filter_map(|item| item.split_once(".example\""))
            .map(|(name, _)| name.to_owned())
            .collect()
    };
    policies(&policy(attributes)).into_iter().map(names).collect()
}

#[test]
fn the_builds_are_all_combinations_of_the_options_that_are_possible() {
    assert_eq!(predicates(&[]), ["all()"]);
    assert_eq!(predicates(&["#[cfg(unix)]"]), ["all(not(unix))", "all(unix)"]);
    let three = ["all(not(unix),not(windows))", "all(unix,not(windows))", "all(not(unix),windows)"];
    assert_eq!(predicates(&["#[cfg(unix)]", "#[cfg(windows)]"]), three);
    assert_eq!(predicates(&["#[cfg(target_os = \"linux\")]", "#[cfg(target_os = \"macos\")]"]).len(), 3);
    assert_eq!(predicates(&["#[cfg(feature = \"x\")]", "#[cfg(feature = \"y\")]"]).len(), 4);
    assert_eq!(predicates(&["#[cfg(unix)]", "#[cfg(target_os = \"linux\")]"]).len(), 4);
    assert_eq!(predicates(&["#[cfg(debug_assertions)]", "#[cfg(test)]"]).len(), 4);
    assert_eq!(predicates(&["#[cfg(unix)]", "#[cfg(not(unix))]"]).len(), 2);
}

#[test]
fn an_item_is_in_the_builds_for_which_its_predicate_holds() {
    // The builds are: neither, the first option, the second one, both.
    let two = |predicate: &str| items(&["#[cfg(any(x, y))]", &format!("#[cfg({predicate})]")]);
    assert_eq!(two("all(x, y)"), ["", "a", "a", "ab"]);
    assert_eq!(two("any(x, y)"), ["", "ab", "ab", "ab"]);
    assert_eq!(two("all()"), ["b", "ab", "ab", "ab"]);
    assert_eq!(two("any()"), ["", "a", "a", "a"]);
    assert_eq!(two("not(x)"), ["b", "a", "ab", "a"]);
    assert_eq!(two("all(not(x), any(y, false))"), ["", "a", "ab", "a"]);
    assert_eq!(items(&["#[cfg(true)]", "#[cfg(false)]", "#[cfg(not(false))]"]), ["ac"]);
    assert_eq!(items(&["#[cfg(x)] #[cfg(y)]"]), ["", "", "", "a"]);
}

#[test]
fn what_is_no_predicate_and_no_cfg_is_a_mistake() {
    let malformed = |predicate: &str| format!("{predicate} is not a configuration predicate");
    for predicate in
        ["all[unix]", "feature - \"x\"", "feature = x", "not(x, y)", "not()", "some(x)", "x, y", "all(x,, y)"]
    {
        let found = mistakes(&policy(&[&format!("#[cfg({predicate})]")]));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].replace(' ', ""), malformed(predicate).replace(' ', ""));
    }
    for attribute in ["#[cfg[unix]]", "#[allow(unix)]", "#[cfg_attr(unix)]", "#[cfg = unix]"] {
        let found = mistakes(&policy(&[attribute]));
        assert!(found.len() == 1 && !found[0].ends_with("is not a configuration predicate"), "{attribute}: {found:?}");
    }
}

#[test]
fn a_mistake_below_a_cfg_is_of_every_build_that_has_its_place() {
    let rules = r#"rules: [
        #[cfg(unix)] { origins: ["https://a.example", #[cfg(feature = "x")] "https://b.example/"] },
        { origins: ["https://c.example"] },
    ]"#;
    let (_, _, found) = checked(rules);
    let texts: Vec<String> = found.iter().map(|located| located.issue.to_string()).collect();
    assert!(texts.len() == 1 && !texts[0].contains("in builds with"), "{texts:?}");
}

#[test]
fn a_mistake_is_reported_once_whichever_of_its_kind_stand_before_it_in_some_builds() {
    let (_, _, found) = checked(r#"origins: [#[cfg(unix)] "https://a.example/", "https://b.example/"]"#);
    let texts: Vec<String> = found.iter().map(|located| located.issue.to_string()).collect();
    assert!(texts.len() == 2 && texts.iter().all(|text| !text.contains("in builds with")), "{texts:?}");
}

#[test]
fn names_for_an_editor_are_in_no_other_expansion() {
    let expansion = expand(tokens(&policy(&[]))).to_string();
    assert!(!expansion.contains("keys ::"), "{expansion}");
}
