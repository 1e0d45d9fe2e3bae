//! What is made of a script's request before it is sent.

use cors_browser::{CacheMode, Mode};
use cors_core::names;

use super::super::super::visit::{By, Payload};
use super::super::values;
use super::Scene;

/// Bytes that need permission, each alone in a value.
pub(super) fn unsafe_bytes(scene: &mut Scene<'_>) {
    let (bytes, other) = (values::unsafe_bytes(), scene.other());
    scene.resource(other);
    let first = scene.turn * 14;
    let byte = |place: usize| bytes[(first + place) % bytes.len()];
    for place in 0..7 {
        let ask = scene.ask(0);
        ask.set("Accept", format!("a{}b", byte(2 * place)));
        ask.set("Content-Type", format!("text/plain;a={}", byte(2 * place + 1)));
    }
}

/// Separators without anything between them in a type, which engines read differently.
pub(super) fn separators(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    for parameters in ["", ";", ";a=b,", ";,", ";a=b;", ";a=b;;c=d", ";;"] {
        scene.ask(0).set("Content-Type", format!("text/plain{parameters}"));
    }
}

/// All names that no script can set.
pub(super) fn forbidden(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    for names in names::FORBIDDEN_REQUEST_HEADERS.chunks(7) {
        let ask = scene.ask(0);
        for name in names {
            ask.set(name, "dropped-7");
        }
    }
}

pub(super) fn overrides(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    for (place, value) in values::OVERRIDDEN.into_iter().enumerate() {
        let name = values::OVERRIDES[(place + scene.turn) % values::OVERRIDES.len()];
        scene.ask(0).set(name, value);
    }
}

/// Of the longest values, as many as have 1,024 bytes together, and one byte or one value more.
pub(super) fn many_lines(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    let longest = "a".repeat(128);
    for more in ["", "b", &longest] {
        let ask = scene.ask(0);
        for _ in 0..8 {
            ask.set("Accept", longest.as_str());
        }
        if !more.is_empty() {
            ask.set("Accept", more);
        }
    }
}

pub(super) fn ranges(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    for value in ["bytes=007-10", "bytes=9-10", "bytes=10-9", "bytes=a-b", "BYTES=0-1", "bytes=0-99999999999999999999"]
    {
        scene.ask(0).set("Range", value);
    }
}

/// Headers about the device, by which Chromium asks for no permission, where their values are right.
pub(super) fn client_hints(scene: &mut Scene<'_>) {
    const HINTS: [(&str, &str, &str); 8] = [
        ("Device-Memory", "8", "x"),
        ("Downlink", "1.5", "x"),
        ("DPR", "2", "x"),
        ("ECT", "4g", "5g"),
        ("RTT", "100", "1.5"),
        ("Save-Data", "on", "off"),
        ("Viewport-Width", "100", "wide"),
        ("Width", "12", "x"),
    ];
    let other = scene.other();
    scene.resource(other);
    for right in [true, false] {
        let ask = scene.ask(0);
        for (name, value, wrong) in HINTS {
            ask.set(name, if right { value } else { wrong });
        }
    }
}

pub(super) fn in_mode_no_cors(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    let kept = scene.send("POST", 0);
    (kept.mode, kept.body) = (Mode::NoCors, Payload::Bytes);
    kept.set("Accept", "own/a").set("Accept-Language", "own-a").set("Content-Language", "de");
    kept.set("Content-Type", "text/plain;a=b").set("Range", "bytes=0-9");
    // Together they are too long.
    let together = scene.ask(0);
    together.mode = Mode::NoCors;
    together.set("Accept", "a".repeat(60)).set("Accept", "b".repeat(70));
    let of_body = scene.send("POST", 0);
    (of_body.mode, of_body.body) = (Mode::NoCors, Payload::Blob("image/png"));
}

pub(super) fn not_in_the_cache(scene: &mut Scene<'_>) {
    let (own, other) = (scene.own(), scene.other());
    scene.resource(own);
    scene.resource(other);
    let within = scene.ask(0);
    (within.mode, within.cache) = (Mode::SameOrigin, CacheMode::OnlyIfCached);
    scene.send("PUT", 1).cache = CacheMode::OnlyIfCached;
}

pub(super) fn lower_case(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    for method in ["delete", "get", "head", "options", "post", "put", "patch"] {
        scene.send(method, 0);
    }
}

/// Only `fetch` refuses it.
pub(super) fn user_info(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    for by in [By::Xhr, By::Fetch] {
        let ask = scene.ask(0);
        (ask.by, ask.url) = (by, "http://u:p@{there0}".to_owned());
    }
}

/// Lines that are safe alone, and a name that is no part of mode no-cors.
pub(super) fn no_cors_together(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    for second in ["b".repeat(66), "b".repeat(67)] {
        let ask = scene.ask(0);
        ask.mode = Mode::NoCors;
        ask.set("Accept", "a".repeat(60)).set("Accept", second).set("Range", "bytes=0-9");
    }
}

pub(super) fn twice_by_xhr(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other);
    for by in [By::Xhr, By::Fetch] {
        let ask = scene.ask(0);
        ask.by = by;
        ask.set("X-A", "1").set("X-A", "2");
    }
}
