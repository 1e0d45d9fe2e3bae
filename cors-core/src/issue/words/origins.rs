//! Texts for mistakes in `origins`.

use super::flaws::NOTHING_MORE;
use super::{APP, Literal, Message, Part, entry, origins_of_app, parts, user, value};
use crate::origin::shared_origin;
use crate::{Key, OriginErrorKind, OriginPattern};

pub(super) fn wildcard_with_credentials(key: &Key) -> Message {
    let summary = |key: &Key| {
        parts![entry(key, Literal::text("*")), " does not work together with ", entry(&Key::Credentials, yes())]
    };
    match key {
        Key::ExposeHeaders => Message::new(
            summary(key),
            parts![
                "list the response headers that scripts may read: ",
                entry(&Key::ExposeHeaders, Literal::list(["X-Request-Id"])),
            ],
            parts!["in answers to requests with credentials browsers take * for a header that is called *"],
        ),
        _ => Message::new(
            summary(&Key::Origins),
            parts![
                "list in ",
                &Key::Origins,
                " who may read answers that depend on cookies: ",
                origins_of_app(),
                "; or, if everybody may read without cookies, leave ",
                &Key::Credentials,
                " out"
            ],
            parts![
                "browsers refuse to show a script the answer to a request with credentials when \
                 Access-Control-Allow-Origin is *; and to answer with any origin that asks would let every site read \
                 what belongs to your users"
            ],
        ),
    }
}

pub(super) fn unsafe_origin(origin: &str) -> Message {
    let kind = shared_origin(origin).unwrap_or(OriginErrorKind::Null);
    let summary = parts![user(origin), " ", kind.to_string()];
    match kind {
        OriginErrorKind::Null => Message::new(
            summary,
            parts!["serve the page from an origin of its own and list that: ", value(APP)],
            parts!["any site can make a browser send Origin: null, from a sandboxed frame or through a redirect"],
        ),
        _ => Message::new(
            summary,
            parts!["serve the page by a development server and list that: ", value("http://localhost:3000")],
            parts!["a page opened from a file sends Origin: null, as any sandboxed frame of any site does"],
        ),
    }
}

pub(super) fn installation_origin(origin: &str) -> Message {
    Message::new(
        parts![user(origin), " ", OriginErrorKind::Installation.to_string()],
        parts![
            "let the extension send its requests from its background script with host permissions, which needs no \
             CORS; a server that must know single installations asks a source of origins (`Cors::with_source`; the example \
             `tenants`)"
        ],
        parts![
            "Firefox and Safari make up a new id for each installation; Chromium's chrome-extension://<id> is the same \
             everywhere and can be listed"
        ],
    )
}

pub(super) fn wildcard_elsewhere(text: &str, suggestion: Option<&str>) -> Message {
    let help = match suggestion {
        Some(suggestion) => parts!["write ", value(suggestion.to_owned())],
        None => parts![
            "list each origin; or use a wildcard as a whole subdomain part, ",
            value("https://*.example.com"),
            ", or as the port, ",
            value("http://localhost:*"),
        ],
    };
    Message::new(parts![user(text), " ", OriginErrorKind::WildcardElsewhere.to_string()], help, why_not_there(text))
}

fn why_not_there(text: &str) -> Vec<Part> {
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let has_port = |port: &str| port == "*" || port.bytes().all(|byte| byte.is_ascii_digit());
    let host = rest.rsplit_once(':').filter(|(_, port)| has_port(port)).map_or(rest, |(host, _)| host);
    let has_number = host.ends_with(|last: char| last.is_ascii_digit() || last == ']');
    if text.contains('\\') || rest.starts_with(".*") {
        parts![
            "an item is no regular expression; one that forgets a backslash or an end lets in hosts that anybody can \
             register"
        ]
    } else if scheme.ends_with("-extension") {
        parts![
            "wildcards stand with http and https only; an extension that comes from no store has another id on each \
             machine, which a source of origins can know (`Cors::with_source`; the example `tenants`)"
        ]
    } else if !matches!(scheme, "http" | "https") && !scheme.contains('*') {
        parts!["wildcards stand with http and https only; the pages of a program or an extension have one origin"]
    } else if rest.ends_with("/*") {
        parts![NOTHING_MORE, "a list has origins, not paths"]
    } else if has_number {
        parts!["an address has no subdomains; what ends in its last numbers is another machine"]
    } else {
        parts![
            "other wildcards match more than they show: a part of a label or a final one lets in hosts that anybody \
             can register"
        ]
    }
}

pub(super) fn covered(origin: &str, by: &OriginPattern) -> Message {
    Message::new(
        parts![user(origin), " is matched by ", user(by.as_str()), " already"],
        parts!["remove the one that you do not mean"],
        parts!["two items for one origin hide which of them lets it in when one is removed later"],
    )
}

pub(super) fn insecure_with_credentials(origin: &str) -> Message {
    Message::new(
        parts![user(origin), " is not encrypted, and the policy has ", entry(&Key::Credentials, yes())],
        parts![
            "write ",
            value(encrypted(origin)),
            "; if this network is trusted all the same, add ",
            entry(&Key::DangerouslyAllow, Literal::list(["insecure_origins"])),
        ],
        parts![
            "anyone between browser and server can put a page of their own at an http origin, and that page \
             could read what belongs to your users"
        ],
    )
}

/// Returns the same origin with https. Leaves out port 443, the default port of https.
pub(crate) fn encrypted(origin: &str) -> String {
    let origin = origin.replacen("http://", "https://", 1);
    origin.strip_suffix(":443").map(str::to_owned).unwrap_or(origin)
}

pub(super) fn public_suffix_with_credentials(origin: &str, below: Option<&str>, list: Option<&str>) -> Message {
    let mut summary = match below {
        None => parts![user(origin), " matches the sites of strangers"],
        Some(suffix) => {
            parts![user(origin), " takes in `", suffix.to_owned(), "`, below which anybody can register a name"]
        }
    };
    summary.extend(parts![", and the policy has ", entry(&Key::Credentials, yes())]);
    Message::new(
        summary,
        parts![
            "name the host that is yours, ",
            value(example_host(origin, below)),
            "; serve previews from a domain of yours, ",
            value("https://*.preview.example.com"),
            ", or ask a source of origins which are yours (`Cors::with_source`); if all names below it are yours, add ",
            entry(&Key::DangerouslyAllow, Literal::list(["public_suffix_wildcards"])),
        ],
        parts![
            "below a public suffix anybody can register a name; such a page could read what belongs to your users (",
            list.map_or_else(String::new, |version| format!("list of {version}, ")),
            "https://publicsuffix.org)"
        ],
    )
}

/// Returns an example of a single host below the suffix, to write instead of the pattern.
fn example_host(pattern: &str, below: Option<&str>) -> String {
    let (scheme, host) = pattern.split_once("*.").unwrap_or(("https://", pattern));
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let colon = if port.is_empty() { "" } else { ":" };
    // Below `*.compute.amazonaws.com` every label is a suffix, such as a region.
    let suffix = below.unwrap_or(host).replacen("*.", "region.", 1);
    format!("{scheme}your-name.{suffix}{colon}{port}")
}

/// Returns `true`.
pub(super) fn yes() -> Literal {
    Literal::bare("true")
}
