//! Policies near the borders of the language, and requests near such policies. Each byte is a choice of the generator.

use crate::naive::Policy;
use crate::naive::compare::{about_policy, about_request, repaired};
use crate::naive::mistakes::mistakes;
use crate::naive::random::Random;
use crate::naive::real::{self, SUFFIXES};

const REQUESTS: usize = 8;

/// Compares the mistakes of a policy and, where it has none, the answers to some requests.
pub fn check(data: &[u8]) {
    let mut random = Random::chosen(data);
    let mut written = random.policy();
    // A rule after one for all cannot be repaired.
    for _ in 0..6 {
        if let Some((expected, found)) = about_policy(&written) {
            panic!("{written}\n  expected {expected:?}\n  found {found:?}");
        }
        let expected = mistakes(&written, &SUFFIXES);
        if expected.is_empty() {
            break;
        }
        written = repaired(written, &expected);
    }
    let Ok(real) = real::check(&written) else { return };
    let policy = Policy::of(&written);
    for _ in 0..REQUESTS {
        let request = random.request(&policy);
        if let Some((expected, found)) = about_request(&real, &policy, &request) {
            panic!("{written}\n{request:?}\n  expected {expected:?}\n  found {found:?}");
        }
    }
}
