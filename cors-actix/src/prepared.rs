//! A policy with its header values, made once: while compiling for a policy in source, at construction for the rest.

use std::borrow::Cow;

#[cfg(feature = "tracing")]
use crate::log::Said;
use actix_web::http::header::HeaderValue;
use cors_core::{OnDenied, Policy, ResponseHeader, Rule, Value};

/// A policy and the values of every header that it can send.
#[derive(Debug)]
pub struct Prepared {
    policy: Policy,
    rules: Cow<'static, [PreparedRule]>,
    varies: bool,
    #[cfg(feature = "tracing")]
    said: Said,
}

const VARY: HeaderValue = HeaderValue::from_static(Policy::__VARY);
const CREDENTIALS: HeaderValue = HeaderValue::from_static(Rule::__CREDENTIALS);

/// A policy that allows nothing: the value of an expansion that reported a mistake.
pub const fn nothing() -> Prepared {
    Prepared::from_static(cors_core::__private::checked_policy(&[], OnDenied::Forward), &[])
}

/// The header values of one rule.
#[derive(Clone, Debug)]
pub struct PreparedRule {
    /// In the order of [`ResponseHeader::ALL`]; none where the rule sends nothing, or what was asked for.
    values: [Option<HeaderValue>; 6],
    preflight_vary: Option<HeaderValue>,
}

impl Prepared {
    /// Puts together what the macro's statics hold.
    pub const fn from_static(policy: Policy, rules: &'static [PreparedRule]) -> Self {
        Self {
            varies: policy.vary().is_some(),
            policy,
            rules: Cow::Borrowed(rules),
            #[cfg(feature = "tracing")]
            said: Said::not_yet(),
        }
    }

    pub(crate) fn new(policy: Policy) -> Self {
        let rules = policy.rules().iter().map(|rule| PreparedRule::new(&policy, rule)).collect();
        Self {
            varies: policy.vary().is_some(),
            policy,
            rules: Cow::Owned(rules),
            #[cfg(feature = "tracing")]
            said: Said::not_yet(),
        }
    }

    #[cfg(feature = "tracing")]
    pub(crate) const fn said(&self) -> &Said {
        &self.said
    }

    #[inline]
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The value is a constant, and no clone: 14 instructions less.
    #[inline]
    pub(crate) const fn vary(&self) -> Option<HeaderValue> {
        if self.varies { Some(VARY) } else { None }
    }

    /// The values of the rule at this position.
    #[inline]
    pub(crate) fn rule(&self, index: usize) -> Option<&PreparedRule> {
        self.rules.get(index)
    }
}

impl PreparedRule {
    #[inline]
    pub(crate) const fn value(&self, header: ResponseHeader) -> Option<&HeaderValue> {
        self.values[header as usize].as_ref()
    }

    /// A constant too: 13 instructions less.
    #[inline]
    pub(crate) const fn credentials(&self) -> Option<HeaderValue> {
        if self.value(ResponseHeader::AllowCredentials).is_some() { Some(CREDENTIALS) } else { None }
    }

    #[inline]
    pub(crate) const fn preflight_vary(&self) -> Option<&HeaderValue> {
        self.preflight_vary.as_ref()
    }

    /// The values of a rule of a static policy.
    pub const fn from_static(policy: &'static Policy, rule: &'static Rule) -> Self {
        const fn value(rule: &'static Rule, header: ResponseHeader) -> Option<HeaderValue> {
            match rule.value(header) {
                Some(Value::Text(text)) => Some(HeaderValue::from_static(text)),
                Some(Value::Requested) | None => None,
            }
        }
        let [origin, credentials, methods, headers, max_age, expose] = ResponseHeader::ALL;
        let preflight_vary = match policy.preflight_vary(rule) {
            Some(vary) => Some(HeaderValue::from_static(vary)),
            None => None,
        };
        Self {
            values: [
                value(rule, origin),
                value(rule, credentials),
                value(rule, methods),
                value(rule, headers),
                value(rule, max_age),
                value(rule, expose),
            ],
            preflight_vary,
        }
    }

    fn new(policy: &Policy, rule: &Rule) -> Self {
        let value = |header| match rule.value(header) {
            // Names and numbers always are header values; if one were not, its header would be missing and nothing granted.
            // The first clone of a value makes it shareable, which allocates: here, and not in the first request.
            Some(Value::Text(text)) => HeaderValue::from_str(text).ok().inspect(|value| drop(value.clone())),
            Some(Value::Requested) | None => None,
        };
        let preflight_vary = policy.preflight_vary(rule).map(HeaderValue::from_static);
        Self { values: ResponseHeader::ALL.map(value), preflight_vary }
    }
}
