//! Words for mistakes that rules have among each other, and with what is of the whole policy.

use super::Words;
use crate::{Key, OriginPattern};

/// Which rule decides where several could.
const FIRST_DECIDES: &str = "the first rule whose origins match decides";

pub(super) fn unreachable(origin: &str, by: &OriginPattern, rule: usize) -> Words {
    let summary = match by.to_string() {
        same if same == origin => format!("{origin:?} stands in rules[{rule}] already, so it never gets to this rule"),
        wider => format!("{origin:?} is matched by {wider:?} of rules[{rule}], so it never gets to this rule"),
    };
    let help = format!("put this rule before rules[{rule}], or remove the origin from one of the two");
    Words::new(summary, help, FIRST_DECIDES)
}

pub(super) fn after_wildcard(rule: usize) -> Words {
    Words::new(
        format!("rules[{rule}] with origins: \"*\" takes every request, so none gets to this rule"),
        format!("put this rule before rules[{rule}], or remove one of the two"),
        FIRST_DECIDES,
    )
}

pub(super) fn never_asked() -> Words {
    Words::new(
        "\"*\" matches every origin, so the source of origins would never be asked",
        "remove `origins`, or list those that need not be asked for: origins: [\"https://app.example.com\"]",
        "a source is asked for origins that no list matches",
    )
}

pub(super) fn asked_for_nobody() -> Words {
    Words::new(
        "a policy for nobody cannot ask a source of origins",
        "remove `origins`, or list those that need not be asked for: origins: [\"https://app.example.com\"]",
        "`none` switches the policy off, and the source knows who may read",
    )
}

pub(super) fn nobody_in_rule() -> Words {
    Words::new(
        "a rule for nobody never decides",
        "remove the rule; to switch the whole policy off, write `none` at the `origins` of the policy, without `rules`",
        FIRST_DECIDES,
    )
}

pub(super) fn asked_before_others() -> Words {
    Words::new(
        "a rule before others asks a source of origins",
        "put the rule last",
        "a source is asked for origins that no list matches, so its rule is the last",
    )
}

pub(super) fn never_acts() -> Words {
    Words::new(
        "on_denied: reject never acts, since a rule with origins: \"*\" denies nobody",
        "remove `on_denied`, or list in `origins` who may read: origins: [\"https://app.example.com\"]",
        "CORS is no protection against requests; here it could not even refuse one",
    )
}

pub(super) fn beside_keys_of_one_rule() -> Words {
    Words::without_note(
        "`rules` stands beside keys of a single rule",
        "move those keys into a rule: rules: [{ origins: [\"https://app.example.com\"] }]",
    )
}

pub(super) fn misplaced_key(key: &Key) -> Words {
    match key {
        Key::Rules => Words::without_note(
            "a rule has rules of its own",
            "put them into the `rules` of the policy, in the order in which they shall decide",
        ),
        _ => Words::new(
            format!("`{}` is of the policy, not of a rule", key.name()),
            format!("move `{}` out of the rule, beside `rules`", key.name()),
            "it says what becomes of requests that no rule is for",
        ),
    }
}
