//! The decisions of several policies.

use serde_json::{Value as Json, json};

use crate::observe::{PolicyDecision, ShadowDecision};

/// Returns a line for each policy, the outermost first, and for each shadow policy. No lines for a single policy: the
/// picture shows it.
pub(super) fn lines(decided: &[PolicyDecision]) -> Vec<Json> {
    if decided.len() < 2 && decided.iter().all(|seen| seen.shadow.is_none()) {
        return Vec::new();
    }
    decided
        .iter()
        .flat_map(|seen| [Some(of_policy(seen)), seen.shadow.map(|shadow| of_shadow(seen, shadow))])
        .flatten()
        .collect()
}

fn of_policy(seen: &PolicyDecision) -> Json {
    let name = seen.name;
    match seen.denial {
        Some(denial) => json!({ "mood": "bad", "text": format!("{name} refuses: {denial}") }),
        None => json!({ "mood": "good", "text": format!("{name} refuses nothing") }),
    }
}

fn of_shadow(seen: &PolicyDecision, shadow: ShadowDecision) -> Json {
    let name = format!("the shadow policy of {}", seen.name);
    match shadow {
        ShadowDecision::Refused(denial) => json!({ "mood": "bad", "text": format!("{name} would refuse: {denial}") }),
        ShadowDecision::RefusedNothing => json!({ "mood": "good", "text": format!("{name} would refuse nothing") }),
        ShadowDecision::Unknown => {
            json!({ "mood": "", "text": format!("{name} was not tried: it would have to ask its source") })
        }
    }
}
