//! The outcome for a page, and assertions about it.

use std::fmt;

use cors_browser::explain::Explanation;
use cors_browser::{At, Blocked, Engine, Exchange, HeaderLine, Readable, Transcript, Verdict};
use cors_core::Policy;

use crate::finding::{Status, diagnose};
use crate::observe::Decisions;

/// The outcome of a script's request. Its `Display` lists the requests and answers, and says what the page reads, or
/// why it cannot read.
///
/// ```
/// # use actix_web::{App, HttpResponse, test, web};
/// # use cors_actix::cors_policy;
/// # use cors_actix::testing::{Browser, ScriptRequest};
/// # actix_web::rt::System::new().block_on(async {
/// let note = async || HttpResponse::Ok().insert_header(("ETag", "\"1\"")).insert_header(("X-Shard", "4")).finish();
/// let cors = cors_policy! { origins: ["https://app.example.com"], expose_headers: ["ETag"] };
/// let app = test::init_service(App::new().wrap(cors).route("/note", web::get().to(note))).await;
///
/// let request = ScriptRequest::new("https://api.example.com/note");
/// let outcome = Browser::at("https://app.example.com").fetch(&app, request).await;
/// assert_eq!(outcome.status(), 200);
/// assert_eq!(outcome.readable_header("ETag").as_deref(), Some("\"1\""));
/// assert_eq!(outcome.readable_header("X-Shard"), None);
/// # });
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct Outcome {
    /// Its requests include `Cookie`.
    pub(super) transcript: Transcript,
    pub(super) engine: Option<Engine>,
    /// Whether another host gave the last answer.
    pub(super) is_of_others: bool,
    /// The decisions of policies about the last request.
    pub(super) decisions: Decisions,
    pub(super) known: Option<Policy>,
    /// The explanation of a blocked request.
    pub(super) explanation: Option<Explanation>,
}

impl Outcome {
    /// Returns the verdict of the browser. Use it if there is no assertion for your case.
    ///
    /// ```
    /// # use actix_web::{App, test};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, Mode, ScriptRequest, Verdict};
    /// # actix_web::rt::System::new().block_on(async {
    /// let app = test::init_service(App::new().wrap(cors_policy! { origins: ["https://app.example.com"] })).await;
    /// let request = ScriptRequest::new("https://api.example.com/").mode(Mode::NoCors);
    /// let outcome = Browser::at("https://evil.example").fetch(&app, request).await;
    /// assert!(matches!(outcome.verdict(), Verdict::Opaque));
    /// # });
    /// ```
    pub const fn verdict(&self) -> &Verdict {
        &self.transcript.verdict
    }

    /// Returns the requests and answers, in order. A remembered preflight is not sent. Requests include `Cookie`, but
    /// no `Host`; the headers of answers are in alphabetical order, without those that the server adds to every
    /// answer, such as `Date`.
    pub fn exchanges(&self) -> &[Exchange] {
        &self.transcript.exchanges
    }

    /// Returns page, request, exchanges and verdict, from which an [`Explanation`] is made.
    ///
    /// ```
    /// # use actix_web::{App, test};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let app = test::init_service(App::new().wrap(cors_policy! { origins: ["https://app.example.com"] })).await;
    /// let outcome = Browser::at("https://evil.example").fetch(&app, ScriptRequest::new("https://api.example.com/")).await;
    /// let explanation = cors_browser::explain::Explanation::of(outcome.transcript()).unwrap();
    /// assert_eq!(explanation.cause().code(), "allow-origin-missing");
    /// # });
    /// ```
    pub const fn transcript(&self) -> &Transcript {
        &self.transcript
    }

    /// Asserts that the page can read the answer, with any status.
    ///
    /// # Panics
    ///
    /// Panics if it cannot. The message is the text of this value.
    #[track_caller]
    pub fn assert_readable(&self) {
        self.readable();
    }

    /// Asserts that the app got a request, and that the page cannot read the answer, for any reason.
    ///
    /// ```
    /// # use actix_web::{App, test};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let app = test::init_service(App::new().wrap(cors_policy! { origins: ["https://app.example.com"] })).await;
    /// let request = ScriptRequest::new("https://api.example.com/");
    /// Browser::at("https://other.example.com").fetch(&app, request).await.assert_not_readable();
    /// # });
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if it can, or if nothing was sent. The message is the text of this value, with what the page reads.
    #[track_caller]
    pub fn assert_not_readable(&self) {
        assert!(!self.exchanges().is_empty() && !matches!(self.verdict(), Verdict::Readable(_)), "{self}");
    }

    /// Asserts that the browser blocks the answer for this reason: the code of a [`Reason`](super::Reason), such as
    /// `method-not-allowed`, or of a [`Refusal`](super::Refusal) if `fetch()` throws.
    ///
    /// ```
    /// # use actix_web::{App, test};
    /// # use cors_actix::cors_policy;
    /// # use cors_actix::testing::{Browser, ScriptRequest};
    /// # actix_web::rt::System::new().block_on(async {
    /// let app = test::init_service(App::new().wrap(cors_policy! { origins: ["https://app.example.com"] })).await;
    /// let put = ScriptRequest::new("https://api.example.com/").method("PUT");
    /// Browser::at("https://app.example.com").fetch(&app, put).await.assert_blocked("method-not-allowed");
    /// # });
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the page can read the answer, or if the reason is different. The message has the text of this value.
    #[track_caller]
    pub fn assert_blocked(&self, code: &str) {
        let found = match self.verdict() {
            Verdict::Blocked(blocked) => Some(blocked.reason.code()),
            Verdict::RefusedByApi(refusal) => Some(refusal.code()),
            _ => None,
        };
        assert!(found == Some(code), "not blocked by {code}:\n{self}");
    }

    /// Returns the status that the page reads.
    ///
    /// # Panics
    ///
    /// Panics if the page cannot read the answer, like [`assert_readable`](Self::assert_readable).
    #[track_caller]
    pub fn status(&self) -> u16 {
        self.readable().status
    }

    /// Returns the result of `response.headers.get(name)` in the page: all lines of the header, joined by `, `.
    /// Returns `None` if there is no such header, or if the page may not read it.
    ///
    /// # Panics
    ///
    /// Panics if the page cannot read the answer, like [`assert_readable`](Self::assert_readable).
    #[track_caller]
    pub fn readable_header(&self, name: &str) -> Option<String> {
        let name = name.to_ascii_lowercase();
        if !self.readable().headers.contains(&name) {
            return None;
        }
        let lines =
            self.exchanges().last()?.response.headers.iter().filter(|line| line.name.eq_ignore_ascii_case(&name));
        // Scripts read each byte as the character with the same number.
        let values = lines.map(|line| line.value.trim_ascii().iter().copied().map(char::from).collect::<String>());
        Some(values.collect::<Vec<_>>().join(", "))
    }

    #[track_caller]
    fn readable(&self) -> &Readable {
        match self.verdict() {
            Verdict::Readable(readable) => readable,
            _ => panic!("{self}"),
        }
    }

    /// Writes why the browser blocks.
    fn explain(&self, blocked: &Blocked, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = match blocked.at {
            At::Request => "the request",
            At::Preflight => "the answer to the preflight",
            At::Actual => "the answer",
            At::Redirect => "the redirect",
        };
        write!(formatter, "{at} is blocked: {}, {}", blocked.reason, blocked.reason.anchor())?;
        let Some(explanation) = &self.explanation else { return Ok(()) };
        let last = self.exchanges().last().map(|last| &last.request).filter(|_| !self.is_of_others);
        let (finding, conflict) = diagnose(blocked, explanation, last, Some(&self.decisions), self.known.as_ref());
        match finding {
            Some(finding) => write!(formatter, "\n{finding}")?,
            None => write!(formatter, "\n{explanation}")?,
        }
        conflict.map_or(Ok(()), |conflict| write!(formatter, "\n{conflict}"))
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let can = if matches!(self.verdict(), Verdict::Readable(_)) { "can" } else { "cannot" };
        write!(formatter, "a page of {}", self.transcript.page.origin())?;
        if let Some(engine) = self.engine {
            write!(formatter, " in {engine:?}")?;
        }
        writeln!(formatter, " {can} read the answer")?;
        self.exchanges().iter().try_for_each(|exchange| write_exchange(formatter, exchange))?;
        match self.verdict() {
            Verdict::Readable(readable) => write!(formatter, "the page reads {}", Status(readable.status)),
            Verdict::Opaque => formatter.write_str("a page cannot read an answer in mode no-cors"),
            Verdict::OpaqueRedirect => formatter.write_str("a page cannot read a redirect in redirect mode manual"),
            Verdict::Local => formatter.write_str("no request is sent: the URL contains what the page reads"),
            Verdict::Unanswered => formatter.write_str("no answer came"),
            Verdict::RefusedByApi(refusal) => write!(formatter, "fetch() throws: {refusal}, {}", refusal.anchor()),
            Verdict::Blocked(blocked) => self.explain(blocked, formatter),
        }
    }
}

fn write_exchange(formatter: &mut fmt::Formatter<'_>, Exchange { request, response }: &Exchange) -> fmt::Result {
    writeln!(formatter, "> {} {}", request.method, request.url)?;
    write_lines(formatter, '>', &request.headers)?;
    writeln!(formatter, "< {}", Status(response.status))?;
    write_lines(formatter, '<', &response.headers)
}

fn write_lines(formatter: &mut fmt::Formatter<'_>, direction: char, lines: &[HeaderLine]) -> fmt::Result {
    lines.iter().try_for_each(|line| writeln!(formatter, "{direction} {}: {}", line.name, line.value.escape_ascii()))
}
