//! Packs rules for the macro's expansion, and unpacks them. Both directions name every field, so that a new key that is
//! missing here does not compile.

use std::borrow::Cow;
use std::mem;

use super::Dangers;
use crate::packed::{Packed, Packing};
use crate::{MaxAge, Names, OriginList, Origins, Policy, Rule};

impl Packing {
    /// Returns the packed rules of a policy.
    pub fn of(policy: &Policy) -> Self {
        let mut packing = Self::default();
        policy.rules().iter().for_each(|rule| rule.pack(&mut packing));
        packing
    }
}

impl Packed {
    /// Returns the rules, which the macro has checked.
    pub const fn rules<const COUNT: usize>(mut self) -> [Rule; COUNT] {
        let mut rules = [const { Rule::unpack(&mut Self::nothing()) }; COUNT];
        let mut index = 0;
        while index < COUNT {
            // A constant drops nothing.
            mem::forget(mem::replace(&mut rules[index], Rule::unpack(&mut self)));
            index += 1;
        }
        assert!(self.is_empty(), "every rule is read");
        rules
    }
}

impl Rule {
    fn pack(&self, into: &mut Packing) {
        let Self { origins, credentials, methods, allow_headers, expose_headers, max_age, dangerously_allow } = self;
        let Dangers { insecure_origins, public_suffix_wildcards } = dangerously_allow;
        match origins {
            Origins::FromSource => into.number(0u32),
            Origins::Any => into.number(1u32),
            Origins::Listed(list) => {
                into.number(2u32);
                list.pack(into);
            }
        }
        into.number(*credentials);
        methods.pack(into);
        allow_headers.pack(into);
        expose_headers.pack(into);
        into.number(max_age.is_some());
        if let Some(max_age) = max_age {
            max_age.pack(into);
        }
        into.number(*insecure_origins);
        into.number(*public_suffix_wildcards);
    }

    const fn unpack(from: &mut Packed) -> Self {
        Self {
            origins: match from.number() {
                0 => Origins::FromSource,
                1 => Origins::Any,
                _ => Origins::Listed(OriginList::unpack(from)),
            },
            credentials: from.flag(),
            methods: Names::unpack(from),
            allow_headers: Names::unpack(from),
            expose_headers: Names::unpack(from),
            max_age: if from.flag() { Some(MaxAge::unpack(from)) } else { None },
            dangerously_allow: Dangers { insecure_origins: from.flag(), public_suffix_wildcards: from.flag() },
        }
    }
}

impl Names {
    fn pack(&self, into: &mut Packing) {
        let (variant, text) = match self {
            Self::Unset => (0u32, ""),
            Self::Safelisted(text) => (1, &**text),
            Self::Any(text) => (2, &**text),
            Self::Listed(text) => (3, &**text),
        };
        into.number(variant);
        into.text(text);
    }

    const fn unpack(from: &mut Packed) -> Self {
        let (variant, text) = (from.number(), Cow::Borrowed(from.text()));
        match variant {
            0 => Self::Unset,
            1 => Self::Safelisted(text),
            2 => Self::Any(text),
            _ => Self::Listed(text),
        }
    }
}
