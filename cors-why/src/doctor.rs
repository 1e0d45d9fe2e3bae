//! Finds the mistake of the server: from the answer itself, and if that leaves doubt, from the answers to harmless requests that
//! differ in one thing.

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
use crate::diagnosis::{Diagnosis, Need};
use crate::investigation::{Investigation, Probe};
use crate::recipe::{self, Wish};
use crate::script::Script;
use crate::stack::Stack;
use case::Case;
pub(crate) use case::asked_of_preflight;
pub(crate) use prober::LONGEST;
use prober::Prober;
use program::Program;

/// The mistake, and the evidence.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) diagnosis: Diagnosis,
    /// What to do, for the program that answers if it is known; and what else it may be, if the answers do not decide.
    pub(crate) help: Vec<String>,
    /// Why not to allow the page as it is.
    pub(crate) dangers: Vec<String>,
    /// The program that answers, and what shows it.
    pub(crate) stack: Option<(Stack, String)>,
    /// The evidence, one line each.
    pub(crate) evidence: Vec<String>,
    /// The requests that were sent for it.
    pub(crate) probes: Vec<Probe>,
}

/// `None` if the browser blocks nothing, or if the server is not the cause. Without a network it sends nothing. `named` is the stack of
/// `--stack`.
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
    let second = examination.behind(&diagnosis);
    let login = examination.asks_for_login().then(|| examination.login());
    let Examination { mut prober, evidence, .. } = examination;
    let program_of = |diagnosis: &Diagnosis, asked: &[Probe]| match named {
        Some(stack) => Some(Program::named(stack)),
        None => Program::of(diagnosis, &case.need, investigation, asked),
    };
    let mut program = program_of(&diagnosis, &prober.asked);
    let is_sure = program.as_ref().is_some_and(|program| program.is_sure);
    if !is_sure && diagnosis.is_about_server() && prober.ask_unknown_path(case.request) {
        program = program_of(&diagnosis, &prober.asked);
    }
    let help_of = |diagnosis: &Diagnosis| {
        let line = program.as_ref().and_then(|program| {
            let line = recipe::line(program.stack, diagnosis, &case.need)?;
            let other = program.proxy.and_then(|proxy| recipe::alternative(proxy, diagnosis, &case.need));
            Some(other.map_or(line.clone(), |other| format!("{line}; {other}")))
        });
        line.unwrap_or_else(|| diagnosis.help(&case.need))
    };
    let mut help = vec![help_of(&diagnosis)];
    // One route may have CORS although errors do not, and no harmless request shows which.
    if diagnosis == Diagnosis::NoCors && case.status() >= 400 {
        let other = match (case.is_preflight(), case.status()) {
            (true, status) => Diagnosis::PreflightUnanswered { status },
            (false, status) => Diagnosis::ErrorsBare { status },
        };
        help.push(format!("or, if answers of this server have CORS already: {}", help_of(&other)));
    }
    // Authentication may vary its answers by the origin, and no answer shows that the list lacks it.
    if let (Diagnosis::OriginNotListed { listed: None }, Some(login)) = (&diagnosis, login) {
        help.push(format!("or, if the server allows this origin already: {}", help_of(&login)));
    }
    match &second {
        Some(bare @ Diagnosis::ErrorsBare { status }) => {
            let program = program_of(bare, &prober.asked);
            help.extend(of_bare_error(&diagnosis, *status, program.map(|program| program.stack), &case.need));
        }
        Some(second) => help.push(help_of(second)),
        None => {}
    }
    let dangers = match [Some(&diagnosis), second.as_ref()].into_iter().flatten().any(allows_more) {
        true => recipe::dangers(program.as_ref().map(|program| program.stack), &Wish::of(&case.need)),
        false => Vec::new(),
    };
    let stack = program.map(|program| (program.stack, program.evidence));
    Some(Finding { help, dangers, stack, diagnosis, evidence, probes: prober.asked })
}

/// Whether the help says what the server must allow.
fn allows_more(diagnosis: &Diagnosis) -> bool {
    use Diagnosis::{CallbackRefused, OriginMisspelled, OriginWithSlash};
    diagnosis.is_about_grants()
        || matches!(diagnosis, OriginWithSlash | OriginMisspelled { .. } | CallbackRefused { .. })
}

/// How to send the headers on an error. `None` if the program cannot: it has no setting for it, or a proxy makes the error.
fn of_bare_error(failure: &Diagnosis, status: u16, stack: Option<Stack>, need: &Need) -> Option<String> {
    let bare = Diagnosis::ErrorsBare { status };
    let Some(stack) = stack else { return Some(bare.help(need)) };
    let is_of_other = matches!(failure, Diagnosis::UpstreamDown { .. }) && !stack.is_proxy();
    let line = recipe::line(stack, &bare, need).filter(|_| !is_of_other)?;
    Some(format!("to send the headers on this {status} too, {line}"))
}

struct Examination<'c> {
    case: &'c Case<'c>,
    prober: Prober<'c>,
    evidence: Vec<String>,
    /// Whether CORS code made the answer to GET, in case of a preflight.
    get_tells: bool,
}

impl Examination<'_> {
    fn diagnosis(&mut self) -> Option<Diagnosis> {
        let case = self.case;
        match case.cause {
            Cause::AllowOriginMissing | Cause::PreflightStatus => self.of_missing_header(),
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
    fn of_missing_header(&mut self) -> Option<Diagnosis> {
        // Each is surer than the next.
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
            .or_else(|| self.of_similar_origins())
            .or_else(|| Some(self.of_nothing()))
    }

    fn saw(&mut self, evidence: impl Into<String>) {
        self.evidence.push(evidence.into());
    }
}
