//! The table of public suffixes, beside the crate `psl`, which compiles the same list into code.

use std::collections::BTreeSet;

use cors_core::{PublicSuffixes, SuffixList, SuffixSection};
use psl::Type;

const TABLES: [&str; 2] =
    [include_str!("../../cors-core/src/suffixes/icann.txt"), include_str!("../../cors-core/src/suffixes/private.txt")];

fn rules() -> BTreeSet<String> {
    let lines = TABLES.iter().flat_map(|table| table.lines()).filter(|line| !line.starts_with('/'));
    lines.map(|line| line.rsplit('.').collect::<Vec<_>>().join(".")).collect()
}

/// The hosts of all rules, their parents, and hosts one and two labels below.
fn hosts() -> BTreeSet<String> {
    let around = |rule: String| {
        let host = rule.trim_start_matches("*.").trim_start_matches('!');
        [parent(host).unwrap_or(host).to_owned(), host.to_owned(), format!("a.{host}"), format!("b.a.{host}")]
    };
    rules().into_iter().flat_map(around).collect()
}

fn parent(host: &str) -> Option<&str> {
    host.split_once('.').map(|(_, parent)| parent)
}

#[test]
fn a_host_is_a_suffix_and_registered_as_another_implementation_has_it() {
    let mut differences = BTreeSet::new();
    let hosts = hosts();
    for host in &hosts {
        let known = psl::suffix(host.as_bytes()).filter(|suffix| suffix.is_known());
        let section = known.filter(|suffix| suffix.as_bytes() == host.as_bytes()).and_then(|suffix| suffix.typ());
        let section = section.map(|section| match section {
            Type::Icann => SuffixSection::Icann,
            Type::Private => SuffixSection::Private,
        });
        let registrable = psl::domain(host.as_bytes()).filter(|name| name.suffix().is_known());
        let registrable = registrable.and_then(|name| str::from_utf8(name.as_bytes()).ok());
        let ours = (PublicSuffixes.section(host), PublicSuffixes.registrable(host));
        if ours != (section, registrable) {
            differences.insert(host.as_str());
        }
    }
    assert!(hosts.len() > 20_000, "{}", hosts.len());
    // `psl` forgets a rule for every label at a label that has such a rule itself: `*.run.app` beside `*.mtls.run.app`.
    let rules = rules();
    let has_rule_for_every_label = |host: &str| rules.contains(&format!("*.{host}"));
    let forgotten = |host: &&str| has_rule_for_every_label(host) && parent(host).is_some_and(has_rule_for_every_label);
    let forgotten: BTreeSet<&str> = hosts.iter().map(String::as_str).filter(forgotten).collect();
    let of_another_version = BTreeSet::from(["helsinki", "a.helsinki", "b.a.helsinki"]);
    assert_eq!(differences, &forgotten | &of_another_version);
}

#[test]
fn a_host_above_a_suffix_knows_one_below() {
    let rules = rules();
    for host in hosts() {
        let Some(below) = PublicSuffixes.below(&host) else { continue };
        assert!(below.ends_with(&format!(".{host}")), "{below} is not below {host}");
        assert!(rules.contains(&below), "{below} is no rule");
    }
    for rule in rules.into_iter().filter(|rule| !rule.starts_with('!') && rule.contains('.')) {
        let below = parent(&rule).and_then(|parent| PublicSuffixes.below(parent));
        assert!(below.is_some_and(|below| below.len() <= rule.len()), "{rule}");
    }
}
