//! What a row is made for, each: read from the tables of the model, so that no list is written twice.

use std::collections::BTreeMap;

use crate::function;

/// The items that are named by the words behind `each`.
///
/// - `text of FILE NAME`: the first list of texts in the function or constant, with `,` or `|` between.
/// - `number of FILE NAME`: the same of numbers.
/// - `byte of FILE NAME`: the bytes of the first text.
/// - `control byte`: those that a header may have.
pub fn items(of: &str, sources: &BTreeMap<String, String>) -> Result<Vec<String>, String> {
    let words: Vec<&str> = of.split(' ').collect();
    match words[..] {
        ["control", "byte"] => {
            let may_be_there = |byte: &u8| byte.is_ascii_control() && !b"\0\t\r\n".contains(byte);
            Ok((0..128).filter(may_be_there).map(|byte| byte.to_string()).collect())
        }
        [kind, "of", file, name] => {
            let source = sources.get(file).ok_or_else(|| format!("there is no {file}"))?;
            let function = function::find(source, name).map(|function| function.body());
            let constant = source.split_once(&format!("const {name}: ")).and_then(|(_, rest)| rest.split_once(";\n"));
            let lists = lists(&constant.map_or(function, |(list, _)| Ok(list.to_owned()))?);
            let found = match kind {
                "text" => lists.into_iter().find(|list| list.len() > 1 && list[0].is_text()),
                "number" => lists.into_iter().find(|list| list.len() > 1 && !list[0].is_text()),
                "byte" => lists.into_iter().find(|list| list[0].is_text()).map(|list| list[0].bytes()),
                _ => return Err(format!("no function has a {kind}")),
            };
            let found = found.ok_or_else(|| format!("{name} in {file} has no such list"))?;
            Ok(found.into_iter().map(|literal| literal.0.trim_matches('"').to_owned()).collect())
        }
        _ => Err(format!("nothing is known of \"each {of}\"")),
    }
}

/// A text in its quotes, or a number.
struct Literal(String);

impl Literal {
    fn is_text(&self) -> bool {
        self.0.starts_with('"')
    }

    fn bytes(&self) -> Vec<Self> {
        let text = self.0.trim_matches('"').replace("\\\"", "\"").replace("\\\\", "\\");
        text.bytes().map(|byte| Self(byte.to_string())).collect()
    }
}

/// The literals of source, where those with nothing but `,` or `|` between are one list.
fn lists(source: &str) -> Vec<Vec<Literal>> {
    let code: Vec<&str> = source.lines().filter(|line| !line.starts_with("//")).collect();
    let code = code.join("\n");
    let (mut lists, mut list, mut rest): (Vec<Vec<Literal>>, Vec<Literal>, &str) = (Vec::new(), Vec::new(), &code);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => text_length(rest),
            '0'..='9' => rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len()),
            _ => 0,
        };
        let between = [",", "|", " ", "\n", "b\""].iter().any(|between| rest.starts_with(between));
        if length > 0 {
            list.push(Literal(rest[..length].to_owned()));
        } else if !between && !list.is_empty() {
            lists.push(std::mem::take(&mut list));
        }
        // A number in a name is none.
        let name = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
        let is_name = first.is_alphabetic() && !rest.starts_with("b\"");
        rest = &rest[if is_name { name } else { length.max(first.len_utf8()) }..];
    }
    lists
}

/// With both of its quotes.
fn text_length(source: &str) -> usize {
    let mut escaped = false;
    let end = source.char_indices().skip(1).find(|(_, letter)| {
        let ends = *letter == '"' && !escaped;
        escaped = *letter == '\\' && !escaped;
        ends
    });
    end.map_or(source.len(), |(at, _)| at + 1)
}
