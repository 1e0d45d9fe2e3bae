//! Every row of the table of requests against the pure decision.

use std::collections::BTreeMap;

use cors_core::{Decision, Forward, Grants, Lines, Policy, Request, ResponseHeader, Value, decide};
use cors_tests::{ServerRow, policies, server_rows};

/// One character is one byte.
fn bytes(text: &str) -> Vec<u8> {
    text.chars().map(|c| u8::try_from(u32::from(c)).expect("the table is Latin-1")).collect()
}

struct Outcome {
    kind: &'static str,
    status: Option<u16>,
    headers: BTreeMap<String, Vec<u8>>,
}

fn outcome(policy: &Policy, row: &ServerRow) -> Outcome {
    let headers: Vec<(String, Vec<u8>)> =
        row.request.headers.iter().map(|(name, value)| (name.to_ascii_lowercase(), bytes(value))).collect();
    let values = |wanted: &'static str| {
        headers.iter().filter(move |(name, _)| name == wanted).map(|(_, value)| value.as_slice())
    };
    let method = bytes(&row.request.method);
    let request = Request::new(&method)
        .origin(Lines::of(values("origin")))
        .access_control_request_method(Lines::of(values("access-control-request-method")))
        .access_control_request_headers(Lines::of(values("access-control-request-headers")));

    let written = |grants: &Grants<'_>| {
        let value = |header: ResponseHeader| match grants.value(header)? {
            Value::Text(text) => Some(text.as_bytes().to_vec()),
            Value::Requested => values(match header {
                ResponseHeader::AllowMethods => "access-control-request-method",
                ResponseHeader::AllowHeaders => "access-control-request-headers",
                _ => "origin",
            })
            .next()
            .map(<[u8]>::to_vec),
        };
        ResponseHeader::ALL.into_iter().filter_map(|header| Some((header.name().to_owned(), value(header)?))).collect()
    };
    let (kind, status, mut headers, vary): (_, _, BTreeMap<String, Vec<u8>>, _) = match decide(policy, &request) {
        Decision::Answer(Ok(grants)) => ("answer", Some(204), written(&grants), policy.preflight_vary(grants.rule())),
        Decision::Answer(Err(_)) => ("answer", Some(403), BTreeMap::new(), policy.vary()),
        Decision::Forward(Forward::Granted(grants)) => ("forward", None, written(&grants), policy.vary()),
        Decision::Forward(_) => ("forward", None, BTreeMap::new(), policy.vary()),
        Decision::Reject(denial) => panic!("the policy rejects nothing, but said {denial:?}"),
        Decision::Ask(_) => panic!("the policy has no source to ask"),
    };
    if let Some(vary) = vary {
        headers.insert("vary".to_owned(), vary.to_ascii_lowercase().into_bytes());
    }
    Outcome { kind, status, headers }
}

#[test]
fn every_request_is_decided_as_in_the_table() {
    let policies = policies();
    let rows = server_rows();
    assert!(rows.len() > 400, "the table has lost rows: {}", rows.len());
    let mut wrong = Vec::new();
    for row in &rows {
        let outcome = outcome(&policies[&row.policy], row);
        let expected: BTreeMap<String, Vec<u8>> =
            row.expect.headers.iter().map(|(name, value)| (name.clone(), bytes(value))).collect();
        if (outcome.kind, outcome.status, &outcome.headers) != (row.expect.kind.as_str(), row.expect.status, &expected)
        {
            let text = |headers: &BTreeMap<String, Vec<u8>>| {
                headers
                    .iter()
                    .map(|(name, value)| format!("{name}: {}", value.escape_ascii()))
                    .collect::<Vec<_>>()
                    .join("; ")
            };
            wrong.push(format!(
                "{} {:?}\n  expected {} {:?} {}\n  found    {} {:?} {}",
                row.policy,
                row.request,
                row.expect.kind,
                row.expect.status,
                text(&expected),
                outcome.kind,
                outcome.status,
                text(&outcome.headers)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
