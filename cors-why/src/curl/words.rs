//! Splits a command as bash does, as far as network tabs and people use its syntax: up to a pipe, a redirection or the next command.

use std::iter::Peekable;
use std::str::Chars;

use crate::mistake::Mistake;

pub(super) fn split(command: &str) -> Result<Vec<String>, Mistake> {
    let mut letters = command.chars().peekable();
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    while let Some(letter) = letters.next() {
        match letter {
            // PowerShell continues lines with a backtick, and Windows has other line ends.
            '\\' | '`' if next_line(&mut letters) => {}
            '\\' => word.get_or_insert_default().extend(letters.next()),
            '\'' => word.get_or_insert_default().push_str(&single_quoted(&mut letters)?),
            '"' => word.get_or_insert_default().push_str(&double_quoted(&mut letters)?),
            // Chromium writes a value with an apostrophe or a line break like this.
            '$' if letters.next_if_eq(&'\'').is_some() => {
                word.get_or_insert_default().push_str(&escaped(&mut letters)?)
            }
            '|' | '&' | ';' | '<' if word.is_none() => return last(words, letters),
            '>' if word.as_ref().is_none_or(|word| word.bytes().all(|byte| byte.is_ascii_digit())) => {
                return last(words, letters);
            }
            _ if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    Ok(words)
}

fn next_line(letters: &mut Peekable<Chars<'_>>) -> bool {
    let mut ahead = letters.clone();
    let is_next = ahead.next_if_eq(&'\r').is_none_or(|_| true) && ahead.next_if_eq(&'\n').is_some();
    if is_next {
        *letters = ahead;
    }
    is_next
}

/// The rest is not part of the command. If it is another curl command, the user means one of the two.
fn last(words: Vec<String>, rest: Peekable<Chars<'_>>) -> Result<Vec<String>, Mistake> {
    let rest: String = rest.collect();
    match rest.split_whitespace().any(|word| ["curl", "curl.exe"].contains(&word)) {
        true => Err(Mistake::new(super::SEVERAL)),
        false => Ok(words),
    }
}

fn single_quoted(letters: &mut Peekable<Chars<'_>>) -> Result<String, Mistake> {
    let mut text = String::new();
    loop {
        match letters.next() {
            Some('\'') => return Ok(text),
            Some(letter) => text.push(letter),
            None => return Err(unclosed()),
        }
    }
}

fn double_quoted(letters: &mut Peekable<Chars<'_>>) -> Result<String, Mistake> {
    let mut text = String::new();
    loop {
        match letters.next() {
            Some('"') => return Ok(text),
            Some('\\') => match letters.next() {
                Some('\n') => {}
                Some(letter @ ('"' | '\\' | '$' | '`')) => text.push(letter),
                Some(letter) => text.extend(['\\', letter]),
                None => return Err(unclosed()),
            },
            Some(letter) => text.push(letter),
            None => return Err(unclosed()),
        }
    }
}

/// `$'...'`
fn escaped(letters: &mut Peekable<Chars<'_>>) -> Result<String, Mistake> {
    let mut text = String::new();
    loop {
        match letters.next() {
            Some('\'') => return Ok(text),
            Some('\\') => match letters.next() {
                Some('n') => text.push('\n'),
                Some('r') => text.push('\r'),
                Some('t') => text.push('\t'),
                Some('u') => text.push(code_point(letters, 4)),
                Some('x') => text.push(code_point(letters, 2)),
                Some(letter) => text.push(letter),
                None => return Err(unclosed()),
            },
            Some(letter) => text.push(letter),
            None => return Err(unclosed()),
        }
    }
}

/// Reads at most `most` hexadecimal digits.
fn code_point(letters: &mut Peekable<Chars<'_>>, most: usize) -> char {
    let mut number = 0;
    for _ in 0..most {
        let Some(digit) = letters.next_if(char::is_ascii_hexdigit).and_then(|digit| digit.to_digit(16)) else { break };
        number = number * 16 + digit;
    }
    char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn unclosed() -> Mistake {
    Mistake::new("a quote of the command is not closed; was all of it copied?")
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_those_of_bash() {
        let command = "curl 'https://a.example/?a=b&c' \\\n  -H $'x: it\\'s\\u0021' -H \"y: \\\"z\\\" \\d\" a\\ b ''";
        let words = split(command).unwrap();
        assert_eq!(words, ["curl", "https://a.example/?a=b&c", "-H", "x: it's!", "-H", "y: \"z\" \\d", "a b", ""]);
    }

    #[test]
    fn what_takes_the_output_is_no_part_of_the_command() {
        for rest in ["| jq .", "> file", "2>/dev/null", "2>&1 | less", "; echo", "&& echo", "&"] {
            assert_eq!(
                split(&format!("curl http://a.example/?a&b {rest}")).unwrap(),
                ["curl", "http://a.example/?a&b"],
                "{rest}"
            );
        }
        assert!(split("curl http://a.example/ ;\ncurl http://b.example/").is_err());
    }

    #[test]
    fn what_is_cut_off_is_a_mistake() {
        for command in ["curl 'x", "curl \"x", "curl \"x\\", "curl $'x", "curl $'x\\"] {
            assert!(split(command).is_err(), "{command:?}");
        }
    }
}
