//! What answers say, a hair beside what is right.

use cors_browser::CredentialsMode;

use super::super::super::visit::{By, Payload};
use super::{ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, Scene};

pub(super) fn credentials(scene: &mut Scene<'_>) {
    const LINES: [(&[&str], &[&str]); 6] = [
        (&["{PAGE}"], &["true"]),
        (&["{page}", ""], &["true"]),
        (&["{page}"], &["TRUE"]),
        (&["{page}"], &["true", ""]),
        (&["{page}"], &["true", "true"]),
        (&["*"], &["true"]),
    ];
    for (origin, credentials) in LINES {
        let other = scene.other();
        let answer = &mut scene.resource(other).actual[0];
        answer.set(ALLOW_ORIGIN, origin);
        answer.set(ALLOW_CREDENTIALS, credentials);
        scene.ask(scene.resources.len() - 1).credentials = CredentialsMode::Include;
    }
}

pub(super) fn statuses(scene: &mut Scene<'_>) {
    for status in [200, 205, 299, 300, 400] {
        let other = scene.other();
        scene.resource(other).preflight[0].status = status;
        scene.send("PUT", scene.resources.len() - 1);
    }
}

/// Listeners make a preflight due, whose answer lists no method.
pub(super) fn forced(scene: &mut Scene<'_>) {
    let other = scene.other();
    scene.resource(other).permits(ALLOW_METHODS, &[]);
    for method in ["PUT", "POST"] {
        let ask = scene.send(method, 0);
        (ask.by, ask.body) = (By::XhrWithUploadListeners, Payload::Bytes);
    }
}

/// Lists that lack a name. `*` is a name like any other with credentials, and no `Authorization` without.
pub(super) fn lists(scene: &mut Scene<'_>) {
    for credentials in [CredentialsMode::Include, CredentialsMode::Omit] {
        let other = scene.other();
        scene.resource(other).permits(ALLOW_METHODS, &["*"]);
        scene.send("PUT", scene.resources.len() - 1).credentials = credentials;
        for name in ["X-A", "Authorization"] {
            let other = scene.other();
            scene.resource(other).permits(ALLOW_HEADERS, &["*"]);
            scene.ask(scene.resources.len() - 1).set(name, "1").credentials = credentials;
        }
    }
    for allowed in ["x-a", "x-b"] {
        let other = scene.other();
        scene.resource(other).permits(ALLOW_HEADERS, &[allowed]);
        scene.ask(scene.resources.len() - 1).set("X-A", "1").set("X-B", "1");
    }
}
