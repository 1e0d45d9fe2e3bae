//! Explanations for initiators other than scripts: which line of HTML or CSS to change.

use cors_browser::explain::Explanation;
use cors_browser::{
    Body, Browser, CredentialsMode, EmbedderPolicy, Engine, InitiatorType, Loss, Mode, Response, ScriptRequest,
};

use super::scenes::{APP, page};
use super::texts::assert_texts;

const URL: &str = "https://cdn.example.com/a";
const ORIGIN: &str = "Access-Control-Allow-Origin";

fn of(initiator: InitiatorType) -> ScriptRequest {
    ScriptRequest::of(initiator, URL)
}

fn explain(request: &ScriptRequest, lines: &[(&str, &str)]) -> String {
    let transcript = Browser::new().run(&page(APP), request, |_| {
        lines.iter().fold(Response::new(200), |response, (name, value)| response.header(*name, *value))
    });
    Explanation::of(&transcript).expect("it is blocked").to_string()
}

#[test]
fn every_element_is_told_what_to_write() {
    let bare: &[(&str, &str)] = &[];
    let any: &[(&str, &str)] = &[(ORIGIN, "*")];
    let resource: &[(&str, &str)] = &[("Cross-Origin-Resource-Policy", "same-origin")];
    let included = "use-credentials";
    let json = of(InitiatorType::Beacon).body(Body::Blob("application/json".to_owned()));
    let events = of(InitiatorType::EventSource);
    let texts = [
        ("img crossorigin", of(InitiatorType::Image).crossorigin(""), bare),
        ("img use-credentials", of(InitiatorType::Image).crossorigin(included), any),
        ("img and a resource policy", of(InitiatorType::Image), resource),
        ("script crossorigin", of(InitiatorType::Script).crossorigin("anonymous"), bare),
        ("script use-credentials", of(InitiatorType::Script).crossorigin(included), any),
        ("module", of(InitiatorType::ModuleScript), bare),
        ("module use-credentials", of(InitiatorType::ModuleScript).crossorigin(included), any),
        ("stylesheet crossorigin", of(InitiatorType::Stylesheet).crossorigin(""), bare),
        ("video crossorigin", of(InitiatorType::Video).crossorigin(""), bare),
        ("track", of(InitiatorType::Track), bare),
        ("font", of(InitiatorType::Font), bare),
        ("mask-image", of(InitiatorType::CssShape), bare),
        ("background and a resource policy", of(InitiatorType::CssImage), resource),
        ("preload of a font", of(InitiatorType::PreloadFont).crossorigin(""), bare),
        ("EventSource", events.clone(), bare),
        ("EventSource withCredentials", events.credentials(CredentialsMode::Include), any),
        ("beacon of JSON", json.clone(), bare),
        ("beacon of JSON, for everybody", json, any),
        ("worker", of(InitiatorType::Worker), any),
        ("importScripts and a resource policy", of(InitiatorType::ImportScripts), resource),
    ];
    let texts = texts.map(|(name, request, lines)| (name, explain(&request, lines)));
    assert_texts(&texts);
}

#[test]
fn what_an_embedder_policy_blocks_is_to_be_asked_for_with_cors() {
    let page = page(APP).embedder_policy(EmbedderPolicy::RequireCorp);
    let transcript = Browser::new().run(&page, &of(InitiatorType::Image), |_| Response::new(200));
    let help = Explanation::of(&transcript).expect("it is blocked").help();
    assert_eq!(help[0], "ask with CORS, if the server allows it: write <img crossorigin>");
}

#[test]
fn a_beacon_that_arrived_loses_nothing() {
    let loss = |kind: &str, allows: bool| {
        let beacon = of(InitiatorType::Beacon).body(Body::Blob(kind.to_owned()));
        let transcript = Browser::new().run(&page(APP), &beacon, |outgoing| {
            let response = Response::new(200);
            match outgoing.preflight && allows {
                true => response
                    .header(ORIGIN, APP)
                    .header("Access-Control-Allow-Credentials", "true")
                    .header("Access-Control-Allow-Headers", "Content-Type"),
                false => response,
            }
        });
        transcript.loss()
    };
    assert_eq!(loss("text/plain", false), None);
    assert_eq!(loss("application/json", true), None);
    assert_eq!(loss("application/json", false), Some(Loss::Delivery));
}

/// The names that Chromium 156 was seen to print.
#[test]
fn chromium_calls_what_asks_by_these_names() {
    for (initiator, name, read) in [
        (InitiatorType::Stylesheet, "CSS stylesheet", InitiatorType::Stylesheet),
        (InitiatorType::Video, "video", InitiatorType::Video),
        (InitiatorType::Audio, "audio", InitiatorType::Audio),
        (InitiatorType::Track, "text track", InitiatorType::Track),
        (InitiatorType::Preload, "link element resource", InitiatorType::Preload),
        (InitiatorType::PreloadFont, "font", InitiatorType::Font),
        (InitiatorType::ModuleScript, "script", InitiatorType::Script),
        (InitiatorType::CssShape, "image", InitiatorType::Image),
        (InitiatorType::EventSource, "resource", InitiatorType::Other),
        (InitiatorType::Beacon, "resource", InitiatorType::Other),
    ] {
        let request = of(initiator).crossorigin("anonymous").body(Body::None);
        let transcript =
            Browser::of(Engine::Chromium).run(&page(APP), &request.mode(Mode::Cors), |_| Response::new(200));
        let text = Explanation::of(&transcript).and_then(|explanation| explanation.console(Engine::Chromium));
        let text = text.expect("a message");
        assert!(text.starts_with(&format!("Access to {name} at '{URL}' from origin ")), "{initiator:?}: {text}");
        assert_eq!(Explanation::from_console(&text).expect("a message").initiator(), read);
    }
}
