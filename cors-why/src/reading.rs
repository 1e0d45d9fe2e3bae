//! Reads the input: a file, standard input, or the paste at the prompt. Each has a maximum length.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};

use crate::mistake::Mistake;

/// Maximum length of messages and commands. A recording is never read as text.
const LONGEST_TEXT: u64 = 4 << 20;

/// Maximum length of a recording. Days of a browser fit.
const LONGEST_RECORDING: u64 = 2 << 30;

/// One read fills this buffer with many requests.
const AT_ONCE: usize = 256 << 10;

/// A file or standard input. Only the buffer matters for speed: the JSON reader takes single bytes.
pub(crate) type Input = BufReader<Box<dyn Read>>;

/// Opens a file, or standard input if the name is `-`.
pub(crate) fn open(file: &str) -> Result<Input, Mistake> {
    // The reader of a longer input finds that it ends too early.
    let input = |source: Box<dyn Read>| {
        BufReader::with_capacity(AT_ONCE, Box::new(source.take(LONGEST_RECORDING)) as Box<dyn Read>)
    };
    if file == "-" {
        return Ok(input(Box::new(io::stdin())));
    }
    let is_folder = |file: &File| file.metadata().is_ok_and(|metadata| metadata.is_dir());
    match File::open(file) {
        Ok(opened) if is_folder(&opened) => Err(Mistake::new(format!("{file:?} is a folder, not a file"))),
        Ok(opened) if opened.metadata().is_ok_and(|metadata| metadata.len() > LONGEST_RECORDING) => {
            Err(Mistake::new(format!("{file:?} is longer than {} GiB, and more is not read", LONGEST_RECORDING >> 30)))
        }
        Ok(opened) => Ok(input(Box::new(opened))),
        Err(error) => Err(unreadable(file, &error)),
    }
}

/// Whether the input continues with JSON, which means a recording.
pub(crate) fn begins_with_brace(reader: &mut Input) -> Result<bool, Mistake> {
    let bytes = reader.fill_buf().map_err(|error| unreadable("the input", &error))?;
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    Ok(bytes.trim_ascii_start().first() == Some(&b'{'))
}

/// Returns the whole text. Windows writes some files as UTF-16.
pub(crate) fn text(reader: impl Read, name: &str) -> Result<String, Mistake> {
    let mut bytes = Vec::new();
    reader.take(LONGEST_TEXT + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > LONGEST_TEXT {
        let longest = LONGEST_TEXT >> 20;
        return Err(Mistake::new(format!("{name} is longer than {longest} MiB, which no message or command is")));
    }
    let text = match bytes.strip_prefix(&[0xff, 0xfe]) {
        Some(units) => {
            let units = units.chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
            char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        None => String::from_utf8_lossy(&bytes).into_owned(),
    };
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Returns the text of a file, or of standard input if the name is `-`.
pub(crate) fn text_in(file: &str) -> Result<String, Mistake> {
    text(open(file)?, if file == "-" { "standard input" } else { file })
}

/// Whether a user at a terminal can be asked.
pub(crate) fn has_terminal() -> bool {
    io::stdin().is_terminal()
}

/// Reads the paste: lines up to one that completes it, up to an empty line, or up to the end.
pub(crate) fn ask(question: &str, is_enough: impl Fn(&str) -> bool) -> Result<String, Mistake> {
    // If the prompt cannot be written, the input is read all the same.
    let _ = write!(anstream::stderr(), "{question}");
    let _ = anstream::stderr().flush();
    let mut lines = String::new();
    let mut input = io::stdin().lock().take(LONGEST_TEXT);
    loop {
        let before = lines.len();
        input.read_line(&mut lines).map_err(|error| unreadable("standard input", &error))?;
        let is_end = lines.len() == before;
        let is_empty = lines[before..].trim().is_empty();
        if is_end || (!lines.trim().is_empty() && (is_empty || is_enough(&lines))) {
            return Ok(lines);
        }
    }
}

fn unreadable(name: &str, error: &io::Error) -> Mistake {
    Mistake::new(format!("cannot read {name:?}: {error}"))
}
