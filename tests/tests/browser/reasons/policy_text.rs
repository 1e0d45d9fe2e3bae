//! Policies as an explanation writes them, pasted and read.

use cors_browser::explain::Fix;
use cors_core::{Key, Policy, PolicyDraft};

/// The text of a policy with the entries of a fix, each in place of the one with its key.
pub(crate) fn pasted(policy: &Policy, fix: &Fix) -> String {
    let mut lines: Vec<String> = policy.to_string().lines().map(str::to_owned).collect();
    for (place, entry) in fix.changes() {
        if *place.key() == Key::Rules {
            return entry.clone();
        }
        let key = format!("{}:", place.key().name());
        match lines.iter_mut().find(|line| line.starts_with(&key)) {
            Some(line) => line.clone_from(entry),
            None => lines.push(entry.clone()),
        }
    }
    lines.join("\n")
}

/// Reads such a text as data: names without quotes get them, and last commas go.
pub(crate) fn read(text: &str) -> Policy {
    let mut data = String::from("{");
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => rest[1..].find('"').expect("a closing quote") + 2,
            _ if is_of_word(first) => rest.find(|letter| !is_of_word(letter)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        match token {
            "true" | "false" => data.push_str(token),
            "]" | "}" => data = data.trim_end().trim_end_matches(',').to_owned() + token,
            word if word.chars().all(is_of_word) => data.push_str(&format!("\"{word}\"")),
            other => data.push_str(other),
        }
        rest = after;
    }
    let data = data.trim_end().trim_end_matches(',').to_owned() + "}";
    let draft: PolicyDraft = serde_json::from_str(&data).unwrap_or_else(|error| panic!("{error}: {data}"));
    draft.validate().unwrap_or_else(|issues| panic!("{issues}: {text}"))
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "_-".contains(letter)
}
