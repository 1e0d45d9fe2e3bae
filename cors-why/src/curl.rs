//! Reads what a network tab copies as cURL (bash).

mod words;

use crate::mistake::Mistake;
use crate::script::{Asked, header};

/// Options of curl that say nothing about the request.
const IDLE: [&str; 16] = [
    "--compressed",
    "--insecure",
    "-k",
    "--silent",
    "-s",
    "--location",
    "-L",
    "--include",
    "-i",
    "--verbose",
    "-v",
    "--globoff",
    "-g",
    "--http1.1",
    "--http2",
    "--fail",
];

pub(crate) fn parse(command: &str) -> Result<Asked, Mistake> {
    let mut words = words::split(command)?.into_iter();
    if words.next().as_deref() != Some("curl") {
        return Err(Mistake::new("a command that begins with curl was expected"));
    }
    let mut asked = Asked::default();
    let mut headers = Vec::new();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| Mistake::new(format!("the value of {word} is missing")));
        match word.as_str() {
            "-X" | "--request" => asked.method = Some(value()?),
            "-I" | "--head" => asked.method = Some("HEAD".to_owned()),
            "-H" | "--header" => headers.push(header(&value()?)?),
            "-b" | "--cookie" => headers.push(("Cookie".to_owned(), value()?)),
            "-A" | "--user-agent" => headers.push(("User-Agent".to_owned(), value()?)),
            "-e" | "--referer" => headers.push(("Referer".to_owned(), value()?)),
            "-d" | "--data" | "--data-raw" | "--data-binary" | "--data-ascii" | "--data-urlencode" => {
                let data = value()?;
                if data.starts_with('@') && word != "--data-raw" {
                    return Err(Mistake::new(format!(
                        "{word} {data:?} means a file, which is not part of the command; put its text in place of it"
                    )));
                }
                asked.body = Some(asked.body.map_or_else(|| data.clone(), |former| format!("{former}&{data}")));
            }
            "--url" => asked.url = value()?,
            idle if IDLE.contains(&idle) => {}
            option if option.starts_with('-') => {
                return Err(Mistake::new(format!(
                    "{} of curl is unknown here; leave it out if it does not matter",
                    option.escape_debug()
                )));
            }
            _ => asked.url = word,
        }
    }
    asked.take_headers(headers);
    Ok(asked)
}
