//! Texts for mistakes between rules, and between a rule and the keys of the policy.

use super::{Literal, Message, code, entry, origins_of_app, parts, user};
use crate::{Key, OriginPattern};

/// Says which rule decides if several match.
const FIRST_DECIDES: &str = "the first rule whose origins match decides";

pub(super) fn unreachable(origin: &str, by: &OriginPattern, rule: String) -> Message {
    let former = || code(rule.clone());
    let summary = match by.as_str() {
        same if same == origin => {
            parts![user(origin), " stands in ", former(), " already, so it never gets to this rule"]
        }
        wider => {
            parts![user(origin), " is matched by ", user(wider), " of ", former(), ", so it never gets to this rule"]
        }
    };
    let help = parts!["put this rule before ", former(), ", or remove the origin from one of the two"];
    Message::new(summary, help, parts![FIRST_DECIDES])
}

pub(super) fn after_wildcard(rule: String) -> Message {
    let former = || code(rule.clone());
    Message::new(
        parts![
            former(),
            " with ",
            entry(&Key::Origins, Literal::text("*")),
            " takes every request, so none gets to this rule",
        ],
        parts!["put this rule before ", former(), ", or remove one of the two"],
        parts![FIRST_DECIDES],
    )
}

pub(super) fn source_never_asked() -> Message {
    Message::new(
        parts![user("*"), " matches every origin, so the source of origins would never be asked"],
        parts!["remove ", &Key::Origins, ", or list those that need not be asked for: ", origins_of_app()],
        parts!["a source is asked for origins that no list matches"],
    )
}

pub(super) fn source_with_none() -> Message {
    Message::new(
        parts!["a policy for nobody cannot ask a source of origins"],
        parts!["remove ", &Key::Origins, ", or list those that need not be asked for: ", origins_of_app()],
        parts![
            entry(&Key::Origins, Literal::bare("none")),
            " switches the policy off, and the source knows who may read"
        ],
    )
}

pub(super) fn none_in_rule() -> Message {
    Message::new(
        parts!["a rule for nobody never decides"],
        parts![
            "remove the rule; to switch the whole policy off, write ",
            entry(&Key::Origins, Literal::bare("none")),
            " in the policy, without ",
            &Key::Rules,
        ],
        parts![FIRST_DECIDES],
    )
}

pub(super) fn never_acts() -> Message {
    Message::new(
        parts![
            entry(&Key::OnDenied, Literal::bare("reject")),
            " never acts, since a rule with ",
            entry(&Key::Origins, Literal::text("*")),
            " denies nobody",
        ],
        parts!["remove ", &Key::OnDenied, ", or list in ", &Key::Origins, " who may read: ", origins_of_app()],
        parts!["CORS is no protection against requests; here it could not even refuse one"],
    )
}

pub(super) fn beside_keys_of_one_rule() -> Message {
    Message::without_note(
        parts![&Key::Rules, " stands beside keys of a single rule"],
        parts!["move those keys into an item of ", &Key::Rules, ": { ", origins_of_app(), " }"],
    )
}

pub(super) fn misplaced_key(key: &Key) -> Message {
    match key {
        Key::Rules => Message::without_note(
            parts!["a rule has rules of its own"],
            parts!["put them into the ", &Key::Rules, " of the policy, in the order in which they shall decide"],
        ),
        _ => Message::new(
            parts![key, " is of the policy, not of a rule"],
            parts!["move ", key, " out of the rule, beside ", &Key::Rules],
            parts!["it says what becomes of requests that no rule is for"],
        ),
    }
}
