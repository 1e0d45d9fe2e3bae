//! The server's reason for blocking equals the browser's reason, for any policy and request, and for any change that a
//! gateway makes to the list of header names.

use std::cell::RefCell;
use std::collections::BTreeMap;

use cors_browser::{Browser, CredentialsMode, OutgoingRequest, Page, Response, Verdict};
use cors_core::{Credentials, Denial, Lines, OnDenied, Policy, PolicyDraft, Request, decide};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::generated::{API, Asked, Rule, asked, rule};
use crate::random::runner;

/// A server's response: its status, and the lines of the policy.
struct Answer {
    status: u16,
    lines: Vec<(&'static str, Vec<u8>)>,
    blocked: Option<Denial>,
}

fn answer(policy: &Policy, request: &Request<'_>, credentials: Credentials) -> Answer {
    let decision = decide(policy, request);
    let reply = policy.reply(decision);
    Answer {
        status: reply.status().unwrap_or(200),
        lines: reply.lines(request).map(|(name, value)| (name, value.into_owned())).collect(),
        blocked: decision.blocked_by_browser(request, credentials),
    }
}

/// Gateways can split, join, pad, reorder and repeat the names of a list, and change their case.
fn through_gateways(list: &[u8], dice: &[u8]) -> Vec<Vec<u8>> {
    let mut names: Vec<Vec<u8>> = list.split(|byte| *byte == b',').map(<[u8]>::to_vec).collect();
    let die = |index: usize| dice[index % dice.len()];
    if die(0).is_multiple_of(2) {
        names.reverse();
    }
    if die(1).is_multiple_of(4) {
        names.extend(names.clone());
    }
    let mut lines = vec![Vec::new()];
    for (index, mut name) in names.into_iter().enumerate() {
        let die = die(index + 2);
        if die & 1 == 1 {
            name.make_ascii_uppercase();
        }
        if die & 2 == 2 && index > 0 {
            lines.push(Vec::new());
        }
        let line = lines.last_mut().expect("there is a line");
        if !line.is_empty() {
            line.extend_from_slice([",", ", ", " ,\t", ",,"][usize::from(die >> 2) % 4].as_bytes());
        }
        line.extend(name);
        if die & 64 == 64 {
            lines.push(b" ,".to_vec());
        }
    }
    lines
}

fn served(policy: &Policy, outgoing: &OutgoingRequest, asked: &Asked, dice: &[u8]) -> (Response, Option<Denial>) {
    let line = |name| Lines::of(outgoing.header(name).into_iter());
    let names = outgoing.header("Access-Control-Request-Headers").map(|list| through_gateways(list, dice));
    let names: Vec<&[u8]> = names.iter().flatten().map(Vec::as_slice).collect();
    let request = Request::new(outgoing.method.as_bytes())
        .origin(line("Origin"))
        .access_control_request_method(line("Access-Control-Request-Method"))
        .access_control_request_headers(&names);
    let included = asked.credentials == CredentialsMode::Include;
    let credentials = if included { Credentials::Included } else { Credentials::NotIncluded };
    let answer = answer(policy, &request, credentials);
    let response = Response::new(answer.status);
    let response = answer.lines.into_iter().fold(response, |response, (name, value)| response.header(name, value));
    (response, answer.blocked)
}

fn policy(rules: &[Rule], rejects: bool) -> Option<Policy> {
    let draft = PolicyDraft::new().rules(rules.iter().map(Rule::draft));
    if rejects { draft.on_denied("reject") } else { draft }.validate().ok()
}

/// Counts each reason, so that a test without cases is noticed.
#[derive(Default)]
struct Counts(RefCell<BTreeMap<&'static str, u32>>);

impl Counts {
    fn add(&self, blocked: Option<Denial>) {
        *self.0.borrow_mut().entry(blocked.map_or("none", Denial::code)).or_default() += 1;
    }

    fn assert_many(&self, codes: &[&str]) {
        for code in codes {
            assert!(self.0.borrow().get(code).is_some_and(|count| *count > 100), "hardly any {code}: {:?}", self.0);
        }
    }
}

#[test]
fn a_page_is_blocked_where_the_server_says_so_whatever_gateways_make_of_the_list() {
    let counts = Counts::default();
    let input = (vec(rule(), 1..=2), asked(), vec(any::<u8>(), 4..12), any::<bool>());
    let outcome = runner(20_000).run(&input, |(rules, asked, dice, rejects)| {
        let (Some(policy), false) = (policy(&rules, rejects), asked.page == API) else { return Ok(()) };
        // PRE-12: a server does not see upload listeners, which allow any method if no list is sent.
        let asked = Asked { upload: false, ..asked };
        let page = Page::at(asked.page).expect("the pages have URLs");
        let mut said = Vec::new();
        let verdict = Browser::new()
            .run(&page, &asked.script(), |outgoing| {
                let (response, blocked) = served(&policy, outgoing, &asked, &dice);
                said.push(blocked);
                response
            })
            .verdict;
        let is_blocked = match verdict {
            Verdict::Readable(_) => false,
            Verdict::Blocked(_) => true,
            verdict => return Err(TestCaseError::fail(format!("{verdict:?}"))),
        };
        let last = said.pop().expect("something was sent");
        prop_assert_eq!(last.is_some(), is_blocked, "{:?} {}", last, policy);
        prop_assert!(said.iter().all(Option::is_none), "{:?} {}", said, policy);
        counts.add(last);
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    counts.assert_many(&[
        "none",
        "origin-not-listed",
        "method-not-listed",
        "header-not-listed",
        "credentials-not-allowed",
    ]);
}

/// Any request, not only those that browsers send.
#[derive(Clone, Debug)]
struct Any {
    origins: Vec<Vec<u8>>,
    is_options: bool,
    methods: Vec<Vec<u8>>,
    names: Vec<Vec<u8>>,
    credentials: Credentials,
}

fn any_request() -> impl Strategy<Value = Any> {
    let long = |length: usize| "x".repeat(length);
    let origins = [
        "https://app.example.com",
        "https://a.b.example.com",
        "http://localhost:3000",
        "null",
        "",
        "*",
        "https://evil.test",
    ];
    let origins = origins.map(str::to_owned).into_iter().chain([format!("https://{}.example.com", long(600))]);
    let methods = ["GET", "POST", "PUT", "put", "DELETE", "PATCH", "VIEW", "*", "TRACE", "P T", ""].map(str::to_owned);
    let methods = methods.into_iter().chain([long(4096), long(4097)]);
    let names = ["x-token", "X-Token", "authorization", "Content-Type", "x-other", "", " ", "a b", "\"", "*", "etag"];
    let names = names.map(str::to_owned).into_iter().chain([long(2000), long(4090), "\u{e9}".to_owned()]);
    let between = select(vec![",", ", ", " ,\t", ",,"]);
    let line = vec((select(names.collect::<Vec<_>>()), between), 0..5)
        .prop_map(|elements| elements.into_iter().map(|(name, comma)| name + comma).collect::<String>());
    let bytes = |lines: Vec<String>| lines.into_iter().map(String::into_bytes).collect::<Vec<_>>();
    let (origin, method) = (select(origins.collect::<Vec<_>>()), select(methods.collect::<Vec<_>>()));
    let credentials = vec![Credentials::Included, Credentials::NotIncluded, Credentials::Unknown];
    (
        prop_oneof![9 => vec(origin.clone(), 1), 1 => vec(origin, 2)],
        prop_oneof![4 => Just(true), 1 => Just(false)],
        prop_oneof![1 => vec(method.clone(), 0), 9 => vec(method.clone(), 1), 1 => vec(method, 2)],
        vec(line, 0..4),
        select(credentials),
    )
        .prop_map(move |(origins, is_options, methods, names, credentials)| Any {
            origins: bytes(origins),
            is_options,
            methods: bytes(methods),
            names: bytes(names),
            credentials,
        })
}

/// Whether a page of this origin gets what the request asks for, computed from the standard alone. A page with several
/// `Origin` lines is treated as a page without.
fn passes(any: &Any, answer: &Answer) -> bool {
    let get = |wanted: &str| {
        let lines: Vec<&[u8]> =
            answer.lines.iter().filter(|(name, _)| *name == wanted).map(|(_, value)| value.as_slice()).collect();
        (!lines.is_empty()).then(|| lines.join(b", ".as_slice()))
    };
    let include = any.credentials == Credentials::Included;
    // https://fetch.spec.whatwg.org/#concept-cors-check
    let allowed = match (get("access-control-allow-origin"), any.origins.as_slice()) {
        (None, _) => false,
        (Some(value), _) if value == b"*" => !include,
        (Some(value), [origin]) => {
            value == *origin && (!include || get("access-control-allow-credentials").as_deref() == Some(b"true"))
        }
        (Some(_), _) => false,
    };
    if !allowed || !any.is_options || any.methods.is_empty() {
        return allowed;
    }
    // https://fetch.spec.whatwg.org/#cors-preflight-fetch
    let elements = |value: &[u8]| -> Vec<String> {
        let text: String = value.iter().copied().map(char::from).collect();
        let trimmed = text.split(',').map(|element| element.trim_matches([' ', '\t']).to_owned());
        trimmed.filter(|element| !element.is_empty()).collect()
    };
    let list = |name: &str| get(name).map_or_else(Vec::new, |value| elements(&value));
    let is_token =
        |name: &String| name.chars().all(|letter| letter.is_ascii_graphic() && !"\"(),/:;<=>?@[\\]{}".contains(letter));
    let (methods, headers) = (list("access-control-allow-methods"), list("access-control-allow-headers"));
    if !(200..=299).contains(&answer.status) || !methods.iter().chain(&headers).all(is_token) {
        return false;
    }
    let wildcard = |list: &[String]| !include && list.iter().any(|name| name == "*");
    let [method] = any.methods.as_slice() else { return false };
    let method: String = method.iter().copied().map(char::from).collect();
    if !methods.contains(&method) && !["GET", "HEAD", "POST"].contains(&method.as_str()) && !wildcard(&methods) {
        return false;
    }
    let asked = any.names.iter().flat_map(|line| elements(line));
    asked.into_iter().all(|name| {
        let listed = headers.iter().any(|header| header.eq_ignore_ascii_case(&name));
        listed || (wildcard(&headers) && !name.eq_ignore_ascii_case("authorization"))
    })
}

#[test]
fn of_any_request_the_server_says_that_a_browser_stops_where_the_standard_does() {
    let counts = Counts::default();
    let input = (vec(rule(), 0..=2), any_request(), any::<bool>());
    let outcome = runner(40_000).run(&input, |(rules, any, rejects)| {
        let on_denied = if rejects { OnDenied::Reject } else { OnDenied::Forward };
        let nobody =
            || PolicyDraft::new().origins("none").on_denied(on_denied).validate().expect("a policy for nobody");
        let Some(policy) = (if rules.is_empty() { Some(nobody()) } else { policy(&rules, rejects) }) else {
            return Ok(());
        };
        let names: Vec<&[u8]> = any.names.iter().map(Vec::as_slice).collect();
        let request = Request::new(if any.is_options { b"OPTIONS" } else { b"PUT" })
            .origin(Lines::of(any.origins.iter().map(Vec::as_slice)))
            .access_control_request_method(Lines::of(any.methods.iter().map(Vec::as_slice)))
            .access_control_request_headers(&names);
        let answer = answer(&policy, &request, any.credentials);
        prop_assert_eq!(answer.blocked.is_none(), passes(&any, &answer), "{:?} {}", answer.blocked, policy);
        counts.add(answer.blocked);
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
    counts.assert_many(&[
        "none",
        "origin-not-listed",
        "null-origin",
        "several-origins",
        "malformed-method",
        "forbidden-method",
        "several-methods",
        "method-not-listed",
        "header-not-listed",
        "credentials-not-allowed",
    ]);
}
