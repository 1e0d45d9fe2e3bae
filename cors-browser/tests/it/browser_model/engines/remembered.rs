//! What is remembered of a preflight.

use cors_browser::{Body, CredentialsMode, OutgoingRequest, Page, RedirectMode, ScriptRequest};

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
fn webkit_remembers_no_wildcard_with_credentials() {
    let server = |request: &OutgoingRequest| {
        let mut response = consent(request);
        response.headers.retain(|line| line.name != "Access-Control-Allow-Headers");
        response.header("Access-Control-Allow-Headers", "*")
    };
    let put = || ask("PUT").credentials(CredentialsMode::Include);
    assert_eq!(all(&page(), &[put(), put().header("X-A", "1")], server, Run::preflights), [1, 1, 2, 2]);
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
            let response = cors_browser::Response::new(307).header("Access-Control-Allow-Origin", PAGE);
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
