//! `why` asks a server what a browser would ask for the script of a page, and says why the page may not read the answer.
//!
//! It joins three things and decides nothing itself: a request (of the command line, pasted, or recorded), a server (of the network or
//! of a recording), and [`cors_browser`], which says what a browser sends and what it lets the script read.

mod answer;
mod arguments;
mod barred;
mod client;
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
mod script;
mod stack;
mod warning;

use std::env;
use std::io::Write;
use std::process::ExitCode;

use cors_core::PolicyDraft;

use arguments::Arguments;
use client::Network;
use investigation::investigate;
use mistake::Mistake;
use paste::Paste;
use report::Report;
use script::Script;

/// As a shell's own for a command line that it does not understand.
const MISTAKEN: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::read(env::args_os().map(|word| word.to_string_lossy().into_owned()));
    if arguments.schema {
        let _ = write!(anstream::stdout(), "{}", PolicyDraft::SCHEMA);
        return ExitCode::SUCCESS;
    }
    if let Some(file) = &arguments.scan {
        return match scan::scan(&arguments, file) {
            Ok(scan) => {
                let _ =
                    writeln!(anstream::stdout(), "{}", if arguments.json { scan.to_json() } else { scan.to_text() });
                scan.status()
            }
            Err(mistake) => refuse(&mistake),
        };
    }
    if arguments.fix {
        return match print_fix(&arguments) {
            Ok(status) => status,
            Err(mistake) => refuse(&mistake),
        };
    }
    match answer(&arguments) {
        Ok(report) => {
            let text = if arguments.json { report.to_json() } else { report.to_text() };
            // Whoever closed the output does not want the rest of it.
            let _ = writeln!(anstream::stdout(), "{text}");
            report.verdict().status()
        }
        Err(mistake) => refuse(&mistake),
    }
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

/// Asks the server itself.
fn ask(script: &Script, arguments: &Arguments) -> Result<Report, Mistake> {
    let mut network = Network::new(arguments, script)?;
    let mut investigation = investigate(arguments.engine(), script, &mut network);
    let probed = (!arguments.no_probes).then_some(&network);
    investigation.finding = doctor::examine(script, &investigation, probed, arguments.stack);
    let warnings = warning::of_network(script, &mut investigation, probed);
    Ok(Report::new(script, arguments.engine(), investigation, warnings))
}
