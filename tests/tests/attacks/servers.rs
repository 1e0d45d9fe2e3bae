//! A scope for each kind of policy.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::sync::mpsc;

use actix_web::{App, HttpResponse, HttpServer, web};
use cors_actix::{Addressed, Cors, Origin, PolicyDraft, Source, cors_policy};
use cors_tests::wire::serve;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};

use crate::naive::answer::answer;
use crate::naive::nested::nested;
use crate::naive::{Answer, Policy, Request};

/// In source.
const FIXED: Cors = cors_policy! {
    origins: ["https://app.example.com", "https://*.example.org", "http://localhost:*", "https://*.example.net:*"],
    credentials: true,
    methods: "*",
    allow_headers: "*",
    expose_headers: ["X-Request-Id"],
    max_age: 1h,
};

/// What a handler writes as its body, so that no other answer is taken for it.
pub(crate) const HANDLED: &str = "handled";

/// The host of the tenant that has origins.
pub(crate) const TENANT: &str = "tenant.example";
const KNOWN: &str = "https://known.example";

pub(crate) const POLICIES: [&str; 6] = ["fixed", "public", "replaceable", "rejecting", "keyed", "nested"];

/// The policies as data, which the model reads.
fn written(name: &str) -> Value {
    match name {
        "fixed" => json!({
            "origins": ["https://app.example.com", "https://*.example.org", "http://localhost:*", "https://*.example.net:*"],
            "credentials": true, "methods": "*", "allow_headers": "*", "expose_headers": ["X-Request-Id"], "max_age": "1h",
        }),
        "public" => json!({
            "origins": "*", "methods": ["PUT", "DELETE"], "allow_headers": ["*", "Authorization"], "expose_headers": "*",
        }),
        "replaceable" => json!({
            "rules": [
                { "origins": ["https://app.example.com"], "credentials": true, "methods": ["PUT"] },
                { "origins": "*", "expose_headers": ["ETag"] },
            ],
        }),
        "rejecting" => json!({
            "origins": ["https://app.example.com", "https://*.example.org"], "methods": ["PUT"], "on_denied": "reject",
        }),
        "keyed" => json!({ "origins": ["https://app.example.com"], "credentials": true, "source": [KNOWN] }),
        _ => json!({ "origins": ["https://app.example.com", "https://*.example.org"], "methods": ["PUT"] }),
    }
}

fn cors(name: &str) -> Cors {
    let mut keys = written(name);
    let has_source = keys.as_object_mut().is_some_and(|keys| keys.remove("source").is_some());
    let draft: PolicyDraft = serde_json::from_value(keys).expect("no content is an error");
    match name {
        "fixed" => FIXED,
        "replaceable" => Cors::replaceable(draft.validate().expect("a policy")).0,
        _ if has_source => {
            fn host(request: Addressed<'_>) -> Option<Cow<'_, str>> {
                request.host_name()
            }
            let knows = |origin: Origin, host: String| {
                std::future::ready(Ok::<_, &str>(host == TENANT && origin.as_str() == KNOWN))
            };
            Cors::with_source(draft, Source::keyed(host, knows)).expect("a policy").0
        }
        _ => Cors::new(draft.validate().expect("a policy")),
    }
}

/// What a request under a policy has to get.
pub(crate) fn expected(name: &str, request: &Request) -> Answer {
    let mut keys = written(name);
    let host = request.authority.clone().map(String::into_bytes);
    let is_tenant = host.as_deref().or(request.lines("host").first().copied()) == Some(TENANT.as_bytes());
    if name == "keyed" && !is_tenant {
        keys["source"] = json!([]);
    }
    let policy = Policy::of(&keys);
    match name {
        "nested" => nested(&Policy::of(&written("fixed")), &policy, request),
        _ => answer(&policy, request),
    }
}

/// Where a policy is; `nested` stands inside `fixed`.
pub(crate) fn path(name: &str) -> String {
    if name == "nested" { "/outer/nested/x".to_owned() } else { format!("/{name}/x") }
}

/// A server with every policy.
pub(crate) struct Server {
    pub(crate) plain: SocketAddr,
    pub(crate) with_tls: SocketAddr,
    pub(crate) certificate: CertificateDer<'static>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let signed = rcgen::generate_simple_self_signed([TENANT.to_owned()]).expect("a certificate");
        let certificate = signed.cert.der().clone();
        let key = PrivateKeyDer::try_from(signed.signing_key.serialize_der()).expect("a key");
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .expect("the key is of the certificate");
        let (sender, with_tls) = mpsc::channel();
        let plain = serve(move || {
            let policies = POLICIES.map(|name| (name, cors(name)));
            let server = HttpServer::new(move || {
                policies.iter().fold(App::new(), |app, (name, cors)| {
                    let handler = web::to(|| async { HttpResponse::Ok().body(HANDLED) });
                    let scope = web::scope(name).wrap(cors.clone()).default_service(handler);
                    match *name {
                        "nested" => app.service(web::scope("/outer").wrap(FIXED).service(scope)),
                        _ => app.service(scope),
                    }
                })
            });
            let server = server.workers(1).bind("127.0.0.1:0").expect("a port is free");
            let server = server.bind_rustls_0_23("127.0.0.1:0", config).expect("a port is free");
            let addresses = server.addrs();
            sender.send(addresses[1]).expect("the test waits for the address");
            (addresses[0], server.run())
        });
        let with_tls = with_tls.recv().expect("the server starts");
        Self { plain, with_tls, certificate }
    }
}
