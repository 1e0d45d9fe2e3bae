//! Reads what a network tab copies as fetch: for a browser, with the credentials mode, and for Node.js.

use serde::Deserialize;
use serde_json::{Deserializer, Map, Value};

use cors_browser::Body;

use crate::mistake::Mistake;
use crate::script::Asked;

/// The parts of the second argument that matter.
#[derive(Debug, Default, Deserialize)]
struct Init {
    method: Option<String>,
    #[serde(default)]
    headers: Map<String, Value>,
    body: Option<String>,
    referrer: Option<String>,
    credentials: Option<String>,
    mode: Option<String>,
}

/// The text in the parentheses of the first call.
pub(crate) fn arguments(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("fetch(")?;
    rest.trim_start().starts_with(['"', '\'', '`']).then_some(rest)
}

pub(crate) fn parse(arguments: &str) -> Result<Asked, Mistake> {
    let foreign = |error: serde_json::Error| {
        Mistake::new(format!(
            "this call of fetch is not as a network tab copies it, with all in double quotes: {error}"
        ))
    };
    let mut values = Deserializer::from_str(arguments).into_iter::<String>();
    let url = values.next().transpose().map_err(foreign)?.unwrap_or_default();
    let rest = arguments[values.byte_offset()..].trim_start();
    let init = match rest.strip_prefix(',').map(str::trim_start).filter(|rest| rest.starts_with('{')) {
        Some(init) => Deserializer::from_str(init).into_iter::<Init>().next().transpose().map_err(foreign)?,
        None => None,
    };
    let init = init.unwrap_or_default();
    let mut asked = Asked { url, method: init.method, body: init.body, body_kind: Body::Text, ..Asked::default() };
    let value = |value: Value| value.as_str().map(str::to_owned).unwrap_or_else(|| value.to_string());
    asked.take_headers(init.headers.into_iter().map(|(name, written)| (name, value(written))).collect());
    asked.page = asked.page.or(init.referrer.filter(|page| page.starts_with("http")));
    // The form for Node.js has no credentials mode, only the cookie.
    asked.credentials = init.credentials.map(|mode| mode == "include");
    asked.mode_is_cors = init.mode.map(|mode| mode == "cors");
    Ok(asked)
}
