//! Servers whose answers are dictated, or made by a policy.

use std::net::SocketAddr;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::Condition;
use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, web};
use cors_actix::Cors;
use cors_core::{Policy, PolicyDraft};
use cors_tests::wire::serve;

/// What an answer is to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum To {
    Preflight,
    /// A request that is no preflight, to this path.
    Request(&'static str),
}

/// A status and header lines, in which `{page}` stands for the origin of the page, and `{api}` for host and port of the server.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) to: To,
    status: u16,
    lines: Vec<(String, String)>,
}

pub(crate) fn answer(to: To, status: u16, lines: &[(&str, &str)]) -> Answer {
    let lines = lines.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Answer { to, status, lines }
}

impl Answer {
    /// With these lines, `Name: value`, in place of those of the same names.
    pub(crate) fn apply(&mut self, lines: &[String]) {
        let lines: Vec<_> = lines.iter().map(|line| line.split_once(": ").expect("a header line")).collect();
        self.lines.retain(|(name, _)| !lines.iter().any(|(other, _)| name.eq_ignore_ascii_case(other)));
        self.lines.extend(lines.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    fn response(&self, page: &str, api: &str) -> HttpResponse {
        let mut response = HttpResponse::build(StatusCode::from_u16(self.status).expect("a status"));
        for (name, value) in &self.lines {
            response.append_header((name.as_str(), value.replace("{page}", page).replace("{api}", api)));
        }
        response.finish()
    }
}

/// What a server answers.
#[derive(Clone, Debug)]
pub(crate) enum Served {
    Answers(Vec<Answer>),
    /// What this policy says, and 200.
    Policy(Policy),
}

impl Served {
    /// On a free port, asked by this page.
    pub(crate) fn start(&self, page: &str) -> SocketAddr {
        let (served, page) = (self.clone(), page.to_owned());
        serve(move || {
            let app = move || app(served.clone(), page.clone());
            let server = HttpServer::new(app).workers(1).disable_signals().bind("127.0.0.1:0").expect("a port is free");
            (server.addrs()[0], server.run())
        })
    }
}

pub(crate) fn app(
    served: Served,
    page: String,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let (answers, policy) = match served {
        Served::Answers(answers) => (answers, None),
        Served::Policy(policy) => (vec![answer(To::Request("/"), 200, &[])], Some(policy)),
    };
    let is_policy = policy.is_some();
    let nobody = || PolicyDraft::new().origins(["https://nobody.invalid"]).validate().expect("a policy");
    let cors = Cors::new(policy.unwrap_or_else(nobody));
    let dictated = move |request: HttpRequest| {
        let is_preflight = request.method() == Method::OPTIONS
            && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
        let is_to = |answer: &&Answer| match answer.to {
            To::Preflight => is_preflight,
            To::Request(path) => !is_preflight && request.path() == path,
        };
        let api = request.connection_info().host().to_owned();
        let answer = answers.iter().find(is_to);
        let response = answer.map_or_else(|| HttpResponse::NotFound().finish(), |answer| answer.response(&page, &api));
        async move { response }
    };
    App::new().wrap(Condition::new(is_policy, cors)).default_service(web::to(dictated))
}
