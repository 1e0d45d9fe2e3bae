//! Sends one case to one subject, for callgrind to count.

use cors_benches::{Case, Subject};

const WARM_UP: usize = 50;

/// What came before is not counted: `--zero-before` names this function.
#[inline(never)]
fn from_here() {
    std::hint::black_box(());
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [subject, case, times] = &arguments[..] else {
        panic!("count takes a subject, a case and a number");
    };
    let case = Case::named(case).expect("a case");
    let served = Subject::named(subject).and_then(|subject| subject.serve(&case)).expect("a subject");
    let times = times.parse().expect("a number");
    let mut warm_up = served.calls(&case, WARM_UP);
    (0..WARM_UP).for_each(|_| warm_up());
    let mut call = served.calls(&case, times);
    from_here();
    (0..times).for_each(|_| call());
}
