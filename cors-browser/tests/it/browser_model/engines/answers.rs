//! How engines read a response.

use cors_browser::{CredentialsMode, Mode, OutgoingRequest, RedirectMode, Response};

use super::{API, PAGE, Run, all, ask, consent, page, with_status};

/// Redirects once, with these lines.
fn located<'a>(status: u16, locations: &'a [&str]) -> impl Fn(&OutgoingRequest) -> Response + 'a {
    move |request| {
        let first = request.url == format!("{API}/1");
        let locations = if first { locations } else { &[] };
        let response = with_status(if first { status } else { 200 }, consent(request));
        locations.iter().fold(response, |response, location| response.header("Location", *location))
    }
}

#[test]
fn firefox_overlooks_an_empty_line_beside_another() {
    let twice = |name: &'static str, values: [&'static str; 2]| {
        move |request: &OutgoingRequest| {
            let mut response = consent(request);
            response.headers.retain(|line| line.name != name);
            response.header(name, values[0]).header(name, values[1])
        }
    };
    let get = [ask("GET").credentials(CredentialsMode::Include)];
    let refused = "allow-credentials-not-true";
    for values in [["true", ""], ["", "true"]] {
        let ends = all(&page(), &get, twice("Access-Control-Allow-Credentials", values), Run::end);
        assert_eq!(ends, [refused, refused, "read", refused]);
    }
    let ends = all(&page(), &get, twice("Access-Control-Allow-Origin", [PAGE, ""]), Run::end);
    assert_eq!(ends, ["allow-origin-mismatch"; 4]);
}

#[test]
fn location_twice_is_one_or_a_failure_or_joined() {
    let ends = |status, locations: &[&str]| all(&page(), &[ask("GET")], located(status, locations), Run::end);
    let invalid = "redirect-location-invalid";
    assert_eq!(ends(302, &["/2", "/2"]), [invalid, "read", "read", "read"]);
    assert_eq!(ends(302, &["/2", "/3"]), [invalid, invalid, invalid, "read"]);
    let last =
        all(&page(), &[ask("GET")], located(302, &["/2", "/3"]), |run| run.sent.last().map(|sent| sent.url.clone()));
    assert_eq!(last[3].as_deref(), Some("https://api.example.com/2,%20/3"));
    assert_eq!(ends(200, &["/2", "/3"]), ["read", invalid, invalid, "read"]);
}

#[test]
fn an_empty_location_is_followed_overlooked_or_refused() {
    let ends = all(&page(), &[ask("GET")], located(302, &[""]), Run::end);
    assert_eq!(ends, ["too-many-redirects", "read", "too-many-redirects", "redirect-location-invalid"]);
}

#[test]
fn chromium_and_webkit_read_the_location_that_the_script_would_follow() {
    let get = [ask("GET").redirect(RedirectMode::Manual)];
    let ends = all(&page(), &get, located(302, &["http://"]), Run::end);
    assert_eq!(ends, ["opaque redirect", "redirect-location-invalid", "opaque redirect", "opaque redirect"]);
    let ends = all(&page(), &get, located(302, &["ftp://api.example.com/"]), Run::end);
    assert_eq!(ends, ["opaque redirect", "opaque redirect", "opaque redirect", "redirect-scheme"]);
}

#[test]
fn chromium_follows_user_info_in_no_mode() {
    let get = [ask("GET").mode(Mode::NoCors)];
    let ends = all(&page(), &get, located(302, &["https://u:p@other.example.com/2"]), Run::end);
    assert_eq!(ends, ["opaque", "redirect-with-credentials-in-url", "opaque", "opaque"]);
}

#[test]
fn firefox_lets_a_preflight_to_the_page_itself_pass() {
    let server = |request: &OutgoingRequest| match request.url.as_str() {
        "https://api.example.com/1" if !request.preflight => {
            with_status(307, consent(request)).header("Location", format!("{PAGE}/2"))
        }
        "https://app.example.com/2" if request.preflight => {
            Response::new(200).header("Access-Control-Allow-Methods", "PUT")
        }
        _ => consent(request),
    };
    let ends = all(&page(), &[ask("PUT")], server, Run::end);
    assert_eq!(ends, ["allow-origin-missing", "allow-origin-missing", "read", "allow-origin-missing"]);
}
