//! The whole texts of explanations, in `data/explain/texts.txt`: `==` and a name, then the text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cors_browser::explain::{Cause, Explanation};
use cors_browser::{CredentialsMode, ScriptRequest};
use cors_core::{Policy, PolicyDraft, RuleDraft};

use super::scenes::{APP, NOTES, Scene, ask, get, of_origins, of_preflights, of_the_rest, page};

fn expected() -> BTreeMap<&'static str, &'static str> {
    let sections = include_str!("../../data/explain/texts.txt").split("== ").skip(1);
    sections
        .map(|section| section.split_once('\n').expect("a text"))
        .map(|(name, text)| (name, text.trim_end()))
        .collect()
}

/// Compares all texts, and prints all differences.
pub(crate) fn assert_texts(found: &[(&str, String)]) {
    let expected = expected();
    assert_eq!(expected.len(), 115, "the table has lost or gained texts");
    let mut wrong = String::new();
    for (name, text) in found {
        if expected.get(name) != Some(&text.as_str()) {
            let _ = write!(wrong, "== {name}\n{text}\n\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

pub(crate) fn all() -> Vec<Scene> {
    [of_origins(), of_preflights(), of_the_rest()].into_iter().flatten().collect()
}

#[test]
fn every_reason_is_explained_with_the_headers_to_send() {
    let scenes = all();
    let texts: Vec<_> = scenes.iter().map(|scene| (scene.name, scene.explanation().to_string())).collect();
    assert_texts(&texts);
    let mut codes: Vec<&str> = scenes.iter().map(|scene| scene.blocked().reason.code()).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 20, "a reason of the model has no scene: {codes:?}");
}

#[test]
fn statement_and_anchor_are_those_of_the_reason() {
    for scene in all() {
        let (explanation, reason) = (scene.explanation(), &scene.blocked().reason);
        assert_eq!(explanation.statement(), Some(reason.statement()), "{}", scene.name);
        assert_eq!(explanation.anchor(), Some(reason.anchor()), "{}", scene.name);
        assert_eq!(explanation.at(), Some(scene.blocked().at), "{}", scene.name);
        let refined = [Cause::SeveralAllowedOrigins, Cause::PreflightRedirected].contains(&explanation.cause());
        assert!(refined || explanation.cause().code() == reason.code(), "{}", scene.name);
    }
}

fn policy(draft: PolicyDraft) -> Policy {
    draft.validate().expect("a policy")
}

fn app() -> PolicyDraft {
    PolicyDraft::new().origins([APP])
}

/// Returns the explanation for a request to a server with this policy.
fn under(policy: &Policy, origin: &str, request: &ScriptRequest) -> String {
    let explanation = Explanation::of(&ask(policy, &page(origin), request)).expect("it is blocked");
    explanation.with_policy(policy).to_string()
}

#[test]
fn what_a_policy_denies_is_explained_with_what_to_write_in_it() {
    let include = CredentialsMode::Include;
    let put = get(NOTES).method("PUT").header("X-Token", "7");
    let two = policy(PolicyDraft::new().rules([
        RuleDraft::new().origins(["https://admin.example.com"]).credentials(true).methods(["PUT"]),
        RuleDraft::new().origins([APP]).max_age("1h"),
    ]));
    let all = policy(PolicyDraft::new().origins("*").expose_headers("*"));
    let plain = policy(app());
    let intranet = policy(PolicyDraft::new().origins([APP, "http://app.example.com"]));
    let texts = [
        ("policy: an origin", under(&plain, "https://shop.example", &get(NOTES))),
        ("policy: a near origin", under(&plain, "https://app.example.com:8443", &get(NOTES))),
        (
            "policy: an origin and all that the request needs",
            under(&plain, "https://shop.example", &put.clone().credentials(include)),
        ),
        ("policy: null", under(&plain, "null", &get(NOTES))),
        ("policy: null with credentials", under(&plain, "null", &get(NOTES).credentials(include))),
        ("policy: http with credentials", under(&plain, "http://app.example.com", &get(NOTES).credentials(include))),
        ("policy: credentials", under(&plain, APP, &get(NOTES).credentials(include))),
        ("policy: credentials beside http", under(&intranet, APP, &get(NOTES).credentials(include))),
        ("policy: a method and a header", under(&plain, APP, &put)),
        ("policy: a method of another case", under(&plain, APP, &get(NOTES).method("patch"))),
        ("policy: a rule", under(&two, APP, &put)),
        ("policy: the last rule", under(&two, "https://shop.example", &get(NOTES))),
        ("policy: credentials for all", under(&all, APP, &get(NOTES).credentials(include))),
    ];
    assert_texts(&texts);
}

#[test]
fn an_answer_that_the_policy_did_not_make_is_said_to_be_foreign() {
    let policy = policy(app().methods(["PUT"]).credentials(true));
    for scene in of_origins().iter().chain(&of_preflights()) {
        let explanation = scene.explanation().with_policy(&policy);
        if scene.transcript.page.origin() != APP || scene.name == "a redirect to a third origin" {
            assert_eq!(explanation.policy_allows(), Some(false), "{}", scene.name);
        }
    }
    let foreign = [
        ("no header", "foreign: no header"),
        ("two lines", "foreign: two lines"),
        ("a preflight refused by authentication", "foreign: authentication"),
        ("a preflight refused with headers", "foreign: a status"),
    ];
    let texts = foreign.map(|(scene, name)| {
        let scene = all().into_iter().find(|other| other.name == scene).expect("a scene");
        let explanation = scene.explanation().with_policy(&policy);
        assert_eq!(explanation.policy_allows(), Some(true), "{name}");
        (name, explanation.to_string())
    });
    assert_texts(&texts);
}

#[test]
fn messages_of_consoles_are_explained_as_far_as_they_say() {
    let blocked = "Access to fetch at 'https://api.example.com/notes' from origin 'https://app.example.com' has been blocked by CORS \
                   policy: ";
    let firefox = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                   https://api.example.com/notes. (Reason: ";
    let plain = policy(app());
    let text = |message: String| Explanation::from_console(&message).expect("an explanation").to_string();
    let of_method =
        format!("{blocked}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.");
    let texts = [
        ("message: chromium", text(format!("{blocked}No 'Access-Control-Allow-Origin' header is present on the requested resource."))),
        ("message: chromium, a method", text(of_method.clone())),
        (
            "message: chromium, a method and a policy",
            Explanation::from_console(&of_method).expect("an explanation").with_policy(&plain).to_string(),
        ),
        (
            "message: chromium, an address in parentheses",
            text("Failed to load resource: net::ERR_CONNECTION_REFUSED (http://localhost:8108/recipes)".to_owned()),
        ),
        ("message: firefox", text(format!("{firefox}CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 401."))),
        ("message: firefox, a method", text(format!("{firefox}Did not find method in CORS header ‘Access-Control-Allow-Methods’)."))),
        ("message: firefox, no answer", text(format!("{firefox}CORS request did not succeed). Status code: (null)."))),
        (
            "message: firefox, a redirected preflight",
            text(format!("{firefox}CORS preflight response did not succeed). Status code: 301.")),
        ),
        ("message: webkit", text("Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 200".to_owned())),
        ("message: webkit, several", text("Access-Control-Allow-Origin cannot contain more than one origin.".to_owned())),
        ("message: nothing but failure", text("TypeError: Failed to fetch".to_owned())),
        ("message: a status", text("Failed to load resource: the server responded with a status of 404 (Not Found)".to_owned())),
        ("message: a port", text("Not allowed to use restricted network port 6667: http://api.example.com:6667/".to_owned())),
        (
            "message: the local network",
            text(format!("{blocked}Permission was denied for this request to access the `loopback` address space.")),
        ),
        (
            "message: a cookie",
            text("Cookie “id” will soon be rejected because it is foreign and does not have the “Partitioned“ attribute.".to_owned()),
        ),
    ];
    assert_texts(&texts);
}

#[test]
fn what_a_message_does_not_say_is_not_looked_up_in_the_policy() {
    let message = "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at \
                   https://api.example.com/x. (Reason: Did not find method in CORS header \u{2018}Access-Control-Allow-Methods\u{2019}).";
    let explanation = Explanation::from_console(message).expect("a message of Firefox").of_page(&page(APP));
    let policy = PolicyDraft::new().origins([APP]).validate().expect("a policy");
    assert_eq!(explanation.cause(), Cause::MethodNotAllowed);
    assert_eq!(explanation.with_policy(&policy).policy_allows(), None);
}

#[test]
fn what_is_cut_off_is_not_taken_for_null() {
    let message = "The 'Access-Control-Allow-Origin' header contains the invalid value ''.";
    let explanation = Explanation::from_console(message).expect("a message of Chromium");
    assert_eq!((explanation.origin(), explanation.warning()), (None, None));
}

#[test]
fn a_value_at_the_end_of_a_message_may_be_empty() {
    let message = "Header Access-Control-Allow-Headers has an invalid value: ";
    let explanation = Explanation::from_console(message).expect("a message of WebKit");
    assert_eq!((explanation.cause(), explanation.value()), (Cause::PreflightListMalformed, None));
}

#[test]
fn what_other_headers_block_is_not_said_to_be_a_resource_policy() {
    for (code, expected) in [
        ("", Cause::SaidElsewhere),
        (".NotSameOriginAfterDefaultedToSameOriginByCoep", Cause::EmbedderPolicy),
        (".NotSameSite", Cause::ResourcePolicy),
    ] {
        let message = format!("Failed to load resource: net::ERR_BLOCKED_BY_RESPONSE{code}");
        let cause = Explanation::from_console(&message).map(|explanation| explanation.cause());
        assert_eq!(cause, Some(expected), "{message}");
    }
}
