//! The address of the page, which holds a policy and a request.

use super::*;

#[tokio::test]
async fn a_shared_address_fills_in_and_sends_nothing_before_a_press() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        open(client, &playground.page).await;
        write_policy(client, &policy(&playground.other), "right").await;
        write(client, "method", "DELETE").await;
        choose(client, "sender", "other").await;
        click(client, "#share").await;
        let told = Locator::XPath("//*[@id='share' and text()!='Copy link to this try']");
        client.wait().for_element(told).await.unwrap();
        let address = client.current_url().await.unwrap();
        assert!(address.fragment().is_some_and(|state| state.starts_with("play=")), "{address}");
        client.goto("about:blank").await.unwrap();

        open(client, address.as_str()).await;
        assert!(appears(client, "#shared:not([hidden])").await.is_ok());
        assert_eq!(value(client, "policy-text").await, policy(&playground.other));
        assert_eq!([value(client, "method").await, value(client, "sender").await], ["DELETE", "other"]);
        assert_eq!(texts(client, "#policy-state").await, ["Not checked yet"]);
        let script = "return performance.getEntriesByType('resource').map(({ name }) => name)
            .filter((name) => !name.endsWith('/probe.html'))
            .filter((name) => !name.startsWith(location.origin) || /\\/(policy|tries|console)$/.test(name))";
        let asked: Vec<String> = read(client, script, "").await;
        assert!(asked.is_empty(), "{asked:?}");
        assert_eq!(playground.policies(), 0);

        assert_eq!(guess(client, "blocked").await, result("blocked", "blocked", 1, 0));
        click(client, "#result .fix-policy").await;
        assert_eq!(guess(client, "readable").await, result("readable", "readable", 1, 1));
        let runs: Vec<String> = read(
            client,
            "return [...document.querySelectorAll('#result .handler.ran')].map((line) => line.dataset.runs)",
            "",
        )
        .await;
        assert_eq!(runs, ["1"], "the first request that reached the handler");
        assert!(appears(client, "#shared[hidden]").await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn an_address_that_somebody_made_up_is_ignored() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        for made_up in ["#play=", "#play=!!!", "#play=AAAA", "#nothing"] {
            client.goto("about:blank").await.unwrap();
            open(client, &format!("{}/{made_up}", playground.page)).await;
            checked(client, "right").await;
            assert_eq!(value(client, "method").await, "PUT", "{made_up}");
        }
    })
    .await;
}
