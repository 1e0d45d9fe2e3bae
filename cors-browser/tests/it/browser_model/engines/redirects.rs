//! What a redirect does to a request.

use cors_browser::{
    Body, CredentialsMode, Mode, OutgoingRequest, Page, RedirectMode, ReferrerPolicy, Response, ScriptRequest,
};

use super::{API, OTHER, PAGE, Run, all, ask, consent, page, redirects};

fn own(method: &str) -> ScriptRequest {
    ScriptRequest::new(format!("{PAGE}/1")).method(method)
}

#[test]
fn chromium_leaves_client_hints_behind_but_save_data() {
    let sent = |name: &'static str, value: &str, to: &str| {
        let ask = ask("GET").header(name, value);
        all(&page(), &[ask], redirects(&[(307, to)]), move |run| run.last(name).is_some())
    };
    assert_eq!(sent("DPR", "2", OTHER), [true, false, true, true]);
    assert_eq!(sent("DPR", "2", PAGE), [true; 4]);
    assert_eq!(sent("Save-Data", "on", OTHER), [true; 4]);
}

#[test]
fn chromium_taints_the_origin_at_once_in_mode_no_cors() {
    let post = [own("POST").mode(Mode::NoCors)];
    let tainted = all(&page(), &post, redirects(&[(307, API)]), |run| run.last("Origin").as_deref() == Some("null"));
    assert_eq!(tainted, [false, true, false, false]);
}

#[test]
fn webkit_keeps_the_origin_of_a_post_that_became_get_within_an_origin() {
    let post = [ask("POST").mode(Mode::NoCors)];
    let origin = |to| all(&page(), &post, redirects(&[(303, to)]), |run| run.last("Origin").is_some());
    assert_eq!(origin(API), [false, false, false, true]);
    assert_eq!(origin(OTHER), [false; 4]);
}

#[test]
fn the_type_of_a_body_comes_back_in_firefox_and_webkit() {
    let post = ask("POST").body(Body::Text);
    let comes = |ask: &ScriptRequest, hops: &[(u16, &str)]| {
        all(&page(), std::slice::from_ref(ask), redirects(hops), |run| run.last("Content-Type").is_some())
    };
    assert_eq!(comes(&post, &[(303, API)]), [false; 4]);
    assert_eq!(comes(&post, &[(303, API), (307, API)]), [false, false, true, true]);
    assert_eq!(comes(&post, &[(303, API), (301, API)]), [false, false, false, true]);
    assert_eq!(comes(&post.mode(Mode::NoCors), &[(303, API), (301, API)]), [false; 4]);
    // In WebKit the type comes back as soon as the next request needs CORS.
    let own = own("POST").body(Body::Text);
    assert_eq!(comes(&own, &[(303, PAGE), (302, PAGE)]), [false; 4]);
    assert_eq!(comes(&own, &[(303, PAGE), (302, OTHER)]), [false, false, false, true]);
    assert_eq!(comes(&own.mode(Mode::NoCors), &[(303, PAGE), (302, OTHER)]), [false; 4]);
}

#[test]
fn a_request_that_becomes_get_has_no_body() {
    let bodies = |run: &Run| run.sent.iter().map(|sent| sent.body).collect::<Vec<_>>();
    let post = [ask("POST").body(Body::Text)];
    assert_eq!(all(&page(), &post, redirects(&[(303, API)]), bodies), [(); 4].map(|()| vec![true, false]));
    // A stream could not be sent again.
    let stream = [ask("POST").body(Body::Stream)];
    let [standard, chromium, ..] = all(&page(), &stream, redirects(&[(303, API), (307, API)]), Run::methods);
    assert_eq!([standard, chromium], ["?POST POST ?GET GET ?GET GET"; 2]);
    let delete = [own("DELETE").body(Body::Text)];
    let [.., webkit] = all(&page(), &delete, redirects(&[(307, PAGE), (307, API)]), |run| (run.methods(), bodies(run)));
    assert_eq!(webkit, ("DELETE DELETE GET".to_owned(), vec![true, true, false]));
}

#[test]
fn authorization_comes_back_in_firefox() {
    let get = [ask("GET").header("Authorization", "Bearer 7")];
    let comes = |hops: &[(u16, &str)]| all(&page(), &get, redirects(hops), |run| run.last("Authorization").is_some());
    assert_eq!(comes(&[(307, OTHER)]), [false; 4]);
    assert_eq!(comes(&[(307, OTHER), (307, OTHER)]), [false, false, true, false]);
}

#[test]
fn firefox_asks_about_what_the_script_set_although_a_redirect_removed_it() {
    let post = [own("POST").header("Authorization", "Bearer 7")];
    let methods = all(&page(), &post, redirects(&[(303, API)]), Run::methods);
    assert_eq!(methods, ["POST GET", "POST GET", "POST ?GET GET", "POST ?GET GET"]);
    let json = [ask("POST").body(Body::Blob("image/png".to_owned()))];
    let listed = |run: &Run| {
        let last = run.sent.iter().rfind(|request| request.preflight);
        last.is_some_and(|request| request.header("Access-Control-Request-Headers").is_some())
    };
    // The second redirect of a POST removes the header, but the preflight still lists it.
    assert_eq!(all(&page(), &json, redirects(&[(302, API), (301, API)]), listed), [true, true, true, true]);
    let asked = all(&page(), &json, redirects(&[(302, API), (301, API)]), Run::preflights);
    assert_eq!(asked, [1, 1, 3, 3]);
}

#[test]
fn webkit_makes_a_get_of_a_delete_that_changes_its_origin() {
    let methods =
        |to| all(&page(), &[ask("DELETE")], redirects(&[(307, to)]), |run| run.sent.last().map(|r| r.method.clone()));
    assert_eq!(methods(OTHER).map(Option::unwrap), ["DELETE", "DELETE", "DELETE", "GET"]);
    assert_eq!(methods(API).map(Option::unwrap), ["DELETE"; 4]);
}

#[test]
fn webkit_sends_cookies_on_in_mode_no_cors() {
    let get = [own("GET").mode(Mode::NoCors)];
    let cookies =
        all(&page(), &get, redirects(&[(307, API)]), |run| run.sent.last().is_some_and(|sent| sent.credentials));
    assert_eq!(cookies, [false, false, false, true]);
}

#[test]
fn webkit_refuses_redirects_after_the_next_preflight() {
    let server = |to: &'static str| {
        move |request: &OutgoingRequest| match request.url.as_str() {
            "https://app.example.com/1" => Response::new(307).header("Location", to),
            "https://api.example.com/2" if !request.preflight => {
                Response::new(307).header("Access-Control-Allow-Origin", PAGE).header("Location", "/3")
            }
            _ => consent(request),
        }
    };
    let look = |run: &Run| format!("{} {}", run.methods(), run.end());
    let credentials = [own("PUT").credentials(CredentialsMode::SameOrigin)];
    let [standard, chromium, firefox, webkit] = all(&page(), &credentials, server("https://api.example.com/2"), look);
    assert_eq!([&standard, &chromium, &firefox].map(String::as_str), ["PUT ?PUT PUT ?PUT PUT read"; 3]);
    assert_eq!(webkit, "PUT ?PUT PUT ?PUT allow-credentials-not-true");
    let [standard, chromium, firefox, webkit] =
        all(&page(), &credentials, server("https://u:p@api.example.com/4"), look);
    let refused = "redirect-with-credentials-in-url";
    assert_eq!([standard, chromium, firefox], [(); 3].map(|()| format!("PUT {refused}")));
    assert_eq!(webkit, format!("PUT ?PUT {refused}"));
}

#[test]
fn chromium_and_webkit_fail_in_mode_error_only_where_a_redirect_says_where_to() {
    let end = |location: Option<&'static str>| {
        let server = move |request: &OutgoingRequest| {
            let response = consent(request);
            let response =
                location.into_iter().fold(response, |response, location| response.header("Location", location));
            super::with_status(308, response)
        };
        all(&page(), &[ask("GET").redirect(RedirectMode::Error)], server, Run::end)
    };
    let blocked = "redirect-mode-error";
    assert_eq!(end(None), [blocked, "read", blocked, "read"]);
    assert_eq!(end(Some("")), [blocked, "read", blocked, "read"]);
    assert_eq!(end(Some("mailto:a@b.example")), [blocked; 4]);
}

#[test]
fn webkit_lets_a_redirect_to_ftp_fail_in_mode_manual() {
    let end = |location: &'static str| {
        let server =
            move |request: &OutgoingRequest| super::with_status(302, consent(request)).header("Location", location);
        all(&page(), &[ask("GET").redirect(RedirectMode::Manual)], server, Run::end)
    };
    for location in ["about:blank", "javascript:0", "mailto:a@b.example", "foo:bar", "ws://x.example/", "data:,x"] {
        assert_eq!(end(location), ["opaque redirect"; 4], "{location}");
    }
    let opaque = "opaque redirect";
    assert_eq!(end("ftp://x.example/"), [opaque, opaque, opaque, "redirect-scheme"]);
}

#[test]
fn the_referrer_policy_of_a_redirect_counts_but_in_webkit() {
    let server = |request: &OutgoingRequest| match request.url.as_str() {
        "https://app.example.com/1" => {
            Response::new(307).header("Referrer-Policy", "no-referrer").header("Location", format!("{API}/2"))
        }
        _ => Response::new(200),
    };
    let hidden = |run: &Run| run.last("Origin").as_deref() == Some("null");
    // Chromium taints the origin instead of hiding it.
    assert_eq!(all(&page(), &[own("POST").mode(Mode::NoCors)], server, hidden), [true, true, true, false]);
}

#[test]
fn chromium_leaves_client_hints_behind_in_a_frame_of_another_origin() {
    let ask = [own("GET").header("DPR", "2")];
    let sent = |page: &Page| all(page, &ask, redirects(&[(307, PAGE)]), |run| run.last("DPR").is_some());
    assert_eq!(sent(&page().framed_by(PAGE)), [true; 4]);
    assert_eq!(sent(&page().framed_by(OTHER)), [true, false, true, true]);
}

#[test]
fn webkit_brings_back_the_type_alone_without_cors() {
    let post = ask("POST").mode(Mode::NoCors).body(Body::Text).header("Content-Language", "de");
    let last = |run: &Run| (run.last("Content-Type").is_some(), run.last("Content-Language").is_some());
    let sent = all(&page(), &[post], redirects(&[(303, API), (307, API)]), last);
    assert_eq!(sent, [(false, false), (false, false), (true, true), (true, false)]);
}

#[test]
fn webkit_leaves_the_user_agent_of_a_script_behind_without_cors() {
    let sent = |ask: ScriptRequest, to| {
        let server = |request: &OutgoingRequest| {
            let mut response = redirects(&[(307, to)])(request);
            response.headers.retain(|line| line.name != "Access-Control-Allow-Headers");
            response.header("Access-Control-Allow-Headers", "User-Agent")
        };
        all(&page(), &[ask.header("User-Agent", "own")], server, |run| run.last("User-Agent").is_some())
    };
    assert_eq!(sent(own("GET"), PAGE), [true, false, true, false]);
    assert_eq!(sent(ask("GET"), API), [true, false, true, true]);
}

#[test]
fn what_leaves_an_origin_without_cors_is_another_request_in_webkit() {
    let post = own("POST").mode(Mode::NoCors).body(Body::Text);
    let comes_back = |hops: &[(u16, &str)], credentials| {
        let ask = [post.clone().credentials(credentials)];
        all(&page(), &ask, redirects(hops), |run| run.last("Content-Type").is_some())
    };
    let left = [(303, API), (307, API)];
    assert_eq!(comes_back(&left, CredentialsMode::SameOrigin), [false, false, true, false]);
    assert_eq!(comes_back(&left, CredentialsMode::Include), [false, false, true, true]);
    assert_eq!(comes_back(&[(303, PAGE), (307, API)], CredentialsMode::SameOrigin), [false, false, true, true]);
    assert_eq!(
        comes_back(&[(307, API), (303, API), (307, API)], CredentialsMode::SameOrigin),
        [false, false, true, true]
    );
    // In WebKit, the referrer policy no longer hides the origin. Chromium ignores the policy here, and taints the
    // origin.
    for credentials in [CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include] {
        let origin = |to| {
            let ask = [post.clone().referrer_policy(ReferrerPolicy::NoReferrer).credentials(credentials)];
            all(&page(), &ask, redirects(&[(307, to)]), |run| run.last("Origin").is_some_and(|origin| origin == "null"))
        };
        assert_eq!(origin(API), [true, true, true, false]);
        assert_eq!(origin(PAGE), [true, false, true, true]);
    }
}
