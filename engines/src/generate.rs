//! Makes visits from numbers: the same for a seed, and each without those before it.

mod aimed;
mod border;
mod change;
mod consent;
mod request;
mod script;
mod values;
mod waits;
mod wild;

use super::random::Random;
use super::visit::{Id, Kind, Made, Visit};

/// The visit at a place of a run. Those at even places are plain, the others have waits.
///
/// ```
/// use cors_engines::generate;
///
/// assert_eq!(format!("{:?}", generate(7, 3)), format!("{:?}", generate(7, 3)));
/// ```
pub fn generate(seed: u64, index: usize) -> Visit {
    let mut random = Random::of(seed, index);
    let random = &mut random;
    // By turns, so that no kind is rare in a small run.
    let (kind, turn) = ([Kind::Plain, Kind::Waits][index % 2], index / 2);
    let made = match (turn % 10, kind) {
        (0..5, _) => Made::Border,
        (5, _) => Made::Wild,
        (7 | 8, Kind::Plain) | (9, _) => Made::Aimed,
        _ => Made::Consenting,
    };
    let mut visit = Visit { id: Id { seed, index }, kind, made, asks: Vec::new(), resources: Vec::new() };
    visit.asks = script::asks(random, kind);
    consent::answer(random, &mut visit);
    match made {
        Made::Border => border::cross(random, &mut visit, turn / 10 * 5 + turn % 10),
        Made::Wild => wild::scatter(random, &mut visit),
        Made::Aimed => aimed::aim(random, &mut visit, turn),
        Made::Consenting => {}
    }
    if kind == Kind::Waits && made != Made::Aimed {
        waits::add(random, &mut visit);
    }
    script::leave_out(&mut visit);
    visit
}
