//! The JSON Schema of a policy as data, for editors. It refuses what a regular expression surely tells, and nothing that is right.

use cors_core::Key;
use serde_json::{Map, Value, json};

/// The schema, draft 2020-12.
pub fn schema() -> Value {
    let keys_of_a_rule = || Key::ALL.iter().filter(|key| !matches!(key, Key::OnDenied | Key::Rules));
    let properties = |keys: &mut dyn Iterator<Item = &Key>| -> Map<String, Value> {
        keys.map(|key| (key.name().to_owned(), described(key))).collect()
    };
    let beside_rules: Map<String, Value> =
        keys_of_a_rule().map(|key| (key.name().to_owned(), Value::Bool(false))).collect();
    let mut of_a_policy = properties(&mut Key::ALL.iter());
    of_a_policy.insert("$schema".to_owned(), json!({ "type": "string" }));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        // A name, where people can read the file: editors that fetch it from there get a page about it.
        "$id": "https://docs.rs/crate/cors-actix-core/latest/source/policy.schema.json",
        "title": "CORS policy",
        "description": "Who may read what a server answers, and what may be sent to it. Either the keys of one rule, or `rules`.",
        "type": "object",
        "properties": of_a_policy,
        "additionalProperties": false,
        "oneOf": [
            { "required": ["origins"], "not": { "required": ["rules"] } },
            { "required": ["rules"], "properties": beside_rules },
        ],
        "allOf": [{ "$ref": "#/$defs/credentials" }],
        "$defs": {
            "rule": {
                "description": "A rule. The first whose origins match decides.",
                "type": "object",
                "properties": properties(&mut keys_of_a_rule()),
                "additionalProperties": false,
                "required": ["origins"],
                "allOf": [{ "$ref": "#/$defs/credentials" }],
            },
            "credentials": {
                "if": { "required": ["credentials"], "properties": { "credentials": { "const": true } } },
                "then": { "properties": { "origins": without_wildcard(), "expose_headers": without_wildcard() } },
            },
        },
    })
}

fn without_wildcard() -> Value {
    json!({ "not": { "enum": ["*", ["*"]] } })
}

/// What may stand at a key, and what it means.
fn described(key: &Key) -> Value {
    let (mut value, description) = match key {
        Key::Origins => (
            origins(),
            "Who may read: \"*\" for everybody, \"none\" for nobody, or origins such as https://app.example.com. Two wildcards: \
             https://*.example.com for every name below a host, http://localhost:* for every port. Required.",
        ),
        Key::Credentials => (
            json!({ "type": "boolean", "default": false }),
            "Whether answers to requests with cookies or stored passwords may be read.",
        ),
        Key::Methods => (
            list(name(&["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]), json!([["PUT", "DELETE"]])),
            "What may be sent besides GET, HEAD and POST: \"*\", or names of methods.",
        ),
        Key::AllowHeaders => (
            headers(list(name(&["Content-Type", "Authorization"]), json!([["Content-Type", "Authorization"]]))),
            "Which request headers may be sent besides the CORS-safelisted ones, such as Accept: \"*\", or their names. JSON needs \
             Content-Type.",
        ),
        Key::ExposeHeaders => (
            list(name(&["ETag", "Link", "Location", "X-Request-Id"]), json!([["X-Request-Id"]])),
            "Which response headers may be read besides the CORS-safelisted ones, such as Content-Type: \"*\", or their names.",
        ),
        Key::MaxAge => (
            json!({
                "anyOf": [
                    { "type": "integer", "minimum": 0, "maximum": 86_400 },
                    { "type": "string", "pattern": "^([0-9]+(s|min)?|0*([0-9]|1[0-9]|2[0-4])h|0*[01]d)$" },
                ],
                "examples": ["10min", "2h", "1d", 600],
            }),
            "How long a browser may remember a preflight, at most a day: seconds, or a text as 600s, 10min, 2h or 1d. 0 forbids \
             remembering. When left out, browsers remember for 5 seconds.",
        ),
        Key::OnDenied => (
            json!({ "enum": ["forward", "reject"], "default": "forward" }),
            "What becomes of a request of an origin that no rule is for: forward to the handler, whose answer the browser keeps \
             from the page, or reject by 403 before the handler.",
        ),
        Key::DangerouslyAllow => (
            json!({
                "type": "array",
                "minItems": 1,
                "uniqueItems": true,
                "items": { "enum": ["insecure_origins", "public_suffix_wildcards"] },
            }),
            "What is refused with credentials unless it is asked for by name.",
        ),
        _ => (
            json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/rule" } }),
            "Several rules instead of the keys of one. The first whose origins match decides.",
        ),
    };
    value["description"] = description.into();
    value
}

/// `"*"`, alone or in a list of its own, or items without it.
fn list(item: Value, examples: Value) -> Value {
    json!({
        "anyOf": [
            { "enum": ["*", ["*"]] },
            { "type": "array", "uniqueItems": true, "items": item },
        ],
        "examples": examples,
    })
}

/// `"*"`, `"none"`, or at least one origin.
fn origins() -> Value {
    let mut list = list(origin(), json!([["https://app.example.com"]]));
    list["anyOf"][0]["enum"] = json!(["*", ["*"], "none"]);
    list["anyOf"][1]["minItems"] = 1.into();
    list
}

/// The same, with the one name that may stand beside `"*"`.
fn headers(mut list: Value) -> Value {
    let authorization = "^(\\*|[Aa][Uu][Tt][Hh][Oo][Rr][Ii][Zz][Aa][Tt][Ii][Oo][Nn])$";
    let beside = json!({ "type": "array", "uniqueItems": true, "items": { "pattern": authorization } });
    list["anyOf"].as_array_mut().into_iter().for_each(|forms| forms.push(beside.clone()));
    list
}

fn origin() -> Value {
    let host = r"(\*\.)?[a-z0-9_.-]+|\[[0-9a-f:.]+\]";
    let web = format!(r"^https?://({host})(:([1-9][0-9]{{0,4}}|\*))?$");
    let program = r"^[a-z][a-z0-9+.-]*://[a-z0-9_.-]+(:[1-9][0-9]{0,4})?$";
    json!({
        "anyOf": [
            { "pattern": web },
            { "pattern": program, "not": { "pattern": "^(https?|wss?|ftp|file|data|blob|about|javascript):" } },
        ],
        "type": "string",
        "maxLength": cors_core::Origin::MAX_LENGTH,
    })
}

fn name(examples: &[&str]) -> Value {
    json!({
        "type": "string",
        "anyOf": [{ "enum": examples }, { "pattern": "^[0-9A-Za-z!#$%&'+.^_`|~-]+$" }],
    })
}
