//! One request and its answer, each on a new connection: a server may close an old one at any time, which looks like a server that does
//! not answer.

use std::sync::Arc;
use std::time::Duration;

use cors_browser::{HeaderLine, OutgoingRequest, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::client::conn::{http1, http2};
use hyper::header::{
    ACCEPT, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue, PROXY_AUTHORIZATION, REFERER, USER_AGENT,
};
use hyper::{Request, Uri, Version};
use hyper_util::client::proxy::matcher::Intercept;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;
use url::Url;

use super::listening::{Beginning, Listening};
use super::way::{Way, is_this_machine};
use super::{failing, tls};
use crate::answer::{Answer, HttpVersion, LONGEST_BODY};
use crate::failure::Failure;

const AGENT: &str = concat!("Mozilla/5.0 (compatible; why/", env!("CARGO_PKG_VERSION"), ")");

/// Chromium's limit for header lines, in bytes.
const LONGEST_HEAD: usize = 256 * 1024;
const MOST_LINES: usize = 4096;

/// Maximum wait for additional information: the body, or the first bytes of a port that closes the connection.
const PATIENCE: Duration = Duration::from_secs(1);

pub(super) struct Exchanging<'e> {
    pub(super) request: &'e OutgoingRequest,
    pub(super) url: &'e Url,
    pub(super) cookie: Option<&'e str>,
    pub(super) body: &'e [u8],
    pub(super) way: &'e Way,
    pub(super) insecure: bool,
    pub(super) timeout: Duration,
}

impl Exchanging<'_> {
    pub(super) async fn run(&self) -> Result<Answer, Failure> {
        let uri: Uri = self.url.as_str().parse().map_err(other)?;
        let proxy = self.way.proxy(self.url, &uri);
        let limit = Instant::now() + self.timeout;
        let answered = timeout_at(limit, self.ask(&uri, proxy.as_ref())).await;
        let (head, body) = answered.unwrap_or(Err(Failure::TimedOut { seconds: self.timeout.as_secs() }))?;
        let mut answer = Answer::of(head.0);
        answer.version = Some(head.1);
        // A stream of events never ends.
        let is_endless = answer.response.values("content-type").any(|value| value.starts_with(b"text/event-stream"));
        if !is_endless {
            // The beginning is useful without the rest.
            let _ = timeout_at(limit.min(Instant::now() + PATIENCE), read(body, &mut answer.body)).await;
        }
        Ok(answer)
    }

    async fn ask(&self, uri: &Uri, proxy: Option<&Intercept>) -> Result<(Head, Incoming), Failure> {
        let stream = self.way.connect(self.url, uri, proxy).await?;
        let (stream, beginning) = Listening::to(stream);
        if self.url.scheme() == "https" {
            let stream = self.handshake(stream, &beginning, self.insecure).await?;
            let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
            // Encrypted bytes show nothing.
            let beginning = Beginning::default();
            return match is_http2 {
                true => self.by_http2(stream, uri, &beginning).await,
                false => self.by_http1(stream, uri, None, &beginning).await,
            };
        }
        let is_forwarded = |proxy: &&Intercept| proxy.uri().scheme_str() == Some("http");
        let answered = self.by_http1(stream, uri, proxy.filter(is_forwarded), &beginning).await;
        match answered {
            // Some TLS servers send nothing to a client without TLS.
            Err(Failure::Closed) if proxy.is_none() && self.speaks_tls(uri).await => Err(Failure::TlsPort),
            answered => answered,
        }
    }

    async fn handshake(
        &self,
        stream: Listening,
        beginning: &Beginning,
        insecure: bool,
    ) -> Result<TlsStream<Listening>, Failure> {
        let config = tls::config(insecure).map_err(|error| tls::failure(&error))?;
        let host = self.url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']').to_owned();
        let name = ServerName::try_from(host).map_err(other)?;
        let connected = TlsConnector::from(Arc::clone(&config)).connect(name, stream).await;
        connected.map_err(|error| failing::of_handshake(&error, &beginning.bytes()))
    }

    async fn speaks_tls(&self, uri: &Uri) -> bool {
        let shaking = async {
            let (stream, beginning) = Listening::to(self.way.connect(self.url, uri, None).await?);
            self.handshake(stream, &beginning, true).await
        };
        matches!(timeout(PATIENCE, shaking).await, Ok(Ok(_)))
    }

    async fn by_http1(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        uri: &Uri,
        forwarding: Option<&Intercept>,
        beginning: &Beginning,
    ) -> Result<(Head, Incoming), Failure> {
        let failed = |error| failing::of_exchange(&error, &beginning.bytes());
        // Accepts what a browser accepts.
        let (mut sender, connection) = http1::Builder::new()
            .title_case_headers(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .max_headers(MOST_LINES)
            .max_buf_size(LONGEST_HEAD)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(failed)?;
        tokio::spawn(connection);
        let mut headers = HeaderMap::new();
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        headers.insert(HOST, HeaderValue::from_str(authority).map_err(other)?);
        let target = match forwarding {
            Some(proxy) => {
                headers.extend(proxy.basic_auth().map(|value| (PROXY_AUTHORIZATION, value.clone())));
                uri.clone()
            }
            None => uri.path_and_query().map_or("/", |target| target.as_str()).parse().map_err(other)?,
        };
        let answer = sender.send_request(self.request(target, headers)?).await.map_err(failed)?;
        Ok(taken(answer))
    }

    async fn by_http2(
        &self,
        stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
        uri: &Uri,
        beginning: &Beginning,
    ) -> Result<(Head, Incoming), Failure> {
        let failed = |error| failing::of_exchange(&error, &beginning.bytes());
        let (mut sender, connection) = http2::Builder::new(TokioExecutor::new())
            .max_header_list_size(LONGEST_HEAD as u32)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(failed)?;
        tokio::spawn(connection);
        let answer = sender.send_request(self.request(uri.clone(), HeaderMap::new())?).await.map_err(failed)?;
        Ok(taken(answer))
    }

    /// The headers that browsers send by default to another origin.
    fn referrer(&self) -> Option<String> {
        let origin = String::from_utf8_lossy(self.request.header("origin")?).into_owned();
        let is_downgrade = origin.starts_with("https:") && self.url.scheme() == "http" && !is_this_machine(self.url);
        (origin.starts_with("http") && !is_downgrade).then(|| format!("{origin}/"))
    }

    fn request(&self, target: Uri, mut headers: HeaderMap) -> Result<Request<Full<Bytes>>, Failure> {
        for line in &self.request.headers {
            let name = HeaderName::from_bytes(line.name.as_bytes()).map_err(other)?;
            headers.append(name, HeaderValue::from_bytes(&line.value).map_err(other)?);
        }
        // Some servers refuse requests by `Referer`.
        if let Some(referrer) = self.referrer() {
            headers.entry(REFERER).or_insert(HeaderValue::from_str(&referrer).map_err(other)?);
        }
        headers.entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
        headers.entry(USER_AGENT).or_insert(HeaderValue::from_static(AGENT));
        if let Some(cookie) = self.cookie {
            headers.insert(COOKIE, HeaderValue::from_str(cookie).map_err(other)?);
        }
        let body = Full::new(Bytes::copy_from_slice(self.body));
        let mut request =
            Request::builder().method(self.request.method.as_str()).uri(target).body(body).map_err(other)?;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

type Head = (Response, HttpVersion);

fn taken(answer: hyper::Response<Incoming>) -> (Head, Incoming) {
    let mut response = Response::new(answer.status().as_u16());
    let lines = answer.headers().iter().map(|(name, value)| HeaderLine::new(name.as_str(), value.as_bytes()));
    response.headers.extend(lines);
    let version = match answer.version() {
        Version::HTTP_2 => HttpVersion::Http2,
        Version::HTTP_10 => HttpVersion::Http10,
        _ => HttpVersion::Http11,
    };
    ((response, version), answer.into_body())
}

/// The beginning that is kept.
async fn read(mut body: Incoming, kept: &mut Vec<u8>) {
    while let Some(Ok(frame)) = body.frame().await {
        let data = frame.into_data().unwrap_or_default();
        let missing = LONGEST_BODY - kept.len();
        kept.extend(data.iter().take(missing));
        if kept.len() == LONGEST_BODY {
            break;
        }
    }
}

fn other(error: impl std::error::Error + 'static) -> Failure {
    Failure::Other { said: failing::chain(&error) }
}
