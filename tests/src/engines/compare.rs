//! Whether an engine did what the model says.

use super::pair::{PageKind, Pair};
use super::seen::{Arrived, Seen};

/// A pair of which the model and the engine make different things.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What was run.
    pub pair: Pair,
    /// What the model says.
    pub model: Seen,
    /// What the engine did.
    pub engine: Seen,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { pair, model, engine } = self;
        writeln!(formatter, "pair {}, {:?}, from {:?}", pair.id, pair.kind, pair.page)?;
        for ask in &pair.asks {
            writeln!(formatter, "  {ask:?}")?;
        }
        for (hop, answers) in pair.hops.iter().enumerate() {
            writeln!(formatter, "  hop {hop} at {:?}", answers.site)?;
            writeln!(formatter, "    to a preflight {:?}", answers.preflight)?;
            writeln!(formatter, "    to all else    {:?}", answers.actual)?;
        }
        let lines = |seen: &Seen| -> Vec<String> {
            let outcomes = seen.outcomes.iter().map(|outcome| format!("{outcome:?}"));
            outcomes.chain(seen.arrived.iter().map(|arrived| format!("{arrived:?}"))).collect()
        };
        let (model, engine) = (lines(model), lines(engine));
        for place in 0..model.len().max(engine.len()) {
            match (model.get(place), engine.get(place)) {
                (Some(model), Some(engine)) if model == engine => writeln!(formatter, "  both   {model}")?,
                (model, engine) => {
                    writeln!(formatter, "  model  {}", model.map_or("nothing", |line| line))?;
                    writeln!(formatter, "  engine {}", engine.map_or("nothing", |line| line))?;
                }
            }
        }
        Ok(())
    }
}

/// None where they agree.
pub(super) fn compare(pair: &Pair, model: Seen, engine: Seen) -> Option<Difference> {
    let requests = model.arrived.len() == engine.arrived.len()
        && model.arrived.iter().zip(&engine.arrived).enumerate().all(|(place, (expected, found))| {
            let cookies = if always_with_cookies(pair, &model.arrived[..=place]) {
                found.cookies == expected.cookies
            } else {
                !found.cookies || expected.cookies
            };
            cookies && Arrived { cookies: expected.cookies, ..found.clone() } == *expected
        });
    let agree = requests && model.outcomes == engine.outcomes;
    (!agree).then(|| Difference { pair: pair.clone(), model, engine })
}

/// Whether cookies are there for the last of these requests: those of the page's own host are, for others an engine may keep them back.
fn always_with_cookies(pair: &Pair, arrived: &[Arrived]) -> bool {
    match pair.page {
        PageKind::Of(site) => arrived.iter().all(|arrived| arrived.site.host() == site.host()),
        PageKind::Sandboxed => false,
    }
}
