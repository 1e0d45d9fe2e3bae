//! Reads the reason for a refusal in the body.

/// Maximum length of a sentence; the rest is cut.
const LONGEST: usize = 160;

/// A sentence with which CORS itself refuses, and what it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) text: String,
    pub(super) origin: bool,
    pub(super) method: bool,
    pub(super) headers: bool,
}

/// Returns the first sentence that refuses because of CORS or an origin. `of_preflight`: or because of a method or headers.
pub(super) fn refusal(body: &str, of_preflight: bool) -> Option<Refusal> {
    sentences(body).into_iter().find_map(|text| {
        let lower = text.to_ascii_lowercase();
        let words: Vec<&str> = lower.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
        let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
        let refuses = lower.contains("not allow")
            || lower.contains("not permit")
            || lower.contains("not in the allow")
            || words.iter().any(|word| REFUSING.iter().any(|stem| word.starts_with(stem)));
        let origin = has(&["origin", "origins"]);
        let method = has(&["method", "methods"]);
        let headers = has(&["header", "headers"]);
        let is_about = has(&["cors", "preflight"]) || origin || (of_preflight && (method || headers));
        (refuses && is_about).then_some(Refusal { text, origin, method, headers })
    })
}

/// The error from the guide of @fastify/cors, thrown by the function that decides about origins.
pub(super) fn error_of_guide(body: &str) -> Option<Refusal> {
    let is_it = |text: &String| ["Not allowed", "Error: Not allowed"].contains(&text.as_str());
    let text = sentences(body).into_iter().find(is_it)?;
    Some(Refusal { text, origin: true, method: false, headers: false })
}

const REFUSING: [&str; 9] =
    ["disallow", "denied", "denies", "refus", "reject", "invalid", "forbid", "block", "unauthori"];

/// The sentence with which a server refuses the `Host` of the request.
pub(super) fn host_refusal(body: &str) -> Option<String> {
    const KNOWN: [&str; 6] = [
        "allowedhosts",
        "allowed_hosts",
        "invalid host header",
        "invalid http_host header",
        "blocked host",
        "host is not allowed",
    ];
    let is_known = |text: &String| {
        let lower = text.to_ascii_lowercase();
        KNOWN.iter().any(|known| lower.contains(known))
            || (lower.contains("this host (") && lower.contains("not allowed"))
    };
    sentences(body).into_iter().find(is_known)
}

/// Whether the body says that the address needs a slash at the end.
pub(super) fn misses_slash(body: &str) -> bool {
    let lower = body.to_ascii_lowercase().replace("&#x27;", "'").replace("&#39;", "'");
    lower.contains("append_slash") || lower.contains("doesn't end in a slash")
}

/// Whether the body is about tokens or passwords.
pub(super) fn wants_login(body: &str) -> bool {
    let lower = body.to_ascii_lowercase();
    ["token", "credential", "log in", "login", "unauthori", "authenticat", "api key", "apikey", "api_key"]
        .iter()
        .any(|word| lower.contains(word))
}

/// The readable parts of HTML, JSON or plain text.
fn sentences(body: &str) -> Vec<String> {
    let mut text = String::new();
    let mut in_tag = false;
    let is_json = body.trim_start().starts_with(['{', '[']);
    for letter in body.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push('\n');
            }
            _ if in_tag => {}
            '"' if is_json => text.push('\n'),
            '\r' => text.push('\n'),
            _ => text.push(letter),
        }
    }
    let text = text
        .replace("\\n", "\n")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&quot;", "'")
        .replace("&nbsp;", " ");
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).map(|line| line.chars().take(LONGEST).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_found_in_whatever_they_are_written_in() {
        let rows = [
            ("Disallowed CORS method, headers", "Disallowed CORS method, headers", [false, true, true]),
            (
                "Origin is not allowed to make this request",
                "Origin is not allowed to make this request",
                [true, false, false],
            ),
            (
                "One or more request headers are not allowed",
                "One or more request headers are not allowed",
                [false, false, true],
            ),
            ("Invalid CORS request", "Invalid CORS request", [false; 3]),
            (
                "<pre>Error: Not allowed by CORS<br> &nbsp; at origin (/a.js)</pre>",
                "Error: Not allowed by CORS",
                [false; 3],
            ),
            (
                "{\"message\":\"Origin http://a.example not allowed\"}",
                "Origin http://a.example not allowed",
                [true, false, false],
            ),
        ];
        for (body, text, [origin, method, headers]) in rows {
            assert_eq!(refusal(body, true), Some(Refusal { text: text.to_owned(), origin, method, headers }), "{body}");
        }
    }

    #[test]
    fn pages_about_something_else_are_no_refusals() {
        let bodies = [
            "<script crossorigin=blocked></script><p>Not Found",
            "Cannot PUT /x",
            "Method Not Allowed",
            "{\"detail\":\"Not authenticated\"}",
            "<h1>502 Bad Gateway</h1>",
            "",
        ];
        for body in bodies {
            assert_eq!(refusal(body, false), None, "{body}");
        }
    }
}
