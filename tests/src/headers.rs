//! The whole set of CORS headers of a response, in a form that tests can write down.

use actix_web::http::header::HeaderMap;

/// Every header that begins with `access-control-` as `name: value`, and `vary: ` with all names of all its lines, in alphabetical
/// order. What stands there twice is twice in the result.
pub fn cors_headers<'h>(headers: impl IntoIterator<Item = (&'h str, &'h [u8])>) -> Vec<String> {
    let mut found = Vec::new();
    let mut vary = Vec::new();
    for (name, value) in headers {
        let name = name.to_ascii_lowercase();
        if name.starts_with("access-control-") {
            found.push(format!("{name}: {}", value.escape_ascii()));
        } else if name == "vary" {
            let value = value.to_ascii_lowercase();
            vary.extend(
                value.split(|byte| *byte == b',').map(|element| element.trim_ascii().escape_ascii().to_string()),
            );
        }
    }
    found.sort_unstable();
    vary.sort_unstable();
    if !vary.is_empty() {
        found.push(format!("vary: {}", vary.join(", ")));
    }
    found
}

/// [`cors_headers`] of a response that has not been written.
pub fn cors_of(headers: &HeaderMap) -> Vec<String> {
    cors_headers(headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())))
}
