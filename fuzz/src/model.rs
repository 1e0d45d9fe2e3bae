//! The model of the browser with answers of any kind: what it lets a script read was consented to, and what it blocks is explained.

mod written;

use cors_browser::explain::Explanation;
use cors_browser::{
    Blocked, Browser, CredentialsMode, Engine, Exchange, OutgoingRequest, Response, ResponseType, Verdict,
};

use crate::assert_plain;
use written::Written;

const ENGINES: [Option<Engine>; 4] = [None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)];

/// A fetch as lines of text (`model/written.rs` has an example). Each engine runs it.
pub fn check(data: &[u8]) {
    let Some(written) = Written::read(data) else { return };
    for engine in ENGINES {
        let mut browser = engine.map_or_else(Browser::new, Browser::of);
        // Twenty redirects, and a preflight before each request; the answers come again and again.
        let mut answers = written.answers.iter().cycle().take(42);
        let transcript = browser.run(&written.page, &written.request, |_| answers.next().cloned());
        transcript.exchanges.iter().for_each(|exchange| check_sent(&exchange.request));
        match &transcript.verdict {
            Verdict::Readable(readable) if readable.response_type == ResponseType::Cors => {
                let last = transcript.exchanges.last().expect("what is read was sent");
                assert!(is_shared(last, written.credentials), "{engine:?} {transcript:#?}");
                assert!(!readable.headers.iter().any(|name| name == "set-cookie"), "{transcript:#?}");
                let preflights = transcript.exchanges.iter().filter(|exchange| exchange.request.preflight);
                for preflight in preflights {
                    assert!(is_shared(preflight, written.credentials), "{engine:?} {transcript:#?}");
                    assert!((200..300).contains(&preflight.response.status), "{engine:?} {transcript:#?}");
                }
            }
            Verdict::Blocked(blocked) => {
                let explanation = Explanation::of(&transcript).expect("what is blocked is explained");
                check_explained(blocked, &explanation, engine);
            }
            _ => {}
        }
    }
}

fn check_sent(request: &OutgoingRequest) {
    assert!(
        !request.preflight || (request.method == "OPTIONS" && !request.credentials && !request.body),
        "{request:?}"
    );
    assert!(request.url.starts_with("http://") || request.url.starts_with("https://"), "{request:?}");
    let authority = request.url.split('/').nth(2).unwrap_or_default();
    assert!(
        request.header("Cookie").is_none() && !request.url.contains('#') && !authority.contains('@'),
        "{request:?}"
    );
}

/// The CORS check, as the standard has it and nothing else: CHK-1 to CHK-4.
fn is_shared(exchange: &Exchange, credentials: CredentialsMode) -> bool {
    let one = |response: &Response, name: &str| -> Option<Vec<u8>> {
        let lines: Vec<&[u8]> = response.values(name).map(<[u8]>::trim_ascii).collect();
        (!lines.is_empty()).then(|| lines.join(&b", "[..]))
    };
    let Some(allowed) = one(&exchange.response, "access-control-allow-origin") else { return false };
    let with_credentials = credentials == CredentialsMode::Include;
    if !with_credentials && allowed == b"*" {
        return true;
    }
    exchange.request.header("Origin") == Some(&allowed)
        && (!with_credentials
            || one(&exchange.response, "access-control-allow-credentials").as_deref() == Some(b"true"))
}

fn check_explained(blocked: &Blocked, explanation: &Explanation, engine: Option<Engine>) {
    assert!(explanation.anchor().is_some() && !explanation.reason().is_empty(), "{blocked:?}");
    for text in [explanation.help(), explanation.notes(), vec![explanation.reason()]].concat() {
        assert_plain(&text);
    }
    if let Some(message) = engine.and_then(|engine| explanation.console(engine)) {
        assert!(Explanation::from_console(&message).is_some(), "{message:?} is not read back");
    }
}
