//! The policies of the app, as they are whenever somebody looks.

use std::sync::Arc;

use cors_core::{Origins, Policy, RequestHeader, ResponseHeader, Rule, Value, Vary};
use serde_json::{Value as Json, json};

use super::picture::titled;
use crate::Cors;

/// What [`Inspector::policy`](crate::Inspector::policy) shows: [`Cors`], and with their features `LiveCors` and `DynamicCors`. It
/// cannot be implemented elsewhere.
///
/// ```
/// use cors_actix::{Inspected, Inspector};
///
/// fn inspector_of(policies: Vec<(String, impl Inspected)>) -> Inspector {
///     policies.into_iter().fold(Inspector::new(), |inspector, (name, policy)| inspector.policy(name, policy))
/// }
/// ```
pub trait Inspected: sealed::Reads {}

mod sealed {
    use cors_core::Policy;

    pub trait Reads: Send + Sync + 'static {
        /// What the page says of it besides its text.
        const NOTE: &str;

        fn present(&self) -> Policy;
    }
}

use sealed::Reads;

impl Inspected for Cors {}

impl Reads for Cors {
    const NOTE: &str = "";

    fn present(&self) -> Policy {
        self.policy().clone()
    }
}

#[cfg(feature = "live")]
impl Inspected for crate::LiveCors {}

#[cfg(feature = "live")]
impl Reads for crate::LiveCors {
    const NOTE: &str = "Live: this is its present text.";

    fn present(&self) -> Policy {
        self.policy()
    }
}

#[cfg(feature = "dynamic")]
impl Inspected for crate::DynamicCors {}

#[cfg(feature = "dynamic")]
impl Reads for crate::DynamicCors {
    const NOTE: &str = "Dynamic: a source is asked for origins that are not listed. This page never asks it.";

    fn present(&self) -> Policy {
        self.policy().clone()
    }
}

/// A policy with the name that the app gives it.
#[derive(Clone)]
pub(super) struct Named {
    pub(super) name: String,
    note: &'static str,
    present: Arc<dyn Fn() -> Policy + Send + Sync>,
}

impl Named {
    pub(super) fn new<P: Inspected>(name: String, policy: P) -> Self {
        Self { name, note: P::NOTE, present: Arc::new(move || policy.present()) }
    }

    pub(super) fn present(&self) -> Policy {
        (self.present)()
    }

    /// For the page: its text, and what each rule sends.
    pub(super) fn shown(&self, policy: &Policy) -> Json {
        let rules: Vec<Json> = policy.rules().iter().map(|rule| shown_rule(policy, rule)).collect();
        json!({ "name": self.name, "note": self.note, "text": policy.to_string(), "rules": rules })
    }
}

/// So many origins name a rule; its text has them all.
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
            let (name, value) = (titled(header.name()), rule.value(*header)?);
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

/// What an answer repeats of its request.
const fn repeated(line: RequestHeader) -> &'static str {
    match line {
        RequestHeader::Origin => "the page’s origin",
        RequestHeader::AccessControlRequestMethod => "the method that is asked for",
        RequestHeader::AccessControlRequestHeaders => "the headers that are asked for",
    }
}
