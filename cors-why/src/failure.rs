//! The reasons why no answer came, as data. `not_cors` has the sentences.

/// The problem between `why` and the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// No server listens at the port.
    Refused,
    /// No name server knows the host.
    NameNotFound {
        host: String,
    },
    /// No route leads to the address.
    Unreachable,
    TimedOut {
        seconds: u64,
    },
    /// A browser does not trust the certificate.
    Certificate(CertificateProblem),
    /// The port does not use TLS, and was asked with TLS.
    PlainPort,
    /// The port uses TLS, and was asked without.
    TlsPort,
    /// Client and server have no version or cipher of TLS in common.
    Tls {
        said: String,
    },
    /// The server closed the connection before it answered.
    Closed,
    /// The server uses only HTTP/2, without TLS; browsers use HTTP/1.1 there.
    Http2WithoutTls,
    /// The answer is not HTTP.
    NotHttp {
        /// The first bytes.
        said: String,
    },
    /// The answer begins as HTTP, but a browser cannot read the other header lines.
    BrokenHead {
        said: String,
    },
    /// The header lines exceed the limits of browsers.
    HeadTooLarge,
    /// The proxy does not connect to the server.
    Proxy {
        proxy: String,
        said: String,
    },
    /// Another error, in the words of the library.
    Other {
        said: String,
    },
}

/// What is wrong with a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CertificateProblem {
    Expired,
    NotYetValid,
    /// The names in the certificate, if known.
    OtherName {
        names: Vec<String>,
    },
    /// The certificate is self-signed.
    SelfSigned,
    /// The system does not trust the issuer.
    UnknownIssuer,
    Revoked,
    /// Another problem, such as a broken signature.
    Invalid,
}
