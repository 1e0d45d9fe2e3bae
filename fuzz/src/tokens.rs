//! The policy between the braces of `cors_policy!`: the same policy as data, with the same mistakes, and a policy is written as it was read.

mod data;

use std::collections::BTreeMap;

use cors_core::{Issue, Policy, PolicyDraft};
use proc_macro2::TokenStream;
use quote::quote;

use crate::assert_plain;
use crate::configuration::{CfgOptions, Combination, Predicate};
use crate::source::Source;
use crate::{build, expand, parse, report};
use data::Options;

/// A mistake: its place and its code.
type Mistake = (String, &'static str);

/// A text is the policy in source.
pub fn check(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(tokens) = text.parse::<TokenStream>() else { return };
    let expansion = expand::expand(quote!([cors] #tokens)).to_string();
    assert!(expansion.parse::<TokenStream>().is_ok(), "{text:?} expands to {expansion}");

    let source = parse::parse(TokenStream::new(), tokens.clone());
    let builds = build::check(&source);
    let issues: Vec<Issue> = report::collect(&source, &builds).into_iter().map(|located| located.issue).collect();
    for issue in &issues {
        assert_plain(&format!("    {issue}").replace('\n', "\n    "));
    }
    // What the compiler evaluates has no value here.
    let is_right = issues.is_empty() && source.unset.is_empty();
    assert!(is_right != expansion.contains("compile_error !"), "{text:?} expands to {expansion}");

    if !data::needs_compiler(tokens.clone()) {
        let is_in_all_builds = matches!(builds.as_slice(), [_]);
        for build in &builds {
            let keys = data::keys(tokens.clone(), &options(&source, build.combination));
            match (keys.map(|json| draft(&json).validate()), &build.policy) {
                (None, _) => assert!(!is_right, "{text:?} is no data and has no mistake"),
                (Some(Ok(policy)), found) => {
                    assert!(!is_right || found.as_ref() == Some(&policy), "{text:?}\n{policy:?}\n{found:?}");
                    assert!(is_right || !is_in_all_builds, "{text:?} is right as data, and has {issues:?}");
                }
                (Some(Err(expected)), _) if is_in_all_builds => {
                    assert_eq!(mistakes(&issues), mistakes(&expected), "{text:?}");
                }
                // A danger that another build needs.
                (Some(Err(expected)), _) => {
                    let is_needed_elsewhere = expected.iter().all(|issue| issue.kind().code() == "allows-nothing");
                    assert!(!is_right || is_needed_elsewhere, "{text:?} has as data {expected:?}");
                }
            }
        }
    }
    if is_right {
        builds.iter().filter_map(|build| build.policy.as_ref()).for_each(written_as_read);
    }
}

fn draft(json: &str) -> PolicyDraft {
    serde_json::from_str(json).expect("no content is an error")
}

fn mistakes<'i>(issues: impl IntoIterator<Item = &'i Issue>) -> Vec<Mistake> {
    let mistake = |issue: &Issue| (issue.place().to_string(), issue.kind().code());
    let mut mistakes: Vec<_> = issues.into_iter().map(mistake).collect();
    mistakes.sort();
    mistakes
}

/// The options of a build by their text, each with whether it holds.
fn options(source: &Source, build: Combination) -> Options {
    let text = |predicate: &Predicate, options: &CfgOptions| predicate.tokens(options).to_string();
    let Predicate::All(options) = build.predicate(&source.options) else { unreachable!("a build is a conjunction") };
    let option = |option: &Predicate| match option {
        Predicate::Not(option) => (text(option, &source.options), false),
        option => (text(option, &source.options), true),
    };
    options.iter().map(option).collect::<BTreeMap<_, _>>()
}

fn written_as_read(policy: &Policy) {
    let text = policy.to_string();
    let source = parse::parse(TokenStream::new(), text.parse().expect("tokens"));
    let builds = build::check(&source);
    assert!(report::collect(&source, &builds).is_empty(), "{text:?} has mistakes");
    let again: Vec<_> = builds.iter().filter_map(|build| build.policy.as_ref()).collect();
    assert_eq!(again, [policy], "{text:?}");
}
