//! Splits a command as the Windows command line does, as far as network tabs use its syntax.

use std::iter::Peekable;
use std::str::Chars;

/// Whether a command has syntax that only this shell needs.
pub(super) fn is_for_cmd(command: &str) -> bool {
    ["^\"", "^\n", "^\r\n"].iter().any(|part| command.contains(part))
}

/// The shell removes its carets first, then the program splits at spaces outside of quotes.
pub(super) fn split(command: &str) -> Vec<String> {
    let plain = without_carets(command);
    let mut letters = plain.chars().peekable();
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => word.get_or_insert_default().push_str(&backslashes(&mut letters)),
            '"' => {
                word.get_or_insert_default();
                is_quoted = !is_quoted;
            }
            _ if letter.is_whitespace() && !is_quoted => words.extend(word.take()),
            '|' | '&' | '>' | '<' if !is_quoted && word.is_none() => break,
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

/// A caret at the end of a line joins it to the next, and escapes the first letter there.
fn without_carets(command: &str) -> String {
    let mut plain = String::with_capacity(command.len());
    let mut letters = command.chars().filter(|letter| *letter != '\r');
    while let Some(letter) = letters.next() {
        match letter {
            '^' => match letters.next() {
                Some('\n') => plain.extend(letters.next()),
                other => plain.extend(other),
            },
            _ => plain.push(letter),
        }
    }
    plain
}

/// Before a quote, each pair of backslashes is one backslash, and an odd one escapes the quote. Elsewhere they are plain.
fn backslashes(letters: &mut Peekable<Chars<'_>>) -> String {
    let mut count = 1;
    while letters.next_if_eq(&'\\').is_some() {
        count += 1;
    }
    if letters.peek() != Some(&'"') {
        return "\\".repeat(count);
    }
    let mut text = "\\".repeat(count / 2);
    if count % 2 == 1 {
        text.extend(letters.next());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn words_are_those_of_the_command_line_of_windows() {
        let command = "curl ^\"http://a.example/?a=1^&b=2^\" ^\r\n  -H ^\"x: ^\\^\"y^\\^\" ^%^PATH^% c:\\d^\" ^\r\n  --data-raw ^\"a^\r\n\r\nb^\" -H \"z: 1\" | more";
        let words = split(command);
        let expected =
            ["curl", "http://a.example/?a=1&b=2", "-H", "x: \"y\" %PATH% c:\\d", "--data-raw", "a\nb", "-H", "z: 1"];
        assert_eq!(words, expected);
    }
}
