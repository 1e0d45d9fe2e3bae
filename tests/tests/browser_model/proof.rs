//! The model and the server's half prove each other: under generated policies, what a policy allows is readable, and what it
//! denies is blocked for the right reason. What a policy allows is said here a third time, as plainly as possible.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use cors_core::browser::{At, Browser, CredentialsMode, OutgoingRequest, Page, Response, ScriptRequest, Verdict};
use cors_core::{Decision, Forward, Grants, Lines, List, Policy, PolicyDraft, Request, ResponseHeader, Value, decide};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::random::runner;

const API: &str = "https://api.example.com";

/// A list of names as a policy has it.
#[derive(Clone, Debug)]
enum Listed {
    Any,
    Names(Vec<&'static str>),
}

impl Listed {
    fn has(&self, name: &str) -> bool {
        matches!(self, Self::Names(names) if names.iter().any(|listed| listed.eq_ignore_ascii_case(name)))
    }

    fn is_any(&self) -> bool {
        matches!(self, Self::Any)
    }
}

impl From<&Listed> for List {
    fn from(listed: &Listed) -> Self {
        match listed {
            Listed::Any => "*".into(),
            Listed::Names(names) => names.as_slice().into(),
        }
    }
}

#[derive(Clone, Debug)]
struct Rule {
    origins: Listed,
    credentials: bool,
    methods: Listed,
    headers: Listed,
    /// `*` beside `Authorization`.
    any_and_authorization: bool,
    exposed: Listed,
}

impl Rule {
    fn matches(&self, origin: &str) -> bool {
        let Listed::Names(patterns) = &self.origins else { return true };
        patterns.iter().any(|pattern| match *pattern {
            "https://*.example.com" => origin.starts_with("https://") && origin.ends_with(".example.com"),
            "http://localhost:*" => origin.starts_with("http://localhost"),
            exact => origin == exact,
        })
    }

    fn draft(&self) -> PolicyDraft {
        let said = |listed: &Listed| !matches!(listed, Listed::Names(names) if names.is_empty());
        let mut draft = PolicyDraft::new().origins(&self.origins).credentials(self.credentials);
        if said(&self.methods) {
            draft = draft.methods(&self.methods);
        }
        if self.any_and_authorization {
            draft = draft.allow_headers(["*", "Authorization"]);
        } else if said(&self.headers) {
            draft = draft.allow_headers(&self.headers);
        }
        if said(&self.exposed) { draft.expose_headers(&self.exposed) } else { draft }
    }

    fn allows_method(&self, method: &str) -> bool {
        ["GET", "HEAD", "POST"].contains(&method)
            || match &self.methods {
                Listed::Any => true,
                Listed::Names(names) => names.contains(&method),
            }
    }

    /// With credentials what was asked for is echoed, `Authorization` too.
    fn allows_header(&self, name: &str) -> bool {
        let any = self.headers.is_any() || self.any_and_authorization;
        let authorization = name == "authorization" && !self.any_and_authorization && !self.credentials;
        self.headers.has(name) || (any && !authorization)
    }
}

fn listed(names: &'static [&'static str]) -> impl Strategy<Value = Listed> {
    let some = subsequence(names, 0..=names.len()).prop_map(Listed::Names);
    prop_oneof![1 => Just(Listed::Any), 3 => some]
}

/// Mostly of origins that leave something for another rule.
fn origins() -> impl Strategy<Value = Listed> {
    let some = [
        vec!["https://app.example.com"],
        vec!["https://*.example.com"],
        vec!["http://localhost:*"],
        vec!["https://*.example.com", "http://localhost:*"],
    ];
    prop_oneof![1 => Just(Listed::Any), 4 => select(some.to_vec()).prop_map(Listed::Names)]
}

fn rule() -> impl Strategy<Value = Rule> {
    let methods = listed(&["PUT", "DELETE", "PATCH"]);
    let headers = listed(&["X-Token", "Content-Type", "Authorization"]);
    let exposed = listed(&["X-Request-Id", "ETag"]);
    (origins(), any::<bool>(), methods, headers, 0..6_u8, exposed).prop_map(
        |(origins, credentials, methods, headers, chance, exposed)| Rule {
            credentials: credentials && !origins.is_any() && !exposed.is_any(),
            origins,
            methods,
            headers,
            any_and_authorization: chance == 0,
            exposed,
        },
    )
}

/// A request, and what of it needs permission.
#[derive(Clone, Debug)]
struct Asked {
    page: &'static str,
    method: &'static str,
    headers: Vec<(&'static str, &'static str)>,
    credentials: CredentialsMode,
    upload: bool,
}

impl Asked {
    /// As the browser sends it.
    fn method(&self) -> &'static str {
        if self.method == "put" { "PUT" } else { self.method }
    }

    fn unsafe_names(&self) -> BTreeSet<String> {
        let harmless = [("Accept", "*/*"), ("Content-Type", "text/plain"), ("Cookie", "a=b")];
        let needed = self.headers.iter().filter(|line| !harmless.contains(line));
        needed.map(|(name, _)| name.to_ascii_lowercase()).collect()
    }

    fn script(&self) -> ScriptRequest {
        let request = ScriptRequest::new(format!("{API}/x"))
            .method(self.method)
            .credentials(self.credentials)
            .upload_listeners(self.upload);
        self.headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
    }
}

fn asked() -> impl Strategy<Value = Asked> {
    let pages = vec![
        "https://app.example.com",
        "https://a.b.example.com",
        "http://localhost:3000",
        "https://evil.test",
        "data:text/html,x",
        API,
    ];
    let headers = vec![
        ("X-Token", "1"),
        ("x-other", "1"),
        ("Authorization", "Bearer x"),
        ("Content-Type", "application/json"),
        ("Content-Type", "text/plain"),
        ("Accept", "*/*"),
        ("Cookie", "a=b"),
    ];
    let modes = vec![CredentialsMode::Omit, CredentialsMode::SameOrigin, CredentialsMode::Include];
    (
        select(pages),
        select(vec!["GET", "HEAD", "POST", "PUT", "put", "DELETE", "PATCH", "patch"]),
        subsequence(headers, 0..=2),
        select(modes),
        any::<bool>(),
    )
        .prop_map(|(page, method, headers, credentials, upload)| Asked {
            page,
            method,
            headers,
            credentials,
            upload,
        })
}

/// The names that can be read, or why it is blocked, and where.
type End = Result<BTreeSet<String>, (&'static str, At)>;

/// What the policy means, for a page of another origin.
fn meant(rules: &[Rule], asked: &Asked) -> End {
    let preflight =
        asked.upload || !asked.unsafe_names().is_empty() || !["GET", "HEAD", "POST"].contains(&asked.method());
    let at = if preflight { At::Preflight } else { At::Actual };
    let origin = if asked.page.starts_with("data:") { "null" } else { asked.page };
    let rule = rules.iter().find(|rule| rule.matches(origin)).ok_or(("allow-origin-missing", at))?;
    if asked.credentials == CredentialsMode::Include && !rule.credentials {
        let code = if rule.origins.is_any() { "wildcard-with-credentials" } else { "allow-credentials-not-true" };
        return Err((code, at));
    }
    // PRE-12: what is asked because of the listeners alone may have any method, where no list says otherwise.
    let unlisted = asked.upload && matches!(&rule.methods, Listed::Names(names) if names.is_empty());
    if !unlisted && !rule.allows_method(asked.method()) {
        return Err(("method-not-allowed", At::Preflight));
    }
    if !asked.unsafe_names().iter().all(|name| rule.allows_header(name)) {
        return Err(("header-not-allowed", At::Preflight));
    }
    let readable = |name: &&str| rule.exposed.is_any() || *name == "content-type" || rule.exposed.has(name);
    let mut names: BTreeSet<String> = HANDLER.iter().copied().filter(readable).map(str::to_owned).collect();
    if rule.exposed.is_any() {
        names.extend(["access-control-allow-origin", "access-control-expose-headers"].map(str::to_owned));
    }
    Ok(names)
}

/// What the handler writes, beside `Set-Cookie`.
const HANDLER: [&str; 4] = ["content-type", "etag", "x-request-id", "x-secret"];

fn handled() -> Response {
    HANDLER.iter().fold(Response::new(200).header("Set-Cookie", "a=b"), |response, name| response.header(*name, "x"))
}

/// The server's half.
fn serve(policy: &Policy, outgoing: &OutgoingRequest) -> Response {
    let lines = |name| Lines::of(outgoing.header(name).into_iter());
    let request = Request::new(outgoing.method.as_bytes())
        .origin(lines("Origin"))
        .access_control_request_method(lines("Access-Control-Request-Method"))
        .access_control_request_headers(lines("Access-Control-Request-Headers"));
    let grant = |response: Response, grants: &Grants<'_>| {
        ResponseHeader::ALL.into_iter().fold(response, |response, header| match grants.value(header) {
            None => response,
            Some(Value::Text(text)) => response.header(header.name(), text),
            Some(Value::Requested) => {
                let name = match header {
                    ResponseHeader::AllowMethods => "Access-Control-Request-Method",
                    ResponseHeader::AllowHeaders => "Access-Control-Request-Headers",
                    _ => "Origin",
                };
                response.header(header.name(), outgoing.header(name).unwrap_or_default())
            }
        })
    };
    match decide(policy, &request) {
        Decision::Answer(Ok(grants)) => grant(Response::new(204), &grants),
        Decision::Answer(Err(_)) => Response::new(403),
        Decision::Forward(Forward::Granted(grants)) => grant(handled(), &grants),
        Decision::Forward(_) => handled(),
        Decision::Reject(_) | Decision::Ask(_) => panic!("the policy neither rejects nor asks"),
    }
}

#[test]
fn what_a_policy_allows_is_readable_and_what_it_denies_is_blocked_for_that_reason() {
    let ends = RefCell::new(BTreeMap::new());
    let count = |code: &'static str| *ends.borrow_mut().entry(code).or_insert(0) += 1;
    let rules = proptest::collection::vec(rule(), 1..=2);
    let outcome = runner(20_000).run(&(rules, asked()), |(rules, asked)| {
        let Ok(policy) = PolicyDraft::new().rules(rules.iter().map(Rule::draft)).validate() else {
            count("invalid");
            return Ok(());
        };
        let page = Page::at(asked.page).expect("the pages have URLs");
        let verdict = Browser::new().run(&page, &asked.script(), |outgoing| serve(&policy, outgoing));
        if asked.page == API {
            prop_assert!(matches!(verdict, Verdict::Readable(_)), "{:?}", verdict);
            count("same-origin");
            return Ok(());
        }
        let end: End = match verdict {
            Verdict::Readable(readable) => Ok(readable.headers.into_iter().collect()),
            Verdict::Blocked(blocked) => Err((blocked.reason.code(), blocked.at)),
            verdict => return Err(TestCaseError::fail(format!("{verdict:?}"))),
        };
        prop_assert_eq!(&end, &meant(&rules, &asked), "{}", policy);
        count(end.map_or_else(|(code, _)| code, |_| "readable"));
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    let ends = ends.into_inner();
    for end in [
        "readable",
        "same-origin",
        "allow-origin-missing",
        "wildcard-with-credentials",
        "allow-credentials-not-true",
        "method-not-allowed",
        "header-not-allowed",
    ] {
        assert!(ends.get(end).is_some_and(|count| *count > 200), "hardly any end in {end}: {ends:?}");
    }
}
