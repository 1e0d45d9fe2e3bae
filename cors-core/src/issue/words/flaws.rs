//! Texts for origins that no browser sends.

use super::{APP, Literal, Message, Part, code, entry, parts, user, value};
use crate::{Key, OriginErrorKind, OriginFlaw};

/// The reason why a text that no browser sends has no effect.
const NEVER_MATCHES: &str = "the match is byte for byte, so this would never match";
pub(super) const NOTHING_MORE: &str = "an origin is scheme, host and port, and browsers send nothing more; ";

pub(super) fn unserialisable(origin: &str, flaw: OriginFlaw, suggestion: Option<&str>) -> Message {
    let kind = OriginErrorKind::Unserialisable(flaw);
    let summary = match flaw {
        OriginFlaw::Empty => parts!["an empty text ", kind.to_string()],
        OriginFlaw::TooLong { length } => {
            parts![format!("a text of {length} bytes that begins with "), user(origin), " ", kind.to_string()]
        }
        _ => parts![user(origin), " ", kind.to_string()],
    };
    let help = match suggestion {
        Some(suggestion) => parts!["write ", value(suggestion.to_owned())],
        None if means_every_origin(origin) => {
            parts!["for every origin write ", entry(&Key::Origins, Literal::text("*"))]
        }
        None if origin == "none" => {
            parts!["for nobody write ", entry(&Key::Origins, Literal::bare("none")), ", without a list"]
        }
        None if is_bind_address(origin) => {
            parts!["write the origin of the page that sends the request, as ", value("http://localhost:3000")]
        }
        None => help_for(flaw),
    };
    let note = match flaw {
        _ if suggestion.is_none() && is_bind_address(origin) => {
            "a server listens at this address to be reached at every other; no page of a browser has it"
        }
        OriginFlaw::FinalDot => why(flaw),
        _ => return Message::new(summary, help, parts![why(flaw), NEVER_MATCHES]),
    };
    Message::new(summary, help, parts![note])
}

/// Whether the text is a word for every origin.
pub(super) fn means_every_origin(text: &str) -> bool {
    ["any", "all"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Whether the text is an address for a server to bind to, instead of an origin.
fn is_bind_address(text: &str) -> bool {
    let port = |rest: &str| rest.is_empty() || rest.starts_with(':');
    ["0.0.0.0", "[::]"].iter().any(|address| text.strip_prefix(address).is_some_and(port))
}

/// Returns the help for a flaw without a suggestion.
fn help_for(flaw: OriginFlaw) -> Vec<Part> {
    match flaw {
        OriginFlaw::Several => parts![
            "write each as an item of its own: ",
            value("https://a.example.com"),
            ", ",
            value("https://b.example.com")
        ],
        OriginFlaw::NoPageScheme => parts!["write the origin of the page that sends the request, as ", value(APP)],
        OriginFlaw::UpperCase => parts!["write it in lower case"],
        OriginFlaw::Unicode => parts!["write the host in Punycode"],
        OriginFlaw::InvalidPunycode => parts!["correct the label"],
        OriginFlaw::Ipv4 => {
            parts!["write the four numbers of the address, without leading zeros, as ", value("http://192.0.2.7")]
        }
        OriginFlaw::Ipv6 => {
            parts!["write the address compressed and in lower case, as ", value("http://[2001:db8::1]")]
        }
        OriginFlaw::Zone => parts!["write an address without a zone, or a host name"],
        OriginFlaw::LongLabel => parts!["shorten the label"],
        OriginFlaw::LongHost => parts!["shorten the host"],
        OriginFlaw::HostCharacter => {
            parts!["write the host with letters, digits, ", code("`-`"), ", ", code("`_`"), " and dots only"]
        }
        OriginFlaw::FinalDot => parts!["remove the dot, or list each host with its final dot"],
        OriginFlaw::PortRange => parts!["write the page's port"],
        _ => parts!["write scheme, host and port of the page, as ", value(APP)],
    }
}

/// Returns what browsers do. In a note, [`NEVER_MATCHES`] follows.
const fn why(flaw: OriginFlaw) -> &'static str {
    match flaw {
        OriginFlaw::TooLong { .. } => "no page has such a long origin; ",
        OriginFlaw::Empty => "browsers never send an empty Origin; ",
        OriginFlaw::WhiteSpace => "no origin has any; ",
        OriginFlaw::Several => "browsers send one origin; ",
        OriginFlaw::MissingScheme => "browsers send the scheme, since http and https are two origins; ",
        OriginFlaw::NoPageScheme => "browsers send the origin of the page, not of what it opens; ",
        OriginFlaw::MisspeltScheme | OriginFlaw::Slashes | OriginFlaw::MissingHost => "",
        OriginFlaw::UpperCase => "browsers send origins in lower case; ",
        OriginFlaw::Unicode => "browsers send the host in Punycode; ",
        OriginFlaw::InvalidPunycode => "no browser opens such a host; ",
        OriginFlaw::Ipv4 => "browsers send IPv4 addresses as four decimal numbers; ",
        OriginFlaw::Ipv6 => "browsers send IPv6 addresses compressed and in lower case; ",
        OriginFlaw::Zone => "browsers open no address with a zone; ",
        OriginFlaw::EmptyLabel => "no page has such a host; ",
        OriginFlaw::LongLabel | OriginFlaw::LongHost | OriginFlaw::HostCharacter => {
            "the domain name system has no such host; "
        }
        OriginFlaw::FinalDot => {
            "a final dot makes another origin, which browsers send only where a page was opened with it"
        }
        OriginFlaw::EmptyPort => "browsers leave the colon out; ",
        OriginFlaw::PortRange => "no page has such a port; ",
        OriginFlaw::LeadingZero => "browsers send the number without; ",
        OriginFlaw::DefaultPort => "browsers leave the default port out; ",
        OriginFlaw::UserInfo
        | OriginFlaw::TrailingSlash
        | OriginFlaw::Path
        | OriginFlaw::Query
        | OriginFlaw::Fragment => NOTHING_MORE,
    }
}
