use clap::ValueEnum;
use cors_browser::HeaderLine;

use super::Stack;

fn seen(headers: &[(&str, &str)], body: &str) -> Option<(Stack, String, Option<Stack>)> {
    let headers: Vec<HeaderLine> = headers.iter().map(|(name, value)| HeaderLine::new(*name, *value)).collect();
    Stack::seen(&headers, body).map(|seen| (seen.stack, seen.evidence, seen.proxy.map(|(proxy, _)| proxy)))
}

fn stack(headers: &[(&str, &str)], body: &str) -> Option<Stack> {
    seen(headers, body).map(|(stack, _, _)| stack)
}

#[test]
fn the_application_wins_over_the_proxy_and_both_are_kept() {
    let headers = [("server", "nginx/1.22.1"), ("x-powered-by", "Express")];
    assert_eq!(seen(&headers, ""), Some((Stack::Express, "X-Powered-By: Express".to_owned(), Some(Stack::Nginx))));
    assert_eq!(seen(&headers[..1], ""), Some((Stack::Nginx, "Server: nginx/1.22.1".to_owned(), None)));
    assert_eq!(stack(&[("Via", "1.1 Caddy"), ("Server", "Werkzeug/3.1")], ""), Some(Stack::Flask));
}

#[test]
fn a_word_within_another_says_nothing() {
    assert_eq!(stack(&[("server", "Apache-Coyote/1.1")], ""), Some(Stack::Spring));
    assert_eq!(stack(&[("server", "Apache")], ""), Some(Stack::Apache));
    assert_eq!(stack(&[("server", "notnginx")], ""), None);
    assert_eq!(stack(&[("server", "gunicorn")], ""), None);
}

#[test]
fn error_pages_name_their_stack() {
    let html = |path| format!("<html lang=\"en\">\n<title>Error</title>\n<body>\n<pre>Cannot GET {path}</pre>\n");
    assert_eq!(seen(&[], &html("/x")), Some((Stack::Express, "body: <title>Error</title>".to_owned(), None)));
    let nest = r#"{"message":"Cannot GET /x","error":"Not Found","statusCode":404}"#;
    assert_eq!(stack(&[("X-Powered-By", "Express")], nest), Some(Stack::NestJs));
    let fastify = r#"{"message":"Route GET:/x not found","error":"Not Found","statusCode":404}"#;
    assert_eq!(stack(&[], fastify), Some(Stack::Fastify));
    assert_eq!(stack(&[("content-type", "text/plain;charset=UTF-8")], "404 Not Found"), Some(Stack::Hono));
    assert_eq!(stack(&[], "404 Not Found"), None);
    assert_eq!(stack(&[], "Disallowed CORS origin"), Some(Stack::FastApi));
    assert_eq!(stack(&[], "Requested method is not allowed"), Some(Stack::ActixCors));
}

#[test]
fn exact_values_tell_those_apart_who_say_the_same() {
    let plain = ("content-type", "text/plain; charset=utf-8");
    assert_eq!(stack(&[plain, ("keep-alive", "timeout=5")], "Not Found"), Some(Stack::Koa));
    assert_eq!(stack(&[plain], "Not Found"), None);
    assert_eq!(stack(&[("content-type", "text/plain")], "404 page not found"), Some(Stack::Gin));
    assert_eq!(stack(&[plain, ("x-content-type-options", "nosniff")], "404 page not found\n"), Some(Stack::Go));
    // That of tower-http until 0.6; later ones name what the answer depends on.
    let vary = "origin, access-control-request-method, access-control-request-headers";
    assert_eq!(stack(&[("vary", vary)], ""), Some(Stack::TowerHttp));
    assert_eq!(stack(&[("vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers")], ""), None);
}

#[test]
fn http_server_is_known_by_the_form_of_its_etag() {
    let etag = |value| stack(&[("etag", value)], "");
    assert_eq!(etag("W/\"10513872-3-2026-11-28T21:43:14.277Z\""), Some(Stack::NodeHttpServer));
    for other in ["W/\"3-2026\"", "\"692a1c3f-264\"", "W/\"2d-BjPq1eVQ3oCJxTqUmYb0uMpX5Zc\"", "\"10513872-3-643f0c9d\""]
    {
        assert_eq!(etag(other), None, "{other}");
    }
}

#[test]
fn the_value_of_a_cookie_is_not_shown() {
    let cookie = [("Set-Cookie", "laravel_session=secret; path=/")];
    assert_eq!(seen(&cookie, ""), Some((Stack::Laravel, "Set-Cookie: laravel_session".to_owned(), None)));
}

#[test]
fn evidence_has_a_bound_and_no_control_characters() {
    let server = format!("nginx\u{1b}[31m{}", "x".repeat(10_000));
    let (_, evidence, _) = seen(&[("server", &server)], "").expect("nginx");
    assert_eq!(evidence.chars().count(), "Server: ".len() + 81, "{evidence}");
    assert!(!evidence.contains('\u{1b}'));
}

#[test]
fn every_stack_has_a_name_for_the_command_line() {
    for stack in Stack::value_variants() {
        let name = stack.to_possible_value().expect("none is hidden").get_name().to_owned();
        assert_eq!(Stack::from_str(&name, false), Ok(*stack), "{name}");
    }
}
