//! Who reads beside the page: what `why` warns of is what Chromium then does.

use fantoccini::Client;
use serde_json::Value;

use crate::rows::WITH_COOKIES;
use crate::servers::Servers;
use crate::{HOST, ORIGIN, Said, fetch};

pub(crate) const HEAD: &str = "
## Who else reads

Servers that the page reads, with credentials or without: right ones and careless ones. Chromium asks for the same with credentials as pages
of three more hosts. Then the page asks through a cache (nginx) that was asked before, by another page, or for a picture, without `Origin`.

| situation | how it allows | who reads beside the page | the page, past a cache | `why` warns |
|---|---|---|---|---|
";

const OTHER: &str = "other.localhost";
/// It ends like the page's.
const ENDING: &str = "why-probeapp.localhost";
const BEGINNING: &str = "app.localhost.why-probe.invalid";
pub(crate) const HOSTS: [&str; 4] = [HOST, OTHER, BEGINNING, ENDING];

const ROWS: &[(&str, &str)] = &[
    ("express-right wrong", "one origin, with credentials"),
    ("express-list mended", "a list"),
    ("express-reflects wrong", "`origin: true`, with credentials"),
    ("express-ending wrong", "a regular expression without a beginning, with credentials"),
    ("express-forgets wrong", "one origin, by hand, without `Vary: Origin`"),
    ("koa-reflects wrong", "no `origin`, with credentials"),
    ("koa-none mended", "one origin"),
    ("json-server-right wrong", "by default"),
    ("flask-right wrong", "one origin"),
    ("flask-list mended", "a list"),
    ("flask-reflects wrong", "no `origins`, with credentials"),
    ("flask-ending wrong", "a regular expression that begins with `.*`, with credentials"),
    ("fastapi-list mended", "a list"),
    ("fastapi-reflects wrong", "`*` with credentials"),
    ("fastapi-ending wrong", "a regular expression with `.*` before the host, with credentials"),
    ("django-list mended", "a list"),
    ("django-reflects wrong", "all origins, with credentials"),
    ("nginx-spaces mended", "a `map`"),
    ("apache-ending wrong", "a regular expression that begins with `.*`, with credentials"),
];

/// The table, and where `why` and Chromium differ.
pub(crate) async fn table(client: &Client, servers: &Servers) -> (String, Vec<String>) {
    let mut readers = vec![Vec::new(); ROWS.len()];
    let at = |place: usize| servers.url(ROWS[place].0, "/notes");
    let cached = |place: usize, query: &str| servers.cached(ROWS[place].0, &format!("/notes?{query}"));
    for host in &HOSTS[1..] {
        client.goto(&format!("http://{host}")).await.unwrap();
        for (place, readers) in readers.iter_mut().enumerate() {
            if fetch(client, &at(place), &WITH_COOKIES).await == "readable" {
                readers.push(*host);
            }
            ask(client, &cached(place, "page"), "cors").await;
            ask(client, &cached(place, "picture"), "no-cors").await;
        }
    }
    client.goto(ORIGIN).await.unwrap();
    let (mut table, mut wrong) = (HEAD.to_owned(), Vec::new());
    for (place, ((server, how), readers)) in ROWS.iter().zip(readers).enumerate() {
        let past_page = ask(client, &cached(place, "page"), "cors").await;
        let past_picture = ask(client, &cached(place, "picture"), "cors").await;
        let past_cache = match (past_page, past_picture) {
            (true, true) => "readable",
            (true, false) => "blocked after a picture",
            (false, _) => "blocked after a page",
        };
        let warned = warnings(&at(place));
        let is_told = |code: &str| warned.iter().any(|told| told == code);
        let reads = |host: &str| readers.contains(&host);
        let of_similar = |host: &str| reads(host) && !reads(OTHER);
        let expected = [
            ("origin-reflected", reads(OTHER)),
            ("beginning-matched", of_similar(BEGINNING)),
            ("ending-matched", of_similar(ENDING)),
            ("vary-missing", !past_page),
        ];
        for (code, is_so) in expected.into_iter().filter(|(code, is_so)| is_told(code) != *is_so) {
            wrong.push(format!("{server}: {code} is {is_so} by Chromium, and why warns of {warned:?}"));
        }
        let or = |list: String, none: &str| if list.is_empty() { none.to_owned() } else { list };
        let (readers, warned) = (or(readers.join(", "), "nobody"), or(warned.join(", "), "-"));
        let name = server.split(' ').next().unwrap_or_default();
        table.push_str(&format!("| {name} | {how} | {readers} | {past_cache} | {warned} |\n"));
    }
    (table, wrong)
}

/// Whether a script may read, without the browser's own cache.
async fn ask(client: &Client, url: &str, mode: &str) -> bool {
    let script = "const [url, mode, done] = arguments;
        fetch(url, { mode, cache: 'no-store' }).then((response) => response.text()).then(() => done(true), () => done(false));";
    client.execute_async(script, vec![Value::from(url), Value::from(mode)]).await.unwrap() == true
}

/// The codes of what `why` warns of.
fn warnings(url: &str) -> Vec<String> {
    let report = Said::report(&[url, "--from", ORIGIN, "--json"]);
    let list = report["warnings"].as_array().expect("a list");
    list.iter().map(|warning| warning["code"].as_str().expect("a code").to_owned()).collect()
}
