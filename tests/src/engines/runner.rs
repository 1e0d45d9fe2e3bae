//! Runs pairs in an engine and in the model.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;

use cors_browser::{CacheMode, CredentialsMode, Mode, RedirectMode};
use fantoccini::Client;
use serde::Deserialize;
use serde_json::{Value, json};

use super::compare::{Difference, compare};
use super::driver::{EngineName, Session};
use super::model::ask_model;
use super::pair::{Ask, By, PageKind, Pair, Payload};
use super::render::render;
use super::seen::{Outcome, Seen};
use super::server::Server;
use super::site::{Site, Sites};

/// So many pairs in one call of the page's script, which must end before WebDriver loses patience.
const BATCH: usize = 50;

/// Runs the pairs in an engine, and gives those of which the model says something else.
///
/// # Errors
///
/// The engine is not installed, does not start, or stops.
pub async fn run(engine: EngineName, pairs: &[Pair]) -> Result<Vec<Difference>, Box<dyn Error>> {
    let server = Server::start(pairs).await?;
    let session = Session::open(engine).await?;
    let seen = run_all(session.client(), pairs, &server).await;
    session.close().await?;
    let mut seen = seen?;
    let differs = |pair: &Pair| {
        let seen = seen.remove(&pair.id.index)?;
        compare(pair, ask_model(pair, &server.sites(), Some(engine.engine())).seen, seen)
    };
    Ok(pairs.iter().filter_map(differs).collect())
}

/// What is seen of each pair, by its index.
async fn run_all(client: &Client, pairs: &[Pair], server: &Server) -> Result<HashMap<usize, Seen>, Box<dyn Error>> {
    let mut pages: BTreeMap<PageKind, Vec<&Pair>> = BTreeMap::new();
    for pair in pairs {
        pages.entry(pair.page).or_default().push(pair);
    }
    let (sites, mut seen) = (server.sites(), HashMap::new());
    for (page, pairs) in pages {
        client.goto(&format!("{}/page", sites.origin(page.site()))).await?;
        let origins: Vec<String> = Site::ALL.iter().map(|site| sites.origin(*site)).collect();
        let warmed_up = client.execute_async(WARM_UP, vec![json!(origins)]).await?;
        if let Some(error) = warmed_up.as_str() {
            return Err(error.into());
        }
        for batch in pairs.chunks(BATCH) {
            let mut outcomes = in_page(client, page, batch, &sites).await?;
            for pair in batch {
                let outcomes = outcomes.remove(&pair.id.index).ok_or("the page left out a pair")?;
                seen.insert(pair.id.index, Seen { outcomes, arrived: server.take(pair.id.index) });
            }
        }
    }
    Ok(seen)
}

const WARM_UP: &str =
    "const done = arguments[1]; warmUp(arguments[0]).then(() => done(null), (error) => done(String(error)));";

#[derive(Deserialize)]
struct Ran {
    index: usize,
    outcomes: Vec<Outcome>,
}

async fn in_page(
    client: &Client,
    page: PageKind,
    batch: &[&Pair],
    sites: &Sites,
) -> Result<HashMap<usize, Vec<Outcome>>, Box<dyn Error>> {
    let function = if page == PageKind::Sandboxed { "runSandboxed" } else { "runHere" };
    let script =
        format!("const done = arguments[1]; {function}(arguments[0]).then(done, (error) => done(String(error)));");
    let pairs: Vec<Value> = batch.iter().map(|pair| in_javascript(pair, sites)).collect();
    let found = client.execute_async(&script, vec![Value::Array(pairs)]).await?;
    let results: Vec<Ran> = serde_json::from_value(found.clone()).map_err(|error| format!("{error}: {found}"))?;
    Ok(results.into_iter().map(|result| (result.index, result.outcomes)).collect())
}

fn in_javascript(pair: &Pair, sites: &Sites) -> Value {
    let asks: Vec<Value> = pair.asks.iter().map(|ask| ask_in_javascript(ask, pair, sites)).collect();
    json!({ "index": pair.id.index, "asks": asks })
}

fn ask_in_javascript(ask: &Ask, pair: &Pair, sites: &Sites) -> Value {
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
    json!({ "by": by, "url": render(&ask.url, pair, sites, None), "init": init, "body": body })
}
