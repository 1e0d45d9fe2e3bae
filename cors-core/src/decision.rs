//! What a server does with a request.

use crate::response::{ResponseHeader, Value};
use crate::unmet::Unmet;
use crate::{Denial, IncomingRequest, Lines, Origin, Policy, Request, RequestHeader, Rule, decide};

/// What a server does with a request, as [`decide`](crate::decide()) says; there is an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision<'p, 'r> {
    /// A preflight: answered without the handler, by 204 with the grants, or by 403 without any.
    Answer(Result<Grants<'p>, Denial>),
    /// Everything else goes to the handler; the grants go onto its response.
    Forward(Forward<'p>),
    /// Refused before the handler, by 403 without grants: the policy says `on_denied: reject`.
    Reject(Denial),
    /// No list matches, but a source may know the origin.
    Ask(Ask<'p, 'r>),
}

impl Decision<'_, '_> {
    /// Why nothing is granted, where something was asked for.
    ///
    /// ```
    /// use cors_core::{Denial, Lines, PolicyDraft, Request, decide};
    ///
    /// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
    /// let request = Request::new(b"GET").origin(Lines::One(b"https://evil.example"));
    /// assert_eq!(decide(&policy, &request).denial(), Some(Denial::OriginNotListed));
    /// assert_eq!(decide(&policy, &Request::new(b"GET")).denial(), None);
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub const fn denial(&self) -> Option<Denial> {
        match self {
            Self::Answer(Err(denial)) | Self::Forward(Forward::Denied(denial)) | Self::Reject(denial) => Some(*denial),
            Self::Answer(Ok(_)) | Self::Forward(_) | Self::Ask(_) => None,
        }
    }

    /// Why a browser will not give the page what this request asks for: a [`denial`](Self::denial), or a grant that is less than
    /// what was asked for.
    ///
    /// Costs more than the decision, so ask for it where somebody reads the answer.
    ///
    /// ```
    /// use cors_core::{Denial, Lines, PolicyDraft, Request, decide};
    ///
    /// let policy = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT"]).validate()?;
    /// let preflight = Request::new(b"OPTIONS").origin(Lines::One(b"https://app.example.com"));
    /// let refusal = |method| {
    ///     let request = preflight.access_control_request_method(Lines::One(method));
    ///     decide(&policy, &request).refusal(&request)
    /// };
    /// assert_eq!(refusal(b"PUT"), None);
    /// assert_eq!(refusal(b"DELETE"), Some(Denial::MethodNotListed));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn refusal(&self, request: &Request<'_>) -> Option<Denial> {
        match self {
            Self::Answer(Ok(grants)) => Unmet::of(grants.rule, request).map(|unmet| match unmet {
                Unmet::Method(_) => Denial::MethodNotListed,
                Unmet::Header(_) => Denial::HeaderNotListed,
            }),
            // A page of the server's own sends no `Origin` with a GET, and needs no grant.
            Self::Forward(Forward::Granted(grants)) if request.origin != Lines::None => {
                let lacks_them = request.with_credentials && !grants.rule.credentials;
                lacks_them.then_some(Denial::CredentialsNotAllowed)
            }
            _ => self.denial(),
        }
    }
}

/// What goes onto the response of a request that the handler answers.
///
/// ```
/// use cors_core::{Decision, Forward, PolicyDraft, Request, decide};
///
/// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
/// assert_eq!(decide(&policy, &Request::new(b"GET")), Decision::Forward(Forward::NotCors));
/// # Ok::<(), cors_core::Issues>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forward<'p> {
    /// No `Origin`: nothing is granted since nothing is asked (SRV-20).
    NotCors,
    /// The grants go onto the response, whoever makes it.
    Granted(Grants<'p>),
    /// No rule is for it, and none is needed: it comes from a page of the server's own. Only `on_denied: reject` looks for that.
    SameOrigin,
    /// Nothing is granted; the browser keeps the answer from the page (SRV-22).
    Denied(Denial),
}

/// What a rule grants to a request: [`value`](Self::value) for each header.
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
    Preflight { headers_can_be_echoed: bool },
}

impl<'p> Grants<'p> {
    /// The rule that matched.
    pub const fn rule(&self) -> &'p Rule {
        self.rule
    }

    /// The position of the rule in its policy, from 0.
    pub const fn rule_index(&self) -> usize {
        self.index
    }

    /// The value of a header; none when the response must not have it.
    #[inline]
    pub const fn value(&self, header: ResponseHeader) -> Option<Value<'p>> {
        let belongs = match (header, self.to) {
            (ResponseHeader::AllowOrigin | ResponseHeader::AllowCredentials, _) => true,
            // SRV-17
            (ResponseHeader::ExposeHeaders, to) => matches!(to, GrantedTo::ActualRequest),
            (_, GrantedTo::ActualRequest) => false,
            (ResponseHeader::AllowMethods | ResponseHeader::MaxAge, _) => true,
            (ResponseHeader::AllowHeaders, GrantedTo::Preflight { headers_can_be_echoed }) => {
                headers_can_be_echoed || !self.rule.echoes_headers()
            }
        };
        if belongs { self.rule.value(header) } else { None }
    }
}

/// A question to a source of origins.
///
/// ```
/// use cors_core::{Answered, Ask, Decision, Request};
///
/// fn deny<'p, 'r>(question: Ask<'p, 'r>, request: &Request<'r>) -> Decision<'p, 'r> {
///     question.resume(Answered::Denied, request)
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask<'p, 'r> {
    pub(crate) policy: &'p Policy,
    pub(crate) index: usize,
    pub(crate) origin: Lines<'r>,
}

/// What a source of origins said.
///
/// ```
/// use cors_core::Answered;
///
/// let known = ["https://tenant.example"].contains(&"https://evil.example");
/// let answered = if known { Answered::Allowed } else { Answered::Denied };
/// assert_eq!(answered, Answered::Denied);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// It knows the origin.
    Allowed,
    /// It does not.
    Denied,
    /// It was asked, and could not tell.
    Unanswered,
    /// It was not asked, for the reason that [`Ask::question`] gave.
    NotAsked(Denial),
}

impl<'p, 'r> Ask<'p, 'r> {
    /// The value of the `Origin` line, perhaps malformed, at most [`Origin::MAX_LENGTH`] bytes: a key to look up answers that were given before.
    pub fn origin(&self) -> &'r [u8] {
        match self.origin {
            Lines::One(origin) => origin,
            Lines::None | Lines::Several => &[],
        }
    }

    /// The origin to ask for.
    ///
    /// # Errors
    ///
    /// Why no source is asked: the value is malformed, or an http origin that is not local would get credentials and the rule
    /// does not say `dangerously_allow: [insecure_origins]`.
    ///
    /// ```
    /// use cors_core::{Decision, Denial, Lines, PolicyDraft, Request, decide};
    ///
    /// let policy = PolicyDraft::new().ask_for_other_origins().credentials(true).validate()?;
    /// let question = |origin| match decide(&policy, &Request::new(b"GET").origin(Lines::One(origin))) {
    ///     Decision::Ask(ask) => ask.question(),
    ///     _ => unreachable!(),
    /// };
    /// assert_eq!(question(b"https://tenant.example").unwrap().as_str(), "https://tenant.example");
    /// assert_eq!(question(b"https://tenant.example/"), Err(Denial::OriginNotListed));
    /// assert_eq!(question(b"http://tenant.example"), Err(Denial::InsecureOrigin));
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    pub fn question(&self) -> Result<Origin, Denial> {
        let text = std::str::from_utf8(self.origin()).map_err(|_| Denial::OriginNotListed)?;
        let origin = Origin::parse(text).map_err(|_| Denial::OriginNotListed)?;
        let rule = self.policy.rules().get(self.index);
        let may_be_insecure = rule.is_some_and(|rule| !rule.credentials || rule.dangerously_allow.insecure_origins);
        if origin.is_insecure() && !may_be_insecure { Err(Denial::InsecureOrigin) } else { Ok(origin) }
    }

    /// Decides about the request, now that the answer is known; why the source was not asked is an answer too.
    ///
    /// It is the request that the question came from. Another origin than that which the source was asked for gets nothing.
    #[inline]
    pub fn resume(self, answered: Answered, request: &impl IncomingRequest<'r>) -> Decision<'p, 'r> {
        let matched = match answered {
            Answered::Allowed if request.lines(RequestHeader::Origin) != self.origin => Err(Denial::OriginNotListed),
            Answered::Allowed => {
                self.policy.rules().get(self.index).map(|rule| (self.index, rule)).ok_or(Denial::OriginNotListed)
            }
            Answered::Denied => Err(Denial::OriginNotListed),
            Answered::Unanswered => Err(Denial::NoAnswer),
            Answered::NotAsked(denial) => Err(denial),
        };
        decide::settle(self.policy, request, matched)
    }
}
