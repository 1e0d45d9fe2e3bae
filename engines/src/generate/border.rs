//! Changes to a visit whose answers consent: to one line of one answer, or to requests.

mod requests;
mod responses;

use super::super::answers::Answer;
use super::super::random::Random;
use super::super::visit::Visit;

type Change = fn(&mut Random, &mut Visit);

/// By turns; what has more to it comes more than once.
const CHANGES: [Change; 36] = [
    responses::origin,
    responses::origin,
    responses::credentials,
    responses::methods,
    responses::headers,
    requests::refused,
    requests::repeated,
    requests::forbidden,
    responses::origin,
    responses::preflight_status,
    responses::location,
    responses::methods,
    responses::headers,
    requests::refused,
    requests::partitioned,
    requests::unsafe_bytes,
    responses::exposed,
    responses::max_age,
    requests::redirect_mode,
    responses::credentials,
    responses::resource_policy,
    requests::modes,
    requests::body_headers,
    responses::renewed,
    responses::origin,
    requests::remembered,
    responses::endless,
    requests::authorization,
    requests::refused,
    responses::location,
    responses::referrer_policy,
    requests::unsafe_bytes,
    responses::forgotten,
    requests::lower_case,
    requests::forbidden,
    responses::wildcard,
];

/// One change, or two that may have to do with each other.
pub(super) fn cross(random: &mut Random, visit: &mut Visit, turn: usize) {
    CHANGES[turn % CHANGES.len()](random, visit);
    if random.percent(20) {
        random.one(&CHANGES)(random, visit);
    }
}

fn some<'a>(random: &mut Random, answers: &'a mut [Answer]) -> &'a mut Answer {
    let place = random.below(answers.len());
    &mut answers[place]
}

fn preflight<'v>(random: &mut Random, visit: &'v mut Visit) -> &'v mut Answer {
    let place = random.below(visit.resources.len());
    some(random, &mut visit.resources[place].preflight)
}

fn actual<'v>(random: &mut Random, visit: &'v mut Visit) -> &'v mut Answer {
    let place = random.below(visit.resources.len());
    some(random, &mut visit.resources[place].actual)
}

/// Any answer.
fn either<'v>(random: &mut Random, visit: &'v mut Visit) -> &'v mut Answer {
    if random.percent(50) { preflight(random, visit) } else { actual(random, visit) }
}
