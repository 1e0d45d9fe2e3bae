//! Services of tower.

use std::cell::RefCell;
use std::convert::Infallible;
use std::future::{Ready, ready};

use futures_util::FutureExt;
use http::{HeaderName, HeaderValue, Method, Request, Response};
use tower::{Layer, Service, service_fn};

use crate::lines::lines;
use crate::{Answer, Case, Inner, Served, Subject};

/// Services of tower are called by a mutable reference.
struct Tower<S>(RefCell<S>);

/// What is counted.
#[inline(never)]
fn measured<S>(service: &mut S, request: Request<()>) -> Result<Response<&'static str>, Infallible>
where
    S: Service<Request<()>, Response = Response<&'static str>, Error = Infallible>,
{
    service.call(request).now_or_never().expect("nothing here waits")
}

impl<S> Served for Tower<S>
where
    S: Service<Request<()>, Response = Response<&'static str>, Error = Infallible>,
{
    fn calls(&self, case: &Case, times: usize) -> Box<dyn FnMut() + '_> {
        let mut requests: Vec<_> = (0..times).map(|_| request(case)).collect();
        let mut kept = Vec::with_capacity(times);
        Box::new(move || kept.extend(requests.pop().map(|request| measured(&mut *self.0.borrow_mut(), request))))
    }

    fn answer(&self, case: &Case) -> Answer {
        let Ok(response) = measured(&mut *self.0.borrow_mut(), request(case));
        let headers = response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
        Answer::new(response.status().as_u16(), headers)
    }
}

fn request(case: &Case) -> Request<()> {
    let mut request = Request::new(());
    *request.method_mut() = Method::from_bytes(case.method.as_bytes()).expect("a method");
    for (name, value) in lines(case) {
        let value = HeaderValue::from_maybe_shared(value).expect("a header value");
        request.headers_mut().append(HeaderName::from_static(name), value);
    }
    request
}

fn handler(_request: Request<()>) -> Ready<Result<Response<&'static str>, Infallible>> {
    let mut response = Response::new("handled");
    response.headers_mut().insert(http::header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    ready(Ok(response))
}

pub(crate) fn serve(subject: Subject, case: &Case) -> Option<Box<dyn Served>> {
    if case.inner != Inner::Handler {
        return None;
    }
    let service = service_fn(handler);
    Some(match subject {
        Subject::TowerNothing => Box::new(Tower(RefCell::new(service))),
        _ => Box::new(Tower(RefCell::new(case.setting.of_tower_http().layer(service)))),
    })
}
