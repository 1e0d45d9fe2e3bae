//! Questions to a source of origins, and its answers.

use crate::{Denial, IncomingRequest, Origin, Policy, Rule};

/// A request that no list matches, so that a source of origins must be asked. Does not borrow the request.
///
/// ```
/// use cors_core::{Answered, Decision, Denial, Lines, PolicyDraft, Request, decide};
///
/// let policy = PolicyDraft::new().ask_for_other_origins().credentials(true).validate()?;
/// let request = Request::new(b"GET").origin(Lines::One(b"https://tenant.example"));
/// let Decision::Ask(ask) = decide(&policy, &request) else { unreachable!() };
///
/// // A remembered answer decides at once:
/// assert_eq!(ask.resume(Answered::Denied, &request).denial(), Some(Denial::OriginNotListed));
///
/// // Without one, the source is asked. The question borrows neither the request nor the policy:
/// let question = ask.question(&request).unwrap();
/// assert_eq!(question.origin().as_str(), "https://tenant.example");
/// assert!(question.resume(&policy, Answered::Allowed, &request).grants().is_some());
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask<'p> {
    pub(crate) policy: &'p Policy,
}

/// A question to a source of origins. [`Ask`] has an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub(crate) origin: Origin,
}

/// The answer of a source of origins.
///
/// ```
/// use cors_core::Answered;
///
/// let known = ["https://tenant.example"].contains(&"https://evil.example");
/// let answered = if known { Answered::Allowed } else { Answered::Denied };
/// assert_eq!(answered, Answered::Denied);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answered {
    /// The source knows the origin. The last rule is the rule of the request.
    Allowed,
    /// The source knows the origin. The rule with this index, from 0, is the rule of the request. An index without a
    /// rule denies.
    AllowedByRule(usize),
    /// The source does not know the origin.
    Denied,
    /// The source was asked and gave no answer.
    Unanswered,
    /// The source was not asked, for the reason that [`Ask::question`] returned.
    NotAsked(Denial),
}

impl<'p> Ask<'p> {
    /// Returns the question to the source.
    ///
    /// # Errors
    ///
    /// Returns the reason why the source is not asked. Either the value is malformed, or it is an `http` origin that is
    /// not local, and every rule has credentials without `dangerously_allow: [insecure_origins]`.
    ///
    /// ```
    /// use cors_core::{Decision, Denial, Lines, PolicyDraft, Request, decide};
    ///
    /// let policy = PolicyDraft::new().ask_for_other_origins().credentials(true).validate()?;
    /// let asked = |origin| {
    ///     let request = Request::new(b"GET").origin(Lines::One(origin));
    ///     let Decision::Ask(ask) = decide(&policy, &request) else { unreachable!() };
    ///     ask.question(&request).map(|question| question.origin().to_string())
    /// };
    /// assert_eq!(asked(b"https://tenant.example").as_deref(), Ok("https://tenant.example"));
    /// assert_eq!(asked(b"https://tenant.example/"), Err(Denial::OriginNotListed));
    /// assert_eq!(asked(b"http://tenant.example"), Err(Denial::InsecureOrigin));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn question<'r>(&self, request: &impl IncomingRequest<'r>) -> Result<Question, Denial> {
        let value = request.origin_lines().one().filter(|value| value.len() <= Origin::MAX_LENGTH);
        let text = value.and_then(|value| std::str::from_utf8(value).ok()).ok_or(Denial::OriginNotListed)?;
        let origin = Origin::parse(text).map_err(|_| Denial::OriginNotListed)?;
        if origin.is_insecure() && !self.policy.rules().iter().any(Rule::allows_insecure) {
            return Err(Denial::InsecureOrigin);
        }
        Ok(Question { origin })
    }
}

impl Question {
    /// Returns the origin to look up.
    pub const fn origin(&self) -> &Origin {
        &self.origin
    }
}
