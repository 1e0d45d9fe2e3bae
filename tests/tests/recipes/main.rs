//! What `why --fix` prints goes into servers of each stack, and Chromium reads. `tests/bed/bare` has a server without CORS for each stack,
//! with one marked place.

mod bare;
#[path = "../browser/chromium.rs"]
#[allow(dead_code, reason = "pages of the playground need more of it")]
mod chromium;
mod page;
mod rust;
mod servers;
mod upstream;

use std::collections::BTreeSet;

use cors_tests::why::why;

use bare::{Bare, Running};
use chromium::{Layout, browse_with};
use page::{Asked, page, read};
use servers::{QUICK, SLOW};

/// What a page needs that reads, and nothing else.
const SIMPLE: &[&str] = &[];
/// A request that needs a preflight, with credentials.
const FULL: &[&str] = &[
    "-X",
    "PUT",
    "-H",
    "Content-Type: application/json",
    "-H",
    "X-Token: 7",
    "--credentials",
    "--expose",
    "X-Total-Count",
];

/// What `why --fix` prints for a stack, and what it says of it.
fn fix(stack: &str, wished: &[&str]) -> (String, String) {
    let arguments = ["--fix", "--stack", stack, "http://127.0.0.1/api/notes", "--from", page::ORIGIN];
    let run = why(&[&arguments, wished].concat());
    assert_eq!(run.status, 0, "{stack}: {}", run.errors);
    (run.output, run.errors)
}

#[tokio::test]
async fn chromium_reads_where_the_fix_is() {
    let slow: &[Bare] = if cfg!(feature = "every-stack") { SLOW } else { &[] };
    // `scripts/bed check NAME` runs one.
    let only = std::env::var("STACK").unwrap_or_default();
    let is_wanted = |server: &&Bare| only.is_empty() || server.stack == only;
    let servers: Vec<&Bare> = QUICK.iter().chain(slow).filter(is_wanted).collect();
    assert!(!servers.is_empty(), "there is no server of {only}");
    browse_with(Layout::Desktop, &[(page::HOST, page())], async |client| {
        client.goto(page::ORIGIN).await.unwrap();
        let mut wrong = Vec::new();
        for server in servers {
            let start = std::time::Instant::now();
            let mut found = of_server(client, server).await;
            println!(
                "{}: {} s, {}",
                server.stack,
                start.elapsed().as_secs(),
                if found.is_empty() { "reads" } else { "WRONG" }
            );
            wrong.append(&mut found);
        }
        for server in rust::servers() {
            wrong.extend(of_rust(client, &server).await);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    })
    .await;
}

/// What is wrong with a stack: it is seen by the name that it has, and Chromium reads only what the fix allows.
async fn of_server(client: &fantoccini::Client, server: &Bare) -> Vec<String> {
    let (simple, _) = fix(server.stack, SIMPLE);
    let (full, _) = fix(server.stack, FULL);
    let without = server.start("without", None);
    let running = [server.start("simple", Some(&simple)), server.start("full", Some(&full))];
    let without = without.serving(server.notes);
    let [simple, full] = running.map(|running| running.serving(server.notes));
    let mut wrong = Vec::new();
    let mut check = |what: &str, got: String, expected: &str| {
        if got != expected {
            wrong.push(format!("{}, {what}: {got}, expected {expected}", server.stack));
        }
    };
    let url = |running: &Running<'_>, path: &str| format!("http://127.0.0.1:{}{path}", running.port);

    check("without the fix", read(client, &url(&without, server.notes), &Asked::simple()).await, "blocked");
    let seen = why(&["--fix", &url(&without, server.notes), "--from", page::ORIGIN]);
    let seen = seen.errors.lines().next().unwrap_or_default();
    let line = seen.split_once(": ").map_or(seen, |(_, line)| line);
    // Of versions the beginning is enough.
    let seen = if line.starts_with(server.seen) { server.seen } else { line };
    check("seen by", seen.to_owned(), server.seen);

    check("GET", read(client, &url(&simple, server.notes), &Asked::simple()).await, "200");
    check(
        "GET with credentials",
        read(client, &url(&simple, server.notes), &Asked::with_credentials()).await,
        "blocked",
    );
    check("PUT", read(client, &url(&simple, server.notes), &Asked::put()).await, "blocked");

    check("GET, all wished", read(client, &url(&full, server.notes), &Asked::with_credentials()).await, server.get);
    check("PUT, all wished", read(client, &url(&full, server.notes), &Asked::put()).await, server.put);
    for (path, expected) in server.errors {
        check(path, read(client, &url(&full, path), &Asked::with_credentials()).await, expected);
    }
    wrong
}

async fn of_rust(client: &fantoccini::Client, server: &rust::Server) -> Vec<String> {
    let mut wrong = Vec::new();
    let notes = format!("http://{}/api/notes", server.address);
    let missing = format!("http://{}/api/missing", server.address);
    let expected = [
        (&notes, Asked::simple(), "200 total 7", "200"),
        (&notes, Asked::put(), "200 total 7", "blocked"),
        (&missing, Asked::with_credentials(), "404", "blocked"),
    ];
    for (url, asked, full, simple) in expected {
        let (got, expected) = (read(client, url, &asked).await, if server.is_full { full } else { simple });
        if got != expected {
            wrong.push(format!("{}, {url}, {asked:?}: {got}, expected {expected}", server.stack));
        }
    }
    wrong
}

/// What says that it is run is run here, and what is run here says so.
#[test]
fn what_is_marked_as_run_is_run() {
    let run: BTreeSet<&str> = QUICK.iter().chain(SLOW).map(|server| server.stack).chain(rust::STACKS).collect();
    for stack in stacks() {
        let (_, said) = fix(&stack, SIMPLE);
        assert_eq!(!said.contains("not run by us"), run.contains(stack.as_str()), "{stack}: {said}");
    }
    // The page of the command says the same.
    let page = include_str!("../../../cors-why/README.md");
    let (_, page) = page.split_once("Each of these blocks is put").expect("it says which are run");
    let (listed, page) = page.split_once("\n\n").expect("a line is empty");
    let (others, _) = page.split_once("\n\n").expect("a line is empty");
    for stack in stacks() {
        let name = format!("`{stack}`");
        assert_eq!(
            (listed.contains(&name), others.contains(&name)),
            (run.contains(stack.as_str()), !run.contains(stack.as_str())),
            "{stack}"
        );
    }
}

/// The names that `--stack` knows.
fn stacks() -> Vec<String> {
    let names: Vec<String> = why(&["--stack", "list"]).output.lines().map(str::to_owned).collect();
    assert!(names.len() > 30, "{names:?}");
    names
}
