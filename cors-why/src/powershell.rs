//! Reads what a network tab copies as PowerShell: `Invoke-WebRequest` with a table of headers, and cookies in a session before it.

use std::iter::Peekable;
use std::str::Chars;

use cors_browser::Body;

use crate::mistake::Mistake;
use crate::script::Asked;

pub(crate) fn is_powershell(text: &str) -> bool {
    ["Invoke-WebRequest", "Invoke-RestMethod"].iter().any(|name| text.contains(name))
}

pub(crate) fn parse(text: &str) -> Result<Asked, Mistake> {
    let mut parts = parts(text).into_iter().peekable();
    let mut asked = Asked { body_kind: Body::Text, ..Asked::default() };
    let mut headers = Vec::new();
    let mut cookies = Vec::new();
    while let Some(part) = parts.next() {
        let Part::Word(word) = part else { continue };
        let mut text = || match parts.find(|part| matches!(part, Part::Text(_))) {
            Some(Part::Text(text)) => Ok(text),
            _ => Err(Mistake::new(format!("the value of {word} is missing"))),
        };
        match word.to_ascii_lowercase().as_str() {
            "-uri" => asked.url = text()?,
            "-method" => asked.method = Some(text()?),
            "-contenttype" => headers.push(("Content-Type".to_owned(), text()?)),
            "-body" => asked.body = Some(text()?),
            "system.net.cookie" => cookies.push(format!("{}={}", text()?, text()?)),
            "-headers" => {
                // `@{`, pairs, `}`
                while let Some(part) = parts.next_if(|part| !matches!(part, Part::Word(word) if word.contains('}'))) {
                    let Part::Text(name) = part else { continue };
                    if let Some(Part::Text(value)) = parts.find(|part| matches!(part, Part::Text(_))) {
                        headers.push((name, value));
                    }
                }
            }
            _ => {}
        }
    }
    if !cookies.is_empty() {
        headers.push(("Cookie".to_owned(), cookies.join("; ")));
    }
    asked.take_headers(headers);
    Ok(asked)
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// A text in quotes.
    Text(String),
    Word(String),
}

fn parts(text: &str) -> Vec<Part> {
    let mut letters = text.chars().peekable();
    let mut parts = Vec::new();
    let mut word = String::new();
    while let Some(letter) = letters.next() {
        let is_end = letter.is_whitespace() || "\"'`=,;()".contains(letter);
        if is_end && !word.is_empty() {
            parts.push(Part::Word(std::mem::take(&mut word)));
        }
        match letter {
            '"' => parts.push(Part::Text(quoted(&mut letters))),
            '\'' => parts.push(Part::Text(letters.by_ref().take_while(|letter| *letter != '\'').collect())),
            _ if is_end => {}
            _ => word.push(letter),
        }
    }
    parts.extend((!word.is_empty()).then_some(Part::Word(word)));
    parts
}

/// A backtick escapes a special character, and `$([char]10)` stands for another.
fn quoted(letters: &mut Peekable<Chars<'_>>) -> String {
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '`' => text.extend(letters.next().map(|letter| if letter == 'n' { '\n' } else { letter })),
            '$' if letters.peek() == Some(&'(') => {
                let code: String = letters.by_ref().take_while(|letter| *letter != ')').collect();
                let digits: String = code.chars().filter(char::is_ascii_digit).collect();
                text.push(digits.parse().ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            _ => text.push(letter),
        }
    }
    text
}
