//! Times of the main cases. Only their ratios in one run say anything.

use std::hint::black_box;
use std::time::{Duration, Instant};

use cors_benches::{Case, Served, Subject};
use criterion::{Criterion, criterion_group, criterion_main};

/// So many requests are made at a time: enough to time, few enough to keep.
const AT_ONCE: u64 = 1000;

fn time(served: &dyn Served, case: &Case, times: u64) -> Duration {
    let mut elapsed = Duration::ZERO;
    let mut left = times;
    while left > 0 {
        let now = left.min(AT_ONCE);
        let mut call = black_box(served.calls(case, usize::try_from(now).expect("a small number")));
        let start = Instant::now();
        (0..now).for_each(|_| call());
        elapsed += start.elapsed();
        left -= now;
    }
    elapsed
}

fn main_cases(criterion: &mut Criterion) {
    for name in ["no Origin", "allowed GET", "refused GET", "allowed preflight", "refused preflight"] {
        let case = Case::named(name).expect("a case");
        let mut group = criterion.benchmark_group(name);
        for subject in Subject::ALL {
            if let Some(served) = subject.serve(&case) {
                group.bench_function(subject.name(), |bencher| {
                    bencher.iter_custom(|times| time(&*served, &case, times))
                });
            }
        }
    }
}

fn short() -> Criterion {
    let (warm_up, measured) = (Duration::from_millis(300), Duration::from_secs(1));
    Criterion::default().warm_up_time(warm_up).measurement_time(measured).sample_size(30)
}

criterion_group! { name = times; config = short(); targets = main_cases }
criterion_main!(times);
