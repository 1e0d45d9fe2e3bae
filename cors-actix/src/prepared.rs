//! A policy with its header values, which are made once: at compile time for a policy in source, otherwise at
//! construction.

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

/// A static has its own record; policies that replace each other share one.
#[allow(clippy::large_enum_variant, reason = "a policy has one, and a static cannot have a box")]
#[derive(Debug)]
enum Recorded {
    Own(Record),
    Shared(Arc<Record>),
}

pub(crate) const CREDENTIALS: HeaderValue = HeaderValue::from_static(ALLOW_CREDENTIALS);

/// Returns a policy that allows nothing: the value of an expansion that reported a mistake.
pub const fn nothing() -> Prepared {
    Prepared::from_static(cors_core::__private::checked_policy(&[], OnDenied::Forward), &[])
}

/// Returns the values of the rules of a static policy.
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
    /// In the order of [`ResponseHeader::ALL`]. `None` if the rule does not send the header, or echoes the request.
    values: [Option<HeaderValue>; ResponseHeader::ALL.len()],
}

impl Prepared {
    /// Combines the statics of the macro.
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

    /// Returns the counters and the log limits of the policy.
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

    /// Returns the `Vary` of every response except a granted preflight.
    #[inline]
    pub(crate) const fn vary(&self) -> Option<Vary> {
        // A constant, because it is always the same name: 10 instructions less.
        if self.has_vary { Some(Vary::Origin) } else { None }
    }

    /// Returns the values of the rule at this index.
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
        // Names and numbers are always valid header values. If one were not, its header would be missing and nothing
        // granted. The first clone of a value allocates. It is made here, and not in the first request.
        let value = |text| HeaderValue::from_str(text).ok().inspect(|value| drop(value.clone()));
        Self { values: std::array::from_fn(|index| value(text(rule, *ResponseHeader::ALL.get(index)?)?)) }
    }
}

/// Returns the text that a rule sends, or `None` if it sends nothing or echoes the request.
const fn text(rule: &Rule, header: ResponseHeader) -> Option<&str> {
    match rule.value(header) {
        Some(Value::Text(text)) => Some(text),
        Some(Value::Requested(_)) | None => None,
    }
}

// The number of a header is the index of its value.
const _: () = {
    let mut index = 0;
    while index < ResponseHeader::ALL.len() {
        assert!(ResponseHeader::ALL[index] as usize == index);
        index += 1;
    }
};
