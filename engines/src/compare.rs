//! Whether an engine did what the model says.

use std::fmt;

use super::seen::Seen;
use super::visit::Visit;

/// The most lines that are shown of a visit.
const MOST_LINES: usize = 30;

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
            writeln!(formatter, "  {ask}")?;
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
        for (model, engine) in model.outcomes.iter().zip(&engine.outcomes) {
            show(
                formatter,
                Some((model, format!("{model:?}"))),
                Some((engine, format!("{engine:?}"))),
                |model, engine| model == engine,
            )?;
        }
        let line =
            |seen: &'_ Seen, place: usize| seen.arrived.get(place).map(|found| (found.clone(), found.to_string()));
        // An endless redirect would fill the screen.
        for place in 0..model.arrived.len().max(engine.arrived.len()).min(MOST_LINES) {
            show(formatter, line(model, place), line(engine, place), |model, engine| engine.is_as(model))?;
        }
        Ok(())
    }
}

fn show<T>(
    formatter: &mut fmt::Formatter<'_>,
    model: Option<(T, String)>,
    engine: Option<(T, String)>,
    agree: impl Fn(&T, &T) -> bool,
) -> fmt::Result {
    match (&model, &engine) {
        (Some((model, line)), Some((engine, _))) if agree(model, engine) => writeln!(formatter, "  both   {line}"),
        _ => {
            let text = |found: Option<(T, String)>| found.map_or_else(|| "nothing".to_owned(), |(_, line)| line);
            writeln!(formatter, "  model  {}\n  engine {}", text(model), text(engine))
        }
    }
}

/// None where they agree.
pub fn compare(visit: &Visit, model: Seen, engine: Seen) -> Option<Difference> {
    (!engine.is_as(&model)).then(|| Difference { visit: visit.clone(), model, engine })
}
