//! Prints the allocations of each subject in each case and their bytes, and the bytes that policies keep. All repeat exactly.

use allocation_counter::measure;
use cors_actix::Cors;
use cors_benches::{Case, Structure, Subject};

/// Pools are filled and lazy values made by then.
const WARM_UP: usize = 50;

fn main() {
    for case in Case::all() {
        for subject in Subject::ALL {
            let Some(served) = subject.serve(&case) else {
                continue;
            };
            let mut call = served.calls(&case, WARM_UP + 1);
            (0..WARM_UP).for_each(|_| call());
            let allocated = measure(call);
            println!("case\t{}\t{}\t{}\t{}", case.name, subject.name(), allocated.count_total, allocated.bytes_total);
        }
    }
    for count in [1_000, 1_000_000] {
        let mut kept = None;
        let make = || kept = Structure::Origins.draft(count).validate().ok().map(Cors::new);
        let bytes = measure(make).bytes_current;
        assert!(kept.is_some(), "the policy is valid");
        println!("kept\t{count}\t{bytes}");
    }
}
