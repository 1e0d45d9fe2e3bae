//! Visits and documents as `page.js` takes them.

use cors_browser::{CacheMode, CredentialsMode, EmbedderPolicy, Mode, RedirectMode};
use serde_json::{Value, json};

use super::document::{Document, Frame};
use super::render::render;
use super::site::{Site, Sites};
use super::visit::{Ask, By, Payload, Visit};

/// The address of the outermost page.
pub(super) fn address(document: Document, sites: &Sites) -> String {
    let path = match document.embedder_policy {
        EmbedderPolicy::UnsafeNone => "/page",
        EmbedderPolicy::RequireCorp => "/page/require-corp",
        EmbedderPolicy::Credentialless => "/page/credentialless",
    };
    format!("{}{path}", sites.origin(document.top))
}

pub(super) fn document(document: Document, sites: &Sites) -> Value {
    let frame = match document.frame {
        Frame::None => Value::Null,
        Frame::Of(site) => json!({ "src": format!("{}/page", sites.origin(site)) }),
        Frame::Sandboxed => json!({ "src": format!("{}/page", sites.origin(document.top)), "sandbox": true }),
    };
    let origins: Vec<String> = match document.frame {
        Frame::Sandboxed => Vec::new(),
        _ => Site::ALL.iter().map(|site| sites.origin(*site)).collect(),
    };
    json!({ "page": address(document, sites), "frame": frame, "origins": origins })
}

pub(super) fn visit(visit: &Visit, sites: &Sites) -> Value {
    let asks: Vec<Value> = visit.asks.iter().map(|asked| ask(asked, visit, sites)).collect();
    json!({ "index": visit.id.index, "asks": asks })
}

fn ask(ask: &Ask, visit: &Visit, sites: &Sites) -> Value {
    let mut init = json!({
        "method": ask.method,
        "headers": ask.headers,
        "mode": match ask.mode {
            Mode::Cors => "cors",
            Mode::NoCors => "no-cors",
            Mode::SameOrigin => "same-origin",
        },
        "credentials": match ask.credentials {
            CredentialsMode::Omit => "omit",
            CredentialsMode::SameOrigin => "same-origin",
            CredentialsMode::Include => "include",
        },
        "redirect": match ask.redirect {
            RedirectMode::Follow => "follow",
            RedirectMode::Error => "error",
            RedirectMode::Manual => "manual",
        },
        "cache": match ask.cache {
            CacheMode::Default => "default",
            CacheMode::NoStore => "no-store",
            CacheMode::Reload => "reload",
            CacheMode::NoCache => "no-cache",
            CacheMode::ForceCache => "force-cache",
            CacheMode::OnlyIfCached => "only-if-cached",
        },
    });
    if let Some(policy) = ask.referrer_policy {
        init["referrerPolicy"] = json!(policy);
    }
    let body = match ask.body {
        Payload::None => Value::Null,
        Payload::Text => json!({ "kind": "text" }),
        Payload::UrlSearchParams => json!({ "kind": "url-search-params" }),
        Payload::FormData => json!({ "kind": "form-data" }),
        Payload::Blob(kind) => json!({ "kind": "blob", "type": kind }),
        Payload::Bytes => json!({ "kind": "bytes" }),
        Payload::Stream => json!({ "kind": "stream" }),
    };
    let by = match ask.by {
        By::Fetch => "fetch",
        By::Xhr => "xhr",
        By::XhrWithUploadListeners => "xhr-with-upload-listeners",
    };
    let document = Document::ALL.iter().position(|document| *document == ask.document);
    let url = render(&ask.url, visit, sites, ask.document);
    let wait = ask.wait.as_millis() as u64;
    json!({ "document": document, "wait": wait, "by": by, "url": url, "init": init, "body": body })
}
