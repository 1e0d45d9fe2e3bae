//! Prints the allocations of each subject in each case, and their bytes. They repeat exactly.

use allocation_counter::measure;
use cors_benches::{Case, Subject};

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
            println!("{}\t{}\t{}\t{}", case.name, subject.name(), allocated.count_total, allocated.bytes_total);
        }
    }
}
