//! Dangers of allowing a request.

use super::is_insecure;
use crate::explain::{Cause, Facts};

pub(in crate::explain) fn warning(cause: Cause, facts: &Facts) -> Option<String> {
    if !cause.is_about_cors_headers() {
        return None;
    }
    let text = if facts.origin.as_deref() == Some("null") {
        "never allow null together with credentials: any site can make a browser send Origin: null, from a sandboxed frame or \
         through a redirect, and could read what belongs to your users"
    } else if facts.with_credentials() && is_insecure(facts) {
        "the page is not encrypted: anyone between browser and server can put a page of their own there, and with \
         credentials that page could read what belongs to your users"
    } else if matches!(cause, Cause::WildcardWithCredentials | Cause::AllowCredentialsNotTrue) {
        "do not answer with whatever origin asks: every site could read what belongs to your users; name those that may"
    } else {
        return None;
    };
    Some(text.to_owned())
}
