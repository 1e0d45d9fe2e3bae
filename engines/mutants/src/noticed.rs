//! Which visits notice which mutants.

use std::collections::BTreeSet;

use cors_browser::Engine;
use cors_browser::mutants::{MUTANTS, Mutant, broken, reached};
use cors_engines::{Sites, Visit, ask_model};

/// As whom the model is asked: the standard, and each engine.
pub(crate) const AS: [Option<Engine>; 4] = [None, Some(Engine::Chromium), Some(Engine::Firefox), Some(Engine::WebKit)];

/// How many visits notice a mutant.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Noticed {
    /// Asked as each of [`AS`], without TLS or with it.
    pub(crate) by: [usize; 4],
    /// Asked as any of them.
    pub(crate) visits: usize,
}

/// Runs the visits, without TLS and with it, beside each mutant that is selected, until so many notice it; by the place of the mutant in [`MUTANTS`].
pub(crate) fn noticed(
    visits: impl IntoIterator<Item = Visit>,
    selects: impl Fn(&Mutant) -> bool,
    enough: usize,
) -> Vec<Noticed> {
    let selected: Vec<bool> = MUTANTS.iter().map(selects).collect();
    let mut noticed = vec![Noticed::default(); MUTANTS.len()];
    for visit in visits {
        let mut by_visit: BTreeSet<usize> = BTreeSet::new();
        let runs = [Sites::imagined(), Sites::imagined_with_tls()];
        for (sites, (place, engine)) in
            runs.iter().flat_map(|sites| AS.into_iter().enumerate().map(move |at| (sites, at)))
        {
            // A mutant that the model does not get to changes nothing.
            let (model, reached) = reached(|| ask_model(&visit, sites, engine));
            for number in reached.into_iter().filter(|number| selected[number - 1]) {
                let counts = &mut noticed[number - 1];
                if counts.visits >= enough || (enough < usize::MAX && by_visit.contains(&number)) {
                    continue;
                }
                let told = broken(number, || ask_model(&visit, sites, engine));
                if !told.seen.is_as(&model.seen) {
                    counts.by[place] += 1;
                    by_visit.insert(number);
                }
            }
        }
        for number in by_visit {
            noticed[number - 1].visits += 1;
        }
    }
    noticed
}
