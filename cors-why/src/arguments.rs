//! The command line.

use std::fs;
use std::io::{self, Read};

use clap::{ArgGroup, Parser, ValueEnum};
use cors_browser::Engine;

use crate::mistake::Mistake;
use crate::stack::Stack;

const EXAMPLES: &str = "\
Examples:
  Ask as the script of a page would:
    why https://api.example.com/x --from https://app.example.com
    why https://api.example.com/x --from null -X PUT -H 'X-Token: 7'
  Send the request too, after its preflight:
    why https://api.example.com/x --from https://app.example.com -X PUT --send
  Explain a message that was copied from the console of a browser:
    why --message 'Access to fetch at ... has been blocked by CORS policy: ...'
  Ask what was copied from its network tab as cURL (bash), on a Mac:
    pbpaste | why --curl -
  Judge a recording of the network tab, and send nothing:
    why --har recording.har --json

What is sent:
  Preflights, GET and HEAD always, for they change nothing. Everything else
  with --send only. And, where the answer allows the page,
  the harmless one of these again as strangers, https://why-probe.invalid
  first, which shows whether the server allows more than it means.

Exit status:
  0 the page may read the answer, 1 it may not, 2 could not tell";

/// Asks a server what a browser would ask for a page, and says why the page may not read the answer
#[derive(Debug, Parser)]
#[command(name = "why", version, after_help = EXAMPLES)]
#[command(group = ArgGroup::new("what").required(true).args(["url", "har", "curl", "message", "scan", "schema"]))]
pub(crate) struct Arguments {
    /// The address that the script of the page asks
    pub(crate) url: Option<String>,
    /// The origin of the page, or null for a sandboxed frame
    #[arg(long, value_name = "ORIGIN", required_unless_present_any = ["har", "curl", "message", "scan", "schema"])]
    pub(crate) from: Option<String>,
    /// The method of the request
    #[arg(short = 'X', long, value_name = "METHOD", conflicts_with_all = ["har", "curl", "message"])]
    pub(crate) request: Option<String>,
    /// A header that the script sets: 'Content-Type: application/json'
    #[arg(short = 'H', long = "header", value_name = "LINE", conflicts_with_all = ["har", "curl", "message"])]
    pub(crate) headers: Vec<String>,
    /// A body, as text/plain unless a header says otherwise, or @ and the file that has it; makes it a POST
    #[arg(short, long, value_name = "TEXT", conflicts_with_all = ["har", "curl", "message"])]
    pub(crate) data: Option<String>,
    /// As fetch(url, { credentials: "include" }), or withCredentials
    #[arg(long)]
    pub(crate) credentials: bool,
    /// Ask as this engine alone does, and say what its console says; without it, as all three do
    #[arg(long, value_enum)]
    engine: Option<EngineName>,
    /// Send the request itself too where it may change something, as a PUT or POST
    #[arg(long, conflicts_with_all = ["har", "message"])]
    pub(crate) send: bool,
    /// A recording of the network tab; its answers are taken, nothing is sent (- for standard input)
    #[arg(long, value_name = "FILE")]
    pub(crate) har: Option<String>,
    /// A command that was copied from the network tab as cURL (bash) (- for standard input)
    #[arg(long, value_name = "COMMAND", allow_hyphen_values = true)]
    pub(crate) curl: Option<String>,
    /// A message of the browser's console (- for standard input)
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub(crate) message: Option<String>,
    /// A file with addresses, one a line; asks each as strangers, by GET, and lists which let in too many (- for standard input)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["send", "request", "headers", "data", "no_probes"])]
    pub(crate) scan: Option<String>,
    /// Print the JSON Schema of a policy in a file, for editors
    #[arg(long, exclusive = true)]
    pub(crate) schema: bool,
    /// Send nothing beside what a browser sends: no questions that show what is wrong, and none as strangers
    #[arg(long)]
    pub(crate) no_probes: bool,
    /// Print what to write in the server, for this page and request
    #[arg(long, conflicts_with_all = ["har", "message", "json"])]
    pub(crate) fix: bool,
    /// What the server runs, where its answers do not say it
    #[arg(long, value_name = "NAME", value_enum)]
    pub(crate) stack: Option<Stack>,
    /// A header of the answer that the script reads, for --fix
    #[arg(long, value_name = "NAME", requires = "fix")]
    pub(crate) expose: Vec<String>,
    /// For programs: one JSON object
    #[arg(long)]
    pub(crate) json: bool,
    /// How long to wait for each answer
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(crate) timeout: u64,
    /// Accept any certificate, as after "proceed anyway" in the browser
    #[arg(short = 'k', long)]
    pub(crate) insecure: bool,
    /// Ask this host and port at another address: api.example.com:443:127.0.0.1
    #[arg(long, value_name = "HOST:PORT:ADDRESS")]
    pub(crate) resolve: Vec<String>,
    /// Ask through this proxy, in place of those of the environment (http:// or socks5://)
    #[arg(long, value_name = "URL")]
    pub(crate) proxy: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EngineName {
    Chromium,
    Firefox,
    Webkit,
}

impl Arguments {
    /// The engine, or none for all of them.
    pub(crate) fn engine(&self) -> Option<Engine> {
        self.engine.map(|name| match name {
            EngineName::Chromium => Engine::Chromium,
            EngineName::Firefox => Engine::Firefox,
            EngineName::Webkit => Engine::WebKit,
        })
    }
}

/// The value of an option, or standard input where that is `-`.
pub(crate) fn text_of(value: &str) -> Result<String, Mistake> {
    if value == "-" { standard_input() } else { Ok(value.to_owned()) }
}

/// The text of a file, or standard input where that is `-`.
pub(crate) fn text_in(file: &str) -> Result<String, Mistake> {
    if file == "-" {
        return standard_input();
    }
    fs::read_to_string(file).map_err(|error| Mistake::new(format!("cannot read {file:?}: {error}")))
}

fn standard_input() -> Result<String, Mistake> {
    let mut text = String::new();
    match io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) => Err(Mistake::new(format!("cannot read standard input: {error}"))),
    }
}
