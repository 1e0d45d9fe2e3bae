//! Redirects.

use cors_browser::{CredentialsMode, Mode, RedirectMode};

use super::super::super::site::Site;
use super::super::super::visit::Payload;
use super::{ALLOW_CREDENTIALS, Scene};

/// Where a redirect may lead, in each redirect mode.
pub(super) fn locations(scene: &mut Scene<'_>) {
    const LOCATIONS: [(RedirectMode, u16, &[&str]); 16] = [
        (RedirectMode::Error, 302, &[]),
        (RedirectMode::Error, 302, &[""]),
        (RedirectMode::Follow, 307, &[""]),
        (RedirectMode::Follow, 302, &["data:text/plain,x"]),
        (RedirectMode::Follow, 302, &["{url0}", "{url0}"]),
        (RedirectMode::Follow, 201, &["{url0}", "/other"]),
        (RedirectMode::Follow, 300, &["{url0}"]),
        (RedirectMode::Follow, 305, &["{url0}"]),
        (RedirectMode::Follow, 306, &["{url0}"]),
        (RedirectMode::Manual, 302, &["http://["]),
        (RedirectMode::Manual, 302, &["ftp://localhost/"]),
        (RedirectMode::Manual, 302, &["about:blank"]),
        (RedirectMode::Manual, 302, &["{url0}", "/other"]),
        (RedirectMode::Follow, 302, &[]),
        (RedirectMode::Follow, 302, &["{url0}", "/other"]),
        (RedirectMode::Follow, 302, &["ftp://localhost/"]),
    ];
    let other = scene.other();
    scene.resource(other);
    for (place, (redirect, status, location)) in LOCATIONS.into_iter().enumerate() {
        let other = scene.other();
        scene.resource(other).redirects(status, location).then();
        scene.ask(place + 1).redirect = redirect;
    }
}

/// User info, where a redirect leaves the page's origin, stays in it, or comes back. WebKit refuses some after the next preflight, as it
/// does with what has no consent for credentials.
pub(super) fn user_info(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(own);
    scene.resource(other);
    for (from, location) in [
        (own, "http://u:p@{there1}"),
        (own, "http://u@{there1}"),
        (other, "http://u:p@{there0}"),
        (own, "http://u:p@{there0}"),
        (other, "http://u@{there1}"),
    ] {
        scene.resource(from).redirects(307, &[location]);
        scene.send("PUT", scene.resources.len() - 1);
    }
    scene.resource(other).redirects(307, &["{url1}"]).actual[0].remove(ALLOW_CREDENTIALS);
    let last = scene.resources.len();
    scene.resource(own).redirects(307, &[&format!("{{url{}}}", last - 1)]);
    scene.send("PUT", last);
}

/// Headers that a redirect removes, and the next may bring back.
pub(super) fn headers(scene: &mut Scene<'_>) {
    let own = scene.own();
    let (first, second) = (Site::ApiByName, Site::ApiByNumber);
    for (statuses, sites) in [
        ([303, 302], [own, own, first]),
        ([303, 307], [own, own, own]),
        ([302, 302], [first, first, first]),
        ([307, 307], [second, first, first]),
    ] {
        let asked = scene.resources.len();
        for (place, site) in sites.into_iter().enumerate() {
            let resource = scene.resource(site);
            if let Some(status) = statuses.get(place) {
                resource.redirects(*status, &[&format!("{{url{}}}", asked + place + 1)]);
            }
        }
        let ask = scene.send("POST", asked);
        ask.body = Payload::Text;
        ask.set("Content-Type", "application/json").set("Authorization", "Basic dTpw");
    }
}

/// The type of a body that a redirect took away, after the page's own origin is left in mode no-cors.
pub(super) fn types_in_no_cors(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(own).redirects(303, &["{url1}"]);
    scene.resource(other).redirects(307, &["{url2}"]);
    scene.resource(other);
    for credentials in [CredentialsMode::SameOrigin, CredentialsMode::Omit] {
        let ask = scene.send("POST", 0);
        (ask.mode, ask.credentials, ask.body) = (Mode::NoCors, credentials, Payload::Text);
    }
}

/// Headers of the script, after a redirect by the page's own server.
pub(super) fn first_headers(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(own);
    scene.resource(other);
    scene.resource(own).redirects(302, &["{url0}"]);
    scene.resource(own).redirects(303, &["{url1}"]);
    scene.ask(2).set("User-Agent", "own-agent");
    let ask = scene.send("POST", 3);
    ask.body = Payload::Text;
    ask.set("Content-Type", "application/json");
}
