//! Runs the model of the browser against a server, and keeps the requests and answers.

mod mending;
mod remembered;

use std::time::Duration;

use cors_browser::explain::Explanation;
use cors_browser::{Browser, Engine, OutgoingRequest, Transcript, Verdict};

use crate::answer::Answer;
use crate::barred::Barred;
use crate::doctor::Finding;
use crate::failure::Failure;
use crate::script::Script;
pub(crate) use mending::{End, Mended, Mending};
use remembered::Remembered;

/// The source of the answers: the network, or a recording.
pub(crate) trait Server {
    fn answer(&mut self, request: &OutgoingRequest) -> Result<Answer, Missing>;

    /// Whether a request may be sent although its preflight was refused.
    fn is_permitted(&self) -> bool {
        true
    }

    /// Whether one answer is for both requests: two engines made them from the same script.
    fn is_same(&self, one: &OutgoingRequest, other: &OutgoingRequest) -> bool {
        one == other
    }
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) enum Missing {
    /// No browser sends the request.
    Barred(Barred),
    /// The request was not sent, because `--send` is missing.
    Withheld,
    /// Only the preflight is known; the request itself would be invented.
    MadeUp,
    /// The network failed.
    Failed(Failure),
    NotRecorded,
}

/// All requests and answers, and the result.
#[derive(Debug)]
pub(crate) struct Investigation {
    pub(crate) transcript: Transcript,
    /// The answers to the exchanges of the transcript, in the same order.
    pub(crate) answers: Vec<Answer>,
    /// Why the last request has no answer.
    pub(crate) missing: Option<Missing>,
    /// The result in each engine: the one of `--engine`, or all.
    pub(crate) engines: Vec<(Engine, Outcome)>,
    /// How long each engine remembers a preflight that passed.
    pub(crate) remembered: Vec<(Engine, Duration)>,
    /// What only the standard blocks; no engine does.
    pub(crate) by_the_letter: Option<Explanation>,
    /// The other mistakes, if the browser blocks.
    pub(crate) mending: Option<Mending>,
    /// The requests from other origins.
    pub(crate) probes: Vec<Probe>,
    /// The mistake of the server.
    pub(crate) finding: Option<Finding>,
}

/// A request that no page made, and its answer.
#[derive(Debug)]
pub(crate) struct Probe {
    pub(crate) request: OutgoingRequest,
    pub(crate) answer: Answer,
}

/// The result for the script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Readable,
    Blocked,
    Unknown,
}

const ENGINES: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

/// Asks as this engine, or as all, because visitors use all of them. If one engine blocks, the result is blocked.
pub(crate) fn investigate(engine: Option<Engine>, script: &Script, server: &mut impl Server) -> Investigation {
    let mut server = Remembered::new(server);
    let asked = engine.map_or(ENGINES.to_vec(), |engine| vec![engine]);
    let standard = engine.is_none().then(|| Run::of(None, script, &mut server));
    let mut runs: Vec<Run> = asked.iter().map(|engine| Run::of(Some(*engine), script, &mut server)).collect();
    let remembered = asked.iter().copied().zip(runs.iter().map(|run| run.remembered)).collect();
    let engines = asked.iter().copied().zip(runs.iter().map(Run::outcome)).collect();
    let worst = [Outcome::Blocked, Outcome::Unknown, Outcome::Readable]
        .into_iter()
        .find_map(|outcome| runs.iter().position(|run| run.outcome() == outcome));
    let run = runs.swap_remove(worst.unwrap_or_default());
    // If the standard has the same result, its explanation is better.
    let (run, by_the_letter) = match standard {
        Some(standard) if standard.ends_as(&run) => (standard, None),
        Some(standard) => (run, standard.explanation().filter(|_| standard.outcome() == Outcome::Blocked)),
        None => (run, None),
    };
    let by_the_letter = by_the_letter.filter(|_| run.outcome() != Outcome::Blocked);
    let mending = run.explanation().and_then(|first| mending::mend(first, &asked, script, &mut server));
    Investigation { engines, remembered, by_the_letter, mending, ..Investigation::of(run) }
}

/// Asks as one engine, and stops at the first mistake.
pub(crate) fn glance(engine: Engine, script: &Script, server: &mut impl Server) -> Investigation {
    Investigation::of(Run::of(Some(engine), script, &mut Remembered::new(server)))
}

impl Investigation {
    fn of(run: Run) -> Self {
        let Run { transcript, answers, missing, .. } = run;
        let (engines, remembered, probes) = (Vec::new(), Vec::new(), Vec::new());
        let (by_the_letter, mending, finding) = (None, None, None);
        Self { transcript, answers, missing, engines, remembered, by_the_letter, mending, probes, finding }
    }
}

/// One fetch of one browser.
#[derive(Debug)]
struct Run {
    transcript: Transcript,
    answers: Vec<Answer>,
    missing: Option<Missing>,
    /// How long the browser remembers the preflight.
    remembered: Duration,
}

impl Run {
    fn of(engine: Option<Engine>, script: &Script, server: &mut Remembered<'_, impl Server>) -> Self {
        server.begin();
        let new_browser = || engine.map_or_else(Browser::new, Browser::of);
        let mut browser = new_browser();
        let mut missing = None;
        let mut answers = Vec::new();
        let mut answer = |outgoing: &OutgoingRequest| match Barred::of(&script.page, outgoing) {
            Some(barred) => Err(Missing::Barred(barred)),
            None if script.asked.is_made_up && !outgoing.preflight => Err(Missing::MadeUp),
            None => server.answer(outgoing),
        };
        let transcript = browser.run(&script.page, &script.request, |outgoing| {
            let answer = answer(outgoing).map_err(|why| missing = Some(why)).ok()?;
            let response = answer.response.clone();
            answers.push(answer);
            Some(response)
        });
        if let (Some(_), Some(last)) = (&missing, answers.last()) {
            // A failed connection makes browsers forget, but this request was only not sent. So it gets the answer of its preflight.
            browser = new_browser();
            let mut known = answers.iter().chain(std::iter::repeat(last)).map(|answer| answer.response.clone());
            browser.run(&script.page, &script.request, |_| known.next());
        }
        // Firefox ignores the time for some methods.
        let ages = browser.preflight_cache().map(|entry| entry.max_age).filter(|age| *age != Duration::MAX);
        let remembered = ages.max().unwrap_or_default();
        Self { transcript, answers, missing, remembered }
    }

    fn outcome(&self) -> Outcome {
        match (&self.transcript.verdict, &self.missing) {
            (Verdict::Readable(_), _) => Outcome::Readable,
            (Verdict::Unanswered, Some(Missing::Barred(_))) => Outcome::Blocked,
            (Verdict::Unanswered, _) => Outcome::Unknown,
            _ => Outcome::Blocked,
        }
    }

    fn explanation(&self) -> Option<Explanation> {
        Explanation::of(&self.transcript)
    }

    fn ends_as(&self, other: &Self) -> bool {
        let cause = |run: &Self| run.explanation().map(|explanation| explanation.cause());
        self.outcome() == other.outcome()
            && cause(self) == cause(other)
            && self.transcript.exchanges.len() == other.transcript.exchanges.len()
    }
}

/// Whether a method changes nothing, so that it needs no `--send`.
pub(crate) fn is_harmless(method: &str) -> bool {
    ["GET", "HEAD"].contains(&method)
}
