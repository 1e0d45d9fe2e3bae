//! Waits between requests, in which what is remembered may end.

use std::time::Duration;

use super::super::random::Random;
use super::super::visit::Visit;
use super::change::MAX_AGE;

/// In seconds, and in milliseconds. With at most two waits, a request is a second away from every end, so that a slow machine may be slow.
const MAX_AGES: [&str; 6] = ["3", "3", "3", "5", "600", ""];
const WAITS: [u64; 8] = [100, 100, 2000, 2000, 2000, 2000, 2000, 7000];

pub(super) fn add(random: &mut Random, visit: &mut Visit) {
    let count = 1 + random.below(2);
    for _ in 0..count {
        let place = random.below(visit.asks.len());
        visit.asks[place].wait = Duration::from_millis(random.one(&WAITS));
    }
    for resource in &mut visit.resources {
        for preflight in &mut resource.preflight {
            match random.one(&MAX_AGES) {
                "" => preflight.remove(MAX_AGE),
                seconds => preflight.set(MAX_AGE, &[seconds]),
            }
        }
    }
}
