//! Whether an engine did what the model says.

use std::fmt;

use super::seen::Seen;
use super::visit::Visit;

/// A visit of which the model and the engine make different things.
#[derive(Clone, Debug)]
pub struct Difference {
    /// What was run.
    pub visit: Visit,
    /// What the model says.
    pub model: Seen,
    /// What the engine did.
    pub engine: Seen,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { visit, model, engine } = self;
        writeln!(formatter, "visit {}, {:?}, {:?}", visit.id, visit.kind, visit.made)?;
        for ask in &visit.asks {
            writeln!(formatter, "  {ask:?}")?;
        }
        for (number, resource) in visit.resources.iter().enumerate() {
            writeln!(formatter, "  resource {number} at {:?}", resource.site)?;
            for answer in &resource.preflight {
                writeln!(formatter, "    to a preflight {answer:?}")?;
            }
            for answer in &resource.actual {
                writeln!(formatter, "    to all else    {answer:?}")?;
            }
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
pub fn compare(visit: &Visit, model: Seen, engine: Seen) -> Option<Difference> {
    (!engine.is_as(&model)).then(|| Difference { visit: visit.clone(), model, engine })
}
