//! Messages that three engines printed.

use cors_browser::explain::{Cause, Explanation};
use serde::Deserialize;

const URL: &str = "http://localhost:18090/api?id=7";
const SECOND: &str = "http://127.0.0.1:18091/api?id=7.2";
const ORIGIN: &str = "http://localhost:18080";

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    engine: String,
    /// The engine's name of the reason, if it has one.
    #[serde(default)]
    reason: String,
    /// With `{URL}`, `{URL2}` and `{ORIGIN}`.
    text: String,
    /// `None` if the message is not about requests.
    cause: Option<String>,
    /// Chromium's detail of the reason, which is not in the text.
    parameter: Option<String>,
}

impl Row {
    fn context(&self) -> String {
        format!("{} {}: {}", self.engine, self.reason, self.text)
    }
}

fn rows() -> Vec<Row> {
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../data/explain/messages.json")).expect("a table");
    assert_eq!(rows.len(), 146, "the table has lost or gained rows");
    rows
}

fn filled(text: &str) -> String {
    text.replace("{URL2}", SECOND).replace("{URL}", URL).replace("{ORIGIN}", ORIGIN)
}

fn cause(text: &str) -> Option<String> {
    Explanation::from_console(text).map(|explanation| format!("{:?}", explanation.cause()))
}

#[test]
fn every_recorded_message_has_its_cause() {
    for row in rows() {
        assert_eq!(cause(&filled(&row.text)), row.cause, "{}", row.context());
    }
}

#[test]
fn it_does_not_matter_how_a_message_was_copied() {
    for row in rows() {
        let text = filled(&row.text);
        let straight = text.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
        let curly = text.replace('\'', "’");
        let wrapped = text.replace(' ', "\r\n    ");
        let prefixed = format!("[Error] (index):17 {text}\n3 GET https://x.example/ net::ERR_FAILED 200 (OK)");
        for copied in [straight, curly, wrapped] {
            assert_eq!(cause(&copied), row.cause, "{copied}");
        }
        let expected = row.cause.unwrap_or_else(|| "SaidElsewhere".to_owned());
        let with_others = cause(&prefixed).unwrap_or_default();
        assert!(with_others == expected || expected == "NoAnswer", "{prefixed}: {with_others}");
    }
}

#[test]
fn addresses_and_origins_are_found_in_messages() {
    for row in rows() {
        let (text, context) = (filled(&row.text), row.context());
        let Some(explanation) = Explanation::from_console(&text) else { continue };
        let of_redirection = text.contains("Cross-origin redirection to");
        if row.text.contains("{URL2}") && !of_redirection {
            assert_eq!(explanation.url(), Some(SECOND), "{context}");
        } else if row.text.contains("{URL}") && !of_redirection {
            assert_eq!(explanation.url(), Some(URL), "{context}");
        }
        if text.contains("from origin") {
            // An equal value is refused only if the browser sent `null`.
            let origin = if explanation.value() == Some(ORIGIN) { "null" } else { ORIGIN };
            assert_eq!(explanation.origin(), Some(origin), "{context}");
        }
    }
}

#[test]
fn what_chromium_says_apart_is_found_in_its_text() {
    let mut found = 0;
    for row in rows() {
        let Some(parameter) = &row.parameter else { continue };
        let explanation = Explanation::from_console(&filled(&row.text)).expect("a cause");
        let part = match explanation.cause() {
            Cause::MethodNotAllowed => explanation.method(),
            Cause::HeaderNotAllowed => explanation.header(),
            _ => explanation.value(),
        };
        let part = part.unwrap_or_default();
        let is_header = explanation.cause() == Cause::HeaderNotAllowed;
        assert!(
            part == filled(parameter) || (is_header && part.eq_ignore_ascii_case(parameter)),
            "{}: {part}",
            row.context()
        );
        found += 1;
    }
    assert!(found > 20, "{found}");
}

#[test]
fn a_status_is_found_in_messages() {
    for (text, status) in [
        ("(Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 502.", 502),
        ("(Reason: CORS preflight response did not succeed). Status code: 401.", 401),
        ("Preflight response is not successful. Status code: 405", 405),
        ("Failed to load resource: the server responded with a status of 404 (Not Found)", 404),
    ] {
        assert_eq!(
            Explanation::from_console(text).and_then(|explanation| explanation.status()),
            Some(status),
            "{text}"
        );
    }
}

#[test]
fn what_older_versions_said_is_read_too() {
    for (text, cause) in [
        (
            "Fetch API cannot load https://api.example.com/. No 'Access-Control-Allow-Origin' header is present on the requested \
             resource. Origin 'https://app.example.com' is therefore not allowed access.",
            Cause::AllowOriginMissing,
        ),
        (
            "Access to fetch at 'https://a.example/' from origin 'https://b.example' has been blocked by CORS policy: The \
             'Access-Control-Allow-Origin' header has a value 'https://c.example' that is not equal to the supplied origin. Have the \
             server send the header with a valid value, or, if an opaque response serves your needs, set the request's mode to \
             'no-cors' to fetch the resource with CORS disabled.",
            Cause::AllowOriginMismatch,
        ),
        (
            "(Reason: missing token ‘x-token’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel).",
            Cause::HeaderNotAllowed,
        ),
        ("(Reason: CORS preflight channel did not succeed).", Cause::PreflightStatus),
        (
            "XMLHttpRequest cannot load https://a.example/. Response to preflight request doesn't pass access control check: A wildcard \
             '*' cannot be used in the 'Access-Control-Allow-Origin' header when the credentials flag is true. Origin \
             'https://b.example' is therefore not allowed access.",
            Cause::WildcardWithCredentials,
        ),
        (
            "Fetch API cannot load https://a.example/. Response for preflight has invalid HTTP status code 404",
            Cause::PreflightStatus,
        ),
        (
            "Fetch API cannot load https://a.example/. Response for preflight is invalid (redirect)",
            Cause::PreflightRedirected,
        ),
        ("(Reason: CORS request not http).", Cause::Scheme),
        (
            "Access to fetch at 'file:///a' from origin 'null' has been blocked by CORS policy: Cross origin requests are only \
             supported for protocol schemes: http, data, https.",
            Cause::Scheme,
        ),
        ("TypeError: Failed to fetch", Cause::SaidElsewhere),
    ] {
        assert_eq!(Explanation::from_console(text).map(|explanation| explanation.cause()), Some(cause), "{text}");
    }
}

/// A shell removes all quotes.
#[test]
fn a_message_without_quotes_has_the_same_cause() {
    for row in rows() {
        let text = filled(&row.text);
        for bare in [text.replace('\'', ""), text.replace(['\'', '"', '‘', '’', '“', '”', '`'], "")] {
            assert_eq!(cause(&bare), row.cause, "{bare}");
            let (with, without) = (Explanation::from_console(&text), Explanation::from_console(&bare));
            let said = |explanation: &Option<Explanation>| {
                let explanation = explanation.as_ref()?;
                Some([explanation.url()?.to_owned(), explanation.origin()?.to_owned()])
            };
            assert_eq!(said(&without), said(&with), "{bare}");
        }
    }
}

/// Messages of the German, French and Spanish language packs of Firefox 153.
#[test]
fn translations_have_the_same_cause() {
    let rows: Vec<[String; 3]> =
        serde_json::from_str(include_str!("../../data/explain/translated.json")).expect("a table");
    assert_eq!(rows.len(), 42, "the table has lost or gained rows");
    for [language, expected, text] in rows {
        let explanation = Explanation::from_console(&filled(&text));
        let found = explanation.as_ref().map(|explanation| format!("{:?}", explanation.cause()));
        assert_eq!(found, Some(expected), "{language}: {text}");
        assert_eq!(explanation.as_ref().and_then(Explanation::url), Some(URL), "{language}: {text}");
    }
}

#[test]
fn the_page_behind_learn_more_tells_the_cause_in_every_language() {
    for (page, cause) in [
        ("CORSMissingAllowOrigin", Cause::AllowOriginMissing),
        ("CORSExternalRedirectNotAllowed", Cause::PreflightRedirected),
        ("CORSInvalidAllowHeader", Cause::PreflightListMalformed),
    ] {
        let text =
            format!("{URL} ... [https://developer.mozilla.org/docs/Web/HTTP/CORS/Errors/{page}?utm_source=devtools]");
        let explanation = Explanation::from_console(&text);
        assert_eq!(explanation.map(|explanation| explanation.cause()), Some(cause), "{text}");
    }
}

#[test]
fn the_line_beside_a_message_tells_the_status() {
    let text = format!(
        "(index):1 Access to fetch at '{URL}' from origin '{ORIGIN}' has been blocked by CORS policy: No \
         'Access-Control-Allow-Origin' header is present on the requested resource.\n(anonymous) @ (index):12\n\
         (index):12  GET {URL} net::ERR_FAILED 502 (Bad Gateway)"
    );
    let explanation = Explanation::from_console(&text).expect("a message of Chromium");
    assert_eq!((explanation.status(), explanation.url()), (Some(502), Some(URL)));
}

#[test]
fn addresses_and_origins_are_found_in_old_messages() {
    let text = format!(
        "XMLHttpRequest cannot load {URL}. No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin \
         '{ORIGIN}' is therefore not allowed access. The response had HTTP status code 500."
    );
    let explanation = Explanation::from_console(&text).expect("a message of Chromium");
    let found = (explanation.url(), explanation.origin(), explanation.status());
    assert_eq!(found, (Some(URL), Some(ORIGIN), Some(500)));
}

#[test]
fn what_is_no_message_of_a_browser_is_told_apart() {
    let rows = [
        ("AxiosError: Network Error", "said-elsewhere", "Axios"),
        (
            "ERROR HttpErrorResponse: Http failure response for http://a.example/x: 0 Unknown Error",
            "said-elsewhere",
            "Angular",
        ),
        ("TypeError: Network request failed", "said-elsewhere", "React Native"),
        ("ClientException: XMLHttpRequest error., uri=http://a.example/x", "said-elsewhere", "Flutter"),
        ("Refused to get unsafe header \"X-Total-Count\"", "header-not-exposed", "X-Total-Count"),
        (
            "Mixed Content: The page at 'https://b.example/' was loaded over HTTPS, but requested an insecure resource \
             'http://a.example/x'. This request has been blocked; the content must be served over HTTPS.",
            "mixed-content",
            "http://a.example/x",
        ),
        (
            "Refused to connect to 'https://a.example/x' because it violates the following Content Security Policy directive: \
             \"connect-src 'self'\".",
            "content-security-policy",
            "https://a.example/x",
        ),
        ("index.js:3  GET http://a.example/x 404 (Not Found)", "error-status", "404"),
        ("Invalid CORS request", "refused-by-server", "Invalid CORS request"),
        ("Disallowed CORS origin", "refused-by-server", "Disallowed CORS origin"),
    ];
    for (text, code, named) in rows {
        let explanation = Explanation::from_console(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(explanation.cause().code(), code, "{text}");
        assert!(explanation.reason().contains(named) && !explanation.help().is_empty(), "{text}: {explanation}");
    }
}

#[test]
fn other_messages_are_not_explained() {
    for text in [
        "",
        "Uncaught ReferenceError: x is not defined",
        "Refused to load the script because of Content Security Policy",
    ] {
        assert_eq!(Explanation::from_console(text), None, "{text}");
    }
}
