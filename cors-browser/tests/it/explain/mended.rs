//! A mended response is no longer blocked for the same mistake.

use cors_browser::explain::{Cause, Explanation};
use cors_browser::{Browser, Response};

use super::scenes::Scene;
use super::texts::all;

/// Returns what is wrong if this is the last response.
fn cause_with(scene: &Scene, mended: &Response) -> Option<Cause> {
    let before = scene.transcript.exchanges.len() - 1;
    let mut answers = scene.transcript.exchanges[..before].iter().map(|exchange| exchange.response.clone());
    let transcript = Browser::new()
        .run(&scene.transcript.page, &scene.transcript.request, |_| answers.next().unwrap_or_else(|| mended.clone()));
    Explanation::of(&transcript).map(|explanation| explanation.cause())
}

#[test]
fn what_is_mended_is_wrong_no_more() {
    let mut count = 0;
    for scene in all() {
        let explanation = scene.explanation();
        let Some(response) = &scene.blocked().response else { continue };
        let is_of_preflight = matches!(explanation.cause(), Cause::PreflightStatus | Cause::PreflightRedirected);
        match explanation.mended(response) {
            Some(mended) => {
                count += 1;
                assert_ne!(cause_with(&scene, &mended), Some(explanation.cause()), "{}: {mended:?}", scene.name);
                assert_ne!(&mended, response, "{}", scene.name);
            }
            None => assert!(is_of_preflight || explanation.header_lines().is_empty(), "{}", scene.name),
        }
    }
    assert_eq!(count, 39, "so many have a remedy in the answer");
}

#[test]
fn a_list_that_is_there_and_wrong_is_told_by_itself() {
    let scene = |response: Response| {
        let request = cors_browser::ScriptRequest::new(super::scenes::NOTES).method("PUT");
        let transcript = Browser::new().run(&super::scenes::page(super::scenes::APP), &request, |_| response.clone());
        Explanation::of(&transcript).and_then(|explanation| explanation.mended(&response)).expect("it is mended")
    };
    let methods = |response: &Response| {
        let lines =
            response.values("access-control-allow-methods").map(|value| String::from_utf8_lossy(value).into_owned());
        lines.collect::<Vec<_>>()
    };
    assert_eq!(methods(&scene(Response::new(200))), ["PUT"]);
    assert_eq!(methods(&scene(Response::new(200).header("Access-Control-Allow-Methods", "GET"))), ["GET"]);
}
