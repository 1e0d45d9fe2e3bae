//! A broken set-up for each reason that an answer can give a browser to block.

use cors_core::PolicyDraft;

use super::script::{Script, get, put};
use super::served::To::{Preflight, Request};
use super::served::{Answer, Served, answer};

pub(super) struct Row {
    /// The cause, which names the reason of the model, but for the two that have a name of their own.
    pub(super) code: &'static str,
    /// What the message tells, which may be less.
    pub(super) said: &'static str,
    pub(super) script: Script,
    pub(super) served: Served,
    pub(super) mend: Mend,
}

/// How the words of the explanation are put to work.
pub(super) enum Mend {
    /// Its header lines are sent, or the text for its policy is pasted, until nothing is missing any more.
    Paste,
    /// This help says what the server has to do, and that does it.
    Server(&'static str, Served),
    /// This help says what the script has to do, and that does it.
    Script(&'static str, Script),
}

/// Reasons that no answer of a server to Chromium gives, and why.
pub(super) const OUT: [(&str, &str); 6] = [
    ("cross-origin-in-same-origin-mode", "the script asks for it, before anything is sent to the other origin"),
    ("no-cors-needs-follow", "the script asks for it, before anything is sent"),
    ("scheme", "the script asks for it, before anything is sent"),
    ("embedder-policy", "the page demands it of what it embeds"),
    ("stream-needs-http-2", "the script asks for it, and the server is of HTTP/1.1"),
    ("redirect-with-stream-body", "Chromium sends a stream over HTTP/2 only, which needs a certificate"),
];

const ORIGIN: &str = "Access-Control-Allow-Origin";
const CREDENTIALS: &str = "Access-Control-Allow-Credentials";
const METHODS: &str = "Access-Control-Allow-Methods";
const HEADERS: &str = "Access-Control-Allow-Headers";
const TOKEN: &[(&str, &str)] = &[("X-Token", "7")];

/// The message does not say what the list is, so there is nothing to paste.
const NAMES_ALONE: &str = "write names alone into the list, with commas between them and without quotes";

fn row(code: &'static str, script: Script, served: Served, mend: Mend) -> Row {
    Row { code, said: code, script, served, mend }
}

fn policy(draft: PolicyDraft) -> Served {
    Served::Policy(draft.validate().expect("a policy"))
}

fn dictated(answers: &[Answer]) -> Served {
    Served::Answers(answers.to_vec())
}

fn to_get(lines: &[(&str, &str)]) -> Served {
    dictated(&[answer(Request("/"), 200, lines)])
}

/// To the preflight of a request that is answered well.
fn to_preflight(status: u16, lines: &[(&str, &str)]) -> Served {
    let to_request = answer(Request("/"), 200, &[(ORIGIN, "{page}"), (CREDENTIALS, "true")]);
    dictated(&[answer(Preflight, status, lines), to_request])
}

/// A redirect of `/`, and the answer of `/later`.
fn redirecting(location: &str) -> Served {
    dictated(&[
        answer(Request("/"), 302, &[(ORIGIN, "{page}"), ("Location", location)]),
        answer(Request("/later"), 200, &[(ORIGIN, "{page}")]),
    ])
}

/// A policy for the page; its origin is known when it is served.
fn for_page(page: &str) -> PolicyDraft {
    PolicyDraft::new().origins([page])
}

pub(super) fn rows(page: &str) -> Vec<Row> {
    [of_policies(page), of_lines(), of_places()].into_iter().flatten().collect()
}

/// Policies that lack something.
fn of_policies(page: &str) -> Vec<Row> {
    let all = PolicyDraft::new().origins("*").methods(["PATCH"]);
    vec![
        row("allow-origin-missing", get(), policy(for_page("https://app.example.com")), Mend::Paste),
        row(
            "allow-origin-missing",
            put().headers(TOKEN).with_credentials(),
            policy(for_page("https://app.example.com")),
            Mend::Paste,
        ),
        row("wildcard-with-credentials", get().with_credentials(), policy(all), Mend::Paste),
        row("allow-credentials-not-true", get().with_credentials(), policy(for_page(page)), Mend::Paste),
        row("method-not-allowed", put(), policy(for_page(page).methods(["DELETE"])), Mend::Paste),
        row("header-not-allowed", get().headers(TOKEN), policy(for_page(page).allow_headers(["X-Trace"])), Mend::Paste),
    ]
}

/// Header lines that are missing or wrong.
fn of_lines() -> Vec<Row> {
    let page = (ORIGIN, "{page}");
    vec![
        row("allow-origin-missing", get(), to_get(&[]), Mend::Paste),
        row("allow-origin-missing", get().with_credentials(), to_get(&[]), Mend::Paste),
        row("allow-origin-missing", put().headers(TOKEN).with_credentials(), to_preflight(204, &[]), Mend::Paste),
        row("wildcard-with-credentials", get().with_credentials(), to_get(&[(ORIGIN, "*")]), Mend::Paste),
        row("allow-origin-mismatch", get(), to_get(&[(ORIGIN, "{page}/")]), Mend::Paste),
        row("allow-origin-mismatch", get(), to_get(&[(ORIGIN, "null")]), Mend::Paste),
        row("several-allowed-origins", get(), to_get(&[page, (ORIGIN, "*")]), Mend::Paste),
        row(
            "allow-credentials-not-true",
            get().with_credentials(),
            to_get(&[page, (CREDENTIALS, "True")]),
            Mend::Paste,
        ),
        row(
            "preflight-list-malformed",
            put(),
            to_preflight(204, &[page, (METHODS, "GET PUT")]),
            Mend::Server(NAMES_ALONE, to_preflight(204, &[page, (METHODS, "GET, PUT")])),
        ),
        row(
            "preflight-list-malformed",
            get().headers(TOKEN),
            to_preflight(204, &[page, (HEADERS, "\"X-Token\"")]),
            Mend::Server(NAMES_ALONE, to_preflight(204, &[page, (HEADERS, "X-Token")])),
        ),
        row("method-not-allowed", put(), to_preflight(204, &[page, (METHODS, "POST")]), Mend::Paste),
        row("header-not-allowed", get().headers(TOKEN), to_preflight(204, &[page]), Mend::Paste),
        row(
            "resource-policy",
            get().no_cors(),
            to_get(&[("Cross-Origin-Resource-Policy", "same-origin")]),
            Mend::Paste,
        ),
    ]
}

/// What no header mends.
fn of_places() -> Vec<Row> {
    let page = (ORIGIN, "{page}");
    let allowed = [page, (METHODS, "PUT")];
    let slash =
        dictated(&[answer(Preflight, 308, &[page, ("Location", "/notes/")]), answer(Request("/"), 200, &[page])]);
    let answered = |to, lines: &[(&str, &str)]| vec![answer(Preflight, 204, &allowed), answer(to, 200, lines)];
    let to_redirect = |help, location| Mend::Server(help, redirecting(location));
    vec![
        row(
            "preflight-status",
            put(),
            to_preflight(405, &allowed),
            Mend::Server("answer preflights with 204, before the handler", to_preflight(204, &allowed)),
        ),
        row(
            "preflight-redirected",
            put(),
            slash,
            Mend::Server(
                "answer preflights where they arrive, before anything redirects",
                Served::Answers(answered(Request("/"), &[page])),
            ),
        ),
        Row {
            // All that Chromium prints is that it failed.
            said: "said-elsewhere",
            ..row(
                "redirect-mode-error",
                get().no_redirect(),
                redirecting("/later"),
                Mend::Script(
                    "look at the message before it in the console, which says why; if there is none, see whether the script asked for \
                     redirect: \"error\", and the answer redirects",
                    get().no_redirect().path("/later"),
                ),
            )
        },
        row(
            "redirect-location-invalid",
            get(),
            dictated(&[answer(Request("/"), 302, &[page, ("Location", "/later"), ("Location", "/sooner")])]),
            to_redirect("send one Location, with one URL", "/later"),
        ),
        row(
            "redirect-location-invalid",
            get(),
            redirecting("http://["),
            to_redirect("send one Location, with one URL", "/later"),
        ),
        row(
            "redirect-scheme",
            get(),
            redirecting("myapp://later"),
            to_redirect("let the redirect lead to http or https", "/later"),
        ),
        row("too-many-redirects", get(), redirecting("/"), to_redirect("look for a loop of redirects", "/later")),
        row(
            "redirect-with-credentials-in-url",
            get(),
            redirecting("http://user:secret@{api}/later"),
            to_redirect(
                "leave user name and password out of Location; a script can send Authorization",
                "http://{api}/later",
            ),
        ),
    ]
}
