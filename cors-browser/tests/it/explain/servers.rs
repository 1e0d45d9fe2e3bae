//! The recorded situations, replayed with the model of an engine.

use cors_browser::explain::Explanation;
use cors_browser::{
    Body, Browser, CredentialsMode, Engine, InitiatorType, Mode, Page, RedirectMode, Response, ScriptRequest,
};
use serde_json::Value;

/// A situation whose last step was blocked.
pub(crate) struct Blocked {
    pub(crate) explanation: Explanation,
    /// The URLs that `{URL}` and `{URL2}` stand for.
    pub(crate) urls: [String; 2],
}

/// Returns the situations.
pub(crate) fn situations() -> Vec<Value> {
    serde_json::from_str(include_str!("../../data/situations.json")).expect("a table")
}

/// Plays a situation; `None` if CORS does not block the last step.
pub(crate) fn play(situation: &Value, engine: Engine) -> Option<Blocked> {
    let (mut browser, mut answered, mut last) = (Browser::of(engine), 0, None);
    let url = format!("http://{}/api", text(&situation["host"]).expect("a host"));
    for step in situation["steps"].as_array().expect("steps").iter().filter(|step| step["init"].is_object()) {
        let page = text(&step["page"]).map_or_else(Page::opaque, |page| Page::at(page).expect("a URL"));
        let initiator = match text(&step["by"]).expect("an initiator") {
            "xhr" => InitiatorType::XmlHttpRequest,
            "script" => InitiatorType::Script,
            "import" => InitiatorType::ModuleScript,
            "img" => InitiatorType::Image,
            "font" => InitiatorType::Font,
            "es" => InitiatorType::EventSource,
            _ => InitiatorType::Fetch,
        };
        let request = request(&step["init"], initiator, &url);
        let mut second = None;
        let transcript = browser.run(&page, &request, |outgoing| {
            let origin = outgoing.header("Origin").map(|origin| String::from_utf8_lossy(origin).into_owned());
            let is_second = outgoing.url.ends_with("?hop=2");
            let side = if is_second { &situation["second_hop"] } else { &situation["server"] };
            if outgoing.preflight {
                return response(&side["preflight"], 204, origin.as_deref(), false);
            }
            let answers = side["actual"].as_array().expect("answers");
            let answer = answers.get(answered).or(answers.last()).expect("an answer");
            answered += 1;
            let response = response(answer, 200, origin.as_deref(), situation["second_hop"].is_object());
            let location = response.headers.iter().find(|line| line.name == "Location");
            second = location.map(|line| String::from_utf8_lossy(&line.value).into_owned()).or(second.take());
            response
        });
        let urls = [url.clone(), second.unwrap_or_default()];
        last = Explanation::of(&transcript).map(|explanation| Blocked { explanation, urls });
    }
    last
}

fn text(value: &Value) -> Option<&str> {
    value.as_str()
}

fn request(init: &Value, initiator: InitiatorType, url: &str) -> ScriptRequest {
    let request = ScriptRequest::of(initiator, url);
    let request = text(&init["crossorigin"]).into_iter().fold(request, ScriptRequest::crossorigin);
    let request = match text(&init["credentials"]) {
        Some("omit") => request.credentials(CredentialsMode::Omit),
        Some("include") => request.credentials(CredentialsMode::Include),
        _ if init["withCredentials"] == true => request.credentials(CredentialsMode::Include),
        _ => request,
    };
    let request = match text(&init["mode"]) {
        Some("no-cors") => request.mode(Mode::NoCors),
        Some("same-origin") => request.mode(Mode::SameOrigin),
        _ => request,
    };
    let redirect = match text(&init["redirect"]) {
        Some("error") => RedirectMode::Error,
        Some("manual") => RedirectMode::Manual,
        _ => RedirectMode::Follow,
    };
    let body = match (text(&init["blob"]), text(&init["body"])) {
        (Some(kind), _) => Body::Blob(kind.to_owned()),
        (None, Some(_)) => Body::Text,
        (None, None) => Body::None,
    };
    let request = request
        .method(text(&init["method"]).unwrap_or("GET"))
        .redirect(redirect)
        .body(body)
        .upload_listeners(init["upload"] == true);
    let headers = init["headers"].as_array().into_iter().flatten();
    headers.fold(request, |request, line| {
        request.header(text(&line[0]).expect("a name"), text(&line[1]).expect("a value"))
    })
}

fn response(answer: &Value, usual_status: u16, origin: Option<&str>, leads_on: bool) -> Response {
    let status = answer[0].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or(usual_status);
    let lines = answer[1].as_array().into_iter().flatten();
    lines.fold(Response::new(status), |response, line| {
        let (name, value) = (text(&line[0]).expect("a name"), text(&line[1]).expect("a value"));
        let mut value = value.replace("@ORIGIN@", origin.unwrap_or("@ORIGIN@"));
        if name == "Location" && leads_on {
            value.push_str("?hop=2");
        }
        response.header(name, value)
    })
}
