//! Answers of which every line is anything.

use super::super::random::Random;
use super::super::visit::Visit;
use super::change::{ALLOW_CREDENTIALS, ALLOW_HEADERS, ALLOW_METHODS, ALLOW_ORIGIN, Asked, EXPOSE_HEADERS, MAX_AGE};
use super::values;

pub(super) fn scatter(random: &mut Random, visit: &mut Visit) {
    let asked = Asked::of(visit);
    for resource in &mut visit.resources {
        for answer in resource.preflight.iter_mut().chain(&mut resource.actual) {
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
            resource.preflight[0].status = random.one(&values::PREFLIGHT_STATUSES);
        }
    }
}
