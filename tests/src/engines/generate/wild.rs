//! Answers of which every line is anything.

use super::super::pair::Pair;
use super::super::random::Random;
use super::change::{ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, Asked, EXPOSE_HEADERS, MAX_AGE};
use super::values;

pub(super) fn scatter(random: &mut Random, pair: &mut Pair) {
    let asked = Asked::of(pair);
    for hop in &mut pair.hops {
        for answer in [&mut hop.preflight, &mut hop.actual] {
            // Half of the lines keep their consent, or nearly all would be blocked by the first.
            if random.percent(50) {
                asked.set(answer, ALLOW_ORIGIN, random.one(&values::ORIGINS));
            }
            if random.percent(50) {
                asked.set(answer, ALLOW_CREDENTIALS, random.one(&values::CREDENTIALS));
            }
            asked.set(answer, ALLOW_METHODS, random.one(&values::ALLOWED_METHODS));
            asked.set(answer, ALLOW_HEADERS, random.one(&values::ALLOWED_HEADERS));
            asked.set(answer, EXPOSE_HEADERS, random.one(&values::EXPOSED));
            asked.set(answer, MAX_AGE, random.one(&values::MAX_AGES));
        }
        if random.percent(20) {
            hop.preflight.status = random.one(&values::PREFLIGHT_STATUSES);
        }
    }
}
