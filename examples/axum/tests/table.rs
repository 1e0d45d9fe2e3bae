//! Sends the requests of the table through the layer, and compares every CORS header and `Vary`.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::Body;
use axum::routing::any;
use cors_core::{Policy, PolicyDraft};
use cors_example_axum::CorsLayer;
use http::header::{HeaderMap, HeaderValue};
use http::{Method, Request};
use serde_json::Value;
use tower::ServiceExt;

/// One character is one byte.
fn bytes(text: &Value) -> Vec<u8> {
    let text = text.as_str().expect("a text");
    text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("the table is Latin-1")).collect()
}

fn policies() -> BTreeMap<String, Policy> {
    let policies: BTreeMap<String, Value> =
        serde_json::from_str(include_str!("../../../cors-core/tests/data/policies.json")).expect("a table");
    let policy = |value: Value| {
        let keys = if value.is_array() { serde_json::json!({ "rules": value }) } else { value };
        let draft: PolicyDraft = serde_json::from_value(keys).expect("a draft");
        draft.validate().unwrap_or_else(|issues| panic!("{issues}"))
    };
    policies.into_iter().map(|(name, value)| (name, policy(value))).collect()
}

/// CORS headers of a handler, which the policy must replace.
fn of_its_own() -> HeaderMap {
    let names = ["origin", "credentials", "methods", "headers"].map(|name| format!("access-control-allow-{name}"));
    let names = names.into_iter().chain(["max-age", "expose-headers"].map(|name| format!("access-control-{name}")));
    names.map(|name| (name.parse().expect("a name"), HeaderValue::from_static("own"))).collect()
}

/// Returns `None` if HTTP forbids a value of the row.
fn request(row: &Value) -> Option<Request<Body>> {
    let request = &row["request"];
    let mut built = Request::builder().uri("/").method(Method::from_bytes(&bytes(&request["method"])).ok()?);
    for line in request["headers"].as_array().expect("lines") {
        built = built.header(line[0].as_str().expect("a name"), HeaderValue::from_bytes(&bytes(&line[1])).ok()?);
    }
    built.body(Body::empty()).ok()
}

fn expected(row: &Value) -> BTreeMap<String, Vec<u8>> {
    let headers = row["expect"]["headers"].as_object().expect("headers");
    headers.iter().map(|(name, value)| (name.clone(), bytes(value))).collect()
}

#[tokio::test]
async fn every_row_is_answered_as_in_the_table() {
    let app = |policy: Policy| {
        Router::new().route("/", any(async || (of_its_own(), "handled"))).layer(CorsLayer::new(policy))
    };
    let apps: BTreeMap<String, Router> = policies().into_iter().map(|(name, policy)| (name, app(policy))).collect();
    let rows: Vec<Value> =
        serde_json::from_str(include_str!("../../../cors-core/tests/data/server.json")).expect("a table");
    let mut answered = 0;
    for row in &rows {
        let Some(request) = request(row) else { continue };
        let app = apps[row["policy"].as_str().expect("a name")].clone();
        let response = app.oneshot(request).await.unwrap_or_else(|never| match never {});
        assert_eq!(u64::from(response.status().as_u16()), row["expect"]["status"].as_u64().unwrap_or(200), "{row}");
        let headers = response.headers();
        let is_ours = |name: &str| name == "vary" || name.starts_with("access-control-");
        let mut found = BTreeMap::new();
        for (name, value) in headers.iter().filter(|(name, _)| is_ours(name.as_str())) {
            let value = if name == "vary" { value.as_bytes().to_ascii_lowercase() } else { value.as_bytes().to_vec() };
            assert_eq!(found.insert(name.as_str().to_owned(), value), None, "{name} is there twice: {row}");
        }
        assert_eq!(found, expected(row), "{row}");
        answered += 1;
    }
    assert!(answered > 400, "only {answered} rows can be sent");
}

#[tokio::test]
async fn the_applications_vary_stays_on_one_line() {
    let policy = PolicyDraft::new().origins(["https://app.example.com"]).validate().expect("a policy");
    let handler = any(async || ([("vary", "Accept-Encoding, origin-x")], "handled"));
    let app = Router::new().route("/", handler).layer(CorsLayer::new(policy));
    let response = app.oneshot(Request::new(Body::empty())).await.unwrap_or_else(|never| match never {});
    let lines: Vec<&HeaderValue> = response.headers().get_all("vary").iter().collect();
    assert_eq!(lines, ["Accept-Encoding, origin-x, Origin"]);
}
