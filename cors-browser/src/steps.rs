//! The steps of a fetch.

use std::borrow::Cow;

use super::api;
use super::check::{cors_check, resource_policy_check};
use super::expose;
use super::fetching::{Fetching, Tainting};
use super::header::without_empty_lines;
use super::http_cache::Found;
use super::modes::CacheMode;
use super::preflight::Needs;
use super::redirect::{Redirected, check_locations, follow};
use super::route::{Route, route};
use super::verdict::{At, Blocked, Readable, ResponseType, Verdict};
use super::{Browser, OutgoingRequest, Page, Reason, Response, ScriptRequest};

/// The next step of a fetch.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// A request is sent and waits for its response.
    Send(Pending),
    /// The fetch ends.
    Done(Verdict),
}

/// A request that waits for its response.
#[derive(Clone, Debug)]
pub(super) struct Pending {
    pub(super) request: OutgoingRequest,
    fetching: Box<Fetching>,
    /// What the response must allow, if the request is a preflight.
    asked: Option<Needs>,
}

impl Browser {
    pub(super) fn begin(&mut self, page: &Page, request: &ScriptRequest) -> Step {
        self.preflight_cache.begin_fetch();
        match api::construct(page, request, &self.deviations) {
            Ok(fetching) => self.main_fetch(Box::new(fetching)),
            Err(refusal) => Step::Done(Verdict::RefusedByApi(refusal)),
        }
    }

    pub(super) fn answer(&mut self, pending: Pending, response: &Response) -> Step {
        let response = &self.read(response);
        let Pending { request, fetching, asked } = pending;
        match asked {
            Some(needs) => self.answer_preflight(fetching, &needs, response),
            None => {
                let response = self.receive(&fetching, &request, response);
                self.answer_actual(fetching, &response)
            }
        }
    }

    /// Continues without a response: the connection was refused or lost.
    pub(super) fn fail(&mut self, pending: Pending) -> Step {
        let Pending { fetching, .. } = pending;
        self.preflight_cache.clear_after_failure(&fetching, &Needs::of(&fetching, &self.deviations), None);
        Step::Done(Verdict::Unanswered)
    }

    /// Returns the response as the engine reads it.
    fn read<'r>(&self, response: &'r Response) -> Cow<'r, Response> {
        if self.deviations.skips_empty_lines {
            Cow::Owned(Response { headers: without_empty_lines(&response.headers), ..*response })
        } else {
            Cow::Borrowed(response)
        }
    }

    /// Passes a response through the HTTP cache.
    fn receive(&mut self, fetching: &Fetching, request: &OutgoingRequest, response: &Response) -> Response {
        let Some(cache) = &mut self.http_cache else { return response.clone() };
        let partition = self.preflight_cache.http_partition(&fetching.page);
        cache.receive(&partition, request, fetching.cache, response, self.preflight_cache.now())
    }

    /// Fetches the current URL.
    fn main_fetch(&mut self, mut fetching: Box<Fetching>) -> Step {
        match route(&fetching) {
            Ok(Route::Local) => Step::Done(Verdict::Local),
            Ok(Route::Plain(tainting)) => {
                fetching.tainting = tainting;
                self.send(fetching)
            }
            Ok(Route::Cors) => self.cors_fetch(fetching),
            Err(reason) => self.block(&fetching, reason, At::Request, None),
        }
    }

    /// Sends a preflight if one is due and the preflight cache does not cover it
    /// (<https://fetch.spec.whatwg.org/#concept-http-fetch>).
    fn cors_fetch(&mut self, mut fetching: Box<Fetching>) -> Step {
        fetching.tainting = Tainting::Cors;
        let needs = Needs::of(&fetching, &self.deviations);
        if needs.is_preflight_due() {
            fetching.preflight_was_due = true;
            if !self.preflight_cache.can_skip_preflight(&needs, &fetching) {
                return Step::Send(Pending {
                    request: needs.request(&fetching, &self.deviations),
                    fetching,
                    asked: Some(needs),
                });
            }
        }
        match fetching.refused_late.take() {
            Some((reason, response)) => self.block(&fetching, reason, At::Redirect, Some(&response)),
            None => self.send(fetching),
        }
    }

    fn send(&mut self, mut fetching: Box<Fetching>) -> Step {
        // NET-1: browsers use HTTP/2 over TLS only.
        if fetching.has_stream_body && fetching.url.scheme() == "http" {
            let reason = Reason::StreamNeedsHttp2 { url: fetching.address() };
            return self.block(&fetching, reason, At::Request, None);
        }
        let mut request = fetching.actual_request();
        let found = self.http_cache.as_ref().map_or(Found::Nothing, |cache| {
            let partition = self.preflight_cache.http_partition(&fetching.page);
            cache.find(&partition, &request, fetching.cache, self.preflight_cache.now())
        });
        let asks_anyway = self.deviations.only_if_cached_needs_cache && self.http_cache.is_none();
        fetching.is_stored = matches!(found, Found::Response(_));
        match found {
            Found::Response(response) => return self.answer_actual(fetching, &response),
            Found::Nothing if fetching.cache == CacheMode::OnlyIfCached && !asks_anyway => {
                return Step::Done(Verdict::Unanswered);
            }
            Found::Nothing => {}
            Found::Conditions(conditions) => request.headers.extend(conditions),
        }
        Step::Send(Pending { request, fetching, asked: None })
    }

    fn answer_preflight(&mut self, mut fetching: Box<Fetching>, needs: &Needs, response: &Response) -> Step {
        let permissions = needs.read(&fetching, response, &self.deviations);
        let checked = permissions.and_then(|permissions| {
            let checked = needs.check(&fetching, &permissions, &self.deviations);
            self.preflight_cache.store(needs, &fetching, response, permissions, checked.is_ok());
            checked
        });
        match (fetching.refused_late.take(), checked) {
            (Some((reason, response)), _) => self.block(&fetching, reason, At::Redirect, Some(&response)),
            (None, Err(reason)) => self.block(&fetching, reason, At::Preflight, Some(response)),
            (None, Ok(())) => self.send(fetching),
        }
    }

    /// Checks the response to the actual request, and follows a redirect
    /// (<https://fetch.spec.whatwg.org/#concept-http-fetch>).
    fn answer_actual(&mut self, mut fetching: Box<Fetching>, response: &Response) -> Step {
        if let Err(reason) = check_locations(response, &self.deviations) {
            return self.block(&fetching, reason, At::Redirect, Some(response));
        }
        let checked = match fetching.tainting {
            Tainting::Basic => Ok(()),
            Tainting::Opaque => resource_policy_check(&fetching, &response.headers, &self.deviations),
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
        let needs = Needs::of(fetching, &self.deviations);
        self.preflight_cache.clear_after_failure(fetching, &needs, Some(&reason));
        let preflight_is_due = fetching.tainting == Tainting::Cors && needs.is_preflight_due();
        let preflight = preflight_is_due.then(|| needs.request(fetching, &self.deviations));
        let (url, redirects, response) = (fetching.address(), fetching.redirects, response.cloned());
        let is_stored = fetching.is_stored && response.is_some();
        Step::Done(Verdict::Blocked(Box::new(Blocked { reason, at, url, redirects, response, is_stored, preflight })))
    }
}

/// Returns what the script gets of a response (<https://fetch.spec.whatwg.org/#concept-filtered-response>).
fn filtered(fetching: &Fetching, response: &Response) -> Verdict {
    let response_type = match fetching.tainting {
        Tainting::Basic => ResponseType::Basic,
        Tainting::Cors => ResponseType::Cors,
        Tainting::Opaque => return Verdict::Opaque,
    };
    let headers = expose::readable_by(fetching.tainting, fetching.credentials, &response.headers);
    Verdict::Readable(Readable { status: response.status, response_type, headers })
}
