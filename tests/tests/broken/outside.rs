//! A middleware outside of the policy makes the page for errors, without the headers: preflights pass, and errors cannot be read. Inside of
//! the policy an error has them, and one to another origin still shows that the policy made it.

use actix_web::body::MessageBody;
use actix_web::dev::ServiceResponse;
use actix_web::middleware::{ErrorHandlerResponse, ErrorHandlers};
use actix_web::{App, HttpResponse, web};
use cors_actix::{Cors, cors_policy};

use crate::{Served, asked, is_mended};

const CORS: Cors = cors_policy! { origins: ["https://app.example.com"], methods: [PUT] };
const OTHER: Cors = cors_policy! { origins: ["https://other.example.com"] };

fn pages<B: MessageBody + 'static>() -> ErrorHandlers<B> {
    ErrorHandlers::new().default_handler(|failed: ServiceResponse<B>| {
        let (request, failed) = failed.into_parts();
        let page = HttpResponse::build(failed.status()).body("something went wrong");
        Ok(ErrorHandlerResponse::Response(ServiceResponse::new(request, page).map_into_right_body()))
    })
}

fn routes(config: &mut web::ServiceConfig) {
    config.route("/boom", web::get().to(HttpResponse::InternalServerError));
    config.route("/boom", web::put().to(HttpResponse::InternalServerError));
    config.route("/login", web::get().to(HttpResponse::Unauthorized));
}

fn broken() -> App<impl Served> {
    App::new().configure(routes).wrap(CORS).wrap(pages())
}

fn mended() -> App<impl Served> {
    App::new().configure(routes).wrap(pages()).wrap(CORS)
}

fn unlisted() -> App<impl Served> {
    App::new().configure(routes).wrap(OTHER)
}

#[test]
fn why_says_that_the_error_comes_from_outside() {
    const GENERAL: &str =
        "help: send the headers on errors too: this 500 comes from something that stands outside of CORS";
    const OF_STACK: &str = "help: to send the headers on this 500 too, move `.wrap(cors_policy! { ... })` below every other `wrap`: \
                            the last one stands outermost, outside of what makes the error";
    for options in [&[][..], &["-X", "PUT", "--send"]] {
        for (stack, said) in [(&[][..], GENERAL), (&["--stack", "cors-actix"], OF_STACK)] {
            let (status, words) = asked(broken, "/boom", &[options, stack].concat());
            let help: Vec<&str> = words.lines().filter(|line| line.starts_with("help: ")).collect();
            assert!(status == 1 && help[0].starts_with("help: look at the server's log: "), "{words}");
            assert_eq!(help[1], said, "{words}");
        }
        is_mended(asked(mended, "/boom", options));
    }
}

#[test]
fn why_tells_a_login_inside_of_the_policy_from_one_outside() {
    let (status, words) = asked(unlisted, "/login", &["--no-probes"]);
    let first = words.lines().find(|line| line.starts_with("help: "));
    let add = "help: add https://app.example.com to the origins that the server allows";
    assert_eq!((status, first), (1, Some(add)), "{words}");
}
