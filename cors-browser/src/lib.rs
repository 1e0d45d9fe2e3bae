//! A model of the browser: what it sends for a script's request, and what it lets the script read of the answers.
//!
//! It is the other half of the [CORS protocol](https://fetch.spec.whatwg.org/#http-cors-protocol), read from the standard on its own:
//! it shares tables of names with the server's half, and no rule, so that each can prove the other. It does no input or output. Asked
//! for an [`Engine`], it differs from the standard where that engine was seen to.
//!
//! ```
//! use cors_browser::{Browser, Page, Response, ScriptRequest, Step, Verdict};
//!
//! let mut browser = Browser::new();
//! let page = Page::at("https://app.example.com")?;
//! let request = ScriptRequest::new("https://api.example.com/notes").method("PUT").header("X-Token", "7");
//!
//! let Step::Send(pending) = browser.fetch(&page, &request) else { unreachable!() };
//! let preflight = pending.request();
//! assert_eq!(preflight.method, "OPTIONS");
//! assert_eq!(preflight.header("Access-Control-Request-Headers"), Some(b"x-token".as_slice()));
//!
//! let answer = Response::new(204)
//!     .header("Access-Control-Allow-Origin", "https://app.example.com")
//!     .header("Access-Control-Allow-Methods", "PUT");
//! let Step::Done(Verdict::Blocked(blocked)) = browser.answer(pending, &answer) else { unreachable!() };
//! assert_eq!(blocked.reason.to_string(), "header-not-allowed (PRE-15)");
//! # Ok::<(), cors_browser::InvalidUrl>(())
//! ```
//!
//! # What it leaves out
//!
//! Content security policy, mixed content, blocked ports and permissions for local networks come before CORS; cookies have rules of their
//! own ([`OutgoingRequest::credentials`] says whether they may go along); the HTTP cache, service workers and retries come between
//! browser and server. Which hosts are of one site is not known, so `Cross-Origin-Resource-Policy: same-site` blocks nobody.
//!
//! Numbers such as CHK-3 in comments and reasons are statements of the standard; `DESIGN.md` lists them.

mod api;
mod cache;
mod check;
mod deviations;
mod engine;
pub mod explain;
mod expose;
mod fetching;
mod header;
mod message;
mod origin;
mod preflight;
mod reason;
mod redirect;
mod refusal;
mod route;
mod safelist;
mod script;
mod statement;
mod stranger;
mod verdict;

use std::borrow::Cow;
use std::time::Duration;

pub use api::{is_forbidden_request_header, normalise_method};
pub use cache::{CachedPermission, Permission, Requester};
pub use check::cors_check;
pub use cors_core::Stranger;
pub use engine::Engine;
pub use expose::readable_names;
pub use header::{HeaderLine, canonical_name};
pub use message::{OutgoingRequest, Response};
pub use origin::{InvalidUrl, Page};
pub use reason::Reason;
pub use refusal::Refusal;
pub use safelist::{is_safelisted_request_header, unsafe_request_header_names};
pub use script::{Body, CacheMode, CredentialsMode, Mode, RedirectMode, ReferrerPolicy, ScriptRequest};
pub use verdict::{At, Blocked, Pending, Readable, ResponseType, Step, Verdict};

use cache::PreflightCache;
use check::resource_policy_check;
use deviations::{Deviations, Failures, Remembered};
use fetching::{Fetching, Tainting};
use header::without_empty_lines;
use preflight::Needs;
use redirect::{Redirected, check_locations, follow};
use route::{Route, route};

/// A browser, which remembers preflights. The module's documentation has an example.
#[derive(Clone, Debug)]
pub struct Browser {
    engine: Option<Engine>,
    deviations: Deviations,
    cache: PreflightCache,
    now: Duration,
}

impl Default for Browser {
    fn default() -> Self {
        Self { engine: None, deviations: Deviations::STANDARD, cache: PreflightCache::default(), now: Duration::ZERO }
    }
}

impl Browser {
    /// A browser that does what the standard says.
    pub fn new() -> Self {
        Self::default()
    }

    /// A browser with this engine.
    pub fn of(engine: Engine) -> Self {
        Self { engine: Some(engine), deviations: Deviations::of(engine), ..Self::default() }
    }

    /// The engine, or none for the standard.
    pub fn engine(&self) -> Option<Engine> {
        self.engine
    }

    /// Lets time pass, which ends what is remembered.
    pub fn advance(&mut self, time: Duration) {
        self.now = self.now.saturating_add(time);
        self.cache.forget_expired(self.now);
    }

    /// What is remembered of preflights.
    pub fn preflight_cache(&self) -> impl Iterator<Item = &CachedPermission> {
        self.cache.entries().iter()
    }

    /// Begins a script's request.
    pub fn fetch(&mut self, page: &Page, request: &ScriptRequest) -> Step {
        self.cache.forget_those_for_one_fetch();
        match api::construct(page, request, &self.deviations) {
            Ok(fetching) => self.main_fetch(Box::new(fetching)),
            Err(refusal) => Step::Done(Verdict::RefusedByApi(refusal)),
        }
    }

    /// Goes on with the answer to what was sent.
    pub fn answer(&mut self, pending: Pending, response: &Response) -> Step {
        let response = &self.read(response);
        match pending.asked {
            Some(needs) => self.answer_preflight(pending.fetching, &needs, response),
            None => self.answer_actual(pending.fetching, response),
        }
    }

    /// The response as the engine keeps it.
    fn read<'r>(&self, response: &'r Response) -> Cow<'r, Response> {
        if self.deviations.skips_empty_lines {
            Cow::Owned(Response { headers: without_empty_lines(&response.headers), ..*response })
        } else {
            Cow::Borrowed(response)
        }
    }

    /// Goes on without an answer: the connection was refused or lost.
    pub fn fail(&mut self, pending: Pending) -> Step {
        self.forget(&pending.fetching, None);
        Step::Done(Verdict::Unanswered)
    }

    /// Runs a whole fetch against a server that always answers.
    ///
    /// ```
    /// use cors_browser::{Browser, Page, Response, ScriptRequest};
    ///
    /// let mut sent = Vec::new();
    /// let request = ScriptRequest::new("https://api.example.com/").method("PUT");
    /// Browser::new().run(&Page::at("https://app.example.com")?, &request, |outgoing| {
    ///     sent.push(outgoing.method.clone());
    ///     Response::new(200).header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Methods", "*")
    /// });
    /// assert_eq!(sent, ["OPTIONS", "PUT"]);
    /// # Ok::<(), cors_browser::InvalidUrl>(())
    /// ```
    pub fn run(
        &mut self,
        page: &Page,
        request: &ScriptRequest,
        mut server: impl FnMut(&OutgoingRequest) -> Response,
    ) -> Verdict {
        let mut step = self.fetch(page, request);
        loop {
            match step {
                Step::Send(pending) => {
                    let response = server(pending.request());
                    step = self.answer(pending, &response);
                }
                Step::Done(verdict) => return verdict,
            }
        }
    }

    /// Goes on with the current URL.
    fn main_fetch(&mut self, mut fetching: Box<Fetching>) -> Step {
        match route(&fetching) {
            Ok(Route::Local) => Step::Done(Verdict::Local),
            Ok(Route::Plain(tainting)) => {
                fetching.tainting = tainting;
                send(fetching)
            }
            Ok(Route::Cors) => self.cors_fetch(fetching),
            Err(reason) => self.block(&fetching, reason, At::Request, None),
        }
    }

    /// Sends a preflight where one is due and not remembered (<https://fetch.spec.whatwg.org/#concept-http-fetch>).
    fn cors_fetch(&mut self, mut fetching: Box<Fetching>) -> Step {
        fetching.tainting = Tainting::Cors;
        let needs = Needs::of(&fetching, &self.deviations);
        if needs.preflight() {
            fetching.preflight_was_due = true;
            let never = fetching.tainted_origin && self.deviations.tainted_remembered == Remembered::Never;
            let bypassed = never || (self.deviations.reload_asks_again && fetching.cache != CacheMode::Default);
            let requester = needs.requester(&fetching);
            self.cache.forget_expired(self.now);
            // PRE-5
            if bypassed || !self.cache.has(&requester, needs.to_remember(&fetching, &self.deviations), &self.deviations)
            {
                return Step::Send(Pending { request: needs.request(&fetching), fetching, asked: Some(needs) });
            }
        }
        match fetching.refused_late.take() {
            Some((reason, response)) => self.block(&fetching, reason, At::Redirect, Some(&response)),
            None => send(fetching),
        }
    }

    fn answer_preflight(&mut self, mut fetching: Box<Fetching>, needs: &Needs, response: &Response) -> Step {
        let permissions = needs.read(&fetching, response, &self.deviations);
        let checked = permissions.and_then(|permissions| {
            let checked = needs.check(&fetching, &permissions, &self.deviations);
            if checked.is_ok() || self.deviations.remembers_refusals {
                self.cache.store(&needs.requester(&fetching), permissions, self.now, &self.deviations);
            }
            checked
        });
        match (fetching.refused_late.take(), checked) {
            (Some((reason, response)), _) => self.block(&fetching, reason, At::Redirect, Some(&response)),
            (None, Err(reason)) => self.block(&fetching, reason, At::Preflight, Some(response)),
            (None, Ok(())) => send(fetching),
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-http-fetch>
    fn answer_actual(&mut self, mut fetching: Box<Fetching>, response: &Response) -> Step {
        if let Err(reason) = check_locations(response, &self.deviations) {
            return self.block(&fetching, reason, At::Redirect, Some(response));
        }
        let checked = match fetching.tainting {
            Tainting::Basic => Ok(()),
            Tainting::Opaque => resource_policy_check(&fetching, &response.headers),
            Tainting::Cors => cors_check(fetching.serialised_origin(), fetching.credentials, &response.headers),
        };
        if let Err(reason) = checked {
            return self.block(&fetching, reason, At::Actual, Some(response));
        }
        match follow(&mut fetching, response, &self.deviations) {
            Ok(Redirected::Followed) => self.main_fetch(fetching),
            Ok(Redirected::RefusedLate(reason)) => {
                fetching.refused_late = Some((reason, response.clone()));
                self.main_fetch(fetching)
            }
            Ok(Redirected::Opaque) => Step::Done(Verdict::OpaqueRedirect),
            Ok(Redirected::No) => Step::Done(filtered(&fetching, response)),
            Err(reason) => self.block(&fetching, reason, At::Redirect, Some(response)),
        }
    }

    fn block(&mut self, fetching: &Fetching, reason: Reason, at: At, response: Option<&Response>) -> Step {
        self.forget(fetching, Some(&reason));
        let (url, redirects, response) = (fetching.address(), fetching.redirects, response.cloned());
        Step::Done(Verdict::Blocked(Box::new(Blocked { reason, at, url, redirects, response })))
    }

    /// CAC-4: only a request for which a preflight was due.
    fn forget(&mut self, fetching: &Fetching, reason: Option<&Reason>) {
        let forgets = match self.deviations.failure_forgets {
            Failures::All => true,
            Failures::AllButRedirectMode => !matches!(reason, Some(Reason::RedirectModeError { .. })),
            Failures::None => false,
        };
        if fetching.preflight_was_due && forgets {
            self.cache.clear(&Needs::of(fetching, &self.deviations).requester(fetching));
        }
    }
}

fn send(fetching: Box<Fetching>) -> Step {
    Step::Send(Pending { request: fetching.actual(), fetching, asked: None })
}

/// <https://fetch.spec.whatwg.org/#concept-filtered-response>
fn filtered(fetching: &Fetching, response: &Response) -> Verdict {
    let response_type = match fetching.tainting {
        Tainting::Basic => ResponseType::Basic,
        Tainting::Cors => ResponseType::Cors,
        Tainting::Opaque => return Verdict::Opaque,
    };
    let headers = expose::readable_by(fetching.tainting, fetching.credentials, &response.headers);
    Verdict::Readable(Readable { status: response.status, response_type, headers })
}
