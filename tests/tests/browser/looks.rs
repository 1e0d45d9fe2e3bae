//! What the playground looks like on every screen: nothing is cut, nothing too long, and nothing that axe finds.

use fantoccini::Client;
use serde_json::{Value, json};

use crate::{
    axe::findings,
    chromium::{Layout, browse, disable_scripts, prefer, resize},
    playground::Playground,
    row::{appears, open_all, run_all, texts},
};

const MISTAKEN: &str = "origins = [\"null\", \"https://App.example.com/\"]\n";

async fn start(client: &Client, playground: &Playground) {
    client.goto(&playground.page).await.unwrap();
    appears(client, "#run-all:enabled").await.unwrap();
}

/// Runs and unfolds everything: the lessons, a request of the visitor's, and then a policy with mistakes.
async fn run_and_open(client: &Client) {
    run_all(client).await;
    appears(client, "#guess-blocked").await.unwrap().click().await.unwrap();
    appears(client, "#result .verdicts").await.unwrap();
    let text = appears(client, "#policy-text").await.unwrap();
    text.clear().await.unwrap();
    text.send_keys(MISTAKEN).await.unwrap();
    appears(client, "#mistakes li").await.unwrap();
    open_all(client).await;
    client
        .execute("document.querySelectorAll('details').forEach((part) => { part.open = true; })", Vec::new())
        .await
        .unwrap();
}

#[tokio::test]
async fn axe_finds_nothing() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        for scheme in ["light", "dark"] {
            prefer(client, scheme).await;
            start(client, &playground).await;
            assert_eq!(findings(client).await, [""; 0], "{scheme}, as it opens");
            run_and_open(client).await;
            assert_eq!(findings(client).await, [""; 0], "{scheme}, after running, with everything unfolded");
        }
        client.execute("document.querySelector('h1').remove()", Vec::new()).await.unwrap();
        assert_eq!(findings(client).await.len(), 1, "axe finds that a page without heading has none");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_wider_than_the_screen() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        for width in [320, 360, 768] {
            resize(client, width, 776).await;
            start(client, &playground).await;
            // A scroll bar takes some of the screen.
            let script = "
                const { scrollWidth, clientWidth } = document.documentElement;
                return [scrollWidth - clientWidth, innerWidth];
            ";
            let widths = client.execute(script, Vec::new()).await.unwrap();
            assert_eq!(widths, json!([0, width]), "as it opens");
            run_and_open(client).await;
            let widths = client.execute(script, Vec::new()).await.unwrap();
            assert_eq!(widths, json!([0, width]), "after running, with everything unfolded");
        }
    })
    .await;
}

#[tokio::test]
async fn on_a_phone_the_page_is_at_most_eight_screens() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        resize(client, 360, 776).await;
        start(client, &playground).await;
        let script = "return [document.documentElement.scrollHeight, innerHeight]";
        let heights: (u32, u32) = serde_json::from_value(client.execute(script, Vec::new()).await.unwrap()).unwrap();
        assert_eq!(heights.1, 776);
        assert!(heights.0 <= 8 * 776, "{} pixels", heights.0);
    })
    .await;
}

#[tokio::test]
async fn on_a_desktop_a_guess_needs_no_scrolling() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        resize(client, 1280, 800).await;
        start(client, &playground).await;
        let script = "return [document.getElementById('guess-blocked').getBoundingClientRect().bottom, innerHeight]";
        let ends: (f64, f64) = serde_json::from_value(client.execute(script, Vec::new()).await.unwrap()).unwrap();
        assert!(ends.0 < ends.1 && ends.1 == 800.0, "{ends:?}");
    })
    .await;
}

#[tokio::test]
async fn without_scripts_the_page_says_so_and_has_nothing_to_press() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        let script = "
            const parts = document.querySelectorAll('button, input, select, textarea, summary');
            return [[...parts].filter((part) => part.checkVisibility()).length, document.body.innerText];
        ";
        let look = async || client.execute(script, Vec::new()).await.unwrap();
        start(client, &playground).await;
        assert_ne!(look().await[0], 0, "with scripts there is something to press");
        disable_scripts(client).await;
        client.goto(&playground.page).await.unwrap();
        let seen: Value = look().await;
        assert_eq!(seen[0], 0, "{seen}");
        assert!(seen[1].as_str().unwrap().contains("JavaScript, which is switched off here"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn a_server_that_is_gone_is_told_and_counted() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        start(client, &playground).await;
        run_all(client).await;
        assert_eq!(texts(client, "#tally").await, ["17 readable, 3 blocked, all as predicted"]);
        playground.stop().await;
        appears(client, "#run-all").await.unwrap().click().await.unwrap();
        appears(client, ".row:last-child[data-state=failed]").await.unwrap();
        appears(client, "#run-all[aria-busy=false]").await.unwrap();
        assert_eq!(texts(client, "#tally").await, ["0 readable, 0 blocked, 14 did not run"]);
        let told = appears(client, "#dead:not([hidden])").await.unwrap().text().await.unwrap();
        assert!(told.contains("cargo run --bin playground"), "{told}");

        appears(client, "#guess-blocked").await.unwrap().click().await.unwrap();
        let told = appears(client, "#problem:not([hidden])").await.unwrap().text().await.unwrap();
        assert!(told.starts_with("The playground does not answer"), "{told}");
    })
    .await;
}
