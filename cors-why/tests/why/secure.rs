//! Servers of TLS, with certificates of every kind.

use std::convert::Infallible;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use http_body_util::Empty;
use hyper::body::Bytes;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper::{Request, Response, body::Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Who signed a certificate, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Certificate {
    /// For localhost, by the authority that the test trusts.
    Good,
    Expired,
    NotYetValid,
    /// For `other.example`.
    OtherName,
    /// As `openssl req -x509` makes it.
    SelfSigned,
    /// By an authority that nobody knows.
    UnknownIssuer,
}

/// A server that lets every page read, and the file of the authority that signed its certificate.
pub(crate) struct Secure {
    address: SocketAddr,
    authority: PathBuf,
}

impl Secure {
    pub(crate) fn start(certificate: Certificate, protocols: &[&str]) -> Self {
        let authority = authority("trusted");
        let (chain, key) = certificate_of(certificate, &authority);
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the library has them")
            .with_no_client_auth()
            .with_single_cert(vec![chain], key)
            .expect("the key is that of the certificate");
        config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        thread::spawn(move || serve(listener, TlsAcceptor::from(Arc::new(config))));
        let file = format!("{}/{certificate:?}-{}.pem", env!("CARGO_TARGET_TMPDIR"), address.port());
        fs::write(&file, authority.pem()).expect("the folder can be written");
        Self { address, authority: file.into() }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// By the name that its certificate has.
    pub(crate) fn url(&self) -> String {
        format!("https://localhost:{}/x", self.port())
    }

    /// What makes the program trust the authority, in place of those of the system.
    pub(crate) fn trust(&self) -> (&'static str, String) {
        ("SSL_CERT_FILE", self.authority.to_string_lossy().into_owned())
    }
}

fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(DnType::CommonName, name);
    CertifiedIssuer::self_signed(params, KeyPair::generate().expect("the system has randomness")).expect("it signs")
}

fn certificate_of(
    kind: Certificate,
    authority: &CertifiedIssuer<'static, KeyPair>,
) -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
    let name = if kind == Certificate::OtherName { "other.example" } else { "localhost" };
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    match kind {
        Certificate::Expired => params.not_after = date_time_ymd(2020, 1, 1),
        Certificate::NotYetValid => params.not_before = date_time_ymd(4000, 1, 1),
        Certificate::SelfSigned => params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained),
        _ => {}
    }
    let key = KeyPair::generate().expect("the system has randomness");
    let signed = match kind {
        Certificate::SelfSigned => params.self_signed(&key),
        Certificate::UnknownIssuer => params.signed_by(&key, &self::authority("unknown")),
        _ => params.signed_by(&key, authority),
    };
    let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    (signed.expect("it signs").der().clone(), private)
}

fn serve(listener: TcpListener, acceptor: TlsAcceptor) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async move {
        listener.set_nonblocking(true).expect("it can");
        let listener = tokio::net::TcpListener::from_std(listener).expect("it is one");
        loop {
            let (stream, _) = listener.accept().await.expect("the connection is accepted");
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // Whoever does not trust the certificate goes away.
                let Ok(stream) = acceptor.accept(stream).await else { return };
                let is_http2 = stream.get_ref().1.alpn_protocol() == Some(b"h2");
                let stream = TokioIo::new(stream);
                let _ = match is_http2 {
                    true => {
                        let builder = http2::Builder::new(TokioExecutor::new());
                        builder.serve_connection(stream, service_fn(allow)).await
                    }
                    false => http1::Builder::new().serve_connection(stream, service_fn(allow)).await,
                };
            });
        }
    });
}

/// Says by which version it was asked.
async fn allow(request: Request<Incoming>) -> Result<Response<Empty<Bytes>>, Infallible> {
    let answer = Response::builder()
        .header("Access-Control-Allow-Origin", "*")
        .header("X-Version", format!("{:?}", request.version()))
        .header("Access-Control-Expose-Headers", "*");
    Ok(answer.body(Empty::new()).expect("it is an answer"))
}
