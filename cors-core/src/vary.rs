//! The `Vary` header.

use std::borrow::Cow;

use crate::joined::joined;
use crate::{OnDenied, Origins, Policy, Rule};

/// What the `Vary` of a response must name, so that no cache returns the answer for one request to another.
///
/// Exhaustive, so that an adapter can prepare every value.
///
/// ```
/// # use cors_core as cors_actix;
/// use cors_actix::{PolicyDraft, Vary};
///
/// let policy = PolicyDraft::new().origins(["https://a.example"]).credentials(true).methods("*").validate()?;
/// assert_eq!(policy.vary().map(Vary::text), Some("Origin"));
/// let vary = policy.preflight_vary(&policy.rules()[0]);
/// assert_eq!(vary.map(Vary::text), Some("Origin, Access-Control-Request-Method"));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vary {
    /// `Origin`
    Origin,
    /// `Origin` and `Access-Control-Request-Method`, which the answer echoes.
    OriginAndMethod,
    /// `Origin` and `Access-Control-Request-Headers`, which the answer echoes.
    OriginAndHeaders,
    /// All three.
    OriginMethodAndHeaders,
}

impl Vary {
    /// Returns the names as the value of `Vary`.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Origin => "Origin",
            Self::OriginAndMethod => "Origin, Access-Control-Request-Method",
            Self::OriginAndHeaders => "Origin, Access-Control-Request-Headers",
            Self::OriginMethodAndHeaders => "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
        }
    }

    /// Adds the names to the `Vary` lines of a response, without repetition (SRV-32). Returns one line, because some
    /// caches read only one.
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::Vary;
    ///
    /// let merged = |lines: &[&'static str]| Vary::Origin.merged(|| lines.iter().map(|line| line.as_bytes())).into_owned();
    /// assert_eq!(merged(&[]), b"Origin");
    /// assert_eq!(merged(&["Accept-Encoding", "Cookie"]), b"Accept-Encoding, Cookie, Origin");
    /// assert_eq!(merged(&["accept, origin"]), b"accept, origin");
    /// assert_eq!(merged(&["Accept", "*"]), b"Accept, *");
    /// ```
    pub fn merged<'l, I: Iterator<Item = &'l [u8]>>(self, lines: impl Fn() -> I) -> Cow<'l, [u8]> {
        let names = |line: &'l [u8]| line.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        let has = |name: &[u8]| lines().flat_map(names).any(|set| set.eq_ignore_ascii_case(name));
        let set = || lines().map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
        let missing = || self.text().split(", ").map(str::as_bytes).filter(|name| !has(b"*") && !has(name));
        joined(|| set().chain(missing())).unwrap_or_default()
    }
}

impl Policy {
    /// Returns what `Vary` must name on every response except the answer to a granted preflight (SRV-30). Returns
    /// `None` if every request gets the same answer: for a policy with one rule with `"*"`, and for `origins: none`
    /// with `on_denied: forward` (SRV-26).
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::{PolicyDraft, Vary};
    ///
    /// assert_eq!(PolicyDraft::new().origins("*").validate()?.vary(), None);
    /// assert_eq!(PolicyDraft::new().origins(["https://a.example"]).validate()?.vary(), Some(Vary::Origin));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    #[inline]
    pub const fn vary(&self) -> Option<Vary> {
        let is_ignored = self.is_for_nobody() && matches!(self.on_denied(), OnDenied::Forward);
        if is_ignored || self.rule_for_all().is_some() { None } else { Some(Vary::Origin) }
    }

    /// Returns what `Vary` must name on the answer to a preflight that `rule` grants (SRV-31), including the headers
    /// that the rule echoes.
    #[inline]
    pub const fn preflight_vary(&self, rule: &Rule) -> Option<Vary> {
        match (rule.echoes_method(), rule.echoes_headers()) {
            // Listed origins always have different answers. This order saves 10 instructions.
            (false, false) if !matches!(rule.origins, Origins::Any) => Some(Vary::Origin),
            (false, false) => self.vary(),
            (true, false) => Some(Vary::OriginAndMethod),
            (false, true) => Some(Vary::OriginAndHeaders),
            (true, true) => Some(Vary::OriginMethodAndHeaders),
        }
    }
}
