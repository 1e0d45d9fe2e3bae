//! Chromium shows the inspector of the example, while a page of another origin asks the app.

use std::time::Duration;

use cors_tests::example::Example;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};

use crate::axe::findings;
use crate::chromium::{self, Layout, browse, prefer, resize};

pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// The example, with the addresses that it prints.
pub(crate) struct Inspected {
    pub(crate) inspector: String,
    pub(crate) page: String,
    _example: Example,
}

impl Inspected {
    pub(crate) fn start() -> Self {
        let mut example = Example::start("inspector", &[]);
        let mut read = |name: &str| {
            let line = example.read_until(name);
            line.trim_start_matches(name).trim().to_owned()
        };
        let (inspector, page) = (read("inspector"), read("page"));
        Self { inspector, page, _example: example }
    }

    /// The origin of the page.
    pub(crate) fn origin(&self) -> &str {
        self.page.split_once("/?").map_or("", |(origin, _)| origin)
    }

    /// The address without the key.
    fn place(&self) -> &str {
        self.inspector.split_once('?').map_or("", |(place, _)| place)
    }
}

/// Presses a button of the page, and waits until the page was told something.
pub(crate) async fn press(client: &Client, selector: &str) -> String {
    client.execute("document.getElementById('told').textContent = ''", Vec::new()).await.unwrap();
    client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
    appears(client, "#told:not(:empty)").await
}

/// The text of an element, once it is there.
pub(crate) async fn appears(client: &Client, selector: &str) -> String {
    let wait = client.wait().at_most(PATIENCE).every(Duration::from_millis(20));
    let found = wait.for_element(Locator::Css(selector)).await;
    found.unwrap_or_else(|error| panic!("{selector}: {error}")).text().await.unwrap()
}

/// What is said over the arrows of the newest picture within `place`, from top to bottom.
pub(crate) async fn said(client: &Client, place: &str) -> Vec<String> {
    let script = "
        const texts = document.querySelector(arguments[0]).querySelector('.lifelines')
            .querySelectorAll('.says, .at-it, .at-browser');
        return [...texts].map((text) => text.textContent);
    ";
    serde_json::from_value(client.execute(script, vec![json!(place)]).await.unwrap()).unwrap()
}

async fn execute(client: &Client, script: &str, argument: &str) -> Value {
    client.execute_async(script, vec![json!(argument)]).await.unwrap()
}

#[tokio::test]
async fn the_inspector_shows_at_once_what_a_page_asks_and_why_it_is_blocked() {
    let app = Inspected::start();
    browse(Layout::Desktop, async |client| {
        client.goto(&app.inspector).await.unwrap();
        let nothing = appears(client, "#empty:not([hidden])").await;
        assert!(nothing.starts_with("Nothing yet."), "{nothing}");
        let watching = client.window().await.unwrap();

        let asking = client.new_window(true).await.unwrap().handle;
        client.switch_to_window(asking.clone()).await.unwrap();
        client.goto(&app.page).await.unwrap();
        let told = press(client, "button[data-method=PUT]").await;
        assert_eq!(told, "Save the notes: TypeError: Failed to fetch. The inspector shows why.");

        client.switch_to_window(watching.clone()).await.unwrap();
        let picture = "#pictures .picture[data-code=method-not-allowed]";
        let text = appears(client, picture).await;
        assert!(text.contains("PUT /api/notes\nBlocked: the request was never sent"), "{text}");
        assert_eq!(
            said(client, picture).await,
            [
                "The browser asks first: may I PUT with Content-Type?",
                "Your policy answers, no handler runs",
                "Your server answers: permission, but not for PUT",
                "✕The browser stops here",
            ]
        );
        assert_eq!(
            appears(client, &format!("{picture} .decided")).await,
            "notes refuses: the rule for the origin does not list the method\nthe shadow policy of notes would refuse nothing"
        );
        let missing = appears(client, &format!("{picture} .line[data-mark=missing]")).await;
        assert_eq!(missing, "missing Access-Control-Allow-Methods: PUT");
        assert_eq!(appears(client, &format!("{picture} .paste code")).await, "methods: [PUT],");

        client.find(Locator::Css(&format!("{picture} .consoles summary"))).await.unwrap().click().await.unwrap();
        let consoles = appears(client, &format!("{picture} .consoles[open]")).await;
        for begins in
            ["\nChrome\nAccess to fetch at 'http://", "\nFirefox\nCross-Origin Request Blocked:", "\nSafari\n"]
        {
            assert!(consoles.contains(begins), "{begins:?} in {consoles}");
        }

        client.switch_to_window(asking).await.unwrap();
        let told = press(client, "button[data-path='/api/notes']:not([data-method])").await;
        assert_eq!(told, "Read the notes: 200 [\"milk\"]");
        client.switch_to_window(watching).await.unwrap();
        let text = appears(client, "#pictures .picture[data-verdict=depends]").await;
        let title = "Depends on credentials: readable without them, blocked with them";
        assert!(text.contains(&format!("GET /api/notes\n{title}")), "{text}");
        assert_eq!(appears(client, "#pictures .picture[data-verdict=depends] .sign").await, "?");
        let announced = "return document.getElementById('announcement').textContent";
        assert_eq!(client.execute(announced, Vec::new()).await.unwrap(), json!(format!("GET /api/notes: {title}")));

        let complaints = chromium::console(client).await;
        let of_inspector: Vec<_> = complaints.iter().filter(|text| text.contains("/__cors")).collect();
        assert!(of_inspector.is_empty(), "{of_inspector:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_browser_shows_by_a_header_that_the_page_of_another_site_asked_with_credentials() {
    let app = Inspected::start();
    browse(Layout::Desktop, async |client| {
        client.goto(&app.page.replacen("127.0.0.1", "localhost", 1)).await.unwrap();
        press(client, "button[data-credentials]").await;
        press(client, "button[data-path='/api/notes']:not([data-method], [data-credentials])").await;
        client.goto(&app.inspector).await.unwrap();
        appears(client, "#pictures .picture:nth-child(2) .sign").await;
        let script = "return [...document.querySelectorAll('#pictures .picture')]
            .map((picture) => picture.querySelector('.assumed')?.textContent ?? '')";
        let assumed: Vec<String> = serde_json::from_value(client.execute(script, Vec::new()).await.unwrap()).unwrap();
        assert_eq!(assumed.len(), 2);
        assert_eq!(assumed[0], "", "without credentials, and blocked either way");
        assert!(assumed[1].starts_with("The request has Sec-Fetch-Storage-Access"), "{assumed:?}");
    })
    .await;
}

#[tokio::test]
async fn a_browser_without_the_key_is_told_where_it_is_and_with_it_keeps_it_out_of_the_address() {
    let app = Inspected::start();
    browse(Layout::Desktop, async |client| {
        client.goto(app.place()).await.unwrap();
        let text = appears(client, "body").await;
        assert!(text.starts_with("The CORS inspector shows nothing here: open the address with the key"), "{text}");
        for address in [&app.inspector, app.place()] {
            client.goto(address).await.unwrap();
            appears(client, "#live[data-state=live]").await;
            assert_eq!(client.current_url().await.unwrap().as_str(), app.place());
        }
        let seen = client.execute("return document.cookie", Vec::new()).await.unwrap();
        assert_eq!(seen, json!(""), "no script reads the key");
    })
    .await;
}

#[tokio::test]
async fn a_page_of_another_origin_gets_nothing_of_the_inspector() {
    let app = Inspected::start();
    browse(Layout::Desktop, async |client| {
        // The page is on another port of this machine, so the browser would send the cookie along.
        client.goto(&app.inspector).await.unwrap();
        appears(client, "#live[data-state=live]").await;
        client.goto(&app.page).await.unwrap();
        let script = "
            const [url, done] = arguments;
            const attempts = [{}, { mode: 'no-cors' }, { credentials: 'include' }].map((options) =>
                fetch(`${url}/state`, options).then((answer) => answer.text(), (error) => String(error)));
            const framed = new Promise((resolve) => {
                const frame = document.createElement('iframe');
                frame.onload = () => {
                    try { resolve(frame.contentDocument?.body.textContent ?? 'of another origin'); }
                    catch (error) { resolve(String(error)); }
                };
                frame.src = url;
                document.body.append(frame);
            });
            Promise.all([...attempts, framed]).then(done);
        ";
        let got = execute(client, script, app.place()).await;
        let blocked = "TypeError: Failed to fetch";
        assert_eq!(got, json!([blocked, blocked, blocked, "of another origin"]));

        // A link of that page leads to no data either.
        client.execute("location.href = arguments[0]", vec![json!(app.inspector)]).await.unwrap();
        let wait = client.wait().at_most(PATIENCE);
        wait.for_url(&app.inspector.parse().unwrap()).await.unwrap();
        let text = appears(client, "body").await;
        assert!(text.starts_with("The CORS inspector shows nothing here: another site sent this request"), "{text}");
    })
    .await;
}

/// Makes entries of each kind, opens the inspector, and has the form draw what would happen.
async fn fill(client: &Client, app: &Inspected) {
    client.goto(&app.page).await.unwrap();
    for button in ["[data-method=PUT]", "[data-credentials]", "[data-path='/health']", "[data-path='/api/notes']"] {
        press(client, &format!("button{button}")).await;
    }
    client.goto(&app.inspector).await.unwrap();
    for verdict in ["blocked", "depends"] {
        appears(client, &format!("#pictures .picture[data-verdict={verdict}]")).await;
    }
    appears(client, "#pictures .decided [data-mood=good]").await;
    appears(client, "#policies .shadow").await;
    client.find(Locator::Css("#form button")).await.unwrap().click().await.unwrap();
    appears(client, "#imagined .picture").await;
    let open = "document.querySelectorAll('details').forEach((part) => { part.open = true; })";
    client.execute(open, Vec::new()).await.unwrap();
}

#[tokio::test]
async fn axe_finds_nothing_and_nothing_is_wider_than_the_screen() {
    let app = Inspected::start();
    browse(Layout::Desktop, async |client| {
        for (scheme, width) in [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)] {
            prefer(client, scheme).await;
            resize(client, width, 776).await;
            client.goto(&app.inspector).await.unwrap();
            appears(client, "#policies .policy").await;
            assert_eq!(findings(client).await, [""; 0], "{scheme}, {width} pixels, as it opens");
            fill(client, &app).await;
            assert_eq!(findings(client).await, [""; 0], "{scheme}, {width} pixels, with everything unfolded");
            // A scroll bar takes some of the screen.
            let script = "
                const { scrollWidth, clientWidth } = document.documentElement;
                return [scrollWidth - clientWidth, innerWidth];
            ";
            let widths = client.execute(script, Vec::new()).await.unwrap();
            assert_eq!(widths, json!([0, width]), "{scheme}");
        }
        client.execute("document.querySelector('h1').remove()", Vec::new()).await.unwrap();
        assert_eq!(findings(client).await.len(), 1, "axe finds that a page without heading has none");
    })
    .await;
}
