//! Services of actix-web.

pub(crate) mod by_hand;
mod floor;
pub(crate) mod inner;

use actix_http::Request;
use actix_service::{Service, ServiceFactory};
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpResponse, web};
use cors_actix::Cors;
use futures_util::FutureExt;

use crate::lines::lines;
use crate::setting::RULES;
use crate::{Answer, Case, Inner, Served, Setting, Subject};

pub(crate) struct Actix<S>(pub(crate) S);

/// What comes out of a service.
enum Outcome<B> {
    Response(ServiceResponse<B>),
    OfAnError(HttpResponse),
}

/// What is counted: the way of one request through the service. An error counts until it is the response that it becomes.
#[inline(never)]
fn measured<S, B>(service: &S, request: Request) -> Outcome<B>
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
{
    match service.call(request).now_or_never().expect("nothing here waits") {
        Ok(response) => Outcome::Response(response),
        Err(error) => Outcome::OfAnError(error.error_response()),
    }
}

impl<S, B> Served for Actix<S>
where
    S: Service<Request, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    fn calls(&self, case: &Case, times: usize) -> Box<dyn FnMut() + '_> {
        let mut requests: Vec<Request> = (0..times).map(|_| request(case)).collect();
        let mut kept = Vec::with_capacity(times);
        Box::new(move || kept.extend(requests.pop().map(|request| measured(&self.0, request))))
    }

    fn answer(&self, case: &Case) -> Answer {
        let response = match measured(&self.0, request(case)) {
            Outcome::Response(response) => response.into_parts().1.map_into_boxed_body(),
            Outcome::OfAnError(response) => response,
        };
        let headers = response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        Answer::new(response.status().as_u16(), headers)
    }
}

pub(crate) fn request(case: &Case) -> Request {
    let method = Method::from_bytes(case.method.as_bytes()).expect("a method");
    let request = TestRequest::default().method(method);
    let insert = |request: TestRequest, (name, value)| {
        let value = HeaderValue::from_maybe_shared(value).expect("a header value");
        request.insert_header((HeaderName::from_static(name), value))
    };
    lines(case).fold(request, insert).to_request()
}

fn served<F, B>(app: App<F>) -> Option<Box<dyn Served>>
where
    F: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<B>, Error = Error, InitError = ()>
        + 'static,
    B: MessageBody + 'static,
{
    Some(Box::new(Actix(init_service(app).now_or_never().expect("nothing here waits"))))
}

pub(crate) fn serve(subject: Subject, case: &Case) -> Option<Box<dyn Served>> {
    match (subject, case.inner) {
        (Subject::ByHand, _) => served(App::new().route("/", web::to(by_hand::insert))),
        (Subject::ByHandAppend, _) => served(App::new().route("/", web::to(by_hand::append))),
        (_, Inner::Handler) => wrapped(subject, case, App::new().route("/", web::to(inner::handler))),
        (_, Inner::OfItsOwn) => wrapped(subject, case, App::new().route("/", web::to(inner::of_its_own))),
        (_, Inner::Fails) => wrapped(subject, case, App::new().wrap_fn(inner::fails)),
    }
}

fn wrapped<F, B>(subject: Subject, case: &Case, app: App<F>) -> Option<Box<dyn Served>>
where
    F: ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<B>, Error = Error, InitError = ()>
        + 'static,
    B: MessageBody + 'static,
{
    let policy = || case.setting.draft().validate().expect("a valid policy");
    match subject {
        Subject::Nothing => served(app),
        Subject::Empty => served(app.wrap_fn(|request, _| {
            let response = request.into_response(HttpResponse::new(StatusCode::NO_CONTENT));
            std::future::ready(Ok::<_, Error>(response))
        })),
        Subject::EmptyButVary => served(app.wrap_fn(|request, _| {
            let mut response = HttpResponse::new(StatusCode::NO_CONTENT);
            response.headers_mut().append(header::VARY, HeaderValue::from_static("Origin"));
            std::future::ready(Ok::<_, Error>(request.into_response(response)))
        })),
        Subject::Floor => served(app.wrap(floor::Floor(by_hand::insert_to_allowed))),
        Subject::FloorByAppend => served(app.wrap(floor::Floor(by_hand::append_to_allowed))),
        Subject::FloorThatClears => served(app.wrap(floor::Floor(floor::clear_and_insert))),
        Subject::InSource => served(app.wrap(case.setting.in_source()?)),
        Subject::AtRunTime => served(app.wrap(Cors::new(policy()))),
        Subject::Rules if case.setting == Setting::One => served(app.wrap(RULES)),
        Subject::Live => served(app.wrap(Cors::replaceable(policy()).0)),
        Subject::ActixCors => served(app.wrap(case.setting.of_actix_cors())),
        _ => None,
    }
}
