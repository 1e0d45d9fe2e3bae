//! `why` sends a server what a browser would send for the script of a page, and says why the page may not read the answer.
//!
//! It joins three parts and decides nothing itself: a request (of the command line, a paste, or a recording), a server (of the network or
//! of a recording), and [`cors_browser`], which says what a browser sends and what it lets the script read.

mod answer;
mod arguments;
mod barred;
mod client;
pub mod codes;
mod curl;
mod diagnosis;
mod doctor;
mod failure;
mod fetch;
mod fix;
mod har;
mod investigation;
mod message;
mod mistake;
mod not_cors;
mod paste;
mod powershell;
mod reading;
mod recipe;
mod report;
mod scan;
mod schema;
mod script;
mod stack;
mod suite;
mod table;
mod warning;

use std::env;
use std::io::Write;
use std::process::ExitCode;

use clap::{CommandFactory, ValueEnum};

use arguments::Arguments;
use client::Network;
use investigation::investigate;
use mistake::Mistake;
use paste::Paste;
use report::Report;
use script::Script;
use stack::Stack;

/// The exit status of shells for a wrong command line.
const MISTAKEN: u8 = 2;

/// Runs the command with the words of the command line.
pub fn main() -> ExitCode {
    let arguments = Arguments::read(env::args_os().map(|word| word.to_string_lossy().into_owned()));
    run(&arguments).unwrap_or_else(|mistake| refuse(&mistake))
}

fn run(arguments: &Arguments) -> Result<ExitCode, Mistake> {
    if let Some(printed) = printed(arguments) {
        print(&printed);
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(file) = &arguments.scan {
        let scan = scan::scan(arguments, file)?;
        print(&if arguments.json { scan.to_json() } else { scan.to_text() });
        return Ok(scan.status());
    }
    if let Some(file) = &arguments.suite {
        let outcomes = suite::run(arguments, file, ask)?;
        print(&if arguments.json { outcomes.to_json() } else { outcomes.to_text() });
        outcomes.tell_machines(arguments)?;
        return Ok(outcomes.status());
    }
    if arguments.fix {
        return print_fix(arguments);
    }
    let report = answer(arguments)?;
    print(&if arguments.json { report.to_json() } else { report.to_text() });
    Ok(report.verdict().status())
}

/// Texts that do not depend on a request.
fn printed(arguments: &Arguments) -> Option<String> {
    if let Some(schema) = arguments.schema {
        return Some(schema.text().trim_end().to_owned());
    }
    if arguments.lists_stacks() {
        let names = Stack::value_variants().iter().filter_map(Stack::to_possible_value);
        return Some(names.map(|name| name.get_name().to_owned()).collect::<Vec<_>>().join("\n"));
    }
    let mut bytes = Vec::new();
    if let Some(shell) = arguments.completions {
        clap_complete::generate(shell, &mut Arguments::command(), "why", &mut bytes);
    } else if arguments.man {
        // Writing to a vector cannot fail.
        let _ = clap_mangen::Man::new(Arguments::command()).render(&mut bytes);
    }
    (!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).trim_end().to_owned())
}

/// Prints the text. If the reader has closed the output, the rest is dropped.
fn print(text: &str) {
    let _ = writeln!(anstream::stdout(), "{text}");
}

fn refuse(mistake: &Mistake) -> ExitCode {
    let _ = writeln!(anstream::stderr(), "{mistake}");
    ExitCode::from(MISTAKEN)
}

fn print_fix(arguments: &Arguments) -> Result<ExitCode, Mistake> {
    let Paste::Request(asked) = Paste::given(arguments)? else {
        return Err(Mistake::new("--fix is for a request: an address, or what the network tab copies"));
    };
    let script = Script::new(asked, arguments)?;
    let mut network = Network::new(arguments, &script)?;
    fix::print(arguments, &script, &mut network)
}

fn answer(arguments: &Arguments) -> Result<Report, Mistake> {
    match Paste::given(arguments)? {
        Paste::Request(asked) => ask(&Script::new(asked, arguments)?, arguments),
        Paste::Message(text) => message::report(&text, arguments),
        Paste::Recording(recording) => recording.report(arguments),
    }
}

/// Sends the request to the server.
fn ask(script: &Script, arguments: &Arguments) -> Result<Report, Mistake> {
    let mut network = Network::new(arguments, script)?;
    let mut investigation = investigate(arguments.engine(), script, &mut network);
    let probed = (!arguments.no_probes).then_some(&network);
    // The answers to other origins help the examination.
    let warnings = warning::of_network(script, &mut investigation, probed);
    investigation.finding = doctor::examine(script, &investigation, probed, arguments.stack());
    Ok(Report::new(script, arguments.engine(), investigation, warnings))
}

/// For the fuzz targets of this project only.
#[doc(hidden)]
pub mod __private {
    use crate::arguments::Arguments;
    use crate::har::Recording;
    use crate::paste::Paste;
    use crate::script::Script;
    use crate::suite;

    fn arguments() -> Arguments {
        // An origin for the page, and no probes.
        Arguments::read(["why", "--no-probes", "--from", "https://app.example.com"].map(str::to_owned).into_iter())
    }

    /// Returns the method and address of the paste, the message, or the report of a recording as JSON; an error for anything else.
    pub fn pasted(text: &str) -> Result<(String, String), String> {
        let arguments = arguments();
        let report = match Paste::of_text(text, &arguments).map_err(|mistake| mistake.to_string())? {
            Paste::Request(asked) => {
                let method = asked.method.clone().unwrap_or_default();
                let script = Script::new(asked, &arguments).map_err(|mistake| mistake.to_string())?;
                return Ok((method, script.asked.url));
            }
            // A report of the message would send requests.
            Paste::Message(text) => return Ok((String::new(), text)),
            Paste::Recording(recording) => recording.report(&arguments),
        };
        report.map(|report| (String::new(), report.to_json())).map_err(|mistake| mistake.to_string())
    }

    /// Returns the report of a recording, as JSON.
    pub fn recorded(reader: impl std::io::BufRead) -> Result<String, String> {
        let recording = Recording::read(reader).map_err(|mistake| mistake.to_string())?;
        recording.report(&arguments()).map(|report| report.to_json()).map_err(|mistake| mistake.to_string())
    }

    /// Returns the addresses in a suite.
    pub fn suite(text: &str) -> Result<Vec<String>, String> {
        suite::addresses(text).map_err(|mistake| mistake.to_string())
    }
}
