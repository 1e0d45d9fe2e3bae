//! The macro reads the same rules that it writes.

use cors_core::__private::packed::{Packed, Packing};
use cors_core::{PolicyDraft, Rule, RuleDraft};

/// Returns a rule with this number of origins, and patterns of each kind.
fn rule(origins: usize, patterns: usize) -> RuleDraft {
    let origins = (0..origins).map(|number| format!("https://o{number}.example"));
    let patterns = (0..patterns).flat_map(|number| {
        [
            format!("https://*.b{number}.example"),
            format!("https://h{number}.example:*"),
            format!("http://*.a{number}:*"),
        ]
    });
    RuleDraft::new().origins(origins.chain(patterns).collect::<Vec<_>>())
}

fn read<const COUNT: usize>(draft: PolicyDraft) {
    let policy = draft.validate().unwrap_or_else(|issues| panic!("{issues}"));
    let Packing { texts, numbers, displacements, lengths } = Packing::of(&policy);
    let texts = texts.into_iter().map(|text| &*text.leak()).collect::<Vec<_>>();
    let packed = Packed {
        texts: texts.leak(),
        numbers: numbers.leak(),
        displacements: displacements.leak(),
        lengths: lengths.leak(),
    };
    let rules: [Rule; COUNT] = packed.rules();
    assert_eq!(rules.as_slice(), policy.rules());
}

#[test]
fn lists_of_all_kinds_are_read_as_they_were_written() {
    for (origins, patterns) in [(1, 0), (100, 0), (0, 1), (0, 40), (3, 2), (100, 40)] {
        read::<1>(PolicyDraft::new().rules([rule(origins, patterns)]));
    }
}

#[test]
fn rules_are_read_in_their_order() {
    let names =
        RuleDraft::new().origins("*").methods(["PUT"]).allow_headers(["X-A"]).expose_headers(["X-B"]).max_age("1h");
    read::<3>(PolicyDraft::new().rules([rule(2, 0).credentials(true), rule(0, 40).methods(["DELETE"]), names]));
}

#[test]
fn names_of_every_kind_and_a_rule_for_a_source_are_read_as_they_were_written() {
    let kinds = RuleDraft::new().origins("*").methods(["GET"]).allow_headers("*").expose_headers("*");
    read::<1>(PolicyDraft::new().rules([kinds]));
    let beside = RuleDraft::new().origins("*").methods("*").allow_headers(["*", "Authorization"]);
    read::<1>(PolicyDraft::new().rules([beside]));
    read::<2>(PolicyDraft::new().rules([rule(1, 0).credentials(true)]).ask_for_other_origins());
}
