//! Finds out what is wrong with a server that is not a browser's: from the answer itself, and where that leaves doubt, from answers to
//! harmless questions that differ by what is wrong.

mod body;
mod case;
mod origins;
mod places;
mod prober;
mod program;
mod redirect;
mod refusal;
mod values;

use cors_browser::explain::{Cause, Explanation};

use crate::client::Network;
use crate::diagnosis::Diagnosis;
use crate::investigation::{Investigation, Probe};
use crate::recipe;
use crate::script::Script;
use crate::stack::Stack;
use case::Case;
pub(crate) use case::asked_of_preflight;
pub(crate) use prober::LONGEST;
use prober::Prober;
use program::Program;

/// What is wrong, and what shows it.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) diagnosis: Diagnosis,
    /// What to do, in the words of the program that answers, where it is known; and what else it may be, where nothing tells.
    pub(crate) help: Vec<String>,
    /// What answers, and what shows that.
    pub(crate) stack: Option<(Stack, String)>,
    /// What was seen, one line each.
    pub(crate) evidence: Vec<String>,
    /// What was asked to see it.
    pub(crate) probes: Vec<Probe>,
}

/// None where nothing blocks, or where what blocks is no matter of the server. Without a network nothing is asked. `named` is the stack
/// that the command line names.
pub(crate) fn examine(
    script: &Script,
    investigation: &Investigation,
    network: Option<&Network>,
    named: Option<Stack>,
) -> Option<Finding> {
    let explanation = Explanation::of(&investigation.transcript)?;
    let case = Case::of(script, investigation, &explanation)?;
    let mut examination =
        Examination { case: &case, prober: Prober::new(network), evidence: Vec::new(), get_tells: false };
    let diagnosis = examination.diagnosis()?;
    let Examination { mut prober, evidence, .. } = examination;
    let program = match named {
        Some(stack) => Some(Program::named(stack)),
        None => {
            let told = Program::of(&diagnosis, &case.need, investigation, &prober.asked);
            let is_sure = told.as_ref().is_some_and(|program| program.is_sure);
            if is_sure || !diagnosis.is_about_server() || !prober.ask_nowhere(case.request) {
                told
            } else {
                Program::of(&diagnosis, &case.need, investigation, &prober.asked)
            }
        }
    };
    let help_of = |diagnosis: &Diagnosis| {
        let line = program.as_ref().and_then(|program| {
            let line = recipe::line(program.stack, diagnosis, &case.need)?;
            let other = program.proxy.and_then(|proxy| recipe::alternative(proxy, diagnosis, &case.need));
            Some(other.map_or(line.clone(), |other| format!("{line}; {other}")))
        });
        line.unwrap_or_else(|| diagnosis.help(&case.need))
    };
    let mut help = vec![help_of(&diagnosis)];
    // One route may have CORS where no error has it, and no harmless question tells which.
    if diagnosis == Diagnosis::NoCors && case.status() >= 400 {
        let other = match (case.is_preflight(), case.status()) {
            (true, status) => Diagnosis::PreflightUnanswered { status },
            (false, status) => Diagnosis::ErrorsBare { status },
        };
        help.push(format!("or, if answers of this server have CORS already: {}", help_of(&other)));
    }
    let stack = program.map(|program| (program.stack, program.evidence));
    Some(Finding { help, stack, diagnosis, evidence, probes: prober.asked })
}

struct Examination<'c> {
    case: &'c Case<'c>,
    prober: Prober<'c>,
    evidence: Vec<String>,
    /// Whether the answer to GET, beside a preflight, is one of CORS.
    get_tells: bool,
}

impl Examination<'_> {
    fn diagnosis(&mut self) -> Option<Diagnosis> {
        let case = self.case;
        match case.cause {
            Cause::AllowOriginMissing | Cause::PreflightStatus => self.of_bare(),
            Cause::AllowOriginMismatch => self.of_mismatch(),
            Cause::SeveralAllowedOrigins => Some(self.of_several()),
            Cause::PreflightRedirected => self.of_redirect(),
            Cause::WildcardWithCredentials => Some(self.of_wildcard()),
            Cause::AllowCredentialsNotTrue => Some(self.of_credentials()),
            Cause::MethodNotAllowed => self.of_methods(),
            Cause::HeaderNotAllowed => self.of_headers(),
            Cause::PreflightListMalformed => self.of_malformed(),
            _ => None,
        }
    }

    /// The answer has no `Access-Control-Allow-Origin`, or is an error.
    fn of_bare(&mut self) -> Option<Diagnosis> {
        // Each is surer than those that follow.
        self.of_redirect()
            .or_else(|| self.of_refusal())
            .or_else(|| self.of_failure())
            .or_else(|| self.of_login())
            .or_else(|| self.of_route())
            .or_else(|| self.of_cache())
            .or_else(|| self.of_same_address())
            .or_else(|| self.of_failed_preflight())
            .or_else(|| self.of_list())
            .or_else(|| self.of_other_addresses())
            .or_else(|| self.of_cousins())
            .or_else(|| Some(self.of_nothing()))
    }

    fn saw(&mut self, evidence: impl Into<String>) {
        self.evidence.push(evidence.into());
    }
}
