//! Predictions for the requests of a row, by the model of the browser and the answers of the rehearsal.
//!
//! Each press uses new addresses, so the model starts each row without memory. Within a row it remembers what a
//! browser remembers: preflights, and the cookie of a log-in.

use actix_web::{
    HttpRequest, HttpResponse,
    error::ErrorBadRequest,
    http::{
        Uri,
        header::{CACHE_CONTROL, USER_AGENT},
    },
    middleware::from_fn,
    web::{self, Data, Json, JsonConfig, ServiceConfig},
};
use cors_browser::{
    Body, Browser, CredentialsMode, Engine, OutgoingRequest, Page, ScriptRequest, Transcript, Verdict,
    explain::Explanation,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use crate::{
    engine::engine_of,
    notation,
    page::Setup,
    play::own_pages,
    rehearsal::{Cookies, exchange},
};

/// Maximum number of bytes of all rows, and of steps in them.
const MOST_BYTES: usize = 128 * 1024;
const MOST_STEPS: usize = 64;

/// A row: the page of the script, and its requests in order.
#[derive(Deserialize)]
struct Row {
    origin: String,
    requests: Vec<Asked>,
}

/// A request, with the options of `fetch()` that the rows use.
#[derive(Deserialize)]
struct Asked {
    url: String,
    method: String,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    body: Option<String>,
    #[serde(default)]
    credentials: Credentials,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Credentials {
    Omit,
    #[default]
    SameOrigin,
    Include,
}

#[derive(Serialize)]
struct Predictions {
    /// `None` if the visitor's engine is unknown: then the standard applies.
    engine: Option<String>,
    /// The steps of each row.
    rows: Vec<Vec<Prediction>>,
}

#[derive(Serialize)]
struct Prediction {
    /// Whether a browser without memory would send a preflight first.
    preflight_due: bool,
    preflights: usize,
    requests: usize,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
enum Outcome {
    Readable { status: u16, headers: Vec<String> },
    Blocked(Why),
}

/// Why the script gets nothing. Only a reason of CORS has a console message, a section of the standard, and something
/// to write instead.
#[derive(Default, Serialize)]
struct Why {
    reason: String,
    anchor: Option<String>,
    console: Option<String>,
    help: Vec<String>,
    notes: Vec<String>,
    /// The policy, in TOML, that would allow the request.
    policy: Option<String>,
}

pub(crate) fn routes(services: &mut ServiceConfig) {
    // The model follows redirects.
    let client = Data::new(awc::Client::builder().disable_redirects().finish());
    let limit = JsonConfig::default().limit(MOST_BYTES);
    let resource = web::resource("/predictions").app_data(client).app_data(limit).wrap(from_fn(own_pages));
    services.service(resource.route(web::post().to(predictions)));
}

async fn predictions(
    request: HttpRequest,
    rows: Json<Vec<Row>>,
    client: Data<awc::Client>,
    setup: Data<Setup>,
) -> Result<HttpResponse, actix_web::Error> {
    if rows.iter().map(|row| row.requests.len()).sum::<usize>() > MOST_STEPS {
        return Err(ErrorBadRequest(format!("at most {MOST_STEPS} requests are predicted at once")));
    }
    let user_agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let engine = engine_of(user_agent);
    let mut predictions = Predictions { engine: engine.map(|engine| format!("{engine:?}")), rows: Vec::new() };
    for Row { origin, requests } in &*rows {
        let page = Page::at(origin).map_err(ErrorBadRequest)?;
        let mut rehearsed = Rehearsed::new(engine, page, &client, &setup);
        let mut steps = Vec::new();
        for asked in requests {
            steps.push(rehearsed.predict(asked).await);
        }
        predictions.rows.push(steps);
    }
    Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(predictions))
}

/// A row that is being rehearsed.
struct Rehearsed<'a> {
    browser: Browser,
    page: Page,
    cookies: Cookies,
    client: &'a awc::Client,
    setup: &'a Setup,
}

impl<'a> Rehearsed<'a> {
    fn new(engine: Option<Engine>, page: Page, client: &'a awc::Client, setup: &'a Setup) -> Self {
        let browser = engine.map_or_else(Browser::new, Browser::of);
        Self { browser, page, cookies: Cookies::default(), client, setup }
    }

    async fn predict(&mut self, asked: &Asked) -> Prediction {
        let script = asked.to_script();
        let preflight_due = self.is_preflight_due(&script);
        let Self { browser, page, cookies, client, setup } = self;
        let server = async |outgoing: &OutgoingRequest| {
            exchange(client, &setup.rehearsal, cookies, outgoing, asked.body.as_deref()).await
        };
        let transcript = browser.run_async(page, &script, server).await;
        let sent = transcript.exchanges.iter().map(|exchange| &exchange.request).chain(&transcript.unanswered);
        let (preflights, requests): (Vec<_>, Vec<_>) = sent.partition(|request| request.preflight);
        let (preflights, requests) = (preflights.len(), requests.len());
        Prediction { preflight_due, preflights, requests, outcome: self.outcome(&transcript) }
    }

    fn is_preflight_due(&self, script: &ScriptRequest) -> bool {
        let mut forgetful = self.browser.engine().map_or_else(Browser::new, Browser::of);
        forgetful.fetch(&self.page, script).pending().is_some_and(|request| request.preflight)
    }

    fn outcome(&self, transcript: &Transcript) -> Outcome {
        let because = |reason: String| Outcome::Blocked(Why { reason, ..Why::default() });
        if let Some(explanation) = Explanation::of(transcript) {
            let url = explanation.url().and_then(|url| url.parse::<Uri>().ok());
            let policy = self.setup.policy_of(url.as_ref().map_or("", Uri::path));
            return Outcome::Blocked(self.why(&match policy {
                Some(cors) => explanation.with_policy(&cors.policy()),
                None => explanation,
            }));
        }
        match &transcript.verdict {
            Verdict::Readable(readable) => {
                Outcome::Readable { status: readable.status, headers: readable.headers.clone() }
            }
            Verdict::RefusedByApi(refusal) => because(refusal.to_string()),
            Verdict::Unanswered => because("no answer came".to_owned()),
            Verdict::Opaque | Verdict::OpaqueRedirect | Verdict::Local | Verdict::Blocked(_) => {
                because("the script can read nothing of it".to_owned())
            }
        }
    }

    fn why(&self, explanation: &Explanation) -> Why {
        Why {
            reason: explanation.reason(),
            anchor: explanation.anchor(),
            console: self.browser.engine().and_then(|engine| explanation.console(engine)),
            help: explanation.help(),
            notes: explanation.notes().into_iter().chain(explanation.warning()).collect(),
            policy: explanation.fix().map(|fix| notation::toml(fix.policy())),
        }
    }
}

impl Asked {
    fn to_script(&self) -> ScriptRequest {
        let body = if self.body.is_some() { Body::Text } else { Body::None };
        let script = ScriptRequest::new(&self.url).method(&self.method).body(body).credentials(self.credentials.into());
        self.headers.iter().fold(script, |script, (name, value)| script.header(name, value.as_str()))
    }
}

impl From<Credentials> for CredentialsMode {
    fn from(credentials: Credentials) -> Self {
        match credentials {
            Credentials::Omit => Self::Omit,
            Credentials::SameOrigin => Self::SameOrigin,
            Credentials::Include => Self::Include,
        }
    }
}
