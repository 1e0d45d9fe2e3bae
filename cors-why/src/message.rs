//! A message of the console. The message decides the verdict; the report adds what the server answers now.

use cors_browser::At;
use cors_browser::explain::{Cause, Explanation};

use crate::arguments::Arguments;
use crate::ask;
use crate::mistake::Mistake;
use crate::report::Report;
use crate::script::{Asked, Script, page};

pub(crate) fn report(text: &str, arguments: &Arguments) -> Result<Report, Mistake> {
    let explanation = Explanation::from_console(text).ok_or_else(unknown)?;
    let explanation = match &arguments.from {
        Some(from) => explanation.of_page(&page(from)?),
        None => explanation,
    };
    let mut said = Report::of_message(&explanation, arguments.engine());
    let Some(asked) = asked(&explanation, text, arguments) else {
        if explanation.url().is_some() && explanation.page_origin().is_none() {
            said.note("the message does not name the page; with --from and its origin, why asks the server too");
        }
        return Ok(said);
    };
    let is_option_wrong = !asked.mistakes.is_empty();
    match Script::new(asked, arguments) {
        Ok(script) => Ok(said.beside(ask(&script, arguments)?)),
        Err(mistake) if is_option_wrong => Err(mistake),
        // A page that was cut off, or invented, cannot be asked for.
        Err(mistake) => {
            said.note(format!("the server was not asked: {}", mistake.on_one_line()));
            Ok(said)
        }
    }
}

fn unknown() -> Mistake {
    Mistake::new(
        "this is not a message with which a browser blocks; look in the console for a line with \"blocked by CORS policy\" (Chrome, Edge), \
         \"Cross-Origin Request Blocked\" (Firefox) or \"access control checks\" (Safari)",
    )
}

/// The blocked request, as far as the message shows it. `None` if the address or the page is missing, or if it is not about CORS.
fn asked(explanation: &Explanation, text: &str, arguments: &Arguments) -> Option<Asked> {
    let is_unknown = matches!(explanation.cause(), Cause::NoAnswer | Cause::ErrorStatus | Cause::SaidElsewhere);
    let decides = explanation.statement().is_some() || is_unknown;
    let page = arguments.from.as_deref().or(explanation.page_origin());
    let url = explanation.redirected_from().or(explanation.url()).filter(|url| url.starts_with("http"));
    let (url, page) = (url.filter(|_| decides)?, page?);
    let mut asked = arguments.asked(url.to_owned());
    asked.page = Some(page.to_owned());
    let needs = matches!(explanation.cause(), Cause::WildcardWithCredentials | Cause::AllowCredentialsNotTrue);
    asked.credentials = Some(arguments.credentials || needs);
    if !arguments.says_request() {
        asked.method = explanation.method().map(str::to_owned).or_else(|| method_beside(url, text));
        if explanation.cause() == Cause::HeaderNotAllowed {
            asked.add_unknown(explanation.header().unwrap_or_default());
        }
        asked.is_made_up = explanation.at() == Some(At::Preflight);
        // Any request with a preflight will do, and most of them send JSON.
        if asked.is_made_up && asked.method.is_none() && asked.headers.is_empty() {
            asked.method = Some("POST".to_owned());
            asked.headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
        }
    }
    Some(asked)
}

/// The line beside the message: `PUT https://api.example.com/ net::ERR_FAILED`.
fn method_beside(url: &str, text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_row = |three: &&[&str]| three[1] == url && three[2].starts_with("net::ERR_");
    let row = words.windows(3).find(is_row)?;
    row[0].bytes().all(|byte| byte.is_ascii_uppercase()).then(|| row[0].to_owned())
}
