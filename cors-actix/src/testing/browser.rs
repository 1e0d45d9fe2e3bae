//! A page in a browser, whose scripts send requests to a test app.

use std::time::Duration;

use actix_http::Request;
use actix_web::Error;
use actix_web::dev::{Service, ServiceResponse};
use cors_browser::explain::Explanation;
use cors_browser::{
    Body, Browser as Model, Engine, HeaderLine, OutgoingRequest, Page, Response, ScriptRequest, Step, Stranger, Verdict,
};
use cors_core::Policy;

use super::strangers::verdict;
use super::wire::{exchange, host};
use super::{Exchange, Outcome, Strangers};
use crate::observe::Decisions;

/// A browser that shows one page, whose scripts send requests to an app from [`init_service`](actix_web::test::init_service).
///
/// It follows the standard, or an [`engine`](Self::engine) where that differs. It remembers preflights from one [`fetch`](Self::fetch) to
/// the next. It has the [cookies](Self::cookies) that you set, and stores no others.
/// [The module](super) has an example.
#[derive(Clone, Debug)]
pub struct Browser {
    model: Model,
    page: Page,
    cookies: Option<String>,
    elsewhere: Vec<(String, Response)>,
    policy: Option<Policy>,
}

impl Browser {
    /// Returns a browser that shows the page at this address. Only the origin matters.
    ///
    /// # Panics
    ///
    /// When the text is not a URL.
    #[track_caller]
    pub fn at(url: &str) -> Self {
        match Page::at(url) {
            Ok(page) => Self::showing(page),
            Err(mistake) => panic!("{mistake}"),
        }
    }

    /// Returns a browser that shows a page whose origin is opaque, such as a sandboxed frame: it sends `Origin: null`.
    ///
    /// ```
    /// # use actix_web::{App, test};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let app = test::init_service(App::new().wrap(cors_policy! { origins: ["https://app.example.com"] })).await;
    /// let request = ScriptRequest::new("https://api.example.com/");
    /// Browser::opaque().fetch(&app, request).await.assert_blocked("allow-origin-missing");
    /// # });
    /// ```
    pub fn opaque() -> Self {
        Self::showing(Page::opaque())
    }

    fn showing(page: Page) -> Self {
        Self { model: Model::new(), page, cookies: None, elsewhere: Vec::new(), policy: None }
    }

    /// Follows this engine where it differs from the standard. Drops remembered preflights.
    ///
    /// ```
    /// use cors_actix::testing::{Browser, Engine};
    ///
    /// let safari = Browser::at("https://app.example.com").engine(Engine::WebKit);
    /// ```
    #[must_use]
    pub fn engine(self, engine: Engine) -> Self {
        Self { model: Model::of(engine), ..self }
    }

    /// Sets the cookies, as in `"session=7; theme=dark"`. They are sent to every host if the credentials mode of the request allows it.
    ///
    /// ```
    /// # use actix_web::{App, HttpRequest, HttpResponse, test, web};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, CredentialsMode, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let who = async |request: HttpRequest| match request.headers().contains_key("Cookie") {
    ///     true => HttpResponse::Ok(),
    ///     false => HttpResponse::Unauthorized(),
    /// };
    /// let cors = cors_policy! { origins: ["https://app.example.com"], credentials: true };
    /// let app = test::init_service(App::new().wrap(cors).route("/me", web::get().to(who))).await;
    ///
    /// let mut page = Browser::at("https://app.example.com").cookies("session=7");
    /// let request = ScriptRequest::new("https://api.example.com/me");
    /// assert_eq!(page.fetch(&app, request.clone()).await.status(), 401);
    /// assert_eq!(page.fetch(&app, request.credentials(CredentialsMode::Include)).await.status(), 200);
    /// # });
    /// ```
    #[must_use]
    pub fn cookies(self, cookies: impl Into<String>) -> Self {
        Self { cookies: Some(cookies.into()), ..self }
    }

    /// Sets the answer of another host to which the app redirects: `"login.example.com"`, `"localhost:3000"`. Requests to all other hosts go
    /// to the app.
    ///
    /// ```
    /// # use actix_web::{App, test, web};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, Response, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let cors = cors_policy! { origins: ["https://app.example.com"] };
    /// let app = App::new().wrap(cors).service(web::redirect("/me", "https://login.example.com/"));
    /// let app = test::init_service(app).await;
    ///
    /// let mut page = Browser::at("https://app.example.com").elsewhere("login.example.com", Response::new(200));
    /// let request = ScriptRequest::new("https://api.example.com/me");
    /// page.fetch(&app, request).await.assert_blocked("allow-origin-missing");
    /// # });
    /// ```
    #[must_use]
    pub fn elsewhere(mut self, host: impl Into<String>, answer: Response) -> Self {
        self.elsewhere.push((host.into(), answer));
        self
    }

    /// Sets the policy of the app, so that an outcome can say what to write in it.
    ///
    /// ```
    /// # use actix_web::{App, test};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let cors = cors_policy! { origins: ["https://app.example.com"] };
    /// let app = test::init_service(App::new().wrap(cors.clone())).await;
    ///
    /// let mut page = Browser::at("https://app.example.com").policy(&cors.policy());
    /// let outcome = page.fetch(&app, ScriptRequest::new("https://api.example.com/").method("PUT")).await;
    /// assert!(outcome.to_string().ends_with("help: write in the policy\n    methods: [PUT],"));
    /// # });
    /// ```
    #[must_use]
    pub fn policy(self, policy: &Policy) -> Self {
        Self { policy: Some(policy.clone()), ..self }
    }

    /// Advances the clock, so that remembered preflights expire.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use cors_actix::testing::Browser;
    ///
    /// let mut page = Browser::at("https://app.example.com");
    /// page.advance(Duration::from_secs(600));
    /// ```
    pub fn advance(&mut self, time: Duration) {
        self.model.advance(time);
    }

    /// Runs a script's request, with preflights and redirects. Handlers run as in the server; response bodies are not read.
    ///
    /// The app gets the whole URL and `Host`, but no other headers that browsers add by themselves, such as `Sec-Fetch-Site`. A body
    /// contains the text `body`; use [`fetch_with_body`](Self::fetch_with_body) for another text, such as JSON.
    pub async fn fetch<B>(
        &mut self,
        app: &impl Service<Request, Response = ServiceResponse<B>, Error = Error>,
        request: ScriptRequest,
    ) -> Outcome {
        self.run(app, &request, "body").await
    }

    /// Does what [`fetch`](Self::fetch) does, with this text as the body.
    ///
    /// ```
    /// # use actix_web::{App, test, web};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let cors = cors_policy! { origins: ["https://app.example.com"], allow_headers: ["Content-Type"] };
    /// let save = async |note: web::Json<Vec<String>>| note.join(" ");
    /// let app = test::init_service(App::new().wrap(cors).route("/notes", web::post().to(save))).await;
    ///
    /// let post = ScriptRequest::new("https://api.example.com/notes").method("POST").header("Content-Type", "application/json");
    /// let outcome = Browser::at("https://app.example.com").fetch_with_body(&app, post, r#"["milk", "bread"]"#).await;
    /// assert_eq!(outcome.status(), 200);
    /// # });
    /// ```
    pub async fn fetch_with_body<B>(
        &mut self,
        app: &impl Service<Request, Response = ServiceResponse<B>, Error = Error>,
        request: ScriptRequest,
        text: &str,
    ) -> Outcome {
        self.run(app, &request.body(Body::Text), text).await
    }

    /// Runs the same request from origins that resemble this page's origin but should not be allowed: see [`Stranger`]. It finds
    /// comparisons by hand, of beginnings or endings or without the scheme, and servers that echo every origin.
    ///
    /// Handlers run each time, as with [`fetch`](Self::fetch). With a [`policy`](Self::policy), everything that the app lets a stranger read
    /// and the policy does not is a hole. Without one, responses that everybody may read, by `*`, are not.
    ///
    /// ```
    /// # use actix_web::{App, test};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let cors = cors_policy! { origins: ["https://*.example.com"] };
    /// let app = test::init_service(App::new().wrap(cors)).await;
    ///
    /// let page = Browser::at("https://app.example.com");
    /// page.strangers(&app, ScriptRequest::new("https://api.example.com/")).await.assert_refused();
    /// # });
    /// ```
    pub async fn strangers<B>(
        &self,
        app: &impl Service<Request, Response = ServiceResponse<B>, Error = Error>,
        request: ScriptRequest,
    ) -> Strangers {
        let mut outcomes = Vec::new();
        for stranger in Stranger::of(self.page.origin()) {
            let Ok(page) = Page::at(stranger.origin()) else { continue };
            let model = || self.model.engine().map_or_else(Model::new, Model::of);
            let exceeds = |outcome: &Outcome| {
                let may = self.policy.as_ref().map(|policy| verdict(policy, model(), &page, &request));
                may.is_some_and(|may| !is_readable(&may)) && is_readable(outcome.verdict())
            };
            let outcome = Self { page: page.clone(), model: model(), ..self.clone() }.fetch(app, request.clone()).await;
            let exceeds = exceeds(&outcome);
            outcomes.push((stranger, outcome, exceeds));
        }
        Strangers { outcomes }
    }

    async fn run<B>(
        &mut self,
        app: &impl Service<Request, Response = ServiceResponse<B>, Error = Error>,
        request: &ScriptRequest,
        body: &str,
    ) -> Outcome {
        let mut exchanges = Vec::new();
        // What another host answered is not a mistake of the app or its policy.
        let mut is_of_others = false;
        let mut last_decisions = Decisions::default();
        let mut step = self.model.fetch(&self.page, request);
        let verdict = loop {
            match step {
                Step::Done(verdict) => break verdict,
                Step::Send(pending) => {
                    let request = self.with_cookies(pending.request().clone());
                    let of_others = self.answer_of_others(&request.url);
                    is_of_others = of_others.is_some();
                    let (response, decisions) = match of_others {
                        Some(response) => (response, Decisions::default()),
                        None => exchange(app, &request, body).await,
                    };
                    step = self.model.answer(pending, &response);
                    exchanges.push(Exchange { request, response });
                    last_decisions = decisions;
                }
            }
        };
        let explanation = match &verdict {
            Verdict::Blocked(blocked) => Some(Explanation::new(blocked, &self.page, request)),
            _ => None,
        };
        let explanation = match (explanation, &self.policy) {
            (Some(explanation), Some(policy)) if !is_of_others => Some(explanation.with_policy(policy)),
            (explanation, _) => explanation,
        };
        let (origin, engine) = (self.page.origin().to_owned(), self.model.engine());
        let (decisions, known) = (last_decisions, self.policy.clone());
        Outcome { origin, engine, exchanges, is_of_others, decisions, known, verdict, explanation }
    }

    fn with_cookies(&self, mut request: OutgoingRequest) -> OutgoingRequest {
        let cookies = self.cookies.as_ref().filter(|_| request.credentials);
        request.headers.extend(cookies.map(|cookies| HeaderLine::new("Cookie", cookies.as_str())));
        request
    }

    fn answer_of_others(&self, url: &str) -> Option<Response> {
        let host = host(url)?;
        self.elsewhere.iter().find(|(other, _)| *other == host).map(|(_, answer)| answer.clone())
    }
}

const fn is_readable(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Readable(_))
}
