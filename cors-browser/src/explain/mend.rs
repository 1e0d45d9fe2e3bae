//! A response without the mistake that an explanation names.

use super::facts::NeededGrants;
use super::words::header_lines;
use super::{Cause, Facts};
use crate::{At, HeaderLine, Response};

/// Returns the response as the help says it should be; `None` if no header and no status is the remedy.
pub(super) fn mended(cause: Cause, facts: &Facts, response: &Response) -> Option<Response> {
    let has = |name: &str| response.values(name).next().is_some();
    let mut mended = response.clone();
    // A response without CORS lists may not be from the CORS middleware, so it does not show what CORS would answer.
    let is_of_cors = has("access-control-allow-methods") || has("access-control-allow-headers");
    let is_bare = matches!(cause, Cause::AllowOriginMissing | Cause::OriginNotAllowed) && !is_of_cors;
    if facts.at == Some(At::Preflight) && is_bare && !(200..=299).contains(&response.status) {
        mended.status = 204;
    }
    if matches!(cause, Cause::PreflightStatus | Cause::PreflightRedirected) {
        if !is_of_cors && facts.needs != NeededGrants::default() {
            return None;
        }
        mended.status = 204;
        mended.headers.retain(|line| !line.is("location"));
    } else {
        // Headers that are present and wrong have an explanation of their own.
        let is_of_cause = |name: &str| match cause {
            Cause::AllowOriginMissing | Cause::OriginNotAllowed => is_of_origin(name) || !has(name),
            Cause::AllowOriginMismatch | Cause::SeveralAllowedOrigins | Cause::WildcardWithCredentials => {
                is_of_origin(name)
            }
            _ => true,
        };
        let lines = header_lines(cause, facts);
        let lines = lines.iter().filter_map(|line| line.split_once(": "));
        for (name, value) in lines.filter(|(name, _)| is_of_cause(name)) {
            set(&mut mended, name, value);
        }
    }
    (mended != *response).then_some(mended)
}

fn is_of_origin(name: &str) -> bool {
    ["Access-Control-Allow-Origin", "Vary"].contains(&name)
}

fn set(response: &mut Response, name: &str, value: &str) {
    if name == "Vary" {
        if response.varies_by(value) || response.varies_by("*") {
            return;
        }
    } else {
        response.headers.retain(|line| !line.is(name));
    }
    response.headers.push(HeaderLine::new(name, value));
}
