//! The page: its files, the data of this run, and the wire log.

use actix_web::{
    HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS},
    web::{self, Data, Query, ServiceConfig},
};
use cors_actix::{Cors, Issues};
use cors_example_ports::Bound;
use serde::{Deserialize, Serialize};

use crate::{
    play,
    policies::{self, Policies},
    predict,
    rehearsal::Rehearsal,
    tries::{self, Tries},
    wire::WireLog,
};

macro_rules! files {
    ($($path:literal: $kind:literal, $file:literal;)*) => {
        /// Path, content type, content.
        const FILES: &[(&str, &str, &str)] = &[$(($path, $kind, include_str!(concat!("page/", $file)))),*];
    };
}

files! {
    "/": "text/html; charset=utf-8", "index.html";
    "/probe.html": "text/html; charset=utf-8", "probe.html";
    "/palette.css": "text/css; charset=utf-8", "../../../cors-actix/src/inspector/page/palette.css";
    "/theme.css": "text/css; charset=utf-8", "theme.css";
    "/play.css": "text/css; charset=utf-8", "play.css";
    "/lessons.css": "text/css; charset=utf-8", "lessons.css";
    "/rows.css": "text/css; charset=utf-8", "rows.css";
    "/predict.css": "text/css; charset=utf-8", "predict.css";
    "/wire.css": "text/css; charset=utf-8", "wire.css";
    "/element.js": "text/javascript; charset=utf-8", "../../../cors-actix/src/inspector/page/element.js";
    "/address.js": "text/javascript; charset=utf-8", "address.js";
    "/app.js": "text/javascript; charset=utf-8", "app.js";
    "/ask.js": "text/javascript; charset=utf-8", "ask.js";
    "/dom.js": "text/javascript; charset=utf-8", "dom.js";
    "/editor.js": "text/javascript; charset=utf-8", "editor.js";
    "/facts.js": "text/javascript; charset=utf-8", "facts.js";
    "/frame.js": "text/javascript; charset=utf-8", "frame.js";
    "/lessons.js": "text/javascript; charset=utf-8", "lessons.js";
    "/play.js": "text/javascript; charset=utf-8", "play.js";
    "/predict.js": "text/javascript; charset=utf-8", "predict.js";
    "/probe.js": "text/javascript; charset=utf-8", "probe.js";
    "/read.js": "text/javascript; charset=utf-8", "read.js";
    "/request.js": "text/javascript; charset=utf-8", "request.js";
    "/rows.js": "text/javascript; charset=utf-8", "rows.js";
    "/server.js": "text/javascript; charset=utf-8", "server.js";
    "/step.js": "text/javascript; charset=utf-8", "step.js";
    "/view.js": "text/javascript; charset=utf-8", "view.js";
    "/why.js": "text/javascript; charset=utf-8", "why.js";
    "/wire.js": "text/javascript; charset=utf-8", "wire.js";
    "/icon.svg": "image/svg+xml", "icon.svg";
}

/// The data of this run for the page's script.
#[derive(Serialize)]
pub(crate) struct Setup {
    pub(crate) page: String,
    pub(crate) other: String,
    pub(crate) api: String,
    policy: String,
    /// The initial text of the editor.
    first_policy: String,
    #[serde(skip)]
    pub(crate) policies: Policies,
    #[serde(skip)]
    pub(crate) tries: Data<Tries>,
    #[serde(skip)]
    pub(crate) rehearsal: Rehearsal,
}

impl Setup {
    pub(crate) fn new(page: &Bound, other: &Bound, api: &Bound, rehearsal: Rehearsal) -> Result<Self, Issues> {
        let policies = Policies::listing(&page.origin())?;
        Ok(Self {
            page: page.origin(),
            other: other.origin(),
            api: api.origin(),
            policy: policies.api.policy().to_string(),
            first_policy: policies::first(&page.origin()),
            policies,
            tries: Data::default(),
            rehearsal,
        })
    }

    /// Returns the policy around the handler of a path; `None` for a policy that was removed.
    pub(crate) fn policy_of(&self, path: &str) -> Option<Cors> {
        match tries::number_in(path) {
            Some(_) => self.tries.of(path),
            None => Some(self.policies.of(path).clone()),
        }
    }
}

pub(crate) fn routes(services: &mut ServiceConfig) {
    for &(path, kind, content) in FILES {
        services.route(path, web::get().to(move || async move { file(kind, content) }));
    }
    services.route("/setup", web::get().to(setup)).route("/wire", web::get().to(look));
    predict::routes(services);
    play::routes(services);
}

/// An address can contain a stranger's text, so only the page's own scripts run, and only pages of this machine may
/// frame it.
const SECURITY: &str = "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; \
                        frame-ancestors http://localhost:* http://127.0.0.1:*";

fn file(kind: &'static str, content: &'static str) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, kind))
        // Another version of the playground may use the same port later.
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header((CONTENT_SECURITY_POLICY, SECURITY))
        .insert_header((X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(content)
}

async fn setup(setup: Data<Setup>) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(setup)
}

#[derive(Deserialize)]
struct Look {
    of: String,
    #[serde(default)]
    after: u64,
}

/// Returns the exchanges of one run that arrived after a given one. The page asks its own origin, so this needs no
/// CORS.
async fn look(log: Data<WireLog>, look: Query<Look>) -> HttpResponse {
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(log.of_run(&look.of, look.after))
}
