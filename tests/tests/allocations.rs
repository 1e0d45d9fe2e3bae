//! The middleware adds no allocation to a request; a preflight takes as many as an empty response, which is one in all.
//!
//! Counted on threads of their own, since actix-web pools requests and responses by thread: the first call of a service is cold,
//! the others are warm.

use std::future::{Future, ready};

use actix_http::Request;
use actix_web::body::MessageBody;
use actix_web::dev::{Service, ServiceRequest, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, Error, HttpResponse, web};
use allocation_counter::measure;
use bytes::Bytes;
use cors_actix::{Cors, DynamicCors, LiveCors, Origin, PolicyDraft, cors_policy};
use cors_tests::cors_of;
use cors_tests::service::{ALLOWED, CORS, REFUSED};
use futures_util::FutureExt;

const PUBLIC: Cors = cors_policy! { origins: "*", methods: "*", expose_headers: "*" };
const SUBDOMAINS: Cors = cors_policy! { origins: ["https://*.example.com"], expose_headers: ["X-Total"] };
const ECHO: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: "*",
    allow_headers: "*",
};

const RULES: Cors = cors_policy! {
    rules: [
        { origins: ["https://admin.example.com"], credentials: true },
        { origins: ["https://*.example.com"], expose_headers: ["X-Total"] },
        { origins: ["http://localhost:*"], methods: [PUT] },
    ],
};
const REJECTING: Cors = cors_policy! { origins: ["https://app.example.com"], on_denied: reject };

/// How often each service is called: once cold, then warm.
const CALLS: usize = 3;

type Lines = Vec<(&'static str, String)>;

fn origin(origin: &str) -> Lines {
    vec![("origin", origin.to_owned())]
}

fn preflight(origin: &str, asks_for: impl Into<Option<String>>) -> Lines {
    let mut lines = vec![("origin", origin.to_owned()), ("access-control-request-method", "PUT".to_owned())];
    lines.extend(asks_for.into().map(|names| ("access-control-request-headers", names)));
    lines
}

/// A request whose header values are slices of one buffer, as the decoder makes them.
fn request(method: &Method, lines: &Lines) -> TestRequest {
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
fn on_a_new_thread<T: Send + 'static, F: Future<Output = T>>(run: impl FnOnce() -> F + Send + 'static) -> T {
    let thread = std::thread::spawn(|| actix_web::rt::System::new().block_on(run()));
    thread.join().expect("what is counted does not panic")
}

/// The allocations of each call, and what the last one answered.
#[derive(Debug, PartialEq)]
struct Counted {
    allocations: [u64; CALLS],
    status: u16,
    cors: Vec<String>,
}

fn count<R, S, B>(service: &S, requests: [R; CALLS]) -> Counted
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

fn requests(lines: &Lines) -> [Request; CALLS] {
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

fn app_with(
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

fn handled() -> actix_web::Route {
    web::get().to(async || HttpResponse::Ok().insert_header(("content-type", "text/plain")).body("handled"))
}

/// The same policy made while compiling, and at run time.
fn both(cors: &Cors) -> [Cors; 2] {
    [cors.clone(), Cors::new(cors.policy().to_draft().validate().expect("it was valid before"))]
}

#[test]
fn nothing_is_added_to_a_request() {
    for (cors, lines, grants) in [
        (&CORS, vec![], false),
        (&CORS, origin(ALLOWED), true),
        (&CORS, origin(REFUSED), false),
        (&SUBDOMAINS, vec![], false),
        (&SUBDOMAINS, origin(ALLOWED), true),
        (&SUBDOMAINS, origin(REFUSED), false),
        (&PUBLIC, vec![], true),
        (&PUBLIC, origin(REFUSED), true),
        (&CORS, origin(&"x".repeat(8192)), false),
        (&SUBDOMAINS, origin(&format!("https://{}example.com", "a.".repeat(4090))), false),
        (&PUBLIC, origin(&"x".repeat(8192)), true),
        (&RULES, vec![], false),
        (&RULES, origin(ALLOWED), true),
        (&RULES, origin("http://localhost:3000"), true),
        (&RULES, origin(REFUSED), false),
        (&REJECTING, vec![], false),
        (&REJECTING, origin(ALLOWED), true),
        (&REJECTING, [origin(REFUSED), vec![("sec-fetch-site", "same-origin".to_owned())]].concat(), false),
        (&REJECTING, [origin(REFUSED), vec![("host", "evil.example".to_owned())]].concat(), false),
    ] {
        for cors in both(cors) {
            let (answered, added) = added!(app_with(handled()), cors.clone(), lines.clone());
            assert_eq!(answered.contains("access-control-allow-origin"), grants, "{answered}");
            assert_eq!(added, [0; CALLS], "{cors:?} {lines:?}");
        }
    }
}

#[test]
fn nothing_is_added_by_a_policy_that_can_be_replaced() {
    for (policy, lines) in [&CORS, &RULES]
        .into_iter()
        .flat_map(|cors| [vec![], origin(ALLOWED), origin(REFUSED)].map(|lines| (cors.policy().clone(), lines)))
    {
        let (answered, added) = added!(app_with(handled()), LiveCors::new(policy), lines.clone());
        assert!(answered.ends_with("vary: origin"), "{answered}");
        // The first reader of a thread takes its place among the readers, once.
        assert_eq!(added[1..], [0; CALLS - 1], "{lines:?}");
    }
}

#[test]
fn a_rejected_request_takes_what_an_empty_403_takes_which_is_one() {
    fn empty(request: ServiceRequest) -> Result<ServiceResponse, Error> {
        Ok(request.into_response(HttpResponse::new(StatusCode::FORBIDDEN)))
    }
    macro_rules! refused {
        ($app:expr) => {
            on_a_new_thread(move || async move { count(&init_service($app).await, requests(&origin(REFUSED))) })
        };
    }
    let without = refused!(App::new().wrap_fn(|request, _| ready(empty(request)))).allocations;
    assert_eq!(without[1..], [1, 1]);
    for cors in both(&REJECTING) {
        let counted = refused!(App::new().wrap(cors).route("/", handled()));
        assert_eq!((counted.status, counted.allocations), (403, without));
    }
}

/// Middleware that remembers an answer of its source for each of the two origins; [`CORS`] lists none of them.
fn dynamic() -> DynamicCors {
    let source = |origin: Origin| ready(Ok::<_, std::io::Error>(origin.as_str() == TENANT));
    let cors = DynamicCors::new(CORS.policy().to_draft(), source).expect("a valid policy");
    let asks = cors.clone();
    on_a_new_thread(move || async move {
        let app = init_service(app_with(handled()).wrap(asks)).await;
        for (origin, status) in [(TENANT, 204), (REFUSED, 403)] {
            let answered = app.call(request(&Method::OPTIONS, &preflight(origin, None)).to_request()).await;
            assert_eq!(answered.expect("an answer").status(), status);
        }
    });
    cors
}

const TENANT: &str = "https://tenant.example";

#[test]
fn nothing_is_added_by_an_answer_of_a_source_that_is_remembered() {
    for (lines, grants) in [(vec![], false), (origin(ALLOWED), true), (origin(TENANT), true), (origin(REFUSED), false)]
    {
        let (answered, added) = added!(app_with(handled()), dynamic(), lines.clone());
        assert_eq!(answered.contains("access-control-allow-origin"), grants, "{answered}");
        // The first reader of a thread takes its place among the readers, once.
        assert_eq!(added[1..], [0; CALLS - 1], "{lines:?}");
    }
}

/// So many requests that what is done once in a while is done too.
const MANY: u64 = 10_000;

/// The allocations of many warm requests to an app, and whether they were granted.
macro_rules! many {
    ($cors:expr, $origin:expr) => {{
        let (cors, lines) = ($cors, origin($origin));
        on_a_new_thread(move || async move {
            let app = init_service(app_with(handled()).wrap(cors)).await;
            let mut granted = false;
            let mut call = |request: Request| {
                let response = app.call(request).now_or_never().expect("nothing waits").expect("an answer");
                granted = response.headers().contains_key("access-control-allow-origin");
            };
            call(request(&Method::GET, &lines).to_request());
            let mut allocations = 0;
            for _ in 0..MANY {
                let request = request(&Method::GET, &lines).to_request();
                allocations += measure(|| call(request)).count_total;
            }
            (allocations, granted)
        })
    }};
}

/// Each of the two memories is kept in order by whoever comes along, after every hundred looks or so.
#[test]
fn a_memory_in_order_allocates_in_one_of_fifty_requests_at_most() {
    for (listed, asked) in [(ALLOWED, TENANT), (REFUSED, REFUSED)] {
        let ((with, granted), (without, same)) = (many!(dynamic(), asked), many!(CORS, listed));
        println!("{} allocations in {MANY} requests of {asked}", with - without);
        assert_eq!(granted, same);
        assert!((with - without) * 50 <= MANY, "{with} with a source, {without} without");
    }
}

#[test]
fn nothing_is_added_where_the_application_sets_headers_of_its_own() {
    let handler = || {
        web::get().to(async || {
            let mut response = HttpResponse::Ok();
            response
                .insert_header(("vary", "Accept-Encoding, Cookie"))
                .insert_header(("access-control-allow-origin", "*"));
            response.insert_header(("access-control-max-age", "1")).insert_header(("etag", "\"1\"")).body("handled")
        })
    };
    for lines in [vec![], origin(ALLOWED), origin(REFUSED)] {
        let (answered, added) = added!(app_with(handler()), CORS, lines);
        assert!(answered.ends_with("vary: accept-encoding, cookie, origin"), "{answered}");
        assert_eq!(added, [0; CALLS]);
    }
}

/// The mapper, and the error's list of mappers.
#[test]
fn an_inner_error_costs_two() {
    let failing = || App::new().wrap_fn(|_, _| ready(Err::<ServiceResponse, _>(ErrorUnauthorized("no"))));
    for lines in [vec![], origin(ALLOWED), origin(REFUSED)] {
        for cors in both(&CORS) {
            let (answered, added) = added!(failing(), cors, lines.clone());
            assert!(answered.ends_with("vary: origin"), "{answered}");
            assert_eq!(added, [2; CALLS]);
        }
    }
}

/// What preflights to an app take that answers them all without a handler.
macro_rules! preflights {
    ($app:expr, $lines:expr) => {{
        let lines: Lines = $lines;
        on_a_new_thread(move || async move {
            let requests = std::array::from_fn(|_| request(&Method::OPTIONS, &lines).to_request());
            count(&init_service($app).await, requests)
        })
    }};
}

#[test]
fn a_preflight_takes_what_an_empty_204_takes_which_is_one() {
    fn empty(request: ServiceRequest) -> Result<ServiceResponse, Error> {
        Ok(request.into_response(HttpResponse::new(StatusCode::NO_CONTENT)))
    }
    let bare = || App::new().wrap_fn(|request, _| ready(empty(request)));
    let without = preflights!(bare(), preflight(ALLOWED, None)).allocations;
    assert_eq!(without[1..], [1, 1]);

    let names = (0..1000).map(|number| format!("x-{number}")).collect::<Vec<_>>().join(",");
    for (cors, lines, status) in [
        (&CORS, preflight(ALLOWED, None), 204),
        (&CORS, preflight(ALLOWED, "x-token".to_owned()), 204),
        (&CORS, preflight(REFUSED, None), 403),
        (&CORS, preflight(ALLOWED, ",".repeat(8192)), 204),
        (&CORS, preflight(ALLOWED, names.clone()), 204),
        (&CORS, preflight(&"x".repeat(8192), None), 403),
        (&SUBDOMAINS, preflight(ALLOWED, None), 204),
        (&RULES, preflight(ALLOWED, None), 204),
        (&REJECTING, preflight(REFUSED, None), 403),
        (&PUBLIC, preflight(REFUSED, None), 204),
        (&ECHO, preflight(ALLOWED, "x-a, x-b".to_owned()), 204),
        (&ECHO, preflight(ALLOWED, ",".repeat(8192)), 204),
        (&ECHO, preflight(ALLOWED, names.clone()), 204),
    ] {
        for cors in both(cors) {
            let what = format!("{cors:?} {lines:?}");
            let counted = preflights!(App::new().wrap(cors), lines.clone());
            assert_eq!((counted.status, counted.allocations), (status, without), "{what}");
        }
    }
}

/// Where all is done in the same allocations, a policy's size does not show either.
#[test]
fn a_thousand_origins_add_nothing() {
    let origins: Vec<String> = (0..1000).map(|number| format!("https://a{number}.example")).collect();
    let cors = Cors::new(PolicyDraft::new().origins(origins).validate().expect("a valid policy"));
    for (asks, grants) in [("https://a999.example", true), (REFUSED, false)] {
        let (answered, added) = added!(app_with(handled()), cors.clone(), origin(asks));
        assert_eq!((answered.contains("access-control-allow-origin"), added), (grants, [0; CALLS]));
    }
}
