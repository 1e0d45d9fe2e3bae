//! `on_denied: reject`, over the wire: who is refused before the handler, who passes, and by which response.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::http::header;
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use actix_ws::Message;
use cors_actix::{Cors, Origin, PolicyDraft, Rejection, cors_policy};
use cors_tests::wire::{Reply, connect, exchange, serve};

const REJECTING: Cors = cors_policy! {
    origins: ["https://app.example.com"],
    credentials: true,
    methods: [PUT],
    on_denied: reject,
};

/// A page for which the policy has no rule, and which may be the server's own.
const WWW: &str = "Origin: https://www.example.com";
const APP: &str = "Origin: https://app.example.com";
const GRANTED: [&str; 3] =
    ["access-control-allow-credentials: true", "access-control-allow-origin: https://app.example.com", "vary: origin"];

struct Served {
    address: SocketAddr,
    runs: Arc<AtomicUsize>,
}

impl Served {
    fn start(cors: Cors) -> Self {
        let runs = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&runs);
        let address = serve(move || {
            let server = HttpServer::new(move || {
                let counter = Arc::clone(&counter);
                let handler = move || {
                    counter.fetch_add(1, Ordering::SeqCst);
                    async { HttpResponse::Ok().body("handled") }
                };
                App::new().wrap(cors.clone()).route("/socket", web::get().to(socket)).default_service(web::to(handler))
            });
            let server = server.workers(1).bind_auto_h2c("127.0.0.1:0").expect("a port is free");
            (server.addrs()[0], server.run())
        });
        Self { address, runs }
    }

    /// Sends a request with these lines and gives the response and whether the handler ran.
    fn ask(&self, method: &str, lines: &[&str]) -> (Reply, bool) {
        self.ask_for("/", method, lines)
    }

    fn ask_for(&self, target: &str, method: &str, lines: &[&str]) -> (Reply, bool) {
        let before = self.runs.load(Ordering::SeqCst);
        let lines = lines.join("\r\n");
        let request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n{lines}\r\n\r\n");
        let reply = exchange(self.address, request.as_bytes());
        (reply, self.runs.load(Ordering::SeqCst) > before)
    }

    fn assert_passes(&self, method: &str, lines: &[&str], cors: &[&str]) {
        let (reply, ran) = self.ask(method, lines);
        assert_eq!((reply.status, ran, reply.body.as_slice()), (200, true, b"handled".as_slice()), "{lines:?}");
        assert_eq!(reply.cors(), cors, "{lines:?}");
    }

    fn assert_refused(&self, method: &str, lines: &[&str]) {
        let (reply, ran) = self.ask(method, lines);
        assert_eq!((reply.status, ran, reply.body.as_slice()), (403, false, b"".as_slice()), "{lines:?}");
        assert_eq!(reply.cors(), ["vary: origin"], "{lines:?}");
    }
}

async fn socket(request: HttpRequest, body: web::Payload) -> Result<HttpResponse, actix_web::Error> {
    let (response, mut session, mut messages) = actix_ws::handle(&request, body)?;
    actix_web::rt::spawn(async move {
        while let Some(Ok(Message::Text(text))) = messages.recv().await {
            session.text(text).await.expect("the test still listens");
        }
    });
    Ok(response)
}

#[test]
fn who_no_rule_is_for_does_not_reach_the_handler() {
    let served = Served::start(REJECTING);
    for origin in [WWW, "Origin: null", "Origin:", "Origin: https://app.example.com/", "Origin: https://evil.example"] {
        for method in ["GET", "POST", "PUT", "OPTIONS"] {
            served.assert_refused(method, &["Host: localhost", origin]);
        }
    }
    served.assert_refused("GET", &["Host: localhost", APP, APP]);
    served.assert_refused("OPTIONS", &["Host: localhost", WWW, "Access-Control-Request-Method: PUT"]);
}

#[test]
fn who_a_rule_is_for_and_who_names_no_origin_passes() {
    let served = Served::start(REJECTING);
    served.assert_passes("POST", &["Host: localhost", APP], &GRANTED);
    served.assert_passes("POST", &["Host: localhost", APP, "Sec-Fetch-Site: cross-site"], &GRANTED);
    served.assert_passes("POST", &["Host: localhost"], &["vary: origin"]);
    served.assert_passes("OPTIONS", &["Host: localhost", "Access-Control-Request-Method: PUT"], &["vary: origin"]);
}

#[test]
fn pages_of_the_servers_own_pass() {
    let served = Served::start(REJECTING);
    let unasked = ["vary: origin"];
    served.assert_passes("POST", &["Host: backend", WWW, "Sec-Fetch-Site: same-origin"], &unasked);
    served.assert_passes("POST", &["Host: backend", "Origin: null", "Sec-Fetch-Site: same-origin"], &unasked);
    served.assert_passes("POST", &["Host: www.example.com", WWW], &unasked);
    served.assert_passes("POST", &["Host: localhost:8080", "Origin: http://localhost:8080"], &unasked);
    served.assert_passes("POST", &["Host: WWW.example.com:443", WWW], &unasked);
    for site in ["same-site", "cross-site", "none", "same-origin-ish"] {
        served.assert_refused("POST", &["Host: www.example.com", WWW, &format!("Sec-Fetch-Site: {site}")]);
    }
    let twice = "Sec-Fetch-Site: same-origin";
    served.assert_refused("POST", &["Host: www.example.com", WWW, twice, twice]);
    served.assert_refused("POST", &["Host: www.example.com:8443", WWW]);
    served.assert_refused("POST", &["Host: example.com", WWW]);
    // What a proxy adds, any client can add.
    served.assert_refused("POST", &["Host: backend", WWW, "X-Forwarded-Host: www.example.com"]);
    served.assert_refused("POST", &["Host: backend", WWW, "Forwarded: host=www.example.com"]);
}

#[test]
fn the_authority_of_the_target_is_the_host_and_a_host_line_must_not_contradict_it() {
    let served = Served::start(REJECTING);
    let status = |target: &str, lines: &[&str]| {
        let (reply, ran) = served.ask_for(target, "POST", lines);
        assert_eq!(ran, reply.status == 200);
        reply.status
    };
    let own = "http://www.example.com/";
    assert_eq!(status(own, &["Host: www.example.com", WWW]), 200);
    assert_eq!(status(own, &["Host: WWW.example.com", WWW]), 200);
    assert_eq!(status(own, &["Host: backend", WWW]), 403);
    assert_eq!(status("http://backend/", &["Host: www.example.com", WWW]), 403);
    assert_eq!(status("http://backend/", &["Host: backend", WWW]), 403);
    // Where the browser says it, none of them matters.
    assert_eq!(status(own, &["Host: backend", WWW, "Sec-Fetch-Site: same-origin"]), 200);
}

#[test]
fn what_is_no_origin_is_not_the_servers_own() {
    let served = Served::start(REJECTING);
    for host in [
        "user@www.example.com",
        "WWW.example.com",
        "www.example.com:0",
        "www.example.com:443",
        "www.example.com:08443",
        "www..example.com",
        "[user@::1]",
        "[::1",
        "www%2Eexample.com",
        "",
    ] {
        served.assert_refused("POST", &[&format!("Host: {host}"), &format!("Origin: https://{host}")]);
    }
    for host in ["www.example.com.", "_x.example.com:8443", "192.0.2.7", "[2001:db8::1]", "[::1]:8080", "localhost"] {
        let lines = [format!("Host: {host}"), format!("Origin: https://{host}")];
        served.assert_passes("POST", &[&lines[0], &lines[1]], &["vary: origin"]);
    }
}

#[test]
fn the_public_origin_passes_where_the_proxy_changes_the_host() {
    let www = Origin::parse("https://www.example.com").expect("an origin");
    let served = Served::start(REJECTING.rejection(Rejection::new().public_origin(www)));
    served.assert_passes("POST", &["Host: backend:8080", WWW], &["vary: origin"]);
    served.assert_refused("POST", &["Host: backend:8080", "Origin: http://www.example.com"]);
    // It counts instead of `Host`: over http, anybody on the way can be at the same host.
    served.assert_refused("POST", &["Host: www.example.com", "Origin: http://www.example.com"]);
    served.assert_refused("POST", &["Host: 127.0.0.1:8095", "Origin: http://127.0.0.1:8095"]);
    served.assert_passes(
        "POST",
        &["Host: 127.0.0.1:8095", "Origin: null", "Sec-Fetch-Site: same-origin"],
        &["vary: origin"],
    );
    served.assert_refused("POST", &["Host: backend:8080", WWW, "Sec-Fetch-Site: cross-site"]);
}

#[test]
fn a_websocket_of_a_stranger_does_not_open() {
    let served = Served::start(REJECTING);
    let status = |lines: &str| {
        let handshake = format!(
            "GET /socket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{lines}\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        let mut stream = connect(served.address);
        std::io::Write::write_all(&mut stream, handshake.as_bytes()).expect("the handshake goes out");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            std::io::Read::read_exact(&mut stream, &mut byte).expect("the server answers");
            head.extend(byte);
        }
        let reply = Reply::parse(&head);
        (reply.status, reply.cors())
    };
    let owned = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    assert_eq!(status("Origin: https://evil.example\r\n"), (403, owned(&["vary: origin"])));
    assert_eq!(status("Origin: https://app.example.com\r\n"), (101, owned(&GRANTED)));
    assert_eq!(status("Origin: http://localhost\r\n"), (101, owned(&["vary: origin"])), "the server's own page");
}

#[actix_web::test]
async fn over_http_2_the_authority_is_the_host() {
    let address = Served::start(REJECTING).address;
    let stream = tokio::net::TcpStream::connect(address).await.expect("the server listens");
    let (client, connection) = h2::client::handshake(stream).await.expect("the server speaks HTTP/2");
    let driver = actix_web::rt::spawn(connection);
    let (own, evil) = ("https://www.example.com", "https://evil.example");
    let www = "www.example.com";
    for (origin, hosts, status) in [
        (own, vec![], 200),
        (evil, vec![], 403),
        (own, vec![www], 200),
        (own, vec![www, www], 403),
        (own, vec!["evil.example"], 403),
        (evil, vec!["evil.example"], 403),
    ] {
        let request = http::Request::post("http://www.example.com/").header("origin", origin);
        let request = hosts.iter().fold(request, |request, host| request.header("host", *host));
        let request = request.body(()).expect("a request");
        let mut client = client.clone().ready().await.expect("the connection is open");
        let (response, _) = client.send_request(request, true).expect("it goes out");
        assert_eq!(response.await.expect("the server answers").status(), status, "{origin} {hosts:?}");
    }
    drop(client);
    driver.await.expect("the connection is not abandoned").expect("the connection closes in good order");
}

/// What the application answers to a refused request in its own words, with headers that are not its own.
fn problem() -> Rejection {
    Rejection::new().respond_with(|request, denial| {
        HttpResponse::ImATeapot()
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((header::VARY, "Accept"))
            .content_type("application/problem+json")
            .body(format!("{{\"title\":\"{denial}\",\"instance\":\"{}\"}}", request.path()))
    })
}

#[test]
fn the_application_refuses_in_its_own_words_and_the_policy_by_its_own_headers() {
    let served = Served::start(REJECTING.rejection(problem()));
    let (reply, ran) = served.ask("POST", &["Host: localhost", WWW]);
    assert_eq!((reply.status, ran), (418, false));
    assert_eq!(reply.cors(), ["vary: accept, origin"]);
    assert_eq!(reply.value("content-type"), Some(b"application/problem+json".as_slice()));
    let body = r#"{"title":"no rule of the CORS policy is for the origin","instance":"/"}"#;
    assert_eq!(String::from_utf8_lossy(&reply.body), body);
    served.assert_passes("POST", &["Host: localhost", APP], &GRANTED);
    // A preflight is refused as ever: no page reads its body.
    served.assert_refused("OPTIONS", &["Host: localhost", WWW, "Access-Control-Request-Method: PUT"]);
}

#[test]
fn a_rejecting_policy_inside_another_acts_and_nothing_is_granted() {
    const INNER: Cors = cors_policy! { origins: ["https://other.example.com"], on_denied: reject };
    const OUTER: Cors = cors_policy! { origins: ["https://app.example.com"], credentials: true };
    let address = serve(|| {
        let server = HttpServer::new(|| {
            let scope = web::scope("/inner").wrap(INNER).default_service(web::to(async || "handled"));
            App::new().wrap(OUTER).service(scope)
        });
        let server = server.workers(1).bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    let request = format!("POST /inner/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{APP}\r\n\r\n");
    let reply = exchange(address, request.as_bytes());
    assert_eq!((reply.status, reply.body.as_slice()), (403, b"".as_slice()));
    assert_eq!(reply.cors(), ["vary: origin"]);
}

#[test]
fn a_live_policy_rejects_from_the_moment_that_it_says_so() {
    let draft = || PolicyDraft::new().origins(["https://app.example.com"]);
    let (cors, handle) = Cors::replaceable(draft().validate().expect("a policy"));
    let live = cors.rejection(problem());
    let middleware = live.clone();
    let address = serve(move || {
        let server =
            HttpServer::new(move || App::new().wrap(middleware.clone()).default_service(web::to(async || "handled")));
        let server = server.workers(1).bind("127.0.0.1:0").expect("a port is free");
        (server.addrs()[0], server.run())
    });
    let request = format!("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{WWW}\r\n\r\n");
    let before = exchange(address, request.as_bytes());
    assert_eq!((before.status, before.cors()), (200, vec!["vary: origin".to_owned()]));
    handle.replace(draft().on_denied("reject").validate().expect("a policy"));
    let after = exchange(address, request.as_bytes());
    assert_eq!((after.status, after.cors()), (418, vec!["vary: accept, origin".to_owned()]));
}
