//! Prints the allocations of each subject in each case, of the first request of a thread and of one after others, and the bytes that
//! policies keep. All repeat exactly.

use allocation_counter::measure;
use cors_actix::Cors;
use cors_benches::{Case, Served, Structure, Subject};

/// Pools are filled and lazy values made by then.
const WARM_UP: usize = 50;

fn main() {
    for case in Case::all() {
        for subject in Subject::ALL {
            // A thread of its own has no pools yet.
            let counted = || subject.serve(&case).map(|served| count(&*served, &case));
            let counted = std::thread::scope(|scope| scope.spawn(counted).join()).expect("nothing panics");
            if let Some([warm, cold]) = counted {
                println!("case\t{}\t{}\t{warm}\t{cold}", case.name, subject.name());
            }
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

/// After others, and the very first.
fn count(served: &dyn Served, case: &Case) -> [u64; 2] {
    let cold = measure(served.calls(case, 1)).count_total;
    let mut warm_up = served.calls(case, WARM_UP);
    (0..WARM_UP).for_each(|_| warm_up());
    drop(warm_up);
    [measure(served.calls(case, 1)).count_total, cold]
}
