//! Makes pairs from numbers: the same for a seed, and each without those before it.

mod border;
mod change;
mod consent;
mod request;
mod values;
mod wild;

use cors_browser::{CredentialsMode, Mode};

use super::pair::{Id, Kind, PageKind, Pair};
use super::random::Random;
use super::site::Site;

/// The pair at a place of a run.
///
/// ```
/// use cors_tests::engines::generate;
///
/// assert_eq!(format!("{:?}", generate(7, 3)), format!("{:?}", generate(7, 3)));
/// ```
pub fn generate(seed: u64, index: usize) -> Pair {
    let mut random = Random::of(seed, index);
    let random = &mut random;
    // By turns, so that no kind is rare in a small run.
    let kind = match index % 10 {
        0..5 => Kind::Border,
        5..9 => Kind::Consenting,
        _ => Kind::Wild,
    };
    let page = match random.below(10) {
        0..5 => PageKind::Of(Site::PageByName),
        5..8 => PageKind::Of(Site::PageByNumber),
        _ => PageKind::Sandboxed,
    };
    let mut pair = Pair { id: Id { seed, index }, kind, page, asks: vec![request::ask(random)], hops: Vec::new() };
    if random.percent(20) {
        let again = request::again(random, &pair.asks[0]);
        pair.asks.push(again);
    }
    pair.hops = consent::hops(random, &pair);
    match kind {
        Kind::Border => border::cross(random, &mut pair, index / 10 * 5 + index % 10),
        Kind::Wild => wild::scatter(random, &mut pair),
        Kind::Consenting => {}
    }
    for ask in &mut pair.asks {
        // With cookies Chromium and Firefox send `Origin` there, which is about storage access and not about CORS.
        if page == PageKind::Sandboxed && ask.mode == Mode::NoCors && ask.credentials == CredentialsMode::Include {
            ask.credentials = CredentialsMode::SameOrigin;
        }
    }
    pair
}
