//! What a preflight asks for and its rule does not list: the server answers 204, and browsers stop there.

use crate::names::is_non_wildcard_request_header;
use crate::response::ResponseHeader;
use crate::{Lines, Names, Request, Rule, Value};

/// A name that was asked for and is not listed, as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unmet<'r> {
    Method(&'r [u8]),
    Header(&'r [u8]),
}

impl<'r> Unmet<'r> {
    /// What browsers stop at first (<https://fetch.spec.whatwg.org/#cors-preflight-fetch-0>).
    pub(crate) fn of(rule: &Rule, request: &Request<'r>) -> Option<Self> {
        if let Lines::One(method) = request.access_control_request_method
            && !covers_method(rule, method)
        {
            return Some(Self::Method(method));
        }
        let Lines::One(line) = request.access_control_request_headers else {
            return None;
        };
        if rule.value(ResponseHeader::AllowHeaders) == Some(Value::Requested) {
            return None;
        }
        // Browsers name each header once, so more names than are listed need not be read to find one that is not.
        let listed = names(rule, ResponseHeader::AllowHeaders).count();
        let mut asked = line.split(|byte| *byte == b',').map(<[u8]>::trim_ascii).filter(|name| !name.is_empty());
        asked.by_ref().take(listed + 1).find(|name| !covers_header(rule, name)).map(Self::Header)
    }
}

fn covers_method(rule: &Rule, method: &[u8]) -> bool {
    let is_any = matches!(rule.methods, Names::Any(_));
    is_any || matches!(method, b"GET" | b"HEAD" | b"POST") || {
        let mut listed = names(rule, ResponseHeader::AllowMethods);
        listed.any(|name| name.as_bytes() == method)
    }
}

fn covers_header(rule: &Rule, asked: &[u8]) -> bool {
    let is_wildcard = !std::str::from_utf8(asked).is_ok_and(is_non_wildcard_request_header);
    names(rule, ResponseHeader::AllowHeaders)
        .any(|name| name.as_bytes().eq_ignore_ascii_case(asked) || (is_wildcard && name == "*"))
}

/// The names in the value of a header that lists some.
fn names(rule: &Rule, header: ResponseHeader) -> impl Iterator<Item = &str> {
    let text = match rule.value(header) {
        Some(Value::Text(text)) => text,
        Some(Value::Requested) | None => "",
    };
    text.split(", ").filter(|name| !name.is_empty())
}
