//! Problems besides CORS: no answer, a request that no browser sends, or an error that CORS hides. Each has a stable name, a sentence, and
//! what to do. [`cors_browser::explain::Obstacle`] has those that the answer's head shows.

use std::borrow::Cow;

use cors_browser::explain::Obstacle;
use serde::Serialize;
use url::Url;

use crate::answer::Answer;
use crate::barred::Barred;
use crate::failure::{CertificateProblem, Failure};

/// A problem, and what to do first.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct NotCors {
    /// A stable name, such as `connection-refused`.
    pub(crate) code: Cow<'static, str>,
    pub(crate) text: String,
    /// The first help of the report.
    #[serde(skip)]
    pub(crate) remedy: Option<String>,
}

impl NotCors {
    fn new(code: &'static str, text: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { code: code.into(), text: text.into(), remedy: Some(remedy.into()) }
    }

    /// The help of the explanation has the remedy already.
    pub(crate) fn of_obstacle(obstacle: &Obstacle) -> Self {
        Self { code: obstacle.code().into(), text: obstacle.to_string(), remedy: None }
    }

    /// Problems that only the body shows.
    pub(crate) fn of_answer(answer: &Answer) -> Option<Self> {
        const SAY_TLS: [&str; 3] = [
            "The plain HTTP request was sent to HTTPS port",
            "speaking plain HTTP to an SSL-enabled server port",
            "Client sent an HTTP request to an HTTPS server",
        ];
        let is_refused = answer.response.status == 400;
        let body = answer.text();
        (is_refused && SAY_TLS.iter().any(|text| body.contains(text))).then(tls_port)
    }

    pub(crate) fn of_barred(barred: Barred) -> Self {
        match barred {
            Barred::Port(port) => Self::new(
                barred.code(),
                format!("browsers send nothing to port {port}, which belongs to another protocol"),
                "let the server listen on another port, such as 8080",
            ),
            Barred::MixedContent => Self::new(
                barred.code(),
                "the page uses https and the address http: that is mixed content, which browsers block",
                "serve the address by https too; only localhost may use http",
            ),
        }
    }

    /// The problem of a failed connection to this address.
    pub(crate) fn of_failure(failure: &Failure, url: &str) -> Self {
        let url = Url::parse(url).ok();
        let host = url.as_ref().and_then(Url::host_str).unwrap_or("the server").to_owned();
        let port = url.as_ref().and_then(Url::port_or_known_default).unwrap_or_default();
        match failure {
            Failure::Refused => Self::new(
                "connection-refused",
                format!("no server listens at port {port} of {host}"),
                "start the server, or correct the port in the address",
            ),
            Failure::NameNotFound { host } => Self::new(
                "name-not-found",
                format!("no name server knows {host}"),
                "correct the name in the address; a name of your own can be tried with --resolve HOST:PORT:ADDRESS",
            ),
            Failure::Unreachable => Self::new(
                "unreachable",
                format!("no way leads to {host}"),
                "see whether the machine runs, and whether a firewall or a VPN stands between",
            ),
            Failure::TimedOut { seconds } => Self::new(
                "timed-out",
                format!("no answer came within {seconds} second{} (--timeout)", if *seconds == 1 { "" } else { "s" }),
                "read the log of the server: it may hang, or wait for something else",
            ),
            Failure::Certificate(problem) => of_certificate(problem, &host),
            Failure::PlainPort => Self::new(
                "https-on-plain-port",
                format!("port {port} speaks http without TLS, and was asked by https"),
                "write http:// in the address, or switch TLS on in the server",
            ),
            Failure::TlsPort => tls_port(),
            Failure::Tls { said } => Self::new(
                "tls-failed",
                format!("client and server agree on no TLS: {said}"),
                "let the server speak TLS 1.2 or 1.3, with the name of the host",
            ),
            Failure::Closed => Self::new(
                "connection-closed",
                "the server closed the connection and gave no answer",
                "read the log of the server: it may have crashed, or refuse this machine",
            ),
            Failure::NotHttp { said } => Self::new(
                "not-http",
                format!("what listens at port {port} is no HTTP server: it says \"{said}\""),
                "correct the port in the address",
            ),
            Failure::Http2WithoutTls => Self::new(
                "http2-without-tls",
                "the server speaks only HTTP/2 and has no TLS; browsers speak HTTP/2 by https only",
                "serve it by https, or let the server speak HTTP/1.1 too",
            ),
            Failure::BrokenHead { said } => Self::new(
                "head-broken",
                format!("the header lines of the answer cannot be read: {said}"),
                "look at what the server sends, for example with curl -i",
            ),
            Failure::HeadTooLarge => Self::new(
                "head-too-large",
                "the header lines of the answer are longer than browsers take",
                "look at what the server sends, for example with curl -i; often a cookie or a header grows with each answer",
            ),
            Failure::Proxy { proxy, said } => Self::new(
                "proxy-failed",
                format!("the proxy {proxy} gave no connection to {host}: {said}"),
                "see whether the proxy runs; NO_PROXY names the hosts that are asked without it",
            ),
            Failure::Other { said } => Self::new(
                "no-answer",
                format!("the connection failed: {said}"),
                "see whether the server runs, and whether the address is right",
            ),
        }
    }
}

fn tls_port() -> NotCors {
    NotCors::new("http-on-tls-port", "the port speaks TLS, and was asked by http", "write https:// in the address")
}

fn of_certificate(problem: &CertificateProblem, host: &str) -> NotCors {
    const ON: &str = "; -k asks all the same, as if you went past the browser's warning";
    let row = |code, text: String, remedy: &str| NotCors::new(code, text, format!("{remedy}{ON}"));
    match problem {
        CertificateProblem::Expired => row(
            "certificate-expired",
            format!("the certificate of {host} has expired, so browsers do not ask"),
            "renew the certificate",
        ),
        CertificateProblem::NotYetValid => row(
            "certificate-not-yet-valid",
            format!("the certificate of {host} is not valid yet, so browsers do not ask"),
            "set the clocks of both machines, or wait",
        ),
        CertificateProblem::OtherName { names } => {
            let names = match names.is_empty() {
                true => "for another name".to_owned(),
                false => format!("for {}", names.join(", ")),
            };
            row(
                "certificate-other-name",
                format!("the certificate is {names}, and not for {host}, so browsers do not ask"),
                "ask by a name that the certificate has, or get one with this name",
            )
        }
        CertificateProblem::SelfSigned => row(
            "certificate-self-signed",
            format!("the certificate of {host} is self-signed, and browsers trust it only after a user accepts it"),
            "open the address in the browser and accept the certificate, or make one that it trusts, for example with mkcert",
        ),
        CertificateProblem::UnknownIssuer => row(
            "certificate-issuer-unknown",
            format!("this machine does not trust the issuer of the certificate of {host}, so browsers do not ask"),
            "let the server send its intermediate certificates too, or get a certificate that browsers trust (for development, \
             with mkcert)",
        ),
        CertificateProblem::Revoked => row(
            "certificate-revoked",
            format!("the certificate of {host} was revoked, so browsers do not ask"),
            "get a new certificate",
        ),
        CertificateProblem::Invalid => row(
            "certificate-invalid",
            format!("the certificate of {host} is not valid, so browsers do not ask"),
            "get a new certificate",
        ),
    }
}
