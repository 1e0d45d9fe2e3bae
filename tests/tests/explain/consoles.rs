//! What explanations say that engines print, against what they printed.

use std::collections::BTreeMap;

use cors_core::browser::Engine;
use cors_core::browser::explain::Explanation;
use serde::Deserialize;

use crate::servers::{Blocked, play, situations};

/// What each engine printed, of several messages the first that is about the request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    situation: String,
    #[serde(flatten)]
    engines: BTreeMap<String, Option<String>>,
}

/// Situation, engine, and why no text is made or another.
const EXCEPTIONS: &[(&str, &str, &str)] = &[];

const ENGINES: [(&str, Engine); 3] =
    [("chromium", Engine::Chromium), ("firefox", Engine::Firefox), ("webkit", Engine::WebKit)];

/// Calls with each situation that an engine blocked, what the explanation of the model's verdict is, and what the engine printed.
fn each(mut check: impl FnMut(&str, (&str, Engine), Option<Blocked>, Option<String>)) {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../data/explain/consoles.json")).expect("a table");
    assert_eq!(rows.len(), 100, "the table has lost or gained rows");
    let situations = situations();
    for Row { situation, engines } in &rows {
        let played = situations.iter().find(|other| other["situation"] == situation.as_str()).expect("a situation");
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

fn is_exception(situation: &str, engine: &str) -> bool {
    EXCEPTIONS.iter().any(|(name, of, _)| (*name, *of) == (situation, engine))
}

#[test]
fn explanations_quote_what_the_engines_printed() {
    let (mut wrong, mut equal) = (Vec::new(), 0);
    each(|situation, (name, engine), blocked, printed| {
        let made = blocked.and_then(|blocked| blocked.explanation.console(engine));
        match made == printed && made.is_some() {
            true => equal += 1,
            false => wrong.push((situation.to_owned(), name.to_owned(), made, printed)),
        }
    });
    wrong.retain(|(situation, engine, ..)| !is_exception(situation, engine));
    assert!(
        wrong.is_empty(),
        "{} differ\n{}",
        wrong.len(),
        wrong.iter().map(|row| format!("{row:#?}\n")).collect::<String>()
    );
    assert_eq!(equal, 0);
}

#[test]
fn what_is_quoted_is_read_as_the_same_cause() {
    let mut read = 0;
    each(|situation, (name, engine), blocked, _| {
        let Some(Blocked { explanation, .. }) = blocked else { return };
        let Some(text) = explanation.console(engine) else { return };
        let again = Explanation::from_console(&text).expect("a cause");
        assert_eq!(again.cause(), explanation.cause(), "{situation} in {name}: {text}");
        read += 1;
    });
    assert_eq!(read, 0);
}
