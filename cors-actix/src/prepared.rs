//! A policy with its header values, made once: while compiling for a policy in source, at construction for the rest.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use cors_core::__private::ALLOW_CREDENTIALS;
use cors_core::{OnDenied, Policy, ResponseHeader, Rule, Value, Vary};

use crate::record::Record;

/// A policy and the values of every header that it can send.
#[derive(Debug)]
pub struct Prepared {
    policy: Policy,
    rules: Cow<'static, [PreparedRule]>,
    has_vary: bool,
    record: Recorded,
    /// How many policies this one has replaced.
    version: u64,
}

/// A static has a record of its own; policies that replace each other share one.
#[allow(clippy::large_enum_variant, reason = "a policy has one, and a static cannot have a box")]
#[derive(Debug)]
enum Recorded {
    Own(Record),
    Shared(Arc<Record>),
}

pub(crate) const CREDENTIALS: HeaderValue = HeaderValue::from_static(ALLOW_CREDENTIALS);

/// A policy that allows nothing: the value of an expansion that reported a mistake.
pub const fn nothing() -> Prepared {
    Prepared::from_static(cors_core::__private::checked_policy(&[], OnDenied::Forward), &[])
}

/// The values of the rules of a static policy.
pub const fn all<const COUNT: usize>(rules: &'static [Rule; COUNT]) -> [PreparedRule; COUNT] {
    let mut values = [const { PreparedRule { values: [const { None }; _] } }; COUNT];
    let mut index = 0;
    while index < COUNT {
        // A constant drops nothing.
        mem::forget(mem::replace(&mut values[index], PreparedRule::from_static(&rules[index])));
        index += 1;
    }
    values
}

/// The header values of one rule.
#[derive(Clone, Debug)]
pub struct PreparedRule {
    /// In the order of [`ResponseHeader::ALL`]; none where the rule sends nothing, or what was asked for.
    values: [Option<HeaderValue>; ResponseHeader::ALL.len()],
}

impl Prepared {
    /// Puts together what the macro's statics hold.
    pub const fn from_static(policy: Policy, rules: &'static [PreparedRule]) -> Self {
        Self {
            has_vary: policy.vary().is_some(),
            policy,
            rules: Cow::Borrowed(rules),
            record: Recorded::Own(Record::new()),
            version: 0,
        }
    }

    pub(crate) fn new(policy: Policy, record: Arc<Record>) -> Self {
        let rules = policy.rules().iter().map(PreparedRule::new).collect();
        let (has_vary, record) = (policy.vary().is_some(), Recorded::Shared(record));
        Self { has_vary, policy, rules: Cow::Owned(rules), record, version: 0 }
    }

    pub(crate) fn of_version(self, version: u64) -> Self {
        Self { version, ..self }
    }

    pub(crate) const fn version(&self) -> u64 {
        self.version
    }

    /// Returns what the policy remembers of its requests.
    #[allow(dead_code, reason = "the feature `tracing` uses it")]
    pub(crate) fn record(&self) -> &Record {
        match &self.record {
            Recorded::Own(record) => record,
            Recorded::Shared(record) => record,
        }
    }

    #[inline]
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Of every response but a granted preflight.
    #[inline]
    pub(crate) const fn vary(&self) -> Option<Vary> {
        // Always the same name, as a constant: 10 instructions less.
        if self.has_vary { Some(Vary::Origin) } else { None }
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

    const fn from_static(rule: &'static Rule) -> Self {
        let mut prepared = Self { values: [const { None }; _] };
        let mut index = 0;
        while index < ResponseHeader::ALL.len() {
            if let Some(text) = text(rule, ResponseHeader::ALL[index]) {
                // A constant drops nothing.
                mem::forget(prepared.values[index].replace(HeaderValue::from_static(text)));
            }
            index += 1;
        }
        prepared
    }

    fn new(rule: &Rule) -> Self {
        // Names and numbers always are header values; if one were not, its header would be missing and nothing granted.
        // The first clone of a value makes it shareable, which allocates: here, and not in the first request.
        let value = |text| HeaderValue::from_str(text).ok().inspect(|value| drop(value.clone()));
        Self { values: std::array::from_fn(|index| value(text(rule, *ResponseHeader::ALL.get(index)?)?)) }
    }
}

/// The text that a rule sends, unless it sends nothing or what was asked for.
const fn text(rule: &Rule, header: ResponseHeader) -> Option<&str> {
    match rule.value(header) {
        Some(Value::Text(text)) => Some(text),
        Some(Value::Requested(_)) | None => None,
    }
}

// The values are found by the number of their header.
const _: () = {
    let mut index = 0;
    while index < ResponseHeader::ALL.len() {
        assert!(ResponseHeader::ALL[index] as usize == index);
        index += 1;
    }
};
