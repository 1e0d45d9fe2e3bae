//! Why the network gives no answer, as data. The sentences for people are made of it elsewhere.

/// What went wrong between `why` and the server.
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
    /// The port was asked by TLS and speaks something else, such as HTTP without TLS.
    PlainPort,
    /// The port was asked without TLS and speaks TLS.
    TlsPort,
    /// Client and server agree on no version or cipher of TLS.
    Tls {
        said: String,
    },
    /// The server closed the connection before it answered.
    Closed,
    /// The server speaks HTTP/2 alone, without TLS, where browsers speak HTTP/1.1.
    Http2WithoutTls,
    /// What came is no HTTP.
    NotHttp {
        /// How it begins.
        said: String,
    },
    /// It begins as HTTP, and no browser can read the rest of the header lines.
    BrokenHead {
        said: String,
    },
    /// The header lines are longer, or more, than a browser takes.
    HeadTooLarge,
    /// The proxy does not connect to the server.
    Proxy {
        proxy: String,
        said: String,
    },
    /// Anything else, in the words of the library.
    Other {
        said: String,
    },
}

/// What is wrong with a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CertificateProblem {
    Expired,
    NotYetValid,
    /// It is for these names, where that is known.
    OtherName {
        names: Vec<String>,
    },
    /// It signed itself.
    SelfSigned,
    /// Nobody whom the system trusts has signed it.
    UnknownIssuer,
    Revoked,
    /// Anything else, such as a broken signature.
    Invalid,
}
