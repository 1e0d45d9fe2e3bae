//! `Cross-Origin-Resource-Policy`, sites and embedder policies.

use super::*;

#[test]
fn cross_origin_resource_policy_keeps_opaque_answers_back() {
    let pixel = ScriptRequest::new("https://api.example.com/").mode(Mode::NoCors);
    let run = |page: &Page, policy: &str| {
        Browser::new().run(page, &pixel, |_| Response::new(200).header("Cross-Origin-Resource-Policy", policy)).verdict
    };
    assert_eq!(blocked(run(&page(), "same-origin")), ("resource-policy", At::Actual));
    assert_eq!(run(&page(), "cross-origin"), Verdict::Opaque);
    let own = Page::at("https://api.example.com").expect("a URL");
    assert!(matches!(run(&own, "same-origin"), Verdict::Readable(_)));
}

/// Whether a page gets an opaque response with this policy.
fn reaches(page: &str, url: &str, policy: &str) -> bool {
    let page = Page::at(page).expect("a URL");
    let answer = Response::new(200).header("Cross-Origin-Resource-Policy", policy);
    Browser::new().run(&page, &ScriptRequest::new(url).mode(Mode::NoCors), |_| answer.clone()).verdict
        == Verdict::Opaque
}

#[test]
fn same_site_is_what_one_registered_in_the_list_of_public_suffixes() {
    for (page, url, expected) in [
        ("https://app.example.com", "https://api.example.com/", true),
        ("https://app.example.com", "https://example.com:8443/", true),
        ("https://app.example.com", "https://example.org/", false),
        ("https://app.example.co.uk", "https://other.co.uk/", false),
        ("https://one.github.io", "https://two.github.io/", false),
        ("https://a.one.github.io", "https://one.github.io/", true),
        // A public suffix below a name that is not a public suffix.
        ("https://other.kawasaki.jp", "https://kawasaki.jp/", false),
        // Names without an owner.
        ("http://app.intranet.test", "http://api.intranet.test/", true),
        ("http://app.test", "http://api.test/", false),
        ("http://localhost:3000", "http://localhost:8080/", true),
        ("http://127.0.0.1:3000", "http://127.0.0.1:8080/", true),
        ("http://127.0.0.1", "http://126.0.0.1/", false),
        ("http://[::1]", "http://[::2]/", false),
        ("data:text/html,x", "https://api.example.com/", false),
        // By scheme: an https response is not for http pages.
        ("http://app.example.com", "https://api.example.com/", false),
        ("https://app.example.com", "http://api.example.com/", true),
        ("http://app.example.com", "http://api.example.com/", true),
    ] {
        assert_eq!(reaches(page, url, "same-site"), expected, "{page} and {url}");
    }
    for other in ["same-Site", "same-site, same-site", "x", ""] {
        assert!(reaches("https://app.example.com", "https://example.org/", other), "{other}");
    }
}

#[test]
fn an_embedder_policy_demands_a_resource_policy_or_sends_no_credentials() {
    let image =
        ScriptRequest::new("https://images.example.net/1").mode(Mode::NoCors).credentials(CredentialsMode::Include);
    let run = |browser: &mut Browser, embedder: EmbedderPolicy, policy: Option<&str>| {
        let mut credentials = false;
        let verdict = browser
            .run(&page().embedder_policy(embedder), &image, |request| {
                credentials = request.credentials;
                let response = Response::new(200);
                policy
                    .into_iter()
                    .fold(response, |response, value| response.header("Cross-Origin-Resource-Policy", value))
            })
            .verdict;
        (verdict == Verdict::Opaque, credentials)
    };
    let standard = |embedder, policy| run(&mut Browser::new(), embedder, policy);
    assert_eq!(standard(EmbedderPolicy::UnsafeNone, None), (true, true));
    assert_eq!(standard(EmbedderPolicy::RequireCorp, None), (false, true));
    assert_eq!(standard(EmbedderPolicy::RequireCorp, Some("x")), (false, true));
    assert_eq!(standard(EmbedderPolicy::RequireCorp, Some("cross-origin")), (true, true));
    assert_eq!(standard(EmbedderPolicy::Credentialless, None), (true, false));
    assert_eq!(standard(EmbedderPolicy::Credentialless, Some("same-origin")), (false, false));
    let engines = [Engine::Chromium, Engine::Firefox, Engine::WebKit];
    let unknown = engines.map(|engine| run(&mut Browser::of(engine), EmbedderPolicy::RequireCorp, Some("x")));
    assert_eq!(unknown, [(false, true), (true, true), (false, true)]);
    let of = |embedder| engines.map(|engine| run(&mut Browser::of(engine), embedder, None));
    assert_eq!(of(EmbedderPolicy::RequireCorp), [(false, true); 3]);
    assert_eq!(of(EmbedderPolicy::Credentialless), [(true, false), (true, false), (true, true)]);
    // The page embeds responses that CORS allows, and responses of its own origin.
    let page = page().embedder_policy(EmbedderPolicy::RequireCorp);
    let verdict = Browser::new()
        .run(&page, &ScriptRequest::new("https://images.example.net/1"), |_| {
            Response::new(200).header("Access-Control-Allow-Origin", "*")
        })
        .verdict;
    assert!(matches!(verdict, Verdict::Readable(_)));
}
