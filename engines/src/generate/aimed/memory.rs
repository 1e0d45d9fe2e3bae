//! What is remembered of preflights.

use std::time::Duration;

use cors_browser::{CacheMode, CredentialsMode};

use super::super::super::document::Document;
use super::super::super::site::Site;
use super::super::super::visit::{By, Payload};
use super::super::values;
use super::{ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, MAX_AGE, Scene};

/// Each max-age of the table, some in a visit.
pub(super) fn max_ages(scene: &mut Scene<'_>) {
    for place in 0..7 {
        let other = scene.other();
        let values = values::MAX_AGES[(scene.turn * 7 + place) % values::MAX_AGES.len()];
        scene.resource(other).permits(MAX_AGE, values);
        for _ in 0..2 {
            scene.send("PUT", place);
        }
    }
}

/// What a `*` covers later.
pub(super) fn wildcards(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other).permits(MAX_AGE, &["600"]).permits(ALLOW_HEADERS, &["*"]);
    scene.ask(0).set("X-A", "1");
    scene.ask(0).set("Authorization", "Basic dTpw");
    scene.resource(other).permits(MAX_AGE, &["600"]).permits(ALLOW_HEADERS, &["*"]);
    for name in ["", "X-A"] {
        let ask = scene.send(if name.is_empty() { "PUT" } else { "GET" }, 1);
        ask.credentials = CredentialsMode::Include;
        if !name.is_empty() {
            ask.set(name, "1");
        }
    }
}

/// Something fails after a redirect.
pub(super) fn after_redirects(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(own).redirects(307, &["{url1}"]);
    let target = scene.resource(other).permits(MAX_AGE, &["600"]);
    target.then().set(ALLOW_ORIGIN, &[]);
    target.then();
    for resource in [1, 0, 1] {
        scene.send("PUT", resource);
    }
}

/// What is remembered is told again with another method, and forgotten with it.
pub(super) fn replaced(scene: &mut Scene<'_>) {
    let other = scene.other();
    let resource = scene.resource(other).permits(MAX_AGE, &["600"]);
    let mut next = resource.preflight[0].clone();
    next.set(ALLOW_METHODS, &["PUT, DELETE"]);
    next.set(MAX_AGE, &["0"]);
    resource.preflight.push(next);
    for method in ["PUT", "DELETE", "PUT"] {
        scene.send(method, 0);
    }
}

/// What a request between two drops, though it is not remembered itself.
pub(super) fn dropped(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other).permits(MAX_AGE, &["600"]);
    for cache in [CacheMode::Default, CacheMode::Reload, CacheMode::Default] {
        let ask = scene.send(if cache == CacheMode::Default { "PUT" } else { "DELETE" }, 0);
        ask.cache = cache;
    }
    scene.resource(other).permits(MAX_AGE, &["600"]).permits(ALLOW_METHODS, &["PUT"]);
    for method in ["PUT", "DELETE", "PUT"] {
        scene.send(method, 1);
    }
}

/// Of a safelisted method, which is not listed.
pub(super) fn of_safelisted_methods(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other).permits(MAX_AGE, &["600"]).permits(ALLOW_METHODS, &["PUT"]);
    for _ in 0..2 {
        scene.send("HEAD", 0).set("X-A", "1");
    }
}

/// What is remembered is told again before its end, which may move.
pub(super) fn renewed(scene: &mut Scene<'_>) {
    let other = scene.other();
    let resource = scene.resource(other).permits(MAX_AGE, &["3"]);
    let mut next = resource.preflight[0].clone();
    next.set(ALLOW_METHODS, &["PUT, DELETE"]);
    resource.preflight.push(next);
    for (method, seconds) in [("PUT", 0), ("DELETE", 2), ("PUT", 2)] {
        scene.send(method, 0).wait = Duration::from_secs(seconds);
    }
}

/// The fragment of an address, which a redirect may bring.
pub(super) fn fragments(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(own).redirects(307, &["{url1}#b"]);
    scene.resource(other).permits(MAX_AGE, &["600"]);
    for (url, seconds) in [("{url0}#a", 0), ("{url1}#b", 0), ("{url1}#a", 2)] {
        let ask = scene.send("PUT", 0);
        (ask.url, ask.wait) = (url.to_owned(), Duration::from_secs(seconds));
    }
}

/// The same page on top, and in a frame of a page of another origin that is of one site with it.
pub(super) fn partitions(scene: &mut Scene<'_>) {
    let other = scene.random.one(&[Site::ApiByNumber, Site::ApiBelow]);
    scene.resource(other).permits(MAX_AGE, &["600"]);
    for document in [Document::ALL[0], Document::ALL[5], Document::ALL[6]] {
        scene.document = document;
        scene.send("PUT", 0);
    }
}

/// A page whose origin is opaque, and one whose origin a redirect taints.
pub(super) fn null_origins(scene: &mut Scene<'_>) {
    scene.resource(Site::ApiByNumber).permits(MAX_AGE, &["600"]).redirects(307, &["{url1}"]);
    scene.resource(Site::ApiBelow).permits(MAX_AGE, &["600"]);
    for (document, resource) in [(Document::ALL[2], 1), (Document::ALL[0], 0)] {
        scene.document = document;
        scene.send("PUT", resource);
    }
}

pub(super) fn no_store(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other).permits(MAX_AGE, &["600"]);
    for cache in [CacheMode::NoStore, CacheMode::Default, CacheMode::NoStore] {
        scene.send("PUT", 0).cache = cache;
    }
}

/// Conditions that a script sets, by which no cache has a say.
pub(super) fn conditions(scene: &mut Scene<'_>) {
    let other = scene.other();
    for by in [By::Fetch, By::Xhr] {
        scene.resource(other).permits(MAX_AGE, &["600"]).permits(ALLOW_HEADERS, &["if-none-match"]);
        for is_conditional in [true, false, true] {
            let ask = scene.send("PUT", scene.resources.len() - 1);
            ask.by = by;
            if is_conditional {
                ask.set("If-None-Match", "\"1\"");
            }
        }
    }
}

/// A safelisted method that is asked about nevertheless, again after its end.
pub(super) fn listeners(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other).permits(MAX_AGE, &["3"]);
    for seconds in [0, 1, 5] {
        let ask = scene.send("POST", 0);
        (ask.by, ask.body, ask.wait) = (By::XhrWithUploadListeners, Payload::Bytes, Duration::from_secs(seconds));
    }
}
