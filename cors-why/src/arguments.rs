//! The command line.

use std::ffi::OsStr;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::{Arg, ArgGroup, Command, Error, Parser, ValueEnum};
use clap_complete::Shell;
use cors_browser::Engine;

use crate::mistake::Mistakes;
use crate::script::{Asked, body, header};
use crate::stack::Stack;

const TEMPLATE: &str = "\
{about}

{before-help}{usage-heading} {usage}

{all-args}{after-help}";

// No line is longer than a terminal of 80 columns.
const WHAT_PEOPLE_HAVE: &str = "\
What you have                   What to do
  a red message in the console  why            and paste it at the prompt
  a row of the network tab      why            and paste it (as cURL, as fetch)
  a recording (Save as HAR)     why recording.har                nothing is sent
  a curl command                why curl ...                     why before curl
  an address                    why https://api.example.com/x
                                  --from https://app.example.com
  a clipboard                   pbpaste | why, or Get-Clipboard | why
A shell takes the quotes of a message away, and some lines it does not take at
all, for it waits for one more quote: the prompt and the pipe take every line.
";

const SENT_AND_STATUS: &str = "\
What is sent:
  Preflights, which change nothing, GET and HEAD; everything else with --send
  only. Where the answer allows the page, the harmless one of these again as
  strangers, https://why-probe.invalid first.
Exit status:
  0 the page may read the answer   2 what was given is mistaken
  1 it may not                     3 could not tell";

/// Asks a server what a browser would ask, and says why a page may not read it
#[derive(Clone, Debug, Parser)]
#[command(name = "why", version, help_template = TEMPLATE, before_help = WHAT_PEOPLE_HAVE, after_help = SENT_AND_STATUS)]
#[command(override_usage = "why [OPTIONS] [PASTE]...\n       why [OPTIONS] curl ...")]
#[command(group = ArgGroup::new("input").args(["paste", "har", "curl", "message", "scan", "suite", "schema", "completions", "man"]))]
pub(crate) struct Arguments {
    /// What you have, or a file with it; - for standard input
    pub(crate) paste: Vec<String>,
    /// The origin of the page, or null for a sandboxed frame
    #[arg(long, value_name = "ORIGIN", visible_alias = "origin")]
    pub(crate) from: Option<String>,
    /// The method of the request
    #[arg(short = 'X', long, value_name = "METHOD")]
    pub(crate) request: Option<String>,
    /// A header that the script sets: 'Content-Type: application/json'
    #[arg(short = 'H', long = "header", value_name = "LINE")]
    pub(crate) headers: Vec<String>,
    /// A body, text/plain without such a header, or @file; makes it a POST
    #[arg(short, long, value_name = "TEXT")]
    pub(crate) data: Option<String>,
    /// As fetch(url, { credentials: "include" }), or withCredentials
    #[arg(long)]
    pub(crate) credentials: bool,
    /// Ask as chrome, firefox or safari alone, with what its console says
    #[arg(long, value_enum, hide_possible_values = true)]
    engine: Option<EngineName>,
    /// Send a request too that may change something, as a PUT or POST
    #[arg(long, conflicts_with = "har")]
    pub(crate) send: bool,
    /// A recording of the network tab; nothing is sent
    #[arg(long, value_name = "FILE")]
    pub(crate) har: Option<String>,
    /// What the network tab copies as cURL, for any shell
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    pub(crate) curl: Option<String>,
    /// A message of the browser's console
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) message: Option<String>,
    /// Ask each address of a file by GET as strangers, and list holes
    #[arg(long, value_name = "FILE", conflicts_with_all = ["send", "request", "headers", "data", "no_probes"])]
    pub(crate) scan: Option<String>,
    /// A file of pages and requests, and which may be read
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "request", "headers", "data", "credentials"])]
    pub(crate) suite: Option<String>,
    /// The server of a suite, not the one that the file names
    #[arg(long, value_name = "URL", requires = "suite")]
    pub(crate) server: Option<String>,
    /// Write the outcomes of a suite as JUnit's XML too
    #[arg(long, value_name = "FILE", requires = "suite")]
    pub(crate) junit: Option<String>,
    /// Print the schema of what --json prints
    #[arg(long, value_name = "OF", value_enum, num_args = 0..=1, default_missing_value = "report", exclusive = true, hide_possible_values = true)]
    pub(crate) schema: Option<Schema>,
    /// Print what completes the options in a shell
    #[arg(long, value_name = "SHELL", value_enum, exclusive = true, hide = true)]
    pub(crate) completions: Option<Shell>,
    /// Print the manual page
    #[arg(long, exclusive = true, hide = true)]
    pub(crate) man: bool,
    /// Send nothing beside what a browser sends
    #[arg(long)]
    pub(crate) no_probes: bool,
    /// Print what to write in the server, for this page and request
    #[arg(long, conflicts_with_all = ["har", "message", "json"])]
    pub(crate) fix: bool,
    /// What the server runs, such as nginx; list prints all names
    #[arg(long, value_name = "NAME", value_parser = StackParser, hide_possible_values = true)]
    stack: Option<StackChoice>,
    /// A header of the answer that the script reads, for --fix
    #[arg(long, value_name = "NAME", requires = "fix")]
    pub(crate) expose: Vec<String>,
    /// For programs: one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// How long to wait for each answer
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
    /// Accept any certificate, as if you went past the browser's warning
    #[arg(short = 'k', long)]
    pub(crate) insecure: bool,
    /// Ask a host elsewhere, as curl: api.example.com:443:127.0.0.1
    #[arg(long, value_name = "WHERE")]
    pub(crate) resolve: Vec<String>,
    /// Ask through this proxy (http:// or socks5://)
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
    /// `curl` and the words after it. The shell has split them.
    #[arg(skip)]
    pub(crate) curl_words: Option<Vec<String>>,
}

/// The outputs with a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Schema {
    /// What --json prints
    Report,
    /// What --suite --json prints
    Suite,
    /// What --scan --json prints
    Scan,
    /// A policy in a file
    Policy,
}

/// What `--stack` takes.
#[derive(Clone, Copy, Debug)]
enum StackChoice {
    One(Stack),
    /// `list`, or `?`.
    List,
}

/// Reads a [`StackChoice`].
#[derive(Clone)]
struct StackParser;

impl TypedValueParser for StackParser {
    type Value = StackChoice;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<StackChoice, Error> {
        if value == "list" || value == "?" {
            return Ok(StackChoice::List);
        }
        EnumValueParser::new().parse_ref(command, argument, value).map(StackChoice::One)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Stack::value_variants().iter().filter_map(Stack::to_possible_value)))
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EngineName {
    #[value(aliases = ["chrome", "edge"])]
    Chromium,
    Firefox,
    #[value(alias = "safari")]
    Webkit,
}

impl Arguments {
    /// `curl` and all words after it are the command line of another program.
    pub(crate) fn read(words: impl Iterator<Item = String>) -> Self {
        let mut own: Vec<String> = words.collect();
        let curl = own.iter().skip(1).position(|word| ["curl", "curl.exe"].contains(&word.as_str()));
        let curl_words = curl.map(|place| own.split_off(place + 1));
        Self { curl_words, ..Self::parse_from(own) }
    }

    /// The engine, or `None` for all of them.
    pub(crate) fn engine(&self) -> Option<Engine> {
        self.engine.map(|name| match name {
            EngineName::Chromium => Engine::Chromium,
            EngineName::Firefox => Engine::Firefox,
            EngineName::Webkit => Engine::WebKit,
        })
    }

    pub(crate) fn stack(&self) -> Option<Stack> {
        self.stack.and_then(|choice| match choice {
            StackChoice::One(stack) => Some(stack),
            StackChoice::List => None,
        })
    }

    pub(crate) fn lists_stacks(&self) -> bool {
        matches!(self.stack, Some(StackChoice::List))
    }

    /// Whether options describe the request.
    pub(crate) fn says_request(&self) -> bool {
        self.request.is_some() || !self.headers.is_empty() || self.data.is_some()
    }

    /// The request to an address, as the options describe it.
    pub(crate) fn asked(&self, url: String) -> Asked {
        let mut mistakes = Mistakes::default();
        let headers = self.headers.iter().filter_map(|line| mistakes.take(header(line))).collect();
        let body = self.data.as_deref().and_then(|data| mistakes.take(body(data)));
        Asked {
            url,
            method: self.request.clone(),
            headers,
            body,
            body_kind: cors_browser::Body::Text,
            credentials: Some(self.credentials),
            mistakes,
            ..Asked::default()
        }
    }
}
