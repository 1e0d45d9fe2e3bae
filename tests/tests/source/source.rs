//! Sources that the tests hold in their hand, and what their origins get.

use std::collections::HashSet;
use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use actix_http::Request;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceResponse};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpResponse, web};
use cors_actix::{Cors, Observer, Origin, PolicyDraft, PolicyName, Source, SourceHandle, Unanswered};
use cors_tests::cors_of;
use cors_tests::service::{CORS, GRANTED, PREFLIGHT_GRANTED, from, preflight, respond};
use futures_util::FutureExt;
use tokio::sync::{mpsc, oneshot};
use tokio::task::unconstrained;

pub(crate) const TENANT: &str = "https://tenant.example";
pub(crate) const STRANGER: &str = "https://stranger.example";

/// The policy of the other tests, which lists one origin.
pub(crate) fn draft() -> PolicyDraft {
    CORS.policy().to_draft()
}

/// The origins that are allowed at present, and all that were asked for.
#[derive(Clone, Default)]
pub(crate) struct Tenants(Arc<Mutex<(HashSet<String>, Vec<String>)>>);

impl Tenants {
    pub(crate) fn of<S: Into<String>>(origins: impl IntoIterator<Item = S>) -> Self {
        let tenants = Self::default();
        tenants.0.lock().unwrap().0 = origins.into_iter().map(Into::into).collect();
        tenants
    }

    pub(crate) fn source(&self) -> Source {
        let tenants = self.clone();
        Source::new(move |origin: Origin| {
            let mut state = tenants.0.lock().unwrap();
            state.1.push(origin.as_str().to_owned());
            let allows = state.0.contains(origin.as_str());
            async move { Ok::<_, Infallible>(allows) }
        })
    }

    pub(crate) fn cors(&self, draft: PolicyDraft) -> (Cors, SourceHandle) {
        Cors::with_source(draft, self.source().probes(false)).unwrap()
    }

    pub(crate) fn add(&self, origin: &str) {
        self.0.lock().unwrap().0.insert(origin.to_owned());
    }

    pub(crate) fn remove(&self, origin: &str) {
        self.0.lock().unwrap().0.remove(origin);
    }

    /// The questions since the last look.
    pub(crate) fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap().1)
    }
}

/// A question that waits until the test answers.
pub(crate) struct Question {
    pub(crate) origin: String,
    pub(crate) answer: oneshot::Sender<Result<bool, &'static str>>,
}

pub(crate) type Questions = mpsc::UnboundedReceiver<Question>;

/// A source whose questions come to the test.
pub(crate) fn held() -> (Source, Questions) {
    let (sender, questions) = mpsc::unbounded_channel();
    let source = move |origin: Origin| {
        let (answer, answered) = oneshot::channel();
        sender.send(Question { origin: origin.as_str().to_owned(), answer }).expect("the test listens");
        async move { answered.await.expect("the test answers what it keeps") }
    };
    (Source::new(source), questions)
}

/// The policy of the other tests with this source, which is asked for nobody but those who come, as in a release build.
pub(crate) fn cors_of_source(source: impl Into<Source>) -> (Cors, SourceHandle) {
    Cors::with_source(draft(), source.into().probes(false)).unwrap()
}

/// Keeps what observers are told.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Observer for Told {
    fn unanswered(&self, _: PolicyName, origin: &Origin, reason: &Unanswered) {
        self.0.lock().unwrap().push(format!("{origin}: {reason}"));
    }
}

/// The middleware, observed, and what was told since the last look.
pub(crate) fn told(cors: Cors) -> (Cors, impl Fn() -> Vec<String>) {
    let told = Told::default();
    (cors.observer(told.clone()), move || std::mem::take(&mut *told.0.lock().unwrap()))
}

/// A clock that stands until the test moves it.
#[derive(Clone)]
pub(crate) struct Clock(Instant, Arc<AtomicU64>);

impl Clock {
    pub(crate) fn new() -> Self {
        Self(Instant::now(), Arc::default())
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.1.fetch_add(u64::try_from(time.as_nanos()).unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> Instant {
        self.0 + Duration::from_nanos(self.1.load(Ordering::SeqCst))
    }
}

pub(crate) type Body = actix_web::body::EitherBody<actix_web::body::BoxBody>;

/// A handler behind the middleware.
pub(crate) async fn app(cors: &Cors) -> impl Service<Request, Response = ServiceResponse<Body>, Error = Error> + use<> {
    init_service(App::new().wrap(cors.clone()).route("/", web::get().to(HttpResponse::Ok))).await
}

/// Requests from pages of these origins, each begun in its turn; all wait.
pub(crate) fn waiting<'a, S>(app: &'a S, origins: &'a [String]) -> Vec<Waiting<'a>>
where
    S: Service<Request, Response = ServiceResponse<Body>, Error = Error>,
{
    let begin = |origin: &'a String| {
        // The runtime would have a task that does so much at once pause.
        let mut response: Waiting<'_> = Box::pin(unconstrained(get(app, origin)));
        assert_eq!(response.as_mut().now_or_never(), None, "{origin}");
        response
    };
    origins.iter().map(begin).collect()
}

pub(crate) type Waiting<'a> = Pin<Box<dyn Future<Output = (u16, Vec<String>)> + 'a>>;

/// The status and the CORS headers of an actual request from a page of this origin.
pub(crate) async fn get<S>(app: &S, origin: &str) -> (u16, Vec<String>)
where
    S: Service<Request, Response = ServiceResponse<Body>, Error = Error>,
{
    send(app, from(origin, TestRequest::get())).await
}

/// The same of a preflight.
pub(crate) async fn options<S>(app: &S, origin: &str) -> (u16, Vec<String>)
where
    S: Service<Request, Response = ServiceResponse<Body>, Error = Error>,
{
    send(app, preflight(origin, "/")).await
}

pub(crate) async fn send<S, B>(app: &S, request: TestRequest) -> (u16, Vec<String>)
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    let response = respond(app, request).await;
    (response.status().as_u16(), cors_of(response.headers()))
}

/// What an actual request gets whose origin is allowed.
pub(crate) fn allowed(origin: &str) -> (u16, Vec<String>) {
    (200, granted(&[&GRANTED[..], &["vary: origin"]].concat(), origin))
}

/// What an actual request gets whose origin is not.
pub(crate) fn denied() -> (u16, Vec<String>) {
    (200, vec!["vary: origin".to_owned()])
}

/// What a preflight gets whose origin is allowed.
pub(crate) fn preflight_allowed(origin: &str) -> (u16, Vec<String>) {
    (204, granted(&PREFLIGHT_GRANTED, origin))
}

/// What a preflight gets whose origin is not, and any request that is rejected.
pub(crate) fn rejected() -> (u16, Vec<String>) {
    (403, vec!["vary: origin".to_owned()])
}

fn granted(headers: &[&str], origin: &str) -> Vec<String> {
    headers.iter().map(|header| header.replace("https://app.example.com", origin)).collect()
}
