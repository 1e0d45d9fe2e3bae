//! Sentences that only this command prints. [`cors_browser::explain`] has those about blocking.

use cors_browser::{Engine, Refusal, Transcript, is_forbidden_request_header, normalise_method};

use crate::investigation::{Investigation, Outcome};
use crate::script::Script;

/// Replaces secrets: people show reports to others.
pub(super) const HIDDEN: &str = "(hidden)";

/// Whether the value of a header is a secret.
pub(super) fn is_secret(name: &str) -> bool {
    let secret = ["Authorization", "Cookie", "Proxy-Authorization", "Set-Cookie"];
    secret.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// Why `fetch()` throws.
pub(super) fn refused(refusal: &Refusal) -> String {
    match refusal {
        Refusal::UrlInvalid { url } => format!("fetch() throws: {url:?} is no URL"),
        Refusal::UrlWithCredentials { .. } => {
            "fetch() throws: the address has a user name or password in it; send Authorization instead".to_owned()
        }
        Refusal::MethodInvalid { method } => format!("fetch() throws: {method:?} is no method"),
        Refusal::MethodForbidden { method } => format!("fetch() throws: no script may send the method {method}"),
        Refusal::HeaderInvalid { line } => {
            let value = String::from_utf8_lossy(&line.value);
            format!("fetch() throws: {:?} with the value {value:?} is no header", line.name)
        }
        Refusal::BodyWithGet { method } => format!("fetch() throws: a {method} has no body"),
        other => format!("fetch() throws: {other}"),
    }
}

/// Why the last request was not sent.
pub(super) fn withheld(transcript: &Transcript) -> String {
    let method = transcript.unanswered.as_ref().map_or("", |request| &request.method);
    match transcript.exchanges.iter().any(|exchange| exchange.request.preflight) {
        true => format!(
            "the preflight allows the {method}, which may change something and was not sent; its answer decides whether the \
             page may read it"
        ),
        false => format!("a {method} may change something, so it was not sent; it needs no preflight"),
    }
}

/// For a paste that is only a preflight.
pub(super) fn made_up(transcript: &Transcript) -> String {
    let method = transcript.unanswered.as_ref().map_or("", |request| &request.method);
    format!(
        "the server allows the preflight; the paste does not contain the whole {method} after it, so it was not sent"
    )
}

pub(super) const COPY_THE_REQUEST: &str =
    "if the page is blocked all the same, copy the row of the request itself, not that of OPTIONS";

pub(super) const SEND: &str = "add --send to send it";

pub(super) fn not_recorded(transcript: &Transcript) -> String {
    let what =
        transcript.unanswered.as_ref().map_or(String::new(), |request| format!("{} {}", request.method, request.url));
    format!("the recording has no answer to {what}")
}

/// A server may refuse a larger body with an error without CORS headers.
pub(super) fn sent_body(script: &Script, transcript: &Transcript) -> Option<String> {
    let last = &transcript.exchanges.last()?.request;
    let takes_body = ["POST", "PUT", "PATCH"].contains(&last.method.as_str());
    let bytes = script.asked.body.as_ref().filter(|_| last.body).map_or(0, String::len);
    let body = match bytes {
        0 => "no body".to_owned(),
        1 => "a body of 1 byte".to_owned(),
        _ => format!("a body of {bytes} bytes"),
    };
    takes_body.then(|| {
        format!(
            "the {} was sent with {body}; a server may refuse a larger one by 413, often without headers of CORS",
            last.method
        )
    })
}

/// The differences between the browsers, and from the standard.
pub(super) fn of_engines(investigation: &Investigation) -> Vec<String> {
    let names = |outcome: Outcome| -> Vec<&str> {
        let with = investigation.engines.iter().filter(|(_, other)| *other == outcome);
        with.map(|(engine, _)| browser(*engine)).collect()
    };
    let (blocking, reading) = (names(Outcome::Blocked), names(Outcome::Readable));
    let differing = (!blocking.is_empty() && !reading.is_empty())
        .then(|| format!("blocked by {}, readable in {}", blocking.join(" and "), reading.join(" and ")));
    let letter = investigation.by_the_letter.as_ref().map(|explanation| {
        let statement = explanation.statement().unwrap_or_default();
        format!("the standard forbids what browsers permit ({statement}): {}", explanation.reason())
    });
    differing.into_iter().chain(letter).collect()
}

pub(super) fn browser(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "Chrome",
        Engine::Firefox => "Firefox",
        Engine::WebKit => "Safari",
    }
}

/// Headers that the script cannot set.
pub(super) fn dropped(script: &Script) -> Vec<String> {
    let forbidden = |(name, value): &&(String, String)| is_forbidden_request_header(name, value.as_bytes());
    let names = script.asked.headers.iter().filter(forbidden);
    names.map(|(name, _)| format!("no script can set {name}: browsers drop it, and so does why")).collect()
}

/// The command that sends the same request to the server.
pub(super) fn command(script: &Script) -> String {
    let asked = &script.asked;
    let mut words = vec!["why".to_owned(), quoted(&asked.url), "--from".to_owned(), quoted(script.page.origin())];
    if let Some(method) = &asked.method {
        words.extend(["-X".to_owned(), quoted(&normalise_method(method))]);
    }
    for (name, value) in &asked.headers {
        let value = if is_secret(name) { HIDDEN } else { value };
        words.extend(["-H".to_owned(), quoted(&format!("{name}: {value}"))]);
    }
    if script.credentials {
        words.push("--credentials".to_owned());
    }
    words.join(" ")
}

/// Quotes a word for a shell, so that no text of a recording or of a copied command is a command.
fn quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

pub(super) fn engine(engine: Engine) -> &'static str {
    match engine {
        Engine::Chromium => "chromium",
        Engine::Firefox => "firefox",
        Engine::WebKit => "webkit",
    }
}
