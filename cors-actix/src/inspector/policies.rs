//! The present policies of the app.

use cors_browser::canonical_name;
use cors_core::{Origins, Policy, RequestHeader, ResponseHeader, Rule, Value, Vary};
use serde_json::{Value as Json, json};

use crate::held::Held;
use crate::{Cors, CurrentPolicy};

/// A policy of the app.
#[derive(Clone)]
pub(super) struct Named {
    pub(super) name: String,
    cors: Cors,
}

impl Named {
    pub(super) fn new(cors: Cors) -> Self {
        Self { name: cors.policy_name().to_string(), cors }
    }

    pub(super) fn present(&self) -> CurrentPolicy {
        self.cors.policy()
    }

    /// Returns a note about the policy for the page.
    const fn note(&self) -> &'static str {
        if self.cors.options.questions.is_some() {
            "The policy asks a source about origins that it does not list. This page never asks the source."
        } else if matches!(self.cors.held, Held::Replaceable(_)) {
            "It can be replaced: this is its present text."
        } else {
            ""
        }
    }

    /// Returns the text of the policy and the headers of each rule, for the page.
    pub(super) fn shown(&self, policy: &Policy) -> Json {
        let rules: Vec<Json> = policy.rules().iter().map(|rule| shown_rule(policy, rule)).collect();
        let shadow = self.cors.options.observers.shadow.as_ref().map(|shadow| shadow.policy().to_string());
        json!({ "name": self.name, "note": self.note(), "text": policy.to_string(), "rules": rules, "shadow": shadow })
    }
}

/// Maximum number of origins in the title of a rule. The text of the policy has all.
const NAMED: usize = 4;

fn shown_rule(policy: &Policy, rule: &Rule) -> Json {
    let whom = match rule.origins() {
        Origins::Any => "every page".to_owned(),
        Origins::Listed(patterns) => {
            let texts: Vec<String> = patterns.iter().take(NAMED).map(|pattern| pattern.to_string()).collect();
            let more = patterns.iter().skip(NAMED).count();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("pages of {}{more}", texts.join(", "))
        }
        _ => "pages of origins that its source knows".to_owned(),
    };
    let lines = |headers: &[ResponseHeader], vary: Option<Vary>| -> Vec<Json> {
        let of_rule = headers.iter().filter_map(|header| {
            let (name, value) = (canonical_name(header.name()), rule.value(*header)?);
            Some(match value {
                Value::Text(text) => json!({ "name": name, "value": text }),
                Value::Requested(line) => json!({ "name": name, "repeats": repeated(line) }),
            })
        });
        of_rule.chain(vary.map(|vary| json!({ "name": "Vary", "value": vary.text() }))).collect()
    };
    use ResponseHeader::{AllowCredentials, AllowHeaders, AllowMethods, AllowOrigin, ExposeHeaders, MaxAge};
    json!({
        "whom": whom,
        "preflight": lines(&[AllowOrigin, AllowCredentials, AllowMethods, AllowHeaders, MaxAge], policy.preflight_vary(rule)),
        "answer": lines(&[AllowOrigin, AllowCredentials, ExposeHeaders], policy.vary()),
    })
}

/// Describes the part of a request that an answer echoes.
const fn repeated(line: RequestHeader) -> &'static str {
    match line {
        RequestHeader::Origin => "the page’s origin",
        RequestHeader::AccessControlRequestMethod => "the method that is asked for",
        RequestHeader::AccessControlRequestHeaders => "the headers that are asked for",
    }
}
