//! Words for mistakes in `origins`.

use super::Words;
use crate::{Key, OriginFlaw, OriginPattern};

pub(super) fn wildcard_with_credentials(key: &Key) -> Words {
    match key {
        Key::ExposeHeaders => Words::new(
            "expose_headers: \"*\" does not work together with credentials: true",
            "list the response headers that scripts may read: expose_headers: [\"X-Request-Id\"]",
            "in answers to requests with credentials browsers take * for a header that is called *",
        ),
        _ => Words::new(
            "origins: \"*\" does not work together with credentials: true",
            "list in `origins` who may read answers that depend on cookies: origins: [\"https://app.example.com\"]",
            "browsers refuse to show a script the answer to a request with credentials when \
             Access-Control-Allow-Origin is *; and to answer with any origin that asks would let every site read \
             what belongs to your users",
        ),
    }
}

pub(super) fn unsafe_origin(origin: &str) -> Words {
    if origin.trim().eq_ignore_ascii_case("null") {
        return Words::new(
            format!("{origin:?} is the origin of every sandboxed frame, so it names nobody"),
            "serve the page from an origin of its own and list that: \"https://app.example.com\"",
            "any site can make a browser send Origin: null, from a sandboxed frame or through a redirect",
        );
    }
    Words::new(
        format!("{origin:?} is not an origin of its own: every file on the disk shares it"),
        "serve the page by a development server and list that: \"http://localhost:3000\"",
        "a page opened from a file sends Origin: null, as any sandboxed frame of any site does",
    )
}

pub(super) fn installation_origin(origin: &str) -> Words {
    Words::new(
        format!("{origin:?} differs in every installation of the extension, so no list can hold it"),
        "let the extension send its requests from its background script with host permissions, which needs no CORS; \
         a server that must know single installations asks a source of origins (`DynamicCors`; the example `tenants`)",
        "Firefox and Safari make up a new id for each installation; Chromium's chrome-extension://<id> is the same \
         everywhere and can be listed",
    )
}

pub(super) fn wildcard_elsewhere(text: &str) -> Words {
    let (scheme, rest) = text.split_once("://").unwrap_or(("https", text));
    let host = rest.trim_end_matches(":*");
    let note = if !matches!(scheme, "http" | "https") && !scheme.contains('*') {
        "wildcards stand with http and https only; the pages of a program or an extension have one origin"
    } else if host.ends_with(|last: char| last.is_ascii_digit() || last == ']') {
        "an address has no subdomains; what ends in its last numbers is another machine"
    } else {
        "other wildcards match more than they show: a part of a label or a final one lets in hosts that anybody can \
         register"
    };
    Words::new(
        format!("{text:?} has a wildcard where none may stand"),
        "list each origin; or use a wildcard as a whole subdomain part, \"https://*.example.com\", or as the port, \
         \"http://localhost:*\"",
        note,
    )
}

pub(super) fn covered(origin: &str, by: &OriginPattern) -> Words {
    Words::new(
        format!("{origin:?} is matched by \"{by}\" already"),
        "remove the one that you do not mean",
        "two items for one origin hide which of them lets it in when one is removed later",
    )
}

pub(super) fn insecure_with_credentials(origin: &str) -> Words {
    Words::new(
        format!("{origin:?} is not encrypted, and the policy has credentials: true"),
        format!(
            "write {:?}; if this network is trusted all the same, add dangerously_allow: [\"insecure_origins\"]",
            encrypted(origin)
        ),
        "whoever sits between browser and server can put a page of their own at an http origin, and that page could \
         read what belongs to your users",
    )
}

/// The same origin by https. The port 443, which http has to name, is the one that https has anyway.
pub(crate) fn encrypted(origin: &str) -> String {
    let origin = origin.replacen("http://", "https://", 1);
    origin.strip_suffix(":443").map(str::to_owned).unwrap_or(origin)
}

pub(super) fn public_suffix_with_credentials(origin: &str, below: Option<&str>) -> Words {
    let such_as = below.map(|suffix| format!(" below {suffix}")).unwrap_or_default();
    Words::new(
        format!("{origin:?} matches the sites of strangers{such_as}, and the policy has credentials: true"),
        format!(
            "name the part that is yours, {:?}; if all names below it are yours, add \
             dangerously_allow: [\"public_suffix_wildcards\"]",
            origin.replacen("*.", "*.your-name.", 1)
        ),
        "below a public suffix anybody can register a name; such a page could read what belongs to your users \
         (https://publicsuffix.org)",
    )
}

/// Why text that differs from what browsers send does nothing.
const NEVER_MATCHES: &str = "the match is byte for byte, so this would never match";

pub(super) fn unserialisable(origin: &str, flaw: OriginFlaw, suggestion: Option<&str>) -> Words {
    let (what, otherwise, why) = flaw_words(flaw);
    let help = match suggestion {
        Some(suggestion) => format!("write {suggestion:?}"),
        None => otherwise.to_owned(),
    };
    let summary = match flaw {
        OriginFlaw::Empty => what.to_owned(),
        OriginFlaw::TooLong { length } => format!("a text of {length} bytes that begins with {origin:?} {what}"),
        _ => format!("{origin:?} {what}"),
    };
    let note = match flaw {
        OriginFlaw::FinalDot => why.to_owned(),
        _ => format!("{why}{NEVER_MATCHES}"),
    };
    Words::new(summary, help, note)
}

const EXAMPLE: &str = "write scheme, host and port of the page, as \"https://app.example.com\"";
const NOTHING_MORE: &str = "an origin is scheme, host and port, and browsers send nothing more; ";

/// What is wrong, what to write where no text can be suggested, and what browsers do.
fn flaw_words(flaw: OriginFlaw) -> (&'static str, &'static str, &'static str) {
    match flaw {
        OriginFlaw::TooLong { .. } => {
            ("has more than the 512 bytes of the longest origin", EXAMPLE, "no page has such a long origin; ")
        }
        OriginFlaw::Empty => ("an empty text is no origin", EXAMPLE, "browsers never send an empty Origin; "),
        OriginFlaw::WhiteSpace => ("has white space or a control character in it", EXAMPLE, "no origin has any; "),
        OriginFlaw::Several => (
            "holds several origins",
            "write each as an item of its own: \"https://a.example.com\", \"https://b.example.com\"",
            "browsers send one origin; ",
        ),
        OriginFlaw::MissingScheme => {
            ("has no scheme", EXAMPLE, "browsers send the scheme, since http and https are two origins; ")
        }
        OriginFlaw::NoPageScheme => (
            "has a scheme that no page has",
            "write the origin of the page that sends the request, as \"https://app.example.com\"",
            "browsers send the origin of the page, not of what it opens; ",
        ),
        OriginFlaw::MisspeltScheme => ("has a scheme that is almost https or http", EXAMPLE, ""),
        OriginFlaw::Slashes => ("has something other than :// after the scheme", EXAMPLE, ""),
        OriginFlaw::UserInfo => ("has a user name before the host", EXAMPLE, NOTHING_MORE),
        OriginFlaw::MissingHost => ("has no host", EXAMPLE, ""),
        OriginFlaw::UpperCase => {
            ("has an upper-case letter", "write it in lower case", "browsers send origins in lower case; ")
        }
        OriginFlaw::Unicode => {
            ("has a host outside ASCII", "write the host in Punycode", "browsers send the host in Punycode; ")
        }
        OriginFlaw::InvalidPunycode => (
            "has a label that begins with xn-- but is not Punycode",
            "correct the label",
            "no browser opens such a host; ",
        ),
        OriginFlaw::Ipv4 => (
            "has an IPv4 address that is not four decimal numbers from 0 to 255",
            "write the four numbers of the address, without leading zeros, as \"http://192.0.2.7\"",
            "browsers send IPv4 addresses as four decimal numbers; ",
        ),
        OriginFlaw::Ipv6 => (
            "has an IPv6 address that is not in its shortest form",
            "write the address compressed and in lower case, as \"http://[2001:db8::1]\"",
            "browsers send IPv6 addresses compressed and in lower case; ",
        ),
        OriginFlaw::Zone => (
            "has an IPv6 address with a zone",
            "write an address without a zone, or a host name",
            "browsers open no address with a zone; ",
        ),
        OriginFlaw::EmptyLabel => {
            ("has two dots in a row or one at the beginning of the host", EXAMPLE, "no page has such a host; ")
        }
        OriginFlaw::LongLabel => {
            ("has a host label of more than 63 bytes", "shorten the label", "the domain name system has no such host; ")
        }
        OriginFlaw::LongHost => {
            ("leaves no host within 253 bytes", "shorten the host", "the domain name system has no such host; ")
        }
        OriginFlaw::HostCharacter => (
            "has a character that no host name has",
            "write the host with letters, digits, `-`, `_` and dots only",
            "the domain name system has no such host; ",
        ),
        OriginFlaw::FinalDot => (
            "ends with a dot, which a pattern cannot",
            "remove the dot, or list each host with its final dot",
            "a final dot makes another origin, which browsers send only where a page was opened with it",
        ),
        OriginFlaw::EmptyPort => ("has a colon without a port", EXAMPLE, "browsers leave the colon out; "),
        OriginFlaw::PortRange => {
            ("has a port that is no number from 1 to 65535", "write the page's port", "no page has such a port; ")
        }
        OriginFlaw::LeadingZero => ("has a port with a leading zero", EXAMPLE, "browsers send the number without; "),
        OriginFlaw::DefaultPort => {
            ("has the port that its scheme has anyway", EXAMPLE, "browsers leave the default port out; ")
        }
        OriginFlaw::TrailingSlash => ("ends with a slash", EXAMPLE, NOTHING_MORE),
        OriginFlaw::Path => ("has a path", EXAMPLE, NOTHING_MORE),
        OriginFlaw::Query => ("has a query", EXAMPLE, NOTHING_MORE),
        OriginFlaw::Fragment => ("has a fragment", EXAMPLE, NOTHING_MORE),
    }
}
