//! Joins several lines of a list (RFC 9110, 5.3).

use std::borrow::Cow;

/// The separator of two lines.
pub(crate) const COMMA: &[u8] = b", ";

/// Joins the parts with one allocation. Returns `None` without parts, and borrows a single part.
pub(crate) fn joined<'l, I: Iterator<Item = &'l [u8]>>(parts: impl Fn() -> I) -> Option<Cow<'l, [u8]>> {
    let first = parts().next()?;
    let length: usize = parts().skip(1).map(|part| COMMA.len() + part.len()).sum();
    if length == 0 {
        return Some(Cow::Borrowed(first));
    }
    let mut joined = Vec::with_capacity(first.len() + length);
    joined.extend_from_slice(first);
    for part in parts().skip(1) {
        joined.extend_from_slice(COMMA);
        joined.extend_from_slice(part);
    }
    Some(Cow::Owned(joined))
}
