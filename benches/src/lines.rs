//! Header lines as a server has them.

use bytes::Bytes;

use crate::Case;

/// What every client sends.
const USUAL: [(&str, &str); 3] = [("host", "api.example.com"), ("user-agent", "bench"), ("accept", "*/*")];

/// The lines of a request. Their values are slices of one buffer, as the decoder of HTTP/1 makes them.
pub(crate) fn lines(case: &Case) -> impl Iterator<Item = (&'static str, Bytes)> {
    let of_cors = case.lines.iter().map(|(name, value)| (*name, value.as_str()));
    let lines: Vec<_> = USUAL.into_iter().chain(of_cors).collect();
    let buffer = Bytes::from(lines.iter().map(|(_, value)| *value).collect::<String>());
    let mut begin = 0;
    let slices: Vec<_> = lines
        .into_iter()
        .map(|(name, value)| {
            let slice = buffer.slice(begin..begin + value.len());
            begin += value.len();
            (name, slice)
        })
        .collect();
    slices.into_iter()
}
