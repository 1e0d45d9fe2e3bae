//! The preflight caches of the engines.

use std::time::Duration;

use cors_browser::{
    Body, Browser, CacheMode, CredentialsMode, Engine, InitiatorType, OutgoingRequest, Page, RedirectMode, Response,
    ScriptRequest,
};

use super::{API, OTHER, PAGE, Run, all, ask, consent, page, redirects, with_status};

#[test]
fn a_tainted_origin_is_remembered_nowhere_or_for_one_fetch() {
    let twice = [ask("PUT"), ask("PUT")];
    assert_eq!(all(&page(), &twice, redirects(&[(307, OTHER)]), Run::preflights), [2, 3, 2, 3]);
    let around = |request: &OutgoingRequest| match request.url.as_str() {
        "https://api.example.com/1" if !request.preflight => {
            with_status(307, consent(request)).header("Location", format!("{OTHER}/2"))
        }
        _ if !request.preflight => with_status(307, consent(request)).header("Location", format!("{OTHER}/3")),
        _ => consent(request),
    };
    // Twenty redirects, all but one to the same place.
    assert_eq!(all(&page(), &[ask("PUT")], around, Run::preflights), [3, 21, 3, 3]);
}

#[test]
fn chromium_remembers_for_one_fetch_of_a_page_with_an_opaque_origin() {
    let sandboxed = Page::opaque();
    assert_eq!(all(&sandboxed, &[ask("PUT"), ask("PUT")], consent, Run::preflights), [1, 2, 1, 1]);
    let around = |request: &OutgoingRequest| match request.preflight {
        true => consent(request),
        false => with_status(307, consent(request)).header("Location", format!("{API}/1")),
    };
    assert_eq!(all(&sandboxed, &[ask("PUT")], around, Run::preflights), [1; 4]);
}

#[test]
fn safelisted_methods_are_remembered_with_whatever_else_is() {
    let asks = |method| [ask("PUT"), ask(method).upload_listeners(true).body(Body::Text)];
    assert_eq!(all(&page(), &asks("POST"), consent, Run::preflights), [2, 1, 1, 1]);
}

#[test]
fn firefox_looks_for_head_among_the_remembered() {
    let asks = [ask("PUT").header("X-A", "1"), ask("HEAD").header("X-A", "1")];
    assert_eq!(all(&page(), &asks, consent, Run::preflights), [1, 1, 2, 1]);
}

#[test]
fn a_wildcard_that_came_with_credentials_is_remembered_by_the_standard_alone() {
    let server = |request: &OutgoingRequest| {
        let mut response = consent(request);
        response.headers.retain(|line| line.name != "Access-Control-Allow-Headers");
        response.header("Access-Control-Allow-Headers", "*")
    };
    let put = || ask("PUT").credentials(CredentialsMode::Include);
    assert_eq!(all(&page(), &[put(), put().header("X-A", "1")], server, Run::preflights), [1, 2, 2, 2]);
    // WebKit compares the credentials of the new request, Chromium those of the request that was preflighted.
    assert_eq!(all(&page(), &[put(), ask("PUT").header("X-A", "1")], server, Run::preflights), [1, 2, 2, 1]);
}

#[test]
fn webkit_alone_remembers_that_a_wildcard_covered_authorization() {
    let server = |request: &OutgoingRequest| {
        let mut response = consent(request);
        response.headers.retain(|line| line.name != "Access-Control-Allow-Headers");
        response.header("Access-Control-Allow-Headers", "*")
    };
    let get = || ask("GET").header("Authorization", "Bearer 7");
    assert_eq!(all(&page(), &[get(), get()], server, Run::preflights), [2, 2, 2, 1]);
}

#[test]
fn webkit_remembers_what_did_not_allow_the_request() {
    let asks = [ask("PUT").header("X-Unknown", "1"), ask("PUT")];
    assert_eq!(all(&page(), &asks, consent, Run::preflights), [2, 2, 2, 1]);
}

#[test]
fn what_comes_after_a_refused_redirect_is_remembered() {
    let server = |request: &OutgoingRequest| match request.url.as_str() {
        "https://app.example.com/1" => with_status(307, consent(request)).header("Location", format!("{API}/2")),
        "https://api.example.com/2" if !request.preflight => {
            let response = Response::new(307).header("Access-Control-Allow-Origin", PAGE);
            response.header("Location", "/3")
        }
        _ => consent(request),
    };
    let put = || ScriptRequest::new(format!("{PAGE}/1")).method("PUT");
    assert_eq!(all(&page(), &[put(), put()], server, Run::preflights), [2; 4]);
}

#[test]
fn firefox_keeps_what_it_remembers_when_redirects_are_errors() {
    let asks = [ask("PUT").redirect(RedirectMode::Error), ask("PUT").redirect(RedirectMode::Manual)];
    assert_eq!(all(&page(), &asks, redirects(&[(307, API)]), Run::preflights), [2, 1, 1, 1]);
}

/// Allows exactly what the request asks for.
fn echo(request: &OutgoingRequest) -> Response {
    let value = |name| request.header(name).unwrap_or_default();
    let mut response = consent(request);
    response.headers.retain(|line| !line.name.starts_with("Access-Control-Allow-"));
    response
        .header("Access-Control-Allow-Origin", value("Origin"))
        .header("Access-Control-Allow-Methods", value("Access-Control-Request-Method"))
        .header("Access-Control-Allow-Headers", value("Access-Control-Request-Headers"))
        .header("Access-Control-Max-Age", "600")
}

#[test]
fn chromium_and_webkit_remember_the_last_answer_and_drop_it_when_it_does_not_cover() {
    assert_eq!(all(&page(), &[ask("PUT"), ask("DELETE"), ask("PUT")], echo, Run::preflights), [2, 3, 2, 3]);
    let refuses_delete = |request: &OutgoingRequest| match request.header("Access-Control-Request-Method") {
        Some(b"DELETE") => Response::new(403),
        _ => echo(request),
    };
    assert_eq!(all(&page(), &[ask("PUT"), ask("DELETE"), ask("PUT")], refuses_delete, Run::preflights), [3; 4]);
}

#[test]
fn the_fragment_is_a_part_of_what_is_remembered() {
    let with = |fragment: &str| ScriptRequest::new(format!("{API}/1{fragment}")).method("PUT");
    assert_eq!(all(&page(), &[with("#a"), with("#a"), with("#b"), with("")], echo, Run::preflights), [3; 4]);
    // A redirect inherits the fragment.
    let moved = |request: &OutgoingRequest| match request.url.as_str() {
        "https://api.example.com/1" if !request.preflight => {
            with_status(307, echo(request)).header("Location", format!("{API}/2"))
        }
        _ => echo(request),
    };
    assert_eq!(all(&page(), &[with("#a"), with("#a"), with("#b")], moved, Run::preflights), [4; 4]);
}

#[test]
fn cache_modes_spare_or_do_not_spare() {
    let put = |cache| ask("PUT").cache(cache);
    let second = |cache| all(&page(), &[ask("PUT"), put(cache)], echo, Run::preflights);
    assert_eq!(second(CacheMode::NoCache), [1, 2, 1, 1]);
    assert_eq!(second(CacheMode::ForceCache), [1; 4]);
    let first = |cache| all(&page(), &[put(cache), ask("PUT")], echo, Run::preflights);
    assert_eq!(first(CacheMode::NoStore), [1, 2, 1, 1]);
    assert_eq!(first(CacheMode::Reload), [1; 4]);
    // The response to the reload replaces the entry.
    let reload = ask("DELETE").cache(CacheMode::Reload);
    assert_eq!(all(&page(), &[ask("PUT"), reload, ask("PUT")], echo, Run::preflights), [2, 3, 2, 3]);
    // Conditional headers of a script make the cache mode no-store.
    let conditional = || ask("PUT").header("If-None-Match", "\"1\"");
    assert_eq!(all(&page(), &[conditional(), conditional()], echo, Run::preflights), [1, 2, 2, 1]);
    // The response is stored.
    assert_eq!(all(&page(), &[conditional(), ask("PUT")], echo, Run::preflights), [1; 4]);
    let by_xhr = || {
        let ask = ScriptRequest::of(InitiatorType::XmlHttpRequest, format!("{API}/1"));
        ask.method("PUT").header("If-None-Match", "\"1\"")
    };
    assert_eq!(all(&page(), &[by_xhr(), by_xhr()], echo, Run::preflights), [1, 2, 1, 1]);
}

#[test]
fn firefox_forgets_where_a_request_without_preflight_fails() {
    let refuses_get = |request: &OutgoingRequest| match request.method.as_str() {
        "GET" => Response::new(200),
        _ => echo(request),
    };
    assert_eq!(all(&page(), &[ask("PUT"), ask("GET"), ask("PUT")], refuses_get, Run::preflights), [1, 1, 2, 1]);
}

#[test]
fn firefox_keeps_what_an_answer_that_forbids_to_remember_lists() {
    let forbids_for_delete = |request: &OutgoingRequest| {
        let mut response = consent(request);
        let max_age = if request.header("Access-Control-Request-Method") == Some(b"DELETE") { "0" } else { "600" };
        response.headers.retain(|line| line.name != "Access-Control-Allow-Methods");
        let methods = if max_age == "0" { "PUT, DELETE" } else { "PUT" };
        response.header("Access-Control-Allow-Methods", methods).header("Access-Control-Max-Age", max_age)
    };
    let asks = [ask("PUT"), ask("DELETE"), ask("PUT")];
    assert_eq!(all(&page(), &asks, forbids_for_delete, Run::preflights), [3, 3, 2, 3]);
}

#[test]
fn an_outermost_page_of_the_same_site_shares_what_is_remembered_but_in_webkit() {
    let asked_again = |other: &str| {
        [None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)].map(|engine| {
            let mut browser = engine.map_or_else(Browser::new, Browser::of);
            let mut preflights = 0;
            for top in ["https://www.shop.example", other] {
                browser.run(&page().framed_by(top), &ask("PUT"), |request| {
                    preflights += usize::from(request.preflight);
                    echo(request)
                });
            }
            preflights == 2
        })
    };
    assert_eq!(asked_again("https://www.shop.example"), [false; 4]);
    assert_eq!(asked_again("https://shop.example:8443"), [false, false, false, true]);
    assert_eq!(asked_again("http://www.shop.example"), [true; 4]);
    assert_eq!(asked_again("https://other.example"), [true; 4]);
}

#[test]
fn firefox_needs_no_more_than_something_remembered_for_get_and_post() {
    let preflights = |last: &str| {
        [None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)].map(|engine| {
            let mut browser = engine.map_or_else(Browser::new, Browser::of);
            let mut preflights = 0;
            for (method, seconds) in [("PUT", 600), (last, 0)] {
                let ask = ask(method).upload_listeners(true).body(Body::Text);
                browser.run(&page(), &ask, |request| {
                    preflights += usize::from(request.preflight);
                    consent(request)
                });
                browser.advance(Duration::from_secs(seconds));
            }
            preflights
        })
    };
    assert_eq!(preflights("POST"), [2, 2, 1, 2]);
    assert_eq!(preflights("PUT"), [2; 4]);
}

#[test]
fn engines_count_the_time_from_the_last_answer_and_the_standard_from_the_first() {
    let for_ten_seconds = |request: &OutgoingRequest| consent(request).header("Access-Control-Max-Age", "10");
    let lists_put_alone = |request: &OutgoingRequest| {
        let mut response = for_ten_seconds(request);
        response.headers.retain(|line| line.name != "Access-Control-Allow-Methods");
        response.header("Access-Control-Allow-Methods", "PUT")
    };
    let preflights = [None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)].map(|engine| {
        let mut browser = engine.map_or_else(Browser::new, Browser::of);
        let mut preflights = 0;
        for (method, seconds) in [("PUT", 6), ("DELETE", 6), ("PUT", 0)] {
            let is_first = preflights == 0;
            browser.run(&page(), &ask(method), |request| {
                preflights += usize::from(request.preflight);
                if is_first { lists_put_alone(request) } else { for_ten_seconds(request) }
            });
            browser.advance(Duration::from_secs(seconds));
        }
        preflights
    });
    assert_eq!(preflights, [3, 2, 2, 2]);
}

#[test]
fn webkit_tells_a_tainted_origin_from_that_of_a_sandboxed_frame() {
    // Both origins are written `null`, and the top-level page is the same.
    let preflights = |second: Page| {
        [None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)].map(|engine| {
            let mut browser = engine.map_or_else(Browser::new, Browser::of);
            let mut preflights = 0;
            let mut run = |page: &Page, ask: &ScriptRequest| {
                browser.run(page, ask, |request| {
                    preflights += usize::from(request.preflight);
                    redirects(&[(307, OTHER)])(request)
                });
            };
            let other = ScriptRequest::new(format!("{OTHER}/2")).method("PUT");
            run(&Page::opaque().framed_by(PAGE), &other);
            run(&second, &ask("PUT"));
            preflights
        })
    };
    // The second page sends both preflights if the entry of the first is not its own. Firefox sends the page's origin
    // in preflights.
    assert_eq!(preflights(page()), [2, 3, 3, 3]);
    // Chromium keeps nothing for a later fetch of such a page.
    assert_eq!(preflights(Page::opaque().framed_by(PAGE)), [2, 3, 2, 2]);
}
