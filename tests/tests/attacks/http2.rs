//! Over HTTP/2 with TLS, as browsers ask.

use std::sync::Arc;

use bytes::Bytes;
use h2::client::SendRequest;
use http::HeaderValue;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, RootCertStore};
use tokio_rustls::TlsConnector;

use crate::naive::Request;
use crate::servers::{self, HANDLED, POLICIES, Server, TENANT};
use crate::{Got, assert_none, corpus, difference};

async fn connect(server: &Server) -> SendRequest<Bytes> {
    let mut roots = RootCertStore::empty();
    roots.add(server.certificate.clone()).expect("a certificate");
    let mut config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let stream = tokio::net::TcpStream::connect(server.with_tls).await.expect("the server listens");
    let name = ServerName::try_from(TENANT).expect("a name");
    let stream = TlsConnector::from(Arc::new(config)).connect(name, stream).await.expect("the server speaks TLS");
    assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
    let (client, connection) = h2::client::handshake(stream).await.expect("the server speaks HTTP/2");
    actix_web::rt::spawn(connection);
    client
}

async fn ask(client: &SendRequest<Bytes>, path: &str, request: &Request) -> Got {
    let mut made = http::Request::builder()
        .method(request.method.as_slice())
        .uri(format!("https://{TENANT}{path}"))
        .body(())
        .expect("a request");
    for (name, value) in request.headers.iter().filter(|(name, _)| name != "Host") {
        let name = http::HeaderName::from_bytes(name.as_bytes()).expect("a name");
        made.headers_mut().append(name, HeaderValue::from_bytes(value).expect("a value"));
    }
    let mut client = client.clone().ready().await.expect("the connection is open");
    let (response, _) = client.send_request(made, true).expect("it goes out");
    let (head, mut stream) = response.await.expect("the server answers").into_parts();
    let mut body = Vec::new();
    while let Some(chunk) = stream.data().await {
        body.extend(chunk.expect("the body comes whole"));
    }
    let lines = head.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes()));
    Got { status: head.status.as_u16(), headers: cors_tests::cors_headers(lines), handled: body == HANDLED.as_bytes() }
}

#[actix_web::test]
async fn every_answer_over_http_2_is_the_models() {
    let (server, mut compared, mut differences) = (Server::start(), 0, Vec::new());
    for requests in corpus::requests().chunks(64) {
        let client = connect(&server).await;
        for request in requests {
            // More than a head may have here.
            if request.headers.iter().any(|(_, value)| value.len() > 10_000) {
                continue;
            }
            let mut seen = request.clone();
            seen.headers.retain(|(name, _)| name != "Host");
            seen.authority = Some(TENANT.to_owned());
            for policy in POLICIES {
                let got = ask(&client, &servers::path(policy), request).await;
                let mut expected = Got::expected(&servers::expected(policy, &seen));
                expected.handled &= request.method != b"HEAD";
                differences.extend(difference(policy, request, &expected, &got));
                compared += 1;
            }
        }
    }
    assert_none(&differences, compared, 2_900);
}
