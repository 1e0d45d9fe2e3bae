//! Which policies are accepted, and the places and classes of mistakes.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{names, origins};

/// A place and the class of the mistake there.
pub(crate) type Mistake = (String, &'static str);

const KEYS_OF_A_RULE: [&str; 7] =
    ["origins", "credentials", "methods", "allow_headers", "expose_headers", "max_age", "dangerously_allow"];

const DANGERS: [&str; 2] = ["insecure_origins", "public_suffix_wildcards"];

/// Returns the key with the origins of a rule, and its value. A name of another library also counts.
fn origins_of(rule: &Map<String, Value>) -> (&'static str, Option<&Value>) {
    let written = ["origins", "origin", "allowed_origins"].into_iter().find(|name| rule.contains_key(*name));
    let name = written.unwrap_or("origins");
    (name, rule.get(name))
}

pub(crate) fn mistakes(written: &Value, suffixes: &[&str]) -> BTreeSet<Mistake> {
    let Some(keys) = written.as_object() else { return [(String::new(), "wrong-type")].into() };
    let mut found = Found { list: BTreeSet::new(), suffixes };
    let rules = match keys.get("rules") {
        None => {
            found.rule("", keys, &Former::default());
            vec![keys]
        }
        Some(Value::Array(rules)) if !rules.is_empty() => found.rules(keys, rules),
        Some(other) => {
            found.add("rules".to_owned(), Some(if other.is_array() { "empty-list" } else { "wrong-type" }));
            Vec::new()
        }
    };
    for key in keys.keys().filter(|key| !["rules", "on_denied", "source"].contains(&key.as_str())) {
        found.add(key.clone(), (!KEYS_OF_A_RULE.contains(&key.as_str())).then_some("unknown-key"));
    }
    let is_for_all = |rule: &&Map<String, Value>| is_for_all(rule) && rule.get("credentials") != Some(&true.into());
    let never_denies = rules.iter().any(is_for_all);
    let on_denied = keys.get("on_denied").and_then(|value| match value.as_str() {
        Some("reject") if never_denies => Some("never-acts"),
        Some("reject" | "forward") => None,
        Some(_) => Some("unknown-value"),
        None => Some("wrong-type"),
    });
    found.add("on_denied".to_owned(), on_denied);
    found.list
}

fn is_for_all(rule: &Map<String, Value>) -> bool {
    origins_of(rule).1.is_some_and(|origins| *origins == "*" || *origins == serde_json::json!(["*"]))
}

/// What earlier rules match.
#[derive(Default)]
struct Former {
    items: Vec<String>,
    all: bool,
}

struct Found<'a> {
    list: BTreeSet<Mistake>,
    suffixes: &'a [&'a str],
}

impl Found<'_> {
    fn add(&mut self, place: String, class: Option<&'static str>) -> bool {
        self.list.extend(class.map(|class| (place, class)));
        class.is_some()
    }

    fn rules<'w>(&mut self, keys: &Map<String, Value>, rules: &'w [Value]) -> Vec<&'w Map<String, Value>> {
        let beside = KEYS_OF_A_RULE.iter().any(|key| keys.contains_key(*key));
        self.add("rules".to_owned(), beside.then_some("beside-keys-of-one-rule"));
        let mut former = Former::default();
        for (index, rule) in rules.iter().enumerate() {
            let Some(rule) = rule.as_object() else {
                self.add(format!("rules[{index}]"), Some("wrong-type"));
                continue;
            };
            let prefix = format!("rules[{index}].");
            self.rule(&prefix, rule, &former);
            for key in rule.keys().filter(|key| !KEYS_OF_A_RULE.contains(&key.as_str())) {
                self.add(
                    format!("{prefix}{key}"),
                    Some(if key == "on_denied" { "misplaced-key" } else { "unknown-key" }),
                );
            }
            former.all |= is_for_all(rule);
            let items = origins_of(rule).1.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
            former.items.extend(items.filter(|item| origins::flaw(item).is_none()).map(str::to_owned));
        }
        rules.iter().filter_map(Value::as_object).collect()
    }

    fn rule(&mut self, prefix: &str, rule: &Map<String, Value>, former: &Former) {
        let credentials = rule.get("credentials").map_or(Some(false), Value::as_bool);
        self.add(format!("{prefix}credentials"), credentials.is_none().then_some("wrong-type"));
        let with_credentials = credentials == Some(true);
        let listed = |key: &str| rule.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let dangers = listed("dangerously_allow");
        // It is not known what a broken list allows.
        let dangers_are_known = rule.get("dangerously_allow").is_none_or(Value::is_array)
            && dangers.iter().all(|danger| DANGERS.iter().any(|known| danger == known));
        let allowed = |danger: &str| !dangers_are_known || dangers.iter().any(|other| other == danger);

        let (name, origins) = origins_of(rule);
        let place = format!("{prefix}{name}");
        let mut origins_are_right = match origins {
            None => !self.add(place.clone(), (!rule.contains_key("source")).then_some("missing")),
            Some(Value::String(text)) => {
                let class = match text.as_str() {
                    "*" if with_credentials => Some("wildcard-with-credentials"),
                    "*" if former.all => Some("repetition"),
                    "*" => None,
                    "none" if prefix.is_empty() => None,
                    "none" => Some("unserialisable-origin"),
                    _ => Some("wrong-type"),
                };
                !self.add(place.clone(), class)
            }
            Some(Value::Array(items)) => !self.add(place.clone(), items.is_empty().then_some("empty-list")),
            Some(_) => !self.add(place.clone(), Some("wrong-type")),
        };
        let items = listed(name);
        if former.all && !items.is_empty() && !is_for_all(rule) {
            origins_are_right &= !self.add(place.clone(), Some("repetition"));
        }
        let right: Vec<(usize, &str)> = (0..)
            .zip(&items)
            .filter_map(|(index, item)| Some((index, item.as_str()?)))
            .filter(|(_, item)| origins::flaw(item).is_none())
            .collect();
        let repeated = |index: usize, item: &str| {
            let is_covered_by = origins::covers(item);
            former.items.iter().any(|other| is_covered_by(other))
                || right.iter().any(|(at, other)| if *other == item { *at < index } else { is_covered_by(other) })
        };
        for (index, item) in items.iter().enumerate() {
            let class = match item.as_str() {
                None => Some("wrong-type"),
                Some("*") if with_credentials => Some("wildcard-with-credentials"),
                Some("*") if items.len() > 1 => Some("wildcard-elsewhere"),
                Some("*") => former.all.then_some("repetition"),
                Some(item) => origins::flaw(item)
                    .or_else(|| repeated(index, item).then_some("repetition"))
                    .or_else(|| {
                        (with_credentials && !allowed("insecure_origins") && origins::is_insecure(item))
                            .then_some("insecure-with-credentials")
                    })
                    .or_else(|| {
                        (with_credentials
                            && !allowed("public_suffix_wildcards")
                            && origins::takes_in_strangers(item, self.suffixes))
                        .then_some("public-suffix-with-credentials")
                    }),
            };
            origins_are_right &= !self.add(format!("{place}[{index}]"), class);
        }

        for key in ["methods", "allow_headers", "expose_headers"] {
            self.names(prefix, key, rule.get(key), credentials);
        }
        let max_age = rule.get("max_age").and_then(|value| seconds(value).err());
        self.add(format!("{prefix}max_age"), max_age);

        let needed = |danger: &str| {
            let needs = |item: &str| match danger {
                "insecure_origins" => origins::is_insecure(item),
                _ => origins::takes_in_strangers(item, self.suffixes),
            };
            let is_of_a_source = rule.contains_key("source") && danger == "insecure_origins";
            let is_unknown = credentials.is_none() || !origins_are_right || origins == Some(&"none".into());
            is_unknown || (with_credentials && (is_of_a_source || items.iter().filter_map(Value::as_str).any(needs)))
        };
        let classes: Vec<_> = dangers
            .iter()
            .enumerate()
            .map(|(index, danger)| match danger.as_str() {
                None => Some("wrong-type"),
                Some(name) if DANGERS.contains(&name) && dangers[..index].contains(danger) => Some("repetition"),
                Some(name) if DANGERS.contains(&name) => (!needed(name)).then_some("allows-nothing"),
                Some(_) => Some("unknown-value"),
            })
            .collect();
        for (index, class) in classes.into_iter().enumerate() {
            self.add(format!("{prefix}dangerously_allow[{index}]"), class);
        }
        let no_dangers = rule.get("dangerously_allow").and_then(|value| match value.as_array() {
            None => Some("wrong-type"),
            Some(list) => list.is_empty().then_some("empty-list"),
        });
        self.add(format!("{prefix}dangerously_allow"), no_dangers);
    }

    fn names(&mut self, prefix: &str, key: &str, value: Option<&Value>, credentials: Option<bool>) {
        let with_credentials = credentials == Some(true);
        let place = format!("{prefix}{key}");
        let items = match value {
            None => return,
            Some(Value::Array(items)) => items,
            Some(other) => {
                let class = match other.as_str() {
                    Some("*") => (key == "expose_headers" && with_credentials).then_some("wildcard-with-credentials"),
                    _ => Some("wrong-type"),
                };
                self.add(place, class);
                return;
            }
        };
        let is_authorization =
            |item: &Value| item.as_str().is_some_and(|name| name.eq_ignore_ascii_case("Authorization"));
        let same = |one: &str, other: &Value| match other.as_str() {
            Some(other) if key == "methods" => one == other,
            Some(other) => one.eq_ignore_ascii_case(other),
            None => false,
        };
        for (index, item) in items.iter().enumerate() {
            let beside = || items.iter().enumerate().filter(|(at, _)| *at != index);
            let may_stand = beside().all(|(_, other)| key == "allow_headers" && is_authorization(other));
            let class = match item.as_str() {
                None => Some("wrong-type"),
                Some("*") if key == "expose_headers" && with_credentials => Some("wildcard-with-credentials"),
                Some("*") => (!may_stand).then_some("wildcard-elsewhere"),
                Some(name) if name.contains('*') => Some("wildcard-elsewhere"),
                Some(name) if items[..index].iter().any(|other| same(name, other)) => Some("repetition"),
                Some(_)
                    if key == "allow_headers"
                        && with_credentials
                        && is_authorization(item)
                        && items.iter().any(|other| other == "*")
                        // Beside other items, the `*` is the mistake.
                        && items.iter().all(|other| other == "*" || is_authorization(other)) =>
                {
                    Some("repetition")
                }
                Some(name) => names::flaw(key, name),
            };
            self.add(format!("{place}[{index}]"), class);
        }
    }
}

/// Returns the seconds of `max_age`.
pub(crate) fn seconds(value: &Value) -> Result<u64, &'static str> {
    let seconds = match value {
        Value::Number(number) => number.as_u64().map(u128::from),
        Value::String(text) => {
            let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
            let unit = match &text[digits.len()..] {
                "" | "s" => Some(1),
                "min" => Some(60),
                "h" => Some(3_600),
                "d" => Some(86_400),
                _ => None,
            };
            let number =
                Some(digits).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty());
            number.zip(unit).map(|(number, unit)| number.parse().unwrap_or(u64::MAX) as u128 * unit)
        }
        _ => return Err("wrong-type"),
    };
    let seconds = seconds.ok_or("max-age")?;
    u64::try_from(seconds).ok().filter(|seconds| *seconds <= 86_400).ok_or("max-age-too-long")
}
