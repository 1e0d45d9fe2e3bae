//! The picture of a recorded fetch. It has two verdicts if they depend on credentials.

use std::time::UNIX_EPOCH;

use cors_browser::CredentialsMode;
use serde_json::{Value as Json, json};

use super::fetch::{Fetch, seen};
use super::log::Together;
use super::picture::picture;
use super::policies::Named;

/// Returns the picture of a recorded fetch.
pub(super) fn shown(together: &Together, policies: &[Named]) -> Option<Json> {
    let (first, last) = (together.first()?, together.last()?);
    let decided = last.decisions.deciding();
    let policy = || decided.map(|seen| (*seen.policy).clone());
    let with = |credentials| {
        seen(together, credentials).map(|fetch| Fetch {
            policy: policy(),
            decisions: Some(last.decisions.clone()),
            ..fetch
        })
    };
    let included = with(CredentialsMode::Include)?;
    let known = with_credentials(together);
    let mut shown = match known {
        Some(why) => {
            let mut shown = picture(&included, CredentialsMode::Include);
            shown["assumed"] = why.into();
            shown
        }
        None => with_or_without(&with(CredentialsMode::SameOrigin)?, &included),
    };
    // The form starts with the blocked request.
    let mode = if known.is_some() || shown["verdict"] == "depends" { "include" } else { "same-origin" };
    let name = decided.map(|seen| seen.name.to_string());
    if ["blocked", "depends"].iter().any(|verdict| shown["verdict"] == *verdict) {
        let index = policies.iter().position(|named| Some(&named.name) == name.as_ref());
        shown["form"] = form(together, &included, mode, index.unwrap_or_default());
    }
    let time = last.time.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
    shown["id"] = first.number.into();
    shown["time"] = u64::try_from(time).unwrap_or_default().into();
    shown["policy"] = json!(name);
    Some(shown)
}

/// Returns the proof that the request had credentials, if there is one.
fn with_credentials(together: &Together) -> Option<&'static str> {
    let lines = &together.actual.as_ref()?.request.lines;
    if lines.has("cookie") {
        Some("The request has cookies, so the page sent it with credentials.")
    } else if lines.has("sec-fetch-storage-access") {
        // https://privacycg.github.io/storage-access-headers/: sent to another site only in credentials mode
        // "include".
        Some("The request has Sec-Fetch-Storage-Access, which a browser sends only with credentials.")
    } else {
        None
    }
}

fn with_or_without(omitted: &Fetch, included: &Fetch) -> Json {
    let mut shown = picture(omitted, CredentialsMode::SameOrigin);
    if omitted.outcome.code() != included.outcome.code() {
        shown["assumed"] =
            "This picture is for a request without credentials: the request does not show whether it had credentials."
                .into();
        shown["otherwise"] = picture(included, CredentialsMode::Include);
        shown["otherwise"]["when"] = "With credentials: \"include\"".into();
        depends(&mut shown, "credentials", ["without them", "with them"]);
    }
    shown
}

/// Changes the headline if the picture and `otherwise` have different verdicts.
pub(super) fn depends(shown: &mut Json, on: &str, cases: [&str; 2]) {
    let verdicts = [&shown["verdict"], &shown["otherwise"]["verdict"]].map(|verdict| match verdict.as_str() {
        Some("open") => "allowed so far".to_owned(),
        verdict => verdict.unwrap_or_default().to_owned(),
    });
    if verdicts[0] != verdicts[1] {
        let the = if on == "source" { "the " } else { "" };
        let [first, other] = verdicts;
        shown["title"] = format!("Depends on {the}{on}: {first} {}, {other} {}", cases[0], cases[1]).into();
        shown["verdict"] = "depends".into();
        shown["code"] = format!("depends-on-{on}").into();
    }
}

/// Returns the values of the form for the same request.
fn form(together: &Together, fetch: &Fetch, credentials: &str, policy: usize) -> Json {
    let mut headers = fetch.asked_headers.join("\n");
    let kind = together.actual.as_ref().and_then(|actual| actual.request.lines.get("content-type"));
    if let (None, Some(kind)) = (&together.preflight, kind) {
        headers = format!("Content-Type: {kind}");
    }
    json!({
        "policy": policy.to_string(),
        "origin": fetch.transcript.page.origin(),
        "method": fetch.method,
        "path": fetch.path,
        "headers": headers,
        "credentials": credentials,
    })
}
