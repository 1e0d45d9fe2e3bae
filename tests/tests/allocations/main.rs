//! The middleware adds no allocation to a request; a preflight takes as many as an empty response, which is one in all.
//!
//! Counted on threads of their own, since actix-web pools requests and responses by thread: the first call of a service is cold,
//! the others are warm.

#[macro_use]
mod counting;
mod source;

use std::future::ready;

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorUnauthorized;
use actix_web::http::{Method, StatusCode};
use actix_web::test::init_service;
use actix_web::{App, Error, HttpResponse, guard, web};
use cors_actix::{Cors, PolicyDraft, cors_policy, with_preflight};
use cors_tests::service::{ALLOWED, CORS, REFUSED};

use crate::counting::{
    CALLS, Counted, Lines, app_with, count, handled, on_a_new_thread, origin, preflight, request, requests,
};

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
        .flat_map(|cors| [vec![], origin(ALLOWED), origin(REFUSED)].map(|lines| ((*cors.policy()).clone(), lines)))
    {
        let (answered, added) = added!(app_with(handled()), Cors::replaceable(policy).0, lines.clone());
        assert!(answered.ends_with("vary: origin"), "{answered}");
        assert_eq!(added, [0; CALLS], "{lines:?}");
    }
}

/// The first calls compare the pair; the others add nothing.
#[test]
fn nothing_is_added_by_a_policy_inside_another() {
    const INNER: Cors = cors_policy! { origins: ["https://app.example.com"] };
    const OUTER: Cors = cors_policy! { origins: ["https://app.example.com"] };
    for lines in [vec![], origin(ALLOWED), origin(REFUSED)] {
        let nested = || web::scope("").wrap(INNER).route("/", handled());
        let (_, added) = added!(App::new().service(nested()), OUTER, lines.clone());
        assert_eq!(added[CALLS - 1], 0, "{lines:?} {added:?}");
    }
}

#[test]
fn nothing_is_added_by_a_policy_that_is_tried_out() {
    for lines in [vec![], origin(ALLOWED), origin(REFUSED)] {
        let (_, added) = added!(app_with(handled()), PUBLIC.shadow(CORS), lines);
        assert_eq!(added, [0; CALLS]);
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

/// Its `Vary` and ours become one text.
#[test]
fn one_is_added_where_the_application_sets_headers_of_its_own() {
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
        assert_eq!(added, [1; CALLS]);
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

/// A method of more than 15 letters is on the heap.
#[test]
fn nothing_is_added_by_a_guard_for_a_method_of_any_length() {
    fn counted<G: guard::Guard + 'static>(guard: fn(Method) -> G) -> Counted {
        on_a_new_thread(move || async move {
            let method = Method::from_bytes(b"VERSION-CONTROL-AND-MORE").expect("a method is a token");
            let app = App::new().route("/", web::route().guard(guard(method)).to(async || "never"));
            count(&init_service(app.route("/", handled())).await, requests(&vec![]))
        })
    }
    assert_eq!(counted(with_preflight::method).allocations, counted(guard::Method).allocations);
}
