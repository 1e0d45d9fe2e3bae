//! Makes visits from numbers: the same for a seed, and each without those before it.

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
    let made = match turn % 10 {
        0..5 => Made::Border,
        5..9 => Made::Consenting,
        _ => Made::Wild,
    };
    let mut visit = Visit { id: Id { seed, index }, kind, made, asks: Vec::new(), resources: Vec::new() };
    visit.asks = script::asks(random, kind);
    consent::answer(random, &mut visit);
    match made {
        Made::Border => border::cross(random, &mut visit, turn / 10 * 5 + turn % 10),
        Made::Wild => wild::scatter(random, &mut visit),
        Made::Consenting => {}
    }
    if kind == Kind::Waits {
        waits::add(random, &mut visit);
    }
    script::leave_out(&mut visit);
    visit
}
