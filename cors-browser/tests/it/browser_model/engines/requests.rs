//! What engines send for a script's request.

use cors_browser::{
    Body, CacheMode, CredentialsMode, InitiatorType, Mode, OutgoingRequest, RedirectMode, ReferrerPolicy, Refusal,
    Response, ScriptRequest, Verdict,
};

use super::{API, PAGE, Run, all, ask, consent, page, redirects};

fn asked_for(name: &str, value: &str) -> [usize; 4] {
    all(&page(), &[ask("GET").header(name, value)], consent, Run::preflights)
}

#[test]
fn chromium_knows_which_values_client_hints_have() {
    for (name, values) in
        [("DPR", ["1.5", "x"]), ("RTT", ["100", "1.5"]), ("ECT", ["4g", "4G"]), ("Save-Data", ["on", "off"])]
    {
        assert_eq!(asked_for(name, values[0]), [1, 0, 1, 1], "{name}");
        assert_eq!(asked_for(name, values[1]), [1, 1, 1, 1], "{name}");
    }
}

#[test]
fn firefox_asks_about_a_type_with_a_comma_or_a_semicolon_at_its_end() {
    for value in ["text/plain;a=,b", "text/plain;a='b,c'", "text/plain;,", "text/plain;a=b;", "text/plain;;"] {
        assert_eq!(asked_for("Content-Type", value), [0, 0, 1, 0], "{value}");
    }
    for value in ["text/plain;", "text/plain;;a=b", "text/plain;a;b", "text/plain;a="] {
        assert_eq!(asked_for("Content-Type", value), [0, 0, 0, 0], "{value}");
    }
}

#[test]
fn webkit_takes_the_unit_of_range_in_any_case() {
    assert_eq!(asked_for("Range", "Bytes=0-1"), [1, 1, 1, 0]);
}

#[test]
fn engines_ask_about_numbers_in_range_that_are_too_large_for_them() {
    assert_eq!(asked_for("Range", "bytes=0-9223372036854775807"), [0, 0, 0, 0]);
    assert_eq!(asked_for("Range", "bytes=0-9223372036854775808"), [0, 1, 0, 0]);
    assert_eq!(asked_for("Range", "bytes=0-18446744073709551616"), [0, 1, 1, 1]);
}

#[test]
fn chromium_hides_no_origin_for_the_sake_of_the_referrer_policy() {
    let post = ask("POST").mode(Mode::NoCors).referrer_policy(ReferrerPolicy::NoReferrer);
    let origins = all(&page(), &[post], consent, |run| run.last("Origin").as_deref() == Some("null"));
    assert_eq!(origins, [true, false, true, true]);
}

#[test]
fn webkit_sends_the_type_of_a_body_in_mode_no_cors() {
    let post = ask("POST").mode(Mode::NoCors).body(Body::Blob("image/png".to_owned()));
    let sent = all(&page(), &[post], consent, |run| run.last("Content-Type").is_some());
    assert_eq!(sent, [false, false, false, true]);
}

#[test]
fn chromium_looks_at_upload_listeners_only_where_there_is_a_body() {
    let post = |body| ask("POST").upload_listeners(true).body(body);
    assert_eq!(all(&page(), &[post(Body::Text)], consent, Run::preflights), [1, 1, 1, 1]);
    assert_eq!(all(&page(), &[post(Body::None)], consent, Run::preflights), [1, 0, 1, 1]);
    assert_eq!(all(&page(), &[post(Body::Text)], redirects(&[(303, API)]), Run::preflights), [2, 2, 2, 2]);
}

#[test]
fn engines_want_the_method_listed_also_where_listeners_made_them_ask() {
    let server = |request: &OutgoingRequest| {
        let mut response = consent(request);
        response.headers.retain(|line| line.name != "Access-Control-Allow-Methods");
        response
    };
    let put = ask("PUT").upload_listeners(true).body(Body::Text);
    assert_eq!(
        all(&page(), &[put], server, Run::end),
        ["read", "method-not-allowed", "method-not-allowed", "method-not-allowed"]
    );
}

#[test]
fn chromium_asks_about_a_stream_in_mode_same_origin_too() {
    let post = ask("POST").body(Body::Stream).mode(Mode::SameOrigin);
    let asked = all(&page(), &[post], |_| Response::new(500), Run::preflights);
    assert_eq!(asked, [0, 1, 0, 0]);
}

#[test]
fn engines_agree_where_nothing_is_special() {
    let put = ask("PUT").credentials(CredentialsMode::Include).redirect(RedirectMode::Error).cache(CacheMode::Reload);
    assert_eq!(all(&page(), &[put], consent, Run::methods), ["?PUT PUT"; 4]);
}

#[test]
fn lines_of_one_name_are_apart_joined_or_listed_each() {
    let accept = |value: &str, lines| (0..lines).fold(ask("GET"), |ask, _| ask.header("Accept", value));
    let asked = |ask| all(&page(), &[ask], consent, Run::preflights);
    // 128 bytes a value, and 1,024 together.
    assert_eq!(asked(accept(&"a".repeat(100), 2)), [0, 1, 0, 1]);
    assert_eq!(asked(accept(&"a".repeat(120), 9)), [1, 1, 0, 1]);
    assert_eq!(
        asked(ask("GET").header("Content-Type", "text/plain").header("content-type", "text/plain")),
        [0, 1, 0, 1]
    );
    let names = |run: &Run| {
        let value = run.sent[0].header("Access-Control-Request-Headers").unwrap_or_default();
        String::from_utf8_lossy(value).into_owned()
    };
    let twice = ask("GET").header("X-A", "1").header("x-a", "2");
    assert_eq!(all(&page(), &[twice], consent, names), ["x-a", "x-a", "x-a,x-a", "x-a"]);
}

#[test]
fn only_if_cached_is_for_the_pages_own_origin() {
    let refused = |run: &Run| matches!(run.verdicts[0], Verdict::RefusedByApi(Refusal::OnlyIfCachedNeedsSameOrigin));
    let only = ask("GET").cache(CacheMode::OnlyIfCached);
    assert_eq!(all(&page(), &[only], consent, refused), [true; 4]);
    // WebKit sends the request if it has no HTTP cache.
    let own = ScriptRequest::new(PAGE).mode(Mode::SameOrigin).cache(CacheMode::OnlyIfCached);
    assert_eq!(all(&page(), &[own], consent, |run| run.sent.len()), [0, 0, 0, 1]);
}

#[test]
fn an_xml_http_request_may_have_user_info() {
    let ask = |initiator, user_info| [ScriptRequest::of(initiator, format!("https://{user_info}@api.example.com/1"))];
    let refused = |run: &Run| matches!(run.verdicts[0], Verdict::RefusedByApi(Refusal::UrlWithCredentials { .. }));
    for user_info in ["user:secret", "user", ":secret"] {
        assert_eq!(all(&page(), &ask(InitiatorType::Fetch, user_info), consent, refused), [true; 4]);
        let sent = all(&page(), &ask(InitiatorType::XmlHttpRequest, user_info), consent, |run| run.sent[0].url.clone());
        assert_eq!(sent, ["https://api.example.com/1"; 4]);
    }
}

#[test]
fn an_xml_http_request_joins_lines_of_one_name() {
    let xhr = ScriptRequest::of(InitiatorType::XmlHttpRequest, format!("{API}/1"));
    let twice = xhr.header("X-A", "1").header("x-a", "2");
    let sent = |run: &Run| {
        let asked = run.sent[0].header("Access-Control-Request-Headers").unwrap_or_default();
        format!("{}: {}", String::from_utf8_lossy(asked), run.last("X-A").unwrap_or_default())
    };
    assert_eq!(all(&page(), &[twice], consent, sent), ["x-a: 1, 2"; 4]);
}

#[test]
fn webkit_sends_the_user_agent_of_a_script_with_the_preflight_too() {
    let get = ask("GET").header("User-Agent", "own");
    let server = |_: &OutgoingRequest| Response::new(500);
    let sent = all(&page(), &[get], server, |run| run.last("User-Agent").is_some() && run.sent[0].preflight);
    assert_eq!(sent, [false, false, false, true]);
}

#[test]
fn firefox_and_webkit_know_no_quotes_in_a_list_of_methods() {
    let sent = |value: &str| {
        let get = ask("GET").header("X-HTTP-Method", value);
        all(&page(), &[get], consent, |run| run.sent[0].preflight)
    };
    assert_eq!(sent("\"get, TRACE, a\""), [true, true, false, false]);
    assert_eq!(sent("\"get, TRACE\""), [true; 4]);
    assert_eq!(sent("get, TRACE, a"), [false; 4]);
}
