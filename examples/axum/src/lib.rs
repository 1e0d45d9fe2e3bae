//! A policy as a layer of tower: a complete adapter for another HTTP library.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use cors_core::{IncomingRequest, Lines, Policy, Reply, ResponseHeader, Vary};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use tower::{Layer, Service};

/// Wraps a [`CorsService`] around a service.
#[derive(Clone, Debug)]
pub struct CorsLayer(Arc<Policy>);

impl CorsLayer {
    /// Returns a layer with this policy.
    pub fn new(policy: Policy) -> Self {
        Self(Arc::new(policy))
    }
}

impl<S> Layer<S> for CorsLayer {
    type Service = CorsService<S>;

    fn layer(&self, service: S) -> CorsService<S> {
        CorsService { policy: Arc::clone(&self.0), service }
    }
}

/// Answers preflights, and adds the policy's headers to the responses of the inner service.
#[derive(Clone, Debug)]
pub struct CorsService<S> {
    policy: Arc<Policy>,
    service: S,
}

impl<S, B, R> Service<Request<B>> for CorsService<S>
where
    S: Service<Request<B>, Response = Response<R>, Future: Send + 'static, Error: Send + 'static>,
    R: Default + Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        let reply = self.policy.respond(&Incoming(&request));
        let ours = Ours::new(reply, &Incoming(&request));
        if let Some(status) = reply.status() {
            let mut response = Response::new(R::default());
            *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::FORBIDDEN);
            ours.write(response.headers_mut());
            return Box::pin(async { Ok(response) });
        }
        let response = self.service.call(request);
        Box::pin(async {
            let mut response = response.await?;
            ours.write(response.headers_mut());
            Ok(response)
        })
    }
}

/// The headers of the policy for a response.
struct Ours {
    lines: Vec<(&'static str, HeaderValue)>,
    vary: Option<Vary>,
}

impl Ours {
    fn new<B>(reply: Reply<'_>, request: &Incoming<'_, B>) -> Self {
        let lines =
            reply.lines(request).filter_map(|(name, value)| Some((name, HeaderValue::from_bytes(&value).ok()?)));
        Self { lines: lines.collect(), vary: reply.vary() }
    }

    fn write(self, headers: &mut HeaderMap) {
        for header in ResponseHeader::ALL {
            headers.remove(header.name());
        }
        headers.extend(self.lines.into_iter().map(|(name, value)| (HeaderName::from_static(name), value)));
        if let Some(vary) = self.vary {
            let merged = vary.merged(|| headers.get_all(header::VARY).into_iter().map(HeaderValue::as_bytes));
            if let Ok(merged) = HeaderValue::from_bytes(&merged) {
                headers.insert(header::VARY, merged);
            }
        }
    }
}

/// A request for the decision.
struct Incoming<'r, B>(&'r Request<B>);

impl<'r, B> Incoming<'r, B> {
    fn values(&self, name: HeaderName) -> impl Iterator<Item = &'r [u8]> {
        self.0.headers().get_all(name).into_iter().map(HeaderValue::as_bytes)
    }
}

impl<'r, B> IncomingRequest<'r> for Incoming<'r, B> {
    fn is_options(&self) -> bool {
        self.0.method() == Method::OPTIONS
    }

    fn origin_lines(&self) -> Lines<'r> {
        Lines::of(self.values(header::ORIGIN))
    }

    fn access_control_request_method_lines(&self) -> Lines<'r> {
        Lines::of(self.values(header::ACCESS_CONTROL_REQUEST_METHOD))
    }

    fn access_control_request_headers_lines(&self) -> impl Iterator<Item = &'r [u8]> {
        self.values(header::ACCESS_CONTROL_REQUEST_HEADERS)
    }

    fn is_same_origin(&self) -> bool {
        let site = Lines::of(self.values(HeaderName::from_static("sec-fetch-site")));
        let from = cors_core::Request::new(b"").origin(self.origin_lines()).sec_fetch_site(site);
        from.host(Lines::of(self.values(header::HOST))).is_same_origin()
    }
}
