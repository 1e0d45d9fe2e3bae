//! Decides about a request, then answers it or calls the wrapped service.

use std::rc::Rc;
use std::task::{Context, Poll};

use actix_service::Service;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::{Error, HttpRequest, HttpResponse};
use cors_core::{Answered, Ask, Decision, Denial, Question, decide};

use crate::future::ResponseFuture;
use crate::grants::{Granted, Grants};
use crate::headers;
use crate::held::{Current, WorkerPolicy};
use crate::incoming::Incoming;
use crate::nested_grant::NestedGrant;
use crate::nesting::{self, Built};
use crate::observe::{Observed, Outermost, Reports};
use crate::options::Options;
use crate::source::{Asking, SharedQuestions, Subject, asking};

/// The service that [`Cors`](crate::Cors) wraps around another.
#[derive(Debug)]
pub struct CorsService<S>(pub(crate) Rc<Wrapped<S>>);

/// A service and its policy. A request that waits for a source keeps it alive, perhaps longer than the service.
#[derive(Debug)]
pub(crate) struct Wrapped<S> {
    pub(crate) policy: WorkerPolicy,
    pub(crate) options: Options,
    pub(crate) built: Built,
    pub(crate) service: S,
}

impl<S, B> Service<ServiceRequest> for CorsService<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = Error;
    type Future = ResponseFuture<S::Future, B>;

    fn poll_ready(&self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        self.0.service.poll_ready(context)
    }

    fn call(&self, request: ServiceRequest) -> Self::Future {
        let Wrapped { policy, options, built, service } = &*self.0;
        let current = policy.current();
        if !built.is_alone() {
            return begin(&self.0, &current, request).into();
        }
        let prepared = current.prepared();
        let incoming = Incoming::new(&request, &options.rejection);
        let decision = decide(prepared.policy(), &incoming);
        let observed = Observed::alone(options.name, &current, &decision);
        match decision {
            // Does not use the reply, which would copy the decision: 40 instructions less.
            Decision::Forward(_) => {
                let reports = options.observers.decided(&request, incoming, observed);
                let granted = Granted::new(prepared, decision.grants(), incoming.origin());
                let response = service.call(request);
                // Made after the call: 25 instructions less.
                let grants = Grants { policy: current, granted, reports };
                ResponseFuture::Forwarded { response, grants, nested: None }
            }
            Decision::Answer(_) | Decision::Reject(_) => {
                let reports = options.observers.decided(&request, incoming, observed);
                let response = answer(&current, options, incoming, decision, &reports);
                ResponseFuture::answered(request.into_parts().0, response)
            }
            Decision::Ask(ask) => asking_first(&self.0, &current, request, ask).into(),
        }
    }
}

/// Decides for a nested policy, or one that asks a source.
// Not inlined, so that the decision of a single policy stays in registers.
#[inline(never)]
fn begin<S, B>(wrapped: &Rc<Wrapped<S>>, current: &Current, request: ServiceRequest) -> Pending<S::Future, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    let incoming = Incoming::new(&request, &wrapped.options.rejection);
    let decision = decide(current.prepared().policy(), &incoming);
    respond(wrapped, current, Resolved { request, decision, answered: None, may_ask_anew: true })
}

/// Continues for a single policy that must ask its source.
#[cold]
#[inline(never)]
fn asking_first<S, B>(
    wrapped: &Rc<Wrapped<S>>,
    current: &Current,
    request: ServiceRequest,
    ask: Ask<'_>,
) -> Pending<S::Future, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    let decision = Decision::Ask(ask);
    respond(wrapped, current, Resolved { request, decision, answered: None, may_ask_anew: true })
}

/// A request, the decision about it, and the answer of the source, if it was asked.
struct Resolved<'p> {
    request: ServiceRequest,
    decision: Decision<'p>,
    answered: Option<Answered>,
    may_ask_anew: bool,
}

/// How a request continues.
enum Pending<F, B> {
    Forwarded(F, Grants, Option<NestedGrant>),
    Answered(HttpRequest, HttpResponse),
    Asking(Asking<B>),
}

impl<F, B> From<Pending<F, B>> for ResponseFuture<F, B> {
    #[inline(always)]
    fn from(pending: Pending<F, B>) -> Self {
        match pending {
            Pending::Forwarded(response, grants, nested) => Self::Forwarded { response, grants, nested },
            Pending::Answered(request, response) => Self::answered(request, response),
            Pending::Asking(response) => Self::Asking { response },
        }
    }
}

/// Answers the request or calls the wrapped service, for nested policies too. Asks the source if necessary.
fn respond<S, B>(wrapped: &Rc<Wrapped<S>>, current: &Current, resolved: Resolved<'_>) -> Pending<S::Future, B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    let Wrapped { options, built, service, .. } = &**wrapped;
    let Resolved { request, decision, mut answered, may_ask_anew } = resolved;
    let incoming = Incoming::new(&request, &options.rejection);
    let decision = match decision {
        Decision::Ask(ask) => match options.known(ask, current, &incoming) {
            Err(asked) => return Pending::Asking(ask_first(wrapped, current, request, asked, may_ask_anew)),
            Ok(known) => {
                answered = Some(known);
                ask.resume(known, &incoming)
            }
        },
        decision => decision,
    };
    let (outer, has_late) = nesting::serve();
    let refused = outer.as_ref().and_then(|nested| nested.pass(current, &decision, incoming));
    let is_inside = outer.is_some();
    let observed = Observed { refused, answered, is_inside, ..Observed::alone(options.name, current, &decision) };
    if let Some(outermost) = outer.as_ref().and_then(NestedGrant::outermost) {
        options.observers.nested(&outermost, &observed, &incoming);
    }
    let reports = options.observers.decided(&request, incoming, observed);
    let decision = match (decision, refused) {
        (Decision::Forward(_), Some(denial)) => Decision::Reject(denial),
        (decision, _) => decision,
    };
    let Decision::Forward(_) = decision else {
        let response = answer(current, options, incoming, decision, &reports);
        return Pending::Answered(request.into_parts().0, response);
    };
    let granted = Granted::new(current.prepared(), decision.grants(), incoming.origin());
    let nested = match outer {
        Some(nested) => {
            nested.add_reports(current, reports.clone());
            Some(NestedGrant::inner(current.prepared().vary()))
        }
        None if built.may_have_inner() || has_late => {
            let outermost = Outermost::new(options.name, current, granted.as_ref().map(|granted| granted.rule));
            Some(NestedGrant::begin(current, granted.as_ref(), outermost))
        }
        None => None,
    };
    let entered = nested.as_ref().and_then(NestedGrant::enter);
    let response = service.call(request);
    drop(entered);
    Pending::Forwarded(response, Grants { policy: current.clone(), granted, reports }, nested)
}

/// Returns the policy's own answer, to a preflight or to a request that is refused before the handler.
#[inline(always)]
fn answer(
    current: &Current,
    options: &Options,
    incoming: Incoming<'_>,
    decision: Decision<'_>,
    reports: &Reports,
) -> HttpResponse {
    let prepared = current.prepared();
    reports.granted(current);
    if let Decision::Reject(denial) = decision
        && let Some(response) = rejected(current, options, incoming.request(), denial, reports)
    {
        return response;
    }
    headers::answer(prepared, prepared.policy().reply(decision), incoming)
}

/// Asks the source of origins, then responds.
#[cold]
fn ask_first<S, B>(
    wrapped: &Rc<Wrapped<S>>,
    current: &Current,
    request: ServiceRequest,
    (questions, question, subject): (SharedQuestions, Question, Subject),
    may_ask_anew: bool,
) -> Asking<B>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = Error> + 'static,
    B: MessageBody + 'static,
{
    let (wrapped, asked) = (Rc::clone(wrapped), current.clone());
    asking(questions, |questions| async move {
        let options = &wrapped.options;
        let is_current = || wrapped.policy.current().is_same(&asked);
        let answered = options.ask(questions, &asked, &request, subject, is_current).await;
        let current = wrapped.policy.current();
        let incoming = Incoming::new(&request, &options.rejection);
        // An answer refers to the rules of the policy that asked. If the policy was replaced, the new one decides
        // again, but only once.
        let (decision, answered) = match (current.is_same(&asked), may_ask_anew) {
            (true, _) => (question.resume(current.prepared().policy(), answered, &incoming), Some(answered)),
            (false, true) => (decide(current.prepared().policy(), &incoming), None),
            (false, false) => {
                let answered = Answered::Unanswered;
                (question.resume(current.prepared().policy(), answered, &incoming), Some(answered))
            }
        };
        let resolved = Resolved { request, decision, answered, may_ask_anew: false };
        ResponseFuture::from(respond(&wrapped, &current, resolved)).await
    })
}

/// Returns the application's own answer to a request that is refused before the handler, if it has one.
fn rejected(
    policy: &Current,
    options: &Options,
    request: &ServiceRequest,
    denial: Denial,
    reports: &Reports,
) -> Option<HttpResponse> {
    let response = options.rejection.as_deref()?.response(request, denial)?;
    Some(Grants { policy: policy.clone(), granted: None, reports: reports.clone() }.onto(response))
}
