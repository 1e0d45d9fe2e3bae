//! The scripts and servers in the tables of the browser.

use std::collections::BTreeMap;

use cors_browser::{
    Body, CacheMode, CredentialsMode, HeaderLine, InitiatorType, Mode, RedirectMode, ReferrerPolicy, Response,
    ScriptRequest,
};
use serde::Deserialize;

use crate::support::bytes;

/// A header line in a table.
pub(crate) type Line = (String, String);

/// A status, 200 by default, and header lines.
pub(crate) type Answer = (Option<u16>, Vec<Line>);

pub(crate) fn lines(lines: &[Line]) -> Vec<HeaderLine> {
    lines.iter().map(|(name, value)| HeaderLine::new(name, bytes(value))).collect()
}

/// The answer to a request with this origin.
pub(crate) fn response((status, lines): &Answer, origin: Option<&str>) -> Response {
    let add = |response: Response, (name, value): &Line| {
        response.header(name, bytes(&value.replace("@ORIGIN@", origin.unwrap_or("@ORIGIN@"))))
    };
    lines.iter().fold(Response::new(status.unwrap_or(200)), add)
}

/// A request without its URL.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Init {
    method: Option<String>,
    headers: Vec<Line>,
    body: Option<String>,
    blob: Option<String>,
    form_data: bool,
    bytes: bool,
    stream: bool,
    mode: Option<String>,
    credentials: Option<String>,
    redirect: Option<String>,
    cache: Option<String>,
    referrer_policy: Option<String>,
    /// For an `XMLHttpRequest`.
    with_credentials: bool,
    /// For an `XMLHttpRequest`.
    #[serde(alias = "upload_listeners")]
    upload: bool,
    /// For an element.
    crossorigin: Option<String>,
}

impl Init {
    pub(crate) fn request(&self, url: &str) -> ScriptRequest {
        self.request_of(InitiatorType::Fetch, url)
    }

    pub(crate) fn request_of(&self, initiator: InitiatorType, url: &str) -> ScriptRequest {
        let body = match (&self.body, &self.blob) {
            (_, Some(kind)) => Body::Blob(kind.clone()),
            (Some(_), None) => Body::Text,
            (None, None) if self.form_data => Body::FormData,
            (None, None) if self.bytes => Body::Bytes,
            (None, None) if self.stream => Body::Stream,
            (None, None) => Body::None,
        };
        let request = ScriptRequest::of(initiator, url).upload_listeners(self.upload);
        let request = if body == Body::None { request } else { request.body(body) };
        let request = with(request, self.method.as_deref(), ScriptRequest::method);
        let request = with(request, self.mode.as_deref().map(mode), ScriptRequest::mode);
        let request = with(request, self.crossorigin.as_deref(), ScriptRequest::crossorigin);
        let included = self.with_credentials.then_some(CredentialsMode::Include);
        let given = self.credentials.as_deref().map(credentials).or(included);
        let request = with(request, given, ScriptRequest::credentials);
        let request = with(request, self.redirect.as_deref().map(redirect), ScriptRequest::redirect);
        let request = with(request, self.cache.as_deref().map(cache), ScriptRequest::cache);
        let policy = self.referrer_policy.as_deref().map(referrer_policy);
        let request = with(request, policy, ScriptRequest::referrer_policy);
        self.headers.iter().fold(request, |request, (name, value)| request.header(name, bytes(value)))
    }
}

/// The parts that a server cannot see.
impl Init {
    /// Whether the credentials mode of a request to another origin is `include`.
    pub(crate) fn includes_credentials(&self, initiator: InitiatorType) -> bool {
        let by_attribute = self.crossorigin.as_deref().map(|value| value == "use-credentials");
        let given = self.credentials.as_deref().map(|mode| mode == "include").or(by_attribute);
        given.unwrap_or(self.with_credentials || initiator.credentials() == CredentialsMode::Include)
    }

    /// Whether a preflight is due for every method and header (PRE-4).
    pub(crate) fn forces_preflight(&self) -> bool {
        self.upload || self.stream
    }
}

/// Sets a value if it is given. The initiator decides otherwise.
fn with<T>(request: ScriptRequest, given: Option<T>, set: fn(ScriptRequest, T) -> ScriptRequest) -> ScriptRequest {
    match given {
        Some(value) => set(request, value),
        None => request,
    }
}

/// Returns the initiator with this name in the tables.
pub(crate) fn initiator(name: &str) -> InitiatorType {
    match name {
        "fetch" | "worker" => InitiatorType::Fetch,
        "xhr" => InitiatorType::XmlHttpRequest,
        "es" => InitiatorType::EventSource,
        "beacon" => InitiatorType::Beacon,
        "ping" => InitiatorType::Ping,
        "script" => InitiatorType::Script,
        "import" => InitiatorType::ModuleScript,
        "new Worker" => InitiatorType::Worker,
        "importScripts" => InitiatorType::ImportScripts,
        "img" => InitiatorType::Image,
        "video" => InitiatorType::Video,
        "audio" => InitiatorType::Audio,
        "track" => InitiatorType::Track,
        "stylesheet" => InitiatorType::Stylesheet,
        "font" => InitiatorType::Font,
        "css image" => InitiatorType::CssImage,
        "css shape" => InitiatorType::CssShape,
        "preload" => InitiatorType::Preload,
        "preload font" => InitiatorType::PreloadFont,
        other => panic!("{other}"),
    }
}

pub(crate) fn credentials(name: &str) -> CredentialsMode {
    match name {
        "omit" => CredentialsMode::Omit,
        "same-origin" => CredentialsMode::SameOrigin,
        "include" => CredentialsMode::Include,
        other => panic!("{other}"),
    }
}

fn mode(name: &str) -> Mode {
    match name {
        "cors" => Mode::Cors,
        "no-cors" => Mode::NoCors,
        "same-origin" => Mode::SameOrigin,
        other => panic!("{other}"),
    }
}

fn redirect(name: &str) -> RedirectMode {
    match name {
        "follow" => RedirectMode::Follow,
        "error" => RedirectMode::Error,
        "manual" => RedirectMode::Manual,
        other => panic!("{other}"),
    }
}

fn cache(name: &str) -> CacheMode {
    match name {
        "default" => CacheMode::Default,
        "reload" => CacheMode::Reload,
        "no-store" => CacheMode::NoStore,
        "no-cache" => CacheMode::NoCache,
        "force-cache" => CacheMode::ForceCache,
        "only-if-cached" => CacheMode::OnlyIfCached,
        other => panic!("{other}"),
    }
}

fn referrer_policy(name: &str) -> ReferrerPolicy {
    match name {
        "no-referrer" => ReferrerPolicy::NoReferrer,
        "no-referrer-when-downgrade" => ReferrerPolicy::NoReferrerWhenDowngrade,
        "same-origin" => ReferrerPolicy::SameOrigin,
        "origin-when-cross-origin" => ReferrerPolicy::OriginWhenCrossOrigin,
        "unsafe-url" => ReferrerPolicy::UnsafeUrl,
        other => panic!("{other}"),
    }
}

/// The answers of a URL.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answers {
    pub(crate) preflight: Option<Answer>,
    pub(crate) actual: Option<Answer>,
}

/// The answers of each URL.
pub(crate) type Server = BTreeMap<String, Answers>;
