//! Explanations for people: why a browser blocks, what its console prints, and what to write instead.
//!
//! ```
//! use cors_core::PolicyDraft;
//! use cors_browser::explain::Explanation;
//! use cors_browser::{Browser, Engine, Page, Response, ScriptRequest};
//!
//! let page = Page::at("https://app.example.com/")?;
//! let request = ScriptRequest::new("https://api.example.com/notes").method("DELETE");
//! let transcript = Browser::new().run(&page, &request, |_| {
//!     Response::new(204)
//!         .header("Access-Control-Allow-Origin", "https://app.example.com")
//!         .header("Access-Control-Allow-Methods", "PUT")
//! });
//!
//! let policy = PolicyDraft::new().origins(["https://app.example.com"]).methods(["PUT"]).validate().unwrap();
//! let explanation = Explanation::of(&transcript).unwrap().with_policy(&policy);
//! assert_eq!(explanation.to_string(), "\
//! the answer to the preflight of https://api.example.com/notes does not allow the method DELETE; \
//! Access-Control-Allow-Methods lists PUT
//! help: write in the policy
//!     methods: [PUT, DELETE],");
//!
//! let console = explanation.console(Engine::Firefox).unwrap();
//! let same = Explanation::from_console(&console).unwrap();
//! assert_eq!(same.cause(), explanation.cause());
//! # Ok::<(), cors_browser::InvalidUrl>(())
//! ```

mod console;
mod facts;
mod fix;
mod mend;
mod obstacle;
mod words;

use std::fmt;

pub use super::InitiatorType;
pub use super::catalogue::Cause;
use super::{At, Engine, Page, Response, Transcript, Verdict};
use cors_core::Policy;
use facts::Facts;
pub use fix::Fix;
use fix::{PolicyCheck, Remedy, check_policy};
pub use obstacle::Obstacle;

/// Why a page may not read a response, and what to do about it. The module's documentation has an example.
///
/// Prints like a compiler message: what is wrong, `not CORS:` with an [`Obstacle`], `help:` with what to write, `note:`
/// with the reason or other possible causes, and `warning:` with the danger of allowing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    cause: Cause,
    facts: Facts,
    policy_check: Option<PolicyCheck>,
}

impl Explanation {
    /// Explains what the browser blocks; `None` if it blocks nothing.
    pub fn of(transcript: &Transcript) -> Option<Self> {
        let Verdict::Blocked(blocked) = &transcript.verdict else { return None };
        let (cause, facts) = Facts::of(blocked, &transcript.page, &transcript.request);
        Some(Self { cause, facts, policy_check: None })
    }

    /// Explains a console message of Chromium, Firefox or WebKit; `None` if it is about something else. Accepts any
    /// quotes and line breaks, and other text before and after the message.
    ///
    /// ```
    /// use cors_browser::explain::{Cause, Explanation};
    ///
    /// let explanation = Explanation::from_console(
    ///     "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
    ///      https://api.example.com/. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 502.",
    /// )
    /// .unwrap();
    /// assert_eq!((explanation.cause(), explanation.status()), (Cause::AllowOriginMissing, Some(502)));
    /// assert_eq!(explanation.url(), Some("https://api.example.com/"));
    /// assert_eq!(Explanation::from_console("Uncaught SyntaxError"), None);
    /// ```
    pub fn from_console(text: &str) -> Option<Self> {
        let (cause, facts) = console::read(text)?;
        Some(Self { cause, facts, policy_check: None })
    }

    /// Adds the server's policy, which gives the [`fix`](Self::fix).
    ///
    /// ```
    /// # use cors_core as cors_actix;
    /// use cors_actix::PolicyDraft;
    /// use cors_browser::explain::Explanation;
    ///
    /// let text = "Access to fetch at 'https://api.example.com/' from origin 'https://app.example.com' has been blocked by CORS policy: \
    ///             Request header field x-token is not allowed by Access-Control-Allow-Headers in preflight response.";
    /// let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate()?;
    /// let explanation = Explanation::from_console(text).unwrap().with_policy(&policy);
    /// let fix = explanation.fix().unwrap();
    /// assert_eq!(fix.changes()[0].0.to_string(), "allow_headers");
    /// assert_eq!(fix.changes()[0].1, "allow_headers: [\"X-Token\"],");
    /// assert_eq!(fix.policy().to_string(), "origins: [\"https://app.example.com\"],\nallow_headers: [\"X-Token\"],");
    /// # Ok::<(), cors_core::Issues>(())
    /// ```
    #[must_use]
    pub fn with_policy(self, policy: &Policy) -> Self {
        let policy_check = check_policy(policy, self.cause, &self.facts);
        Self { policy_check, ..self }
    }

    /// Sets what made the request, if it was not `fetch`.
    #[must_use]
    pub fn asked_by(mut self, initiator: InitiatorType) -> Self {
        self.facts.initiator = initiator;
        self
    }

    /// Sets the page of a console message that does not name its page. Messages of Firefox never do.
    ///
    /// ```
    /// use cors_browser::Page;
    /// use cors_browser::explain::Explanation;
    ///
    /// let text = "(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 200.";
    /// let explanation = Explanation::from_console(text).unwrap().of_page(&Page::at("https://app.example.com/cart")?);
    /// assert_eq!(explanation.header_lines(), ["Access-Control-Allow-Origin: https://app.example.com", "Vary: Origin"]);
    /// # Ok::<(), cors_browser::InvalidUrl>(())
    /// ```
    #[must_use]
    pub fn of_page(mut self, page: &Page) -> Self {
        self.facts.page_origin.get_or_insert_with(|| page.origin().to_owned());
        self.facts.origin.get_or_insert_with(|| page.origin().to_owned());
        self
    }

    /// Returns what is wrong.
    pub const fn cause(&self) -> Cause {
        self.cause
    }

    /// Returns the step that failed, if known.
    pub const fn at(&self) -> Option<At> {
        self.facts.at
    }

    /// Returns the number of the statement of the standard that blocks; `None` if CORS does not block.
    pub fn statement(&self) -> Option<&'static str> {
        self.cause.blocking().map(|statement| statement.for_header(self.header()).number)
    }

    /// Returns the URL of the statement in the standard.
    pub fn anchor(&self) -> Option<String> {
        self.cause.anchor()
    }

    /// Returns what made the request.
    pub const fn initiator(&self) -> InitiatorType {
        self.facts.initiator
    }

    /// Returns the URL of the blocked response, if known.
    pub fn url(&self) -> Option<&str> {
        self.facts.url.as_deref()
    }

    /// Returns the URL that the script requested, if it was redirected.
    pub fn redirected_from(&self) -> Option<&str> {
        self.facts.redirected_from.as_deref()
    }

    /// Returns the origin of the page, if known.
    pub fn page_origin(&self) -> Option<&str> {
        self.facts.page_origin.as_deref()
    }

    /// Returns the origin that the response must allow, if known; `null` after some redirects.
    pub fn origin(&self) -> Option<&str> {
        self.facts.origin.as_deref()
    }

    /// Returns the value of the wrong header, with one character for each byte.
    pub fn value(&self) -> Option<&str> {
        self.facts.value.as_deref()
    }

    /// Returns the status of the response, if known.
    pub const fn status(&self) -> Option<u16> {
        self.facts.status
    }

    /// Returns the method that is not allowed.
    pub fn method(&self) -> Option<&str> {
        self.facts.method.as_deref()
    }

    /// Returns the request header that is not allowed, or the malformed list in the response to the preflight.
    pub fn header(&self) -> Option<&str> {
        self.facts.header.as_deref()
    }

    /// Returns what is wrong, in one sentence for beginners.
    pub fn reason(&self) -> String {
        words::reason(self.cause, &self.facts)
    }

    /// Returns what the console of this engine prints, if known.
    pub fn console(&self, engine: Engine) -> Option<String> {
        console::text(engine, self.cause, &self.facts)
    }

    /// Returns the header lines that the server must send. Empty if no header is the remedy, or with a policy.
    pub fn header_lines(&self) -> Vec<String> {
        match self.policy_check {
            Some(_) => Vec::new(),
            None => words::header_lines(self.cause, &self.facts),
        }
    }

    /// Returns the response with [`header_lines`](Self::header_lines), or with status 204 for a preflight that has a
    /// wrong status; `None` if neither is the remedy. Run the model on it to find further mistakes.
    ///
    /// ```
    /// use cors_browser::explain::Explanation;
    /// use cors_browser::{Browser, Page, Response, ScriptRequest};
    ///
    /// let page = Page::at("https://app.example.com")?;
    /// let put = ScriptRequest::new("https://api.example.com/notes").method("PUT");
    /// let codes = |mut answer: Response| {
    ///     let mut codes = Vec::new();
    ///     while let Some(explanation) = Explanation::of(&Browser::new().run(&page, &put, |_| answer.clone())) {
    ///         codes.push(explanation.cause().code());
    ///         let Some(mended) = explanation.mended(&answer) else { break };
    ///         answer = mended;
    ///     }
    ///     codes
    /// };
    /// assert_eq!(codes(Response::new(404)), ["allow-origin-missing"]);
    /// let wrong = Response::new(400).header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Methods", "GET");
    /// assert_eq!(codes(wrong), ["preflight-status", "method-not-allowed"]);
    /// # Ok::<(), cors_browser::InvalidUrl>(())
    /// ```
    pub fn mended(&self, response: &Response) -> Option<Response> {
        mend::mended(self.cause, &self.facts, response)
    }

    /// Returns what to write in the policy; `None` without a policy, if the policy is not the remedy, or if the entry
    /// would be a mistake.
    pub fn fix(&self) -> Option<&Fix> {
        match &self.policy_check {
            Some(PolicyCheck { remedy: Remedy::Fix(fix), .. }) => Some(fix),
            _ => None,
        }
    }

    /// Whether the policy allows the request, so that something else made the response; `None` without a policy.
    pub fn policy_allows(&self) -> Option<bool> {
        self.policy_check.as_ref().map(|policy_check| policy_check.remedy == Remedy::Needless)
    }

    /// Returns what is wrong besides CORS, such as a proxy that does not reach the app. The first [`help`](Self::help)
    /// is its remedy.
    pub fn obstacle(&self) -> Option<Obstacle> {
        Obstacle::of(self.cause, &self.facts)
    }

    /// Returns what to do, the best first. Texts to paste are on lines of their own.
    pub fn help(&self) -> Vec<String> {
        words::help(self.cause, &self.facts, self.policy_check.as_ref())
    }

    /// Returns why the browser blocks, and other possible causes.
    pub fn notes(&self) -> Vec<String> {
        words::notes(self.cause, &self.facts, self.policy_check.as_ref())
    }

    /// Returns why it is dangerous to allow the request, if it is.
    pub fn warning(&self) -> Option<String> {
        words::warning(self.cause, &self.facts)
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.reason())?;
        if let Some(obstacle) = self.obstacle() {
            write!(formatter, "\nnot CORS: {obstacle}")?;
        }
        let parts = [("help", self.help()), ("note", self.notes()), ("warning", self.warning().into_iter().collect())];
        for (name, texts) in parts {
            for text in texts {
                write!(formatter, "\n{name}: {text}")?;
            }
        }
        Ok(())
    }
}
