//! Finds out what is wrong with a server that is not a browser's: from the answer itself, and where that leaves doubt, from answers to
//! harmless questions that differ by what is wrong.

mod body;
mod case;
mod origins;
mod places;
mod prober;
mod redirect;
mod refusal;
mod values;

use cors_browser::explain::{Cause, Explanation};

use crate::answer::Answer;
use crate::client::Network;
use crate::diagnosis::Diagnosis;
use crate::investigation::{Investigation, Probe};
use crate::recipe;
use crate::script::Script;
use crate::stack::{Seen, Stack};
use case::Case;
pub(crate) use case::asked_of_preflight;
pub(crate) use prober::LONGEST;
use prober::Prober;

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
    let stack = match named {
        Some(stack) => Some((stack, "--stack".to_owned())),
        None => {
            let seen = stack_of(&diagnosis, investigation, &prober.asked);
            let is_told = seen.as_ref().is_some_and(|(stack, _)| !stack.is_proxy() || diagnosis.is_about_proxy());
            if is_told || !diagnosis.is_about_server() || !prober.ask_nowhere(case.request) {
                seen
            } else {
                stack_of(&diagnosis, investigation, &prober.asked)
            }
        }
    };
    let probes = prober.asked;
    let help_of = |diagnosis: &Diagnosis| {
        let line = stack.as_ref().and_then(|(stack, _)| recipe::line(*stack, diagnosis, &case.need));
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
    Some(Finding { help, stack, diagnosis, evidence, probes })
}

/// What is to be changed: the proxy where it answers by itself or adds to answers, and the app behind it else.
fn stack_of(diagnosis: &Diagnosis, investigation: &Investigation, probes: &[Probe]) -> Option<(Stack, String)> {
    let refused = investigation.answers.last()?;
    // A program that names itself in a header does so in each answer, so one without it is not its.
    let may_be_of_same = |answer: &&Answer| {
        let names_itself = |answer: &Answer| answer.text_of("x-powered-by").is_some();
        refused.text_of("server").is_none() || names_itself(refused) || !names_itself(answer)
    };
    let others = investigation.answers.iter().rev().skip(1).chain(probes.iter().map(|probe| &probe.answer));
    let seen: Vec<Seen> =
        std::iter::once(refused).chain(others.filter(may_be_of_same)).filter_map(Answer::seen).collect();
    let proxy = || {
        let seen = seen.first()?;
        let stack = seen.proxy.or_else(|| seen.stack.is_proxy().then_some(seen.stack))?;
        Some((stack, seen.evidence.clone()))
    };
    let app = || {
        let seen = seen.iter().find(|seen| !seen.stack.is_proxy()).or(seen.first())?;
        Some((seen.stack, seen.evidence.clone()))
    };
    if diagnosis.is_about_proxy() { proxy().or_else(app) } else { app() }
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
