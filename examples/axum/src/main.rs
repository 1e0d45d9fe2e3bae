//! A CORS policy around an app of axum. Try it:
//!
//! ```text
//! cargo run -p cors-example-axum
//! curl -i localhost:3000 -H 'Origin: https://app.example.com'
//! ```

use axum::Router;
use axum::routing::get;
use cors_core::PolicyDraft;
use cors_example_axum::CorsLayer;
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policy =
        PolicyDraft::new().origins(["https://app.example.com"]).credentials(true).methods(["PUT"]).validate()?;
    let app = Router::new().route("/", get(async || "handled")).layer(CorsLayer::new(policy));
    Ok(axum::serve(TcpListener::bind("localhost:3000").await?, app).await?)
}
