//! Sends what the model of the browser says, and nothing by itself: no redirects followed, no cookies kept.

use std::io::{self, Read};
use std::time::Duration;

use cors_browser::{HeaderLine, OutgoingRequest, Response};
use ureq::http::{Request, Version};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Error};
use url::{Origin, Url};

use crate::answer::{Answer, HttpVersion, LONGEST_BODY};
use crate::failure::Failure;
use crate::investigation::{Missing, Server, is_harmless};
use crate::script::Script;

/// Any server that the network reaches.
pub(crate) struct Network {
    agent: Agent,
    timeout: Duration,
    /// Whether requests are permitted that may change something.
    permitted: bool,
    body: Vec<u8>,
    /// With the origin that it is for.
    cookie: Option<(String, Origin)>,
}

impl Network {
    pub(crate) fn new(timeout: Duration, permitted: bool, script: &Script) -> Self {
        let agent = Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            // One that the server closes meanwhile would look like a server that does not answer.
            .max_idle_connections(0)
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            // A browser trusts what the system trusts, also an authority of a company's own.
            .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
            .user_agent(concat!("Mozilla/5.0 (compatible; why/", env!("CARGO_PKG_VERSION"), ")"))
            .build()
            .new_agent();
        let body = script.asked.body.clone().unwrap_or_default().into_bytes();
        let cookie = script.asked.cookie.clone().zip(origin(&script.asked.url));
        Self { agent, timeout, permitted, body, cookie }
    }

    /// Sends a request whoever permitted it.
    pub(crate) fn send(&self, request: &OutgoingRequest) -> Result<Answer, Failure> {
        let mut builder = Request::builder().method(request.method.as_str()).uri(&request.url);
        for line in &request.headers {
            builder = builder.header(&line.name, line.value.as_slice());
        }
        // A redirect must not carry it to another server.
        let is_for = |target: &Origin| request.credentials && origin(&request.url).as_ref() == Some(target);
        if let Some((cookie, _)) = self.cookie.as_ref().filter(|(_, target)| is_for(target)) {
            builder = builder.header("Cookie", cookie);
        }
        let sent = match request.body || ["POST", "PUT", "PATCH"].contains(&request.method.as_str()) {
            true => {
                let body = if request.body { self.body.as_slice() } else { &[] };
                builder.body(body).map_err(Error::from).and_then(|request| self.agent.run(request))
            }
            false => builder.body(()).map_err(Error::from).and_then(|request| self.agent.run(request)),
        };
        let answer = sent.map_err(|error| self.failure(&error))?;
        let mut response = Response::new(answer.status().as_u16());
        let lines = answer.headers().iter().map(|(name, value)| HeaderLine::new(name.as_str(), value.as_bytes()));
        response.headers.extend(lines);
        let version = Some(match answer.version() {
            Version::HTTP_2 => HttpVersion::Http2,
            Version::HTTP_10 => HttpVersion::Http10,
            _ => HttpVersion::Http11,
        });
        // A stream of events has no end.
        let is_endless = response.values("content-type").any(|value| value.starts_with(b"text/event-stream"));
        let mut body = Vec::new();
        if !is_endless {
            // What came is of use although the rest did not.
            let _ = answer.into_body().into_reader().take(LONGEST_BODY as u64).read_to_end(&mut body);
        }
        Ok(Answer { response, body, version })
    }

    fn failure(&self, error: &Error) -> Failure {
        match error {
            Error::Timeout(_) => Failure::TimedOut { seconds: self.timeout.as_secs() },
            Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => Failure::Refused,
            _ => Failure::Other { said: error.to_string() },
        }
    }
}

fn origin(url: &str) -> Option<Origin> {
    Url::parse(url).ok().map(|url| url.origin())
}

impl Server for Network {
    fn answer(&mut self, request: &OutgoingRequest) -> Result<Answer, Missing> {
        if !request.preflight && !self.permitted && !is_harmless(&request.method) {
            return Err(Missing::Withheld);
        }
        self.send(request).map_err(Missing::Failed)
    }
}
