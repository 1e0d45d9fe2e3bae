//! The HTTP cache between browser and server.

use std::time::Duration;

use cors_browser::explain::Explanation;
use cors_browser::{
    Browser, CacheMode, Engine, HeaderLine, Mode, OutgoingRequest, Page, Response, ScriptRequest, Transcript, Verdict,
};

const APP: &str = "https://app.example.com";
const ADMIN: &str = "https://admin.example.com";

fn get() -> ScriptRequest {
    ScriptRequest::new("https://api.example.com/notes")
}

/// A browser with an HTTP cache, and the requests that arrived at the server.
struct Run {
    browser: Browser,
    sent: Vec<OutgoingRequest>,
    lines: Vec<HeaderLine>,
}

impl Run {
    /// The server allows every origin, and adds these lines.
    fn new(lines: &[(&str, &str)]) -> Self {
        Self::with(Browser::new().with_http_cache(), lines)
    }

    fn with(browser: Browser, lines: &[(&str, &str)]) -> Self {
        let lines = lines.iter().map(|(name, value)| HeaderLine::new(*name, *value)).collect();
        Self { browser, sent: Vec::new(), lines }
    }

    fn fetch(&mut self, page: &str, request: &ScriptRequest) -> Verdict {
        self.run(page, request).verdict
    }

    fn run(&mut self, page: &str, request: &ScriptRequest) -> Transcript {
        let (sent, lines) = (&mut self.sent, &self.lines);
        self.browser.run(&Page::at(page).expect("a URL"), request, |outgoing| {
            sent.push(outgoing.clone());
            let origin = outgoing.header("Origin").map(<[u8]>::to_vec);
            let conditional = outgoing.header("If-None-Match").is_some();
            let mut response = Response::new(if conditional { 304 } else { 200 });
            if let Some(origin) = origin {
                response = response.header("Access-Control-Allow-Origin", origin);
            }
            response.headers.extend(lines.iter().cloned());
            response
        })
    }

    fn reads(&mut self, page: &str) -> bool {
        matches!(self.fetch(page, &get()), Verdict::Readable(_))
    }
}

#[test]
fn what_was_stored_for_one_origin_is_blocked_for_another_unless_it_varies() {
    let mut run = Run::new(&[("Cache-Control", "public, Max-Age=\"60\"")]);
    assert_eq!((run.reads(APP), run.reads(APP), run.reads(ADMIN), run.sent.len()), (true, true, false, 1));
    let mut run = Run::new(&[("Cache-Control", "max-age=60"), ("Vary", "Accept, origin")]);
    assert_eq!((run.reads(APP), run.reads(ADMIN), run.sent.len()), (true, true, 2));
    // From then on, each origin has an entry of its own.
    assert_eq!((run.reads(APP), run.reads(ADMIN), run.sent.len()), (true, true, 2));
    let mut run = Run::new(&[("Cache-Control", "max-age=60"), ("Vary", "*")]);
    assert_eq!((run.reads(APP), run.reads(ADMIN), run.sent.len()), (true, true, 2));
}

#[test]
fn what_was_asked_for_without_cors_is_blocked_with_it() {
    let mut run = Run::new(&[("Cache-Control", "max-age=60")]);
    assert_eq!(run.fetch(APP, &get().mode(Mode::NoCors)), Verdict::Opaque);
    let transcript = run.run(APP, &get());
    let explanation = Explanation::of(&transcript).expect("it is blocked").to_string();
    assert!(matches!(transcript.verdict, Verdict::Blocked(blocked) if blocked.is_stored));
    assert!(explanation.contains("the browser had stored this answer"), "{explanation}");
    // The page can read the response after a reload.
    assert!(matches!(run.fetch(APP, &get().cache(CacheMode::Reload)), Verdict::Readable(_)));
    assert!(run.reads(APP));
    assert_eq!(run.sent.len(), 2);
}

#[test]
fn a_browser_has_no_http_cache_unless_it_is_given_one() {
    let mut run = Run::with(Browser::new(), &[("Cache-Control", "max-age=60")]);
    assert_eq!((run.reads(APP), run.reads(ADMIN), run.sent.len()), (true, true, 2));
}

#[test]
fn an_answer_is_fresh_as_long_as_it_says() {
    for (control, expected) in [
        ("max-age=60", [1, 2]),
        ("max-age=59", [2, 2]),
        ("no-cache, max-age=600", [2, 3]),
        ("no-store, max-age=600", [2, 3]),
        ("s-maxage=600", [2, 3]),
        ("max-age=x", [2, 3]),
        ("", [2, 3]),
    ] {
        let mut run = Run::new(&[("Cache-Control", control)]);
        run.reads(APP);
        let counts = [59, 1].map(|seconds| {
            run.browser.advance(Duration::from_secs(seconds));
            run.reads(APP);
            run.sent.len()
        });
        assert_eq!(counts, expected, "{control:?}");
    }
}

#[test]
fn what_is_no_longer_fresh_is_confirmed_by_the_server() {
    let mut run = Run::new(&[("ETag", "\"1\""), ("Last-Modified", "yesterday"), ("Content-Language", "en")]);
    assert!(run.reads(APP) && run.reads(APP));
    assert_eq!(run.sent[1].header("If-None-Match"), Some(b"\"1\"".as_slice()));
    assert_eq!(run.sent[1].header("If-Modified-Since"), Some(b"yesterday".as_slice()));
    // The 304 has the line for this origin.
    assert!(run.reads(ADMIN));
    // Headers of the body in a 304 are ignored.
    run.lines = vec![HeaderLine::new("Content-Length", "0"), HeaderLine::new("ETag", "\"1\"")];
    let Verdict::Readable(readable) = run.fetch(APP, &get()) else { panic!("it is blocked") };
    assert_eq!(
        (readable.status, readable.headers),
        (200, vec!["content-language".to_owned(), "last-modified".to_owned()])
    );
    // A 304 for another origin blocks.
    run.lines = vec![HeaderLine::new("Access-Control-Allow-Origin", ADMIN)];
    assert!(!run.reads(APP));
}

#[test]
fn what_was_confirmed_is_fresh_again() {
    let mut run = Run::new(&[("ETag", "\"1\""), ("Cache-Control", "max-age=60")]);
    let counts = [0, 60, 59, 1].map(|seconds| {
        run.browser.advance(Duration::from_secs(seconds));
        run.reads(APP);
        run.sent.len()
    });
    assert_eq!(counts, [1, 2, 2, 3]);
}

#[test]
fn a_304_that_a_script_asked_for_is_the_scripts() {
    let mut run = Run::new(&[("ETag", "\"1\""), ("Access-Control-Allow-Headers", "if-none-match")]);
    run.reads(APP);
    let verdict = run.fetch(APP, &get().mode(Mode::SameOrigin).header("If-None-Match", "\"1\""));
    assert!(matches!(verdict, Verdict::Blocked(_)));
    let mut own = Run::new(&[("ETag", "\"1\"")]);
    own.fetch("https://api.example.com", &get());
    let Verdict::Readable(readable) = own.fetch("https://api.example.com", &get().header("If-None-Match", "\"1\""))
    else {
        panic!("it is blocked")
    };
    assert_eq!(readable.status, 304);
}

#[test]
fn each_cache_mode_asks_and_stores_in_its_own_way() {
    // The number of requests for a second fetch, and for a third in the default mode.
    for (mode, expected) in [
        (CacheMode::Default, [1, 1]),
        (CacheMode::NoStore, [2, 2]),
        (CacheMode::Reload, [2, 2]),
        (CacheMode::NoCache, [2, 2]),
        (CacheMode::ForceCache, [1, 1]),
    ] {
        let mut run = Run::new(&[("Cache-Control", "max-age=60")]);
        run.reads(APP);
        let counts = [mode, CacheMode::Default].map(|mode| {
            run.fetch(APP, &get().cache(mode));
            run.sent.len()
        });
        assert_eq!(counts, expected, "{mode:?}");
    }
    let own = get().mode(Mode::SameOrigin);
    let mut run = Run::new(&[]);
    let page = "https://api.example.com";
    assert_eq!(run.fetch(page, &own.clone().cache(CacheMode::OnlyIfCached)), Verdict::Unanswered);
    run.fetch(page, &own.clone().cache(CacheMode::NoStore));
    assert_eq!(run.fetch(page, &own.clone().cache(CacheMode::OnlyIfCached)), Verdict::Unanswered);
    run.fetch(page, &own);
    assert!(matches!(run.fetch(page, &own.clone().cache(CacheMode::OnlyIfCached)), Verdict::Readable(_)));
    assert!(matches!(run.fetch(page, &own.cache(CacheMode::ForceCache)), Verdict::Readable(_)));
    assert_eq!(run.sent.len(), 2);
}

#[test]
fn only_whole_answers_to_get_are_stored_and_other_methods_remove_them() {
    let fresh = [("Cache-Control", "max-age=60")];
    let second = |first: &ScriptRequest| {
        let mut run = Run::new(&fresh);
        run.fetch(APP, first);
        run.sent.clear();
        run.reads(APP);
        run.sent.len()
    };
    assert_eq!(second(&get()), 0);
    assert_eq!(second(&get().method("POST")), 1);
    assert_eq!(second(&get().method("HEAD")), 1);
    assert_eq!(second(&get().header("Range", "bytes=0-9")), 1);
    let mut run = Run::new(&fresh);
    run.reads(APP);
    run.fetch(APP, &get().method("HEAD"));
    run.reads(APP);
    assert_eq!(run.sent.len(), 2);
    run.fetch(APP, &get().method("POST"));
    run.reads(APP);
    assert_eq!(run.sent.len(), 4);
}

#[test]
fn a_part_is_not_stored_and_an_error_removes_nothing() {
    let second = |first: &ScriptRequest, status: u16| {
        let mut browser = Browser::new().with_http_cache();
        let mut requests = |request: &ScriptRequest, status: u16| {
            let fresh = Response::new(status).header("Access-Control-Allow-Origin", "*");
            let fresh = fresh.header("Cache-Control", "max-age=60");
            browser.run(&Page::at(APP).expect("a URL"), request, |_| fresh.clone()).exchanges.len()
        };
        if *first != get() {
            requests(&get(), 200);
        }
        requests(first, status);
        requests(&get(), 200)
    };
    assert_eq!([200, 206].map(|status| second(&get(), status)), [0, 1]);
    assert_eq!([200, 399, 400].map(|status| second(&get().method("POST"), status)), [1, 1, 0]);
}

#[test]
fn pages_of_one_site_share_what_is_stored() {
    let shares = |browser: Browser, first: &str, second: &str| {
        let mut run = Run::with(browser.with_http_cache(), &[("Cache-Control", "max-age=60")]);
        run.reads(first);
        run.reads(second);
        run.sent.len() == 1
    };
    for browser in
        [Browser::new(), Browser::of(Engine::Chromium), Browser::of(Engine::Firefox), Browser::of(Engine::WebKit)]
    {
        assert!(shares(browser.clone(), APP, ADMIN));
        assert!(!shares(browser.clone(), APP, "https://app.example.org"));
        // WebKit has one partition for all pages without a registrable domain.
        let is_webkit = browser.engine() == Some(Engine::WebKit);
        assert_eq!(shares(browser, "http://localhost:3000", "http://127.0.0.1:3000"), is_webkit);
    }
}
