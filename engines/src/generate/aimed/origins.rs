//! Whose page asks, what it tells servers about itself, and what servers tell about themselves.

use cors_browser::{CredentialsMode, EmbedderPolicy, Mode};

use super::super::super::document::Document;
use super::super::super::site::Site;
use super::super::super::visit::Payload;
use super::Scene;

/// A referrer policy may hide the origin in mode no-cors, and within the origin.
pub(super) fn referrer_policies(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(own);
    scene.resource(other);
    for (policy, resource, mode) in [
        ("no-referrer", 1, Mode::NoCors),
        ("same-origin", 1, Mode::NoCors),
        ("same-origin", 0, Mode::NoCors),
        ("no-referrer", 0, Mode::Cors),
        ("no-referrer", 0, Mode::SameOrigin),
        ("strict-origin", 1, Mode::NoCors),
    ] {
        let ask = scene.send("POST", resource);
        (ask.referrer_policy, ask.mode) = (Some(policy), mode);
    }
}

/// The last policy of a redirect that is known counts.
pub(super) fn policies_of_redirects(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(other);
    for (place, policy) in ["no-referrer", "no-referrer, origin", "no-referrer, x"].into_iter().enumerate() {
        scene.resource(own).redirects(307, &["{url0}"]).actual[0].set("Referrer-Policy", &[policy]);
        scene.send("POST", place + 1).mode = Mode::NoCors;
    }
}

/// Servers on another port, which is of one site, and on another host.
pub(super) fn resource_policies(scene: &mut Scene<'_>) {
    scene.document = Document::ALL[0];
    let value = ["same-origin", "same-site", "cross-origin", "Same-Origin"];
    for (place, policy) in value.into_iter().enumerate() {
        let site = if place % 2 == scene.turn % 2 { Site::ApiByName } else { Site::ApiByNumber };
        for site in [Site::ApiByName, site] {
            scene.resource(site).actual[0].set("Cross-Origin-Resource-Policy", &[policy]);
            scene.ask(scene.resources.len() - 1).mode = Mode::NoCors;
        }
    }
}

/// Pages that demand something of what they embed.
pub(super) fn embedders(scene: &mut Scene<'_>) {
    for policy in [&[][..], &["cross-origin"], &["other"]] {
        let other = scene.other();
        scene.resource(other).actual[0].set("Cross-Origin-Resource-Policy", policy);
    }
    for embedder_policy in [EmbedderPolicy::RequireCorp, EmbedderPolicy::Credentialless] {
        scene.document = Document { embedder_policy, ..Document::ALL[0] };
        for (resource, mode) in [(0, Mode::NoCors), (1, Mode::NoCors), (2, Mode::NoCors), (0, Mode::Cors)] {
            let ask = scene.ask(resource);
            (ask.mode, ask.credentials) = (mode, CredentialsMode::Include);
        }
    }
}

/// To another origin, and from there to the page's own, where a preflight may find no consent.
pub(super) fn coming_home(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(other).redirects(307, &["{url1}"]);
    scene.resource(own).permits(super::ALLOW_ORIGIN, &[]);
    for method in ["PUT", "DELETE"] {
        scene.send(method, 0).body = Payload::Text;
    }
}

/// A page in a frame of another, to whose own server client hints may not go.
pub(super) fn framed_hints(scene: &mut Scene<'_>) {
    scene.document = Document::ALL[3];
    let own = scene.own();
    scene.resource(own).redirects(307, &["{url1}"]);
    scene.resource(own);
    scene.ask(0).set("DPR", "2").set("Save-Data", "on");
}

/// A policy of the script or of a redirect, once a redirect left the page's own origin, or within another.
pub(super) fn policies_after_leaving(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(other);
    scene.resource(own).redirects(307, &["{url0}"]);
    for site in [own, other] {
        scene.resource(site).redirects(307, &["{url0}"]).actual[0].set("Referrer-Policy", &["no-referrer"]);
    }
    for (resource, policy, credentials) in [
        (1, Some("no-referrer"), CredentialsMode::SameOrigin),
        (1, Some("no-referrer"), CredentialsMode::Omit),
        (2, None, CredentialsMode::SameOrigin),
        (2, None, CredentialsMode::Omit),
        (3, None, CredentialsMode::Omit),
    ] {
        let ask = scene.send("POST", resource);
        (ask.mode, ask.referrer_policy, ask.credentials) = (Mode::NoCors, policy, credentials);
    }
}

/// A page by number and a server by name, which are not of one site.
pub(super) fn same_site(scene: &mut Scene<'_>) {
    for (document, site) in [(1, Site::ApiByName), (0, Site::ApiByName), (1, Site::PageByName)] {
        scene.document = Document::ALL[document];
        scene.resource(site).actual[0].set("Cross-Origin-Resource-Policy", &["same-site"]);
        scene.ask(scene.resources.len() - 1).mode = Mode::NoCors;
    }
}
