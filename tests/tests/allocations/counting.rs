//! How allocations are counted.

use std::future::Future;

use actix_http::Request;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::test::TestRequest;
use actix_web::{App, Error, HttpResponse, web};
use allocation_counter::measure;
use bytes::Bytes;
use cors_tests::cors_of;
use futures_util::FutureExt;

/// How often each service is called: once cold, then warm.
pub(crate) const CALLS: usize = 3;

pub(crate) type Lines = Vec<(&'static str, String)>;

pub(crate) fn origin(origin: &str) -> Lines {
    vec![("origin", origin.to_owned())]
}

pub(crate) fn preflight(origin: &str, asks_for: impl Into<Option<String>>) -> Lines {
    let mut lines = vec![("origin", origin.to_owned()), ("access-control-request-method", "PUT".to_owned())];
    lines.extend(asks_for.into().map(|names| ("access-control-request-headers", names)));
    lines
}

/// A request whose header values are slices of one buffer, as the decoder makes them.
pub(crate) fn request(method: &Method, lines: &Lines) -> TestRequest {
    let buffer = Bytes::from(lines.iter().map(|(_, value)| value.as_str()).collect::<String>());
    let mut start = 0;
    let mut request = TestRequest::default().method(method.clone());
    for (name, value) in lines {
        let slice = buffer.slice(start..start + value.len());
        start += value.len();
        let value = HeaderValue::from_maybe_shared(slice).expect("a header value");
        request = request.insert_header((HeaderName::from_static(name), value));
    }
    request
}

/// Runs on a thread whose pools are empty.
pub(crate) fn on_a_new_thread<T: Send + 'static, F: Future<Output = T>>(run: impl FnOnce() -> F + Send + 'static) -> T {
    let thread = std::thread::spawn(|| actix_web::rt::System::new().block_on(run()));
    thread.join().expect("what is counted does not panic")
}

/// The allocations of each call, and what the last one answered.
#[derive(Debug, PartialEq)]
pub(crate) struct Counted {
    pub(crate) allocations: [u64; CALLS],
    pub(crate) status: u16,
    pub(crate) cors: Vec<String>,
}

pub(crate) fn count<R, S, B>(service: &S, requests: [R; CALLS]) -> Counted
where
    S: Service<R, Response = ServiceResponse<B>, Error = Error>,
    B: MessageBody + 'static,
{
    let mut counted = Counted { allocations: [0; CALLS], status: 0, cors: Vec::new() };
    for (request, allocations) in requests.into_iter().zip(&mut counted.allocations) {
        let mut outcome = None;
        *allocations = measure(|| outcome = service.call(request).now_or_never()).count_total;
        let response = match outcome.expect("nothing here waits") {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            Err(error) => error.error_response(),
        };
        counted.status = response.status().as_u16();
        counted.cors = cors_of(response.headers());
    }
    counted
}

pub(crate) fn requests(lines: &Lines) -> [Request; CALLS] {
    std::array::from_fn(|_| request(&Method::GET, lines).to_request())
}

/// Counts an app without the middleware and with it, and gives what it answered and the allocations that were added.
macro_rules! added {
    ($app:expr, $cors:expr, $lines:expr) => {{
        let (cors, lines): (_, Lines) = ($cors, $lines);
        let same = lines.clone();
        let without = on_a_new_thread(move || async move { count(&init_service($app).await, requests(&same)) });
        let with =
            on_a_new_thread(move || async move { count(&init_service($app.wrap(cors)).await, requests(&lines)) });
        assert_eq!(with.status, without.status);
        let added: [i64; CALLS] =
            std::array::from_fn(|call| with.allocations[call] as i64 - without.allocations[call] as i64);
        (with.cors.join("; "), added)
    }};
}

pub(crate) fn app_with(
    handler: actix_web::Route,
) -> App<
    impl actix_service::ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse,
        Error = Error,
        InitError = (),
    >,
> {
    App::new().route("/", handler)
}

pub(crate) fn handled() -> actix_web::Route {
    web::get().to(async || HttpResponse::Ok().insert_header(("content-type", "text/plain")).body("handled"))
}
