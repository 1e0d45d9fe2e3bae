//! What a row predicts, and what it shows when that was right or wrong.

use std::iter::zip;

use cors_browser::canonical_name;
use fantoccini::Client;

use crate::{
    chromium::{Layout, browse, console, disable_cache, run_before_pages},
    expected,
    playground::Playground,
    row::{self, press, run_all, texts},
};

/// The steps that came otherwise than predicted: row, number of the step, and the lines that differ.
async fn surprises(client: &Client) -> Vec<(String, usize, Vec<String>)> {
    let script = "
        return [...document.querySelectorAll('.step[data-agreement=differs]')].map((step) => [
            step.closest('.row').id,
            [...step.parentElement.children].indexOf(step),
            [...step.querySelectorAll('.differs')].map((line) => line.dataset.line),
        ]);
    ";
    row::read(client, script, "").await
}

#[tokio::test]
async fn before_any_press_each_row_predicts_what_it_will_come_to() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.page).await.unwrap();
        let steps = expected().into_iter().flat_map(|(row, steps)| steps.into_iter().map(move |step| (row, step)));
        let right: Vec<_> = steps.map(|(row, step)| (row.to_owned(), step.prediction())).collect();
        assert_eq!(row::predicted(client).await, right);

        let title = texts(client, "#simple-get thead th").await;
        assert_eq!(title, ["Predicted for Chromium", "What happened"]);
        let happened = texts(client, ".happened").await;
        assert!(happened.iter().all(|text| text == "…"), "before any press: {happened:?}");
    })
    .await;
}

#[tokio::test]
async fn headers_are_called_as_in_the_words_of_the_model() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.page).await.unwrap();
        let names =
            "content-md5 dnt dpr etag last-event-id te www-authenticate x-xss-protection content-type x-request-id";
        let script = "
            const [names, done] = arguments;
            import('/element.js').then(({ titled }) => done(names.split(' ').map(titled)));
        ";
        let called = client.execute_async(script, vec![names.into()]).await.unwrap();
        assert_eq!(called, names.split(' ').map(canonical_name).collect::<serde_json::Value>());
    })
    .await;
}

#[tokio::test]
async fn each_wrong_prediction_is_shown_as_wrong_and_no_other() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        let lies = "
            const real = window.fetch;
            window.fetch = async (url, options) => {
                const response = await real(url, options);
                if (url !== '/predictions') return response;
                const predictions = await response.json();
                const { groups } = await import('/rows.js');
                const ids = groups.flatMap((group) => group.rows).map((row) => row.id);
                const lie = (row, step, what) => Object.assign(predictions.rows[ids.indexOf(row)][step], what);
                lie('simple-get', 0, { outcome: 'blocked' });
                lie('json-post', 0, { requests: 2 });
                lie('method-not-listed', 0, { preflights: 0 });
                lie('cookie-left-out', 1, { status: 200 });
                lie('response-headers', 0, { headers: ['cache-control', 'content-length', 'content-type'] });
                return new Response(JSON.stringify(predictions));
            };
        ";
        run_before_pages(client, lies).await;
        client.goto(&playground.page).await.unwrap();
        run_all(client).await;

        let seen = surprises(client).await;
        let seen: Vec<_> = seen.iter().map(|(row, step, lines)| (row.as_str(), *step, lines.join(" "))).collect();
        let wrong = [
            ("simple-get", 0, "Answer Headers"),
            ("json-post", 0, "Sent"),
            ("method-not-listed", 0, "Sent"),
            ("cookie-left-out", 1, "Answer"),
            ("response-headers", 0, "Headers"),
        ];
        assert_eq!(seen, wrong.map(|(row, step, lines)| (row, step, lines.to_owned())));
        assert_eq!(texts(client, "[data-agreement=differs] .agreement").await, ["✗ Not as predicted"; 5]);
        assert_eq!(texts(client, "#tally").await, ["17 readable, 3 blocked, 5 not as predicted"]);
        let explained = texts(client, "#method-not-listed .console, #method-not-listed .fix").await;
        assert!(explained.is_empty(), "an explanation of what the model had wrong: {explained:?}");
    })
    .await;
}

#[tokio::test]
async fn a_browser_that_does_otherwise_is_a_surprise() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.page).await.unwrap();
        // Then no preflight is remembered, which the model cannot know.
        disable_cache(client).await;
        press(client, "preflight-reused").await;
        assert_eq!(surprises(client).await, [("preflight-reused".to_owned(), 1, vec!["Sent".to_owned()])]);
        let announced = texts(client, "#announcement[aria-live=polite]").await;
        assert_eq!(announced, ["A preflight that is kept: readable, readable, not as predicted"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_blocked_shows_the_words_of_the_console_and_what_to_write() {
    let playground = Playground::start().await;
    browse(Layout::Desktop, async |client| {
        client.goto(&playground.page).await.unwrap();
        run_all(client).await;

        let complaints = console(client).await;
        let printed: Vec<_> = complaints.iter().filter(|text| text.contains("blocked by CORS policy")).collect();
        let shown = texts(client, "pre.console").await;
        assert_eq!(shown.len(), 3, "{shown:#?}");
        assert_eq!(printed.len(), 3, "{printed:#?}");
        for (shown, printed) in zip(shown, printed) {
            assert!(printed.contains(&shown), "shown: {shown}\nprinted: {printed}");
        }

        let (page, other) = (&playground.page, &playground.other);
        let fixes = [
            format!("origins: [\"{page}\", \"{other}\"],"),
            "methods: [GET, POST, PUT, DELETE, PATCH],".to_owned(),
            "allow_headers: [\"Content-Type\", \"Authorization\", \"X-Debug\"],".to_owned(),
        ];
        assert_eq!(texts(client, "pre.fix").await, fixes);
        let rules: Vec<String> = texts(client, ".reason").await;
        assert!(rules[1].contains("does not allow the method PATCH"), "{rules:#?}");
        assert!(rules.iter().all(|text| !text.contains("run=")), "{rules:#?}");
    })
    .await;
}

#[tokio::test]
async fn what_happened_takes_the_room_that_was_kept_for_it() {
    let playground = Playground::start().await;
    browse(Layout::Phone, async |client| {
        client.goto(&playground.page).await.unwrap();
        row::open_all(client).await;
        let script = "return [...document.querySelectorAll('.prediction')].map((part) => part.offsetHeight)";
        let before: Vec<u32> = row::read(client, script, "").await;
        run_all(client).await;
        let after: Vec<u32> = row::read(client, script, "").await;
        assert!(before.iter().all(|&height| height > 0), "{before:?}");
        assert_eq!(before, after);
    })
    .await;
}
