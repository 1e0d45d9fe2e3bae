//! The command line.

use std::ffi::OsString;

pub(crate) const HELP: &str = "\
Serves a page on which a CORS policy can be tried, and lessons on what CORS does.

Usage: playground [--page PORT] [--other PORT] [--api PORT]

  --page PORT   the page, an origin that the API's policy lists (3000)
  --other PORT  the same page, on an origin that the policy does not list (3001)
  --api PORT    the API (8080)
  --help        this text

Port 0 takes any free one. All three listen on this machine only.
";

pub(crate) enum Command {
    Help,
    Serve(Options),
}

#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    pub(crate) page: u16,
    pub(crate) other: u16,
    pub(crate) api: u16,
}

impl Options {
    /// Each option with its port.
    pub(crate) fn named(&self) -> [(&'static str, u16); 3] {
        [("--page", self.page), ("--other", self.other), ("--api", self.api)]
    }
}

/// Reads the arguments, or finds every mistake in them.
pub(crate) fn parse(arguments: impl Iterator<Item = OsString>) -> Result<Command, Vec<String>> {
    let mut options = Options { page: 3000, other: 3001, api: 8080 };
    let mut given = Vec::new();
    let mut mistakes = Vec::new();
    let mut arguments = arguments.map(|argument| argument.to_string_lossy().into_owned()).peekable();

    while let Some(argument) = arguments.next() {
        let (name, attached) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (argument.as_str(), None),
        };
        let port = match name {
            "--help" | "-h" => return Ok(Command::Help),
            "--page" => &mut options.page,
            "--other" => &mut options.other,
            "--api" => &mut options.api,
            _ => {
                mistakes.push(format!("\"{argument}\" is no option; the options are --page, --other, --api, --help"));
                continue;
            }
        };
        if given.iter().any(|earlier| earlier == name) {
            mistakes.push(format!("{name} is given twice; leave one out"));
        }
        given.push(name.to_owned());
        let next = || arguments.next_if(|next| !next.starts_with("--"));
        match attached.or_else(next) {
            None => mistakes.push(format!("{name} lacks its port; write for example `{name} 4000`")),
            Some(value) => match value.parse() {
                Ok(number) => *port = number,
                Err(_) => mistakes.push(format!(
                    "{name}: \"{value}\" is no port; write a number from 1 to 65535, or 0 for any free port"
                )),
            },
        }
    }

    if mistakes.is_empty() {
        mistakes = shared_ports(&options);
    }
    if mistakes.is_empty() { Ok(Command::Serve(options)) } else { Err(mistakes) }
}

fn shared_ports(options: &Options) -> Vec<String> {
    let named = options.named();
    let mut mistakes = Vec::new();
    for (index, (name, port)) in named.iter().enumerate() {
        for (later, same) in &named[index + 1..] {
            if port == same && *port != 0 {
                mistakes.push(format!("{name} and {later} are both {port}; choose another port for one of them"));
            }
        }
    }
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Options>, Vec<String>> {
        match parse(line.split_whitespace().map(OsString::from))? {
            Command::Help => Ok(None),
            Command::Serve(options) => Ok(Some(options)),
        }
    }

    #[test]
    fn ports_left_out_are_the_usual_ones() {
        assert_eq!(read(""), Ok(Some(Options { page: 3000, other: 3001, api: 8080 })));
        assert_eq!(read("--api 9000 --page=0 --other 0"), Ok(Some(Options { page: 0, other: 0, api: 9000 })));
        assert_eq!(read("--api 9000 --help"), Ok(None));
    }

    #[test]
    fn all_mistakes_are_reported_at_once() {
        let mistakes = read("--page --other 99999 --port=1 --other 4000 --api").unwrap_err();
        assert_eq!(
            mistakes,
            [
                "--page lacks its port; write for example `--page 4000`",
                "--other: \"99999\" is no port; write a number from 1 to 65535, or 0 for any free port",
                "\"--port=1\" is no option; the options are --page, --other, --api, --help",
                "--other is given twice; leave one out",
                "--api lacks its port; write for example `--api 4000`",
            ]
        );
    }

    #[test]
    fn one_port_cannot_serve_two() {
        let mistakes = read("--page 8080").unwrap_err();
        assert_eq!(mistakes, ["--page and --api are both 8080; choose another port for one of them"]);
    }
}
