//! The console messages of explanations, compared with the messages that engines printed.

use std::collections::BTreeMap;

use cors_browser::Engine;
use cors_browser::explain::{Cause, Explanation};
use serde::Deserialize;

use super::servers::{Blocked, play, situations};

/// The message of each engine; of several messages, the first about the request.
#[derive(Debug, Deserialize)]
struct Row {
    situation: String,
    #[serde(flatten)]
    engines: BTreeMap<String, Option<String>>,
}

/// Situations about something other than CORS, and what they are about.
const OUT_OF_SCOPE: [(&str, &str); 9] = [
    ("bad-port", "blocked ports come before CORS"),
    ("preflight-connection-reset", "no answer comes, so no verdict is explained"),
    ("no-vary-two-origins-echo", HTTP_CACHE),
    ("no-vary-no-cors-then-cors", HTTP_CACHE),
    ("no-vary-cross-site-pages", HTTP_CACHE),
    ("csp-public-to-loopback", LOCAL_NETWORK),
    ("csp-public-to-loopback-put", LOCAL_NETWORK),
    ("csp-public-to-loopback-put-acapn", LOCAL_NETWORK),
    ("csp-public-targetAddressSpace-loopback", LOCAL_NETWORK),
];
const HTTP_CACHE: &str = "the HTTP cache answers in place of the server";
const LOCAL_NETWORK: &str = "Chromium asks for permission to reach the local network before CORS begins";

/// The situation, the engine, and the reason for another text.
const EXCEPTIONS: [(&str, &str, &str); 2] = [
    ("same-origin-mode-cross", "firefox", "it prints the address of the page, of which only the origin is known"),
    ("etag-304-acao-mismatch-in-304", "webkit", "it prints the status of what the HTTP cache held"),
];

const ENGINES: [(&str, Engine); 3] =
    [("chromium", Engine::Chromium), ("firefox", Engine::Firefox), ("webkit", Engine::WebKit)];

/// Calls `check` with each situation that an engine blocked: the explanation of the model's verdict, and the engine's
/// message.
fn each(mut check: impl FnMut(&str, (&str, Engine), Option<Blocked>, Option<String>)) {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../data/explain/consoles.json")).expect("a table");
    assert_eq!(rows.len(), 100, "the table has lost or gained rows");
    let situations = situations();
    for Row { situation, engines } in &rows {
        if OUT_OF_SCOPE.iter().any(|(name, _)| name == situation) {
            continue;
        }
        let played = situations.iter().find(|other| other["name"] == situation.as_str()).expect("a situation");
        for (name, printed) in engines {
            let engine = ENGINES.into_iter().find(|(other, _)| other == name).expect("an engine");
            let blocked = play(played, engine.1);
            let printed = printed.as_ref().map(|text| match &blocked {
                Some(Blocked { urls: [first, second], .. }) => text.replace("{URL2}", second).replace("{URL}", first),
                None => text.clone(),
            });
            check(situation, engine, blocked, printed);
        }
    }
}

#[test]
fn explanations_quote_what_the_engines_printed() {
    let (mut wrong, mut equal) = (Vec::new(), 0);
    each(|situation, (name, engine), blocked, printed| {
        let made = blocked.and_then(|blocked| blocked.explanation.console(engine));
        if made != printed {
            wrong.push((situation.to_owned(), name.to_owned(), made, printed));
        } else if made.is_some() {
            equal += 1;
        }
    });
    let is_exception =
        |situation: &str, engine: &str| EXCEPTIONS.iter().any(|(name, of, _)| (*name, *of) == (situation, engine));
    assert_eq!(
        wrong.iter().filter(|(situation, engine, ..)| is_exception(situation, engine)).count(),
        EXCEPTIONS.len()
    );
    wrong.retain(|(situation, engine, ..)| !is_exception(situation, engine));
    assert!(wrong.is_empty(), "{} differ\n{wrong:#?}", wrong.len());
    assert_eq!(equal, 262);
}

/// Returns the cause in the engine's text, if the text is less exact than the verdict.
fn as_said(engine: Engine, cause: Cause, text: &str) -> Cause {
    match (engine, cause) {
        (Engine::WebKit, _) if text.contains("is not allowed by Access-Control-Allow-Origin") => {
            Cause::OriginNotAllowed
        }
        (Engine::WebKit, _) if text.contains("Preflight response is not successful") => match text.contains(": 30") {
            true if !text.ends_with("304") => Cause::PreflightRedirected,
            _ => Cause::PreflightStatus,
        },
        (Engine::Firefox, Cause::RedirectWithCredentialsInUrl) => Cause::NoAnswer,
        _ => cause,
    }
}

#[test]
fn what_is_quoted_is_read_as_the_same_cause() {
    let mut read = 0;
    each(|situation, (name, engine), blocked, _| {
        let Some(Blocked { explanation, .. }) = blocked else { return };
        let Some(text) = explanation.console(engine) else { return };
        let again = Explanation::from_console(&text).expect("a cause");
        let context = format!("{situation} in {name}: {text}");
        assert_eq!(again.cause(), as_said(engine, explanation.cause(), &text), "{context}");
        let same = |found: Option<&str>, known: Option<&str>| {
            found.is_none() || found.map(str::to_ascii_lowercase) == known.map(str::to_ascii_lowercase)
        };
        assert!(same(again.url(), explanation.url()), "{context}: {:?}", again.url());
        assert!(same(again.origin(), explanation.origin()), "{context}: {:?}", again.origin());
        assert!(same(again.method(), explanation.method()), "{context}: {:?}", again.method());
        assert!(same(again.header(), explanation.header()), "{context}: {:?}", again.header());
        // Firefox prints only the part of a list that is wrong.
        let value = explanation.value().unwrap_or_default();
        assert!(value.contains(again.value().unwrap_or_default()), "{context}: {:?}", again.value());
        read += 1;
    });
    assert_eq!(read, 263);
}
