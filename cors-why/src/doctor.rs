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

use crate::client::Network;
use crate::diagnosis::Diagnosis;
use crate::investigation::{Investigation, Probe};
use crate::script::Script;
use case::Case;
pub(crate) use prober::LONGEST;
use prober::Prober;

/// What is wrong, and what shows it.
#[derive(Debug)]
pub(crate) struct Finding {
    pub(crate) diagnosis: Diagnosis,
    /// What to do, in words for every server.
    pub(crate) help: String,
    /// What was seen, one line each.
    pub(crate) evidence: Vec<String>,
    /// What was asked to see it.
    pub(crate) probes: Vec<Probe>,
}

/// None where nothing blocks, or where what blocks is no matter of the server. Without a network nothing is asked.
pub(crate) fn examine(script: &Script, investigation: &Investigation, network: Option<&Network>) -> Option<Finding> {
    let explanation = Explanation::of(&investigation.transcript)?;
    let case = Case::of(script, investigation, &explanation)?;
    let mut examination = Examination { case: &case, prober: Prober::new(network), evidence: Vec::new() };
    let diagnosis = examination.diagnosis()?;
    let Examination { prober, evidence, .. } = examination;
    let help = on_one_line(&diagnosis.help(&case.need));
    Some(Finding { help, diagnosis, evidence, probes: prober.asked })
}

struct Examination<'c> {
    case: &'c Case<'c>,
    prober: Prober<'c>,
    evidence: Vec<String>,
}

impl Examination<'_> {
    fn diagnosis(&mut self) -> Option<Diagnosis> {
        let case = self.case;
        match case.cause {
            Cause::AllowOriginMissing | Cause::PreflightStatus => self.of_bare(),
            Cause::AllowOriginMismatch => self.of_mismatch(),
            Cause::SeveralAllowedOrigins => Some(self.of_several()),
            Cause::PreflightRedirected => self.of_redirect(),
            Cause::WildcardWithCredentials => Some(Diagnosis::WildcardWithCredentials),
            Cause::AllowCredentialsNotTrue => Some(Diagnosis::CredentialsMissing),
            Cause::MethodNotAllowed => self.of_methods(),
            Cause::HeaderNotAllowed => self.of_headers(),
            Cause::PreflightListMalformed => {
                Some(Diagnosis::ListMalformed { header: values::malformed(case.answer)?.to_owned() })
            }
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
            .or_else(|| self.of_list())
            .or_else(|| self.of_places())
            .or_else(|| self.of_cousins())
            .or_else(|| Some(self.of_nothing()))
    }

    fn saw(&mut self, evidence: impl Into<String>) {
        self.evidence.push(on_one_line(&evidence.into()));
    }
}

/// What a server or a recording says must not write lines of its own.
fn on_one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}
