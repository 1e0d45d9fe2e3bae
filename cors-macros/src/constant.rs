//! The constants of the crate `http`, which actix-web re-exports: `Method::PUT` and `header::CONTENT_TYPE`.

use cors_core::__private::document::RawValue;
use cors_core::Key;
use proc_macro2::{Spacing, TokenTree};

/// Every method that is a constant.
const METHODS: [&str; 9] = ["OPTIONS", "GET", "POST", "PUT", "DELETE", "HEAD", "TRACE", "CONNECT", "PATCH"];

/// Passes the name of every header constant to a macro.
macro_rules! headers {
    ($with:ident) => {
        $with! {
            ACCEPT ACCEPT_CHARSET ACCEPT_ENCODING ACCEPT_LANGUAGE ACCEPT_RANGES ACCESS_CONTROL_ALLOW_CREDENTIALS
            ACCESS_CONTROL_ALLOW_HEADERS ACCESS_CONTROL_ALLOW_METHODS ACCESS_CONTROL_ALLOW_ORIGIN
            ACCESS_CONTROL_EXPOSE_HEADERS ACCESS_CONTROL_MAX_AGE ACCESS_CONTROL_REQUEST_HEADERS
            ACCESS_CONTROL_REQUEST_METHOD AGE ALLOW ALT_SVC AUTHORIZATION CACHE_CONTROL CACHE_STATUS CDN_CACHE_CONTROL
            CONNECTION CONTENT_DISPOSITION CONTENT_ENCODING CONTENT_LANGUAGE CONTENT_LENGTH CONTENT_LOCATION
            CONTENT_RANGE CONTENT_SECURITY_POLICY CONTENT_SECURITY_POLICY_REPORT_ONLY CONTENT_TYPE COOKIE DNT DATE ETAG
            EXPECT EXPIRES FORWARDED FROM HOST IF_MATCH IF_MODIFIED_SINCE IF_NONE_MATCH IF_RANGE IF_UNMODIFIED_SINCE
            LAST_MODIFIED LINK LOCATION MAX_FORWARDS ORIGIN PRAGMA PROXY_AUTHENTICATE PROXY_AUTHORIZATION
            PUBLIC_KEY_PINS PUBLIC_KEY_PINS_REPORT_ONLY RANGE REFERER REFERRER_POLICY REFRESH RETRY_AFTER
            SEC_WEBSOCKET_ACCEPT SEC_WEBSOCKET_EXTENSIONS SEC_WEBSOCKET_KEY SEC_WEBSOCKET_PROTOCOL SEC_WEBSOCKET_VERSION
            SERVER SET_COOKIE STRICT_TRANSPORT_SECURITY TE TRAILER TRANSFER_ENCODING USER_AGENT UPGRADE
            UPGRADE_INSECURE_REQUESTS VARY VIA WARNING WWW_AUTHENTICATE X_CONTENT_TYPE_OPTIONS X_DNS_PREFETCH_CONTROL
            X_FRAME_OPTIONS X_XSS_PROTECTION
        }
    };
}

macro_rules! names {
    ($($name:ident)*) => { &[$(stringify!($name)),*] };
}

const HEADERS: &[&str] = headers!(names);

/// Returns the value of a constant of `http` as an item of this key, if the tokens are its name: two segments of a
/// path.
pub(crate) fn value(key: &Key, tokens: &[TokenTree]) -> Option<RawValue> {
    let [TokenTree::Ident(module), TokenTree::Punct(first), TokenTree::Punct(second), TokenTree::Ident(name)] = tokens
    else {
        return None;
    };
    if (first.as_char(), first.spacing(), second.as_char()) != (':', Spacing::Joint, ':') {
        return None;
    }
    let name = name.to_string();
    match key {
        Key::Methods if module == "Method" && METHODS.contains(&name.as_str()) => Some(RawValue::Name(name)),
        Key::AllowHeaders | Key::ExposeHeaders if module == "header" => header(&name).map(RawValue::Text),
        _ => None,
    }
}

/// Returns the header whose constant has this name.
fn header(constant: &str) -> Option<String> {
    HEADERS.contains(&constant).then(|| constant.to_ascii_lowercase().replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use super::{METHODS, header};

    #[test]
    fn a_constant_has_the_value_that_it_has_in_http() {
        macro_rules! check {
            ($($name:ident)*) => { $(assert_eq!(header(stringify!($name)).as_deref(), Some(http::header::$name.as_str()));)* };
        }
        headers!(check);
        assert_eq!(header("X_FORWARDED_FOR"), None);
        for method in METHODS {
            // A method with a constant needs no allocation, and prints as its variant.
            assert_eq!(method.parse::<http::Method>().expect("a method").as_str(), method);
        }
    }
}
