//! A page in a browser, whose scripts send requests to a test app.

use std::time::Duration;

use actix_http::Request;
use actix_web::Error;
use actix_web::dev::{Service, ServiceResponse};
use cors_browser::explain::Explanation;
use cors_browser::{
    Body, Browser as Model, Engine, HeaderLine, OutgoingRequest, Page, Response, ScriptRequest, Stranger, Verdict,
};
use cors_core::Policy;

use super::strangers::verdict;
use super::wire::{exchange, host};
use super::{Outcome, Strangers};
use crate::observe::Decisions;

/// A browser that shows one page, whose scripts send requests to an app from [`init_service`](actix_web::test::init_service).
///
/// It follows the standard, or an [`engine`](Self::engine) where that differs. It remembers preflights between calls
/// of [`fetch`](Self::fetch). It has the [cookies](Self::cookies) that you set, and stores no others. [The
/// module](super) has an example.
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
    /// Panics if the text is not a URL.
    #[track_caller]
    pub fn at(url: &str) -> Self {
        match Page::at(url) {
            Ok(page) => Self::showing(page),
            Err(mistake) => panic!("{mistake}"),
        }
    }

    /// Returns a browser that shows a page with an opaque origin, such as a sandboxed frame. It sends `Origin: null`.
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

    /// Follows this engine where it differs from the standard. Forgets remembered preflights.
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

    /// Sets the cookies, for example `"session=7; theme=dark"`. The browser sends them to every host if the
    /// credentials mode of the request allows it.
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

    /// Sets the policy of the app, so that the text of an outcome says what to write in it.
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

    /// Like [`fetch`](Self::fetch), with this text as the body.
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

    /// Runs the same request from origins that look like this page's origin but must not be allowed: see
    /// [`Stranger`]. It finds code that compares only the beginning or the end of an origin, or ignores the scheme,
    /// and servers that echo every origin.
    ///
    /// Handlers run each time, like with [`fetch`](Self::fetch). With a [`policy`](Self::policy), it is a security
    /// hole if the app lets a stranger read an answer and the policy does not. Without a policy, answers with `*` are
    /// not reported.
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
        let Self { model, page, cookies, elsewhere, policy } = self;
        let with_cookies = |request: &mut OutgoingRequest| {
            let cookies = cookies.as_ref().filter(|_| request.credentials);
            request.headers.extend(cookies.map(|cookies| HeaderLine::new("Cookie", cookies.as_str())));
        };
        let answer_of_others = |url: &str| {
            let host = host(url)?;
            elsewhere.iter().find(|(other, _)| *other == host).map(|(_, answer)| answer.clone())
        };
        // An answer of another host is not a mistake of the app or its policy.
        let mut is_of_others = false;
        let mut decisions = Decisions::default();
        let engine = model.engine();
        let server = async |outgoing: &OutgoingRequest| {
            let of_others = answer_of_others(&outgoing.url);
            is_of_others = of_others.is_some();
            let mut request = outgoing.clone();
            with_cookies(&mut request);
            let response;
            (response, decisions) = match of_others {
                Some(response) => (response, Decisions::default()),
                None => exchange(app, &request, body).await,
            };
            response
        };
        let mut transcript = model.run_async(page, request, server).await;
        transcript.exchanges.iter_mut().for_each(|exchange| with_cookies(&mut exchange.request));
        let explanation = Explanation::of(&transcript);
        let explanation = match (explanation, &policy) {
            (Some(explanation), Some(policy)) if !is_of_others => Some(explanation.with_policy(policy)),
            (explanation, _) => explanation,
        };
        Outcome { transcript, engine, is_of_others, decisions, known: policy.clone(), explanation }
    }
}

const fn is_readable(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Readable(_))
}
