//! Who may look: whoever has the key, and no page of another site.

use std::net::SocketAddr;

use actix_service::map_config;
use actix_web::dev::AppConfig;
use actix_web::http::header::{COOKIE, HOST};
use actix_web::http::{Method, StatusCode};
use actix_web::test::{TestRequest, init_service};
use actix_web::{App, HttpServer, web};
use cors_actix::{Inspector, cors_policy};
use cors_tests::log::lines_of;
use cors_tests::service::{CORS, respond};
use cors_tests::wire::{Reply, exchange, request, serve};

use super::{KEY, cookie, local};

const PLACES: [&str; 4] = ["/__cors", "/__cors/state", "/__cors/ask?origin=https://a.example", "/__cors/draw.js"];

/// A server that keeps a secret: the path of a request of before.
fn server() -> SocketAddr {
    let inspector = super::inspector().policy(CORS);
    let address = serve(move || {
        let app = move || App::new().default_service(web::to(async || "handled")).wrap(CORS).wrap(inspector.clone());
        let server = HttpServer::new(app).workers(1).disable_signals().bind(("127.0.0.1", 0)).unwrap();
        (server.addrs()[0], server.run())
    });
    let reply = exchange(address, &request(b"GET", "/secret", &[("Origin", b"https://app.example.com")]));
    assert_eq!(reply.status, 200);
    address
}

/// GET with these lines and nothing else.
fn get(target: &str, lines: &[&str]) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nConnection: close\r\n{}\r\n\r\n", lines.join("\r\n")).into_bytes()
}

fn with_key(target: &str, lines: &[&str]) -> Vec<u8> {
    get(target, &[lines, &[&format!("Cookie: {}", cookie())]].concat())
}

fn assert_refused(reply: &Reply, why: &str, what: &str) {
    let body = String::from_utf8_lossy(&reply.body);
    assert_eq!(reply.status, 403, "{what}: {body}");
    assert!(body.starts_with("The CORS inspector shows nothing here: ") && body.len() < 160, "{what}: {body}");
    assert!(body.contains(why), "{what}: {body}");
    assert_eq!((reply.value("set-cookie"), reply.cors()), (None, Vec::new()), "{what}");
}

const NO_KEY: &str = "open the address with the key, which the app logs when it starts";

#[test]
fn the_key_is_taken_once_from_the_address_and_then_from_the_cookie() {
    let address = server();
    for place in ["/__cors", "/__cors/"] {
        let lines = ["Host: localhost:8080", "Sec-Fetch-Site: none"];
        let reply = exchange(address, &get(&format!("{place}?key={KEY}"), &lines));
        assert_eq!((reply.status, reply.value("location")), (303, Some(b"/__cors".as_slice())));
        let line = String::from_utf8_lossy(reply.value("set-cookie").unwrap()).into_owned();
        assert_eq!(line, format!("{}; HttpOnly; SameSite=Strict; Path=/__cors", cookie()));
        assert!(!String::from_utf8_lossy(&reply.body).contains(KEY));
        assert_eq!(reply.value("referrer-policy"), Some(b"no-referrer".as_slice()));
        assert_eq!(reply.value("cache-control"), Some(b"no-store".as_slice()));
    }
    // Of other servers of this host, of which each has a name.
    let cookies = format!("Cookie: session=7; cors_inspector_80=0; {}; x=y", cookie());
    let reply = exchange(address, &get("/__cors/state", &["Host: localhost:8080", &cookies]));
    assert!(String::from_utf8_lossy(&reply.body).contains("/secret"), "{reply:?}");
}

#[test]
fn without_the_key_nothing_is_shown_also_to_this_machine() {
    let address = server();
    let other = KEY.replace("ff", "fe");
    for key in ["", "0", &KEY[..31], &format!("{KEY}0"), &other, &KEY.to_uppercase(), &format!("\"{KEY}\"")] {
        let line = format!("Cookie: cors_inspector_8080={key}");
        for place in PLACES {
            let reply = exchange(address, &get(place, &["Host: localhost:8080", &line]));
            assert_refused(&reply, NO_KEY, &format!("{place} {line}"));
        }
        let query = key.replace('"', "%22");
        let reply = exchange(address, &get(&format!("/__cors?key={query}"), &["Host: localhost:8080"]));
        assert_refused(&reply, NO_KEY, key);
    }
    for place in PLACES {
        assert_refused(&exchange(address, &get(place, &["Host: localhost:8080"])), NO_KEY, place);
    }
    for lines in [format!("Cookie: session={KEY}"), format!("Cookie: {KEY}"), format!("Authorization: Bearer {KEY}")] {
        assert_refused(&exchange(address, &get("/__cors/state", &["Host: localhost", &lines])), NO_KEY, &lines);
    }
    // Only the address of the page opens it.
    let reply = exchange(address, &get(&format!("/__cors/state?key={KEY}"), &["Host: localhost"]));
    assert_refused(&reply, NO_KEY, "the state");
}

#[test]
fn whoever_has_the_key_sees_it_and_nothing_on_it_can_be_used_by_others() {
    let address = server();
    for (place, kind) in [
        ("/__cors", "text/html; charset=utf-8"),
        ("/__cors/", "text/html; charset=utf-8"),
        ("/__cors/state", "application/json"),
        ("/__cors/inspector.js", "text/javascript; charset=utf-8"),
        ("/__cors/theme.css", "text/css; charset=utf-8"),
    ] {
        let mut reply = exchange(address, &with_key(place, &["Host: localhost"]));
        assert_eq!(reply.status, 200, "{place}");
        assert_eq!(reply.cors(), Vec::<String>::new(), "{place}");
        reply.headers.retain(|(name, _)| !["date", "content-length"].contains(&name.as_str()));
        reply.headers.sort();
        let csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                   base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";
        let expected = [
            ("cache-control", "no-store"),
            // An open page holds no connection that would keep the server from stopping.
            ("connection", "close"),
            ("content-security-policy", csp),
            ("content-type", kind),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("x-robots-tag", "noindex"),
        ];
        let expected: Vec<_> =
            expected.iter().map(|(name, value)| ((*name).to_owned(), value.as_bytes().to_vec())).collect();
        assert_eq!(reply.headers, expected, "{place}");
    }
}

#[test]
fn the_key_opens_it_by_every_name_and_through_every_proxy() {
    let address = server();
    for host in ["LocalHost:8080", "127.0.0.1", "[::1]:8080", "192.168.0.7:8080", "api", "dev.example:80"] {
        let reply = exchange(address, &with_key("/__cors/state", &[&format!("Host: {host}")]));
        assert!(String::from_utf8_lossy(&reply.body).contains("/secret"), "{host}: {reply:?}");
        // A page that rebinds its own name to this machine is of the same origin, and has no cookie of that name.
        let reply =
            exchange(address, &get("/__cors/state", &[&format!("Host: {host}"), "Sec-Fetch-Site: same-origin"]));
        assert_refused(&reply, NO_KEY, host);
    }
    for line in ["Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1", "X-Real-IP: 192.0.2.1", "Via: 1.1 proxy"] {
        assert_eq!(exchange(address, &with_key("/__cors/state", &["Host: localhost", line])).status, 200, "{line}");
        assert_refused(&exchange(address, &get("/__cors/state", &["Host: localhost", line])), NO_KEY, line);
    }
}

#[test]
fn a_request_that_does_not_name_one_host_is_refused() {
    let address = server();
    assert_refused(&exchange(address, &with_key("/__cors/state", &["Host:"])), "does not name one host", "no host");
    let absolute = with_key("http://evil.example/__cors/state", &["Host: localhost"]);
    assert_refused(&exchange(address, &absolute), "does not name one host", "two hosts");
    // The decoder refuses two lines itself; whoever does, nothing is shown.
    let reply = exchange(address, &with_key("/__cors/state", &["Host: localhost", "Host: evil.example"]));
    assert!(reply.status == 400 || reply.status == 403, "{reply:?}");
}

#[test]
fn a_page_of_another_origin_is_refused_also_where_the_cookie_comes_along() {
    let address = server();
    for lines in [
        &["Origin: https://evil.example"][..],
        &["Origin: http://localhost:3000"],
        &["Origin: https://localhost"],
        &["Origin: http://localhost.evil.example"],
        &["Origin: null"],
        &["Origin:"],
        &["Sec-Fetch-Site: cross-site"],
        &["Sec-Fetch-Site: same-site"],
        &["Sec-Fetch-Site: nonsense"],
        &["Origin: http://localhost", "Origin: https://evil.example"],
        &["Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"],
    ] {
        for place in PLACES.into_iter().chain([format!("/__cors?key={KEY}").as_str()]) {
            let reply = exchange(address, &with_key(place, &[&["Host: localhost"], lines].concat()));
            assert_refused(&reply, "another", &format!("{place} {lines:?}"));
        }
    }
    for line in ["Origin: http://localhost", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"] {
        assert_eq!(exchange(address, &with_key("/__cors/state", &["Host: localhost", line])).status, 200, "{line}");
    }
}

#[actix_web::test]
async fn the_key_counts_and_not_where_the_peer_is() {
    let app = super::app(super::inspector()).await;
    for peer in ["127.0.0.1:1", "[::1]:1", "172.17.0.1:1", "203.0.113.9:1"] {
        let peer: SocketAddr = peer.parse().unwrap();
        assert_eq!(respond(&app, local("/__cors/state").peer_addr(peer)).await.status(), 200, "{peer}");
        let without = TestRequest::get().uri("/__cors/state").insert_header((HOST, "localhost:8080")).peer_addr(peer);
        assert_eq!(respond(&app, without).await.status(), 403, "{peer}");
    }
}

#[actix_web::test]
async fn each_start_has_a_key_of_its_own_which_the_log_has_once_and_nothing_else_shows() {
    let query = |inspector: &Inspector| inspector.address("").unwrap().strip_prefix("/__cors?key=").unwrap().to_owned();
    let (first, second) = (Inspector::new(), Inspector::new());
    let (key, other) = (query(&first), query(&second));
    assert_ne!(key, other);
    assert!(key.len() == 32 && key.bytes().all(|byte| byte.is_ascii_hexdigit()), "{key}");
    assert!(!format!("{first:?}").contains(&key));

    let lines = lines_of(async {
        let app = super::app(first.clone()).await;
        super::app(first.clone()).await;
        for (given, status) in [(&key, StatusCode::OK), (&other, StatusCode::FORBIDDEN)] {
            let request = local("/__cors/state").insert_header((COOKIE, format!("cors_inspector={given}")));
            assert_eq!(respond(&app, request).await.status(), status);
        }
    })
    .await;
    assert_eq!(lines, [format!(" INFO cors_actix: the CORS inspector of this app is at /__cors?key={key}")]);
}

#[test]
fn a_secret_that_could_be_guessed_or_that_no_cookie_holds_is_a_mistake_that_does_not_repeat_it() {
    let what = |secret: &str| Inspector::new().secret(secret).err().map(|error| error.to_string());
    assert_eq!(what(KEY), None);
    assert_eq!(what(&KEY.repeat(4)), None);
    let help = "write 32 to 128 hex digits, as `openssl rand -hex 16` prints them";
    for (secret, why) in [
        ("", "has 0 characters"),
        (&KEY[1..], "has 31 characters"),
        (&format!("{}0", KEY.repeat(4)), "has 129 characters"),
        (&KEY.replace('f', "g"), "has a character that is no hex digit"),
        (&KEY.replace('f', ";"), "has a character that is no hex digit"),
        (&KEY.replace('f', "é"), "has a character that is no hex digit"),
    ] {
        assert_eq!(what(secret), Some(format!("the secret of the inspector {why}: {help}")), "{secret}");
    }
}

#[actix_web::test]
async fn under_tls_the_cookie_is_for_tls_alone() {
    let address = "127.0.0.1:443".parse().unwrap();
    let secure = move |_: AppConfig| AppConfig::__priv_test_new(true, "localhost".to_owned(), address);
    let app = init_service(map_config(App::new().wrap(super::inspector()), secure)).await;
    let request = TestRequest::get().uri(&format!("/__cors?key={KEY}")).insert_header((HOST, "localhost"));
    let response = respond(&app, request).await;
    let line = response.headers().get("set-cookie").unwrap().to_str().unwrap();
    assert_eq!(line, format!("cors_inspector={KEY}; HttpOnly; SameSite=Strict; Path=/__cors; Secure"));
}

#[actix_web::test]
async fn it_is_only_looked_at() {
    let app = super::app(super::inspector()).await;
    for (method, status) in [(Method::GET, 200), (Method::HEAD, 200), (Method::POST, 405), (Method::OPTIONS, 405)] {
        assert_eq!(respond(&app, local("/__cors/state").method(method.clone())).await.status(), status, "{method}");
    }
    assert_eq!(respond(&app, local("/__cors/nothing")).await.status(), 404);
    assert_eq!(respond(&app, local("/__corset")).await.status(), 404, "that is the app's");
}

#[actix_web::test]
async fn wrapped_inside_a_policy_for_everybody_it_shows_no_page_of_another_origin_anything() {
    let inspector = super::inspector().policy(CORS);
    let app = App::new().wrap(inspector).wrap(cors_policy! { origins: "*", methods: "*", allow_headers: "*" });
    let app = init_service(app).await;
    let foreign = local("/__cors/state").insert_header(("Origin", "https://evil.example"));
    let response = respond(&app, foreign).await;
    assert_eq!(cors_tests::cors_of(response.headers()), ["access-control-allow-origin: *"]);
    assert_eq!(response.status(), 403);
}
