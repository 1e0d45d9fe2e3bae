//! The rehearsal: answers of the servers to the model of the browser.
//!
//! They come from copies, so that no handler of the real API runs before the visitor presses a button.

use actix_web::{
    cookie::Cookie,
    http::{Method, Uri, header},
};
use cors_browser::{HeaderLine, OutgoingRequest, Response};

use cors_example_ports::Bound;

/// Pairs of an origin and the address of its copy.
pub(crate) struct Rehearsal(Vec<(String, String)>);

impl Rehearsal {
    /// Returns the copies of an API and of its proxy, which both pages have.
    pub(crate) fn between(pages: [&Bound; 2], api: &Bound, [api_copy, proxy_copy]: &[Bound; 2]) -> Self {
        // An address instead of a name, which some machines resolve differently.
        let address = |copy: &Bound| format!("http://127.0.0.1:{}", copy.port);
        let pages = pages.map(|page| (page.origin(), address(proxy_copy)));
        Self(pages.into_iter().chain([(api.origin(), address(api_copy))]).collect())
    }

    /// Returns the address in the copy for this URL; `None` for URLs of other servers.
    fn place(&self, url: &Uri) -> Option<String> {
        let origin = format!("{}://{}", url.scheme_str()?, url.authority()?);
        let (_, copy) = self.0.iter().find(|(real, _)| *real == origin)?;
        Some(format!("{copy}{}", url.path_and_query()?))
    }
}

/// The cookies of `localhost`, which are the same for all ports.
#[derive(Default)]
pub(crate) struct Cookies(Vec<(String, String)>);

impl Cookies {
    fn line(&self) -> Option<HeaderLine> {
        let pairs: Vec<_> = self.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| HeaderLine::new("Cookie", pairs.join("; ")))
    }

    fn keep(&mut self, line: &str) {
        if let Ok(cookie) = Cookie::parse(line) {
            self.0.retain(|(name, _)| name != cookie.name());
            self.0.push((cookie.name().to_owned(), cookie.value().to_owned()));
        }
    }
}

/// Returns the complete answer of the copy; `None` if there is no copy, or no answer.
pub(crate) async fn exchange(
    client: &awc::Client,
    rehearsal: &Rehearsal,
    cookies: &mut Cookies,
    outgoing: &OutgoingRequest,
    body: Option<&str>,
) -> Option<Response> {
    let url: Uri = outgoing.url.parse().ok()?;
    let method = Method::from_bytes(outgoing.method.as_bytes()).ok()?;
    let host = url.authority()?.to_string();
    let mut request = client.request(method, rehearsal.place(&url)?).insert_header((header::HOST, host));
    let cookie = cookies.line().filter(|_| outgoing.credentials);
    for line in outgoing.headers.iter().chain(&cookie) {
        request = request.append_header((line.name.as_str(), line.value.as_slice()));
    }
    let body = body.filter(|_| outgoing.body).unwrap_or_default();
    let answer = request.send_body(body.to_owned()).await.ok()?;

    let mut response = Response::new(answer.status().as_u16());
    for (name, value) in answer.headers() {
        if *name == header::SET_COOKIE && outgoing.credentials {
            cookies.keep(&String::from_utf8_lossy(value.as_bytes()));
        }
        response = response.header(name.as_str(), value.as_bytes());
    }
    Some(response)
}
