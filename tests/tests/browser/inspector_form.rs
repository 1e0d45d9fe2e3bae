//! The form of the inspector in Chromium.

use std::time::Duration;

use fantoccini::Locator;
use serde_json::json;

use crate::chromium::{Layout, browse};
use crate::inspector::{Inspected, PATIENCE, appears, press, said};

#[tokio::test]
async fn the_form_draws_what_would_happen() {
    let app = Inspected::start();
    browse(Layout::Desktop, async |client| {
        client.goto(&app.inspector).await.unwrap();
        appears(client, "#policies .policy").await;
        for (field, value) in [("origin", app.origin()), ("method", "PUT"), ("headers", "X-Token: 7")] {
            let input = client.find(Locator::Css(&format!("#form [name={field}]"))).await.unwrap();
            input.clear().await.unwrap();
            input.send_keys(value).await.unwrap();
        }
        client.find(Locator::Css("#form button")).await.unwrap().click().await.unwrap();
        appears(client, "#imagined .picture[data-code=method-not-allowed]").await;
        assert_eq!(said(client, "#imagined").await[0], "The browser asks first: may I PUT with X-Token?");
        let script = "return document.getElementById('imagined').getBoundingClientRect().top < innerHeight / 2";
        assert_eq!(client.execute(script, Vec::new()).await.unwrap(), json!(true), "the picture is in view");
        let fix = appears(client, "#imagined .paste code").await;
        assert_eq!(fix, "methods: [PUT],\nallow_headers: [\"Content-Type\", \"X-Token\"],");

        let method = client.find(Locator::Css("#form [name=method]")).await.unwrap();
        method.clear().await.unwrap();
        method.send_keys("GET").await.unwrap();
        let headers = client.find(Locator::Css("#form [name=headers]")).await.unwrap();
        headers.clear().await.unwrap();
        headers.send_keys("Content-Type: application/json").await.unwrap();
        client.find(Locator::Css("#form button")).await.unwrap().click().await.unwrap();
        appears(client, "#imagined .picture[data-code=readable]").await;
        // What somebody writes stays text.
        let path = client.find(Locator::Css("#form [name=path]")).await.unwrap();
        path.send_keys("<b>x</b>").await.unwrap();
        client.find(Locator::Css("#form button")).await.unwrap().click().await.unwrap();
        let wait = client.wait().at_most(PATIENCE).every(Duration::from_millis(20));
        wait.for_element(Locator::XPath("//*[@id='imagined']//*[text()='GET /<b>x</b>']")).await.unwrap();
        // The app was not asked.
        appears(client, "#empty:not([hidden])").await;
    })
    .await;
}

#[tokio::test]
async fn the_form_begins_with_the_last_blocked_request_until_somebody_writes_in_it() {
    let app = Inspected::start();
    browse(Layout::Desktop, async |client| {
        let values = async || {
            let script = "return ['origin', 'method', 'path', 'headers', 'credentials']
                .map((name) => document.getElementById('form').elements[name].value)";
            serde_json::from_value::<Vec<String>>(client.execute(script, Vec::new()).await.unwrap()).unwrap()
        };
        client.goto(&app.page).await.unwrap();
        press(client, "button[data-method=PUT]").await;
        client.goto(&app.inspector).await.unwrap();
        appears(client, "#pictures .picture").await;
        let put = [app.origin(), "PUT", "/api/notes", "content-type", "same-origin"];
        assert_eq!(values().await, put);
        client.find(Locator::Css("#form button")).await.unwrap().click().await.unwrap();
        appears(client, "#imagined .picture[data-code=method-not-allowed]").await;

        let watching = client.window().await.unwrap();
        let asking = client.new_window(true).await.unwrap().handle;
        client.switch_to_window(asking).await.unwrap();
        client.goto(&app.page).await.unwrap();
        press(client, "button[data-path='/health']").await;
        client.switch_to_window(watching).await.unwrap();
        appears(client, "#pictures .picture[data-code=allow-origin-missing]").await;
        assert_eq!(values().await, put, "what somebody asked about stays");
    })
    .await;
}
