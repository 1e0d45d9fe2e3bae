//! Differences between engines and the standard that generated pairs showed: a test for each.

mod answers;
mod redirects;
mod remembered;
mod requests;

use cors_browser::{Browser, Engine, OutgoingRequest, Page, Response, ScriptRequest, Transcript, Verdict};

const PAGE: &str = "https://app.example.com";
const API: &str = "https://api.example.com";
const OTHER: &str = "https://other.example.com";

/// What several requests of a script, one after the other, caused.
struct Run {
    sent: Vec<OutgoingRequest>,
    verdicts: Vec<Verdict>,
}

impl Run {
    fn preflights(&self) -> usize {
        self.sent.iter().filter(|request| request.preflight).count()
    }

    /// A header of the last request.
    fn last(&self, name: &str) -> Option<String> {
        let value = self.sent.last()?.header(name)?;
        Some(String::from_utf8_lossy(value).into_owned())
    }

    /// The reason of the last verdict, or `read`.
    fn end(&self) -> &'static str {
        match self.verdicts.last() {
            Some(Verdict::Blocked(blocked)) => blocked.reason.code(),
            Some(Verdict::Readable(_)) => "read",
            Some(Verdict::OpaqueRedirect) => "opaque redirect",
            Some(Verdict::Opaque) => "opaque",
            other => panic!("{other:?}"),
        }
    }

    /// The methods in order. A preflight also has what it requests.
    fn methods(&self) -> String {
        let method = |request: &OutgoingRequest| match request.header("Access-Control-Request-Method") {
            Some(asked) => format!("?{}", String::from_utf8_lossy(asked)),
            None => request.method.clone(),
        };
        self.sent.iter().map(method).collect::<Vec<_>>().join(" ")
    }
}

/// Returns what the standard, Chromium, Firefox and WebKit do, in this order.
fn all<T>(
    page: &Page,
    asks: &[ScriptRequest],
    server: impl Fn(&OutgoingRequest) -> Response,
    look: impl Fn(&Run) -> T,
) -> [T; 4] {
    [None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)].map(|engine| {
        let mut browser = engine.map_or_else(Browser::new, Browser::of);
        let mut run = Run { sent: Vec::new(), verdicts: Vec::new() };
        for ask in asks {
            let Transcript { exchanges, verdict, .. } = browser.run(page, ask, &server);
            run.sent.extend(exchanges.into_iter().map(|exchange| exchange.request));
            run.verdicts.push(verdict);
        }
        look(&run)
    })
}

fn page() -> Page {
    Page::at(PAGE).expect("a URL")
}

fn ask(method: &str) -> ScriptRequest {
    ScriptRequest::new(format!("{API}/1")).method(method)
}

/// Allows everything that these tests request.
fn consent(request: &OutgoingRequest) -> Response {
    let origin = request.header("Origin").unwrap_or_default();
    Response::new(200)
        .header("Access-Control-Allow-Origin", origin)
        .header("Access-Control-Allow-Credentials", "true")
        .header("Access-Control-Allow-Methods", "PUT, DELETE, PATCH")
        .header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-A, DPR, Save-Data, Range, Accept")
}

fn with_status(status: u16, mut response: Response) -> Response {
    response.status = status;
    response
}

/// Allows everything, and redirects with these statuses from `/1` to the second URL, and from there to the third.
fn redirects<'a>(hops: &'a [(u16, &str)]) -> impl Fn(&OutgoingRequest) -> Response + 'a {
    move |request| {
        let path = request.url.rsplit('/').next().and_then(|path| path.parse::<usize>().ok()).unwrap_or(1);
        match hops.get(path - 1) {
            Some((status, host)) if !request.preflight => {
                let location = format!("{host}/{}", path + 1);
                with_status(*status, consent(request)).header("Location", location)
            }
            _ => consent(request),
        }
    }
}
