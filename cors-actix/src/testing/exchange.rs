//! A request and its answer.

use std::fmt;

use cors_browser::{HeaderLine, OutgoingRequest, Response};

use crate::finding::Status;

/// A request of a [`Browser`](super::Browser) and the app's answer. Displayed, it has a line for each of theirs:
///
/// ```
/// # use actix_web::{App, test};
/// # use cors_actix::cors_policy;
/// # use cors_actix::testing::{Browser, ScriptRequest};
/// # actix_web::rt::System::new().block_on(async {
/// let app = test::init_service(App::new().wrap(cors_policy! { origins: "*" })).await;
/// let request = ScriptRequest::new("https://api.example.com/notes");
/// let outcome = Browser::at("https://app.example.com").fetch(&app, request).await;
/// assert_eq!(outcome.exchanges()[0].to_string(), "\
/// > GET https://api.example.com/notes
/// > Origin: https://app.example.com
/// < 404 Not Found
/// < access-control-allow-origin: *
/// ");
/// # });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exchange {
    /// What was sent, with the `Cookie` line, and without `Host`.
    pub request: OutgoingRequest,
    /// What was answered, its lines in alphabetical order, without what the server adds to every answer, as `Date`.
    pub response: Response,
}

impl fmt::Display for Exchange {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { request, response } = self;
        writeln!(formatter, "> {} {}", request.method, request.url)?;
        lines(formatter, '>', &request.headers)?;
        writeln!(formatter, "< {}", Status(response.status))?;
        lines(formatter, '<', &response.headers)
    }
}

fn lines(formatter: &mut fmt::Formatter<'_>, direction: char, lines: &[HeaderLine]) -> fmt::Result {
    lines.iter().try_for_each(|line| writeln!(formatter, "{direction} {}: {}", line.name, line.value.escape_ascii()))
}
