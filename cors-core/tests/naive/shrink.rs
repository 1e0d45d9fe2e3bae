//! Makes a difference as small as possible, and prints it as a row of a table.

use serde_json::{Value, json};

use super::{Answer, Request, latin1};

/// Removes from a policy and a request what the difference does not need.
pub(crate) fn shrink(
    mut written: Value,
    mut request: Option<Request>,
    differ: impl Fn(&Value, Option<&Request>) -> bool,
) -> (Value, Option<Request>) {
    loop {
        let smaller = without_one(&written).into_iter().find(|smaller| differ(smaller, request.as_ref()));
        let shorter = request.iter().flat_map(shorter).find(|shorter| differ(&written, Some(shorter)));
        if smaller.is_none() && shorter.is_none() {
            return (written, request);
        }
        if let Some(smaller) = smaller {
            written = smaller;
        } else {
            request = shorter;
        }
    }
}

/// A value without one of its keys or items, at any depth.
pub(crate) fn without_one(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(keys) => keys
            .keys()
            .flat_map(|key| {
                let with = |part: Value| {
                    let mut keys = keys.clone();
                    keys.insert(key.clone(), part);
                    Value::Object(keys)
                };
                let mut without = keys.clone();
                without.remove(key);
                std::iter::once(Value::Object(without)).chain(without_one(&keys[key]).into_iter().map(with))
            })
            .collect(),
        Value::Array(items) => (0..items.len())
            .flat_map(|index| {
                let with = move |part: Value| {
                    let mut items = items.clone();
                    items[index] = part;
                    Value::Array(items)
                };
                let mut without = items.clone();
                without.remove(index);
                std::iter::once(Value::Array(without)).chain(without_one(&items[index]).into_iter().map(with))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn shorter(request: &Request) -> Vec<Request> {
    let without = |index: usize| {
        let mut request = request.clone();
        request.headers.remove(index);
        request
    };
    let cut = |index: usize, length: usize, from_the_end: bool| {
        let mut request = request.clone();
        let value = &mut request.headers[index].1;
        if from_the_end {
            value.truncate(value.len() - length)
        } else {
            drop(value.drain(..length))
        }
        request
    };
    let mut shorter: Vec<Request> = (0..request.headers.len()).map(without).collect();
    for (index, (_, value)) in request.headers.iter().enumerate() {
        let lengths = [value.len() / 2, 1].into_iter().filter(|length| (1..=value.len()).contains(length));
        shorter.extend(lengths.flat_map(|length| [cut(index, length, true), cut(index, length, false)]));
    }
    shorter.push(Request { authority: None, ..request.clone() });
    shorter.push(Request { public_origin: None, ..request.clone() });
    shorter.retain(|shorter| shorter != request);
    shorter
}

/// Returns a row for the table of requests, with its policy.
pub(crate) fn row(written: &Value, request: &Request, expected: &Answer) -> Value {
    let headers: Vec<_> = request.headers.iter().map(|(name, value)| json!([name, latin1(value)])).collect();
    let mut row = json!({ "method": latin1(&request.method), "headers": headers });
    for (key, value) in [("authority", &request.authority), ("public_origin", &request.public_origin)] {
        if let Some(value) = value {
            row[key] = json!(value);
        }
    }
    json!({ "policy": written, "request": row, "expect": said(expected) })
}

/// Returns an answer as in the table of requests.
pub(crate) fn said(answer: &Answer) -> Value {
    let mut headers: serde_json::Map<String, Value> =
        answer.headers.iter().map(|(name, value)| (name.clone(), json!(latin1(value)))).collect();
    if !answer.vary.is_empty() {
        let names: Vec<&str> = answer.vary.iter().map(String::as_str).collect();
        headers.insert("vary".to_owned(), json!(names.join(", ")));
    }
    let kind = if answer.status.is_some() { "answer" } else { "forward" };
    json!({ "kind": kind, "status": answer.status, "headers": headers })
}
