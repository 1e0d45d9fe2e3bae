//! The grants of a rule to a request.

use crate::{ResponseHeader, Rule, Value};

/// The grants of a rule to a request. [`value`](Self::value) returns the value of each header.
///
/// ```
/// use cors_core::{Decision, Lines, PolicyDraft, Request, ResponseHeader, Value, decide};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT", "DELETE"]).validate()?;
/// let preflight = Request::new(b"OPTIONS")
///     .origin(Lines::One(b"https://app.example.com"))
///     .access_control_request_method(Lines::One(b"PUT"));
/// let Decision::Answer(Ok(grants)) = decide(&policy, &preflight) else { unreachable!() };
/// assert_eq!(grants.value(ResponseHeader::AllowMethods), Some(Value::Text("PUT, DELETE")));
/// assert_eq!(grants.value(ResponseHeader::AllowHeaders), None);
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grants<'p> {
    pub(crate) index: usize,
    pub(crate) rule: &'p Rule,
    pub(crate) to: GrantedTo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GrantedTo {
    ActualRequest,
    Preflight(Echoable),
}

/// The parts of a preflight that can be echoed, if the rule echoes them. Takes one byte together with [`GrantedTo`],
/// which costs 8 instructions less than two flags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Echoable {
    Nothing,
    Method,
    Headers,
    Both,
}

impl Echoable {
    pub(crate) const fn of(method: bool, headers: bool) -> Self {
        match (method, headers) {
            (false, false) => Self::Nothing,
            (true, false) => Self::Method,
            (false, true) => Self::Headers,
            (true, true) => Self::Both,
        }
    }
}

impl<'p> Grants<'p> {
    /// Returns the rule that matched.
    #[inline]
    pub const fn rule(&self) -> &'p Rule {
        self.rule
    }

    /// Returns the position of the rule in its policy, from 0.
    #[inline]
    pub const fn rule_index(&self) -> usize {
        self.index
    }

    /// Whether the grants are for a preflight.
    #[inline]
    pub const fn is_to_preflight(&self) -> bool {
        matches!(self.to, GrantedTo::Preflight(_))
    }

    /// Returns the value of a header; `None` if the response must not have it.
    #[inline]
    pub const fn value(&self, header: ResponseHeader) -> Option<Value<'p>> {
        let belongs = match (header, self.to) {
            (ResponseHeader::AllowOrigin | ResponseHeader::AllowCredentials, _) => true,
            // SRV-17
            (ResponseHeader::ExposeHeaders, to) => matches!(to, GrantedTo::ActualRequest),
            (_, GrantedTo::ActualRequest) => false,
            (ResponseHeader::MaxAge, _) => true,
            // SRV-14
            (ResponseHeader::AllowMethods, GrantedTo::Preflight(may_be)) => {
                matches!(may_be, Echoable::Method | Echoable::Both) || !self.rule.echoes_method()
            }
            // SRV-15
            (ResponseHeader::AllowHeaders, GrantedTo::Preflight(may_be)) => {
                matches!(may_be, Echoable::Headers | Echoable::Both) || !self.rule.echoes_headers()
            }
        };
        if belongs { self.rule.value(header) } else { None }
    }
}
