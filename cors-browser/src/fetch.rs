//! A running fetch, and the two loops that drive it.

use std::mem;

use super::steps::Step;
use super::{Browser, Exchange, OutgoingRequest, Page, Response, ScriptRequest, Transcript, Verdict};

/// A running fetch. [`Browser::run`] and [`Browser::run_async`] drive one to its end.
///
/// ```
/// use cors_browser::{Browser, Page, Response, ScriptRequest};
///
/// let mut browser = Browser::new();
/// let request = ScriptRequest::new("https://api.example.com/notes/7").method("DELETE");
/// let mut fetch = browser.fetch(&Page::at("https://app.example.com")?, &request);
/// assert!(fetch.pending().unwrap().preflight);
/// fetch.answer(Response::new(404));
/// assert_eq!(fetch.pending(), None);
/// assert_eq!(fetch.end().exchanges.len(), 1);
/// # Ok::<(), cors_browser::InvalidUrl>(())
/// ```
#[derive(Debug)]
pub struct Fetch<'b> {
    browser: &'b mut Browser,
    page: Page,
    request: ScriptRequest,
    exchanges: Vec<Exchange>,
    unanswered: Option<OutgoingRequest>,
    step: Step,
}

impl Fetch<'_> {
    /// Returns the request that waits for its response; `None` at the end.
    pub fn pending(&self) -> Option<&OutgoingRequest> {
        match &self.step {
            Step::Send(pending) => Some(&pending.request),
            Step::Done(_) => None,
        }
    }

    /// Continues with the response to the pending request, or with `None` if the connection was refused or lost.
    pub fn answer(&mut self, response: impl Into<Option<Response>>) {
        self.step = match mem::replace(&mut self.step, Step::Done(Verdict::Unanswered)) {
            Step::Done(verdict) => Step::Done(verdict),
            Step::Send(pending) => {
                let request = pending.request.clone();
                if let Some(response) = response.into() {
                    let step = self.browser.answer(pending, &response);
                    self.exchanges.push(Exchange { request, response });
                    step
                } else {
                    self.unanswered = Some(request);
                    self.browser.fail(pending)
                }
            }
        };
    }

    /// Returns the browser, to let time pass while a request waits for its response.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use cors_browser::{Browser, Page, Response, ScriptRequest};
    ///
    /// let (page, request) = (Page::at("https://app.example.com")?, ScriptRequest::new("https://api.example.com/").method("PUT"));
    /// let mut browser = Browser::new();
    /// let mut fetch = browser.fetch(&page, &request);
    /// fetch.answer(Response::new(204).header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Methods", "PUT"));
    /// assert_eq!(fetch.browser().preflight_cache().count(), 1);
    /// fetch.browser().advance(Duration::from_secs(6));
    /// assert_eq!(fetch.browser().preflight_cache().count(), 0);
    /// # Ok::<(), cors_browser::InvalidUrl>(())
    /// ```
    pub fn browser(&mut self) -> &mut Browser {
        self.browser
    }

    /// Ends the fetch. A pending request gets no response.
    pub fn end(mut self) -> Transcript {
        self.answer(None);
        let Self { page, request, exchanges, unanswered, step, .. } = self;
        let verdict = if let Step::Done(verdict) = step { verdict } else { Verdict::Unanswered };
        Transcript { page, request, exchanges, unanswered, verdict }
    }
}

impl Browser {
    /// Starts the fetch of a script's request. [`Fetch`] has an example.
    pub fn fetch(&mut self, page: &Page, request: &ScriptRequest) -> Fetch<'_> {
        let step = self.begin(page, request);
        let (page, request) = (page.clone(), request.clone());
        Fetch { browser: self, page, request, exchanges: Vec::new(), unanswered: None, step }
    }

    /// Runs a whole fetch. `server` returns a [`Response`], or an `Option` of one if it may not respond.
    ///
    /// ```
    /// use cors_browser::{Browser, Page, Response, ScriptRequest, Verdict};
    ///
    /// let request = ScriptRequest::new("https://api.example.com/").method("PUT");
    /// let transcript = Browser::new().run(&Page::at("https://app.example.com")?, &request, |outgoing| {
    ///     let granting = Response::new(204).header("Access-Control-Allow-Origin", "*").header("Access-Control-Allow-Methods", "*");
    ///     outgoing.preflight.then_some(granting)
    /// });
    /// assert_eq!(transcript.exchanges[0].request.method, "OPTIONS");
    /// assert_eq!(transcript.unanswered.unwrap().method, "PUT");
    /// assert_eq!(transcript.verdict, Verdict::Unanswered);
    /// # Ok::<(), cors_browser::InvalidUrl>(())
    /// ```
    pub fn run<A: Into<Option<Response>>>(
        &mut self,
        page: &Page,
        request: &ScriptRequest,
        mut server: impl FnMut(&OutgoingRequest) -> A,
    ) -> Transcript {
        let mut fetch = self.fetch(page, request);
        while let Some(outgoing) = fetch.pending() {
            let answer = server(outgoing);
            fetch.answer(answer);
        }
        fetch.end()
    }

    /// Runs a whole fetch like [`run`](Self::run), with an asynchronous server.
    ///
    /// ```
    /// use cors_browser::{Browser, OutgoingRequest, Page, Response, ScriptRequest, Verdict};
    ///
    /// # fn main() -> Result<(), cors_browser::InvalidUrl> {
    /// let (page, request) = (Page::at("https://app.example.com")?, ScriptRequest::new("https://api.example.com/"));
    /// let mut browser = Browser::new();
    /// let transcript = browser.run_async(&page, &request, async |outgoing: &OutgoingRequest| {
    ///     // Send it with an HTTP client, and return the response.
    ///     Response::new(200).header("Access-Control-Allow-Origin", outgoing.header("Origin").unwrap_or_default())
    /// });
    /// # use std::task::{Context, Poll, Waker};
    /// # let Poll::Ready(transcript) = std::pin::pin!(transcript).poll(&mut Context::from_waker(Waker::noop())) else { unreachable!() };
    /// # assert!(matches!(transcript.verdict, Verdict::Readable(_)));
    /// # Ok(())
    /// # }
    /// ```
    pub async fn run_async<A: Into<Option<Response>>>(
        &mut self,
        page: &Page,
        request: &ScriptRequest,
        mut server: impl AsyncFnMut(&OutgoingRequest) -> A,
    ) -> Transcript {
        let mut fetch = self.fetch(page, request);
        while let Some(outgoing) = fetch.pending() {
            let answer = server(outgoing).await;
            fetch.answer(answer);
        }
        fetch.end()
    }
}
